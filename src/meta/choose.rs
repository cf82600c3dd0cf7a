//! The decision on every field, once the body is known.

use super::byline;
use super::date::{self, Places};
use super::declared::Declared;
use super::fact::{Fact, Field, Source};
use super::key::key;
use super::plain::cut;
use super::propose::Proposals;
use super::tables::Tables;
use crate::article::Metadata;
use crate::block::Blocks;
use crate::types::{self, Wanted};
use crate::vocab::Hit;
use std::ops::Range;

/// Tags kept.
const MAX_TAGS: usize = 30;
/// Longest line shown as byline, in bytes.
const MAX_BYLINE: usize = 160;

/// Decides on title, people and dates; `body` is the range of blocks from the first to the last kept, if any was.
pub(crate) fn choose(
    proposals: &mut Proposals,
    blocks: &Blocks,
    hits: &[Hit],
    declared: &Declared,
    body: Option<Range<usize>>,
    tables: &Tables,
    wanted: Wanted,
) -> Metadata {
    let mut metadata = if wanted.has(types::Field::Declared) { stated(declared) } else { Metadata::default() };
    if !wanted.needs_blocks() {
        return metadata;
    }
    let body = body.unwrap_or_else(|| proposals.layout.body.clone());
    if !proposals.layout.marked_up && body != proposals.layout.body {
        // Nothing is declared: all there is stands around the body, which was a rough guess so far.
        proposals.layout.body = body.clone();
        proposals.gather(blocks, hits, declared, tables);
    }
    proposals.titles.place(blocks, &proposals.layout, &body, &proposals.dated);
    let best = proposals.titles.best(&tables.titles);
    let title_block = best.and_then(|(candidate, _)| candidate.block);
    if wanted.has(types::Field::Title) {
        metadata.title = best.map(|(candidate, _)| {
            // As shown, where it is shown.
            let shown =
                candidate.block.map(|index| blocks.text_of(index)).filter(|shown| key(shown) == key(&candidate.text));
            shown.unwrap_or(&candidate.text).to_owned()
        });
        metadata.confidence.title = best.map_or(0.5, |(_, probability)| probability);
    }
    if wanted.has(types::Field::Byline) {
        proposals.names.place(&proposals.layout, &body, title_block, &proposals.dated);
        let decided = byline::decide(&proposals.names, &tables.names);
        let shown = decided.block.map(|index| blocks.text_of(index)).filter(|line| line.len() <= MAX_BYLINE);
        let names = || decided.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
        metadata.byline = (!decided.people.is_empty()).then(|| shown.map_or_else(names, str::to_owned));
        metadata.people = decided.people;
        metadata.confidence.byline = decided.confidence;
    }
    if wanted.has(types::Field::Dates) {
        let places = Places { title: title_block, body };
        let dates = date::choose(&proposals.dates, blocks, &proposals.layout, declared, &places, &tables.dates);
        (metadata.published, metadata.modified) = (dates.published, dates.modified);
        metadata.confidence.date = dates.confidence;
    }
    metadata
}

/// What a page states and nothing has to be weighed for.
fn stated(declared: &Declared) -> Metadata {
    let first = |field: Field, order: &[Source]| {
        let of = |source: &Source| {
            declared.of(field).find(|f| f.source == *source && f.flags & (Fact::SECOND | Fact::NO_ARTICLE) == 0)
        };
        let any = || declared.of(field).find(|f| !f.has(Fact::SECOND));
        order.iter().find_map(of).or_else(any).map(|f| f.value.clone())
    };
    let address = |value: Option<String>| value.filter(|v| v.contains("://") || v.starts_with("//"));
    Metadata {
        site: first(Field::Site, &[Source::OpenGraph, Source::JsonLd]),
        language: first(Field::Language, &[Source::Html, Source::OpenGraph]).map(|tag| tag.replace('_', "-")),
        canonical: address(first(Field::Canonical, &[Source::Rel, Source::OpenGraph])),
        image: address(first(Field::Image, &[Source::OpenGraph, Source::JsonLd, Source::Twitter])),
        section: first(Field::Section, &[Source::Article, Source::JsonLd]).filter(|v| !v.contains("://")),
        tags: tags(declared),
        description: first(Field::Description, &[Source::OpenGraph, Source::JsonLd, Source::Meta]),
        license: first(Field::License, &[Source::Rel, Source::JsonLd]),
        ..Metadata::default()
    }
}

/// Tags as stated one by one, and keyword lists taken apart at commas.
fn tags(declared: &Declared) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for fact in declared.of(Field::Tag).filter(|fact| !fact.has(Fact::SECOND)) {
        for tag in cut(&fact.value, 1_000).split([',', ';', '，', '、']).map(str::trim).filter(|tag| !tag.is_empty())
        {
            if tags.len() < MAX_TAGS && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}
