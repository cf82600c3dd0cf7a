//! The article as a record, for any format that serde supports.

use super::with_year;
use crate::article::{Article, Confidence, Verdict};
use crate::types::Reason;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// As the record that the command-line tool writes, without the fields that the tool adds. Absent values are `null` or
/// empty, never left out; dates are ISO 8601 strings of the known precision; `authors` are the names of the people with
/// that role.
impl Serialize for Article {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Article", 22)?;
        let (status, reason) = match self.verdict() {
            Verdict::Article { .. } => ("ok", None),
            Verdict::NoArticle { reason, .. } => ("no_article", Some(reason)),
            Verdict::Unknown => ("unknown", None),
        };
        record.serialize_field("status", status)?;
        record.serialize_field("reason", &reason)?;
        record.serialize_field("title", &self.title())?;
        record.serialize_field("byline", &self.byline())?;
        record.serialize_field("authors", &self.authors().collect::<Vec<_>>())?;
        record.serialize_field("people", self.people())?;
        record.serialize_field("date", &with_year(self.date()))?;
        record.serialize_field("modified", &with_year(self.modified()))?;
        record.serialize_field("body", self.body())?;
        record.serialize_field("captions", &self.captions().collect::<Vec<_>>())?;
        record.serialize_field("site", &self.site())?;
        record.serialize_field("canonical", &self.canonical())?;
        record.serialize_field("image", &self.image())?;
        record.serialize_field("section", &self.section())?;
        record.serialize_field("tags", self.tags())?;
        record.serialize_field("description", &self.description())?;
        record.serialize_field("license", &self.license())?;
        record.serialize_field("lang", &self.lang())?;
        record.serialize_field("input", &self.input())?;
        record.serialize_field("encoding", self.encoding())?;
        record.serialize_field("confidence", &Scores { verdict: self.verdict(), fields: self.confidence() })?;
        record.serialize_field("struck", &Counts(self))?;
        record.end()
    }
}

struct Scores {
    verdict: Verdict,
    fields: Confidence,
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // More decimals would be noise, and would differ from machine to machine.
        let short = |score: f32| (score * 1000.0).round() / 1000.0;
        let mut scores = serializer.serialize_struct("Confidence", 5)?;
        scores.serialize_field("verdict", &short(self.verdict.confidence()))?;
        scores.serialize_field("title", &short(self.fields.title))?;
        scores.serialize_field("byline", &short(self.fields.byline))?;
        scores.serialize_field("date", &short(self.fields.date))?;
        scores.serialize_field("body", &short(self.fields.body))?;
        scores.end()
    }
}

/// The number of blocks struck for each reason, in the order of [`Reason::ALL`], without zeros.
struct Counts<'a>(&'a Article);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut counts = [0_u32; Reason::ALL.len()];
        for struck in self.0.struck() {
            counts[struck.reason as usize] += 1;
        }
        let mut map = serializer.serialize_map(None)?;
        for (reason, count) in Reason::ALL.iter().zip(counts) {
            if count > 0 {
                map.serialize_entry(reason, &count)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use crate::article::StoredStruck;
    use crate::render::sample;
    use crate::{BlockKind, PartialDate, Person, Reason, Role, Verdict};

    #[test]
    fn fields_of_the_record() {
        let mut article = sample(&[(BlockKind::Paragraph, "하나"), (BlockKind::Paragraph, "둘")]);
        article.metadata.title = Some("제목".into());
        article.metadata.people = vec![Person::new("김하나", Role::Author), Person::new("박둘", Role::Photographer)];
        article.metadata.published = PartialDate::new(None, Some(4), Some(17));
        article.metadata.modified = PartialDate::from_ymd(2025, 4, 18);
        for reason in [Reason::Share, Reason::Related, Reason::Share] {
            article.struck.push(StoredStruck { reason, text: 0..1, source: None, score: 0.1, clues: Vec::new() });
        }
        let record = serde_json::to_value(&article).unwrap();
        assert_eq!(record["status"], "ok");
        assert_eq!(record["title"], "제목");
        assert_eq!(record["byline"], serde_json::Value::Null);
        assert_eq!(record["authors"], serde_json::json!(["김하나"]));
        assert_eq!(record["people"][1]["role"], "photographer");
        assert_eq!(record["date"], serde_json::Value::Null, "without a year there is no date");
        assert_eq!(record["modified"], "2025-04-18");
        assert_eq!(record["body"], "하나\n\n둘");
        assert_eq!(record["struck"], serde_json::json!({"related": 1, "share": 2}));
        assert_eq!(record["confidence"]["verdict"], 0.9_f32);
    }

    #[test]
    fn no_article_has_a_reason() {
        let mut article = sample(&[]);
        article.verdict = Verdict::NoArticle { reason: Reason::Spam, confidence: 0.7 };
        let record = serde_json::to_value(&article).unwrap();
        assert_eq!((&record["status"], &record["reason"]), (&"no_article".into(), &"spam".into()));
    }
}
