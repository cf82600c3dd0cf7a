//! What a block knows of everything before it and after it: a running mean in either direction, each of whose steps is
//! as large as the block itself says (a gated linear recurrence: Bradbury et al. 2017, Martin & Cundy 2018).
//!
//! Neighbours reach as far as the layers are wide, and means weigh all blocks of a box alike. A memory keeps what a
//! heading or a comment form said until another block overwrites it, however long that takes.

use super::{BATCH, Channels, Malformed, Reader, Vectors, WIDTH, add_product, channels, many, mixed, stored, vectors};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x16};

/// The weights of a layer's memory.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// From the numbers of a block to its gates: the first half is for the way forward, the second for the way back,
    /// and each gate is for two numbers.
    gates: [Channels; WIDTH],
    bias: Channels,
    /// Weights of what is remembered from before a block and from after it.
    heard: [Channels; 2],
}

impl Memory {
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Memory { gates: many(reader)?, bias: channels(reader)?, heard: many(reader)? })
    }

    /// Begins the way forward through `blocks`, after the whole way back.
    #[inline(always)]
    pub(super) fn recall<S: Simd>(&self, simd: S, blocks: &[Channels]) -> Recall<'_, S> {
        let mut gates = vec![Channels::default(); blocks.len()];
        for (gates, blocks) in gates.chunks_mut(BATCH).zip(blocks.chunks(BATCH)) {
            let mut batch = [Channels::default(); BATCH];
            batch[..blocks.len()].copy_from_slice(blocks);
            for (gates, opened) in gates.iter_mut().zip(&mixed(simd, &batch, &self.gates, &self.bias)) {
                *gates = opening(simd, opened);
            }
        }
        let nothing = vectors(simd, &Channels::default());
        let (mut after, mut state) = (vec![Channels::default(); blocks.len()], nothing);
        for ((block, gates), after) in blocks.iter().zip(&gates).zip(&mut after).rev() {
            *after = stored(&state);
            step(simd, block, vectors(simd, gates)[1], &mut state);
        }
        Recall { memory: self, gates, after, before: nothing }
    }
}

/// A memory on its way forward.
pub(super) struct Recall<'m, S: Simd> {
    memory: &'m Memory,
    gates: Vec<Channels>,
    /// For each block what is remembered from after it.
    after: Vec<Channels>,
    /// What is remembered from before the next block.
    before: Vectors<S>,
}

impl<S: Simd> Recall<'_, S> {
    /// Adds to `heard` what block `at` remembers. Blocks must be asked for in order.
    #[inline(always)]
    pub(super) fn hear(&mut self, simd: S, at: usize, block: &Channels, heard: &mut Vectors<S>) {
        let (Some(gates), Some(after)) = (self.gates.get(at), self.after.get(at)) else { return };
        let [of_before, of_after] = &self.memory.heard;
        add_product(simd, after, of_after, heard);
        for ((heard, before), weights) in heard.iter_mut().zip(self.before).zip(vectors(simd, of_before)) {
            *heard += before * weights;
        }
        step(simd, block, vectors(simd, gates)[0], &mut self.before);
    }
}

/// Moves `state` towards the numbers of `block`.
#[inline(always)]
fn step<S: Simd>(simd: S, block: &Channels, gate: f32x16<S>, state: &mut Vectors<S>) {
    for (state, value) in state.iter_mut().zip(vectors(simd, block)) {
        *state += gate * (value - *state);
    }
}

/// From any number to one between 0 and 1. A logistic function would do as well, but takes ten times as long and is not
/// rounded alike on all machines.
#[inline(always)]
fn opening(simd: impl Simd, numbers: &Channels) -> Channels {
    let (half, one) = (f32x16::splat(simd, 0.5), f32x16::splat(simd, 1.0));
    stored(&vectors(simd, numbers).map(|x| half + half * x / (one + x * x).sqrt()))
}
