//! Texts that occur on a page more than once.

use super::LIKELY;
use crate::block::{Block, Blocks};
use crate::feature::Features;
use crate::hashed::ByHash;
use std::borrow::Cow;

/// A paragraph of at least this many units is not repeated on purpose.
const COPY_MIN_UNITS: f32 = 20.0;

/// A repeated text of fewer units may be a refrain.
pub(super) const REPETITION_MIN_UNITS: f32 = 6.0;

/// Adds the score of each repeated text to that of its first copy, as an independent chance, and sets its own to 0.
///
/// If the body occurs twice, the model cannot know which copy is the article and doubts both. Combined as independent
/// chances, their score is high.
pub(super) fn join(blocks: &Blocks, features: &Features, scores: &mut Cow<'_, [f32]>) {
    if blocks.items.iter().all(|block| !block.has(Block::REPEATED)) {
        return;
    }
    let mut first = ByHash::<usize, _>::default();
    for (index, (block, m)) in blocks.items.iter().zip(&features.measures).enumerate().take(scores.len()) {
        let at = *first.entry((m.hash, m.letters)).or_insert(index);
        if at != index && block.has(Block::REPEATED) {
            let joined = scores.to_mut();
            joined[at] += (1.0 - joined[at]) * joined[index];
            joined[index] = 0.0;
        }
    }
}

/// For each block, whether it is kept and only repeats what was kept before.
///
/// In flattened text, a run of repeated sentences is a second copy of the body. In HTML a repetition may be meant (a
/// refrain, a table, a form letter), and the model has taken it into account. So only blocks with a doubtful score are
/// struck, and runs of whole paragraphs in another element than the time before: some pages have a copy for small
/// screens, while filler text repeats in place.
pub(super) fn repetitions(
    blocks: &Blocks,
    features: &Features,
    scores: &[f32],
    flattened: bool,
    kept: &[bool],
) -> Vec<bool> {
    // For each text, the parent of the container it last occurred in. Each paragraph has a container of its own.
    let mut last_in = ByHash::<u32, _>::default();
    (0..kept.len())
        .map(|index| {
            let (m, block) = (&features.measures[index], &blocks.items[index]);
            if !kept[index] || m.units < REPETITION_MIN_UNITS {
                return false;
            }
            let around = blocks.containers[block.container as usize].parent;
            let before = last_in.insert((m.hash, m.letters), around);
            let in_run = block.has(Block::REPEATED);
            let is_copy = before.is_some_and(|before| before != around) && in_run && m.units >= COPY_MIN_UNITS;
            (before.is_some() || in_run) && (scores[index] < LIKELY || flattened && in_run || is_copy)
        })
        .collect()
}
