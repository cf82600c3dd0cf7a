//! A gradient-boosted forest, laid out for rows abreast.
//!
//! Values are first sorted into bins (how many of the thresholds that the forest uses for this column lie below the
//! value), one byte each, and the bins of 32 rows stand side by side, column by column. A tree is then not walked but
//! swept: fork by fork, those of the 32 rows that stand at the fork step on to one of its children. That asks five times
//! as many questions as walking down, but sixteen of them an instruction, and no load waits for the one before.

use super::Malformed;
use super::reader::Reader;
use std::array;

/// Rows abreast; their bins (8 KiB) stay in the first-level cache beside a tree.
const ABREAST: usize = 32;
/// Nodes of a tree, leaves included: 31 leaves and 30 forks fit.
const NODES: usize = 64;
/// Columns a forest can use.
const COLUMNS: usize = 256;

/// One forest: numbers in, log-odds out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    bias: f32,
    /// Asked of every row.
    early: Trees,
    /// Asked of those that are not [`DECIDED`] then.
    late: Trees,
}

/// Trees with what they ask for: a few trees know a third of the thresholds of all.
#[derive(Clone, Debug, Default)]
struct Trees {
    columns: Vec<Column>,
    trees: Vec<Tree>,
}

/// A column that some tree asks for.
#[derive(Clone, Debug, PartialEq)]
struct Column {
    /// Where it stands in a row; `None` for one that is no longer computed and counts as 0.
    source: Option<usize>,
    /// Ascending, at most 255.
    thresholds: Vec<f32>,
}

/// Goes left up to this bin of this column.
#[derive(Clone, Copy, Debug)]
struct Fork {
    column: u8,
    bin: u8,
    /// The number of this node, which comes after its parent's.
    here: u8,
    /// The left child; the right one follows.
    left: u8,
}

#[derive(Clone, Debug)]
struct Tree {
    forks: Vec<Fork>,
    /// Of the leaves, by the number of the node.
    values: [f32; NODES],
}

/// The bins of up to [`ABREAST`] rows.
type Bins = [[u8; ABREAST]; COLUMNS];

/// A row is decided when its log-odds have gone so far after [`EARLY`] trees: the trees left, each worth less than those
/// before, do not bring it back. (A probability below 0.03 or above 0.97.)
const DECIDED: f32 = 3.5;
/// Trees after which the decided rows leave.
const EARLY: usize = 40;

impl Forest {
    /// Sums up the trees for each row. A row is `first` columns of `rows` followed by `second` columns of `more`.
    ///
    /// Time is proportional to rows × trees; rows that are [`DECIDED`] early are spared most trees.
    pub(crate) fn log_odds(&self, rows: Table<'_>, more: Table<'_>) -> Vec<f32> {
        let mut sums = vec![self.bias; rows.len()];
        self.sum(&(0..rows.len()).collect::<Vec<_>>(), rows, more, &mut sums);
        sums
    }

    /// The same for the rows `wanted` only; the other entries of `sums` stay as they are.
    pub(crate) fn log_odds_of(&self, wanted: &[usize], rows: Table<'_>, more: Table<'_>, sums: &mut [f32]) {
        for &row in wanted {
            sums[row] = self.bias;
        }
        self.sum(wanted, rows, more, sums);
    }

    fn sum(&self, wanted: &[usize], rows: Table<'_>, more: Table<'_>, sums: &mut [f32]) {
        self.early.add(wanted, rows, more, sums);
        let open: Vec<usize> = wanted.iter().copied().filter(|&row| sums[row].abs() < DECIDED).collect();
        self.late.add(&open, rows, more, sums);
    }

    /// The names of the columns it uses are in the file as hashes; `find` tells where in a row each of them stands.
    ///
    /// Layout: `u8` columns, each `u32` hash of its name, `u8` count, thresholds as `f32`; `f32` bias; `u16` trees, each
    /// `u8` nodes, and a node is `u8` column and `u8` bin and `u8` left child, or 255 and the value of the leaf as `f32`.
    pub(super) fn parse(reader: &mut Reader<'_>, find: impl Fn(u32) -> Option<usize>) -> Result<Self, Malformed> {
        let columns: Vec<_> =
            (0..reader.u8()?).map(|_| Column::parse(reader, &find)).collect::<Result<_, Malformed>>()?;
        let bias = reader.f32()?;
        let mut trees =
            (0..reader.u16()?).map(|_| Tree::parse(reader, columns.len())).collect::<Result<Vec<_>, Malformed>>()?;
        let late = trees.split_off(EARLY.min(trees.len()));
        Ok(Forest { bias, early: Trees::new(&columns, trees), late: Trees::new(&columns, late) })
    }

    /// Whether all columns it uses are still computed.
    #[cfg(test)]
    pub(crate) fn knows_all_columns(&self) -> bool {
        [&self.early, &self.late].iter().all(|trees| trees.columns.iter().all(|column| column.source.is_some()))
    }
}

