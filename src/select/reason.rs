//! Why a block was struck: the family that speaks loudest for it.

use super::shape::Shapes;
use crate::block::{Block, Blocks, Kind, Tag, token};
use crate::feature::Features;
use crate::types::Reason;
use crate::vocab::{ClassFamily, Vocab};
use std::sync::LazyLock;

/// A reason for every block; only those of struck blocks are read.
pub(super) fn reasons(blocks: &Blocks, features: &Features, kept: &[bool], roles: &[u8]) -> Vec<Reason> {
    let places = places(blocks);
    let shapes = Shapes::new(blocks, features);
    let first = kept.iter().position(|keep| *keep).unwrap_or(0);
    let last = kept.iter().rposition(|keep| *keep).unwrap_or(kept.len());
    let mut section: Option<Section> = None;
    (0..kept.len())
        .map(|index| {
            if kept[index] {
                section = None;
                return Reason::Other;
            }
            let block = &blocks.items[index];
            let signs = &features.signs[index];
            let strongest = signs.strongest();
            section = section.filter(|section| section.holds(index));
            if let Some((reason, 4)) = strongest {
                section = Some(Section::begin(reason, index, blocks));
            } else if matches!(block.kind, Kind::Heading(_)) {
                section = strongest.map(|(reason, _)| Section::begin(reason, index, blocks));
            }
            let m = &features.measures[index];
            if block.has(Block::HIDDEN) {
                return Reason::Hidden;
            }
            if matches!(roles.get(index), Some(1..=3)) {
                return Reason::Metadata;
            }
            let legal = SELF_EVIDENT.iter().copied().find(|reason| signs.of(*reason) > 0);
            if legal == Some(Reason::Copyright) && strongest.is_none_or(|(_, strength)| strength < 4) {
                // The small print ends whatever a heading began.
                section = None;
            }
            if let Some((reason, 2..)) = strongest {
                return reason;
            }
            if let Some(reason) = legal {
                return reason;
            }
            let place = places[block.container as usize];
            let nearest = match (place, &section) {
                (Some((_, depth)), Some(section)) if section.depth >= depth => Some(section.reason),
                (None, Some(section)) => Some(section.reason),
                _ => None,
            };
            if let Some(reason) = nearest {
                return reason;
            }
            if let Some((reason, _)) = strongest {
                return reason;
            }
            if let Some((reason, _)) = place {
                return reason;
            }
            if let Some(reason) = shapes.of(index) {
                return reason;
            }
            if index > last && m.units >= CARD_UNITS && roles.get(index - 1) == Some(&2) {
                return Reason::ReporterCard;
            }
            if features.repeats[index].0 > 0 && m.units >= 6.0 {
                return Reason::Duplicate;
            }
            if block.has(Block::CONTROL) {
                return Reason::Widget;
            }
            match m.link_density() > 0.5 {
                true if index > first && m.units >= TEASER_UNITS => Reason::Related,
                true => Reason::Navigation,
                false if index > last && m.units >= TEASER_UNITS => Reason::Related,
                false if index < first && m.units < TEASER_UNITS => Reason::Navigation,
                false => Reason::Other,
            }
        })
        .collect()
}

/// Families whose phrases name them wherever in a block they stand, and nobody writes in a headline.
const SELF_EVIDENT: [Reason; 2] = [Reason::Copyright, Reason::Consent];

/// What a heading of a family began.
#[derive(Clone, Copy, Debug)]
struct Section {
    reason: Reason,
    /// The first block that is not in it any more.
    end: usize,
    /// Of the element that holds heading and section.
    depth: u16,
}

impl Section {
    /// The section of the heading at `index`: what is left of the smallest element that holds more than the heading, and no
    /// more than a family of that kind fills.
    fn begin(reason: Reason, index: usize, blocks: &Blocks) -> Section {
        let mut at = blocks.items[index].container as usize;
        while at != 0 && blocks.containers[at].blocks.len() <= 1 {
            at = blocks.containers[at].parent as usize;
        }
        let holder = &blocks.containers[at];
        let reach = match reason {
            Reason::Related | Reason::Ranking | Reason::Comments | Reason::Navigation | Reason::Ticker => LIST_REACH,
            _ => BOX_REACH,
        };
        Section { reason, end: holder.blocks.range().end.min(index + reach + 1), depth: holder.depth }
    }

