//! Keys of texts: equal if a reader would call two texts the same headline or name.

use crate::block::token::{folded, is_plain_letter};
use crate::plain::is_caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a text: its letters and digits only, compatibility forms resolved, case folded.
pub(crate) fn key(text: &str) -> String {
    let mut out = String::new();
    key_into(text, &mut out);
    out
}

/// Like [`key`], replacing the content of `out`.
pub(crate) fn key_into(text: &str, out: &mut String) {
    out.clear();
    out.reserve(text.len());
    if text.is_ascii() {
        words(text).for_each(|word| out.push_str(word));
        out.make_ascii_lowercase();
    } else if text.chars().all(is_plain) {
        text.chars().filter(|&c| is_word(c)).for_each(|c| push_folded(c, out));
    } else {
        text.nfkc().filter(|&c| is_word(c) || is_combining_mark(c)).for_each(|c| push_folded(c, out));
    }
}

fn push_folded(c: char, out: &mut String) {
    if is_caseless(c) {
        out.push(c);
    } else {
        out.extend(c.to_lowercase());
    }
}

/// Like [`char::is_alphanumeric`], which looks up every character beyond ASCII in a table: on Korean pages this took a
/// third of all time. Where a whole script is letters, a comparison is enough.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        c => is_plain_letter(c) || is_caseless(c) || c.is_alphanumeric(),
    }
}

/// The runs of letters and digits in a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = run(text, at, false);
        at = run(text, from, true);
        text.get(from..at).filter(|word| !word.is_empty())
    })
}

/// The end of the run at `at` of characters that belong to words, or (without `of_words`) of those that do not.
#[inline(always)]
fn run(text: &str, mut at: usize, of_words: bool) -> usize {
    while let Some(&byte) = text.as_bytes().get(at) {
        let kind = KINDS[usize::from(byte)];
        if kind == u8::from(of_words) {
            at += 1;
        } else if kind == u8::from(!of_words) {
            break;
        } else {
            let next = text.get(at..).and_then(|rest| rest.chars().next());
            let Some(c) = next.filter(|&c| is_word(c) == of_words) else { break };
            at += c.len_utf8();
        }
    }
    at
}

/// Whether a key holds another. If it is hardly longer, [`str::contains`] prepares for more than there is to search, or
/// calls for a comparison at every place; most places differ in the first byte already.
pub(crate) fn holds(key: &str, part: &str) -> bool {
    match part.as_bytes() {
        bytes @ [first, ..] if key.len() < bytes.len() + FEW_PLACES => {
            key.as_bytes().windows(bytes.len()).any(|place| place.first() == Some(first) && place == bytes)
        }
        _ => key.contains(part),
    }
}

/// So few places are compared one by one: a constant, so that the time stays linear.
const FEW_PLACES: usize = 64;

/// Whether a byte belongs to a word: 0 for no, 1 for yes, 2 if the other bytes of its character decide.
static KINDS: [u8; 256] = {
    let mut kinds = [2; 256];
    let mut byte = 0u8;
    while byte < 128 {
        kinds[byte as usize] = byte.is_ascii_alphanumeric() as u8;
        byte += 1;
    }
    kinds
};

/// Whether compatibility normalisation keeps `c`, or replaces a character that keys leave out by such characters.
fn is_plain(c: char) -> bool {
    let western =
        matches!(c, '\0'..='\x7f' | '\u{a0}' | '\u{a9}' | '\u{ab}' | '\u{b7}' | '\u{bb}' | '\u{c0}'..='\u{ff}');
    western
        || matches!(c, '\u{400}'..='\u{45f}' | '\u{2010}'..='\u{2016}' | '\u{2018}'..='\u{2027}' | '\u{3000}'..='\u{3015}')
        || is_caseless(c)
}

/// A hash of the key, cheap enough for every line of a page. The price is that compatibility forms are not resolved. It
/// is 0 for text without letters or digits.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hash = Packed::default();
    // A single word: its letters fit into one number.
    if text.len() < 8 && text.is_ascii() {
        let folded = text.bytes().map(|byte| FOLDED[usize::from(byte)]).filter(|&letter| letter != 0);
        let (letters, count) =
            folded.fold((0, 0), |(letters, count), letter| (letters << 8 | u64::from(letter), count + 1));
        return hash.finish_with(letters, count);
    }
    let mut at = 0;
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(eight) = rest.first_chunk::<8>().filter(|eight| eight.is_ascii()) {
            eight.iter().for_each(|&byte| hash.ascii(byte));
            at += eight.len();
        } else if rest[0].is_ascii() {
            hash.ascii(rest[0]);
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += c.len_utf8();
            if is_caseless(c) {
                hash.beyond_ascii(c);
            } else if is_word(c) {
                hash.beyond_ascii(c.to_lowercase().next().unwrap_or(c));
            }
        }
        hash.make_room();
    }
    hash.finish()
}

/// FNV-1a over eight letters at a time: a multiplication per letter would cost more than all other work on it.
struct Packed {
    state: u64,
    /// Letters that are not in the state yet. Every byte is written here, and a byte that is no letter is overwritten
    /// by the next: a branch would be mispredicted at the end of each word.
    room: [u8; ROOM],
    held: usize,
    /// Letters in the state.
    count: u64,
}

/// Size of `Packed::room`, a power of two. `make_room` leaves half of it free, and fewer letters come between calls.
const ROOM: usize = 64;

