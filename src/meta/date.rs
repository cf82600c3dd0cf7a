//! Dates: every date that a page states is read, and one is chosen as the page's own.
//!
//! [`machine()`] reads dates declared for machines, [`from_url`] those in an address, [`visible::find_from`] those in text;
//! [`year::Evidence`] infers a year that is left out. All of them look for digits first and at words only beside these,
//! accept any input, and run in linear time.

mod address;
mod calendar;
mod choose;
mod clock;
mod compare;
mod cursor;
mod day;
mod digits;
mod evidence;
mod machine;
mod order;
mod propose;
mod relative;
mod shown;
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

/// What is known of a page that helps to read its dates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context<'a> {
    /// The order of day and month in dates of numbers.
    pub(crate) order: Orders,
    /// When the page was fetched; without this, `3 hours ago` is no date.
    pub(crate) crawled_at: Option<PartialDate>,
    /// The text of the previous block, which may be a date's label.
    pub(crate) before: &'a str,
}

/// A date in visible text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    /// The place of the date in the text, including its time.
    pub(crate) span: Span,
    pub(crate) date: PartialDate,
    /// What the words beside the date say about it.
    pub(crate) label: Label,
    /// The place of these words, if they are in the same block.
    pub(crate) label_span: Option<Span>,
    /// Stated as a distance from the crawl: `3 hours ago`.
    pub(crate) relative: bool,
    pub(crate) shape: Shape,
    pub(crate) reading: Reading,
}

impl Found {
    fn relative(span: Span, date: PartialDate, label: Label, label_span: Option<Span>) -> Found {
        Found { span, date, label, label_span, relative: true, shape: Shape::Relative, reading: Reading::Clear }
    }
}

/// Reads all ambiguous dates of a page in the order that the page proves: by dates that are valid in one order only,
/// and by dates that are one of the `stated` days in one order only. Contradicting proofs prove nothing.
pub(crate) fn settle_order(found: &mut [Found], stated: &[PartialDate]) {
    let is_stated = |date: &PartialDate| stated.iter().any(|stated| stated.same_day(date));
    let mut proved: [bool; 2] = [false; 2];
    for found in found.iter_mut() {
        let is_own_stated = is_stated(&found.date);
        match found.reading {
            Reading::Proves(order) => proved[order as usize] = true,
            Reading::Guess(order, other) => {
                let is_other_stated = is_stated(&other);
                proved[order as usize] |= is_own_stated && !is_other_stated;
                proved[order.other() as usize] |= is_other_stated && !is_own_stated;
            }
            Reading::Stops(_) | Reading::Clear => {}
        }
        // Full stops mean day first on any page, and proofs may contradict each other, but a stated day outweighs both.
        if let Reading::Stops(other) | Reading::Guess(_, other) = found.reading
            && !is_own_stated
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
