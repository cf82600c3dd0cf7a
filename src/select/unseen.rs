//! Text that no reader gets to see.

use super::LIKELY;
use crate::block::{Block, Blocks};
use crate::feature::Features;
use std::borrow::Cow;

/// Sets the scores of blocks that no reader gets to see to 0, unless they are most of the page: then a script is to
/// show them.
///
/// The model does not do this by itself: tabs and answers that are hidden until clicked have taught it that hidden text
/// can be body.
pub(super) fn silence(blocks: &Blocks, features: &Features, scores: &mut Cow<'_, [f32]>) {
    let is_unseen = |at: usize| blocks.items[at].has(Block::NEVER_SHOWN) && !blocks.items[at].has(Block::RULE_KEEP);
    let count = blocks.items.len().min(scores.len());
    if !(0..count).any(is_unseen) {
        return;
    }
    let (mut seen, mut unseen) = (0.0, 0.0);
    for at in (0..count).filter(|&at| scores[at] > LIKELY) {
        *(if is_unseen(at) { &mut unseen } else { &mut seen }) += features.measures[at].units;
    }
    if unseen <= WAITING_PAGE * seen {
        for at in (0..count).filter(|&at| is_unseen(at)) {
            scores.to_mut()[at] = 0.0;
        }
    }
}

/// If likely body that is unseen is more than this many times as long as what is seen, it is the page itself, waiting
/// for its script.
const WAITING_PAGE: f32 = 2.0;
