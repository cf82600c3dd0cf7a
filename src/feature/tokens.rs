//! The learned table of class words and other words that name boxes: how likely the text below them is body.

/// The hash of a word and its log-odds of body in sixteenths: on pages of all kinds, and on articles.
///
/// The two differ because the body depends on the kind of page: the posts of a thread are body, the comments below an
/// article are not, and templates call both `comment`.
pub type TokenEntry = (u32, [i8; 2]);

/// The log-odds of known words; empty until a model provides some.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenTable {
    /// In ascending order of the hashes.
    entries: Vec<TokenEntry>,
    /// Start of each bucket, which holds the one or two hashes with the same first bits, and the end of the last one.
    buckets: Vec<u32>,
}

/// Number of bits that select the bucket.
const BUCKET_BITS: u32 = 12;

impl TokenTable {
    /// Steps per unit of log-odds: an `i8` then covers ±7.9, far more than any word needs.
    pub const STEPS: f32 = 16.0;

    /// Makes a table of these entries; of two with the same hash the first counts.
    pub fn new(mut entries: Vec<TokenEntry>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let begin = |bucket: u32| entries.partition_point(|(hash, _)| hash >> (32 - BUCKET_BITS) < bucket);
        let buckets = (0..=1 << BUCKET_BITS).map(|bucket| u32::try_from(begin(bucket)).unwrap_or(u32::MAX)).collect();
        TokenTable { entries, buckets }
    }

    /// The word's log-odds on all pages and on articles, if training found it on enough sites.
    pub(crate) fn log_odds(&self, hash: u32) -> Option<[f32; 2]> {
        let bucket = (hash >> (32 - BUCKET_BITS)) as usize;
        let (from, to) = (*self.buckets.get(bucket)? as usize, *self.buckets.get(bucket + 1)? as usize);
        let (_, odds) = self.entries.get(from..to)?.iter().find(|(known, _)| *known == hash)?;
        Some(odds.map(|odds| f32::from(odds) / Self::STEPS))
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
