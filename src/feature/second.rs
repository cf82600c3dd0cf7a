//! The columns of the second stage: what the first stage thinks of the blocks around.

use super::Features;
use super::columns::{Cells, Names, Values, example};
use crate::block::{Blocks, Kind};

/// The names of the columns, in order. The second stage sees the columns of the first before these.
pub fn names() -> Vec<String> {
    let (features, blocks) = example();
    let mut names = Names::default();
    each_row(&features, &blocks, &[0.5], &mut names);
    names.0
}

/// Appends one row a block, given what the first stage said of each.
pub(crate) fn rows(features: &Features, blocks: &Blocks, first: &[f32], rows: &mut Vec<f32>) {
    each_row(features, blocks, first, &mut Values::new(rows));
}

/// Probability from which a block counts as body here.
const LIKELY: f32 = 0.5;

/// Units that even the shortest block weighs.
const LEAST_WEIGHT: f32 = 1.0;

/// Windows of so many blocks on either side.
const WINDOWS: [(usize, &str, &str); 3] =
    [(3, "before3", "after3"), (8, "before8", "after8"), (25, "before25", "after25")];

/// Running sums of weight and of weight × probability.
struct Mass(Vec<(f32, f32)>);

impl Mass {
    fn new(features: &Features, first: &[f32]) -> Mass {
        let mut sums = Vec::with_capacity(first.len() + 1);
        let (mut weight, mut mass) = (0.0f32, 0.0f32);
        sums.push((0.0, 0.0));
        for (m, p) in features.measures.iter().zip(first) {
            let own = m.units.max(LEAST_WEIGHT);
            weight += own;
            mass += own * p;
            sums.push((weight, mass));
        }
        Mass(sums)
    }

    fn over(&self, start: usize, end: usize) -> (f32, f32) {
        let last = self.0.len() - 1;
        let (start, end) = (start.min(last), end.min(last));
        if start >= end {
            return (0.0, 0.0);
        }
        (self.0[end].0 - self.0[start].0, self.0[end].1 - self.0[start].1)
    }

    /// The mean probability over a range, `None` if it is empty.
    fn mean(&self, start: usize, end: usize) -> Option<f32> {
        let (weight, mass) = self.over(start, end);
        (weight > 0.0).then(|| mass / weight)
    }

    /// The same without block `index`, which is inside the range.
    fn mean_without(&self, start: usize, end: usize, index: usize) -> f32 {
        let (weight, mass) = self.over(start, end);
        let (own_weight, own_mass) = self.over(index, index + 1);
        let left = weight - own_weight;
        if left > 0.5 { ((mass - own_mass) / left).clamp(0.0, 1.0) } else { -1.0 }
    }
}

/// A run of blocks that are likely body, without a gap.
#[derive(Clone, Copy, Default)]
struct Run {
    start: usize,
    end: usize,
    mass: f32,
}

/// The run each block is in, and the heaviest.
fn runs(first: &[f32], mass: &Mass) -> (Vec<Run>, Run) {
    let mut of = vec![Run::default(); first.len()];
    let mut heaviest = Run::default();
    let mut start = 0;
    while start < first.len() {
        let likely = first[start] >= LIKELY;
        let end = (start..first.len()).find(|&at| (first[at] >= LIKELY) != likely).unwrap_or(first.len());
        let run = Run { start, end, mass: mass.over(start, end).1 };
        of[start..end].fill(run);
        if likely && run.mass > heaviest.mass {
            heaviest = run;
        }
        start = end;
    }
    (of, heaviest)
}

/// For each block the blocks between the heading before it and the next: `start..end`.
fn sections(blocks: &Blocks) -> Vec<(usize, usize)> {
    let count = blocks.items.len();
    let is_heading = |at: usize| matches!(blocks.items[at].kind, Kind::Heading(_));
    let mut of = vec![(0, count); count];
    let mut start = 0;
    for at in 1..=count {
        if at == count || is_heading(at) {
            of[start..at].fill((start, at));
            start = at;
        }
    }
    of
}

