//! Headlines after or before a menu on a page without line breaks: `Contact Search The ferry is back Share Print`.

use super::evidence::TitleSignal;
use super::gather::Gatherer;
use crate::block::Blocks;
use crate::meta::key::{is_wide, key, width};
use crate::vocab::Vocab;
use std::ops::Range;

/// Most words examined of a line, and fewest: a shorter line is one item.
const MOST_WORDS: usize = 60;
const LEAST_WORDS: usize = 4;
/// Items after which a headline may begin: the last ones, since the headline may contain a word like `News` itself.
const STARTS: usize = 3;
/// Narrowest headline, and widest block before it that may hold its first part, in columns.
const NARROWEST: usize = 16;
const MAX_HEADLINE: u32 = 120;

/// Where the items of menus divide a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Menu<'a> {
    /// Where text begins after an item: the last such places of the line.
    pub(super) starts: Vec<usize>,
    /// Where text ends before an item.
    ends: Vec<usize>,
    /// At least half of the words are items.
    most: bool,
    /// The previous block, if it may hold the first part of the headline: `Ten ferries` / `to take Home`.
    pub(super) before: Option<&'a str>,
}

/// A word of a line: the number of the line, and the byte range of the word as start and end.
type Place = (usize, usize, usize);

/// The menus of some lines, from a single look-up of all their words.
fn menus<'a>(lines: &[&'a str]) -> Vec<Menu<'a>> {
    let mut places: Vec<Place> = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let from = places.len();
        let mut at = 0;
        for word in text.split(' ') {
            if !word.is_empty() && places.len() < from + MOST_WORDS {
                places.push((line, at, at + word.len()));
            }
            at += word.len() + 1;
        }
        if places.len() < from + LEAST_WORDS {
            places.truncate(from);
        }
    }
    let words: Vec<&str> = places.iter().filter_map(|&(line, from, to)| lines[line].get(from..to)).collect();
    let items = Vocab::get().items(&words, may_be_item);
    let mut menus = vec![Menu::default(); lines.len()];
    let words: Vec<(Place, bool)> = places.into_iter().zip(items).collect();
    for line in words.chunk_by(|((one, ..), _), ((other, ..), _)| one == other) {
        let menu = &mut menus[line[0].0.0];
        menu.most = line.iter().filter(|(_, is_item)| *is_item).count() * 2 >= line.len();
        for pair in line.windows(2) {
            match (pair[0], pair[1]) {
                ((_, true), ((_, start, _), false)) => menu.starts.push(start),
                (((.., end), false), (_, true)) => menu.ends.push(end),
                _ => {}
            }
        }
        menu.starts.drain(..menu.starts.len().saturating_sub(STARTS));
    }
    menus
}

/// Whether a word of furniture may be an item by itself. In prose it begins in lower case or is followed by a comma;
/// `中` is both a font size and a country.
fn may_be_item(word: &str) -> bool {
    let is_lone = word.chars().nth(1).is_none() && word.contains(is_wide);
    !is_lone && !word.starts_with(char::is_lowercase) && word.ends_with(char::is_alphanumeric)
}

impl Gatherer<'_> {
    /// Adds the headlines beside the menus of these lines, and returns where the menus divide each line.
    pub(super) fn beside_menus<'a>(&mut self, blocks: &'a Blocks, range: Range<usize>) -> Vec<Menu<'a>> {
        let lines: Vec<&str> = range.clone().map(|index| blocks.text_of(index)).collect();
        let mut menus = menus(&lines);
        for ((index, menu), text) in range.zip(&mut menus).zip(lines) {
            menu.before = index.checked_sub(1).filter(|&last| self.may_go_on(last)).map(|last| blocks.text_of(last));
            if menu.most {
                self.mark(text, TitleSignal::IsMenu);
            }
            if !menu.starts.is_empty() || !menu.ends.is_empty() {
                self.mark(text, TitleSignal::HoldsMenu);
            }
            for &start in std::iter::once(&0).chain(&menu.starts) {
                let end = menu.ends.iter().copied().find(|&end| end > start);
                let piece = text.get(start..end.unwrap_or(text.len())).unwrap_or_default();
                // A text that another border cuts out too, such as a date's label, needs no menu as evidence.
                if width(piece) < NARROWEST || self.find(&key(piece)).is_some() {
                    continue;
                }
                match (start > 0, end.is_some()) {
                    (true, true) => self.cut_out(piece, index, &[TitleSignal::AfterMenu, TitleSignal::BeforeItem]),
                    (true, false) => self.cut_out(piece, index, &[TitleSignal::AfterMenu]),
                    (false, true) => self.cut_out(piece, index, &[TitleSignal::BeforeItem]),
                    (false, false) => {}
                }
                if let Some(before) = menu.before.filter(|_| start == 0 && end.is_some()) {
                    self.cut_out(&join(before, piece), index, &[TitleSignal::Joined, TitleSignal::BeforeItem]);
                }
            }
        }
        menus
    }

    /// Whether a block may be the first part of a headline that continues in the next block.
    fn may_go_on(&self, index: usize) -> bool {
        let line = self.layout.lines.get(index);
        line.is_some_and(|line| (index == self.layout.opening || line.repeats > 1) && line.width <= MAX_HEADLINE)
    }
}

/// Joins two parts of a headline, without a space before punctuation.
pub(super) fn join(one: &str, next: &str) -> String {
    let gap = if next.starts_with([':', ',', ';', '?', '!', ')']) { "" } else { " " };
    format!("{one}{gap}{next}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_in_a_line() {
        let cases = [
            (
                "Contact Search The ferry is back Share Print",
                vec!["The ferry is back Share Print"],
                vec!["Contact Search The ferry is back"],
            ),
            ("Search Log in Seven ways of it", vec!["Seven ways of it"], vec![]),
            ("뉴스 로그인 사회 골목에 선 소방차", vec!["골목에 선 소방차"], vec![]),
            ("near miss: He used to Search The Web", vec!["The Web"], vec!["near miss: He used to"]),
            ("near miss: in small letters we share the news", vec![], vec![]),
            ("near miss: 中, 수출 허용에도 사용 규제", vec![], vec![]),
            ("Home Search", vec![], vec![]),
        ];
        for (text, starts, ends) in cases {
            let menu = &menus(&[text])[0];
            let behind: Vec<&str> = menu.starts.iter().filter_map(|&at| text.get(at..)).collect();
            let before: Vec<&str> = menu.ends.iter().filter_map(|&at| text.get(..at)).collect();
            assert_eq!((behind, before), (starts, ends), "{text}");
        }
    }
}
