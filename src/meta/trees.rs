//! A second look at candidates: small decision trees over their signals.
//!
//! A table of weights says what each signal is worth by itself. Trees see how signals go together (a name behind `by` that two more
//! capitalised words follow, a heading that the page's title contains). They are boosted on top of the table, so that where they
//! know nothing the table speaks.

use super::signal::{BITS, Signals};

/// Leaves a tree may have: one bit each. `meta.py` fits half as many.
const MAX_LEAVES: usize = 32;

/// Trees of one field.
///
/// They are not walked: a page has dozens of candidates, and where a walk turns nobody can predict. Each fork knows instead
/// which leaves are out of reach once its signal is shown, the forks of a signal stand together, and the leaf of a tree is
/// the first one left (QuickScorer, Lucchese et al. 2015): a third of the time.
#[derive(Clone, Debug)]
pub(crate) struct Trees {
    /// The forks at each signal.
    forks: [Vec<Fork>; BITS],
    /// The value of each leaf, those without the signals first.
    trees: Vec<[f32; MAX_LEAVES]>,
}

#[derive(Clone, Copy, Debug)]
struct Fork {
    tree: u16,
    /// The leaves that remain once the signal is shown, as bits.
    keep: u32,
}

impl Trees {
    /// Reads them from text: a line `signals NAME…`, then a tree a line in preorder, `?N` being a fork at the signal `N` of that
    /// list (without, then with it), and a number a leaf in thousandths. Lines that are no such tree are passed over.
    pub(crate) fn load(text: &str, names: &[&str]) -> Trees {
        let mut trees = Trees { forks: std::array::from_fn(|_| Vec::new()), trees: Vec::new() };
        let mut signals: Vec<Option<usize>> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(used) = line.strip_prefix("signals ") {
                signals = used.split(' ').map(|name| names.iter().position(|known| *known == name)).collect();
                continue;
            }
            let (Ok(tree), Some((leaves, forks))) = (u16::try_from(trees.trees.len()), read(line, &signals)) else {
                continue;
            };
            trees.trees.push(leaves);
            for (signal, keep) in forks {
                trees.forks[signal].push(Fork { tree, keep });
            }
        }
        trees
    }

    /// What signals leave of the leaves, to begin [`Trees::score`] with.
    pub(crate) fn left(&self, signals: Signals) -> Vec<u32> {
        let mut left = vec![u32::MAX; self.trees.len()];
        self.narrow(signals, &mut left);
        left
    }

    fn narrow(&self, signals: Signals, left: &mut [u32]) {
        for fork in signals.iter().flat_map(|signal| &self.forks[signal]) {
            left[usize::from(fork.tree)] &= fork.keep;
        }
    }

    /// What they say of a candidate, in log-odds: it has the signals that are in `left`, and `signals`. `room` is to work in.
    pub(crate) fn score(&self, left: &[u32], signals: Signals, room: &mut Vec<u32>) -> f32 {
        room.clear();
        room.extend_from_slice(left);
        self.narrow(signals, room);
        // The last leaf of a tree always remains.
        self.trees.iter().zip(room).map(|(tree, left)| tree[left.trailing_zeros() as usize % MAX_LEAVES]).sum()
    }
}

/// The leaves of a tree, and for each fork its signal and the leaves that remain once that is shown.
fn read(line: &str, signals: &[Option<usize>]) -> Option<([f32; MAX_LEAVES], Vec<(usize, u32)>)> {
    let (mut leaves, mut count, mut forks) = ([0.0; MAX_LEAVES], 0, Vec::new());
    // Forks not yet done with: their signal, and of those whose first side is not done yet where it begins.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut done = false;
    for word in line.split(' ') {
        if done {
            return None;
        }
        if let Some(signal) = word.strip_prefix('?') {
            // Nobody shows the last signal: it stands for those that are gone.
            open.push((signals.get(signal.parse::<usize>().ok()?)?.unwrap_or(BITS - 1), Some(count)));
            continue;
        }
        *leaves.get_mut(count)? = word.parse::<i32>().ok()? as f32 / 1000.0;
        count += 1;
        while open.pop_if(|(_, first)| first.is_none()).is_some() {}
        match open.last_mut() {
            None => done = true,
            Some((signal, first)) => {
                let bits = |leaves: usize| (1u64 << leaves) - 1;
                forks.push((*signal, !(bits(count) ^ bits(first.take()?)) as u32));
            }
        }
    }
    done.then_some((leaves, forks))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(trees: &Trees, signals: Signals) -> f32 {
        let (none, room) = (trees.left(Signals::default()), &mut Vec::new());
        let score = trees.score(&none, signals, room);
        assert_eq!(score, trees.score(&trees.left(signals), Signals::default(), room));
        score
    }

    #[test]
    fn walks() {
        let trees = Trees::load("# x\nsignals b gone a\n?0 -500 ?2 100 ?1 250 900\n1000\n", &["a", "b"]);
        let cases = [(&[][..], 0.5), (&[0], 0.5), (&[1], 1.1), (&[0, 1], 1.25)];
        for (shown, expected) in cases {
            let mut signals = Signals::default();
            shown.iter().for_each(|&signal| signals.set(signal));
            assert!((score(&trees, signals) - expected).abs() < 1e-6, "{shown:?}: {}", score(&trees, signals));
        }
    }

    #[test]
    fn passes_over_what_is_no_tree() {
        for line in ["?0 1", "?0 1 2 3", "?9 1 2", "x", "", "1 2", "?0"] {
            let trees = Trees::load(&format!("signals a\n{line}\n7\n"), &["a"]);
            assert!((score(&trees, Signals::default()) - 0.007).abs() < 1e-6, "{line:?}");
        }
    }

    #[test]
    fn the_trees_that_are_shipped_know_our_signals() {
        use crate::meta::byline::NameSignal;
        use crate::meta::date::DateSignal;
        use crate::meta::title::TitleSignal;
        for (text, names) in [
            (include_str!("../../data/meta/title.trees.txt"), TitleSignal::NAMES),
            (include_str!("../../data/meta/name.trees.txt"), NameSignal::NAMES),
            (include_str!("../../data/meta/date.trees.txt"), DateSignal::NAMES),
        ] {
            let used = text.lines().find_map(|line| line.strip_prefix("signals ")).unwrap_or_default();
            let lines = text.lines().filter(|line| !line.starts_with(['#', 's'])).count();
            assert_eq!(Trees::load(text, names).trees.len(), lines);
            assert!(lines == 0 || used.split(' ').all(|name| names.contains(&name)));
        }
    }
}
