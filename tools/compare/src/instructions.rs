//! Counts instructions, which are reproducible where times are not.

use crate::contender::{OURS, REFERENCE};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Maximum factor by which the ratio may exceed the committed one. Compilers and processors differ by less.
const TOLERANCE: f64 = 1.03;

/// Counts instructions over the fixtures and compares the ratio to the reference with the committed one.
pub(crate) fn hold(bless: bool) -> Result<ExitCode> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("no valgrind here: instructions are not counted");
        return Ok(ExitCode::SUCCESS);
    }
    let tool = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = tool.join("../../fixtures/pages");
    let (ours, theirs) = (count(OURS, &fixtures)?, count(REFERENCE, &fixtures)?);
    let ratio = (ours / theirs * 1000.0).round() / 1000.0;
    println!("{:.2} million instructions, {ratio} times those of {REFERENCE}", ours / 1e6);
    let file = tool.join("instructions.json");
    let key = "ratio_to_html5ever_arena";
    if bless {
        std::fs::write(&file, format!("{}\n", json!({ key: ratio })))?;
        return Ok(ExitCode::SUCCESS);
    }
    let held: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let held = held[key].as_f64().context("no ratio in instructions.json")?;
    if ratio > held * TOLERANCE {
        println!("that is more than {held} by over 3 %: make it faster, or `--bless` with a reason in the commit");
        return Ok(ExitCode::FAILURE);
    }
    if ratio * TOLERANCE < held {
        println!("that is less than {held} by over 3 %: `--bless` keeps it");
    }
    Ok(ExitCode::SUCCESS)
}

/// Instructions of one contender over the pages of a folder.
fn count(name: &str, folder: &Path) -> Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*profiled*"])
        .arg(std::env::current_exe()?)
        .args(["--only", name, "--of"])
        .arg(folder)
        .output()?;
    let printed = String::from_utf8_lossy(&output.stderr);
    let count =
        printed.lines().find_map(|line| line.split_once("Collected :")).map(|(_, count)| count.trim().to_owned());
    count.context("valgrind reported no count")?.parse().context("not a number")
}
