//! Signals from the places of the candidates, once the body is known.

use super::evidence::{RIVALS, TitleSignal};
use super::{Candidate, Titles};
use crate::block::{Blocks, Kind};
use crate::meta::hint::Hint;
use crate::meta::key::{hash, width};
use crate::meta::layout::{Layout, Line};
use crate::meta::propose::DATE_LINE;
use crate::meta::signal::Signals;
use std::ops::Range;

/// Blocks before the body that are next to it, and near it.
const NEXT: usize = 3;
const NEAR: usize = 12;
/// First blocks of the body, where a headline stands that was taken for its beginning.
const START: usize = 2;
/// Most blocks before the body that are searched for the last heading.
const MAX_SEARCHED: usize = 60;
/// Blocks before a flattened body, of which the headline is mostly the widest; and the width, in columns, from which one is
/// as good as another.
const BEFORE: usize = 10;
const WIDE: u32 = 160;
/// A narrower line of a flattened page is more often a name or an entry of a menu, in columns.
const SHORT: u32 = 24;
/// Blocks after a headline in which its date stands.
const DATED: usize = 4;

/// Most labelled dates that may stand below the headline, and the narrowest line right above one that is a headline, in
/// columns.
const MAX_DATES: usize = 4;
const SHORT_HEADLINE: usize = 24;

/// What proves a line to be the headline, the surest first; see [`Titles::frames`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Proof {
    Subject,
    Shared,
    AboveDate,
}

impl Titles {
    /// Sets the signals that depend on where the body is. `marks` are the blocks with a date.
    pub(crate) fn place(&mut self, blocks: &Blocks, layout: &Layout, body: &Range<usize>, marks: &[usize]) {
        use TitleSignal as S;
        let placed = Signals::of([
            S::BodyNext,
            S::BodyNear,
            S::BodyFar,
            S::BodyStart,
            S::BodyInside,
            S::BodyAfter,
            S::LastBefore,
            S::MetaNear,
            S::NoBlock,
            S::FlatNext,
            S::FlatNear,
            S::FlatStart,
            S::FlatMeta,
            S::FlatBeforeLong,
            S::FrameBeside,
        ]);
        let is_heading =
            |&at: &usize| matches!(blocks.items[at].kind, Kind::Heading(1 | 2)) && !layout.lines[at].hidden;
        let last_heading = (0..body.start.min(blocks.items.len())).rev().take(MAX_SEARCHED).find(is_heading);
        let before = body.start.saturating_sub(BEFORE)..body.start.min(layout.lines.len());
        let widest_before = before.max_by_key(|&at| layout.lines[at].width.min(WIDE));
        for candidate in &mut self.candidates {
            candidate.signals = candidate.signals.without(placed);
            let Some(index) = candidate.block else {
                candidate.set(S::NoBlock);
                continue;
            };
            let Some(line) = layout.lines.get(index) else { continue };
            let is_whole = || hash(&candidate.text) == line.hash;
            let is_date_line = line.width < DATE_LINE && marks.contains(&index) && is_whole();
            // The next date is in the next few lines.
            let next = marks.get(marks.partition_point(|&mark| mark <= index));
            let is_dated = next.is_some_and(|&mark| mark - index <= DATED);
            for (signal, holds) in [
                (distance(index, body), true),
                (S::InHeader, line.header),
                (S::InAside, line.hint.has(Hint::ASIDE) || line.hint.has(Hint::COMMENT)),
                (S::RepeatedTwice, line.repeats == 2),
                (S::RepeatedOften, line.repeats > 2),
                (S::FirstBlock, index == 0),
                (S::IsDateLine, is_date_line),
                (S::LastBefore, last_heading == Some(index)),
                (S::MetaNear, is_dated),
            ] {
                candidate.set_if(signal, holds);
            }
            if !layout.marked_up {
                candidate.repeat_flat(line);
                candidate.set_if(S::FlatFirst, index == layout.opening);
                candidate.set_if(S::FlatBeforeLong, widest_before == Some(index));
                candidate.set_if(S::FlatHeading, matches!(blocks.items[index].kind, Kind::Heading(_)));
            }
        }
        let shown = self.candidates.iter().filter(|candidate| candidate.is_shown_headline());
        if let Some(widest) = shown.map(|candidate| width(&candidate.text)).max() {
            for frame in self.candidates.iter_mut().filter(|c| c.has(S::Frame) || c.has(S::IsSite)) {
                frame.set_if(S::FrameBeside, width(&frame.text) < widest);
            }
        }
        self.frames();
        self.rivals();
    }

