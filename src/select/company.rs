//! Blocks that are kept because of their neighbours, although their own score is too low.

use crate::block::{Block, Blocks, Kind};
use crate::feature::{Features, Signs};
use crate::types::LineRole;

/// A heading above kept text is kept from this share of the threshold on: it is too short to score well alone.
const HEADING_THRESHOLD_SHARE: f32 = 0.5;

/// A sentence of a paragraph that is mostly kept is kept from this share of the threshold on.
const SENTENCE_THRESHOLD_SHARE: f32 = 0.4;

/// Folded prose is kept from this share of the threshold on.
const FOLDED_THRESHOLD_SHARE: f32 = 0.4;

/// Folded prose needs a kept block among this many before it and among as many after it: its button may come between.
const FOLDED_REACH_BLOCKS: usize = 3;

/// The headline is among this many blocks before the first paragraph.
const DECK_REACH_BLOCKS: usize = 16;

/// The greatest number of other lines between the deck and the first paragraph, besides byline, date and buttons.
const DECK_MAX_OTHER_LINES: usize = 3;

/// The least length in units of a line of the deck.
const DECK_MIN_UNITS: f32 = 4.0;

/// A line of the deck is kept from this share of the threshold on.
const DECK_THRESHOLD_SHARE: f32 = 0.25;

/// The same if the line below it is a kept line of the deck.
const UPPER_DECK_THRESHOLD_SHARE: f32 = 0.12;

/// The greatest length in units of a line with a speaker's name and office.
const SPEAKER_MAX_UNITS: f32 = 10.0;

/// Such a line is kept from this share of the threshold on: it is too short to score well alone.
const SPEAKER_THRESHOLD_SHARE: f32 = 0.2;

/// Keeps a heading with the text it heads.
pub(super) fn headings(blocks: &Blocks, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    // From the end, so that the lower of two headings in a row is decided first.
    let mut below_kept = false;
    for index in (0..kept.len()).rev() {
        let is_heading = matches!(blocks.items[index].kind, Kind::Heading(_));
        kept[index] |= is_heading && below_kept && scores[index] >= threshold * HEADING_THRESHOLD_SHARE;
        below_kept = kept[index];
    }
}

/// Keeps the other sentences of a paragraph that is mostly kept: where a line was split, each piece is scored alone.
pub(super) fn sentences(blocks: &Blocks, features: &Features, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    let continues = |index: usize| blocks.items.get(index).is_some_and(|block| block.has(Block::CONTINUES));
    let mut start = 0;
    while start < kept.len() {
        let end = (start + 1..kept.len()).find(|&at| !continues(at)).unwrap_or(kept.len());
        let weight = |wanted: bool| -> f32 {
            (start..end).filter(|&at| kept[at] == wanted).map(|at| features.measures[at].units).sum()
        };
        if end - start > 1 && weight(true) > weight(false) {
            for at in start..end {
                if !kept[at]
                    && scores[at] >= threshold * SENTENCE_THRESHOLD_SHARE
                    && features.signs[at].strongest().is_none()
                {
                    kept[at] = true;
                }
            }
        }
        start = end;
    }
}

/// Keeps prose that is folded away between kept text. Most hidden text is never shown, so hidden text scores low.
pub(super) fn folded(blocks: &Blocks, features: &Features, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    let is_folded = |at: usize| {
        let block = &blocks.items[at];
        let is_hidden = block.has(Block::HIDDEN) && !block.has(Block::NEVER_SHOWN | Block::NOSCRIPT);
        is_hidden && features.measures[at].is_prose() && features.signs[at].strongest().is_none()
    };
    for at in 0..kept.len() {
        if !kept[at] && scores[at] >= threshold * FOLDED_THRESHOLD_SHARE && is_folded(at) {
            let before = kept[at.saturating_sub(FOLDED_REACH_BLOCKS)..at].contains(&true);
            kept[at] = before && kept[at + 1..].iter().take(FOLDED_REACH_BLOCKS).any(|kept| *kept);
        }
    }
}

/// Keeps the deck: the few lines between the headline and the first paragraph, unless a phrase in them says that they are
/// something else, or `may_be_deck` that they are not of a kind that has decks.
pub(super) fn deck(
    features: &Features,
    scores: &[f32],
    threshold: f32,
    roles: &[Option<LineRole>],
    may_be_deck: impl Fn(usize) -> bool,
    kept: &mut [bool],
) {
    let is_prose = |&at: &usize| kept[at] && features.measures[at].is_prose();
    // A long deck looks like prose, but does not end a sentence.
    let is_sentence = |at: &usize| is_prose(at) && features.measures[*at].ends_sentence;
    let first = (0..kept.len()).find(is_sentence).or_else(|| (0..kept.len()).find(is_prose));
    let Some(first) = first else { return };
    let earliest = first.saturating_sub(DECK_REACH_BLOCKS);
    let Some(title) = (earliest..first).rfind(|&at| roles.get(at) == Some(&Some(LineRole::Title))) else { return };
    let mut struck = 0;
    for at in (title + 1..first).rev() {
        let share = if kept[at + 1] && !features.measures[at + 1].is_prose() {
            UPPER_DECK_THRESHOLD_SHARE
        } else {
            DECK_THRESHOLD_SHARE
        };
        let (m, signs) = (&features.measures[at], &features.signs[at]);
        let is_plain = signs.strongest().is_none_or(|(_, strength)| strength < Signs::AT_START)
            && signs.caption == 0
            && signs.byline == 0
            && signs.date == 0;
        let is_deck = is_plain && m.units >= DECK_MIN_UNITS && roles.get(at) == Some(&None) && may_be_deck(at);
        kept[at] |= is_deck && scores[at] >= threshold * share;
        struck += usize::from(!kept[at] && is_plain);
        if struck > DECK_MAX_OTHER_LINES {
            return;
        }
    }
}

/// Whether a text is mostly Korean.
pub(super) fn is_hangul(text: &str) -> bool {
    text.chars().filter(|c| matches!(c, '가'..='힣')).count() * 2 > text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Keeps the lines in transcripts that name the next speaker, `[앵커]` or `[김하나 / 가나당 의원]`: in square brackets, before a
/// kept block.
pub(super) fn speakers(blocks: &Blocks, features: &Features, scores: &[f32], threshold: f32, kept: &mut [bool]) {
    for at in 0..kept.len().saturating_sub(1) {
        let (m, signs) = (&features.measures[at], &features.signs[at]);
        let is_plain = signs.strongest().is_none() && signs.caption == 0 && signs.date == 0;
        if !kept[at]
            && kept[at + 1]
            && is_plain
            && m.units <= SPEAKER_MAX_UNITS
            && scores[at] >= threshold * SPEAKER_THRESHOLD_SHARE
        {
            let text = blocks.text_of(at);
            let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            // ASCII in such brackets is a tool: `[edit]`.
            kept[at] = inside.is_some_and(|inside| !inside.is_ascii() && !inside.contains(['[', ']']));
        }
    }
}
