//! Which blocks are searched for names, and as what: flattened text, a byline, a paragraph with a byline in it.

use super::gather::Gatherer;
use super::paragraph::is_inset;
use super::passage::{Near, Passage};
use super::spot::Place;
use super::unlabelled::is_by_guest;
use crate::block::Kind;
use crate::meta::date::Shown;
use crate::meta::layout::{Layout, Line};
use crate::meta::name::{Trust, names};
use crate::meta::propose::View;
use crate::span::Span;
use crate::vocab::{Family, Hit, Vocab};
use std::ops::Range;

/// Most blocks that count as showing the headline.
const MAX_TITLES: usize = 8;
/// Blocks at the start of the body that may be a deck with the byline after it.
const EARLY: usize = 6;
/// Blocks at the start of the body in which a presenter may announce the reporter: `김하나 기자가 보도합니다`.
const ANNOUNCED: usize = 12;
/// Blocks on either side of the body's end in which a reporter may sign off.
const BEHIND: usize = 6;
/// Most line ends and dates of a block of flattened text beside which a name is searched for.
const MAX_BREAKS: usize = 2;
const MAX_DATES: usize = 4;
/// Longest block that is read as one byline, in bytes.
const MAX_BYLINE: usize = 260;

impl Gatherer<'_> {
    /// Adds all names in the blocks.
    pub(super) fn blocks(&mut self, view: &View<'_>, title: Option<usize>, is_cut: bool) {
        let View { blocks, layout, dated: dates, .. } = *view;
        let titles = titles(layout, title);
        let by_guest = is_by_guest(view, title);
        let mut hits = view.hits;
        // If a page contains its body twice, the reporter signs off after each copy.
        let mut end = layout.body.end;
        let last = end.checked_sub(1).and_then(|last| layout.lines.get(last)).map_or(0, |line| line.hash);
        for (index, block) in blocks.items.iter().enumerate() {
            let own = take_hits(&mut hits, block.text);
            let line = layout.lines[index];
            if last != 0 && line.hash == last {
                end = index + 1;
            }
            if line.hidden || block.kind == Kind::Caption {
                continue;
            }
            let passage = Passage {
                blocks,
                layout,
                index,
                text: blocks.text_of(index),
                start: block.text.start,
                line,
                hits: own,
                near: Near::of(index, &titles, layout, dates),
                dated: dates.binary_search(&index).is_ok(),
                is_title: title == Some(index),
            };
            // The heading of a section (`## Usage`) is no name.
            let is_section = matches!(block.kind, Kind::Heading(level) if level > 1) && !passage.is_title;
            if !layout.marked_up && !line.wide && !is_section {
                self.flattened(&passage, view.shown, is_cut);
            }
            let is_announced = (layout.body.start..layout.body.start + ANNOUNCED).contains(&index);
            let is_ending = index.abs_diff(layout.body.end) < BEHIND || (end..end + BEHIND).contains(&index);
            self.unlabelled(&passage, by_guest, is_announced || is_ending);
            self.nickname(&passage, view.shown);
            if !passage.is_title && block.kind != Kind::Heading(1) {
                self.byline(&passage);
            }
        }
    }

    /// Adds the names in a block of a page that has lost its markup. `is_cut` says that the block of the headline holds
    /// more than the headline.
    fn flattened(&mut self, passage: &Passage<'_>, dates: &[Shown], is_cut: bool) {
        let Passage { blocks, layout, index, text, hits, near, .. } = *passage;
        let early = (layout.body.start..layout.body.start + EARLY).contains(&index);
        if !(near.any() || early || passage.says(|family| family == Family::BylineLead)) {
            return;
        }
        let mut breaks = [0; MAX_BREAKS];
        let breaks = fill(&mut breaks, blocks.breaks_of(index));
        if passage.is_title && !is_cut && breaks.is_empty() && !passage.is_led() {
            return;
        }
        let first = dates.partition_point(|date| (date.block as usize) < index);
        let here = dates.iter().skip(first).take_while(|date| date.block as usize == index);
        let mut spans = [const { 0..0 }; MAX_DATES];
        let dates: &[Range<usize>] = fill(&mut spans, here.map(|date| date.found.span.range()));
        self.spots(&Place { text, index, start: passage.start as usize, hits, dates, breaks, near: near.any(), early });
    }

    /// Adds the names in a block that may have a byline, by its words, its markup or its place.
    fn byline(&mut self, passage: &Passage<'_>) {
        let bare = passage.may_be_bare();
        let is_telling = || passage.says(is_telling) || passage.is_mailed() || passage.is_signed();
        if !(bare || passage.is_hinted() || is_telling()) {
            return;
        }
        let is_byline = !passage.is_roomy() || passage.is_hinted() || passage.is_led();
        if passage.text.len() > MAX_BYLINE || !is_byline && is_inset(passage.text) {
            self.paragraph(passage.text, passage.index, passage.start as usize, passage.hits);
        } else if let Some(lines) = in_lines(passage) {
            self.line(&Passage { text: &lines, ..*passage }, bare);
        } else {
            self.line(passage, bare);
        }
    }
}

/// The text of a marked-up block up to the `<br>` that ends its first name, if it has one: what follows is a job, an outlet
/// or a rank (`By Jane Miller<br>Courier staff writer`), unless it has a lead of its own (`Photos by Bo Ray`). Line breaks
/// stand for the others, so byte positions stay as they are.
fn in_lines(passage: &Passage<'_>) -> Option<String> {
    if !passage.layout.marked_up {
        return None;
    }
    let mut breaks = passage.blocks.breaks_of(passage.index).peekable();
    breaks.peek()?;
    let mut lines = String::with_capacity(passage.text.len());
    let mut found = false;
    for end in breaks.chain([passage.text.len()]) {
        let line = passage.text.get(lines.len()..end)?;
        if found && Vocab::get().lead_at(line, 0).is_none() {
            break;
        }
        lines.push_str(line);
        found = found || !names(&lines, Trust::Seen).is_empty();
        if end < passage.text.len() {
            passage.text.get(end..)?.strip_prefix(' ')?;
            lines.push('\n');
        }
    }
    Some(lines)
}

/// Every block that shows the headline: the first is often the page's title or a breadcrumb.
fn titles(layout: &Layout, title: Option<usize>) -> Vec<usize> {
    let headline = title.map_or(0, |index| layout.lines[index].hash);
    let is_same = |(index, line): (usize, &Line)| {
        (title == Some(index) || headline != 0 && line.hash == headline).then_some(index)
    };
    layout.lines.iter().enumerate().filter_map(is_same).take(MAX_TITLES).collect()
}

/// Takes the hits in a block from the hits left, given that blocks and hits come in order.
fn take_hits<'h>(left: &mut &'h [Hit], block: Span) -> &'h [Hit] {
    let before = left.iter().take_while(|hit| hit.start < block.start).count();
    let from = left.get(before..).unwrap_or_default();
    let (own, rest) = from.split_at(from.iter().take_while(|hit| hit.start < block.end).count());
    *left = rest;
    own
}

/// Copies as many values as the buffer holds, and returns the part that was filled.
fn fill<T>(buffer: &mut [T], values: impl Iterator<Item = T>) -> &[T] {
    let mut count = 0;
    for (slot, value) in buffer.iter_mut().zip(values) {
        *slot = value;
        count += 1;
    }
    &buffer[..count]
}

fn is_telling(family: Family) -> bool {
    matches!(
        family,
        Family::BylineLead
            | Family::Author
            | Family::Photographer
            | Family::Editor
            | Family::Translator
            | Family::Poster
    )
}
