//! Candidates with their signals, for fitting the tables and for measuring.

use super::{declared, layout::Layout, site::Site, title};
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

/// Blocks that hold a date.
fn dated(blocks: &Blocks) -> Vec<usize> {
    let mut found = Vec::new();
    let mut out = Vec::new();
    for index in 0..blocks.items.len() {
        let text = blocks.text_of(index);
        if text.len() > 200 || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        found.clear();
        super::date::find(text, &super::date::Context::default(), &mut found);
        if !found.is_empty() {
            out.push(index);
        }
    }
    out
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
    let layout = Layout::new(&blocks);
    let site = Site::new(&declared);
    let mut hits = Vec::new();
    crate::vocab::Vocab::get().scan(&blocks.text, &mut hits);
    let dates = dated(&blocks);
    let titles = title::propose(&blocks, &layout, &declared, &site, &dates);
    let title = titles.best().and_then(|(c, _)| c.block);
    let names = super::byline::propose(&blocks, &hits, &layout, &declared, &site, title, &dates);
    let probabilities = names.probabilities();
    Probe {
        people: super::byline::people(&names, &probabilities).0.into_iter().map(|p| p.name).collect(),
        names: names.candidates.iter().map(|c| (c.name.clone(), c.block, c.signals.iter().collect())).collect(),
        title: titles.best().map(|(c, p)| (c.text.clone(), p)),
        titles: titles.candidates.iter().map(|c| (c.text.clone(), c.block, c.signals.iter().collect())).collect(),
    }
}
