//! Gathers stated titles, whole and with their ends cut off.

use super::evidence::TitleSignal;
use super::{Candidate, MAX_CANDIDATES, Titles};
use crate::meta::fact::Source;
use crate::meta::key::{key_into, width};
use crate::meta::layout::{Layout, MAX_LINE};
use crate::meta::signal::Signals;
use crate::meta::site::Site;
use crate::meta::split::{Cut, MAX_SEPARATORS, separators};
use std::ops::Range;

/// Which part of a stated title a candidate is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Raw,
    /// What was cut off is the site's name.
    Site,
    /// What was cut off is the site's name and a section.
    Section,
    Other(Cut),
}

/// Most pieces of one title.
const MAX_PIECES: usize = MAX_SEPARATORS + 1;

pub(super) struct Gatherer<'a> {
    pub(super) site: &'a Site,
    pub(super) layout: &'a Layout,
    pub(super) titles: &'a mut Titles,
    /// Buffer for a key.
    pub(super) key: String,
}

impl Gatherer<'_> {
    pub(super) fn put(&mut self, text: &str, signals: Signals<TitleSignal>, source: u32) -> Option<usize> {
        // Too wide in any script: no key is made of each of two dozen pieces of a title of megabytes.
        if text.len() > MAX_LINE * char::MAX_LEN_UTF8 {
            return None;
        }
        key_into(text, &mut self.key);
        self.put_keyed(text, signals, source)
    }

    /// Like [`Gatherer::put`], for a text whose key is in [`Gatherer::key`] already.
    pub(super) fn put_keyed(&mut self, text: &str, signals: Signals<TitleSignal>, source: u32) -> Option<usize> {
        // A column takes at least one byte, so a short text need not be measured.
        if self.key.is_empty() || is_template(text) || text.len() > MAX_LINE && width(text) > MAX_LINE {
            return None;
        }
        let at = match self.find(&self.key) {
            Some(at) => at,
            None if self.titles.candidates.len() >= MAX_CANDIDATES => return None,
            None => {
                let Candidate { text: mut own, mut key, .. } = self.titles.spare.pop().unwrap_or_default();
                text.clone_into(&mut own);
                self.key.clone_into(&mut key);
                self.titles.candidates.push(Candidate { text: own, key, ..Candidate::default() });
                self.titles.candidates.len() - 1
            }
        };
        let candidate = &mut self.titles.candidates[at];
        candidate.sources |= source;
        candidate.signals = candidate.signals.or(signals);
        Some(at)
    }

    /// The candidate with this key. There are about a dozen: a linear search is faster than building an index.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.titles.candidates.iter().position(|candidate| candidate.key == key)
    }

    /// Adds a stated title, whole and with its ends cut off.
    pub(super) fn stated(&mut self, title: &str, signal: impl Fn(Part) -> TitleSignal, source: u32) {
        use TitleSignal as S;
        let parts = self.parts(title);
        let mut whole = Signals::of([signal(Part::Raw)]);
        let is_frame = !parts.is_empty() && parts.iter().all(|(_, _, signals)| signals.has(S::Frame));
        let ends_in_frame = parts.iter().any(|(range, _, part)| range.end == title.len() && part.has(S::Frame));
        whole.set_if(S::Frame, is_frame);
        whole.set_if(S::FrameKept, ends_in_frame && !is_frame);
        self.put(title, whole, source);
        for (range, part, signals) in parts {
            let text = title.get(range).unwrap_or_default();
            self.put(text, signals.with(signal(part)), if part == Part::Site { source } else { 0 });
        }
    }

    /// The pieces of `title` that may be the headline, each with what was cut off and how.
    pub(super) fn parts(&self, title: &str) -> Vec<(Range<usize>, Part, Signals<TitleSignal>)> {
        use TitleSignal as S;
        let marks = separators(title);
        if marks.is_empty() || is_template(title) {
            return Vec::new();
        }
        let mut pieces = Vec::with_capacity(marks.len() + 1);
        let mut start = 0;
        for mark in &marks {
            pieces.push(start..mark.range.start);
            start = mark.range.end;
        }
        pieces.push(start..title.len());
        let count = pieces.len();
        let (mut is_site, mut is_section) = ([false; MAX_PIECES], [false; MAX_PIECES]);
        // What the page's frame shows: the site, its sections, the board.
        let mut is_frame = [false; MAX_PIECES];
        let mut name = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            let piece = title.get(piece.clone()).unwrap_or_default();
            key_into(piece, &mut name);
            is_site[index] = self.site.is_site(piece, &name) || self.site.is_owner(&name);
            is_section[index] = self.site.is_section(&name);
            is_frame[index] = is_site[index] || is_section[index] || self.layout.is_link(piece);
        }
        let mut out = Vec::new();
        for (first, head) in pieces.iter().enumerate() {
            for (last, tail) in pieces.iter().enumerate().skip(first) {
                if last + 1 - first == count {
                    continue;
                }
                let cut = || (0..first).chain(last + 1..count);
                let weakest = marks
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| i + 1 == first || *i == last)
                    .map(|(_, mark)| mark.cut)
                    .min()
                    .unwrap_or(Cut::Bar);
                let part = if cut().all(|i| is_site[i]) {
                    Part::Site
                } else if cut().all(|i| is_site[i] || is_section[i]) {
                    Part::Section
                } else {
                    Part::Other(weakest)
                };
                let mut extra = Signals::default();
                let is_tail_cut = last + 1 < count;
                extra.set_if(S::MiddleCut, first > 0 && is_tail_cut);
                extra.set_if(S::HeadCut, first > 0 && !is_tail_cut);
                extra.set_if(S::SeveralCut, cut().count() > 1);
                extra.set_if(S::SiteKept, last > first && (first..=last).any(|i| is_site[i]));
                let kept = || first..=last;
                extra.set_if(S::Frame, kept().all(|i| is_frame[i]));
                extra.set_if(S::FrameKept, is_frame[last] && !kept().all(|i| is_frame[i]));
                extra.set_if(S::FrameCut, cut().all(|i| is_frame[i]) && !kept().any(|i| is_frame[i]));
                out.push((head.start..tail.end, part, extra));
            }
        }
        out
    }
}

