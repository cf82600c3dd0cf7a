//! Names inside flattened text, where only their place tells them from the words around them.
//!
//! `… tiny home Chris Carroll 30 Sep 2022`, `Print By Tom Davies - Associated Press`, `ByNina Pineda`: where a name may
//! begin or end, every run of capitalised words, short or long, becomes a candidate, and the evidence decides.

use super::NameSignal;
use super::gather::Gatherer;
use super::word::{MAX_WORDS, Word, glued_lead, in_a_row, is_lead, is_nick, joined, whole, words};
use crate::meta::name::{Named, is_apart};
use crate::types::Role;
use crate::vocab::{Family, Hit};
use std::ops::Range;

/// Longest text searched, in bytes: about a hundred words.
const MAX_TEXT: usize = 700;
/// Most words like `by` inside a line after which a name is searched for.
const MAX_INNER: usize = 3;
/// Most spots examined in one block.
const MAX_SPOTS: usize = 8;

/// Why a name may begin or end at a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Spot {
    /// After `by` and the like.
    Lead,
    /// After such a word in the middle of a line, where it may be part of a sentence.
    Inner,
    /// At the head of a block.
    Start,
    BeforeDate,
    AfterDate,
    BeforeRole,
}

impl Spot {
    fn signal(self) -> NameSignal {
        match self {
            Spot::Lead => NameSignal::SpotLead,
            Spot::Inner => NameSignal::SpotInner,
            Spot::Start => NameSignal::SpotStart,
            Spot::BeforeDate => NameSignal::SpotBeforeDate,
            Spot::AfterDate => NameSignal::SpotAfterDate,
            Spot::BeforeRole => NameSignal::SpotBeforeRole,
        }
    }
}

/// One block, with what is known about it.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) index: usize,
    /// Where the block's text begins in the page's.
    pub(super) start: usize,
    pub(super) hits: &'a [Hit],
    /// The byte ranges of dates in the text.
    pub(super) dates: &'a [Range<usize>],
    /// The ends of lines in the text.
    pub(super) breaks: &'a [usize],
    /// Headline, body or a date are near.
    pub(super) near: bool,
    /// The block is one of the first of the body, and may be a deck.
    pub(super) early: bool,
}

impl Place<'_> {
    /// Marks words at line ends and in dates, since no name continues there: `Susan December 9, 2024`.
    fn mark_ends(&self, words: &mut [Word]) {
        for &end in self.breaks {
            if let Some(word) = words.partition_point(|word| word.range.end <= end).checked_sub(1) {
                words[word].last = true;
            }
        }
        for date in self.dates {
            let from = words.partition_point(|word| word.range.end <= date.start);
            words[from..].iter_mut().take_while(|word| word.range.start < date.end).for_each(|word| word.dated = true);
        }
    }
}

