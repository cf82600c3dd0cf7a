//! What the caller knows about each page besides its bytes.

use anyhow::{Context, ensure};
use copydesk::PartialDate;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::io::BufRead;

/// What the caller knows about pages, by id.
#[derive(Debug, Default)]
pub struct About {
    facts: HashMap<String, Facts>,
    /// Ids of more than one line, of which the last one counts.
    repeated: BTreeSet<String>,
}

/// How often each id of [`About`] occurred among the pages.
#[derive(Debug)]
pub(crate) struct Uses<'a> {
    about: &'a About,
    counts: HashMap<&'a str, u64>,
}

/// What is known about one page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) url: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) crawled_at: Option<PartialDate>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    url: Option<String>,
    charset: Option<String>,
    crawled_at: Option<String>,
}

impl About {
    /// Reads JSON Lines. Unknown keys are ignored, so that records and corpora can be used as they are.
    ///
    /// # Errors
    /// Names the line that is not JSON, lacks an id or has an invalid `crawled_at`.
    pub fn read(lines: impl BufRead) -> anyhow::Result<About> {
        let mut about = About::default();
        for (at, line) in lines.lines().enumerate() {
            let place = || format!("line {}", at + 1);
            let line = line.with_context(place)?;
            if line.trim().is_empty() {
                continue;
            }
            let line: Line = serde_json::from_str(&line).with_context(place)?;
            let crawled_at = line.crawled_at.as_deref().map(crawl_date).transpose().with_context(place)?;
            let facts = Facts { url: line.url, charset: line.charset, crawled_at };
            if about.facts.insert(line.id.clone(), facts).is_some() {
                about.repeated.insert(line.id);
            }
        }
        Ok(about)
    }

    pub(crate) fn of(&self, id: &str) -> Option<&Facts> {
        self.facts.get(id)
    }

    pub(crate) fn uses(&self) -> Uses<'_> {
        Uses { about: self, counts: self.facts.keys().map(|id| (id.as_str(), 0)).collect() }
    }
}

impl Uses<'_> {
    pub(crate) fn count(&mut self, id: &str) {
        if let Some(count) = self.counts.get_mut(id) {
            *count += 1;
        }
    }

    /// What looks like a mistake: ids that are no page's, several pages', or given twice.
    pub(crate) fn notes(&self) -> impl Iterator<Item = String> {
        let with = |wanted: fn(u64) -> bool| {
            let ids = self.counts.iter().filter(|(_, count)| wanted(**count)).map(|(id, _)| *id);
            ids.collect::<BTreeSet<_>>()
        };
        let notes = [
            ("ids of no page", with(|count| count == 0)),
            ("ids of several pages", with(|count| count > 1)),
            (
                "ids with several lines, of which the last counts",
                self.about.repeated.iter().map(String::as_str).collect(),
            ),
        ];
        notes.into_iter().filter_map(|(what, ids)| {
            let first = ids.first()?;
            Some(format!("--about: {what}: {}, such as {first}", ids.len()))
        })
    }
}

/// Parses the date of a crawl. The library ignores one without a day, so it is an error here.
pub(crate) fn crawl_date(text: &str) -> anyhow::Result<PartialDate> {
    let date: PartialDate = text.parse()?;
    ensure!(date.is_full(), "the date of a crawl needs year, month and day, such as 2025-04-17");
    Ok(date)
}

#[cfg(test)]
mod tests {
    use super::{About, crawl_date};

    #[test]
    fn lines() {
        let cases = [
            ("all keys", r#"{"id":"a","url":"u","charset":"euc-kr","crawled_at":"2025-04-17T10:00Z"}"#, true),
            ("others are ignored", r#"{"id":"a","url":null,"title":"t"}"#, true),
            ("blank lines", "\n{\"id\":\"a\"}\n\n", true),
            ("no id", r#"{"url":"u"}"#, false),
            ("no date", r#"{"id":"a","crawled_at":"soon"}"#, false),
            ("no day", r#"{"id":"a","crawled_at":"2025-04"}"#, false),
            ("no JSON", "a\tu", false),
        ];
        for (name, text, good) in cases {
            let about = About::read(text.as_bytes());
            assert_eq!(about.is_ok_and(|about| about.of("a").is_some()), good, "{name}");
        }
        let error = About::read("{\"id\":\"a\"}\n{".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "line 2");
    }

    #[test]
    fn ids_that_look_like_mistakes() {
        let about = About::read("{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n{\"id\":\"c\"}".as_bytes()).unwrap();
        let mut uses = about.uses();
        for id in ["a", "a", "c", "d"] {
            uses.count(id);
        }
        let expected = [
            "--about: ids of no page: 1, such as b",
            "--about: ids of several pages: 1, such as a",
            "--about: ids with several lines, of which the last counts: 1, such as c",
        ];
        assert_eq!(uses.notes().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn dates_of_crawls() {
        for good in ["2025-04-17", "2025-04-17T11:21Z"] {
            assert_eq!(crawl_date(good).unwrap().to_string(), good);
        }
        for partial in ["2025", "2025-04", "--04-17"] {
            assert!(crawl_date(partial).unwrap_err().to_string().contains("needs year, month and day"), "{partial}");
        }
        assert!(crawl_date("soon").unwrap_err().to_string().starts_with("not a date"));
    }
}
