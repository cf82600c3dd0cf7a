//! Turns blocks into rows of numbers. The names and order of the columns are defined here and nowhere else.
//!
//! Every column is language-neutral: lengths are in units that mean the same in every script, and words count only by
//! their families in the vocabulary. Extraction and training use the same code.

mod around;
mod classes;
mod columns;
mod heads;
mod measure;
mod places;
mod repeats;
mod shared;
mod signs;
mod tokens;

pub(crate) use around::{Around, BOXES, around};
pub use columns::names;
pub(crate) use measure::{Measure, Runs, Terms, Words};
pub(crate) use signs::Signs;
#[cfg(feature = "internals")]
pub use tokens::TokenEntry;
pub use tokens::TokenTable;

use crate::block::Blocks;
use crate::types::{LineRole, Reason};
use crate::vocab::Hit;
use places::{Place, Sums};
use repeats::Group;
use shared::Shared;

/// What is known about the page besides its blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'a> {
    /// Whether the page is HTML or contains some, as opposed to flattened text.
    pub(crate) html: bool,
    /// Whether the page is flattened text with leftover HTML.
    pub(crate) mixed: bool,
    /// The most likely headline, and the block that contains it.
    pub(crate) title: &'a str,
    pub(crate) title_block: Option<usize>,
    pub(crate) description: &'a str,
    /// The body as given in structured data (`articleBody`): usually empty, often cut short or without headings.
    pub(crate) body: &'a str,
    /// What kind of page the structured data declares.
    pub(crate) declares: Declares,
    /// For each block, whether it was proposed as title, byline or date line.
    pub(crate) roles: &'a [Option<LineRole>],
}

/// The kind of a page as declared in its structured data.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Declares {
    pub(crate) article: bool,
    pub(crate) product: bool,
    pub(crate) forum: bool,
    pub(crate) listing: bool,
    pub(crate) published: bool,
}

/// The measurements of a page, from which the columns are computed.
#[derive(Debug, Default)]
pub(crate) struct Features {
    pub(crate) measures: Vec<Measure>,
    words: Words,
    pub(crate) signs: Vec<Signs>,
    pub(crate) places: Vec<Place>,
    sums: Sums,
    pub(crate) repeats: Vec<(u16, u16)>,
    groups: Vec<Group>,
    group_of: Vec<u32>,
    shared: Vec<Shared>,
    /// Which blocks are headlines; empty for pages with markup, which shows by itself where articles are.
    heads: Vec<bool>,
    memory: shared::Memory,
    best: usize,
}

impl Features {
    /// Measures a page. `hits` are the vocabulary's, sorted by start.
    pub(crate) fn fill(&mut self, blocks: &Blocks, hits: &[Hit], facts: &Facts<'_>, table: &TokenTable) {
        let (title, description) = (Terms::of(facts.title), Terms::of(facts.description));
        measure::measure(blocks, &title, &description, &Runs::of(facts.body), &mut self.words, &mut self.measures);
        signs::signs(blocks, hits, &mut self.signs);
        places::places(blocks, table, &mut self.places);
        self.sums.fill(&self.measures);
        self.repeats = repeats::texts(&self.measures);
        (self.groups, self.group_of) = repeats::groups(blocks, &self.measures);
        let main = columns::main_group(self).0;
        let is_main = |block: usize| {
            let in_main = !facts.html || self.group_of[block] as usize == main;
            in_main && self.measures[block].is_prose()
        };
        shared::shared(&self.words, &self.measures, is_main, &mut self.memory, &mut self.shared);
        self.words.forget();
        let bare = if facts.html { 0 } else { self.measures.len() };
        heads::heads(&self.measures[..bare], &self.signs[..bare], facts.roles, &mut self.heads);
        self.best = places::best(&blocks.containers, &self.sums);
    }

    /// The boilerplate family named by the class words of a container.
    pub(crate) fn named(&self, container: usize) -> Option<Reason> {
        self.places.get(container).and_then(|place| place.named)
    }

    /// Calls `take` for each block with its row, whose columns are [`names`], and its length in units.
    pub(crate) fn each_row(&self, blocks: &Blocks, facts: &Facts<'_>, take: &mut dyn FnMut(&[f32], f32)) {
        columns::each_row(self, blocks, facts, &mut columns::Values::new(take));
    }
}
