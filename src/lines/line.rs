//! One physical line: its content, and the white space around it.

use crate::invisible::is_invisible;
use crate::span::Span;
use memchr::{memchr2, memmem};

/// Columns that a tab at the start of a line counts for.
const TAB_COLUMNS: u16 = 4;
/// Unicode's line and paragraph separators, the next-line control of mainframes, form feeds and vertical tabs.
const OTHER_LINE_ENDS: [&str; 5] = ["\u{2028}", "\u{2029}", "\u{85}", "\u{c}", "\u{b}"];

/// A line that is not blank.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Line {
    /// The line without the white space around it.
    pub(super) content: Span,
    /// Columns of white space before the content.
    pub(super) indent: u16,
    /// Blank lines before this one.
    pub(super) gap: u16,
    /// Bytes of white space before and after the content on this line.
    pub(super) lead: u16,
    pub(super) trail: u16,
    /// Columns of the content in a fixed-width font: a Han character or Hangul syllable takes two.
    pub(super) width: u32,
}

/// Reads the lines of `text`. Blank lines are only counted.
pub(super) fn read(text: &str, out: &mut Vec<Line>) {
    out.clear();
    let bytes = text.as_bytes();
    // Few pages have line ends other than `\n` and `\r`, so these are searched for once per page.
    let has_others = OTHER_LINE_ENDS.iter().any(|end| memmem::find(bytes, end.as_bytes()).is_some());
    let mut gap = 0u16;
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes.get(at..).and_then(|rest| memchr2(b'\n', b'\r', rest)).unwrap_or(bytes.len() - at);
        let raw = text.get(at..at + length).unwrap_or_default();
        let mut put = |raw: &str, at: usize| match one(raw, at) {
            Some(line) => out.push(Line { gap: std::mem::take(&mut gap), ..line }),
            None => gap = gap.saturating_add(1),
        };
        if has_others {
            let mut from = at;
            for part in raw.split_inclusive(is_other_end) {
                put(part.trim_end_matches(is_other_end), from);
                from += part.len();
            }
        }
        if !has_others || raw.is_empty() {
            put(raw, at);
        }
        at += length;
        // A carriage return and a line feed end one line.
        at += if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
    }
}

fn is_other_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{c}' | '\u{b}')
}

fn one(raw: &str, at: usize) -> Option<Line> {
    // Shortcut: most blank lines are empty.
    if raw.is_empty() {
        return None;
    }
    let tail = raw.trim_start_matches(is_blank);
    if tail.is_empty() {
        return None;
    }
    let lead = raw.len() - tail.len();
    let (head, _) = raw.split_at(lead);
    let content = tail.trim_end_matches(is_blank);
    let columns = head.chars().fold(0u16, |sum, c| sum.saturating_add(if c == '\t' { TAB_COLUMNS } else { 1 }));
    Some(Line {
        content: Span::new(at + lead, at + lead + content.len()),
        indent: columns,
        gap: 0,
        lead: short(lead),
        trail: short(tail.len() - content.len()),
        width: width(content),
    })
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// The first `bytes` bytes of `text`, or fewer if a character would be cut.
pub(super) fn head_of(text: &str, bytes: usize) -> &str {
    text.split_at(text.floor_char_boundary(bytes)).0
}

/// The last `bytes` bytes of `text`, or fewer if a character would be cut.
pub(super) fn tail_of(text: &str, bytes: usize) -> &str {
    text.split_at(text.ceil_char_boundary(text.len().saturating_sub(bytes))).1
}

/// Whether the character is white space or invisible.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Columns of `text` in a fixed-width font. Looks only at lead bytes: from U+3000 on, nearly all characters are wide.
pub(super) fn width(text: &str) -> u32 {
    text.bytes().fold(0u32, |sum, byte| {
        sum.saturating_add(match byte {
            0x80..=0xbf => 0,
            0xe3..=0xff => 2,
            _ => 1,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Content, indentation, gap, white space after the content.
    type Read<'a> = (&'a str, u16, u16, u16);

    fn lines(text: &str) -> Vec<Read<'_>> {
        let mut out = Vec::new();
        read(text, &mut out);
        out.iter().map(|l| (text.get(l.content.range()).unwrap(), l.indent, l.gap, l.trail)).collect()
    }

    #[test]
    fn what_a_line_is() {
        let cases: &[(&str, &str, &[Read])] = &[
            ("plain", "a\nb", &[("a", 0, 0, 0), ("b", 0, 0, 0)]),
            ("carriage returns", "a\r\nb\rc", &[("a", 0, 0, 0), ("b", 0, 0, 0), ("c", 0, 0, 0)]),
            ("blank lines count, with any white space", "\n \u{a0}\u{200b}\t\na", &[("a", 0, 2, 0)]),
            ("indentation", "  a\n\tb", &[("a", 2, 0, 0), ("b", 4, 0, 0)]),
            ("a space at the end is remembered", "Mitglied der \nARD", &[("Mitglied der", 0, 0, 1), ("ARD", 0, 0, 0)]),
            ("ideographic space", "\u{3000}\u{3000}新华社", &[("新华社", 2, 0, 0)]),
            ("nothing", "\n\n", &[]),
            (
                "ends of other systems",
                "a\u{2028}b\u{2029}\u{2029}c\nd\u{c}\n\u{85}e",
                &[("a", 0, 0, 0), ("b", 0, 0, 0), ("c", 0, 1, 0), ("d", 0, 0, 0), ("e", 0, 1, 0)],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(lines(text), *expected, "{name}");
        }
    }

    #[test]
    fn heads_and_tails() {
        for (text, bytes, head, tail) in [
            ("abcd", 2, "ab", "cd"),
            ("가나", 4, "가", "나"),
            ("가나", 2, "", ""),
            ("ab", 9, "ab", "ab"),
            ("", 1, "", ""),
        ] {
            assert_eq!((head_of(text, bytes), tail_of(text, bytes)), (head, tail), "{bytes} of {text}");
        }
    }

    #[test]
    fn width_of_scripts() {
        for (text, columns) in [("abc", 3), ("가나", 4), ("中文。", 6), ("é", 1), ("“a”", 3)] {
            assert_eq!(width(text), columns, "{text}");
        }
    }
}
