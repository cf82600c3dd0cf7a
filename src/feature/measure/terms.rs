//! Terms, the words of a text as far as they tell its topic: as hashes, as sets of these, and in runs.
//!
//! A term is a word, or a pair of adjacent characters in Hangul and in scripts without spaces. The sets have false
//! positives, which cost less than a table of all terms would.

use super::measure_text;

/// A set of terms with false positives: one bit per hash.
#[derive(Clone, Debug)]
pub(crate) struct Terms([u64; 1 << (TERM_BITS - 6)]);

/// Bits of [`Terms`] as a power of two: enough for the title or the description of a page.
const TERM_BITS: u32 = 12;

impl Terms {
    pub(super) const NONE: Terms = Terms([0; 1 << (TERM_BITS - 6)]);

    /// The terms of `text`.
    pub(crate) fn of(text: &str) -> Terms {
        let mut set = Terms::NONE;
        measure_text(text, &Terms::NONE, &Terms::NONE, |term| {
            let (word, bit) = place(term, TERM_BITS);
            set.0[word] |= bit;
        });
        set
    }

    #[inline]
    pub(super) fn contains(&self, term: u32) -> bool {
        let (word, bit) = place(term, TERM_BITS);
        self.0[word] & bit != 0
    }
}

/// The word and the bit of a hash in a set of `1 << bits` bits. The high bits of a product are mixed best.
fn place(hash: u32, bits: u32) -> (usize, u64) {
    let at = hash >> (32 - bits);
    ((at >> 6) as usize, 1 << (at & 63))
}

/// The set of runs of three terms in a text, with false positives: one bit per hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs(Vec<u64>);

/// Bits of [`Runs`] as a power of two: after an article of 3,000 words, one query in twenty is a false positive.
const RUN_BITS: u32 = 16;

impl Runs {
    /// The runs of `text`; empty for an empty text.
    pub(crate) fn of(text: &str) -> Runs {
        let mut runs = Runs::default();
        if text.is_empty() {
            return runs;
        }
        runs.0.resize(1 << (RUN_BITS - 6), 0);
        let mut terms = Vec::new();
        measure_text(text, &Terms::NONE, &Terms::NONE, |term| terms.push(term));
        for [a, b, c] in terms.array_windows() {
            let (word, bit) = place(run(*a, *b, *c), RUN_BITS);
            runs.0[word] |= bit;
        }
        runs
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, run: u32) -> bool {
        let (word, bit) = place(run, RUN_BITS);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// Maximum number of terms for which memory is kept between pages, as many as a book has.
pub(crate) const KEPT_TERMS: usize = 1 << 18;

/// Hashes of the terms of all blocks, in order.
#[derive(Debug, Default)]
pub(crate) struct Words {
    terms: Vec<u32>,
    /// End of each block's terms.
    ends: Vec<usize>,
}

impl Words {
    /// Number of terms in all blocks.
    pub(crate) fn count(&self) -> usize {
        self.terms.len()
    }

    pub(crate) fn terms(&self, block: usize) -> &[u32] {
        let start = block.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(block).copied().unwrap_or_default();
        self.terms.get(start..end).unwrap_or_default()
    }

    /// Makes room for the terms of `blocks` blocks.
    pub(super) fn reserve(&mut self, blocks: usize) {
        self.ends.reserve(blocks);
    }

    /// Adds a term to the block that is being read.
    #[inline]
    pub(super) fn push(&mut self, term: u32) {
        self.terms.push(term);
    }

    /// Ends the block that is being read.
    pub(super) fn end_block(&mut self) {
        self.ends.push(self.terms.len());
    }

    /// Clears the terms. Releases memory after an enormous page, since the terms take as much as its text.
    pub(crate) fn forget(&mut self) {
        self.ends.clear();
        self.terms.clear();
        self.terms.shrink_to(KEPT_TERMS);
    }

    /// The hash of every run of three terms.
    pub(crate) fn runs(&self, block: usize) -> impl Iterator<Item = u32> {
        self.terms(block).array_windows().map(|[a, b, c]| run(*a, *b, *c))
    }
}

fn run(a: u32, b: u32, c: u32) -> u32 {
    (a.rotate_left(11) ^ b.rotate_left(5) ^ c).wrapping_mul(GOLDEN)
}

/// Multipliers that spread the letters of a term over its hash: 2³² over the golden ratio, and the first of MurmurHash3's
/// finish.
const GOLDEN: u32 = 0x9e37_79b9;
const FINISH: u32 = 0x85eb_ca6b;

/// Fewest letters of a word that is a term: words of one or two say nothing about the topic.
const SHORTEST_TERM: u32 = 3;

/// The term being read.
#[derive(Default)]
pub(super) struct Word {
    pub(super) hash: u32,
    /// Letters so far.
    pub(super) length: u32,
    /// The character before, in Hangul and in scripts without spaces.
    pub(super) last: Option<char>,
}

impl Word {
    #[inline]
    pub(super) fn push(&mut self, folded: u32) {
        self.hash = Word::step(self.hash, folded);
        self.length += 1;
    }

    #[inline]
    pub(super) fn step(hash: u32, folded: u32) -> u32 {
        (hash.rotate_left(5) ^ folded).wrapping_mul(GOLDEN)
    }

    /// Ends the word; returns its term.
    #[inline]
    pub(super) fn finish(&mut self) -> Option<u32> {
        let (hash, length) = (self.hash, self.length);
        (self.hash, self.length) = (0, 0);
        (length >= SHORTEST_TERM).then(|| hash.wrapping_mul(FINISH))
    }

    /// The term of a character and the one right before it.
    #[inline]
    pub(super) fn pair(&mut self, c: char) -> Option<u32> {
        let before = self.last.replace(c)?;
        Some((u32::from(before).wrapping_mul(GOLDEN) ^ u32::from(c)).wrapping_mul(FINISH))
    }
}
