//! Lists made of rows of equally many blocks: boards, rankings, teasers.

use super::line::{Number, is_figure, number};
use super::{Page, ROW_MAX_BLOCKS, ROWS_MIN_COUNT};
use crate::block::Kind;
use crate::feature::Signs;
use crate::types::Reason;

/// Maximum number of kept blocks above the first row: the headline of the first teaser.
const ABOVE_MAX_BLOCKS: usize = 1;

impl Page<'_> {
    /// What the page is if it is made of such rows.
    pub(super) fn rows(&self) -> Option<Reason> {
        let numbers: Vec<Option<Number>> = (0..self.count()).map(|index| number(self.blocks.text_of(index))).collect();
        if self.is_board(&numbers) {
            Some(Reason::Related)
        } else if self.is_ranking(&numbers) {
            Some(Reason::Ranking)
        } else {
            self.is_teasers().then_some(Reason::Related)
        }
    }

    /// Whether rows of number, headline and date count down: on a board, the newest post comes first.
    fn is_board(&self, numbers: &[Option<Number>]) -> bool {
        let is_row = |start: usize, end: usize| match numbers[start] {
            Some(number) if number.is_whole => {
                let mut rest = start + 1..end;
                rest.len() >= 2
                    && rest.any(|index| self.features.signs[index].time || is_figure(self.blocks.text_of(index)))
            }
            Some(_) => self.features.signs[start].time,
            None => false,
        };
        self.is_regular(|before, index| is_next(numbers[index], numbers[before]), is_row)
    }

    /// Whether headlines below the heading of a ranking count up.
    fn is_ranking(&self, numbers: &[Option<Number>]) -> bool {
        let from = self.first.saturating_sub(ROW_MAX_BLOCKS);
        let is_heading = |index: usize| self.features.signs[index].of(Reason::Ranking) == Signs::HEADING;
        let is_row = |start: usize, end: usize| match numbers[start] {
            Some(number) if number.is_whole => start + 2 == end && self.is_headline(start + 1),
            _ => start + 1 == end && self.is_headline(start),
        };
        (from..self.first).any(is_heading)
            && self.is_regular(|before, index| is_next(numbers[before], numbers[index]), is_row)
    }

    /// Whether lines that are cut off stand beside times, and all that is kept are such lines and headlines.
    fn is_teasers(&self) -> bool {
        let is_cut = |index: usize| self.features.measures[index].ends_cut;
        let is_row =
            |start: usize, end: usize| (start + 1..end).any(|index| self.features.signs[index].time && !is_cut(index));
        let is_heading = |index: usize| matches!(self.blocks.items[index].kind, Kind::Heading(_));
        let mut kept = (self.first..=self.last).filter(|index| self.kept[*index]);
        kept.all(|index| is_heading(index) || is_cut(index) || self.is_headline(index))
            && self.is_regular(|before, index| is_cut(before) && is_cut(index), is_row)
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

/// Whether two numbers follow each other.
fn is_next(first: Option<Number>, second: Option<Number>) -> bool {
    first.zip(second).is_some_and(|(first, second)| first.value.checked_add(1) == Some(second.value))
}
