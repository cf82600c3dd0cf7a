//! Computes the columns that describe a block.

mod cells;
mod elements;
mod groups;
mod headings;
mod neighbours;
mod own;
mod page;
mod past;
mod phrases;
mod pictures;
mod position;
#[cfg(test)]
mod tests;

use super::measure::Measure;
use super::places::{Place, Range};
use super::signs::Signs;
use super::{Facts, Features, TokenTable};
use crate::block::{Block, Blocks, Container, Kind};
use crate::span::Span;
use crate::types::LineRole;
use cells::{Cells, Names};
use page::Page;
use past::{Ahead, Past};

pub(super) use cells::Values;
pub(super) use page::main_group;

/// Puts the row of each block of a page, in order.
///
/// The weights of the shipped model belong to columns by name. Values must keep their meaning, or the model has to be
/// trained again.
pub(super) fn each_row(features: &Features, blocks: &Blocks, facts: &Facts<'_>, out: &mut impl Cells) {
    let page = Page::new(features, blocks, facts);
    let (mut past, mut ahead, mut boxes) = (Past::default(), Ahead::default(), elements::Boxes::default());
    for (index, block) in blocks.items.iter().enumerate() {
        let row = Row::new(&page, index, block);
        out.begin();
        row.own(out);
        row.phrases(&past, &mut ahead, out);
        row.headlines(&past, &mut ahead, out);
        row.headings(&past, out);
        row.elements(out);
        row.boxes(&mut boxes, out);
        row.landmarks(&past, out);
        row.groups(out);
        row.pictures(&past, out);
        row.neighbours(out);
        row.position(&past, &mut ahead, out);
        out.part::<28>(index == 0, |out| page.columns(out));
        out.end(row.m.units);
        past.add(&row);
    }
}

/// A block and its measurements. The methods that put its columns are always inlined, so that every cell of a row has an
/// index known at compile time.
struct Row<'a> {
    page: &'a Page<'a>,
    index: usize,
    block: &'a Block,
    m: &'a Measure,
    signs: &'a Signs,
    role: Option<LineRole>,
    /// The innermost element around the block, and its place on the page.
    container: &'a Container,
    place: &'a Place,
}

impl<'a> Row<'a> {
    #[inline(always)]
    fn new(page: &'a Page<'a>, index: usize, block: &'a Block) -> Self {
        Row {
            page,
            index,
            block,
            m: &page.features.measures[index],
            signs: &page.features.signs[index],
            role: page.role(index),
            container: &page.blocks.containers[block.container as usize],
            place: &page.features.places[block.container as usize],
        }
    }
}

/// The names of the columns in order.
pub fn names() -> Vec<String> {
    let (features, blocks) = example();
    let mut names = Names::default();
    each_row(&features, &blocks, &Facts::default(), &mut names);
    names.0
}

/// A page of one block, from which the names are derived.
fn example() -> (Features, Blocks) {
    let mut blocks = Blocks::default();
    blocks.containers.push(Container::root());
    blocks.text.push_str("a\n");
    blocks.items.push(Block {
        text: Span::new(0, 1),
        source: Span::default(),
        kind: Kind::Paragraph,
        container: 0,
        link_bytes: 0,
        flags: 0,
    });
    blocks.settle();
    let mut features = Features::default();
    features.fill(&blocks, &[], &Facts::default(), &TokenTable::default());
    (features, blocks)
}

/// Used for an infinite distance: larger than any real one, and ignored when the trainer scales columns.
const FAR: f32 = 1e6;

/// The number of blocks from `last` to `index`; [`FAR`] without a `last`.
#[inline(always)]
fn since(last: Option<usize>, index: usize) -> f32 {
    last.map_or(FAR, |at| (index - at) as f32)
}

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Puts the densities of the blocks in a window.
#[inline(always)]
fn window(out: &mut impl Cells, names: [&'static str; 5], part: &'static str, held: &Range) {
    for (name, density) in names.into_iter().zip(held.densities()) {
        out.put(name, part, density);
    }
}

/// The values of the columns for a kind, and for the level of a heading. The model has learned them.
fn kind_code(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Paragraph => (0.0, 0.0),
        Kind::Heading(level) => (1.0, f32::from(level)),
        Kind::Quote => (2.0, 0.0),
        Kind::ListItem => (3.0, 0.0),
        Kind::Cell => (4.0, 0.0),
        Kind::Code => (5.0, 0.0),
        Kind::Caption => (6.0, 0.0),
    }
}
