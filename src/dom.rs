//! HTML into an immutable arena, and walking it.

mod arena;
#[cfg(test)]
mod conformance;
mod feed;
mod guard;
mod names;
#[cfg(any(test, feature = "internals"))]
mod oracle;
pub(crate) mod rules;
mod sink;
mod tag;
mod tokenizer;

pub(crate) use arena::{Attr, Dom, NONE, Node, NodeData, NodeId, ROOT};
pub(crate) use feed::{parse, parse_into};
pub(crate) use tag::Tag;
