//! The words of a text as parts of names.

use crate::meta::key::{is_mark, is_word};
use crate::meta::name::{begins_label, has_given_name, is_credential, is_label, is_name_word};
use crate::vocab::{Family, Vocab};
use std::ops::Range;

/// Most words of a name.
pub(super) const MAX_WORDS: usize = 4;
/// Most names taken from one list.
const MAX_LISTED: usize = 8;

/// A word of the text, which may be part of a name.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    /// Part of a date, and so of no name.
    pub(super) dated: bool,
    /// A sign or a glued label follows, so that no name continues after the word.
    pub(super) last: bool,
}

impl Word {
    /// Whether the word could be part of a name. Computed on demand, since a name is expected at few words.
    pub(super) fn is_named(&self, text: &str) -> bool {
        !self.dated && text.get(self.range.clone()).is_some_and(|word| is_name_word(word) && !is_label(word))
    }
}

/// The list that the first `count` words after a lead begin: `By Jane Miller, John O'Hara and Ann Dyke 6 Jan 2026`.
pub(super) fn joined(text: &str, words: &[Word], count: usize) -> Vec<Range<usize>> {
    let joins =
        |gap: &str| matches!(gap, "," | "&") || Vocab::get().is_phrase(gap, 0, |family| family == Family::Joiner);
    let mut end = words[count - 1].range.end;
    let first = words[0].range.start..end;
    let mut names = vec![first];
    let mut rest = words.get(count..).unwrap_or_default();
    while names.len() < MAX_LISTED
        && let Some(next) = rest.iter().position(|word| word.is_named(text))
        && joins(text.get(end..rest[next].range.start).unwrap_or_default().trim())
    {
        let run = rest.get(next..).unwrap_or_default();
        let count = whole(text, run);
        if count > MAX_WORDS {
            break;
        }
        end = run[count - 1].range.end;
        // `Jane Miller, MD, PhD`
        let is_title = |word: &Word| text.get(word.range.clone()).is_some_and(is_credential);
        if !run[..count].iter().all(is_title) {
            names.push(run[0].range.start..end);
        }
        rest = run.get(count..).unwrap_or_default();
    }
    names
}

/// Names in links that lost the commas between them, split at given names: `Jane Miller Anna Maria Dyke Tom Berg`.
pub(super) fn in_a_row(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let given = |at: usize| words.get(at).and_then(|word| text.get(word.range.clone())).is_some_and(has_given_name);
    let mut names = Vec::new();
    let mut from = 0;
    while given(from) && names.len() < MAX_LISTED {
        let to = (from + 2..=from + 3).find(|&to| given(to)).unwrap_or(words.len());
        if !(2..=3).contains(&(to - from)) {
            break;
        }
        names.push(words[from].range.start..words[to - 1].range.end);
        from = to;
    }
    // All or nothing: if one is not a name, the others may be cut in the wrong places.
    if from == words.len() && names.len() > 1 { names } else { Vec::new() }
}

/// How many words at the head of `words` belong together.
pub(super) fn whole(text: &str, words: &[Word]) -> usize {
    for (at, word) in words.iter().enumerate() {
        if !word.is_named(text) {
            return at;
        }
        if word.last {
            return at + 1;
        }
    }
    words.len()
}

/// Reads the words of a text into `words`, replacing its content.
pub(super) fn words(text: &str, words: &mut Vec<Word>) {
    words.clear();
    let mut at = 0;
    for piece in text.split(|c: char| c.is_whitespace()) {
        let start = at;
        at += piece.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let head = piece.trim_start_matches(|c: char| !is_word(c));
        let head = behind_number(head);
        let from = start + piece.len() - head.len();
        let kept = head.trim_end_matches(|c: char| !is_word(c) && !is_mark(c) && c != '.');
        let (kept, glued) = match kept.char_indices().find(|&(at, c)| is_seam(kept, at, c)) {
            Some((seam, _)) => (kept.get(..seam).unwrap_or_default(), true),
            None => (kept, false),
        };
        let digit = kept.find(|c: char| c.is_ascii_digit()).unwrap_or(kept.len());
        let (name, numbered) =
            if digit > 2 { (kept.get(..digit).unwrap_or_default(), digit < kept.len()) } else { (kept, false) };
        if name.is_empty() {
            // A sign on its own ends the name before it.
            if let Some(last) = words.last_mut() {
                last.last |= !piece.is_empty();
            }
            continue;
        }
        let last = glued || numbered || kept.len() < head.len();
        words.push(Word { range: from..from + name.len(), dated: false, last });
    }
}

