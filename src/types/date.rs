//! Dates of exactly the precision that a page gives.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A calendar date that holds just the parts the page states.
///
/// Nothing is filled in: no midnight for a missing time, no UTC for a missing offset. The day is the one on the page,
/// never shifted to another zone.
///
/// It displays as ISO 8601 with exactly its precision: `2025`, `2025-04`, `2025-04-17`, `2025-04-17T11:21`,
/// `2025-04-17T11:21:08+09:00`; without a year as `--04-17`. It parses from the same forms, and from those with a space
/// for the `T`, an offset without a colon or minutes, or a fraction of a second, which is dropped.
///
/// Dates are ordered as a calendar is: by day, then by time of day as written, a missing part before any present one.
/// Offsets only break ties, so that two articles of the same day stay on that day wherever they were written.
///
/// Dates are equal if they display the same. That the year of one was [inferred](PartialDate::is_year_inferred) says how
/// it became known, not what it is; and noon in one zone is not noon in another, nor is a day without a time its midnight.
///
/// ```
/// use copydesk::PartialDate;
/// let date: PartialDate = "2025-04-17T11:21+09:00".parse().unwrap();
/// assert_eq!(date.day(), Some(17));
/// assert_eq!(date.to_string(), "2025-04-17T11:21+09:00");
/// assert!("2025-02-30".parse::<PartialDate>().is_err());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PartialDate {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    time: Option<Time>,
    offset: Option<Offset>,
    year_inferred: bool,
}

/// A wall-clock time.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time {
    hour: u8,
    minute: u8,
    second: Option<u8>,
}

/// An offset from UTC that is in use somewhere.
///
/// ```
/// use copydesk::Offset;
/// assert_eq!(Offset::new(9 * 60).map(Offset::minutes), Some(540));
/// assert_eq!(Offset::new(99 * 60), None);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Offset(i16);

/// The error of parsing a [`PartialDate`] from text that is not an ISO 8601 date.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a date in ISO 8601 (such as 2025-04-17 or 2025-04-17T11:21+09:00)")]
#[non_exhaustive]
pub struct InvalidDate;

impl PartialDate {
    /// A date known to the day; `None` if the calendar has no such day.
    #[must_use]
    pub const fn from_ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        Self::new(Some(year), Some(month), Some(day))
    }

    /// A date of these parts; `None` if the calendar has no such date.
    ///
    /// A day needs a month, and a date needs a year or a month. Without a year, 29 February is accepted.
    #[must_use]
    pub const fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let possible = match (year, month, day) {
            (Some(y), _, _) if y > 9999 => false,
            (Some(_), None, None) => true,
            (_, Some(m), None) => 1 <= m && m <= 12,
            (year, Some(m), Some(d)) => 1 <= m && m <= 12 && 1 <= d && d <= days_in(year, m),
            (_, None, _) => false,
        };
        if possible {
            Some(PartialDate { year, month, day, time: None, offset: None, year_inferred: false })
        } else {
            None
        }
    }

    /// The same day with a time of day and, if stated, an offset from UTC; `None` if the date has no day.
    #[must_use]
    pub const fn at(mut self, time: Time, offset: Option<Offset>) -> Option<Self> {
        if self.day.is_none() {
            return None;
        }
        self.time = Some(time);
        self.offset = offset;
        Some(self)
    }

    /// The Gregorian year, if the page states one or it could be inferred.
    #[must_use]
    pub const fn year(&self) -> Option<u16> {
        self.year
    }

    /// The month, 1 to 12. A date without a month has no day.
    #[must_use]
    pub const fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> Option<u8> {
        self.day
    }

    /// The time of day as written on the page. Only a date with a day has one.
    #[must_use]
    pub const fn time(&self) -> Option<Time> {
        self.time
    }

    /// The offset of the time from UTC, if the page states one.
    #[must_use]
    pub const fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// Whether the year was inferred from other evidence on the page, such as the address of an image.
    #[must_use]
    pub const fn is_year_inferred(&self) -> bool {
        self.year_inferred
    }

    /// All that counts for equality and order.
    const fn parts(&self) -> (Option<u16>, Option<u8>, Option<u8>, Option<Time>, Option<Offset>) {
        let PartialDate { year, month, day, time, offset, year_inferred: _ } = *self;
        (year, month, day, time, offset)
    }

    /// The same day without its time.
    #[must_use]
    pub(crate) const fn day_only(mut self) -> Self {
        (self.time, self.offset) = (None, None);
        self
    }

    /// The same date with a year that was inferred; `None` if that year has no such day.
    pub(crate) fn with_inferred_year(self, year: u16) -> Option<Self> {
        let PartialDate { time, offset, .. } = self;
        let date = Self::new(Some(year), self.month, self.day)?;
        Some(PartialDate { time, offset, year_inferred: true, ..date })
    }

    /// Whether year, month and day are known.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether both are full dates of the same day.
    #[must_use]
    pub fn same_day(&self, other: &PartialDate) -> bool {
        self.is_full() && (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

impl Time {
    /// A time of day; `None` if there is no such time. 24:00 is not one.
    #[must_use]
    pub const fn new(hour: u8, minute: u8, second: Option<u8>) -> Option<Self> {
        let second_fits = match second {
            Some(second) => second <= 60,
            None => true,
        };
        if hour < 24 && minute < 60 && second_fits { Some(Time { hour, minute, second }) } else { None }
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// The second, if given: 0 to 60, which is a leap second.
    #[must_use]
    pub const fn second(&self) -> Option<u8> {
        self.second
    }
}

impl Offset {
    /// UTC itself.
    pub const UTC: Offset = Offset(0);

    /// The farthest zones: UTC−12 and UTC+14.
    const WEST: i16 = -12 * 60;
    const EAST: i16 = 14 * 60;

    /// An offset of so many minutes east of UTC; `None` beyond the zones in use, UTC−12 to UTC+14.
    #[must_use]
    pub const fn new(minutes: i16) -> Option<Self> {
        if Self::WEST <= minutes && minutes <= Self::EAST { Some(Offset(minutes)) } else { None }
    }

    /// Minutes to the east of UTC.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.0
    }
}

/// Length of a month; February of an unknown year has 29 days.
const fn days_in(year: Option<u16>, month: u8) -> u8 {
    match (month, year) {
        (4 | 6 | 9 | 11, _) => 30,
        (2, Some(y)) if !(y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) => 28,
        (2, _) => 29,
        _ => 31,
    }
}

impl PartialEq for PartialDate {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for PartialDate {}

impl Hash for PartialDate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // ISO 8601-1:2019 has no form without a year; `--MM-DD` is the one of the 2000 edition (and of vCard).
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        let Some(month) = self.month else { return Ok(()) };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{time}")?;
        self.offset.map_or(Ok(()), |offset| write!(f, "{offset}"))
    }
}

/// As ISO 8601: `11:21`, `11:21:08`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        self.second.map_or(Ok(()), |second| write!(f, ":{second:02}"))
    }
}

