//! Finds the heads of articles on pages without markup: a headline, then a byline or date, then text. The second head
//! usually begins the next article.

use super::measure::Measure;
use super::signs::Signs;
use crate::types::LineRole;

/// Minimum and maximum length of a headline in units.
const HEADLINE_MIN_UNITS: f32 = 3.0;
const HEADLINE_MAX_UNITS: f32 = 40.0;
/// Maximum length of a byline or date line in units.
const STAMP_MAX_UNITS: f32 = 25.0;
/// Maximum number of blocks from a byline or date line back to its headline, and forward to the text.
const HEADLINE_REACH_BLOCKS: usize = 3;
const TEXT_REACH_BLOCKS: usize = 6;

/// For each block, whether it is such a headline; `roles` are those of [`super::Facts`].
pub(crate) fn heads(measures: &[Measure], signs: &[Signs], roles: &[Option<LineRole>], out: &mut Vec<bool>) {
    out.clear();
    out.resize(measures.len(), false);
    let role = |at: usize| roles.get(at).copied().flatten();
    let is_stamp = |at: usize| {
        let signs = &signs[at];
        let states = matches!(role(at), Some(LineRole::Byline | LineRole::Date))
            || signs.time
            || signs.date > 0
            || signs.byline > 0;
        states && measures[at].units <= STAMP_MAX_UNITS && !measures[at].is_prose()
    };
    let is_headline = |at: usize| {
        let m = &measures[at];
        let is_line = (HEADLINE_MIN_UNITS..=HEADLINE_MAX_UNITS).contains(&m.units) && !m.is_prose();
        role(at) == Some(LineRole::Title) || is_line && !is_stamp(at)
    };
    for stamp in (0..measures.len()).filter(|&at| is_stamp(at)) {
        let text = measures.iter().skip(stamp + 1).take(TEXT_REACH_BLOCKS).any(Measure::is_prose);
        let headline =
            (stamp.saturating_sub(HEADLINE_REACH_BLOCKS)..stamp).rev().take_while(|&at| !measures[at].is_prose());
        if let Some(headline) = headline.into_iter().find(|&at| is_headline(at)).filter(|_| text) {
            out[headline] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::feature::measure::measured;
    use crate::feature::signs::signs;
    use crate::vocab::Vocab;

    #[test]
    fn headlines_with_a_stamp_and_text() {
        let text = "The ferry left at nine, as it had on each day before, and nobody was there to see it go.";
        let cases: [(&str, &[&str], &[usize]); 6] = [
            ("headline, date, text", &["Old ferry leaves again", "2024-05-01 10:20", text, text], &[0]),
            ("with a line between", &["Old ferry leaves again", "Photo", "2024-05-01 10:20", text], &[0]),
            (
                "two articles",
                &["Old ferry leaves again", "2024-05-01 10:20", text, "New bridge opens", "2024-05-02 09:10", text],
                &[0, 3],
            ),
            ("near miss: no stamp", &["Old ferry leaves again", text, "New bridge opens", text], &[]),
            ("near miss: no text", &["Old ferry leaves again", "2024-05-01 10:20", "Home", "News"], &[]),
            ("near miss: text before the stamp", &["Old ferry leaves again", text, "2024-05-01 10:20", text], &[]),
        ];
        for (name, lines, expected) in cases {
            let mut blocks = Blocks::default();
            crate::lines::blocks(&lines.join("\n\n"), &mut blocks);
            let (mut hits, mut found, mut out) = (Vec::new(), Vec::new(), Vec::new());
            Vocab::get().scan(&blocks.text, &mut hits);
            signs(&blocks, &hits, &mut found);
            heads(&measured(lines).0, &found, &[], &mut out);
            let at: Vec<usize> = (0..out.len()).filter(|&at| out[at]).collect();
            assert_eq!(at, expected, "{name}");
        }
    }
}
