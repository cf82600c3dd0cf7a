//! The names of the site a page belongs to.

use super::declared::Declared;
use super::fact::{Fact, FactField, Source};
use super::key::{holds, key};
use super::split::separators;
use crate::block::Blocks;
use crate::plain::cut;
use crate::types::Reason;
use crate::vocab::{Family, Hit, Vocab};

/// Shortest name compared by containment, in bytes; a shorter one, such as `The`, would match everything.
const MIN_PART: usize = 4;

/// The names and sections of a site, as keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    names: Vec<String>,
    /// Labels of the host names that may name the site; see [`labels`].
    host: Vec<String>,
    sections: Vec<String>,
    /// What the page declares that it is about.
    tags: Vec<String>,
    /// Those who hold the copyright by the page's notices: mostly the site, on a blog its author.
    owners: Vec<String>,
}

/// Longest block with a copyright notice that is read, in bytes: a footer in one block is longer.
const MAX_NOTICE: usize = 400;
/// Most text behind the sign that may be the owner's name, in bytes.
const MAX_OWNER: usize = 60;
/// Most owners: of the text, of pictures, of the site.
const MAX_OWNERS: usize = 4;

impl Site {
    pub(crate) fn new(declared: &Declared, blocks: &Blocks, hits: &[Hit]) -> Site {
        let mut site = Site { owners: owners(blocks, hits), ..Site::default() };
        for fact in &declared.facts {
            let into = match fact.field {
                FactField::Site => &mut site.names,
                FactField::Home if is_home(&fact.value) => continue,
                FactField::Home => &mut site.names,
                FactField::Section => &mut site.sections,
                FactField::Tag => &mut site.tags,
                _ => continue,
            };
            let name = key(&fact.value);
            if name.len() >= 2 && into.len() < 20 && !into.contains(&name) {
                into.push(name);
            }
        }
        // A declared name may itself be `Site - motto`.
        for fact in declared.of(FactField::Site).take(8) {
            if let Some(first) = separators(&fact.value).first() {
                let head = key(fact.value.get(..first.range.start).unwrap_or_default());
                if head.len() >= MIN_PART && !site.names.contains(&head) {
                    site.names.push(head);
                }
            }
        }
        let own = declared.url.as_deref();
        let canonical = declared
            .facts
            .iter()
            .filter(|f| {
                f.field == FactField::Canonical
                    && matches!(f.source, Source::Rel | Source::OpenGraph)
                    && !f.has(Fact::SECOND)
            })
            .map(|f| f.value.as_str());
        for address in own.into_iter().chain(canonical) {
            for label in labels(address) {
                if !site.host.contains(&label) {
                    site.host.push(label);
                }
            }
        }
        site
    }

    /// Whether `text`, whose key is `name`, is a name of the site.
    pub(crate) fn is_site(&self, text: &str, name: &str) -> bool {
        if name.len() < 2 {
            return false;
        }
        let alike = |known: &String| {
            *known == name
                || (known.len() >= MIN_PART && name.len() >= MIN_PART && (holds(known, name) || holds(name, known)))
        };
        let named = |label: &String| {
            *label == name
                || (label.len() >= MIN_PART && holds(name, label) && name.len() < label.len() * 4)
                || (name.len() >= MIN_PART && holds(label, name))
                || (label.len() >= 2 && initials(text).eq(label.chars()))
        };
        self.names.iter().any(alike) || self.host.iter().any(named)
    }

    /// Whether the key `name` is exactly a declared name of the site or a label of its host.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name) || self.host.iter().any(|label| label == name)
    }

    /// Whether the key `name` is that of a copyright's owner.
    pub(crate) fn is_owner(&self, name: &str) -> bool {
        self.owners.iter().any(|owner| owner == name)
    }

    /// Whether the key `name` is that of a topic of the page.
    pub(crate) fn is_tag(&self, name: &str) -> bool {
        self.tags.iter().any(|known| known == name)
    }

    /// Whether the key `name` is that of a section of the site.
    pub(crate) fn is_section(&self, name: &str) -> bool {
        !name.is_empty() && self.sections.iter().any(|known| known == name)
    }
}

/// Whether a link to the front page says just that: `Home`, `홈`.
fn is_home(text: &str) -> bool {
    Vocab::get().is_phrase(text.trim(), 0, |family| family.reason().is_some() || family == Family::Section)
}

