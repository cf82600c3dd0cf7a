//! What a page says, block by block, in reading order.
//!
//! HTML and flattened text meet here; later stages can tell them apart only by a feature. A block is a run of text that
//! a reader sees as one piece: a paragraph, a heading, a list item, a table cell, a line. Containers are what remains
//! of the element tree: the chain of ancestors of each block, with their tags and the hashes of their class and id
//! words. Flattened text has one container, the page.

mod table;

pub(crate) use crate::dom::{Tag, token};
use crate::span::Span;
pub(crate) use table::{CellPlace, Table, tables};

/// What a block is according to its markup or, in flattened text, to the mark at the start of its line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Paragraph,
    /// Level 1 to 6.
    Heading(u8),
    ListItem,
    Quote,
    Code,
    /// One cell; the cells of a row follow each other, and the first carries [`Block::ROW_START`].
    Cell,
    /// `<figcaption>`, `<caption>` and their contents.
    Caption,
}

/// One block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    /// The range of its text in [`Blocks::text`]. White space is collapsed and trimmed, except in code.
    pub(crate) text: Span,
    /// Its range in the decoded page; empty if unknown.
    pub(crate) source: Span,
    pub(crate) kind: Kind,
    /// Index of the innermost container in [`Blocks::containers`].
    pub(crate) container: u32,
    /// Bytes of its text that are inside links.
    pub(crate) link_bytes: u32,
    /// Bit set of [`Block::HIDDEN`] and the other flags.
    pub(crate) flags: u16,
}

impl Block {
    /// A browser would not show it: `hidden`, `display:none`, `<template>`.
    pub(crate) const HIDDEN: u16 = 1;
    /// Inside `<noscript>`.
    pub(crate) const NOSCRIPT: u16 = 1 << 1;
    /// Matched by a `keep` rule of the caller.
    pub(crate) const RULE_KEEP: u16 = 1 << 2;
    /// Matched by a `strike` rule of the caller.
    pub(crate) const RULE_STRIKE: u16 = 1 << 3;
    /// Matched by a rule of either kind.
    pub(crate) const RULES: u16 = Block::RULE_KEEP | Block::RULE_STRIKE;
    /// First cell of a table row.
    pub(crate) const ROW_START: u16 = 1 << 4;
    /// Continues the paragraph before it without a break (a sentence of a one-line page).
    pub(crate) const CONTINUES: u16 = 1 << 5;
    /// Inside a form control: button, label, option, legend.
    pub(crate) const CONTROL: u16 = 1 << 6;
    /// Repeats text that occurs earlier on the page.
    pub(crate) const REPEATED: u16 = 1 << 7;
    /// `aria-hidden`: shown, but not read out. Mostly decoration; on some sites the article behind a paywall.
    pub(crate) const ARIA_HIDDEN: u16 = 1 << 8;
    /// On a mixed page: outside all elements.
    pub(crate) const BARE: u16 = 1 << 9;
    /// Hidden, with nothing beside it that could reveal it.
    pub(crate) const UNSEEN: u16 = 1 << 10;
    /// For screen readers only, according to its class.
    pub(crate) const SPOKEN: u16 = 1 << 11;
    /// Between it and the block before stands a picture.
    pub(crate) const AFTER_PICTURE: u16 = 1 << 12;
    /// A picture stands in it or at its end.
    pub(crate) const WITH_PICTURE: u16 = 1 << 13;
    /// Says what the alternative text of the picture before it says, or one of them is the beginning of the other.
    pub(crate) const ALTERNATIVE: u16 = 1 << 14;
    /// Its lines are centred.
    pub(crate) const CENTRED: u16 = 1 << 15;
    /// Text that is never shown.
    pub(crate) const NEVER_SHOWN: u16 = Block::UNSEEN | Block::SPOKEN;

    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// An element that holds blocks, reduced to what later stages may know of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    /// Index of its parent; the root is its own parent.
    pub(crate) parent: u32,
    pub(crate) tag: Tag,
    /// Distance from the root.
    pub(crate) depth: u16,
    /// Whether there is a picture in it.
    pub(crate) pictured: bool,
    /// The words that name it (from its class and labels), as hashes in [`Blocks::tokens`].
    pub(crate) tokens: Span,
    /// Hash of the tags and first class words from the root down to here; the items of a list share it.
    pub(crate) path: u64,
    /// Blocks inside it, descendants included: indices into [`Blocks::items`].
    pub(crate) blocks: Span,
}