/// The name glued to a number: `Julian` of `2025Julian`.
fn behind_number(word: &str) -> &str {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_name = rest.len() > 2 && rest.starts_with(char::is_uppercase);
    if is_name && word.len() >= rest.len() + 2 { rest } else { word }
}

/// Whether a label or a month begins at a capital inside a word: `MillsPublished`, `PinedaFriday`.
fn is_seam(word: &str, at: usize, c: char) -> bool {
    at > 1
        && c.is_uppercase()
        && word.get(..at).and_then(|head| head.chars().next_back()).is_some_and(char::is_lowercase)
        && begins_label(word.get(at..).unwrap_or_default())
}

/// Whether a word is a lead such as `by`.
pub(super) fn is_lead(text: &str, word: &Word) -> bool {
    text.get(word.range.clone()).is_some_and(|word| Vocab::get().is_lead(word))
}

/// Where the name begins in a word that is glued to its lead: `ByNina`.
pub(super) fn glued_lead(text: &str, word: &Word) -> Option<usize> {
    let piece = text.get(word.range.clone())?;
    let seam = piece.char_indices().skip(2).find(|(_, c)| c.is_uppercase())?.0;
    let head = piece.get(..seam)?;
    Vocab::get().is_lead(head).then_some(word.range.start + seam)
}

pub(super) fn is_nick(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        let mut found = Vec::new();
        words(text, &mut found);
        found
    }

    #[test]
    fn lists_of_names() {
        let cases = [
            ("Jane Miller, John O'Hara and Ann Dyke 6 Jan", "Jane Miller|John O'Hara|Ann Dyke"),
            ("Jane Miller, who lives in Leeds", "Jane Miller"),
            ("Jane Miller", "Jane Miller"),
        ];
        for (text, expected) in cases {
            let words = read(text);
            let names = joined(text, &words, whole(text, &words));
            let shown: Vec<&str> = names.into_iter().filter_map(|name| text.get(name)).collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
        let cases = [
            ("Jane Miller Anna Maria Dyke Peter Berg", "Jane Miller|Anna Maria Dyke|Peter Berg"),
            ("Jane Miller Senior Editor", ""),
            ("Anna Maria Dyke", ""),
        ];
        for (text, expected) in cases {
            let names = in_a_row(text, &read(text));
            let shown: Vec<&str> = names.into_iter().filter_map(|name| text.get(name)).collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn words_end_where_something_is_glued_on() {
        let cases = [
            ("Tom Davies - Press", "Tom+ Davies+| Press+"),
            ("Jen MillsPublished", "Jen+ Mills+|"),
            ("Jane McDonald said", "Jane+ McDonald+ said"),
            ("Susan, 12 Ann", "Susan+| 12 Ann+"),
            ("Jane Miller22", "Jane+ Miller+|"),
            ("Dec 17, 2025Jane P. Miller", "Dec+ 17| Jane+ P.+ Miller+"),
            ("3D 12B 5Jane", "3D 12B 5Jane"),
            ("आशा राठौड़ |", "आशा+ राठौड़+|"),
        ];
        for (text, expected) in cases {
            let shown = |word: &Word| {
                let piece = text.get(word.range.clone()).unwrap_or_default();
                format!("{piece}{}{}", if word.is_named(text) { "+" } else { "" }, if word.last { "|" } else { "" })
            };
            assert_eq!(read(text).iter().map(shown).collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }
}
