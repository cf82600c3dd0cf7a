//! The choice among the dates of a page.

use super::Label;
use super::day::{Places, days};
use super::evidence::DateSignal;
use super::propose::{Dates, Shown};
use crate::block::{Blocks, Kind};
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::layout::Layout;
use crate::meta::tables::Table;
use crate::types::PartialDate;
use std::cmp::Reverse;

/// The dates chosen, and the probability that `published` is the page's own date, or that the page has none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) published: Option<PartialDate>,
    pub(crate) modified: Option<PartialDate>,
    pub(crate) confidence: f32,
}

/// Chooses the dates of publication and of the last change.
pub(crate) fn choose(
    dates: &Dates,
    blocks: &Blocks,
    layout: &Layout,
    declared: &Declared,
    places: &Places,
    table: &Table<DateSignal>,
) -> Chosen {
    let (days, none) = days(dates, blocks, layout, declared, places);
    // The probability of a day is its share of all odds, those of having no date included.
    let rivals: Vec<_> = days.iter().map(|day| day.signals).chain([none]).collect();
    let mut scores = table.odds(&rivals);
    let of_none = scores.pop().unwrap_or_default();
    let top = scores.iter().copied().fold(of_none, f32::max);
    let sum: f32 = scores.iter().chain([&of_none]).map(|score| (score - top).exp()).sum();
    let best = days.iter().zip(&scores).max_by(|a, b| a.1.total_cmp(b.1)).filter(|(_, score)| **score > of_none);
    // An article that anybody may edit has no day of publication, only that of its last edit.
    let best = best.filter(|(day, _)| !(day.signals.has(DateSignal::OnlyModified) && is_wiki(blocks)));
    let published = best.map(|(day, _)| fullest(dates, declared, day.date, places));
    Chosen { published, modified: modified(dates, declared, published), confidence: table.worth(1.0 / sum.max(1.0)) }
}

/// The fullest statement of a day: first by field (publication before others), then with a time, then with an offset.
fn fullest(dates: &Dates, declared: &Declared, day: PartialDate, places: &Places) -> PartialDate {
    let fields = [FactField::Published, FactField::Date, FactField::Modified];
    let rank = |date: &PartialDate, field: usize| {
        let midnight = date.time().is_some_and(|time| (time.hour(), time.minute()) == (0, 0));
        let clock = u8::from(date.time().is_some() && !midnight) * 4 + u8::from(date.offset().is_some()) * 2;
        (clock, usize::MAX - field, u8::from(date.time().is_some_and(|time| time.second().is_some())))
    };
    let stated = dates.stated.iter().filter_map(|stated| {
        let fact = &declared.facts[stated.fact];
        let field = fields.iter().position(|field| *field == fact.field)?;
        // Only a declaration about the article itself counts fully: a teaser's time belongs to another article.
        let own = !matches!(fact.source, Source::Class | Source::Time) && !fact.has(Fact::ASIDE);
        Some((stated.date, if own { field } else { field + fields.len() }))
    });
    let shown = dates
        .shown
        .iter()
        .map(|shown| (shown.found.date, if shown.found.label == Label::Published { 0 } else { 2 * fields.len() }));
    let own = stated.chain(shown).filter(|(date, field)| same_date(date, &day) && *field < 2 * fields.len());
    let best = own.max_by_key(|(date, field)| (Reverse(*field), rank(date, *field))).map(|(date, _)| date);
    best.filter(|date| date.time().is_some()).unwrap_or_else(|| {
        // Avoid the time of a change, and prefer the nearest block: a comment of the same day is further away.
        let anchor = places.title.unwrap_or(places.body.start);
        let own = |shown: &&Shown| {
            let changed = matches!(shown.found.label, Label::Modified | Label::Other);
            (!changed, rank(&shown.found.date, 0), Reverse(anchor.abs_diff(shown.block as usize)))
        };
        let any = dates.shown.iter().filter(|shown| same_date(&shown.found.date, &day));
        any.max_by_key(own).map(|shown| shown.found.date).or(best).unwrap_or(day)
    })
}

/// Whether the headings have a link to edit their section behind them, all the same: `History[edit]`, `2. 역사[편집]`.
fn is_wiki(blocks: &Blocks) -> bool {
    /// Fewest such headings, most headings looked at, and the longest link, in bytes.
    const FEWEST: usize = 2;
    const MOST: usize = 40;
    const LONGEST: usize = 40;
    let headings = blocks.items.iter().enumerate().filter(|(_, block)| matches!(block.kind, Kind::Heading(2..)));
    let links = headings.take(MOST).filter_map(|(index, _)| {
        let (_, link) = blocks.text_of(index).strip_suffix(']')?.rsplit_once('[')?;
        (link.len() <= LONGEST && link.starts_with(char::is_alphabetic)).then_some(link)
    });
    let mut first = None;
    links.filter(|link| first.get_or_insert(*link) == link).take(FEWEST).count() == FEWEST
}

fn same_date(one: &PartialDate, other: &PartialDate) -> bool {
    (one.year(), one.month(), one.day()) == (other.year(), other.month(), other.day())
}

/// The most precise and latest date of a change, declared for the article or labelled; never before publication.
fn modified(dates: &Dates, declared: &Declared, published: Option<PartialDate>) -> Option<PartialDate> {
    let stated = dates.stated.iter().filter(|stated| {
        let fact = &declared.facts[stated.fact];
        let other =
            fact.has(Fact::SECOND) || fact.has(Fact::NO_ARTICLE) || fact.has(Fact::ASIDE) || fact.has(Fact::COMMENT);
        fact.field == FactField::Modified && !other
    });
    let shown = dates.shown.iter().filter(|shown| shown.found.label == Label::Modified);
    let candidates = stated.map(|stated| stated.date).chain(shown.map(|shown| shown.found.date));
    let after = |date: &PartialDate| published.is_none_or(|published| published.day_only() <= date.day_only());
    candidates
        .filter(|date| date.is_full() && after(date) && !dates.is_after_crawl(date))
        .max_by_key(|date| (date.offset().is_some(), date.time().is_some(), *date))
}
