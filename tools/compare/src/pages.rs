//! Reads the pages for all contenders.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    /// Decoded, for contenders that take text: decoding is not part of their task.
    pub(crate) text: String,
}

/// Lists about `wanted` files of a folder, spread evenly.
pub(crate) fn list(folder: &Path, wanted: usize) -> Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)
        .with_context(|| format!("no pages in {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .filter(|path| !matches!(path, Ok(path) if path.extension().is_some_and(|ending| ending == "txt")))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    let step = files.len().div_ceil(wanted.max(1)).max(1);
    Ok(files.into_iter().step_by(step).collect())
}

/// Reads and decompresses the pages that [`list`] selects.
pub(crate) fn read(folder: &Path, wanted: usize) -> Result<Vec<Page>> {
    let read = |file: PathBuf| -> Result<Page> {
        let packed = fs::read(&file)?;
        let mut bytes = Vec::new();
        if packed.starts_with(&[0x1f, 0x8b]) {
            GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
        } else {
            bytes = packed;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Page { bytes, text })
    };
    list(folder, wanted)?.into_iter().map(read).collect()
}
