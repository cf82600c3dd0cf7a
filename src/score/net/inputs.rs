//! The initial channels of a block, computed from its columns.

use super::{Channels, Column, Net, add_weighted, stored, vectors};
use fearless_simd::{Select, Simd, SimdBase, SimdMask, f32x16};

/// The sum over the inputs of a row, updated from row to row: three quarters of the columns are the same as in the row
/// before, and only the others are looked at. Without this, half of the network's instructions were spent here.
pub(super) struct Inputs {
    parts: Vec<Part>,
    pub(super) sums: Channels,
}

/// Columns handled together: one for each bit of a number.
const PART: usize = 64;

/// Numbers in a vector.
const LANES: usize = 16;

/// Some columns, as vectors.
#[derive(Clone)]
struct Part {
    /// The previous row, and its scaled amounts.
    row: [f32; PART],
    amounts: [f32; PART],
    scales: [f32; PART],
    /// Which columns have named values, as bits.
    named: u64,
}

/// The sum restarts from zero after this many rows, since each update rounds.
pub(super) const RESTART_AFTER: usize = 64;

impl Inputs {
    pub(super) fn new(net: &Net) -> Self {
        Inputs { parts: net.columns.chunks(PART).map(Part::of).collect(), sums: net.zero }
    }

    pub(super) fn restart(&mut self, net: &Net) {
        for part in &mut self.parts {
            (part.row, part.amounts) = ([0.0; PART], [0.0; PART]);
        }
        self.sums = net.zero;
    }

    #[inline(always)]
    pub(super) fn step<S: Simd>(&mut self, simd: S, net: &Net, row: &[f32]) {
        let mut sums = vectors(simd, &self.sums);
        for ((row, columns), part) in row.chunks(PART).zip(net.columns.chunks(PART)).zip(&mut self.parts) {
            let mut padded = [0.0; PART];
            let row = row.as_array().unwrap_or_else(|| {
                padded.iter_mut().zip(row).for_each(|(to, &value)| *to = value);
                &padded
            });
            let (changes, mut changed) = part.changes(simd, row);
            while changed != 0 {
                let at = changed.trailing_zeros() as usize;
                changed &= changed - 1;
                let Some(column) = columns.get(at) else { break };
                add_weighted(simd, changes[at], &column.weights, &mut sums);
                if part.named >> at & 1 == 1 {
                    for named in &column.named {
                        if named.value == row[at] {
                            add_weighted(simd, 1.0, &named.weights, &mut sums);
                        } else if named.value == part.row[at] {
                            add_weighted(simd, -1.0, &named.weights, &mut sums);
                        }
                    }
                }
            }
            part.row = *row;
        }
        self.sums = stored(&sums);
    }
}

impl Part {
    fn of(columns: &[Column]) -> Part {
        let mut part = Part { row: [0.0; PART], amounts: [0.0; PART], scales: [f32::INFINITY; PART], named: 0 };
        for (at, (column, scale)) in columns.iter().zip(&mut part.scales).enumerate() {
            *scale = column.scale;
            part.named |= u64::from(!column.named.is_empty()) << at;
        }
        part
    }

    /// How much each scaled amount changes with this row, and, as bits, which columns changed. The changes of the
    /// others must be ignored.
    #[inline(always)]
    fn changes<S: Simd>(&mut self, simd: S, row: &[f32; PART]) -> ([f32; PART], u64) {
        let (mut changes, mut changed) = ([0.0; PART], 0);
        for at in 0..PART / LANES {
            let load = |numbers: &[f32; PART]| f32x16::from_slice(simd, &numbers.as_chunks::<LANES>().0[at]);
            let (now, amount) = (load(row), load(&self.amounts));
            let differs = now.simd_ne(load(&self.row));
            changed |= differs.to_bitmask() << (LANES * at);
            let change = now / (now.abs() + load(&self.scales)) - amount;
            differs.select(amount + change, amount).store_slice(&mut self.amounts.as_chunks_mut::<LANES>().0[at]);
            change.store_slice(&mut changes.as_chunks_mut::<LANES>().0[at]);
        }
        (changes, changed)
    }
}
