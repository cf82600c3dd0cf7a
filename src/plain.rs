//! A value that a page states for machines as plain text.
//!
//! Content management systems escape more than once and let markup through: `&amp;quot;`, `&#034;`, `<em>`.

use html5ever::data::NAMED_ENTITIES;
use unicode_segmentation::UnicodeSegmentation;

/// Rounds of unescaping; triple-escaped text has been met, more has not.
const MAX_ROUNDS: usize = 3;
/// Longest declared value that is kept, in bytes: a headline, a name, a description.
const MAX_VALUE: usize = 2_000;

/// The text of `value`: entities resolved as often as needed, tags out, white space collapsed.
pub(crate) fn plain(value: &str) -> String {
    let mut out = String::new();
    push_plain(value, &mut out);
    out
}

/// Appends the same.
pub(crate) fn push_plain(value: &str, out: &mut String) {
    let value = cut(value, MAX_VALUE);
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

/// At most `bytes` of `text`, ending where a reader sees a character end: between grapheme clusters, so that no vowel sign is
/// taken from its consonant. A cluster longer than [`CLUSTER`] bytes is nobody's writing and is cut at a code point.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let floor = |limit: usize| (0..=limit).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = floor(bytes);
    if parts(text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default()) {
        return text.get(..end).unwrap_or_default();
    }
    let (start, beyond) = (floor(end.saturating_sub(CLUSTER)), floor((end + CLUSTER).min(text.len())));
    let near = text.get(start..beyond).unwrap_or_default();
    let cluster = near.grapheme_indices(true).map(|(at, _)| start + at).take_while(|&at| at <= end).last();
    text.get(..cluster.filter(|&at| at > start || start == 0).unwrap_or(end)).unwrap_or_default()
}

/// Whether a character plainly ends where `rest` begins, as between nearly all of most scripts: no table has to be asked.
fn parts(head: &str, rest: &str) -> bool {
    let is_single = |c: char| c.is_ascii_graphic() || c == ' ' || is_caseless(c);
    head.chars().next_back().is_some_and(is_single) && rest.chars().next().is_some_and(is_single)
}

/// Letters of scripts without capitals, as far as they stand together.
pub(crate) fn is_caseless(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{e01}'..='\u{e30}')
}

/// Bytes of the longest grapheme cluster that is kept together.
const CLUSTER: usize = 64;

/// White space as single spaces, none at the ends; invisible characters out.
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

/// Whether there is nothing to do, as in most values in ASCII. Does not branch on any byte.
fn is_collapsed(text: &[u8]) -> bool {
    let (Some((first, rest)), Some(last)) = (text.split_first(), text.last()) else { return true };
    let (mut odd, mut wide) = (false, false);
    for (&byte, &next) in text.iter().zip(rest) {
        odd |= !matches!(byte, b' '..=b'~');
        wide |= (byte == b' ') & (next == b' ');
    }
    !(odd | wide) && *first != b' ' && matches!(last, b'!'..=b'~')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}') || (c.is_control())
}

/// One round: `&amp;quot;` becomes `&quot;`.
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

/// The longest name of an entity in the standard's table, and more than any number needs.
const MAX_ENTITY: usize = 33;

/// The characters of the entity at the head of `text` (behind its `&`), and what follows it.
fn entity(text: &str) -> Option<(char, Option<char>, &str)> {
    let head = cut(text, MAX_ENTITY);
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

/// Takes out what is plainly a tag; a lone `<` stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.find('>').filter(|_| is_tag) {
            Some(end) => {
                let (tag, _) = after.split_at(end);
                // Only a break stands for a space; `<b>` may begin within a word.
                if tag.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
                    out.push(' ');
                }
                rest = after.get(end + 1..).unwrap_or_default();
            }
            // No later `<` can close either, so this ends the search and keeps it linear.
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
        assert!(plain(&"가".repeat(5000)).len() <= super::MAX_VALUE);
    }
}
