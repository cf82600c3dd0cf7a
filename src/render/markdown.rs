//! The article as CommonMark, with pipe tables.

mod nest;

use super::{below_title, dateline};
use crate::article::{Article, BlockKind};
use nest::Nest;

impl Article {
    /// The article as a Markdown document: the title as its first heading, byline and date below it, then the body.
    ///
    /// A first heading that only repeats the title is left out, and captions are not in it unless they were
    /// [included](crate::Include::Captions) in the body.
    ///
    /// Markdown syntax in the page's own text is escaped, so that two asterisks stay two asterisks. Tables are pipe
    /// tables, which are not part of CommonMark but of nearly every dialect.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::with_capacity(self.body().len() * 9 / 8 + 256);
        if let Some(title) = self.title() {
            heading(&mut out, 1, title);
        }
        if let Some(line) = dateline(self) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            paragraph(&mut out, &line);
        }
        let mut nest = Nest::default();
        for block in below_title(self) {
            nest.enter(&mut out, &block);
            let start = out.len();
            match block.kind {
                BlockKind::Heading(level) => heading(&mut out, level, block.text),
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => paragraph(&mut out, block.text),
                BlockKind::Code => code(&mut out, block.text),
                BlockKind::Table => table(&mut out, block.text),
            }
            nest.leave(&mut out, start);
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }
}

fn heading(out: &mut String, level: u8, text: &str) {
    for _ in 0..level.clamp(1, 6) {
        out.push('#');
    }
    out.push(' ');
    let start = out.len();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        inline(out, line);
    }
    // `## C #` would lose its last character: a run of `#` at the end closes the heading.
    let trailing = out.bytes().rev().take_while(|&b| b == b'#').count();
    if trailing > 0 && out.len() - trailing >= start {
        out.insert(out.len() - trailing, '\\');
    }
}

fn paragraph(out: &mut String, text: &str) {
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str("\\\n");
        }
        line_start(out, line.trim());
    }
}

/// Writes a line so that it does not begin a heading, a list, a quotation, a fence or an underline.
fn line_start(out: &mut String, line: &str) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits).unwrap_or(("", line));
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let ends = second.is_none_or(char::is_whitespace);
    let opens = match first {
        // A list number has at most nine digits, but escaping after more does no harm.
        Some('.' | ')') => digits > 0 && ends,
        Some('>') => digits == 0,
        // A rule or an underline may repeat them: `---`, `===`, `- - -`.
        Some('-' | '+' | '=') => digits == 0 && (ends || second == first),
        Some('#') => digits == 0 && rest.trim_start_matches('#').chars().next().is_none_or(char::is_whitespace),
        _ => false,
    };
    out.push_str(number);
    match first.filter(|_| opens) {
        Some(mark) => {
            out.extend(['\\', mark]);
            inline(out, rest.strip_prefix(mark).unwrap_or(rest));
        }
        None => inline(out, rest),
    }
}

/// Writes text with all Markdown syntax in it escaped.
fn inline(out: &mut String, text: &str) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            // Inside a word, an underscore does not open emphasis.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            // Text between two single tildes is struck through, as in `3~5명, 10~20일`.
            '~' => !(before.is_whitespace() && next.is_whitespace()),
            // Only if it could begin an entity.
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

fn code(out: &mut String, text: &str) {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat((longest + 1).max(3));
    out.push_str(&fence);
    out.push('\n');
    out.push_str(text);
    if !text.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&fence);
}

