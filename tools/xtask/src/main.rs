//! Development tasks of the project: `cargo xtask --help`.
#![allow(clippy::print_stdout, reason = "these tasks print reports")]

mod evaluate;
mod floor;
mod report;
mod score;

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Development tasks of the project
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Task {
    /// Runs the tool over the corpora, scores it and its peers, and compares it with the floor
    Evaluate(evaluate::Args),
    /// Times whole extractions against html5ever with a plain arena (see `cargo xtask compare --help`)
    #[command(disable_help_flag = true)]
    Compare {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Task::parse() {
        Task::Evaluate(args) => evaluate::evaluate(&args),
        Task::Compare { args } => compare(&args),
    }
}

/// Runs `tools/compare` as a release build, since times of a debug build mean nothing. The peers are built only for
/// tables that show them.
fn compare(args: &[String]) -> anyhow::Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let without = ["--json", "--instructions", "--only", "--growth", "--help", "-h"];
    let peers = !args.iter().any(|arg| without.contains(&arg.as_str()));
    let status = std::process::Command::new(cargo)
        .args(["run", "--quiet", "--release", "--manifest-path", "tools/compare/Cargo.toml"])
        .args(peers.then_some("--features=peers"))
        .arg("--")
        .args(args)
        .env("CARGO_TARGET_DIR", target)
        .current_dir(root())
        .status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The root directory of the repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}
