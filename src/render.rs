//! An article as a document: one file a format. The plain text is [`crate::Article::text`] itself.

mod account;
mod html;
#[cfg(feature = "serde")]
mod json;
mod markdown;

pub use account::Piece;

use crate::article::{Article, Block, BlockKind};

/// The blocks of the body, without a heading at its head that only says the title again.
fn below_title(article: &Article) -> impl Iterator<Item = Block<'_>> {
    let mut blocks = article.blocks().peekable();
    blocks.next_if(|first| matches!(first.kind, BlockKind::Heading(_)) && Some(first.text) == article.title());
    blocks
}

/// What stands below the title: byline and date, whichever is known, as one line.
fn dateline(article: &Article) -> Option<String> {
    let date = article.published().filter(|date| date.year.is_some()).map(|date| date.to_string());
    match (article.byline(), date) {
        (Some(byline), Some(date)) => Some(format!("{byline} · {date}")),
        (Some(byline), None) => Some(byline.to_owned()),
        (None, date) => date,
    }
}

/// An article made by hand, for the tests of the formats: each item of its own, quotations one.
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

/// A block with its levels: what they are, and whether it begins them.
#[cfg(test)]
pub(crate) type Nested = (BlockKind, &'static str, Vec<(crate::article::LevelKind, bool)>);

/// The same with levels.
#[cfg(test)]
pub(crate) fn nested_sample(blocks: &[Nested]) -> Article {
    use crate::article::{Confidence, Level, Metadata, StoredBlock, Verdict};
    let mut text = String::new();
    let (mut stored, mut levels) = (Vec::new(), Vec::new());
    for (kind, block, within) in blocks {
        let (start, first) = (text.len(), levels.len());
        text.push_str(block);
        levels.extend(within.iter().map(|&(kind, begins)| Level { kind, begins }));
        stored.push(StoredBlock { kind: *kind, text: start..text.len(), levels: first..levels.len(), source: None });
        text.push('\n');
    }
    Article {
        verdict: Verdict::Article { confidence: 0.9 },
        metadata: Metadata::default(),
        body: blocks.iter().map(|(_, text, _)| *text).collect::<Vec<_>>().join("\n\n"),
        buffer: text,
        blocks: stored,
        levels,
        captions: Vec::new(),
        struck: Vec::new(),
        encoding: "UTF-8",
        encoding_source: crate::EncodingSource::Text,
        input: crate::Input::Html,
        confidence: Confidence::default(),
    }
}
