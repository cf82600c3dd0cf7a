//! Linked data: what `<script type="application/ld+json">` states about the article.

use super::fact::{Fact, FactField, Source};
use super::json::{Id, Json, Value};
use super::kind::Class;
use crate::escape;
use crate::plain::plain;
use std::collections::HashMap;

/// Most bytes read of a declared body: more than any article has.
const MAX_BODY: usize = 200_000;

/// Most objects read of one script; a list of a thousand teasers is not about the article.
const MAX_OBJECTS: usize = 200;
/// Most authors taken from one article.
const MAX_AUTHORS: usize = 40;

/// Reads one script into `facts`, until there are `most` of them.
pub(crate) fn read(script: &str, facts: &mut Vec<Fact>, most: usize) {
    let json = Json::read(script);
    let mut reader = Reader { json: &json, ids: HashMap::new(), facts, most };
    let objects = reader.objects();
    for object in objects {
        reader.object(object);
    }
}

struct Reader<'j, 'a> {
    json: &'j Json<'a>,
    /// Objects by their `@id`, if they have other members too: graphs refer to people by it.
    ids: HashMap<&'a str, Target>,
    facts: &'j mut Vec<Fact>,
    /// Most facts of the page: thousands of references to an object of many names would take gigabytes.
    most: usize,
}

/// An object with an `@id`. Its members are searched for a name only once, however many articles refer to it.
#[derive(Clone, Copy, Debug)]
struct Target {
    id: Id,
    party: Option<Party>,
}

/// A person or an organization.
#[derive(Clone, Copy, Debug)]
struct Party {
    is_organization: bool,
    /// The member that holds the name or a list of names.
    name: Option<Id>,
}

