//! A gated linear recurrence in both directions (Bradbury et al. 2017, Martin & Cundy 2018): a running mean of the blocks
//! so far, towards which each block contributes as much as a gate computed from it allows.
//!
//! A convolution has a limited reach, and means weigh all blocks of a box alike. The state of a recurrence keeps what a
//! heading or a comment form contributed until another block overwrites it, at any distance.

use super::{BATCH, Channels, Malformed, Reader, Vectors, WIDTH, add_product, channels, many, mixed, stored, vectors};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// The weights of a layer's memory.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// From the channels of a block to its gates: the first half for the forward pass, the second for the backward pass.
    /// Each gate applies to two channels.
    gates: [Channels; WIDTH],
    bias: Channels,
    /// Weights of the states before a block and after it.
    weights: [Channels; 2],
}

impl Memory {
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Memory { gates: many(reader)?, bias: channels(reader)?, weights: many(reader)? })
    }

    /// Runs the backward pass over `blocks` and begins the forward pass.
    #[inline(always)]
    pub(super) fn forward<S: Simd>(&self, simd: S, blocks: &[Channels]) -> Forward<'_, S> {
        let mut gates = vec![Channels::default(); blocks.len()];
        for (gates, blocks) in gates.chunks_mut(BATCH).zip(blocks.chunks(BATCH)) {
            let mut batch = [Channels::default(); BATCH];
            batch[..blocks.len()].copy_from_slice(blocks);
            for (gates, opened) in gates.iter_mut().zip(&mixed(simd, &batch, &self.gates, &self.bias)) {
                *gates = gate(simd, opened);
            }
        }
        let nothing = vectors(simd, &Channels::default());
        let (mut after, mut state) = (vec![Channels::default(); blocks.len()], nothing);
        for ((block, gates), after) in blocks.iter().zip(&gates).zip(&mut after).rev() {
            *after = stored(&state);
            step(simd, block, vectors(simd, gates)[1], &mut state);
        }
        Forward { memory: self, gates, after, before: nothing }
    }
}

/// The forward pass.
pub(super) struct Forward<'m, S: Simd> {
    memory: &'m Memory,
    gates: Vec<Channels>,
    /// For each block the state after it, from the backward pass.
    after: Vec<Channels>,
    /// The state before the next block.
    before: Vectors<S>,
}

impl<S: Simd> Forward<'_, S> {
    /// Adds the weighted states before and after block `at` to `context`. Must be called for each block in order.
    #[inline(always)]
    pub(super) fn add_to(&mut self, simd: S, at: usize, block: &Channels, context: &mut Vectors<S>) {
        let (Some(gates), Some(after)) = (self.gates.get(at), self.after.get(at)) else { return };
        let [of_before, of_after] = &self.memory.weights;
        add_product(simd, after, of_after, context);
        for ((context, before), weights) in context.iter_mut().zip(self.before).zip(vectors(simd, of_before)) {
            *context += before * weights;
        }
        step(simd, block, vectors(simd, gates)[0], &mut self.before);
    }
}

/// Moves `state` towards `block`, as far as `gate` says.
#[inline(always)]
fn step<S: Simd>(simd: S, block: &Channels, gate: f32x16<S>, state: &mut Vectors<S>) {
    for (state, value) in state.iter_mut().zip(vectors(simd, block)) {
        *state += gate * (value - *state);
    }
}

/// A sigmoid: from any number to one between 0 and 1. A logistic function would do as well, but takes ten times as long and is not
/// rounded alike on all machines.
#[inline(always)]
fn gate(simd: impl Simd, numbers: &Channels) -> Channels {
    let (half, one) = (f32x16::splat(simd, 0.5), f32x16::splat(simd, 1.0));
    stored(&vectors(simd, numbers).map(|x| half + half * x / (one + x * x).sqrt()))
}
