//! Runs the network over a page.

use super::inputs::{Inputs, RESTART_AFTER};
use super::sums::Sums;
use super::{
    BATCH, Channels, Layer, Net, Vectors, add_positive, add_product, add_scaled, dot, mixed, positive, stored, vectors,
};
use crate::feature::Around;
use fearless_simd::{Level, Simd, dispatch};

/// A page that a network reads row by row. Each row is at once reduced to the initial channels of its block: it is eight
/// times as long and need not be kept.
///
/// This code is compiled once for each kind of vector registers, and the widest that the machine has is used. No sum is
/// reordered, and a product that is added without being rounded first is so on every kind, so all give the same bits.
pub(crate) struct Reading<'n> {
    net: &'n Net,
    level: Level,
    inputs: Inputs,
    blocks: Vec<Channels>,
    masses: Vec<f32>,
}

impl<'n> Reading<'n> {
    /// Begins a page of so many blocks.
    pub(crate) fn new(net: &'n Net, blocks: usize) -> Self {
        let (inputs, masses) = (Inputs::new(net), Vec::with_capacity(blocks));
        Reading { net, level: Level::new(), inputs, blocks: Vec::with_capacity(blocks), masses }
    }

    /// Reads the row of the next block, and its length in units.
    pub(crate) fn row(&mut self, row: &[f32], units: f32) {
        if self.blocks.len().is_multiple_of(RESTART_AFTER) {
            self.inputs.restart(self.net);
        }
        // Long blocks say more about their surroundings than short ones, but less than in proportion to their length.
        let mass = units.ln_1p() + 0.3;
        self.masses.push(mass);
        let (level, net, inputs) = (self.level, self.net, &mut self.inputs);
        let block = dispatch!(level, simd => simd.vectorize(#[inline(always)] || embed(simd, net, inputs, row, mass)));
        self.blocks.push(block);
    }

    /// The log-odds of each block to be body, given what is around it.
    pub(crate) fn log_odds(self, around: &[Around]) -> Vec<f32> {
        self.log_odds_observed(around, |_| {})
    }

    /// The same. `observe` is called with the initial channels of each block, then for each layer with what it adds to each
    /// block (of which negative numbers are not added).
    pub(in crate::score) fn log_odds_observed(
        mut self,
        around: &[Around],
        mut observe: impl FnMut(&Channels),
    ) -> Vec<f32> {
        self.blocks.truncate(around.len());
        self.blocks.iter().for_each(&mut observe);
        dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || self.run(simd, around, &mut observe)))
    }

    #[inline(always)]
    fn run(mut self, simd: impl Simd, around: &[Around], observe: &mut impl FnMut(&Channels)) -> Vec<f32> {
        let mut sums = Sums::default();
        for layer in &self.net.layers {
            if layer.means.is_some() {
                sums.fill(&self.blocks, &self.masses, around);
            }
            layer.pass(simd, &mut self.blocks, &sums, around, observe);
        }
        // A loop instead of `collect`: what is not inlined here is not compiled for wide registers.
        let mut odds = vec![self.net.out_bias; self.blocks.len()];
        for (odds, block) in odds.iter_mut().zip(&self.blocks) {
            *odds += dot(block, &self.net.out);
        }
        odds
    }
}

/// The initial channels of a block, made of its own columns.
#[inline(always)]
fn embed(simd: impl Simd, net: &Net, inputs: &mut Inputs, row: &[f32], mass: f32) -> Channels {
    inputs.step(simd, net, row);
    let mut block = inputs.sums;
    add_scaled(mass, &net.mass, &mut block);
    block.iter_mut().for_each(|value| *value = positive(*value));
    block
}

impl Layer {
    /// Gathers the context of each block, and adds to the block what the layer makes of it.
    #[inline(always)]
    fn pass(
        &self,
        simd: impl Simd,
        blocks: &mut [Channels],
        sums: &Sums,
        around: &[Around],
        observe: &mut impl FnMut(&Channels),
    ) {
        // The last blocks as they were before this layer, for the context of later ones; zeros before the first.
        let mut past = vec![Channels::default(); self.reach];
        let mut turn = 0;
        let page = self.means.as_ref().map(|[.., page]| sums.page_mean(simd, page));
        let mut forward = self.memory.as_ref().map(|memory| memory.forward(simd, blocks));
        for first in (0..blocks.len()).step_by(BATCH) {
            let mut context = [Channels::default(); BATCH];
            for ((at, around), context) in
                (first..blocks.len()).zip(around.get(first..).unwrap_or_default()).zip(&mut context)
            {
                let own = blocks[at];
                let before = std::mem::replace(&mut past[turn], own);
                turn = if turn + 1 < self.reach { turn + 1 } else { 0 };
                let [of_before, of_own, of_after] = &self.kernel;
                let mut sum = vectors(simd, &Channels::default());
                add_product(simd, &own, of_own, &mut sum);
                add_product(simd, &before, of_before, &mut sum);
                if let Some(after) = blocks.get(at + self.reach) {
                    add_product(simd, after, of_after, &mut sum);
                }
                self.add_means(simd, sums, around, &mut sum);
                if let Some(forward) = &mut forward {
                    forward.add_to(simd, at, &own, &mut sum);
                }
                if let Some(page) = &page {
                    sum.iter_mut().zip(page).for_each(|(sum, page)| *sum += *page);
                }
                *context = stored(&sum);
            }
            let added = mixed(simd, &context, &self.mix, &self.bias);
            for (block, added) in blocks.iter_mut().skip(first).zip(&added) {
                observe(added);
                add_positive(simd, added, block);
            }
        }
    }

    #[inline(always)]
    fn add_means<S: Simd>(&self, simd: S, sums: &Sums, around: &Around, context: &mut Vectors<S>) {
        let Some([boxes @ .., section, group, _]) = &self.means else { return };
        for (&range, weights) in around.boxes.iter().zip(boxes).chain([(&around.section, section)]) {
            sums.add_mean(simd, range, weights, context);
        }
        sums.add_group_mean(simd, around.group, group, context);
    }
}
