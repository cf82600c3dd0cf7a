//! Blocks to rows of numbers. The names and the order of the columns are defined here, once.
//!
//! Every column is language-neutral: lengths are in units that mean the same in every script, words come in through the
//! vocabulary's families only. The same code serves extraction and training.

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

/// What is known of the page beside its blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'a> {
    /// The page came as HTML (or has HTML in it), not as flattened text.
    pub(crate) html: bool,
    /// It came as text with pieces of HTML left in it.
    pub(crate) mixed: bool,
    /// The best guess at the headline, and the block it stands in.
    pub(crate) title: &'a str,
    pub(crate) title_block: Option<usize>,
    pub(crate) description: &'a str,
    /// The body as structured data gives it (`articleBody`), often cut or without headings; empty mostly.
    pub(crate) body: &'a str,
    /// What the page declares itself to be.
    pub(crate) declares: Declares,
    /// What each block is to the article's frame, as far as was proposed.
    pub(crate) roles: &'a [Option<LineRole>],
}

/// What a page declares itself to be, in its structured data.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Declares {
    pub(crate) article: bool,
    pub(crate) product: bool,
    pub(crate) forum: bool,
    pub(crate) listing: bool,
    pub(crate) published: bool,
}

/// A page, measured. Everything the columns are computed from.
#[derive(Debug, Default)]
pub(crate) struct Features {
    pub(crate) measures: Vec<Measure>,
    words: Words,
    pub(crate) signs: Vec<Signs>,
    places: Vec<Place>,
    sums: Sums,
    pub(crate) repeats: Vec<(u16, u16)>,
    groups: Vec<Group>,
    group_of: Vec<u32>,
    shared: Vec<Shared>,
    /// Headlines on a page without markup, which says itself where articles are.
    heads: Vec<bool>,
    memory: shared::Memory,
    best: usize,
}

impl Features {
    /// Measures a page. `hits` are the vocabulary's, sorted by their start.
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

    /// The boilerplate that the words of a container name.
    pub(crate) fn named(&self, container: usize) -> Option<Reason> {
        self.places.get(container).and_then(|place| place.named)
    }

    /// Hands over one row a block, each as long as [`names`], with the block's length in units.
    pub(crate) fn each_row(&self, blocks: &Blocks, facts: &Facts<'_>, take: &mut dyn FnMut(&[f32], f32)) {
        columns::each_row(self, blocks, facts, &mut columns::Values::new(take));
    }
}
