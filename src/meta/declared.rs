//! What a page declares about itself: one walk over the element tree.
//!
//! This is the only part of `meta` that sees the tree. It judges nothing: every statement is kept as a [`Fact`] along
//! with where it stood, and the choice comes later.

mod item;
mod kicker;
mod name;

use super::date;
use super::fact::{Fact, FactField, Source};
use super::hint::Hint;
use super::linked;
use crate::block::Tag;
use crate::dom::{Attr, Dom, NONE, NodeData, NodeId, ROOT};
use crate::plain::{cut, push_plain};
use crate::span::Recent;
use crate::types::PartialDate;
use item::context;
use name::{header_key, key};
use std::borrow::Cow;

/// Most facts kept of a page; a page with more repeats itself.
const MAX_FACTS: usize = 600;
/// Most addresses of pictures read.
const MAX_IMAGES: usize = 200;
/// Longest text of an element read as names, in bytes: a byline of ten.
const MAX_TEXT: usize = 400;
/// Most nodes visited for the text of one element; bounds the cost of nested elements.
const MAX_NODES: usize = 80;
/// Largest string whose memory is kept for the next page, in bytes.
const MAX_SPARE: usize = 2_000;
/// Longest linked data read, in bytes; more than a megabyte is a catalogue.
const MAX_SCRIPT: usize = 1 << 20;

/// Everything a page declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    pub(crate) facts: Vec<Fact>,
    /// The dates in addresses of pictures, in page order: they may tell the year of other dates.
    pub(crate) images: Vec<PartialDate>,
    /// The address the page was fetched from, if the caller knows.
    pub(crate) url: Option<String>,
    /// Strings of the previous page's facts, kept to reuse their memory.
    pub(super) spare: Vec<String>,
}

impl Declared {
    pub(crate) fn of(&self, field: FactField) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.field == field)
    }

    /// Whether the page is its site's front page, judged by the address.
    pub(crate) fn is_front(&self) -> bool {
        let path = |url: &str| {
            let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
            let rest = rest.split(['?', '#']).next().unwrap_or_default();
            rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
        };
        self.url.as_deref().is_some_and(path)
    }

    /// Forgets a page; the next one was fetched from `url`.
    pub(crate) fn clear(&mut self, url: Option<&str>) {
        let short = |value: &String| value.capacity() <= MAX_SPARE;
        self.spare.extend(self.facts.drain(..).map(|fact| fact.value).filter(short));
        self.images.clear();
        self.url = url.map(str::to_owned);
    }

    /// Adds the names and values that the header of a text states.
    pub(crate) fn state(&mut self, stated: &[(String, String)]) {
        for (name, value) in stated {
            let Some(field) = header_key(name).or_else(|| date::of_name(name)) else { continue };
            // Tools that write such headers take the title of the browser's tab, with the site's name in it.
            let source = if field == FactField::Title { Source::TitleTag } else { Source::Meta };
            let mut plain = String::new();
            push_plain(value, &mut plain);
            if field == FactField::Canonical && self.url.is_none() {
                self.url = Some(plain);
            } else if !plain.is_empty() && self.facts.len() < MAX_FACTS {
                self.facts.push(Fact { field, source, value: plain, flags: Fact::MACHINE });
            }
        }
    }

    /// Reads everything `dom` declares.
    pub(crate) fn read(&mut self, dom: &Dom, url: Option<&str>) {
        self.clear(url);
        Walk { dom, out: self, pictures: 0, homes: 0, kickers: 0, seen_h1: false, said: Recent::default() }.run();
        self.spare.truncate(MAX_FACTS);
    }
}

/// What an element passes on to its descendants.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Open {
    node: NodeId,
    flags: u16,
    in_head: bool,
}

struct Walk<'d> {
    dom: &'d Dom,
    out: &'d mut Declared,
    /// Number of addresses of pictures read.
    pictures: usize,
    /// Number of links to the front page read.
    homes: usize,
    /// Number of lines above headlines read.
    kickers: usize,
    seen_h1: bool,
    /// Hints by the words of a class attribute, which many elements share.
    said: Recent<Hint>,
}

