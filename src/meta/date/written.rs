//! The notations of dates, each read at the number that it begins with or contains.

use super::cursor::{Cursor, Number, digit, is_blank, is_letter};
use super::order::{Reading, Sign};
use super::words;
use super::{Context, clock};
use crate::types::PartialDate;
use crate::vocab::Unit;

/// How much of a date a notation states, and so how easily something else is written the same way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Shape {
    /// All three parts, the month by name or each with its unit: hardly anything else looks like it.
    Named,
    /// Numbers alone with a year of four digits.
    Numeric,
    /// Numbers alone with a year of two digits.
    ShortYear,
    /// Month and day, the month by name or both with their units.
    NoYear,
    /// Month and day as numbers alone: `12-10`, which may also be a score or a price.
    NoYearNumeric,
    /// Month and year.
    Month,
    /// Digits without a sign between them: `20240513`.
    Compact,
    /// `3 hours ago`.
    Relative,
}

/// A date as read from text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) date: PartialDate,
    pub(super) shape: Shape,
    pub(super) reading: Reading,
    /// Neither zero-padded nor spaced: `2024.1.2`, which may also be a version.
    pub(super) bare: bool,
}

/// Years in which a text on the web may have been written, archives of print included.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;
/// The same span in Buddhist years.
const BUDDHIST: std::ops::RangeInclusive<u16> = 2443..=2643;
const BUDDHIST_ERA: u16 = 543;

pub(super) fn is_year(year: u16) -> bool {
    YEARS.contains(&year)
}

/// A year as printed beside a month's name: Gregorian, or Buddhist, whose numbers are too large to be Gregorian.
fn named_year(number: Number) -> Option<u16> {
    let year = number.year()?;
    if BUDDHIST.contains(&year) { Some(year - BUDDHIST_ERA) } else { Some(year).filter(|&year| is_year(year)) }
}

/// A year of two digits: of this century, unless that is too far ahead of any crawl.
pub(super) fn century(short: u8) -> u16 {
    /// Pages of the nineties still say `97`; none says `70` for 2070.
    const PIVOT: u8 = 70;
    if short < PIVOT { 2000 + u16::from(short) } else { 1900 + u16::from(short) }
}

/// The date at or around the number that starts at `cursor`; nothing before `floor` belongs to it.
pub(super) fn read(cursor: Cursor<'_>, floor: usize, context: &Context<'_>) -> Option<Written> {
    let mut after = cursor;
    let number = after.number()?;
    match number.digits {
        4 => year_first(number, after)
            .or_else(|| buddhist_year_first(number, after))
            .or_else(|| month_and_year(cursor, number, floor)),
        1..=3 => {
            let era = era_year(cursor, number, after, floor);
            if era.is_some() || number.digits == 3 {
                return era;
            }
            let month_first = month_before_day(cursor, number, after, floor);
            // `By Tom May 15 December 2025`
            let day_first = || day_before_month(number, after).filter(|it| month_first.is_none() || it.date.is_full());
            month_first
                .filter(|it| it.date.is_full())
                .or_else(day_first)
                .or(month_first)
                .or_else(|| in_units(number, after))
                .or_else(|| in_numbers(number, after, context))
        }
        8 | 12 | 14 => compact(cursor, number),
        _ => None,
    }
}

fn written(start: usize, end: usize, date: PartialDate, shape: Shape) -> Written {
    Written { start, end, date, shape, reading: Reading::Clear, bare: false }
}

/// `2024-05-13`, `2024. 5. 13.`, `2024年5月13日`, `2024. május 13.`, `2024 May 13`, `2024年5月`.
fn year_first(number: Number, after: Cursor<'_>) -> Option<Written> {
    let year = number.year().filter(|&year| is_year(year))?;
    let mut cursor = after;
    if words::part(&mut cursor, Unit::Year) {
        if let Some(found) = month_day_in_units(number.start, Some(year), cursor) {
            return Some(found);
        }
        // `2024 m. gegužės 13 d.`: a month's name follows the sign of the year.
    } else if let Some(found) = numbers_after_year(number, after) {
        return Some(found);
    }
    separator(&mut cursor);
    cursor.blanks();
    let month = words::month(&mut cursor)?;
    if cursor.eat_if(|c| c == '-' || c == '/').is_none() {
        cursor.blanks();
    }
    let day = cursor.number().and_then(|number| number.small())?;
    day_suffix(&mut cursor);
    let date = PartialDate::from_ymd(year, month, day)?;
    Some(written(number.start, cursor.at, date, Shape::Named))
}

