//! People and organisations named in a byline.

use super::keyed::keyed;

keyed! {
    /// What a person did for the article.
    pub enum Role {
        /// Wrote it.
        Author => "author",
        /// Took the pictures.
        Photographer => "photographer",
        /// Edited it or is responsible for it.
        Editor => "editor",
        /// Translated it.
        Translator => "translator",
        /// A news agency.
        Agency => "agency",
        /// The publication itself.
        Outlet => "outlet",
        /// Posted it on a board, not necessarily as its author.
        Poster => "poster",
    }
}

/// A person or organisation named in the byline, with their role.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Person {
    /// The bare name, without role, honorific or e-mail address.
    pub name: String,
    /// What they did.
    pub role: Role,
    /// The organisation, department or place named beside them.
    pub affiliation: Option<String>,
}

impl Person {
    /// A person without a stated affiliation.
    pub(crate) fn new(name: impl Into<String>, role: Role) -> Self {
        Person { name: name.into(), role, affiliation: None }
    }
}
