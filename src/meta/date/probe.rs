//! The days of a page with their evidence, for fitting the weights and for measuring.

use super::choose::{Places, choose, days};
use super::evidence::DateSignal;
use super::propose::propose;
use crate::block::{self, Block, Blocks, Container, Kind};
use crate::meta::{declared, layout::Layout, site::Site, title};
use crate::span::Span;

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
pub fn probe_dates(page: &[u8], flat: bool, url: Option<&str>) -> DateProbe {
    let mut blocks = Blocks::default();
    let mut declared = declared::Declared { url: url.map(str::to_owned), ..Default::default() };
    let Ok(decoded) = crate::decode::decode(page, None, url) else { return DateProbe::default() };
    let page = &*decoded.text;
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
        block::from_dom(&dom, block::Bare::Inline, &crate::dom::rules::Hits::default(), &mut blocks);
    }
    let layout = Layout::new(&blocks, &declared);
    let site = Site::new(&declared);
    let dates = propose(&blocks, &declared, None);
    let marks: Vec<usize> = dates.shown.iter().map(|shown| shown.block as usize).collect();
    let titles = title::propose(&blocks, &layout, &declared, &site, &marks);
    let places = Places { title: titles.best().and_then(|(c, _)| c.block), body: layout.body.clone() };
    let (days, none) = days(&dates, &blocks, &layout, &declared, &places);
    let chosen = choose(&dates, &blocks, &layout, &declared, &places);
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
        days: days.iter().map(|day| (day.date.to_string(), day.signals.iter().collect())).collect(),
        none: none.iter().collect(),
        published: chosen.published.map(|date| date.to_string()),
        modified: chosen.modified.map(|date| date.to_string()),
        confidence: chosen.confidence,
        shown,
    }
}
