//! A quick test whether any phrase may begin at a position. Usually none does, and each step down the trie is an
//! unpredictable branch and a cache miss: walking a word of prose costs ten times as much as rejecting it.

/// Marks, in the last byte that a short text does not reach, what follows its first word: nothing, one byte, or two or
/// more, of which two are hashed.
const NOTHING_FOLLOWS: u64 = 1 << 56;
const ONE_BYTE_FOLLOWS: u64 = 2 << 56;
const MORE_FOLLOWS: u64 = 3 << 56;

/// A filter of the beginnings of texts, as bits of hashes: it has false positives but no false negatives.
///
/// A short text that begins with an ASCII letter is hashed by its whole first word, since a phrase ends where a word
/// does. What follows that word is hashed too, since many phrases begin with a word that begins half of all sentences.
/// Longer texts, the few that may end inside a word, and texts in other scripts are hashed by their first bytes.
#[derive(Clone, Debug)]
pub(super) struct Heads {
    /// For each first byte, the set of [`Heads::LENGTHS`] by which texts that begin with it are hashed, as bits; also
    /// [`Heads::WORDS`] if any of them is hashed by its first word.
    noted: [u8; 256],
    bits: Vec<u64>,
}

impl Default for Heads {
    fn default() -> Self {
        Heads { noted: [0; 256], bits: vec![0; (1 << Heads::BITS) / 64] }
    }
}

impl Heads {
    /// Number of bits as a power of two: 16 KiB, which the first-level cache holds. 1 to 2 % of words pass by chance.
    const BITS: u32 = 17;
    /// Number of hashed bytes of a text: the greatest of these that does not exceed its length.
    const LENGTHS: [usize; 5] = [1, 2, 3, 5, 8];
    const WORDS: u8 = 1 << 7;

    /// `may_join` tells by index whether a text may be followed by letters. The others need not be found where letters
    /// follow.
    pub(super) fn of(texts: &[&str], may_join: impl Fn(usize) -> bool) -> Heads {
        let mut heads = Heads::default();
        for (index, text) in texts.iter().enumerate() {
            let head = head_of(text.as_bytes());
            let Some(first) = text.bytes().next() else { continue };
            let noted = &mut heads.noted[usize::from(first)];
            let (word, bits) = if first.is_ascii_lowercase() && !may_join(index) && text.len() < head.len() {
                *noted |= Heads::WORDS;
                let head = u64::from_le_bytes(head);
                let word = letters(head);
                let (goes_on, bits) = Heads::hash(match text.len() - length(word) {
                    0 => word | NOTHING_FOLLOWS,
                    1 => head | ONE_BYTE_FOLLOWS,
                    _ => leading(head, length(word) + 2) | MORE_FOLLOWS,
                });
                heads.bits[goes_on] |= bits;
                Heads::hash(word)
            } else {
                let length = Heads::LENGTHS.iter().rposition(|&length| length <= text.len()).unwrap_or(0);
                *noted |= 1 << length;
                Heads::hash_bytes(u64::from_le_bytes(head), Heads::LENGTHS[length])
            };
            heads.bits[word] |= bits;
        }
        heads
    }

