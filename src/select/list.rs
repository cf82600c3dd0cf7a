//! Pages that are lists: headlines with their ages, rows of a board, teasers, rankings, prices.
//!
//! A poem, a schedule or a chat is made of short lines as well, so short lines are not enough: each row must also have
//! what only lists have.

mod aged;
mod line;
mod rows;

use crate::block::{Blocks, Kind};
use crate::feature::Features;
use crate::types::Reason;
use line::{is_change, is_figure};

/// A list has at least this many rows, one after the other.
const ROWS_MIN_COUNT: usize = 4;

/// Maximum number of blocks in a row, such as number, headline, poster, date, views and votes.
const ROW_MAX_BLOCKS: usize = 8;

/// Minimum length of a headline in units. A narrower line may be the name of somebody who wrote a post.
const HEADLINE_MIN_UNITS: f32 = 4.0;

/// The same for a heading.
const HEADING_MIN_UNITS: f32 = 3.0;

/// A sentence of this many units is text, and not the deck of a headline.
const SENTENCE_MIN_UNITS: f32 = 14.0;

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{Facts, TokenTable};
    use crate::vocab::Vocab;

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
}
