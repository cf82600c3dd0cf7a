//! An article as a document: one file a format. The plain text is [`crate::Article::text`] itself.

mod account;
mod html;
#[cfg(feature = "serde")]
mod json;
mod markdown;

pub use account::Piece;

use crate::article::Article;

/// What stands below the title: byline and date, whichever is known, as one line.
fn dateline(article: &Article) -> Option<String> {
    let date = article.published().filter(|date| date.year.is_some()).map(|date| date.to_string());
    match (article.byline(), date) {
        (Some(byline), Some(date)) => Some(format!("{byline} · {date}")),
        (Some(byline), None) => Some(byline.to_owned()),
        (None, date) => date,
    }
}

/// An article made by hand, for the tests of the formats.
#[cfg(test)]
pub(crate) fn sample(blocks: &[(crate::BlockKind, &str)]) -> Article {
    use crate::article::{Confidence, Metadata, StoredBlock, Verdict};
    let mut text = String::new();
    let mut stored = Vec::new();
    for (kind, block) in blocks {
        let start = text.len();
        text.push_str(block);
        stored.push(StoredBlock { kind: *kind, text: start..text.len(), source: None });
        text.push('\n');
    }
    Article {
        verdict: Verdict::Article { confidence: 0.9 },
        metadata: Metadata::default(),
        body: blocks.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n\n"),
        buffer: text,
        blocks: stored,
        captions: Vec::new(),
        struck: Vec::new(),
        encoding: "UTF-8",
        encoding_source: crate::EncodingSource::Text,
        input: crate::Input::Html,
        confidence: Confidence::default(),
    }
}
