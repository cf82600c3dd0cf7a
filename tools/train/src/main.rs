//! Fits the model in `data/model` and the tables in `data/meta` to the corpora.
//!
//! `train all` does everything for the model: it dumps rows, has `fit.py` fit the networks, packs the model and prints
//! cross-validated figures. Its steps can be run alone: `dump`, `fit`, `pack`, `check` (whether the library computes what
//! the script computed) and `evaluate`. To fit the networks of one kind of page, call `fit.py` with `--kind` in place of
//! `fit`: `pack` keeps the other kind's network. Further steps:
//!
//! - `train meta` does everything for the tables.
//! - `train show CORPUS/ID` (or a file) prints a page with the signals that the tables weigh.
//! - `train ceiling` prints how well perfect labels would do.
//! - `train leak [PAGES]` counts what leaks and what is lost on 10,000 generated pages.
//! - `train frames` scores other articles in the frames of real flattened pages.
//!
//! Run it from the root of the checkout. The corpora are expected in `../shared/corpus` or in the folder that
//! `COPYDESK_CORPUS` names.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool")]

mod align;
mod ceiling;
mod check;
mod corpus;
mod dump;
mod evaluate;
mod fixture;
mod frames;
mod label;
mod leak;
mod markdown;
mod meta;
mod pack;
mod parallel;
mod plant;
mod quality;
mod shape;
mod site;
mod token;
mod words;

use copydesk::internals::{Model, TokenEntry};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The script that fits the networks; `requirements.txt` lists what it needs.
const FIT: &str = "tools/train/fit.py";
const OUT: &str = "tools/train/out";
const MODEL: &str = "data/model/body.bin";

/// Number of planted pages for each article.
const PLANTED_EACH: usize = 12;
/// The seed of all random choices.
const SEED: u64 = 17;

/// Number of made pages on which leakage and loss are counted.
const LEAK_PAGES: usize = 10_000;

/// The site group and the fold of each sample.
pub(crate) struct Folds {
    pub(crate) sites: Vec<usize>,
    pub(crate) folds: Vec<usize>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = std::time::Instant::now();
    let root = PathBuf::from(std::env::var_os("COPYDESK_CORPUS").unwrap_or_else(|| "../shared/corpus".into()));
    let out = Path::new(OUT);
    fs::create_dir_all(out)?;
    let mut samples = corpus::load(&root)?;
    let step = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    match step.as_str() {
        "meta" => return meta::train(&samples, &root, out),
        "frames" => return frames::report(&samples, Path::new(MODEL), &root, out),
        "show" => return meta::show(&samples, &std::env::args().nth(2).ok_or("which page?")?),
        _ => {}
    }
    let planted = out.join("planted");
    plant::write(&samples, PLANTED_EACH, SEED, &planted)?;
    corpus::read(corpus::PLANTED, &planted, &mut samples)?;
    let mut folds = Folds { sites: site::groups(&samples), folds: site::folds(&samples) };
    let found = samples.len();
    for (origin, made) in shape::made(&samples, &folds.folds) {
        folds.sites.push(folds.sites[origin]);
        folds.folds.push(folds.folds[origin]);
        samples.push(made);
    }
    let steps: &[&str] = match step.as_str() {
        "all" => &["dump", "fit", "pack", "check", "evaluate", "pack"],
        one => &[one],
    };
    for &step in steps {
        eprintln!("{:6.1} s  {step}", start.elapsed().as_secs_f64());
        match step {
            "ceiling" => ceiling::report(&samples[..found]),
            "dump" => {
                let tables = dump::tables(&samples, &folds);
                serde_json::to_writer(fs::File::create(out.join("words.json"))?, &tables)?;
                dump::rows(&samples, &folds, &tables, out)?;
            }
            "pack" => {
                fs::create_dir_all("data/model")?;
                let kept = fs::read(MODEL)?;
                for fold in 0..=site::FOLDS {
                    let (name, path) = model_path(fold, out);
                    fs::write(path, pack(&name, &tables(out)?[fold], &kept, out)?)?;
                }
            }
            "check" => check::report(&samples[..found], &models(out)?, out)?,
            "evaluate" => {
                evaluate::report(&samples[..found], &folds, &models(out)?, &root, out)?;
            }
            "leak" => {
                let models = models(out).or_else(|_| {
                    println!("no models of folds: by the one of all sites, which has seen these articles");
                    Ok::<_, Box<dyn Error>>(vec![Model::read(&fs::read(MODEL)?)?; site::FOLDS])
                })?;
                let pages = std::env::args().nth(2).map_or(Ok(LEAK_PAGES), |pages| pages.parse())?;
                leak::report(&samples[..found], &folds, &models, pages, out)?;
            }
            "fit" => {
                let status = Command::new("python3").args([FIT, OUT]).status()?;
                if !status.success() {
                    return Err(format!("{FIT} failed: {status}").into());
                }
            }
            unknown => return Err(format!("no step {unknown:?}; see the top of tools/train/src/main.rs").into()),
        }
    }
    Ok(())
}

/// The models of the folds.
fn models(out: &Path) -> Result<Vec<Model>, Box<dyn Error>> {
    (0..site::FOLDS).map(|fold| Ok(Model::read(&fs::read(model_path(fold, out).1)?)?)).collect()
}

/// The name of a fold and the path of its model. The last "fold" is all pages.
fn model_path(fold: usize, out: &Path) -> (String, PathBuf) {
    if fold == site::FOLDS {
        ("all".to_owned(), PathBuf::from(MODEL))
    } else {
        (fold.to_string(), out.join(format!("fold{fold}.bin")))
    }
}

fn tables(out: &Path) -> Result<Vec<Vec<TokenEntry>>, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(out.join("words.json"))?)?)
}

/// The model file of a fold: for each kind of page the network that was fitted here, or the one that the repository has if
/// none was. That one has seen all sites.
fn pack(fold: &str, words: &[TokenEntry], kept: &[u8], out: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    // The curves are made from the uncalibrated promises of the folds' models, so those models have none.
    let curves: Vec<Vec<(f32, f32)>> = match fs::read(out.join("quality.json")) {
        Ok(curves) if fold == "all" => serde_json::from_slice(&curves)?,
        _ => vec![Vec::new(); dump::KINDS.len()],
    };
    let mut file = pack::MAGIC.to_vec();
    for (((kind, curve), words), kept) in dump::KINDS.iter().zip(&curves).zip([words, &[]]).zip(Model::parts(kept)?) {
        match fs::read(out.join(format!("{kind}.{fold}.json"))) {
            Ok(fitted) => file.extend(pack::part(words, &serde_json::from_slice(&fitted)?, curve)?),
            Err(_) => {
                eprintln!("no network for {kind} was fitted: that of {MODEL}");
                file.extend(kept);
            }
        }
    }
    Ok(file)
}
