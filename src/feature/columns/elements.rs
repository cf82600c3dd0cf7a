//! The columns of the elements around the block.

use super::{Cells, Past, Row, window};
use crate::feature::classes;
use crate::feature::places::KINDS;

/// Block-level containers above a block that get columns.
pub(super) const LEVELS: [&str; 5] = ["0", "1", "2", "3", "4"];

/// The box of the previous block at each of [`LEVELS`]: most blocks share it.
pub(super) type Boxes = [Option<usize>; LEVELS.len()];

const DENSITIES: [&str; 5] = ["box_mean", "box_link", "box_prose", "box_title", "box_digits"];

impl Row<'_> {
    /// The class words, kinds and families of the elements.
    #[inline(always)]
    pub(super) fn elements(&self, out: &mut impl Cells) {
        let Row { place, container, .. } = *self;
        for (name, tokens) in ["token", "article_token"].into_iter().zip(place.tokens) {
            out.put(name, "sum", tokens.sum);
            out.put(name, "min", tokens.min);
            out.put(name, "max", tokens.max);
            out.put(name, "near", tokens.near);
        }
        out.put("token", "known", place.token_known);
        for ((_, name), boxes) in classes::FAMILIES.iter().zip(place.boxes) {
            out.put("box", name, f32::from(boxes));
        }
        for ((name, _), inside) in KINDS.iter().zip(place.inside) {
            out.put("inside", name, f32::from(inside));
        }
        out.put("depth", "", f32::from(container.depth));
        out.put("tag", "", f32::from(container.tag as u8));
    }

    /// The content of the boxes around the block.
    #[inline(always)]
    pub(super) fn boxes(&self, previous: &mut Boxes, out: &mut impl Cells) {
        let Row { page, index, place, .. } = *self;
        let mut at = place.block_level as usize;
        for (level, previous) in LEVELS.into_iter().zip(previous) {
            let span = page.blocks.containers[at].blocks;
            out.part::<8>(previous.replace(at) != Some(at), |out| {
                let held = page.features.sums.span(span);
                window(out, DENSITIES, level, &held);
                out.put("box_blocks", level, held.blocks);
                out.put("box_share", level, held.units / page.all.units.max(1.0));
                out.put("box_prose_share", level, held.prose / page.all.prose.max(1.0));
            });
            if level == "1" || level == "3" {
                let place = (index as f32 - span.start as f32) / (span.len() as f32).max(1.0);
                out.put("box_place", level, place);
            }
            let parent = page.blocks.containers[at].parent as usize;
            at = page.features.places[parent].block_level as usize;
        }
    }

    /// Where the block is relative to the best container, the title and the `article` elements.
    #[inline(always)]
    pub(super) fn landmarks(&self, past: &Past, out: &mut impl Cells) {
        let Row { page, index, block, place, .. } = *self;
        let (up, down) = page.to_best[block.container as usize];
        out.put("best", "up", f32::from(up));
        out.put("best", "down", f32::from(down));
        let to_title = page.to_title.get(block.container as usize);
        let (up, down) = to_title.map_or((-1.0, -1.0), |&(up, down)| (f32::from(up), f32::from(down)));
        out.put("title", "up", up);
        out.put("title", "down", down);
        out.put("article", "number", f32::from(place.article));
        out.put("article", "after_title", f32::from(place.article) - f32::from(page.title_article));
        out.put("h1", "number", past.h1s);
        out.put("best", "before", (page.best.start as f32 - index as f32).max(0.0));
        out.put("best", "after", (index as f32 - page.best.end as f32 + 1.0).max(0.0));
    }
}
