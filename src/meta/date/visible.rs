//! All dates in visible text.

use super::cursor::{Cursor, digit, is_letter, next_digit};
use super::order::Reading;
use super::words::{self, Label};
use super::written::{self, Shape, Written};
use super::{Context, Found, clock, relative};
use crate::span::Span;
use std::ops::Range;

/// Most dates read of a value that a page declares as one date. Text of elements has no room for more.
pub(super) const MAX_OF_VALUE: usize = 64;
/// Longest block in which a date is the main content, in bytes.
const SHORT: usize = 64;
/// Most bytes between a time and the date after it.
const TIME_GAP: usize = 24;

/// Finds the dates in `text`, which is one block without a digit before `from`, in reading order, until `out` holds
/// `most` of them.
///
/// Only numbers and the text beside them are examined, so text without digits costs one pass over its bytes.
pub(super) fn find_from(text: &str, from: usize, most: usize, context: &Context<'_>, out: &mut Vec<Found>) {
    let first = out.len();
    let mut reader = DateReader { text, context, floor: 0, time: None };
    let mut at = from;
    while out.len() < most
        && let Some(start) = next_digit(text, at)
    {
        let cursor = Cursor::new(text, start);
        let age = relative::end_of_age(cursor);
        let date = if age.is_none() { reader.date(cursor) } else { None };
        let found = date.or_else(|| reader.relative(cursor));
        if let Some(end) = found.as_ref().map(|found| found.span.range().end).or(age) {
            at = end.max(start + 1);
            reader.floor = at;
            out.extend(found);
            continue;
        }
        at = reader.time_or_number(cursor);
    }
    if context.crawled_at.is_some() && text.len() <= SHORT {
        relative::named_days(text, context, out, first);
    }
    mark_ranges(text, out.get_mut(first..).unwrap_or_default());
}

struct DateReader<'t, 'c> {
    text: &'t str,
    context: &'c Context<'c>,
    /// Nothing before this belongs to the next date.
    floor: usize,
    /// The last time that was not read as part of a date, with its byte range.
    time: Option<(Range<usize>, clock::Clock)>,
}

impl DateReader<'_, '_> {
    /// The date at or around the number at `cursor`.
    fn date(&self, cursor: Cursor<'_>) -> Option<Found> {
        if !self.may_begin(cursor) {
            return None;
        }
        let mut read = written::read(cursor, self.floor, self.context)?;
        let mut end = Cursor::new(self.text, read.end);
        let glued_letters = read.start == cursor.at
            && Cursor::new(self.text, read.start).previous().is_some_and(|c| c.is_ascii_alphabetic());
        if glued_letters && !(read.date.is_full() && matches!(read.shape, Shape::Named | Shape::Numeric)) {
            return None;
        }
        let mut clock = if read.date.day().is_some() { clock::behind(&mut end) } else { None };
        let mut start = read.start;
        if clock.is_none()
            && read.date.day().is_some()
            && let Some((range, before)) = self.time_before(start)
        {
            (clock, start) = (Some(before), range.start);
        }
        if end.at == read.end && !may_end(end, read.shape) {
            return None;
        }
        let label = self.label(start, end.at);
        if !self.acceptable(&read, clock.is_some(), label.0) {
            return None;
        }
        if let Some(clock) = clock {
            read.date = read.date.at(clock.time, clock.offset)?;
            if let Reading::Guess(_, other) | Reading::Stops(other) = &mut read.reading {
                *other = other.at(clock.time, clock.offset)?;
            }
        }
        Some(Found {
            span: Span::new(start, end.at),
            date: read.date,
            label: label.0,
            label_span: label.1,
            relative: false,
            shape: read.shape,
            reading: read.reading,
        })
    }

    fn relative(&self, cursor: Cursor<'_>) -> Option<Found> {
        self.context.crawled_at?;
        if !self.may_begin(cursor) {
            return None;
        }
        let (range, date) = relative::read(cursor, self.floor, self.context)?;
        let (label, label_span) = self.label(range.start, range.end);
        Some(Found::relative(Span::new(range.start, range.end), date, label, label_span))
    }

