//! Texts that occur on a page more than once.

use super::LIKELY;
use crate::block::{Block, Blocks, Kind};
use crate::feature::Features;
use crate::hashed::ByHash;
use std::borrow::Cow;

/// A paragraph of at least this many units is not repeated on purpose.
const COPY_MIN_UNITS: f32 = 20.0;

/// A repeated text of fewer units may be a refrain.
pub(super) const REPETITION_MIN_UNITS: f32 = 6.0;

/// Maximum number of blocks that what follows may repeat directly.
const PAIR_MAX_BLOCKS: usize = 64;

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
    let mut repeated = later_copies(blocks, features, scores, flattened, kept);
    let pairs = second_of_pairs(blocks, features, flattened, kept);
    pairs.into_iter().for_each(|index| repeated[index] = true);
    repeated
}

/// The repetitions of [`repetitions`] that need not follow what they repeat.
fn later_copies(blocks: &Blocks, features: &Features, scores: &[f32], flattened: bool, kept: &[bool]) -> Vec<bool> {
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

/// The blocks that repeat the kept blocks right before it, all of them and in order: cards and slides that a page has once
/// for phones and once for large screens, beside each other.
///
/// In HTML both must stand in boxes of their own, and not in rows of a table, steps of a list or code, which may be equal. A
/// single block must be as long as a paragraph, or else it may be a refrain or an answer.
fn second_of_pairs(blocks: &Blocks, features: &Features, flattened: bool, kept: &[bool]) -> Vec<usize> {
    let kept = |&index: &usize| kept.get(index) == Some(&true);
    if !(0..features.repeats.len()).any(|index| features.repeats[index].0 > 0 && kept(&index)) {
        return Vec::new();
    }
    let rest: Vec<usize> = (0..blocks.items.len()).filter(kept).collect();
    let measure = |at: usize| &features.measures[rest[at]];
    let box_of = |at: usize| {
        let own = features.places[blocks.items[rest[at]].container as usize].block_level;
        blocks.containers[own as usize].parent
    };
    let is_card = |at: usize, before: usize| {
        box_of(at) != box_of(before) && !matches!(blocks.items[rest[at]].kind, Kind::Cell | Kind::Code | Kind::ListItem)
    };
    let texts: Vec<_> = (0..rest.len()).map(|at| (measure(at).hash, measure(at).letters)).collect();
    let mut found = Vec::new();
    let mut last = ByHash::<usize, _>::default();
    let mut at = 0;
    while let Some(text) = texts.get(at) {
        let length = last.insert(*text, at).map_or(0, |before| at - before);
        at += 1;
        if !(1..=PAIR_MAX_BLOCKS).contains(&length) {
            continue;
        }
        // Cards may begin alike, so the text that gives the length may stand anywhere in the second card.
        let is_copy = |at: usize| at >= length && texts.get(at) == Some(&texts[at - length]);
        let first = (at - length..at).rev().take_while(|&at| is_copy(at)).last().unwrap_or(at);
        let second = first..first + length;
        let units: f32 = second.clone().filter(|&at| at < rest.len()).map(|at| measure(at).units).sum();
        // Without a headline or prose it may be a refrain.
        let is_headed = texts.get(first).is_some() && matches!(blocks.items[rest[first]].kind, Kind::Heading(_));
        let has_prose = second.clone().any(|at| at < rest.len() && measure(at).is_prose());
        let enough = match (is_headed && length > 1, has_prose) {
            (true, _) => REPETITION_MIN_UNITS,
            (false, true) => COPY_MIN_UNITS,
            (false, false) => f32::INFINITY,
        };
        if units >= enough && second.clone().all(is_copy) && (flattened || is_card(first, first - length)) {
            found.extend_from_slice(&rest[second.clone()]);
            // What follows may repeat the same once more.
            last.extend(second.clone().map(|at| (texts[at], at)));
            at = second.end;
        }
    }
    found
}
