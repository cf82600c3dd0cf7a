//! Families told by their looks alone, in any language: tickers and keyword spam.

use crate::block::Blocks;
use crate::feature::Features;
use crate::types::Reason;
use std::collections::HashSet;

/// The blocks of a page by their looks.
pub(super) struct Shapes<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    figures: Vec<Figure>,
}

/// What a block may be to a ticker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Figure {
    /// A change, a rate, a temperature: a number with a sign, a percent sign, an arrow or a degree.
    Change,
    /// Digits and no letters.
    Number,
    /// So short that it may be the name of what is quoted.
    Name,
    None,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(blocks: &'a Blocks, features: &'a Features) -> Self {
        let figures = (0..blocks.items.len())
            .map(|index| {
                let m = &features.measures[index];
                if m.chars > FIGURE_CHARS || m.ends_sentence && m.letters > 0 {
                    Figure::None
                } else if m.digits > 0 && m.letters <= FIGURE_LETTERS && changes(blocks.text_of(index)) {
                    Figure::Change
                } else if m.digits > 0 && m.letters == 0 {
                    Figure::Number
                } else if m.units <= NAME_UNITS {
                    Figure::Name
                } else {
                    Figure::None
                }
            })
            .collect();
        Shapes { blocks, features, figures }
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

    /// Two changes close together make a ticker of themselves and of the names and numbers between them.
    fn is_quoted(&self, index: usize) -> bool {
        if self.figures[index] == Figure::None {
            return false;
        }
        let near = self.figures.get(index.saturating_sub(NEAR)..).unwrap_or_default();
        near.iter().take(2 * NEAR + 1).filter(|figure| **figure == Figure::Change).count() >= 2
    }

    /// Many words, the same ones again and again, and no sentence.
    fn is_spam(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        if m.words < SPAM_WORDS || m.sentences > 0 || m.commas > 1 || m.link_density() > 0.5 {
            return false;
        }
        let words: Vec<&str> = self.blocks.text_of(index).split_whitespace().collect();
        let distinct: HashSet<&str> = words.iter().copied().collect();
        words.len() >= SPAM_WORDS as usize && (distinct.len() as f32) < SPAM_DISTINCT * words.len() as f32
    }
}

/// Blocks to either side that make a ticker with a figure.
const NEAR: usize = 3;
/// Characters of a line of a ticker: name, price, change and rate.
const FIGURE_CHARS: u32 = 48;
/// Letters of its name and unit.
const FIGURE_LETTERS: u32 = 14;
/// Units of the name of a share, a coin, a town.
const NAME_UNITS: f32 = 4.5;
/// Below this a line of words is too short to repeat itself.
const SPAM_WORDS: u32 = 12;
/// Share of different words: menus have nearly all different ones.
const SPAM_DISTINCT: f32 = 0.75;

/// Whether a text states a change or a rate.
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
