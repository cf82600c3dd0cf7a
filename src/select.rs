//! Turns probabilities into decisions: which blocks are body, which are captions, and why the others are struck.

mod absence;
mod aside;
mod company;
mod copies;
mod items;
mod list;
mod reason;
mod shape;
mod speaker;
mod table;
#[cfg(test)]
mod tests;
mod threshold;
mod unseen;

use crate::block::{Block, Blocks, Kind, Table, tables};
use crate::feature::{Features, Signs};
use crate::types::{Include, LineRole, Reason};
use absence::absence;
use aside::Asides;
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

/// The least score that the best block of an article must have. At 0.3 short posts were lost (cjk 0.933 word F1 against
/// 0.957); at 0.1 spam came through.
const ARTICLE_MIN_SCORE: f32 = 0.2;

/// The score from which a block is more likely body than not.
pub(crate) const LIKELY: f32 = 0.5;

/// A line that reads like a title, byline or date is body only above this score.
const FRAME_LINE_MIN_SCORE: f32 = 0.9;

/// The least confidence that there is no article when a rule says so against the score: that the rule applied makes it
/// at least as likely as not.
const OVERRULED_MIN_CONFIDENCE: f32 = 0.5;

/// The confidence that there is no article on a page that is data by its form.
const DATA_CONFIDENCE: f32 = 0.95;

/// A caption up to this many blocks before the body can still belong to its lead picture.
const CAPTION_LEAD_BLOCKS: usize = 6;

/// A credit makes a block of at most this many units a caption; a longer block only mentions pictures.
const CAPTION_MAX_UNITS: f32 = 28.0;

/// What becomes of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Decision {
    Body,
    Caption,
    Struck(Reason),
}

/// Whether a page holds an article, and how sure that is. The two numbers are of different kinds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Article {
        /// From the first block of the body to the last, regardless of [`Wishes::include`].
        body: Range<usize>,
        /// The F1 score of the body that the scores promise, 0 to 1; not yet calibrated.
        promised_f1: f32,
    },
    NoArticle {
        /// The family of what the page holds instead, if known.
        family: Option<Reason>,
        /// The probability that there is none, 0 to 1.
        confidence: f32,
    },
}

impl Outcome {
    pub(crate) fn body(&self) -> Option<&Range<usize>> {
        match self {
            Outcome::Article { body, .. } => Some(body),
            Outcome::NoArticle { .. } => None,
        }
    }
}

/// The decisions of a page.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    pub(crate) decisions: Vec<Decision>,
    /// The tables of the page. Each is kept or struck as a whole, except for blocks decided by a rule or as
    /// repetitions.
    pub(crate) tables: Vec<Table>,
    pub(crate) outcome: Outcome,
}

impl Selection {
    /// Bytes of the body's text.
    pub(crate) fn length(&self, blocks: &Blocks) -> usize {
        let kept = self.decisions.iter().zip(&blocks.items).filter(|(made, _)| **made == Decision::Body);
        kept.map(|(_, block)| block.text.len()).sum()
    }

    /// The indices of the blocks that were struck, in order.
    pub(crate) fn struck(&self) -> impl Iterator<Item = usize> {
        let decisions = self.decisions.iter().enumerate();
        decisions.filter(|(_, made)| matches!(made, Decision::Struck(_))).map(|(index, _)| index)
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

/// Decides on every block, given its probability of being body.
pub(crate) fn select(blocks: &Blocks, features: &Features, scores: &[f32], wishes: Wishes<'_>) -> Selection {
    let mut scores = Cow::Borrowed(scores);
    if wishes.flattened {
        copies::join(blocks, features, &mut scores);
    }
    unseen::silence(blocks, features, &mut scores);
    let page = Page::new(blocks, features, &scores, wishes);

    let (threshold, promised_f1) = page.threshold();
    let mut kept: Vec<bool> = scores.iter().take(page.count).map(|score| *score >= threshold).collect();
    page.keep_by_neighbours(threshold, &mut kept);
    page.strike_frame(&mut kept);
    if wishes.flattened {
        speaker::labels(blocks, &mut kept);
    }
    items::items(blocks, features, wishes.flattened, &mut kept);
    let tables = tables(blocks);
    page.settle_tables(&tables, threshold, &mut kept);
    page.apply_rules(&mut kept);
    let asides = Asides::new(blocks, features, wishes.flattened, &kept);
    page.strike(&mut kept, |index| asides.holds(index));
    let repeated = copies::repetitions(blocks, features, &scores, wishes.flattened, &kept);
    page.strike(&mut kept, |index| repeated[index]);

    let outcome = page.outcome(&kept, threshold, promised_f1);
    let reasons = page.reasons(&outcome, &mut kept);
    let verdicts = Verdicts { kept, repeated, asides, reasons, body: outcome.body() };
    let mut decisions: Vec<Decision> = (0..page.count).map(|index| page.decision(index, &verdicts)).collect();
    if let Some(body) = outcome.body().filter(|_| wishes.include.contains(&Include::Tables)) {
        table::include(&tables, body, features, &mut decisions);
    }
    Selection { decisions, tables, outcome }
}

/// A page, and what the passes of [`select`] know of it.
struct Page<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    scores: &'a [f32],
    wishes: Wishes<'a>,
    /// Number of blocks.
    count: usize,
    /// Whether a rule of the caller keeps some block, so that there is an article whatever the scores say.
    is_forced: bool,
}

/// What the passes of [`select`] found out about the blocks, by index.
struct Verdicts<'a> {
    kept: Vec<bool>,
    /// Which blocks would be kept but for repeating others.
    repeated: Vec<bool>,
    asides: Asides<'a>,
    /// Why the others are struck.
    reasons: Vec<Reason>,
    body: Option<&'a Range<usize>>,
}

