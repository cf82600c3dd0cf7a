//! Headlines glued to other text, as on flattened pages: before a date, twice in a row, or as the head of the page's
//! title that is repeated further down.

use super::evidence::TitleSignal;
use super::gather::Gatherer;
use crate::block::Blocks;
use crate::meta::date::Shown;
use crate::meta::key::{hash, is_word, key, width};
use crate::meta::signal::Signals;
use std::ops::Range;

/// Lines before the body that are searched.
const BEFORE: usize = 12;
/// Narrowest headline that is cut out of a line, in columns.
const NARROWEST: usize = 16;
/// Longest such headline, in bytes.
const LONGEST: usize = 600;
/// Most words of a line that are compared.
const MAX_WORDS: usize = 60;
/// Most words of a line searched for a headline that is twice in a row, and most words of such a headline.
const MAX_DOUBLED: usize = 400;
const LONGEST_DOUBLED: usize = 30;
/// Fewest words whose repetition is not a coincidence.
const FEWEST: usize = 3;
/// Most blocks searched for a repetition of the page's title.
const MAX_BLOCKS: usize = 150;

impl Gatherer<'_> {
    /// Adds headlines from inside the lines around the body's start.
    pub(super) fn inside(&mut self, blocks: &Blocks, shown: &[Shown]) {
        let start = self.layout.body.start;
        let lines = start.saturating_sub(BEFORE)..(start + 3).min(blocks.items.len());
        let mut words = Vec::with_capacity(MAX_WORDS);
        for index in lines.clone() {
            let text = blocks.text_of(index);
            // On a page in one line, a menu of hundreds of words may come before the headline.
            read_words(text, &mut words, MAX_DOUBLED);
            self.doubled(text, &words, index);
            // A line in lower case below a headline looks like the rest of it: `by whova`, with a nickname.
            if let Some(end) = blocks.breaks_of(index).next().filter(|_| text.len() <= LONGEST) {
                self.head(text, index, end, TitleSignal::FirstLine);
            }
        }
        for date in shown.iter().filter(|date| lines.contains(&(date.block as usize))) {
            let index = date.block as usize;
            let text = blocks.text_of(index);
            self.mark(text, TitleSignal::HoldsDate);
            let at = date.found.span.range();
            self.head(text, index, at.start, TitleSignal::BeforeAnyDate);
            self.behind_trail(blocks, index, at);
        }
        self.again(blocks);
        self.mark_unfit();
    }

    /// Adds the text of a line up to `to`.
    fn head(&mut self, text: &str, index: usize, to: usize, signal: TitleSignal) {
        // This bound also keeps a line of a million dates from being read a million times.
        if to > LONGEST {
            return;
        }
        let head =
            text.get(..to).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric() && !is_closing(c));
        if width(head) >= NARROWEST {
            self.cut_out(head, index, &[signal]);
        }
    }

    /// Adds the last step of a trail before a date, as on pages that are one line: `Home>Columns>Ferry sinks2021.09.30`. Most
    /// such pages show the headline once more behind it. With the date it is no headline.
    fn behind_trail(&mut self, blocks: &Blocks, index: usize, date: Range<usize>) {
        if date.start > LONGEST {
            return;
        }
        let text = blocks.text_of(index);
        let head = text.get(..date.start).unwrap_or_default();
        let Some(step) = last_step(head).filter(|step| width(step) >= NARROWEST) else { return };
        let from = blocks.items[index].text.range().start + date.end;
        let is_again = blocks.text.get(from..).is_some_and(|rest| crate::plain::cut(rest, LONGEST).contains(step));
        let again = if is_again { TitleSignal::AgainEnds } else { TitleSignal::BeforeAnyDate };
        self.cut_out(step, index, &[TitleSignal::BeforeAnyDate, again]);
        let start = head.rfind(step).unwrap_or_default();
        let dated = text.get(start..date.end).map(key).unwrap_or_default();
        let before = head.get(..start).unwrap_or_default();
        for candidate in &mut self.titles.candidates {
            candidate.unfit |= !dated.is_empty() && candidate.key.ends_with(&dated);
            // If the headline stands on both sides of its date, no step before it is another one.
            candidate.unfit |= is_again && candidate.has(TitleSignal::CutBlock) && before.contains(&candidate.text);
        }
    }

    pub(super) fn cut_out(&mut self, text: &str, index: usize, signals: &[TitleSignal]) {
        let signals = Signals::of(signals.iter().copied()).with(TitleSignal::CutBlock);
        if let Some(at) = self.put(text, signals, 0) {
            self.titles.candidates[at].block.get_or_insert(index);
        }
    }

    /// Adds a headline that is twice in a row: `Tax 101: the basics Tax 101: the basics A guide to …`.
    fn doubled(&mut self, text: &str, words: &[Word], index: usize) {
        if let Some(headline) = twice_in_a_row(words).and_then(|found| text.get(found)) {
            self.cut_out(headline, index, &[TitleSignal::Doubled]);
        }
    }

    /// Adds the longest head of the first line that is repeated further down.
    fn again(&mut self, blocks: &Blocks) {
        if blocks.items.is_empty() {
            return;
        }
        let at = self.layout.opening;
        let line = blocks.text_of(at);
        let (mut title, mut own) = (Vec::new(), Vec::new());
        read_words(line, &mut title, MAX_WORDS);
        let Some((opening, range)) = title.first() else { return };
        let (opening, letter) = (*opening, line.get(range.clone()).and_then(first_letter));
        let (mut best, mut found) = (FEWEST - 1, None);
        for index in at..(self.layout.body.start + 3).min(blocks.items.len()).min(MAX_BLOCKS) {
            let text = blocks.text_of(index);
            let mut pieces = text.split(' ').filter(|piece| first_letter(piece).is_some()).take(MAX_WORDS);
            if !pieces.any(|piece| first_letter(piece) == letter && hash(piece) == opening) {
                continue;
            }
            read_words(text, &mut own, MAX_WORDS);
            let skip = usize::from(index == at);
            for from in (skip..own.len()).filter(|&from| own[from].0 == opening) {
                let same = own[from..].iter().zip(&title).take_while(|(a, b)| a.0 == b.0).count();
                if same > best {
                    (best, found) = (same, Some((index, own[from].1.start..own[from + same - 1].1.end)));
                }
            }
        }
        if let Some((index, range)) = found {
            let text = blocks.text_of(index);
            let ends = text.get(range.end..).is_none_or(|rest| !rest.contains(char::is_alphanumeric));
            let headline = text.get(range).unwrap_or_default();
            self.cut_out(headline, index, &[TitleSignal::Again]);
            if ends {
                self.cut_out(headline, index, &[TitleSignal::AgainEnds]);
            }
        }
    }
}

