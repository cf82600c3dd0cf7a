//! The lines around a body that state title, byline and date.

/// What a block above or below the body states.
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
