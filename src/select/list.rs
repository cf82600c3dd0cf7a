//! Pages that are lists: headlines with their ages, rows of a board, teasers, rankings, prices.
//!
//! A poem, a schedule or a chat is made of short lines as well, so short lines are not enough: each row must also have
//! what only lists have.

use crate::block::{Blocks, Kind};
use crate::feature::{Features, Signs};
use crate::types::Reason;
use crate::vocab::{Family, Unit, Vocab};
use std::ops::Range;

/// A list has at least this many rows, one after the other.
const ROWS_MIN_COUNT: usize = 4;

/// Maximum number of blocks in a row, such as number, headline, poster, date, views and votes.
const ROW_MAX_BLOCKS: usize = 8;

/// Maximum number of blocks of a row beside its age: a headline and its deck.
const AGED_ROW_MAX_BLOCKS: usize = 2;

/// Minimum length of a headline in units. A narrower line may be the name of somebody who wrote a post.
const HEADLINE_MIN_UNITS: f32 = 4.0;

/// The same for a heading.
const HEADING_MIN_UNITS: f32 = 3.0;

/// Minimum length of a headline and its age in one line. A name and an age are shorter.
const AGED_HEADLINE_MIN_UNITS: f32 = 6.0;

/// Maximum length in bytes of a line that may end with an age or hold a row of a board.
const LINE_MAX_BYTES: usize = 240;

/// A sentence of this many units is text, and not the deck of a headline.
const SENTENCE_MIN_UNITS: f32 = 14.0;

/// Maximum number of digits of a row's number.
const NUMBER_MAX_DIGITS: usize = 7;

/// Maximum number of kept blocks above the first row: the headline of the first teaser.
const ABOVE_MAX_BLOCKS: usize = 1;

/// What the page is if it is a list and what is kept of it is part of the list.
pub(super) fn list(blocks: &Blocks, features: &Features, kept: &[bool]) -> Option<Reason> {
    let first = kept.iter().position(|keep| *keep)?;
    let last = kept.iter().rposition(|keep| *keep)?;
    let page = Page { blocks, features, kept, first, last };
    if (first..=last).any(|index| page.is_text(index)) {
        return None;
    }
    if page.is_aged() {
        return Some(Reason::Related);
    }
    if page.is_priced() {
        return Some(Reason::Ticker);
    }
    page.rows()
}

struct Page<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    kept: &'a [bool],
    /// The first and the last kept block.
    first: usize,
    last: usize,
}

/// A number at the start of a block.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    /// Whether it is all of the block.
    is_whole: bool,
}

