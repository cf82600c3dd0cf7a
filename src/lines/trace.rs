//! Maps decoded text back to the page, across character references and dropped tags.

use super::Pieces;
use crate::span::Span;

/// Maximum length of a character reference in bytes.
const REFERENCE_BYTES: usize = 36;

/// Maximum length in bytes of a dropped tag that is skipped as a whole.
const TAG_BYTES: usize = 2048;

/// Maps the sources of `pieces` from `decoded` to the page, where `raw`, beginning at `base`, was decoded to `decoded`.
///
/// Walks along both texts once. If they differ in an unexpected way, offsets are off by some bytes, but still in order
/// and on character boundaries.
pub(crate) fn trace(pieces: &mut Pieces, decoded: &str, raw: &str, base: u32) {
    let mut walk = Walk { decoded: decoded.as_bytes(), raw: raw.as_bytes(), at: 0, in_raw: 0 };
    for piece in &mut pieces.items {
        let start = raw.floor_char_boundary(walk.to(piece.source.start as usize));
        let end = raw.floor_char_boundary(walk.to(piece.source.end as usize)).max(start);
        piece.source = Span::new(base as usize + start, base as usize + end);
    }
}

struct Walk<'a> {
    decoded: &'a [u8],
    raw: &'a [u8],
    at: usize,
    in_raw: usize,
}

impl Walk<'_> {
    /// Maps offset `target` in the decoded text to the raw text; `target` must not decrease.
    fn to(&mut self, target: usize) -> usize {
        while self.at < target.min(self.decoded.len()) && self.in_raw < self.raw.len() {
            self.step();
        }
        self.in_raw
    }

    fn step(&mut self) {
        let rest = self.raw.get(self.in_raw..).unwrap_or_default();
        let (Some(&raw), Some(&decoded)) = (rest.first(), self.decoded.get(self.at)) else { return };
        match raw {
            b'&' => match reference(rest) {
                Some(length) if decoded != b'&' || rest.starts_with(b"&amp") || rest.starts_with(b"&#") => {
                    self.in_raw += length;
                    self.at += character(decoded);
                }
                _ => self.both(),
            },
            b'\r' => {
                self.in_raw += 1;
                self.at += usize::from(rest.get(1) != Some(&b'\n'));
            }
            _ if raw == decoded => self.both(),
            b'<' => self.in_raw += rest.iter().take(TAG_BYTES).position(|&b| b == b'>').map_or(1, |at| at + 1),
            // NUL is dropped or replaced by U+FFFD.
            0 => {
                self.in_raw += 1;
                let replaced = self.decoded.get(self.at..).is_some_and(|rest| rest.starts_with("\u{fffd}".as_bytes()));
                self.at += if replaced { '\u{fffd}'.len_utf8() } else { 0 };
            }
            _ => self.in_raw += 1,
        }
    }

    fn both(&mut self) {
        self.in_raw += 1;
        self.at += 1;
    }
}

/// The length of the character reference at the start of `rest`.
fn reference(rest: &[u8]) -> Option<usize> {
    let name =
        rest.iter().skip(1).take(REFERENCE_BYTES).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let closed = usize::from(rest.get(name + 1) == Some(&b';'));
    (name > 0).then_some(1 + name + closed)
}

/// The length of the UTF-8 character with this first byte.
fn character(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::*;

    #[test]
    fn ways_back() {
        let cases = [
            ("plain", "one\ntwo", "one\ntwo", "two"),
            ("reference", "a “b” c\ntwo", "a &ldquo;b&#8221; c\ntwo", "two"),
            ("ampersand", "a & b & c\ntwo", "a &amp; b & c\ntwo", "two"),
            ("near miss: AT&T", "AT&T &c\ntwo", "AT&T &c\ntwo", "two"),
            ("line ends", "one\n\ntwo", "one\r\n\r\ntwo", "two"),
            ("NUL", "o\u{fffd}ne\ntwo", "o\0ne\ntwo", "two"),
            ("dropped tag", "one\ntwo", "one</div>\ntwo", "two"),
            ("wide", "한국\n국한", "한국\n&#xAD6D;한", "&#xAD6D;한"),
        ];
        for (name, decoded, raw, last) in cases {
            let mut read = Pieces::default();
            pieces(decoded, 0, &mut read);
            trace(&mut read, decoded, raw, 100);
            let Span { start, end } = read.items.last().unwrap().source;
            assert_eq!(raw.get(start as usize - 100..end as usize - 100), Some(last), "{name}");
        }
    }
}
