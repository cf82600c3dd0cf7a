//! The one error of the library.

/// Why a page could not be read at all.
///
/// Broken markup, an undeclared charset or a page without an article are no errors: they are normal input, and
/// [`crate::Article`] answers for them.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is longer than [`crate::Extractor::max_bytes`] allows.
    #[error("page of {len} bytes is over the limit of {limit}")]
    TooLarge {
        /// Bytes given.
        len: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The bytes given are no text in any encoding: a picture, a PDF, packed data.
    #[error("no text but binary data")]
    Binary,
    /// The caller gave an encoding label that the Encoding Standard does not list.
    #[error("unknown encoding label {label:?}")]
    UnknownEncoding {
        /// The label as given.
        label: Box<str>,
    },
    /// A rule given to [`crate::Extractor::keep`] or [`crate::Extractor::strike`] is not a CSS selector.
    #[error("not a CSS selector: {selector:?}")]
    InvalidSelector {
        /// The rule as given.
        selector: Box<str>,
    },
}
