//! A small network over the sequence of a page's blocks.
//!
//! A block starts as a vector of [`WIDTH`] channels, computed from its columns. Each layer then gathers the context of
//! every block: a dilated depthwise convolution over its neighbours, with a kernel of three (van den Oord et al. 2016);
//! in some layers also the means of the boxes around it, of its section, of the blocks with its path and of the page;
//! and in some a gated recurrence over all blocks before and after it. A matrix mixes the channels of the context, and
//! the positive part of the result is added to the block (a residual connection, He et al. 2015). At the end a weighted
//! sum of the channels gives the log-odds.
//!
//! So a block is judged in the context of its page: a paragraph below a comment form by what surrounds it. Time and
//! memory are proportional to the number of blocks. `tools/train/fit.py` computes the same when it fits the weights.

mod inputs;
mod memory;
mod reading;
mod sums;

use super::Malformed;
use super::reader::Reader;
use crate::feature::BOXES;
use fearless_simd::{Select, Simd, SimdBase, SimdFloat, f32x16};
use memory::Memory;
pub(crate) use reading::Reading;
use std::ops::{Deref, DerefMut};

/// Number of channels of a block.
pub const WIDTH: usize = 32;

/// The channels of a block, or a weight for each of them. Aligned, since a vector that straddles two cache lines takes
/// two loads.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub(super) struct Channels([f32; WIDTH]);

impl Deref for Channels {
    type Target = [f32; WIDTH];
    #[inline(always)]
    fn deref(&self) -> &[f32; WIDTH] {
        &self.0
    }
}

impl DerefMut for Channels {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [f32; WIDTH] {
        &mut self.0
    }
}

/// Number of context means: of the boxes, the section, the group and the page.
pub const MEANS: usize = BOXES + 3;

/// The weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Net {
    /// One entry per column of a row.
    pub(super) columns: Vec<Column>,
    mass: Channels,
    /// The sum of the inputs for a row of zeros, including the bias.
    zero: Channels,
    pub(super) layers: Vec<Layer>,
    pub(super) out: Channels,
    out_bias: f32,
}

/// The inputs made of a column: for an amount `x / (|x| + scale)`, which is within ±1 on any page; for a name, 1 where
/// the column has that value and 0 elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Infinite if the column is not an amount, so that this input is 0.
    pub(super) scale: f32,
    pub(super) weights: Channels,
    pub(super) named: Vec<Named>,
}

#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) value: f32,
    pub(super) weights: Channels,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// The dilation of the convolution: distance in blocks to the neighbours; at least 1.
    pub(super) reach: usize,
    /// The kernel of the convolution: weights of the neighbour before, of the block itself, and of the neighbour after.
    pub(super) kernel: [Channels; 3],
    /// Weights of the context means, in layers that have them.
    means: Option<[Channels; MEANS]>,
    memory: Option<Memory>,
    /// Mixes the channels of the context.
    pub(super) mix: [Channels; WIDTH],
    bias: Channels,
}

impl Net {
    /// Layout: `u16` number of scaled inputs, each `u32` hash of the column's name, `f32` scale, weights; `u16` number
    /// of named inputs, each hash, `f32` value, weights; weights of the mass; bias; `u8` number of layers, each `u8`
    /// reach, `u8` whether it has means, `u8` whether it has a memory, kernel, means, memory (gates, bias, weights), mix,
    /// bias; weights and bias of the output. Weights are [`WIDTH`] `f32`. `columns` are the hashes of the names of a
    /// row's columns.
    pub(super) fn parse(reader: &mut Reader<'_>, columns: &[u32]) -> Result<Self, Malformed> {
        let column = |reader: &mut Reader<'_>| {
            let hash = reader.u32()?;
            columns.iter().position(|column| *column == hash).ok_or(Malformed("an unknown column"))
        };
        let blank = Column { scale: f32::INFINITY, weights: Channels::default(), named: Vec::new() };
        let mut inputs = vec![blank; columns.len()];
        for _ in 0..reader.u16()? {
            let input = &mut inputs[column(reader)?];
            (input.scale, input.weights) = (reader.f32()?, channels(reader)?);
            if input.scale <= 0.0 {
                return Err(Malformed("a scale that is not positive"));
            }
        }
        let mut zero = Channels::default();
        for _ in 0..reader.u16()? {
            let (column, named) = (column(reader)?, Named { value: reader.f32()?, weights: channels(reader)? });
            if named.value == 0.0 {
                add_scaled(1.0, &named.weights, &mut zero);
            }
            inputs[column].named.push(named);
        }
        let mass = channels(reader)?;
        add_scaled(1.0, &channels(reader)?, &mut zero);
        Ok(Net {
            columns: inputs,
            mass,
            zero,
            layers: (0..reader.u8()?).map(|_| Layer::parse(reader)).collect::<Result<_, Malformed>>()?,
            out: channels(reader)?,
            out_bias: reader.f32()?,
        })
    }
}

