//! Title, byline, date: candidates from everywhere, then a choice.

pub(crate) mod date;
