//! A second look at candidates: small decision trees over their signals.
//!
//! The table of weights rates each signal by itself. Trees see how signals combine (a name behind `by` that two more
//! capitalised words follow, a heading that the page's title contains). They are boosted on top of the table, which
//! decides where they know nothing.

use super::signal::{BITS, Signal, Signals};

/// Most leaves of a tree, one bit each. `meta.py` fits half as many.
const MAX_LEAVES: usize = 32;

/// Trees of one field.
///
/// The trees are not walked: a page has dozens of candidates, and the branches of a walk cannot be predicted. Instead,
/// each fork knows which leaves its signal rules out, the forks of a signal are stored together, and a tree's result is
/// the first leaf that remains (QuickScorer, Lucchese et al. 2015). This takes a third of the time.
#[derive(Clone, Debug)]
pub(crate) struct Trees {
    /// The forks on each signal.
    forks: [Vec<Fork>; BITS],
    /// The values of each tree's leaves; at each fork, those without the signal come first.
    trees: Vec<[f32; MAX_LEAVES]>,
}

#[derive(Clone, Copy, Debug)]
struct Fork {
    tree: u16,
    /// The leaves that remain if the candidate has the signal, as bits.
    keep: u32,
}

impl Trees {
    /// Reads trees from text: a line `signals NAME…`, then one tree per line in preorder. `?N` is a fork on signal `N`
    /// of that list (without it, then with it), and a number is a leaf in thousandths. Malformed lines are skipped.
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

    /// The leaves that remain for a candidate with `signals`, to begin [`Trees::score`] with.
    pub(crate) fn left<S: Signal>(&self, signals: Signals<S>) -> Vec<u32> {
        let mut left = vec![u32::MAX; self.trees.len()];
        self.narrow(signals, &mut left);
        left
    }

    fn narrow<S: Signal>(&self, signals: Signals<S>, left: &mut [u32]) {
        for signal in signals.iter() {
            for fork in &self.forks[signal] {
                left[usize::from(fork.tree)] &= fork.keep;
            }
        }
    }

    /// The score, in log-odds, of a candidate with `signals` and those that made `left`. `room` is a buffer.
    pub(crate) fn score<S: Signal>(&self, left: &[u32], signals: Signals<S>, room: &mut Vec<u32>) -> f32 {
        room.clear();
        room.extend_from_slice(left);
        self.narrow(signals, room);
        // The last leaf of a tree always remains.
        self.trees.iter().zip(room).map(|(tree, left)| tree[left.trailing_zeros() as usize % MAX_LEAVES]).sum()
    }
}

/// The leaves of a tree, and for each fork its signal and the leaves that remain with it.
fn read(line: &str, signals: &[Option<usize>]) -> Option<([f32; MAX_LEAVES], Vec<(usize, u32)>)> {
    let (mut leaves, mut count, mut forks) = ([0.0; MAX_LEAVES], 0, Vec::new());
    // Open forks: the signal and, until the side without it is complete, where the leaves of that side begin.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut done = false;
    for word in line.split(' ') {
        if done {
            return None;
        }
        if let Some(signal) = word.strip_prefix('?') {
            // No candidate has the last signal: it stands for signals that no longer exist.
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

    fn score(trees: &Trees, signals: Signals<usize>) -> f32 {
        let (none, room) = (trees.left(Signals::<usize>::default()), &mut Vec::new());
        let score = trees.score(&none, signals, room);
        assert_eq!(score, trees.score(&trees.left(signals), Signals::<usize>::default(), room));
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
