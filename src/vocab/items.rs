//! The items of a page's furniture where they stand side by side: a menu that has lost its lines.

use super::family::Family;
use super::{Hit, Vocab};

/// Words of an item.
const LONGEST: usize = 2;

impl Vocab {
    /// Which of the words are such an item, alone or with the next; none begins where `may_begin` says so.
    pub(crate) fn items(&self, words: &[&str], may_begin: impl Fn(&str) -> bool) -> Vec<bool> {
        // Most items are known as whole lines only, so each word, and each pair, becomes one.
        let mut lines = String::with_capacity(words.iter().map(|word| (word.len() + 1) * 3).sum());
        let mut starts = Vec::with_capacity(words.len() * LONGEST);
        for at in (0..words.len()).filter(|&at| may_begin(words[at])) {
            for count in 1..=LONGEST.min(words.len() - at) {
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
