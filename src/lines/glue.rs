//! Splits lines that were joined without any sign of the lost line break: `… 칩이 타깃중국 우위 …`.
//!
//! In scripts with case a capital letter shows the border. Hangul has none, but the word that begins the next line
//! usually begins other words of the page too. That is weak evidence, so it is used only where lines are known to be
//! glued: right after a title.

use super::line::is_blank;
use super::sentence::is_hangul;

/// Number of words on the page that must begin like the second half of a glued word.
const MIN_WITNESSES: usize = 3;
/// Minimum number of syllables in either half.
const MIN_SYLLABLES: usize = 2;
/// Maximum number of bytes in a glued word (20 syllables): longer ones are no words, and every cut of a word costs a search.
const MAX_BYTES: usize = 60;
/// Minimum number of words in a line: if a single word comes before the border, it is half of a compound.
const MIN_LINE_WORDS: usize = 2;

/// The sorted words of a page, so that words with the same beginning are next to each other.
pub(super) struct SortedWords<'a>(Vec<&'a str>);

impl<'a> SortedWords<'a> {
    pub(super) fn of(text: &'a str) -> SortedWords<'a> {
        let mut words: Vec<&str> = text.split(is_blank).filter(|word| word.starts_with(is_hangul)).collect();
        words.sort_unstable();
        SortedWords(words)
    }

    fn starting_with(&self, start: &str) -> &[&'a str] {
        let from = self.0.partition_point(|word| *word < start);
        let rest = self.0.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|word| word.starts_with(start))).unwrap_or_default()
    }
}

/// Where lines of `text` end without a space after them: byte offsets in ascending order.
pub(super) fn borders(text: &str, words: &SortedWords<'_>, out: &mut Vec<usize>) {
    out.clear();
    // Words of the line so far, with the one at hand.
    let mut count = 0;
    let mut at = 0;
    for spaced in text.split_inclusive(is_blank) {
        let word = spaced.trim_end_matches(is_blank);
        count += usize::from(!word.is_empty());
        if count >= MIN_LINE_WORDS
            && let Some(border) = border(word, words)
        {
            out.push(at + border);
            count = 1;
        }
        at += spaced.len();
    }
}

/// Where `word` splits into the end of one line and the beginning of the next.
fn border(word: &str, words: &SortedWords<'_>) -> Option<usize> {
    if word.len() > MAX_BYTES || !word.chars().all(is_hangul) {
        return None;
    }
    word.char_indices().map(|(at, _)| at).skip(MIN_SYLLABLES).find(|&at| {
        let opening = head(word, at, MIN_SYLLABLES);
        // A compound occurs on the page with other endings too.
        let same = words.starting_with(word.get(..at + opening.len()).unwrap_or(word));
        opening.chars().count() == MIN_SYLLABLES
            // They are sorted, so the first and the last speak for all.
            && [same.first(), same.last()].into_iter().flatten().all(|other| *other == word)
            && words.starting_with(opening).len() >= MIN_WITNESSES
    })
}

/// The first `count` characters of `word`, starting at `at`.
fn head(word: &str, at: usize, count: usize) -> &str {
    let rest = word.get(at..).unwrap_or_default();
    let end = rest.char_indices().nth(count).map_or(rest.len(), |(end, _)| end);
    rest.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_a_border() {
        let page = "중국 중국은 중국에 미국 미국이 미국은 은행 은행이 은행은 한국은행이 엔진 엔진을 엔진은";
        let cases = [
            (
                "deck",
                "저성능 칩이 타깃중국 우위 점하려는 전략미국 정부가",
                "저성능 칩이 타깃|중국 우위 점하려는 전략|미국 정부가",
            ),
            ("near miss: a compound", "금리 올린 한국은행 총재", "금리 올린 한국은행 총재"),
            ("near miss: too short a head", "깊어진 대중국 적자", "깊어진 대중국 적자"),
            ("near miss: the first word", "로켓엔진 시험", "로켓엔진 시험"),
            ("near miss: no witness", "저성능 칩이 타깃브라질 우위", "저성능 칩이 타깃브라질 우위"),
        ];
        for (name, text, expected) in cases {
            let (mut found, mut cut, mut at) = (Vec::new(), String::new(), 0);
            let whole = format!("{text} {page}");
            borders(text, &SortedWords::of(&whole), &mut found);
            for border in found {
                cut.push_str(text.get(at..border).unwrap_or_default());
                cut.push('|');
                at = border;
            }
            cut.push_str(text.get(at..).unwrap_or_default());
            assert_eq!(cut, expected, "{name}");
        }
    }
}