impl Trees {
    /// Of `all` columns those that the trees ask for, with the thresholds they know.
    fn new(all: &[Column], mut trees: Vec<Tree>) -> Trees {
        let mut known: Vec<Vec<u8>> = vec![Vec::new(); all.len()];
        for fork in trees.iter().flat_map(|tree| &tree.forks) {
            known[usize::from(fork.column)].push(fork.bin);
        }
        let mut columns = Vec::new();
        let mut places = vec![0; all.len()];
        for ((column, bins), place) in all.iter().zip(&mut known).zip(&mut places) {
            bins.sort_unstable();
            bins.dedup();
            // No value lies above a threshold that does not exist.
            bins.retain(|&bin| usize::from(bin) < column.thresholds.len());
            if !bins.is_empty() {
                *place = columns.len() as u8;
                let thresholds = bins.iter().map(|&bin| column.thresholds[usize::from(bin)]).collect();
                columns.push(Column { source: column.source, thresholds });
            }
        }
        for fork in trees.iter_mut().flat_map(|tree| &mut tree.forks) {
            let column = usize::from(fork.column);
            fork.bin = known[column].binary_search(&fork.bin).map_or(u8::MAX, |bin| bin as u8);
            fork.column = places[column];
        }
        Trees { columns, trees }
    }

    /// Adds what the trees say of the rows `wanted`.
    fn add(&self, wanted: &[usize], rows: Table<'_>, more: Table<'_>, sums: &mut [f32]) {
        let mut bins = [[0; ABREAST]; COLUMNS];
        for wanted in wanted.chunks(ABREAST) {
            self.fill(&mut bins, wanted, rows, more);
            let mut said = [0.0_f32; ABREAST];
            for tree in &self.trees {
                for (said, leaf) in said.iter_mut().zip(tree.leaves(&bins)) {
                    *said += tree.values[usize::from(leaf) % NODES];
                }
            }
            for (&row, said) in wanted.iter().zip(said) {
                sums[row] += said;
            }
        }
    }

    /// Sorts the values of the rows `wanted`, at most [`ABREAST`], into bins.
    fn fill(&self, bins: &mut Bins, wanted: &[usize], rows: Table<'_>, more: Table<'_>) {
        // Places without a row repeat the last one: its values widen no column's range.
        let last = wanted.last().copied().unwrap_or(0);
        let row = |place: usize| wanted.get(place).copied().unwrap_or(last);
        let first: [&[f32]; ABREAST] = array::from_fn(|place| rows.row(row(place)));
        let second: [&[f32]; ABREAST] = array::from_fn(|place| more.row(row(place)));
        let mut values = [0.0_f32; ABREAST];
        for (bins, column) in bins.iter_mut().zip(&self.columns) {
            let (table, at) = match column.source {
                Some(at) if at < rows.columns => (&first, at),
                Some(at) => (&second, at - rows.columns),
                None => (&first, usize::MAX),
            };
            for (value, row) in values.iter_mut().zip(table) {
                *value = row.get(at).copied().unwrap_or(0.0);
            }
            *bins = column.bins(&values);
        }
    }
}

impl Column {
    /// For each value how many thresholds lie below it. (NaN, which features never are, may land in any bin.)
    fn bins(&self, values: &[f32; ABREAST]) -> [u8; ABREAST] {
        // Neighbouring rows have much in common: only thresholds that part them need to be compared with each of them.
        let (least, greatest) = range(values);
        // At most 255 by construction.
        let below = |value: f32| self.thresholds.partition_point(|&threshold| threshold < value);
        let (all, some) = (below(least), below(greatest));
        let mut bins = [all as u8; ABREAST];
        for &threshold in self.thresholds.get(all..some).unwrap_or_default() {
            for (bin, &value) in bins.iter_mut().zip(values) {
                *bin += u8::from(threshold < value);
            }
        }
        bins
    }

    fn parse(reader: &mut Reader<'_>, find: impl Fn(u32) -> Option<usize>) -> Result<Self, Malformed> {
        let source = find(reader.u32()?);
        let thresholds: Vec<f32> = (0..reader.u8()?).map(|_| reader.f32()).collect::<Result<_, Malformed>>()?;
        if thresholds.is_sorted() {
            Ok(Column { source, thresholds })
        } else {
            Err(Malformed("thresholds out of order"))
        }
    }
}

/// The least and the greatest of `values`; four at a time, since the compiler may not change the order of comparisons.
fn range(values: &[f32; ABREAST]) -> (f32, f32) {
    let [mut least, mut greatest] = [[values[0]; 4]; 2];
    for four in values.as_chunks::<4>().0 {
        for ((least, greatest), &value) in least.iter_mut().zip(&mut greatest).zip(four) {
            *least = if value < *least { value } else { *least };
            *greatest = if value > *greatest { value } else { *greatest };
        }
    }
    (least.into_iter().fold(values[0], f32::min), greatest.into_iter().fold(values[0], f32::max))
}

