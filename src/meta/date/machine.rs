//! Dates that a page declares for machines.

use super::cursor::{Cursor, Number};
use super::written::is_year;
use super::{Context, calendar, clock, digits, visible};
use crate::types::{PartialDate, Time};

/// Most bytes read of a value: longer values are not dates.
const LONGEST: usize = 128;

/// Reads a declared value: ISO 8601 in all its forms, RFC 2822, the output of JavaScript's `Date`, digits alone,
/// seconds or milliseconds since 1970, and what people type into such fields.
///
/// Rejects years before 1900, which mostly mark an empty field.
pub(crate) fn machine(value: &str) -> Option<PartialDate> {
    let mut value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']' | '\u{feff}'));
    if value.len() > LONGEST {
        value = value.get(..value.floor_char_boundary(LONGEST))?;
    }
    let cursor = Cursor::new(value, 0);
    iso(cursor)
        .or_else(|| digits_alone(cursor))
        .or_else(|| as_shown(value))
        .filter(|date| date.year().is_some_and(is_year))
}

/// `2025-01-14T20:00:52.000+0900`, `20250114T200052Z`, `2025-014`, `2025-W03-2`, `2025-01`.
fn iso(mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let first = cursor.number()?;
    let date = match first.digits {
        4 if ends(cursor) => PartialDate::new(Some(first.year()?), None, None)?,
        4 => after_year(first.year()?, &mut cursor)?,
        8 => digits::date(first)?,
        _ => return None,
    };
    if date.day().is_none() {
        return ends(cursor).then_some(date);
    }
    let mut at_time = cursor;
    at_time.eat_if(|c| c == 'T' || c == 't' || c == '_' || c == '-' || c == ',' || c == ':');
    at_time.blanks();
    if let Some(clock) = basic_time(at_time).or_else(|| clock::read(&mut at_time, clock::Marks::Sure)) {
        return date.at(clock.time, clock.offset);
    }
    // A tail that states no time does not make the day wrong, but letters or digits glued to it do.
    cursor.peek().is_none_or(|c| !c.is_alphanumeric() || c == 'T' || c == 'Z').then_some(date)
}

/// Month and day, the day of the year, or week and day of the week.
fn after_year(year: u16, cursor: &mut Cursor<'_>) -> Option<PartialDate> {
    let sign = cursor.eat_if(|c| matches!(c, '-' | '/' | '.' | ':'))?;
    if sign == '-' && cursor.eat('W') {
        let week = i64::from(cursor.small()?);
        let weekday = if cursor.eat('-') { i64::from(cursor.small()?) } else { return None };
        // Week 1 is the one with 4 January; days are counted from the Monday before it.
        let fourth = calendar::days_since_epoch(year, 1, 4);
        let monday = fourth - (fourth + 3).rem_euclid(7);
        return calendar::day_of_epoch(monday + (week - 1) * 7 + weekday - 1)
            .filter(|_| week <= 53 && (1..=7).contains(&weekday));
    }
    let number = cursor.number()?;
    if sign == '-' && number.digits == 3 {
        let day = i64::try_from(number.value).ok().filter(|day| (1..=366).contains(day))?;
        let date = calendar::day_of_epoch(calendar::days_since_epoch(year, 1, 1) + day - 1)?;
        return (date.year() == Some(year)).then_some(date);
    }
    let month = number.small()?;
    let mut ahead = *cursor;
    if ahead.eat(sign)
        && let Some(day) = ahead.small()
    {
        *cursor = ahead;
        return PartialDate::from_ymd(year, month, day);
    }
    PartialDate::new(Some(year), Some(month), None)
}

/// `200052Z`, `2000+0900` after the `T`.
fn basic_time(mut cursor: Cursor<'_>) -> Option<clock::Clock> {
    let number = cursor.number()?;
    let part = |value: u64| u8::try_from(value % 100).ok();
    let (hour, minute, second) = match number.digits {
        4 => (part(number.value / 100)?, part(number.value)?, None),
        6 => (part(number.value / 10_000)?, part(number.value / 100)?, part(number.value)),
        _ => return None,
    };
    let time = Time::new(hour, minute, second)?;
    if cursor.eat('.') {
        cursor.number();
    }
    Some(clock::Clock { time, offset: clock::zone(&mut cursor) })
}

/// A value of digits alone, or with a fraction of a second.
fn digits_alone(mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let number: Number = cursor.number()?;
    if cursor.eat('.') {
        cursor.number()?;
    }
    if !ends(cursor) {
        // `20240513102030+0900`.
        let date = digits::date(number)?;
        return date.at(date.time()?, clock::zone(&mut cursor));
    }
    match number.digits {
        6 => {
            let (year, month) = (u16::try_from(number.value / 100).ok()?, u8::try_from(number.value % 100).ok()?);
            PartialDate::new(Some(year), Some(month), None)
        }
        _ => digits::date(number).or_else(|| digits::epoch(number)),
    }
}

/// The first full date in a value for human readers, or else the first with a year.
fn as_shown(value: &str) -> Option<PartialDate> {
    let mut found = Vec::new();
    visible::find_from(value, 0, visible::MAX_OF_VALUE, &Context::default(), &mut found);
    let full = found.iter().find(|found| found.date.is_full());
    full.or_else(|| found.iter().find(|found| found.date.year().is_some())).map(|found| found.date)
}

fn ends(cursor: Cursor<'_>) -> bool {
    cursor.rest().is_empty()
}
