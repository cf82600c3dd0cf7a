//! Signals from the places of the names, once headline and body are known.

use super::{NameSignal, Names};
use crate::meta::hint::Hint;
use crate::meta::layout::Layout;
use crate::meta::signal::Signals;
use std::ops::Range;

/// Blocks after the headline, and before it, in which a name is near it.
const BELOW_TITLE: usize = 6;
const ABOVE_TITLE: usize = 2;
/// Blocks before the body that are near it, last blocks that are its end, and blocks behind it that follow it.
const BEFORE_BODY: usize = 5;
const END: usize = 2;
const BEHIND_BODY: usize = 8;
/// Blocks on either side in which a date is beside a name.
const BESIDE: usize = 2;

impl Names {
    /// Sets the signals that depend on where headline and body are.
    pub(crate) fn place(&mut self, layout: &Layout, body: &Range<usize>, title: Option<usize>, dates: &[usize]) {
        use NameSignal as S;
        const PLACED: [S; 12] = [
            S::NearTitle,
            S::BeforeBody,
            S::NearBody,
            S::InBody,
            S::BodyEnd,
            S::AfterBody,
            S::FarAfter,
            S::WithDate,
            S::FlatNear,
            S::FlatDate,
            S::WideNear,
            S::BareAbove,
        ];
        let flat = !layout.marked_up;
        for candidate in &mut self.candidates {
            candidate.signals = candidate.signals.without(Signals::of(PLACED));
            candidate.set_if(S::Flat, flat);
            candidate.set_if(S::FlatLed, flat && candidate.has(S::Led));
            candidate.set_if(S::FlatBare, flat && candidate.has(S::Bare));
            candidate.set_if(S::FlatWorded, flat && candidate.has(S::Worded));
            let Some(index) = candidate.block else { continue };
            let Some(line) = layout.lines.get(index) else { continue };
            let near =
                title.is_some_and(|t| index != t && (t.saturating_sub(ABOVE_TITLE)..=t + BELOW_TITLE).contains(&index));
            candidate.set_if(S::NearTitle, near);
            candidate.set_if(S::FlatNear, near && flat);
            candidate.set_if(S::WideNear, near && candidate.has(S::Wide));
            candidate.set_if(S::BareAbove, flat && candidate.has(S::Bare) && title.is_some_and(|t| index < t));
            candidate.set_if(S::SeenShaky, line.hint.has(Hint::COMMENT) || line.hint.has(Hint::ASIDE));
            candidate.set_if(S::SeenOften, line.repeats > 1);
            let signal = if index < body.start {
                if body.start - index <= BEFORE_BODY { S::NearBody } else { S::BeforeBody }
            } else if index < body.end {
                if index + END >= body.end { S::BodyEnd } else { S::InBody }
            } else if index - body.end <= BEHIND_BODY {
                S::AfterBody
            } else {
                S::FarAfter
            };
            candidate.set(signal);
            let next = dates.partition_point(|&date| date + BESIDE < index);
            let dated = dates.get(next).is_some_and(|&date| date <= index + BESIDE);
            candidate.set_if(S::WithDate, dated);
            candidate.set_if(S::FlatDate, dated && flat);
        }
    }
}
