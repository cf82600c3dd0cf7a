//! Runs the scorer, and reads its results for the peers.

use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Figures by name. Figures that do not apply are absent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores(BTreeMap<String, f64>);

impl Scores {
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    #[cfg(test)]
    pub(crate) fn of(figures: &[(&str, f64)]) -> Scores {
        Scores(figures.iter().map(|(name, figure)| ((*name).to_owned(), *figure)).collect())
    }

    fn from_json(value: &Value) -> Scores {
        let figures = value.as_object().into_iter().flatten();
        Scores(figures.filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect())
    }
}

#[derive(Debug)]
pub(crate) struct Scored {
    pub(crate) all: Scores,
    pub(crate) groups: Vec<(String, Scores)>,
    /// As printed by the scorer.
    pub(crate) worst: String,
}

/// Scores records as written by the tool; the scorer reads their fields by name.
pub(crate) fn score(
    scorer: &Path,
    corpus: &Path,
    records: &Path,
    by: Option<&str>,
    worst: usize,
) -> anyhow::Result<Scored> {
    let json = records.with_extension("score.json");
    let mut command = Command::new("python3");
    command.arg(scorer).arg("--corpus").arg(corpus).arg("--pred").arg(records).arg("--json").arg(&json);
    command.arg(format!("--worst={worst}"));
    if let Some(by) = by {
        command.arg("--by").arg(by);
    }
    let output = command.output().context("python3")?;
    ensure!(output.status.success(), "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
    let result: Value = serde_json::from_slice(&fs::read(&json)?)?;
    let groups = result["groups"].as_object().into_iter().flatten();
    let printed = String::from_utf8_lossy(&output.stdout);
    // The summary and the groups come first; a worst page begins with its figure.
    let worst = printed.lines().rev().take(worst).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n");
    Ok(Scored {
        all: Scores::from_json(&result["summary"]),
        groups: groups.map(|(name, scores)| (name.clone(), Scores::from_json(scores))).collect(),
        worst,
    })
}

/// The figures of the peers on a corpus, sorted by body, best first.
pub(crate) fn peers(peers: &Value, corpus: &str) -> Vec<(String, Scores)> {
    let rows = peers["corpora"][corpus]["peers"].as_object().into_iter().flatten();
    let mut rows: Vec<_> = rows.map(|(name, scores)| (name.clone(), Scores::from_json(scores))).collect();
    let body = |scores: &Scores| scores.get("word_f1").or(scores.get("segment_f1")).unwrap_or(0.0);
    rows.sort_by(|(_, a), (_, b)| body(b).total_cmp(&body(a)));
    rows
}
