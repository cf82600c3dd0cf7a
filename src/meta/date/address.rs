//! The date in an address.

use super::cursor::{Cursor, Number, is_letter, next_digit};
use super::digits;
use super::words;
use crate::types::PartialDate;

/// Years that a web address may state.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// The date in the path of an address: `/2025/04/17/`, `/20250417`, `/slug-2025-04-17`, `/2019/sep/12/`; of
/// `/2025/04/`, just the month.
///
/// The query is not read: it says what was asked for, not what was published.
pub(crate) fn from_url(url: &str) -> Option<PartialDate> {
    let path = path(url);
    let mut month_only = None;
    let mut at = 0;
    while let Some(start) = next_digit(path, at) {
        let mut cursor = Cursor::new(path, start);
        let glued = cursor.previous().is_some_and(|c| c.is_alphanumeric());
        let number = cursor.number()?;
        at = number.end;
        let date = match number.digits {
            1 | 2 if !glued => day_first(number, cursor).or_else(|| short_year(number, cursor)),
            4 if !glued => parts(number, cursor),
            6 if !glued => year_month(number, cursor),
            // The time when an archive fetched the page: `/web/20130307194448/example.org/`.
            14 if path.get(..start).is_some_and(|before| before.ends_with("web/")) && cursor.peek() == Some('/') => {
                None
            }
            8.. => digits::date(number).or_else(|| digits::leading_day(number)),
            _ => None,
        };
        match date {
            Some(date) if date.day().is_some() => return Some(date.day_only()),
            Some(date) => month_only = month_only.or(Some(date)),
            None => {}
        }
    }
    month_only
}

/// The date in the address of a picture, also of one passed to a resizing service: `/thumb?src=https://…/2025/04/17/`.
pub(crate) fn from_image(url: &str) -> Option<PartialDate> {
    let outer = from_url(url);
    if outer.is_some_and(|date| date.day().is_some()) {
        return outer;
    }
    let inner = |url: &str| {
        let inner = url.get(path_end(url)? + 1..)?;
        let (_, rest) = inner.split_once("://").or_else(|| inner.split_once("%3A%2F%2F"))?;
        from_url(rest.split_once(['/', '%'])?.1)
    };
    inner(url).or(outer)
}

fn path(url: &str) -> &str {
    let url = path_end(url).and_then(|end| url.get(..end)).unwrap_or(url);
    // The last of several nested addresses: that of the page which an archive kept.
    let last = memchr::memrchr_iter(b':', url.as_bytes()).find_map(|at| url.get(at..)?.strip_prefix("://"));
    match last {
        Some(rest) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    }
}

/// Where the query or the fragment begins.
fn path_end(url: &str) -> Option<usize> {
    memchr::memchr2(b'?', b'#', url.as_bytes())
}

fn year(number: Number) -> Option<u16> {
    number.year().filter(|year| YEARS.contains(year))
}

/// `2025/04/17`, `2025-04-17`, `2025_04_17`, `2025/0417`, `2025/apr/17`, `2025/04`, `2025/politics/04/17`.
fn parts(first: Number, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let year = year(first)?;
    let sign = cursor.eat_if(|c| matches!(c, '/' | '-' | '_' | '.'))?;
    let mut named = false;
    let month = if cursor.peek().is_some_and(is_letter) {
        named = true;
        match words::month(&mut cursor) {
            Some(month) => month,
            None => return if sign == '/' { behind_section(year, cursor) } else { None },
        }
    } else {
        let number = cursor.number()?;
        if number.digits == 4 && ends_part(cursor) {
            let two = |value: u64| u8::try_from(value).ok();
            return PartialDate::from_ymd(year, two(number.value / 100)?, two(number.value % 100)?);
        }
        // `/2025/4/`, but not the `-5` of a slug.
        number.small().filter(|_| number.digits == 2 || sign == '/')?
    };
    let month_ends = ends_part(cursor);
    if cursor.eat(sign)
        && let Some(day) = cursor.number().and_then(|number| number.small())
        && ends_part(cursor)
        && let Some(date) = PartialDate::from_ymd(year, month, day)
    {
        return Some(date);
    }
    PartialDate::new(Some(year), Some(month), None).filter(|_| month_ends && !named && sign == '/')
}

/// Month and day after a section that stands between them and the year: `politics/04/17/`.
fn behind_section(year: u16, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    // Other numbers after a word count issues, pages and parts.
    let two = |cursor: &mut Cursor<'_>| cursor.number().filter(|number| number.digits == 2)?.small();
    while cursor.step()? != '/' {}
    let month = two(&mut cursor)?;
    let day = if cursor.eat('/') { two(&mut cursor)? } else { return None };
    PartialDate::from_ymd(year, month, day).filter(|_| cursor.peek() == Some('/'))
}

/// `29-10-2021`, if the first number cannot be a month or equals the second.
fn day_first(first: Number, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let sign = cursor.eat_if(|c| matches!(c, '-' | '_' | '.'))?;
    let month = cursor.number().filter(|month| month.digits == 2)?;
    let year = cursor.eat(sign).then(|| cursor.number()).flatten().and_then(year)?;
    let (day, month) = (first.small().filter(|_| first.digits == 2)?, month.small()?);
    PartialDate::from_ymd(year, month, day).filter(|_| (day > 12 || day == month) && ends_part(cursor))
}

/// `/25_gennaio_05/`.
fn short_year(first: Number, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let sign = cursor.eat_if(|c| matches!(c, '-' | '_'))?;
    let month = words::month(&mut cursor).filter(|_| first.digits == 2)?;
    let day = cursor.eat(sign).then(|| cursor.small()).flatten()?;
    let slash = cursor.peek() == Some('/');
    PartialDate::from_ymd(super::written::century(first.small()?), month, day).filter(|_| slash)
}

/// `202504/17`, `202504`.
fn year_month(number: Number, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let year = u16::try_from(number.value / 100).ok().filter(|year| YEARS.contains(year))?;
    let month = u8::try_from(number.value % 100).ok()?;
    if !ends_part(cursor) || cursor.peek() == Some('.') {
        return None;
    }
    let day = cursor.eat('/').then(|| cursor.number()).flatten().filter(|day| day.digits == 2 && ends_part(cursor));
    day.and_then(|day| PartialDate::from_ymd(year, month, day.small()?))
        .or_else(|| PartialDate::new(Some(year), Some(month), None))
}

/// Whether the number before ends here rather than beginning a word, as in `2025/04/2k-race`.
fn ends_part(cursor: Cursor<'_>) -> bool {
    cursor.peek().is_none_or(|c| !c.is_alphanumeric())
}
