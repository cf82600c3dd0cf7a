//! Measures peak memory of each contender in a process of its own.

use crate::{contender, pages};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// The name of a run that only loads the pages: the baseline.
pub(crate) const BASELINE: &str = "baseline";

/// Peak memory of this process so far in KiB, where the system reports it.
pub(crate) fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(f64::NAN)
}

/// Reports the peak memory to the parent process.
pub(crate) fn report() -> Result<()> {
    eprintln!("peak {}", peak());
    Ok(())
}

/// Prints the peak memory of each contender beyond that of the pages.
pub(crate) fn table(corpus: &str, folder: &Path, wanted: usize) -> Result<()> {
    let peak = |name: &str| -> Result<f64> {
        let mut run = Command::new(std::env::current_exe()?);
        let output = run.args(["--only", name, "--pages", &wanted.to_string(), "--of"]).arg(folder).output()?;
        let printed = String::from_utf8_lossy(&output.stderr);
        let peak = printed.lines().find_map(|line| line.strip_prefix("peak ")).and_then(|peak| peak.parse().ok());
        Ok(peak.unwrap_or(f64::NAN) / 1024.0)
    };
    let base = peak(BASELINE)?;
    let largest = pages::read(folder, wanted)?.iter().map(|page| page.bytes.len()).max().unwrap_or(0);
    println!("{corpus}: greatest memory beyond the pages; the largest has {:.1} MB", largest as f64 / 1e6);
    for contender in contender::all() {
        println!("  {:28} {:7.1} MiB", contender.name, peak(contender.name)? - base);
    }
    Ok(())
}
