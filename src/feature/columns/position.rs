//! The columns of the block's position on the page.

use super::{Ahead, Cells, FAR, Past, Row, since};

impl Row<'_> {
    #[inline(always)]
    pub(super) fn position(&self, past: &Past, ahead: &mut Ahead, out: &mut impl Cells) {
        let Row { page, index, .. } = *self;
        let features = page.features;
        let (before, after) = (features.sums.over(0, index), features.sums.over(index + 1, page.count));
        out.put("place", "blocks", index as f32 / page.count.max(1) as f32);
        out.put("place", "units", before.units / page.all.units.max(1.0));
        out.put("place", "prose", before.prose / page.all.prose.max(1.0));
        out.put("prose", "ahead", before.prose);
        out.put("prose", "uncommented", past.uncommented);
        out.put("prose", "behind", after.prose);
        out.put("prose", "since", since(past.prose, index));
        out.put("prose", "until", ahead.prose.distance(page, index, |at| features.measures[at].is_prose()));
        let units_since = past.prose.map_or(FAR, |at| features.sums.over(at + 1, index).units);
        out.put("prose", "units_since", units_since);
    }
}
