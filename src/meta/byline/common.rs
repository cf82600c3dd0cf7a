//! Words that a page uses in lower case, which tell phrases from names: `Key Takeaways` looks like a person, but a page that
//! shows it mentions takeaways elsewhere.

use crate::meta::key::{hash, words};
use crate::plain::cut;

/// Most text searched, in bytes: enough to meet the words of a page's own furniture again.
const LOOKED_THROUGH: usize = 60_000;
/// Shortest word that tells, in bytes: any page has `of`, and any name may have `de`.
const SHORTEST: usize = 3;

/// Words of a page that begin in lower case; none if the script has no capitals.
#[derive(Clone, Debug, Default)]
pub(super) struct CommonWords {
    /// Hashes of those that may be part of a name, sorted.
    found: Vec<u64>,
    /// For each first byte, the lengths of the words searched for, as bits; empty before a page is read.
    wanted: Vec<u64>,
    /// Words beyond ASCII were searched for.
    beyond_ascii: bool,
}

impl CommonWords {
    /// Forgets a page.
    pub(super) fn clear(&mut self) {
        self.wanted.clear();
        self.beyond_ascii = false;
    }

    /// Searches the text of a page for the words of `names`, unless an earlier search covers them.
    pub(super) fn read<'n>(&mut self, text: &str, names: impl Iterator<Item = &'n str>) {
        // Few words of a page share the first letter and the length of a word in a name: only those are hashed.
        let shape = |word: &str| (usize::from(word.as_bytes()[0].to_ascii_lowercase()), 1 << (word.len() % 64));
        let mut unknown = self.wanted.is_empty();
        self.wanted.resize(256, 0);
        for word in names.flat_map(long_words) {
            let (first, length) = shape(word);
            unknown |= self.wanted[first] & length == 0 || !word.is_ascii() && !self.beyond_ascii;
            self.wanted[first] |= length;
            self.beyond_ascii |= !word.is_ascii();
        }
        if !unknown {
            return;
        }
        self.found.clear();
        for word in long_words(cut(text, LOOKED_THROUGH)).filter(|word| word.starts_with(char::is_lowercase)) {
            let (first, length) = shape(word);
            // Beyond ASCII, the lower case of a letter may be longer.
            let may_match = if word.is_ascii() { self.wanted[first] & length != 0 } else { self.beyond_ascii };
            if may_match {
                self.found.push(hash(word));
            }
        }
        self.found.sort_unstable();
        self.found.dedup();
    }

    /// For each word of a name that was searched for, whether it is one of them.
    pub(super) fn of_name(&self, name: &str) -> impl Iterator<Item = bool> {
        long_words(name).map(|word| self.found.binary_search(&hash(word)).is_ok())
    }
}

/// The words of a text, without the shortest ones.
fn long_words(text: &str) -> impl Iterator<Item = &str> {
    words(text).filter(|word| word.len() >= SHORTEST)
}
