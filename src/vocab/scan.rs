//! Finds all phrases of a page in one pass.
//!
//! Nearly every phrase begins at the start of a word. So candidate positions are found 64 bytes at a time: the first
//! letters of words, signs and digits that a phrase may begin with, line ends, and all characters beyond ASCII. In
//! English text that is one byte in six.

use super::Hit;
use super::fold;
use super::heads::Heads;
use super::phrase::{self, Edges, Join, Rule};
use super::shelf::Shelf;
use fearless_simd::{Level, Simd, SimdBase, SimdMask, dispatch, u8x64};
use std::cmp::Reverse;

/// All phrases, grouped by where they may begin.
pub(super) struct Index {
    /// Phrases that may have only symbols and digits before them on the line.
    line: Shelf,
    /// Phrases that begin at the start of a word; in scripts without spaces, at any letter.
    word: Shelf,
    /// Phrases that may begin anywhere.
    any: Shelf,
    /// The beginnings of the phrases in `word` and `any`, to test both at once.
    heads: Heads,
    /// The first two bytes of those phrases in `any` that begin with an ASCII letter. There are few.
    pairs: Vec<[u8; 2]>,
}

/// A text is folded and searched in pieces of this many bytes, extended to the end of the line. Such a piece fits into
/// the first-level cache.
const PIECE_BYTES: usize = 8 << 10;

/// Bytes processed together: one per bit of a `u64`.
const CHUNK_BYTES: usize = 64;

impl Index {
    pub(super) fn build(entries: Vec<(String, Rule)>) -> Index {
        let (line, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(_, rule)| rule.line_start);
        let (word, any): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(_, rule)| rule.word_start);
        let pair = |(text, _): &(String, Rule)| {
            text.as_bytes().first_chunk().copied().filter(|pair: &[u8; 2]| pair[0].is_ascii_lowercase())
        };
        let mut pairs: Vec<[u8; 2]> = any.iter().filter_map(pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let (line, word, any) = (Shelf::build(line), Shelf::build(word), Shelf::build(any));
        let heads = word.heads.with(&any.heads);
        Index { line, word, any, heads, pairs }
    }

    /// See [`super::Vocab::scan`].
    pub(super) fn scan(&self, text: &str, Room(piece): &mut Room, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let mut start = 0;
        while start < text.len() {
            let near = text.as_bytes().get(start + PIECE_BYTES..).unwrap_or_default();
            let end = memchr::memchr(b'\n', near).map_or(text.len(), |at| start + PIECE_BYTES + at + 1);
            piece.fill(text, start..end, &self.pairs);
            self.scan_piece(text, piece, from, hits);
            start = end;
        }
        if let Some(new) = hits.get_mut(from..) {
            new.sort_unstable_by_key(|hit| (hit.start, Reverse(hit.end)));
        }
    }

    fn scan_piece(&self, text: &str, piece: &FoldedPiece, from: usize, hits: &mut Vec<Hit>) {
        let mut at_start = true;
        // How the last non-ASCII character joins the one after it.
        let mut beyond = Join::None;
        for (chunk, &visits) in piece.visits.iter().enumerate() {
            let mut visits = visits;
            while visits != 0 {
                let at = chunk * CHUNK_BYTES + visits.trailing_zeros() as usize;
                visits &= visits - 1;
                let before = match at.checked_sub(1).and_then(|at| piece.folded.get(at)) {
                    Some(b'a'..=b'z') => Join::Word,
                    Some(0x80..) => beyond,
                    _ => Join::None,
                };
                let Some(head) = piece.head(at) else { break };
                let (join, is_letter) = match head[0] {
                    b'\n' => {
                        at_start = true;
                        continue;
                    }
                    b'a'..=b'z' => (Join::Word, true),
                    0..=0x7f => (Join::None, false),
                    _ => {
                        let Some(letter) = text.get(piece.start + at..).and_then(|rest| rest.chars().next()) else {
                            break;
                        };
                        beyond = phrase::join(letter);
                        // Only tested at the start of a line, because beyond ASCII it takes a table look-up.
                        (beyond, at_start && letter.is_alphabetic())
                    }
                };
                let starts_word = join == Join::None || join != before;
                let in_line = at_start && self.line.heads.may_begin(head);
                let in_words = (if starts_word { &self.heads } else { &self.any.heads }).may_begin(head);
                if in_line || in_words {
                    let rest = piece.folded.get(at..).unwrap_or_default();
                    let mut found = |rules: &[Rule], len: usize| {
                        let at = piece.start + at;
                        let edges = Edges::new(text, at, at + len, at_start, starts_word);
                        for rule in rules {
                            if edges.allow(rule) {
                                push_longest(hits, from, edges.hit(rule));
                            }
                        }
                    };
                    if in_line {
                        self.line.walk(rest, &mut found);
                    }
                    if in_words && starts_word {
                        self.word.walk(rest, &mut found);
                    }
                    // Hardly any letter begins a phrase of these.
                    if in_words && self.any.heads.may_begin(head) {
                        self.any.walk(rest, &mut found);
                    }
                }
                at_start &= !is_letter;
            }
        }
    }
}

