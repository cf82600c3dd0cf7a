//! Stated titles, whole and with their ends cut off.

use super::evidence::TitleSignal;
use super::{Candidate, MAX_CANDIDATES};
use crate::meta::fact::Source;
use crate::meta::key::{key, width};
use crate::meta::layout::{Layout, MAX_LINE};
use crate::meta::signal::Signals;
use crate::meta::site::Site;
use crate::meta::split::{Cut, separators};
use std::ops::Range;

/// How much of a stated title a candidate is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Raw,
    /// What was cut off is the site's name.
    Site,
    /// Site and section.
    Section,
    Other(Cut),
}

pub(super) struct Gatherer<'a> {
    pub(super) site: &'a Site,
    pub(super) layout: &'a Layout,
    pub(super) candidates: Vec<Candidate>,
}

impl Gatherer<'_> {
    pub(super) fn put(&mut self, text: &str, signals: &[TitleSignal], source: u32) -> Option<usize> {
        let name = key(text);
        if name.is_empty() || width(text) > MAX_LINE {
            return None;
        }
        let at = match self.find(&name) {
            Some(at) => at,
            None if self.candidates.len() >= MAX_CANDIDATES => return None,
            None => {
                let candidate = Candidate {
                    text: text.to_owned(),
                    key: name,
                    block: None,
                    heading: false,
                    sources: 0,
                    signals: Signals::default(),
                };
                self.candidates.push(candidate);
                self.candidates.len() - 1
            }
        };
        let candidate = &mut self.candidates[at];
        candidate.sources |= source;
        for &signal in signals {
            candidate.signals.set(signal as usize);
        }
        Some(at)
    }

    /// The candidate of this key. There are a dozen, so that looking at each is quicker than an index is made.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.candidates.iter().position(|candidate| candidate.key == key)
    }

    /// A stated title, whole and with its ends cut off.
    pub(super) fn stated(&mut self, title: &str, signal: impl Fn(Part) -> TitleSignal, source: u32) {
        self.put(title, &[signal(Part::Raw)], source);
        for (range, part, extra) in self.parts(title) {
            let text = title.get(range).unwrap_or_default();
            let mut signals = vec![signal(part)];
            signals.extend(extra);
            self.put(text, &signals, if part == Part::Site { source } else { 0 });
        }
    }

    /// The pieces of `title` that may be the headline, each with what was cut off and how.
    pub(super) fn parts(&self, title: &str) -> Vec<(Range<usize>, Part, Vec<TitleSignal>)> {
        let marks = separators(title);
        if marks.is_empty() {
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
        let piece = |index: usize| title.get(pieces[index].clone()).unwrap_or_default();
        let is_site: Vec<bool> = (0..count).map(|i| self.site.is_site(piece(i))).collect();
        let is_section: Vec<bool> = (0..count).map(|i| self.site.is_section(piece(i))).collect();
        let mut out = Vec::new();
        for (first, head) in pieces.iter().enumerate() {
            for (last, tail) in pieces.iter().enumerate().skip(first) {
                if last + 1 - first == count {
                    continue;
                }
                let cut: Vec<usize> = (0..first).chain(last + 1..count).collect();
                let weakest = marks
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| i + 1 == first || *i == last)
                    .map(|(_, mark)| mark.cut)
                    .min()
                    .unwrap_or(Cut::Bar);
                let part = if cut.iter().all(|&i| is_site[i]) {
                    Part::Site
                } else if cut.iter().all(|&i| is_site[i] || is_section[i]) {
                    Part::Section
                } else {
                    Part::Other(weakest)
                };
                let mut extra = Vec::new();
                if first > 0 {
                    extra.push(if last + 1 < count { TitleSignal::MiddleCut } else { TitleSignal::HeadCut });
                }
                if cut.len() > 1 {
                    extra.push(TitleSignal::SeveralCut);
                }
                if (first..=last).any(|i| is_site[i]) && last > first {
                    extra.push(TitleSignal::SiteKept);
                }
                out.push((head.start..tail.end, part, extra));
            }
        }
        out
    }
}

/// Where a fact's family of signals begins: raw, site cut off, otherwise cut.
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
