//! What moved the score of a block.

/// A trait of a block that moved its score, compared with a block that is average for the page in that trait.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Clue {
    /// The name of the trait: `link density`, `sign comments`, `prose ahead`. Names may change with every model.
    pub name: String,
    /// How far it moved the log-odds of being body: positive for, negative against.
    pub effect: f32,
}
