//! The stages one at a time, for the benches. Each method returns a count that a bench can check.

use super::{Analysis, Page, PageText, Settings};
use crate::block::Blocks;
use crate::decode::decode;
use crate::dom::rules::Hits;
use crate::dom::{self, Dom};
use crate::error::Error;
use crate::from_dom::{Bare, from_dom};
use crate::lines;
use crate::select::{Decision, LIKELY};
use crate::vocab::{Hit, Vocab};

/// The stages, each with its output for the next. Buffers are reused, as in an extractor.
#[derive(Debug, Default)]
pub struct Stages {
    dom: Dom,
    blocks: Blocks,
    hits: Vec<Hit>,
    analysis: Analysis,
    scores: Vec<f32>,
    settings: Settings,
}

impl Stages {
    /// Decodes a page; returns the length of its text in bytes.
    ///
    /// # Errors
    /// As [`crate::Extractor::extract`].
    pub fn decode(bytes: &[u8]) -> Result<usize, Error> {
        Ok(decode(bytes, None, None)?.text.len())
    }

    /// Parses markup into a tree; returns the number of nodes.
    pub fn parse(&mut self, html: &str) -> usize {
        dom::read(&mut self.dom, html);
        self.dom.nodes.len()
    }

    /// Divides the tree of the last [`Stages::parse`] into blocks; returns their number.
    pub fn cut(&mut self) -> usize {
        from_dom(&self.dom, Bare::Inline, &Hits::default(), &mut self.blocks);
        self.blocks.items.len()
    }

    /// Divides flattened text into blocks; returns their number.
    pub fn lines(&mut self, text: &str) -> usize {
        lines::blocks(text, &mut self.blocks);
        self.blocks.items.len()
    }

    /// Finds the phrases in the last blocks; returns their number.
    pub fn scan(&mut self) -> usize {
        self.hits.clear();
        Vocab::get().scan(&self.blocks.text, &mut self.hits);
        self.hits.len()
    }

    /// Reads a page up to its blocks, their phrases, the metadata it declares, and the proposals for title, byline and
    /// date; returns the number of blocks.
    ///
    /// # Errors
    /// As [`crate::Extractor::extract`].
    pub fn read(&mut self, page: &Page<'_>) -> Result<usize, Error> {
        let text = PageText::of(page)?;
        self.analysis.read(text.as_str(), text.origin(), page, &self.settings);
        Ok(self.analysis.blocks().items.len())
    }

    /// Scores the page last read; returns the number of blocks that are likely body.
    pub fn score(&mut self) -> usize {
        self.scores = self.analysis.score(&self.settings.model);
        self.scores.iter().filter(|score| **score >= LIKELY).count()
    }

    /// Decides on the page last scored; returns the number of blocks in the body.
    pub fn select(&mut self) -> usize {
        let selection = self.analysis.select(&self.scores, &[]);
        selection.decisions.iter().filter(|decision| **decision == Decision::Body).count()
    }
}