/// Letters and digits of ASCII in lower case, 0 for everything else.
static FOLDED: [u8; 256] = folded(true);

impl Default for Packed {
    fn default() -> Packed {
        Packed { state: 0, room: [0; ROOM], held: 0, count: 0 }
    }
}

impl Packed {
    #[inline(always)]
    fn ascii(&mut self, byte: u8) {
        let letter = FOLDED[usize::from(byte)];
        self.room[self.held % ROOM] = letter;
        self.held += usize::from(letter != 0);
    }

    /// Adds `c` as three bytes; the first one is never an ASCII letter.
    fn beyond_ascii(&mut self, c: char) {
        let [_, bytes @ ..] = u32::from(c).to_be_bytes();
        for byte in bytes {
            self.room[self.held % ROOM] = byte;
            self.held += 1;
        }
    }

    #[inline(always)]
    fn make_room(&mut self) {
        if self.held >= ROOM / 2 {
            self.mix_held();
        }
    }

    /// Mixes all letters but the last few into the state.
    fn mix_held(&mut self) {
        let room = self.room;
        let (eights, rest) = room.get(..self.held).unwrap_or_default().as_chunks::<8>();
        eights.iter().for_each(|&eight| self.mix(u64::from_be_bytes(eight)));
        self.room.iter_mut().zip(rest).for_each(|(to, &from)| *to = from);
        self.count += 8 * eights.len() as u64;
        self.held = rest.len();
    }

    fn mix(&mut self, letters: u64) {
        // The high bits of a product are mixed best, but hash tables use the low ones.
        self.state = ((self.state ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15)).rotate_left(29);
    }

    fn finish(mut self) -> u64 {
        self.mix_held();
        let rest = self.room.get(..self.held).unwrap_or_default();
        let last = rest.iter().fold(0, |letters, &byte| letters << 8 | u64::from(byte));
        let held = self.held as u64;
        self.finish_with(last, held)
    }

    /// Mixes in the last few letters, which are passed instead of held.
    fn finish_with(&mut self, last: u64, count: u64) -> u64 {
        self.count += count;
        if self.count == 0 {
            return 0;
        }
        self.mix(last);
        self.mix(self.count);
        self.state.max(1)
    }
}

/// Whether `c` is a combining mark, which is part of the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Width in columns: Han, kana and Hangul count double, since they say about twice as much.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count() + wide(text)
}

/// How many letters of a text take two columns.
pub(crate) fn wide(text: &str) -> usize {
    if may_be_wide(text) { text.chars().filter(|&c| is_wide(c)).count() } else { 0 }
}

/// Whether any letter may take two columns. Such letters are U+11xx or beyond U+2E7F, which shows in their bytes, so
/// most text need not be decoded.
pub(crate) fn may_be_wide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let leads = |any: bool, &byte: &u8| any | (byte == 0xe1) | (byte >= 0xe3);
    let radical = |at: usize| bytes.get(at + 1).is_some_and(|&next| next >= 0xba);
    !text.is_ascii() && (bytes.iter().fold(false, leads) || memchr::memchr_iter(0xe2, bytes).any(radical))
}

/// Whether `c` belongs to a script set in squares: Han, kana, Hangul and their punctuation.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x2_0000..=0x3_ffff)
}

/// Whether a text is set in capitals.
pub(crate) fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shortcuts agree with the Unicode tables on every character.
    #[test]
    fn short_cuts_agree_with_the_tables() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_word(c), c.is_alphanumeric(), "{c:?}");
            assert!(!is_caseless(c) || c.to_lowercase().eq([c]), "{c:?}");
            assert_eq!(wide(c.encode_utf8(&mut [0; 4])), usize::from(is_wide(c)), "{c:?}");
            let plain: String = std::iter::once(c).nfkc().filter(|c| c.is_alphanumeric() || is_mark(*c)).collect();
            let kept: String = std::iter::once(c).filter(|&c| is_word(c)).collect();
            assert!(!is_plain(c) || plain == kept, "{c:?}: {plain:?}");
        }
    }

    #[test]
    fn words_of_a_text() {
        let of = |text: &'static str| words(text).collect::<Vec<_>>();
        assert_eq!(of(" One, 2 gleich über-all. "), ["One", "2", "gleich", "über", "all"]);
        assert_eq!(of("기자·사진 …"), ["기자", "사진"]);
        assert_eq!(of(" – "), [""; 0]);
    }

    #[test]
    fn keys_that_hold_others() {
        let long = "x".repeat(FEW_PLACES);
        let cases = [
            ("abcb", "cb"),
            ("abc", "abc"),
            ("abc", "abd"),
            ("ab", "abc"),
            ("abc", ""),
            ("", ""),
            ("", "a"),
            ("a가나", "가"),
            (&long, "xx"),
            (&long, "xy"),
        ];
        for (key, part) in cases {
            assert_eq!(holds(key, part), key.contains(part), "{key} / {part}");
        }
    }

    #[test]
    fn same_text_same_key() {
        let cases = [
            ("A “quoted” Headline!", "a \"Quoted\" headline", true),
            ("ＡＢＣ 뉴스", "abc뉴스", true),
            ("C++ now", "C now", true),
            ("one two", "one too", false),
        ];
        for (a, b, same) in cases {
            assert_eq!(key(a) == key(b), same, "{a} / {b}");
        }
        assert_eq!(hash("Día 1"), hash("dÍa, 1."));
        assert_eq!(hash(" - "), 0);
    }
}
