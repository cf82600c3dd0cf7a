//! Finds adjacent boilerplate items, as in a menu that has lost its line breaks.

use super::family::Family;
use super::{Hit, Vocab};

/// Maximum number of words in an item.
const MAX_WORDS: usize = 2;

impl Vocab {
    /// For each word, whether it is such an item, alone or with a neighbour.
    pub(crate) fn items(&self, words: &[&str]) -> Vec<bool> {
        // Most items are phrases that must be whole lines, so each word and each pair of words is made a line.
        let mut lines = String::with_capacity(words.iter().map(|word| (word.len() + 1) * 3).sum());
        let mut starts = Vec::with_capacity(words.len() * MAX_WORDS);
        for at in 0..words.len() {
            for count in 1..=MAX_WORDS.min(words.len() - at) {
                starts.push((lines.len(), at, count));
                for word in &words[at..at + count] {
                    lines.push_str(word);
                    lines.push(' ');
                }
                lines.push('\n');
            }
        }
        let mut hits = Vec::new();
        self.scan(&lines, &mut hits);
        let mut items = vec![false; words.len()];
        let is_item = |hit: &&Hit| hit.whole && (hit.family.reason().is_some() || hit.family == Family::Section);
        for hit in hits.iter().filter(is_item) {
            let after = starts.partition_point(|&(start, ..)| start <= hit.start as usize);
            if let Some(&(_, at, count)) = starts.get(after.wrapping_sub(1)) {
                items[at..at + count].fill(true);
            }
        }
        items
    }
}
