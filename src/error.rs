//! The error type of the library.

/// Why a page could not be read, or an extractor could not be configured.
///
/// Broken markup, an undeclared encoding and a page without an article are not errors but normal input, which
/// [`crate::Article`] reports on.
///
/// ```
/// use copydesk::{Error, Extractor};
/// let found = Extractor::new().max_bytes(4).extract("<p>Too long");
/// assert_eq!(found.unwrap_err(), Error::TooLarge { len: 11, limit: 4 });
/// ```
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is longer than [`crate::Extractor::max_bytes`] allows.
    #[error("page of {len} bytes is over the limit of {limit}")]
    TooLarge {
        /// Length of the input in bytes.
        len: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The bytes are not text in any encoding of the Encoding Standard: an image, a PDF, an archive, compressed data,
    /// UTF-32 or the like.
    #[error("no text but binary data")]
    Binary,
    /// The encoding label given by the caller is not in the Encoding Standard.
    #[error("unknown encoding label {label:?}")]
    UnknownEncoding {
        /// The label as given.
        label: Box<str>,
    },
    /// The rule given to [`crate::Extractor::keep`] or [`crate::Extractor::strike`] is not a valid CSS selector.
    #[error("not a CSS selector: {selector:?}")]
    InvalidSelector {
        /// The rule as given.
        selector: Box<str>,
    },
}
