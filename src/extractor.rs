//! The builder, what belongs to one page, and the one place that wires the stages.

use crate::article::Article;
use crate::error::Error;
use crate::types::PartialDate;

/// Extracts with the defaults. To process many pages, keep an [`Extractor`].
///
/// # Errors
/// [`Error::TooLarge`] over 16 MiB.
pub fn extract(bytes: &[u8]) -> Result<Article, Error> {
    Extractor::new().extract(bytes)
}

/// Like [`extract`], for text that is decoded already.
///
/// # Errors
/// [`Error::TooLarge`] over 16 MiB.
pub fn extract_str(text: &str) -> Result<Article, Error> {
    Extractor::new().extract(text)
}

/// The kind of input.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// Find out by looking.
    #[default]
    Auto,
    /// A page or a fragment of HTML.
    Html,
    /// Text that somebody already flattened; `<` is just a character.
    Text,
    /// Flattened text with tags or whole pieces of HTML left in it.
    Mixed,
}

/// Kinds of text the body leaves out unless asked for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Include {
    /// Reader comments.
    Comments,
    /// Captions and picture credits, in their place in the body.
    Captions,
}

/// One page and what is known of it.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) url: Option<&'a str>,
    pub(crate) charset: Option<&'a str>,
    pub(crate) crawled_at: Option<PartialDate>,
    pub(crate) input: Input,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'a> {
    Bytes(&'a [u8]),
    Text(&'a str),
}

impl<'a> Page<'a> {
    /// A page as bytes, its encoding to be found.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Page::from(bytes)
    }
    /// The address it was fetched from: helps with the site's name and the date.
    #[must_use]
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }
    /// The encoding the server declared (the `charset` of `Content-Type`): stronger than the page's own word, weaker than a
    /// byte order mark.
    #[must_use]
    pub fn charset(mut self, label: &'a str) -> Self {
        self.charset = Some(label);
        self
    }
    /// When it was fetched: what "3 hours ago" counts from, and what no date can be later than.
    #[must_use]
    pub fn crawled_at(mut self, date: PartialDate) -> Self {
        self.crawled_at = Some(date);
        self
    }
    /// Forces the kind of input.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.input = input;
        self
    }
}

impl<'a> From<&'a [u8]> for Page<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Page { content: Content::Bytes(bytes), url: None, charset: None, crawled_at: None, input: Input::Auto }
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Page<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Page::from(bytes.as_slice())
    }
}

impl<'a> From<&'a str> for Page<'a> {
    fn from(text: &'a str) -> Self {
        Page { content: Content::Text(text), url: None, charset: None, crawled_at: None, input: Input::Auto }
    }
}

/// Extracts articles from pages, one after another, keeping its buffers from page to page.
///
/// Never panics on any input and gives the same article for the same page, whatever came before. `Send`: give each thread
/// its own.
#[derive(Clone, Debug)]
pub struct Extractor {
    max_bytes: usize,
    include: Vec<Include>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// An extractor with the defaults.
    #[must_use]
    pub fn new() -> Self {
        Extractor { max_bytes: 16 << 20, include: Vec::new() }
    }

    /// Rejects input longer than `bytes`, measured before decoding. Default: 16 MiB.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Adds a kind of text to the body that it leaves out by default.
    #[must_use]
    pub fn include(mut self, what: Include) -> Self {
        self.include.push(what);
        self
    }

    /// Extracts the article of one page.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::UnknownEncoding`]. Whether there is an article at all is no error:
    /// see [`Article::verdict`].
    pub fn extract<'a>(&mut self, page: impl Into<Page<'a>>) -> Result<Article, Error> {
        let page = page.into();
        let _ = (&page.content, page.url, page.charset, page.crawled_at, page.input, &self.include);
        Err(Error::TooLarge { len: 0, limit: self.max_bytes })
    }
}
