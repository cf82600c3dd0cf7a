//! A gradient-boosted forest, laid out for the cache.
//!
//! Values are first sorted into bins (how many of the thresholds that the forest uses for this column lie below the
//! value), so that a row is one cache-friendly array of bytes and a node is four bytes. The children of a node stand
//! side by side and a leaf leads back to itself: a step is two loads, a comparison and an addition, without a branch,
//! and eight rows walk down a tree at once so that the processor has something to do while it waits for a load.

use super::Malformed;
use super::reader::Reader;

/// Rows that walk together; their bins (one kilobyte a four rows) stay in the first-level cache beside the tree.
const CHUNK: usize = 32;
/// Rows in flight at once. With fewer the loads are waited for, with more the registers run out.
const LANES: usize = 8;
/// Nodes of a tree, leaves included: 31 leaves and 30 forks fit.
const NODES: usize = 64;
/// Columns a forest can use.
const COLUMNS: usize = 256;

/// One forest: numbers in, log-odds out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    columns: Vec<Column>,
    trees: Vec<Tree>,
    bias: f32,
}

/// A column that some tree asks for.
#[derive(Clone, Debug)]
struct Column {
    /// Where it stands in a row; `None` for one that is no longer computed and counts as 0.
    source: Option<usize>,
    /// Ascending.
    thresholds: Vec<f32>,
}

impl Column {
    /// How many thresholds lie below `value`. NaN, which features never are, lies below all of them.
    fn bin(&self, value: f32) -> u8 {
        // At most 255 by construction.
        self.thresholds.partition_point(|&threshold| threshold < value) as u8
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    column: u8,
    /// Goes left up to this bin.
    bin: u8,
    /// The left child; the right one follows. Of a leaf itself.
    left: u8,
}

#[derive(Clone, Debug)]
struct Tree {
    nodes: [Node; NODES],
    values: [f32; NODES],
    /// Steps that are enough to reach a leaf from the root.
    depth: u8,
}

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
        let (early, late) = self.trees.split_at(EARLY.min(self.trees.len()));
        self.add(early, wanted, rows, more, sums);
        let open: Vec<usize> = wanted.iter().copied().filter(|&row| sums[row].abs() < DECIDED).collect();
        self.add(late, &open, rows, more, sums);
    }

    /// Adds what `trees` say of the rows `wanted`.
    fn add(&self, trees: &[Tree], wanted: &[usize], rows: Table<'_>, more: Table<'_>, sums: &mut [f32]) {
        let mut bins = [[0_u8; COLUMNS]; CHUNK];
        for wanted in wanted.chunks(CHUNK) {
            let mut chunk = [0.0_f32; CHUNK];
            for (slot, column) in self.columns.iter().enumerate() {
                for (bins, &row) in bins.iter_mut().zip(wanted) {
                    let value = match column.source {
                        Some(at) if at < rows.columns => rows.get(row, at),
                        Some(at) => more.get(row, at - rows.columns),
                        None => 0.0,
                    };
                    bins[slot] = column.bin(value);
                }
            }
            let lanes = wanted.len().div_ceil(LANES);
            for tree in trees {
                let groups = bins.as_chunks::<LANES>().0.iter().zip(chunk.chunks_mut(LANES)).take(lanes);
                for (bins, sums) in groups {
                    for (sum, leaf) in sums.iter_mut().zip(tree.leaves(bins)) {
                        *sum += tree.values[usize::from(leaf) % NODES];
                    }
                }
            }
            for (&row, sum) in wanted.iter().zip(chunk) {
                sums[row] += sum;
            }
        }
    }

    /// The names of the columns it uses are in the file as hashes; `find` tells where in a row each of them stands.
    ///
    /// Layout: `u8` columns, each `u32` hash of its name, `u8` count, thresholds as `f32`; `f32` bias; `u16` trees, each
    /// `u8` nodes, and a node is `u8` column and `u8` bin and `u8` left child, or 255 and the value of the leaf as `f32`.
    pub(super) fn parse(reader: &mut Reader<'_>, find: impl Fn(u32) -> Option<usize>) -> Result<Self, Malformed> {
        let columns: Vec<_> =
            (0..reader.u8()?).map(|_| Column::parse(reader, &find)).collect::<Result<_, Malformed>>()?;
        let bias = reader.f32()?;
        let trees = (0..reader.u16()?).map(|_| Tree::parse(reader, columns.len())).collect::<Result<_, Malformed>>()?;
        Ok(Forest { columns, trees, bias })
    }

    /// Whether all columns it uses are still computed.
    #[cfg(test)]
    pub(crate) fn knows_all_columns(&self) -> bool {
        self.columns.iter().all(|column| column.source.is_some())
    }
}

impl Column {
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

impl Tree {
    /// In the file a node of this column is a leaf.
    const LEAF: u8 = 255;

    /// The leaves that the rows reach.
    fn leaves(&self, rows: &[[u8; COLUMNS]; LANES]) -> [u8; LANES] {
        let mut at = [0_u8; LANES];
        for _ in 0..self.depth {
            for (at, row) in at.iter_mut().zip(rows) {
                let node = self.nodes[usize::from(*at) % NODES];
                *at = node.left + u8::from(row[usize::from(node.column)] > node.bin);
            }
        }
        at
    }

    fn parse(reader: &mut Reader<'_>, columns: usize) -> Result<Self, Malformed> {
        let len = reader.u8()?;
        if len == 0 || usize::from(len) > NODES {
            return Err(Malformed("size of a tree"));
        }
        let mut tree = Tree { nodes: [Node::default(); NODES], values: [0.0; NODES], depth: 0 };
        let mut depths = [0_u8; NODES];
        for at in 0..len {
            let here = usize::from(at);
            let column = reader.u8()?;
            if column == Self::LEAF {
                tree.values[here] = reader.f32()?;
                tree.nodes[here] = Node { column: 0, bin: u8::MAX, left: at };
                continue;
            }
            let (bin, left) = (reader.u8()?, reader.u8()?);
            // Children after their parent: no way back, so every walk ends at a leaf.
            if usize::from(column) >= columns || left <= at || left >= len - 1 {
                return Err(Malformed("a fork that leads nowhere"));
            }
            tree.nodes[here] = Node { column, bin, left };
            for child in [usize::from(left), usize::from(left) + 1] {
                depths[child] = depths[child].max(depths[here] + 1);
                tree.depth = tree.depth.max(depths[child]);
            }
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
    fn get(self, row: usize, column: usize) -> f32 {
        self.values.get(row * self.columns + column).copied().unwrap_or(0.0)
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
        let cases = [(1.5, 9.0, -0.25), (1.6, 0.0, 2.75), (1.6, 0.1, 3.75), (f32::NAN, 0.0, -0.25)];
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