/// A buffer for a piece of text, reused from scan to scan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room(FoldedPiece);

/// A piece of the text in lower case, padded with zeros, and the positions where a phrase may begin.
#[derive(Clone, Debug, Default)]
struct FoldedPiece {
    start: usize,
    folded: Vec<u8>,
    /// For each chunk of `folded`, a bit set of the bytes to look at.
    visits: Vec<u64>,
}

impl FoldedPiece {
    fn fill(&mut self, text: &str, range: std::ops::Range<usize>, pairs: &[[u8; 2]]) {
        self.start = range.start;
        self.folded.clear();
        fold::fold_into(text.get(range).unwrap_or_default(), &mut self.folded);
        // Padding, since a phrase or a pair may be looked up at the very end.
        self.folded.resize(self.folded.len().next_multiple_of(CHUNK_BYTES) + CHUNK_BYTES, 0);
        self.visits.clear();
        dispatch!(Level::new(), simd => simd.vectorize(#[inline(always)] || self.mark(simd, pairs)));
    }

    #[inline(always)]
    fn mark<S: Simd>(&mut self, simd: S, pairs: &[[u8; 2]]) {
        let splat = |byte: u8| u8x64::splat(simd, byte);
        let mut letter_before = 0;
        for (bytes, after) in self
            .folded
            .as_chunks::<CHUNK_BYTES>()
            .0
            .iter()
            .zip(self.folded.get(1..).unwrap_or_default().as_chunks::<CHUNK_BYTES>().0)
        {
            let bytes = u8x64::from_slice(simd, bytes);
            let after = u8x64::from_slice(simd, after);
            let is_letter = bytes.simd_ge(splat(b'a')) & bytes.simd_le(splat(b'z'));
            let letters = is_letter.to_bitmask();
            let mut others = bytes.simd_eq(splat(b'\n'))
                | (bytes.simd_gt(splat(b' ')) & bytes.simd_lt(splat(0x80)) & !is_letter)
                | bytes.simd_ge(splat(0xC0));
            for &[first, second] in pairs {
                others |= bytes.simd_eq(splat(first)) & after.simd_eq(splat(second));
            }
            self.visits.push(letters & !(letters << 1 | letter_before) | others.to_bitmask());
            letter_before = letters >> (CHUNK_BYTES - 1);
        }
    }

    /// The byte at `at` and the seven after it.
    #[inline]
    fn head(&self, at: usize) -> Option<[u8; 8]> {
        self.folded.get(at..)?.first_chunk().copied()
    }
}

/// Appends `hit` unless it lies inside another hit of its family, and removes those that lie inside it.
///
/// Hits come in order of their starts, so only the last ones can overlap, and only `LOOK_BACK` of them are compared.
fn push_longest(hits: &mut Vec<Hit>, from: usize, hit: Hit) {
    const LOOK_BACK: usize = 16;
    let mut index = hits.len();
    let stop = from.max(index.saturating_sub(LOOK_BACK));
    while index > stop {
        index -= 1;
        let other = hits[index];
        if other.family != hit.family {
            continue;
        }
        if other.end >= hit.end {
            return;
        }
        if other.start == hit.start {
            hits.remove(index);
        }
    }
    hits.push(hit);
}
