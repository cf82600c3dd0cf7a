//! Probabilities to decisions: which blocks are the body, which are captions, and why the others were struck.

mod absence;
mod aside;
mod reason;
mod shape;
mod table;
mod threshold;

use crate::block::{Block, Blocks, Kind};
use crate::feature::Features;
use crate::hashed::ByHash;
use crate::types::{Include, Reason};
use aside::Asides;
use std::ops::Range;

/// What becomes of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Decision {
    Body,
    Caption,
    Struck(Reason),
}

/// The decisions of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub(crate) decisions: Vec<Decision>,
    /// The F1 score the probabilities promise for the body, 0 to 1.
    pub(crate) expected: f32,
    /// From the first block of the body to the last, whatever else was asked for.
    pub(crate) body: Option<Range<usize>>,
}

impl Selection {
    /// Bytes of the body's text.
    pub(crate) fn length(&self, blocks: &Blocks) -> usize {
        let kept = self.decisions.iter().zip(&blocks.items).filter(|(made, _)| **made == Decision::Body);
        kept.map(|(_, block)| block.text.range().len()).sum()
    }

    /// The blocks that were struck, in order.
    pub(crate) fn struck(&self) -> impl Iterator<Item = usize> {
        self.decisions
            .iter()
            .enumerate()
            .filter(|(_, made)| matches!(made, Decision::Struck(_)))
            .map(|(index, _)| index)
    }
}

/// What the caller asked for and what other stages found, by block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wishes<'a> {
    pub(crate) include: &'a [Include],
    /// See [`crate::feature::Facts::roles`].
    pub(crate) roles: &'a [u8],
    /// The page came as flattened text.
    pub(crate) flattened: bool,
}

/// Below this probability of its best block a page has no article. At 0.3 short posts were lost (cjk 0.933 word F1 against
/// 0.957), at 0.1 spam came through.
const NO_ARTICLE: f32 = 0.2;

/// A heading is kept with the text below it from this share of the threshold on: alone it is too short to be sure of.
const HEADING_EASE: f32 = 0.5;

/// A line that reads like title, byline or date is body only from this probability on.
const SURE: f32 = 0.9;

/// Units from which a repeated text is a repetition and not a refrain.
const REPEAT_UNITS: f32 = 6.0;

/// Decides on every block, given the probability of each to be body.
pub(crate) fn select(blocks: &Blocks, features: &Features, scores: &[f32], wishes: Wishes<'_>) -> Selection {
    let count = blocks.items.len().min(scores.len());
    let joined = if wishes.flattened { join_copies(blocks, features, scores) } else { None };
    let scores = joined.as_deref().unwrap_or(scores);
    let weights: Vec<f32> = features.measures.iter().map(|m| m.words.max(1) as f32).collect();
    let greatest = scores.iter().copied().fold(0.0f32, f32::max);
    let forced = blocks.items.iter().any(|block| block.has(Block::RULE_KEEP));
    let (threshold, expected) =
        if greatest < NO_ARTICLE && !forced { (2.0, 1.0 - greatest) } else { threshold::best(scores, &weights) };
    let mut kept: Vec<bool> = scores.iter().take(count).map(|score| *score >= threshold).collect();
    headings(blocks, scores, threshold, &mut kept);
    sentences(blocks, features, scores, threshold, &mut kept);
    if wishes.flattened {
        deck(features, scores, threshold, wishes.roles, &mut kept);
        speakers(blocks, features, scores, threshold, &mut kept);
    }
    for (index, keep) in kept.iter_mut().enumerate() {
        let role = wishes.roles.get(index).copied().unwrap_or_default();
        // In HTML a heading says by itself what it heads.
        let is_frame = if wishes.flattened { (1..=3).contains(&role) } else { (2..=3).contains(&role) };
        *keep &= !is_frame || scores[index] > SURE;
    }
    for (keep, block) in kept.iter_mut().zip(&blocks.items) {
        *keep = (*keep || block.has(Block::RULE_KEEP)) && !block.has(Block::RULE_STRIKE);
    }
    unseen(blocks, features, &mut kept);
    let asides = Asides::new(blocks, features, wishes.flattened, &kept);
    for (index, keep) in kept.iter_mut().enumerate() {
        *keep &= !asides.holds(index) || blocks.items[index].has(Block::RULE_KEEP);
    }
    let repeated = repetitions(blocks, features, scores, wishes.flattened, &kept);
    for (keep, repeated) in kept.iter_mut().zip(&repeated) {
        *keep &= !repeated;
    }
    let is_absent = !forced && threshold <= 1.0 && absence::is_absent(blocks, features, &kept, expected);
    let expected = if is_absent { 1.0 - expected } else { expected };
    kept.iter_mut().for_each(|keep| *keep &= !is_absent);
    let reasons = reason::reasons(blocks, features, &kept, wishes.roles);
    let body = body(&kept);
    let mut decisions: Vec<Decision> = (0..count)
        .map(|index| {
            let block = &blocks.items[index];
            if kept[index] {
                return Decision::Body;
            }
            if repeated[index] {
                return Decision::Struck(Reason::Duplicate);
            }
            if block.has(Block::RULE_STRIKE) {
                return Decision::Struck(Reason::Rule);
            }
            let is_caption = is_caption(block, features, index) || asides.is_caption(index);
            if is_caption && !block.has(Block::UNSEEN) && body.as_ref().is_some_and(|body| near(index, body)) {
                let wanted = wishes.include.contains(&Include::Captions);
                return if wanted { Decision::Body } else { Decision::Caption };
            }
            if reasons[index] == Reason::Comments && body.is_some() && wishes.include.contains(&Include::Comments) {
                return Decision::Body;
            }
            Decision::Struck(reasons[index])
        })
        .collect();
    if let Some(body) = body.clone().filter(|_| wishes.include.contains(&Include::Tables)) {
        table::keep(blocks, body, &mut decisions);
    }
    Selection { decisions, expected, body }
}

