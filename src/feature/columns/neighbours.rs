//! The columns of the blocks before and after the block.

use super::{Cells, Row, flag, kind_code, window};

/// Windows: the number of blocks on either side.
const WINDOWS: [(usize, &str); 3] = [(4, "4"), (8, "8"), (20, "20")];

const BEFORE: [&str; 5] = ["before_mean", "before_link", "before_prose", "before_title", "before_digits"];
const AFTER: [&str; 5] = ["after_mean", "after_link", "after_prose", "after_title", "after_digits"];

impl Row<'_> {
    #[inline(always)]
    pub(super) fn neighbours(&self, out: &mut impl Cells) {
        let Row { page, index, container, .. } = *self;
        let features = page.features;
        for (width, name) in WINDOWS {
            let before = features.sums.over(index.saturating_sub(width), index);
            let after = features.sums.over(index + 1, index + 1 + width);
            window(out, BEFORE, name, &before);
            window(out, AFTER, name, &after);
        }
        let next = Some(index + 1).filter(|at| *at < page.count);
        for (name, neighbour) in [("before", index.checked_sub(1)), ("after", next)] {
            let near = neighbour.map(|at| (&page.blocks.items[at], &features.signs[at], &features.measures[at]));
            let (kind, level) = near.map_or((-1.0, 0.0), |(block, ..)| kind_code(block.kind));
            out.put(name, "kind", kind);
            out.put(name, "heading", level);
            out.put(name, "sign", near.map_or(0.0, |(_, signs, _)| signs.greatest_strength()));
            out.put(name, "ends_sentence", near.map_or(-1.0, |(.., m)| flag(m.ends_sentence)));
            let path = near.map(|(block, ..)| page.blocks.containers[block.container as usize].path);
            out.put(name, "same_path", flag(path == Some(container.path)));
        }
    }
}
