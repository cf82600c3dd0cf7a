//! What a name looks like.

use crate::hashed::Mixer;
use crate::meta::key::is_mark;
use crate::plain::is_caseless;
use crate::vocab::{Family, Vocab};
use std::collections::HashSet;
use std::sync::OnceLock;

pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

fn surnames() -> &'static [HashSet<&'static str>; 3] {
    static SURNAMES: OnceLock<[HashSet<&'static str>; 3]> = OnceLock::new();
    SURNAMES.get_or_init(|| {
        let of = |code: &str| {
            let lines = include_str!("../../../data/meta/surnames.txt").lines();
            lines
                .filter_map(|line| line.split_once(' '))
                .filter(|(c, _)| *c == code)
                .flat_map(|(_, names)| names.split(' '))
                .collect()
        };
        [of("ko"), of("zh"), of("ja")]
    })
}

fn starts_with_surname(text: &str, set: usize) -> bool {
    let heads = text.char_indices().skip(1).take(3).map(|(at, _)| at);
    heads.filter_map(|at| text.get(..at)).any(|head| surnames()[set].contains(head))
}

/// Whether all of a text is a Japanese family name of two or more characters.
pub(super) fn is_japanese_family_name(text: &str) -> bool {
    text.chars().count() >= 2 && surnames()[2].contains(text)
}

/// Whether a text begins with a Korean family name of two syllables.
pub(super) fn has_long_surname(text: &str) -> bool {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    text.get(..end).is_some_and(|head| surnames()[0].contains(head) && head.chars().count() == 2)
}

/// Whether a text may be a Korean name: two to four syllables, the family name first.
pub(crate) fn is_korean_name(text: &str) -> bool {
    let count = text.chars().count();
    (2..=4).contains(&count) && text.chars().all(is_hangul) && starts_with_surname(text, 0) && !is_no_name(text)
}

/// Whether a text only has the shape of a name, being another word or the name of an organization.
pub(crate) fn is_no_name(text: &str) -> bool {
    let ends = |at: usize, family: Family| Vocab::get().is_phrase(text, at, |own| own == family);
    let house = || text.char_indices().skip(1).take(4).any(|(at, _)| ends(at, Family::House));
    ends(0, Family::NoName) || text.chars().all(is_caseless) && house()
}

/// Whether a text ends in a job title: `Lead Reviewer`.
pub(crate) fn is_job(text: &str) -> bool {
    let last = text.rsplit([' ', '-']).next().unwrap_or_default();
    Vocab::get().is_phrase(last, 0, |family| family == Family::Job)
}

/// Whether a text may be a name in Han and kana, judged by its length.
pub(super) fn is_han_name(text: &str) -> bool {
    let count = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    (2..=5).contains(&count) && han > 0 && han + kana(text) == count
}

/// Whether a text is a Chinese or Japanese name, judged by its family name.
pub(crate) fn is_family_name_first(text: &str) -> bool {
    let count = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    let chinese = han == count && (2..=3).contains(&count) && starts_with_surname(text, 1);
    let japanese = (3..=6).contains(&count) && han >= 2 && han + kana(text) == count && starts_with_surname(text, 2);
    (chinese || japanese) && !is_no_name(text)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '々')
}

pub(super) fn kana(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}')).count()
}

/// Whether a word is a credential, as after a name: `MD`, `Ph.D.`, `CEPF®`.
pub(crate) fn is_credential(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    letters <= 6 && upper >= 2 && upper + 1 >= letters
}

pub(crate) fn is_name_word(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let shaped = word.chars().all(|c| {
        if c.is_ascii() {
            c.is_ascii_alphabetic() || matches!(c, '\'' | '-' | '.' | '`')
        } else {
            is_caseless(c) || c.is_alphabetic() || matches!(c, '’' | '‑') || is_mark(c)
        }
    });
    let sentence = word.ends_with('.') && word.chars().count() > 4;
    if !shaped || sentence {
        return false;
    }
    let particle = || Vocab::get().is_phrase(word, 0, |family| family == Family::NameParticle);
    first.is_uppercase()
        || (!first.is_lowercase() && first.is_alphabetic())
        || particle()
        || (word.len() > 2 && word.chars().nth(2).is_some_and(char::is_uppercase))
}

/// Whether a word of `text` is a common given name.
pub(crate) fn has_given_name(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == '-').take(6).any(is_given_name)
}

/// Whether a word is a common given name, in any case.
fn is_given_name(word: &str) -> bool {
    /// The hashes of the given names, in lower case.
    static GIVEN: OnceLock<HashSet<u64, Mixer>> = OnceLock::new();
    /// Longest given name, in bytes, with room for letters that shrink in lower case.
    const LONGEST: usize = 24;
    let given = GIVEN.get_or_init(|| {
        let lines = include_str!("../../../data/meta/given.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split(' ')).map(folded_hash).collect()
    });
    (2..=LONGEST).contains(&word.len()) && !word.starts_with(is_caseless) && given.contains(&folded_hash(word))
}

/// A hash of a whole word in lower case.
fn folded_hash(word: &str) -> u64 {
    let add = |hash: u64, letter: char| {
        (hash.rotate_left(5) ^ u64::from(u32::from(letter))).wrapping_mul(0x517c_c1b7_2722_0a95)
    };
    let hash = if word.is_ascii() {
        word.bytes().fold(0, |hash, byte| add(hash, char::from(byte.to_ascii_lowercase())))
    } else {
        word.chars().flat_map(char::to_lowercase).fold(0, add)
    };
    // Hash tables use the low bits, but the high bits of a product are mixed best.
    hash.rotate_left(29)
}

/// Whether `text` looks like the full name of one person in a script with capitals.
pub(crate) fn is_full_name(text: &str) -> bool {
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        if count > 4 || !is_name_word(word) {
            return false;
        }
    }
    count >= 2 && text.chars().count() <= 40
}
