//! Why a block was struck: the family that speaks loudest for it.

use crate::block::{Block, Blocks, Kind, Tag};
use crate::feature::Features;
use crate::types::Reason;

/// A reason for every block; only those of struck blocks are read.
pub(super) fn reasons(blocks: &Blocks, features: &Features, kept: &[bool], roles: &[u8]) -> Vec<Reason> {
    let places = contexts(blocks);
    let first = kept.iter().position(|keep| *keep).unwrap_or(0);
    let last = kept.iter().rposition(|keep| *keep).unwrap_or(kept.len());
    // What the last heading of a family began, until something is kept or another heading comes.
    let mut begun: Option<(Reason, usize)> = None;
    (0..kept.len())
        .map(|index| {
            if kept[index] {
                begun = None;
                return Reason::Other;
            }
            let block = &blocks.items[index];
            let strongest = features.signs[index].strongest();
            if let Some((reason, 4)) = strongest {
                begun = Some((reason, index));
            } else if matches!(block.kind, Kind::Heading(_)) {
                begun = strongest.map(|(reason, _)| (reason, index));
            }
            let m = &features.measures[index];
            if block.has(Block::HIDDEN) {
                return Reason::Hidden;
            }
            if matches!(roles.get(index), Some(1..=3)) {
                return Reason::Metadata;
            }
            if let Some((reason, 2..)) = strongest {
                return reason;
            }
            if let Some((reason, since)) = begun
                && index - since <= REACH
            {
                return reason;
            }
            if let Some((reason, _)) = strongest {
                return reason;
            }
            if let Some(reason) = places[block.container as usize] {
                return reason;
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

/// A heading names the blocks below it for so far; beyond, the page has moved on.
const REACH: usize = 60;

/// Units of a headline: shorter links are menu items.
const TEASER_UNITS: f32 = 5.0;

/// The reason that the element a block stands in gives, by container.
fn contexts(blocks: &Blocks) -> Vec<Option<Reason>> {
    let mut of: Vec<Option<Reason>> = Vec::with_capacity(blocks.containers.len());
    for container in &blocks.containers {
        let inherited = of.get(container.parent as usize).copied().flatten();
        let own = match container.tag {
            Tag::Nav | Tag::Menu => Some(Reason::Navigation),
            Tag::Form | Tag::Select => Some(Reason::Widget),
            _ => None,
        };
        of.push(own.or(inherited));
    }
    of
}
