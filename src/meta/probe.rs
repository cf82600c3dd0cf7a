//! Candidates with their signals, for fitting the tables and for measuring.

use super::{declared, title};
use crate::block::{Bare, Blocks, from_dom};
use crate::dom::rules::Hits;
use crate::lines;
use crate::types::Input;

/// What was found on a page.
#[derive(Debug, Default)]
pub struct Probe {
    /// Text, block and signals of each candidate for the title.
    pub titles: Vec<(String, Option<usize>, Vec<usize>)>,
    /// The same for names.
    pub names: Vec<(String, Option<usize>, Vec<usize>, Vec<u16>)>,
    /// Signals of there being no author.
    pub nobody: Vec<usize>,
    /// The authors chosen.
    pub people: Vec<String>,
    /// The date chosen.
    pub date: Option<String>,
    /// Of byline and date.
    pub confidence: (f32, f32),
    /// What the page declares, for the eye.
    pub facts: Vec<String>,
    /// Its blocks, for the eye.
    pub lines: Vec<String>,
    /// Time for `propose` and `choose`.
    pub spent: std::time::Duration,
    /// The title chosen and its probability.
    pub title: Option<(String, f32)>,
}

/// Names of the title's signals.
#[must_use]
pub fn title_signals() -> &'static [&'static str] {
    title::TitleSignal::NAMES
}

/// Names of the signals of names.
#[must_use]
pub fn name_signals() -> &'static [&'static str] {
    super::byline::NameSignal::NAMES
}

/// Runs `declared`, `propose` and `choose` over a page, the body being guessed.
#[must_use]
pub fn probe(page: &str, url: Option<&str>) -> Probe {
    let mut blocks = Blocks::default();
    let mut declared = declared::Declared { url: url.map(str::to_owned), ..Default::default() };
    let input = lines::sniff(page);
    if input == Input::Text {
        lines::blocks(page, &mut blocks);
    } else {
        let dom = crate::dom::parse(page);
        let bare = if input == Input::Mixed { Bare::Lines(page) } else { Bare::Inline };
        from_dom(&dom, bare, &Hits::default(), &mut blocks);
        declared = declared::declared(&dom, url);
    }
    lines::mark_repeats(&mut blocks);
    let mut hits = Vec::new();
    crate::vocab::Vocab::get().scan(&blocks.text, &mut hits);
    let start = std::time::Instant::now();
    let mut proposals = super::propose(&blocks, &hits, &declared, super::Known::default());
    let metadata = super::choose(&mut proposals, &blocks, &declared, None);
    let spent = start.elapsed();
    let titles = &proposals.titles.candidates;
    let names = &proposals.names.candidates;
    let body = proposals.layout.body.clone();
    Probe {
        people: metadata.people.iter().filter(|p| p.role == crate::Role::Author).map(|p| p.name.clone()).collect(),
        nobody: proposals.names.none.iter().collect(),
        names: names.iter().map(|c| (c.name.clone(), c.block, c.signals.iter().collect(), c.lists.clone())).collect(),
        title: metadata.title.clone().map(|title| (title, metadata.confidence.title)),
        titles: titles.iter().map(|c| (c.text.clone(), c.block, c.signals.iter().collect())).collect(),
        date: metadata.published.map(|date| date.to_string()),
        confidence: (metadata.confidence.byline, metadata.confidence.date),
        facts: declared
            .facts
            .iter()
            .take(200)
            .map(|f| {
                format!("{:?} {:?} {:#x} {}", f.field, f.source, f.flags, f.value.chars().take(150).collect::<String>())
            })
            .collect(),
        lines: (0..blocks.items.len().min(400))
            .map(|i| {
                let text: String = blocks.text_of(i).chars().take(160).collect();
                let mark = if i == body.start {
                    "<<"
                } else if i + 1 == body.end {
                    ">>"
                } else {
                    ""
                };
                format!("{i}{mark} {:?} {:?} {text}", blocks.items[i].kind, proposals.line_role(i))
            })
            .collect(),
        spent,
    }
}
