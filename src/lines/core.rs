//! The stretch of flattened text with the most prose and the least else: where an article would be.
//!
//! Kept whole, it is as good an extraction as most tools give; here it is a container, from which features tell how far away
//! a block stands.

use super::line::width;
use super::piece::Piece;
use super::sentence::is_ended;
use std::ops::Range;

/// Columns from which a line that ends as a sentence does is prose, and a line that does not: languages without full stops.
/// Teasers cut in mid-sentence are shorter than that.
const ENDED_COLUMNS: u32 = 40;
const OPEN_COLUMNS: u32 = 400;
/// Columns of one piece that count: a single block of terms and conditions is no article.
const MOST: u32 = 600;
/// Columns off for each piece of prose, so that many captions weigh less than one paragraph.
const PROSE_COST: i64 = 20;
/// Columns of prose that a piece of anything else outweighs, and half of its own columns on top.
const OTHER_COST: i64 = 30;

/// The pieces of it, empty if there is no prose. The constants were chosen together on the development corpora, where it has,
/// kept whole, a word F1 of 0.89 on flattened pages (`ceiling::core_alone`).
pub(super) fn core(items: &[Piece], text: &str) -> Range<usize> {
    let (mut best, mut sum, mut start, mut range) = (0, 0, 0, 0..0);
    for (index, piece) in items.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        sum += weight(text.get(piece.text.range()).unwrap_or_default());
        if sum > best {
            (best, range) = (sum, start..index + 1);
        }
    }
    range
}

fn weight(text: &str) -> i64 {
    let columns = width(text);
    let ended = is_ended(text);
    if ended && columns >= ENDED_COLUMNS || columns >= OPEN_COLUMNS {
        i64::from(columns.min(MOST)) - PROSE_COST
    } else if ended {
        0
    } else {
        -OTHER_COST - i64::from(columns) / 2
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pieces, pieces};
    use super::*;

    #[test]
    fn cores() {
        let prose = "The sun rose over the hills and nobody was there to see how it did so, as on every day before.";
        let cases = [
            ("between menus", format!("Home\nNews\n{prose}\n{prose}\nAbout us\nContact"), 2..4),
            ("over a caption", format!("Home\n{prose}\n{prose}\nPhoto: Ann Bell\n{prose}\n{prose}\nHome"), 1..6),
            ("not over a menu", format!("{prose}\n{prose}\n{prose}\n{}{prose}", "Home News Sport\n".repeat(9)), 0..3),
            ("near miss: no prose", "Home\nNews\nSport".to_owned(), 0..0),
        ];
        for (name, text, expected) in cases {
            let mut read = Pieces::default();
            pieces(&text, 0, &mut read);
            assert_eq!(core(&read.items, &read.text), expected, "{name}");
        }
    }
}