impl<'d> Walk<'d> {
    fn run(&mut self) {
        // The context of each open element whose context differs from that of its parent.
        let mut open = vec![Open { node: ROOT, flags: Fact::BEFORE_H1, in_head: false }];
        let mut next = self.dom.node(ROOT).first_child;
        while next != NONE {
            let id = next;
            let node = self.dom.node(id);
            if let NodeData::Element { tag, attributes, .. } = node.data {
                let outer = open.last().copied().unwrap_or(open[0]);
                let inner = self.element(id, tag, outer, attributes.is_empty());
                if node.first_child != NONE
                    && !matches!(tag, Tag::Script | Tag::Style | Tag::Svg | Tag::Iframe | Tag::Title)
                {
                    if (Open { node: outer.node, ..inner }) != outer {
                        open.push(inner);
                    }
                    next = node.first_child;
                    continue;
                }
            }
            next = node.next;
            let mut parent = node.parent;
            while next == NONE && parent != ROOT && parent != NONE {
                open.pop_if(|open| open.node == parent);
                let node = self.dom.node(parent);
                (next, parent) = (node.next, node.parent);
            }
        }
    }

    fn attribute(&self, id: NodeId, name: Attr) -> Option<&'d str> {
        self.dom.attribute(id, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Adds a fact; `value` may contain entities and any white space.
    fn put(&mut self, field: FactField, source: Source, flags: u16, value: &str) {
        let mut out = self.room();
        push_plain(value, &mut out);
        self.put_plain(field, source, flags, out);
    }

    /// An empty string, reusing memory if possible.
    fn room(&mut self) -> String {
        let mut room = self.out.spare.pop().unwrap_or_default();
        room.clear();
        room
    }

    fn put_plain(&mut self, field: FactField, source: Source, flags: u16, value: String) {
        if value.is_empty() || self.out.facts.len() >= MAX_FACTS {
            self.out.spare.push(value);
        } else {
            let flags = if self.seen_h1 { flags & !Fact::BEFORE_H1 } else { flags };
            self.out.facts.push(Fact { field, source, value, flags });
        }
    }

    /// Adds the facts that an element states, and returns the context inside it.
    fn element(&mut self, id: NodeId, tag: Tag, outer: Open, is_bare: bool) -> Open {
        let mut inner = Open { node: id, ..outer };
        match tag {
            Tag::Html => {
                // XHTML may have only the latter.
                let lang = self.attribute(id, Attr::Lang).or_else(|| self.attribute(id, Attr::XmlLang));
                let lang = lang.unwrap_or_default();
                self.put(FactField::Language, Source::Html, Fact::MACHINE, lang);
            }
            Tag::Head => inner.in_head = true,
            Tag::Title if outer.in_head || !self.has(FactField::Title, Source::TitleTag) => {
                let text = self.text(id, 2_000);
                self.put(FactField::Title, Source::TitleTag, Fact::MACHINE, &text);
            }
            Tag::Meta => self.meta(id, outer.flags),
            Tag::Link => self.link(id, outer.flags),
            Tag::Script => self.script(id),
            Tag::Img | Tag::Source => self.image(id),
            // `<relative-time datetime>` and other elements of scripts that show a time.
            Tag::Other if let Some(value) = self.attribute(id, Attr::Datetime) => {
                let flags = self.flags_of(id, outer.flags);
                self.put(FactField::Date, Source::Time, flags | Fact::MACHINE, value);
            }
            Tag::Time => {
                let flags = self.flags_of(id, outer.flags);
                match self.attribute(id, Attr::Datetime) {
                    Some(value) => self.put(FactField::Date, Source::Time, flags | Fact::MACHINE, value),
                    None => {
                        let text = self.text(id, 100);
                        self.put(FactField::Date, Source::Time, flags, &text);
                    }
                }
            }
            Tag::H1 => {
                self.kicker(id, outer.flags);
                self.seen_h1 = true;
            }
            Tag::H2 | Tag::H3 => self.kicker(id, outer.flags),
            Tag::Article => inner.flags |= Fact::ARTICLE,
            // The foot of a post, where blogs state its author and date.
            Tag::Footer if outer.flags & Fact::ARTICLE != 0 => {}
            Tag::Nav | Tag::Footer | Tag::Aside => inner.flags |= Fact::ASIDE,
            Tag::A => {
                inner.flags |= Fact::LINK;
                self.home(id);
            }
            _ => {}
        }
        // Without attributes there is nothing more to read, except for `<address>`.
        if (!is_bare || tag == Tag::Address)
            && !matches!(tag, Tag::Meta | Tag::Link | Tag::Script | Tag::Style | Tag::Html | Tag::Body | Tag::Head)
        {
            self.attributes(id, tag, &mut inner);
        }
        inner
    }

    fn has(&self, field: FactField, source: Source) -> bool {
        self.out.facts.iter().any(|fact| fact.field == field && fact.source == source)
    }

    /// The hints in the class and id of an element.
    fn hint(&self, id: NodeId) -> Hint {
        let worded = self.dom.attributes(id).iter().filter(|a| matches!(a.name, Attr::Class | Attr::Id));
        worded.fold(Hint::default(), |hint, a| hint.with(Hint::of_tokens(self.dom.words(a))))
    }

    fn flags_of(&self, id: NodeId, outer: u16) -> u16 {
        outer | context(self.hint(id))
    }

    fn meta(&mut self, id: NodeId, flags: u16) {
        let Some(content) = self.attribute(id, Attr::Content) else { return };
        for attribute in [Attr::Property, Attr::Name, Attr::Itemprop] {
            let Some(names) = self.attribute(id, attribute) else { continue };
            for name in names.split_ascii_whitespace().take(8) {
                let unlisted = || date::of_name(name).map(|field| (field, Source::Meta));
                if let Some((field, source)) = key(name, attribute == Attr::Itemprop).or_else(unlisted) {
                    self.put(field, source, flags | Fact::MACHINE, content);
                }
            }
        }
    }

    fn link(&mut self, id: NodeId, flags: u16) {
        let (Some(rel), Some(href)) = (self.attribute(id, Attr::Rel), self.attribute(id, Attr::Href)) else { return };
        for word in rel.split_ascii_whitespace().take(8) {
            let field = match word {
                "canonical" => FactField::Canonical,
                "license" => FactField::License,
                "image_src" => FactField::Image,
                _ => continue,
            };
            self.put(field, Source::Rel, flags | Fact::MACHINE, href);
        }
    }

    fn script(&mut self, id: NodeId) {
        let linked = self
            .attribute(id, Attr::Type)
            .is_some_and(|t| t.get(..19).is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")));
        if !linked || self.out.facts.len() >= MAX_FACTS {
            return;
        }
        // A script holds one text node; only a broken tree has more.
        for child in self.dom.children(id).take(1) {
            linked::read(cut(self.dom.text(child), MAX_SCRIPT), &mut self.out.facts, MAX_FACTS);
        }
    }

    /// Reads the text of a link to the front page, which the site's name mostly is.
    fn home(&mut self, id: NodeId) {
        /// Most of such links, and longest text of one, in bytes.
        const MOST: usize = 3;
        const LONGEST: usize = 80;
        let is_front =
            |address: &str| matches!(address, "/" | "./" | "/index.html" | "/index.php" | "/main" | "/main.do");
        if self.homes < MOST && self.attribute(id, Attr::Href).is_some_and(is_front) {
            self.homes += 1;
            let text = self.text(id, LONGEST + 1);
            if text.len() <= LONGEST {
                self.put(FactField::Home, Source::Rel, 0, &text);
            }
        }
    }

    fn image(&mut self, id: NodeId) {
        if self.pictures >= MAX_IMAGES {
            return;
        }
        for name in [Attr::Src, Attr::DataSrc, Attr::DataOrgSrc] {
            if let Some(address) = self.attribute(id, name)
                && address.len() < 500
                && has_year(address)
            {
                self.pictures += 1;
                self.out.images.extend(date::from_image(address));
                return;
            }
        }
    }

    fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'d> {
        let dom = self.dom;
        std::iter::successors(Some(id), move |&node| dom.following(node, id)).take(MAX_NODES)
    }

    /// The text below `id`, at most about `limit` bytes.
    fn text(&self, id: NodeId, limit: usize) -> Cow<'d, str> {
        let mut text = Cow::Borrowed("");
        for node in self.descendants(id) {
            text += cut(self.dom.text(node), limit);
            if text.len() >= limit {
                break;
            }
        }
        text
    }

