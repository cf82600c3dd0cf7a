//! The project's own chores: `cargo xtask --help`.
#![allow(clippy::print_stdout, reason = "telling is what these are for")]

mod evaluate;
mod floor;
mod report;
mod score;

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The project's own chores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Task {
    /// Runs the tool over the corpora, scores it beside the peers and compares it with the floor
    Evaluate(evaluate::Args),
}

fn main() -> anyhow::Result<ExitCode> {
    match Task::parse() {
        Task::Evaluate(args) => evaluate::evaluate(&args),
    }
}

/// The root of the checkout.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}
