//! The columns of the pictures around the block, by which captions without markup of their own show.

use super::{Cells, FAR, Past, Row, flag, since};
use crate::block::Block;

/// The columns' values on a page without pictures.
const NONE: f32 = -1.0;

impl Row<'_> {
    #[inline(always)]
    pub(super) fn pictures(&self, past: &Past, out: &mut impl Cells) {
        let Row { page, index, block, place, .. } = *self;
        out.put("picture", "before", flag(block.has(Block::AFTER_PICTURE)));
        out.put("picture", "in", flag(block.has(Block::WITH_PICTURE)));
        let next = page.blocks.items.get(index + 1);
        out.put("picture", "after", flag(next.is_some_and(|next| next.has(Block::AFTER_PICTURE))));
        out.put("picture", "alternative", flag(block.has(Block::ALTERNATIVE)));
        out.put("picture", "since", if self.follows_picture() { 0.0 } else { since(past.picture, index) });
        // The smallest box that holds a picture and the block: a caption shares it with little else.
        let pictured = place.pictured.map(|at| &page.blocks.containers[at as usize]);
        let held = pictured.map(|container| page.features.sums.span(container.blocks));
        out.put("picture", "units", held.map_or(FAR, |held| held.units));
        out.put("picture", "blocks", held.map_or(FAR, |held| held.blocks));
        out.put("picture", "prose", held.map_or(NONE, |held| held.prose_share()));
        out.put("picture", "up", pictured.map_or(NONE, |pictured| f32::from(self.container.depth - pictured.depth)));
        out.put("centred", "", flag(block.has(Block::CENTRED)));
    }

    /// Whether a picture stands before or in the block.
    #[inline(always)]
    pub(super) fn follows_picture(&self) -> bool {
        self.block.has(Block::AFTER_PICTURE | Block::WITH_PICTURE)
    }
}
