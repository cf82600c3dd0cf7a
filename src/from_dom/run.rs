//! The text of an element as runs of words.

use crate::invisible;

/// Splits `text` into runs of words with single spaces between them, each with whether white space precedes it. White
/// space at the end yields a last, empty run.
///
/// White space is as Unicode defines it. Invisible and control characters are dropped.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let (start, spaced) = word_start(rest);
        let (_, run) = rest.split_at(start);
        let (run, after) = run.split_at(run_end(run));
        rest = after;
        done = after.is_empty();
        Some((run, spaced))
    })
}

/// Where the first word of `text` begins, and whether there is white space before it.
fn word_start(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut spaced) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if matches!(byte, b'!'..=b'~') {
                break;
            }
            spaced |= is_ascii_space(byte);
            at += 1;
            // Half of the text nodes of a page are a line feed and the indentation of the next tag.
            while let Some(&some) = bytes.get(at..).and_then(<[u8]>::first_chunk)
                && (some == [b' '; 8] || some == [b'\t'; 8])
            {
                at += some.len();
            }
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let is_space = character.is_whitespace();
        if !is_space && !is_invisible(character) {
            break;
        }
        spaced |= is_space;
        at += character.len_utf8();
    }
    (at, spaced)
}

/// The same as [`char::is_whitespace`].
fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether a character that is not white space is dropped.
fn is_invisible(c: char) -> bool {
    c.is_control() || invisible::is_invisible(c)
}

/// The length in bytes of the words at the start of `text` that have single spaces between them.
fn run_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(rest) = bytes.get(at..)
            && let (Some(some), Some(next)) = (rest.first_chunk(), rest.get(1..).and_then(<[u8]>::first_chunk))
            && is_plain(some, next)
        {
            at += some.len();
            continue;
        }
        let length = LENGTHS[usize::from(byte)];
        if length > 0 {
            at += usize::from(length);
            continue;
        }
        if byte == b' ' && bytes.get(at + 1).is_some_and(|&next| LENGTHS[usize::from(next)] > 0) {
            at += 1;
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at };
        if character.is_whitespace() || is_invisible(character) {
            return at;
        }
        at += character.len_utf8();
    }
    bytes.len()
}

/// Whether sixteen bytes are words with single spaces between them; `next` are the sixteen bytes from the second one
/// on. Does not branch on any byte.
fn is_plain(some: &[u8; 16], next: &[u8; 16]) -> bool {
    let (mut odd, mut wide) = (false, false);
    for (&byte, &next) in some.iter().zip(next) {
        odd |= !matches!(byte, b' '..=b'~');
        wide |= (byte == b' ') & !matches!(next, b'!'..=b'~');
    }
    !(odd | wide)
}

/// Length in bytes of the character that begins with a byte; 0 if it may be white space or dropped, which takes a closer
/// look.
const LENGTHS: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        lengths[byte] = match byte as u8 {
            ..=b' ' | 0x7f => 0,
            0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef => 0,
            b'!'..=b'~' => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xff => 4,
        };
        byte += 1;
    }
    lengths
};
