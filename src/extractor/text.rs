//! The text of a page, decoded and repaired once however often it is read.

use super::{Content, Page};
use crate::decode::data::{self, Data};
use crate::decode::{binary, decode, fill, undo};
use crate::error::Error;
use crate::types::{EncodingSource, Input};
use std::borrow::Cow;

/// A page as text.
pub(super) struct PageText<'a> {
    text: Cow<'a, str>,
    /// The one article of a JSON document, as a page of its own.
    document: Option<String>,
    origin: Origin,
}

/// What is known about the text of a page besides its characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub(super) encoding: &'static str,
    pub(super) encoding_source: EncodingSource,
    /// Whether the text differs from the caller's, because it was repaired or filled in.
    pub(super) is_altered: bool,
    /// The format of the page if it is data for programs.
    pub(super) data: Option<Data>,
}

impl Default for Origin {
    fn default() -> Self {
        Origin { encoding: "UTF-8", encoding_source: EncodingSource::Text, is_altered: false, data: None }
    }
}

impl<'a> PageText<'a> {
    /// Decodes a page, undoes damage, and extracts the article of a JSON document.
    ///
    /// # Errors
    /// [`Error::UnknownEncoding`], [`Error::Binary`]
    pub(super) fn of(page: &Page<'a>) -> Result<Self, Error> {
        let mut origin = Origin::default();
        let mut text = match page.content {
            Content::Text(text) => Cow::Borrowed(text),
            Content::Bytes(bytes) => {
                let decoded = decode(bytes, page.charset, page.url)?;
                (origin.encoding, origin.encoding_source) = (decoded.encoding, decoded.source);
                decoded.text
            }
        };
        let known = undo::Known {
            url: page.url,
            encoding: origin.encoding_source == EncodingSource::Caller,
            input: page.input != Input::Auto,
        };
        if let Some(undone) = undo::undo(&text, known) {
            origin.is_altered = true;
            if let Some(encoding) = undone.encoding {
                (origin.encoding, origin.encoding_source) = (encoding, EncodingSource::Undone);
            }
            text = Cow::Owned(undone.text);
        }
        if matches!(page.content, Content::Bytes(_)) && binary::is_binary(&text) {
            return Err(Error::Binary);
        }
        origin.data = if page.input == Input::Auto { data::data(&text) } else { None };
        let document = if origin.data == Some(Data::Json) { fill::document(&text) } else { None };
        if document.is_some() {
            origin = Origin { is_altered: true, data: None, ..origin };
        }
        Ok(PageText { text, document, origin })
    }

    /// The text to read first.
    pub(super) fn as_str(&self) -> &str {
        self.document.as_deref().unwrap_or(&self.text)
    }

    pub(super) fn origin(&self) -> Origin {
        self.origin
    }

    /// The page with the text that a script would put into it; `None` if the page does not contain such text.
    pub(super) fn filled(&self, identity: &fill::Identity<'_>, lack: fill::Lack) -> Option<(String, Origin)> {
        let filled = fill::fill(&self.text, identity, lack)?;
        Some((filled, Origin { is_altered: true, data: None, ..self.origin }))
    }
}
