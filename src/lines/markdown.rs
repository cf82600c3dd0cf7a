//! Reads pages that a program converted to Markdown: flattened text whose marks say what was a link.
//!
//! Converters and readers for language models produce it from whole pages, menus included. The marks are removed; what
//! they said is kept: which text was linked, and what the front matter states. Headings, lists, quotes, code and tables
//! keep their marks, since [`super::pieces`] reads those in any text. A text counts as Markdown only if several signs
//! agree: in other pages, two asterisks, `[1]` or `#tag` are plain text.

mod edit;
mod frame;
mod header;
mod inline;
mod target;

use crate::span::Span;
use edit::Edits;
use header::Header;
use memchr::memmem;

/// A Markdown page as text without inline marks.
#[derive(Debug, Default)]
pub(crate) struct Markdown {
    /// The lines of the page, with only the marks of blocks left.
    pub(super) text: String,
    /// The linked ranges of `text`, in ascending order.
    pub(super) links: Vec<Span>,
    /// Offsets at which unchanged stretches begin, as pairs: in `text` and in the page.
    places: Vec<(usize, usize)>,
    /// What the header states, as pairs of name and value.
    pub(crate) stated: Vec<(String, String)>,
}

/// Counts of what suggests that a text is Markdown.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    /// Links and pictures with an address.
    links: usize,
    headings: usize,
    /// Emphasised ranges.
    emphases: usize,
    /// Backslashes before characters that converters escape.
    escapes: usize,
    /// Backslashes before characters that no converter escapes.
    backslashes: usize,
    /// Link definitions and table rules.
    others: usize,
    /// HTML elements, which suggest that the text is not Markdown.
    tags: usize,
}

/// Tags that a Markdown page may begin with.
const OPENING_TAGS: [&str; 7] = ["<a ", "<br", "<center", "<div", "<h1", "<img", "<p"];

/// This many links are proof enough.
const MIN_LINKS: usize = 3;
/// Minimum number of escapes in a page whose links were left out.
const MIN_ESCAPES: usize = 3;
/// Minimum number of escapes per backslash that is not an escape.
const ESCAPES_PER_BACKSLASH: usize = 8;

impl Signs {
    fn are_enough(self) -> bool {
        if self.tags >= self.links + self.headings && self.tags > 0 {
            return false;
        }
        let beside = self.headings + self.emphases + self.escapes + self.others;
        let is_escaped = self.escapes >= MIN_ESCAPES.max(self.backslashes * ESCAPES_PER_BACKSLASH);
        self.links >= MIN_LINKS || self.links > 0 && beside > 1 || is_escaped && self.headings > 0
    }
}

impl Markdown {
    /// Reads `page` if it is Markdown. `has_tags`: whether it may contain HTML; if not, `<` is plain text.
    pub(crate) fn read(page: &str, has_tags: bool) -> Option<Markdown> {
        let header = Header::read(page);
        if header.is_none() && !may_be(page) {
            return None;
        }
        let (is_headed, Header { stated, end }) = (header.is_some(), header.unwrap_or_default());
        let mut signs = Signs::default();
        let mut edits = Edits::default();
        edits.take(0, end);
        let frame = frame::read(page, end, &mut edits, &mut signs);
        inline::read(page, end, &frame, has_tags, &mut edits, &mut signs);
        if !is_headed && !signs.are_enough() {
            return None;
        }
        let (text, links, places) = edits.apply(page);
        Some(Markdown { text, links, places, stated })
    }

    /// Whether the beginning of a page allows Markdown. READMEs of programs often begin with a picture in HTML.
    pub(crate) fn may_begin(page: &str) -> bool {
        let page = page.trim_start_matches(super::line::is_blank);
        !page.starts_with('<') || OPENING_TAGS.iter().any(|head| page.starts_with(head))
    }

    /// Maps offset `at` in the text to the page. The search starts at index `from` and moves it forward.
    pub(super) fn place(&self, at: usize, from: &mut usize) -> usize {
        while self.places.get(*from + 1).is_some_and(|&(start, _)| start <= at) {
            *from += 1;
        }
        self.places.get(*from).map_or(at, |&(start, place)| place + at.saturating_sub(start))
    }
}