impl Tree {
    /// In the file a node of this column is a leaf.
    const LEAF: u8 = 255;

    /// The leaves that the rows reach.
    fn leaves(&self, bins: &Bins) -> [u8; ABREAST] {
        let mut at = [0_u8; ABREAST];
        for fork in &self.forks {
            for (at, &bin) in at.iter_mut().zip(&bins[usize::from(fork.column)]) {
                // Without a branch, so that the compiler can take sixteen rows at once.
                let next = fork.left + u8::from(bin > fork.bin);
                *at = if *at == fork.here { next } else { *at };
            }
        }
        at
    }

    fn parse(reader: &mut Reader<'_>, columns: usize) -> Result<Self, Malformed> {
        let len = reader.u8()?;
        if len == 0 || usize::from(len) > NODES {
            return Err(Malformed("size of a tree"));
        }
        let mut tree = Tree { forks: Vec::with_capacity(usize::from(len) / 2), values: [0.0; NODES] };
        for here in 0..len {
            let column = reader.u8()?;
            if column == Self::LEAF {
                tree.values[usize::from(here)] = reader.f32()?;
                continue;
            }
            let (bin, left) = (reader.u8()?, reader.u8()?);
            // Children after their parent, so one sweep over the forks brings every row to a leaf.
            if usize::from(column) >= columns || left <= here || left >= len - 1 {
                return Err(Malformed("a fork that leads nowhere"));
            }
            tree.forks.push(Fork { column, bin, here, left });
        }
        Ok(tree)
    }
}

/// Rows of numbers, one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    values: &'a [f32],
    columns: usize,
}

impl<'a> Table<'a> {
    pub(crate) fn new(values: &'a [f32], columns: usize) -> Self {
        Table { values, columns }
    }
    fn len(self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }
    /// Row `index`; empty if there is none.
    fn row(self, index: usize) -> &'a [f32] {
        self.values.get(index * self.columns..(index + 1) * self.columns).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two columns of names 7 and 8; a tree `x7 <= 1.5 ? -1 : (x8 <= 0 ? 2 : 3)` and a lone leaf of 0.25.
    fn bytes() -> Vec<u8> {
        let mut out = vec![2];
        for (name, thresholds) in [(7_u32, vec![0.5_f32, 1.5]), (8, vec![0.0])] {
            out.extend(name.to_le_bytes());
            out.push(thresholds.len() as u8);
            thresholds.iter().for_each(|threshold| out.extend(threshold.to_le_bytes()));
        }
        out.extend(0.5_f32.to_le_bytes());
        out.extend(2_u16.to_le_bytes());
        out.extend([5, 0, 1, 1]);
        let leaf = |out: &mut Vec<u8>, value: f32| {
            out.push(Tree::LEAF);
            out.extend(value.to_le_bytes());
        };
        leaf(&mut out, -1.0);
        out.extend([1, 0, 3]);
        leaf(&mut out, 2.0);
        leaf(&mut out, 3.0);
        out.push(1);
        leaf(&mut out, 0.25);
        out
    }

    fn parse(bytes: &[u8]) -> Result<Forest, Malformed> {
        Forest::parse(&mut Reader::new(bytes), |name| [7, 8].iter().position(|&known| known == name))
    }

    #[test]
    fn walks() {
        let forest = parse(&bytes()).expect("well formed");
        let cases = [(1.5, 9.0, -0.25), (1.6, 0.0, 2.75), (1.6, 0.1, 3.75), (-7.0, 0.0, -0.25)];
        // More rows than a chunk, in a mixed order.
        let rows: Vec<f32> = (0..100).map(|row| cases[row % cases.len()].0).collect();
        let more: Vec<f32> = (0..100).map(|row| cases[row % cases.len()].1).collect();
        let odds = forest.log_odds(Table::new(&rows, 1), Table::new(&more, 1));
        for (row, odds) in odds.into_iter().enumerate() {
            assert!((odds - cases[row % cases.len()].2).abs() < 1e-6, "row {row}: {odds}");
        }
    }

    #[test]
    fn garbage_is_refused_or_harmless() {
        let good = bytes();
        for len in 0..good.len() {
            assert!(parse(good.get(..len).unwrap_or_default()).is_err(), "cut at {len}");
        }
        for at in 0..good.len() {
            for byte in [0, 1, 2, 64, 127, 255] {
                let mut bad = good.clone();
                bad[at] = byte;
                if let Ok(forest) = parse(&bad) {
                    let _ = forest.log_odds(Table::new(&[1.0; 40], 1), Table::new(&[-1.0; 40], 1));
                }
            }
        }
    }

    #[test]
    fn no_rows() {
        let forest = parse(&bytes()).expect("well formed");
        assert!(forest.log_odds(Table::new(&[], 1), Table::new(&[], 1)).is_empty());
        assert!(forest.log_odds(Table::new(&[], 0), Table::new(&[], 0)).is_empty());
    }
}
