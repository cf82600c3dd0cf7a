//! A date of just the precision the page gave.

use std::fmt;

/// A calendar date of which only the stated parts are known.
///
/// Nothing is filled in: no midnight for a missing time, no UTC for a missing offset. The day is the page's own day, never
/// shifted to another zone. Displays as ISO 8601 of just that precision: `2025`, `2025-04`, `2025-04-17`,
/// `2025-04-17T11:21`, `2025-04-17T11:21:08+09:00`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct PartialDate {
    /// Gregorian year; `None` where the page gives none.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31, valid for the month.
    pub day: Option<u8>,
    /// Time of day as written on the page.
    pub time: Option<Time>,
    /// Distance from UTC, if the page stated it.
    pub offset: Option<Offset>,
    /// Whether the year was inferred from other evidence on the page, such as a picture's address.
    pub year_inferred: bool,
}

/// A wall-clock time.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60 (a leap second), if given.
    pub second: Option<u8>,
}

/// Minutes east of UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Offset(pub i16);

impl PartialDate {
    /// A date known to the day.
    #[must_use]
    pub const fn day(year: u16, month: u8, day: u8) -> Self {
        PartialDate {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            time: None,
            offset: None,
            year_inferred: false,
        }
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
        write!(f, "T{:02}:{:02}", time.hour, time.minute)?;
        if let Some(second) = time.second {
            write!(f, ":{second:02}")?;
        }
        match self.offset {
            None => Ok(()),
            Some(Offset(0)) => f.write_str("Z"),
            Some(Offset(minutes)) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
            }
        }
    }
}