impl Page<'_> {
    fn count(&self) -> usize {
        self.kept.len()
    }

    /// Whether a kept block is text, however short the article: a paragraph or a sentence of some length.
    fn is_text(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        self.kept[index] && !m.ends_cut && (m.is_prose() || m.ends_sentence && m.units >= SENTENCE_MIN_UNITS)
    }

    /// Whether a block may be a headline of a list.
    fn is_headline(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        let is_heading = matches!(self.blocks.items[index].kind, Kind::Heading(_));
        let is_open = !m.ends_sentence || self.blocks.text_of(index).ends_with(['?', '!', '？', '！']);
        m.units >= if is_heading { HEADING_MIN_UNITS } else { HEADLINE_MIN_UNITS } && is_open && !m.is_prose()
    }

    /// Whether all that is kept is inside `range`.
    fn is_within(&self, start: usize, end: usize) -> bool {
        start <= self.first && self.last < end
    }

    /// Whether blocks may be a headline, or a headline and its deck.
    fn is_entry(&self, entry: Range<usize>) -> bool {
        let is_deck = |index: usize| self.features.measures[index].units >= HEADLINE_MIN_UNITS;
        (1..=AGED_ROW_MAX_BLOCKS).contains(&entry.len())
            && entry.end <= self.count()
            && self.is_headline(entry.start)
            && entry.skip(1).all(is_deck)
    }

    /// Whether the page is a list of headlines with their ages: `Seal found in car park`, `3 hours ago`, …
    fn is_aged(&self) -> bool {
        // The rows so far: from the first age to behind the last one.
        let mut list: Option<Range<usize>> = None;
        // By the number of the blocks beside the age: how many rows there are, and how many of their blocks are kept.
        let (mut rows, mut kept) = ([0_usize; AGED_ROW_MAX_BLOCKS + 1], [0_usize; AGED_ROW_MAX_BLOCKS + 1]);
        // Stretches between ages that are no row.
        let mut others = 0_usize;
        for index in 0..self.count() {
            let Some(at) = age(self.blocks.text_of(index)) else { continue };
            // A headline with its age.
            let is_entry = at > 0;
            if is_entry && self.features.measures[index].units < AGED_HEADLINE_MIN_UNITS {
                continue;
            }
            let Some(list) = &mut list else {
                list = Some(index..index + 1);
                continue;
            };
            let between = list.end..index;
            list.end = index + 1;
            let count = between.clone().filter(|at| self.kept[*at]).count();
            if between.is_empty() && is_entry || !is_entry && self.is_entry(between.clone()) {
                rows[between.len()] += 1;
                kept[between.len()] += count;
            } else if count == 0 {
                others += 1;
            } else {
                // What is kept beside the rows may be all of a short article.
                return false;
            }
        }
        let Some(list) = list else { return false };
        let sum: usize = rows.iter().sum();
        // Rows are alike.
        let Some(size) = (0..rows.len()).find(|size| 2 * rows[*size] > sum) else { return false };
        // The age may come first or last.
        let above = list.start.checked_sub(size).filter(|start| self.is_entry(*start..list.start));
        let below = Some(list.end + size).filter(|end| self.is_entry(list.end..*end));
        sum + 1 >= ROWS_MIN_COUNT
            && sum >= others
            && (0..kept.len()).all(|other| other == size || kept[other] == 0)
            && self.is_within(above.unwrap_or(list.start), below.unwrap_or(list.end))
    }

    /// Whether the page is a list of prices and their changes in percent: `5,912,000`, `-1.22%`.
    fn is_priced(&self) -> bool {
        let is_price = |index: usize| index < self.count() && is_figure(self.blocks.text_of(index));
        let is_row = |index: &usize| {
            is_change(self.blocks.text_of(*index)) && (is_price(index.wrapping_sub(1)) || is_price(index + 1))
        };
        let mut rows = (0..self.count()).filter(is_row);
        let Some(start) = rows.next() else { return false };
        let (count, end) = rows.fold((1, start), |(count, _), index| (count + 1, index));
        let is_sentence = |index: usize| self.kept[index] && self.features.measures[index].ends_sentence;
        count >= ROWS_MIN_COUNT
            && count * ROW_MAX_BLOCKS >= end - start
            && self.is_within(start.saturating_sub(ROW_MAX_BLOCKS), end + ROW_MAX_BLOCKS)
            && !(self.first..=self.last).any(is_sentence)
    }

    /// What the page is if it is made of rows of equally many blocks: a board, a ranking, a list of teasers.
    fn rows(&self) -> Option<Reason> {
        let numbers: Vec<Option<Number>> = (0..self.count()).map(|index| number(self.blocks.text_of(index))).collect();
        let value = |index: usize| numbers[index].map(|number| number.value);
        // A board counts down: the newest post comes first.
        let is_next_post = |before: usize, index: usize| {
            value(before).is_some() && value(before) == value(index).and_then(|value| value.checked_add(1))
        };
        let is_post = |start: usize, end: usize| match numbers[start] {
            Some(number) if number.is_whole => {
                let mut rest = start + 1..end;
                rest.len() >= 2
                    && rest.any(|index| self.features.signs[index].time || is_figure(self.blocks.text_of(index)))
            }
            Some(_) => self.features.signs[start].time,
            None => false,
        };
        if self.is_regular(is_next_post, is_post) {
            return Some(Reason::Related);
        }
        let is_next_rank = |before: usize, index: usize| {
            value(index).is_some() && value(index) == value(before).and_then(|value| value.checked_add(1))
        };
        let is_rank = |start: usize, end: usize| {
            let rest = start + 1..end;
            match numbers[start] {
                Some(number) if number.is_whole => rest.len() == 1 && rest.clone().all(|index| self.is_headline(index)),
                _ => rest.is_empty() && self.is_headline(start),
            }
        };
        if self.is_ranked() && self.is_regular(is_next_rank, is_rank) {
            return Some(Reason::Ranking);
        }
        let is_cut = |index: usize| self.features.measures[index].ends_cut;
        let is_teaser =
            |start: usize, end: usize| (start + 1..end).any(|index| self.features.signs[index].time && !is_cut(index));
        let is_kept = |index: &usize| self.kept[*index];
        let mut body = (self.first..=self.last).filter(is_kept);
        let is_bare = body.all(|index| {
            let is_heading = matches!(self.blocks.items[index].kind, Kind::Heading(_));
            is_heading || is_cut(index) || self.is_headline(index)
        });
        (is_bare && self.is_regular(|before, index| is_cut(before) && is_cut(index), is_teaser))
            .then_some(Reason::Related)
    }

    /// Whether the heading of a ranking stands above what is kept.
    fn is_ranked(&self) -> bool {
        let from = self.first.saturating_sub(ROW_MAX_BLOCKS);
        (from..self.first).any(|index| self.features.signs[index].of(Reason::Ranking) == Signs::HEADING)
    }

    /// Whether rows of equally many blocks hold all that is kept: `is_next` compares the first blocks of two rows,
    /// `is_row` looks at a row.
    fn is_regular(&self, is_next: impl Fn(usize, usize) -> bool, is_row: impl Fn(usize, usize) -> bool) -> bool {
        let count = self.count();
        (1..=ROW_MAX_BLOCKS).any(|stride| {
            let from = self.first.saturating_sub(2 * ROW_MAX_BLOCKS);
            // A run for each first block below `stride`, so that every block is compared once.
            (from..(from + stride).min(count)).any(|phase| {
                let (mut start, mut rows) = (phase, 1);
                let mut is_list = false;
                let mut index = phase;
                while let Some(next) = index.checked_add(stride).filter(|next| *next < count) {
                    if is_next(index, next) && is_row(index, next) {
                        rows += 1;
                    } else {
                        (start, rows) = (next, 1);
                    }
                    index = next;
                    is_list |= rows >= ROWS_MIN_COUNT
                        && self.is_within(start.saturating_sub(ABOVE_MAX_BLOCKS), index + stride);
                }
                is_list
            })
        })
    }
}

