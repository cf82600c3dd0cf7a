//! The articles of the fixtures as truths: no model has seen them.

use crate::corpus::Truth;
use std::fs;
use std::path::Path;

/// All articles, sorted by name.
pub(crate) fn articles() -> Vec<Truth> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expected");
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Option<Truth> {
    let record: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let name = path.file_stem()?.to_str()?;
    let body: Vec<&str> = record["body"].as_array()?.iter().filter_map(|text| text.as_str()).collect();
    let truth = serde_json::json!({
        "id": name, "lang": name.get(..2), "title": record["title"], "authors": record["authors"], "body": body.join("\n\n"),
    });
    serde_json::from_value(truth).ok()
}
