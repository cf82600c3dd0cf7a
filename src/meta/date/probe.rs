//! The days of a page with their evidence, for fitting the weights and for measuring.

use super::choose::{Places, choose, days};
use super::evidence::DateSignal;
use super::propose::propose;
use crate::Page;
use crate::extractor::analyze;
use std::time::{Duration, Instant};

/// What was found on a page.
#[derive(Debug, Default)]
pub struct DateProbe {
    /// Each day with its signals.
    pub days: Vec<(String, Vec<usize>)>,
    /// The signals of there being none.
    pub none: Vec<usize>,
    /// The dates chosen.
    pub published: Option<String>,
    /// Of the last change.
    pub modified: Option<String>,
    /// How sure we are of the first.
    pub confidence: f32,
    /// Time taken to gather the dates.
    pub spent: Duration,
    /// Bytes of text.
    pub bytes: usize,
    /// Shown dates in their blocks, for the eye.
    pub shown: Vec<String>,
}

/// Names of the signals.
#[must_use]
pub fn date_signals() -> &'static [&'static str] {
    DateSignal::NAMES
}

/// Runs `declared`, `propose` and `choose` over a page.
#[must_use]
pub fn probe_dates(page: Page<'_>) -> DateProbe {
    let Ok(analysis) = analyze(page) else { return DateProbe::default() };
    let (blocks, declared, proposals) = (analysis.blocks(), analysis.declared(), analysis.proposals());
    let (layout, dates) = (&proposals.layout, &proposals.dates);
    let places = Places { title: proposals.title_block(), body: layout.body.clone() };
    let start = Instant::now();
    std::hint::black_box(propose(blocks, declared, analysis.hits(), None));
    let spent = start.elapsed();
    let (days, none) = days(dates, blocks, layout, declared, &places);
    let chosen = choose(dates, blocks, layout, declared, &places);
    let mut shown: Vec<String> = dates
        .shown
        .iter()
        .take(60)
        .map(|shown| {
            let text: String = blocks.text_of(shown.block as usize).chars().take(120).collect();
            format!("{} {:?} {:?} #{} {}", shown.found.date, shown.found.label, shown.found.shape, shown.block, text)
        })
        .collect();
    shown.push(format!("{places:?} of {}", blocks.items.len()));
    shown.extend(dates.stated.iter().map(|stated| format!("{} <- {:?}", stated.date, declared.facts[stated.fact])));
    DateProbe {
        spent,
        bytes: blocks.text.len(),
        days: days.iter().map(|day| (day.date.to_string(), day.signals.iter().collect())).collect(),
        none: none.iter().collect(),
        published: chosen.published.map(|date| date.to_string()),
        modified: chosen.modified.map(|date| date.to_string()),
        confidence: chosen.confidence,
        shown,
    }
}
