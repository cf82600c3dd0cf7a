//! Why a block was struck: the family that speaks loudest for it.

use crate::block::{Block, Blocks, Kind, Tag, token};
use crate::feature::Features;
use crate::types::Reason;
use crate::vocab::{ClassFamily, Vocab};
use std::sync::LazyLock;

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
                begun = Some((reason, index)).filter(|_| begins_a_list(reason));
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

/// Whether a heading of the family speaks for what comes after it, and not for its own line only.
fn begins_a_list(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Navigation
            | Reason::Related
            | Reason::Ranking
            | Reason::Ticker
            | Reason::Share
            | Reason::Subscribe
            | Reason::Comments
    )
}

/// A heading names the blocks below it for so far; beyond, the page has moved on.
const REACH: usize = 60;

/// Units of a headline: shorter links are menu items.
const TEASER_UNITS: f32 = 5.0;

/// The reason that the nearest telling element around a block gives, by container.
fn contexts(blocks: &Blocks) -> Vec<Option<Reason>> {
    let classes = classes();
    let mut of: Vec<Option<Reason>> = Vec::with_capacity(blocks.containers.len());
    for container in &blocks.containers {
        let inherited = of.get(container.parent as usize).copied().flatten();
        let words = blocks.tokens.get(container.tokens.range()).unwrap_or_default();
        let named = words.iter().find_map(|word| {
            let at = classes.binary_search_by_key(word, |(hash, _)| *hash).ok()?;
            Some(classes[at].1)
        });
        let own = named.or(match container.tag {
            Tag::Nav | Tag::Menu => Some(Reason::Navigation),
            Tag::Form | Tag::Select => Some(Reason::Widget),
            _ => None,
        });
        of.push(own.or(inherited));
    }
    of
}

/// The class words of the vocabulary that name a family, by their hash.
fn classes() -> &'static [(u32, Reason)] {
    static CLASSES: LazyLock<Vec<(u32, Reason)>> = LazyLock::new(|| {
        let mut hashes = Vec::new();
        let mut classes = Vec::new();
        for (word, family) in Vocab::get().classes() {
            let ClassFamily::Boilerplate(reason) = family else { continue };
            hashes.clear();
            token::push_hashes(word, &mut hashes);
            // Of a joined name each word alone would say less.
            if let [hash] = hashes[..] {
                classes.push((hash, *reason));
            }
        }
        classes.sort_unstable_by_key(|(hash, _)| *hash);
        classes
    });
    &CLASSES
}
