//! The stages one at a time, for the benches. Each method answers with a count, so that a bench can check its work.

use super::{Analysis, Page};
use crate::block::{Bare, Blocks, from_dom};
use crate::decode::decode;
use crate::dom::rules::{Hits, Rules};
use crate::dom::{self, Dom};
use crate::error::Error;
use crate::lines;
use crate::meta::Tables;
use crate::score::Model;
use crate::select::{Decision, Wishes, select};
use crate::types::Wanted;
use crate::vocab::{Hit, Vocab};
use std::sync::Arc;

/// The stages with what each leaves for the next, memory kept from call to call as an extractor does.
#[derive(Debug)]
pub struct Stages {
    dom: Dom,
    blocks: Blocks,
    hits: Vec<Hit>,
    analysis: Analysis,
    scores: Vec<f32>,
    model: Arc<Model>,
}

impl Default for Stages {
    fn default() -> Self {
        Stages {
            dom: Dom::default(),
            blocks: Blocks::default(),
            hits: Vec::new(),
            analysis: Analysis::default(),
            scores: Vec::new(),
            model: Model::standard(),
        }
    }
}

impl Stages {
    /// Bytes to text: its length.
    ///
    /// # Errors
    /// As [`crate::Extractor::extract`].
    pub fn decode(bytes: &[u8]) -> Result<usize, Error> {
        Ok(decode(bytes, None, None)?.text.len())
    }

    /// Markup to a tree: its nodes.
    pub fn parse(&mut self, html: &str) -> usize {
        dom::read(&mut self.dom, html);
        self.dom.nodes.len()
    }

    /// The tree of the last [`Stages::parse`] to blocks: how many.
    pub fn cut(&mut self) -> usize {
        from_dom(&self.dom, Bare::Inline, &Hits::default(), &mut self.blocks);
        self.blocks.items.len()
    }

    /// Flattened text to blocks: how many.
    pub fn lines(&mut self, text: &str) -> usize {
        lines::blocks(text, &mut self.blocks);
        self.blocks.items.len()
    }

    /// The phrases in the blocks last made: how many.
    pub fn scan(&mut self) -> usize {
        self.hits.clear();
        Vocab::get().scan(&self.blocks.text, &mut self.hits);
        self.hits.len()
    }

    /// A page up to its blocks, their phrases, what it declares and what is proposed as title, byline and date: its blocks.
    ///
    /// # Errors
    /// As [`crate::Extractor::extract`].
    pub fn read(&mut self, page: &Page<'_>) -> Result<usize, Error> {
        self.analysis.read(page, &Rules::default(), &Tables::standard(), Wanted::default())?;
        Ok(self.analysis.blocks().items.len())
    }

    /// Features and probabilities of the page last read: how many blocks are likely body.
    pub fn score(&mut self) -> usize {
        self.scores = self.analysis.score(&self.model);
        self.scores.iter().filter(|score| **score >= 0.5).count()
    }

    /// Decisions on the page last scored: how many blocks are body.
    pub fn select(&mut self) -> usize {
        let wishes = Wishes {
            include: &[],
            roles: self.analysis.roles(),
            flattened: self.analysis.input() != crate::types::Input::Html,
        };
        let selection = select(self.analysis.blocks(), self.analysis.features(), &self.scores, wishes);
        selection.decisions.iter().filter(|decision| **decision == Decision::Body).count()
    }
}
