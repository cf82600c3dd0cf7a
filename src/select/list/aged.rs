//! Lists of headlines with their ages: `Seal found in car park`, `3 hours ago`, …

use super::line::age;
use super::{HEADLINE_MIN_UNITS, Page, ROWS_MIN_COUNT};
use std::ops::Range;

/// Maximum number of blocks of a row beside its age: a headline and its deck.
const AGED_ROW_MAX_BLOCKS: usize = 2;

/// Minimum length of a headline and its age in one line. A name and an age are shorter.
const AGED_HEADLINE_MIN_UNITS: f32 = 6.0;

impl Page<'_> {
    /// Whether the page is a list of headlines with their ages: `Seal found in car park`, `3 hours ago`, …
    pub(super) fn is_aged(&self) -> bool {
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

    /// Whether blocks may be a headline, or a headline and its deck.
    fn is_entry(&self, entry: Range<usize>) -> bool {
        let is_deck = |index: usize| self.features.measures[index].units >= HEADLINE_MIN_UNITS;
        (1..=AGED_ROW_MAX_BLOCKS).contains(&entry.len())
            && entry.end <= self.count()
            && self.is_headline(entry.start)
            && entry.skip(1).all(is_deck)
    }
}
