//! Finds out the purpose of a box from class and id words that templates have in common.
//!
//! The learned table (see [`super::tokens`]) says how often text below a word was body; a family says what the box
//! *is*. Text below `comment` is junk on an article page but body on a forum, so a single figure for the word is wrong
//! on one of them. Given the family, the score can take the rest of the page into account.

use crate::block::token::push_hashes;
use crate::types::Reason;
use crate::vocab::{ClassFamily, Vocab};
use std::sync::LazyLock;

/// The families that get a column of their own.
pub(super) const FAMILIES: [(ClassFamily, &str); 18] = [
    (ClassFamily::Boilerplate(Reason::Advert), "advert"),
    (ClassFamily::Boilerplate(Reason::BoardFrame), "board_frame"),
    (ClassFamily::Boilerplate(Reason::Comments), "comments"),
    (ClassFamily::Boilerplate(Reason::Consent), "consent"),
    (ClassFamily::Boilerplate(Reason::Copyright), "copyright"),
    (ClassFamily::Boilerplate(Reason::Navigation), "navigation"),
    (ClassFamily::Boilerplate(Reason::Ranking), "ranking"),
    (ClassFamily::Boilerplate(Reason::Related), "related"),
    (ClassFamily::Boilerplate(Reason::ReporterCard), "reporter_card"),
    (ClassFamily::Boilerplate(Reason::Share), "share"),
    (ClassFamily::Boilerplate(Reason::Subscribe), "subscribe"),
    (ClassFamily::Boilerplate(Reason::Widget), "widget"),
    (ClassFamily::Body, "body"),
    (ClassFamily::Byline, "byline"),
    (ClassFamily::Caption, "caption"),
    (ClassFamily::Overlay, "overlay"),
    (ClassFamily::Posts, "posts"),
    (ClassFamily::Title, "title"),
];

/// Index of the comments in [`FAMILIES`].
pub(super) const COMMENTS: usize = 2;

/// What the words of an element mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    /// The families of successive names, as bits by index in [`FAMILIES`].
    pub(super) families: u32,
    /// The boilerplate family of the longest name anywhere in the words; of equally long ones, the last.
    pub(super) reason: Option<Reason>,
}

/// The class names in the vocabulary.
pub(super) struct Classes {
    /// Hashes of the words of each name, sorted by the bucket of the first word.
    names: Vec<(Vec<u32>, ClassFamily)>,
    /// Index of the first name in each bucket. For nearly every word of a page its bucket has none.
    buckets: Vec<u16>,
}

/// Several times the number of names.
const BUCKETS: usize = 4096;

fn bucket(first: u32) -> usize {
    first as usize % BUCKETS
}

static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
    let hashed = |(name, family): &(&str, ClassFamily)| {
        let mut words = Vec::new();
        push_hashes(name, &mut words);
        (!words.is_empty()).then_some((words, *family))
    };
    let mut names: Vec<_> = Vocab::get().classes().iter().filter_map(hashed).collect();
    names.sort_by_key(|(name, _)| bucket(name[0]));
    let begin = |at: usize| names.partition_point(|(name, _)| bucket(name[0]) < at);
    let buckets = (0..=BUCKETS).map(|at| u16::try_from(begin(at)).unwrap_or(u16::MAX)).collect();
    Classes { names, buckets }
});

impl Classes {
    /// The class names in the vocabulary.
    pub(super) fn get() -> &'static Classes {
        &CLASSES
    }

    /// The longest name at the start of `words`, and its number of words: `author-box` says more than `author`.
    fn of(&self, words: &[u32]) -> Option<(ClassFamily, usize)> {
        let bucket = bucket(*words.first()?);
        let (from, to) = (*self.buckets.get(bucket)?, *self.buckets.get(bucket + 1)?);
        let near = self.names.get(usize::from(from)..usize::from(to))?.iter();
        // Most names are one word: no need for the call that comparing slices takes.
        near.filter(|(name, _)| name[0] == words[0] && (name.len() == 1 || words.starts_with(name)))
            .map(|(name, family)| (*family, name.len()))
            .max_by_key(|(_, length)| *length)
    }

    /// Finds the names among the words of an element.
    pub(super) fn named(&self, words: &[u32]) -> Named {
        let mut named = Named::default();
        let (mut next, mut longest) = (0, 0);
        for at in 0..words.len() {
            let Some((family, length)) = words.get(at..).and_then(|rest| self.of(rest)) else { continue };
            if at >= next {
                next = at + length;
                named.families |= FAMILIES.iter().position(|(of, _)| *of == family).map_or(0, |index| 1 << index);
            }
            if let ClassFamily::Boilerplate(reason) = family
                && length >= longest
            {
                (named.reason, longest) = (Some(reason), length);
            }
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(attribute: &str) -> Vec<u32> {
        let mut words = Vec::new();
        push_hashes(attribute, &mut words);
        words
    }

    #[test]
    fn classes_by_whole_names() {
        let cases = [
            ("author-box", Some(ClassFamily::Boilerplate(Reason::ReporterCard))),
            ("authorBox", Some(ClassFamily::Boilerplate(Reason::ReporterCard))),
            ("author", Some(ClassFamily::Byline)),
            ("box", None),
            ("comments", Some(ClassFamily::Boilerplate(Reason::Comments))),
            ("commentary", None),
        ];
        for (name, wanted) in cases {
            assert_eq!(Classes::get().of(&hashes(name)).map(|(family, _)| family), wanted, "{name}");
        }
    }

    #[test]
    fn families_of_an_element() {
        let of = |attribute: &str| {
            let families = Classes::get().named(&hashes(attribute)).families;
            let names = FAMILIES.iter().enumerate().filter(|(index, _)| families >> index & 1 == 1);
            names.map(|(_, (_, name))| *name).collect::<Vec<_>>()
        };
        assert_eq!(of("author-box comment-list"), ["comments", "reporter_card"]);
        assert_eq!(of("wrapper col"), [""; 0]);
        assert_eq!(FAMILIES[COMMENTS].1, "comments");
    }
}
