//! How a page is read.

/// The kind of input.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// Detect the kind from the content.
    #[default]
    Auto,
    /// An HTML page or fragment.
    Html,
    /// Text that was already flattened, or turned into Markdown; `<` is just a character.
    Text,
    /// Flattened text with tags or larger pieces of HTML left in it.
    Mixed,
}

/// A kind of text that the body leaves out by default, for [`crate::Extractor::include`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Include {
    /// Reader comments: all that would be struck as [`crate::Reason::Comments`].
    Comments,
    /// Captions and picture credits, in their places. [`crate::Article::captions`] is then empty.
    Captions,
    /// The article's tables in full, including cells that look like boilerplate.
    Tables,
}

/// How the encoding of the page was found.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EncodingSource {
    /// A byte order mark.
    Bom,
    /// The caller, by [`crate::Page::charset`].
    Caller,
    /// A `<meta>` element or an XML declaration.
    Declared,
    /// A guess from all bytes of the page.
    Guessed,
    /// No encoding: the page was given as a `&str`.
    Text,
    /// An earlier program had decoded the text, or part of it, wrongly (`donâ€™t`, `ÇÑ±¹`), and that was repaired.
    Undone,
}
