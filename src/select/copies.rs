//! Texts that a page gives twice.

use crate::block::{Block, Blocks};
use crate::feature::Features;
use crate::hashed::ByHash;
use std::borrow::Cow;

/// Gives the first copy of a text that stands twice what speaks for the second, and the second nothing.
///
/// A body given twice leaves the score in doubt which copy is the article, and so about each; together they are sure.
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

/// Kept blocks that only repeat what was kept before.
///
/// On flattened text a run of repeated sentences is the body given twice. In HTML it can be meant (a refrain, a table, a
/// form letter), and the score has seen the repetition: only what it doubts goes, and runs of whole paragraphs that stand
/// in another element than the first time: some pages have a copy for small screens, while filler text repeats in place.
pub(super) fn repetitions(
    blocks: &Blocks,
    features: &Features,
    scores: &[f32],
    flattened: bool,
    kept: &[bool],
) -> Vec<bool> {
    // Where each text stood last: the element around its own, which says nothing.
    let mut stood_in = ByHash::<u32, _>::default();
    (0..kept.len())
        .map(|index| {
            let (m, block) = (&features.measures[index], &blocks.items[index]);
            if !kept[index] || m.units < REPEAT_UNITS {
                return false;
            }
            let around = blocks.containers[block.container as usize].parent;
            let before = stood_in.insert((m.hash, m.letters), around);
            let in_run = block.has(Block::REPEATED);
            let is_copy = before.is_some_and(|before| before != around) && in_run && m.units >= COPY_UNITS;
            (before.is_some() || in_run) && (scores[index] < DOUBTED || flattened && in_run || is_copy)
        })
        .collect()
}

/// Units of a paragraph that nobody says twice.
const COPY_UNITS: f32 = 20.0;

/// A kept block below this probability is more likely not body.
const DOUBTED: f32 = 0.5;

/// Units from which a repeated text is a repetition and not a refrain.
const REPEAT_UNITS: f32 = 6.0;