fn numbers_after_year(number: Number, after: Cursor<'_>) -> Option<Written> {
    let year = number.year()?;
    let mut cursor = after;
    let (sign, spaced) = sign(&mut cursor)?;
    let month = cursor.number().filter(|month| month.digits <= 2)?;
    let (second, spaced_too) = self::sign(&mut cursor)?;
    let day = cursor.number().filter(|day| day.digits <= 2)?;
    if sign != second {
        return None;
    }
    let date = PartialDate::from_ymd(year, month.small()?, day.small()?)?;
    // Korean may add the sign of the day; the last full stop of `2024. 5. 13.` is not read.
    words::part(&mut cursor, Unit::Day);
    let bare = month.digits + day.digits < 4 && !(spaced && spaced_too);
    Some(Written { bare, ..written(number.start, cursor.at, date, Shape::Numeric) })
}

/// A Buddhist year in front: `2567-05-13`. With the year last, `13/5/2567` is read by [`in_numbers`].
fn buddhist_year_first(number: Number, after: Cursor<'_>) -> Option<Written> {
    let year = named_year(number)?;
    let gregorian = Number { value: u64::from(year), ..number };
    if number.year() == Some(year) { None } else { year_first(gregorian, after) }
}

/// `5月13日`, after a year or without one; `start` is where the whole date begins.
fn month_day_in_units(start: usize, year: Option<u16>, mut cursor: Cursor<'_>) -> Option<Written> {
    cursor.blanks();
    let month = cursor.small()?;
    if !words::part(&mut cursor, Unit::Month) {
        return None;
    }
    let month_end = cursor.at;
    cursor.blanks();
    let day = cursor.number().and_then(|number| number.small());
    let shape = if year.is_some() { Shape::Named } else { Shape::NoYear };
    if let Some(date) = day.and_then(|day| PartialDate::new(year, Some(month), Some(day))) {
        let signed = words::part(&mut cursor, Unit::Day);
        return (signed || year.is_some()).then(|| written(start, cursor.at, date, shape));
    }
    let date = PartialDate::new(Some(year?), Some(month), None)?;
    Some(written(start, month_end, date, Shape::Month))
}

/// `令和6年5月13日`, `民國113年5月13日`: the number is a year of an era, or a short one: `24년 5월 13일`.
fn era_year(start: Cursor<'_>, number: Number, mut after: Cursor<'_>, floor: usize) -> Option<Written> {
    if !words::part(&mut after, Unit::Year) {
        return None;
    }
    let mut era_start = start;
    let (year, start) = match words::era_back(&mut era_start).filter(|_| era_start.at >= floor) {
        Some(add) => (u16::try_from(i64::try_from(number.value).ok()? + i64::from(add)).ok()?, era_start.at),
        None if number.digits == 2 => (century(number.small()?), number.start),
        None => return None,
    };
    month_day_in_units(start, Some(year).filter(|&year| is_year(year)), after)
}

/// `May 13, 2024`: the month comes before the number.
fn month_before_day(start: Cursor<'_>, number: Number, after: Cursor<'_>, floor: usize) -> Option<Written> {
    let day = number.small().filter(|day| (1..=31).contains(day))?;
    let mut before = start;
    let is_signed = matches!(before.previous(), Some('-' | '/'));
    if is_signed {
        before.step_back();
    } else {
        before.blanks_back();
    }
    let month = words::month_back(&mut before).filter(|_| before.at >= floor)?;
    let mut cursor = after;
    day_suffix(&mut cursor);
    let no_year = PartialDate::new(None, Some(month), Some(day))?;
    let plain_end = cursor.at;
    // `February 25-27, 2025` are the days of an event.
    Some(match year_behind(&mut cursor, is_signed) {
        Some(year) => written(before.at, cursor.at, PartialDate::from_ymd(year, month, day)?, Shape::Named),
        None => written(before.at, plain_end, no_year, Shape::NoYear),
    })
}

