//! The year of a date that was printed without one.

use super::address::from_url;
use super::cursor::{Cursor, next_digit};
use super::written::is_year;
use crate::types::PartialDate;

/// How much a piece of evidence says about the year, weakest first.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Strength {
    /// `© 2025`: the year of the crawl, or of the last change of the template.
    Copyright,
    /// A picture stored in the same month.
    Month,
    /// A picture stored on the same day.
    Day,
}

/// The date with a year taken from addresses of pictures or from copyright lines, marked as inferred.
///
/// An address with the same month and day is the best evidence, one with the same month the next. `None` if nothing tells
/// the year; a date that has one comes back as it is.
pub(crate) fn infer_year(date: PartialDate, evidence: &[&str]) -> Option<PartialDate> {
    if date.year.is_some() {
        return Some(date);
    }
    let mut best: Option<(Strength, u16)> = None;
    for text in evidence {
        let Some(found) = year_in(&date, text) else { continue };
        // Between equals the first stands: evidence comes nearest first.
        if best.is_none_or(|best| found.0 > best.0) {
            best = Some(found);
        }
    }
    let (_, year) = best?;
    // 29 February needs a leap year.
    PartialDate::day(year, date.month?, date.day?)?;
    Some(PartialDate { year: Some(year), year_inferred: true, ..date })
}

fn year_in(date: &PartialDate, text: &str) -> Option<(Strength, u16)> {
    if let Some(address) = from_url(text).filter(|address| address.month == date.month) {
        let year = address.year?;
        return match address.day {
            None => Some((Strength::Month, year)),
            day if day == date.day => Some((Strength::Day, year)),
            Some(_) => Some((Strength::Month, year)),
        };
    }
    Some((Strength::Copyright, copyright_year(text)?))
}

/// The last year of a line that claims copyright: `© 1999-2025`.
fn copyright_year(text: &str) -> Option<u16> {
    if !text.contains(['©', 'ⓒ', 'Ⓒ'])
        && !text.to_ascii_lowercase().contains("(c)")
        && !text.to_ascii_lowercase().contains("copyright")
    {
        return None;
    }
    let mut last = None;
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let mut cursor = Cursor::new(text, start);
        let number = cursor.number()?;
        at = number.end;
        last = number.year().filter(|&year| is_year(year)).or(last);
    }
    last
}
