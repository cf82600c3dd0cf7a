//! The columns of the vocabulary's phrases: in the block, and how far away others are.

use super::past::SINCE;
use super::{Ahead, Cells, Past, Row, flag, since};
use crate::feature::signs::{FAMILIES, Signs};
use crate::types::{LineRole, Reason};

/// The columns of [`LineRole::ALL`]: little body follows a byline at the end.
const ROLES: [&str; LineRole::ALL.len()] = ["title_line", "byline_line", "date_line"];

/// The names of [`FAMILIES`], in a table so that no row has to look them up.
const FAMILY_NAMES: [&str; FAMILIES.len()] = {
    let mut names = [""; FAMILIES.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = FAMILIES[index].key();
        index += 1;
    }
    names
};

impl Row<'_> {
    #[inline(always)]
    pub(super) fn phrases(&self, past: &Past, ahead: &mut Ahead, out: &mut impl Cells) {
        let Row { page, index, block, signs, .. } = *self;
        for (strength, name) in signs.family.iter().zip(FAMILY_NAMES) {
            out.put("sign", name, f32::from(*strength));
        }
        out.put("sign", "caption", f32::from(signs.caption));
        out.put("sign", "credit", flag(signs.credit || signs.named));
        out.put("sign", "byline", f32::from(signs.byline));
        out.put("sign", "date", f32::from(signs.date));
        out.put("sign", "time", flag(signs.time));
        out.put("sign_share", "", signs.bytes as f32 / block.text.len().max(1) as f32);
        for (last, (family, _)) in past.families.iter().zip(SINCE) {
            out.put("since", family.key(), since(*last, index));
        }
        for (last, name) in past.roles.iter().zip(ROLES) {
            out.put("since", name, since(*last, index));
        }
        let is = |at: usize, family: Reason, strength: u8| page.features.signs[at].of(family) >= strength;
        // Text before the headline is the site's title and menu.
        out.put("until", "title_line", ahead.title.distance(page, index, |at| page.role(at) == Some(LineRole::Title)));
        let is_copyright = |at| is(at, Reason::Copyright, Signs::INSIDE);
        out.put("until", "copyright", ahead.copyright.distance(page, index, is_copyright));
        let is_comments = |at| is(at, Reason::Comments, Signs::WHOLE);
        out.put("until", "comments", ahead.comments.distance(page, index, is_comments));
        let is_related = |at| is(at, Reason::Related, Signs::WHOLE) || is(at, Reason::Ranking, Signs::WHOLE);
        out.put("until", "related", ahead.related.distance(page, index, is_related));
    }
}