impl<'a> Reader<'_, 'a> {
    /// The objects that may describe the page: those at the top level, those in `@graph`, and their main entities.
    /// Other nested objects (items of a list, comments, parts) are about something else.
    fn objects(&mut self) -> Vec<Id> {
        let json = self.json;
        let mut found = Vec::new();
        let mut open = vec![Json::ROOT];
        while let Some(id) = open.pop() {
            if found.len() >= MAX_OBJECTS {
                break;
            }
            match self.json.value(id) {
                Value::Array => {
                    let from = open.len();
                    open.extend(json.children(id).take(MAX_OBJECTS));
                    open.get_mut(from..).unwrap_or_default().reverse();
                }
                Value::Object => {
                    if let Some(name) = self.text(id, "@id")
                        && self.json.children(id).nth(1).is_some()
                    {
                        self.ids.entry(name).or_insert(Target { id, party: None });
                    }
                    found.push(id);
                    for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
                        open.extend(self.json.member(id, key));
                    }
                }
                Value::String(_) | Value::Bare(_) => {}
            }
        }
        found
    }

    fn object(&mut self, id: Id) {
        let is_untyped_article = self.kinds(id).next().is_none() && self.json.member(id, "headline").is_some();
        let class = if is_untyped_article { Class::Article } else { Class::of(self.kinds(id)) };
        let mut flags = match class {
            Class::Article => 0,
            Class::Thing => Fact::NO_ARTICLE,
            Class::Site => {
                self.put_text(id, &["name"], FactField::Site, 0);
                return;
            }
            Class::None => return,
        };
        if class == Class::Article
            && self
                .facts
                .iter()
                .any(|f| f.source == Source::JsonLd && f.field == FactField::Type && !f.has(Fact::NO_ARTICLE))
        {
            flags |= Fact::SECOND;
        }
        let kind = self.kinds(id).next();
        if let Some(kind) = kind {
            self.put(FactField::Type, flags, kind);
        }
        self.put_text(id, &["headline"], FactField::Title, flags);
        self.put_text(id, &["name", "title"], FactField::Title, flags | Fact::NO_ARTICLE);
        self.put_text(id, &["datePublished", "uploadDate"], FactField::Published, flags);
        self.put_text(id, &["dateCreated"], FactField::Date, flags);
        self.put_text(id, &["dateModified", "lastReviewed"], FactField::Modified, flags);
        self.put_text(id, &["description", "abstract"], FactField::Description, flags);
        self.put_text(id, &["inLanguage"], FactField::Language, flags);
        self.put_text(id, &["license"], FactField::License, flags);
        self.put_text(id, &["url"], FactField::Canonical, flags);
        if class == Class::Article {
            if let Some(Value::String(body)) = self.json.member(id, "articleBody").map(|m| self.json.value(m)) {
                let (value, flags) = (escape::json(crate::plain::cut(body, MAX_BODY)), flags | Fact::MACHINE);
                self.facts.push(Fact { field: FactField::Body, source: Source::JsonLd, value, flags });
            }
            self.put_all(id, "articleSection", FactField::Section, flags);
            self.put_all(id, "keywords", FactField::Tag, flags);
            if let Some(publisher) = self.json.member(id, "publisher") {
                self.people(publisher, FactField::Site, flags);
            }
            if let Some(image) = self.json.member(id, "image") {
                self.image(image, flags);
            }
        }
        for (key, flag) in [("author", 0), ("creator", Fact::CREATOR)] {
            if let Some(people) = self.json.member(id, key) {
                self.people(people, FactField::Author, flags | flag);
            }
        }
    }

    /// Local names of the types: `http://schema.org/NewsArticle` is `NewsArticle`.
    fn kinds(&self, id: Id) -> impl Iterator<Item = &'a str> + use<'_, 'a> {
        let json = self.json;
        let of = json.member(id, "@type").or_else(|| json.member(id, "type"));
        let own = of.filter(|&t| json.value(t) != Value::Array);
        let many = of.filter(|&t| json.value(t) == Value::Array);
        own.into_iter().chain(many.into_iter().flat_map(|t| json.children(t))).filter_map(|t| match json.value(t) {
            Value::String(s) => s.rsplit(['/', '#', ':']).next(),
            _ => None,
        })
    }

    /// Adds the names in an author member: a name, an object, a list of these, or a reference into the graph.
    fn people(&mut self, id: Id, field: FactField, flags: u16) {
        let one = [id];
        let many: Vec<Id>;
        let list: &[Id] = if self.json.value(id) == Value::Array {
            many = self.json.children(id).take(MAX_AUTHORS).collect();
            &many
        } else {
            &one
        };
        for &entry in list {
            match self.json.value(entry) {
                Value::String(name) => self.put(field, flags, name),
                Value::Object => {
                    let party = match (self.text(entry, "name"), self.text(entry, "@id")) {
                        (None, Some(reference)) => self.target(reference),
                        _ => None,
                    };
                    let party = party.unwrap_or_else(|| self.party(entry));
                    let flags = if party.is_organization { flags | Fact::ORGANIZATION } else { flags };
                    if let Some(name) = party.name {
                        self.put_each(name, field, flags);
                    }
                }
                Value::Array | Value::Bare(_) => {}
            }
        }
    }

    /// Whom the `@id` of another object refers to.
    fn target(&mut self, reference: &str) -> Option<Party> {
        let Target { id, party } = *self.ids.get(reference)?;
        let party = party.unwrap_or_else(|| self.party(id));
        self.ids.get_mut(reference)?.party = Some(party);
        Some(party)
    }

    fn party(&self, id: Id) -> Party {
        let is_organization = self.kinds(id).any(|kind| kind.ends_with("Organization") || kind == "Corporation");
        Party { is_organization, name: self.json.member(id, "name") }
    }

    fn image(&mut self, id: Id, flags: u16) {
        let first = match self.json.value(id) {
            Value::Array => self.json.children(id).next().unwrap_or(id),
            _ => id,
        };
        match self.json.value(first) {
            Value::String(address) => self.put(FactField::Image, flags, address),
            Value::Object => self.put_text(first, &["url", "contentUrl"], FactField::Image, flags),
            _ => {}
        }
    }

    fn text(&self, id: Id, key: &str) -> Option<&'a str> {
        match self.json.value(self.json.member(id, key)?) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Adds the text of the first of `keys` that holds any.
    fn put_text(&mut self, id: Id, keys: &[&str], field: FactField, flags: u16) {
        let found = keys.iter().find_map(|key| {
            let member = self.json.member(id, key)?;
            let member =
                if self.json.value(member) == Value::Array { self.json.children(member).next()? } else { member };
            match self.json.value(member) {
                Value::String(text) if !text.is_empty() => Some(text),
                Value::Bare(number) if number.starts_with(|c: char| c.is_ascii_digit()) => Some(number),
                _ => None,
            }
        });
        if let Some(text) = found {
            self.put(field, flags, text);
        }
    }

    /// Adds all texts under `key`, which holds one or a list.
    fn put_all(&mut self, id: Id, key: &str, field: FactField, flags: u16) {
        if let Some(member) = self.json.member(id, key) {
            self.put_each(member, field, flags);
        }
    }

    /// Adds a text, or the texts of a list.
    fn put_each(&mut self, member: Id, field: FactField, flags: u16) {
        match self.json.value(member) {
            Value::String(text) => self.put(field, flags, text),
            Value::Array => {
                let json = self.json;
                for entry in json.children(member).take(MAX_AUTHORS) {
                    if let Value::String(text) = json.value(entry) {
                        self.put(field, flags, text);
                    }
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, field: FactField, flags: u16, raw: &str) {
        if self.facts.len() >= self.most {
            return;
        }
        let value = plain(&escape::json(crate::plain::cut(raw, 4_000)));
        if !value.is_empty() {
            let flags = flags | Fact::MACHINE;
            self.facts.push(Fact { field, source: Source::JsonLd, value, flags });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: &str) -> String {
        let mut facts = Vec::new();
        read(script, &mut facts, usize::MAX);
        let keep = |f: &&Fact| {
            matches!(f.field, FactField::Title | FactField::Author | FactField::Published | FactField::Site)
        };
        let shown = |f: &Fact| {
            let house = if f.has(Fact::ORGANIZATION) { "!" } else { "" };
            let other = if f.flags & (Fact::NO_ARTICLE | Fact::SECOND) != 0 { "?" } else { "" };
            format!("{:?}{house}{other}={}", f.field, f.value)
        };
        facts.iter().filter(keep).map(shown).collect::<Vec<_>>().join("|")
    }

    /// Forty references to a person of forty names are 1,600 facts, and each article may have as many.
    #[test]
    fn facts_are_bounded() {
        let list = |of: String| vec![of; MAX_AUTHORS].join(",");
        let person = format!(r##"{{"@id":"#p","name":[{}]}}"##, list(r#""Ann""#.into()));
        let article = format!(r##"{{"@type":"Article","author":[{}]}}"##, list(r##"{"@id":"#p"}"##.into()));
        let mut facts = Vec::new();
        for most in [600, 600, 700] {
            read(&format!("[{person},{article},{article}]"), &mut facts, most);
            assert_eq!(facts.len(), most);
        }
    }

    #[test]
    fn articles() {
        let cases = [
            (
                "plain",
                r#"{"@type":"NewsArticle","headline":"A &quot;b&quot;","author":{"@type":"Person","name":"김 하나"}}"#,
                "Title=A \"b\"|Author=김 하나",
            ),
            (
                "graph with references",
                r##"{"@graph":[{"@type":"Article","@id":"#a","headline":"H","author":{"@id":"#p"}},
                {"@type":"WebSite","name":"S"},{"@type":"Person","@id":"#p","name":"P Q"}]}"##,
                "Title=H|Author=P Q|Site=S",
            ),
            (
                "list, mixed authors, publisher",
                r#"[{"@type":["Thing","http://schema.org/BlogPosting"],"headline":"H","author":["A",{"@type":"Organization",
                "name":"O"}],"publisher":{"name":"X"}}]"#,
                "Title=H|Site=X|Author=A|Author!=O",
            ),
            (
                "teasers are not the article",
                r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"T","author":"N"}]}"#,
                "",
            ),
            (
                "main entity of a page",
                r#"{"@type":"WebPage","name":"P","mainEntity":{"@type":"Article","headline":"H"}}"#,
                "Title?=P|Title=H",
            ),
            (
                "second article",
                r#"[{"@type":"Article","headline":"H"},{"@type":"Article","headline":"I"}]"#,
                "Title=H|Title?=I",
            ),
        ];
        for (name, script, expected) in cases {
            assert_eq!(shown(script), expected, "{name}");
        }
    }
}
