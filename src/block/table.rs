//! The tables of a page that hold figures or facts in rows and columns, as opposed to those that lay out the page.

use super::{Block, Blocks, Kind, Tag};
use std::ops::Range;

/// The row and column of a cell in its table; a row or column may be empty.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct CellPlace {
    pub(crate) row: u32,
    pub(crate) column: u32,
}

/// A table of at least two rows, one of them with two cells.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Its blocks, which follow each other; one cell may have several.
    pub(crate) blocks: Range<usize>,
    /// The container that is the table or, in flattened text, holds its lines.
    pub(crate) container: u32,
    /// The places of its blocks.
    places: Vec<CellPlace>,
}

/// Most blocks and bytes of a cell: one with more is a column of the page's layout.
const CELL_MAX_BLOCKS: usize = 6;
const CELL_MAX_BYTES: usize = 1000;

/// A cell of more bytes than this (some 40 characters of Korean) that outweighs all others together is what the page is
/// for: boards put a post into one table with its author, its date, and the previous and next post.
const POST_MIN_BYTES: usize = 120;

impl Table {
    /// The place of the block `index`, if the table holds it.
    pub(crate) fn place(&self, index: usize) -> Option<CellPlace> {
        self.places.get(index.checked_sub(self.blocks.start)?).copied()
    }
}

/// The tables of a page, in order.
pub(crate) fn tables(blocks: &Blocks) -> Vec<Table> {
    if blocks.cells.is_empty() && blocks.items.iter().all(|block| block.kind != Kind::Cell) {
        return Vec::new();
    }
    let cells = Cells::of(blocks);
    let mut columns = blocks.columns.iter().peekable();
    let mut found: Vec<Table> = Vec::new();
    for (index, block) in blocks.items.iter().enumerate() {
        let column = columns.next_if(|(of, _)| *of as usize == index).map(|(_, column)| u32::from(*column));
        let Some((container, place)) = cells.of_block(blocks, block) else { continue };
        if !found.last().is_some_and(|table| table.container == container && table.blocks.end == index) {
            found.push(Table { blocks: index..index, container, places: Vec::new() });
        }
        let Some(table) = found.last_mut() else { continue };
        let place = place.unwrap_or_else(|| table.next_place(block, column));
        table.places.push(place);
        table.blocks.end += 1;
    }
    found.retain(|table| !cells.nest[table.container as usize] && table.is_grid() && !table.is_layout(blocks));
    found
}

impl Table {
    /// The place of the next cell of flattened text, where each block is a cell. `column` is known for cells after
    /// empty ones.
    fn next_place(&self, block: &Block, column: Option<u32>) -> CellPlace {
        let next = match self.places.last() {
            None => CellPlace::default(),
            Some(last) if block.has(Block::ROW_START) => CellPlace { row: last.row + 1, column: 0 },
            Some(last) => CellPlace { column: last.column + 1, ..*last },
        };
        CellPlace { column: column.unwrap_or(next.column), ..next }
    }

    fn is_grid(&self) -> bool {
        let rows = self.places.windows(2).any(|pair| pair[0].row != pair[1].row);
        rows && self.places.windows(2).any(|pair| pair[0].row == pair[1].row && pair[0].column != pair[1].column)
    }

    /// Whether it lays out the page, since it holds what tables of figures do not: headings, code, columns of
    /// paragraphs, a card in every other cell, a post.
    fn is_layout<'a>(&self, blocks: &'a Blocks) -> bool {
        let items = blocks.items.get(self.blocks.clone()).unwrap_or_default();
        let seen = |of: &'a [Block]| of.iter().filter(|block| !block.has(Block::NEVER_SHOWN));
        let bytes = |of| seen(of).map(|block| block.text.len()).sum::<usize>();
        let most = (bytes(items) / 2).clamp(POST_MIN_BYTES, CELL_MAX_BYTES);
        let (mut cells, mut further, mut rest) = (0, 0, items);
        for cell in self.places.chunk_by(|a, b| a == b) {
            let (own, after) = rest.split_at(cell.len());
            if seen(own).count() > CELL_MAX_BLOCKS || bytes(own) > most {
                return true;
            }
            cells += 1;
            further += seen(own).skip(1).filter(|block| block.kind != Kind::ListItem).count();
            rest = after;
        }
        further * 2 >= cells || items.iter().any(|block| matches!(block.kind, Kind::Heading(_) | Kind::Code))
    }
}

/// How the containers of a page relate to its tables.
struct Cells {
    /// The nearest table around each container, and its cell there as an index into [`Blocks::cells`].
    inside: Vec<(u32, Option<u32>)>,
    /// Which containers are tables with another table in one of their cells.
    nest: Vec<bool>,
}

impl Cells {
    fn of(blocks: &Blocks) -> Cells {
        let mut inside: Vec<(u32, Option<u32>)> = Vec::with_capacity(blocks.containers.len());
        let mut nest = vec![false; blocks.containers.len()];
        let mut next = 0;
        for (index, container) in (0u32..).zip(&blocks.containers) {
            let (table, cell) = inside.get(container.parent as usize).copied().unwrap_or_default();
            let is_cell = blocks.cells.get(next).is_some_and(|(of, _)| *of == index);
            inside.push(match container.tag {
                Tag::Table => {
                    nest[table as usize] |= cell.is_some();
                    (index, None)
                }
                _ if is_cell => {
                    next += 1;
                    (table, u32::try_from(next - 1).ok())
                }
                _ => (table, cell),
            });
        }
        Cells { inside, nest }
    }

    /// The table that contains a block, and its place there; `None` for the place if it depends on the blocks before it.
    fn of_block(&self, blocks: &Blocks, block: &Block) -> Option<(u32, Option<CellPlace>)> {
        let (table, cell) = self.inside.get(block.container as usize).copied()?;
        match cell.and_then(|cell| blocks.cells.get(cell as usize)) {
            Some((_, place)) => Some((table, Some(*place))),
            None if block.kind == Kind::Cell => Some((table, None)),
            None => None,
        }
    }
}
