//! Cleans text: collapses white space, decodes entities, and removes the remains of torn tags.

use super::line::is_blank;
use crate::invisible::is_invisible;
use encoding_rs::WINDOWS_1252;
use memchr::memchr2;

/// Maximum length of a character reference in bytes.
const ENTITY_BYTES: usize = 10;
/// Maximum length of an element's name in bytes.
const NAME_BYTES: usize = 10;

/// Appends `raw` to `out` with its white space collapsed and trimmed.
///
/// The caller decides whether a space belongs between the text already in `out` and `raw`.
pub(super) fn push(out: &mut String, raw: &str) {
    let raw = raw.trim_matches(is_blank);
    let raw = if memchr2(b'<', b'>', raw.as_bytes()).is_some() { without_torn_tags(raw) } else { raw };
    let start = out.len();
    let mut at = 0;
    let bytes = raw.as_bytes();
    let mut copied = 0;
    while let Some(&byte) = bytes.get(at) {
        // All other bytes are copied unchanged.
        let special = match byte {
            b' ' => bytes.get(at + 1).is_some_and(|&next| next <= b' ' || next >= 0xc2),
            0..b' ' | b'&' | 0x7f => true,
            // The first bytes of all white space and invisible characters beyond ASCII.
            0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0xa0 | 0xad)),
            0xe1 => matches!(bytes.get(at + 1), Some(0x9a)),
            0xe2 => matches!(bytes.get(at + 1), Some(0x80 | 0x81)),
            0xe3 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x80])),
            0xef => matches!(bytes.get(at + 1), Some(0xbb | 0xbf)),
            _ => false,
        };
        if !special {
            at += 1;
            continue;
        }
        let rest = raw.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { break };
        if first == '&' {
            if let Some((length, decoded)) = entity(raw, at) {
                out.push_str(raw.get(copied..at).unwrap_or_default());
                push_decoded(out, start, decoded);
                at += length;
                if decoded.is_whitespace() {
                    let rest = raw.get(at..).unwrap_or_default();
                    at += rest.len() - rest.trim_start_matches(is_blank).len();
                }
                copied = at;
            } else {
                at += 1;
            }
        } else if is_blank(first) || first.is_control() {
            let after = rest.trim_start_matches(|c: char| is_blank(c) || c.is_control());
            let length = rest.len() - after.len();
            let (gone, _) = rest.split_at(length);
            out.push_str(raw.get(copied..at).unwrap_or_default());
            if !gone.chars().all(is_invisible) {
                push_space(out, start);
            }
            at += length;
            copied = at;
        } else {
            at += first.len_utf8();
        }
    }
    out.push_str(raw.get(copied..).unwrap_or_default());
    let kept = out.get(start..).map_or(0, |text| text.trim_end().len());
    out.truncate(start + kept);
}

fn push_space(out: &mut String, start: usize) {
    if out.len() > start && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn push_decoded(out: &mut String, start: usize, decoded: char) {
    if is_invisible(decoded) {
    } else if decoded.is_whitespace() || decoded.is_control() {
        push_space(out, start);
    } else {
        out.push(decoded);
    }
}

/// The character reference at `at` and its length. A reference in quotes is mentioned as such and stays.
fn entity(raw: &str, at: usize) -> Option<(usize, char)> {
    let rest = raw.get(at + 1..)?;
    let end = rest.bytes().take(ENTITY_BYTES).position(|b| b == b';')?;
    let name = rest.get(..end)?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Text contains neither NUL nor surrogates. Where Unicode has controls, HTML means Windows-1252: `&#146;` is `’`.
            match u8::try_from(code) {
                Ok(byte @ 0x80..=0x9f) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()?,
                _ => char::from_u32(code).filter(|&c| c != '\0')?,
            }
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    let quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '`' | '"' | '\'' | '“' | '”' | '‘' | '’'));
    let mentioned = quote(raw.get(..at)?.chars().next_back()) && quote(rest.get(end + 1..)?.chars().next());
    (!mentioned).then_some((end + 2, decoded))
}

/// The references that flatteners leave behind. Rarer ones are not decoded.
const ENTITIES: [(&str, char); 36] = [
    ("amp", '&'),
    ("quot", '"'),
    ("nbsp", '\u{a0}'),
    ("lt", '<'),
    ("gt", '>'),
    ("apos", '\''),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("sect", '§'),
    ("deg", '°'),
    ("times", '×'),
    ("larr", '←'),
    ("rarr", '→'),
    ("shy", '\u{ad}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
];

/// Removes the remains of tags that were cut in two: attributes without their tag at the start, a tag without its end.
fn without_torn_tags(raw: &str) -> &str {
    without_torn_end(without_torn_head(raw))
}

/// Removes `class="x">`, `'">` or `/>` at the start: all up to the first `>`, if that is the end of a tag.
fn without_torn_head(raw: &str) -> &str {
    let Some((head, rest)) = raw.split_once('>') else { return raw };
    let is_slash = head == "/";
    let head = head.trim_end_matches('/').trim_end_matches(is_blank);
    // A lone quote is the end of a value. Without a quote this is an arrow or a comparison.
    let is_quote = matches!(head.as_bytes(), [b'"' | b'\''] | [b'"' | b'\'', b'"' | b'\'']);
    let is_torn = is_slash || is_quote || head.ends_with(['"', '\'']) && is_rest_of_tag(head);
    if is_torn { rest.trim_start_matches(is_blank) } else { raw }
}

/// Whether `text` is attributes, possibly after the name of a tag or the end of a value.
fn is_rest_of_tag(text: &str) -> bool {
    let first = text.split(is_blank).next().unwrap_or_default();
    let is_name = !first.is_empty() && first.bytes().all(is_name_byte);
    let is_end_of_value = first.ends_with(['"', '\'']) && !first.contains('=');
    let attributes = if is_name || is_end_of_value { text.get(first.len()..) } else { Some(text) };
    attributes.is_some_and(are_attributes)
}

/// Whether `text` is nothing but attributes, the first one with a value. The last value may be unclosed.
fn are_attributes(text: &str) -> bool {
    let mut rest = text.trim_start_matches(is_blank);
    let mut is_valued = false;
    while !rest.is_empty() {
        let Some((attribute, after)) = Attribute::read(rest) else { return false };
        // Two words in a row are text. So is an address with a space in it: its closing quote is missing.
        let is_text = match attribute.value {
            None => !is_valued,
            Some(value) => value.contains(is_blank) && attribute.is_address(),
        };
        if is_text {
            return false;
        }
        is_valued = attribute.value.is_some();
        rest = after.trim_start_matches(is_blank);
    }
    !text.trim_matches(is_blank).is_empty()
}

struct Attribute<'a> {
    name: &'a str,
    value: Option<&'a str>,
}

