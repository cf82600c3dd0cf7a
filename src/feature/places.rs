//! Where each container stands on the page: what it inherits from its ancestors, what it holds.

use super::measure::Measure;
use super::tokens::TokenTable;
use crate::block::{Blocks, Container, Tag};
use crate::span::Span;

/// What every block inside a container shares.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// Sum, least and greatest log-odds of the class words of the container and its ancestors; those of the nearest element
    /// that has any.
    pub(crate) token_sum: f32,
    pub(crate) token_min: f32,
    pub(crate) token_max: f32,
    pub(crate) token_near: f32,
    pub(crate) token_known: f32,
    /// Elements of that name among the container and its ancestors; see [`KINDS`].
    pub(crate) inside: [u8; KINDS.len()],
    /// The nearest container at or above that is no inline element.
    pub(crate) block_level: u32,
}

/// The elements whose presence above a block is a column of its own.
pub(crate) const KINDS: [(&str, &[Tag]); 14] = [
    ("nav", &[Tag::Nav, Tag::Menu]),
    ("aside", &[Tag::Aside]),
    ("footer", &[Tag::Footer]),
    ("header", &[Tag::Header, Tag::Hgroup]),
    ("article", &[Tag::Article]),
    ("main", &[Tag::Main]),
    ("section", &[Tag::Section]),
    ("form", &[Tag::Form, Tag::Fieldset, Tag::Search]),
    ("figure", &[Tag::Figure]),
    ("table", &[Tag::Table]),
    ("list", &[Tag::Ul, Tag::Ol]),
    ("definitions", &[Tag::Dl]),
    ("link", &[Tag::A]),
    ("dialog", &[Tag::Dialog, Tag::Details, Tag::Template]),
];

/// Log-odds beyond which one element says no more: a single odd word must not decide for a whole page.
const TOKEN_LIMIT: f32 = 3.0;

/// Fills in a place for each container.
pub(crate) fn places(blocks: &Blocks, table: &TokenTable, out: &mut Vec<Place>) {
    out.clear();
    for (index, container) in (0u32..).zip(&blocks.containers) {
        let mut place = out.get(container.parent as usize).copied().unwrap_or_default();
        if let Some(kind) = KINDS.iter().position(|(_, tags)| tags.contains(&container.tag)) {
            place.inside[kind] = place.inside[kind].saturating_add(1);
        }
        if !is_inline(container.tag) {
            place.block_level = index;
        }
        let words = blocks.tokens.get(container.tokens.range()).unwrap_or_default();
        let known = words.iter().filter_map(|word| table.log_odds(*word));
        let (sum, count) = known.fold((0.0f32, 0u32), |(sum, count), value| (sum + value, count + 1));
        if count > 0 {
            let value = sum.clamp(-TOKEN_LIMIT, TOKEN_LIMIT);
            place.token_sum += value;
            place.token_min = place.token_min.min(value);
            place.token_max = place.token_max.max(value);
            place.token_near = value;
            place.token_known += 1.0;
        }
        out.push(place);
    }
}

fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Span
            | Tag::Strong
            | Tag::B
            | Tag::Em
            | Tag::I
            | Tag::Time
            | Tag::Small
            | Tag::Font
            | Tag::Label
            | Tag::Button
            | Tag::Cite
            | Tag::Code
            | Tag::U
            | Tag::Mark
            | Tag::Sub
            | Tag::Sup
            | Tag::Abbr
            | Tag::Q
    )
}

/// Running sums over the blocks, so that any range costs two look-ups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// `[i]` is over blocks `..i`: units, link units, prose units, prose blocks, sentences.
    rows: Vec<[f32; 5]>,
}

/// The sums over one range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Range {
    pub(crate) blocks: f32,
    pub(crate) units: f32,
    pub(crate) link: f32,
    pub(crate) prose: f32,
    pub(crate) prose_blocks: f32,
    pub(crate) sentences: f32,
}

impl Range {
    pub(crate) fn link_density(&self) -> f32 {
        self.link / self.units.max(1.0)
    }
    pub(crate) fn mean_units(&self) -> f32 {
        self.units / self.blocks.max(1.0)
    }
    pub(crate) fn prose_share(&self) -> f32 {
        self.prose / self.units.max(1.0)
    }
}

impl Sums {
    pub(crate) fn fill(&mut self, measures: &[Measure]) {
        self.rows.clear();
        self.rows.push([0.0; 5]);
        let mut sum = [0.0f32; 5];
        for m in measures {
            let prose = m.is_prose();
            let row = [
                m.units,
                m.link_units,
                if prose { m.units - m.link_units } else { 0.0 },
                f32::from(u8::from(prose)),
                m.sentences as f32,
            ];
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += value;
            }
            self.rows.push(sum);
        }
    }

    /// Over the blocks `start..end`, cut to those there are.
    pub(crate) fn over(&self, start: usize, end: usize) -> Range {
        let last = self.rows.len().saturating_sub(1);
        let (start, end) = (start.min(last), end.min(last));
        if start >= end {
            return Range::default();
        }
        let (a, b) = (&self.rows[start], &self.rows[end]);
        Range {
            blocks: (end - start) as f32,
            units: b[0] - a[0],
            link: b[1] - a[1],
            prose: b[2] - a[2],
            prose_blocks: b[3] - a[3],
            sentences: b[4] - a[4],
        }
    }

    pub(crate) fn span(&self, span: Span) -> Range {
        self.over(span.start as usize, span.end as usize)
    }

    pub(crate) fn all(&self) -> Range {
        self.over(0, usize::MAX)
    }
}

/// The container that holds the most prose with the least else: where an article would be.
///
/// Prose counts for a container, everything else against it, so the best is small but whole. Of equals the deepest wins.
pub(crate) fn best(containers: &[Container], sums: &Sums) -> usize {
    let mut best = (f32::MIN, 0);
    for (index, container) in containers.iter().enumerate() {
        let held = sums.span(container.blocks);
        let other = held.units - held.prose;
        let score = held.prose - OTHER_WEIGHT * other;
        if score >= best.0 {
            best = (score, index);
        }
    }
    best.1
}

/// What a unit of anything but prose costs a container, against a unit of prose.
const OTHER_WEIGHT: f32 = 0.7;

/// Steps from container `from` up to the nearest one it shares with `to`, and from there down to `to`.
pub(crate) fn steps(containers: &[Container], mut from: usize, mut to: usize) -> (u16, u16) {
    let (start, goal) = (containers[from].depth, containers[to].depth);
    while from != to {
        if containers[from].depth >= containers[to].depth {
            from = containers[from].parent as usize;
        } else {
            to = containers[to].parent as usize;
        }
        if containers[from].depth == 0 && containers[to].depth == 0 {
            break;
        }
    }
    let shared = containers[from].depth;
    (start.saturating_sub(shared), goal.saturating_sub(shared))
}
