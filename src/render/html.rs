//! The article as HTML, built from text alone: none of the page's markup is copied.

mod nest;

use super::{below_title, with_year};
use crate::article::{Article, BlockKind};
use nest::Nest;

impl Article {
    /// The article as an `<article>` element: title, byline and date in its header, then the body.
    ///
    /// A first heading that only repeats the title is left out, and captions are not in it unless they were
    /// [included](crate::Include::Captions) in the body.
    ///
    /// All text is escaped, and nothing of the page's own markup is copied but the language, so it is safe to display
    /// without a sanitizer.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::with_capacity(self.body().len() * 5 / 4 + 256);
        out.push_str("<article");
        if let Some(language) = self.lang() {
            out.push_str(" lang=\"");
            escape(&mut out, language);
            out.push('"');
        }
        out.push_str(">\n");
        self.header(&mut out);
        let mut nest = Nest::default();
        for block in below_title(self) {
            nest.enter(&mut out, block.levels);
            let begins = block.levels.last().is_some_and(|level| level.begins);
            match block.kind {
                BlockKind::Heading(level) => {
                    element(&mut out, HEADINGS[usize::from(level.clamp(1, 6)) - 1], block.text)
                }
                BlockKind::ListItem if begins => lines(&mut out, block.text),
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => element(&mut out, "p", block.text),
                BlockKind::Code => code(&mut out, block.text),
                BlockKind::Table => table(&mut out, block.text),
            }
        }
        nest.end(&mut out);
        out.push_str("</article>\n");
        out
    }

    fn header(&self, out: &mut String) {
        let date = with_year(self.date()).map(|date| date.to_string());
        if self.title().is_none() && self.byline().is_none() && date.is_none() {
            return;
        }
        out.push_str("<header>\n");
        if let Some(title) = self.title() {
            element(out, "h1", title);
        }
        if let Some(byline) = self.byline() {
            element(out, "address", byline);
        }
        if let Some(date) = date {
            out.push_str("<p><time>");
            escape(out, &date);
            out.push_str("</time></p>\n");
        }
        out.push_str("</header>\n");
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Writes an element with text, on lines of its own.
fn element(out: &mut String, name: &str, text: &str) {
    own_line(out);
    out.push('<');
    out.push_str(name);
    out.push('>');
    lines(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// Writes text with its line feeds as `<br>`.
fn lines(out: &mut String, text: &str) {
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        escape(out, line);
    }
}

/// Starts a new line, unless at the start of one.
fn own_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

fn code(out: &mut String, text: &str) {
    own_line(out);
    out.push_str("<pre><code>");
    escape(out, text);
    out.push_str("</code></pre>\n");
}

fn table(out: &mut String, text: &str) {
    own_line(out);
    out.push_str("<table>\n");
    for row in text.lines() {
        out.push_str("<tr>");
        for cell in row.split('\t') {
            out.push_str("<td>");
            escape(out, cell.trim());
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Escapes text for elements and double-quoted attributes. Drops control characters, which HTML forbids.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::LevelKind;
    use crate::render::{Nested, nested_sample, sample};

    #[test]
    fn blocks() {
        use BlockKind::*;
        let cases: [(&str, &[(BlockKind, &str)], &str); 6] = [
            ("nothing", &[], ""),
            ("markup of the page", &[(Paragraph, "<script>\"&\0x")], "<p>&lt;script&gt;&quot;&amp;x</p>\n"),
            ("level out of range", &[(Heading(0), "a\nb")], "<h1>a<br>b</h1>\n"),
            (
                "groups",
                &[(ListItem, "a"), (ListItem, "b"), (Quote, "c"), (Paragraph, "d")],
                "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n<p>c</p>\n</blockquote>\n<p>d</p>\n",
            ),
            ("code", &[(Code, "\n  a<b")], "<pre><code>\n  a&lt;b</code></pre>\n"),
            ("table", &[(Table, "a\tb\n1")], "<table>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>1</td></tr>\n</table>\n"),
        ];
        for (name, blocks, expected) in cases {
            assert_eq!(sample(blocks).to_html(), format!("<article>\n{expected}</article>\n"), "{name}");
        }
    }

    #[test]
    fn lists_and_quotations() {
        use BlockKind::*;
        use LevelKind::{Definition, Item, Quote, Term};
        let cases: [(&str, Vec<Nested>, &str); 6] = [
            (
                "numbers",
                vec![
                    (ListItem, "a", vec![(Item(Some(3)), true)]),
                    (ListItem, "b", vec![(Item(Some(4)), true)]),
                    (ListItem, "c", vec![(Item(Some(1)), true)]),
                ],
                "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ol>\n<li>c</li>\n</ol>\n",
            ),
            (
                "a list in a list",
                vec![
                    (ListItem, "a", vec![(Item(None), true)]),
                    (ListItem, "b", vec![(Item(None), false), (Item(Some(1)), true)]),
                    (ListItem, "c", vec![(Item(None), false)]),
                    (ListItem, "d", vec![(Item(None), true)]),
                ],
                "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n<p>c</p>\n</li>\n<li>d</li>\n</ul>\n",
            ),
            (
                "code and headings of items",
                vec![
                    (Heading(3), "a", vec![(Item(Some(1)), true)]),
                    (Code, "b", vec![(Item(Some(1)), false)]),
                    (Paragraph, "c", vec![]),
                ],
                "<ol>\n<li>\n<h3>a</h3>\n<pre><code>b</code></pre>\n</li>\n</ol>\n<p>c</p>\n",
            ),
            (
                "a quotation in a quotation",
                vec![
                    (BlockKind::Quote, "a", vec![(Quote, true)]),
                    (BlockKind::Quote, "b", vec![(Quote, false), (Quote, true)]),
                ],
                "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n",
            ),
            (
                "two quotations",
                vec![(BlockKind::Quote, "a", vec![(Quote, true)]), (BlockKind::Quote, "b", vec![(Quote, true)])],
                "<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote>\n<p>b</p>\n</blockquote>\n",
            ),
            (
                "definitions",
                vec![(ListItem, "a", vec![(Term, true)]), (ListItem, "b", vec![(Definition, true)])],
                "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n",
            ),
        ];
        for (name, blocks, expected) in cases {
            assert_eq!(nested_sample(&blocks).to_html(), format!("<article>\n{expected}</article>\n"), "{name}");
        }
    }

    #[test]
    fn header_and_language() {
        let mut article = sample(&[]);
        article.metadata.title = Some("A & B".into());
        article.metadata.language = Some("ko\" onload=\"x".into());
        article.metadata.published = crate::PartialDate::from_ymd(2025, 4, 17);
        assert_eq!(
            article.to_html(),
            "<article lang=\"ko&quot; onload=&quot;x\">\n<header>\n<h1>A &amp; B</h1>\n<p><time>2025-04-17</time></p>\n\
             </header>\n</article>\n"
        );
    }
}
