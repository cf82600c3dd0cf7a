//! What was done to a page before it came and should not have been: it was escaped, or decoded in the wrong encoding.

mod mojibake;

use crate::escape;
use unicode_normalization::UnicodeNormalization;

/// A text as it was meant.
#[derive(Debug)]
pub(crate) struct Undone {
    pub(crate) text: String,
    /// The encoding it should have been read in, if it was read in another.
    pub(crate) encoding: Option<&'static str>,
}

/// Times that a page is taken to have been spoilt, one way after another.
const ROUNDS: usize = 4;

/// What the caller knows of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    pub(crate) url: Option<&'a str>,
    /// The encoding it came in.
    pub(crate) encoding: bool,
    /// The kind of input it is: then it is not wrapped into another.
    pub(crate) input: bool,
}

/// Reads `text` as it was meant, if it shows what was done to it.
pub(crate) fn undo(text: &str, known: Known<'_>) -> Option<Undone> {
    let as_is = |text: String| Undone { text, encoding: None };
    let unwrapped = |text: &str| unwrapped(text).filter(|_| !known.input).map(as_is);
    let reread = |text: &str| mojibake::undo(text, known.encoding, known.url);
    let once = |text: &str| unwrapped(text).or_else(|| reread(text)).or_else(|| composed(text).map(as_is));
    let mut undone = once(text)?;
    for _ in 1..ROUNDS {
        let Some(next) = once(&undone.text) else { break };
        undone = Undone { encoding: next.encoding.or(undone.encoding), ..next };
    }
    Some(undone)
}

/// Korean whose syllables came as the letters they are made of, as some file systems and editors keep them.
fn composed(text: &str) -> Option<String> {
    let is_letter = |c: &char| matches!(c, '\u{1100}'..='\u{11ff}');
    let bytes = text.as_bytes();
    // The first two bytes of such letters.
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

/// What is in a page that is one JSON string, or that was escaped like a text to be shown.
fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(inside) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'))
        && is_json(inside)
    {
        let string = escape::json(inside);
        return Some(unwrapped_markup(&string).unwrap_or(string));
    }
    unwrapped_markup(text)
}

fn unwrapped_markup(text: &str) -> Option<String> {
    let text = text.trim();
    let is_escaped = text.starts_with("&lt;") && text.ends_with("&gt;") && !text.contains('<');
    is_escaped.then(|| escape::markup(text))
}

/// Escapes from which a text in quotes is a JSON string: a path has some.
const ESCAPES: usize = 4;

/// Whether it has only such escapes as a JSON string has, and nothing that one would have to escape.
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
    escapes >= ESCAPES
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
