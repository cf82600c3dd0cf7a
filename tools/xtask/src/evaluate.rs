//! Evaluates the tool on the corpora and compares it with the peers and the floor.

use crate::floor::Floor;
use crate::report::{self, Row};
use crate::{root, score};
use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Corpora to run [default: all of them]
    corpora: Vec<String>,
    /// Raise the floor to the measured figures; figures that fell are not lowered and still fail
    #[arg(long)]
    bless: bool,
    /// Also break the figures down by a field of the truth: page_type, flattener, lang, publisher
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// List the worst pages
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// Cargo profile to build the tool with; the floor is meant for release, but the figures do not depend on it
    #[arg(long, default_value = "release")]
    profile: String,
    /// Score what the last run wrote instead of running the tool
    #[arg(long)]
    no_run: bool,
}

pub(crate) fn evaluate(args: &Args) -> anyhow::Result<ExitCode> {
    let root = root();
    let shared = root.join("../shared");
    let corpora = shared.join("corpus");
    if !corpora.is_dir() {
        println!("evaluation skipped: there are no corpora in ../shared/corpus");
        return Ok(ExitCode::SUCCESS);
    }
    let mut floor = Floor::read(&root.join("tools/xtask/floor.json"))?;
    let names = if args.corpora.is_empty() { all(folders(&corpora)?, &floor) } else { args.corpora.clone() };
    for name in &names {
        ensure!(corpora.join(name).join("truth.jsonl").is_file(), "{name}: no such corpus");
    }
    let tool = if args.no_run { PathBuf::new() } else { build(&root, &args.profile)? };
    let work = target(&root)?.join("evaluate");
    fs::create_dir_all(&work)?;
    let peers: Value = serde_json::from_slice(&fs::read(shared.join("eval/peers-dev.json"))?)?;

    let mut summaries = Vec::new();
    for name in &names {
        let corpus = corpora.join(name);
        let records = work.join(format!("{name}.jsonl"));
        let seconds = if args.no_run { None } else { Some(run(&tool, &corpus, &records)?) };
        let scored = score::score(&shared.join("eval/score.py"), &corpus, &records, args.by.as_deref(), args.worst)?;
        let theirs = score::peers(&peers, name);
        let speed = seconds.map(|s| format!(" ({:.0} pages/s)", scored.all.get("pages").unwrap_or(0.0) / s));
        println!("\n## {name}{}\n", speed.unwrap_or_default());
        let ours = Row { name: "**copydesk**".into(), scores: scored.all.clone() };
        let rows = theirs.iter().map(|(name, scores)| Row { name: name.clone(), scores: scores.clone() });
        print!("{}", report::table(std::iter::once(ours).chain(rows).collect()));
        if !scored.groups.is_empty() {
            println!("\nOurs by {}:\n", args.by.as_deref().unwrap_or_default());
            let rows = scored.groups.iter().map(|(name, scores)| Row { name: name.clone(), scores: scores.clone() });
            print!("{}", report::table(rows.collect()));
        }
        if !scored.worst.is_empty() {
            println!("\nWorst pages:\n\n{}", scored.worst);
        }
        floor.compare(name, &scored.all);
        summaries.push((name.clone(), scored.all, theirs));
    }
    println!("\n## All, ours beside the best peer of each figure\n\n{}", report::overview(&summaries));
    finish(&mut floor, args.bless)
}

fn finish(floor: &mut Floor, bless: bool) -> anyhow::Result<ExitCode> {
    if bless {
        for rise in floor.raise()? {
            println!("raised: {rise}");
        }
    }
    let fallen = floor.fallen();
    for fall in fallen {
        println!("BELOW THE FLOOR: {fall}");
    }
    if fallen.is_empty() { Ok(ExitCode::SUCCESS) } else { Ok(ExitCode::FAILURE) }
}

fn folders(corpora: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(corpora)? {
        let entry = entry?;
        if entry.path().join("truth.jsonl").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

/// The corpora there are, and those of the floor: one that is gone must not pass for want of figures.
fn all(found: Vec<String>, floor: &Floor) -> Vec<String> {
    let names: BTreeSet<_> = found.into_iter().chain(floor.corpora().cloned()).collect();
    names.into_iter().collect()
}

/// The target directory of cargo.
fn target(root: &Path) -> anyhow::Result<PathBuf> {
    let output = cargo(root).args(["metadata", "--no-deps", "--format-version=1"]).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    Ok(metadata["target_directory"].as_str().context("cargo metadata gives no target directory")?.into())
}

fn build(root: &Path, profile: &str) -> anyhow::Result<PathBuf> {
    let status = cargo(root).args(["build", "--quiet", "-p", "copydesk-cli", "--profile", profile]).status()?;
    ensure!(status.success(), "the tool does not build");
    let folder = if profile == "dev" { "debug" } else { profile };
    let tool = target(root)?.join(folder).join("copydesk").with_extension(std::env::consts::EXE_EXTENSION);
    ensure!(tool.is_file(), "no tool at {}", tool.display());
    Ok(tool)
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).stderr(Stdio::inherit());
    cargo
}

/// Runs the tool over the pages of a corpus and returns the seconds taken. Of the truth, the tool reads only ids and
/// URLs.
fn run(tool: &Path, corpus: &Path, records: &Path) -> anyhow::Result<f64> {
    let start = Instant::now();
    let mut command = Command::new(tool);
    command.arg(corpus.join("pages")).arg("--about").arg(corpus.join("truth.jsonl")).arg("-o").arg(records);
    match command.status()?.code() {
        Some(0 | 1) => Ok(start.elapsed().as_secs_f64()),
        code => bail!("the tool ended with {code:?} on {}", corpus.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_of_the_floor_is_run_or_missed() {
        let floor = Floor::read(&root().join("tools/xtask/floor.json")).unwrap();
        let names = all(vec!["zzz".into(), "cjk".into()], &floor);
        assert!(names.is_sorted() && names.contains(&"wcxb".into()) && names.contains(&"zzz".into()), "{names:?}");
        assert_eq!(names.iter().filter(|name| *name == "cjk").count(), 1);
    }
}
