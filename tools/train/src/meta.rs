//! Fits the tables for title, people and date in `data/meta`.
//!
//! The library gathers the candidates with their signals, and `meta.py` fits the tables to the right ones. Then the
//! library chooses again, on each page by tables that have not seen its site.

use crate::corpus::Sample;
use crate::token::hash;
use crate::{parallel, shape, site};
use copydesk::internals::{Candidates, Tables, analyze};
use copydesk::{Extractor, Page};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::Command;

/// The script that fits the tables and reports on them; `requirements.txt` lists what it needs.
const FIT: &str = "tools/train/meta.py";
/// The folder of the shipped tables.
const DATA: &str = "data/meta";
/// The fields, by the names of their tables.
const FIELDS: [&str; 3] = ["title", "name", "date"];

/// Does everything: gathers candidates, fits, chooses by tables of other sites, reports.
pub(crate) fn train(samples: &[Sample], root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let out = &out.join("meta");
    fs::create_dir_all(out)?;
    let folds = site::folds(samples);
    dump(samples, &folds, &File::create(out.join("candidates.jsonl"))?)?;
    dump_made(samples, &folds, &File::create(out.join("made.jsonl"))?)?;
    python(&["fit"], root, out)?;
    let tables = (0..site::FOLDS).map(|fold| tables(out, fold)).collect::<io::Result<Vec<Tables>>>()?;
    choose(samples, &folds, &tables, &File::create(out.join("chosen.jsonl"))?)?;
    python(&["report", DATA], root, out)
}

/// Prints the candidates of a page (`CORPUS/ID` or a file) with the signals that the choices weigh.
pub(crate) fn show(samples: &[Sample], key: &str) -> Result<(), Box<dyn Error>> {
    let sample = samples.iter().find(|sample| sample.key() == key);
    let bytes = sample.map_or_else(|| fs::read(key), Sample::bytes)?;
    let seen = || sample.map_or_else(|| Page::new(&bytes), |sample| page(sample, &bytes));
    analyze(seen())?.describe().iter().for_each(|line| println!("{line}"));
    let found = Extractor::new().candidates(seen())?;
    let [titles, names, days] = Candidates::signals();
    let print = |text: &str, signals: &[usize], table: &[&str]| {
        println!("{text}\t{}", signals.iter().map(|&signal| table[signal]).collect::<Vec<_>>().join(" "));
    };
    found.titles.iter().for_each(|(text, signals)| print(text, signals, titles));
    found.names.iter().for_each(|(text, signals, _)| print(text, signals, names));
    print("(nobody)", &found.nobody, names);
    found.days.iter().for_each(|(text, signals)| print(text, signals, days));
    print("(no day)", &found.no_day, days);
    Ok(())
}

fn page<'a>(sample: &'a Sample, bytes: &'a [u8]) -> Page<'a> {
    let page = Page::new(bytes);
    match &sample.truth.url {
        Some(url) => page.url(url),
        None => page,
    }
}

/// The tables of a fold, as fitted without it.
fn tables(out: &Path, fold: usize) -> io::Result<Tables> {
    read(out, &format!(".{fold}"))
}

/// The tables in the data of the library.
pub(crate) fn shipped() -> io::Result<Tables> {
    read(Path::new(DATA), "")
}

fn read(folder: &Path, fold: &str) -> io::Result<Tables> {
    let read = |field: &str, kind: &str| fs::read_to_string(folder.join(format!("{field}{fold}.{kind}")));
    let [title, name, date] = FIELDS.map(|field| Ok::<_, io::Error>([read(field, "txt")?, read(field, "trees.txt")?]));
    let (title, name, date) = (title?, name?, date?);
    let [title, name, date] = [&title, &name, &date].map(|[weights, trees]| [weights.as_str(), trees.as_str()]);
    Ok(Tables::read(title, name, date))
}

fn python(step: &[&str], root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let score = root.join("../eval");
    let status = Command::new("python3").arg(FIT).args([root, &score, out]).args(step).status()?;
    if status.success() { Ok(()) } else { Err(format!("{FIT} failed: {status}").into()) }
}

/// Writes the names of the signals, then one line per page.
fn dump(samples: &[Sample], folds: &[usize], file: &File) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(file);
    let [titles, names, days] = Candidates::signals();
    writeln!(file, "{}", serde_json::json!({"title": titles, "name": names, "date": days}))?;
    let numbers: Vec<usize> = (0..samples.len()).collect();
    let lines = parallel::map(&numbers, |&at| {
        let sample = &samples[at];
        let found = Extractor::new().candidates(page(sample, &sample.bytes().ok()?)).ok()?;
        let line = serde_json::json!({
            "corpus": sample.corpus.name, "id": sample.truth.id, "fold": folds[at],
            "title": found.titles, "name": found.names, "nobody": found.nobody, "date": found.days, "no_day": found.no_day,
        });
        Some(line.to_string())
    });
    lines.iter().flatten().try_for_each(|line| writeln!(file, "{line}"))?;
    Ok(file.flush()?)
}

/// Writes one line for each page made by flattening another, with that page's key, since few flat pages have a truth.
fn dump_made(samples: &[Sample], folds: &[usize], file: &File) -> Result<(), Box<dyn Error>> {
    let whole = |sample: &Sample| sample.shape.as_ref().is_some_and(|shape| shape.0.is_whole());
    let made: Vec<_> = shape::made(samples, folds).into_iter().filter(|(_, sample)| whole(sample)).collect();
    let lines = parallel::map(&made, |(origin, sample)| {
        let mut bytes = sample.bytes().ok()?;
        // Some flatteners begin with the page's title, others leave it out.
        if hash(&sample.truth.id) & 2 == 0 && !bytes.starts_with(shape::HEADER.as_bytes()) {
            let page = String::from_utf8(samples[*origin].bytes().ok()?).ok()?;
            let line = shape::browser_title(&page)? + "\n";
            bytes.splice(0..0, line.into_bytes());
        }
        let found = Extractor::new().candidates(page(sample, &bytes)).ok()?;
        let line = serde_json::json!({
            "corpus": samples[*origin].corpus.name, "id": samples[*origin].truth.id, "fold": folds[*origin],
            "title": found.titles, "name": found.names, "nobody": found.nobody, "date": found.days, "no_day": found.no_day,
        });
        Some(line.to_string())
    });
    let mut file = BufWriter::new(file);
    lines.iter().flatten().try_for_each(|line| writeln!(file, "{line}"))?;
    Ok(file.flush()?)
}

/// Writes what the tables of its fold choose for each page.
fn choose(samples: &[Sample], folds: &[usize], tables: &[Tables], file: &File) -> io::Result<()> {
    let numbers: Vec<usize> = (0..samples.len()).collect();
    let lines = parallel::map(&numbers, |&at| {
        let sample = &samples[at];
        let mut extractor = Extractor::new().with_tables(tables[folds[at]].clone());
        let article = extractor.extract(page(sample, &sample.bytes().ok()?)).ok()?;
        let authors: Vec<&str> = article.authors().collect();
        let sure = article.confidence();
        let line = serde_json::json!({
            "corpus": sample.corpus.name, "id": sample.truth.id, "title": article.title(), "authors": authors,
            // As in a record, a date without a year is none.
            "date": article.date().filter(|date| date.year().is_some()).map(|date| date.to_string()),
            "sure": {"title": sure.title, "name": sure.byline, "date": sure.date},
        });
        Some(line.to_string())
    });
    let mut file = BufWriter::new(file);
    lines.iter().flatten().try_for_each(|line| writeln!(file, "{line}"))?;
    file.flush()
}
