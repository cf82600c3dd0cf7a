//! Finds a body that is given twice: runs of blocks that occurred earlier on the page in the same order.

use crate::block::{Block, Blocks};
use crate::hashed::ByHash;

/// Minimum number of blocks in a repeated run. A table of contents repeats headings, but not in direct succession.
const RUN_BLOCKS: usize = 3;
/// Minimum length of a repeated run in bytes. Shorter ones are menus that happen to share a few words.
const RUN_BYTES: usize = 160;
/// Blocks that the first copy may have in addition between two repeated ones: a caption, an advertisement.
const SKIPPED_BLOCKS: usize = 2;

/// Sets [`Block::REPEATED`] on every block of a later copy. Linear in the page.
pub(crate) fn mark_repeats(blocks: &mut Blocks) {
    let keys: Vec<u64> = (0..blocks.items.len()).map(|index| key(blocks.text_of(index))).collect();
    let mut seen: ByHash<usize> = ByHash::with_capacity_and_hasher(keys.len(), Default::default());
    let mut run = Run::default();
    for (index, &key) in keys.iter().enumerate() {
        if key == 0 {
            continue;
        }
        let equal = |earlier: &usize| {
            keys.get(*earlier) == Some(&key) && *earlier < index && blocks.text_of(*earlier) == blocks.text_of(index)
        };
        let next =
            run.members.last().and_then(|&(_, earlier)| (earlier + 1..=earlier + 1 + SKIPPED_BLOCKS).find(equal));
        match next.or_else(|| seen.get(&key).copied().filter(equal)) {
            Some(earlier) => {
                if next.is_none() {
                    run.finish(&mut blocks.items);
                }
                run.bytes += blocks.items[index].text.len();
                run.members.push((index, earlier));
            }
            None => {
                run.finish(&mut blocks.items);
                seen.entry(key).or_insert(index);
            }
        }
    }
    run.finish(&mut blocks.items);
}

/// Successive blocks that also occurred in this order before.
#[derive(Default)]
struct Run {
    /// Each block with the index of its first copy.
    members: Vec<(usize, usize)>,
    bytes: usize,
}

impl Run {
    fn finish(&mut self, items: &mut [Block]) {
        if self.members.len() >= RUN_BLOCKS && self.bytes >= RUN_BYTES {
            for &(index, _) in &self.members {
                items[index].flags |= Block::REPEATED;
            }
        }
        self.members.clear();
        self.bytes = 0;
    }
}

/// A hash of the text, 0 for an empty one. Equal hashes are verified, so collisions cost only time.
fn key(text: &str) -> u64 {
    let mut hash = 0u64;
    let mut add = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    eights.iter().for_each(|&eight| add(u64::from_le_bytes(eight)));
    add(rest.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte)));
    if text.is_empty() { 0 } else { hash | 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The indices of the marked blocks.
    fn marked(text: &str) -> Vec<usize> {
        let mut blocks = Blocks::default();
        super::super::blocks(text, &mut blocks);
        mark_repeats(&mut blocks);
        (0..blocks.items.len()).filter(|&index| blocks.items[index].has(Block::REPEATED)).collect()
    }

    #[test]
    fn repeated_runs() {
        let long = "The quick brown fox jumps over the lazy dog near the bank of the river on a fine day.";
        let lines = |order: &[usize]| order.iter().map(|n| format!("{n} {long}")).collect::<Vec<_>>().join("\n");
        let cases: [(&str, String, &[usize]); 6] = [
            ("twice", lines(&[1, 2, 3, 1, 2, 3]), &[3, 4, 5]),
            ("twice, the first with an island", lines(&[1, 9, 2, 3, 1, 2, 3]), &[4, 5, 6]),
            ("three times", lines(&[1, 2, 3, 1, 2, 3, 1, 2, 3]), &[3, 4, 5, 6, 7, 8]),
            ("near miss: another order", lines(&[1, 2, 3, 3, 2, 1]), &[]),
            ("near miss: two of them", lines(&[1, 2, 3, 1, 2]), &[]),
            ("near miss: contents, then headings", "A\nB\nC\nA\ntext\nB\ntext two\nC\n".to_owned(), &[]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(marked(&text), expected, "{name}");
        }
    }
}
