//! Start and end tags.

use super::{Receiver, Tokenizer, slice};
use crate::dom::table;
use crate::span::Span;
use memchr::memchr;
use std::borrow::Cow;

/// Maximum number of attributes of one tag. More would only cost memory; real tags have forty at most.
const MAX_ATTRIBUTES: usize = 4_096;

/// Bits for a byte that ends the name of a tag, the name of an attribute, or a value without quotes.
const NAME_END: u8 = 1;
const ATTRIBUTE_END: u8 = 2;
const VALUE_END: u8 = 4;

/// What each byte ends.
const ENDS: [u8; 256] = {
    let mut ends = [0; 256];
    let spaces = b" \t\n\x0c\r>";
    let mut at = 0;
    while at < spaces.len() {
        ends[spaces[at] as usize] = NAME_END | ATTRIBUTE_END | VALUE_END;
        at += 1;
    }
    ends[b'/' as usize] = NAME_END | ATTRIBUTE_END;
    ends[b'=' as usize] = ATTRIBUTE_END;
    ends
};

/// A tag exactly as in the page.
#[derive(Debug, Default)]
pub(in crate::dom) struct RawTag<'p> {
    /// In the case in which it was written; see [`lower_case`].
    pub(in crate::dom) name: &'p str,
    /// The name's [`key`](table::key), computed while it was read.
    pub(in crate::dom) key: u64,
    /// In order, with duplicates, of which the first counts. Those beyond [`MAX_ATTRIBUTES`] are left out.
    pub(in crate::dom) attributes: Vec<RawAttribute<'p>>,
    pub(in crate::dom) self_closing: bool,
    pub(in crate::dom) source: Span,
}

/// An attribute exactly as in the page.
#[derive(Clone, Copy, Debug)]
pub(in crate::dom) struct RawAttribute<'p> {
    pub(in crate::dom) name: &'p str,
    /// See [`RawTag::key`].
    pub(in crate::dom) key: u64,
    /// Without its quotes, character references not resolved.
    pub(in crate::dom) value: &'p str,
}

/// The name of a tag or attribute as the standard reads it: in lower case, NULs replaced.
pub(in crate::dom) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte != 0 && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut lower = name.replace('\0', "\u{fffd}");
    lower.make_ascii_lowercase();
    Cow::Owned(lower)
}

/// Whether a byte is white space in HTML. A carriage return is, since it becomes a newline.
pub(in crate::dom) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

impl<R: Receiver> Tokenizer<'_, R> {
    /// Reads the tag that begins at `start` and has its name at `name`. Returns `false` if the page ends inside it: the
    /// standard then drops it.
    pub(super) fn read_tag(&mut self, start: usize, name: usize) -> bool {
        let end = self.tag.read(self.page, name);
        self.at = end.unwrap_or(self.page.len());
        self.tag.source = Span::new(start, self.at);
        end.is_some()
    }
}

impl<'p> RawTag<'p> {
    /// The start tag at `source`.
    pub(in crate::dom) fn at(page: &'p str, source: Span) -> RawTag<'p> {
        let mut tag = RawTag { source, ..RawTag::default() };
        if !source.is_empty() {
            tag.read(page, source.start as usize + 1);
        }
        tag
    }

    /// Reads the tag whose name is at `start`, and returns where the tag ends.
    fn read(&mut self, page: &'p str, start: usize) -> Option<usize> {
        let bytes = page.as_bytes();
        let (mut at, key) = name_end(bytes, start, 0, NAME_END)?;
        (self.name, self.key) = (slice(page, start, at), key);
        self.attributes.clear();
        self.self_closing = false;
        loop {
            match *bytes.get(at)? {
                b'>' => return Some(at + 1),
                b'/' => {
                    at += 1;
                    self.self_closing = *bytes.get(at)? == b'>';
                }
                byte if is_space(byte) => at += 1,
                _ => at = self.read_attribute(page, at)?,
            }
        }
    }

    /// Reads the attribute at `start`, and returns where it ends.
    fn read_attribute(&mut self, page: &'p str, start: usize) -> Option<usize> {
        let bytes = page.as_bytes();
        // The first character belongs to the name even if it is `=`.
        let first = table::with(0, *bytes.get(start)?);
        let (mut at, key) = name_end(bytes, start + 1, first, ATTRIBUTE_END)?;
        let name = slice(page, start, at);
        let mut value = "";
        at = after_space(bytes, at)?;
        if bytes.get(at) == Some(&b'=') {
            at = after_space(bytes, at + 1)?;
            match *bytes.get(at)? {
                quote @ (b'"' | b'\'') => {
                    let end = at + 1 + memchr(quote, bytes.get(at + 1..)?)?;
                    value = slice(page, at + 1, end);
                    at = end + 1;
                }
                b'>' => {}
                _ => {
                    let from = at;
                    at = find(bytes, at, VALUE_END)?;
                    value = slice(page, from, at);
                }
            }
        }
        if self.attributes.len() < MAX_ATTRIBUTES {
            self.attributes.push(RawAttribute { name, key, value });
        }
        Some(at)
    }
}

/// Where a name ends, and its key; `key` is that of the bytes before `from`.
#[inline]
fn name_end(bytes: &[u8], from: usize, mut key: u64, end: u8) -> Option<(usize, u64)> {
    for (at, &byte) in bytes.get(from..)?.iter().enumerate() {
        if ENDS[usize::from(byte)] & end != 0 {
            return Some((from + at, key));
        }
        key = table::with(key, byte);
    }
    None
}

fn find(bytes: &[u8], from: usize, end: u8) -> Option<usize> {
    let length = bytes.get(from..)?.iter().position(|&byte| ENDS[usize::from(byte)] & end != 0)?;
    Some(from + length)
}

fn after_space(bytes: &[u8], mut at: usize) -> Option<usize> {
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    Some(at)
}
