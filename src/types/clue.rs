//! What moved the score of a block.

/// A trait of a block that moved its score, compared with a block that has the page's average in that trait.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clue {
    /// The model's name of the trait: `link density`, `sign comments`, `prose ahead`. The names may change with any
    /// model.
    pub name: String,
    /// How far it moved the log-odds of being body: positive for, negative against.
    pub effect: f32,
}