/// A cheap test whether the page is worth a full scan.
fn may_be(page: &str) -> bool {
    let bytes = page.as_bytes();
    let has = |mark: &str| memmem::find(bytes, mark.as_bytes()).is_some();
    has("](") || has("]: http") || has("\\-") || has("\\.") || has("\\_") || has("\\*") || has("\\[")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Blocks, Kind};

    /// The text of `page` with linked ranges in guillemets; `None` if it is not Markdown.
    fn shown(page: &str) -> Option<String> {
        let read = Markdown::read(page, true)?;
        let (mut out, mut at) = (String::new(), 0);
        for link in &read.links {
            out.push_str(read.text.get(at..link.start as usize)?);
            out.push_str(&format!("«{}»", read.text.get(link.range())?));
            at = link.end as usize;
        }
        out.push_str(read.text.get(at..)?);
        Some(out)
    }

    /// The text of `page` with lines added that make any page Markdown; these are removed from the result.
    fn inside(page: &str) -> String {
        let made = shown(&format!("{page}\n\n# x\n[a](/a) [b](/b) [c](/c)\n")).unwrap();
        made.strip_suffix("\n\n# x\n«a» «b» «c»\n").unwrap_or(&made).to_owned()
    }

    #[test]
    fn marks_inside_lines() {
        let cases = [
            ("link", "see [the page](https://a.b/c_(d) \"A \"b\"\") now", "see «the page» now"),
            ("picture", "a ![b](c.png) d", "a  d"),
            ("linked picture", "[![b](/c.png)\n\n### Title\n\nText](/d)", "«\n\n### Title\n\nText»"),
            ("address wrapped at a hyphen", "[a](https://b.c/d-\ne) f", "«a» f"),
            ("address with spaces", "[Mail](mailto:?subject=A b&body=c) d", "«Mail» d"),
            (
                "near miss: words",
                "[by Kim](i.e. the chairman) [a](head of b)",
                "[by Kim](i.e. the chairman) [a](head of b)",
            ),
            ("near miss: label", "[Kim](note: see c) torn](cf. p. 12)", "[Kim](note: see c) torn](cf. p. 12)"),
            ("word with a title", "[a](b \"c d\") e", "«a» e"),
            (
                "reference",
                "[a][1] b [c][] [e]\n\n[1]: https://x.y\n[c]: /z \"T\"\n[E]: f",
                "«a» b «c» [e]\n\n\n\n[E]: f",
            ),
            ("half a link", "torn](https://a.b/c) text", "torn text"),
            ("file beside the page", "[MIT](LICENSE), [a]()", "«MIT», «a»"),
            ("near miss: brackets", "he [sic] said (so) [1] f[0](x)", "he [sic] said (so) [1] f[0](x)"),
            ("strong and emphasis", "a **b** _c_ ***d*** ~~e~~", "a b c d e"),
            ("near miss: low lines in words", "파일_이름_목록 a_나_b _다_", "파일_이름_목록 a_나_b 다"),
            ("strong beside strong", "**a****b**c", "abc"),
            ("scripts without borders", "**“중국”**이 *가*나", "“중국”이 가나"),
            (
                "near miss: stars in text",
                "3 * 4 * 5, 5*3*2, a_b_c, 4.5**, ** note",
                "3 * 4 * 5, 5*3*2, a_b_c, 4.5**, ** note",
            ),
            (
                "attributes of Pandoc",
                "## A {#a .b}\n\n::: {.c}\n[d](/e){.f target=\"_blank\"} [g]{.h} `i`{x}\n:::",
                "## A\n\n\n«d» g i{x}\n",
            ),
            ("near miss: another block", "**a\n\nb**", "**a\n\nb**"),
            ("code", "`a_b_ **c**` ``d`e``", "a_b_ **c** d`e"),
            ("escapes", "1\\. a \\* b \\[c\\] \\d\\\ne", "1. a * b [c] \\d\ne"),
            ("runs of backslashes", "a\\\\b \\\\\\* \\\\\\d \\\\", "a\\b \\* \\\\d "),
            ("address", "<https://a.b/c> <d@e.f> < g", "«https://a.b/c» «d@e.f» < g"),
            ("line break", "a<br>b", "a\nb"),
            ("task", "- [x] a\n- [ ] b", "- a\n- b"),
            ("quotes", "> > a\n>\n> b", "> a\n\n> b"),
            ("table without bars", "a | b\n---|---\nc<br>d | e", "| a | b |\n| ---|--- |\n| c d | e |"),
            ("carriage returns", "**a\r\nb**\r\n\r\nc | d\r\n---|---", "a\r\nb\r\n\r\n| c | d |\r\n| ---|--- |"),
            ("fenced code", "```\n[a](/b) **c**\n```", "```\n[a](/b) **c**\n```"),
            ("fenced with tildes", "~~~py\n[a](/b) **c**\n~~~\n*d*", "~~~py\n[a](/b) **c**\n~~~\nd"),
            ("near miss: words behind waves", "~~~ a b\n*c*\n\n~~~ d e", "~~~ a b\nc\n\n~~~ d e"),
            ("fence in indented code", "    a\n    ```\n\n```\n*b*\n```\n*c*", "```\na\n\n```\n\n```\n*b*\n```\nc"),
            ("near miss: wide spaces", "\u{3000}\u{3000}a *b*", "\u{3000}\u{3000}a b"),
            ("indented code", "a\n\n    b *c*\n      d *e*\n\nf", "a\n\n```\nb *c*\n  d *e*\n```\n\nf"),
        ];
        for (name, page, expected) in cases {
            assert_eq!(inside(page), expected, "{name}");
        }
    }

    #[test]
    fn what_is_markdown() {
        let cases = [
            ("links", "[a](/a) [b](/b) [c](/c)", true),
            ("link and headings", "# A\n\n## B\n\nc [d](https://e.f)", true),
            ("links left out", "# A\n\n1\\. b\\-c d\\*\n\n2\\. 파일\\_e", true),
            ("near miss: a shell", "# a\nfind '.*\\.\\(gz\\|bz2\\)' 'b\\.c' 'd\\.e' 'f\\.g' 'h\\*i'", false),
            ("near miss: TeX", "A\n===\n\nS\\_n \\[ S\\_n = \\sum\\_{k=1} \\{1\\} \\%", false),
            ("near miss: remarks", "[a](i.e. b) [c](p. 12 of d) [e](and/or f)\n\n# g\n\n*h*", false),
            ("reader's header", "Title: A: b\n\nURL Source: https://a.b\n\nMarkdown Content:\nc", true),
            ("front matter", "---\ntitle: A\n---\nb", true),
            ("near miss: a rule", "---\nA: b\n---\nc", false),
            ("near miss: labels", "Title: A\nAuthor: b\n\nText", false),
            ("near miss: stars and headings of the page", "## 광고 ##\n**a** b **c** [1] #tag\n# d", false),
            ("near miss: one link said", "Write [text](https://a.b) for a link.", false),
            ("near miss: code", "a[0](b); c[1](d); e[2](f); g[3](h)", false),
            ("near miss: markup", "<p>[a](/a) <b>x</b> [b](/b) <i>y</i> [c](/c)</p>", false),
        ];
        for (name, page, expected) in cases {
            assert_eq!(Markdown::read(page, true).is_some(), expected, "{name}");
        }
    }

    #[test]
    fn beginnings() {
        for (page, expected) in
            [("# A", true), ("<p align=\"center\">", true), ("\n <!DOCTYPE html>", false), ("<html>", false)]
        {
            assert_eq!(Markdown::may_begin(page), expected, "{page}");
        }
    }

    #[test]
    fn headers() {
        type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
        let cases: [Case; 3] = [
            (
                "Title: A: b\n\nURL Source: https://c.d/e\n\nPublished Time: 2024-03-05T09:10:00Z\n\nMarkdown Content:\nText",
                &[("title", "A: b"), ("url_source", "https://c.d/e"), ("published_time", "2024-03-05T09:10:00Z")],
                "Text",
            ),
            (
                "---\ntitle: \"A \\\"b\\\"\"\nauthors:\n  - Ann Bell\n  - 'Jo Day'\ntags: [x, \"y\"]\n---\n\nText",
                &[
                    ("title", "A \"b\""),
                    ("authors", ""),
                    ("authors", "Ann Bell"),
                    ("authors", "Jo Day"),
                    ("tags", "x"),
                    ("tags", "y"),
                ],
                "\nText",
            ),
            ("+++\ntitle = 'A'\n+++\nText", &[("title", "A")], "Text"),
        ];
        for (page, stated, text) in cases {
            let read = Markdown::read(page, false).unwrap();
            let found: Vec<_> = read.stated.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!((found.as_slice(), read.text.as_str()), (stated, text), "{page}");
        }
    }

    #[test]
    fn blocks_with_links_and_places() {
        let page = "[Home](/) [News](/n)\n\nOn _time_\n====\n\nThe ferry [left](/l) at nine, as it had on each\nday before.\n\n1. One\n";
        let mut blocks = Blocks::default();
        crate::lines::markdown_blocks(&Markdown::read(page, false).unwrap(), &mut blocks);
        let shown: Vec<_> = blocks
            .items
            .iter()
            .enumerate()
            .map(|(index, block)| {
                (block.kind, blocks.text_of(index), block.link_bytes, page.get(block.source.range()).unwrap())
            })
            .collect();
        assert_eq!(
            shown,
            [
                (Kind::Paragraph, "Home News", 8, "Home](/) [News](/n)"),
                (Kind::Heading(1), "On time", 0, "On _time_"),
                (
                    Kind::Paragraph,
                    "The ferry left at nine, as it had on each day before.",
                    4,
                    "The ferry [left](/l) at nine, as it had on each\nday before."
                ),
                (Kind::ListItem, "One", 0, "One"),
            ]
        );
    }
}
