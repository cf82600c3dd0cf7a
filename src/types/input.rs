//! What came in and how it was read.

/// The kind of input.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// Find out by looking.
    #[default]
    Auto,
    /// A page or a fragment of HTML.
    Html,
    /// Text that somebody already flattened, as Markdown too; `<` is just a character.
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
    /// The tables of the article whole, also where their cells look like furniture.
    Tables,
}

/// How the encoding of the page was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum EncodingSource {
    /// A byte order mark.
    Bom,
    /// [`crate::Page::charset`].
    Caller,
    /// A `<meta>` element or an XML declaration.
    Declared,
    /// Guessed from the bytes of the whole page.
    Guessed,
    /// The page came as a `&str`.
    Text,
    /// The text that came, or part of it, had been decoded wrongly before (`donâ€™t`, `ÇÑ±¹`) and was read again as it was meant.
    Undone,
}
