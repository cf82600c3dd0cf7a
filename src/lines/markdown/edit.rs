//! What is taken out of a page and what is put in, on the way to its text.

use crate::span::Span;

/// Changes to a text, noted in any order.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Start, end, what stands there instead.
    changes: Vec<(usize, usize, &'static str)>,
    /// What was linked.
    links: Vec<(usize, usize)>,
}

/// The text, what of it is linked, and where its stretches begin, there and in the page.
type Applied = (String, Vec<Span>, Vec<(usize, usize)>);

impl Edits {
    /// Takes out `start..end`.
    pub(super) fn take(&mut self, start: usize, end: usize) {
        self.put(start, end, "");
    }

    /// Puts `text` in the place of `start..end`.
    pub(super) fn put(&mut self, start: usize, end: usize, text: &'static str) {
        if start < end || !text.is_empty() {
            self.changes.push((start, end, text));
        }
    }

    pub(super) fn link(&mut self, start: usize, end: usize) {
        self.links.push((start, end));
    }

    pub(super) fn apply(mut self, page: &str) -> Applied {
        // Of two that begin at one place the longer one holds the other; what is put in comes before what is taken out.
        self.changes.sort_by_key(|&(start, end, _)| (start, end > start, std::cmp::Reverse(end)));
        let mut text = String::with_capacity(page.len());
        let mut places = vec![(0, 0)];
        let mut at = 0;
        for (start, end, instead) in self.changes {
            // What lies in a stretch that is gone goes with it.
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

/// Stretches of the page, which ascend, as stretches of the text; those that are gone are left out, those inside others too.
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
