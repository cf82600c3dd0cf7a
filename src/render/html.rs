//! The article as HTML of our own making: nothing of the page's markup comes through.

use crate::article::{Article, BlockKind};

impl Article {
    /// The article as an `<article>` element: title, byline and date in its header, then the body.
    ///
    /// Built from the blocks alone, with all text escaped: no attribute, script or address of the page is in it, so it may be
    /// shown without a sanitizer.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::with_capacity(self.text().len() * 5 / 4 + 256);
        out.push_str("<article");
        if let Some(language) = self.language() {
            out.push_str(" lang=\"");
            escape(&mut out, language);
            out.push('"');
        }
        out.push_str(">\n");
        self.header(&mut out);
        let mut open = None;
        for block in self.blocks() {
            let group = Group::of(block.kind);
            if open != group {
                out.push_str(open.map_or("", Group::end));
                out.push_str(group.map_or("", Group::start));
                open = group;
            }
            match block.kind {
                BlockKind::Heading(level) => {
                    element(&mut out, HEADINGS[usize::from(level.clamp(1, 6)) - 1], block.text)
                }
                BlockKind::Paragraph | BlockKind::Quote => element(&mut out, "p", block.text),
                BlockKind::ListItem => element(&mut out, "li", block.text),
                BlockKind::Code => {
                    // The parser drops one line feed after <pre>, so a first empty line needs another.
                    out.push_str(if block.text.starts_with('\n') { "<pre><code>\n" } else { "<pre><code>" });
                    escape(&mut out, block.text);
                    out.push_str("</code></pre>\n");
                }
                BlockKind::Table => table(&mut out, block.text),
            }
        }
        out.push_str(open.map_or("", Group::end));
        out.push_str("</article>\n");
        out
    }

    fn header(&self, out: &mut String) {
        let date = self.published().filter(|date| date.year.is_some()).map(|date| date.to_string());
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
            out.push_str("<p>");
            element(out, "time", &date);
            out.truncate(out.trim_end().len());
            out.push_str("</p>\n");
        }
        out.push_str("</header>\n");
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// An element around neighbouring blocks of one kind.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    List,
    Quote,
}

impl Group {
    fn of(kind: BlockKind) -> Option<Group> {
        match kind {
            BlockKind::ListItem => Some(Group::List),
            BlockKind::Quote => Some(Group::Quote),
            _ => None,
        }
    }
    fn start(self) -> &'static str {
        match self {
            Group::List => "<ul>\n",
            Group::Quote => "<blockquote>\n",
        }
    }
    fn end(self) -> &'static str {
        match self {
            Group::List => "</ul>\n",
            Group::Quote => "</blockquote>\n",
        }
    }
}

/// An element of text, its line feeds shown as breaks.
fn element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        escape(out, line);
    }
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

fn table(out: &mut String, text: &str) {
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

/// For text and double-quoted attributes alike. Control characters, which HTML forbids, are left out.
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
    use crate::render::sample;

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
            ("code", &[(Code, "\n  a<b")], "<pre><code>\n\n  a&lt;b</code></pre>\n"),
            ("table", &[(Table, "a\tb\n1")], "<table>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>1</td></tr>\n</table>\n"),
        ];
        for (name, blocks, expected) in cases {
            assert_eq!(sample(blocks).to_html(), format!("<article>\n{expected}</article>\n"), "{name}");
        }
    }

    #[test]
    fn header_and_language() {
        let mut article = sample(&[]);
        article.metadata.title = Some("A & B".into());
        article.metadata.language = Some("ko\" onload=\"x".into());
        article.metadata.published = crate::PartialDate::day(2025, 4, 17);
        assert_eq!(
            article.to_html(),
            "<article lang=\"ko&quot; onload=&quot;x\">\n<header>\n<h1>A &amp; B</h1>\n<p><time>2025-04-17</time></p>\n\
             </header>\n</article>\n"
        );
    }
}
