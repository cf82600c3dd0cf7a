//! Writes an article as a document. There is one file per format.

mod html;
#[cfg(feature = "serde")]
mod json;
mod markdown;
mod piece;

pub use piece::Piece;

use crate::article::{Article, Block, BlockKind};
use crate::types::PartialDate;

/// The blocks of the body, without a first heading that only repeats the title.
fn below_title(article: &Article) -> impl Iterator<Item = Block<'_>> {
    let mut blocks = article.blocks().peekable();
    blocks.next_if(|first| matches!(first.kind, BlockKind::Heading(_)) && Some(first.text) == article.title());
    blocks
}

/// The date for documents and records. Dates without a year are omitted from both.
fn with_year(date: Option<PartialDate>) -> Option<PartialDate> {
    date.filter(|date| date.year().is_some())
}

/// The line below the title, with byline and date if known.
fn dateline(article: &Article) -> Option<String> {
    let date = with_year(article.date()).map(|date| date.to_string());
    match (article.byline(), date) {
        (Some(byline), Some(date)) => Some(format!("{byline} · {date}")),
        (Some(byline), None) => Some(byline.to_owned()),
        (None, date) => date,
    }
}

/// An article for tests of the formats. Each item is a level of its own; adjacent quotations share one.
#[cfg(test)]
pub(crate) fn sample(blocks: &[(BlockKind, &'static str)]) -> Article {
    use crate::article::LevelKind::{Item, Quote};
    let mut before = None;
    let nested = blocks.iter().map(|(kind, text)| {
        let begins = before.replace(*kind) != Some(BlockKind::Quote);
        match kind {
            BlockKind::ListItem => (*kind, *text, vec![(Item(None), true)]),
            BlockKind::Quote => (*kind, *text, vec![(Quote, begins)]),
            _ => (*kind, *text, Vec::new()),
        }
    });
    nested_sample(&nested.collect::<Vec<_>>())
}

/// A block with its levels: their kinds, and whether it begins them.
#[cfg(test)]
pub(crate) type Nested = (BlockKind, &'static str, Vec<(crate::article::LevelKind, bool)>);

/// Like [`sample`], with levels given.
#[cfg(test)]
pub(crate) fn nested_sample(blocks: &[Nested]) -> Article {
    use crate::article::{Level, Metadata, StoredBlock, Verdict};
    let mut buffer = String::new();
    let (mut stored, mut levels) = (Vec::new(), Vec::new());
    for (kind, block, within) in blocks {
        let (start, first) = (buffer.len(), levels.len());
        buffer.push_str(block);
        levels.extend(within.iter().map(|&(kind, begins)| Level { kind, begins }));
        stored.push(StoredBlock { kind: *kind, text: start..buffer.len(), levels: first..levels.len(), source: None });
        buffer.push('\n');
    }
    Article {
        verdict: Verdict::Article { confidence: 0.9 },
        metadata: Metadata::default(),
        body: blocks.iter().map(|(_, text, _)| *text).collect::<Vec<_>>().join("\n\n"),
        buffer,
        blocks: stored,
        levels,
        captions: Vec::new(),
        struck: Vec::new(),
        encoding: "UTF-8",
        encoding_source: crate::EncodingSource::Text,
        input: crate::Input::Html,
    }
}
