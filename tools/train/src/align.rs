//! Finds which words of a page are those of the truth.
//!
//! The same three words often occur in a menu, a teaser and the article, and only their order distinguishes them. So
//! runs of equal words are chained: of all sequences of runs that ascend on both sides, the heaviest wins. Runs outside
//! it count only if they are long and match words that nothing else matches.

use std::collections::HashMap;

/// Minimum number of equal words in a row.
const GRAM_WORDS: usize = 3;
/// The cost of each run in the chain, in words: fewer, longer runs are more likely to be the right ones.
const RUN_COST: f64 = 1.5;
/// Maximum number of words that neighbours in the chain may share.
const OVERLAP_WORDS: usize = 2;
/// Maximum number of words between two runs of the chain that are matched one by one.
const GAP_WORDS: usize = 4;
/// Minimum number of words of a run that counts although it is not in the chain.
const LONE_RUN_WORDS: usize = 5;
/// Minimum share of such a run that nothing else matches, on both sides.
const LONE_UNUSED_SHARE: f64 = 0.7;
/// Maximum number of places in the truth looked up for each gram: the hundredth "of the United" is no evidence and costs
/// time.
const MAX_PLACES: usize = 64;

/// A run of equal words.
#[derive(Clone, Copy, Debug)]
struct Run {
    page: usize,
    truth: usize,
    len: usize,
}

/// For each word of `page`, whether it is matched by a word of `truth`.
pub(crate) fn align(page: &[u64], truth: &[u64]) -> Vec<bool> {
    let mut used = Used { page: vec![false; page.len()], truth: vec![false; truth.len()] };
    if truth.len() < GRAM_WORDS {
        short(page, truth, &mut used.page);
        return used.page;
    }
    let mut runs = runs(page, truth);
    let chain = chain(&runs, truth.len());
    for run in &chain {
        used.mark(*run);
    }
    let end = Run { page: page.len(), truth: truth.len(), len: 0 };
    let mut before = Run { page: 0, truth: 0, len: 0 };
    for &run in chain.iter().chain([&end]) {
        used.fill(page, truth, before, run);
        before = run;
    }
    runs.sort_by_key(|run| (usize::MAX - run.len, run.page, run.truth));
    for run in runs {
        if run.len >= LONE_RUN_WORDS && used.unused(run) >= LONE_UNUSED_SHARE {
            used.mark(run);
        }
    }
    used.page
}

/// A truth of one or two words is matched where it first occurs.
fn short(page: &[u64], truth: &[u64], used: &mut [bool]) {
    if truth.is_empty() {
        return;
    }
    if let Some(at) = page.windows(truth.len()).position(|words| words == truth) {
        used.iter_mut().skip(at).take(truth.len()).for_each(|word| *word = true);
    }
}

/// All maximal runs of at least [`GRAM_WORDS`] words.
fn runs(page: &[u64], truth: &[u64]) -> Vec<Run> {
    let mut places: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for (at, gram) in truth.windows(GRAM_WORDS).enumerate() {
        let places = places.entry(gram).or_default();
        if places.len() < MAX_PLACES {
            places.push(at);
        }
    }
    // The open run of each diagonal (page position minus truth position), with the page position where it ends.
    let mut open: HashMap<usize, Run> = HashMap::new();
    let mut done = Vec::new();
    for (at, gram) in page.windows(GRAM_WORDS).enumerate() {
        for &place in places.get(gram).into_iter().flatten() {
            let run = open.entry(at + truth.len() - place).or_insert(Run { page: at, truth: place, len: GRAM_WORDS });
            if run.page + run.len + 1 == at + GRAM_WORDS {
                run.len += 1;
            } else if run.page + run.len < at + GRAM_WORDS {
                done.push(std::mem::replace(run, Run { page: at, truth: place, len: GRAM_WORDS }));
            }
        }
    }
    done.extend(open.into_values());
    done.sort_by_key(|run| (run.page, run.truth));
    done
}

/// The heaviest sequence of runs that ascends on both sides: a weighted longest increasing subsequence, in
/// O(n log n) by a tree of prefix maxima over where the runs end in the truth.
fn chain(runs: &[Run], truth_len: usize) -> Vec<Run> {
    let mut best: Vec<(f64, usize)> = vec![(0.0, usize::MAX); truth_len + 2];
    let mut by_end: Vec<usize> = (0..runs.len()).collect();
    by_end.sort_by_key(|&at| runs[at].page + runs[at].len);
    let mut ended = by_end.into_iter().peekable();
    let mut score = vec![0.0; runs.len()];
    let mut back = vec![usize::MAX; runs.len()];
    for (at, run) in runs.iter().enumerate() {
        // As OVERLAP_WORDS < GRAM_WORDS, a run that ends this early also starts before this one, so its score is known.
        while let Some(&other) =
            ended.peek().filter(|&&other| runs[other].page + runs[other].len <= run.page + OVERLAP_WORDS)
        {
            ended.next();
            let mut slot = runs[other].truth + runs[other].len + 1;
            while slot < best.len() {
                if score[other] > best[slot].0 {
                    best[slot] = (score[other], other);
                }
                slot += slot & slot.wrapping_neg();
            }
        }
        let mut slot = (run.truth + OVERLAP_WORDS + 1).min(truth_len + 1);
        let mut before = (0.0, usize::MAX);
        while slot > 0 {
            if best[slot].0 > before.0 {
                before = best[slot];
            }
            slot &= slot - 1;
        }
        score[at] = before.0 + run.len as f64 - RUN_COST;
        back[at] = before.1;
    }
    let mut at = (0..runs.len()).max_by(|&a, &b| score[a].total_cmp(&score[b])).unwrap_or(usize::MAX);
    let mut chain = Vec::new();
    while let Some(&run) = runs.get(at) {
        chain.push(run);
        at = back[at];
    }
    chain.reverse();
    chain
}

