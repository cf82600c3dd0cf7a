//! The command `copydesk`: reads pages, writes articles.

use clap::Parser;
use copydesk_cli::Args;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    copydesk_cli::install_panic_hook();
    match copydesk_cli::run(&args) {
        Ok(summary) => ExitCode::from(u8::from(summary.failed > 0)),
        Err(error) => {
            // If stderr is closed too, there is no way to report it.
            let _ = writeln!(std::io::stderr(), "copydesk: {error:#}");
            ExitCode::from(2)
        }
    }
}
