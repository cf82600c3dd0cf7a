//! The first numbers of a block, made of its columns.

use super::{Channels, Net, add_weighted, stored, vectors};
use fearless_simd::{Simd, SimdBase, SimdMask, f32x16};

/// What the inputs of a row add up to, from row to row: of its columns four fifths are as they were a row before, and only the
/// others are looked at. Half of the network's instructions went here before.
pub(super) struct Inputs {
    /// The row before, and its amounts scaled.
    row: Vec<[f32; PART]>,
    amounts: Vec<[f32; PART]>,
    pub(super) sums: Channels,
}

/// Columns looked at together: the bits of a number.
const PART: usize = 64;

/// Rows after which the sum is made anew, since each step rounds.
pub(super) const AFRESH: usize = 64;

impl Inputs {
    pub(super) fn new(net: &Net) -> Self {
        let zeros = vec![[0.0; PART]; net.columns.len().div_ceil(PART)];
        Inputs { row: zeros.clone(), amounts: zeros, sums: net.zero }
    }

    pub(super) fn restart(&mut self, net: &Net) {
        self.row.fill([0.0; PART]);
        self.amounts.fill([0.0; PART]);
        self.sums = net.zero;
    }

    #[inline(always)]
    pub(super) fn step<S: Simd>(&mut self, simd: S, net: &Net, row: &[f32]) {
        let mut sums = vectors(simd, &self.sums);
        let parts = row.chunks(PART).zip(net.columns.chunks(PART));
        for ((row, columns), (before, amounts)) in parts.zip(self.row.iter_mut().zip(&mut self.amounts)) {
            let mut changed = changes(simd, row, before);
            while changed != 0 {
                let at = changed.trailing_zeros() as usize;
                changed &= changed - 1;
                let (Some(&x), Some(column)) = (row.get(at), columns.get(at)) else { break };
                let change = x / (x.abs() + column.scale) - amounts[at];
                amounts[at] += change;
                add_weighted(simd, change, &column.weights, &mut sums);
                let was = std::mem::replace(&mut before[at], x);
                for named in &column.named {
                    if named.value == x {
                        add_weighted(simd, 1.0, &named.weights, &mut sums);
                    } else if named.value == was {
                        add_weighted(simd, -1.0, &named.weights, &mut sums);
                    }
                }
            }
        }
        self.sums = stored(&sums);
    }
}

/// Which numbers of `row` are not as before, as bits.
#[inline(always)]
fn changes(simd: impl Simd, row: &[f32], before: &[f32; PART]) -> u64 {
    let mut changed = 0;
    for (at, (row, before)) in row.chunks(16).zip(before.as_chunks::<16>().0).enumerate() {
        let differs = match row.as_array::<16>() {
            Some(row) => f32x16::from_slice(simd, row).simd_ne(f32x16::from_slice(simd, before)).to_bitmask(),
            // The last columns.
            None => (0..).zip(row.iter().zip(before)).map(|(at, (row, before))| u64::from(row != before) << at).sum(),
        };
        changed |= differs << (16 * at);
    }
    changed
}
