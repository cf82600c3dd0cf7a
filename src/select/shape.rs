//! Families recognised by their form alone, in any language: tickers and keyword spam.

use crate::block::Blocks;
use crate::feature::Features;
use crate::types::Reason;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// The figures of a ticker are at most this many blocks apart.
const TICKER_REACH_BLOCKS: usize = 3;

/// The greatest length in characters of a line of a ticker: name, price, change and rate.
const FIGURE_MAX_CHARS: u32 = 48;

/// The greatest number of letters in the name and unit of a figure.
const FIGURE_MAX_LETTERS: u32 = 14;

/// The greatest length in units of the name of a share, a coin or a town.
const NAME_MAX_UNITS: f32 = 4.5;

/// The least number of words in a line that may be keyword spam.
const KEYWORDS_MIN_COUNT: u32 = 5;

/// A word that occurs this often in such lines is meant for search engines.
const SPAM_WORD_MIN_COUNT: u32 = 3;

/// A line of fewer words is too short to repeat itself.
const SPAM_LINE_MIN_WORDS: usize = 12;

/// A long line with a smaller share of distinct words is spam: in menus nearly all words are distinct.
const SPAM_MAX_DISTINCT_SHARE: f32 = 0.75;

/// Initial capacity for words; most pages have fewer in such lines.
const USUAL_WORD_COUNT: usize = 1024;

/// The form of a page's blocks.
pub(super) struct Shapes<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    figures: Vec<Figure>,
    /// How often each word occurs in lines of words without a sentence; counted when first needed.
    words: OnceCell<HashMap<&'a str, u32>>,
}

/// The part that a block may have in a ticker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Figure {
    /// A change, a rate, a temperature: a number with a sign, a percent sign, an arrow or a degree.
    Change,
    /// Digits and no letters.
    Number,
    /// Short enough to be the name of what is quoted.
    Name,
    None,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(blocks: &'a Blocks, features: &'a Features) -> Self {
        let figures = (0..blocks.items.len())
            .map(|index| {
                let m = &features.measures[index];
                if m.chars > FIGURE_MAX_CHARS || m.ends_sentence && m.letters > 0 {
                    Figure::None
                } else if m.digits > 0 && m.letters <= FIGURE_MAX_LETTERS && changes(blocks.text_of(index)) {
                    Figure::Change
                } else if m.digits > 0 && m.letters == 0 {
                    Figure::Number
                } else if m.units <= NAME_MAX_UNITS {
                    Figure::Name
                } else {
                    Figure::None
                }
            })
            .collect();
        Shapes { blocks, features, figures, words: OnceCell::new() }
    }

    fn words(&self) -> &HashMap<&'a str, u32> {
        self.words.get_or_init(|| {
            let loose = || (0..self.blocks.items.len()).filter(|&index| self.is_loose(index));
            let all = loose().map(|index| self.features.measures[index].words as usize).sum::<usize>();
            let mut counts = HashMap::with_capacity(all.min(USUAL_WORD_COUNT));
            for word in loose().flat_map(|index| words(self.blocks.text_of(index))) {
                *counts.entry(word).or_default() += 1;
            }
            counts
        })
    }

    /// Whether a block is a line of several words, mostly outside links, without a sentence.
    fn is_loose(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        m.words >= KEYWORDS_MIN_COUNT && m.sentences == 0 && m.commas <= 1 && m.link_density() <= 0.5
    }

    /// The family a block looks like, if any.
    pub(super) fn of(&self, index: usize) -> Option<Reason> {
        if self.is_quoted(index) {
            Some(Reason::Ticker)
        } else if self.is_spam(index) {
            Some(Reason::Spam)
        } else {
            None
        }
    }

    /// Whether a block is part of a ticker. Two changes close together make one of themselves and of the names and
    /// numbers near them. Two changes in one line are a ticker as well, and so is a lone temperature.
    fn is_quoted(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        let text = self.blocks.text_of(index);
        if m.sentences == 0 && m.digits > 0 {
            let few_letters = m.letters <= m.digits + m.marks + FIGURE_MAX_LETTERS;
            let is_weather = m.units <= NAME_MAX_UNITS && text.contains(['℃', '℉', '°']);
            if is_weather || few_letters && text.split_whitespace().filter(|word| changes(word)).count() >= 2 {
                return true;
            }
        }
        if self.figures[index] == Figure::None {
            return false;
        }
        let near = self.figures.get(index.saturating_sub(TICKER_REACH_BLOCKS)..).unwrap_or_default();
        near.iter().take(2 * TICKER_REACH_BLOCKS + 1).filter(|figure| **figure == Figure::Change).count() >= 2
    }

    /// Whether a block is keyword spam: words without a sentence, repeated in this line or in others like it.
    fn is_spam(&self, index: usize) -> bool {
        if !self.is_loose(index) {
            return false;
        }
        let text = self.blocks.text_of(index);
        let (mut count, mut again) = (0, 0);
        for word in words(text) {
            count += 1;
            again += usize::from(self.words().get(word).is_some_and(|&times| times >= SPAM_WORD_MIN_COUNT));
        }
        let distinct = || words(text).collect::<HashSet<_>>().len() as f32;
        again * 2 > count || count >= SPAM_LINE_MIN_WORDS && distinct() < SPAM_MAX_DISTINCT_SHARE * count as f32
    }
}

/// The words of a line that have a letter, without the `#` of a tag.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('#'))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// Whether a text states a change, a rate or a temperature.
fn changes(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit_follows = chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            '%' | '％' | '℃' | '℉' | '°' if before.is_ascii_digit() => return true,
            '▲' | '▼' | '△' | '▽' | '↑' | '↓' if digit_follows => return true,
            '+' | '-' | '−' | '±' if digit_follows && (before.is_whitespace() || before == '(') => return true,
            _ => before = c,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn changes_of_figures() {
        let cases = [
            ("rate", "-2.09%", true),
            ("arrow", "2,494.28 ▼20.67", true),
            ("signed", "USD 75,43 +0,28", true),
            ("temperature", "서울 19.4℃", true),
            ("near miss: a date", "2024-01-02", false),
            ("near miss: a range", "pp. 12-14", false),
            ("near miss: an arrow before words", "▲ 배를 타는 주민", false),
            ("near miss: a lone sign", "100 %", false),
        ];
        for (name, text, wanted) in cases {
            assert_eq!(changes(text), wanted, "{name}: {text:?}");
        }
    }
}
