//! The blocks passed so far, and the distances to blocks ahead.

use super::{FAR, Page, Row};
use crate::block::Kind;
use crate::feature::signs::Signs;
use crate::types::{LineRole, Reason};

/// Families that often cover the text after their line: a column counts the blocks since the last such line. Also the
/// minimum strength of the sign: a heading or a whole line, but any copyright notice.
pub(super) const SINCE: [(Reason, u8); 8] = [
    (Reason::Navigation, Signs::WHOLE),
    (Reason::Related, Signs::WHOLE),
    (Reason::Ranking, Signs::WHOLE),
    (Reason::Share, Signs::WHOLE),
    (Reason::Subscribe, Signs::WHOLE),
    (Reason::Comments, Signs::WHOLE),
    (Reason::Copyright, Signs::INSIDE),
    (Reason::ReporterCard, Signs::WHOLE),
];

/// What is remembered of the blocks before the current one: indices of the last block of each kind, and counts.
#[derive(Default)]
pub(super) struct Past {
    /// Last line of each family in [`SINCE`].
    pub(super) families: [Option<usize>; SINCE.len()],
    /// Last line of each role in [`LineRole::ALL`].
    pub(super) roles: [Option<usize>; LineRole::ALL.len()],
    /// Last headline, and number of headlines, on pages without markup (see [`crate::feature::heads`]).
    pub(super) headline: Option<usize>,
    pub(super) headlines: f32,
    /// Last heading of any level.
    pub(super) heading: Option<usize>,
    pub(super) h1: Option<usize>,
    pub(super) h1s: f32,
    pub(super) prose: Option<usize>,
    /// Last block with a picture before or in it.
    pub(super) picture: Option<usize>,
    /// Units of prose outside comments.
    pub(super) uncommented: f32,
}

impl Past {
    /// Adds the block of a finished row.
    #[inline(always)]
    pub(super) fn add(&mut self, row: &Row<'_>) {
        let index = row.index;
        for (last, (family, strength)) in self.families.iter_mut().zip(SINCE) {
            if row.signs.of(family) >= strength {
                *last = Some(index);
            }
        }
        if let Some(role) = row.role {
            self.roles[role as usize] = Some(index);
        }
        if row.page.is_headline(index) {
            self.headline = Some(index);
            self.headlines += 1.0;
        }
        if let Kind::Heading(level) = row.block.kind {
            self.heading = Some(index);
            if level == 1 {
                self.h1 = Some(index);
                self.h1s += 1.0;
            }
        }
        if row.m.is_prose() {
            self.prose = Some(index);
        }
        if row.follows_picture() {
            self.picture = Some(index);
        }
        if !row.page.is_in_comments(index) {
            self.uncommented += row.page.prose_units(index);
        }
    }
}

/// The distances to the next blocks with certain properties.
#[derive(Default)]
pub(super) struct Ahead {
    pub(super) title: Next,
    pub(super) copyright: Next,
    pub(super) comments: Next,
    pub(super) related: Next,
    pub(super) headline: Next,
    pub(super) prose: Next,
}

/// The next block with some property. Queried in ascending order, so that each block is tested once.
#[derive(Default)]
pub(super) struct Next(usize);

impl Next {
    /// The distance from block `index` to the next block for which `holds` is true; [`FAR`] if there is none.
    #[inline(always)]
    pub(super) fn distance(&mut self, page: &Page<'_>, index: usize, holds: impl Fn(usize) -> bool) -> f32 {
        if self.0 <= index {
            self.0 = (index + 1..page.count).find(|&at| holds(at)).unwrap_or(usize::MAX);
        }
        if self.0 == usize::MAX { FAR } else { (self.0 - index) as f32 }
    }
}