/// Writes a pipe table. The first row is the header, since pipe tables must have one.
fn table(out: &mut String, text: &str) {
    let columns = text.lines().map(|row| row.split('\t').count()).max().unwrap_or(1);
    for (at, row) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut cells = 0;
        out.push('|');
        for cell in row.split('\t') {
            out.push(' ');
            let start = out.len();
            inline(out, cell.trim());
            if out.get(start..).is_some_and(|cell| cell.contains('|')) {
                let escaped = out.split_off(start).replace('|', "\\|");
                out.push_str(&escaped);
            }
            out.push_str(" |");
            cells += 1;
        }
        if at == 0 {
            // Only the header needs all columns. Later rows may be short, so a ragged table costs no more than its
            // text.
            for _ in cells..columns {
                out.push_str("  |");
            }
            out.push_str("\n|");
            for _ in 0..columns {
                out.push_str(" --- |");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::LevelKind;
    use crate::render::{Nested, nested_sample, sample};

    fn body(blocks: &[(BlockKind, &'static str)]) -> String {
        sample(blocks).to_markdown()
    }

    #[test]
    fn marks_the_page_shows_are_escaped() {
        let cases = [
            ("strong", "**HBM**을 요구", r"\*\*HBM\*\*을 요구"),
            ("near miss: an apostrophe", "it's", "it's"),
            ("underscore at an edge", "_x_ a_b", r"\_x\_ a_b"),
            ("link", "[1](x)", r"\[1\](x)"),
            ("tag", "a <b> 3 < 4", r"a \<b> 3 \< 4"),
            ("entity", "AT&T R&D & &amp; &#38;", r"AT\&T R\&D & \&amp; \&#38;"),
            ("strike", "~~x~~ ~5", r"\~\~x\~\~ \~5"),
            ("heading", "# one", r"\# one"),
            ("near miss: a hashtag", "#one", "#one"),
            ("bullet", "- one", r"\- one"),
            ("near miss: a minus", "-3 degrees", "-3 degrees"),
            ("rule", "---", r"\---"),
            ("underline", "===", r"\==="),
            ("number", "1. one", r"1\. one"),
            ("near miss: a decimal", "1.5 million", "1.5 million"),
            ("quote", "> one", r"\> one"),
            ("near miss: a year", "2024", "2024"),
            ("two lines", "one\n- two", "one\\\n\\- two"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(body(&[(BlockKind::Paragraph, text)]), format!("{expected}\n"), "{name}");
        }
    }

    #[test]
    fn blocks() {
        use BlockKind::*;
        let cases: [(&str, &[(BlockKind, &str)], &str); 7] = [
            ("nothing", &[], ""),
            ("heading with a number sign", &[(Heading(2), "In C#")], "## In C\\#\n"),
            ("level out of range", &[(Heading(9), "x")], "###### x\n"),
            ("list", &[(ListItem, "a"), (ListItem, "b\nc"), (Paragraph, "d")], "- a\n- b\\\n  c\n\nd\n"),
            ("quote", &[(Quote, "a"), (Quote, "b")], "> a\n>\n> b\n"),
            ("code with a fence", &[(Code, "```\nx")], "````\n```\nx\n````\n"),
            (
                "ragged table",
                &[(Table, "a\tb|c\n1\n2\t3\t4")],
                "| a | b\\|c |  |\n| --- | --- | --- |\n| 1 |\n| 2 | 3 | 4 |\n",
            ),
        ];
        for (name, blocks, expected) in cases {
            assert_eq!(body(blocks), expected, "{name}");
        }
    }

    #[test]
    fn lists_and_quotations() {
        use BlockKind::*;
        use LevelKind::{Definition, Item, Quote, Term};
        let (one, two) = (Item(Some(1)), Item(Some(2)));
        let cases: [(&str, Vec<Nested>, &str); 14] = [
            ("numbers", vec![(ListItem, "a", vec![(one, true)]), (ListItem, "b", vec![(two, true)])], "1. a\n2. b\n"),
            (
                "a list in a list",
                vec![
                    (ListItem, "a", vec![(Item(Some(10)), true)]),
                    (ListItem, "b", vec![(Item(Some(10)), false), (Item(None), true)]),
                    (ListItem, "c", vec![(Item(Some(10)), false)]),
                ],
                "10. a\n    - b\n\n    c\n",
            ),
            (
                "a list in a list from the start",
                vec![(ListItem, "a", vec![(one, true), (Item(None), true)])],
                "1. - a\n",
            ),
            (
                "paragraphs and code of one item",
                vec![
                    (ListItem, "a", vec![(Item(None), true)]),
                    (ListItem, "b\nc", vec![(Item(None), false)]),
                    (Code, "d\n\ne", vec![(Item(None), false)]),
                ],
                "- a\n\n  b\\\n  c\n\n  ```\n  d\n\n  e\n  ```\n",
            ),
            (
                "what is defined first in an item",
                vec![
                    (ListItem, "a", vec![(one, true), (Definition, true)]),
                    (ListItem, "b", vec![(one, false), (Definition, true)]),
                    (ListItem, "c", vec![(one, false)]),
                ],
                "1. - a\n   - b\n\n   c\n",
            ),
            (
                "two definitions of a term",
                vec![
                    (ListItem, "a", vec![(Term, true)]),
                    (ListItem, "b", vec![(Definition, true)]),
                    (ListItem, "c", vec![(Definition, true)]),
                ],
                "- a\n  - b\n  - c\n",
            ),
            (
                "two lists",
                vec![
                    (ListItem, "a", vec![(one, true)]),
                    (ListItem, "b", vec![(one, true)]),
                    (ListItem, "c", vec![(two, true)]),
                ],
                "1. a\n1) b\n2) c\n",
            ),
            (
                "a number that would not begin a list in a text",
                vec![
                    (ListItem, "a", vec![(Item(None), true)]),
                    (ListItem, "b", vec![(Item(None), false), (two, true)]),
                ],
                "- a\n\n  2. b\n",
            ),
            (
                "numbers that Markdown has not",
                vec![
                    (ListItem, "a", vec![(Item(Some(-1)), true)]),
                    (ListItem, "b", vec![(Item(Some(i32::MIN)), true)]),
                ],
                "- a\n\n- b\n",
            ),
            (
                "a quotation in a quotation",
                vec![
                    (BlockKind::Quote, "a", vec![(Quote, true)]),
                    (BlockKind::Quote, "b", vec![(Quote, false), (Quote, true)]),
                    (BlockKind::Quote, "c", vec![(Quote, false)]),
                ],
                "> a\n>\n> > b\n>\n> c\n",
            ),
            (
                "two quotations",
                vec![(BlockKind::Quote, "a", vec![(Quote, true)]), (BlockKind::Quote, "b", vec![(Quote, true)])],
                "> a\n\n> b\n",
            ),
            (
                "a list in a quotation",
                vec![
                    (BlockKind::Quote, "a", vec![(Quote, true)]),
                    (ListItem, "b", vec![(Quote, false), (Item(None), true)]),
                    (ListItem, "c", vec![(Quote, false), (Item(None), true)]),
                ],
                "> a\n>\n> - b\n> - c\n",
            ),
            (
                "definitions",
                vec![
                    (ListItem, "a", vec![(Term, true)]),
                    (ListItem, "b", vec![(Definition, true)]),
                    (ListItem, "c", vec![(Definition, false)]),
                ],
                "- a\n  - b\n\n    c\n",
            ),
            (
                "a table in an item",
                vec![(Table, "a\tb\n\tc", vec![(Item(None), true)])],
                "- | a | b |\n  | --- | --- |\n  |  | c |\n",
            ),
        ];
        for (name, blocks, expected) in cases {
            assert_eq!(nested_sample(&blocks).to_markdown(), expected, "{name}");
        }
    }

    #[test]
    fn a_title_is_said_once() {
        let mut article =
            sample(&[(BlockKind::Heading(2), "A"), (BlockKind::Heading(2), "B"), (BlockKind::Paragraph, "c")]);
        article.metadata.title = Some("A".into());
        assert_eq!(article.to_markdown(), "# A\n\n## B\n\nc\n");
        article.metadata.title = Some("B".into());
        assert_eq!(article.to_markdown(), "# B\n\n## A\n\n## B\n\nc\n");
    }

    #[test]
    fn title_and_dateline_come_first() {
        let mut article = sample(&[(BlockKind::Paragraph, "Body.")]);
        article.metadata.title = Some("1. A *title*".into());
        article.metadata.byline = Some("김하나 기자".into());
        article.metadata.published = crate::PartialDate::from_ymd(2025, 4, 17);
        assert_eq!(article.to_markdown(), "# 1. A \\*title\\*\n\n김하나 기자 · 2025-04-17\n\nBody.\n");
    }
}
