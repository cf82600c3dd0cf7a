//! The columns of the blocks with the same path, and of the group with most of the page's prose.

use super::{Cells, Row, flag};

impl Row<'_> {
    #[inline(always)]
    pub(super) fn groups(&self, out: &mut impl Cells) {
        let Row { page, index, .. } = *self;
        let number = page.features.group_of[index] as usize;
        let group = &page.features.groups[number];
        out.put("group", "blocks", group.blocks);
        out.put("group", "mean", group.units / group.blocks.max(1.0));
        out.put("group", "link_density", group.link / group.units.max(1.0));
        out.put("group", "prose", group.prose / group.units.max(1.0));
        out.put("group", "sentences", group.sentences / group.blocks.max(1.0));
        out.put("group", "share", group.units / page.all.units.max(1.0));
        out.put("group", "place", (index as f32 - group.first as f32) / ((group.last - group.first) as f32).max(1.0));

        let (main_number, main) = &page.main;
        out.put("main", "same", flag(number == *main_number));
        out.put("main", "before", (main.first as f32 - index as f32).max(0.0));
        out.put("main", "after", (index as f32 - main.last as f32).max(0.0));
        out.put("main", "share", main.prose / page.all.prose.max(1.0));
    }
}