impl<'a> Attribute<'a> {
    /// The attribute at the start of `text`, and the rest of `text`.
    fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let (name, after) = text.split_at(text.bytes().take_while(|&b| is_name_byte(b)).count());
        if name.is_empty() {
            return None;
        }
        let Some(value) = after.strip_prefix('=') else {
            return after.chars().next().is_none_or(is_blank).then_some((Attribute { name, value: None }, after));
        };
        let (value, after) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value.get(1..)?.split_once(quote).unwrap_or((value.get(1..)?, "")),
            None => value.split_at(value.find(is_blank).unwrap_or(value.len())),
        };
        Some((Attribute { name, value: Some(value) }, after))
    }

    fn is_address(&self) -> bool {
        self.name.ends_with("href") || self.name.ends_with("src")
    }
}

/// Whether the byte can be part of an attribute name.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_')
}

/// Removes ` <a href="…` or ` </div` at the end: an element name after `<`, then only attributes and no `>`.
fn without_torn_end(raw: &str) -> &str {
    let Some((text, tag)) = raw.rsplit_once('<') else { return raw };
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let (name, rest) = name.split_at(name.bytes().take_while(u8::is_ascii_alphanumeric).count());
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= NAME_BYTES;
    let is_tag = match rest {
        "" => tag.starts_with('/'),
        _ => rest.starts_with(is_blank) && rest.contains("=\"") && are_attributes(rest),
    };
    if is_name && is_tag && !tag.contains('>') { text.trim_end_matches(is_blank) } else { raw }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning() {
        let cases = [
            ("white space", " a \u{a0} b\tc ", "a b c"),
            ("invisible", "a\u{200b}b \u{feff}c", "ab c"),
            ("control", "a\u{0}b", "a b"),
            ("direction", "a\u{202e}b \u{2067}c\u{ffff}", "ab c"),
            ("near miss: mark of direction", "a\u{200f}b", "a\u{200f}b"),
            ("quotes", "&quot;중국&quot; &amp; 미국", "\"중국\" & 미국"),
            ("numbers", "it&#39;s &#x201C;x&#8221;", "it's “x”"),
            ("numbers of Windows-1252", "it&#146;s &#x93;x&#148; &#129;y", "it’s “x” y"),
            ("decoded once", "&amp;lt;", "&lt;"),
            ("space", "a&nbsp; b", "a b"),
            ("near miss: mentioned", "write `&amp;` or \"&lt;\"", "write `&amp;` or \"&lt;\""),
            ("near miss: no semicolon", "AT&T &copy", "AT&T &copy"),
            ("near miss: an address", "?a=1&lt=2", "?a=1&lt=2"),
            ("near miss: surrogate", "&#xD800;", "&#xD800;"),
            ("stray end of a value", "'\">본문", "본문"),
            ("stray end of a tag", "/> Text", "Text"),
            ("attributes without tag", "class=\"a b\" id='x'>Text", "Text"),
            ("name and attributes", "div class=\"a b\" hidden data-x='1'>Text", "Text"),
            ("end of a value, attributes", "main\" id=\"x\">Text", "Text"),
            ("near miss: words before attributes", "The fox class=\"y\">Text", "The fox class=\"y\">Text"),
            ("near miss: a word between attributes", "a=\"b\" he said c=\"d\">Text", "a=\"b\" he said c=\"d\">Text"),
            ("near miss: a word of another script", "다. class=\"y\">본문", "다. class=\"y\">본문"),
            ("tag without end", "Text <a href=\"http://x.y/z", "Text"),
            ("near miss: an address, then text", "Text <a href=\"/x and more", "Text <a href=\"/x and more"),
            ("a value of words without end", "Text <p class=\"a b", "Text"),
            ("end tag without end", "Text</di", "Text"),
            ("near miss: arrow", "Home > News", "Home > News"),
            ("near miss: comparison", "a < b and c", "a < b and c"),
            ("near miss: code", "if x=\"1\" then y > z", "if x=\"1\" then y > z"),
            ("near miss: heart", "I <3 you", "I <3 you"),
        ];
        for (name, raw, expected) in cases {
            let mut out = String::new();
            push(&mut out, raw);
            assert_eq!(out, expected, "{name}");
        }
    }
}
