//! HTML into an immutable arena, and walking it.

mod arena;
mod sink;
mod tag;

pub(crate) use arena::{Attr, Dom, NONE, Node, NodeData, NodeId, ROOT};
pub(crate) use sink::parse;
pub(crate) use tag::Tag;
