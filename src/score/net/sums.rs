//! Sums over ranges of blocks, for the context means.

use super::{Channels, Vectors, WIDTH, add_scaled, vectors};
use crate::feature::Around;
use fearless_simd::{Simd, SimdBase, f32x16};

/// Keeps the mean over no blocks finite.
const MIN_MASS: f32 = 1e-3;

/// The sum of blocks weighted by their mass, and the sum of the masses.
#[derive(Clone, Copy, Default)]
struct Sum {
    values: Channels,
    mass: f32,
}

/// The sums over everything before a chunk.
#[derive(Clone, Copy, Default)]
struct Chunk {
    values: [f64; WIDTH],
    mass: f64,
}

/// Running sums restart from zero after this many blocks: on a page of 100,000 blocks, the sum over all of them would have
/// no precision left for the few in a box.
const CHUNK_BLOCKS: usize = 1024;

impl Sum {
    #[inline(always)]
    fn add(&mut self, values: &Channels, mass: f32) {
        add_scaled(mass, values, &mut self.values);
        self.mass += mass;
    }

    /// Adds the mean, times `weights`, to `context`.
    #[inline(always)]
    fn mean<S: Simd>(&self, simd: S, weights: &Channels, context: &mut Vectors<S>) {
        add_weighted_mean(simd, vectors(simd, &self.values), self.mass, weights, context);
    }
}

/// `context += weights × values / mass`.
#[inline(always)]
fn add_weighted_mean<S: Simd>(simd: S, values: Vectors<S>, mass: f32, weights: &Channels, context: &mut Vectors<S>) {
    let share = f32x16::splat(simd, 1.0 / (mass + MIN_MASS));
    for ((context, values), weights) in context.iter_mut().zip(values).zip(vectors(simd, weights)) {
        *context += weights * values * share;
    }
}

/// The sums that the context means of a layer are computed from.
#[derive(Default)]
pub(super) struct Sums {
    /// `[i]` is the sum over the blocks before block `i` in its chunk.
    running: Vec<Channels>,
    masses: Vec<f32>,
    chunks: Vec<Chunk>,
    page: Sum,
    groups: Vec<Sum>,
}

impl Sums {
    #[inline(always)]
    pub(super) fn fill(&mut self, blocks: &[Channels], masses: &[f32], around: &[Around]) {
        self.running.clear();
        self.masses.clear();
        self.groups.clear();
        self.chunks.clear();
        self.chunks.push(Chunk::default());
        let mut sum = Sum::default();
        self.running.reserve(blocks.len() + 1);
        self.masses.reserve(blocks.len() + 1);
        self.push(&sum);
        for ((block, &mass), around) in blocks.iter().zip(masses).zip(around) {
            sum.add(block, mass);
            if self.running.len().is_multiple_of(CHUNK_BLOCKS) {
                let mut chunk = self.chunks.last().copied().unwrap_or_default();
                chunk.values.iter_mut().zip(sum.values.iter()).for_each(|(chunk, value)| *chunk += f64::from(*value));
                chunk.mass += f64::from(sum.mass);
                self.chunks.push(chunk);
                sum = Sum::default();
            }
            self.push(&sum);
            // Groups are numbered in the order of their first block.
            if around.group as usize == self.groups.len() {
                self.groups.push(Sum::default());
            }
            if let Some(group) = self.groups.get_mut(around.group as usize) {
                group.add(block, mass);
            }
        }
        self.page = self.over(0, blocks.len());
    }

    #[inline(always)]
    fn push(&mut self, sum: &Sum) {
        self.running.push(sum.values);
        self.masses.push(sum.mass);
    }

    /// Adds the mean over a range of blocks, times `weights`, to `context`. Adds nothing if the range goes beyond the
    /// page.
    #[inline(always)]
    pub(super) fn add_mean<S: Simd>(
        &self,
        simd: S,
        (start, end): (u32, u32),
        weights: &Channels,
        context: &mut Vectors<S>,
    ) {
        let (start, end) = (start as usize, end as usize);
        if start / CHUNK_BLOCKS != end / CHUNK_BLOCKS {
            return self.over(start, end).mean(simd, weights, context);
        }
        if let (Some(first), Some(last)) = (self.running.get(start), self.running.get(end)) {
            let (first, last) = (vectors(simd, first), vectors(simd, last));
            let values = [last[0] - first[0], last[1] - first[1]];
            add_weighted_mean(simd, values, self.masses[end] - self.masses[start], weights, context);
        }
    }

    /// The same for the blocks of a group.
    #[inline(always)]
    pub(super) fn add_group_mean<S: Simd>(&self, simd: S, group: u32, weights: &Channels, context: &mut Vectors<S>) {
        if let Some(sum) = self.groups.get(group as usize) {
            sum.mean(simd, weights, context);
        }
    }

    /// The mean over all blocks, times `weights`.
    #[inline(always)]
    pub(super) fn page_mean<S: Simd>(&self, simd: S, weights: &Channels) -> Vectors<S> {
        let mut context = vectors(simd, &Channels::default());
        self.page.mean(simd, weights, &mut context);
        context
    }

    /// The sum over the blocks `start..end`; zero if the range goes beyond the page.
    fn over(&self, start: usize, end: usize) -> Sum {
        let at = |index: usize| {
            Some((self.running.get(index)?, *self.masses.get(index)?, self.chunks.get(index / CHUNK_BLOCKS)?))
        };
        let (Some((first, mass_before, chunk_before)), Some((last, mass, chunk))) = (at(start), at(end)) else {
            return Sum::default();
        };
        let mut sum = Sum { values: *last, mass };
        for (at, value) in sum.values.iter_mut().enumerate() {
            *value += (chunk.values[at] - chunk_before.values[at]) as f32 - first[at];
        }
        sum.mass += (chunk.mass - chunk_before.mass) as f32 - mass_before;
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::net::stored;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn small_boxes_keep_their_digits_at_the_end_of_an_enormous_page() {
        let mut blocks = vec![Channels([1.0; WIDTH]); 100_000];
        blocks[99_999] = Channels([0.75; WIDTH]);
        let (masses, around) = (vec![1.0; blocks.len()], vec![Around::default(); blocks.len()]);
        let mut sums = Sums::default();
        sums.fill(&blocks, &masses, &around);
        // In one chunk, across the end of one, and over all.
        for (start, expected) in [(99_999, 0.75), (99_998, 1.75), (98_000, 1999.75), (0, 99_999.75)] {
            let weights = Channels([1.0; WIDTH]);
            let context = dispatch!(Level::new(), simd => {
                let mut context = vectors(simd, &Channels::default());
                sums.add_mean(simd, (start, 100_000), &weights, &mut context);
                stored(&context)
            });
            let mean = expected / (100_000 - start) as f32;
            assert!((context[0] - mean).abs() < 0.002, "from {start}: {} instead of {mean}", context[0]);
        }
    }
}
