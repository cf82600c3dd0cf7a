//! Counts how often text below each class and id word is in the body.

use std::collections::HashMap;

/// Minimum number of sites with a word. A rarer one names a site rather than a kind of box.
const MIN_SITES: usize = 4;
/// Weight of the prior within a site, in words of text: one short block proves nothing.
const PRIOR_WORDS: f64 = 60.0;
/// Weight of the prior in the mean over sites, in sites.
const PRIOR_SITES: f64 = 2.0;

/// Words of text below one class word on one site: in the body, and all.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    body: f64,
    all: f64,
}

/// Counts by word and site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    by_token: HashMap<u32, HashMap<usize, Count>>,
    total: HashMap<usize, Count>,
}

impl Counts {
    /// Adds a block of `words` words below these class words; `body` is the share of it in the body.
    pub(crate) fn add(&mut self, site: usize, tokens: &mut Vec<u32>, words: usize, body: f32) {
        tokens.sort_unstable();
        tokens.dedup();
        let part = Count { body: words as f64 * f64::from(body), all: words as f64 };
        let add = |count: &mut Count| *count = Count { body: count.body + part.body, all: count.all + part.all };
        add(self.total.entry(site).or_default());
        for &token in tokens.iter() {
            add(self.by_token.entry(token).or_default().entry(site).or_default());
        }
    }

    /// The log-odds of each word: the mean over sites of how the text below it differs from the text of the corpora.
    /// `counts_for` chooses the sites. In steps of `1 / steps`.
    pub(crate) fn table(&self, counts_for: impl Fn(usize) -> bool, steps: f32) -> Vec<(u32, i8)> {
        // Each site counts the same, whatever its size. Sums are taken in a fixed order, to make training reproducible.
        let mut sites: Vec<_> =
            self.total.iter().filter(|(site, count)| counts_for(**site) && count.all > 0.0).collect();
        sites.sort_by_key(|(site, _)| **site);
        let base = sites.iter().map(|(_, count)| count.body / count.all).sum::<f64>() / sites.len().max(1) as f64;
        let base = base.clamp(0.01, 0.99);
        let prior = (base / (1.0 - base)).ln();
        let mut table: Vec<(u32, i8)> = self
            .by_token
            .iter()
            .filter_map(|(&token, sites)| {
                let mut sites: Vec<_> = sites.iter().filter(|(site, _)| counts_for(**site)).collect();
                sites.sort_by_key(|(site, _)| **site);
                let odds: Vec<f64> = sites
                    .iter()
                    .map(|(_, count)| {
                        let body = count.body + PRIOR_WORDS * base;
                        let other = count.all - count.body + PRIOR_WORDS * (1.0 - base);
                        (body / other).ln() - prior
                    })
                    .collect();
                let mean = odds.iter().sum::<f64>() / (odds.len() as f64 + PRIOR_SITES);
                let step = (mean * f64::from(steps)).round().clamp(-127.0, 127.0) as i8;
                (odds.len() >= MIN_SITES && step != 0).then_some((token, step))
            })
            .collect();
        table.sort_unstable();
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_sites_and_sees_both_sides() {
        let mut counts = Counts::default();
        for site in 0..6 {
            counts.add(site, &mut vec![1, 1], 300, 1.0);
            counts.add(site, &mut vec![2], 300, 0.0);
            if site < 3 {
                counts.add(site, &mut vec![3], 300, 1.0);
            }
        }
        let table: HashMap<u32, i8> = counts.table(|_| true, 16.0).into_iter().collect();
        assert!(table[&1] > 8 && table[&2] < -8, "{table:?}");
        assert!(!table.contains_key(&3), "met on three sites only");
        assert!(counts.table(|site| site < 3, 16.0).is_empty());
    }
}