    fn holds(&self, index: usize) -> bool {
        index < self.end
    }
}

/// A heading names the lists below it for so many blocks; beyond, the page has moved on.
const LIST_REACH: usize = 60;

/// A card or a box is shorter than a list.
const BOX_REACH: usize = 10;

/// Units of what is said of the author below the name at the article's end.
const CARD_UNITS: f32 = 3.0;

/// Units of a headline: shorter links are menu items.
const TEASER_UNITS: f32 = 5.0;

/// The reason that the nearest telling element around a block gives, and that element's depth, by container.
fn places(blocks: &Blocks) -> Vec<Option<(Reason, u16)>> {
    let classes = classes();
    let mut of: Vec<Option<(Reason, u16)>> = Vec::with_capacity(blocks.containers.len());
    for container in &blocks.containers {
        let inherited = of.get(container.parent as usize).copied().flatten();
        let words = blocks.tokens.get(container.tokens.range()).unwrap_or_default();
        let named = (0..words.len())
            .filter_map(|at| words.get(at..))
            .filter_map(|rest| classes.of(rest))
            .max_by_key(|(_, length)| *length)
            .map(|(reason, _)| reason);
        let own = named.or(match container.tag {
            Tag::Nav | Tag::Menu => Some(Reason::Navigation),
            Tag::Form | Tag::Select => Some(Reason::Widget),
            _ => None,
        });
        of.push(own.map(|reason| (reason, container.depth)).or(inherited));
    }
    of
}

/// The class names of the vocabulary that name a family.
struct Classes {
    /// As hashes of their words, sorted.
    names: Vec<(Vec<u32>, Reason)>,
    /// Their first words, one bit each by the low bits of the hash: nearly every word of a page is turned away here.
    first: [u64; 64],
}

impl Classes {
    fn new(mut names: Vec<(Vec<u32>, Reason)>) -> Classes {
        names.sort_unstable();
        let mut first = [0; 64];
        for word in names.iter().filter_map(|(name, _)| name.first()) {
            first[*word as usize / 64 % 64] |= 1 << (word % 64);
        }
        Classes { names, first }
    }

    /// The longest name that `words` begin with, and how many of them it takes: `author-box` says more than `author`.
    fn of(&self, words: &[u32]) -> Option<(Reason, usize)> {
        let first = words.first()?;
        if self.first[*first as usize / 64 % 64] >> (first % 64) & 1 == 0 {
            return None;
        }
        let from = self.names.partition_point(|(name, _)| name.first() < Some(first));
        let same = self.names.get(from..)?.iter().take_while(|(name, _)| name.first() == Some(first));
        same.filter(|(name, _)| words.starts_with(name))
            .map(|(name, reason)| (*reason, name.len()))
            .max_by_key(|(_, n)| *n)
    }
}

fn classes() -> &'static Classes {
    static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
        let mut classes = Vec::new();
        for (word, family) in Vocab::get().classes() {
            let ClassFamily::Boilerplate(reason) = family else { continue };
            let mut name = Vec::new();
            token::push_hashes(word, &mut name);
            if !name.is_empty() {
                classes.push((name, *reason));
            }
        }
        Classes::new(classes)
    });
    &CLASSES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_whole_names() {
        let cases = [
            ("author-box", Some(Reason::ReporterCard)),
            ("authorBox", Some(Reason::ReporterCard)),
            ("author", None),
            ("box", None),
            ("comments", Some(Reason::Comments)),
        ];
        for (name, wanted) in cases {
            let mut words = Vec::new();
            token::push_hashes(name, &mut words);
            assert_eq!(classes().of(&words).map(|(reason, _)| reason), wanted, "{name}");
        }
    }
}
