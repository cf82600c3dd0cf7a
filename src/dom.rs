//! HTML into an immutable arena, and walking it.

mod arena;
mod guard;
mod names;
mod oracle;
mod sink;
mod tag;

pub(crate) use arena::{Attr, Dom, NONE, Node, NodeData, NodeId, ROOT};
pub(crate) use oracle::parse;
pub(crate) use tag::Tag;
