//! One statement of a page about itself, and where it was made.

/// What a fact is about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum FactField {
    Title,
    /// The text in a heading before the headline itself, by the classes of its elements.
    Kicker,
    Author,
    Published,
    Modified,
    /// A date that may be of publication or of the last change.
    Date,
    Site,
    /// The text of the link to the front page: mostly the name of the site.
    Home,
    Language,
    Canonical,
    Image,
    Section,
    Tag,
    Description,
    License,
    /// The kind of page: `og:type`, or the `@type` of linked data.
    Type,
    /// The `articleBody` of linked data, with entities and tags left in.
    Body,
}

/// The vocabulary or the place in which a fact was stated.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub(crate) enum Source {
    JsonLd,
    OpenGraph,
    /// `article:*`.
    Article,
    Twitter,
    DublinCore,
    Parsely,
    Sailthru,
    Dable,
    /// Highwire's `citation_*`.
    Citation,
    /// Another `<meta>`.
    Meta,
    Microdata,
    Rdfa,
    /// `rel=author`, `rel=canonical` and others.
    Rel,
    /// `<time>`.
    Time,
    /// `<address>`.
    Address,
    /// A word of a class or id.
    Class,
    /// `<title>`.
    TitleTag,
    /// `<html lang>`.
    Html,
}

impl Source {
    /// All sources, as bits of a set. The bits above are for the places of a page that show a value: both count when
    /// sources agree.
    pub(crate) const ALL: u32 = (1 << 20) - 1;

    /// The source as a bit of a set.
    pub(crate) fn bit(self) -> u32 {
        1 << self as u32
    }

    pub(crate) fn from_name(name: &str) -> Option<Source> {
        Some(match name {
            "opengraph" => Source::OpenGraph,
            "article" => Source::Article,
            "twitter" => Source::Twitter,
            "dublin_core" => Source::DublinCore,
            "parsely" => Source::Parsely,
            "sailthru" => Source::Sailthru,
            "dable" => Source::Dable,
            "citation" => Source::Citation,
            "meta" => Source::Meta,
            "microdata" => Source::Microdata,
            _ => return None,
        })
    }
}

impl FactField {
    pub(crate) fn from_name(name: &str) -> Option<FactField> {
        Some(match name {
            "title" => FactField::Title,
            "author" => FactField::Author,
            "published" => FactField::Published,
            "modified" => FactField::Modified,
            "date" => FactField::Date,
            "site" => FactField::Site,
            "language" => FactField::Language,
            "canonical" => FactField::Canonical,
            "image" => FactField::Image,
            "section" => FactField::Section,
            "tag" => FactField::Tag,
            "description" => FactField::Description,
            "license" => FactField::License,
            "type" => FactField::Type,
            _ => return None,
        })
    }
}

const _: () = assert!(1 << Source::Html as u32 <= Source::ALL, "the last source is one of all");

/// One statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fact {
    pub(crate) field: FactField,
    pub(crate) source: Source,
    /// Plain text. A value read from elements has a line feed where one element ended and the next began.
    pub(crate) value: String,
    /// Bits: [`Fact::ORGANIZATION`] and others.
    pub(crate) flags: u16,
}

impl Fact {
    /// The author is declared to be an organization.
    pub(crate) const ORGANIZATION: u16 = 1;
    /// Stated as `creator`, beside or instead of `author`.
    pub(crate) const CREATOR: u16 = 1 << 1;
    /// Inside a comment or reply.
    pub(crate) const COMMENT: u16 = 1 << 2;
    /// Inside a sidebar, a list of teasers, navigation or a footer.
    pub(crate) const ASIDE: u16 = 1 << 3;
    /// Inside a card about the author.
    pub(crate) const BIO: u16 = 1 << 4;
    /// Inside a link.
    pub(crate) const LINK: u16 = 1 << 5;
    /// Before the first `<h1>` of the page.
    pub(crate) const BEFORE_H1: u16 = 1 << 6;
    /// Linked data about something other than an article: the page, a product, the author's profile.
    pub(crate) const NO_ARTICLE: u16 = 1 << 7;
    /// Not the first of its kind: about a second article in the linked data.
    pub(crate) const SECOND: u16 = 1 << 8;
    /// From a value meant for machines, not from text that is shown.
    pub(crate) const MACHINE: u16 = 1 << 9;
    /// Inside `<article>`.
    pub(crate) const ARTICLE: u16 = 1 << 10;

    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}
