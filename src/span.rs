//! A range of positions in a buffer.

/// A half-open range; two `u32` since pages are capped far below 4 GiB.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// Positions beyond `u32` saturate: the caps keep real ones far below.
    pub(crate) fn new(start: usize, end: usize) -> Span {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { start: narrow(start), end: narrow(end) }
    }
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }
    pub(crate) fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// The smallest range with both in it; an empty one adds nothing.
    pub(crate) fn cover(self, other: Span) -> Span {
        match (self.is_empty(), other.is_empty()) {
            (_, true) => self,
            (true, false) => other,
            (false, false) => Span { start: self.start.min(other.start), end: self.end.max(other.end) },
        }
    }
}
