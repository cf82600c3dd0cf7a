//! Formats figures as Markdown tables.

use crate::score::Scores;
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

/// Whether a peer is a port of the program that produced the truth of a corpus.
fn is_judge(corpus: &str, peer: &str) -> bool {
    corpus == "readability" && matches!(peer, "dom_smoothie" | "mozilla-readability")
}

/// The table in the README: one row per corpus, with our figures and those of the best peer.
pub(crate) fn overview(corpora: &[(String, Scores, Vec<(String, Scores)>)]) -> String {
    let mut out = String::from(
        "| corpus | pages | body | best peer | title | best peer | byline | best peer | date | best peer |\n",
    );
    out.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (corpus, ours, peers) in corpora {
        let _ = write!(out, "| {corpus} | {} |", ours.get("pages").unwrap_or(0.0));
        let body = if ours.get("word_f1").is_some() { "word_f1" } else { "segment_f1" };
        for key in [body, "title", "byline_f1", "date_acc"] {
            let rivals = peers.iter().filter(|(name, _)| !is_judge(corpus, name));
            let best = rivals.filter_map(|(name, scores)| Some((scores.get(key)?, name)));
            let best = best.max_by(|(a, _), (b, _)| a.total_cmp(b));
            match ours.get(key) {
                Some(figure) => drop(write!(out, " **{figure:.3}** |")),
                None => out.push_str(" – |"),
            }
            match best.filter(|_| ours.get(key).is_some()) {
                Some((figure, name)) => drop(write!(out, " {figure:.3} {name} |")),
                None => out.push_str(" – |"),
            }
        }
        out.push('\n');
    }
    out
}
