//! Start and end tags.

use super::{Receiver, Tokenizer};
use crate::dom::guard::MAX_ATTRIBUTES;
use crate::span::Span;
use memchr::memchr;
use std::borrow::Cow;

/// A tag as it stands in the page.
#[derive(Debug, Default)]
pub(in crate::dom) struct RawTag<'p> {
    /// In whatever case it was written; see [`lower_case`].
    pub(in crate::dom) name: &'p str,
    /// In order, duplicates included: the first of a name counts. Those over the cap are left out.
    pub(in crate::dom) attributes: Vec<RawAttribute<'p>>,
    pub(in crate::dom) self_closing: bool,
    pub(in crate::dom) source: Span,
}

/// An attribute as it stands in the page.
#[derive(Clone, Copy, Debug)]
pub(in crate::dom) struct RawAttribute<'p> {
    pub(in crate::dom) name: &'p str,
    /// Without its quotes, character references not resolved.
    pub(in crate::dom) value: &'p str,
}

/// The name of a tag or attribute as the standard has it.
pub(in crate::dom) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte != 0 && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut lower = name.replace('\0', "\u{fffd}");
    lower.make_ascii_lowercase();
    Cow::Owned(lower)
}

/// White space of HTML; a carriage return counts as the newline it becomes.
pub(in crate::dom) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

impl<R: Receiver> Tokenizer<'_, R> {
    /// Reads the tag that begins at `start` and has its name at `name`. A tag which the page ends in is no tag, and what
    /// there was of it is lost: so the standard says.
    pub(super) fn read_tag(&mut self, start: usize, name: usize) -> bool {
        let end = self.tag_after(name);
        self.at = end.unwrap_or(self.page.len());
        self.tag.source = Span::new(start, self.at);
        end.is_some()
    }

    fn tag_after(&mut self, name: usize) -> Option<usize> {
        let mut at = name;
        while !matches!(self.byte(at)?, b'>' | b'/') && !is_space(self.byte(at)?) {
            at += 1;
        }
        self.tag.name = self.slice(name, at);
        self.tag.attributes.clear();
        self.tag.self_closing = false;
        loop {
            match self.byte(at)? {
                b'>' => return Some(at + 1),
                b'/' => {
                    at += 1;
                    self.tag.self_closing = self.byte(at)? == b'>';
                }
                byte if is_space(byte) => at += 1,
                _ => at = self.attribute(at)?,
            }
        }
    }

    /// Reads the attribute at `start`, and gives where it ends.
    fn attribute(&mut self, start: usize) -> Option<usize> {
        // The first character belongs to the name even if it is `=`.
        let mut at = start + 1;
        while !matches!(self.byte(at)?, b'>' | b'/' | b'=') && !is_space(self.byte(at)?) {
            at += 1;
        }
        let name = self.slice(start, at);
        let mut value = "";
        at = self.after_space(at)?;
        if self.byte(at)? == b'=' {
            at = self.after_space(at + 1)?;
            match self.byte(at)? {
                quote @ (b'"' | b'\'') => {
                    let end = at + 1 + memchr(quote, self.bytes_from(at + 1))?;
                    value = self.slice(at + 1, end);
                    at = end + 1;
                }
                b'>' => {}
                _ => {
                    let from = at;
                    while self.byte(at)? != b'>' && !is_space(self.byte(at)?) {
                        at += 1;
                    }
                    value = self.slice(from, at);
                }
            }
        }
        if self.tag.attributes.len() < MAX_ATTRIBUTES {
            self.tag.attributes.push(RawAttribute { name, value });
        }
        Some(at)
    }

    fn after_space(&self, mut at: usize) -> Option<usize> {
        while is_space(self.byte(at)?) {
            at += 1;
        }
        Some(at)
    }
}
