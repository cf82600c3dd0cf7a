//! The figures below which no change may take us.

use crate::score::Scores;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the floor is made of; the scorer's other figures follow from these.
const FIGURES: [&str; 6] = ["word_f1", "shingle_f1", "segment_f1", "title", "byline_f1", "date_acc"];
/// The floor keeps three decimals, rounded down: no figure stands on the last digits of a sum.
const STEPS: f64 = 1000.0;

type Figures = BTreeMap<String, BTreeMap<String, f64>>;

pub(crate) struct Floor {
    path: PathBuf,
    figures: Figures,
    measured: Figures,
    fallen: Vec<String>,
}

impl Floor {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Floor> {
        let figures = match fs::read(path) {
            Ok(text) => serde_json::from_slice(&text).with_context(|| path.display().to_string())?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Figures::new(),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        Ok(Floor { path: path.to_owned(), figures, measured: Figures::new(), fallen: Vec::new() })
    }

    /// Notes what was measured on a corpus and what of it is too low. A figure of the floor that was not measured is too low.
    pub(crate) fn compare(&mut self, corpus: &str, scores: &Scores) {
        let floor = self.figures.get(corpus);
        for name in FIGURES {
            let measured = scores.get(name);
            if let Some(&least) = floor.and_then(|figures| figures.get(name))
                && measured.is_none_or(|measured| measured < least)
            {
                self.fallen.push(format!("{corpus} {name} {:.4}, floor {least:.3}", measured.unwrap_or(0.0)));
            }
            if let Some(measured) = measured {
                self.measured.entry(corpus.into()).or_default().insert(name.into(), (measured * STEPS).floor() / STEPS);
            }
        }
    }

    pub(crate) fn fallen(&self) -> &[String] {
        &self.fallen
    }

    /// Writes what rose, never what fell; tells what rose.
    pub(crate) fn raise(&mut self) -> anyhow::Result<Vec<String>> {
        let mut raised = Vec::new();
        for (corpus, figures) in &self.measured {
            let floor = self.figures.entry(corpus.clone()).or_default();
            for (name, &measured) in figures {
                let least = floor.entry(name.clone()).or_insert(0.0);
                if measured > *least {
                    raised.push(format!("{corpus} {name} {:.3} → {measured:.3}", *least));
                    *least = measured;
                }
            }
        }
        let text = serde_json::to_string_pretty(&self.figures)?;
        fs::write(&self.path, text + "\n").with_context(|| self.path.display().to_string())?;
        Ok(raised)
    }
}
