//! Candidates with their signals, for fitting the tables and for measuring.

use super::{declared, title};
use crate::block::{self, Block, Blocks, Container, Kind};
use crate::span::Span;

/// What was found on a page.
#[derive(Debug, Default)]
pub struct Probe {
    /// Text, block and signals of each candidate for the title.
    pub titles: Vec<(String, Option<usize>, Vec<usize>)>,
    /// The same for names.
    pub names: Vec<(String, Option<usize>, Vec<usize>)>,
    /// The authors chosen.
    pub people: Vec<String>,
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

/// Runs `declared` and `propose` over a page.
#[must_use]
pub fn probe(page: &str, flat: bool, url: Option<&str>) -> Probe {
    let mut blocks = Blocks::default();
    let mut declared = declared::Declared { url: url.map(str::to_owned), ..Default::default() };
    if flat {
        blocks.containers.push(Container::root());
        for line in page.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let start = blocks.text.len();
            blocks.text.push_str(line);
            let text = Span::new(start, blocks.text.len());
            blocks.text.push('\n');
            let source = Span::default();
            blocks.items.push(Block { text, source, kind: Kind::Paragraph, container: 0, link_bytes: 0, flags: 0 });
        }
        blocks.settle();
    } else {
        let dom = crate::dom::parse(page);
        declared = declared::declared(&dom, url);
        block::from_dom(&dom, block::Bare::Inline, &mut blocks);
    }
    let mut hits = Vec::new();
    crate::vocab::Vocab::get().scan(&blocks.text, &mut hits);
    let mut proposals = super::propose(&blocks, &hits, &declared, super::Known::default());
    let metadata = super::choose(&mut proposals, &blocks, &declared, None);
    let titles = &proposals.titles.candidates;
    let names = &proposals.names.candidates;
    Probe {
        people: metadata.people.iter().filter(|p| p.role == crate::Role::Author).map(|p| p.name.clone()).collect(),
        names: names.iter().map(|c| (c.name.clone(), c.block, c.signals.iter().collect())).collect(),
        title: metadata.title.clone().map(|title| (title, metadata.confidence.title)),
        titles: titles.iter().map(|c| (c.text.clone(), c.block, c.signals.iter().collect())).collect(),
    }
}