/// `13. Mai 2024`, `13th of May 2024`, `13 de mayo de 2024`, `13-May-24`, `13 พฤษภาคม 2567`.
fn day_before_month(number: Number, after: Cursor<'_>) -> Option<Written> {
    let day = number.small().filter(|day| (1..=31).contains(day))?;
    let mut cursor = after;
    // `11 May` in `5:11 May` is ruled out by the caller; here only the month decides.
    day_suffix(&mut cursor);
    if cursor.eat_if(|c| c == '-' || c == '/' || c == '–').is_none() {
        cursor.blanks();
    }
    if !cursor.peek().is_some_and(is_letter) {
        return None;
    }
    let mut month = words::month(&mut cursor);
    if month.is_none() {
        connector(&mut cursor)?;
        month = words::month(&mut cursor);
    }
    let month = month?;
    // Two names of one month: `أيار/مايو`.
    let mut twin = cursor;
    twin.blanks();
    if twin.eat('/') {
        twin.blanks();
        if words::month(&mut twin) == Some(month) {
            cursor = twin;
        }
    }
    let no_year = PartialDate::new(None, Some(month), Some(day))?;
    let plain_end = cursor.at;
    Some(match year_behind(&mut cursor, true) {
        Some(year) => written(number.start, cursor.at, PartialDate::from_ymd(year, month, day)?, Shape::Named),
        None => written(number.start, plain_end, no_year, Shape::NoYear),
    })
}

/// `May 2024`, `maj, 2024`: the number is the year.
fn month_and_year(start: Cursor<'_>, number: Number, floor: usize) -> Option<Written> {
    let year = named_year(number)?;
    let mut before = start;
    before.blanks_back();
    if before.previous() == Some(',') {
        before.step_back();
    }
    let month = words::month_back(&mut before).filter(|_| before.at >= floor)?;
    let date = PartialDate::new(Some(year), Some(month), None)?;
    Some(written(before.at, number.end, date, Shape::Month))
}

/// What may follow the day: `13.`, `13th`, `1º`, `1er`, `13ª`.
fn day_suffix(cursor: &mut Cursor<'_>) {
    if cursor.eat_if(|c| matches!(c, '.' | 'º' | 'ª' | '°')).is_some() {
        return;
    }
    let mut ahead = *cursor;
    let month_here = words::month(&mut ahead.clone()).is_some();
    let suffix = ahead.word().is_some_and(|word| word.len() <= 3 && word.is_ascii());
    if suffix && !month_here {
        *cursor = ahead;
        cursor.eat('.');
    }
}

/// A short word between the parts (`de`, `of`, `d'`, `tháng`) and the blanks after it.
fn connector(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    ahead.word().filter(|word| word.chars().count() <= 3)?;
    ahead.eat_if(|c| c == '\'' || c == '’' || c == '.');
    ahead.blanks();
    *cursor = ahead;
    Some(())
}

/// The year after day and month: ` 2024`, `, 2024`, ` de 2024`, `-2024`, ` '24`, `-24`, or after a time as in
/// `May 13 10:20:30 KST 2024`. A year of two digits after a hyphen is read only if `short`.
fn year_behind(cursor: &mut Cursor<'_>, short: bool) -> Option<u16> {
    let mut ahead = *cursor;
    let glued = ahead.eat_if(|c| c == '-' || c == '/').is_some();
    if !glued {
        ahead.blanks();
        ahead.eat_if(|c| matches!(c, ',' | '،' | '.'));
        ahead.blanks();
        // A word is skipped only if the year follows at once: `de 2024`, `năm 2024`, `of 2024`.
        let mut further = ahead;
        if connector(&mut further).is_some() && further.peek().and_then(digit).is_some() {
            ahead = further;
        }
    }
    let quoted = ahead.eat_if(|c| c == '\'' || c == '’' || c == '‘').is_some();
    let number_at = ahead;
    if let Some(number) = ahead.number() {
        if let Some(year) = named_year(number) {
            *cursor = ahead;
            return Some(year);
        }
        let followed = ahead.peek().is_some_and(|c| c == ':' || c == '.' && !quoted);
        if number.digits == 2 && (quoted || glued && short) && !followed {
            *cursor = ahead;
            return Some(century(number.small()?));
        }
    }
    // A time may come between, as in C's `asctime`, which scripts print.
    if quoted || glued {
        return None;
    }
    let mut ahead = number_at;
    clock::read(&mut ahead, clock::Marks::Sure)?;
    ahead.eat(',');
    ahead.blanks();
    // The position stays before the time, so that the reader of times finds it.
    ahead.number().and_then(|number| number.year()).filter(|&year| is_year(year))
}

