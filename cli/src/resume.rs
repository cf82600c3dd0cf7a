//! Finds the pages that an earlier run has already processed.

use crate::run::Summary;
use crate::source::Source;
use anyhow::bail;
use serde::Deserialize;
use std::collections::HashMap;
use std::env;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::{Component, Path, PathBuf};

/// How every record begins. A last line that is cut off must begin like this, or the file is not ours.
const START: &[u8] = b"{\"v\":";

/// The complete records of an output file, counted by page: the same page may be named twice.
#[derive(Debug, Default)]
pub(crate) struct Done {
    records: HashMap<Identity, usize>,
    keys: [RandomState; 2],
    /// The folder that relative paths start from, without links.
    here: PathBuf,
    pub(crate) summary: Summary,
}

/// What makes a page the same in two runs: its id, which tells what comes through standard input apart, and its source.
/// A hash of both, since there may be millions, and long enough that no two of them collide.
type Identity = [u64; 2];

/// What tells a record from other JSON.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "v")]
    _version: u32,
    id: String,
    source: String,
    status: String,
}

/// Whether a file is one of records. Leaves its position at the start.
pub(crate) fn begins_a_record(mut file: &File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(START.len() as u64).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(start == START)
}

impl Done {
    /// Reads the complete records and truncates an incomplete last line, left when the earlier run was interrupted.
    pub(crate) fn read(file: &File) -> anyhow::Result<Done> {
        let mut done = Done { here: env::current_dir().unwrap_or_default(), ..Done::default() };
        let mut lines = BufReader::new(file);
        let (mut line, mut complete) = (Vec::new(), 0_u64);
        for number in 1.. {
            line.clear();
            let length = lines.read_until(b'\n', &mut line)?;
            if length == 0 {
                break;
            }
            if !line.ends_with(b"\n") && (line.starts_with(START) || START.starts_with(&line)) {
                file.set_len(complete)?;
                break;
            }
            // A file with anything else in it is not ours to append to.
            let whole = line.strip_suffix(b"\n").unwrap_or_default();
            let Ok(Line { id, source, status, .. }) = serde_json::from_slice(whole) else {
                bail!("line {number} is no record")
            };
            complete += length as u64;
            *done.records.entry(done.identity(&id, &source)).or_insert(0) += 1;
            done.summary.count(status == "no_article", status == "error");
        }
        Ok(done)
    }

    /// Whether this page already has a record. Each record counts for one page only.
    pub(crate) fn takes(&mut self, source: &Source) -> bool {
        if self.records.is_empty() {
            return false;
        }
        match self.records.get_mut(&self.identity(&source.id, &source.name)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    fn identity(&self, id: &str, source: &str) -> Identity {
        let page = (id, absolute(&self.here, source));
        self.keys.each_ref().map(|key| key.hash_one(&page))
    }
}

/// The source in the one spelling that all spellings of it share: as seen from `here`, without `.` and `..`.
fn absolute(here: &Path, source: &str) -> PathBuf {
    let mut path = here.to_owned();
    for part in Path::new(source).components() {
        match part {
            Component::CurDir => {}
            // Behind a link, `..` is not where the link is.
            Component::ParentDir if !path.ends_with("..") && !path.is_symlink() => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_source() {
        let cases = [
            ("a/b.html", "/x/a/b.html"),
            ("./a//./b.html", "/x/a/b.html"),
            ("/x/a/b.html", "/x/a/b.html"),
            ("a/../a/b.html", "/x/a/b.html"),
            ("../x/a/b.html", "/x/a/b.html"),
            ("/../x/a", "/x/a"),
            ("a.warc.gz#3", "/x/a.warc.gz#3"),
            ("-#3", "/x/-#3"),
            ("near miss: A/b.html", "/x/near miss: A/b.html"),
        ];
        for (source, expected) in cases {
            assert_eq!(absolute(Path::new("/x"), source), Path::new(expected), "{source}");
        }
    }
}
