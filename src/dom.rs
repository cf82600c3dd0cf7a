//! Reads HTML into an arena that is immutable from then on, and walks it.

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
pub(crate) use builder::sheet::HIDING;
pub(crate) use tag::Tag;

/// Reads a page or fragment into `dom`, reusing its memory. Follows the HTML standard, except that parts of the page
/// that a script would move into their places are moved there.
pub(crate) fn read(dom: &mut Dom, html: &str) {
    parse_into(dom, html);
    streamed::join_parts(dom);
}