/// Where the age begins that ends a text: `3 hours ago`, `vor 2 Stunden`, `Seal found in car park 3時間前`, `어제`.
fn age(text: &str) -> Option<usize> {
    if text.len() > LINE_MAX_BYTES {
        return None;
    }
    let vocab = Vocab::get();
    let ends = |at: usize, wanted: fn(Family) -> bool| vocab.is_phrase(text, at, wanted);
    if ends(0, |family| matches!(family, Family::Day(_))) {
        return Some(0);
    }
    // The number of the age is the last one.
    let digit = text.rfind(|c: char| c.is_ascii_digit())?;
    let number = text.get(..digit)?.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let unit = digit + 1 + text.get(digit + 1..)?.bytes().take_while(|byte| *byte == b' ').count();
    if ends(unit, |family| matches!(family, Family::Ago(unit) if is_recent(unit))) {
        return Some(number);
    }
    if !ends(unit, |family| matches!(family, Family::Unit(unit) if is_recent(unit))) {
        return None;
    }
    let lead = |at: &usize| {
        let hit = vocab.longest_at(text, *at, |family| family == Family::AgoLead);
        hit.is_some_and(|hit| text.get(hit.end as usize..number).is_some_and(|rest| rest.trim().is_empty()))
    };
    let starts = text.match_indices(' ').map(|(at, _)| at + 1).filter(|at| *at < number);
    std::iter::once(0).chain(starts).find(lead)
}

/// Whether the ages of news are counted in a unit. The releases of a program and the events of a chronicle are older.
fn is_recent(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day)
}

/// The number at the start of a text.
fn number(text: &str) -> Option<Number> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    if !(1..=NUMBER_MAX_DIGITS).contains(&digits) || text.len() > LINE_MAX_BYTES {
        return None;
    }
    Some(Number { value: text.get(..digits)?.parse().ok()?, is_whole: rest.is_empty() })
}