impl<'a> Page<'a> {
    fn new(blocks: &'a Blocks, features: &'a Features, scores: &'a [f32], wishes: Wishes<'a>) -> Self {
        let count = blocks.items.len().min(scores.len());
        let is_forced = blocks.items.iter().any(|block| block.has(Block::RULE_KEEP));
        Page { blocks, features, scores, wishes, count, is_forced }
    }

    fn greatest_score(&self) -> f32 {
        self.scores.iter().copied().fold(0.0, f32::max)
    }

    /// The score from which blocks are kept, and the F1 score that this promises; [`threshold::NOTHING`] if no block is
    /// likely enough to be part of an article.
    fn threshold(&self) -> (f32, f32) {
        if self.greatest_score() < ARTICLE_MIN_SCORE && !self.is_forced {
            return (threshold::NOTHING, 0.0);
        }
        threshold::best(self.scores, self.features.measures.iter().map(|m| m.words.max(1) as f32))
    }

    /// Keeps blocks that belong to kept ones.
    fn keep_by_neighbours(&self, threshold: f32, kept: &mut [bool]) {
        let Page { blocks, features, scores, wishes, .. } = *self;
        company::headings(blocks, scores, threshold, kept);
        company::sentences(blocks, features, scores, threshold, kept);
        company::folded(blocks, features, scores, threshold, kept);
        // Korean newspapers have decks that sum up the article and are part of it. With markup, elsewhere, the score knows.
        let may_be_deck = |at: usize| wishes.flattened || company::is_hangul(blocks.text_of(at));
        company::deck(features, scores, threshold, wishes.roles, may_be_deck, kept);
        if wishes.flattened {
            company::speakers(blocks, features, scores, threshold, kept);
        }
    }

    /// Strikes lines of the article's frame (title, byline, date) that are not surely body.
    fn strike_frame(&self, kept: &mut [bool]) {
        let mut follows_item = false;
        for (index, keep) in kept.iter_mut().enumerate() {
            let is_item = self.blocks.items[index].kind == Kind::ListItem;
            // What follows a kept item of a list is the next: a name of the cast, a day of the calendar.
            let is_next = follows_item && is_item;
            *keep &= !self.is_frame(index) || self.scores[index] > FRAME_LINE_MIN_SCORE || is_next;
            follows_item = *keep && is_item;
        }
    }

    fn is_frame(&self, index: usize) -> bool {
        let role = self.wishes.roles.get(index).copied().flatten();
        // In HTML the markup tells headings apart, so a line that reads like a title is left to the score.
        let has_role = role.is_some_and(|role| self.wishes.flattened || role.signs());
        // The first paragraph of an agency's report may name who wrote it: `新华社巴黎12月9日电（记者唐霁）…`.
        let m = &self.features.measures[index];
        has_role && !(m.is_prose() && m.ends_sentence)
    }

    fn settle_tables(&self, tables: &[Table], threshold: f32, kept: &mut [bool]) {
        table::enclosed(tables, self.blocks, self.features, self.scores, threshold, kept);
        table::settle(tables, self.blocks, self.features, kept);
    }

