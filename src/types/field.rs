//! Which parts of an article a caller wants.

use super::keyed::keyed;

keyed! {
    /// A part of an article, for [`crate::Extractor::fields`].
    pub enum Field {
        /// The headline.
        Title => "title",
        /// The byline and its people.
        Byline => "byline",
        /// The dates of publication and of the last change.
        Date => "date",
        /// The text with its blocks and captions, what was struck, and the verdict.
        Body => "body",
        /// Everything else that the page declares about itself: site, language, canonical address, image, section, tags,
        /// description and licence.
        Declared => "declared",
    }
}

/// A set of fields.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Wanted(u8);

/// All of them.
impl Default for Wanted {
    fn default() -> Self {
        Wanted(u8::MAX)
    }
}

impl Wanted {
    pub(crate) fn has(self, field: Field) -> bool {
        self.0 >> field as u8 & 1 == 1
    }

    /// Whether any field is wanted that depends on the blocks of a page.
    pub(crate) fn needs_blocks(self) -> bool {
        [Field::Title, Field::Byline, Field::Date, Field::Body].into_iter().any(|field| self.has(field))
    }

    /// Whether people are needed. The body needs them too, since their names help to find its end.
    pub(crate) fn needs_people(self) -> bool {
        self.has(Field::Byline) || self.has(Field::Body)
    }
}

impl FromIterator<Field> for Wanted {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        Wanted(fields.into_iter().fold(0, |set, field| set | 1 << field as u8))
    }
}
