//! Turns probabilities into decisions: which blocks are body, which are captions, and why the others are struck.

mod absence;
mod aside;
mod company;
mod copies;
mod reason;
mod shape;
mod table;
mod threshold;
mod unseen;

use crate::block::{Block, Blocks, Kind, Table, tables};
use crate::feature::Features;
use crate::types::{Include, LineRole, Reason};
use absence::{Absence, absence};
use aside::Asides;
use std::borrow::Cow;
use std::mem;
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
    /// The F1 score that the probabilities promise for the body; on a page without one, the confidence that there is
    /// none. 0 to 1.
    pub(crate) expected: f32,
    /// On a page without an article, the family of what stands in its place, if known.
    pub(crate) family: Option<Reason>,
    /// The tables of the page. Each is kept or struck as a whole, except for blocks decided by a rule or as
    /// repetitions.
    pub(crate) tables: Vec<Table>,
    /// From the first block of the body to the last, regardless of [`Wishes::include`].
    pub(crate) body: Option<Range<usize>>,
}

impl Selection {
    /// Bytes of the body's text.
    pub(crate) fn length(&self, blocks: &Blocks) -> usize {
        let kept = self.decisions.iter().zip(&blocks.items).filter(|(made, _)| **made == Decision::Body);
        kept.map(|(_, block)| block.text.len()).sum()
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

/// What the caller asked for and what other stages found out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wishes<'a> {
    pub(crate) include: &'a [Include],
    /// See [`crate::feature::Facts::roles`].
    pub(crate) roles: &'a [Option<LineRole>],
    /// Whether the page came as flattened text, with or without tags left in it.
    pub(crate) flattened: bool,
    /// If the page is data as a whole, the reason for which all of it is struck.
    pub(crate) data: Option<Reason>,
}

/// A page has no article if its best block's probability is below this. At 0.3 short posts were lost (cjk 0.933 word F1
/// against 0.957); at 0.1 spam came through.
const NO_ARTICLE: f32 = 0.2;

/// The probability from which a block is more likely body than not.
pub(crate) const LIKELY: f32 = 0.5;

/// Least confidence that there is no article when a rule, not the score, says so.
const EVEN: f32 = 0.5;

/// Confidence that there is no article on a page that is data by its form.
const CERTAIN: f32 = 0.95;

/// A line that reads like a title, byline or date is body only above this probability.
const SURE: f32 = 0.9;

/// Decides on every block, given its probability of being body.
pub(crate) fn select(blocks: &Blocks, features: &Features, scores: &[f32], wishes: Wishes<'_>) -> Selection {
    let count = blocks.items.len().min(scores.len());
    let mut scores = Cow::Borrowed(scores);
    if wishes.flattened {
        copies::join(blocks, features, &mut scores);
    }
    unseen::silence(blocks, features, &mut scores);
    let scores = &*scores;
    let weights: Vec<f32> = features.measures.iter().map(|m| m.words.max(1) as f32).collect();
    let greatest = scores.iter().copied().fold(0.0f32, f32::max);
    let forced = blocks.items.iter().any(|block| block.has(Block::RULE_KEEP));
    let (threshold, expected) = if greatest < NO_ARTICLE && !forced {
        (threshold::NOTHING, 1.0 - greatest)
    } else {
        threshold::best(scores, &weights)
    };
    let is_nothing = threshold >= threshold::NOTHING;
    let mut kept: Vec<bool> = scores.iter().take(count).map(|score| *score >= threshold).collect();
    company::headings(blocks, scores, threshold, &mut kept);
    company::sentences(blocks, features, scores, threshold, &mut kept);
    company::folded(blocks, features, scores, threshold, &mut kept);
    if wishes.flattened {
        company::deck(features, scores, threshold, wishes.roles, &mut kept);
        company::speakers(blocks, features, scores, threshold, &mut kept);
    }
    let mut is_listed = false;
    for (index, keep) in kept.iter_mut().enumerate() {
        let role = wishes.roles.get(index).copied().flatten();
        // In HTML the markup tells headings apart, so a line that reads like a title is left to the score.
        let is_frame = role.is_some_and(|role| wishes.flattened || role.signs());
        // The first paragraph of an agency's report may name who wrote it: `新华社巴黎12月9日电（记者唐霁）…`.
        let m = &features.measures[index];
        let is_frame = is_frame && !(m.is_prose() && m.ends_sentence);
        // What follows a kept item of a list is the next: a name of the cast, a day of the calendar.
        let is_item = blocks.items[index].kind == Kind::ListItem;
        *keep &= !is_frame || scores[index] > SURE || is_listed && is_item;
        is_listed = *keep && is_item;
    }
    let tables = tables(blocks);
    if wishes.flattened {
        table::enclosed(&tables, features, scores, threshold, &mut kept);
    }
    table::settle(&tables, blocks, features, &mut kept);
    for (keep, block) in kept.iter_mut().zip(&blocks.items) {
        *keep = (*keep || block.has(Block::RULE_KEEP)) && !block.has(Block::RULE_STRIKE);
    }
    let asides = Asides::new(blocks, features, wishes.flattened, &kept);
    for (index, keep) in kept.iter_mut().enumerate() {
        *keep &= !asides.holds(index) || blocks.items[index].has(Block::RULE_KEEP);
    }
    let repeated = copies::repetitions(blocks, features, scores, wishes.flattened, &kept);
    for (index, keep) in kept.iter_mut().enumerate() {
        *keep &= !repeated[index] || blocks.items[index].has(Block::RULE_KEEP);
    }
    let is_signed = wishes.roles.iter().flatten().any(|role| role.signs());
    let data = wishes.data.filter(|_| !forced);
    let absence = match data {
        Some(reason) => Some(Absence::Family(reason)),
        None if forced || is_nothing => None,
        None => absence(blocks, features, &kept, expected, is_signed),
    };
    let mut instead = if absence.is_some() { mem::replace(&mut kept, vec![false; count]) } else { Vec::new() };
    if data.is_some() {
        instead.fill(true);
    }
    let mut reasons = reason::reasons(blocks, features, &kept, wishes.roles);
    let family = absence.and_then(Absence::family);
    for (reason, _) in reasons.iter_mut().zip(&instead).filter(|(_, instead)| **instead) {
        *reason = family.unwrap_or(*reason);
    }
    let body = body(&kept);
    // A rule may strike a list or a menu from which the score promised much. That it applied makes "no article"
    // likelier than not.
    let expected = match data {
        Some(_) => CERTAIN,
        None if body.is_some() || is_nothing => expected,
        None => (1.0 - expected).max(EVEN),
    };
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
            if is_caption && !block.has(Block::NEVER_SHOWN) && body.as_ref().is_some_and(|body| near(index, body)) {
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
        table::include(&tables, &body, features, &mut decisions);
    }
    Selection { decisions, expected, family, body, tables }
}

/// From the first kept block to the last.
fn body(kept: &[bool]) -> Option<Range<usize>> {
    Some(kept.iter().position(|keep| *keep)?..kept.iter().rposition(|keep| *keep)? + 1)
}

/// A caption up to this many blocks before the body can still belong to its lead picture.
const CAPTION_LEAD: usize = 6;

/// Whether a caption at `index` can belong to a picture of the body.
fn near(index: usize, body: &Range<usize>) -> bool {
    index + CAPTION_LEAD >= body.start && index <= body.end
}

fn is_caption(block: &Block, features: &Features, index: usize) -> bool {
    let sign = features.signs[index].caption;
    block.kind == Kind::Caption || sign >= 2 || sign == 1 && features.measures[index].units <= CAPTION_UNITS
}

/// A credit makes a block of at most this many units a caption; a longer block only mentions pictures.
const CAPTION_UNITS: f32 = 28.0;
