//! `copydesk`: reads pages, writes articles.

use clap::Parser;
use copydesk_cli::Args;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    // A page that makes us panic becomes a record that says so; the default report on stderr would only tear the progress bar.
    std::panic::set_hook(Box::new(|_| {}));
    match copydesk_cli::run(&args) {
        Ok(summary) => ExitCode::from(u8::from(summary.failed > 0)),
        Err(error) => {
            // Nobody is left to tell if stderr is gone too.
            let _ = writeln!(std::io::stderr(), "copydesk: {error:#}");
            ExitCode::from(2)
        }
    }
}
