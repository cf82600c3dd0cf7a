//! Writes what the fitting script reads: rows of numbers, and the truth of each row.
//!
//! `OUT/KIND.rows` has the rows as `f32`, `OUT/KIND.around` nine `u32` per row (see [`Analysis::around`]), and
//! `OUT/KIND.pages.jsonl` one line per page in the order of the rows, where KIND is `html` or `text`. `OUT/columns.json`
//! has the names of the columns.

use crate::corpus::Sample;
use crate::label::{Label, labels};
use crate::words::Counts;
use crate::{Folds, parallel};
use copydesk::Page;
use copydesk::internals::{Analysis, TokenEntry, TokenTable, analyze, columns};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The two kinds of page, each with a model of its own.
pub(crate) const KINDS: [&str; 2] = ["html", "text"];

/// The truth of a page and its rows.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PageInfo {
    pub(crate) corpus: String,
    pub(crate) id: String,
    pub(crate) page_type: Option<String>,
    pub(crate) fold: usize,
    pub(crate) fitted: bool,
    /// Number of words of the true body; `None` if only segments are known.
    pub(crate) truth_words: Option<usize>,
    /// One entry per row.
    pub(crate) body: Vec<f32>,
    pub(crate) words: Vec<usize>,
    pub(crate) known: Vec<bool>,
}

/// Tables of class words: for each fold, one that has not seen it; last, one over all pages.
pub(crate) fn tables(samples: &[Sample], folds: &Folds) -> Vec<Vec<TokenEntry>> {
    let [mut everywhere, mut on_articles] = [Counts::default(), Counts::default()];
    let found = parallel::map(samples, |sample| {
        if !sample.corpus.fitted || sample.truth.body.is_none() || sample.is_flat() {
            return Vec::new();
        }
        let Some(analysis) = analysis(sample).filter(Analysis::is_html) else {
            return Vec::new();
        };
        let labels = known(&analysis, sample);
        (0..analysis.len())
            .zip(labels)
            .filter(|(_, label)| label.known)
            .map(|(at, label)| (analysis.tokens(at), label.words, label.body))
            .collect()
    });
    for ((found, sample), &site) in found.into_iter().zip(samples).zip(&folds.sites) {
        for (mut tokens, words, body) in found {
            everywhere.add(site, &mut tokens, words, body);
            if sample.is_article() {
                on_articles.add(site, &mut tokens, words, body);
            }
        }
    }
    let mut fold_of = vec![usize::MAX; folds.sites.len()];
    folds.sites.iter().zip(&folds.folds).for_each(|(&site, &fold)| fold_of[site] = fold);
    let all = crate::site::FOLDS;
    let table = |counts: &Counts, fold| counts.table(|site| fold == all || fold_of[site] != fold, TokenTable::STEPS);
    (0..=all)
        .map(|fold| {
            let on_articles: HashMap<u32, i8> = table(&on_articles, fold).into_iter().collect();
            let entry = |(hash, odds)| (hash, [odds, on_articles.get(&hash).copied().unwrap_or_default()]);
            table(&everywhere, fold).into_iter().map(entry).collect()
        })
        .collect()
}

/// Writes the rows and their truth, by kind of page.
pub(crate) fn rows(samples: &[Sample], folds: &Folds, tables: &[Vec<TokenEntry>], out: &Path) -> io::Result<()> {
    serde_json::to_writer(File::create(out.join("columns.json"))?, &columns())?;
    let tables: Vec<TokenTable> = tables.iter().map(|table| TokenTable::new(table.clone())).collect();
    let mut files = KINDS.map(|kind| {
        let file = |name: &str| File::create(out.join(format!("{kind}.{name}"))).map(BufWriter::new);
        (file("rows"), file("around"), file("pages.jsonl"))
    });
    let numbers: Vec<usize> = (0..samples.len()).collect();
    for part in numbers.chunks(200) {
        let done = parallel::map(part, |&at| {
            let sample = &samples[at];
            let mut analysis = analysis(sample)?;
            let labels = known(&analysis, sample);
            let mut rows = Vec::new();
            analysis.rows(&tables[folds.folds[at]]).iter().for_each(|value| rows.extend(value.to_le_bytes()));
            let around: Vec<u8> = analysis.around().iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
            Some((usize::from(!analysis.is_html()), rows, around, info(sample, folds.folds[at], &labels)))
        });
        for (kind, rows, around, info) in done.into_iter().flatten() {
            let (Ok(row_file), Ok(around_file), Ok(info_file)) = &mut files[kind] else {
                return Err(io::Error::other("cannot write the rows"));
            };
            row_file.write_all(&rows)?;
            around_file.write_all(&around)?;
            serde_json::to_writer(&mut *info_file, &info)?;
            info_file.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// The page cut into blocks, with features.
pub(crate) fn analysis(sample: &Sample) -> Option<Analysis> {
    let bytes = sample.bytes().ok()?;
    let mut page = Page::new(&bytes);
    if let Some(url) = &sample.truth.url {
        page = page.url(url);
    }
    analyze(page).ok()
}

/// The labels of a page's blocks.
pub(crate) fn known(analysis: &Analysis, sample: &Sample) -> Vec<Label> {
    let blocks: Vec<&str> = (0..analysis.len()).map(|at| analysis.text(at)).collect();
    labels(&blocks, &sample.truth)
}

fn info(sample: &Sample, fold: usize, labels: &[Label]) -> PageInfo {
    PageInfo {
        corpus: sample.corpus.name.to_owned(),
        id: sample.truth.id.clone(),
        page_type: sample.truth.page_type.clone(),
        fold,
        fitted: sample.corpus.fitted,
        truth_words: sample.truth.body.as_deref().map(|body| crate::token::hashes(body).len()),
        body: labels.iter().map(|label| label.body).collect(),
        words: labels.iter().map(|label| label.words).collect(),
        known: labels.iter().map(|label| label.known).collect(),
    }
}
