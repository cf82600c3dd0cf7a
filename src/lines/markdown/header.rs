//! Reads the header before the text of a Markdown page, in which programs state its metadata.

use crate::lines::line::{head_of, is_blank};

/// The metadata of a header, and its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Names in lower case, with underscores for spaces.
    pub(super) stated: Vec<(String, String)>,
    pub(super) end: usize,
}

/// Maximum number of lines in a header.
const MAX_LINES: usize = 60;
/// Maximum length of a value in bytes.
const VALUE_BYTES: usize = 2_000;
/// A name that front matter must have.
const TITLE: &str = "title";
/// The last line of the header that Jina's reader writes, and a name that it always has.
const CONTENT: &str = "Markdown Content:";
const SOURCE: &str = "url_source";

impl Header {
    /// The header that `page` begins with.
    pub(super) fn read(page: &str) -> Option<Header> {
        let text = page.trim_start_matches(is_blank);
        let start = page.len() - text.len();
        let header = match text.get(..3) {
            Some(mark @ ("---" | "+++")) => front(text, mark),
            Some(_) => listed(text),
            None => None,
        };
        header.map(|header| Header { end: start + header.end, ..header })
    }
}

/// Front matter: `---`, lines of `name: value`, `---`; or the same with `+++` and `name = value`.
fn front(text: &str, mark: &str) -> Option<Header> {
    let mut stated: Vec<(String, String)> = Vec::new();
    let mut end = 0;
    for (number, raw) in text.split_inclusive('\n').take(MAX_LINES).enumerate() {
        end += raw.len();
        let line = raw.trim_end_matches(is_blank);
        if number == 0 {
            if line != mark {
                return None;
            }
        } else if line == mark || line == "..." {
            return stated.iter().any(|(name, _)| name == TITLE).then_some(Header { stated, end });
        } else if let Some(item) = line.trim_start_matches(is_blank).strip_prefix("- ") {
            // A list below its name: each item is another value.
            let name = stated.last()?.0.clone();
            push(&mut stated, name, item);
        } else if line.is_empty() || line.starts_with('#') || line.starts_with(is_blank) {
            // Blank line, comment or nested value, which is not needed.
        } else {
            let (name, value) = line.split_once(if mark == "---" { ':' } else { '=' })?;
            push(&mut stated, key(name)?, value);
        }
    }
    None
}

/// The header of Jina's reader: `Title: …`, `URL Source: …`, `Published Time: …`, `Markdown Content:`.
fn listed(text: &str) -> Option<Header> {
    let mut stated = Vec::new();
    let mut end = 0;
    for raw in text.split_inclusive('\n').take(MAX_LINES) {
        end += raw.len();
        let line = raw.trim_matches(is_blank);
        if line == CONTENT {
            return stated.iter().any(|(name, _)| name == SOURCE).then_some(Header { stated, end });
        }
        if line.is_empty() {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        push(&mut stated, key(name)?, value);
    }
    None
}

/// The name as metadata of pages would spell it: `Published Time` becomes `published_time`.
fn key(name: &str) -> Option<String> {
    let name = name.trim_matches(is_blank);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 40
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-' | b'.' | b':'));
    is_name.then(|| name.to_ascii_lowercase().replace(' ', "_"))
}

/// Adds a value without its quotes, or each value of a list in brackets.
fn push(stated: &mut Vec<(String, String)>, name: String, value: &str) {
    let value = head_of(value.trim_matches(is_blank), VALUE_BYTES);
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    match list {
        Some(list) if !list.contains(['[', '(']) => {
            for item in list.split(',') {
                stated.push((name.clone(), unquoted(item)));
            }
        }
        _ => stated.push((name, unquoted(value))),
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim_matches(is_blank);
    let inner = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
    inner.map_or_else(|| value.to_owned(), |inner| inner.replace("\\\"", "\"").replace("''", "'"))
}
