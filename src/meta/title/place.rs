//! Signals from the places of the candidates, once the body is known.

use super::Titles;
use super::evidence::{RIVALS, TitleSignal};
use crate::block::{Blocks, Kind};
use crate::meta::hint::Hint;
use crate::meta::key::hash;
use crate::meta::layout::Layout;
use crate::meta::signal::Signals;
use std::ops::Range;

impl Titles {
    /// Sets the signals that depend on where the body is. `marks` are the blocks with a date.
    pub(crate) fn place(&mut self, blocks: &Blocks, layout: &Layout, body: &Range<usize>, marks: &[usize]) {
        use TitleSignal as S;
        const PLACED: [S; 14] = [
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
        ];
        let flat = !layout.marked_up;
        let last_heading = (0..body.start.min(blocks.items.len()))
            .rev()
            .take(60)
            .find(|&i| matches!(blocks.items[i].kind, Kind::Heading(1 | 2)) && !layout.lines[i].hidden);
        let longest_before = (body.start.saturating_sub(10)..body.start)
            .filter(|&i| i < layout.lines.len())
            .max_by_key(|&i| layout.lines[i].width.min(160));
        let placed = Signals::of(PLACED);
        for candidate in &mut self.candidates {
            candidate.signals = candidate.signals.without(placed);
            let Some(index) = candidate.block else {
                candidate.set(S::NoBlock);
                continue;
            };
            let Some(line) = layout.lines.get(index) else { continue };
            candidate.set_if(S::InHeader, line.header);
            candidate.set_if(S::InAside, line.hint.has(Hint::ASIDE) || line.hint.has(Hint::COMMENT));
            candidate.set_if(S::RepeatedTwice, line.repeats == 2);
            candidate.set_if(S::RepeatedOften, line.repeats > 2);
            candidate.set_if(S::FirstBlock, index == 0);
            let whole = || hash(&candidate.text) == line.hash;
            let is_date_line = line.width < 60 && marks.contains(&index) && whole();
            candidate.set_if(S::IsDateLine, is_date_line);
            let signal = if index >= body.end {
                S::BodyAfter
            } else if index >= body.start {
                if index < body.start + 2 { S::BodyStart } else { S::BodyInside }
            } else {
                match body.start - index {
                    0..=3 => S::BodyNext,
                    4..=12 => S::BodyNear,
                    _ => S::BodyFar,
                }
            };
            candidate.set(signal);
            candidate.set_if(S::LastBefore, last_heading == Some(index));
            // A date in the next few lines.
            let next = marks.partition_point(|&mark| mark <= index);
            let near = marks.get(next).is_some_and(|&mark| mark - index <= 4);
            candidate.set_if(S::MetaNear, near);
            if flat {
                candidate.set(S::FlatPlain);
                candidate.set_if(S::FlatFirst, index == layout.opening);
                candidate.set_if(S::FlatTwice, line.repeats == 2);
                candidate.set_if(S::FlatNext, signal == S::BodyNext);
                candidate.set_if(S::FlatNear, signal == S::BodyNear);
                candidate.set_if(S::FlatStart, signal == S::BodyStart);
                candidate.set_if(S::FlatMeta, near);
                candidate.set_if(S::FlatSlugMost, candidate.has(S::SlugMost));
                candidate.set_if(S::FlatSlugHalf, candidate.has(S::SlugHalf));
                candidate.set_if(S::FlatSentence, candidate.has(S::Sentence));
                candidate.set_if(S::FlatShort, line.width < 24);
                candidate.set_if(S::FlatBeforeLong, longest_before == Some(index));
                candidate.set_if(S::FlatHeading, matches!(blocks.items[index].kind, Kind::Heading(_)));
            }
        }
        self.rivals();
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
