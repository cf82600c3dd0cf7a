//! What spoke for or against a block.

/// A trait of a block that moved its score, as against one that is in it what the page is on average.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clue {
    /// The model's name of the trait: `link density`, `sign comments`, `prose ahead`. The names may change with any model.
    pub name: String,
    /// How far it moved the log-odds: above 0 for the body, below against it.
    pub effect: f32,
}
