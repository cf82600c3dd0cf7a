//! The days that a page names, each with the evidence that it is the day of publication.

use super::calendar::days_between;
use super::evidence::{DateSignal, is_modified, is_published, of_fact, strong};
use super::propose::{Dates, Shown, Stated, is_dateline};
use super::{Label, Shape};
use crate::block::{Block, Blocks, Kind};
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, Field, Source};
use crate::meta::hint::Hint;
use crate::meta::key::is_wide;
use crate::meta::layout::Layout;
use crate::meta::signal::Signals;
use crate::types::{Offset, PartialDate};
use std::ops::Range;

/// Blocks after the title in which a date is next to it, and near it.
const NEXT: usize = 3;
const NEAR: usize = 10;
/// Blocks beside the body in which a date belongs to it.
const BESIDE: usize = 4;
/// Most instants declared in UTC that are compared with the days shown; a page has one or two.
const MAX_INSTANTS: usize = 8;
/// Bytes beside the date in its block: most if the date is alone, most in a short block, and fewest in prose.
const ALONE: usize = 32;
const SHORT: usize = 90;
const PROSE: usize = 240;
/// Most bytes beside a date to search for a copyright sign: a longer block may hold thousands of dates.
const LONGEST_CREDIT: usize = 4096;
/// Most bytes before a date that opens its block: a place or a name.
const HEAD: usize = 40;

