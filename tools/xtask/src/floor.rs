//! The floor: figures that no change may fall below.

use crate::score::Scores;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The figures in the floor; the scorer's other figures follow from these.
const FIGURES: [&str; 6] = ["word_f1", "shingle_f1", "segment_f1", "title", "byline_f1", "date_acc"];
/// The floor has three decimals, rounded down, so that it does not depend on the last digits of a sum.
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

    /// The corpora that have a floor.
    pub(crate) fn corpora(&self) -> impl Iterator<Item = &String> {
        self.figures.keys()
    }

    /// Records the figures of a corpus, and which are too low. A figure of the floor that was not measured is too low.
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

    /// Writes and returns the figures that rose. Never lowers one.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn floor(path: &Path, figures: &[(&str, f64)]) -> Floor {
        let mut floor = Floor::read(path).unwrap();
        floor.compare("news", &Scores::of(figures));
        floor
    }

    #[test]
    fn rises_and_never_sinks() {
        let path = std::env::temp_dir().join(format!("copydesk-floor-{}.json", std::process::id()));
        let mut first = floor(&path, &[("word_f1", 0.91239), ("title", 0.8), ("pages", 7.0)]);
        assert!(first.fallen().is_empty(), "nothing to fall below yet");
        assert_eq!(first.raise().unwrap(), ["news title 0.000 → 0.800", "news word_f1 0.000 → 0.912"]);

        let cases: [(&str, &[(&str, f64)], &[&str]); 4] = [
            ("the same", &[("word_f1", 0.91239), ("title", 0.8)], &[]),
            ("a hair above", &[("word_f1", 0.912), ("title", 0.9)], &[]),
            ("a hair below", &[("word_f1", 0.9119), ("title", 0.8)], &["news word_f1 0.9119, floor 0.912"]),
            ("a figure is gone", &[("word_f1", 0.95)], &["news title 0.0000, floor 0.800"]),
        ];
        for (name, figures, fallen) in cases {
            assert_eq!(floor(&path, figures).fallen(), fallen, "{name}");
        }

        let mut second = floor(&path, &[("word_f1", 0.5), ("title", 0.85)]);
        assert_eq!(second.raise().unwrap(), ["news title 0.800 → 0.850"]);
        assert_eq!(second.fallen().len(), 1, "what fell fails all the same");
        assert_eq!(Floor::read(&path).unwrap().figures["news"]["word_f1"], 0.912);
        fs::remove_file(path).unwrap();
    }
}