    /// The union of both sets.
    pub(super) fn with(&self, other: &Heads) -> Heads {
        let mut both = self.clone();
        both.noted.iter_mut().zip(other.noted).for_each(|(noted, other)| *noted |= other);
        both.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits |= other);
        both
    }

    /// Whether these bytes may be the beginning of a text. They may end in zeros.
    #[inline]
    pub(super) fn may_begin(&self, head: [u8; 8]) -> bool {
        let mut noted = self.noted[usize::from(head[0])];
        let head = u64::from_le_bytes(head);
        if noted & Heads::WORDS != 0 {
            let word = letters(head);
            if self.has(Heads::hash(word)) && self.goes_on(head, word) {
                return true;
            }
        }
        noted &= !Heads::WORDS;
        // The usual case for ASCII letters.
        if noted == 1 << (Heads::LENGTHS.len() - 1) {
            return self.has(Heads::hash_bytes(head, 8));
        }
        while let Some(&length) = Heads::LENGTHS.get(noted.trailing_zeros() as usize) {
            if self.has(Heads::hash_bytes(head, length)) {
                return true;
            }
            noted &= noted - 1;
        }
        false
    }

    /// Like [`Heads::may_begin`], for unfolded bytes. If all capitals in them are ASCII, this is cheaper than folding
    /// the length of a whole phrase; if not, the answer is `true`.
    pub(super) fn may_begin_unfolded(&self, bytes: &[u8]) -> bool {
        let mut head = head_of(bytes);
        if head.is_ascii() || super::fold::is_caseless(&head) {
            head.make_ascii_lowercase();
            return self.may_begin(head);
        }
        true
    }

    /// Whether a short text may continue like `head` after its first word.
    fn goes_on(&self, head: u64, word: u64) -> bool {
        let length = length(word);
        length < 8 && self.has(Heads::hash(word | NOTHING_FOLLOWS))
            || length < 7 && self.has(Heads::hash(leading(head, length + 1) | ONE_BYTE_FOLLOWS))
            || length < 6 && self.has(Heads::hash(leading(head, length + 2) | MORE_FOLLOWS))
    }

    fn has(&self, (word, bits): (usize, u64)) -> bool {
        self.bits.get(word).is_some_and(|noted| noted & bits == bits)
    }

    fn hash_bytes(head: u64, length: usize) -> (usize, u64) {
        Heads::hash(head << (64 - 8 * length) ^ length as u64)
    }

    /// An index into [`Heads::bits`], and two bits of the word there (a blocked Bloom filter, Putze et al. 2007).
    fn hash(head: u64) -> (usize, u64) {
        let hash = head.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let word = hash >> (64 - (Heads::BITS - 6));
        (word as usize, 1 << (hash >> 40 & 63) | 1 << (hash >> 34 & 63))
    }
}

/// The first eight bytes, padded with zeros.
#[inline]
fn head_of(bytes: &[u8]) -> [u8; 8] {
    bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head.iter_mut().zip(bytes).for_each(|(to, &byte)| *to = byte);
        head
    })
}

/// Number of bytes before the trailing zeros.
fn length(eight: u64) -> usize {
    8 - eight.leading_zeros() as usize / 8
}

/// The first `length` (up to seven) of eight bytes, with zeros for the rest.
fn leading(eight: u64, length: usize) -> u64 {
    eight & ((1 << (8 * length)) - 1)
}

/// The lower-case ASCII letters that eight bytes begin with, with zeros for the rest. Handles all bytes at once.
fn letters(eight: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & !HIGH;
    let from_a = low + EACH * (0x80 - b'a' as u64);
    let beyond_z = low + EACH * (0x7f - b'z' as u64);
    let others = !(from_a & !beyond_z & !eight) & HIGH;
    let end = others.trailing_zeros() / 8 * 8;
    eight & 1_u64.checked_shl(end).map_or(u64::MAX, |bit| bit - 1)
}

#[cfg(test)]
mod tests {
    use super::Heads;

    #[test]
    fn heads_of_short_texts() {
        let text = b"abcdefghi";
        for length in 0..=text.len() {
            let mut expected = [0; 8];
            expected.iter_mut().zip(&text[..length]).for_each(|(to, &byte)| *to = byte);
            assert_eq!(super::head_of(&text[..length]), expected);
        }
    }

    #[test]
    fn no_text_is_missed() {
        let texts = ["by", "bounded", "bounded by", "to top", "via:", "sub", "(c", "기자", "기"];
        let heads = Heads::of(&texts, |index| texts[index] == "sub");
        let cases = [
            ("a word", "by", true),
            ("a word before others", "by the ", true),
            ("near miss: in a longer word", "bylaws", false),
            ("a longer word", "bounded, yes", true),
            ("near miss: another word", "boundary, yes", false),
            ("another word behind it", "to top", true),
            ("near miss: another word behind it", "to rise", false),
            ("a sign behind it", "via: us", true),
            ("near miss: no sign behind it", "via us", false),
            ("letters may join", "subs", true),
            ("a sign", "(c) us", true),
            ("beyond ASCII", "기자가", true),
            ("near miss: nothing of it", "nothing", false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(heads.may_begin(super::head_of(text.as_bytes())), expected, "{name}: {text:?}");
        }
    }
}
