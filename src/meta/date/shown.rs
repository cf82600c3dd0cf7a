//! Signals of a date that the page shows: of its label, its block, and its place among the datelines.

use super::evidence::DateSignal;
use super::propose::{Shown, is_dateline};
use super::{Found, Label};
use crate::block::{Block, Blocks, Kind};
use crate::meta::hint::Hint;
use crate::meta::key::is_wide;
use crate::meta::layout::{Layout, Line};
use crate::meta::signal::Signals;

/// Bytes beside the date in its block: most if the date is alone, most in a short block, and fewest in prose.
const ALONE: usize = 32;
pub(super) const SHORT: usize = 90;
const PROSE: usize = 240;
/// Most bytes beside a date to search for a copyright sign: a longer block may hold thousands of dates.
const LONGEST_CREDIT: usize = 4096;
/// Most bytes before a date that opens its block: a place or a name.
const HEAD: usize = 40;

/// A date in its block.
pub(super) struct Sight<'p> {
    found: Found,
    index: usize,
    block: &'p Block,
    text: &'p str,
    line: Line,
    /// Bytes of the block beside the date.
    beside: usize,
    /// The page is flattened.
    flat: bool,
}

impl<'p> Sight<'p> {
    pub(super) fn of(shown: &Shown, blocks: &'p Blocks, layout: &Layout) -> Option<Sight<'p>> {
        let index = shown.block as usize;
        let block = blocks.items.get(index)?;
        Some(Sight {
            found: shown.found,
            index,
            block,
            text: blocks.text_of(index),
            line: layout.lines.get(index).copied().unwrap_or_default(),
            beside: block.text.len().saturating_sub(shown.found.span.len()),
            flat: !layout.marked_up,
        })
    }

    /// The signals of the date's label and block.
    pub(super) fn signals(&self) -> Signals<DateSignal> {
        use DateSignal as S;
        let Sight { found, line, beside, flat, .. } = *self;
        let is_unlabelled = found.label == Label::None;
        let is_sentence = self.is_in_sentence();
        let is_head = found.span.range().start <= HEAD;
        let mut signals = Signals::of([self.label()]);
        for (signal, holds) in [
            (S::Alone, beside <= ALONE),
            (S::Short, beside > ALONE && beside <= SHORT),
            (S::Prose, is_unlabelled && beside >= PROSE),
            (S::Aside, line.hint.has(Hint::ASIDE)),
            (S::Comment, line.hint.has(Hint::COMMENT)),
            (S::Hinted, line.hint.has(Hint::DATE)),
            (S::Byline, line.hint.has(Hint::AUTHOR)),
            (S::Linked, line.linked),
            (S::InHeader, line.header),
            (S::Hidden, line.hidden || self.block.has(Block::HIDDEN)),
            (S::Timed, found.date.time().is_some() && self.is_short()),
            (S::Inferred, found.date.is_year_inferred()),
            (S::Caption, self.block.kind == Kind::Caption),
            (S::Credit, is_unlabelled && (self.is_copyright() || self.is_of_agency())),
            (S::InSentence, is_sentence),
            (S::SentenceOnly, is_sentence && flat),
            (S::Glued, self.is_glued()),
            (S::BlockHead, is_head && beside > ALONE),
            (S::FlatHead, is_head && flat && beside >= PROSE),
        ] {
            signals.set_if(signal, holds);
        }
        signals
    }

    fn label(&self) -> DateSignal {
        use DateSignal as S;
        match self.found.label {
            Label::Published if self.flat => S::FlatPublished,
            Label::Published => S::ShownPublished,
            Label::Modified if self.flat => S::FlatModified,
            Label::Modified => S::ShownModified,
            Label::Other => S::ShownOther,
            Label::None if self.found.relative => S::ShownRelative,
            Label::None if self.flat => S::FlatPlain,
            Label::None => S::ShownPlain,
        }
    }

    /// Whether the date is part of a sentence or of a credit in flattened text: it gets no signals for its place, as it is near
    /// title or body by chance.
    pub(super) fn is_set_in(&self) -> bool {
        self.flat && (self.is_glued() || self.is_of_agency())
    }

    /// Whether the date may be a dateline by its shape, its label and its block.
    fn is_dateline(&self) -> bool {
        let Line { hint, hidden, .. } = self.line;
        is_dateline(&self.found) && !hint.has(Hint::ASIDE) && !hint.has(Hint::COMMENT) && !hidden
    }

    /// Whether the block says little more than the date.
    fn is_short(&self) -> bool {
        self.beside <= SHORT || self.found.label != Label::None
    }

    /// Whether the date has no label, but other text beside it.
    fn is_bare(&self) -> bool {
        self.found.label == Label::None && self.beside > ALONE
    }

    fn is_in_sentence(&self) -> bool {
        self.is_bare() && self.found.span.range().start > HEAD && self.text.ends_with(['.', '。', '?', '!', '”', '"'])
    }

    /// `2026년 12월 31일이다`: a particle makes the date part of a sentence.
    fn is_glued(&self) -> bool {
        self.is_bare() && self.behind().starts_with(|c: char| is_wide(c) && c.is_alphanumeric())
    }

    fn is_copyright(&self) -> bool {
        self.beside <= LONGEST_CREDIT && self.text.contains(['©', 'ⓒ', 'Ⓒ'])
    }

    /// `… 2019.9.7/뉴스1`
    fn is_of_agency(&self) -> bool {
        self.beside > ALONE && self.behind().strip_prefix('/').is_some_and(|rest| rest.starts_with(is_wide))
    }

    /// The text behind the date.
    fn behind(&self) -> &'p str {
        self.text.get(self.found.span.range().end..).unwrap_or_default()
    }
}

/// Which kinds of datelines were met so far: the first of a kind is more often the page's.
#[derive(Default)]
pub(super) struct Met {
    published: bool,
    modified: bool,
    short: bool,
    after_title: bool,
    short_after_title: bool,
}

impl Met {
    /// The signals of a date that is the first of its kinds; `title` is the block of the title.
    pub(super) fn meet(&mut self, sight: &Sight<'_>, title: Option<usize>) -> Signals<DateSignal> {
        use DateSignal as S;
        let mut signals = Signals::default();
        if !sight.is_dateline() {
            return signals;
        }
        let is_modified = sight.found.label == Label::Modified;
        let is_short = sight.is_short() && !is_modified;
        let is_after_title = !is_modified && title.is_none_or(|title| sight.index >= title);
        for (signal, is_met, is_kind) in [
            (S::FirstModified, &mut self.modified, is_modified),
            (S::FirstPublished, &mut self.published, sight.found.label == Label::Published),
            (S::FirstShort, &mut self.short, is_short),
            (S::FirstAfterTitle, &mut self.after_title, is_after_title),
            (S::FirstShortAfterTitle, &mut self.short_after_title, is_short && is_after_title),
        ] {
            signals.set_if(signal, is_kind && !*is_met);
            *is_met |= is_kind;
        }
        signals
    }
}
