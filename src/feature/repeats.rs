//! What stands more than once on a page: texts, and shapes of element paths.

use super::measure::Measure;
use crate::block::Blocks;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hands on a key that is a hash already.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// For each block: how often its text stood before, and how often it stands on the page.
pub(crate) fn texts(measures: &[Measure]) -> Vec<(u16, u16)> {
    let mut counts: ByHash<u16> = ByHash::with_capacity_and_hasher(measures.len(), BuildHasherDefault::default());
    let before: Vec<u16> = measures
        .iter()
        .map(|m| {
            let count = counts.entry(mixed(m)).or_default();
            let before = *count;
            *count = count.saturating_add(1);
            before
        })
        .collect();
    measures.iter().zip(before).map(|(m, before)| (before, counts.get(&mixed(m)).copied().unwrap_or(1))).collect()
}

/// FNV leaves its low bits weak; the map takes its buckets from them.
fn mixed(m: &Measure) -> u64 {
    crate::block::token::mix(m.hash, u64::from(m.letters))
}

/// Blocks whose containers have the same path: the items of one list, the paragraphs of one text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    pub(crate) blocks: f32,
    pub(crate) units: f32,
    pub(crate) link: f32,
    pub(crate) prose: f32,
    pub(crate) sentences: f32,
    /// First and last block.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The groups, and the group of each block.
pub(crate) fn groups(blocks: &Blocks, measures: &[Measure]) -> (Vec<Group>, Vec<u32>) {
    let mut index: ByHash<u32> = ByHash::default();
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