/// The keys of the owners in the copyright notices of a page.
fn owners(blocks: &Blocks, hits: &[Hit]) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    let is_notice = |hit: &&Hit| hit.family.reason() == Some(Reason::Copyright);
    let mut notices = hits.iter().filter(is_notice).peekable();
    while owners.len() < MAX_OWNERS
        && let Some(hit) = notices.next()
    {
        let block = blocks.items.partition_point(|block| block.text.start <= hit.start).saturating_sub(1);
        let Some(text) = blocks.items.get(block).map(|block| block.text).filter(|text| text.len() <= MAX_NOTICE) else {
            continue;
        };
        // Up to the next phrase of a notice: `© 2016 Example Daily All rights reserved`.
        let next = notices.peek().map_or(text.end, |next| if next.start < hit.end { text.end } else { next.start });
        let range = (hit.start - text.start) as usize..(next.min(text.end) - text.start) as usize;
        let owner = key(owner(blocks.text_of(block).get(range).unwrap_or_default()));
        if owner.len() >= MIN_PART && !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}

/// The name that a copyright notice ends with: `Example Daily` of `Copyright © 2016 Example Daily.`
fn owner(notice: &str) -> &str {
    let is_sign = |c: char| matches!(c, '©' | 'ⓒ' | 'Ⓒ');
    let mut name = notice.split_once(is_sign).map_or(notice, |(_, rest)| rest);
    loop {
        name = name.trim_start_matches(|c: char| is_sign(c) || !c.is_alphabetic());
        let (word, rest) = name.split_at(name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len()));
        if !["c", "copyright", "copyrights", "by"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
            break;
        }
        name = rest;
    }
    cut(name, MAX_OWNER).split(['.', '|', ',', '(', '<', '/', '·', '•', '–', '—']).next().unwrap_or_default().trim_end()
}

fn initials(text: &str) -> impl Iterator<Item = char> {
    let first = |word: &str| word.chars().next().filter(|c| c.is_alphanumeric());
    text.split_whitespace().filter_map(first).flat_map(char::to_lowercase)
}

/// The labels of an address's host that may name the site: `news` and `example` of `www.news.example.co.uk`.
fn labels(address: &str) -> impl Iterator<Item = String> {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let count = host.split('.').count();
    host.split('.')
        .enumerate()
        .filter(move |(index, label)| {
            index + 1 < count
                && label.len() > 1
                && *label != "www"
                && !(*index + 2 == count && count > 2 && label.len() <= 3)
        })
        .map(|(_, label)| key(label))
        .filter(|label| !label.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_of_the_copyright() {
        let cases = [
            ("Copyright © 2016-2020 Example Daily. All rights reserved.", "Example Daily"),
            ("Copyrights ⓒ 해오름초등학교. All rights reserved.", "해오름초등학교"),
            ("ⓒ 갯마을일보(http://news.example) 무단전재 및 재배포금지", "갯마을일보"),
            ("(c) Example Daily | Privacy", "Example Daily"),
            ("© Copyright 2016 by Example Daily", "Example Daily"),
            ("저작권자 © 해오름일보 ", "해오름일보"),
            ("© 2016", ""),
        ];
        for (notice, expected) in cases {
            assert_eq!(owner(notice), expected, "{notice}");
        }
    }

    #[test]
    fn names_of_the_site() {
        let fact = |field, value: &str| Fact { field, source: Source::OpenGraph, value: value.to_owned(), flags: 0 };
        let declared = Declared {
            facts: vec![fact(FactField::Site, "Example Daily - All the news"), fact(FactField::Section, "Politics")],
            url: Some("https://www.edn.example.co.uk/2020/a-story".to_owned()),
            ..Declared::default()
        };
        let site = Site::new(&declared, &Blocks::default(), &[]);
        let cases = [
            ("Example Daily", true),
            ("EXAMPLE", true),
            ("edn", true),
            ("Every Day News", true),
            ("A story", false),
            ("", false),
            ("co", false),
        ];
        for (text, expected) in cases {
            assert_eq!(site.is_site(text, &key(text)), expected, "{text}");
        }
        assert!(site.is_section("politics") && !site.is_section("polit"));
    }
}