    /// Applies the rules of the caller. From here on, blocks are only struck, by [`Page::strike`].
    fn apply_rules(&self, kept: &mut [bool]) {
        for (keep, block) in kept.iter_mut().zip(&self.blocks.items) {
            *keep = (*keep || block.has(Block::RULE_KEEP)) && !block.has(Block::RULE_STRIKE);
        }
    }

    /// Strikes the blocks for which `is_out` is true, but none that a rule of the caller keeps.
    fn strike(&self, kept: &mut [bool], is_out: impl Fn(usize) -> bool) {
        for (index, keep) in kept.iter_mut().enumerate() {
            *keep = *keep && (self.blocks.items[index].has(Block::RULE_KEEP) || !is_out(index));
        }
    }

    /// Whether what is kept is an article.
    fn outcome(&self, kept: &[bool], threshold: f32, promised_f1: f32) -> Outcome {
        if let Some(reason) = self.data() {
            return Outcome::NoArticle { family: Some(reason), confidence: DATA_CONFIDENCE };
        }
        let is_unlikely = threshold >= threshold::NOTHING;
        // The score promised an article, a rule found none: a list of teasers, a menu.
        let overruled = (1.0 - promised_f1).max(OVERRULED_MIN_CONFIDENCE);
        if !self.is_forced && !is_unlikely {
            let is_signed = self.wishes.roles.iter().flatten().any(|role| role.signs());
            if let Some(absence) = absence(self.blocks, self.features, kept, promised_f1, is_signed) {
                return Outcome::NoArticle { family: absence.family(), confidence: overruled };
            }
        }
        match range_of(kept) {
            Some(body) => Outcome::Article { body, promised_f1 },
            None if is_unlikely => Outcome::NoArticle { family: None, confidence: 1.0 - self.greatest_score() },
            None => Outcome::NoArticle { family: None, confidence: overruled },
        }
    }

    /// If the page is data as a whole and no rule of the caller keeps any of it, the reason to strike all of it.
    fn data(&self) -> Option<Reason> {
        self.wishes.data.filter(|_| !self.is_forced)
    }

    /// Why each block is struck. Without an article nothing is kept: what would have been is struck as the family of
    /// what the page holds instead.
    fn reasons(&self, outcome: &Outcome, kept: &mut Vec<bool>) -> Vec<Reason> {
        let instead = match outcome {
            Outcome::Article { .. } => None,
            Outcome::NoArticle { family, .. } => Some((*family, mem::replace(kept, vec![false; self.count]))),
        };
        let mut reasons = reason::reasons(self.blocks, self.features, kept, self.wishes.roles);
        if let Some((Some(family), instead)) = instead {
            let is_data = self.data().is_some();
            let belong = reasons.iter_mut().zip(instead).filter(|(_, instead)| is_data || *instead);
            belong.for_each(|(reason, _)| *reason = family);
        }
        reasons
    }

    fn decision(&self, index: usize, found: &Verdicts<'_>) -> Decision {
        let block = &self.blocks.items[index];
        let includes = |part: Include| self.wishes.include.contains(&part);
        if found.kept[index] {
            return Decision::Body;
        }
        if found.repeated[index] {
            return Decision::Struck(Reason::Duplicate);
        }
        if block.has(Block::RULE_STRIKE) {
            return Decision::Struck(Reason::Rule);
        }
        let is_caption = self.is_caption(index) || found.asides.is_caption(index);
        if is_caption && !block.has(Block::NEVER_SHOWN) && found.body.is_some_and(|body| is_near(index, body)) {
            return if includes(Include::Captions) { Decision::Body } else { Decision::Caption };
        }
        if found.reasons[index] == Reason::Comments && found.body.is_some() && includes(Include::Comments) {
            return Decision::Body;
        }
        Decision::Struck(found.reasons[index])
    }

    fn is_caption(&self, index: usize) -> bool {
        let (sign, m) = (self.features.signs[index].caption, &self.features.measures[index]);
        self.blocks.items[index].kind == Kind::Caption
            || sign >= Signs::AT_START
            || sign == Signs::INSIDE && m.units <= CAPTION_MAX_UNITS
    }
}

/// From the first kept block to the last.
fn range_of(kept: &[bool]) -> Option<Range<usize>> {
    Some(kept.iter().position(|keep| *keep)?..kept.iter().rposition(|keep| *keep)? + 1)
}

/// Whether a caption at `index` can belong to a picture of the body.
fn is_near(index: usize, body: &Range<usize>) -> bool {
    index + CAPTION_LEAD_BLOCKS >= body.start && index <= body.end
}
