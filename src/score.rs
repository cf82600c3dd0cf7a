//! Turns rows of numbers into probabilities, by the networks in `data/model`.
//!
//! A model file holds two models of the same form, for pages with markup and for flattened text. Each has a table of
//! class and id words (the log-odds of body below each), a network that reads the blocks of a page in order, and a curve
//! that calibrates the network's own estimate of quality. `tools/train` writes the file; here it is only read, and
//! nothing in it is trusted.

mod clue;
mod curve;
mod model;
mod net;
mod reader;

pub(crate) use curve::Curve;
pub(crate) use model::Part;
#[cfg_attr(not(feature = "internals"), allow(unused_imports, reason = "for the trainer"))]
pub use model::{Malformed, Model, name_hash};
pub(crate) use net::Net;
#[cfg(feature = "internals")]
pub use net::{MEANS, WIDTH};