    /// The text below `id`, with a line feed where an element begins or ends.
    fn lines(&mut self, id: NodeId) -> String {
        let mut out = self.room();
        for node in self.descendants(id) {
            let start = out.len();
            if start > 0 {
                out.push('\n');
            }
            let from = out.len();
            push_plain(cut(self.dom.text(node), MAX_TEXT), &mut out);
            if out.len() == from {
                out.truncate(start);
            }
            if out.len() > MAX_TEXT {
                break;
            }
        }
        out
    }
}

/// Whether an address may hold a year: `19` or `20` before two digits.
fn has_year(address: &str) -> bool {
    let bytes = address.as_bytes();
    let begins = |at: usize| matches!(bytes.get(at..), Some([b'1', b'9', c, d, ..] | [b'2', b'0', c, d, ..]) if c.is_ascii_digit() && d.is_ascii_digit());
    memchr::memchr2_iter(b'1', b'2', bytes).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str, field: FactField) -> String {
        let mut declared = Declared::default();
        declared.read(&crate::dom::parse(html), None);
        declared.of(field).map(|f| format!("{:?}={}", f.source, f.value)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn facts() {
        let cases = [
            (FactField::Title, "<title>A &amp;amp; B</title><svg><title>x</title></svg>", "TitleTag=A & B"),
            (FactField::Title, "<meta property='og:title x' content=' T '>", "OpenGraph=T"),
            (FactField::Author, "<meta name=Author content='N M'>", "Meta=N M"),
            (FactField::Author, "<p>by <a rel='author nofollow'>N M</a>", "Rel=N M"),
            (
                FactField::Author,
                "<span itemprop=author itemscope><b>x</b><i itemprop=name>N M</i></span>",
                "Microdata=N M",
            ),
            (
                FactField::Author,
                "<p itemprop=author>By <i itemscope><a itemprop=name>N M</a></i> and <a itemprop=name>O P</a>, \
                 <b itemprop=worksFor itemtype=Organization><a itemprop=name>Post</a></b></p>",
                "Microdata=N M\nO P",
            ),
            (FactField::Author, "<div class=post-author>By <b>N M</b>, <i>O P</i></div>", "Class=By\nN M\n,\nO P"),
            (FactField::Author, "<div class=authority>By N M</div>", ""),
            (FactField::Tag, "<a rel='category tag'>Ports</a> <a rel=tag-x>Rails</a>", "Rel=Ports"),
            (
                FactField::Date,
                "<time datetime='2020-01-02'>x</time><span class=post-date>3 May 2021</span>",
                "Time=2020-01-02|Class=3 May 2021",
            ),
            (FactField::Published, "<span property='schema:datePublished' content=2020>x</span>", "Rdfa=2020"),
            (FactField::Canonical, "<link rel=canonical href=' https://a.b/c '>", "Rel=https://a.b/c"),
            (FactField::Date, "<relative-time datetime='2020-01-02'>x</relative-time>", "Time=2020-01-02"),
            // Near miss: the time of an edit.
            (FactField::Date, "<ins datetime='2020-01-02'>x</ins>", ""),
            (FactField::Language, "<html lang=ko><p>x", "Html=ko"),
            (FactField::Language, "<html xml:lang=en-GB><p>x", "Html=en-GB"),
            (FactField::Language, "<html xml:lang=en lang=ko><p>x", "Html=ko"),
        ];
        for (field, html, expected) in cases {
            assert_eq!(shown(html, field), expected, "{html}");
        }
    }
}