    /// Marks the site's and the board's name where the page shows a headline beside them, which is proved in one of three
    /// ways: it is the value of a board's field for it; the page declares it for sharing, and its title says something
    /// else; it stands right above a labelled date, and the page's title is the site's name.
    fn frames(&mut self) {
        use TitleSignal as S;
        let dated = |c: &Candidate| if c.has(S::HoldsLabel) { c.block } else { None };
        let mut dates = [usize::MAX; MAX_DATES];
        dates.iter_mut().zip(self.candidates.iter().filter_map(dated)).for_each(|(to, date)| *to = date);
        let proof = |c: &Candidate| {
            let is_other = [S::IsFurniture, S::IsSite, S::Frame, S::IsDateLine, S::Linked, S::IsCaption, S::Hidden];
            let at = c.block.filter(|_| !is_other.into_iter().any(|signal| c.has(signal)))?;
            let is_shared = c.has(S::GraphRaw) && c.has(S::NotInTag) && c.is_shown_headline();
            let is_above_date = || width(&c.text) >= SHORT_HEADLINE && dates.iter().any(|&date| date == at + 1);
            if c.subject && c.has(S::MetaNear) {
                Some(Proof::Subject)
            } else if is_shared {
                Some(Proof::Shared)
            } else {
                is_above_date().then_some(Proof::AboveDate)
            }
        };
        let best = self.candidates.iter().enumerate().filter_map(|(at, c)| Some((proof(c)?, at)));
        let Some((proof, shown)) = best.min_by_key(|&(proof, at)| (proof, at)) else {
            self.candidates.iter_mut().for_each(|candidate| candidate.frame = false);
            return;
        };
        let headline = &mut self.candidates[shown];
        let (key, block, columns) = (std::mem::take(&mut headline.key), headline.block, width(&headline.text));
        // On a page whose title is the site's name, nothing above the headline is one.
        let is_site_title = self.candidates.iter().any(|c| c.has(S::IsSite) && c.has(S::TagRaw));
        for (at, candidate) in self.candidates.iter_mut().enumerate() {
            let is_apart = at != shown && !candidate.key.contains(&key) && !key.contains(&candidate.key);
            let is_above = candidate.block.is_none() || candidate.block < block;
            let is_narrower = || width(&candidate.text) < columns;
            let is_meant = match proof {
                Proof::Subject => is_narrower(),
                Proof::Shared => candidate.has(S::NotInGraph) && is_narrower(),
                Proof::AboveDate => is_site_title && !candidate.heading,
            };
            candidate.frame = is_apart && is_above && is_meant;
        }
        self.candidates[shown].key = key;
    }

    /// Sets the signals about rivals; see [`RIVALS`].
    fn rivals(&mut self) {
        let (mut once, mut twice) = (Signals::default(), Signals::default());
        for candidate in &self.candidates {
            (once, twice) = (once.or(candidate.signals), twice.or(once.and(candidate.signals)));
        }
        let rivals = Signals::of(RIVALS.map(|(_, rival)| rival));
        for candidate in &mut self.candidates {
            candidate.signals = candidate.signals.without(rivals);
        }
        for (signal, rival) in RIVALS.into_iter().filter(|(signal, _)| once.has(*signal)) {
            let several = twice.has(signal);
            for candidate in &mut self.candidates {
                candidate.set_if(rival, several || !candidate.has(signal));
            }
        }
    }
}

/// The signal of a block's distance from the body.
fn distance(index: usize, body: &Range<usize>) -> TitleSignal {
    use TitleSignal as S;
    if index >= body.end {
        S::BodyAfter
    } else if index >= body.start {
        if index < body.start + START { S::BodyStart } else { S::BodyInside }
    } else {
        match body.start - index {
            before if before <= NEXT => S::BodyNext,
            before if before <= NEAR => S::BodyNear,
            _ => S::BodyFar,
        }
    }
}

impl Candidate {
    /// Whether the candidate is shown where headlines are: above the body and a date, by its element or its class.
    fn is_shown_headline(&self) -> bool {
        use TitleSignal as S;
        let is_marked = self.heading || self.has(S::TitleHint) || self.has(S::SecondHeading) || self.has(S::LowHeading);
        let is_placed = [S::BodyNext, S::BodyNear, S::BodyStart].into_iter().any(|place| self.has(place));
        let is_other = [S::Linked, S::IsSite, S::Frame, S::IsFurniture, S::IsDateLine, S::InAside];
        is_marked && is_placed && self.has(S::MetaNear) && !is_other.into_iter().any(|signal| self.has(signal))
    }

    /// Sets once more, for flattened pages alone, the signals that say something else there: the table of weights adds
    /// signals up, and so cannot combine two.
    fn repeat_flat(&mut self, line: &Line) {
        use TitleSignal as S;
        self.set(S::FlatPlain);
        self.set_if(S::FlatTwice, line.repeats == 2);
        self.set_if(S::FlatShort, line.width < SHORT);
        for (signal, flat) in [
            (S::BodyNext, S::FlatNext),
            (S::BodyNear, S::FlatNear),
            (S::BodyStart, S::FlatStart),
            (S::MetaNear, S::FlatMeta),
            (S::SlugMost, S::FlatSlugMost),
            (S::SlugHalf, S::FlatSlugHalf),
            (S::Sentence, S::FlatSentence),
        ] {
            self.set_if(flat, self.has(signal));
        }
    }
}
