//! The headline: which of the page's many titles, and how much of it.
//!
//! Every declared title and every block that may be the headline is a candidate, whole and with ends cut off at separators.
//! Texts that agree are one candidate; its signals say who states it and where it stands.

mod compare;
mod evidence;
mod gather;
mod place;
mod shown;

pub(crate) use evidence::TitleSignal;

use super::declared::Declared;
use super::fact::{Fact, Field};
use super::layout::Layout;
use super::signal::{Signals, Weights};
use super::site::Site;
use crate::block::Blocks;
use gather::{Gatherer, stated_signal};
use std::collections::HashMap;

/// Candidates kept; a page has a dozen, a hostile one a thousand headings.
const MAX_CANDIDATES: usize = 120;

/// A text that may be the headline.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    key: String,
    /// The block that shows it, if any.
    pub(crate) block: Option<usize>,
    /// Whether that block is a first-level heading.
    heading: bool,
    sources: u32,
    pub(crate) signals: Signals,
}

/// All candidates of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    pub(crate) candidates: Vec<Candidate>,
}

/// Gathers all candidates. `marks` are blocks that hold a byline or a date, in order; `labels` where in a block the label of
/// a date begins.
pub(crate) fn propose(
    blocks: &Blocks,
    layout: &Layout,
    declared: &Declared,
    site: &Site,
    marks: &[usize],
    labels: &[(usize, usize)],
) -> Titles {
    let mut gatherer = Gatherer { site, layout, index: HashMap::new(), candidates: Vec::new() };
    for fact in declared.of(Field::Title) {
        if fact.has(Fact::SECOND) || fact.has(Fact::COMMENT) {
            continue;
        }
        let named = fact.has(Fact::NO_ARTICLE);
        let source = 1 << (fact.source as u32);
        gatherer.stated(&fact.value, |part| stated_signal(fact.source, named, part), source);
    }
    gatherer.blocks(blocks, declared);
    gatherer.before_labels(blocks, labels);
    let mut titles = Titles { candidates: gatherer.candidates };
    titles.compare(blocks, layout, declared, site);
    titles.place(blocks, layout, &layout.body, marks);
    titles
}

impl Candidate {
    fn set(&mut self, signal: TitleSignal, condition: bool) {
        self.signals.set_if(signal as usize, condition);
    }
}

impl Titles {
    /// The likeliest candidate.
    pub(crate) fn best_index(&self, weights: &Weights) -> Option<usize> {
        let scored = self.candidates.iter().map(|c| weights.score(c.signals)).enumerate();
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }

    /// The likeliest candidate, and how likely it is right.
    pub(crate) fn best(&self, weights: &Weights) -> Option<(&Candidate, f32)> {
        let best = self.candidates.get(self.best_index(weights)?)?;
        let score = weights.score(best.signals);
        // A soft maximum over the candidates and the possibility that none is right, which scores 0.
        let all: f32 = self.candidates.iter().map(|c| (weights.score(c.signals) - score).exp()).sum();
        Some((best, weights.worth(1.0 / (all + (-score).exp()))))
    }
}
