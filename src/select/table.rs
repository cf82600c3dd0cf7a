//! The tables of an article, for callers who want them whole.

use super::Decision;
use crate::block::{Block, Blocks, Kind};
use crate::types::Reason;
use std::ops::Range;

/// Keeps the struck cells of the tables that begin inside the article or right behind it; a `body` is the range of its blocks.
///
/// A table of figures says little to the score: no sentences, few words, much like a ticker or a menu.
pub(super) fn keep(blocks: &Blocks, body: Range<usize>, decisions: &mut [Decision]) {
    for table in tables(blocks) {
        if !(body.start..body.end + BEHIND).contains(&table.start) {
            continue;
        }
        for decision in decisions.get_mut(table).unwrap_or_default() {
            if matches!(decision, Decision::Struck(reason) if is_open(*reason)) {
                *decision = Decision::Body;
            }
        }
    }
}

/// Blocks behind the article in which a table of its own can begin.
const BEHIND: usize = 2;

/// Whether a family is only what a cell of figures or names looks like, and not what its words say.
fn is_open(reason: Reason) -> bool {
    matches!(reason, Reason::Other | Reason::Navigation | Reason::Related | Reason::Ticker)
}

/// Runs of cells with two rows, and two cells in one of them: others only lay out the page.
fn tables(blocks: &Blocks) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_cell = |index: usize| blocks.items.get(index).is_some_and(|block| block.kind == Kind::Cell);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..blocks.items.len()).find(|&index| is_cell(index))?;
        let end = (start..blocks.items.len()).find(|&index| !is_cell(index)).unwrap_or(blocks.items.len());
        at = end;
        Some(start..end)
    })
    .filter(|table| {
        let inner = blocks.items.get(table.start + 1..table.end).unwrap_or_default();
        let rows = inner.iter().filter(|block| block.has(Block::ROW_START)).count();
        rows > 0 && rows < inner.len()
    })
}
