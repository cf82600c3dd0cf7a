//! Why a block was struck: the reason for which there is most evidence.

use super::aside::is_close;
use super::copies::REPETITION_MIN_UNITS;
use super::shape::Shapes;
use crate::block::{Block, Blocks, Kind, Tag};
use crate::feature::{Features, Signs};
use crate::types::{LineRole, Reason};
use std::collections::HashSet;

/// Families whose phrases decide the reason wherever they occur in a block, since no headline contains them.
const SELF_EVIDENT: [Reason; 3] = [Reason::Copyright, Reason::Consent, Reason::Spam];

/// A heading of a list names at most this many blocks below it.
const LIST_MAX_BLOCKS: usize = 60;

/// The same for the heading of a card or box, which is shorter than a list.
const BOX_MAX_BLOCKS: usize = 10;

/// The first entry of a list comes within this many blocks of its heading.
const LIST_START_MAX_BLOCKS: usize = 4;

/// The greatest length in units of a line that announces a list, of a byline, of a date line and of a line that says who
/// edited or published the article.
const LINE_MAX_UNITS: f32 = 9.0;

/// The least length of a headline in units: shorter links are menu items.
const TEASER_MIN_UNITS: f32 = 5.0;

/// A line of an imprint has a copyright phrase at most this many blocks before or after it.
const IMPRINT_REACH_BLOCKS: usize = 2;

/// The greatest length of such a line in units.
const IMPRINT_MAX_UNITS: f32 = 8.0;

/// The card about the author is among this many blocks after the article.
const CARD_REACH_BLOCKS: usize = 6;

/// The least length in units of a line about the author below the name.
const BIOGRAPHY_MIN_UNITS: f32 = 3.0;

/// A reason for every block; those of kept blocks mean nothing.
pub(super) fn reasons(blocks: &Blocks, features: &Features, kept: &[bool], roles: &[Option<LineRole>]) -> Vec<Reason> {
    let judge = Judge {
        blocks,
        features,
        roles,
        places: places(blocks, features),
        shapes: Shapes::new(blocks, features),
        copied: copied(blocks, features, kept),
        first: kept.iter().position(|keep| *keep).unwrap_or(0),
        last: kept.iter().rposition(|keep| *keep).unwrap_or(kept.len()),
    };
    let mut section: Option<Section> = None;
    let mut before = Reason::Other;
    (0..kept.len())
        .map(|index| {
            if kept[index] {
                section = None;
                before = Reason::Other;
                return Reason::Other;
            }
            section = judge.section(index, section.filter(|section| section.holds(index)));
            before = judge.reason(index, section, before);
            before
        })
        .collect()
}

/// The evidence for the reasons of a page's blocks.
struct Judge<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    roles: &'a [Option<LineRole>],
    places: Vec<Option<(Reason, u16)>>,
    shapes: Shapes<'a>,
    /// Hash and number of letters of the kept texts; empty if the page repeats none.
    copied: HashSet<(u64, u32)>,
    /// The first and the last block that is kept.
    first: usize,
    last: usize,
}

