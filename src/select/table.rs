//! Keeps or strikes tables as a whole: half a table is worse than none.

use super::Decision;
use crate::block::{Block, Blocks, Table};
use crate::feature::Features;
use crate::types::Reason;
use std::ops::Range;

/// A table between two kept paragraphs is kept from this share of the threshold on, by the mean score of its cells. (Between 0.4
/// and 0.1 no page of the corpora differs; a press release with a table of a dozen short cells does.)
const ENCLOSED_THRESHOLD_SHARE: f32 = 0.1;

/// A table of the article can begin within this many blocks after it.
const FOLLOWING_REACH_BLOCKS: usize = 2;

/// A table after the article is not part of it if more than this share of its units is in links.
const LIST_MIN_LINK_SHARE: f32 = 0.3;

/// Nor if it has this many blocks that are surely boilerplate.
const LIST_MIN_BOILERPLATE_BLOCKS: usize = 2;

/// Keeps the rest of each table that is mostly kept (by units), and strikes the rest of the others.
///
/// Signs and roles do not matter: the cells of kept tables that have strong ones are mostly headers (`Category`,
/// `Rating`) or names of what is counted.
pub(super) fn settle(tables: &[Table], blocks: &Blocks, features: &Features, kept: &mut [bool]) {
    for table in tables {
        let Some(cells) = kept.get_mut(table.blocks.clone()) else { continue };
        let units = features.measures.get(table.blocks.clone()).unwrap_or_default().iter().map(|m| m.units);
        let all: f32 = units.clone().sum();
        let held: f32 = units.zip(&*cells).filter(|(_, kept)| **kept).map(|(units, _)| units).sum();
        let is_kept = held * 2.0 > all;
        for (index, cell) in table.blocks.clone().zip(cells) {
            *cell = is_kept && (*cell || !blocks.items[index].has(Block::NEVER_SHOWN));
        }
    }
}

/// Keeps the tables between two kept paragraphs: a cell is a short line, and short lines score low.
pub(super) fn enclosed(
    tables: &[Table],
    blocks: &Blocks,
    features: &Features,
    scores: &[f32],
    threshold: f32,
    kept: &mut [bool],
) {
    for table in tables {
        let Range { start, end } = table.blocks;
        let is_paragraph = |at: usize| kept.get(at) == Some(&true) && features.measures[at].is_prose();
        let Some(cells) = scores.get(start..end).filter(|_| start > 0 && is_paragraph(start - 1) && is_paragraph(end))
        else {
            continue;
        };
        let is_likely = cells.iter().sum::<f32>() >= threshold * ENCLOSED_THRESHOLD_SHARE * cells.len() as f32;
        let is_plain = (start..end).all(|at| features.signs[at].strongest().is_none());
        // Its class says what it is: `ticker`.
        let is_named = features.named(table.container as usize).is_some();
        if is_likely && is_plain && !is_named {
            (start..end).for_each(|at| kept[at] |= !blocks.items[at].has(Block::NEVER_SHOWN));
        }
    }
}

/// Keeps the tables that begin inside the article or right after it, for [`crate::types::Include::Tables`]. `body` is the
/// article's range of blocks.
///
/// The model cannot recognise a table of figures: it has no sentences and few words, much like a ticker or a menu.
/// After the article, a table may also be a board's list of other posts, which is made of links or of its phrases, or
/// the comments.
pub(super) fn include(tables: &[Table], body: &Range<usize>, features: &Features, decisions: &mut [Decision]) {
    let is_near = |table: &&Table| (body.start..body.end + FOLLOWING_REACH_BLOCKS).contains(&table.blocks.start);
    let is_list = |table: &Table, decisions: &[Decision]| {
        let measures = features.measures.get(table.blocks.clone()).unwrap_or_default();
        let linked: f32 = measures.iter().map(|measure| measure.link_units).sum();
        let all: f32 = measures.iter().map(|measure| measure.units).sum();
        let boilerplate = |made: &&Decision| matches!(made, Decision::Struck(reason) if !is_by_form(*reason));
        let boilerplate = decisions.get(table.blocks.clone()).unwrap_or_default().iter().filter(boilerplate).count();
        linked > all * LIST_MIN_LINK_SHARE || boilerplate >= LIST_MIN_BOILERPLATE_BLOCKS
    };
    for table in tables.iter().filter(is_near) {
        if table.blocks.start >= body.end && is_list(table, decisions) {
            continue;
        }
        for decision in decisions.get_mut(table.blocks.clone()).unwrap_or_default() {
            if matches!(decision, Decision::Struck(reason) if is_by_form(*reason)) {
                *decision = Decision::Body;
            }
        }
    }
}

