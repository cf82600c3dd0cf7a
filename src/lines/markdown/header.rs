//! The header that readers and writers of Markdown put before the text: what they know of the page.

use crate::lines::line::is_blank;

/// What a header states, and where it ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Names in lower case, with a low line for a space.
    pub(super) stated: Vec<(String, String)>,
    pub(super) end: usize,
}

/// Lines of a header.
const LINES: usize = 60;
/// Bytes of a value.
const VALUE_BYTES: usize = 2_000;
/// What a page's own header never lacks.
const TITLE: &str = "title";
/// The last line of the header that Jina's reader writes, and what it always has.
const CONTENT: &str = "Markdown Content:";
const SOURCE: &str = "url_source";

impl Header {
    /// The header `page` begins with.
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

/// `---`, lines of `name: value`, `---`; or the same with `+++` and `name = value`.
fn front(text: &str, mark: &str) -> Option<Header> {
    let mut stated: Vec<(String, String)> = Vec::new();
    let mut end = 0;
    for (number, raw) in text.split_inclusive('\n').take(LINES).enumerate() {
        end += raw.len();
        let line = raw.trim_end_matches(is_blank);
        if number == 0 {
            if line != mark {
                return None;
            }
        } else if line == mark || line == "..." {
            return stated.iter().any(|(name, _)| name == TITLE).then_some(Header { stated, end });
        } else if let Some(item) = line.trim_start_matches(is_blank).strip_prefix("- ") {
            // A list below its name: each item is one more value.
            let name = stated.last()?.0.clone();
            push(&mut stated, name, item);
        } else if line.is_empty() || line.starts_with('#') || line.starts_with(is_blank) {
            // White space, a remark, something below a name that is not asked for.
        } else {
            let (name, value) = line.split_once(if mark == "---" { ':' } else { '=' })?;
            push(&mut stated, key(name)?, value);
        }
    }
    None
}

/// `Title: …`, `URL Source: …`, `Published Time: …`, `Markdown Content:`.
fn listed(text: &str) -> Option<Header> {
    let mut stated = Vec::new();
    let mut end = 0;
    for raw in text.split_inclusive('\n').take(LINES) {
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

/// The name of a value as pages declare it: `Published Time` is `published_time`.
fn key(name: &str) -> Option<String> {
    let name = name.trim_matches(is_blank);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 40
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-' | b'.' | b':'));
    is_name.then(|| name.to_ascii_lowercase().replace(' ', "_"))
}

/// Adds a value without its quotes; those of a list in brackets one by one.
fn push(stated: &mut Vec<(String, String)>, name: String, value: &str) {
    let value = value.trim_matches(is_blank);
    let value = value.get(..value.floor_char_boundary(VALUE_BYTES)).unwrap_or_default();
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