/// As ISO 8601: `Z`, `+09:00`.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => return f.write_str("Z"),
            ..0 => '-',
            _ => '+',
        };
        write!(f, "{sign}{:02}:{:02}", self.0.unsigned_abs() / 60, self.0.unsigned_abs() % 60)
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut rest = Digits(text.as_bytes());
        rest.date().filter(|_| rest.0.is_empty()).ok_or(InvalidDate)
    }
}

/// The rest of an ISO date. It is all ASCII, so bytes are enough.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn date(&mut self) -> Option<PartialDate> {
        let year = if self.eat(b"--") { None } else { Some(self.number(4)?) };
        let next = |digits: &mut Self, at_once: bool| -> Option<Option<u8>> {
            if !at_once && !digits.eat(b"-") {
                return Some(None);
            }
            Some(Some(u8::try_from(digits.number(2)?).ok()?))
        };
        let month = next(self, year.is_none())?;
        let day = if month.is_some() { next(self, false)? } else { None };
        let date = PartialDate::new(year, month, day)?;
        if day.is_none() || !(self.eat(b"T") || self.eat(b" ")) {
            return Some(date);
        }
        let (time, offset) = self.time()?;
        date.at(time, offset)
    }

    fn time(&mut self) -> Option<(Time, Option<Offset>)> {
        let hour = self.number(2)?;
        let minute = self.eat(b":").then(|| self.number(2))??;
        let second = if self.eat(b":") { Some(u8::try_from(self.number(2)?).ok()?) } else { None };
        let time = Time::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, second)?;
        if second.is_some() && (self.eat(b".") || self.eat(b",")) {
            let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = self.0.get(digits..).filter(|_| digits > 0)?;
        }
        if self.eat(b"Z") {
            return Some((time, Some(Offset::UTC)));
        }
        let west = self.eat(b"-");
        if !west && !self.eat(b"+") {
            return Some((time, None));
        }
        let hours = self.number(2)?;
        let minutes = if self.eat(b":") || !self.0.is_empty() { self.number(2)? } else { 0 };
        let minutes = Some(minutes).filter(|&minutes| minutes < 60)?;
        let minutes = i16::try_from(hours * 60 + minutes).ok()?;
        Some((time, Some(Offset::new(if west { -minutes } else { minutes })?)))
    }

    fn eat(&mut self, what: &[u8]) -> bool {
        let rest = self.0.strip_prefix(what);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn number(&mut self, digits: usize) -> Option<u16> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0u16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_shows_iso() {
        let cases = [
            ("year", "2025", Some("2025")),
            ("month", "2025-04", Some("2025-04")),
            ("day", "2025-04-17", Some("2025-04-17")),
            ("minutes", "2025-04-17T11:21", Some("2025-04-17T11:21")),
            ("blank for T, no colon", "2025-04-17 11:21:08 +0900", None),
            ("blank for T", "2025-04-17 11:21:08+0900", Some("2025-04-17T11:21:08+09:00")),
            ("west", "2025-04-17T11:21-03:30", Some("2025-04-17T11:21-03:30")),
            ("zulu", "2025-04-17T11:21:08Z", Some("2025-04-17T11:21:08Z")),
            ("fraction", "2025-04-17T11:21:08.123456Z", Some("2025-04-17T11:21:08Z")),
            ("hours of a zone", "2025-04-17T11:21:08+09", Some("2025-04-17T11:21:08+09:00")),
            ("near miss: no digits of a fraction", "2025-04-17T11:21:08.Z", None),
            ("leap day", "2024-02-29", Some("2024-02-29")),
            ("no year", "--12-10", Some("--12-10")),
            ("near miss: no leap year", "2025-02-29", None),
            ("near miss: no such zone", "2025-04-17T11:21+15:00", None),
            ("near miss: month 13", "2025-13-01", None),
            ("near miss: one digit", "2025-4-17", None),
            ("near miss: tail", "2025-04-17x", None),
            ("near miss: hour alone", "2025-04-17T11", None),
            ("near miss: empty", "", None),
            ("near miss: hyphens", "--", None),
        ];
        for (name, text, shown) in cases {
            let read = text.parse::<PartialDate>().ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), shown, "{name}: {text:?}");
        }
    }

    #[test]
    fn only_a_day_has_a_time() {
        let noon = Time::new(12, 0, None).expect("a time");
        let cases = [
            (PartialDate::from_ymd(2025, 4, 17), Some("2025-04-17T12:00Z")),
            (PartialDate::new(None, Some(4), Some(17)), Some("--04-17T12:00Z")),
            (PartialDate::new(Some(2025), Some(4), None), None),
            (PartialDate::new(Some(2025), None, None), None),
        ];
        for (date, shown) in cases {
            let timed = date.expect("a date").at(noon, Some(Offset::UTC));
            assert_eq!(timed.map(|date| date.to_string()).as_deref(), shown, "{date:?}");
        }
    }

    #[test]
    fn orders_like_a_calendar() {
        let dates =
            ["--12-10", "2024", "2024-05", "2024-05-13", "2024-05-13T00:10+09:00", "2024-05-13T23:00Z", "2024-05-14"];
        let read: Vec<PartialDate> = dates.iter().filter_map(|text| text.parse().ok()).collect();
        assert_eq!(read.len(), dates.len());
        assert!(read.is_sorted());
    }

    #[test]
    fn an_inferred_year_is_the_same_year() {
        let stated = PartialDate::from_ymd(2025, 4, 17).expect("a date");
        let inferred = PartialDate::new(None, Some(4), Some(17)).and_then(|date| date.with_inferred_year(2025));
        assert_eq!(inferred, Some(stated));
        assert!(inferred <= Some(stated), "an update on the day of publication is not before it");
        assert!(inferred.is_some_and(|date| date.is_year_inferred()) && !stated.is_year_inferred());
        assert_ne!(stated, PartialDate::from_ymd(2024, 4, 17).expect("a date"), "near miss");
    }

    prop_compose! {
        fn any_date()(year in proptest::option::of(0u16..=9999), month in 1u8..=12, day in 1u8..=31,
            clock in proptest::option::of((0u8..24, 0u8..60, proptest::option::of(0u8..=60))),
            offset in proptest::option::of(Offset::WEST..=Offset::EAST)) -> Option<PartialDate> {
            let date = PartialDate::new(year, Some(month), Some(day))?;
            let Some((hour, minute, second)) = clock else { return Some(date) };
            date.at(Time::new(hour, minute, second)?, offset.map(Offset))
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(date in any_date()) {
            if let Some(date) = date {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}|[-0-9:TZ+ ]{0,30}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
            }
        }
    }
}
