//! The columns of the headlines and headings around the block.

use super::{Ahead, Cells, FAR, Past, Row, flag, kind_code, share, since};

impl Row<'_> {
    /// The article number where only headlines with bylines and dates separate articles.
    #[inline(always)]
    pub(super) fn headlines(&self, past: &Past, ahead: &mut Ahead, out: &mut impl Cells) {
        let Row { page, index, .. } = *self;
        out.put("headline", "number", past.headlines + flag(page.is_headline(index)));
        out.put("headline", "since", since(past.headline, index));
        out.put("headline", "until", ahead.headline.distance(page, index, |at| page.is_headline(at)));
    }

    /// The heading above the block, and the distance to the title.
    #[inline(always)]
    pub(super) fn headings(&self, past: &Past, out: &mut impl Cells) {
        let Row { page, index, .. } = *self;
        let features = page.features;
        out.put("since_heading", "", since(past.heading, index));
        let (level, sign, title) = past.heading.map_or((0.0, 0.0, 0.0), |at| {
            let m = &features.measures[at];
            let sign = features.signs[at].greatest_strength();
            (kind_code(page.blocks.items[at].kind).1, sign, share(m.title_terms, m.terms))
        });
        out.put("under", "level", level);
        out.put("under", "sign", sign);
        out.put("under", "title", title);
        out.put("under", "units", past.heading.map_or(0.0, |at| features.sums.over(at + 1, index).units));
        out.put("since_h1", "", past.h1.map_or(-1.0, |at| (index - at) as f32));
        let since_title = page.facts.title_block.map_or(-FAR, |at| {
            let apart = index.abs_diff(at) as f32;
            if index >= at { apart } else { -apart }
        });
        out.put("since_title", "", since_title);
    }
}
