//! The headline: which of a page's many titles it is, and which part of that title.
//!
//! Every declared title and every block that may be the headline is a candidate, whole and with its ends cut off at
//! separators. Equal texts are one candidate; its signals say who states it and where it stands.

mod compare;
mod evidence;
mod gather;
mod inside;
mod place;
mod shown;

pub(crate) use evidence::TitleSignal;

use super::fact::{Fact, Field};
use super::propose::View;
use super::signal::Signals;
use super::tables::Table;
use gather::{Gatherer, stated_signal};

/// Most candidates kept; a page has a dozen, a hostile page a thousand headings.
const MAX_CANDIDATES: usize = 120;

/// A text that may be the headline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    key: String,
    /// The block that shows it, if any.
    pub(crate) block: Option<usize>,
    /// Whether that block is a first-level heading.
    heading: bool,
    /// Whether the text is a line of tools (`Bookmark Share Print`), which is never a headline.
    menu: bool,
    sources: u32,
    pub(crate) signals: Signals,
}

/// All candidates of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    pub(crate) candidates: Vec<Candidate>,
    /// Candidates of the previous page, kept to reuse their strings.
    spare: Vec<Candidate>,
}

/// Gathers all candidates, replacing those of the previous page.
pub(crate) fn propose(view: &View<'_>, titles: &mut Titles) {
    let View { blocks, layout, declared, site, .. } = *view;
    titles.spare.append(&mut titles.candidates);
    titles.spare.truncate(MAX_CANDIDATES);
    let mut gatherer = Gatherer { site, layout, titles, key: String::new() };
    for fact in declared.of(Field::Title) {
        if fact.has(Fact::SECOND) || fact.has(Fact::COMMENT) {
            continue;
        }
        let named = fact.has(Fact::NO_ARTICLE);
        let source = 1 << (fact.source as u32);
        gatherer.stated(&fact.value, |part| stated_signal(fact.source, named, part), source);
    }
    gatherer.blocks(view);
    gatherer.before_labels(blocks, view.shown);
    if !layout.marked_up {
        gatherer.inside(blocks, view.shown);
    }
    titles.compare(blocks, layout, declared, site);
    titles.place(blocks, layout, &layout.body, view.dated);
}

impl Candidate {
    fn set(&mut self, signal: TitleSignal, condition: bool) {
        self.signals.set_if(signal as usize, condition);
    }
}

impl Titles {
    /// The likeliest candidate by the weights alone.
    pub(crate) fn likely(&self, table: &Table) -> Option<usize> {
        let scored = self.candidates.iter().map(|c| table.rough(c.signals)).enumerate();
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }

    /// The likeliest candidate, and the probability that it is right.
    pub(crate) fn best(&self, table: &Table) -> Option<(&Candidate, f32)> {
        // The last rival is the outcome that no candidate is right.
        let rivals: Vec<Signals> = self.candidates.iter().map(|c| c.signals).chain([Signals::default()]).collect();
        let mut odds = table.odds(&rivals);
        for (odds, _) in odds.iter_mut().zip(&self.candidates).filter(|(_, candidate)| candidate.menu) {
            *odds = f32::NEG_INFINITY;
        }
        let scored = odds.iter().copied().enumerate().take(self.candidates.len());
        let (best, top) = scored.filter(|(_, odds)| odds.is_finite()).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let all: f32 = odds.iter().map(|odds| (odds - top).exp()).sum();
        Some((self.candidates.get(best)?, table.worth(1.0 / all)))
    }
}
