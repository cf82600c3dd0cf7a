//! The days that a page names, each with the evidence that it is the day of publication.

use super::compare::Page;
use super::evidence::{DateSignal, of_fact};
use super::propose::{Dates, Shown};
use super::shown::{Met, SHORT, Sight};
use super::{Label, Shape};
use crate::block::Blocks;
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::layout::Layout;
use crate::meta::signal::Signals;
use crate::types::PartialDate;
use std::ops::Range;

/// Blocks after the title in which a date is next to it, and near it.
const NEXT: usize = 3;
const NEAR: usize = 10;
/// Blocks beside the body in which a date belongs to it.
const BESIDE: usize = 4;
/// With more than this many dates in `<time>`, or in elements whose class says so, most are those of a list.
const MANY_ELEMENTS: usize = 4;
/// With more days than this, a page is often a list or a table and has no date of its own.
const MANY_DAYS: usize = 8;
/// Places that name a day, as bits of [`Day::sources`] above those of declarations.
const ADDRESS: u32 = 1 << 20;
const SHOWN: u32 = 1 << 21;
const LABELLED: u32 = 1 << 22;

/// A day with its evidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    pub(crate) date: PartialDate,
    pub(crate) signals: Signals<DateSignal>,
    /// Who states the day, as bits: each [`Source::bit`], and the places that show it.
    pub(super) sources: u32,
    pub(super) declared: bool,
    /// How often the day is shown.
    pub(super) shown: u32,
}

/// Where title and body are.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) title: Option<usize>,
    pub(crate) body: Range<usize>,
}

/// Every full day with its evidence, and the signals of the outcome that the page has no date.
pub(crate) fn days(
    dates: &Dates,
    blocks: &Blocks,
    layout: &Layout,
    declared: &Declared,
    places: &Places,
) -> (Vec<Day>, Signals<DateSignal>) {
    let mut gather = Gather { dates, layout, places, days: Vec::new() };
    gather.stated(declared);
    if let Some(address) = dates.address {
        gather.put(address, Signals::of([DateSignal::Address]), ADDRESS, true);
    }
    gather.shown(blocks);
    let page = Page::new(dates, &gather.days, declared);
    gather.days.iter_mut().for_each(|day| day.compare(&page));
    let none = gather.none(blocks, declared);
    (gather.days, none)
}

struct Gather<'p> {
    dates: &'p Dates,
    layout: &'p Layout,
    places: &'p Places,
    days: Vec<Day>,
}

