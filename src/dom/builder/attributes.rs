//! The attributes of the tag at hand: those we read are decoded, those that the standard's rules depend on are looked
//! at, the rest are skipped.

use super::Builder;
use crate::dom::arena::{Attr, Attribute, Dom};
use crate::dom::names::{Name, flags::FORMATTING};
use crate::dom::token;
use crate::dom::tokenizer::{RawAttribute, RawTag, decode_attribute, lower_case};
use crate::span::Span;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

/// What a start tag has besides its name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Incoming {
    /// The attributes that we read, in the arena.
    pub(super) attributes: Span,
    pub(super) source: Span,
    pub(super) self_closing: bool,
    /// For formatting elements, a number that is the same for tags with the same attributes.
    pub(super) alike: u32,
    /// `<input type=hidden>`
    pub(super) hidden: bool,
    /// A `<font>` of HTML, not of SVG.
    pub(super) html_font: bool,
    /// An `<annotation-xml>` with HTML in it.
    pub(super) html_annotation: bool,
    /// A script that is data to be read.
    pub(super) linked_data: bool,
}

impl Builder {
    pub(super) fn receive_attributes(&mut self, name: Name, tag: &RawTag<'_>) {
        let start = self.dom.attributes.len();
        self.incoming = Incoming { source: tag.source, self_closing: tag.self_closing, ..Incoming::default() };
        if tag.attributes.is_empty() {
            return;
        }
        for attribute in &tag.attributes {
            let Some(attr) = Attr::find(attribute.name, attribute.key) else { continue };
            if !name.reads(attr) {
                continue;
            }
            if self.dom.attributes.iter().skip(start).any(|kept| kept.name == attr) {
                continue;
            }
            self.dom.read_attribute(attr, attribute.value, &mut self.met);
        }
        self.incoming.attributes = Span::new(start, self.dom.attributes.len());
        match name {
            Name::INPUT => {
                self.incoming.hidden = value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
            }
            Name::SCRIPT => {
                let is_linked = |part: &[u8]| part.eq_ignore_ascii_case(b"ld+json");
                let kind = value(tag, "type").unwrap_or_default();
                self.incoming.linked_data = kind.as_bytes().windows("ld+json".len()).any(is_linked);
            }
            Name::ANNOTATION_XML => {
                let is_html = |encoding: Cow<'_, str>| {
                    encoding.eq_ignore_ascii_case("text/html") || encoding.eq_ignore_ascii_case("application/xhtml+xml")
                };
                self.incoming.html_annotation = value(tag, "encoding").is_some_and(is_html);
            }
            Name::FONT => {
                self.incoming.html_font = ["color", "face", "size"].iter().any(|name| find(tag, name).is_some());
            }
            _ => {}
        }
        // The list never has more than one `a` or `nobr`, so their number is never needed.
        if name.is(FORMATTING) && !matches!(name, Name::A | Name::NOBR) {
            self.incoming.alike = self.saying(tag);
        }
    }

    /// A number for the attributes of a tag, regardless of their order.
    fn saying(&mut self, tag: &RawTag<'_>) -> u32 {
        let said = &mut self.said;
        said.clear();
        for RawAttribute { name, value, .. } in &tag.attributes {
            let start = said.text.len();
            said.text.push_str(&lower_case(name));
            let middle = said.text.len();
            decode_attribute(value, &mut said.text);
            said.parts.push((Span::new(start, middle), Span::new(middle, said.text.len())));
        }
        let text = |span: Span| said.text.get(span.range()).unwrap_or_default();
        // Stable, so that the first of a name stays the first.
        said.parts.sort_by(|a, b| text(a.0).cmp(text(b.0)));
        said.parts.dedup_by(|later, first| text(later.0) == text(first.0));
        for &(name, value) in &said.parts {
            // A name contains no space, and the length says where a value ends.
            let _ = write!(said.key, "{} {} {}", text(name), value.len(), text(value));
        }
        let next = u32::try_from(said.numbers.len() + 1).unwrap_or(u32::MAX);
        match said.numbers.get(&said.key) {
            Some(&number) => number,
            None => {
                said.numbers.insert(said.key.clone(), next);
                next
            }
        }
    }
}

/// Number of values in [`Met`].
const SLOTS: usize = 256;

/// A cache of recently read attribute values: items of a list share their class, which is then read only once.
#[derive(Debug)]
pub(super) struct Met([Option<Attribute>; SLOTS]);

impl Default for Met {
    fn default() -> Self {
        Met([None; SLOTS])
    }
}

impl Met {
    /// Slots are chosen by the length and three bytes, which is enough for values that people write.
    fn slot(&mut self, attr: Attr, raw: &str) -> &mut Option<Attribute> {
        let bytes = raw.as_bytes();
        let byte = |at: usize| bytes.get(at).map_or(0, |&byte| usize::from(byte));
        let last = bytes.len().saturating_sub(1);
        let key = byte(0) ^ byte(last / 2) << 2 ^ byte(last) << 4 ^ bytes.len() << 1 ^ (attr as usize) << 3;
        &mut self.0[key % SLOTS]
    }
}

impl Dom {
    fn read_attribute(&mut self, name: Attr, raw: &str, met: &mut Met) {
        let slot = met.slot(name, raw);
        if let Some(known) = slot.as_ref().filter(|known| known.name == name && self.value(known) == raw) {
            self.attributes.push(*known);
            return;
        }
        let (at, first) = (self.text.len(), self.words.len());
        let plain = decode_attribute(raw, &mut self.text);
        if name.is_worded() {
            token::push_hashes(self.text.get(at..).unwrap_or_default(), &mut self.words);
        }
        let value = Span::new(at, self.text.len());
        let read = Attribute { name, value, words: Span::new(first, self.words.len()) };
        // A value that had references must not be found for a raw value that looks like its decoded form.
        if plain && name.is_shared() {
            *slot = Some(read);
        }
        self.attributes.push(read);
    }
}

/// Numbers for the attributes of formatting elements, and buffers to work one out.
#[derive(Debug, Default)]
pub(super) struct Said {
    numbers: HashMap<String, u32>,
    text: String,
    /// Names and values in `text`.
    parts: Vec<(Span, Span)>,
    key: String,
}

impl Said {
    fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
        self.key.clear();
    }
}

pub(super) fn find<'t>(tag: &RawTag<'t>, name: &str) -> Option<&'t str> {
    tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|attribute| attribute.value)
}

pub(super) fn value<'t>(tag: &RawTag<'t>, name: &str) -> Option<Cow<'t, str>> {
    let raw = find(tag, name)?;
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'&') {
        return Some(Cow::Borrowed(raw));
    }
    let mut value = String::new();
    decode_attribute(raw, &mut value);
    Some(Cow::Owned(value))
}
