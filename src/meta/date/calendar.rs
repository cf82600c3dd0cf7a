//! Counts days, for dates that are stated as a distance from another.

use crate::types::{Offset, PartialDate, Time};

/// Days from 1970-01-01 to a day of the Gregorian calendar.
///
/// Counts in years that begin in March, so that the leap day is the last day of a year.
pub(super) fn days_since_epoch(year: u16, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// The day that is `days` days after 1970-01-01, within the years 1 to 9999.
pub(super) fn day_of_epoch(days: i64) -> Option<PartialDate> {
    // Far outside, the sums below would overflow.
    if days.unsigned_abs() > 4_000_000 {
        return None;
    }
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = u8::try_from(of_year - (153 * from_march + 2) / 5 + 1).ok()?;
    let month = u8::try_from((from_march + 2) % 12 + 1).ok()?;
    let year = u16::try_from(year_of_era + era * 400 + i64::from(month <= 2)).ok()?;
    PartialDate::from_ymd(year, month, day)
}

/// The instant `seconds` seconds after 1970, in UTC: such a number states no other zone.
pub(super) fn instant(seconds: i64) -> Option<PartialDate> {
    let day = day_of_epoch(seconds.div_euclid(86_400))?;
    let second = seconds.rem_euclid(86_400);
    let part = |value: i64| u8::try_from(value).ok();
    let time = Time::new(part(second / 3600)?, part(second / 60 % 60)?, Some(part(second % 60)?))?;
    day.at(time, Some(Offset::UTC))
}

/// Days from one full date to another.
pub(super) fn days_between(from: &PartialDate, to: &PartialDate) -> Option<i64> {
    let count = |date: &PartialDate| Some(days_since_epoch(date.year()?, date.month()?, date.day()?));
    Some(count(to)? - count(from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_there_and_back() {
        for (days, shown) in [(0, "1970-01-01"), (-1, "1969-12-31"), (19_782, "2024-02-29"), (20_000, "2024-10-04")] {
            let date = day_of_epoch(days).unwrap();
            assert_eq!(date.to_string(), shown);
            assert_eq!(days_since_epoch(date.year().unwrap(), date.month().unwrap(), date.day().unwrap()), days);
        }
        assert_eq!(day_of_epoch(i64::MAX), None);
        assert_eq!(instant(1_715_595_890).unwrap().to_string(), "2024-05-13T10:24:50Z");
    }
}
