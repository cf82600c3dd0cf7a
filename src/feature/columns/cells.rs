//! Receivers of a row's cells: one collects values, the other names.

/// Receives the cells of a row one by one. Names and values come from the same code, so that they always match.
pub(in crate::feature) trait Cells {
    fn begin(&mut self);
    fn put(&mut self, name: &'static str, part: &'static str, value: f32);
    /// Puts the `N` cells of `part`; unless `anew`, they are the same as in the previous row. The fixed number of cells
    /// gives every cell of a row a fixed index, known at compile time.
    fn part<const N: usize>(&mut self, anew: bool, part: impl FnOnce(&mut Self));
    /// Ends the row of a block with this length.
    fn end(&mut self, units: f32);
}

/// Maximum number of columns. A test checks that there are no more.
pub(super) const MAX_COLUMNS: usize = 512;

/// Collects values.
pub(in crate::feature) struct Values<'a> {
    take: &'a mut dyn FnMut(&[f32], f32),
    /// The current row, written over the last one. A vector would check its capacity for every cell.
    row: [f32; MAX_COLUMNS],
    count: usize,
}

impl<'a> Values<'a> {
    pub(in crate::feature) fn new(take: &'a mut dyn FnMut(&[f32], f32)) -> Self {
        Values { take, row: [0.0; MAX_COLUMNS], count: 0 }
    }
}

impl Cells for Values<'_> {
    #[inline(always)]
    fn begin(&mut self) {
        self.count = 0;
    }

    #[inline(always)]
    fn put(&mut self, _name: &'static str, _part: &'static str, value: f32) {
        debug_assert!(self.count < MAX_COLUMNS, "more columns than a row has");
        // The remainder spares the check of the index, which would branch on every cell.
        self.row[self.count % MAX_COLUMNS] = value;
        self.count += 1;
    }

    #[inline(always)]
    fn part<const N: usize>(&mut self, anew: bool, part: impl FnOnce(&mut Self)) {
        let from = self.count;
        if anew {
            part(self);
            debug_assert_eq!(self.count - from, N, "a part has another number of cells");
        }
        self.count = from + N;
    }

    fn end(&mut self, units: f32) {
        (self.take)(self.row.get(..self.count).unwrap_or_default(), units);
    }
}

/// Collects names.
#[derive(Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl Cells for Names {
    fn begin(&mut self) {}

    fn put(&mut self, name: &'static str, part: &'static str, _value: f32) {
        self.0.push(if part.is_empty() { name.to_owned() } else { format!("{name}.{part}") });
    }

    fn part<const N: usize>(&mut self, _anew: bool, part: impl FnOnce(&mut Self)) {
        let from = self.0.len();
        part(self);
        debug_assert_eq!(self.0.len() - from, N, "a part has another number of cells");
    }

    fn end(&mut self, _units: f32) {}
}
