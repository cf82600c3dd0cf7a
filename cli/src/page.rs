//! One page from its source to its article, or to the reason why there is none.

use crate::about::{About, Facts};
use crate::read;
use crate::source::Source;
use copydesk::{Article, Error, Extractor, Input, Page};
use serde::Serialize;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a page could not be read.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Failure {
    /// What kind of failure, for programs.
    pub kind: FailureKind,
    /// What happened, for people.
    pub message: String,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The system would not give the bytes.
    Io,
    /// Packed data that is cut or damaged.
    Compression,
    /// Longer than allowed.
    TooLarge,
    /// An encoding label nobody knows.
    UnknownEncoding,
    /// A bug of ours that this page brought to light.
    Panic,
    /// Anything else the library refuses.
    Refused,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, message: impl Display) -> Failure {
        Failure { kind, message: message.to_string() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let kind = match error {
            Error::TooLarge { .. } => FailureKind::TooLarge,
            Error::UnknownEncoding { .. } => FailureKind::UnknownEncoding,
            _ => FailureKind::Refused,
        };
        Failure::new(kind, error)
    }
}

/// What came of one page.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) source: Source,
    pub(crate) url: Option<String>,
    pub(crate) result: Result<Article, Failure>,
}

/// What holds for all pages of a run.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) extractor: Extractor,
    pub(crate) max_bytes: usize,
    pub(crate) input: Input,
    pub(crate) common: Facts,
    pub(crate) about: About,
}

/// Reads pages one after another, keeping its buffers.
pub(crate) struct Reader<'a> {
    settings: &'a Settings,
    extractor: Extractor,
    bytes: Vec<u8>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(settings: &'a Settings) -> Reader<'a> {
        Reader { settings, extractor: settings.extractor.clone(), bytes: Vec::new() }
    }

    pub(crate) fn page(&mut self, source: Source) -> Outcome {
        let Settings { common, about, .. } = self.settings;
        let own = about.of(&source.id);
        let url = own.and_then(|facts| facts.url.as_ref()).or(common.url.as_ref()).cloned();
        let charset = own.and_then(|facts| facts.charset.as_deref()).or(common.charset.as_deref());
        let crawled_at = own.and_then(|facts| facts.crawled_at).or(common.crawled_at);
        let result = read::read(&source.place, self.settings.max_bytes, &mut self.bytes).and_then(|()| {
            let mut page = Page::new(&self.bytes).input(self.settings.input);
            if let Some(url) = &url {
                page = page.url(url);
            }
            if let Some(charset) = charset {
                page = page.charset(charset);
            }
            if let Some(date) = crawled_at {
                page = page.crawled_at(date);
            }
            let done = guard(|| self.extractor.extract(page).map_err(Failure::from));
            if done.as_ref().is_err_and(|failure| failure.kind == FailureKind::Panic) {
                // What its buffers hold now, nobody knows.
                self.extractor = self.settings.extractor.clone();
            }
            done
        });
        Outcome { source, url, result }
    }
}

/// One bad page must not take the batch with it.
fn guard<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (_, Some(text)) => text.as_str(),
            _ => "no message",
        };
        Err(Failure::new(
            FailureKind::Panic,
            format_args!("bug in copydesk, please report it with the page: {message}"),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure() {
        let failure = guard::<()>(|| panic!("at block {}", 7)).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Panic);
        assert!(failure.message.ends_with("at block 7"), "{}", failure.message);
        assert_eq!(guard(|| Ok(1)), Ok(1));
    }
}
