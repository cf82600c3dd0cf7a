//! Finds the pages that an earlier run has already processed.

use crate::source::Source;
use anyhow::{Context, bail};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// The complete records of an output file, counted by id: two folders may have pages with the same id.
#[derive(Debug, Default)]
pub(crate) struct Done {
    records: HashMap<String, usize>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
}

impl Done {
    /// Reads the complete records and truncates an incomplete last line, left when the earlier run was interrupted.
    pub(crate) fn read(file: &File) -> anyhow::Result<Done> {
        let mut records = HashMap::new();
        let mut lines = BufReader::new(file);
        let (mut line, mut complete) = (Vec::new(), 0_u64);
        for number in 1.. {
            line.clear();
            let length = lines.read_until(b'\n', &mut line)?;
            if length == 0 {
                break;
            }
            if !line.ends_with(b"\n") {
                file.set_len(complete)?;
                break;
            }
            // A file with anything else in it is not ours to append to.
            let Ok(Line { id }) = serde_json::from_slice(&line) else { bail!("line {number} is no record") };
            complete += length as u64;
            *records.entry(id).or_insert(0) += 1;
        }
        Ok(Done { records })
    }

    /// Opens `path` for appending, or creates it.
    pub(crate) fn open(path: &std::path::Path) -> anyhow::Result<(File, Done)> {
        let file = File::options().read(true).append(true).create(true).open(path)?;
        if !file.metadata()?.is_file() {
            bail!("cannot resume what is no regular file");
        }
        let done = Done::read(&file).context("cannot resume")?;
        Ok((file, done))
    }

    /// Whether this page already has a record. Each record counts for one page only.
    pub(crate) fn takes(&mut self, source: &Source) -> bool {
        match self.records.get_mut(&source.id) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}