impl Judge<'_> {
    /// The section that contains the block at `index` or begins with it. `open` is the section of the block before.
    fn section(&self, index: usize, open: Option<Section>) -> Option<Section> {
        let block = &self.blocks.items[index];
        let (signs, m) = (&self.features.signs[index], &self.features.measures[index]);
        let is_heading = matches!(block.kind, Kind::Heading(_));
        match signs.strongest() {
            Some((reason, Signs::HEADING)) if self.heads(reason, index) => {
                Some(Section::begin(reason, index, self.blocks))
            }
            // A line that announces the headlines below it: `언론사별 많이 본 뉴스`.
            Some((reason @ (Reason::Related | Reason::Ranking | Reason::Ticker), strength))
                if (strength >= Signs::AT_START || self.is_covered(index))
                    && index > self.last
                    && m.units <= LINE_MAX_UNITS
                    && !m.ends_sentence =>
            {
                Some(Section::begin(reason, index, self.blocks))
            }
            strongest if is_heading => strongest.map(|(reason, _)| Section::begin(reason, index, self.blocks)),
            // The small print at the end of a page belongs to no section.
            _ if self.self_evident(index) == Some(Reason::Copyright) => None,
            _ => open,
        }
    }

    /// Whether a heading of `reason` can have such blocks below it: `Opinion` in a menu is only a link.
    fn heads(&self, reason: Reason, index: usize) -> bool {
        let is_list = matches!(reason, Reason::Related | Reason::Ranking);
        let next = self.features.measures.get(index + 1..).unwrap_or_default();
        !is_list || index > self.first || next.iter().take(LIST_START_MAX_BLOCKS).any(|m| m.units >= TEASER_MIN_UNITS)
    }

    /// The first family of [`SELF_EVIDENT`] with a phrase in the block at `index`.
    fn self_evident(&self, index: usize) -> Option<Reason> {
        let signs = &self.features.signs[index];
        SELF_EVIDENT.iter().copied().find(|reason| signs.of(*reason) > 0)
    }

    /// The reason of a block: what it says itself, or else what stands around it, or else what it most resembles.
    fn reason(&self, index: usize, section: Option<Section>, before: Reason) -> Reason {
        let own = self.own_reason(index, before);
        own.or_else(|| self.outer_reason(index, section)).unwrap_or_else(|| self.likely_reason(index))
    }

    /// The reason that a block shows by itself. `before` is that of the block before.
    fn own_reason(&self, index: usize, before: Reason) -> Option<Reason> {
        let block = &self.blocks.items[index];
        let m = &self.features.measures[index];
        let strongest = self.features.signs[index].strongest();
        let strength = strongest.map_or(0, |(_, strength)| strength);
        let is_clear = strength >= Signs::AT_START || self.is_covered(index);
        let role = self.roles.get(index).copied().flatten();
        let is_copy = block.has(Block::REPEATED) && self.copied.contains(&(m.hash, m.letters));
        if block.has(Block::HIDDEN | Block::NEVER_SHOWN) {
            return Some(if is_copy { Reason::Duplicate } else { Reason::Hidden });
        }
        // A supposed title that is nothing but a phrase of boilerplate is not a title.
        if role.is_some_and(|role| role.signs() || strength < Signs::WHOLE) {
            return Some(Reason::Metadata);
        }
        if is_close(self.blocks.text_of(index)) {
            return Some(Reason::Widget);
        }
        if is_copy {
            return Some(Reason::Duplicate);
        }
        let signs = &self.features.signs[index];
        if signs.former_headline || signs.attribution && m.units <= LINE_MAX_UNITS && strength < Signs::WHOLE {
            return Some(Reason::Metadata);
        }
        if self.is_card(index, before) && strength < Signs::WHOLE {
            return Some(Reason::ReporterCard);
        }
        let clear = strongest.filter(|_| is_clear).map(|(reason, _)| reason);
        clear
            .or_else(|| self.self_evident(index))
            .or_else(|| self.is_imprint(index).then_some(Reason::Copyright))
            .or_else(|| self.shapes.of(index))
    }

    /// The reason that the section and the elements around a block give it.
    fn outer_reason(&self, index: usize, section: Option<Section>) -> Option<Reason> {
        let m = &self.features.measures[index];
        let place = self.places[self.blocks.items[index].container as usize];
        let is_teaser = m.units >= TEASER_MIN_UNITS && m.link_density() > 0.5;
        let nearest = section.filter(|section| place.is_none_or(|(_, depth)| section.depth >= depth));
        match nearest.map(|section| section.reason) {
            // `More columns` heads teasers of columns, even if it looks like part of a menu.
            Some(Reason::Navigation) if index > self.last && is_teaser => return Some(Reason::Related),
            Some(reason) => return Some(reason),
            None => {}
        }
        // In a menu, a phrase inside a block is weaker evidence than the menu itself.
        let place = place.map(|(reason, _)| reason);
        let menu = place.filter(|reason| *reason == Reason::Navigation);
        let phrase = || self.features.signs[index].strongest().map(|(reason, _)| reason);
        menu.or_else(phrase).or(place)
    }

    /// What a block without such evidence most resembles.
    fn likely_reason(&self, index: usize) -> Reason {
        let block = &self.blocks.items[index];
        let m = &self.features.measures[index];
        if self.is_dateline(index) {
            return Reason::Metadata;
        }
        if block.has(Block::REPEATED) || self.features.repeats[index].0 > 0 && m.units >= REPETITION_MIN_UNITS {
            return Reason::Duplicate;
        }
        if block.has(Block::CONTROL) {
            return Reason::Widget;
        }
        match m.link_density() > 0.5 {
            true if index > self.first && m.units >= TEASER_MIN_UNITS => Reason::Related,
            true => Reason::Navigation,
            false if index > self.last && m.units >= TEASER_MIN_UNITS => Reason::Related,
            false if index < self.first && m.units < TEASER_MIN_UNITS => Reason::Navigation,
            false => Reason::Other,
        }
    }

    /// Whether phrases of boilerplate make up a good part of the block at `index`.
    fn is_covered(&self, index: usize) -> bool {
        self.features.signs[index].bytes * 3 >= self.blocks.items[index].text.len() as u32
    }

    /// Whether a block is part of the card about the author after the article: name, address, and a line or two of
    /// biography.
    fn is_card(&self, index: usize, before: Reason) -> bool {
        let (signs, m) = (&self.features.signs[index], &self.features.measures[index]);
        if index <= self.last || index > self.last + CARD_REACH_BLOCKS {
            return false;
        }
        let named = self.roles.get(index - 1) == Some(&Some(LineRole::Byline));
        let is_line = m.units <= LINE_MAX_UNITS && (m.has_at || signs.byline >= Signs::AT_START);
        let follows = named || before == Reason::ReporterCard && m.sentences > 0;
        let is_marked = self.blocks.text_of(index).starts_with(|c: char| !c.is_alphanumeric());
        is_line || follows && m.units >= BIOGRAPHY_MIN_UNITS && !is_marked && signs.strongest().is_none()
    }

    /// Whether a block is a label with its value among the lines of an imprint.
    fn is_imprint(&self, index: usize) -> bool {
        let m = &self.features.measures[index];
        let near = self.features.signs.get(index.saturating_sub(IMPRINT_REACH_BLOCKS)..).unwrap_or_default();
        index > self.last
            && m.units <= IMPRINT_MAX_UNITS
            && m.digits > 0
            && self.blocks.text_of(index).contains([':', '：'])
            && near.iter().take(2 * IMPRINT_REACH_BLOCKS + 1).any(|signs| signs.of(Reason::Copyright) > 0)
    }

    /// Whether a block is a line before the article that states a date or an author.
    fn is_dateline(&self, index: usize) -> bool {
        let (signs, m) = (&self.features.signs[index], &self.features.measures[index]);
        index < self.first
            && m.units <= LINE_MAX_UNITS
            && (signs.date >= Signs::AT_START || signs.byline >= Signs::AT_START)
    }
}

