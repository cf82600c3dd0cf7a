//! The position of each container on the page: properties inherited from its ancestors, and its content.

use super::classes::{self, Classes, Named};
use super::measure::Measure;
use super::tokens::TokenTable;
use crate::block::{Blocks, Container, Tag};
use crate::span::{Recent, Span};
use crate::types::Reason;

/// Properties shared by all blocks in a container.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// Log-odds of the class words of the container and its ancestors, on all pages and on articles.
    pub(crate) tokens: [Tokens; 2],
    /// Number of elements among them with known words.
    pub(crate) token_known: f32,
    /// Number of elements of each kind among the container and its ancestors; see [`KINDS`].
    pub(crate) inside: [u8; KINDS.len()],
    /// Number of boxes of each family among the container and its ancestors; see [`classes::FAMILIES`].
    pub(crate) boxes: [u8; classes::FAMILIES.len()],
    /// The outermost `article` element around it, counted from 1 in page order; 0 if there is none.
    pub(crate) article: u16,
    /// The boilerplate family named by the words of the container itself.
    pub(crate) named: Option<Reason>,
    /// The nearest block-level container: this one or an ancestor.
    pub(crate) block_level: u32,
    /// The nearest container with a picture, this one or an ancestor; `None` on a page without.
    pub(crate) pictured: Option<u32>,
}

/// Log-odds of class words along a path.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) sum: f32,
    pub(crate) min: f32,
    pub(crate) max: f32,
    /// Of the nearest element with known words.
    pub(crate) near: f32,
}

impl Tokens {
    fn add(&mut self, value: f32) {
        let value = value.clamp(-TOKEN_LIMIT, TOKEN_LIMIT);
        self.sum += value;
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.near = value;
    }
}

/// Elements with a column for how many of them contain a block.
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

/// For each tag its index in [`KINDS`]; [`u8::MAX`] for most.
const KIND_OF: [u8; 256] = {
    let mut of = [u8::MAX; 256];
    let mut kind = 0;
    while kind < KINDS.len() {
        let mut at = 0;
        while at < KINDS[kind].1.len() {
            of[KINDS[kind].1[at] as usize] = kind as u8;
            at += 1;
        }
        kind += 1;
    }
    of
};

/// Maximum absolute log-odds per element: a single unusual word must not decide a whole page.
const TOKEN_LIMIT: f32 = 3.0;

/// Fills in the place of each container.
pub(crate) fn places(blocks: &Blocks, table: &TokenTable, out: &mut Vec<Place>) {
    out.clear();
    out.reserve(blocks.containers.len());
    let classes = Classes::get();
    let mut articles = 0u16;
    // What the words of an element name, and their log-odds.
    let mut cache = Recent::<(Named, Option<[f32; 2]>)>::default();
    for (index, container) in (0u32..).zip(&blocks.containers) {
        let mut place = out.get(container.parent as usize).copied().unwrap_or_default();
        if container.tag == Tag::Article && place.article == 0 {
            articles = articles.saturating_add(1);
            place.article = articles;
        }
        if let Some(inside) = place.inside.get_mut(usize::from(KIND_OF[container.tag as usize])) {
            *inside = inside.saturating_add(1);
        }
        if container.pictured {
            place.pictured = Some(index);
        }
        if !is_inline(container.tag) {
            place.block_level = index;
        }
        let (Named { families, reason }, odds) = cache.of(container.tokens, || {
            let words = blocks.tokens.get(container.tokens.range()).unwrap_or_default();
            (classes.named(words), log_odds(words, table))
        });
        place.named = reason;
        if families != 0 {
            for (index, count) in place.boxes.iter_mut().enumerate() {
                *count = count.saturating_add(u8::from(families >> index & 1 == 1));
            }
        }
        if let Some(odds) = odds {
            place.tokens.iter_mut().zip(odds).for_each(|(tokens, value)| tokens.add(value));
            place.token_known += 1.0;
        }
        out.push(place);
    }
}

