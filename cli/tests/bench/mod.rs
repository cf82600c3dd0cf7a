//! A working folder and the binary to run in it.

#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod warc;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of one test. Emptied when the test begins, and kept afterwards to investigate failures.
pub(crate) struct Bench {
    folder: PathBuf,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Bench {
    pub(crate) fn new(name: &str) -> Bench {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Bench { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.args(args).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    pub(crate) fn run_with(&self, args: &[&str], stdin: &[u8]) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // A run that fails early does not read its input.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        Run::of(child.wait_with_output().unwrap())
    }

    /// Runs a line of shell, with the binary in `$copydesk`.
    pub(crate) fn shell(&self, line: &str) -> Run {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(&self.folder).env("copydesk", env!("CARGO_BIN_EXE_copydesk"));
        Run::of(command.output().unwrap())
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A plain news page about `about`, with boilerplate around the article.
pub(crate) fn article(about: &str) -> String {
    let about = about.trim();
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{about} and how it came about - The Sample</title>
<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2025-04-17"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{about} and how it came about</h1>
<p>{about} begins here, on the western shore, where the ferry used to land before the bridge was built and the inn was closed.</p>
<p>Nobody who lived there at the time, the mayor said on Thursday, had expected that it would take eleven years to finish.</p>
<p>The council will meet again in May. Until then the road stays open in one direction only, and the bus takes the long way.</p>
<p>A second hearing, which the residents had asked for in March, was refused by the court because the period had passed.</p>
</article>
<aside><h2>Newsletter</h2><p>Subscribe to our newsletter and never miss a story.</p><button>Subscribe</button></aside>
<footer><p>Copyright 2025 The Sample. All rights reserved.</p></footer></body></html>"#
    )
}