fn each_row(features: &Features, blocks: &Blocks, first: &[f32], out: &mut impl Cells) {
    let count = first.len().min(blocks.items.len());
    let first = &first[..count];
    let mass = Mass::new(features, first);
    let (all_weight, all_mass) = mass.over(0, count);
    let (runs, heaviest) = runs(first, &mass);
    let sections = sections(blocks);
    let groups = group_means(features, first);
    let greatest = first.iter().copied().fold(0.0f32, f32::max);
    let likely = first.iter().filter(|p| **p >= LIKELY).count();
    let mut last_likely: Option<usize> = None;
    let mut next_likely = vec![u32::MAX; count];
    let mut at = u32::MAX;
    for index in (0..count).rev() {
        next_likely[index] = at;
        if first[index] >= LIKELY {
            at = u32::try_from(index).unwrap_or(u32::MAX);
        }
    }
    let p = |at: Option<usize>| at.and_then(|at| first.get(at)).copied().unwrap_or(-1.0);
    for (index, block) in blocks.items.iter().enumerate().take(count) {
        out.put("p", "own", first[index]);
        out.put("p", "before1", p(index.checked_sub(1)));
        out.put("p", "before2", p(index.checked_sub(2)));
        out.put("p", "after1", p(Some(index + 1)));
        out.put("p", "after2", p(Some(index + 2)));
        for (width, before, after) in WINDOWS {
            out.put("p", before, mass.mean(index.saturating_sub(width), index).unwrap_or(-1.0));
            out.put("p", after, mass.mean(index + 1, index + 1 + width).unwrap_or(-1.0));
        }
        let mut container = features.places[block.container as usize].block_level as usize;
        for part in ["box0", "box1", "box2"] {
            let held = blocks.containers[container].blocks;
            out.put("p", part, mass.mean_without(held.start as usize, held.end as usize, index));
            let parent = blocks.containers[container].parent as usize;
            container = features.places[parent].block_level as usize;
        }
        let (group_weight, group_mass) = groups[features.group_of[index] as usize];
        let (own_weight, own_mass) = mass.over(index, index + 1);
        let rest = group_weight - own_weight;
        out.put("p", "group", if rest > 0.5 { (group_mass - own_mass) / rest } else { -1.0 });
        let (start, end) = sections[index];
        out.put("p", "section", mass.mean_without(start, end, index));
        let run = runs[index];
        out.put("run", "mass", run.mass / all_mass.max(1.0));
        out.put("run", "blocks", (run.end - run.start) as f32);
        out.put("run", "heaviest", heaviest.mass / all_mass.max(1.0));
        let apart = if index < heaviest.start {
            -((heaviest.start - index) as f32)
        } else if index >= heaviest.end {
            (index + 1 - heaviest.end) as f32
        } else {
            0.0
        };
        out.put("run", "apart", apart);
        out.put("mass", "before", mass.over(0, index).1 / all_mass.max(0.1));
        out.put("mass", "after", mass.over(index + 1, count).1 / all_mass.max(0.1));
        let gap = last_likely.map_or(-1.0, |at| mass.over(at + 1, index).0);
        out.put("gap", "before", gap);
        let next = next_likely[index];
        out.put("gap", "after", if next == u32::MAX { -1.0 } else { mass.over(index + 1, next as usize).0 });
        out.put("page", "greatest", greatest);
        out.put("page", "mean", all_mass / all_weight.max(1.0));
        out.put("page", "mass", all_mass);
        out.put("page", "likely", likely as f32 / count.max(1) as f32);
        out.end();
        if first[index] >= LIKELY {
            last_likely = Some(index);
        }
    }
}

/// Weight and mass of each group of like blocks.
fn group_means(features: &Features, first: &[f32]) -> Vec<(f32, f32)> {
    let mut sums = vec![(0.0f32, 0.0f32); features.groups.len()];
    for ((m, p), group) in features.measures.iter().zip(first).zip(&features.group_of) {
        let own = m.units.max(LEAST_WEIGHT);
        let sum = &mut sums[*group as usize];
        sum.0 += own;
        sum.1 += own * p;
    }
    sums
}