    /// Remembers a time for the date after it, or steps over the number; returns where to continue.
    fn time_or_number(&mut self, number: Cursor<'_>) -> usize {
        let (start, mut cursor) = (number.at, number);
        let glued = cursor.previous().is_some_and(|c| c.is_ascii_alphanumeric() || c == ':');
        if !glued && let Some(clock) = clock::read(&mut cursor, clock::Marks::Sure) {
            self.time = Some((start..cursor.at, clock));
        } else {
            cursor = number;
            cursor.number();
        }
        cursor.at.max(start + 1)
    }

    fn time_before(&self, date: usize) -> Option<(Range<usize>, clock::Clock)> {
        let (range, clock) = self.time.clone()?;
        if range.start < self.floor || date < range.end || date - range.end > TIME_GAP {
            return None;
        }
        words::only_fillers(self.text.get(range.end..date)?).then_some((range, clock))
    }

    /// Whether the text before a number allows a date to begin there.
    fn may_begin(&self, cursor: Cursor<'_>) -> bool {
        let mut before = cursor;
        let Some(c) = before.step_back() else { return true };
        let digit_before = before.at >= self.floor && before.previous().and_then(digit).is_some();
        match c {
            '$' | '€' | '£' | '¥' | '₩' | '￥' | '￦' | '#' | '№' | '+' | '=' | '_' | '&' | '\\' | '%' => {
                false
            }
            '/' => {
                before.previous().is_some_and(is_letter) && before.at > self.floor && !before.before().contains("//")
            }
            '-' | '.' | ',' | ':' | '–' | '−' => !digit_before,
            _ => true,
        }
    }

    fn label(&self, start: usize, end: usize) -> (Label, Option<Span>) {
        if let Some((label, label_start)) = words::label_before(self.text, start, self.floor) {
            return (label, Some(Span::new(label_start, start)));
        }
        if let Some((label, label_end)) = words::label_after(self.text, end) {
            return (label, Some(Span::new(end, label_end)));
        }
        let leads = self.floor == 0 && self.text.get(..start).is_some_and(words::only_fillers);
        let before = self.context.before;
        if leads && before.len() <= SHORT {
            let label = words::label_before(before, before.len(), 0).map_or(Label::None, |(label, _)| label);
            return (label, None);
        }
        (Label::None, None)
    }

    /// Whether the context is enough to accept a notation that other things share.
    fn acceptable(&self, read: &Written, timed: bool, label: Label) -> bool {
        let labelled = label != Label::None;
        let short = self.text.len() <= SHORT;
        match read.shape {
            Shape::Named | Shape::Month | Shape::Relative => true,
            // In prose these are days of events, and in some language every third word abbreviates a month.
            Shape::NoYear => labelled || timed || short,
            Shape::Numeric => !read.bare || labelled || timed || short || self.context.order.year_leads(),
            Shape::ShortYear => labelled || timed || short,
            Shape::NoYearNumeric => labelled || timed && !read.bare,
            Shape::Compact => labelled,
        }
    }
}

/// Whether the text after a date allows it to end there.
fn may_end(end: Cursor<'_>, shape: Shape) -> bool {
    let mut after = end;
    let Some(c) = after.step() else { return true };
    let numbers = !matches!(shape, Shape::Named | Shape::NoYear | Shape::Month);
    match c {
        '%' | '€' | '$' | '£' | '₩' | '°' => !numbers,
        '-' | '.' | '/' | ',' | ':' | '–' => !(numbers && after.peek().and_then(digit).is_some()),
        c if c.is_ascii_alphabetic() => !numbers || shape == Shape::Numeric,
        _ => true,
    }
}

/// Labels two dates with a range sign between them as the days of an event.
fn mark_ranges(text: &str, found: &mut [Found]) {
    for index in 1..found.len() {
        let Some([first, second]) = found.get_mut(index - 1..=index) else { continue };
        let gap = text.get(first.span.range().end..second.span.range().start).unwrap_or_default().trim();
        let range = matches!(gap, "~" | "〜" | "～" | "–" | "—" | "-" | "−" | "→");
        let plain = |found: &Found| found.date.time().is_none() && matches!(found.label, Label::None | Label::Other);
        if range && plain(first) && plain(second) {
            (first.label, second.label) = (Label::Other, Label::Other);
        }
    }
}
