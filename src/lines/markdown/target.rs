//! Reads the target of a link: the parentheses after its text.

use crate::lines::line::{head_of, is_blank};

/// Maximum length of an address in bytes. A `data:` address may be longer.
const ADDRESS_BYTES: usize = 2 << 10;
/// Maximum length in bytes of the title after the address.
const TITLE_BYTES: usize = 600;

/// The target of a link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Length in bytes, including the parentheses.
    pub(super) length: usize,
    /// Whether this is certainly an address. A relative file name may be a word, and a word in parentheses a remark.
    pub(super) is_sure: bool,
}

/// Reads `(address "title")` at the start of `rest`.
///
/// Stops at the beginning of another link, so that a page of nothing but link beginnings is read only once.
pub(super) fn read(rest: &str) -> Option<Target> {
    let inner = rest.strip_prefix('(')?;
    let begin = inner.len() - inner.trim_start_matches(is_blank).len();
    let tail = inner.get(begin..)?;
    let (address, length) = match tail.strip_prefix('<') {
        Some(quoted) => quoted_address(quoted)?,
        None => {
            let length = bare_length(tail)?;
            (tail.get(..length)?, length)
        }
    };
    let is_sure = is_address(address);
    if !is_sure && address.contains(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '%')) {
        return None;
    }
    let close = match title_end(tail.get(length..)?) {
        Some(close) => length + close,
        // A URL with unescaped spaces, such as `mailto:` with a subject; else words in parentheses.
        None if has_scheme(address) => spaced_length(tail)?,
        None => return None,
    };
    Some(Target { length: 1 + begin + close + 1, is_sure })
}

/// An address in angle brackets, and its length including them.
fn quoted_address(quoted: &str) -> Option<(&str, usize)> {
    let end = quoted.bytes().take(ADDRESS_BYTES).position(|b| matches!(b, b'>' | b'\n' | b'<'))?;
    let address = quoted.get(..end)?;
    (quoted.as_bytes().get(end) == Some(&b'>')).then_some((address, end + 2))
}

/// The length of an address up to white space or the closing parenthesis.
fn bare_length(tail: &str) -> Option<usize> {
    let bytes = tail.as_bytes();
    let limit = if tail.starts_with("data:") { bytes.len() } else { ADDRESS_BYTES };
    let mut depth = 0;
    for (at, &byte) in bytes.iter().enumerate().take(limit) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b']' if bytes.get(at + 1) == Some(&b'(') => return None,
            // An address wrapped after a hyphen continues on the next line.
            b'\n'
                if at > 0
                    && bytes.get(at - 1) == Some(&b'-')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) => {}
            b' ' | b'\t' | b'\n' | b'\r' => return Some(at),
            _ => {}
        }
    }
    None
}

/// The length of an address that contains spaces.
fn spaced_length(tail: &str) -> Option<usize> {
    let line = head_of(tail, ADDRESS_BYTES).split(['\n', '\r']).next()?;
    line.split("](").next()?.find(')')
}

/// Whether `address` begins with a scheme that cannot be mistaken for a word before a colon.
fn has_scheme(address: &str) -> bool {
    ["mailto:", "tel:", "javascript:"].iter().any(|scheme| address.starts_with(scheme))
        || address
            .split_once("://")
            .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The offset of the closing parenthesis: right after the address, or after a title in quotes.
fn title_end(behind: &str) -> Option<usize> {
    let title = behind.trim_start_matches(is_blank);
    let skipped = behind.len() - title.len();
    if title.starts_with(')') {
        return Some(skipped);
    }
    let quote = title.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let head = head_of(title, TITLE_BYTES).split("](").next()?;
    // A title may itself contain quotes.
    let mut ends = head.match_indices(quote).skip(1).map(|(at, _)| at + 1);
    ends.find_map(|at| {
        let after = head.get(at..)?;
        let tail = after.trim_start_matches(is_blank);
        tail.starts_with(')').then(|| skipped + at + after.len() - tail.len())
    })
}

/// Whether `text` looks like an address: `(sic)` after a bracket is none.
pub(super) fn is_address(text: &str) -> bool {
    let is_scheme = text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+')
    });
    is_scheme || text.starts_with(['/', '#', '.', '?']) || text.contains(['/', '.'])
}
