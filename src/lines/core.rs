//! Finds the core of flattened text: the stretch with the most prose and the least of anything else.
//!
//! Kept whole, it is as good an extraction as most tools give. Here it becomes a container, so that features can
//! measure how far a block is from it.

use super::line::width;
use super::piece::Piece;
use super::sentence::is_ended;
use std::ops::Range;

/// A line of at least this many columns is prose if it ends like a sentence; without such an end (in languages without
/// full stops) it needs `OPEN_COLUMNS`. Teasers cut off in mid-sentence are shorter than that.
const ENDED_COLUMNS: u32 = 40;
const OPEN_COLUMNS: u32 = 400;
/// Maximum number of columns counted per piece: a single long block of terms and conditions is no article.
const COUNTED_COLUMNS: u32 = 600;
/// Columns subtracted for each piece of prose, so that many captions weigh less than one paragraph.
const PROSE_COST: i64 = 20;
/// Columns subtracted for each piece of other text, in addition to half of its own columns.
const OTHER_COST: i64 = 30;

/// The pieces of the core; empty if there is no prose. The constants were tuned together on the development corpora,
/// where the core, kept whole, has a word F1 of 0.89 on flattened pages.
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
        i64::from(columns.min(COUNTED_COLUMNS)) - PROSE_COST
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
