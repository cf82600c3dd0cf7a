//! Nicknames of bloggers and posters that no label announces: alone above a date with its time, or before both in one
//! line, below the headline.

use super::NameSignal;
use super::gather::{Gatherer, source};
use super::passage::Passage;
use crate::block::Blocks;
use crate::meta::date::{Label, Shown};
use crate::meta::key::{is_wide, width};
use crate::meta::name::{Named, is_no_name};
use crate::types::Role;
use crate::vocab::{Family, Vocab};

/// Widest nickname, in columns. Two words are mostly a category: `맛집 탐방`.
const WIDEST: usize = 24;
/// Blocks between a nickname and the date that may hold numbers: of votes, views, comments.
const NUMBERS: usize = 2;
/// Longest rest of a line behind a date and its time, in bytes.
const REST: usize = 8;

impl Gatherer<'_> {
    /// Adds the nickname in a block above the body, if it is one. Only scripts without capitals are read: in others a
    /// section of the site looks the same.
    pub(super) fn nickname(&mut self, passage: &Passage<'_>, shown: &[Shown]) {
        let Passage { blocks, layout, index, text, line, near, is_title, .. } = *passage;
        if !line.wide || is_title || !(near.title || near.body) || index >= layout.body.start {
            return;
        }
        let stamp = stamp(index, text, shown);
        let is_above = || {
            let below = (index + 1..blocks.items.len()).take(NUMBERS + 1);
            let mut below = below.skip_while(|&at| is_number(blocks.text_of(at)));
            below.next().is_some_and(|at| is_stamp(blocks, at, shown))
        };
        let name = match stamp {
            Some(at) => text.get(..at).unwrap_or_default().trim_end(),
            None if is_above() => text,
            None => return,
        };
        if passage.hits.iter().any(|hit| hit.whole) || !is_nickname(name) {
            return;
        }
        self.next_list();
        let named = Named { name: name.to_owned(), role: Role::Poster, affiliation: None, worded: true, edits: false };
        if let Some(candidate) = self.put(&named, source::BARE) {
            candidate.block.get_or_insert(index);
            candidate.set(NameSignal::Nicknamed);
        }
    }
}

/// Where in a block its first date with a time begins, if no label stands before it.
fn stamp(index: usize, text: &str, shown: &[Shown]) -> Option<usize> {
    let first = shown.partition_point(|date| (date.block as usize) < index);
    let date = shown.get(first).filter(|date| date.block as usize == index)?;
    let is_bare = date.found.date.is_full() && date.found.date.time().is_some() && date.found.label == Label::None;
    let at = date.found.span.start as usize;
    (is_bare && at < text.len()).then_some(at)
}

/// Whether a block is a date with its time and nothing else.
fn is_stamp(blocks: &Blocks, index: usize, shown: &[Shown]) -> bool {
    let text = blocks.text_of(index);
    let first = shown.partition_point(|date| (date.block as usize) < index);
    let end = shown.get(first).map_or(0, |date| date.found.span.end as usize);
    stamp(index, text, shown) == Some(0) && text.len() <= end + REST
}

/// Whether a line is a number and no word.
fn is_number(text: &str) -> bool {
    text.len() <= REST && text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Whether a text may be a nickname: a word that the page's interface does not use.
fn is_nickname(text: &str) -> bool {
    let is_house = |at: usize| Vocab::get().is_phrase(text, at, |family| family == Family::House);
    let is_known = |family| matches!(family, Family::Section | Family::Agency | Family::Author | Family::DatePublished);
    // `626회`: a count.
    let is_count = || text.starts_with(|c: char| c.is_ascii_digit());
    text.chars().any(is_wide)
        && !is_count()
        && width(text) <= WIDEST
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '♡' | '★'))
        && !is_no_name(text)
        && !text.char_indices().any(|(at, _)| is_house(at))
        && !Vocab::get().is_phrase(text, 0, is_known)
}

#[cfg(test)]
mod tests {
    use super::{is_nickname, is_number};

    #[test]
    fn words_that_may_be_nicknames() {
        for (text, expected) in [
            ("고장난우산", true),
            ("ヤマネコ_07", true),
            ("near miss: no wide letter", false),
            ("626회", false),
            ("서울시 강남구", false),
            ("오늘의 책", false),
            ("가람시청", false),
            ("가람교회", false),
            ("地域ニュース", false),
            ("경제", false),
            ("해오름일보", false),
            ("カネヨシ醸造株式会社", false),
            ("새 도서관이 문을 열었다", false),
            ("무슨 일이?", false),
        ] {
            assert_eq!(is_nickname(text), expected, "{text}");
        }
        assert!(is_number("231") && is_number("[12]") && !is_number("3위") && !is_number("—"));
    }
}
