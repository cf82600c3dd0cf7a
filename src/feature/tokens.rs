//! What class words and the other words that name a box say of the text below them: a learned table.

/// A word's hash, and how much the word speaks for body, in sixteenths of log-odds: on pages of all kinds, and on articles.
///
/// The two differ where pages of different kinds ask for different bodies: the posts of a thread are its body, the comments
/// below an article are not, and templates call both `comment`.
pub type TokenEntry = (u32, [i8; 2]);

/// What is known of words; empty until a model brings one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenTable {
    /// Ascending.
    hashes: Vec<u32>,
    odds: Vec<[i8; 2]>,
    /// Where the hashes with each of the possible first bits begin, and where the last ones end: a bucket holds one or two.
    buckets: Vec<u32>,
}

/// Bits that choose the bucket.
const BUCKET_BITS: u32 = 12;

impl TokenTable {
    /// Steps of one unit of log-odds: an `i8` then reaches ±7.9, far beyond what a word is ever sure of.
    pub const STEPS: f32 = 16.0;

    /// A table of these words; of two entries for one hash the first counts.
    pub fn new(mut entries: Vec<TokenEntry>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let (hashes, odds): (Vec<u32>, _) = entries.into_iter().unzip();
        let begin = |bucket: u32| hashes.partition_point(|hash| hash >> (32 - BUCKET_BITS) < bucket);
        let buckets = (0..=1 << BUCKET_BITS).map(|bucket| u32::try_from(begin(bucket)).unwrap_or(u32::MAX)).collect();
        TokenTable { hashes, odds, buckets }
    }

    /// The word's log-odds on all pages and on articles, if training met it on enough sites.
    pub(crate) fn log_odds(&self, hash: u32) -> Option<[f32; 2]> {
        let bucket = (hash >> (32 - BUCKET_BITS)) as usize;
        let (from, to) = (*self.buckets.get(bucket)? as usize, *self.buckets.get(bucket + 1)? as usize);
        let at = from + self.hashes.get(from..to)?.iter().position(|&known| known == hash)?;
        self.odds.get(at).map(|odds| odds.map(|odds| f32::from(odds) / Self::STEPS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_up() {
        let table = TokenTable::new(vec![(9, [-32, 0]), (4, [16, -16])]);
        assert_eq!(table.log_odds(4), Some([1.0, -1.0]));
        assert_eq!(table.log_odds(9), Some([-2.0, 0.0]));
        assert_eq!(table.log_odds(5), None);
    }
}
