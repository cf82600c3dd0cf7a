//! Hints about the purpose of an element, from the words of its class and id.

use crate::block::token;
use std::sync::OnceLock;

/// What an element is about. A set of bits, since a class has many words.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Hint(pub(crate) u8);

impl Hint {
    pub(crate) const AUTHOR: Hint = Hint(1);
    pub(crate) const DATE: Hint = Hint(1 << 1);
    pub(crate) const TITLE: Hint = Hint(1 << 2);
    pub(crate) const COMMENT: Hint = Hint(1 << 3);
    pub(crate) const ASIDE: Hint = Hint(1 << 4);
    pub(crate) const BIO: Hint = Hint(1 << 5);
    pub(crate) const KICKER: Hint = Hint(1 << 6);

    pub(crate) fn has(self, other: Hint) -> bool {
        self.0 & other.0 != 0
    }
    pub(crate) fn with(self, other: Hint) -> Hint {
        Hint(self.0 | other.0)
    }

    pub(crate) fn without(self, other: Hint) -> Hint {
        Hint(self.0 & !other.0)
    }

    /// The hints of some words, given by their hashes.
    pub(crate) fn of_tokens(tokens: &[u32]) -> Hint {
        if tokens.is_empty() {
            return Hint::default();
        }
        let table = table();
        let of_token = |token: u32| {
            let mut at = token as usize % SLOTS;
            loop {
                let (known, hint) = table[at];
                if hint == Hint::default() || known == token {
                    return hint;
                }
                at = (at + 1) % SLOTS;
            }
        };
        tokens.iter().fold(Hint::default(), |hint, &token| hint.with(of_token(token)))
    }
}

/// Slots of the table, a power of two. Several times the number of words, so that a search ends at once: every class
/// word of a page is looked up.
const SLOTS: usize = 1024;

/// The table of hint words, a hash table with open addressing; its keys are hashes already.
fn table() -> &'static [(u32, Hint); SLOTS] {
    static TABLE: OnceLock<Box<[(u32, Hint); SLOTS]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Box::new([(0, Hint::default()); SLOTS]);
        let mut hashes = Vec::new();
        for line in include_str!("../../data/meta/hints.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, list)) = line.split_once(' ') else { continue };
            let hint = match kind {
                "author" => Hint::AUTHOR,
                "date" => Hint::DATE,
                "title" => Hint::TITLE,
                "comment" => Hint::COMMENT,
                "aside" => Hint::ASIDE,
                "kicker" => Hint::KICKER,
                _ => Hint::BIO,
            };
            hashes.clear();
            // One by one: `push_hashes` reads only the first words of an attribute.
            list.split(' ').for_each(|word| token::push_hashes(word, &mut hashes));
            for &hash in &hashes {
                let mut at = hash as usize % SLOTS;
                while table[at].1 != Hint::default() && table[at].0 != hash {
                    at = (at + 1) % SLOTS;
                }
                table[at] = (hash, table[at].1.with(hint));
            }
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_room() {
        let words = include_str!("../../data/meta/hints.txt").split_whitespace().count();
        assert!(words * 3 < SLOTS, "{words} words");
    }

    #[test]
    fn class_words() {
        let cases = [
            ("postAuthor", Hint::AUTHOR),
            ("entry-date", Hint::DATE),
            ("article__headline", Hint::TITLE),
            ("comment-author", Hint::AUTHOR.with(Hint::COMMENT)),
            ("article__kicker", Hint::KICKER),
            ("authority", Hint::default()),
            ("candidate", Hint::default()),
        ];
        for (class, hint) in cases {
            let mut tokens = Vec::new();
            token::push_hashes(class, &mut tokens);
            assert_eq!(Hint::of_tokens(&tokens), hint, "{class}");
        }
    }
}
