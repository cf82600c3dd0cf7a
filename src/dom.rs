//! HTML into an immutable arena, and walking it.

mod arena;
mod builder;
#[cfg(test)]
mod conformance;
mod names;
pub(crate) mod rules;
mod table;
mod tag;
pub(crate) mod token;
mod tokenizer;

pub(crate) use arena::{Attr, Dom, NONE, NodeData, NodeId, ROOT};
#[cfg(test)]
pub(crate) use builder::parse;
pub(crate) use builder::parse_into;
pub(crate) use tag::Tag;
