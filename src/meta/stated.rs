//! The fields taken as the page states them: site, language, address, picture, section, tags, description, licence.
//!
//! The first source with a usable value is believed. Many values are not usable: a handle as the name of the site, half
//! an address, a placeholder picture.

use super::declared::Declared;
use super::fact::{Fact, FactField, Source};
use crate::article::Metadata;
use crate::plain::cut;

/// Most tags kept.
const MAX_TAGS: usize = 30;
/// Longest list of tags read, in bytes.
const MAX_LIST: usize = 1_000;
/// Longest name of a section, in bytes; a longer one is a sentence.
const MAX_SECTION: usize = 80;

pub(super) fn stated(declared: &Declared) -> Metadata {
    use Source::{Article, Html, JsonLd, Meta, OpenGraph, Rel, Twitter};
    let first = |field: FactField, order: &[Source], read: &dyn Fn(&Fact) -> Option<String>| {
        let of = |source: &Source| {
            let own = declared.of(field).filter(|f| f.source == *source);
            own.filter(|f| f.flags & (Fact::SECOND | Fact::NO_ARTICLE) == 0).find_map(read)
        };
        let any = || declared.of(field).filter(|f| !f.has(Fact::SECOND)).find_map(read);
        order.iter().find_map(of).or_else(any)
    };
    let origin = origin(declared);
    let address = |fact: &Fact| absolute(&fact.value, origin);
    let picture = |fact: &Fact| address(fact).filter(|address| !is_placeholder(address));
    let text = |fact: &Fact| Some(fact.value.clone());
    Metadata {
        site: first(FactField::Site, &[OpenGraph, JsonLd], &name),
        language: first(FactField::Language, &[Html, OpenGraph], &language),
        canonical: first(FactField::Canonical, &[Rel, OpenGraph], &address),
        image: first(FactField::Image, &[OpenGraph, JsonLd, Twitter], &picture),
        section: first(FactField::Section, &[Article, JsonLd], &section),
        tags: tags(declared),
        description: first(FactField::Description, &[OpenGraph, JsonLd, Meta], &text),
        license: first(FactField::License, &[Rel, JsonLd], &|fact| {
            address(fact).or_else(|| text(fact).filter(|text| text.contains(' ')))
        }),
        ..Metadata::default()
    }
}

/// The name of a site, unless the value is a handle or an address.
fn name(fact: &Fact) -> Option<String> {
    (!fact.value.starts_with('@') && !fact.value.contains("://")).then(|| fact.value.clone())
}

/// A language tag such as `ko` or `en-US`, but not `English`.
fn language(fact: &Fact) -> Option<String> {
    let tag = fact.value.replace('_', "-");
    let mut parts = tag.split('-');
    let code =
        parts.next().is_some_and(|code| matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (code && rest).then_some(tag)
}

/// The first section of a list (`News,Politics`, `Home, News, Politics`); `Health, Safety and Home` is one section.
fn section(fact: &Fact) -> Option<String> {
    let value = fact.value.as_str();
    let commas = value.matches(',').count();
    let list = commas > 1 || commas == 1 && !value.contains(", ");
    let first = if list { value.split(',').next().unwrap_or_default().trim() } else { value };
    (!first.is_empty() && first.len() <= MAX_SECTION && !first.contains("://")).then(|| first.to_owned())
}

/// Tags that are stated one by one or in lists of keywords. Those stated for trackers are only used if there are no
/// others: they are full of the trackers' own marks.
fn tags(declared: &Declared) -> Vec<String> {
    let tracked = |fact: &Fact| matches!(fact.source, Source::Parsely | Source::Sailthru | Source::Dable);
    let of = |trackers: bool| {
        let mut tags: Vec<String> = Vec::new();
        for fact in declared.of(FactField::Tag).filter(|fact| !fact.has(Fact::SECOND) && tracked(fact) == trackers) {
            let list = cut(&fact.value, MAX_LIST).split([',', ';', '，', '、']);
            for tag in list.map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty()) {
                if tags.len() < MAX_TAGS && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                    tags.push(tag.to_owned());
                }
            }
        }
        tags
    };
    let tags = of(false);
    if tags.is_empty() { of(true) } else { tags }
}