impl Layer {
    fn parse(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let reach = usize::from(reader.u8()?);
        if reach == 0 {
            return Err(Malformed("a reach of nothing"));
        }
        let (has_means, has_memory) = (reader.u8()? != 0, reader.u8()? != 0);
        Ok(Layer {
            reach,
            kernel: many(reader)?,
            means: if has_means { Some(many(reader)?) } else { None },
            memory: if has_memory { Some(Memory::parse(reader)?) } else { None },
            mix: many(reader)?,
            bias: channels(reader)?,
        })
    }
}

/// The sum of `values × weights`, computed as eight sums side by side, which are then added up.
#[inline(always)]
pub(super) fn dot(values: &Channels, weights: &Channels) -> f32 {
    let mut sums = [0.0f32; 8];
    for (values, weights) in values.as_chunks::<8>().0.iter().zip(weights.as_chunks::<8>().0) {
        for ((sum, value), weight) in sums.iter_mut().zip(values).zip(weights) {
            *sum += value * weight;
        }
    }
    sums.iter().sum()
}

/// `into += factor × weights`.
#[inline(always)]
fn add_scaled(factor: f32, weights: &Channels, into: &mut Channels) {
    for at in 0..WIDTH {
        into[at] += factor * weights[at];
    }
}

/// `into += max(values, 0)`. Left to itself, the compiler vectorises across the blocks of a batch and loads and stores
/// each number on its own, which costs 2.5 % of an extraction.
#[inline(always)]
fn add_positive<S: Simd>(simd: S, values: &Channels, into: &mut Channels) {
    let zero = f32x16::splat(simd, 0.0);
    let mut sums = vectors(simd, into);
    for (sum, value) in sums.iter_mut().zip(vectors(simd, values)) {
        *sum += value.simd_gt(zero).select(value, zero);
    }
    *into = stored(&sums);
}

/// `max(value, 0)` in one instruction; [`f32::max`] takes three, to be right about NaN.
#[inline(always)]
pub(super) fn positive(value: f32) -> f32 {
    if value > 0.0 { value } else { 0.0 }
}

/// [`Channels`] in registers: with an array, the compiler would store each sum and load it again.
type Vectors<S> = [f32x16<S>; 2];

#[inline(always)]
fn vectors<S: Simd>(simd: S, channels: &Channels) -> Vectors<S> {
    let half = |at: usize| f32x16::from_slice(simd, &channels[at..at + WIDTH / 2]);
    [half(0), half(WIDTH / 2)]
}

#[inline(always)]
fn stored<S: Simd>(vectors: &Vectors<S>) -> Channels {
    let mut out = Channels::default();
    for (out, vector) in out.as_chunks_mut::<{ WIDTH / 2 }>().0.iter_mut().zip(vectors) {
        vector.store_slice(out);
    }
    out
}

/// `into += values × weights`, element by element.
#[inline(always)]
fn add_product<S: Simd>(simd: S, values: &Channels, weights: &Channels, into: &mut Vectors<S>) {
    for ((into, values), weights) in into.iter_mut().zip(vectors(simd, values)).zip(vectors(simd, weights)) {
        *into += values * weights;
    }
}

/// `into += factor × weights`, rounded once only, on every machine.
#[inline(always)]
fn add_weighted<S: Simd>(simd: S, factor: f32, weights: &Channels, into: &mut Vectors<S>) {
    let (factor, weights) = (f32x16::splat(simd, factor), vectors(simd, weights));
    for (into, weights) in into.iter_mut().zip(weights) {
        *into = factor.mul_add_precise(weights, *into);
    }
}

/// Blocks that are mixed together: each row of weights is loaded once for all of them, and no sum has to wait for its
/// previous step.
const BATCH: usize = 4;

/// `values · matrix + bias` for some blocks.
#[inline(always)]
fn mixed<S: Simd>(
    simd: S,
    values: &[Channels; BATCH],
    matrix: &[Channels; WIDTH],
    bias: &Channels,
) -> [Channels; BATCH] {
    let mut out = [Channels::default(); BATCH];
    // As many sums at a time as fit into the registers.
    if S::f32s::LEN == WIDTH / 2 {
        mix::<S, 2>(simd, 0, values, matrix, bias, &mut out);
    } else {
        mix::<S, 1>(simd, 0, values, matrix, bias, &mut out);
        mix::<S, 1>(simd, 1, values, matrix, bias, &mut out);
    }
    out
}

