//! The JSON record of a page.

use crate::page::{Failure, Outcome};
use copydesk::Article;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The version of the record format. It changes when a field changes its meaning or is removed, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Record<'a> {
    v: u32,
    id: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    #[serde(flatten)]
    article: Fields<'a>,
    error: Option<&'a Failure>,
}

/// The fields of the article, or the same fields without values.
#[derive(Serialize)]
#[serde(untagged)]
enum Fields<'a> {
    Of(&'a Article),
    None(Absent),
}

/// The record of an unreadable page has all fields of other records, so that a table of records has the same columns.
struct Absent;

const NULLS: [&str; 17] = [
    "reason",
    "title",
    "byline",
    "date",
    "modified",
    "body",
    "site",
    "canonical",
    "image",
    "section",
    "description",
    "license",
    "lang",
    "input",
    "encoding",
    "confidence",
    "struck",
];
const LISTS: [&str; 4] = ["authors", "people", "captions", "tags"];

impl Serialize for Absent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", "error")?;
        for name in NULLS {
            map.serialize_entry(name, &())?;
        }
        for name in LISTS {
            map.serialize_entry(name, &[(); 0])?;
        }
        map.end()
    }
}

/// Appends the record of a page, on one line or indented, without a trailing line feed.
pub(crate) fn write(outcome: &Outcome, indented: bool, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let record = Record {
        v: VERSION,
        id: &outcome.id,
        source: &outcome.name,
        url: outcome.url.as_deref(),
        article: outcome.result.as_ref().map_or(Fields::None(Absent), Fields::Of),
        error: outcome.result.as_ref().err(),
    };
    if indented { serde_json::to_writer_pretty(out, &record) } else { serde_json::to_writer(out, &record) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::FailureKind;
    use std::collections::BTreeSet;

    fn record(result: Result<Article, Failure>) -> serde_json::Map<String, serde_json::Value> {
        let (id, name, url) = ("a".into(), "x/a.html".into(), Some("https://example.org/".into()));
        let mut out = Vec::new();
        write(&Outcome { id, name, url, result }, false, &mut out).unwrap();
        assert!(!out.contains(&b'\n'));
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn every_record_has_the_same_fields() {
        let good = record(copydesk::extract_str("<p>One.</p>").map_err(Failure::from));
        let bad = record(Err(Failure::new(FailureKind::Io, "gone")));
        // Compared as sets: other crates in the build can change whether serde_json's map keeps the order.
        assert_eq!(good.keys().collect::<BTreeSet<_>>(), bad.keys().collect::<BTreeSet<_>>());
        for (name, value) in &good {
            let kinds = (value.is_array(), bad[name].is_array());
            assert_eq!(kinds.0, kinds.1, "{name}");
        }
        assert_eq!(good["error"], serde_json::Value::Null);
        assert_eq!(bad["error"], serde_json::json!({"kind": "io", "message": "gone"}));
        assert_eq!((&bad["id"], &bad["v"], &bad["status"]), (&"a".into(), &1.into(), &"error".into()));
    }
}