/// Sum of the log-odds of all known words; `None` if no word is known.
fn log_odds(words: &[u32], table: &TokenTable) -> Option<[f32; 2]> {
    let known = words.iter().filter_map(|word| table.log_odds(*word));
    known.fold(None, |sum, odds| {
        let sum: [f32; 2] = sum.unwrap_or_default();
        Some([sum[0] + odds[0], sum[1] + odds[1]])
    })
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

/// Prefix sums over the blocks, so that any range costs two look-ups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// `[i]` is the sum over blocks `..i`, in the order of [`Range`]'s fields after the first.
    rows: Vec<[f32; 8]>,
}

/// Sums over a range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Range {
    pub(crate) blocks: f32,
    pub(crate) units: f32,
    pub(crate) link: f32,
    pub(crate) prose: f32,
    pub(crate) prose_blocks: f32,
    pub(crate) terms: f32,
    pub(crate) title_terms: f32,
    pub(crate) chars: f32,
    pub(crate) digits: f32,
}

impl Range {
    pub(crate) fn link_density(&self) -> f32 {
        self.link / self.units.max(1.0)
    }

    pub(crate) fn prose_share(&self) -> f32 {
        self.prose / self.units.max(1.0)
    }

    /// The mean length, and the shares of links, prose, title terms and digits. In arrays, so that the divisions can be
    /// vectorised.
    pub(crate) fn densities(&self) -> [f32; 5] {
        let mut densities = [self.units, self.link, self.prose, self.title_terms, self.digits];
        let of = [self.blocks, self.units, self.units, self.terms, self.chars];
        densities.iter_mut().zip(of).for_each(|(part, whole)| *part /= whole.max(1.0));
        densities
    }
}

impl Sums {
    pub(crate) fn fill(&mut self, measures: &[Measure]) {
        self.rows.clear();
        self.rows.reserve(measures.len() + 1);
        let mut sum = [0.0f32; 8];
        self.rows.push(sum);
        for m in measures {
            let prose = m.is_prose();
            let row = [
                m.units,
                m.link_units,
                if prose { m.units - m.link_units } else { 0.0 },
                f32::from(u8::from(prose)),
                m.terms as f32,
                m.title_terms as f32,
                m.chars as f32,
                m.digits as f32,
            ];
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += value;
            }
            self.rows.push(sum);
        }
    }

    /// Sums over the blocks `start..end`, clamped to the existing ones.
    pub(crate) fn over(&self, start: usize, end: usize) -> Range {
        let last = self.rows.len().saturating_sub(1);
        let (start, end) = (start.min(last), end.min(last));
        if start >= end {
            return Range::default();
        }
        let (a, b) = (&self.rows[start], &self.rows[end]);
        let of = |index: usize| b[index] - a[index];
        Range {
            blocks: (end - start) as f32,
            units: of(0),
            link: of(1),
            prose: of(2),
            prose_blocks: of(3),
            terms: of(4),
            title_terms: of(5),
            chars: of(6),
            digits: of(7),
        }
    }

    pub(crate) fn span(&self, span: Span) -> Range {
        self.over(span.start as usize, span.end as usize)
    }

    pub(crate) fn all(&self) -> Range {
        self.over(0, usize::MAX)
    }
}

/// The container with the most prose and the least of anything else: where an article would be.
///
/// Other text counts against a container, so the best one is small but complete. Of equals the deepest wins.
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

/// Penalty for a unit of other text, relative to a unit of prose.
const OTHER_WEIGHT: f32 = 0.7;

/// For each container, the steps up to its nearest ancestor shared with `goal`, and from there down to `goal`.
pub(crate) fn steps(containers: &[Container], goal: usize) -> Vec<(u16, u16)> {
    let depth = |index: usize| containers.get(index).map_or(0, |container| container.depth);
    let mut above = vec![false; containers.len()];
    let mut at = goal;
    while let Some(seen) = above.get_mut(at).filter(|seen| !**seen) {
        *seen = true;
        at = containers[at].parent as usize;
    }
    // Parents come before their children, so the depth of the shared ancestor is known from the parent.
    let mut shared = vec![0u16; containers.len()];
    for (index, container) in containers.iter().enumerate() {
        shared[index] = if above[index] { container.depth } else { shared[container.parent as usize] };
    }
    let goal = depth(goal);
    shared.iter().enumerate().map(|(index, &shared)| (depth(index) - shared, goal.saturating_sub(shared))).collect()
}
