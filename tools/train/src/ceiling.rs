//! Computes how well perfect labels on our blocks would do, which is the least that segmentation costs.

use crate::corpus::Sample;
use crate::dump::analysis;
use crate::label::{labels, word_f1};
use crate::parallel;
use crate::token::hashes;
use std::collections::BTreeMap;

/// A perfect labeller keeps blocks with more than this share of their words in the body.
const KEPT_SHARE: f32 = 0.5;

/// Prints word F1 of perfect labels by corpus and page type, and the pages where it is lowest.
pub(crate) fn report(samples: &[Sample]) {
    let found = parallel::map(samples, |sample| {
        let body = sample.truth.body.as_deref()?;
        let analysis = analysis(sample)?;
        let blocks: Vec<&str> = (0..analysis.len()).map(|at| analysis.text(at)).collect();
        let labels = labels(&blocks, &sample.truth);
        let kept = blocks.iter().zip(&labels).filter(|(_, label)| label.body > KEPT_SHARE).map(|(block, _)| *block);
        Some((word_f1(&hashes(&kept.collect::<Vec<_>>().join("\n")), body), blocks.len()))
    });
    let mut groups: BTreeMap<String, Vec<(f64, usize)>> = BTreeMap::new();
    for (sample, found) in samples.iter().zip(&found) {
        let Some(found) = *found else { continue };
        let kind = sample.truth.page_type.as_deref().filter(|_| sample.corpus.name == "wcxb").unwrap_or("");
        let kind = sample.truth.flattener.as_deref().unwrap_or(kind);
        groups.entry(sample.corpus.name.to_owned()).or_default().push(found);
        if !kind.is_empty() {
            groups.entry(format!("{} {kind}", sample.corpus.name)).or_default().push(found);
        }
    }
    println!("{:28} {:>6} {:>8} {:>8}", "perfect labels", "pages", "word F1", "blocks");
    for (name, found) in groups {
        let mean = |of: fn(&(f64, usize)) -> f64| found.iter().map(of).sum::<f64>() / found.len() as f64;
        println!("{name:28} {:6} {:8.4} {:8.0}", found.len(), mean(|page| page.0), mean(|page| page.1 as f64));
    }
    let mut worst: Vec<(f64, String)> =
        samples.iter().zip(&found).filter_map(|(sample, found)| Some((found.as_ref()?.0, sample.key()))).collect();
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (f1, key) in worst.iter().filter(|(_, key)| !key.starts_with("text-dev")).take(45) {
        println!("{f1:.3} {key}");
    }
}