/// Whether a text begins with an expression that a script was to replace by the headline: `{{ article.title }}`.
fn is_template(text: &str) -> bool {
    ["{{", "{%", "<%", "${"].iter().any(|open| text.starts_with(open))
}

/// The signal for a part of a stated title, by its source: raw, site cut off, or otherwise cut.
pub(super) fn stated_signal(source: Source, named: bool, part: Part) -> TitleSignal {
    use TitleSignal as S;
    let [raw, site, cut] = match source {
        Source::JsonLd if named => [S::NameRaw, S::NameSite, S::NameCut],
        Source::JsonLd => [S::LinkedRaw, S::LinkedSite, S::LinkedCut],
        Source::OpenGraph => [S::GraphRaw, S::GraphSite, S::GraphCut],
        Source::Twitter => [S::TwitterRaw, S::TwitterSite, S::TwitterCut],
        Source::Microdata | Source::Rdfa => [S::ItemRaw, S::ItemSite, S::ItemCut],
        Source::TitleTag => {
            return match part {
                Part::Raw => S::TagRaw,
                Part::Site => S::TagSite,
                Part::Section => S::TagSection,
                Part::Other(Cut::Bar) => S::TagCutBar,
                Part::Other(Cut::Dash) => S::TagCutDash,
                Part::Other(Cut::Colon) => S::TagCutColon,
            };
        }
        _ => [S::MetaRaw, S::MetaSite, S::MetaCut],
    };
    match part {
        Part::Raw => raw,
        Part::Site | Part::Section => site,
        Part::Other(_) => cut,
    }
}