/// A day with its evidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    pub(crate) date: PartialDate,
    pub(crate) signals: Signals<DateSignal>,
    sources: u32,
    declared: bool,
    shown: u32,
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
        gather.put(address, Signals::of([DateSignal::Address]), 1 << 20, true);
    }
    gather.shown(blocks);
    gather.relate(declared);
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
        for index in 0..self.dates.stated.len() {
            let stated = self.dates.stated[index];
            let fact = &declared.facts[stated.fact];
            let aside = fact.has(Fact::ASIDE) || fact.has(Fact::COMMENT) || fact.has(Fact::BIO);
            let mut signals = Signals::default();
            let mut set = |signal: S, condition: bool| signals.set_if(signal, condition);
            match fact.source {
                Source::Time => {
                    set(S::TimeFirst, !aside && !seen_time);
                    set(S::TimeLater, !aside && seen_time);
                    set(S::TimeMany, times > 4);
                    set(S::TimeShown, !fact.has(Fact::MACHINE));
                    set(S::TimeBeforeHeading, fact.has(Fact::BEFORE_H1));
                    set(S::TimeAside, aside);
                    set(S::TimeLinked, fact.has(Fact::LINK));
                    seen_time |= !aside;
                }
                Source::Class => {
                    set(S::ClassFirst, !aside && !seen_class);
                    set(S::ClassLater, !aside && seen_class);
                    set(S::ClassMany, classes > 4);
                    set(S::ClassAside, aside);
                    seen_class |= !aside;
                }
                _ => of_fact(fact).into_iter().for_each(|signal| set(signal, true)),
            }
            // Classes and `<time>` only point at a date that is shown anyway.
            let declared = !matches!(fact.source, Source::Class | Source::Time);
            self.put(stated.date, signals, 1 << fact.source as u32, declared);
        }
    }

    fn shown(&mut self, blocks: &Blocks) {
        use DateSignal as S;
        let flat = !self.layout.marked_up;
        let (mut published, mut modified, mut short, mut after, mut short_after) = (false, false, false, false, false);
        for index in 0..self.dates.shown.len() {
            let shown = self.dates.shown[index];
            let (found, block) = (shown.found, shown.block as usize);
            let Some(item) = blocks.items.get(block) else { continue };
            let line = self.layout.lines.get(block).copied().unwrap_or_default();
            let mut signals = Signals::default();
            let rest = item.text.len().saturating_sub(found.span.len());
            let outside = line.hint.has(Hint::ASIDE) || line.hint.has(Hint::COMMENT) || line.hidden;
            let dateline = is_dateline(&found) && !outside;
            let is_short = rest <= SHORT || found.label != Label::None;
            let told = match found.label {
                Label::Published if flat => S::FlatPublished,
                Label::Published => S::ShownPublished,
                Label::Modified if flat => S::FlatModified,
                Label::Modified => S::ShownModified,
                Label::Other => S::ShownOther,
                Label::None if found.relative => S::ShownRelative,
                Label::None if flat => S::FlatPlain,
                Label::None => S::ShownPlain,
            };
            signals.set(told);
            let mut set = |signal: S, condition: bool| signals.set_if(signal, condition);
            set(S::Alone, rest <= ALONE);
            set(S::Short, rest > ALONE && rest <= SHORT);
            set(S::Prose, rest >= PROSE && found.label == Label::None);
            set(S::Aside, line.hint.has(Hint::ASIDE));
            set(S::Comment, line.hint.has(Hint::COMMENT));
            set(S::Hinted, line.hint.has(Hint::DATE));
            set(S::Byline, line.hint.has(Hint::AUTHOR));
            set(S::Linked, line.linked);
            set(S::InHeader, line.header);
            set(S::Hidden, line.hidden || item.has(Block::HIDDEN));
            set(S::Timed, found.date.time().is_some() && is_short);
            set(S::Inferred, found.date.is_year_inferred());
            set(S::Caption, item.kind == Kind::Caption);
            let credits = || rest <= LONGEST_CREDIT && blocks.text_of(block).contains(['©', 'ⓒ', 'Ⓒ']);
            // `… 2019.9.7/뉴스1`
            let tail = || blocks.text_of(block).get(found.span.range().end..).unwrap_or_default();
            let agency = || rest > ALONE && tail().strip_prefix('/').is_some_and(|rest| rest.starts_with(is_wide));
            let credit = found.label == Label::None && (credits() || agency());
            set(S::Credit, credit);
            let bare = found.label == Label::None && rest > ALONE;
            let ends = || blocks.text_of(block).ends_with(['.', '。', '?', '!', '”', '"']);
            let sentence = bare && found.span.range().start > HEAD && ends();
            set(S::InSentence, sentence);
            set(S::SentenceOnly, sentence && flat);
            // `2026년 12월 31일이다`: a particle makes the date part of a sentence.
            let glued = bare && tail().starts_with(|c: char| is_wide(c) && c.is_alphanumeric());
            set(S::Glued, glued);
            let next = self.dates.shown.get(index + 1).filter(|next| next.block == shown.block);
            let modified_next = next.is_some_and(|next| next.found.label == Label::Modified);
            set(S::BeforeModified, found.label == Label::None && modified_next);
            let head = found.span.range().start <= HEAD;
            set(S::BlockHead, head && rest > ALONE);
            set(S::FlatHead, head && flat && rest >= PROSE);
            // A date in a sentence or a credit is not near title or body: only its block is.
            let told = flat && (glued || agency());
            if dateline && !told {
                set(S::FirstModified, found.label == Label::Modified && !modified);
                modified |= found.label == Label::Modified;
                set(S::FirstPublished, found.label == Label::Published && !published);
                let is_short = is_short && found.label != Label::Modified;
                set(S::FirstShort, is_short && !short);
                published |= found.label == Label::Published;
                short |= is_short;
                if found.label != Label::Modified && self.places.title.is_none_or(|title| block >= title) {
                    set(S::FirstAfterTitle, !after);
                    set(S::FirstShortAfterTitle, is_short && !short_after);
                    after = true;
                    short_after |= is_short;
                }
            }
            if !told {
                self.place(block, &mut signals);
            }
            let place = if found.label == Label::Published { 1 << 22 } else { 1 << 21 };
            self.put(found.date, signals, place, false);
        }
    }

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

    /// Sets the signals that relate the days to each other.
    fn relate(&mut self, declared: &Declared) {
        use DateSignal as S;
        let dates = self.dates;
        let full = |day: &&Day| day.date.is_full();
        let earliest = self.days.iter().filter(full).map(|day| day.date).min();
        let latest = self.days.iter().filter(full).map(|day| day.date).max();
        let stated = || self.days.iter().filter(|day| day.declared && day.date.is_full()).map(|day| day.date);
        let (earliest_declared, latest_declared) = (stated().min(), stated().max());
        // Instants that are declared in UTC only: by the page's own clock they may be on another day.
        let zulu: Vec<PartialDate> = dates
            .stated
            .iter()
            .filter(|stated| stated.date.time().is_some() && stated.date.offset() == Some(Offset::UTC))
            .filter(|stated| declared.facts[stated.fact].field != Field::Modified)
            .map(|stated| stated.date)
            .take(MAX_INSTANTS)
            .collect();
        let local = |date: &PartialDate| {
            let of_day = |stated: &&Stated| stated.date.same_day(date);
            dates.stated.iter().filter(of_day).any(|stated| stated.date.offset() != Some(Offset::UTC))
        };
        let shown_days: Vec<PartialDate> = self
            .days
            .iter()
            .filter(|day| day.shown > 0 && !is_only_modified(day.signals))
            .map(|day| day.date)
            .collect();
        let labelled = |signals: Signals<DateSignal>| signals.has(S::FirstPublished);
        let any = |wanted: &dyn Fn(Signals<DateSignal>) -> bool| self.days.iter().any(|day| wanted(day.signals));
        let (any_strong, any_at_title, any_labelled) =
            (any(&|signals| strong(signals) > 0), any(&is_at_title), any(&labelled));
        let earliest_with = |signal: S| {
            self.days.iter().filter(|day| day.signals.has(signal) && day.date.is_full()).map(|day| day.date).min()
        };
        let items = [S::ItemPublished, S::ItemAside].map(earliest_with).into_iter().flatten().min();
        let times = [S::TimeFirst, S::TimeLater, S::TimeAside].map(earliest_with).into_iter().flatten().min();
        let count = self.days.len();
        for day in &mut self.days {
            let agree = day.sources.count_ones();
            let (date, own) = (day.date, day.signals);
            let signals = &mut day.signals;
            let mut set = |signal: S, condition: bool| signals.set_if(signal, condition);
            // However many sources agree, it remains the day of a change.
            let only_modified = is_only_modified(own);
            set(S::Two, agree == 2 && !only_modified);
            set(S::Three, agree == 3 && !only_modified);
            set(S::Four, agree >= 4 && !only_modified);
            set(S::DeclaredAndShown, day.declared && day.shown > 0 && !only_modified);
            set(S::ModifiedAgree, agree > 1 && only_modified);
            set(S::Earliest, count > 1 && Some(date) == earliest);
            set(S::Latest, count > 1 && Some(date) == latest);
            set(S::LatestOfMany, count > 6 && Some(date) == latest);
            set(S::EarliestDeclared, day.declared && Some(date) == earliest_declared);
            set(S::AfterDeclared, latest_declared.is_some_and(|latest| date > latest));
            set(S::Repeated, day.shown == 2);
            set(S::Often, day.shown > 2);
            set(S::FewerDates, count <= 3);
            let of_zulu = zulu.iter().any(|utc| utc.same_day(&date)) && !local(&date);
            set(S::Zulu, of_zulu);
            set(
                S::UtcOfShown,
                of_zulu && zulu.iter().any(|utc| shown_days.iter().any(|shown| is_local_day(utc, shown))),
            );
            let local_day = day.shown > 0 && !only_modified && zulu.iter().any(|utc| is_local_day(utc, &date));
            set(S::LocalOfZulu, local_day);
            let next = zulu.iter().any(|utc| days_between(utc, &date) == Some(1));
            set(S::EastOfZulu, local_day && next && dates.eastern);
            set(S::OnlyModified, only_modified);
            set(S::OnlyModifiedBeside, only_modified && any_strong);
            set(S::BothFields, is_published(own) && is_modified(own));
            set(S::StrongTwo, strong(own) > 1);
            set(S::PublishedAtTitle, strong(own) > 0 && is_at_title(own));
            set(S::RivalPublished, strong(own) == 0 && any_strong);
            set(S::RivalAtTitle, !is_at_title(own) && any_at_title);
            set(S::RivalLabelled, !labelled(own) && any_labelled);
            set(S::EarliestItem, items == Some(date));
            set(S::EarliestTime, times == Some(date));
            set(S::BeforeWeb, date.year().is_some_and(|year| year < 1995));
            set(S::Image, dates.images.iter().any(|image| image.same_day(&date)));
            if let Some(address) = dates.address {
                let month = (address.year(), address.month()) == (date.year(), date.month());
                set(S::AddressMonth, month && address.day().is_none());
                set(S::AddressOtherMonth, !month && address.day().is_none());
                set(S::AddressOtherDay, address.day().is_some() && !address.same_day(&date));
            }
        }
    }

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
        set(S::NoneMany, self.days.len() > 8);
        set(S::NoneNear, !self.days.iter().any(is_near));
        set(S::NoneArticle, !declared.of(Field::Type).any(|fact| !fact.has(Fact::NO_ARTICLE)));
        none
    }
}

/// Whether a day is only stated as that of a change.
fn is_only_modified(signals: Signals<DateSignal>) -> bool {
    is_modified(signals) && !is_published(signals)
}

/// Whether a day is shown in a short block near the title, and not as that of a change.
fn is_at_title(signals: Signals<DateSignal>) -> bool {
    use DateSignal as S;
    signals.has(S::FirstShortAfterTitle)
        && signals.has_any([S::TitleNext, S::TitleNear])
        && signals.has_any([S::Alone, S::Short])
}

/// Whether `day` is a day before or after an instant in UTC, and the day of that instant in some zone.
fn is_local_day(utc: &PartialDate, day: &PartialDate) -> bool {
    let Some(hour) = utc.time().map(|time| time.hour()) else { return false };
    match days_between(utc, day) {
        // Zones from UTC+14 to UTC-12.
        Some(1) => hour >= 10,
        Some(-1) => hour < 12,
        _ => false,
    }
}
