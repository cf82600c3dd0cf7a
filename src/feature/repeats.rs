//! Counts repetitions on a page: equal texts, and equal element paths.

use super::measure::Measure;
use crate::block::Blocks;
use crate::hashed::ByHash;

/// For each block, how often its text occurs before it, and how often on the whole page.
pub(crate) fn texts(measures: &[Measure]) -> Vec<(u16, u16)> {
    let mut first: ByHash<u32, (u64, u32)> = ByHash::with_capacity_and_hasher(measures.len(), Default::default());
    let firsts: Vec<u32> =
        (0u32..).zip(measures).map(|(at, m)| *first.entry((m.hash, m.letters)).or_insert(at)).collect();
    // The count of each text, at the index of its first block.
    let mut counts = vec![0u16; measures.len()];
    let stood = firsts.iter().map(|&first| {
        let count = &mut counts[first as usize];
        let before = *count;
        *count = count.saturating_add(1);
        before
    });
    let before: Vec<u16> = stood.collect();
    before.into_iter().zip(firsts).map(|(before, first)| (before, counts[first as usize])).collect()
}

/// Blocks whose containers have the same path: the items of a list, the paragraphs of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    pub(crate) blocks: f32,
    pub(crate) units: f32,
    pub(crate) link: f32,
    pub(crate) prose: f32,
    pub(crate) sentences: f32,
    /// Index of the first and last block.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// Initial capacity for groups; most pages have fewer.
const GROUPS: usize = 64;

/// The groups, and for each block the index of its group.
pub(crate) fn groups(blocks: &Blocks, measures: &[Measure]) -> (Vec<Group>, Vec<u32>) {
    let mut index: ByHash<u32> = ByHash::with_capacity_and_hasher(GROUPS, Default::default());
    let mut groups: Vec<Group> = Vec::new();
    let of = (0u32..)
        .zip(blocks.items.iter().zip(measures))
        .map(|(at, (block, m))| {
            let path = blocks.containers[block.container as usize].path;
            let group = *index.entry(path).or_insert_with(|| {
                groups.push(Group { first: at, ..Group::default() });
                u32::try_from(groups.len() - 1).unwrap_or(u32::MAX)
            });
            let held = &mut groups[group as usize];
            held.blocks += 1.0;
            held.units += m.units;
            held.link += m.link_units;
            held.prose += if m.is_prose() { m.units - m.link_units } else { 0.0 };
            held.sentences += m.sentences as f32;
            held.last = at;
            group
        })
        .collect();
    (groups, of)
}
