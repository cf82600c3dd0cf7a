//! What a browser counts: the numbers of list items, the rows and columns of tables.

use crate::block::{CellPlace, Tag};
use crate::dom::{Attr, Dom, NodeId};

/// The place of an element in its list or table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Place {
    #[default]
    None,
    /// The number of an item of an ordered list.
    Number(i32),
    Cell(CellPlace),
}

/// The lists and tables that are open.
#[derive(Debug, Default)]
pub(super) struct Counters {
    lists: Vec<List>,
    tables: Vec<Table>,
}

#[derive(Clone, Copy, Debug)]
enum List {
    Unordered,
    /// The number of the next item, and the step to the one after.
    Ordered(i32, i32),
}

#[derive(Debug, Default)]
struct Table {
    row: u32,
    column: u32,
    /// For each column, the first row into which no cell of an earlier row reaches.
    free: Vec<u32>,
}

/// Most columns that a cell can span, and the number of columns that cells of earlier rows can reach into. Each becomes
/// an empty cell, and those of a row must not take more room than its tags, or a short page could become a long text.
const MAX_SPAN: u32 = 16;
const MAX_REACHED: usize = 16;

impl Counters {
    /// Counts an element that is being opened and returns its place. Most elements are not counted.
    #[inline]
    pub(super) fn open(&mut self, dom: &Dom, id: NodeId, tag: Tag) -> Place {
        match tag {
            Tag::Ul | Tag::Menu | Tag::Ol | Tag::Li | Tag::Table | Tag::Tr | Tag::Td | Tag::Th => {
                self.count(dom, id, tag)
            }
            _ => Place::None,
        }
    }

    fn count(&mut self, dom: &Dom, id: NodeId, tag: Tag) -> Place {
        let number = |name: Attr| dom.attribute(id, name).and_then(|value| value.trim().parse::<i32>().ok());
        match tag {
            Tag::Ul | Tag::Menu => self.lists.push(List::Unordered),
            Tag::Ol if dom.attribute(id, Attr::Reversed).is_some() => {
                let items = || dom.children(id).filter(|&child| dom.tag(child) == Some(Tag::Li)).count();
                let start = number(Attr::Start).or_else(|| i32::try_from(items()).ok()).unwrap_or(1);
                self.lists.push(List::Ordered(start, -1));
            }
            Tag::Ol => self.lists.push(List::Ordered(number(Attr::Start).unwrap_or(1), 1)),
            Tag::Li => {
                if let Some(List::Ordered(next, step)) = self.lists.last_mut() {
                    let this = number(Attr::Value).unwrap_or(*next);
                    *next = this.saturating_add(*step);
                    return Place::Number(this);
                }
            }
            Tag::Table => self.tables.push(Table::default()),
            Tag::Tr => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column) = (table.row + 1, 0);
                }
            }
            Tag::Td | Tag::Th => {
                if let Some(table) = self.tables.last_mut() {
                    let span = |name: Attr| number(name).and_then(|span| u32::try_from(span).ok()).unwrap_or(1).max(1);
                    return Place::Cell(table.cell(span(Attr::Colspan).min(MAX_SPAN), span(Attr::Rowspan)));
                }
            }
            _ => {}
        }
        Place::None
    }

    /// To be called after an element was closed.
    pub(super) fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Ul | Tag::Menu | Tag::Ol => {
                self.lists.pop();
            }
            Tag::Table => {
                self.tables.pop();
            }
            _ => {}
        }
    }
}

impl Table {
    /// The place of the next cell of the row.
    fn cell(&mut self, columns: u32, rows: u32) -> CellPlace {
        while self.free.get(self.column as usize).is_some_and(|&row| row > self.row) {
            self.column += 1;
        }
        let place = CellPlace { row: self.row, column: self.column };
        self.column += columns;
        if rows > 1 {
            let end = (self.column as usize).min(MAX_REACHED);
            self.free.resize(self.free.len().max(end), 0);
            self.free.get_mut(place.column as usize..end).unwrap_or_default().fill(self.row.saturating_add(rows));
        }
        place
    }
}
