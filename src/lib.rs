//! Takes raw scraped pages and returns clean title, byline, date and body.

mod article;
mod assemble;
mod block;
mod decode;
mod dom;
mod error;
mod extractor;
mod feature;
#[allow(dead_code, unused_imports)] // until the extractor calls it
mod lines;
mod meta;
mod render;
mod score;
mod select;
mod span;
mod types;
mod vocab;

pub use article::{Article, Block, BlockKind, Confidence, Struck, Verdict};
pub use error::Error;
pub use extractor::{Extractor, Page, extract, extract_str};
pub use render::Piece;
pub use types::{EncodingSource, Include, Input, InvalidDate, Offset, PartialDate, Person, Reason, Role, Time};

/// The stages, for our benches, fuzz targets and trainer. Not covered by semantic versioning.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    pub use crate::extractor::Analysis;
    pub use crate::extractor::{Stages, analyze};
    pub use crate::feature::TokenTable;
    pub use crate::meta::date::probe::{DateProbe, date_signals, probe_dates};
    pub use crate::meta::probe::{Probe, name_signals, probe, title_signals};
    pub use crate::score::{Malformed, Model};
}
