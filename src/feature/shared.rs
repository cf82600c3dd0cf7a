//! Compares the words of a block with the rest of the page: with its main prose, which usually is the article, and, as
//! runs of words, with every other block.

use super::measure::{KEPT_TERMS, Measure, Words};

/// Shares of a block's terms or runs, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shared {
    /// Terms that also occur in another block of the main prose.
    pub(crate) terms: f32,
    /// Terms that occur in the main prose before the block: few in the first paragraphs of another article.
    pub(crate) before: f32,
    /// Runs of three terms that also occur in another block: summaries, captions and cards repeat the text.
    pub(crate) runs: f32,
}

/// A hash table: for each slot, a hash and the blocks that have it.
///
/// It has as many slots as a page needs, so that most fit into the first-level cache: words come in random order.
#[derive(Debug, Default)]
struct Seen {
    /// The hash in each slot; 0 if it is free.
    owners: Vec<u32>,
    /// For each slot: 0 if no block has it, else the [`tag`] of a block, plus [`SEVERAL`] if others have it too.
    tags: Vec<u16>,
}

/// Maximum number of slots as a power of two: a book has more words but need not take more memory.
const MAX_SLOT_BITS: u32 = 16;

/// Number of slots probed per hash. If half are taken, hardly one hash in a thousand finds none.
const PROBES: usize = 8;

const SEVERAL: u16 = 1 << 15;

/// The number of a block, from 1 on; on enormous pages, blocks share numbers.
fn tag(block: usize) -> u16 {
    (block % 0x7ffe) as u16 + 1
}

impl Seen {
    /// Clears the table and resizes it for `count` hashes, which take at most half of the slots.
    fn begin(&mut self, count: usize) {
        let slots = (2 * count).next_power_of_two().clamp(2, 1 << MAX_SLOT_BITS);
        self.owners.clear();
        self.owners.resize(slots, 0);
        self.tags.clear();
        self.tags.resize(slots, 0);
    }

    /// The slot of a hash. If all probed slots are taken, hashes share one, so that the search is always short.
    fn slot(&mut self, hash: u32) -> u16 {
        // 0 marks free slots.
        let hash = hash | 1;
        let bits = self.owners.len().trailing_zeros();
        let mut slot = (hash >> (32 - bits)) as usize;
        for _ in 1..PROBES {
            let owner = &mut self.owners[slot];
            // Both tests without a branch between: whether a word occurred before is unpredictable.
            if (*owner == 0) | (*owner == hash) {
                *owner = hash;
                break;
            }
            slot = (slot + 1) & (self.owners.len() - 1);
        }
        slot as u16
    }

    fn add(&mut self, slot: u16, block: usize) {
        let held = &mut self.tags[usize::from(slot)];
        let tag = tag(block);
        *held = if (*held == 0) | (*held == tag) { tag } else { *held | SEVERAL };
    }

    /// Number of these slots that another block has.
    fn elsewhere(&self, slots: &[u16], block: usize) -> usize {
        let tag = tag(block);
        let held = slots.iter().map(|&slot| self.tags[usize::from(slot)]);
        held.filter(|&held| (held != 0) & (held != tag)).count()
    }
}

/// Buffers reused from page to page.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Terms, and which blocks of the main prose have them.
    prose: Seen,
    /// Runs of all blocks.
    all: Seen,
    /// The slots of each block's terms, followed by those of its runs, so that each hash is looked up only once.
    slots: Vec<u16>,
}

/// Fills `out` with one entry per block. `is_main` says whether a block belongs to the main prose.
pub(crate) fn shared(
    words: &Words,
    measures: &[Measure],
    is_main: impl Fn(usize) -> bool,
    Memory { prose, all, slots }: &mut Memory,
    out: &mut Vec<Shared>,
) {
    all.begin(words.count());
    prose.begin(words.count());
    let share = |hits: usize, of: u32| hits as f32 / of.max(1) as f32;
    out.clear();
    for (block, m) in measures.iter().enumerate() {
        let terms = slots.len();
        slots.extend(words.terms(block).iter().map(|&term| prose.slot(term)));
        let met = prose.elsewhere(&slots[terms..], block);
        out.push(Shared { before: share(met, m.terms), ..Shared::default() });
        if is_main(block) {
            slots[terms..].iter().for_each(|&slot| prose.add(slot, block));
        }
        let runs = slots.len();
        slots.extend(words.runs(block).map(|run| all.slot(run)));
        slots[runs..].iter().for_each(|&slot| all.add(slot, block));
    }
    let mut rest = slots.as_slice();
    for ((block, m), shared) in measures.iter().enumerate().zip(out.iter_mut()) {
        let terms = words.terms(block).len();
        let (terms, after) = rest.split_at(terms);
        let (runs, after) = after.split_at(terms.len().saturating_sub(2));
        rest = after;
        shared.terms = share(prose.elsewhere(terms, block), m.terms);
        shared.runs = share(all.elsewhere(runs, block), m.terms.saturating_sub(2));
    }
    slots.clear();
    slots.shrink_to(2 * KEPT_TERMS);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::measure::measured;

    #[test]
    fn words_of_the_article_stand_in_its_other_paragraphs() {
        let (measures, words) = measured(&[
            "The harbour bridge was closed on Monday after inspectors found cracks.",
            "Inspectors said the cracks in the bridge were found on Monday.",
            "Sign in to comment",
            "inspectors found cracks",
        ]);
        let (mut memory, mut found) = (Memory::default(), Vec::new());
        shared(&words, &measures, |_| true, &mut memory, &mut found);
        // Nothing carries over to the next page.
        shared(&words, &measures, |block| block < 2, &mut memory, &mut found);
        assert!(found[0].terms > 0.4 && found[1].terms > 0.4, "{found:?}");
        assert!(found[0].before == 0.0 && found[1].before > 0.4, "{found:?}");
        assert_eq!(found[2], Shared::default());
        assert_eq!(found[3], Shared { terms: 1.0, before: 1.0, runs: 1.0 });
    }

    #[test]
    fn slots_are_shared_only_in_need() {
        let mut seen = Seen::default();
        seen.begin(4);
        let slots = [0, 2, 1 << 31, u32::MAX].map(|hash| seen.slot(hash));
        assert_eq!(slots, [0, 1, 4, 7], "two begin at the first slot");
        assert_eq!([0, 2, 1 << 31, u32::MAX].map(|hash| seen.slot(hash)), slots);
        seen.add(0, 1);
        seen.add(4, 1);
        seen.add(4, 2);
        let elsewhere = [1, 2, 3].map(|block| seen.elsewhere(&slots, block));
        assert_eq!(elsewhere, [1, 2, 2]);
        seen.begin(4);
        assert_eq!(seen.elsewhere(&slots, 3), 0, "nothing is known of the page before");
        // More hashes than slots, as on an enormous page: each still gets a slot.
        assert!((0..1000u32).all(|hash| seen.slot(hash.wrapping_mul(0x9e37_79b9)) < 8));
        seen.begin(0);
        assert!(seen.slot(u32::MAX) < 2);
    }
}
