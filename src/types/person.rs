//! People and organisations named in a byline.

use std::fmt;

/// What a person did for the article.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Role {
    /// Wrote it.
    Author,
    /// Took the pictures.
    Photographer,
    /// Edited it or is responsible for it.
    Editor,
    /// Translated it.
    Translator,
    /// A news agency.
    Agency,
    /// The publication itself.
    Outlet,
    /// Posted it on a board, not necessarily as its author.
    Poster,
}

impl Role {
    /// The snake_case name used in records.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Role::Author => "author",
            Role::Photographer => "photographer",
            Role::Editor => "editor",
            Role::Translator => "translator",
            Role::Agency => "agency",
            Role::Outlet => "outlet",
            Role::Poster => "poster",
        }
    }
}

/// As its [key](Role::key).
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

/// A person or organisation named in the byline, with their role.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
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
