//! The style sheets on a page, kept apart from its text.

use super::Builder;
use super::attributes::{find, value};
use crate::dom::names::Name;
use crate::dom::tokenizer::RawTag;
use memchr::{memmem, memrchr};

/// Parts of declarations that hide something, as they are nearly always written. The most frequent one comes first.
pub(crate) const HIDING: [&str; 5] =
    ["display:none", "display: none", "visibility:hidden", "visibility: hidden", "-999"];

/// Braces in quotation marks, as in `content:"}"`.
const QUOTED: [&str; 4] = ["'{'", "'}'", "\"{\"", "\"}\""];

impl Builder {
    /// Whether a `style` that was just opened applies on screens and where scripts run.
    pub(super) fn is_sheet(&self, tag: &RawTag<'_>) -> bool {
        let is_one = |name: &str, of: &[&str]| {
            let value = value(tag, name).unwrap_or_default();
            of.iter().any(|one| value.trim().eq_ignore_ascii_case(one))
        };
        is_one("media", &["", "all", "screen"])
            && is_one("type", &["", "text/css"])
            && find(tag, "disabled").is_none()
            && !self.open.list().iter().any(|open| matches!(open.name, Name::NOSCRIPT | Name::TEMPLATE))
    }

    /// Ends the style sheet being read: drops it if it hides nothing, else removes its comments and quoted braces, so
    /// that all remaining braces belong to rules.
    pub(super) fn end_sheet(&mut self) {
        let sheets = &mut self.dom.sheets;
        let start = memrchr(0, sheets.as_bytes()).map_or(0, |end| end + 1);
        let sheet = sheets.get(start..).unwrap_or_default();
        let holds = |text: &str, word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        if !HIDING.iter().any(|word| holds(sheet, word)) {
            sheets.truncate(start);
            return;
        }
        if holds(sheet, "/*") {
            let clean = without_comments(sheet);
            sheets.truncate(start);
            sheets.push_str(&clean);
        }
        for quoted in QUOTED {
            let sheet = sheets.get(start..).unwrap_or_default();
            if holds(sheet, quoted) {
                let clean = sheet.replace(quoted, "''");
                sheets.truncate(start);
                sheets.push_str(&clean);
            }
        }
        sheets.push('\0');
    }
}

/// A style sheet without its comments. Some have thousands, far apart, so they are searched for many bytes at a time.
fn without_comments(sheet: &str) -> String {
    let (opening, closing) = (memmem::Finder::new("/*"), memmem::Finder::new("*/"));
    let (mut clean, mut rest) = (String::with_capacity(sheet.len()), sheet);
    while let Some((before, comment)) = split_at(rest, &opening) {
        clean.push_str(before);
        rest = split_at(comment, &closing).map_or("", |(_, after)| after);
    }
    clean.push_str(rest);
    clean
}

/// The text before and after the first match of `finder`.
fn split_at<'t>(text: &'t str, finder: &memmem::Finder<'_>) -> Option<(&'t str, &'t str)> {
    let at = finder.find(text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + finder.needle().len()..)?))
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_are_taken_out() {
        let cases = [
            ("a{b:c}", "a{b:c}"),
            ("/* x */a{/*y*/b:c}/**/", "a{b:c}"),
            ("a/*/b*/c", "ac"),
            ("a/* é */ü", "aü"),
            ("a{}/* never ends", "a{}"),
            ("a*/b", "a*/b"),
        ];
        for (sheet, clean) in cases {
            assert_eq!(without_comments(sheet), clean, "{sheet}");
        }
    }
}