fn body(kept: &[bool]) -> Option<Range<usize>> {
    Some(kept.iter().position(|keep| *keep)?..kept.iter().rposition(|keep| *keep)? + 1)
}

/// A caption this many blocks before the body's first block can still be its lead picture's.
const CAPTION_LEAD: usize = 6;

fn near(index: usize, body: &Range<usize>) -> bool {
    index + CAPTION_LEAD >= body.start && index <= body.end
}

fn is_caption(block: &Block, features: &Features, index: usize) -> bool {
    let sign = features.signs[index].caption;
    block.kind == Kind::Caption || sign >= 2 || sign == 1 && features.measures[index].units <= CAPTION_UNITS
}

/// Up to so many units a credit inside a block makes it a caption; a longer one only mentions pictures.
const CAPTION_UNITS: f32 = 28.0;

/// Keeps a sentence between kept sentences of one paragraph: where a line was cut apart by us, the score sees less of each piece.
fn sentences(blocks: &Blocks, features: &Features, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    let continues = |index: usize| blocks.items.get(index).is_some_and(|block| block.has(Block::CONTINUES));
    let mut start = 0;
    while start < kept.len() {
        let end = (start + 1..kept.len()).find(|&at| !continues(at)).unwrap_or(kept.len());
        let weight = |wanted: bool| -> f32 {
            (start..end).filter(|&at| kept[at] == wanted).map(|at| features.measures[at].units).sum()
        };
        if end - start > 1 && weight(true) > weight(false) {
            for at in start..end {
                if !kept[at] && scores[at] >= threshold * SENTENCE_EASE && features.signs[at].strongest().is_none() {
                    kept[at] = true;
                }
            }
        }
        start = end;
    }
}

/// Keeps the deck: on flattened text the few lines between headline and first paragraph, if nothing speaks against them.
fn deck(features: &Features, scores: &[f32], threshold: f32, roles: &[u8], kept: &mut [bool]) {
    let is_prose = |&at: &usize| kept[at] && features.measures[at].is_prose();
    // Long decks look like prose, but end no sentence.
    let is_sentence = |at: &usize| is_prose(at) && features.measures[*at].ends_sentence;
    let first = (0..kept.len()).find(is_sentence).or_else(|| (0..kept.len()).find(is_prose));
    let Some(first) = first else { return };
    let earliest = first.saturating_sub(DECK_REACH);
    let Some(title) = (earliest..first).rfind(|&at| roles.get(at) == Some(&1)) else { return };
    let mut struck = 0;
    for at in (title + 1..first).rev() {
        let ease = if kept[at + 1] && !features.measures[at + 1].is_prose() { DECK_NEXT_EASE } else { DECK_EASE };
        let (m, signs) = (&features.measures[at], &features.signs[at]);
        let is_plain = signs.strongest().is_none_or(|(_, strength)| strength < 2)
            && signs.caption == 0
            && signs.byline == 0
            && signs.date == 0;
        let is_deck = is_plain && m.units >= DECK_UNITS && roles.get(at) == Some(&0);
        kept[at] |= is_deck && scores[at] >= threshold * ease;
        struck += usize::from(!kept[at] && signs.caption == 0);
        if struck > DECK_GAP {
            return;
        }
    }
}

/// Blocks before the first paragraph among which the headline is looked for.
const DECK_REACH: usize = 16;
/// Lines that may stand between the deck and the first paragraph: byline, date, buttons.
const DECK_GAP: usize = 5;
/// Units of the shortest line of a deck.
const DECK_UNITS: f32 = 4.0;
/// A line of the deck is kept from this share of the threshold on, and from this one if the line below it is.
const DECK_EASE: f32 = 0.25;
const DECK_NEXT_EASE: f32 = 0.12;

