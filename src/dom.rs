//! HTML into an immutable arena, and walking it.

mod arena;
mod feed;
mod guard;
mod names;
mod oracle;
mod sink;
mod tag;
mod tokenizer;

pub(crate) use arena::{Attr, Dom, NONE, Node, NodeData, NodeId, ROOT};
pub(crate) use feed::{parse, parse_into};
pub(crate) use tag::Tag;
