//! A model file.

use super::forest::Table;
use super::reader::Reader;
use super::{Curve, Forest};
use crate::feature::TokenTable;
use std::sync::{Arc, LazyLock};

/// What is wrong with a model file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("malformed model: {0}")]
pub struct Malformed(pub(crate) &'static str);

/// The names of the features, in the order of a row.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// What is known before anything was scored.
    pub(crate) first: Vec<String>,
    /// What the first forest said of the neighbourhood.
    pub(crate) second: Vec<String>,
}

impl Columns {
    /// Where in a row (both parts) the column with this name hash stands.
    fn find(&self, hash: u32) -> Option<usize> {
        self.first.iter().chain(&self.second).position(|name| name_hash(name) == hash)
    }
}

/// FNV-1a over the name of a feature. A file names the columns it uses this way, so that features can be added, moved or
/// dropped without making the file unreadable.
pub fn name_hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Two models of one form.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For pages with markup.
    pub(crate) html: Part,
    /// For flattened text.
    pub(crate) text: Part,
}

impl Model {
    /// The first bytes of every model file; the digit is the version of the layout.
    const MAGIC: &[u8] = b"copydesk2";

    /// The model this crate comes with.
    pub(crate) fn standard() -> Arc<Model> {
        static STANDARD: LazyLock<Arc<Model>> = LazyLock::new(|| {
            let file = include_bytes!("../../data/model/body.bin");
            // A test reads the file, so a malformed one is not released; without opinion is what remains of it here.
            Arc::new(Model::read(file).unwrap_or_default())
        });
        STANDARD.clone()
    }

    /// Whether it has no opinion.
    pub(crate) fn is_empty(&self) -> bool {
        self.html.columns == 0
    }

    /// Reads a model file for the features as they are now.
    ///
    /// # Errors
    /// Whatever cannot have been written by the trainer.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::parse(bytes, &Columns { first: crate::feature::names(), second: crate::feature::second_names() })
    }

    /// Reads a model file: the magic, then both parts.
    ///
    /// # Errors
    /// Whatever cannot have been written by the trainer.
    pub(crate) fn parse(bytes: &[u8], columns: &Columns) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(Self::MAGIC.len())? != Self::MAGIC {
            return Err(Malformed("magic"));
        }
        let model = Model { html: Part::parse(&mut reader, columns)?, text: Part::parse(&mut reader, columns)? };
        if reader.is_empty() { Ok(model) } else { Err(Malformed("bytes after the end")) }
    }
}

/// The model for one kind of page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// What class and id words say.
    pub(crate) tokens: TokenTable,
    first: Forest,
    second: Forest,
    /// From the quality that the probabilities promise to the one that pages of that promise had.
    pub(crate) quality: Curve,
    columns: usize,
    more_columns: usize,
}

impl Part {
    /// The probability that each block belongs to the body, by its own features. `rows` are row-major, as wide as
    /// [`Columns::first`].
    pub(crate) fn first(&self, rows: &[f32]) -> Vec<f32> {
        probabilities(self.first.log_odds(Table::new(rows, self.columns), Table::new(&[], 0)))
    }

    /// The same with a second look: `more` are the rows made from what [`Self::first`] said, which is `first`.
    ///
    /// The mean of both log-odds counts: the second look is surer of articles, the first of pages unlike those it was
    /// fitted on (alone they gave wcxb 0.868 and 0.867 word F1, cjk 0.934 and 0.955; together 0.870 and 0.957).
    ///
    /// Menus, footers and the like are so many and so plain that a second look at them would only cost time.
    pub(crate) fn second(&self, rows: &[f32], more: &[f32], first: &[f32]) -> Vec<f32> {
        let mut odds: Vec<f32> = first.iter().map(|p| (p / (1.0 - p)).ln()).collect();
        let wanted: Vec<usize> = (0..first.len()).filter(|&row| first[row] >= PLAIN).collect();
        let (rows, more) = (Table::new(rows, self.columns), Table::new(more, self.more_columns));
        let before = odds.clone();
        self.second.log_odds_of(&wanted, rows, more, &mut odds);
        for (odds, before) in odds.iter_mut().zip(before) {
            *odds = 0.5 * (*odds + before);
        }
        probabilities(odds)
    }

    fn parse(reader: &mut Reader<'_>, columns: &Columns) -> Result<Self, Malformed> {
        Ok(Part {
            tokens: token_table(reader)?,
            first: Forest::parse(reader, |hash| columns.find(hash).filter(|&at| at < columns.first.len()))?,
            second: Forest::parse(reader, |hash| columns.find(hash))?,
            quality: Curve::parse(reader)?,
            columns: columns.first.len(),
            more_columns: columns.second.len(),
        })
    }
}

/// Below this probability of the first look there is no second.
const PLAIN: f32 = 0.01;

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

fn probabilities(mut odds: Vec<f32>) -> Vec<f32> {
    for value in &mut odds {
        *value = 1.0 / (1.0 + (-*value).exp());
    }
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        Columns { first: vec!["chars".into(), "links".into()], second: vec!["around".into()] }
    }

    /// No words, two forests without trees and with a bias of 0, no curve; twice.
    fn empty() -> Vec<u8> {
        let forest = [0, 0, 0, 0, 0, 0, 0];
        let part = [&[0, 0, 0, 0][..], &forest, &forest, &[0]].concat();
        [Model::MAGIC, &part, &part].concat()
    }

    #[test]
    fn a_model_without_opinion() {
        let model = Model::parse(&empty(), &columns()).expect("well formed");
        assert_eq!(model.html.first(&[1.0, 2.0, 3.0, 4.0]), [0.5, 0.5]);
        assert_eq!(model.text.second(&[1.0, 2.0], &[0.3], &[0.5]), [0.5]);
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
        let columns = Columns { first: crate::feature::names(), second: crate::feature::second_names() };
        let model = Model::parse(include_bytes!("../../data/model/body.bin"), &columns).expect("well formed");
        for part in [&model.html, &model.text] {
            assert!(part.first.knows_all_columns() && part.second.knows_all_columns());
        }
    }

    #[test]
    fn garbage_is_refused() {
        let good = empty();
        for len in 0..good.len() {
            assert!(Model::parse(good.get(..len).unwrap_or_default(), &columns()).is_err(), "cut at {len}");
        }
        assert!(Model::parse(&[good, vec![0]].concat(), &columns()).is_err());
        assert!(Model::parse(b"copydesk0", &columns()).is_err());
    }

    #[test]
    fn finds_columns_by_name() {
        assert_eq!(columns().find(name_hash("links")), Some(1));
        assert_eq!(columns().find(name_hash("around")), Some(2));
        assert_eq!(columns().find(name_hash("gone")), None);
    }
}
