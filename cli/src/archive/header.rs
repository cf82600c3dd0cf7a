//! Reads the head of a WARC record.

use super::fields::{ContentType, Fields};
use crate::about::Facts;
use copydesk::PartialDate;

/// The fields of a record's head that are needed.
#[derive(Debug)]
pub(super) struct Header {
    /// The record type in lower case, such as `response`; empty if missing.
    pub(super) kind: String,
    /// Without the `<urn:uuid:…>` around it.
    pub(super) id: Option<String>,
    pub(super) length: Option<u64>,
    pub(super) content_type: ContentType,
    /// The type that the crawler detected, as opposed to the declared one.
    pub(super) identified: ContentType,
    pub(super) facts: Facts,
}

impl Header {
    /// `None` for the head of a record that was cut, with the head of the next one behind it.
    pub(super) fn parse(head: &[u8]) -> Option<Header> {
        let fields = Fields::of(head);
        if fields.is_repeated("warc-type") {
            return None;
        }
        let content_type = |name| fields.get(name).map(|value| ContentType::parse(&value)).unwrap_or_default();
        let bare = |name| {
            let value = fields.get(name)?;
            let value = value.trim_start_matches('<').trim_end_matches('>').trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        Some(Header {
            kind: fields.get("warc-type").unwrap_or_default().to_ascii_lowercase(),
            id: bare("warc-record-id").map(|id| id.strip_prefix("urn:uuid:").map_or(id.clone(), str::to_owned)),
            length: fields.get("content-length").and_then(|value| value.parse().ok()),
            content_type: content_type("content-type"),
            identified: content_type("warc-identified-payload-type"),
            facts: Facts {
                url: bare("warc-target-uri"),
                charset: None,
                crawled_at: fields.get("warc-date").and_then(|date| date.parse().ok()).filter(PartialDate::is_full),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_head_says() {
        let header = Header::parse(
            b"WARC/1.0\r\nWARC-Type: Response\r\nWARC-Record-ID: <urn:uuid:12-34>\r\nWARC-Date: 2025-04-17T02:03:04Z\r\n\
              WARC-Target-URI: <http://example.org/?a=<b>>\r\nContent-Length: 120\r\n\r\n",
        )
        .unwrap();
        assert_eq!(header.kind, "response");
        assert_eq!(header.id.as_deref(), Some("12-34"));
        assert_eq!(header.length, Some(120));
        assert_eq!(header.facts.url.as_deref(), Some("http://example.org/?a=<b"));
        assert_eq!(header.facts.crawled_at.unwrap().to_string(), "2025-04-17T02:03:04Z");
    }

    #[test]
    fn ids() {
        let cases = [
            ("<urn:uuid:1-2>", Some("1-2")),
            ("urn:uuid:1-2", Some("1-2")),
            ("<http://example.org/1>", Some("http://example.org/1")),
            ("<>", None),
            ("", None),
        ];
        for (value, id) in cases {
            let head = format!("WARC/1.1\r\nwarc-record-id:{value}\r\n\r\n");
            assert_eq!(Header::parse(head.as_bytes()).unwrap().id.as_deref(), id, "{value}");
        }
    }

    #[test]
    fn lengths() {
        let cases = [("0", Some(0)), (" 17 ", Some(17)), ("-1", None), ("1e3", None), ("99999999999999999999", None)];
        for (value, length) in cases {
            let head = format!("WARC/1.1\r\nContent-Length:{value}\r\n\r\n");
            assert_eq!(Header::parse(head.as_bytes()).unwrap().length, length, "{value}");
        }
    }
}
