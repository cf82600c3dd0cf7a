//! Signals of a day relative to the other days of its page, to the address and to instants in UTC.

use super::calendar::days_between;
use super::day::Day;
use super::evidence::{DateSignal, is_modified, is_published, strong};
use super::propose::Dates;
use crate::meta::declared::Declared;
use crate::meta::fact::FactField;
use crate::types::{Offset, PartialDate};

/// Most instants declared in UTC that are compared with the days shown; a page has one or two.
const MAX_INSTANTS: usize = 8;
/// The web's first newspapers opened in this year: an earlier one is that of an event, or of a text from an archive.
const FIRST_YEAR: u16 = 1995;
/// Up to this many days, a page has hardly more than its own.
const FEW_DAYS: usize = 3;
/// With more days than this, the latest is often that of a teaser.
const MANY_DAYS: usize = 6;

/// What the days of a page are compared with.
pub(super) struct Page<'p> {
    dates: &'p Dates,
    /// The number of days.
    count: usize,
    earliest: Option<PartialDate>,
    latest: Option<PartialDate>,
    earliest_declared: Option<PartialDate>,
    latest_declared: Option<PartialDate>,
    /// The earliest day in microdata, and in a `<time>`.
    earliest_item: Option<PartialDate>,
    earliest_time: Option<PartialDate>,
    /// Whether some day is declared to be that of publication by a strong source, shown at the title, labelled.
    is_any_strong: bool,
    is_any_at_title: bool,
    is_any_labelled: bool,
    /// Instants that are declared in UTC only: by the page's own clock they may be on another day.
    utc: Vec<PartialDate>,
    /// A day is shown that may be the local one of such an instant.
    is_local_shown: bool,
}

impl<'p> Page<'p> {
    pub(super) fn new(dates: &'p Dates, days: &[Day], declared: &Declared) -> Page<'p> {
        use DateSignal as S;
        let full = || days.iter().filter(|day| day.date.is_full());
        let dates_of = |wanted: fn(&Day) -> bool| full().filter(move |day| wanted(day)).map(|day| day.date);
        let earliest_in =
            |signals: &[S]| full().filter(|d| signals.iter().any(|&s| d.signals.has(s))).map(|d| d.date).min();
        let in_utc = dates.stated.iter().filter(|stated| {
            let is_utc = stated.date.time().is_some() && stated.date.offset() == Some(Offset::UTC);
            is_utc && declared.facts[stated.fact].field != FactField::Modified
        });
        let utc: Vec<PartialDate> = in_utc.map(|stated| stated.date).take(MAX_INSTANTS).collect();
        let mut shown = days.iter().filter(|day| day.shown > 0 && !day.is_only_modified());
        Page {
            dates,
            count: days.len(),
            earliest: dates_of(|_| true).min(),
            latest: dates_of(|_| true).max(),
            earliest_declared: dates_of(|day| day.declared).min(),
            latest_declared: dates_of(|day| day.declared).max(),
            earliest_item: earliest_in(&[S::ItemPublished, S::ItemAside]),
            earliest_time: earliest_in(&[S::TimeFirst, S::TimeLater, S::TimeAside]),
            is_any_strong: days.iter().any(|day| strong(day.signals) > 0),
            is_any_at_title: days.iter().any(Day::is_at_title),
            is_any_labelled: days.iter().any(|day| day.signals.has(S::FirstPublished)),
            is_local_shown: shown.any(|day| utc.iter().any(|utc| is_local_day(utc, &day.date))),
            utc,
        }
    }

    /// Whether a day is declared in UTC only.
    fn is_in_utc(&self, date: &PartialDate) -> bool {
        let is_local = || {
            let mut stated = self.dates.stated.iter().filter(|stated| stated.date.same_day(date));
            stated.any(|stated| stated.date.offset() != Some(Offset::UTC))
        };
        self.utc.iter().any(|utc| utc.same_day(date)) && !is_local()
    }
}

impl Day {
    /// Sets the signals that relate the day to the page's others.
    pub(super) fn compare(&mut self, page: &Page<'_>) {
        self.compare_sources();
        self.compare_order(page);
        self.compare_clocks(page);
        self.compare_rivals(page);
        self.compare_addresses(page);
    }

