//! The year of a date that was printed without one.

use super::cursor::{Cursor, next_digit};
use super::written::is_year;
use crate::types::PartialDate;

/// The evidence for years on a page, gathered once for all its dates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Days and months in addresses of pictures and in the page's own dates, those to prefer first.
    days: Vec<PartialDate>,
}

/// Most days kept: the later ones of a gallery tell no more than its first.
const MAX_DAYS: usize = 200;

impl Evidence {
    /// Adds a day that is stated elsewhere on the page.
    pub(crate) fn day(&mut self, date: PartialDate) {
        if date.year().is_some() && date.month().is_some() && self.days.len() < MAX_DAYS {
            self.days.push(date);
        }
    }

    /// The date with its year, marked as inferred: the year of the same day named elsewhere, else of the same month,
    /// else of the copyright (`© 2025`: the year of the crawl, or of the template's last change). A date with a year is
    /// returned as it is.
    pub(crate) fn infer(&self, date: PartialDate, copyright: impl Fn() -> Option<u16>) -> Option<PartialDate> {
        if date.year().is_some() {
            return Some(date);
        }
        let month = || self.days.iter().filter(|day| day.month() == date.month());
        let found = month().find(|day| day.day() == date.day()).or_else(|| month().next());
        let year = found.map_or_else(copyright, |day| day.year())?;
        // 29 February needs a leap year.
        date.with_inferred_year(year).filter(PartialDate::is_full)
    }
}

/// The last year of a line that claims copyright: `© 1999-2025`.
pub(super) fn copyright_year(text: &str) -> Option<u16> {
    let claims = !text.is_ascii() && text.contains(['©', 'ⓒ', 'Ⓒ'])
        || ["(c)", "copyright"].iter().any(|claim| contains_ignoring_case(text.as_bytes(), claim.as_bytes()));
    if !claims {
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

fn contains_ignoring_case(text: &[u8], part: &[u8]) -> bool {
    let Some(&first) = part.first() else { return true };
    let begins = |at: usize| text.get(at..at + part.len()).is_some_and(|window| window.eq_ignore_ascii_case(part));
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(begins)
}
