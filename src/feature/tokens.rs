//! What class and id words say of the text below them: a learned table.

/// Word hash → how much the word speaks for body, as log-odds in sixteenths; empty until a model brings one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenTable {
    /// Ascending.
    hashes: Vec<u32>,
    odds: Vec<i8>,
}

impl TokenTable {
    /// Steps of one unit of log-odds: an `i8` then reaches ±7.9, far beyond what a word is ever sure of.
    pub const STEPS: f32 = 16.0;

    /// A table of these words; of two entries for one hash the first counts.
    pub fn new(mut entries: Vec<(u32, i8)>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let (hashes, odds) = entries.into_iter().unzip();
        TokenTable { hashes, odds }
    }

    /// The word's log-odds, if training met it on enough sites.
    pub(crate) fn log_odds(&self, hash: u32) -> Option<f32> {
        let at = self.hashes.binary_search(&hash).ok()?;
        self.odds.get(at).map(|&odds| f32::from(odds) / Self::STEPS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_up() {
        let table = TokenTable::new(vec![(9, -32), (4, 16)]);
        assert_eq!(table.log_odds(4), Some(1.0));
        assert_eq!(table.log_odds(9), Some(-2.0));
        assert_eq!(table.log_odds(5), None);
    }
}
