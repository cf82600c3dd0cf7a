//! Text that is never shown to a reader.

use super::LIKELY;
use crate::block::{Block, Blocks};
use crate::feature::Features;
use std::borrow::Cow;

/// If more than this many times as many units of likely body are unseen as are seen, the unseen part is the page itself,
/// waiting for its script.
const WAITING_PAGE_MIN_RATIO: f32 = 2.0;

/// Sets the scores of blocks that are never shown to 0, unless they are most of the page: then a script will show them.
///
/// The model does not do this by itself: it was trained on pages with tabs and answers that are hidden until clicked, so
/// it takes hidden text for possible body.
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
    if unseen <= WAITING_PAGE_MIN_RATIO * seen {
        for at in (0..count).filter(|&at| is_unseen(at)) {
            scores.to_mut()[at] = 0.0;
        }
    }
}
