//! Extracts the title, byline, date and body of an article from a raw web page.
//!
//! A page may be HTML in any encoding, an HTML fragment, text that was already flattened or turned into Markdown, or
//! text with tags left in it: the kind is detected. Every block that is not part of the body is struck, with a
//! [`Reason`] that says why.
//!
//! ```
//! let page = r#"<html><head><title>Ferry keeps its hours - Harbour Post</title></head><body>
//!   <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
//!   <article><h1>Ferry keeps its hours</h1>
//!     <p class="byline">By Ada Finch</p><time datetime="2024-03-05T09:00+01:00">5 March 2024</time>
//!     <p>The ferry left at nine, as it had on every day but one since the war, and nobody on the quay looked up.</p>
//!     <p>It came back in the evening with the mail, two bicycles and a letter that would be talked about for years.</p>
//!   </article>
//!   <footer>Copyright 2024 Harbour Post. All rights reserved.</footer></body></html>"#;
//!
//! let mut extractor = copydesk::Extractor::new(); // keep it: its buffers are reused for the next page
//! let article = extractor.extract(page)?;
//! assert_eq!(article.title(), Some("Ferry keeps its hours"));
//! assert!(article.authors().eq(["Ada Finch"]));
//! assert_eq!(article.date().map(|date| date.to_string()).as_deref(), Some("2024-03-05T09:00+01:00"));
//! assert!(article.body().contains("The ferry left at nine"));
//! assert!(article.struck().any(|piece| piece.reason == copydesk::Reason::Navigation));
//! # Ok::<(), copydesk::Error>(())
//! ```
//!
//! Use [`extract`] or [`extract_str`] for a single page and an [`Extractor`] for many; a [`Page`] carries what is known
//! about a page besides its content, such as its address. Whether a page holds an article at all is part of the result
//! ([`Article::verdict`]), not an error.
//!
//! # Ways to get the text
//!
//! | | |
//! |---|---|
//! | [`Article::body`] | the body as plain text |
//! | [`Article::blocks`] | its headings, paragraphs, list items, quotations, code and tables, with their places in the page |
//! | [`Article::to_markdown`], [`Article::to_html`] | a document with title, byline, date and body; safe to display |
//! | [`Article::captions`], [`Article::struck`] | what is not part of the body, and why |
//! | [`Article::pieces`] | the whole page in reading order: blocks, captions and struck text |
//! | `serde` (feature) | the record that the command-line tool writes |
//!
//! # Cost
//! Time and memory are linear in the size of the page: 13 to 21 ms and 4 to 10 MiB for a MiB of page, so 1 to 2 ms for
//! most pages. [`Extractor::max_bytes`] bounds both, and [`Extractor::fields`] saves time if not everything is needed.
//! An extractor keeps its buffers, which grow with the largest page so far.
//!
//! An extractor works on one page at a time. For many threads, configure one and give each thread a clone:
//!
//! ```
//! use copydesk::Extractor;
//! # let pages = ["<p>The ferry left at nine.</p>"; 4];
//! let settings = Extractor::new().max_bytes(4 << 20);
//! std::thread::scope(|scope| {
//!     for pages in pages.chunks(2) {
//!         let mut extractor = settings.clone(); // shares the models, has buffers of its own
//!         scope.spawn(move || {
//!             for page in pages {
//!                 let article = extractor.extract(*page);
//!                 // ...
//! #               assert!(article.is_ok());
//!             }
//!         });
//!     }
//! });
//! ```
//!
//! # Features
//! - `serde`: implements `serde::Serialize` for [`Article`], as the record that the command-line tool writes, and for its
//!   parts; and `serde::Deserialize` for the parts that borrow nothing, such as [`Person`] and [`PartialDate`].

#![cfg_attr(not(feature = "internals"), allow(unreachable_pub, reason = "public for the trainer and the benches only"))]

mod article;
mod assemble;
mod block;
mod decode;
mod dom;
mod error;
mod escape;
mod extractor;
mod feature;
mod from_dom;
mod hashed;
mod invisible;
mod lines;
mod meta;
mod plain;
mod render;
mod score;
mod select;
mod span;
mod types;
mod vocab;

pub use article::{Article, Block, BlockKind, Confidence, Level, LevelKind, Struck, Verdict};
pub use error::Error;
pub use extractor::{Extractor, Page, extract, extract_str};
pub use render::Piece;
pub use types::{
    Clue, EncodingSource, Field, Include, Input, InvalidDate, Offset, PartialDate, Person, Reason, Role, Time,
    UnknownKey,
};

/// The stages of an extraction, for our benches, fuzz targets and trainer. Exempt from semantic versioning.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    pub use crate::extractor::Analysis;
    pub use crate::extractor::{Stages, analyze};
    pub use crate::feature::{TokenEntry, TokenTable, names as columns};
    pub use crate::meta::Tables;
    pub use crate::meta::candidates::Candidates;
    pub use crate::score::{MEANS, Malformed, Model, WIDTH, name_hash};
}
