//! Reads the pages of JSON Lines: one object per line, with the page as a string in it.

use super::fields::MAX_HEAD_BYTES;
use super::{Stream, Volume};
use crate::about::Facts;
use crate::page::{Failure, FailureKind};
use crate::source::{Place, Source};
use copydesk::PartialDate;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, Read};

/// How far the end of the first line is looked for in a stream that may be JSON Lines.
const MAX_FIRST_LINE_BYTES: usize = 32 << 20;

/// Iterates over the lines.
pub(super) struct Lines {
    stream: Stream,
    volume: Volume,
    /// Maximum length of a line in bytes.
    limit: usize,
    /// Whether the next line may have begun in damaged data.
    torn: bool,
    over: bool,
}

/// A line: its values by key. Other programs give our keys other meanings, so unexpected values are ignored.
type Object<'a> = HashMap<Cow<'a, str>, &'a RawValue>;

impl Iterator for Lines {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        while !self.over {
            self.volume.count += 1;
            let was_torn = self.torn;
            match self.line() {
                Ok(None) => break,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => match about(&line) {
                    Ok((id, facts)) => return Some(self.volume.source(id, facts, Place::Line(line))),
                    // The rest of a line whose damage has already been reported.
                    Err(_) if was_torn => {}
                    Err(failure) => return Some(self.volume.lost(None, failure)),
                },
                Err(failure) => {
                    self.over = failure.kind == FailureKind::Io;
                    return Some(self.volume.lost(None, failure));
                }
            }
        }
        self.over = true;
        None
    }
}

impl Lines {
    /// Reads pages of up to `limit` bytes. A line may be longer, because it has other keys and because escapes take up
    /// to six times the bytes of a page (`\u003c` is one character of one byte).
    pub(super) fn new(stream: Stream, volume: Volume, limit: usize) -> Lines {
        let limit = limit.saturating_mul(6).saturating_add(MAX_HEAD_BYTES);
        Lines { stream, volume, limit, torn: false, over: false }
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let mut line = Vec::new();
        self.torn = true;
        self.stream.by_ref().take(self.limit as u64).read_until(b'\n', &mut line)?;
        if line.len() == self.limit && !line.ends_with(b"\n") {
            self.stream.skip_to(|bytes| memchr::memchr(b'\n', bytes))?;
            self.stream.consume(1);
            self.torn = false;
            return Err(Failure::new(FailureKind::TooLarge, "line is over the limit"));
        }
        self.torn = false;
        Ok((!line.is_empty()).then_some(line))
    }
}

/// Whether a stream begins like JSON Lines: with an object that holds a page, and another object on the next line. An
/// object alone is a page of its own, whose article the library finds.
pub(super) fn begin(stream: &mut Stream) -> io::Result<bool> {
    if !stream.peek(1)?.starts_with(b"{") {
        return Ok(false);
    }
    let mut seen = 0;
    while seen < MAX_FIRST_LINE_BYTES {
        let head = stream.peek(seen + 2)?;
        // But for the last byte, so that there is one after the line feed.
        let Some((_, [fresh @ .., _])) = head.split_at_checked(seen) else { break };
        if let Some(end) = memchr::memchr(b'\n', fresh) {
            let (line, next) = head.split_at(seen + end + 1);
            return Ok(next.starts_with(b"{") && content(line).is_ok());
        }
        if fresh.is_empty() {
            break;
        }
        seen += fresh.len();
    }
    Ok(false)
}

/// What a line says about its page.
fn about(line: &[u8]) -> Result<(Option<String>, Facts), Failure> {
    let line = readable(line);
    let object = object(&line)?;
    let full = |key| object.get(key).copied().and_then(string).filter(|value| !value.is_empty());
    let crawled_at = full("crawled_at").and_then(|date| date.parse().ok()).filter(PartialDate::is_full);
    let id = object.get("id").map(|id| id.get());
    let number = id.filter(|id| id.starts_with(|sign: char| sign == '-' || sign.is_ascii_digit()));
    Ok((full("id").or(number.map(str::to_owned)), Facts { url: full("url"), charset: None, crawled_at }))
}

