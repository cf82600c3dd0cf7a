//! What a line is to an article's frame.

/// What a block is to the frame of the article: the lines above and below its body that say what it is called, who
/// wrote it and when.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LineRole {
    Title,
    Byline,
    Date,
}

impl LineRole {
    /// Every role, in the order of their columns.
    pub(crate) const ALL: [LineRole; 3] = [LineRole::Title, LineRole::Byline, LineRole::Date];

    /// Whether the line says who wrote it, or when.
    pub(crate) fn signs(self) -> bool {
        matches!(self, LineRole::Byline | LineRole::Date)
    }
}
