//! Title, byline, date and what else is known of an article beside its text.
//!
//! `declared` reads what the page states for machines, `propose` gathers candidates from that and from the visible blocks,
//! and `choose` decides once the body is known. Nothing is trusted for its name: each source counts as much as it was right
//! on pages with known answers.

mod byline;
#[cfg(feature = "internals")]
pub(crate) mod candidates;
mod choose;
pub(crate) mod date;
mod declared;
mod fact;
mod hint;
mod json;
mod key;
mod kind;
mod layout;
mod linked;
mod name;
mod propose;
mod signal;
mod site;
mod split;
mod stated;
mod tables;
mod title;
mod trees;

pub(crate) use choose::choose;
pub(crate) use declared::Declared;
pub(crate) use fact::{Fact, FactField};
pub(crate) use kind::PageKind;
pub(crate) use propose::{Known, Proposals};
pub use tables::Tables;
