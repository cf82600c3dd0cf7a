//! Dates stated as a distance from the crawl: `3 hours ago`, `vor 2 Tagen`, `어제`.

use super::calendar::{day_of_epoch, days_since_epoch};
use super::cursor::{Cursor, is_letter};
use super::words;
use super::{Context, Found};
use crate::span::Span;
use crate::types::PartialDate;
use crate::vocab::Unit;
use std::ops::Range;

/// Where the age ends that begins with the number at `cursor`: `1 day ago`. Read as a date, it would be a day of August
/// in the languages that shorten that month to `ago`.
pub(super) fn end_of_age(mut cursor: Cursor<'_>) -> Option<usize> {
    cursor.number().filter(|number| number.digits <= 3)?;
    cursor.blanks();
    words::ago(&mut cursor).map(|_| cursor.at)
}

/// The date of the age that begins at or before the number at `cursor`, as precise as the age is stated.
pub(super) fn read(mut cursor: Cursor<'_>, floor: usize, context: &Context<'_>) -> Option<(Range<usize>, PartialDate)> {
    let mut start = cursor;
    let count = cursor.number().filter(|number| number.digits <= 3)?.value;
    cursor.blanks();
    let unit = match words::ago(&mut cursor) {
        Some(unit) => unit,
        None if words::ago_lead_back(&mut start) && start.at >= floor => words::unit(&mut cursor)?,
        None => return None,
    };
    let date = before(context.crawled_at.as_ref()?, i64::try_from(count).ok()?, unit)?;
    Some((start.at..cursor.at, date))
}

/// Adds the day that a short text names relative to the crawl: `yesterday`, `오늘`.
pub(super) fn named_days(text: &str, context: &Context<'_>, out: &mut Vec<Found>, first: usize) {
    let Some(crawled) = &context.crawled_at else { return };
    // A date in the same text says more.
    if out.len() > first {
        return;
    }
    let mut cursor = Cursor::new(text, 0);
    while let Some(c) = cursor.peek() {
        let start = cursor.at;
        if !is_letter(c) {
            cursor.step();
            continue;
        }
        if let Some(days) = words::day(&mut cursor) {
            let Some(date) = before(crawled, -i64::from(days), Unit::Day) else { return };
            let (label, label_span) = match words::label_before(text, start, 0) {
                Some((label, label_start)) => (label, Some(Span::new(label_start, start))),
                None => Default::default(),
            };
            out.push(Found::relative(Span::new(start, cursor.at), date, label, label_span));
            return;
        }
        cursor.word();
    }
}

/// The date that is `count` units before `crawled`.
fn before(crawled: &PartialDate, count: i64, unit: Unit) -> Option<PartialDate> {
    let (year, month, day) = (crawled.year()?, crawled.month()?, crawled.day()?);
    let days = days_since_epoch(year, month, day);
    let minutes = match unit {
        Unit::Second => count / 60,
        Unit::Minute => count,
        Unit::Hour => count * 60,
        Unit::Day => return day_of_epoch(days - count),
        Unit::Week => return day_of_epoch(days - 7 * count),
        Unit::Month => {
            let months = i64::from(year) * 12 + i64::from(month) - 1 - count;
            let (year, month) =
                (u16::try_from(months.div_euclid(12)).ok()?, u8::try_from(months.rem_euclid(12) + 1).ok()?);
            return PartialDate::new(Some(year), Some(month), None);
        }
        Unit::Year => return PartialDate::new(Some(u16::try_from(i64::from(year) - count).ok()?), None, None),
    };
    // Without the time of the crawl, take the end of its day: most ages in hours are of that day.
    let now = crawled.time().map_or(24 * 60 - 1, |time| i64::from(time.hour()) * 60 + i64::from(time.minute()));
    day_of_epoch(days + (now - minutes).div_euclid(24 * 60))
}