    /// How many sources agree on the day, and on what it is.
    fn compare_sources(&mut self) {
        use DateSignal as S;
        let sources = self.sources.count_ones();
        // However many sources agree, it remains the day of a change.
        let is_only_modified = self.is_only_modified();
        let signals = &mut self.signals;
        signals.set_if(S::Two, sources == 2 && !is_only_modified);
        signals.set_if(S::Three, sources == 3 && !is_only_modified);
        signals.set_if(S::Four, sources >= 4 && !is_only_modified);
        signals.set_if(S::DeclaredAndShown, self.declared && self.shown > 0 && !is_only_modified);
        signals.set_if(S::OnlyModified, is_only_modified);
        signals.set_if(S::ModifiedAgree, sources > 1 && is_only_modified);
        signals.set_if(S::BothFields, is_published(*signals) && is_modified(*signals));
        signals.set_if(S::StrongTwo, strong(*signals) > 1);
        signals.set_if(S::Repeated, self.shown == 2);
        signals.set_if(S::Often, self.shown > 2);
    }

    /// Whether the day is the first or the last of the page's.
    fn compare_order(&mut self, page: &Page<'_>) {
        use DateSignal as S;
        let (date, signals) = (self.date, &mut self.signals);
        let is_latest = page.latest == Some(date);
        signals.set_if(S::Earliest, page.count > 1 && page.earliest == Some(date));
        signals.set_if(S::Latest, page.count > 1 && is_latest);
        signals.set_if(S::LatestOfMany, page.count > MANY_DAYS && is_latest);
        signals.set_if(S::EarliestDeclared, self.declared && page.earliest_declared == Some(date));
        signals.set_if(S::AfterDeclared, page.latest_declared.is_some_and(|latest| date > latest));
        signals.set_if(S::EarliestItem, page.earliest_item == Some(date));
        signals.set_if(S::EarliestTime, page.earliest_time == Some(date));
        signals.set_if(S::FewerDates, page.count <= FEW_DAYS);
        signals.set_if(S::BeforeWeb, date.year().is_some_and(|year| year < FIRST_YEAR));
    }

    /// Whether the day is one declared in UTC, or the local day of such an instant.
    fn compare_clocks(&mut self, page: &Page<'_>) {
        use DateSignal as S;
        let date = self.date;
        let is_in_utc = page.is_in_utc(&date);
        self.signals.set_if(S::Zulu, is_in_utc);
        self.signals.set_if(S::UtcOfShown, is_in_utc && page.is_local_shown);
        if self.shown > 0 && !self.is_only_modified() && page.utc.iter().any(|utc| is_local_day(utc, &date)) {
            let is_next = page.utc.iter().any(|utc| days_between(utc, &date) == Some(1));
            self.signals.set(S::LocalOfZulu);
            self.signals.set_if(S::EastOfZulu, is_next && page.dates.eastern);
        }
    }

    /// Whether another day has evidence that this one lacks.
    fn compare_rivals(&mut self, page: &Page<'_>) {
        use DateSignal as S;
        let (is_strong, is_at_title) = (strong(self.signals) > 0, self.is_at_title());
        let is_only_modified = self.is_only_modified();
        let signals = &mut self.signals;
        signals.set_if(S::OnlyModifiedBeside, is_only_modified && page.is_any_strong);
        signals.set_if(S::PublishedAtTitle, is_strong && is_at_title);
        signals.set_if(S::RivalPublished, !is_strong && page.is_any_strong);
        signals.set_if(S::RivalAtTitle, !is_at_title && page.is_any_at_title);
        signals.set_if(S::RivalLabelled, page.is_any_labelled && !signals.has(S::FirstPublished));
    }

    /// Whether the day is that of a picture, and whether it is in the month that the page's address names.
    fn compare_addresses(&mut self, page: &Page<'_>) {
        use DateSignal as S;
        let (date, signals) = (self.date, &mut self.signals);
        signals.set_if(S::Image, page.dates.images.iter().any(|image| image.same_day(&date)));
        let Some(address) = page.dates.address else { return };
        if address.day().is_some() {
            signals.set_if(S::AddressOtherDay, !address.same_day(&date));
        } else {
            let is_month = (address.year(), address.month()) == (date.year(), date.month());
            signals.set(if is_month { S::AddressMonth } else { S::AddressOtherMonth });
        }
    }

    /// Whether the day is only stated as that of a change.
    fn is_only_modified(&self) -> bool {
        is_modified(self.signals) && !is_published(self.signals)
    }

    /// Whether the day is shown in a short block near the title, and not as that of a change.
    fn is_at_title(&self) -> bool {
        use DateSignal as S;
        self.signals.has(S::FirstShortAfterTitle)
            && self.signals.has_any([S::TitleNext, S::TitleNear])
            && self.signals.has_any([S::Alone, S::Short])
    }
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