/// The mark at the start of a list item in flattened text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemMark {
    /// Index of the item's block.
    pub(crate) block: u32,
    /// Columns of white space before it.
    pub(crate) indent: u16,
    pub(crate) number: Option<u16>,
}

/// A page as blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    /// The text of all blocks, one after another, each followed by a line feed.
    pub(crate) text: String,
    pub(crate) items: Vec<Block>,
    /// In document order, parents before children; never empty once a page is read.
    pub(crate) containers: Vec<Container>,
    pub(crate) tokens: Vec<u32>,
    /// The containers that are table cells, in order, with their places in the table.
    pub(crate) cells: Vec<(u32, CellPlace)>,
    /// The containers that are items of ordered lists, in order, with their numbers.
    pub(crate) numbers: Vec<(u32, i32)>,
    /// The list items of flattened text, in order.
    pub(crate) marks: Vec<ItemMark>,
    /// The cells of flattened text that come after empty ones, in order, with their columns.
    pub(crate) columns: Vec<(u32, u16)>,
    /// Where in [`Blocks::text`] a space replaces a line break of flattened text or a `<br>`, in order.
    pub(crate) breaks: Vec<u32>,
}

/// Those of the ascending `breaks` that lie in `text`, relative to its start.
pub(crate) fn breaks_in(breaks: &[u32], text: Span) -> impl Iterator<Item = u32> {
    let from = breaks.partition_point(|&at| at < text.start);
    let own = breaks.get(from..).unwrap_or_default().iter().take_while(move |&&at| at < text.end);
    own.map(move |&at| at - text.start)
}

impl Container {
    /// The container that holds the whole page.
    pub(crate) fn root() -> Container {
        Container {
            parent: 0,
            tag: Tag::Other,
            depth: 0,
            pictured: false,
            tokens: Span::default(),
            path: 0,
            blocks: Span::default(),
        }
    }
}

impl Blocks {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
        self.containers.clear();
        self.tokens.clear();
        self.cells.clear();
        self.numbers.clear();
        self.marks.clear();
        self.columns.clear();
        self.breaks.clear();
    }

    /// Sets the range of blocks of each container, once all blocks are there.
    pub(crate) fn settle(&mut self) {
        for container in &mut self.containers {
            container.blocks = Span { start: u32::MAX, end: 0 };
        }
        for (index, block) in (0u32..).zip(&self.items) {
            let held = &mut self.containers[block.container as usize].blocks;
            *held = Span { start: held.start.min(index), end: held.end.max(index + 1) };
        }
        // Children come after their parents, so one pass from the end carries everything up.
        for index in (1..self.containers.len()).rev() {
            let Container { parent, blocks, .. } = self.containers[index];
            let held = &mut self.containers[parent as usize].blocks;
            *held = Span { start: held.start.min(blocks.start), end: held.end.max(blocks.end) };
        }
        for container in &mut self.containers {
            if container.blocks.start == u32::MAX {
                container.blocks = Span::default();
            }
        }
    }

    /// Where in the text of block `index` a space replaces a line break of flattened text or a `<br>`, in order.
    pub(crate) fn breaks_of(&self, index: usize) -> impl Iterator<Item = usize> {
        breaks_in(&self.breaks, self.items[index].text).map(|at| at as usize)
    }

    /// The text of block `index`.
    pub(crate) fn text_of(&self, index: usize) -> &str {
        self.text.get(self.items[index].text.range()).unwrap_or_default()
    }
}
