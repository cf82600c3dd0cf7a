//! Converts HTML to simple Markdown in one pass over the tags, without a tree.
//!
//! The pages serve to learn from flattened text whose links are known. So only the marks of blocks and links are
//! written: headings, items, quotations, code, tables, links, pictures, emphasis.

/// Elements whose content is not text of the page.
const SILENT: [&str; 9] = ["script", "style", "noscript", "svg", "template", "iframe", "head", "select", "textarea"];
/// Inline elements without a mark in Markdown.
const PLAIN: [&str; 20] = [
    "span", "u", "s", "small", "sub", "sup", "mark", "abbr", "time", "label", "button", "font", "cite", "q", "del",
    "ins", "wbr", "input", "kbd", "source",
];
/// Maximum length of an address in bytes.
const ADDRESS_BYTES: usize = 300;

/// The dialect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether titles are underlined.
    pub(crate) underlined: bool,
    pub(crate) bullet: &'static str,
    pub(crate) pictures: bool,
}

/// The Markdown of a page.
pub(crate) fn of(html: &str, style: Style) -> String {
    let mut writer = Writer { style, ..Writer::default() };
    let mut rest = html;
    while let Some((text, behind)) = rest.split_once('<') {
        writer.text(text);
        let comment = behind.strip_prefix("!--").map(|comment| comment.split_once("-->"));
        if let Some(comment) = comment {
            rest = comment.map_or("", |(_, behind)| behind);
            continue;
        }
        let Some((tag, behind)) = behind.split_once('>') else { break };
        rest = behind;
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !SILENT.contains(&name.as_str()) {
            writer.tag(&name, tag, is_end);
        } else if !is_end && !tag.ends_with('/') {
            let close = format!("</{name}");
            let at = rest.as_bytes().windows(close.len()).position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
            rest = at.and_then(|at| rest.get(at..)).unwrap_or_default();
        }
    }
    if !rest.contains('<') {
        writer.text(rest);
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    style: Style,
    out: String,
    /// The addresses of open links, and the length of the output when each was opened.
    links: Vec<(String, usize)>,
    /// Open lists.
    depth: usize,
    heading: Option<(usize, usize)>,
    code: bool,
    quoted: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { underlined: false, bullet: "*", pictures: true }
    }
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.code {
            self.out.push_str(text);
            return;
        }
        let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
        if spaced(text.chars().next()) {
            self.space();
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        self.out
            .push_str(&words.join(" ").replace('*', "\\*").replace('_', "\\_").replace('[', "\\[").replace(']', "\\]"));
        if spaced(text.chars().next_back()) && !words.is_empty() {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    /// Ends the block with a blank line.
    fn block(&mut self) {
        if self.code {
            return;
        }
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        self.out.push_str(if self.quoted { "\n\n> " } else { "\n\n" });
    }

    fn tag(&mut self, name: &str, tag: &str, is_end: bool) {
        match name {
            "a" if is_end => {
                if let Some((address, from)) = self.links.pop() {
                    // A link without text is dropped.
                    if self.out.get(from..).is_some_and(|text| text.trim() == "[") {
                        self.out.truncate(from);
                    } else {
                        self.out.push_str(&format!("]({address})"));
                    }
                }
            }
            "a" => {
                if let Some(address) = attribute(tag, "href") {
                    self.links.push((address.to_owned(), self.out.len()));
                    self.out.push('[');
                }
            }
            "img" if self.style.pictures && !self.code => {
                let (source, alt) =
                    (attribute(tag, "src").unwrap_or("/x.png"), attribute(tag, "alt").unwrap_or_default());
                self.out.push_str(&format!("![{}]({source})", alt.replace(['[', ']', '\n'], " ")));
            }
            "b" | "strong" if !self.code => self.out.push_str("**"),
            "i" | "em" if !self.code => self.out.push('_'),
            "code" if !self.code => self.out.push('`'),
            "br" => self.out.push_str(if self.quoted { "  \n> " } else { "  \n" }),
            "img" | "b" | "strong" | "i" | "em" | "code" => {}
            "pre" => {
                self.block();
                self.code = !is_end;
                self.out.push_str(if is_end { "\n```\n\n" } else { "```\n" });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.title(usize::from(name.as_bytes()[1] - b'0'), is_end),
            "ul" | "ol" => {
                self.depth = if is_end { self.depth.saturating_sub(1) } else { self.depth + 1 };
                self.block();
            }
            "li" if !is_end => {
                let kept = self.out.trim_end().len();
                self.out.truncate(kept);
                self.out.push_str(&format!(
                    "\n{}{} ",
                    "  ".repeat(self.depth.saturating_sub(1).min(4)),
                    self.style.bullet
                ));
            }
            "li" => {}
            "blockquote" => {
                self.quoted = !is_end;
                self.block();
            }
            "tr" => {
                let kept = self.out.trim_end().len();
                self.out.truncate(kept);
                self.out.push_str(if is_end { "\n" } else { "\n|" });
            }
            "td" | "th" if is_end => self.out.push_str(" |"),
            "td" | "th" => self.space(),
            _ if PLAIN.contains(&name) => {}
            _ => self.block(),
        }
    }

    fn title(&mut self, level: usize, is_end: bool) {
        if !is_end {
            self.block();
            self.heading = Some((level, self.out.len()));
            if !(self.style.underlined && level < 3) {
                self.out.push_str(&format!("{} ", "#".repeat(level)));
            }
            return;
        }
        if let Some((level, from)) = self.heading.take().filter(|(level, _)| self.style.underlined && *level < 3) {
            let width = self.out.get(from..).map_or(0, |text| text.trim().chars().count());
            if width > 0 {
                self.out.push_str(&format!("\n{}", if level == 1 { "=" } else { "-" }.repeat(width.clamp(3, 80))));
            }
        }
        self.block();
    }
}

/// The value of an attribute in quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))?;
    let value = tag.get(at + name.len() + 2..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.get(1..)?.split(quote).next()?;
    (value.len() <= ADDRESS_BYTES && !value.contains(char::is_whitespace)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{Style, of};

    #[test]
    fn marks() {
        let cases = [
            ("<head><title>x</title></head><h2>A <b>b</b></h2>c", "## A **b**\n\nc"),
            ("<ul><li><a href=\"/x\">A</a></li><li>b</li></ul>", "* [A](/x)\n* b"),
            ("<p>a<br>b</p><pre>c\n d</pre>", "a\nb\n\n```\nc\n d\n```"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "| a | b |"),
            ("<blockquote><p>a</p></blockquote>b", "> a\n\n\nb"),
        ];
        for (html, markdown) in cases {
            let found = of(html, Style::default());
            let found: Vec<&str> = found.lines().map(str::trim_end).filter(|line| *line != ">").collect();
            assert_eq!(found.join("\n").trim(), markdown, "{html}");
        }
    }
}