/// Whether a cell of figures or names may have got this reason by its form alone, rather than by its words.
fn is_by_form(reason: Reason) -> bool {
    matches!(reason, Reason::Other | Reason::Navigation | Reason::Related | Reason::Ticker)
}

#[cfg(test)]
mod tests {
    use super::{include, settle};
    use crate::block::{Blocks, tables};
    use crate::dom::{parse, rules::Hits};
    use crate::feature::{Facts, Features, TokenTable};
    use crate::from_dom::{Bare, from_dom};
    use crate::select::Decision;
    use crate::types::Reason;

    #[test]
    fn lists_behind_an_article_are_no_tables_of_it() {
        let rows = |a: &str, b: &str| format!("<table><tr><td>{a}<td>12<tr><td>{b}<td>8</table>");
        let linked = rows("<a href=1>another post</a>", "<a href=2>a third post</a>");
        let cases = [
            ("figures", format!("<p>Text.{}", rows("Apples", "Pears")), Reason::Navigation, true),
            ("other posts", format!("<p>Text.{linked}"), Reason::Navigation, false),
            ("comments", format!("<p>Text.{}", rows("anna", "ben")), Reason::Comments, false),
            ("near miss: links inside", format!("<p>Text.{linked}<p>More text."), Reason::Navigation, true),
        ];
        for (name, html, reason, expected) in cases {
            let mut blocks = Blocks::default();
            from_dom(&parse(&html), Bare::Inline, &Hits::default(), &mut blocks);
            let mut features = Features::default();
            features.fill(&blocks, &[], &Facts::default(), &TokenTable::default());
            let is_text = |index: usize| blocks.text_of(index).contains("ext");
            let mut decisions: Vec<Decision> = (0..blocks.items.len())
                .map(|index| if is_text(index) { Decision::Body } else { Decision::Struck(reason) })
                .collect();
            let last = decisions.iter().rposition(|made| *made == Decision::Body).expect("a text");
            include(&tables(&blocks), &(0..last + 1), &features, &mut decisions);
            assert_eq!(decisions.iter().all(|made| *made == Decision::Body), expected, "{name}");
        }
    }

    #[test]
    fn halves_of_tables() {
        let rows = "<tr><td>Name<td>a long description of it<tr><td>Year<td><p>the year in which it was made";
        let table = format!("<table>{rows}</table>");
        let laid_out = format!("<table><tr><td><h2>Head</h2><td>b{rows}</table>");
        let strong = format!("<table>{rows}<tr><td>Rating<td>the name of it</table>");
        let cases: [(&str, &str, &[&str], &[&str]); 5] = [
            (
                "mostly kept",
                &table,
                &["a long description of it", "the year in which it was made"],
                &["Name", "a long description of it", "Year", "the year in which it was made"],
            ),
            (
                "a head with a strong sign",
                &strong,
                &["a long description of it", "the year in which it was made"],
                &[
                    "Name",
                    "a long description of it",
                    "Year",
                    "the year in which it was made",
                    "Rating",
                    "the name of it",
                ],
            ),
            ("mostly struck", &table, &["Name", "Year"], &[]),
            ("near miss: lays out the page", &laid_out, &["Head", "Year"], &["Head", "Year"]),
            ("near miss: no table", "<p>Name<p>a long description of it", &["Name"], &["Name"]),
        ];
        for (name, html, kept, expected) in cases {
            let mut blocks = Blocks::default();
            from_dom(&parse(html), Bare::Inline, &Hits::default(), &mut blocks);
            let mut features = Features::default();
            features.fill(&blocks, &[], &Facts::default(), &TokenTable::default());
            for (index, signs) in features.signs.iter_mut().enumerate() {
                signs.family[0] = if blocks.text_of(index) == "Rating" { 3 } else { 0 };
            }
            let texts = || (0..blocks.items.len()).map(|index| blocks.text_of(index));
            let mut kept: Vec<bool> = texts().map(|text| kept.contains(&text)).collect();
            settle(&tables(&blocks), &blocks, &features, &mut kept);
            let left: Vec<&str> = texts().zip(&kept).filter(|(_, kept)| **kept).map(|(text, _)| text).collect();
            assert_eq!(left, expected, "{name}");
        }
    }
}
