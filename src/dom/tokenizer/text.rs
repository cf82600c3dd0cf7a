//! Runs of characters: newlines, NULs and character references in them.

use super::reference::{self, Place};
use super::{Receiver, Tokenizer};
use crate::span::Span;
use memchr::{memchr, memchr2, memchr3};

impl<R: Receiver> Tokenizer<'_, R> {
    /// Sends everything before `end` as text with character references; NULs are sent on their own.
    pub(super) fn text(&mut self, end: usize) {
        let references = self.reference;
        if !self.unusual {
            return self.text_piece(end, references);
        }
        while let Some(nul) = memchr(0, self.slice(self.at, end).as_bytes()) {
            let nul = self.at + nul;
            self.text_piece(nul, references);
            self.receiver.null(Span::new(nul, nul + 1));
            self.at = nul + 1;
        }
        self.text_piece(end, references);
    }

    /// Sends everything before `end` as text without character references; NULs are sent on their own.
    pub(super) fn cdata_text(&mut self, end: usize) {
        while let Some(nul) = memchr(0, self.slice(self.at, end).as_bytes()) {
            let nul = self.at + nul;
            self.text_piece(nul, false);
            self.receiver.null(Span::new(nul, nul + 1));
            self.at = nul + 1;
        }
        self.text_piece(end, false);
    }

    /// Sends everything before `end` as one piece of text.
    pub(super) fn text_piece(&mut self, end: usize, references: bool) {
        let raw = self.slice(self.at, end);
        let source = Span::new(self.at, end);
        self.at = end;
        if raw.is_empty() {
            return;
        }
        let plain = !(references && memchr(b'&', raw.as_bytes()).is_some())
            && !(self.unusual && memchr2(0, b'\r', raw.as_bytes()).is_some());
        if plain {
            self.receiver.text(raw, source);
        } else {
            self.scratch.clear();
            decode(raw, references.then_some(Place::Text), &mut self.scratch);
            self.receiver.text(&self.scratch, source);
        }
    }
}

/// Appends the value of an attribute to `out`. Returns whether it has nothing to decode.
pub(in crate::dom) fn decode_attribute(raw: &str, out: &mut String) -> bool {
    decode(raw, Some(Place::Attribute), out)
}

/// Appends `raw` to `out` with newlines normalised, NULs replaced by U+FFFD, and character references resolved if a
/// `place` is given. Returns whether there is nothing of that in it.
pub(super) fn decode(raw: &str, place: Option<Place>, out: &mut String) -> bool {
    let bytes = raw.as_bytes();
    if is_plain(bytes) {
        out.push_str(raw);
        return true;
    }
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = if place.is_some() { memchr3(b'&', b'\r', 0, rest) } else { memchr2(b'\r', 0, rest) };
        let Some(found) = found else {
            out.push_str(raw.get(at..).unwrap_or_default());
            return at == 0;
        };
        let stop = at + found;
        out.push_str(raw.get(at..stop).unwrap_or_default());
        at = stop + 1;
        match (bytes.get(stop), place) {
            (Some(b'&'), Some(place)) => at += reference::resolve(raw.get(at..).unwrap_or_default(), place, out),
            (Some(b'\r'), _) => {
                out.push('\n');
                at += usize::from(bytes.get(at) == Some(&b'\n'));
            }
            _ => out.push('\u{fffd}'),
        }
    }
}

/// Whether a text is short and has nothing to decode, as is true of most values. Faster than a search.
fn is_plain(bytes: &[u8]) -> bool {
    // The last eight bytes may overlap with those before; a remainder taken byte by byte would cost more than all of
    // them.
    bytes.len() <= 64
        && match bytes.last_chunk::<8>() {
            Some(last) => bytes.as_chunks::<8>().0.iter().fold(specials(last), |any, eight| any | specials(eight)) == 0,
            None => !bytes.iter().any(|byte| matches!(byte, b'&' | b'\r' | 0)),
        }
}

/// Not zero if any of eight bytes needs decoding. Computed on one number, since the compiler turns an array into
/// something slower than a loop.
fn specials(eight: &[u8; 8]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let eight = u64::from_ne_bytes(*eight);
    // A zero byte borrows from the next one, and its own high bit was not set.
    let zeros = |eight: u64| eight.wrapping_sub(ONES) & !eight & (ONES << 7);
    zeros(eight) | zeros(eight ^ (ONES * u64::from(b'&'))) | zeros(eight ^ (ONES * u64::from(b'\r')))
}
