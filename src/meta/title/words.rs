//! The words of titles, by which two of them are compared.

use crate::meta::key::{self, hash, is_wide, is_word, may_be_wide};

/// The words of a title as sorted hashes; in scripts without spaces, its characters.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    read_words(text, &mut words);
    words
}

/// Like [`words`], replacing the content of `words`.
pub(super) fn read_words(text: &str, words: &mut Vec<u64>) {
    words.clear();
    words.reserve(text.len() / 3 + 1);
    let may_be_wide = may_be_wide(text);
    for word in key::words(text) {
        if may_be_wide && word.chars().any(is_wide) {
            words.extend(word.chars().map(|c| u64::from(u32::from(c))));
        } else {
            words.push(hash(word));
        }
    }
    words.sort_unstable();
    words.dedup();
}

/// How many words two titles have in common.
pub(super) fn common(one: &[u64], other: &[u64]) -> usize {
    one.iter().filter(|word| other.binary_search(word).is_ok()).count()
}

/// The share of their words that two titles have in common.
pub(super) fn alike(one: &[u64], other: &[u64]) -> f32 {
    let common = common(one, other);
    common as f32 / (one.len() + other.len() - common).max(1) as f32
}

/// The words of the wordiest part of an address: the site's own short form of the headline.
pub(super) fn slug(url: &str) -> Vec<String> {
    /// Fewest words of a headline: parts with fewer name a section.
    const FEWEST: usize = 3;
    let path = url.split_once("//").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    let words = |part: &str| -> Vec<String> {
        part.split(|c: char| !is_word(c))
            .filter(|w| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit()))
            .map(str::to_lowercase)
            .collect()
    };
    path.split('/').skip(1).map(words).filter(|w| w.len() >= FEWEST).max_by_key(Vec::len).unwrap_or_default()
}

/// The share of words that a title and a [`slug`] have in common.
pub(super) fn alike_slug(text: &str, slug: &[String]) -> f32 {
    let lower = text.to_lowercase();
    let words: Vec<&str> = key::words(&lower).filter(|word| word.len() > 1).collect();
    let common = slug.iter().filter(|word| words.contains(&word.as_str())).count();
    common as f32 / slug.len().max(words.len()).max(1) as f32
}
