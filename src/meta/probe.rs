//! Candidates with their signals, for fitting the tables and for measuring.

use super::{declared, layout::Layout, site::Site, title};
use crate::block::{self, Block, Blocks, Container, Kind};
use crate::span::Span;

/// What was found on a page.
#[derive(Debug, Default)]
pub struct Probe {
    /// Text, block and signals of each candidate for the title.
    pub titles: Vec<(String, Option<usize>, Vec<usize>)>,
    /// The title chosen and its probability.
    pub title: Option<(String, f32)>,
}

/// Names of the title's signals.
#[must_use]
pub fn title_signals() -> &'static [&'static str] {
    title::TitleSignal::NAMES
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
    let titles = title::propose(&blocks, &layout, &declared, &site, &[]);
    Probe {
        title: titles.best().map(|(c, p)| (c.text.clone(), p)),
        titles: titles.candidates.iter().map(|c| (c.text.clone(), c.block, c.signals.iter().collect())).collect(),
    }
}