/// A sentence of a paragraph that is mostly kept is kept from this share of the threshold on.
const SENTENCE_EASE: f32 = 0.4;

/// Strikes what no reader gets to see, but not on pages that a script brings to light as a whole.
///
/// The score alone does not do it: tabs and answers, hidden until somebody asks for them, taught it that hidden text is body.
fn unseen(blocks: &Blocks, features: &Features, kept: &mut [bool]) {
    let is_unseen = |at: usize| blocks.items[at].flags & (Block::UNSEEN | Block::RULE_KEEP) == Block::UNSEEN;
    let weight = |unseen: bool| -> f32 {
        (0..kept.len()).filter(|&at| kept[at] && is_unseen(at) == unseen).map(|at| features.measures[at].units).sum()
    };
    if weight(true) <= UNSEEN_PAGE * weight(false) {
        kept.iter_mut().enumerate().for_each(|(at, keep)| *keep &= !is_unseen(at));
    }
}

/// Unseen text so many times as long as the seen is the page itself, which waits for its script.
const UNSEEN_PAGE: f32 = 2.0;

/// Keeps a heading with the text it heads.
fn headings(blocks: &Blocks, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    // From the back, so that a heading over a heading sees what became of the lower one.
    let mut below_kept = false;
    for index in (0..kept.len()).rev() {
        let is_heading = matches!(blocks.items[index].kind, Kind::Heading(_));
        kept[index] |= is_heading && below_kept && scores[index] >= threshold * HEADING_EASE;
        below_kept = kept[index];
    }
}

/// Keeps the marks of who speaks in what was broadcast, `[앵커]` or `[김하나 / 가나당 의원]`: lines in square brackets before a kept one.
fn speakers(blocks: &Blocks, features: &Features, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    for at in 0..kept.len().saturating_sub(1) {
        let (m, signs) = (&features.measures[at], &features.signs[at]);
        let is_plain = signs.strongest().is_none() && signs.caption == 0 && signs.date == 0;
        if !kept[at] && kept[at + 1] && is_plain && m.units <= SPEAKER_UNITS && scores[at] >= threshold * SPEAKER_EASE {
            let text = blocks.text_of(at);
            let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            // Elsewhere such brackets are a tool's: `[edit]`.
            kept[at] = inside.is_some_and(|inside| !inside.is_ascii() && !inside.contains(['[', ']']));
        }
    }
}

/// Units of a name with an office.
const SPEAKER_UNITS: f32 = 10.0;

/// Such a line is kept from this share of the threshold on: it is too short to be sure of.
const SPEAKER_EASE: f32 = 0.2;

/// Gives the first copy of a text that stands twice what speaks for the second, and the second nothing.
///
/// A body given twice leaves the score in doubt which copy is the article, and so about each; together they are sure.
fn join_copies(blocks: &Blocks, features: &Features, scores: &[f32]) -> Option<Vec<f32>> {
    if blocks.items.iter().all(|block| !block.has(Block::REPEATED)) {
        return None;
    }
    let mut joined = scores.to_vec();
    let mut first = ByHash::<usize, _>::default();
    for (index, (block, m)) in blocks.items.iter().zip(&features.measures).enumerate().take(scores.len()) {
        let at = *first.entry((m.hash, m.letters)).or_insert(index);
        if at != index && block.has(Block::REPEATED) {
            joined[at] += (1.0 - joined[at]) * joined[index];
            joined[index] = 0.0;
        }
    }
    Some(joined)
}

/// Kept blocks that only repeat what was kept before.
///
/// On flattened text a run of repeated sentences is the body given twice. In HTML it can be meant (a refrain, a table, a
/// form letter), and the score has seen the repetition: only what it doubts goes, and runs of whole paragraphs that stand
/// in another element than the first time: some pages have a copy for small screens, while filler text repeats in place.
fn repetitions(blocks: &Blocks, features: &Features, scores: &[f32], flattened: bool, kept: &[bool]) -> Vec<bool> {
    // Where each text stood last: the element around its own, which says nothing.
    let mut stood_in = ByHash::<u32, _>::default();
    (0..kept.len())
        .map(|index| {
            let (m, block) = (&features.measures[index], &blocks.items[index]);
            if !kept[index] || m.units < REPEAT_UNITS {
                return false;
            }
            let around = blocks.containers[block.container as usize].parent;
            let before = stood_in.insert((m.hash, m.letters), around);
            let in_run = block.has(Block::REPEATED);
            let is_copy = before.is_some_and(|before| before != around) && in_run && m.units >= COPY_UNITS;
            (before.is_some() || in_run) && (scores[index] < DOUBTED || flattened && in_run || is_copy)
        })
        .collect()
}

/// Units of a paragraph that nobody says twice.
const COPY_UNITS: f32 = 20.0;

/// A kept block below this probability is more likely not body.
const DOUBTED: f32 = 0.5;
