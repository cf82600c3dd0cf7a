//! How a page is read.

use super::keyed::keyed;

keyed! {
    /// The kind of input.
    #[derive(Default)]
    pub enum Input {
        /// Detect the kind from the content.
        #[default]
        Auto => "auto",
        /// An HTML page or fragment.
        Html => "html",
        /// Text that was already flattened, or turned into Markdown; `<` is just a character.
        Text => "text",
        /// Flattened text with tags or larger pieces of HTML left in it.
        Mixed => "mixed",
    }
}

keyed! {
    /// A kind of text that the body leaves out by default, for [`crate::Extractor::include`].
    pub enum Include {
        /// Reader comments: all that would be struck as [`crate::Reason::Comments`].
        Comments => "comments",
        /// Captions and picture credits, in their places. [`crate::Article::captions`] is then empty.
        Captions => "captions",
        /// The article's tables in full, including cells that look like boilerplate.
        Tables => "tables",
    }
}

keyed! {
    /// How the encoding of the page was found.
    pub enum EncodingSource {
        /// A byte order mark.
        Bom => "bom",
        /// The caller, by [`crate::Page::charset`].
        Caller => "caller",
        /// A `<meta>` element or an XML declaration.
        Declared => "declared",
        /// A guess from all bytes of the page.
        Guessed => "guessed",
        /// No encoding: the page was given as a `&str`.
        Text => "text",
        /// An earlier program had decoded the text, or part of it, wrongly (`donâ€™t`, `ÇÑ±¹`), and that was repaired.
        Undone => "undone",
    }
}
