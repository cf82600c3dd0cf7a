//! A second look at candidates: small decision trees over their signals.
//!
//! A table of weights says what each signal is worth by itself. Trees see how signals go together (a name behind `by` that two more
//! capitalised words follow, a heading that the page's title contains). They are boosted on top of the table, so that where they
//! know nothing the table speaks.

use super::signal::{BITS, Signals};

/// Trees of one field, in one arena.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

/// A fork, or a leaf if it leads nowhere.
#[derive(Clone, Copy, Debug)]
struct Node {
    signal: u8,
    /// The nodes for a candidate that does not show the signal, and for one that does.
    next: [u16; 2],
    value: f32,
}

impl Trees {
    /// Reads them from text: a line `signals NAME…`, then a tree a line in preorder, `?N` being a fork at the signal `N` of that
    /// list (without, then with it), and a number a leaf in thousandths. Lines that are no such tree are passed over.
    pub(crate) fn load(text: &str, names: &[&str]) -> Trees {
        let mut trees = Trees::default();
        let mut signals: Vec<Option<u8>> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(used) = line.strip_prefix("signals ") {
                let place =
                    |name: &str| names.iter().position(|known| *known == name).and_then(|at| at.try_into().ok());
                signals = used.split(' ').map(place).collect();
                continue;
            }
            let start = trees.nodes.len();
            if trees.tree(line, &signals).is_none() {
                trees.nodes.truncate(start);
            } else {
                trees.roots.push(start as u32);
            }
        }
        trees
    }

    fn tree(&mut self, line: &str, signals: &[Option<u8>]) -> Option<()> {
        /// Stands for a signal that nobody shows any more.
        const GONE: u8 = (BITS - 1) as u8;
        let (mut open, mut done): (Vec<(usize, bool)>, bool) = (Vec::new(), false);
        for word in line.split(' ') {
            if done {
                return None;
            }
            let at = self.nodes.len();
            match open.pop() {
                None => {}
                Some((parent, second)) => {
                    self.nodes.get_mut(parent)?.next[usize::from(second)] = u16::try_from(at).ok()?;
                    if !second {
                        open.push((parent, true));
                    }
                }
            }
            if let Some(signal) = word.strip_prefix('?') {
                let signal = signals.get(signal.parse::<usize>().ok()?)?.unwrap_or(GONE);
                self.nodes.push(Node { signal, next: [0, 0], value: 0.0 });
                open.push((at, false));
            } else {
                let value = word.parse::<i32>().ok()? as f32 / 1000.0;
                self.nodes.push(Node { signal: 0, next: [0, 0], value });
                done = open.is_empty();
            }
        }
        done.then_some(())
    }

    /// What they say of a candidate, in log-odds.
    pub(crate) fn score(&self, signals: Signals) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root as usize, signals)).sum()
    }

    fn leaf(&self, root: usize, signals: Signals) -> f32 {
        // Children stand behind their parents, so this ends.
        let mut at = root;
        loop {
            let node = &self.nodes[at];
            match node.next[usize::from(signals.has(node.signal.into()))] {
                0 => return node.value,
                next => at = usize::from(next),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks() {
        let trees = Trees::load("# x\nsignals b gone a\n?0 -500 ?2 100 ?1 250 900\n1000\n", &["a", "b"]);
        let cases = [(&[][..], 0.5), (&[0], 0.5), (&[1], 1.1), (&[0, 1], 1.25)];
        for (shown, expected) in cases {
            let mut signals = Signals::default();
            shown.iter().for_each(|&signal| signals.set(signal));
            assert!((trees.score(signals) - expected).abs() < 1e-6, "{shown:?}: {}", trees.score(signals));
        }
    }

    #[test]
    fn passes_over_what_is_no_tree() {
        for line in ["?0 1", "?0 1 2 3", "?9 1 2", "x", "", "1 2", "?0"] {
            let trees = Trees::load(&format!("signals a\n{line}\n7\n"), &["a"]);
            assert!((trees.score(Signals::default()) - 0.007).abs() < 1e-6, "{line:?}");
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
            assert_eq!(Trees::load(text, names).roots.len(), lines);
            assert!(lines == 0 || used.split(' ').all(|name| names.contains(&name)));
        }
    }
}
