//! People and houses named in a byline.

/// What a person did for the article.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Role {
    /// Wrote it.
    Author,
    /// Took the pictures.
    Photographer,
    /// Edited or is responsible for it.
    Editor,
    /// Translated it.
    Translator,
    /// A news agency.
    Agency,
    /// The publication itself.
    Outlet,
    /// Posted it on a board; not necessarily its author.
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

/// A name from the byline with the role it plays there.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Person {
    /// The name alone, without role words, honorifics or addresses.
    pub name: String,
    /// What they did.
    pub role: Role,
    /// House, department or place named beside them.
    pub affiliation: Option<String>,
}

impl Person {
    /// Somebody without a stated affiliation.
    pub(crate) fn new(name: impl Into<String>, role: Role) -> Self {
        Person { name: name.into(), role, affiliation: None }
    }
}
