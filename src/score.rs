//! Rows of numbers into probabilities, by the forests in `data/model`.
//!
//! A model file holds two models of one form, for pages with markup and for flattened text. Each has a table of class and
//! id words (how much each speaks for body), a first forest over the features of a block, a second forest over those and
//! what the first said of the neighbourhood, and a curve that turns the own guess of quality into a calibrated one.
//! `tools/train` writes the file; here it is only read, and nothing in it is trusted.

mod curve;
mod forest;
mod model;
mod reader;

pub(crate) use curve::Curve;
pub(crate) use forest::Forest;
pub(crate) use model::Part;
#[cfg_attr(not(feature = "internals"), allow(unused_imports, reason = "for the trainer"))]
pub use model::{Malformed, Model, name_hash};
