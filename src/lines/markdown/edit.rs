//! Collects the removals and insertions that turn a page into its text.

use crate::span::Span;

/// Changes to a text, in any order.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Start, end, replacement.
    changes: Vec<(usize, usize, &'static str)>,
    /// Linked ranges of the page.
    links: Vec<(usize, usize)>,
}

/// The text, its linked ranges, and the offsets at which unchanged stretches begin, in the text and in the page.
type Applied = (String, Vec<Span>, Vec<(usize, usize)>);

impl Edits {
    /// Removes `start..end`.
    pub(super) fn take(&mut self, start: usize, end: usize) {
        self.put(start, end, "");
    }

    /// Replaces `start..end` by `text`.
    pub(super) fn put(&mut self, start: usize, end: usize, text: &'static str) {
        if start < end || !text.is_empty() {
            self.changes.push((start, end, text));
        }
    }

    pub(super) fn link(&mut self, start: usize, end: usize) {
        self.links.push((start, end));
    }

    pub(super) fn apply(mut self, page: &str) -> Applied {
        // The longer of two changes at the same offset contains the other. Insertions come before removals.
        self.changes.sort_by_key(|&(start, end, _)| (start, end > start, std::cmp::Reverse(end)));
        let mut text = String::with_capacity(page.len());
        let mut places = vec![(0, 0)];
        let mut at = 0;
        for (start, end, instead) in self.changes {
            // Changes within a removed range are dropped.
            if start < at {
                continue;
            }
            text.push_str(page.get(at..start).unwrap_or_default());
            text.push_str(instead);
            at = end.max(at);
            places.push((text.len(), at));
        }
        text.push_str(page.get(at..).unwrap_or_default());
        self.links.sort_unstable();
        let links = moved(&self.links, &places);
        (text, links, places)
    }
}

/// Maps ascending ranges of the page to ranges of the text. Removed ranges and ranges inside others are dropped.
fn moved(links: &[(usize, usize)], places: &[(usize, usize)]) -> Vec<Span> {
    let mut from = 0;
    let mut out: Vec<Span> = Vec::new();
    for &(start, end) in links {
        while places.get(from + 1).is_some_and(|&(_, place)| place <= start) {
            from += 1;
        }
        let to = |at: usize| {
            let next = from + places.get(from..).unwrap_or_default().partition_point(|&(_, place)| place <= at);
            let limit = places.get(next).map_or(usize::MAX, |&(text, _)| text);
            places.get(next - 1).map_or(at, |&(text, place)| (text + at - place).min(limit))
        };
        let span = Span::new(to(start), to(end));
        if !span.is_empty() && out.last().is_none_or(|last| last.end <= span.start) {
            out.push(span);
        }
    }
    out
}
