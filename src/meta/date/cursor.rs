//! A reading position in text, for the small grammars of dates.

use crate::plain::is_caseless;

/// A position in text, with readers for the parts of dates: digits of any script, signs, blanks, words.
///
/// A copy is a bookmark: a reader that fails leaves its caller's position unchanged. Each step looks at a bounded
/// stretch of text, so that trying a reader at every number of a page takes linear time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// A run of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// Saturates: such large numbers are not part of a date.
    pub(super) value: u64,
    pub(super) digits: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Longest word read, in bytes: names of months are shorter in every language.
const WORD: usize = 40;
/// Longest run of blanks between the parts of one date, in characters.
const BLANKS: usize = 3;

/// The code point of the zero in each script whose own digits are used in dates.
const ZEROS: [u32; 7] = [0x30, 0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50];

/// The value of a digit in any of these scripts.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&(c as u32)))?;
    u8::try_from(c as u32 - zero).ok()
}

/// First byte at or after `from` that starts a digit.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        // 32 bytes at a time, without a branch for each: most text has long stretches without a digit.
        while let Some(some) = bytes.get(at..)?.first_chunk::<32>()
            && (!some.iter().fold(false, |any, &byte| any | byte.is_ascii_digit() | (byte >= 0xD9))
                || !some.iter().fold(false, |any, &byte| any | may_lead_digit(byte)))
        {
            at += 32;
        }
        at += bytes.get(at..)?.iter().position(|&byte| may_lead_digit(byte))?;
        // A byte that may lead a digit never continues a character, so this is a boundary.
        let c = text.get(at..)?.chars().next()?;
        if digit(c).is_some() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Whether a byte is an ASCII digit or the first byte of another digit (see [`ZEROS`]).
fn may_lead_digit(byte: u8) -> bool {
    byte.is_ascii_digit() | matches!(byte, 0xD9 | 0xDB | 0xE0 | 0xEF)
}

/// Whether `c` is a blank of any width, or a line feed, which a block may still hold.
pub(super) fn is_blank(c: char) -> bool {
    c == ' ' || c.is_whitespace() || c == '\u{200b}' || is_mark(c)
}

/// Whether `c` is an invisible mark that pages put around numbers: a direction mark, a joiner.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether `c` is a letter or a mark on one, including the tone marks and virama that `char::is_alphabetic` leaves out.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    (is_caseless(c)
        || c.is_alphabetic()
        || matches!(c as u32, 0x300..=0x36F | 0x591..=0x5C7 | 0x64B..=0x65F | 0x93C | 0x94D | 0x9BC | 0x9CD | 0xE47..=0xE4E))
        && digit(c).is_none()
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character that ends here.
    pub(super) fn previous(&self) -> Option<char> {
        self.before().chars().next_back()
    }

    pub(super) fn step(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn step_back(&mut self) -> Option<char> {
        let c = self.previous()?;
        self.at -= c.len_utf8();
        Some(c)
    }

    pub(super) fn eat_if(&mut self, wanted: impl FnOnce(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|&c| wanted(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        self.eat_if(|c| c == wanted).is_some()
    }

    /// Steps over a few blanks; returns whether there was one.
    pub(super) fn blanks(&mut self) -> bool {
        let from = self.at;
        for _ in 0..BLANKS {
            if self.eat_if(is_blank).is_none() {
                break;
            }
        }
        self.at > from
    }

    pub(super) fn blanks_back(&mut self) {
        for _ in 0..BLANKS {
            if !self.previous().is_some_and(is_blank) {
                break;
            }
            self.step_back();
        }
    }

    /// The number that starts here.
    pub(super) fn number(&mut self) -> Option<Number> {
        let start = self.at;
        let (mut value, mut digits) = (0u64, 0);
        loop {
            let (digit, length) = match self.text.as_bytes().get(self.at) {
                Some(&byte @ b'0'..=b'9') => (byte - b'0', 1),
                Some(128..) => match self.peek().and_then(|c| Some((digit(c)?, c.len_utf8()))) {
                    Some(found) => found,
                    None => break,
                },
                _ => break,
            };
            value = value.saturating_mul(10).saturating_add(u64::from(digit));
            digits += 1;
            self.at += length;
        }
        (digits > 0).then_some(Number { value, digits, start, end: self.at })
    }

    /// A number of one or two digits.
    pub(super) fn small(&mut self) -> Option<u8> {
        let mut ahead = *self;
        let number = ahead.number().filter(|number| number.digits <= 2)?;
        *self = ahead;
        u8::try_from(number.value).ok()
    }

    /// The word that starts here, letters only.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        let start = self.at;
        while self.at - start < WORD && self.eat_if(is_letter).is_some() {}
        self.text.get(start..self.at).filter(|word| !word.is_empty())
    }

    /// The word that ends here, letters only; the position moves to its start.
    pub(super) fn word_back(&mut self) -> Option<&'t str> {
        let end = self.at;
        while end - self.at < WORD && self.previous().is_some_and(is_letter) {
            self.step_back();
        }
        self.text.get(self.at..end).filter(|word| !word.is_empty())
    }
}

impl Number {
    pub(super) fn year(&self) -> Option<u16> {
        u16::try_from(self.value).ok().filter(|_| self.digits == 4)
    }

    pub(super) fn small(&self) -> Option<u8> {
        u8::try_from(self.value).ok().filter(|_| self.digits <= 2)
    }
}
