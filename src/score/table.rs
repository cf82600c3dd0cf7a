//! Rows of numbers, one after another.

/// Row-major, all rows of one width.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    values: &'a [f32],
    columns: usize,
}

impl<'a> Table<'a> {
    pub(crate) fn new(values: &'a [f32], columns: usize) -> Self {
        Table { values, columns }
    }
    pub(crate) fn len(self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }
    /// Row `index`; empty if there is none.
    pub(crate) fn row(self, index: usize) -> &'a [f32] {
        self.values.get(index * self.columns..(index + 1) * self.columns).unwrap_or_default()
    }
}
