//! The surroundings of a block for the network: the boxes around it, its section, the blocks with the same path.

use super::Features;
use crate::block::{Blocks, Kind};

/// The ranges of blocks that surround a block.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Around {
    /// The blocks of the nearest block-level container and of the next two above it: `start, end`.
    pub(crate) boxes: [(u32, u32); BOXES],
    /// From the heading before the block to the next heading.
    pub(crate) section: (u32, u32),
    /// Blocks with the same path of elements have the same number.
    pub(crate) group: u32,
}

/// Number of boxes per block.
pub(crate) const BOXES: usize = 3;

/// Fills `out` with one entry per block.
pub(crate) fn around(features: &Features, blocks: &Blocks, out: &mut Vec<Around>) {
    out.clear();
    out.reserve(blocks.items.len());
    for (block, &group) in blocks.items.iter().zip(&features.group_of) {
        let mut entry = Around { group, ..Around::default() };
        let mut container = features.places[block.container as usize].block_level as usize;
        for held in &mut entry.boxes {
            let span = blocks.containers[container].blocks;
            *held = (span.start, span.end);
            let parent = blocks.containers[container].parent as usize;
            container = features.places[parent].block_level as usize;
        }
        out.push(entry);
    }
    let count = u32::try_from(out.len()).unwrap_or(u32::MAX);
    let is_heading = |at: u32| {
        let at = at as usize;
        matches!(blocks.items[at].kind, Kind::Heading(_)) || features.heads.get(at) == Some(&true)
    };
    let mut start = 0;
    for at in 1..=count {
        if at == count || is_heading(at) {
            out[start as usize..at as usize].iter_mut().for_each(|entry| entry.section = (start, at));
            start = at;
        }
    }
}
