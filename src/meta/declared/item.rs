//! What an element of the body declares by its properties, its relation and its class words.

use super::name::key;
use super::{MAX_FACTS, MAX_NODES, MAX_TEXT, Open, Walk};
use crate::block::Tag;
use crate::dom::{Attr, NodeId};
use crate::meta::date;
use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::hint::Hint;

/// Most people read of one property.
const MAX_AUTHORS: usize = 8;

/// Most text of a link to a tag, in bytes.
const MAX_TAG: usize = 80;

impl Walk<'_> {
    /// Adds facts from microdata, RDFa, `rel`, microformats and class words with a hint.
    pub(super) fn attributes(&mut self, id: NodeId, tag: Tag, inner: &mut Open) {
        let mut hint = Hint::default();
        let [mut kind, mut item, mut property, mut rel] = [None; 4];
        for attribute in self.dom.attributes(id) {
            match attribute.name {
                Attr::Class => {
                    let words = || self.dom.words(attribute);
                    hint = hint.with(self.said.of(attribute.words, || Hint::of_tokens(words())));
                }
                Attr::Id => hint = hint.with(Hint::of_tokens(self.dom.words(attribute))),
                Attr::Itemtype => kind = Some(self.dom.value(attribute)),
                Attr::Itemprop => item = Some(self.dom.value(attribute)),
                Attr::Property => property = Some(self.dom.value(attribute)),
                Attr::Rel => rel = Some(self.dom.value(attribute)),
                _ => {}
            }
        }
        // Most elements state nothing: their classes are about their looks.
        if hint.without(Hint::KICKER) == Hint::default()
            && [kind, item, property, rel] == [None; 4]
            && tag != Tag::Address
        {
            return;
        }
        let is_foot = tag == Tag::Footer && inner.flags & Fact::ARTICLE != 0;
        inner.flags |= context(if is_foot { hint.without(Hint::ASIDE) } else { hint });
        if kind.is_some_and(|kind| kind.contains("Comment") || kind.contains("Answer")) {
            inner.flags |= Fact::COMMENT;
        }
        let mut named = false;
        for (names, source) in [(item, Source::Microdata), (property, Source::Rdfa)] {
            let Some(names) = names else { continue };
            for name in names.split_ascii_whitespace().take(8) {
                let local = name.rsplit(':').next().unwrap_or(name);
                let Some((field, _)) = key(local, true) else { continue };
                named |= field == FactField::Author;
                self.property(id, field, source, inner.flags);
            }
        }
        let relates = |to: &str| rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == to));
        if relates("author") {
            named = true;
            self.name(id, Source::Rel, inner.flags);
        }
        // A cloud of tags must leave room for people and dates.
        if relates("tag") && inner.flags & Fact::ASIDE == 0 && self.out.facts.len() < MAX_FACTS / 2 {
            let text = self.text(id, MAX_TAG);
            self.put(FactField::Tag, Source::Rel, inner.flags, &text);
        }
        if tag == Tag::Address {
            self.name(id, Source::Address, inner.flags);
        }
        if !named && hint.has(Hint::AUTHOR) {
            self.name(id, Source::Class, inner.flags);
        }
        if hint.has(Hint::DATE) && tag != Tag::Time {
            // The value-title pattern of microformats: `<abbr class=published title=2018-06-05T08:00>`.
            if let Some(value) = self.attribute(id, Attr::Title).filter(|value| date::machine(value).is_some()) {
                self.put(FactField::Date, Source::Class, inner.flags | Fact::MACHINE, value);
            } else {
                let text = self.text(id, 160);
                if text.len() < 160 && text.bytes().any(|b| b.is_ascii_digit()) {
                    self.put(FactField::Date, Source::Class, inner.flags, &text);
                }
            }
        }
    }

    fn property(&mut self, id: NodeId, field: FactField, source: Source, flags: u16) {
        let stated = [Attr::Content, Attr::Datetime].iter().find_map(|&name| self.attribute(id, name));
        if let Some(value) = stated {
            self.put(field, source, flags | Fact::MACHINE, value);
            return;
        }
        if matches!(field, FactField::Author | FactField::Site) {
            // The property may be an item of its own, with the name inside, or hold several such items.
            let most = if field == FactField::Author { MAX_AUTHORS } else { 1 };
            let inside = self.names_inside(id, most);
            if !inside.is_empty() {
                let text = |node| self.attribute(node, Attr::Content).map_or_else(|| self.lines(node), str::to_owned);
                let texts: Vec<String> = inside.into_iter().map(text).collect();
                self.put_plain(field, source, flags, texts.join("\n"));
                return;
            }
        }
        match field {
            FactField::Author => self.name(id, source, flags),
            _ => {
                let text = self.text(id, if field == FactField::Title { 600 } else { 200 });
                self.put(field, source, flags, &text);
            }
        }
    }

    /// The first elements inside a property that hold a name, without those of other items in it: an author's employer.
    fn names_inside(&self, id: NodeId, most: usize) -> Vec<NodeId> {
        let mut names = Vec::new();
        let mut next = self.dom.following(id, id);
        for _ in 0..MAX_NODES {
            let Some(node) = next.filter(|_| names.len() < most) else { break };
            let property = self.attribute(node, Attr::Itemprop).unwrap_or_default();
            let says = |word: &str| property.split_ascii_whitespace().any(|own| own == word);
            if says("name") {
                names.push(node);
            }
            let is_other = !property.is_empty() && !says("author") && self.attribute(node, Attr::Itemtype).is_some();
            let is_passed = says("name") || is_other;
            next = if is_passed { self.dom.following_skip(node, id) } else { self.dom.following(node, id) };
        }
        names
    }

    fn name(&mut self, id: NodeId, source: Source, flags: u16) {
        let text = self.lines(id);
        if text.len() < MAX_TEXT {
            self.put_plain(FactField::Author, source, flags, text);
        }
    }
}

/// The flags that the class words of an element set for everything inside it.
pub(super) fn context(hint: Hint) -> u16 {
    let flag = |h: Hint, bit: u16| if hint.has(h) { bit } else { 0 };
    flag(Hint::COMMENT, Fact::COMMENT) | flag(Hint::ASIDE, Fact::ASIDE) | flag(Hint::BIO, Fact::BIO)
}
