//! What a whole extraction costs, as a ratio to html5ever parsing the same pages into a plain arena.
//!
//! Run as `cargo xtask compare`, which builds it the way it is released. Machines are noisy: every round times everybody on
//! the same pages, the median of the rounds counts, and only the ratios mean something.
#![allow(clippy::print_stdout, reason = "telling is what it is for")]

#[path = "../../../src/dom/conformance/plain_arena.rs"]
#[allow(dead_code, reason = "the tests of the tree look closer at it")]
mod plain_arena;

use anyhow::{Context, Result};
use clap::Parser;
use copydesk::Extractor;
use flate2::read::GzDecoder;
use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Times whole extractions against html5ever with a plain arena, on the same pages, in turns
#[derive(Debug, Parser)]
struct Args {
    /// The folder that holds the corpora
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Pages a corpus, spread evenly over it
    #[arg(long, default_value_t = 200)]
    pages: usize,
    /// Rounds, of which the median counts
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Runs this one over the pages once, times nothing: for a profiler, which is to collect in `profiled`
    #[arg(long)]
    only: Option<Who>,
    /// Prints one JSON object with the ratios instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Who {
    Copydesk,
    Html5ever,
}

/// What a profiler is to look at: `who` over all pages.
#[inline(never)]
fn profiled(who: Who, extractor: &mut Extractor, pages: &[Vec<u8>], texts: &[String]) -> usize {
    match who {
        Who::Copydesk => {
            pages.iter().map(|page| extractor.extract(page.as_slice()).map_or(0, |article| article.text().len())).sum()
        }
        Who::Html5ever => texts.iter().map(|text| plain_arena::parse(text)).sum(),
    }
}

/// The corpora of whole HTML pages that are timed.
const CORPORA: [&str; 2] = ["wcxb", "fundus"];

fn main() -> Result<()> {
    let args = Args::parse();
    let mut ratios = serde_json::Map::new();
    for corpus in CORPORA {
        let pages = pages(&args.corpus.join(corpus).join("pages"), args.pages)?;
        if let Some(who) = args.only {
            let texts: Vec<_> = pages.iter().map(|page| String::from_utf8_lossy(page).into_owned()).collect();
            let mut extractor = Extractor::new();
            // Whatever is built when first asked for is not a page's cost.
            black_box(extractor.extract("<p>The first page pays for the tables.").is_ok());
            black_box(profiled(who, &mut extractor, &pages, &texts));
            continue;
        }
        let bytes: usize = pages.iter().map(Vec::len).sum();
        let times = rounds(&pages, args.rounds);
        let base = times[0].1.as_secs_f64();
        let whole = times.iter().find(|(name, _)| *name == OURS).map_or(0.0, |(_, time)| time.as_secs_f64() / base);
        ratios.insert(corpus.to_owned(), serde_json::json!((whole * 1000.0).round() / 1000.0));
        if !args.json {
            println!("{corpus}: {} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
            for (name, time) in times {
                let seconds = time.as_secs_f64();
                let (speed, rate) = (bytes as f64 / 1e6 / seconds, pages.len() as f64 / seconds);
                println!(
                    "  {name:28} {:7.1} ms {speed:7.1} MB/s {rate:7.0} pages/s  {:.3}",
                    seconds * 1e3,
                    seconds / base
                );
            }
        }
    }
    if args.json {
        println!("{}", serde_json::json!({ "ratio_to_html5ever_arena": ratios }));
    }
    Ok(())
}

/// About `wanted` pages of a folder, unpacked.
fn pages(folder: &Path, wanted: usize) -> Result<Vec<Vec<u8>>> {
    let mut files = std::fs::read_dir(folder)
        .with_context(|| format!("no pages in {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    let step = files.len().div_ceil(wanted.max(1)).max(1);
    let read = |file: &PathBuf| -> Result<Vec<u8>> {
        let mut page = Vec::new();
        GzDecoder::new(File::open(file)?).read_to_end(&mut page)?;
        Ok(page)
    };
    files.iter().step_by(step).map(read).collect()
}

const OURS: &str = "copydesk, bytes to article";

/// The median time of each for all pages; the first is the measure.
fn rounds(pages: &[Vec<u8>], rounds: usize) -> Vec<(&'static str, Duration)> {
    let mut extractor = Extractor::new();
    let mut whole = |page: &[u8]| extractor.extract(page).map_or(0, |article| article.text().len());
    // The measure gets its pages as text: decoding is not its business.
    let texts: Vec<_> = pages.iter().map(|page| String::from_utf8_lossy(page)).collect();
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds.max(1) {
        times[0].push(time(|| texts.iter().map(|text| plain_arena::parse(text)).sum()));
        times[1].push(time(|| texts.iter().map(|text| scraper::Html::parse_document(text).tree.nodes().len()).sum()));
        times[2].push(time(|| pages.iter().map(|page| whole(page)).sum()));
    }
    ["html5ever + arena", "scraper", OURS]
        .into_iter()
        .zip(times)
        .map(|(name, mut times)| {
            times.sort_unstable();
            (name, times[times.len() / 2])
        })
        .collect()
}

fn time(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}