impl Gather<'_> {
    fn put(&mut self, date: PartialDate, signals: Signals<DateSignal>, source: u32, declared: bool) {
        if date.day().is_none() || self.dates.is_after_crawl(&date) {
            return;
        }
        let parts = |date: PartialDate| (date.year(), date.month(), date.day());
        // There are few: a linear search is faster than building an index.
        let known = self.days.iter().position(|day| parts(day.date) == parts(date));
        let at = known.unwrap_or_else(|| {
            let signals = Signals::default();
            self.days.push(Day { date: date.day_only(), signals, sources: 0, declared: false, shown: 0 });
            self.days.len() - 1
        });
        let day = &mut self.days[at];
        day.sources |= source;
        day.declared |= declared;
        day.shown += u32::from(!declared);
        day.signals = day.signals.or(signals);
    }

    fn stated(&mut self, declared: &Declared) {
        use DateSignal as S;
        let count = |source| {
            let dates = self.dates.stated.iter();
            dates.filter(|stated| declared.facts[stated.fact].source == source).count()
        };
        let (times, classes) = (count(Source::Time), count(Source::Class));
        let (mut seen_time, mut seen_class) = (false, false);
        for stated in &self.dates.stated {
            let fact = &declared.facts[stated.fact];
            let aside = fact.has(Fact::ASIDE) || fact.has(Fact::COMMENT) || fact.has(Fact::BIO);
            let mut signals = Signals::default();
            let mut set = |signal: S, condition: bool| signals.set_if(signal, condition);
            match fact.source {
                Source::Time => {
                    set(S::TimeFirst, !aside && !seen_time);
                    set(S::TimeLater, !aside && seen_time);
                    set(S::TimeMany, times > MANY_ELEMENTS);
                    set(S::TimeShown, !fact.has(Fact::MACHINE));
                    set(S::TimeBeforeHeading, fact.has(Fact::BEFORE_H1));
                    set(S::TimeAside, aside);
                    set(S::TimeLinked, fact.has(Fact::LINK));
                    seen_time |= !aside;
                }
                Source::Class => {
                    set(S::ClassFirst, !aside && !seen_class);
                    set(S::ClassLater, !aside && seen_class);
                    set(S::ClassMany, classes > MANY_ELEMENTS);
                    set(S::ClassAside, aside);
                    seen_class |= !aside;
                }
                _ => of_fact(fact).into_iter().for_each(|signal| set(signal, true)),
            }
            // Classes and `<time>` only point at a date that is shown anyway.
            let declared = !matches!(fact.source, Source::Class | Source::Time);
            self.put(stated.date, signals, fact.source.bit(), declared);
        }
    }

    /// Adds the dates that the page shows.
    fn shown(&mut self, blocks: &Blocks) {
        let mut met = Met::default();
        let dates = &self.dates.shown;
        for (at, shown) in dates.iter().enumerate() {
            let Some(sight) = Sight::of(shown, blocks, self.layout) else { continue };
            let mut signals = sight.signals();
            let next = dates.get(at + 1).filter(|next| next.block == shown.block);
            let is_next_modified = next.is_some_and(|next| next.found.label == Label::Modified);
            signals.set_if(DateSignal::BeforeModified, shown.found.label == Label::None && is_next_modified);
            if !sight.is_set_in() {
                signals = signals.or(met.meet(&sight, self.places.title));
                self.place(shown.block as usize, &mut signals);
            }
            let source = if shown.found.label == Label::Published { LABELLED } else { SHOWN };
            self.put(shown.found.date, signals, source, false);
        }
    }

    /// Sets the signals of a block's distance from title and body.
    fn place(&self, block: usize, signals: &mut Signals<DateSignal>) {
        use DateSignal as S;
        if let Some(title) = self.places.title {
            let signal = match block.checked_sub(title) {
                Some(distance) if distance <= NEXT => S::TitleNext,
                Some(distance) if distance <= NEAR => S::TitleNear,
                Some(_) => S::TitleAfter,
                None if title - block <= NEXT => S::TitleBefore,
                None => S::PageTop,
            };
            signals.set(signal);
        }
        let body = &self.places.body;
        let signal = if block < body.start {
            if body.start - block <= BESIDE { S::BodyNext } else { S::BodyBefore }
        } else if block < body.end {
            if block - body.start < BESIDE { S::BodyStart } else { S::BodyInside }
        } else if block - body.end < BESIDE {
            S::BodyEnd
        } else {
            S::BodyAfter
        };
        signals.set(signal);
    }

    /// The signals of the outcome that the page has no date.
    fn none(&self, blocks: &Blocks, declared: &Declared) -> Signals<DateSignal> {
        use DateSignal as S;
        let mut none = Signals::default();
        let is_near = |day: &Day| day.signals.has_any([S::TitleNext, S::BodyNext]);
        let is_short = |shown: &Shown| {
            let length = blocks.items.get(shown.block as usize).map_or(0, |block| block.text.len());
            length <= SHORT && matches!(shown.found.shape, Shape::Named | Shape::Numeric | Shape::ShortYear)
        };
        let mut set = |signal: S, condition: bool| none.set_if(signal, condition);
        set(S::NoneBias, true);
        set(S::NoneDeclared, !self.days.iter().any(|day| day.declared));
        set(S::NoneShown, self.dates.shown.is_empty());
        set(S::NoneShort, !self.dates.shown.iter().any(is_short));
        set(S::NoneLabelled, !self.dates.shown.iter().any(|shown| shown.found.label == Label::Published));
        set(S::NoneFlat, !self.layout.marked_up);
        set(S::NoneMany, self.days.len() > MANY_DAYS);
        set(S::NoneNear, !self.days.iter().any(is_near));
        set(S::NoneArticle, !declared.of(FactField::Type).any(|fact| !fact.has(Fact::NO_ARTICLE)));
        none
    }
}
