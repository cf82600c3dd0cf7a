//! Dates in runs of digits: `20240513`, `20240513102030`, seconds since 1970.

use super::calendar::instant;
use super::cursor::Number;
use crate::types::{PartialDate, Time};

/// Years of compact dates on the web; outside this range, eight digits are an identifier.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// The date of 8, 12 or 14 digits, with its time.
pub(super) fn date(number: Number) -> Option<PartialDate> {
    let two = |value: u64| u8::try_from(value % 100).ok();
    let (day, clock) = match number.digits {
        8 => (number.value, None),
        12 => (number.value / 10_000, Some((number.value / 100, number.value, None))),
        14 => (number.value / 1_000_000, Some((number.value / 10_000, number.value / 100, Some(number.value)))),
        _ => return None,
    };
    let year = u16::try_from(day / 10_000).ok().filter(|year| YEARS.contains(year))?;
    let date = PartialDate::from_ymd(year, two(day / 100)?, two(day)?)?;
    let Some((hour, minute, second)) = clock else { return Some(date) };
    let second = match second {
        Some(second) => Some(two(second)?),
        None => None,
    };
    date.at(Time::new(two(hour)?, two(minute)?, second)?, None)
}

/// The day at the head of a longer run of digits, as in the identifiers of agencies: `20250417001234`.
pub(super) fn leading_day(number: Number) -> Option<PartialDate> {
    let extra = u32::try_from(number.digits.checked_sub(8)?).ok()?;
    let value = number.value / 10u64.checked_pow(extra)?;
    date(Number { value, digits: 8, ..number })
}

/// Seconds, milliseconds or microseconds since 1970, from 1990 on: smaller numbers are something else.
pub(super) fn epoch(number: Number) -> Option<PartialDate> {
    const FROM: u64 = 631_152_000;
    let seconds = match number.digits {
        9 | 10 => number.value,
        12 | 13 => number.value / 1000,
        15 | 16 => number.value / 1_000_000,
        _ => return None,
    };
    instant(i64::try_from(seconds).ok().filter(|_| seconds >= FROM)?)
}
