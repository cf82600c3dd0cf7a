//! Extractors written in Python, each in a process of its own that runs when asked to.

use crate::contender::Contender;
use crate::pages::Page;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Reads the pages, then processes them once for every input line and prints the time taken.
const SCRIPT: &str = include_str!("peers.py");

/// The extractors that the script supports.
const NAMES: [&str; 2] = ["trafilatura, Python", "resiliparse, Python"];

struct Process {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

/// The installed extractors. Reports the missing ones.
pub(crate) fn all(files: &[PathBuf]) -> Vec<Contender> {
    let start = |name: &'static str| {
        let Some(mut process) = Process::start(name, files) else {
            eprintln!("{name}: not installed, not timed");
            return None;
        };
        Some(Contender { name, round: Box::new(move |_: &[Page]| process.round()) })
    };
    NAMES.into_iter().filter_map(start).collect()
}

impl Process {
    fn start(name: &str, files: &[PathBuf]) -> Option<Process> {
        let module = name.split(',').next()?;
        let mut child = Command::new("python3")
            .args(["-c", SCRIPT, module])
            .args(files)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut process = Process { child, to, from };
        (process.line().as_deref() == Some("ready")).then_some(process)
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.from.read_line(&mut line).ok()?;
        Some(line.trim().to_owned())
    }

    fn round(&mut self) -> Duration {
        let asked = writeln!(self.to).and_then(|()| self.to.flush()).is_ok();
        let seconds = if asked { self.line().and_then(|line| line.parse().ok()) } else { None };
        // A peer that died counts as slowest, not as fastest.
        seconds.map_or(Duration::MAX, Duration::from_secs_f64)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The process is no longer needed; errors do not matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
