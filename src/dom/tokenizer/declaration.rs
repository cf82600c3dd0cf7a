//! Markup that begins with `<!`: comments, the document type, CDATA.

use super::tag::is_space;
use super::{Receiver, Tokenizer};
use memchr::memchr;
use memchr::memmem;

/// A document type declaration. It only matters for whether a paragraph may contain a table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::dom) struct Doctype {
    pub(in crate::dom) name: Option<String>,
    pub(in crate::dom) public: Option<String>,
    pub(in crate::dom) system: Option<String>,
    pub(in crate::dom) force_quirks: bool,
}

impl<R: Receiver> Tokenizer<'_, R> {
    /// Reads the declaration whose `<!` is at `start`.
    pub(super) fn declaration(&mut self, start: usize) {
        const DOCTYPE: &[u8] = b"doctype";
        let rest = self.bytes_from(start + 2);
        if rest.starts_with(b"--") {
            self.comment(start + 4);
        } else if rest.get(..DOCTYPE.len()).is_some_and(|word| word.eq_ignore_ascii_case(DOCTYPE)) {
            self.doctype(start + 2 + DOCTYPE.len());
        } else if rest.starts_with(b"[CDATA[") && self.receiver.in_foreign_content() {
            self.cdata(start + 9);
        } else {
            self.bogus_comment(start + 2);
        }
    }

    /// Anything up to the next `>`.
    pub(super) fn bogus_comment(&mut self, start: usize) {
        let end = memchr(b'>', self.bytes_from(start)).map_or(self.page.len(), |found| start + found);
        self.receiver.comment(self.slice(start, end));
        self.at = (end + 1).min(self.page.len());
    }

    /// A comment whose text begins at `start`.
    fn comment(&mut self, start: usize) {
        let text = self.bytes_from(start);
        let mut from = 0;
        while let Some(found) = memchr(b'>', text.get(from..).unwrap_or_default()) {
            let close = from + found;
            let before = text.get(..close).unwrap_or_default();
            let end = match before {
                // `<!-->` or `<!--->`: closed before it began.
                b"" | b"-" => Some(0),
                [.., b'-', b'-'] => Some(close - 2),
                [.., b'-', b'-', b'!'] => Some(close - 3),
                _ => None,
            };
            if let Some(end) = end {
                self.receiver.comment(self.slice(start, start + end));
                self.at = start + close + 1;
                return;
            }
            from = close + 1;
        }
        // Left open: the beginning of a `--!>` at the end of the page is not part of the comment.
        let cut = match text {
            [.., b'-', b'-', b'!'] => 3,
            [.., b'-', b'-'] => 2,
            [.., b'-'] => 1,
            _ => 0,
        };
        self.receiver.comment(self.slice(start, self.page.len() - cut));
        self.at = self.page.len();
    }

    pub(super) fn cdata(&mut self, start: usize) {
        self.at = start;
        let found = memmem::find(self.bytes_from(start), b"]]>");
        self.cdata_text(found.map_or(self.page.len(), |found| start + found));
        self.at = found.map_or(self.page.len(), |found| start + found + 3);
    }

    /// A document type; `start` is right after the keyword. A `>` ends it, even inside quotes.
    fn doctype(&mut self, start: usize) {
        let end = memchr(b'>', self.bytes_from(start));
        let text = self.slice(start, end.map_or(self.page.len(), |found| start + found));
        let (mut doctype, beyond) = read_doctype(text);
        doctype.force_quirks |= end.is_none() && !beyond;
        self.receiver.doctype(doctype);
        self.at = end.map_or(self.page.len(), |found| start + found + 1);
    }
}

/// Also returns whether a complete declaration is followed by anything. That is ignored, even if the page ends in it.
fn read_doctype(text: &str) -> (Doctype, bool) {
    let mut doctype = Doctype::default();
    let text = trim_start(text);
    let (name, rest) = text.split_at(text.bytes().position(is_space).unwrap_or(text.len()));
    if name.is_empty() {
        doctype.force_quirks = true;
        return (doctype, false);
    }
    doctype.name = Some(super::lower_case(name).into_owned());
    let rest = trim_start(rest);
    let Some((keyword, rest)) = rest.split_at_checked(6) else {
        doctype.force_quirks = !rest.is_empty();
        return (doctype, false);
    };
    let complete = if keyword.eq_ignore_ascii_case("public") {
        identifier(rest, &mut doctype.public).and_then(|rest| {
            if trim_start(rest).is_empty() { Some(rest) } else { identifier(rest, &mut doctype.system) }
        })
    } else if keyword.eq_ignore_ascii_case("system") {
        identifier(rest, &mut doctype.system)
    } else {
        None
    };
    doctype.force_quirks = complete.is_none();
    let beyond = complete.is_some_and(|rest| !trim_start(rest).is_empty());
    (doctype, beyond)
}

/// Reads a quoted identifier and returns what follows it; `None` if it is missing or left open.
fn identifier<'t>(text: &'t str, out: &mut Option<String>) -> Option<&'t str> {
    let text = trim_start(text);
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let text = text.strip_prefix(quote)?;
    let (value, rest) = match text.split_once(quote) {
        Some((value, rest)) => (value, Some(rest)),
        None => (text, None),
    };
    let mut decoded = String::with_capacity(value.len());
    super::text::decode(value, None, &mut decoded);
    *out = Some(decoded);
    rest
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| u8::try_from(c).is_ok_and(is_space))
}
