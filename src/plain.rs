//! Turns values that a page declares into plain text.
//!
//! Content management systems escape more than once and leave markup in: `&amp;quot;`, `&#034;`, `<em>`.

use crate::invisible;
use html5ever::data::NAMED_ENTITIES;
use unicode_segmentation::UnicodeSegmentation;

/// Maximum number of times a value is unescaped. Text that was escaped more than three times has not been seen.
const MAX_ROUNDS: usize = 3;
/// Maximum length of a value in bytes; longer ones are cut. Headlines, names and descriptions are far shorter.
const MAX_VALUE_BYTES: usize = 2_000;
/// Maximum length in bytes of a grapheme cluster that is kept whole.
const MAX_CLUSTER_BYTES: usize = 64;
/// Maximum length of an entity in bytes: the longest name in the standard's table, and more than any number needs.
const MAX_ENTITY_BYTES: usize = 33;

/// The text of `value`, with entities resolved as often as needed, tags removed and white space collapsed.
pub(crate) fn plain(value: &str) -> String {
    let mut out = String::new();
    push_plain(value, &mut out);
    out
}

/// Like [`plain`], appended to `out`.
pub(crate) fn push_plain(value: &str, out: &mut String) {
    let value = cut(value, MAX_VALUE_BYTES);
    if memchr::memchr2(b'&', b'<', value.as_bytes()).is_none() {
        return push_collapsed(value, out);
    }
    let mut text = value.to_owned();
    for _ in 0..MAX_ROUNDS {
        let next = unescape(&text);
        if next == text {
            break;
        }
        text = next;
    }
    push_collapsed(&without_tags(&text), out);
}

/// At most `bytes` of `text`, cut between grapheme clusters, so that no vowel sign is separated from its consonant. A
/// cluster longer than [`MAX_CLUSTER_BYTES`] is cut at a code point.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = text.floor_char_boundary(bytes);
    let (head, rest) = text.split_at(end);
    if is_boundary(head, rest) {
        return head;
    }
    let start = text.floor_char_boundary(end.saturating_sub(MAX_CLUSTER_BYTES));
    let beyond = text.floor_char_boundary(end + MAX_CLUSTER_BYTES);
    let near = text.get(start..beyond).unwrap_or_default();
    let cluster = near.grapheme_indices(true).map(|(at, _)| start + at).take_while(|&at| at <= end).last();
    text.get(..cluster.filter(|&at| at > start || start == 0).unwrap_or(end)).unwrap_or_default()
}

/// Whether there is a cluster boundary between `head` and `rest` that can be seen without the Unicode tables.
fn is_boundary(head: &str, rest: &str) -> bool {
    let is_single = |c: char| c.is_ascii_graphic() || c == ' ' || is_caseless(c);
    head.chars().next_back().is_some_and(is_single) && rest.chars().next().is_some_and(is_single)
}

/// Whether a character is a letter of the main blocks of Korean, Chinese, Japanese or Thai, which have no capitals.
pub(crate) fn is_caseless(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{e01}'..='\u{e30}')
}

/// The text with white space collapsed to single spaces, none at the ends, and without invisible characters.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::new();
    push_collapsed(text, &mut out);
    out
}

fn push_collapsed(text: &str, out: &mut String) {
    if is_collapsed(text.as_bytes()) {
        return out.push_str(text);
    }
    out.reserve(text.len());
    let from = out.len();
    for word in text.split(|c: char| c.is_whitespace()) {
        let start = out.len();
        if start > from {
            out.push(' ');
        }
        let spaced = out.len();
        out.extend(word.chars().filter(|&c| !is_invisible(c)));
        if out.len() == spaced {
            out.truncate(start);
        }
    }
}

/// Whether there is nothing to collapse, as in most ASCII values. Branch-free, so that it is vectorised.
fn is_collapsed(text: &[u8]) -> bool {
    let (Some((first, rest)), Some(last)) = (text.split_first(), text.last()) else { return true };
    let (mut odd, mut wide) = (false, false);
    for (&byte, &next) in text.iter().zip(rest) {
        odd |= !matches!(byte, b' '..=b'~');
        wide |= (byte == b' ') & (next == b' ');
    }
    !(odd | wide) && *first != b' ' && matches!(last, b'!'..=b'~')
}

/// Values are short and mostly of one direction, so they need no marks of it either.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}') || c.is_control() || invisible::is_invisible(c)
}

/// Resolves entities once: `&amp;quot;` becomes `&quot;`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((character, second, tail)) => {
                out.push(character);
                out.extend(second);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The characters of the entity that `text` begins with, after its `&`, and the text after it.
fn entity(text: &str) -> Option<(char, Option<char>, &str)> {
    let head = cut(text, MAX_ENTITY_BYTES);
    let end = head.find(';')?;
    let (name, _) = text.split_at(end);
    let tail = text.get(end + 1..)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((char::from_u32(code).filter(|&c| c != '\0')?, None, tail));
    }
    let (first, second) = *NAMED_ENTITIES.get(head.get(..=end)?)?;
    let character = char::from_u32(first).filter(|&c| c != '\0')?;
    Some((character, char::from_u32(second).filter(|&c| c != '\0'), tail))
}

/// Removes tags; a lone `<` stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.find('>').filter(|_| is_tag) {
            Some(end) => {
                let (tag, _) = after.split_at(end);
                // Other tags may be within a word: `t<b>w</b>o`.
                if tag.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
                    out.push(' ');
                }
                rest = after.get(end + 1..).unwrap_or_default();
            }
            // Later tags are not closed either, and looking for their ends would take quadratic time.
            None if is_tag => {
                out.push('<');
                out.push_str(after);
                return out;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{cut, plain};

    #[test]
    fn cuts_between_characters() {
        let cases = [
            ("short", 9, "short"),
            ("abcdef", 3, "abc"),
            ("가나다", 4, "가"),
            ("e\u{301}e\u{301}", 4, "e\u{301}"),
            ("क्षमा", 8, ""),
            ("क्षमा", 12, "क्ष"),
        ];
        for (text, bytes, expected) in cases {
            assert_eq!(cut(text, bytes), expected, "{text:?} at {bytes}");
        }
        // One endless cluster is cut somewhere all the same.
        let endless = format!("e{}", "\u{301}".repeat(1000));
        assert!((200..=300).contains(&cut(&endless, 300).len()));
    }

    #[test]
    fn values() {
        let cases = [
            ("a &#034;b&#034; c", "a \"b\" c"),
            ("&amp;quot;x&amp;quot;", "\"x\""),
            ("&amp;amp;#8217;", "’"),
            ("R&D & more; AT&T", "R&D & more; AT&T"),
            ("&nosuch; &#xzz; &;", "&nosuch; &#xzz; &;"),
            ("<em>one</em> t<b>w</b>o<br/>three", "one two three"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("a <b unclosed", "a <b unclosed"),
            ("  a\u{a0}\n b\u{200b}c \u{ad} ", "a bc"),
            ("가&middot;나", "가·나"),
        ];
        for (value, expected) in cases {
            assert_eq!(plain(value), expected, "{value}");
        }
        assert!(plain(&"가".repeat(5000)).len() <= super::MAX_VALUE_BYTES);
    }
}