/// Computes `HALVES` halves of `out`, beginning with half `first`.
#[inline(always)]
fn mix<S: Simd, const HALVES: usize>(
    simd: S,
    first: usize,
    values: &[Channels; BATCH],
    matrix: &[Channels; WIDTH],
    bias: &Channels,
    out: &mut [Channels; BATCH],
) {
    let load = |weights: &Channels| -> [f32x16<S>; HALVES] {
        std::array::from_fn(|half| f32x16::from_slice(simd, &weights.as_chunks::<{ WIDTH / 2 }>().0[first + half]))
    };
    let mut sums = [load(bias); BATCH];
    for (at, weights) in matrix.iter().enumerate() {
        let weights = load(weights);
        for (sums, values) in sums.iter_mut().zip(values) {
            let value = f32x16::splat(simd, values[at]);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = value.mul_add_precise(weights, *sum);
            }
        }
    }
    for (out, sums) in out.iter_mut().zip(sums) {
        for (half, sum) in sums.iter().enumerate() {
            sum.store_slice(&mut out.as_chunks_mut::<{ WIDTH / 2 }>().0[first + half]);
        }
    }
}

fn channels(reader: &mut Reader<'_>) -> Result<Channels, Malformed> {
    let mut channels = Channels::default();
    for value in channels.iter_mut() {
        *value = reader.f32()?;
    }
    Ok(channels)
}