impl Gatherer<'_> {
    /// Adds every run of words at the spots of a block as a candidate.
    pub(super) fn spots(&mut self, place: &Place<'_>) {
        let mut spots: Vec<(Spot, usize)> = Vec::new();
        if place.near {
            spots.push((Spot::Start, 0));
            spots.extend(place.breaks.iter().map(|&end| (Spot::Start, end + 1)));
        }
        for hit in place.hits {
            let (from, to) =
                ((hit.start as usize).saturating_sub(place.start), (hit.end as usize).saturating_sub(place.start));
            let (Some(head), Some(rest)) = (place.text.get(from..to), place.text.get(to..)) else { continue };
            match hit.family {
                Family::BylineLead if is_apart(head, rest) => spots.push((Spot::Lead, to)),
                Family::Author if place.near => {
                    spots.push((Spot::BeforeRole, from));
                    spots.push((Spot::Lead, to));
                }
                _ => {}
            }
        }
        if spots.is_empty() && !place.early {
            return;
        }
        let mut found = std::mem::take(&mut self.words);
        words(crate::plain::cut(place.text, MAX_TEXT), &mut found);
        place.mark_ends(&mut found);
        let words = &found;
        // `ByNina Pineda`: the vocabulary does not find a lead that is glued to the name.
        let glued = words.iter().find_map(|word| glued_lead(place.text, word));
        spots.extend(glued.map(|at| (Spot::Lead, at)));
        if place.near || place.early {
            let is_capital = |word: &Word| {
                place.text.get(word.range.clone()).is_some_and(|lead| lead.starts_with(char::is_uppercase))
            };
            let inner = words
                .iter()
                .filter(|word| word.range.start > 0 && is_lead(place.text, word) && (place.near || is_capital(word)));
            spots.extend(inner.take(MAX_INNER).map(|word| (Spot::Inner, word.range.end)));
        }
        if place.near {
            for date in place.dates {
                spots.push((Spot::BeforeDate, date.start));
                spots.push((Spot::AfterDate, date.end));
            }
        }
        for (spot, at) in spots.into_iter().take(MAX_SPOTS) {
            match spot {
                Spot::BeforeDate | Spot::BeforeRole => self.backward(place, words, spot, at),
                _ => self.forward(place, words, spot, at),
            }
        }
        self.words = found;
    }

    fn forward(&mut self, place: &Place<'_>, words: &[Word], spot: Spot, at: usize) {
        let first = words.partition_point(|word| word.range.end <= at);
        let from = words.get(first).map_or(at, |word| word.range.start.max(at));
        let gap = place.text.get(at..from).unwrap_or_default();
        if gap.chars().any(|c| !c.is_whitespace() && !matches!(c, ':' | '|' | '-' | '–' | '—' | '·' | '•' | '∙' | '⋅'))
        {
            return;
        }
        let tail = words.get(first..).unwrap_or_default();
        let whole = whole(place.text, tail);
        // `by infuy`: a nickname is accepted after a lead, or alone on the line below a headline.
        let ends_line = |word: &Word| place.breaks.iter().chain([&place.text.len()]).any(|end| *end == word.range.end);
        let is_dated =
            |word: &Word| place.dates.iter().any(|d| d.start >= word.range.end && d.start <= word.range.end + 4);
        let nick = whole == 0
            && tail.first().is_some_and(|word| {
                let alone = spot == Spot::Start && at > 0 && ends_line(word);
                // `… into events by whova | Apr 21`
                let closed = spot == Spot::Inner && (word.last || ends_line(word) || is_dated(word));
                (spot == Spot::Lead || alone || closed) && place.text.get(word.range.clone()).is_some_and(is_nick)
            });
        let mut names = in_a_row(place.text, &tail[..whole]);
        if names.is_empty() && matches!(spot, Spot::Lead | Spot::Inner) && (1..=MAX_WORDS).contains(&whole) {
            names = joined(place.text, tail, whole);
        }
        self.listed(place, spot, names);
        for count in 1..=whole.min(MAX_WORDS).max(usize::from(nick)) {
            let (Some(last), next) = (tail.get(count - 1), tail.get(count)) else { break };
            let ends = next.is_none() || last.last;
            let dated = is_dated(last);
            if count == 1 && !(spot == Spot::Lead || ends || dated || nick) {
                continue;
            }
            self.run(
                place,
                from..last.range.end,
                spot,
                Run { cut: count < whole, dated, ends, nick: nick && count == 1 },
            );
        }
    }

    /// Adds the names of one list; a single name is not a list.
    fn listed(&mut self, place: &Place<'_>, spot: Spot, names: Vec<Range<usize>>) {
        if names.len() < 2 {
            return;
        }
        self.next_list();
        for range in names {
            let Some(name) = place.text.get(range) else { continue };
            let worded = spot == Spot::Lead;
            let named = Named { name: name.to_owned(), role: Role::Author, affiliation: None, worded, edits: false };
            let Some(candidate) = self.put(&named, 0) else { continue };
            candidate.block.get_or_insert(place.index);
            candidate.set(spot.signal());
            candidate.set(NameSignal::SpotWhole);
            candidate.set_if(NameSignal::Led, worded);
        }
    }

    fn backward(&mut self, place: &Place<'_>, words: &[Word], spot: Spot, at: usize) {
        let end = words.partition_point(|word| word.range.end <= at);
        let head = words.get(..end).unwrap_or_default();
        let stop =
            head.iter().rev().enumerate().position(|(back, word)| !word.is_named(place.text) || back > 0 && word.last);
        let whole = stop.unwrap_or(head.len());
        for count in 1..=whole.min(MAX_WORDS) {
            let (Some(first), Some(last)) = (head.get(end - count), head.last()) else { break };
            let opens = count == whole;
            if count == 1 && !opens {
                continue;
            }
            let run = Run { cut: !opens, dated: spot == Spot::BeforeDate, ends: false, nick: false };
            self.run(place, first.range.start..last.range.end, spot, run);
        }
    }

    fn run(&mut self, place: &Place<'_>, range: Range<usize>, spot: Spot, run: Run) {
        let Some(name) = place.text.get(range.clone()) else { return };
        // `X`: a close button.
        if name.chars().nth(1).is_none() {
            return;
        }
        // `Jane Miller Jane Miller`, `Jane Miller Jane`: a name and the head of the next one.
        if name.split_once(' ').is_some_and(|(first, rest)| rest.split(' ').any(|word| word == first)) {
            return;
        }
        // `By Gabby`: the word after the lead becomes a candidate by itself.
        let is_lead = |hit: &Hit| hit.family == Family::BylineLead && hit.start as usize == place.start + range.start;
        if spot != Spot::Lead && name.contains(' ') && place.hits.iter().any(is_lead) {
            return;
        }
        let worded = spot == Spot::Lead;
        let named = Named { name: name.to_owned(), role: Role::Author, affiliation: None, worded, edits: false };
        let twice = place.text.get(range.end..).is_some_and(|rest| rest.trim_start().starts_with(name));
        if spot == Spot::Start && run.ends && !run.cut {
            self.line_list(place.index);
        } else {
            self.next_list();
        }
        let Some(candidate) = self.put(&named, 0) else { return };
        candidate.block.get_or_insert(place.index);
        candidate.set(spot.signal());
        candidate.set(if run.cut { NameSignal::SpotCut } else { NameSignal::SpotWhole });
        candidate.set_if(NameSignal::SpotDated, run.dated);
        candidate.set_if(NameSignal::SpotEnds, run.ends);
        candidate.set_if(NameSignal::SpotNick, run.nick);
        let capital = || place.text.get(..range.start).unwrap_or_default().split_whitespace().next_back();
        candidate.set_if(
            NameSignal::SpotCapital,
            spot == Spot::Inner && capital().is_some_and(|lead| lead.starts_with(char::is_uppercase)),
        );
        candidate.set_if(NameSignal::Led, worded);
        candidate.set_if(NameSignal::LedLine, worded && place.text.len() < 60);
        let behind = place.start + range.end;
        let role = |hit: &Hit| hit.family == Family::Author && (behind..=behind + 3).contains(&(hit.start as usize));
        candidate.set_if(NameSignal::SpotRole, place.hits.iter().any(role));
        candidate.set_if(NameSignal::SpotTwice, twice);
    }
}

/// How a run of words relates to the words around it.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// More words that could belong to the name come before or after it.
    cut: bool,
    dated: bool,
    ends: bool,
    nick: bool,
}
