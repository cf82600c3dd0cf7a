//! Tables whose keys are hashes already, so that a key is not hashed once more.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table by hashes.
pub(crate) type ByHash<T, K = u64> = HashMap<K, T, Mixer>;

/// Makes one number of the few a key is made of.
pub(crate) type Mixer = BuildHasherDefault<Mixed>;

/// Multiplies each number in: the tables go by the highest and by the lowest bits, and some hashes have weak low ones.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        // The high bits of a product are its best.
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
