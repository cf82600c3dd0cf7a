//! Finds notices of advertisements before a sentence in a long line: `Advertisement The ferry left at nine.`
//!
//! Other boilerplate phrases also begin sentences (`Related articles`, `Terms of use`), so they are not cut off. Nor is
//! anything in scripts without capitals, which do not show where the sentence begins.

use super::word::{Words, begins_block};
use crate::types::Reason;
use crate::vocab::{Hit, Vocab};

/// Maximum number of words in a notice.
const MAX_WORDS: usize = 5;

/// Maximum length in bytes of the word after a one-word notice: `Sponsored The`, but not `Sponsored Walks`.
const OPENER_BYTES: usize = 3;

/// The offset at which the sentence after the notice begins, if `text` begins with a notice.
pub(super) fn end(text: &str) -> Option<usize> {
    let words: Vec<(usize, &str)> = Words::of(text).take(MAX_WORDS + 2).collect();
    let is_upper = |word: &str| word.starts_with(char::is_uppercase);
    if !words.first().is_some_and(|(_, first)| is_upper(first)) {
        return None;
    }
    let mut lines = String::new();
    let mut ends = Vec::new();
    for (count, three) in (1..).zip(words.windows(3)) {
        let (end, (next, opener), (_, second)) = (three[0].0 + three[0].1.len(), three[1], three[2]);
        let is_opener = is_upper(opener) && begins_block(opener) && (count > 1 || opener.len() <= OPENER_BYTES);
        if is_opener && second.starts_with(char::is_lowercase) {
            ends.push((lines.len(), next));
            lines.push_str(text.get(..end)?);
            lines.push('\n');
        }
    }
    if ends.is_empty() {
        return None;
    }
    let mut hits = Vec::new();
    Vocab::get().scan(&lines, &mut hits);
    let is_notice = |start: usize| {
        let fills = |hit: &&Hit| {
            let rest = lines.get(hit.end as usize..).and_then(|rest| rest.split('\n').next());
            hit.whole
                && hit.start as usize == start
                && rest.is_some_and(|rest| !rest.contains(|c: char| c == ',' || c.is_alphanumeric()))
        };
        hits.iter().filter(fills).any(|hit| hit.family.reason() == Some(Reason::Advert))
    };
    ends.iter().rev().find(|(start, _)| is_notice(*start)).map(|(_, next)| *next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_before_a_sentence() {
        let cases = [
            ("an advert", "Advertisement The ferry left at nine.", "Advertisement"),
            ("a phrase", "Sponsored content Ferries left at nine.", "Sponsored content"),
            ("near miss: a name", "Sponsored Walks begin at nine.", ""),
            ("near miss: an authority", "Advertising Standards Authority officials said no.", ""),
            ("near miss: a headline", "Advertisement The Ferry Left at nine.", ""),
            ("near miss: of other use too", "Breaking News The ferry left at nine.", ""),
            ("near miss: Korean shows no beginning", "광고 시장이 얼어붙어 배편 홍보는 하지 않기로 했다.", ""),
            ("near miss: prose", "The Ferry left at nine.", ""),
            ("near miss: nothing behind it", "Advertisement", ""),
            ("near miss: nothing", "", ""),
        ];
        for (name, text, island) in cases {
            assert_eq!(text.get(..end(text).unwrap_or(0)).map(str::trim_end), Some(island), "{name}");
        }
    }
}
