//! Undoes damage that earlier programs did to a page: escaping it, or decoding it in the wrong encoding.

mod mojibake;

use crate::escape;
use unicode_normalization::UnicodeNormalization;

/// A repaired text.
#[derive(Debug)]
pub(crate) struct Undone {
    pub(crate) text: String,
    /// The right encoding, if the text was decoded in another one.
    pub(crate) encoding: Option<&'static str>,
}

/// Maximum number of repairs, one after another.
const MAX_ROUNDS: usize = 4;

/// Minimum number of escapes of a text in quotes that is a JSON string. File paths have fewer.
const MIN_ESCAPES: usize = 4;

/// What the caller knows about a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    pub(crate) url: Option<&'a str>,
    /// Whether the encoding is known.
    pub(crate) encoding: bool,
    /// Whether the kind of input is known. Then it is not unwrapped.
    pub(crate) input: bool,
}

/// Repairs `text`; `None` if it shows no damage.
pub(crate) fn undo(text: &str, known: Known<'_>) -> Option<Undone> {
    let as_is = |text: String| Undone { text, encoding: None };
    let unwrapped = |text: &str| unwrapped(text).filter(|_| !known.input).map(as_is);
    let reread = |text: &str| mojibake::undo(text, known.encoding, known.url);
    let once = |text: &str| unwrapped(text).or_else(|| reread(text)).or_else(|| composed(text).map(as_is));
    let mut undone = once(text)?;
    for _ in 1..MAX_ROUNDS {
        let Some(next) = once(&undone.text) else { break };
        undone = Undone { encoding: next.encoding.or(undone.encoding), ..next };
    }
    Some(undone)
}

/// Composes Korean syllables that are decomposed into letters, as some file systems and editors store them.
fn composed(text: &str) -> Option<String> {
    let is_letter = |c: &char| matches!(c, '\u{1100}'..='\u{11ff}');
    let bytes = text.as_bytes();
    // Their first two bytes in UTF-8.
    let may_be = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x84..0x88).contains(next));
    if !memchr::memchr_iter(0xe1, bytes).any(may_be) {
        return None;
    }
    let mut composed = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(&next) = rest.peek() {
        if is_letter(&next) {
            composed.extend(std::iter::from_fn(|| rest.next_if(is_letter)).nfc());
        } else {
            composed.push(next);
            rest.next();
        }
    }
    (composed != text).then_some(composed)
}

/// The content of a page that is a JSON string, with or without its quotes, or whose markup was escaped.
fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let is_string = match inside {
        Some(inside) => is_json(inside),
        None => !text.starts_with('<') && is_json(text) && has_line_ends(text),
    };
    if is_string {
        let string = escape::json(inside.unwrap_or(text));
        return Some(unwrapped_markup(&string).unwrap_or(string));
    }
    unwrapped_markup(text)
}

fn unwrapped_markup(text: &str) -> Option<String> {
    let text = text.trim();
    let is_escaped = text.starts_with("&lt;") && text.ends_with("&gt;") && !text.contains('<');
    is_escaped.then(|| escape::markup(text))
}

/// Whether the text can be the inside of a JSON string: it has enough escapes, all of them valid, and no character that
/// would have to be escaped.
fn is_json(inside: &str) -> bool {
    let mut escapes = 0;
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' | ..b' ' => return false,
            b'\\' if matches!(bytes.next(), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u')) => {
                escapes += 1;
            }
            b'\\' => return false,
            _ => {}
        }
    }
    escapes >= MIN_ESCAPES
}

/// Whether the escapes of a text without quotes are those of prose: most `\n` end a line, and nothing else looks like formulas
/// or paths (`\nu`, `\beta`, `C:\bin\new`). A text about escapes has spaces before them.
fn has_line_ends(text: &str) -> bool {
    let (mut ends, mut others) = (0, 0);
    let mut before = ' ';
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some('b' | 'f') => return false,
                Some('u') if !chars.as_str().get(..4).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) => {
                    return false;
                }
                Some('n') if before != ' ' && !chars.as_str().starts_with(|c: char| c.is_ascii_lowercase()) => {
                    ends += 1;
                }
                Some('n') => others += 1,
                _ => {}
            }
        }
        before = c;
    }
    ends > others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_unwrapped() {
        let page = "<p class=\"a\">\"서울\"에서\n끝났다.</p>";
        let cases = [
            ("JSON", r#" "<p class=\"a\">\"서울\"에서\n끝났다.</p>" "#, Some(page)),
            (
                "JSON in ASCII",
                r#""\u003cp class=\"a\">\"\uc11c\uc6b8\"\uc5d0\uc11c\n\ub05d\ub0ac\ub2e4.<\/p>""#,
                Some(page),
            ),
            (
                "letters of Korean",
                "<p class=\"a\">\"\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}\"에서\n끝났다.</p>",
                Some(page),
            ),
            ("escaped", "&lt;p class=&quot;a&quot;&gt;&quot;서울&quot;에서\n끝났다.&lt;/p&gt;\n", Some(page)),
            ("near miss: text in quotes", "\"서울에서 끝났다.\"", None),
            ("near miss: a path", r#""C:\new\table is where we are""#, None),
            ("near miss: no escape", r#""a \q b \n c \n d \n e \n""#, None),
            ("near miss: a formula", r"We have \nu = \beta \tau and \nu > \rho as well.", None),
            ("near miss: paths", r"Copy C:\new\test to C:\new\tools, please.", None),
            ("near miss: about escapes", r"Use \n for a line, \r\n on Windows, and \t for a tab.", None),
            ("near miss: few escapes", r"One.\nTwo.\nThree.", None),
            ("near miss: several lines", "One.\\nTwo.\\nThree.\\nFour.\\nFive.\nSix.", None),
            ("near miss: two quotations", r#""서울에서" \ "끝났다.""#, None),
            ("near miss: markup about markup", "<p>&lt;p&gt;</p>", None),
            ("near miss: text about markup", "&lt;p&gt; begins a paragraph.", None),
        ];
        for (name, text, meant) in cases {
            assert_eq!(undo(text, Known::default()).map(|undone| undone.text).as_deref(), meant, "{name}");
        }
        let known = Known { input: true, ..Known::default() };
        assert!(undo("&lt;p&gt;서울&lt;/p&gt;", known).is_none(), "as the caller says");
    }
}
