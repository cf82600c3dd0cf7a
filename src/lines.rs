//! Reads flattened text: lines, leftover tags and entities, one-line pages.
//!
//! Another tool took the page apart before us, each in its own way: one line per block, one line per text node,
//! indentation for nesting, bullets, everything in one line, or text with islands of HTML. We read this in four steps:
//! physical lines, the mark at the start of a line, lines joined to paragraphs, and one-line pages cut at sentences.

mod clean;
mod core;
mod echo;
mod glue;
mod island;
mod line;
mod mail;
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
mod word;

pub(crate) use mail::Mail;
pub(crate) use markdown::Markdown;
pub(crate) use mend::mend;
pub(crate) use paragraph::are_paragraphs;
pub(crate) use piece::{Piece, Pieces, pieces};
pub(crate) use repeat::mark_repeats;
pub(crate) use section::{blocks, mail_blocks, markdown_blocks};
pub(crate) use sniff::sniff;
pub(crate) use trace::trace;
