//! What is known of the page as a whole, and its columns.

use super::{Cells, flag, share};
use crate::block::{Block, Blocks, Kind, Tag};
use crate::feature::measure::Measure;
use crate::feature::places::{Range, steps};
use crate::feature::repeats::Group;
use crate::feature::{Facts, Features, classes};
use crate::span::Span;
use crate::types::LineRole;

/// A page: its measurements, and what every row needs of them, computed once.
pub(super) struct Page<'a> {
    pub(super) features: &'a Features,
    pub(super) blocks: &'a Blocks,
    pub(super) facts: &'a Facts<'a>,
    /// Number of blocks.
    pub(super) count: usize,
    /// Sums over all blocks.
    pub(super) all: Range,
    /// The blocks of the best container (see [`crate::feature::places::best`]).
    pub(super) best: Span,
    /// For each container the [`steps`] to the best one.
    pub(super) to_best: Vec<(u16, u16)>,
    /// For each container the [`steps`] to that of the title; empty without a title.
    pub(super) to_title: Vec<(u16, u16)>,
    /// The number of the `article` element that holds the title; 0 if there is none.
    pub(super) title_article: u16,
    /// See [`main_group`].
    pub(super) main: (usize, Group),
}

impl<'a> Page<'a> {
    pub(super) fn new(features: &'a Features, blocks: &'a Blocks, facts: &'a Facts<'a>) -> Self {
        let title = facts.title_block.and_then(|at| blocks.items.get(at)).map(|block| block.container as usize);
        Page {
            features,
            blocks,
            facts,
            count: blocks.items.len(),
            all: features.sums.all(),
            best: blocks.containers.get(features.best).map(|container| container.blocks).unwrap_or_default(),
            to_best: steps(&blocks.containers, features.best),
            to_title: title.map(|container| steps(&blocks.containers, container)).unwrap_or_default(),
            title_article: title.map_or(0, |container| features.places[container].article),
            main: main_group(features),
        }
    }

    #[inline(always)]
    pub(super) fn role(&self, index: usize) -> Option<LineRole> {
        self.facts.roles.get(index).copied().flatten()
    }

    /// Whether a block is the headline of an article, on a page without markup.
    #[inline(always)]
    pub(super) fn is_headline(&self, index: usize) -> bool {
        self.features.heads.get(index) == Some(&true)
    }

    /// Whether the class words of an element around a block say that it holds comments.
    #[inline(always)]
    pub(super) fn is_in_comments(&self, index: usize) -> bool {
        let container = self.blocks.items[index].container as usize;
        self.features.places[container].boxes[classes::COMMENTS] > 0
    }

    /// The units of a block if it is prose, otherwise 0.
    #[inline(always)]
    pub(super) fn prose_units(&self, index: usize) -> f32 {
        let m = &self.features.measures[index];
        if m.is_prose() { m.units } else { 0.0 }
    }

    /// The number of blocks for which `holds` is true.
    fn count_of(&self, holds: impl Fn(usize) -> bool) -> f32 {
        (0..self.count).filter(|&at| holds(at)).count() as f32
    }

    /// The units of prose in blocks for which `holds` is true.
    fn prose_of(&self, holds: impl Fn(usize) -> bool) -> f32 {
        (0..self.count).filter(|&at| holds(at)).map(|at| self.prose_units(at)).sum()
    }

    /// The columns of the page, which are the same in every row.
    pub(super) fn columns(&self, out: &mut impl Cells) {
        let Page { features, blocks, facts, all, .. } = self;
        let best = features.sums.span(self.best);
        let items = &blocks.items;
        let sum = |count: fn(&Measure) -> u32| features.measures.iter().map(count).sum::<u32>();
        let has_role = |at: usize, role: LineRole| self.role(at) == Some(role);
        let bare = || (0..self.count).filter(|&at| items[at].has(Block::BARE)).map(|at| &features.measures[at]);
        out.put("page", "blocks", self.count as f32);
        out.put("page", "units", all.units);
        out.put("page", "link_density", all.link_density());
        out.put("page", "prose", all.prose_share());
        out.put("page", "prose_blocks", all.prose_blocks);
        out.put("page", "best_units", best.units / all.units.max(1.0));
        out.put("page", "best_prose", best.prose / all.prose.max(1.0));
        out.put("page", "best_density", best.prose_share());
        out.put("page", "articles", blocks.containers.iter().filter(|c| c.tag == Tag::Article).count() as f32);
        out.put("page", "commented", self.prose_of(|at| self.is_in_comments(at)) / all.prose.max(1.0));
        // If most text is hidden, a script is meant to show it; if little is, it is a menu or a dialog.
        out.put("page", "hidden", self.prose_of(|at| items[at].has(Block::HIDDEN)) / all.prose.max(1.0));
        // Where most lines are centred, that says nothing about one.
        let centred = (0..self.count).filter(|&at| items[at].has(Block::CENTRED)).map(|at| features.measures[at].units);
        out.put("page", "centred", centred.sum::<f32>() / all.units.max(1.0));
        out.put("page", "noscript", self.prose_of(|at| items[at].has(Block::NOSCRIPT)) / all.prose.max(1.0));
        let dates = self.count_of(|at| features.signs[at].date > 0 || has_role(at, LineRole::Date));
        out.put("page", "dates", dates);
        let bylines = self.count_of(|at| features.signs[at].byline > 0 || has_role(at, LineRole::Byline));
        out.put("page", "bylines", bylines);
        out.put("page", "h1s", self.count_of(|at| items[at].kind == Kind::Heading(1)));
        out.put("page", "heads", self.count_of(|at| self.is_headline(at)));
        out.put("page", "spaceless", share(sum(|m| m.spaceless), sum(|m| m.letters)));
        out.put("page", "caseless", share(sum(|m| m.caseless), sum(|m| m.letters)));
        out.put("page", "html", flag(facts.html));
        out.put("page", "mixed", flag(facts.mixed));
        out.put("page", "bare", bare().map(|m| m.units).sum::<f32>() / all.units.max(1.0));
        let bare_prose = bare().filter(|m| m.is_prose()).map(|m| m.units).sum::<f32>();
        out.put("page", "bare_prose", bare_prose / all.prose.max(1.0));
        out.put("declares", "article", flag(facts.declares.article));
        out.put("declares", "product", flag(facts.declares.product));
        out.put("declares", "forum", flag(facts.declares.forum));
        out.put("declares", "listing", flag(facts.declares.listing));
        out.put("declares", "published", flag(facts.declares.published));
    }
}

/// The group with the most prose, and its index; [`usize::MAX`] if there are no groups.
pub(in crate::feature) fn main_group(features: &Features) -> (usize, Group) {
    let heaviest = features.groups.iter().enumerate().max_by(|a, b| a.1.prose.total_cmp(&b.1.prose));
    heaviest.map_or((usize::MAX, Group::default()), |(index, group)| (index, *group))
}
