//! What is written for one page.

use crate::args::Format;
use crate::explain::{self, Look};
use crate::page::{Failure, Outcome};
use crate::record;
use copydesk::Verdict;

/// The form in which a page is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum View {
    Document(Format),
    Explained(Look),
}

/// What is written for one page, prepared on the thread that read it.
pub(crate) struct Piece {
    pub(crate) bytes: Vec<u8>,
    /// A message for the caller of a single page, if its output alone does not say it.
    pub(crate) notice: Option<String>,
    pub(crate) without_article: bool,
    pub(crate) failed: bool,
}

impl Piece {
    pub(crate) fn new(outcome: &Outcome, view: View) -> Piece {
        let name = &outcome.name;
        let article = outcome.result.as_ref();
        let refusal = match article.map(copydesk::Article::verdict) {
            Ok(Verdict::NoArticle { reason, confidence }) => {
                Some(format!("{name}: no article: {} ({confidence:.2})", reason.key()))
            }
            Ok(_) => None,
            Err(Failure { message, .. }) => Some(format!("{name}: {message}")),
        };
        let mut bytes = Vec::new();
        let mut notice = None;
        match view {
            View::Explained(look) => bytes = explain::explain(outcome, look).into_bytes(),
            View::Document(Format::Json | Format::Jsonl) => {
                let indented = matches!(view, View::Document(Format::Json));
                // Cannot fail: the target is memory, and all keys are strings.
                let _ = record::write(outcome, indented, &mut bytes);
                bytes.push(b'\n');
            }
            View::Document(format) => {
                if let Ok(article) = article {
                    let mut text = match format {
                        Format::Markdown => article.to_markdown(),
                        Format::Html => article.to_html(),
                        _ => article.body().to_owned(),
                    };
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    bytes = text.into_bytes();
                }
                notice = refusal.clone();
            }
        }
        let failed = outcome.result.is_err();
        Piece { bytes, notice, without_article: refusal.is_some() && !failed, failed }
    }
}
