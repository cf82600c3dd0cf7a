//! Signals from the places of the names, once headline and body are known.

use super::{NameSignal, Names};
use crate::meta::hint::Hint;
use crate::meta::layout::Layout;
use crate::meta::signal::Signals;
use std::ops::Range;

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
            let near = title.is_some_and(|t| index > t && index - t <= 6 || index < t && t - index <= 2);
            candidate.set_if(S::NearTitle, near);
            candidate.set_if(S::FlatNear, near && flat);
            candidate.set_if(S::WideNear, near && candidate.has(S::Wide));
            candidate.set_if(S::BareAbove, flat && candidate.has(S::Bare) && title.is_some_and(|t| index < t));
            candidate.set_if(S::SeenShaky, line.hint.has(Hint::COMMENT) || line.hint.has(Hint::ASIDE));
            candidate.set_if(S::SeenOften, line.repeats > 1);
            let signal = if index < body.start {
                if body.start - index <= 5 { S::NearBody } else { S::BeforeBody }
            } else if index < body.end {
                if index + 2 >= body.end { S::BodyEnd } else { S::InBody }
            } else if index - body.end <= 8 {
                S::AfterBody
            } else {
                S::FarAfter
            };
            candidate.set(signal);
            let next = dates.partition_point(|&d| d + 2 < index);
            let dated = dates.get(next).is_some_and(|&d| d <= index + 2);
            candidate.set_if(S::WithDate, dated);
            candidate.set_if(S::FlatDate, dated && flat);
        }
    }
}
