//! Formats figures as Markdown tables.

use crate::score::Scores;
use std::collections::BTreeSet;
use std::fmt::Write;

pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) scores: Scores,
}

const COLUMNS: [(&str, &str); 14] = [
    ("word_f1", "word F1"),
    ("shingle_f1", "shingle F1"),
    ("shingle_p", "P"),
    ("shingle_r", "R"),
    ("perfect", "≥.99"),
    ("bad", "<.70"),
    ("with_recall", "with"),
    ("without_leak", "leak"),
    ("segment_f1", "segment F1"),
    ("title", "title"),
    ("byline_f1", "byline F1"),
    ("date_acc", "date acc"),
    ("date_p", "date P"),
    ("date_r", "date R"),
];

/// A table of all rows, with the columns that any of them has.
pub(crate) fn table(rows: Vec<Row>) -> String {
    let columns: Vec<_> =
        COLUMNS.iter().filter(|(key, _)| rows.iter().any(|row| row.scores.get(key).is_some())).collect();
    let mut out = String::from("| |");
    for (_, label) in &columns {
        let _ = write!(out, " {label} |");
    }
    out.push_str(" errors |\n|---|");
    out.push_str(&"---:|".repeat(columns.len() + 1));
    out.push('\n');
    for row in rows {
        let _ = write!(out, "| {} |", row.name);
        for (key, _) in &columns {
            match row.scores.get(key) {
                Some(figure) => drop(write!(out, " {figure:.3} |")),
                None => out.push_str(" – |"),
            }
        }
        let errors = row.scores.get("errors").unwrap_or(0.0) + row.scores.get("missing").unwrap_or(0.0);
        let _ = writeln!(out, " {errors} |");
    }
    out
}

/// What the scorer lists among the peers to show what little effort gives: a page's whole text, and the rules of C4.
const BASELINES: [&str; 2] = ["keepall", "c4like"];

/// Whether our figures on a corpus are compared with those of this program. Left out are the baselines and, on a corpus
/// whose truth a program produced, that program and its ports.
fn is_rival(corpus: &str, name: &str) -> bool {
    let is_judge = corpus == "readability" && matches!(name, "dom_smoothie" | "mozilla-readability");
    !is_judge && !BASELINES.contains(&name)
}

/// The program of a row: `trafilatura+p` is trafilatura, given flattened text as paragraphs of HTML.
fn program(name: &str) -> &str {
    name.split('+').next().unwrap_or(name)
}

/// The table in the README: one row per corpus, with our figures, those of the best peer of each, and the number of
/// peers measured. The higher figure of each pair is bold.
pub(crate) fn overview(corpora: &[(String, Scores, Vec<(String, Scores)>)]) -> String {
    let mut out = String::from(
        "| corpus | pages | peers | body | best peer | title | best peer | byline | best peer | date | best peer |\n",
    );
    out.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (corpus, ours, others) in corpora {
        let body = if ours.get("word_f1").is_some() { "word_f1" } else { "segment_f1" };
        let rivals: Vec<_> = others.iter().filter(|(name, _)| is_rival(corpus, name)).collect();
        let measured = rivals.iter().filter(|(_, scores)| scores.get(body).is_some());
        let peers: BTreeSet<_> = measured.map(|(name, _)| program(name)).collect();
        let _ = write!(out, "| {corpus} | {} | {} |", ours.get("pages").unwrap_or(0.0), peers.len());
        for key in [body, "title", "byline_f1", "date_acc"] {
            let figures = rivals.iter().filter_map(|(name, scores)| Some((scores.get(key)?, name)));
            let best = figures.max_by(|(a, _), (b, _)| a.total_cmp(b));
            match (ours.get(key), best) {
                (None, _) => out.push_str(" – | – |"),
                (Some(ours), None) => drop(write!(out, " {} | – |", shown(ours, true))),
                (Some(ours), Some((theirs, name))) => {
                    let (ours, theirs) = (shown(ours, ours >= theirs), shown(theirs, theirs >= ours));
                    let _ = write!(out, " {ours} | {theirs} {name} |");
                }
            }
        }
        out.push('\n');
    }
    out
}

fn shown(figure: f64, bold: bool) -> String {
    if bold { format!("**{figure:.3}**") } else { format!("{figure:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn higher_figures_are_bold_and_baselines_no_peers() {
        let peer = |name: &str, body, date| (name.to_owned(), Scores::of(&[("word_f1", body), ("date_acc", date)]));
        let ours = Scores::of(&[("pages", 7.0), ("word_f1", 0.9), ("title", 0.8), ("date_acc", 0.5)]);
        let peers = vec![
            peer("keepall", 0.99, 0.99),
            peer("c4like", 0.99, 0.99),
            peer("trafilatura", 0.7, 0.6),
            peer("trafilatura+p", 0.8, 0.4),
            peer("dom_smoothie", 0.85, 0.1),
            ("goose3".to_owned(), Scores::of(&[("date_acc", 0.2)])),
        ];
        let corpora = ["news", "readability"].map(|corpus| (corpus.to_owned(), ours.clone(), peers.clone()));
        let rows: Vec<_> = overview(&corpora).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(
            rows,
            [
                "| news | 7 | 2 | **0.900** | 0.850 dom_smoothie | **0.800** | – | – | – | 0.500 | **0.600** trafilatura |",
                "| readability | 7 | 1 | **0.900** | 0.800 trafilatura+p | **0.800** | – | – | – | 0.500 | **0.600** trafilatura |",
            ]
        );
    }
}