/// The last step of a trail of two or more: `Ferry sinks` of `Home > Columns > Ferry sinks`.
fn last_step(head: &str) -> Option<&str> {
    [">", "›", "»", " / "].into_iter().find_map(|rule| {
        let (trail, step) = head.rsplit_once(rule)?;
        trail.contains(rule).then(|| step.trim())
    })
}

/// The byte range of the longest run of words that is repeated immediately.
fn twice_in_a_row(words: &[Word]) -> Option<Range<usize>> {
    let (mut best, mut found) = (FEWEST - 1, None);
    for from in 0..words.len() {
        // All `shift` words are repeated at a distance of `shift`.
        for shift in best + 1..=((words.len() - from) / 2).min(LONGEST_DOUBLED) {
            let same = |at: usize| words[at].0 == words[at + shift].0;
            if same(from) && (from..from + shift).all(same) {
                (best, found) = (shift, Some(words[from].1.start..words[from + shift - 1].1.end));
            }
        }
    }
    found
}

/// The hash of a word, and its byte range.
type Word = (u64, Range<usize>);

/// Reads the first words of a text, at most `most`.
fn read_words(text: &str, words: &mut Vec<Word>, most: usize) {
    words.clear();
    let mut at = 0;
    for piece in text.split(' ') {
        let own = hash(piece);
        if own != 0 {
            words.push((own, at..at + piece.len()));
        }
        at += piece.len() + 1;
        if words.len() >= most {
            break;
        }
    }
}

/// The first letter or digit of a word, folded as for its hash.
fn first_letter(word: &str) -> Option<char> {
    word.chars().find(|&c| is_word(c)).map(|c| c.to_lowercase().next().unwrap_or(c))
}

fn is_closing(c: char) -> bool {
    matches!(c, '?' | '!' | ')' | '"' | '”' | '’' | '»' | '\'' | '…' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_steps() {
        let cases = [
            ("Home > Columns > Ferry sinks", Some("Ferry sinks")),
            ("ホーム>コラム>「灯台」をつくる理由", Some("「灯台」をつくる理由")),
            ("首頁 / 地方 / 末班渡輪停駛一年 ", Some("末班渡輪停駛一年")),
            ("near miss: one step > Ferry sinks", None),
            ("24/7/365", None),
        ];
        for (head, expected) in cases {
            assert_eq!(last_step(head), expected, "{head}");
        }
    }

    #[test]
    fn headlines_that_follow_themselves() {
        let menu: String = (0..MAX_WORDS + 20).map(|item| format!("Item{item} ")).collect();
        let behind_menu = menu + "Setting up a desk Setting up a desk Share";
        let cases = [
            ("Tax 101: the basics Tax 101: the basics A guide", Some("Tax 101: the basics")),
            ("Deals Planet Setting up a desk Setting up a desk Share", Some("Setting up a desk")),
            (&behind_menu, Some("Setting up a desk")),
            ("near miss: The basics The basics of tax", None),
            ("near miss: Tax 101: the basics, and then Tax 101: the basics", None),
        ];
        let mut words = Vec::new();
        for (text, expected) in cases {
            read_words(text, &mut words, MAX_DOUBLED);
            assert_eq!(twice_in_a_row(&words).and_then(|found| text.get(found)), expected, "{text}");
        }
    }
}
