//! What class and id words say of the text below them.

use super::Malformed;
use super::reader::Reader;

/// Word hash → how much the word speaks for body, as log-odds in sixteenths.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TokenTable {
    /// Ascending.
    hashes: Vec<u32>,
    odds: Vec<i8>,
}

impl TokenTable {
    /// Steps of one unit of log-odds: an `i8` then reaches ±7.9, far beyond what a word is ever sure of.
    pub(crate) const STEPS: f32 = 16.0;

    /// A table of these words; of two entries for one hash the first counts.
    #[cfg(any(test, feature = "internals"))]
    pub(crate) fn new(mut entries: Vec<(u32, i8)>) -> Self {
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

    /// `u32` count, hashes as ascending `u32`, log-odds as `i8`.
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = reader.u32()? as usize;
        let hashes = reader.bytes(count.saturating_mul(4))?;
        let hashes: Vec<u32> = hashes.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
        if !hashes.is_sorted() {
            return Err(Malformed("word hashes out of order"));
        }
        let odds = reader.bytes(count)?.iter().map(|&byte| byte.cast_signed()).collect();
        Ok(TokenTable { hashes, odds })
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

    #[test]
    fn parses_or_refuses() {
        let good = [2, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 16, 0xE0];
        let table = TokenTable::parse(&mut Reader::new(&good)).expect("two words");
        assert_eq!(table, TokenTable::new(vec![(4, 16), (9, -32)]));
        let unsorted = [2, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 16, 0xE0];
        assert!(TokenTable::parse(&mut Reader::new(&unsorted)).is_err());
        let endless = [0xFF, 0xFF, 0xFF, 0xFF, 9, 0, 0, 0];
        assert!(TokenTable::parse(&mut Reader::new(&endless)).is_err());
    }
}