/// The page in a line.
pub(crate) fn content(line: &[u8]) -> Result<String, Failure> {
    let line = readable(line);
    let object = object(&line)?;
    let mut pages = ["html", "text", "content"].into_iter().filter_map(|key| string(object.get(key)?));
    let first = pages.next().ok_or_else(|| failure("none of the keys html, text and content is a string"))?;
    if !first.is_empty() {
        return Ok(first);
    }
    Ok(pages.find(|page| !page.is_empty()).unwrap_or(first))
}

/// Of a key that occurs twice, the last value counts, as in most readers of JSON.
fn object(line: &str) -> Result<Object<'_>, Failure> {
    if !line.trim_start().starts_with('{') {
        return Err(failure("not a JSON object"));
    }
    // Every line is the first one to the parser.
    serde_json::from_str(line.trim_end())
        .map_err(|error| failure(&error.to_string().replace(" at line 1 column", " at column")))
}

fn failure(reason: &str) -> Failure {
    Failure::new(FailureKind::Archive, reason)
}

/// A line as text: without the byte order mark of the first line, and with invalid UTF-8 replaced.
fn readable(line: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line))
}

/// The value if it is a string.
fn string(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok().map(|Text(text)| text)
}

/// A string that may contain unpaired surrogates, as Python writes them.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text, E> {
                Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_says() {
        let cases = [
            (r#"{"id":"a","html":"x"}"#, Ok((Some("a"), "x"))),
            (r#"{"id":7,"text":"x","other":[1]}"#, Ok((Some("7"), "x"))),
            (r#"{"content":"x"}"#, Ok((None, "x"))),
            (r#"{"id":null,"content":"c","text":"t"}"#, Ok((None, "t"))),
            (r#"{"html":null,"text":"\ud68c\uc758 \"x\" \ud68c"}"#, Ok((None, "회의 \"x\" 회"))),
            (r#"{"text":"half \ud83d a pair"}"#, Ok((None, "half \u{fffd}\u{fffd}\u{fffd} a pair"))),
            ("\u{feff}{\"text\":\"\"}", Ok((None, ""))),
            (r#"{"text":"x","crawled_at":"soon"}"#, Ok((None, "x"))),
            (r#"{"id":"a"}"#, Err("none of the keys")),
            (r#"{"text":7}"#, Err("none of the keys")),
            (r#"{"id":["a"],"text":"x"}"#, Ok((None, "x"))),
            (r#"{"id":"","text":"x"}"#, Ok((None, "x"))),
            (r#"{"text":"x","crawled_at":1700000000,"url":5}"#, Ok((None, "x"))),
            (r#"{"html":"x","content":{"rendered":"y"},"text":["a"]}"#, Ok((None, "x"))),
            (r#"{"html":{"raw":"y"},"text":[97],"content":"x"}"#, Ok((None, "x"))),
            (r#"{"html":"","text":"x","content":"y"}"#, Ok((None, "x"))),
            (r#"{"html":"","text":7}"#, Ok((None, ""))),
            (r#"{"text":"x""#, Err("EOF while parsing")),
            (r#"{"text":"x",}"#, Err("trailing comma at column 13")),
            (r#"{"html":"x","html":"y"}"#, Ok((None, "y"))),
            (r#""text""#, Err("not a JSON object")),
            (r#"["x"]"#, Err("not a JSON object")),
            ("<p>x", Err("not a JSON object")),
        ];
        for (line, expected) in cases {
            let line = line.as_bytes();
            let read = about(line).and_then(|(id, _)| Ok((id, content(line)?)));
            match (&read, expected) {
                (Ok((id, page)), Ok(expected)) => assert_eq!((id.as_deref(), page.as_str()), expected),
                (Err(failure), Err(expected)) => assert!(failure.message.starts_with(expected), "{failure:?}"),
                _ => panic!("{read:?} and not {expected:?}"),
            }
        }
    }
}