/// `5月13日`, `5월 13일`.
fn in_units(number: Number, after: Cursor<'_>) -> Option<Written> {
    let start = Cursor { at: number.start, ..after };
    month_day_in_units(number.start, None, start)
}

/// `13.05.2024`, `05/13/2024`, `17.04.25`, `25-04-17`, `12-10`.
fn in_numbers(first: Number, after: Cursor<'_>, context: &Context<'_>) -> Option<Written> {
    let mut cursor = after;
    let (sign, spaced) = sign(&mut cursor)?;
    let second = cursor.number().filter(|second| second.digits <= 2)?;
    let (a, b) = (first.small()?, second.small()?);
    let mut third = cursor;
    let tail = match self::sign(&mut third) {
        Some((again, spaced_too)) if again == sign => third.number().map(|number| (number, spaced_too)),
        _ => None,
    };
    let bare = first.digits + second.digits < 4;
    match tail {
        Some((number, _)) if number.digits == 4 => {
            let year = named_year(number)?;
            let (date, reading) =
                context.order.day_and_month(sign, a, b, |month, day| PartialDate::from_ymd(year, month, day))?;
            Some(Written { reading, ..written(first.start, third.at, date, Shape::Numeric) })
        }
        Some((number, _)) if number.digits == 2 && first.digits == 2 => {
            // Spaces between them make three numbers, not a date.
            if spaced && sign != Sign::Stop {
                return None;
            }
            let c = number.small()?;
            let year_first = || PartialDate::from_ymd(century(a), b, c).filter(|_| second.digits == 2);
            let year_last =
                || context.order.day_and_month(sign, a, b, |month, day| PartialDate::from_ymd(century(c), month, day));
            let date = if context.order.year_leads() { year_first() } else { None };
            if let Some(date) = date {
                return Some(written(first.start, third.at, date, Shape::ShortYear));
            }
            if let Some((date, reading)) = year_last() {
                return Some(Written { reading, bare, ..written(first.start, third.at, date, Shape::ShortYear) });
            }
            year_first().map(|date| written(first.start, third.at, date, Shape::ShortYear))
        }
        Some(_) => None,
        None => {
            // `12.10.` is German for 12 October, `12.10` a price.
            let date = |month, day| PartialDate::new(None, Some(month), Some(day));
            let (date, reading) = if context.order.year_leads() {
                (date(a, b)?, Reading::Clear)
            } else {
                context.order.day_and_month(sign, a, b, date)?
            };
            Some(Written {
                reading,
                bare: bare || spaced,
                ..written(first.start, cursor.at, date, Shape::NoYearNumeric)
            })
        }
    }
}

/// `20240513`, `202405131020`, `20240513102030`, with the time if there is one.
fn compact(cursor: Cursor<'_>, number: Number) -> Option<Written> {
    let date = super::digits::date(number)?;
    Some(written(cursor.at, number.end, date, Shape::Compact))
}

/// The sign between two numbers and the blanks around it, and whether there were any blanks.
fn sign(cursor: &mut Cursor<'_>) -> Option<(Sign, bool)> {
    let mut ahead = *cursor;
    let before = ahead.blanks();
    let sign = Sign::of(ahead.step()?)?;
    let after = ahead.blanks();
    // `12 -10` is a range or a sum.
    if before && !after {
        return None;
    }
    *cursor = ahead;
    Some((sign, before || after))
}

fn separator(cursor: &mut Cursor<'_>) {
    if cursor.eat_if(|c| matches!(c, '.' | ',' | '-' | '/')).is_some() {
        return;
    }
    let mut ahead = *cursor;
    while ahead.eat_if(is_blank).is_some() && ahead.at - cursor.at < 4 {}
    // `2024 m. gegužės`.
    if words::month(&mut ahead.clone()).is_none() && connector(&mut ahead).is_some() {
        *cursor = ahead;
    }
}
