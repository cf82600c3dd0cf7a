//! The decision on every field, once the body is known.

use super::byline;
use super::date::{self, Places};
use super::declared::Declared;
use super::key::key;
use super::propose::Proposals;
use super::stated::stated;
use super::tables::Tables;
use crate::article::Metadata;
use crate::block::Blocks;
use crate::types::{Field, Person, Role, Wanted};
use crate::vocab::Hit;
use std::ops::Range;

/// Decides on title, people and dates; `body` is the range from the first to the last block kept, if any was kept.
pub(crate) fn choose(
    proposals: &mut Proposals,
    blocks: &Blocks,
    hits: &[Hit],
    declared: &Declared,
    body: Option<Range<usize>>,
    tables: &Tables,
    wanted: Wanted,
) -> Metadata {
    let mut metadata = if wanted.has(Field::Declared) { stated(declared) } else { Metadata::default() };
    if !wanted.needs_blocks() {
        return metadata;
    }
    let body = body.unwrap_or_else(|| proposals.layout.body.clone());
    if !proposals.layout.marked_up && body != proposals.layout.body {
        // Without declared titles, the candidates depend on where the body is, and that was a rough guess so far.
        proposals.layout.body = body.clone();
        proposals.gather(blocks, hits, declared, tables);
    }
    proposals.titles.place(blocks, &proposals.layout, &body, &proposals.dated);
    let best = proposals.titles.best(&tables.titles);
    let title_block = best.and_then(|(candidate, _)| candidate.block);
    if wanted.has(Field::Title) {
        metadata.title = best.map(|(candidate, _)| {
            // The headline as the page shows it, if it does.
            let shown =
                candidate.block.map(|index| blocks.text_of(index)).filter(|shown| key(shown) == key(&candidate.text));
            shown.unwrap_or(&candidate.text).to_owned()
        });
        // Of 2,900 pages one came out without a title: too few to measure what that is worth.
        metadata.confidence.title = best.map_or(0.5, |(_, probability)| probability);
    }
    if wanted.has(Field::Byline) {
        proposals.names.place(&proposals.layout, &body, title_block, &proposals.dated);
        let decided = byline::decide(&proposals.names, &tables.names);
        metadata.byline = credit(&decided.people);
        metadata.people = decided.people;
        metadata.confidence.byline = decided.confidence;
    }
    if wanted.has(Field::Date) {
        let places = Places { title: title_block, body };
        let dates = date::choose(&proposals.dates, blocks, &proposals.layout, declared, &places, &tables.dates);
        (metadata.published, metadata.modified) = (dates.published, dates.modified);
        metadata.confidence.date = dates.confidence;
    }
    metadata
}

/// The authors in one line, or everybody named if there is no author. Never the page's own line, which also holds
/// dates, sections, addresses and counters.
fn credit(people: &[Person]) -> Option<String> {
    let authors = people.iter().filter(|person| person.role == Role::Author).count();
    // Authors come first.
    let named = if authors > 0 { &people[..authors] } else { people };
    let names: Vec<&str> = named.iter().map(|person| person.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_names_the_authors_and_others_only_without_one() {
        use Role::{Author, Editor, Photographer};
        let cases: &[(&[(&str, Role)], Option<&str>)] = &[
            (&[], None),
            (&[("김하나", Author)], Some("김하나")),
            (&[("Ann Lee", Author), ("Bo Ray", Author), ("Cy Fox", Editor)], Some("Ann Lee, Bo Ray")),
            (&[("Cy Fox", Editor), ("Di Poe", Photographer)], Some("Cy Fox, Di Poe")),
        ];
        for (people, expected) in cases {
            let people: Vec<Person> = people.iter().map(|&(name, role)| Person::new(name, role)).collect();
            assert_eq!(credit(&people).as_deref(), *expected, "{people:?}");
        }
    }
}
