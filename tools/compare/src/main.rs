//! Measures the cost of a whole extraction against html5ever parsing into a plain arena, and against other extractors.
//!
//! Run as `cargo xtask compare`, which makes a release build. To reduce noise, each round gives all contenders the same
//! pages in turn, CPU time is used where the system reports it, the median of the rounds counts, and only the ratios
//! are meaningful. Instruction counts are reproducible, so CI compares those with the committed ratio.
#![allow(clippy::print_stderr, reason = "telling is what it is for")]

mod clock;
mod contender;
mod growth;
mod instructions;
mod memory;
mod pages;
mod python;

use anyhow::{Context, Result};
use clap::Parser;
use contender::Contender;
use pages::Page;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Times whole extractions against html5ever with a plain arena, alternating on the same pages
#[derive(Debug, Parser)]
struct Args {
    /// The folder that holds the corpora
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Pages per corpus, spread evenly over it
    #[arg(long, default_value_t = 200)]
    pages: usize,
    /// Number of rounds; the median counts
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Prints one JSON object with our ratios instead of a table
    #[arg(long, conflicts_with_all = ["instructions", "memory"])]
    json: bool,
    /// Measures the peak memory of each contender instead of the time
    #[arg(long)]
    memory: bool,
    /// Counts instructions over the fixtures instead of timing, and fails if ours rose against html5ever's (needs valgrind)
    #[arg(long)]
    instructions: bool,
    /// Stores the measured instruction ratio as the new reference
    #[arg(long, requires = "instructions")]
    bless: bool,
    /// Runs this contender twice over a folder's pages, untimed: for a profiler that collects in `profiled`
    #[arg(long, value_name = "NAME", requires = "of")]
    only: Option<String>,
    /// Measures time and memory of generated pages of 10 KB to 32 MB and plots them into this SVG
    #[arg(long, value_name = "FILE")]
    growth: Option<PathBuf>,
    /// One run of --growth, in a child process
    #[arg(long, value_name = "KIND:BYTES", hide = true)]
    grown: Option<String>,
    /// The folder for --only
    #[arg(long, value_name = "FOLDER")]
    of: Option<PathBuf>,
}

/// The corpora of whole HTML pages to measure.
const CORPORA: [&str; 2] = ["wcxb", "fundus"];

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    if let (Some(name), Some(folder)) = (&args.only, &args.of) {
        only(name, &pages::read(folder, args.pages)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(what) = &args.grown {
        growth::run(what)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(picture) = &args.growth {
        growth::draw(picture)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.instructions {
        return instructions::hold(args.bless);
    }
    let mut ratios = serde_json::Map::new();
    for corpus in CORPORA {
        let folder = args.corpus.join(corpus).join("pages");
        if args.memory {
            memory::table(corpus, &folder, args.pages)?;
            continue;
        }
        let pages = pages::read(&folder, args.pages)?;
        let times = rounds(&pages, contenders(&args, &folder), args.rounds);
        let base = times[0].1.as_secs_f64();
        let ours = times.iter().find(|(name, _)| *name == contender::OURS).map_or(0.0, |(_, time)| time.as_secs_f64());
        ratios.insert(corpus.to_owned(), serde_json::json!((ours / base * 1000.0).round() / 1000.0));
        if !args.json {
            table(corpus, &pages, &times);
        }
    }
    if args.json {
        println!("{}", serde_json::json!({ "ratio_to_html5ever_arena": ratios }));
    }
    Ok(ExitCode::SUCCESS)
}

/// The contenders. Without peers if only the ratio is wanted.
fn contenders(args: &Args, folder: &std::path::Path) -> Vec<Contender> {
    if args.json {
        return vec![contender::reference(), contender::ours()];
    }
    let mut all = contender::all();
    all.extend(python::all(&pages::list(folder, args.pages).unwrap_or_default()));
    all
}

/// The median time of each contender for all pages; the first one is the reference.
fn rounds(pages: &[Page], mut contenders: Vec<Contender>, rounds: usize) -> Vec<(&'static str, Duration)> {
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds.max(1) {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            times.push((contender.round)(pages));
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    contenders.into_iter().zip(times).map(|(contender, times)| (contender.name, median(times))).collect()
}

fn table(corpus: &str, pages: &[Page], times: &[(&'static str, Duration)]) {
    let megabytes = pages.iter().map(|page| page.bytes.len()).sum::<usize>() as f64 / 1e6;
    let base = times[0].1.as_secs_f64();
    println!("{corpus}: {} pages, {megabytes:.1} MB", pages.len());
    println!("  {:28} {:>9} {:>12} {:>14}  ratio", "", "", "", "");
    for (name, time) in times {
        let seconds = time.as_secs_f64();
        let (speed, rate) = (megabytes / seconds, pages.len() as f64 / seconds);
        println!("  {name:28} {:9.1} ms {speed:7.1} MB/s {rate:7.0} pages/s  {:.3}", seconds * 1e3, seconds / base);
    }
}

/// Runs one contender over the pages twice. Only the second run is profiled, since the first one initialises.
fn only(name: &str, pages: &[Page]) -> Result<()> {
    let mut contenders = contender::all();
    if name == memory::BASELINE {
        return memory::report();
    }
    let contender =
        contenders.iter_mut().find(|contender| contender.name == name).context("no contender of that name")?;
    (contender.round)(pages);
    profiled(contender, pages);
    memory::report()
}

/// The function in which a profiler should collect.
#[inline(never)]
fn profiled(contender: &mut Contender, pages: &[Page]) -> Duration {
    (contender.round)(pages)
}
