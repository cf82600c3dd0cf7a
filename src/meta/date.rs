//! Dates: read wherever a page states one, and in the end one chosen as its own.
//!
//! [`machine`] reads what a page declares for machines, [`from_url`] what its address says, [`find`] what a reader sees;
//! [`year::Evidence`] fills in a year that the page leaves out. All of them look for numbers first and at words only beside them,
//! take any input, and are linear in it.

mod address;
mod calendar;
mod choose;
mod clock;
mod cursor;
mod day;
mod digits;
mod evidence;
mod machine;
mod order;
mod propose;
mod relative;
mod visible;
mod words;
mod written;
mod year;

#[cfg(test)]
mod tests;

use crate::span::Span;
use crate::types::PartialDate;

pub(crate) use address::{from_image, from_url};
pub(crate) use choose::choose;
pub(crate) use day::Places;
#[cfg(feature = "internals")]
pub(crate) use day::days;
pub(crate) use evidence::{DateSignal, of_name};
pub(crate) use machine::machine;
pub(crate) use order::{Order, Orders, Reading};
pub(crate) use propose::{Dates, Shown, is_dateline, propose};
pub(crate) use words::Label;
pub(crate) use written::Shape;

/// What helps to read the dates of a page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context<'a> {
    /// How its numbers are ordered.
    pub(crate) order: Orders,
    /// When it was fetched; without it, `3 hours ago` is no date.
    pub(crate) crawled_at: Option<PartialDate>,
    /// The text of the block before, which may be the label.
    pub(crate) before: &'a str,
}

/// A date in visible text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    /// Where it stands, its time included.
    pub(crate) span: Span,
    pub(crate) date: PartialDate,
    /// What the words beside it say.
    pub(crate) label: Label,
    /// Where these words stand, if in the same block.
    pub(crate) label_span: Option<Span>,
    /// Told by its distance from the crawl.
    pub(crate) relative: bool,
    pub(crate) shape: Shape,
    pub(crate) reading: Reading,
}

impl Found {
    fn relative(span: Span, date: PartialDate, label: Label, label_span: Option<Span>) -> Found {
        Found { span, date, label, label_span, relative: true, shape: Shape::Relative, reading: Reading::Clear }
    }
}

/// Reads all ambiguous dates of a page in the order that it proves: by dates that can be read in one order only, and by
/// those that are one of the `stated` days in one order. Contradicting proofs prove nothing.
pub(crate) fn settle_order(found: &mut [Found], stated: &[PartialDate]) {
    let is_stated = |date: &PartialDate| stated.iter().any(|stated| stated.same_day(date));
    let mut proved: [bool; 2] = [false; 2];
    for found in found.iter_mut() {
        let own = is_stated(&found.date);
        match found.reading {
            Reading::Proves(order) => proved[order as usize] = true,
            Reading::Guess(order, other) => {
                let others = is_stated(&other);
                proved[order as usize] |= own && !others;
                proved[order.other() as usize] |= others && !own;
            }
            Reading::Stops(_) | Reading::Clear => {}
        }
        // Stops mean day first on any page, and proofs may contradict each other, but the very day that is stated is meant.
        if let Reading::Stops(other) | Reading::Guess(_, other) = found.reading
            && !own
            && is_stated(&other)
        {
            found.reading = match found.reading {
                Reading::Guess(order, _) => Reading::Guess(order.other(), found.date),
                _ => Reading::Stops(found.date),
            };
            found.date = other;
        }
    }
    let order = match proved {
        [true, false] => Order::DayFirst,
        [false, true] => Order::MonthFirst,
        _ => return,
    };
    for found in found {
        if let Reading::Guess(read_as, other) = found.reading
            && read_as != order
        {
            (found.date, found.reading) = (other, Reading::Guess(order, found.date));
        }
    }
}
