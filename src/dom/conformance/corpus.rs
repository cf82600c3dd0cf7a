//! The pages of the corpora, if they are at hand.

use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of all corpora, in order of name. Prints a message and returns none if there are no corpora.
pub(super) fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut found = Vec::new();
    for corpus in std::fs::read_dir(&root).into_iter().flatten().flatten() {
        let pages = std::fs::read_dir(corpus.path().join("pages")).into_iter().flatten().flatten();
        found.extend(pages.map(|page| page.path()).filter(|path| path.is_file()));
    }
    if found.is_empty() {
        println!("skipped: no pages in {}", root.display());
    }
    found.sort();
    found
}

/// A page as text. The encoding does not matter here.
pub(super) fn read(path: &Path) -> String {
    let raw = std::fs::read(path).unwrap();
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::MultiGzDecoder::new(raw.as_slice()).read_to_end(&mut bytes).unwrap();
    } else {
        bytes = raw;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A number that the caller may set by an environment variable.
pub(super) fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}
