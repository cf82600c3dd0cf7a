//! The `name: value` fields at the start of a WARC record or an HTTP response.

use std::borrow::Cow;

/// Maximum length of a head in bytes. Real ones have a few hundred, with long cookies some thousand.
pub(super) const MAX_HEAD_BYTES: usize = 64 << 10;

/// The end of a head.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum HeadEnd {
    /// After its empty line, at this offset.
    At(usize),
    /// Another head begins before the empty line.
    Never,
    /// Not within these bytes.
    Later,
}

/// Finds the end of the head at the start of `bytes`. `is_start` recognises the first line of a head.
pub(super) fn head_end(bytes: &[u8], is_start: impl Fn(&[u8]) -> bool) -> HeadEnd {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        match bytes.get(start..end).unwrap_or_default() {
            b"" | b"\r" => return HeadEnd::At(end + 1),
            line if start > 0 && is_start(line) => return HeadEnd::Never,
            _ => start = end + 1,
        }
    }
    HeadEnd::Later
}

/// The fields of a head. Lines that are not fields are ignored, to read as much as possible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    lines: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Skips the first line of `head`, which is no field.
    pub(super) fn of(head: &'a [u8]) -> Fields<'a> {
        let first = memchr::memchr(b'\n', head).map_or(head.len(), |end| end + 1);
        Fields { lines: head.get(first..).unwrap_or_default() }
    }

    /// The value of the first field of this name. In old heads, lines that begin with a space continue the value.
    pub(super) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        let mut lines = self.lines.split(|&byte| byte == b'\n');
        let value = lines.find_map(|line| value(line, name))?;
        let mut value = String::from_utf8_lossy(value.trim_ascii());
        for more in lines.take_while(|line| line.starts_with(b" ") || line.starts_with(b"\t")) {
            let value = value.to_mut();
            value.push(' ');
            value.push_str(&String::from_utf8_lossy(more.trim_ascii()));
        }
        Some(value)
    }

    /// Whether more than one field has this name.
    pub(super) fn is_repeated(self, name: &str) -> bool {
        self.lines.split(|&byte| byte == b'\n').filter_map(|line| value(line, name)).nth(1).is_some()
    }
}

/// The value in a line, if it is a field of this name.
fn value<'a>(line: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let colon = memchr::memchr(b':', line)?;
    let (key, value) = line.split_at_checked(colon)?;
    key.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes()).then(|| value.get(1..).unwrap_or_default())
}

/// The value of a `Content-Type` field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct ContentType {
    /// The media type in lower case, such as `text/html`; empty if missing.
    pub(super) essence: String,
    pub(super) charset: Option<String>,
}

impl ContentType {
    pub(super) fn parse(value: &str) -> ContentType {
        let mut parts = value.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        ContentType { essence, charset }
    }

    /// Whether it may be a page: any dialect of HTML, plain text, or undeclared content.
    pub(super) fn is_page(&self) -> bool {
        self.essence.is_empty() || self.essence.contains("html") || self.essence == "text/plain"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_head_ends() {
        use HeadEnd::{At, Later, Never};
        let cases: [(&str, &[u8], HeadEnd); 9] = [
            ("as in the standard", b"A\r\nb: c\r\n\r\nbody", At(11)),
            ("line feeds alone", b"A\nb: c\n\nbody\n\n", At(8)),
            ("mixed", b"A\r\n\nbody", At(4)),
            ("nothing but its end", b"\r\n", At(2)),
            ("another head", b"A\r\nb: c\r\nA\r\n\r\n", Never),
            ("near miss: another head behind it", b"A\r\n\r\nA\r\n", At(5)),
            ("near miss: a line of spaces", b"A\r\n \r\nbody", Later),
            ("near miss: cut in its end", b"A\r\n\r", Later),
            ("nothing", b"", Later),
        ];
        for (name, bytes, end) in cases {
            assert_eq!(head_end(bytes, |line| line.starts_with(b"A")), end, "{name}");
        }
    }

    #[test]
    fn values() {
        let head = b"First: no field\r\nPlain: one two \r\nempty:\r\nno colon\r\nTIGHT:x:y\r\nspaced : z\nfolded: a\r\n b\r\n\tc\r\nPlain: later\r\nodd: \xff\r\n\r\n";
        let cases = [
            ("plain", Some("one two")),
            ("Empty", Some("")),
            ("tight", Some("x:y")),
            ("spaced", Some("z")),
            ("folded", Some("a b c")),
            ("odd", Some("\u{fffd}")),
            ("first", None),
            ("no colon", None),
            ("pla", None),
        ];
        for (name, value) in cases {
            assert_eq!(Fields::of(head).get(name).as_deref(), value, "{name}");
        }
        assert!(Fields::of(head).is_repeated("plain") && !Fields::of(head).is_repeated("empty"));
    }

    #[test]
    fn content_types() {
        let cases = [
            ("text/html", "text/html", None, true),
            ("Text/HTML; charset=EUC-KR", "text/html", Some("EUC-KR"), true),
            ("text/html;x=y; Charset = \"utf-8\" ", "text/html", Some("utf-8"), true),
            ("application/xhtml+xml", "application/xhtml+xml", None, true),
            ("text/plain;charset=", "text/plain", None, true),
            ("", "", None, true),
            ("near miss: text/css", "near miss: text/css", None, false),
            ("application/rss+xml", "application/rss+xml", None, false),
            ("image/png; charset=utf-8", "image/png", Some("utf-8"), false),
        ];
        for (value, essence, charset, is_page) in cases {
            let parsed = ContentType::parse(value);
            assert_eq!((parsed.essence.as_str(), parsed.charset.as_deref()), (essence, charset), "{value}");
            assert_eq!(parsed.is_page(), is_page, "{value}");
        }
    }
}
