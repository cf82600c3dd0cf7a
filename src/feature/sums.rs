//! Sums of the measures over ranges of blocks.

use super::measure::Measure;
use crate::block::Container;
use crate::span::Span;

/// Prefix sums over the blocks, so that any range costs two look-ups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// `[i]` is the sum over blocks `..i`, in the order of [`Range`]'s fields after the first.
    rows: Vec<[f32; 8]>,
}

/// Sums over a range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Range {
    pub(crate) blocks: f32,
    pub(crate) units: f32,
    pub(crate) link: f32,
    pub(crate) prose: f32,
    pub(crate) prose_blocks: f32,
    pub(crate) terms: f32,
    pub(crate) title_terms: f32,
    pub(crate) chars: f32,
    pub(crate) digits: f32,
}

impl Range {
    pub(crate) fn link_density(&self) -> f32 {
        self.link / self.units.max(1.0)
    }

    pub(crate) fn prose_share(&self) -> f32 {
        self.prose / self.units.max(1.0)
    }

    /// The mean length, and the shares of links, prose, title terms and digits. In arrays, so that the divisions can be
    /// vectorised.
    pub(crate) fn densities(&self) -> [f32; 5] {
        let mut densities = [self.units, self.link, self.prose, self.title_terms, self.digits];
        let of = [self.blocks, self.units, self.units, self.terms, self.chars];
        densities.iter_mut().zip(of).for_each(|(part, whole)| *part /= whole.max(1.0));
        densities
    }
}

impl Sums {
    pub(crate) fn fill(&mut self, measures: &[Measure]) {
        self.rows.clear();
        self.rows.reserve(measures.len() + 1);
        let mut sum = [0.0f32; 8];
        self.rows.push(sum);
        for m in measures {
            let prose = m.is_prose();
            let row = [
                m.units,
                m.link_units,
                if prose { m.units - m.link_units } else { 0.0 },
                f32::from(u8::from(prose)),
                m.terms as f32,
                m.title_terms as f32,
                m.chars as f32,
                m.digits as f32,
            ];
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += value;
            }
            self.rows.push(sum);
        }
    }

    /// Sums over the blocks `start..end`, clamped to the existing ones.
    pub(crate) fn over(&self, start: usize, end: usize) -> Range {
        let last = self.rows.len().saturating_sub(1);
        let (start, end) = (start.min(last), end.min(last));
        if start >= end {
            return Range::default();
        }
        let (a, b) = (&self.rows[start], &self.rows[end]);
        let of = |index: usize| b[index] - a[index];
        Range {
            blocks: (end - start) as f32,
            units: of(0),
            link: of(1),
            prose: of(2),
            prose_blocks: of(3),
            terms: of(4),
            title_terms: of(5),
            chars: of(6),
            digits: of(7),
        }
    }

    pub(crate) fn span(&self, span: Span) -> Range {
        self.over(span.start as usize, span.end as usize)
    }

    pub(crate) fn all(&self) -> Range {
        self.over(0, usize::MAX)
    }
}

/// The container with the most prose and the least of anything else: where an article would be.
///
/// Other text counts against a container, so the best one is small but complete. Of equals the deepest wins.
pub(crate) fn best(containers: &[Container], sums: &Sums) -> usize {
    let mut best = (f32::MIN, 0);
    for (index, container) in containers.iter().enumerate() {
        let held = sums.span(container.blocks);
        let other = held.units - held.prose;
        let score = held.prose - OTHER_WEIGHT * other;
        if score >= best.0 {
            best = (score, index);
        }
    }
    best.1
}

/// What a unit of other text costs. A larger container wins if it adds more prose than this for each such unit: captions
/// and boxes between paragraphs cost less than the paragraphs around them gain.
const OTHER_WEIGHT: f32 = 0.7;
