//! Cross-validated figures: the whole extraction, each page by a model that has not seen its site.

use crate::corpus::{CORPORA, PLANTED, Sample};
use crate::label::word_f1;
use crate::token::hashes;
use crate::{Folds, dump, parallel, quality};
use copydesk::internals::Model;
use copydesk::{Article, Extractor, Input, Page};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::Command;

/// Extracts every page with the model of its fold, writes `OUT/CORPUS.pred.jsonl` and scores them with `score.py`.
pub(crate) fn report(samples: &[Sample], folds: &Folds, models: &[Model], root: &Path, out: &Path) -> io::Result<()> {
    let numbers: Vec<usize> = (0..samples.len()).collect();
    let lines = parallel::map(&numbers, |&at| {
        let sample = &samples[at];
        let bytes = sample.bytes().unwrap_or_default();
        let mut page = Page::new(&bytes);
        if let Some(url) = &sample.truth.url {
            page = page.url(url);
        }
        let mut extractor = Extractor::new().with_model(models[folds.folds[at]].clone());
        match extractor.extract(page) {
            Ok(article) => (
                serde_json::json!({
                    "id": sample.truth.id,
                    "title": article.title(),
                    "body": article.body(),
                    "predicted": article.confidence().body,
                }),
                kept(sample, &article),
            ),
            Err(error) => (serde_json::json!({"id": sample.truth.id, "error": error.to_string()}), None),
        }
    });
    let mut curves = Vec::new();
    for (kind, text) in dump::KINDS.iter().zip([false, true]) {
        let pairs: Vec<(f32, f32)> = lines
            .iter()
            .filter_map(|(_, kept)| kept.filter(|kept| kept.0 == text))
            .map(|kept| (kept.1, kept.2))
            .collect();
        let curve = quality::curve(pairs.clone());
        quality::report(kind, &pairs, &curve);
        curves.push(curve);
    }
    serde_json::to_writer(File::create(out.join("quality.json"))?, &curves)?;
    for corpus in CORPORA.into_iter().chain([PLANTED]) {
        let folder = if corpus.name == PLANTED.name { out } else { root }.join(corpus.name);
        let path = out.join(format!("{}.pred.jsonl", corpus.name));
        let mut file = BufWriter::new(File::create(&path)?);
        for (_, (line, _)) in samples.iter().zip(&lines).filter(|(sample, _)| sample.corpus.name == corpus.name) {
            writeln!(file, "{line}")?;
        }
        file.flush()?;
        println!("\n== {}{}", corpus.name, if corpus.fitted { "" } else { " (not fitted)" });
        io::stdout().flush()?;
        Command::new("python3")
            .arg(root.join("../eval/score.py"))
            .args(["--by", corpus.by, "--json"])
            .arg(out.join(format!("{}.scores.json", corpus.name)))
            .arg("--corpus")
            .arg(folder)
            .arg("--pred")
            .arg(&path)
            .status()?;
    }
    Ok(())
}

/// Whether the page was flat, the promised quality of its body and the real one. Only for fitted corpora, since others
/// define the body differently.
fn kept(sample: &Sample, article: &Article) -> Option<(bool, f32, f32)> {
    let truth = sample.truth.body.as_deref().filter(|_| sample.corpus.fitted && sample.corpus.name != PLANTED.name)?;
    let found = hashes(article.body());
    let promised = article.confidence().body;
    (!found.is_empty()).then(|| (article.input() == Input::Text, promised, word_f1(&found, truth) as f32))
}
