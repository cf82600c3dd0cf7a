//! A model file.

use super::net::Reading;
use super::reader::Reader;
use super::{Curve, Net};
use crate::feature::{Around, TokenTable};
use std::sync::{Arc, LazyLock};

/// What is wrong with a model file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("malformed model: {0}")]
pub struct Malformed(pub(crate) &'static str);

/// FNV-1a over the name of a feature. A model file refers to columns by this hash, so that features can be added, moved
/// or dropped without making the file unreadable.
pub fn name_hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Two models of the same form.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For pages with markup.
    pub(crate) html: Part,
    /// For flattened text.
    pub(crate) text: Part,
}

impl Model {
    /// The first bytes of every model file; the digit is the version of the layout.
    const MAGIC: &[u8] = b"copydesk5";

    /// The model this crate comes with.
    pub(crate) fn standard() -> Arc<Model> {
        static STANDARD: LazyLock<Arc<Model>> = LazyLock::new(|| {
            let file = include_bytes!("../../data/model/body.bin");
            // A test reads the file, so a malformed one cannot be released. Here it becomes an empty model rather
            // than a panic, so that the trainer can replace it after a change of the format.
            Arc::new(Model::read(file).unwrap_or_default())
        });
        STANDARD.clone()
    }

    /// Reads a model file for the current features.
    ///
    /// # Errors
    /// [`Malformed`] if the trainer cannot have written the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::parse(bytes, &crate::feature::names())
    }

    /// The parts of a model file as they stand in it: for pages with markup, and for flattened text.
    ///
    /// # Errors
    /// [`Malformed`] if the trainer cannot have written the file.
    #[cfg(feature = "internals")]
    pub fn parts(bytes: &[u8]) -> Result<[&[u8]; 2], Malformed> {
        let mut reader = Reader::new(bytes);
        reader.bytes(Self::MAGIC.len())?;
        let both = reader.rest();
        Part::parse(&mut reader, &crate::feature::names())?;
        let text = reader.rest();
        let html = both.split_at_checked(both.len() - text.len()).ok_or(Malformed("cut short"))?.0;
        Ok([html, text])
    }

    /// Reads a model file: the magic, then both parts.
    ///
    /// # Errors
    /// [`Malformed`] if the trainer cannot have written the file.
    pub(crate) fn parse(bytes: &[u8], columns: &[String]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(Self::MAGIC.len())? != Self::MAGIC {
            return Err(Malformed("magic"));
        }
        let model = Model { html: Part::parse(&mut reader, columns)?, text: Part::parse(&mut reader, columns)? };
        if reader.rest().is_empty() { Ok(model) } else { Err(Malformed("bytes after the end")) }
    }
}

/// The model for one kind of page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// The log-odds of body below class and id words.
    pub(crate) tokens: TokenTable,
    pub(super) net: Net,
    /// Maps the F1 score that the probabilities promise to the F1 score that such pages had in training.
    pub(crate) quality: Curve,
}

impl Part {
    /// Begins a page of so many blocks, to be read row by row. Rows are as wide as [`crate::feature::names`].
    pub(crate) fn reading(&self, blocks: usize) -> Reading<'_> {
        Reading::new(&self.net, blocks)
    }

    /// The probability that each block of a page belongs to the body.
    pub(crate) fn probabilities(reading: Reading<'_>, around: &[Around]) -> Vec<f32> {
        let mut odds = reading.log_odds(around);
        // The largest weights that a file can hold would overflow; such a score is as good as none.
        let probability = |odds: f32| if odds.is_finite() { 1.0 / (1.0 + (-odds).exp()) } else { 0.5 };
        odds.iter_mut().for_each(|odds| *odds = probability(*odds));
        odds
    }

    fn parse(reader: &mut Reader<'_>, columns: &[String]) -> Result<Self, Malformed> {
        let hashes: Vec<u32> = columns.iter().map(|name| name_hash(name)).collect();
        Ok(Part { tokens: token_table(reader)?, net: Net::parse(reader, &hashes)?, quality: Curve::parse(reader)? })
    }
}

/// `u32` count, hashes as ascending `u32`, log-odds as pairs of `i8`.
fn token_table(reader: &mut Reader<'_>) -> Result<TokenTable, Malformed> {
    let count = reader.u32()? as usize;
    let hashes = reader.bytes(count.saturating_mul(4))?;
    let hashes: Vec<u32> = hashes.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
    if !hashes.is_sorted() {
        return Err(Malformed("word hashes out of order"));
    }
    let odds = reader.bytes(count.saturating_mul(2))?.as_chunks().0.iter();
    let odds = odds.map(|pair: &[u8; 2]| pair.map(u8::cast_signed));
    Ok(TokenTable::new(hashes.into_iter().zip(odds).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No words, a network whose log-odds are 0 for every block, no curve; twice.
    fn empty() -> Vec<u8> {
        let part = [&[0, 0, 0, 0][..], &Net::nothing(), &[0]].concat();
        [Model::MAGIC, &part, &part].concat()
    }

    /// Of a page with one column, the length in units.
    fn probabilities(part: &Part, units: &[f32]) -> Vec<f32> {
        let mut reading = part.reading(units.len());
        units.iter().for_each(|&units| reading.row(&[units], units));
        Part::probabilities(reading, &vec![Around::default(); units.len()])
    }

    #[test]
    fn a_model_without_opinion() {
        let model = Model::parse(&empty(), &["units".to_owned()]).expect("well formed");
        assert_eq!(probabilities(&model.html, &[1.0, 2.0]), [0.5, 0.5]);
        assert_eq!(probabilities(&model.text, &[]), [0.0; 0]);
    }

    #[test]
    fn weights_that_overflow_are_no_opinion() {
        let mut part = empty();
        // The bias of the output is the last number of the first network, before the empty curve.
        let at = Model::MAGIC.len() + 4 + Net::nothing().len();
        part[at - 4 - 4 * 32..at].as_chunks_mut::<4>().0.iter_mut().for_each(|number| *number = 3e38f32.to_le_bytes());
        let bias = Model::MAGIC.len() + 4 + 4 + 4 * 32;
        part[bias..bias + 4 * 32].as_chunks_mut::<4>().0.iter_mut().for_each(|number| *number = 3e38f32.to_le_bytes());
        let model = Model::parse(&part, &["units".to_owned()]).expect("well formed");
        assert_eq!(probabilities(&model.html, &[1.0]), [0.5]);
    }

    #[test]
    fn token_tables_are_read_or_refused() {
        let good = [2, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 16, 8, 0xE0, 0];
        let table = token_table(&mut Reader::new(&good)).expect("two words");
        assert_eq!(table, TokenTable::new(vec![(4, [16, 8]), (9, [-32, 0])]));
        let unsorted = [2, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 16, 8, 0xE0, 0];
        assert!(token_table(&mut Reader::new(&unsorted)).is_err());
        let endless = [0xFF, 0xFF, 0xFF, 0xFF, 9, 0, 0, 0];
        assert!(token_table(&mut Reader::new(&endless)).is_err());
    }

    #[test]
    fn the_model_that_is_shipped_knows_our_columns() {
        Model::parse(include_bytes!("../../data/model/body.bin"), &crate::feature::names()).expect("well formed");
    }

    #[test]
    fn garbage_is_refused() {
        let good = empty();
        for len in 0..good.len() {
            assert!(Model::parse(good.get(..len).unwrap_or_default(), &[]).is_err(), "cut at {len}");
        }
        assert!(Model::parse(&[good, vec![0]].concat(), &[]).is_err());
        assert!(Model::parse(b"copydesk0", &[]).is_err());
    }
}