/// Hash and number of letters of the kept texts; empty if the page repeats none.
fn copied(blocks: &Blocks, features: &Features, kept: &[bool]) -> HashSet<(u64, u32)> {
    if blocks.items.iter().all(|block| !block.has(Block::REPEATED)) {
        return HashSet::new();
    }
    kept.iter().zip(&features.measures).filter(|(kept, _)| **kept).map(|(_, m)| (m.hash, m.letters)).collect()
}

/// The blocks below a heading that names their family.
#[derive(Clone, Copy, Debug)]
struct Section {
    reason: Reason,
    /// The first block after it.
    end: usize,
    /// Depth of the element that holds heading and section.
    depth: u16,
}

impl Section {
    /// The section of the heading at `index`: the rest of the smallest element that holds more than the heading, up to
    /// the greatest length of such a section.
    fn begin(reason: Reason, index: usize, blocks: &Blocks) -> Section {
        let mut at = blocks.items[index].container as usize;
        while at != 0 && blocks.containers[at].blocks.len() <= 1 {
            at = blocks.containers[at].parent as usize;
        }
        let holder = &blocks.containers[at];
        let reach = match reason {
            Reason::Related | Reason::Ranking | Reason::Comments | Reason::Navigation | Reason::Ticker => {
                LIST_MAX_BLOCKS
            }
            _ => BOX_MAX_BLOCKS,
        };
        Section { reason, end: holder.blocks.range().end.min(index + reach + 1), depth: holder.depth }
    }

    fn holds(&self, index: usize) -> bool {
        index < self.end
    }
}

/// For each container the family named by it or by its nearest ancestor that names one, and the depth of that element.
fn places(blocks: &Blocks, features: &Features) -> Vec<Option<(Reason, u16)>> {
    let mut of: Vec<Option<(Reason, u16)>> = Vec::with_capacity(blocks.containers.len());
    for (index, container) in blocks.containers.iter().enumerate() {
        let inherited = of.get(container.parent as usize).copied().flatten();
        let own = features.named(index).or(match container.tag {
            Tag::Nav | Tag::Menu => Some(Reason::Navigation),
            Tag::Form | Tag::Select => Some(Reason::Widget),
            _ => None,
        });
        of.push(own.map(|reason| (reason, container.depth)).or(inherited));
    }
    of
}
