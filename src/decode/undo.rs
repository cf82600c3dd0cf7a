//! What was done to a page before it came and should not have been: it was escaped, or decoded in the wrong encoding.

mod mojibake;

use crate::escape;

/// A text as it was meant.
#[derive(Debug)]
pub(crate) struct Undone {
    pub(crate) text: String,
    /// The encoding it should have been read in, if it was read in another.
    pub(crate) encoding: Option<&'static str>,
}

/// Reads `text` as it was meant, if it shows what was done to it.
pub(crate) fn undo(text: &str, url: Option<&str>) -> Option<Undone> {
    let unwrapped = unwrapped(text);
    let reread = mojibake::undo(unwrapped.as_deref().unwrap_or(text), url);
    reread.or_else(|| Some(Undone { text: unwrapped?, encoding: None }))
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

/// Whether it has escapes and nothing that a JSON string would have to escape.
fn is_json(inside: &str) -> bool {
    let mut escapes = false;
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' | ..b' ' => return false,
            b'\\' => {
                escapes = true;
                if bytes.next().is_none() {
                    return false;
                }
            }
            _ => {}
        }
    }
    escapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_unwrapped() {
        let page = "<p>\"서울\"에서\n끝났다.</p>";
        let cases = [
            ("JSON", r#" "<p>\"서울\"에서\n끝났다.</p>" "#, Some(page)),
            ("JSON in ASCII", r#""\u003cp>\"\uc11c\uc6b8\"\uc5d0\uc11c\n\ub05d\ub0ac\ub2e4.<\/p>""#, Some(page)),
            ("escaped", "&lt;p&gt;&quot;서울&quot;에서\n끝났다.&lt;/p&gt;\n", Some(page)),
            ("near miss: text in quotes", "\"서울에서 끝났다.\"", None),
            ("near miss: two quotations", r#""서울에서" \ "끝났다.""#, None),
            ("near miss: markup about markup", "<p>&lt;p&gt;</p>", None),
            ("near miss: text about markup", "&lt;p&gt; begins a paragraph.", None),
        ];
        for (name, text, meant) in cases {
            assert_eq!(undo(text, None).map(|undone| undone.text).as_deref(), meant, "{name}");
        }
    }
}
