//! Flattened text: lines, leftover tags and entities, one-line pages.
//!
//! Somebody took a page apart before us, each tool in its own way: one line a block, one line a text node, indentation for
//! nesting, bullets, everything in one line, or text with islands of the page's HTML. What they leave is read here in four
//! steps: physical lines, the mark at a line's head, lines that are one paragraph, and sentences where a line is a page.

#[cfg(test)]
mod ceiling;
mod clean;
mod core;
mod echo;
mod glue;
mod island;
mod line;
mod mark;
mod markdown;
mod mend;
mod menu;
mod paragraph;
mod piece;
#[cfg(test)]
mod properties;
mod repeat;
mod section;
mod sentence;
mod sniff;
mod stretch;
mod table;
mod trace;

pub(crate) use markdown::Markdown;
pub(crate) use mend::mend;
pub(crate) use paragraph::are_paragraphs;
pub(crate) use piece::{Piece, Pieces, pieces};
pub(crate) use repeat::mark_repeats;
pub(crate) use section::{blocks, markdown_blocks};
pub(crate) use sniff::sniff;
pub(crate) use trace::trace;
