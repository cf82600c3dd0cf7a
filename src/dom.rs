//! HTML into an immutable arena, and walking it.

mod arena;
mod builder;
#[cfg(test)]
mod conformance;
mod names;
pub(crate) mod rules;
mod streamed;
mod table;
mod tag;
pub(crate) mod token;
mod tokenizer;

pub(crate) use arena::{Attr, Attribute, Dom, NONE, NodeData, NodeId, ROOT};
#[cfg(test)]
pub(crate) use builder::parse;
use builder::parse_into;
pub(crate) use tag::Tag;

/// Reads a page or fragment into a tree of an earlier page, whose memory is used again: as the standard has it, save that the parts
/// of a page that a script would put in their places are put there.
pub(crate) fn read(dom: &mut Dom, html: &str) {
    parse_into(dom, html);
    streamed::join_parts(dom, html);
}