/// The words matched so far.
struct Used {
    page: Vec<bool>,
    truth: Vec<bool>,
}

impl Used {
    fn mark(&mut self, run: Run) {
        for at in 0..run.len {
            self.page[run.page + at] = true;
            self.truth[run.truth + at] = true;
        }
    }

    /// The share of the run that is unmatched: on the page or in the truth, whichever is smaller.
    fn unused(&self, run: Run) -> f64 {
        let free = |used: &[bool], start| used.iter().skip(start).take(run.len).filter(|used| !**used).count();
        free(&self.page, run.page).min(free(&self.truth, run.truth)) as f64 / run.len as f64
    }

    /// Matches single words between two runs of the chain, in order, if there are only a few.
    fn fill(&mut self, page: &[u64], truth: &[u64], before: Run, after: Run) {
        let start = before.page + before.len;
        if start >= after.page || after.page - start > GAP_WORDS {
            return;
        }
        let mut place = before.truth + before.len;
        for (at, token) in page.iter().enumerate().take(after.page).skip(start) {
            if let Some(found) = (place..after.truth).find(|&place| truth[place] == *token && !self.truth[place]) {
                self.page[at] = true;
                self.truth[found] = true;
                place = found + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::hashes;

    #[test]
    fn order_decides() {
        let cases = [
            ("plain", "menu home a b c d e footer", "a b c d e", "..xxxxx."),
            ("teaser first", "a b c more x y z a b c d e f", "x y z a b c d e f", "....xxxxxxxxx"),
            ("gap filled", "a b c X d e f", "a b c x d e f", "xxxxxxx"),
            ("gap not in truth", "a b c ad d e f", "a b c d e f", "xxx.xxx"),
            ("long gap left alone", "a b c 1 2 3 4 5 d e f", "a b c 3 d e f", "xxx.....xxx"),
            ("moved block counts", "d e f g h i a b c j k l m n", "a b c j k l m n d e f g h i", "xxxxxxxxxxxxxx"),
            ("short moved run does not", "d e f g a b c j k l m n", "a b c j k l m n d e f g", "....xxxxxxxx"),
            ("given twice", "a b c d e f a b c d e f", "a b c d e f", "......xxxxxx"),
            ("two words", "menu hello world", "Hello world", ".xx"),
            ("nothing", "a b c d", "", "...."),
            ("nothing in common", "a b c d", "e f g h", "...."),
        ];
        for (name, page, truth, expected) in cases {
            let found: String =
                align(&hashes(page), &hashes(truth)).iter().map(|&used| if used { 'x' } else { '.' }).collect();
            // It does not matter which of two equal copies is matched, as long as only one is.
            let same =
                found == expected || (name == "given twice" && found.chars().rev().collect::<String>() == expected);
            assert!(same, "{name}: {found}");
        }
    }

    #[test]
    fn chains_are_the_heaviest() {
        // Compares with the best of all subsets, on small pseudo-random inputs.
        let mut state = 7_u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for round in 0..200 {
            let page: Vec<u64> = (0..24).map(|_| random(3)).collect();
            let truth: Vec<u64> = (0..8).map(|_| random(3)).collect();
            let runs = runs(&page, &truth);
            if runs.len() > 12 {
                continue;
            }
            let weight = |chain: &[Run]| chain.iter().map(|run| run.len as f64 - RUN_COST).sum::<f64>();
            let follows = |pair: &[Run]| {
                pair[0].page + pair[0].len <= pair[1].page + OVERLAP_WORDS
                    && pair[0].truth + pair[0].len <= pair[1].truth + OVERLAP_WORDS
            };
            let best = (0..1_usize << runs.len())
                .map(|set| (0..runs.len()).filter(|at| set >> at & 1 == 1).map(|at| runs[at]).collect::<Vec<_>>())
                .filter(|chain| chain.windows(2).all(follows))
                .map(|chain| weight(&chain))
                .fold(0.0, f64::max);
            let found = chain(&runs, truth.len());
            assert!(found.windows(2).all(follows), "round {round}: not forward");
            assert!(weight(&found) >= best - 1e-9, "round {round}: {} < {best}", weight(&found));
        }
    }
}