/// Whether a text is a counter, a day or a time in digits: `1,204`, `11-03`, `10:21`.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '/' | ':' | ' '))
}

/// Whether a text is a change in percent: `+0.84%`, `▼ 1.2%`.
fn is_change(text: &str) -> bool {
    let Some(amount) = text.strip_prefix(['+', '-', '−', '▲', '▼', '△', '▽']).and_then(|rest| rest.strip_suffix('%'))
    else {
        return false;
    };
    is_figure(amount.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{Facts, TokenTable};

    /// What a page of these lines is if the lines with a `*` are kept.
    fn list_of(lines: &[&str]) -> Option<Reason> {
        let text: String = lines.iter().map(|line| format!("{}\n\n", line.trim_start_matches('*'))).collect();
        let mut blocks = Blocks::default();
        crate::lines::blocks(&text, &mut blocks);
        assert_eq!(blocks.items.len(), lines.len(), "{lines:?}");
        let mut hits = Vec::new();
        Vocab::get().scan(&blocks.text, &mut hits);
        let mut features = Features::default();
        features.fill(&blocks, &hits, &Facts::default(), &TokenTable::default());
        let kept: Vec<bool> = lines.iter().map(|line| line.starts_with('*')).collect();
        list(&blocks, &features, &kept)
    }

    /// A row for each headline: `#` stands for the headline, and `%` for a number that grows.
    fn rows(row: &[&str], headlines: &[&str]) -> Vec<String> {
        let rows = headlines.iter().enumerate();
        rows.flat_map(|(n, headline)| {
            row.iter().map(move |line| line.replace('#', headline).replace('%', &(n + 2).to_string()))
        })
        .collect()
    }

    const EN: [&str; 5] = [
        "Council delays vote on bridge toll",
        "Seal pup found in car park",
        "Five walks for a windy day",
        "Ferry strike called off after talks",
        "School roof repairs overrun again",
    ];
    const KO: [&str; 5] = [
        "여야, 예산안 막판 협상 오늘 밤 고비",
        "반도체 수출 석 달 연속 증가",
        "서울 아침 영하 3도, 가장 추워",
        "도서관 야간 개방 두 시간 연장",
        "항만 노조, 파업 유보하기로 결정",
    ];

    #[test]
    fn lists_and_what_looks_like_them() {
        let related = Some(Reason::Related);
        let cut = "The decision came after a long evening of debate in the town hall, where some of them …";
        let brief = "*The ferry strike planned for Friday is off.";
        let posts = ["The small one is fine", "Anything heavy, used", "Check the bearings first", "Thanks to you all"];
        let cases: [(&str, &[&str], &[&str], &[&str], &[&str], Option<Reason>); 23] = [
            ("ages below", &["Latest"], &["*#", "% hours ago"], &EN, &["Load more"], related),
            ("ages above", &["최신기사"], &["%분 전", "*#"], &KO, &["더보기"], related),
            ("days by name", &[], &["*#", "Yesterday"], &EN, &[], related),
            ("ages in the line", &[], &["*# vor % Stunden"], &["Stadtrat vertagt die Maut am Kai"; 4], &[], related),
            ("with decks", &[], &["*#", "*Riders should check the map.", "% days ago"], &EN, &[], related),
            (
                "near miss: a brief above",
                &["Ferry strike", "2 hours ago", brief],
                &["#", "% hours ago"],
                &EN,
                &[],
                None,
            ),
            (
                "near miss: a caption above",
                &["1 hour ago", "*The choir on the quay"],
                &["#", "% hours ago"],
                &EN,
                &[],
                None,
            ),
            ("near miss: three", &[], &["*#", "% hours ago"], &EN[..3], &[], None),
            ("near miss: posts", &[], &["Oakman", "% hours ago", "*#"], &posts, &[], None),
            ("near miss: posts of people", &[], &["Nora Whitcombe", "*#", "% hours ago"], &posts, &[], None),
            ("near miss: a chat", &[], &["Maria 10:0%", "*#"], &EN, &[], None),
            ("near miss: a schedule", &["Programme"], &["1%:00", "*#"], &EN, &[], None),
            ("near miss: a chronicle", &[], &["Vor %00 Jahren", "*#"], &EN, &[], None),
            ("near miss: releases", &["Changelog"], &["% months ago", "*#"], &EN, &[], None),
            ("near miss: a poem", &["The Tide"], &["*#"], &EN, &[], None),
            ("teasers", &["News"], &["*#", &format!("*{cut}"), "0%:15"], &EN, &["Older posts"], related),
            ("near miss: a stub above", &[&format!("*{cut}"), "Related"], &["#", cut, "0%:15"], &EN, &[], None),
            ("a ranking", &["많이 본 뉴스"], &["%", "*#"], &KO, &[], Some(Reason::Ranking)),
            ("a ranking in lines", &["많이 본 뉴스"], &["*%위 #"], &KO, &[], Some(Reason::Ranking)),
            ("near miss: a list article", &["Our five favourites"], &["%", "*#"], &EN, &[], None),
            ("near miss: results", &[], &["*#", "*%"], &EN, &[], None),
            (
                "near miss: prose",
                &["2 hours ago", &format!("*{}", cut.replace('…', "said."))],
                &["#", "% hours ago"],
                &EN,
                &[],
                None,
            ),
            ("near miss: nothing kept", &[], &["#", "% hours ago"], &EN, &[], None),
        ];
        for (name, above, row, headlines, below, wanted) in cases {
            let rows = rows(row, headlines);
            let lines: Vec<&str> =
                above.iter().copied().chain(rows.iter().map(String::as_str)).chain(below.iter().copied()).collect();
            assert_eq!(list_of(&lines), wanted, "{name}: {lines:?}");
        }
    }

    #[test]
    fn boards_and_tickers() {
        let board = ["120", "*자전거 추천", "느린페달", "11-05", "30"];
        let row = |n: usize, up: bool| {
            let number = if up { 120 + n } else { 120 - n };
            board
                .iter()
                .map(move |line| line.replace("120", &number.to_string()).replace("-05", &format!("-0{}", 5 - n)))
        };
        let page = |up: bool, rows: usize| -> Vec<String> { (0..rows).flat_map(|n| row(n, up)).collect() };
        let of = |lines: &[String]| list_of(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(of(&page(false, 5)), Some(Reason::Related));
        assert_eq!(of(&page(false, 3)), None, "near miss: three rows");
        assert_eq!(of(&page(true, 5)), None, "near miss: counting up");
        let countdown =
            ["5", "*Black Oats", "4", "*Nine Tides", "3", "*Old Quarry", "2", "*Tar Barrel", "1", "*The Widow"];
        assert_eq!(list_of(&countdown), None, "near miss: a countdown");

        let prices = [
            "*Bitcoin",
            "*158,240",
            "*+0.84%",
            "Ether",
            "*5,912",
            "-1.22%",
            "*Ripple",
            "4,188",
            "▲ 2.05%",
            "Sol",
            "254",
            "-0.4%",
        ];
        assert_eq!(list_of(&prices), Some(Reason::Ticker));
        assert_eq!(list_of(&prices[..9]), None, "near miss: three rows");
        let wares: Vec<&str> = prices.iter().copied().filter(|line| !is_figure(line.trim_start_matches('*'))).collect();
        assert_eq!(list_of(&wares), None, "near miss: changes without prices");
        let told: Vec<&str> = ["*Prices rose again."].into_iter().chain(prices).collect();
        assert_eq!(list_of(&told), None, "near miss: a sentence above");
    }

    #[test]
    fn ages_at_the_end() {
        let cases = [
            ("2 hours ago", Some(0)),
            ("vor 3 Stunden", Some(0)),
            ("10분 전", Some(0)),
            ("3時間前", Some(0)),
            ("어제", Some(0)),
            ("Seal pup found 5 hours ago", Some(15)),
            ("near miss: in the line, 2 hours ago today", None),
            ("near miss: years, 2 years ago", None),
            ("near miss: retired after 3 hours", None),
            ("3 May 2024", None),
            ("10:21", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(age(text), wanted, "{text}");
        }
    }
}
