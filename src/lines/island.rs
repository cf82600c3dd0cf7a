//! The furniture that stands before a sentence in a one-line page: `Story continues below The ferry left at nine.`
//!
//! It is asked of phrases that are lines of their own elsewhere, and only where a line may end behind them.

use super::sentence::is_hangul;
use super::stretch::{Words, begins_block};
use crate::types::Reason;
use crate::vocab::{Hit, Vocab};

/// Words of a phrase.
const LONGEST: usize = 5;

/// Where the phrase ends that `text` begins with, if it does and the sentence begins behind it.
pub(super) fn end(text: &str) -> Option<usize> {
    let words: Vec<(usize, &str)> = Words::of(text).take(LONGEST + 1).collect();
    let (_, first) = words.first()?;
    if !first.starts_with(|c: char| c.is_uppercase() || is_hangul(c)) {
        return None;
    }
    let mut lines = String::new();
    let mut ends = Vec::new();
    for (count, pair) in (1..).zip(words.windows(2)) {
        let (end, next) = (pair[0].0 + pair[0].1.len(), pair[1]);
        if next.1.starts_with(|c: char| c.is_uppercase() || is_hangul(c)) && begins_block(next.1) {
            ends.push((lines.len(), count, next.0));
            lines.push_str(text.get(..end)?);
            lines.push('\n');
        }
    }
    if ends.is_empty() {
        return None;
    }
    let mut hits = Vec::new();
    Vocab::get().scan(&lines, &mut hits);
    let island = |&(start, count, next): &(usize, usize, usize)| {
        let fills = |hit: &&Hit| {
            let rest = lines.get(hit.end as usize..).and_then(|rest| rest.split('\n').next());
            hit.whole
                && hit.start as usize == start
                && rest.is_some_and(|rest| !rest.contains(|c: char| c == ',' || c.is_alphanumeric()))
        };
        // `Home Office` and `Share Capital` begin sentences too.
        let is_known = |hit: &Hit| hit.family.reason().is_some_and(|reason| count > 1 || reason == Reason::Advert);
        hits.iter().filter(fills).any(is_known).then_some(next)
    };
    ends.iter().rev().find_map(island)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_before_a_sentence() {
        let cases = [
            ("an advert", "Advertisement The ferry left at nine.", "Advertisement"),
            ("a phrase", "Related articles The ferry left at nine.", "Related articles"),
            ("Korean", "관련 기사 시는 노선을 늘린다고 밝혔다.", "관련 기사"),
            ("near miss: an enumeration", "무단 전재, 재배포 및 이용 금지", ""),
            ("near miss: the sentence goes on", "Related articles were found on the ferry.", ""),
            ("near miss: one word of many uses", "Share Capital rose at nine.", ""),
            ("near miss: prose", "The Ferry left at nine.", ""),
            ("near miss: nothing behind it", "Advertisement", ""),
            ("near miss: nothing", "", ""),
        ];
        for (name, text, island) in cases {
            assert_eq!(text.get(..end(text).unwrap_or(0)).map(str::trim_end), Some(island), "{name}");
        }
    }
}