fn many<const N: usize>(reader: &mut Reader<'_>) -> Result<[Channels; N], Malformed> {
    let mut many = [Channels::default(); N];
    for one in &mut many {
        *one = channels(reader)?;
    }
    Ok(many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::Around;

    /// A network in the form of a file.
    #[derive(Default)]
    struct Bytes(Vec<u8>);

    impl Bytes {
        fn weights(&mut self, weights: &[(usize, f32)]) -> &mut Self {
            let mut channels = Channels::default();
            weights.iter().for_each(|&(at, weight)| channels[at] = weight);
            channels.iter().for_each(|value| self.0.extend(value.to_le_bytes()));
            self
        }

        fn same(&mut self, count: usize, weight: f32) -> &mut Self {
            (0..count * WIDTH).for_each(|_| self.0.extend(weight.to_le_bytes()));
            self
        }

        fn raw(&mut self, bytes: &[u8]) -> &mut Self {
            self.0.extend_from_slice(bytes);
            self
        }
    }

    impl Net {
        /// A network without inputs and layers, whose log-odds are 0 for every block.
        pub(crate) fn nothing() -> Vec<u8> {
            let mut bytes = Bytes::default();
            bytes.raw(&[0; 4]).same(2, 0.0).raw(&[0]).same(1, 0.0).raw(&[0; 4]);
            bytes.0
        }
    }

    /// One amount with scale 1 on channel 0, the name 7 on channel 1, and a layer as given; channel 0 and 1 are read.
    fn net(layer: &Bytes) -> Net {
        let mut bytes = Bytes::default();
        bytes.raw(&[1, 0]).raw(&1u32.to_le_bytes()).raw(&1f32.to_le_bytes()).weights(&[(0, 1.0)]);
        bytes.raw(&[1, 0]).raw(&2u32.to_le_bytes()).raw(&7f32.to_le_bytes()).weights(&[(1, 10.0)]);
        bytes.same(2, 0.0).raw(&[1]).raw(&layer.0).weights(&[(0, 1.0), (1, 1.0)]).raw(&0.5f32.to_le_bytes());
        let mut reader = Reader::new(&bytes.0);
        let net = Net::parse(&mut reader, &[1, 2]).expect("well formed");
        assert!(reader.rest().is_empty());
        net
    }

    /// A layer with the given kernel, and weights of the means if any, which adds to each channel its context.
    fn layer(reach: u8, kernel: [f32; 3], means: Option<[f32; MEANS]>) -> Bytes {
        let mut bytes = Bytes::default();
        bytes.raw(&[reach, u8::from(means.is_some()), 0]);
        kernel.iter().chain(means.iter().flatten()).for_each(|&weight| {
            bytes.same(1, weight);
        });
        (0..WIDTH).for_each(|at| {
            bytes.weights(&[(at, 1.0)]);
        });
        bytes.same(1, 0.0);
        bytes
    }

    /// A layer that has a memory alone: the biases of the gates forwards and backwards (open at 1e9, half open at 0,
    /// closed at -1e9), how far channel 1 opens the first gate, and the weights of the states before and after a block.
    fn remembering(biases: [f32; 2], opening: f32, weights: [f32; 2]) -> Bytes {
        let mut bytes = Bytes::default();
        bytes.raw(&[1, 0, 1]).same(3, 0.0).same(1, 0.0).weights(&[(0, opening)]).same(WIDTH - 2, 0.0);
        let bias = |at: usize| (at, biases[at / (WIDTH / 2)]);
        bytes.weights(&(0..WIDTH).map(bias).collect::<Vec<_>>()).same(1, weights[0]).same(1, weights[1]);
        (0..WIDTH).for_each(|at| {
            bytes.weights(&[(at, 1.0)]);
        });
        bytes.same(1, 0.0);
        bytes
    }

    fn log_odds(layer: &Bytes, rows: &[[f32; 2]], around: &[Around]) -> Vec<f32> {
        let net = net(layer);
        let mut reading = Reading::new(&net, rows.len());
        rows.iter().for_each(|row| reading.row(row, 1.0));
        reading.log_odds(around)
    }

    fn assert_near(found: &[f32], expected: &[f32]) {
        let is_near = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01);
        assert!(is_near, "{found:?} instead of {expected:?}");
    }

    #[test]
    fn amounts_are_scaled_and_names_compared() {
        let without_context = layer(1, [0.0; 3], None);
        let around = [Around::default(); 3];
        assert_near(&log_odds(&without_context, &[[3.0, 7.0], [1.0, 6.0], [-1.0, 0.0]], &around), &[11.25, 1.0, 0.5]);
    }

    #[test]
    fn the_kernel_weighs_the_neighbours() {
        let (around, rows) = ([Around::default(); 4], [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [3.0, 0.0]]);
        assert_near(&log_odds(&layer(1, [1.0, 0.0, 0.0], None), &rows, &around), &[1.0, 1.0, 0.5, 1.25]);
        assert_near(&log_odds(&layer(2, [0.0, 0.0, 1.0], None), &rows, &around), &[1.0, 1.25, 0.5, 1.25]);
        // Farther than the page is long.
        assert_near(&log_odds(&layer(9, [1.0, 0.0, 1.0], None), &rows, &around), &[1.0, 0.5, 0.5, 1.25]);
    }

    #[test]
    fn means_of_boxes_groups_and_page() {
        let rows = [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [3.0, 0.0]];
        let entry = |boxes, section, group| Around { boxes: [boxes; BOXES], section, group };
        let around =
            [entry((0, 2), (0, 4), 0), entry((0, 2), (0, 4), 1), entry((2, 3), (0, 4), 1), entry((3, 4), (0, 4), 0)];
        let one = |mean: usize| {
            let mut means = [0.0; MEANS];
            means[mean] = 1.0;
            log_odds(&layer(1, [0.0; 3], Some(means)), &rows, &around)
        };
        assert_near(&one(0), &[1.25, 0.75, 0.5, 2.0]);
        assert_near(&one(BOXES), &[1.3125, 0.8125, 0.8125, 1.5625]);
        assert_near(&one(BOXES + 1), &[1.625, 0.5, 0.5, 1.875]);
        assert_near(&one(BOXES + 2), &one(BOXES));
    }

    #[test]
    fn blocks_remember_what_came_before_and_what_comes_after() {
        let (around, rows) = ([Around::default(); 5], [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [3.0, 0.0], [0.0, 0.0]]);
        let found = |biases, weights| log_odds(&remembering(biases, 0.0, weights), &rows, &around);
        assert_near(&found([0.0, 0.0], [1.0, 0.0]), &[1.0, 0.75, 0.625, 1.3125, 0.906_25]);
        assert_near(&found([0.0, 0.0], [0.0, 1.0]), &[1.093_75, 0.6875, 0.875, 1.25, 0.5]);
        // Wide open, a memory is of one block; closed, of none.
        assert_near(&found([1e9, -1e9], [1.0, 1.0]), &[1.0, 1.0, 0.5, 1.25, 1.25]);
        assert_near(&found([-1e9, 1e9], [1.0, 1.0]), &[1.0, 0.5, 1.25, 1.25, 0.5]);
    }

    #[test]
    fn a_block_says_whether_it_is_remembered() {
        let closed = remembering([-1e9, -1e9], 1e9, [1.0, 0.0]);
        let rows = [[1.0, 7.0], [3.0, 0.0], [0.0, 0.0]];
        assert_near(&log_odds(&closed, &rows, &[Around::default(); 3]), &[11.0, 1.75, 1.0]);
    }

    #[test]
    fn ranges_beyond_the_page_have_no_mean() {
        let wild = Around { boxes: [(5, 9); BOXES], section: (0, u32::MAX), group: 17 };
        assert_near(&log_odds(&layer(1, [0.0; 3], Some([1.0; MEANS])), &[[1.0, 0.0]], &[wild]), &[1.5]);
    }
}
