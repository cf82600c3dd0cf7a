//! Finds the pages that an earlier run has already processed.

use crate::run::Summary;
use crate::source::Source;
use anyhow::bail;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

/// How every record begins. A last line that is cut off must begin like this, or the file is not ours.
const START: &[u8] = b"{\"v\":";

/// The complete records of an output file, counted by id and source: the same page may be named twice.
#[derive(Debug, Default)]
pub(crate) struct Done {
    records: HashMap<(String, String), usize>,
    pub(crate) summary: Summary,
}

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
        let mut done = Done::default();
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
            *done.records.entry((id, source)).or_insert(0) += 1;
            done.summary.count(status == "no_article", status == "error");
        }
        Ok(done)
    }

    /// Whether this page already has a record. Each record counts for one page only.
    pub(crate) fn takes(&mut self, source: &Source) -> bool {
        match self.records.get_mut(&(source.id.clone(), source.name.clone())) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}
