//! The lines around a body that state title, byline and date.

/// What a block above or below the body states.
///
/// The number of a role is an input of the model: append new ones at the end, and never reorder them (a test in
/// `feature` checks it).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LineRole {
    Title,
    Byline,
    Date,
}

impl LineRole {
    /// Every role, in the order of their columns.
    pub(crate) const ALL: [LineRole; 3] = [LineRole::Title, LineRole::Byline, LineRole::Date];

    /// Whether it states who wrote the article, or when.
    pub(crate) fn signs(self) -> bool {
        matches!(self, LineRole::Byline | LineRole::Date)
    }
}
