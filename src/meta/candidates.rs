//! The candidates behind the choices, for fitting the tables and for looking into a page.

use super::byline::NameSignal;
use super::date::{DateSignal, Places, days};
use super::declared::Declared;
use super::propose::Proposals;
use super::signal::Signal;
use super::title::TitleSignal;
use crate::block::Blocks;
use std::ops::Range;

/// The candidates of a page, each with the numbers of its signals.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Headlines.
    pub titles: Vec<(String, Vec<usize>)>,
    /// People, and whether they are barred from being the author.
    pub names: Vec<(String, Vec<usize>, bool)>,
    /// The signals of the outcome that there is no author.
    pub nobody: Vec<usize>,
    /// Days.
    pub days: Vec<(String, Vec<usize>)>,
    /// The signals of the outcome that there is no date.
    pub no_day: Vec<usize>,
}

impl Candidates {
    /// The names of the signals of titles, names and days, in this order.
    #[must_use]
    pub fn signals() -> [&'static [&'static str]; 3] {
        [TitleSignal::NAMES, NameSignal::NAMES, DateSignal::NAMES]
    }
}

/// Gathers the candidates of a page; `body` is the body that the choices were based on.
pub(crate) fn candidates(
    proposals: &Proposals,
    blocks: &Blocks,
    declared: &Declared,
    title: Option<usize>,
    body: Option<Range<usize>>,
) -> Candidates {
    let body = body.unwrap_or_else(|| proposals.layout.body.clone());
    let (days, no_day) = days(&proposals.dates, blocks, &proposals.layout, declared, &Places { title, body });
    Candidates {
        titles: proposals.titles.candidates.iter().map(|c| (c.text.clone(), c.signals.iter().collect())).collect(),
        names: proposals
            .names
            .candidates
            .iter()
            .map(|c| (c.name.clone(), c.signals.iter().collect(), c.is_barred()))
            .collect(),
        nobody: proposals.names.none.iter().collect(),
        days: days.iter().map(|day| (day.date.to_string(), day.signals.iter().collect())).collect(),
        no_day: no_day.iter().collect(),
    }
}

/// A page as the choices see it, for a human reader: its declared facts, its dates, its blocks.
pub(crate) fn describe(proposals: &Proposals, blocks: &Blocks, declared: &Declared) -> Vec<String> {
    let head = |text: &str, chars: usize| -> String { text.chars().take(chars).collect() };
    let mut out: Vec<String> = declared
        .facts
        .iter()
        .map(|fact| format!("{:?} {:?} {:#x} {}", fact.field, fact.source, fact.flags, head(&fact.value, 200)))
        .collect();
    out.extend(proposals.dates.shown.iter().map(|shown| {
        let text = blocks.text_of(shown.block as usize);
        let found = &shown.found;
        format!("{} {:?} {:?} #{} {}", found.date, found.label, found.shape, shown.block, head(text, 120))
    }));
    out.push(format!("rough body {:?}", proposals.layout.body));
    out.extend(blocks.items.iter().enumerate().map(|(index, block)| {
        let role = proposals.line_role(index).map_or(String::new(), |role| format!(" {role:?}"));
        format!("{index} {:?}{role} {}", block.kind, head(blocks.text_of(index), 200))
    }));
    out
}