/// Scheme and host of the page, if they are known.
fn origin(declared: &Declared) -> Option<&str> {
    let stated = declared.of(FactField::Canonical).map(|fact| fact.value.as_str());
    declared.url.as_deref().into_iter().chain(stated).find_map(|address| {
        let rest = behind_scheme(address)?;
        address.get(..address.len() - rest.len() + rest.find(['/', '?', '#']).unwrap_or(rest.len()))
    })
}

/// The absolute address of `value`, which may lack the scheme, or scheme and host.
fn absolute(value: &str, origin: Option<&str>) -> Option<String> {
    if behind_scheme(value).is_some() {
        return Some(value.to_owned());
    }
    if value.starts_with("//") {
        return Some(format!("https:{value}"));
    }
    origin.filter(|_| value.starts_with('/')).map(|origin| format!("{origin}{value}"))
}

/// The host of a web address and all that follows it; `None` for other schemes (`javascript:`).
fn behind_scheme(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (is_web && !rest.is_empty() && !rest.starts_with('/')).then_some(rest)
}

fn is_placeholder(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut known = include_str!("../../data/meta/placeholders.txt").lines().filter(|line| !line.starts_with('#'));
    known.any(|known| known.eq_ignore_ascii_case(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(facts: &[(FactField, Source, &str)]) -> Metadata {
        let fact = |&(field, source, value): &(FactField, Source, &str)| Fact {
            field,
            source,
            value: value.to_owned(),
            flags: 0,
        };
        stated(&Declared { facts: facts.iter().map(fact).collect(), ..Declared::default() })
    }

    #[test]
    fn what_is_none_is_passed_over() {
        use FactField::{Canonical, Image, Language, License, Section, Site};
        use Source::{DublinCore, Html, JsonLd, Meta, OpenGraph, Rel, Twitter};
        let page = (Canonical, Rel, "https://a.example/b/c");
        let cases: [(&str, &[(FactField, Source, &str)], Option<&str>); 16] = [
            ("handle", &[(Site, Twitter, "@post"), (Site, Meta, "The Post")], Some("The Post")),
            ("near miss: in the middle", &[(Site, OpenGraph, "Post @ Home")], Some("Post @ Home")),
            ("no tag", &[(Language, Html, "English"), (Language, OpenGraph, "en_US")], Some("en-US")),
            ("script", &[(Language, Html, "zh-Hant-TW")], Some("zh-Hant-TW")),
            ("list of languages", &[(Language, Html, "DE, AT, CH")], None),
            ("no host", &[(Canonical, Rel, "https:///b")], None),
            ("no scheme", &[(Canonical, Rel, "//a.example/b")], Some("https://a.example/b")),
            ("half an address", &[page, (Image, OpenGraph, "/d.jpg")], Some("https://a.example/d.jpg")),
            ("half, page unknown", &[(Image, OpenGraph, "/d.jpg")], None),
            (
                "empty picture",
                &[(Image, OpenGraph, "https://a.example/i/blank.jpg"), (Image, JsonLd, "https://a.example/e.jpg")],
                Some("https://a.example/e.jpg"),
            ),
            (
                "near miss: a blank page",
                &[(Image, OpenGraph, "https://a.example/blank-page.jpg")],
                Some("https://a.example/blank-page.jpg"),
            ),
            ("list of sections", &[(Section, JsonLd, "Global,Innovation")], Some("Global")),
            (
                "near miss: a list in a name",
                &[(Section, JsonLd, "Health, Safety and Home")],
                Some("Health, Safety and Home"),
            ),
            ("licence", &[page, (License, Rel, "/licensing")], Some("https://a.example/licensing")),
            ("licence in words", &[(License, DublinCore, "All rights reserved")], Some("All rights reserved")),
            ("no licence", &[page, (License, Rel, "#license")], None),
        ];
        for (name, facts, expected) in cases {
            let found = of(facts);
            let value = match facts[facts.len() - 1].0 {
                Site => found.site,
                Language => found.language,
                Canonical => found.canonical,
                Image => found.image,
                Section => found.section,
                _ => found.license,
            };
            assert_eq!(value.as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn tags_one_by_one() {
        use Source::{Article, Meta, Parsely};
        let own = [
            (FactField::Tag, Meta, "a, #b; A"),
            (FactField::Tag, Article, "c"),
            (FactField::Tag, Parsely, "siteGroup: X"),
        ];
        assert_eq!(of(&own).tags, ["a", "b", "c"]);
        assert_eq!(of(&own[2..]).tags, ["siteGroup: X"]);
    }
}
