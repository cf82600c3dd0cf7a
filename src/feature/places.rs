//! The position of each container on the page: what it inherits from its ancestors, and how far it is from another.

use super::classes::{self, Classes, Named};
use super::tokens::TokenTable;
use crate::block::{Blocks, Container, Tag};
use crate::span::Recent;
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
