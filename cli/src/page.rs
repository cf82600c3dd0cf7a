//! Turns one page from its source into an article, or into the reason why there is none.

use crate::about::{About, Facts};
use crate::guard::guard;
use crate::read::read;
use crate::source::Source;
use crate::unpack::Damage;
use copydesk::{Article, Error, Extractor, Input, Page};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde::Serialize;
use std::fmt::Display;
use std::io;

/// Why a page could not be read.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Failure {
    /// The kind of failure, for programs.
    pub kind: FailureKind,
    /// The message, for people.
    pub message: String,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The system reported an I/O error.
    Io,
    /// The compressed data is truncated or damaged.
    Compression,
    /// Part of an archive is truncated, damaged or malformed.
    Archive,
    /// The page is longer than allowed.
    TooLarge,
    /// The page is not text but a picture, a PDF or other binary data.
    Binary,
    /// The encoding label is unknown.
    UnknownEncoding,
    /// The page triggered a bug in copydesk.
    Panic,
    /// The library rejected the page for another reason.
    Refused,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, message: impl Display) -> Failure {
        Failure { kind, message: message.to_string() }
    }

    pub(crate) fn too_large(limit: usize) -> Failure {
        Failure::new(FailureKind::TooLarge, format_args!("page is over the limit of {limit} bytes"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let kind = if Damage::of(&error).is_some() { FailureKind::Compression } else { FailureKind::Io };
        Failure::new(kind, error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let kind = match error {
            Error::TooLarge { .. } => FailureKind::TooLarge,
            Error::Binary => FailureKind::Binary,
            Error::UnknownEncoding { .. } => FailureKind::UnknownEncoding,
            _ => FailureKind::Refused,
        };
        Failure::new(kind, error)
    }
}

/// The result for one page.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    pub(crate) result: Result<Article, Failure>,
}

/// Settings for all pages of a run.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) extractor: Extractor,
    pub(crate) max_bytes: usize,
    pub(crate) input: Input,
    pub(crate) common: Facts,
    pub(crate) about: About,
}

/// Reads pages one after another and reuses its buffers.
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
        let Source { id, name, facts, place } = source;
        let own = about.of(&id);
        let url = own.and_then(|own| own.url.as_ref()).or(facts.url.as_ref()).or(common.url.as_ref()).cloned();
        let charset = own.and_then(|own| own.charset.as_deref());
        let crawled_at = own.and_then(|own| own.crawled_at).or(facts.crawled_at).or(common.crawled_at);
        let result = guard(|| {
            let is_text = read(place, self.settings.max_bytes, &mut self.bytes)?;
            let decoded = if is_text { std::str::from_utf8(&self.bytes).ok() } else { None };
            let mut page = decoded.map_or_else(|| Page::new(&self.bytes), Page::from).input(self.settings.input);
            if let Some(url) = &url {
                page = page.url(url);
            }
            if let Some(date) = crawled_at {
                page = page.crawled_at(date);
            }
            // The server's label may be unknown; that must not make the page fail.
            let server = facts.charset.as_deref().filter(|label| charset.is_none() && is_needed(label, &self.bytes));
            if let Some(label) = server {
                let done = self.extractor.extract(page.clone().charset(label));
                if !matches!(done, Err(Error::UnknownEncoding { .. })) {
                    return Ok(done?);
                }
            }
            if let Some(label) = charset.or(common.charset.as_deref()) {
                page = page.charset(label);
            }
            Ok(self.extractor.extract(page)?)
        });
        if result.as_ref().is_err_and(|failure| failure.kind == FailureKind::Panic) {
            // The state of its buffers is unknown after a panic.
            self.extractor = self.settings.extractor.clone();
        }
        Outcome { id, name, url, result }
    }
}

/// Whether the encoding declared by the server matters. Valid UTF-8 is UTF-8; a server that declares UTF-8 for other
/// bytes is wrong; and many declare ISO-8859-1 for everything, which is the default anyway unless the page or its bytes
/// say something else.
fn is_needed(label: &str, bytes: &[u8]) -> bool {
    let is_default = Encoding::for_label(label.as_bytes()).is_some_and(|known| [UTF_8, WINDOWS_1252].contains(&known));
    !is_default && std::str::from_utf8(bytes).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_say() {
        let cases: [(&str, &[u8], bool); 8] = [
            ("EUC-KR", b"\xb0\xa1", true),
            (" shift_jis ", b"\xb0\xa1", true),
            ("klingon", b"\xb0\xa1", true),
            ("near miss: EUC-KR, but UTF-8", "가".as_bytes(), false),
            ("utf8", b"\xb0\xa1", false),
            ("ISO-8859-1", b"\xb0\xa1", false),
            ("us-ascii", b"\xb0\xa1", false),
            ("iso-8859-2", b"\xb0\xa1", true),
        ];
        for (label, bytes, expected) in cases {
            assert_eq!(is_needed(label, bytes), expected, "{label}");
        }
    }
}
