//! A range of positions in a buffer.

/// A half-open range. `u32` is enough, since pages are limited to far less than 4 GiB.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// Saturates positions beyond `u32`, which no page reaches.
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
    /// The smallest range that contains both; an empty one is ignored.
    pub(crate) fn cover(self, other: Span) -> Span {
        match (self.is_empty(), other.is_empty()) {
            (_, true) => self,
            (true, false) => other,
            (false, false) => Span { start: self.start.min(other.start), end: self.end.max(other.end) },
        }
    }
}

/// Number of slots of [`Recent`].
const RECENT_SLOTS: usize = 256;

/// A direct-mapped cache keyed by span.
#[derive(Debug)]
pub(crate) struct Recent<V>([(Span, V); RECENT_SLOTS]);

impl<V: Copy + Default> Default for Recent<V> {
    fn default() -> Self {
        let nothing = Span { start: u32::MAX, end: 0 };
        Recent([(nothing, V::default()); RECENT_SLOTS])
    }
}

impl<V: Copy> Recent<V> {
    /// The cached value of `span`, computed if it is not in the cache.
    #[inline]
    pub(crate) fn of(&mut self, span: Span, work: impl FnOnce() -> V) -> V {
        let slot = &mut self.0[(span.start.wrapping_mul(0x9e37_79b9) >> 24) as usize % RECENT_SLOTS];
        if slot.0 != span {
            *slot = (span, work());
        }
        slot.1
    }
}
