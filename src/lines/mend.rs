//! Blanks out unbalanced markup before parsing: in flattened text it would swallow the rest of the page.

use super::line::head_of;
use memchr::memmem;
use std::borrow::Cow;

/// Elements whose content is not parsed as markup. Without their end tag, the rest of the page is lost.
const SWALLOWING: [&str; 9] =
    ["iframe", "textarea", "title", "xmp", "noembed", "noframes", "plaintext", "script", "style"];

/// Maximum length of a tag in bytes. Bounds the work on a page that consists of nothing but tag starts.
const TAG_BYTES: usize = 2048;
/// Maximum length of an end tag's name in bytes.
const NAME_BYTES: usize = 12;
/// Maximum length of the white space between the name and `>` in bytes.
const CLOSE_BYTES: usize = 64;

/// The text with unbalanced markup replaced by spaces, byte for byte, so that all offsets stay valid.
pub(crate) fn mend(text: &str) -> Cow<'_, str> {
    let mut blank: Vec<(usize, usize)> = Vec::new();
    for name in SWALLOWING {
        let opened = tags(text, "<", name);
        if opened.is_empty() {
            continue;
        }
        let closed = tags(text, "</", name).last().copied();
        let lost = opened.into_iter().filter(|&at| closed.is_none_or(|end| end < at));
        blank.extend(lost.map(|at| (at, end_of_tag(text, at))));
    }
    if let Some(at) = memmem::rfind(text.as_bytes(), b"<!--")
        && text.get(at..).is_some_and(|rest| !rest.contains("-->"))
    {
        blank.push((at, at + 4));
    }
    cdata(text, &mut blank);
    torn_ends(text, &mut blank);
    torn_values(text, &mut blank);
    if blank.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut mended = text.as_bytes().to_vec();
    for (start, end) in blank {
        if let Some(lost) = mended.get_mut(start..end) {
            lost.fill(b' ');
        }
    }
    String::from_utf8(mended).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where tags of this name begin. Ignores case.
fn tags(text: &str, mark: &str, name: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let at_name = |at: usize| {
        let start = at + mark.len();
        let after = bytes.get(start + name.len());
        bytes.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && after.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
    };
    memmem::find_iter(bytes, mark.as_bytes()).filter(|&at| at_name(at)).collect()
}

/// Blanks the marks around character data in a feed. In HTML, the first would be a comment that ends with the next `>`, and the
/// second is text.
fn cdata(text: &str, blank: &mut Vec<(usize, usize)>) {
    let marks = |mark: &'static str| memmem::find_iter(text.as_bytes(), mark).map(|at| (at, at + mark.len()));
    let mut ends = marks("]]>").peekable();
    for opened in marks("<![CDATA[") {
        blank.push(opened);
        while ends.next_if(|end| end.0 < opened.1).is_some() {}
        blank.extend(ends.next());
    }
}

/// Blanks end tags without `>` at the end of their line: a parser would read all text up to the next `>` as attributes.
fn torn_ends(text: &str, blank: &mut Vec<(usize, usize)>) {
    let bytes = text.as_bytes();
    for at in memmem::find_iter(bytes, b"</") {
        let name = bytes.get(at + 2..).unwrap_or_default();
        let length = name.iter().take(NAME_BYTES).take_while(|b| b.is_ascii_alphanumeric()).count();
        let after = name.get(length..).unwrap_or_default();
        let is_name = name.first().is_some_and(u8::is_ascii_alphabetic);
        let is_line = after.first().is_none_or(|b| matches!(b, b'\n' | b'\r'));
        let is_closed = after.iter().take(CLOSE_BYTES).find(|b| !b.is_ascii_whitespace()) == Some(&b'>');
        if is_name && is_line && !is_closed {
            blank.push((at, at + 2 + length));
        }
    }
}

/// Blanks tags that were cut off within a value (`<div style="width:300px` before `Advertisement</div>`): a parser
/// would read all text up to the next quote, which opens another value, as part of this one.
fn torn_values(text: &str, blank: &mut Vec<(usize, usize)>) {
    let bytes = text.as_bytes();
    let mut quotes = [Ahead::default(); 2];
    for equals in memmem::find_iter(bytes, b"=\"").chain(memmem::find_iter(bytes, b"='")) {
        let start = equals + 2;
        let quote = bytes.get(equals + 1).copied().unwrap_or_default();
        let end = quotes[usize::from(quote == b'\'')].find(bytes, quote, start);
        let value = bytes.get(start..end.min(start + TAG_BYTES)).unwrap_or_default();
        // The value is torn if it contains a tag and the next quote does not look like a closing one.
        let holds_tag = value.windows(2).any(|two| two[0] == b'<' && (two[1].is_ascii_alphabetic() || two[1] == b'/'));
        let is_closed = bytes.get(end + 1).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        if !holds_tag || is_closed {
            continue;
        }
        let head = bytes.get(equals.saturating_sub(TAG_BYTES)..equals).unwrap_or_default();
        let Some(open) = head.iter().rposition(|b| matches!(b, b'<' | b'>')).filter(|&at| head.get(at) == Some(&b'<'))
        else {
            continue;
        };
        let is_tag = head.get(open + 1).is_some_and(u8::is_ascii_alphabetic);
        // Non-ASCII characters right after the remains of the value are text.
        let rest = value.iter().take_while(|b| b.is_ascii_graphic() && **b != b'<').count();
        if is_tag {
            blank.push((equals - (head.len() - open), start + rest));
        }
    }
}

/// Remembers the next occurrence of a byte, so that the text is searched only once.
#[derive(Clone, Copy, Debug, Default)]
struct Ahead(Option<usize>);

impl Ahead {
    /// The position of the first `byte` from `start` on, or the length of `bytes`; `start` never decreases.
    fn find(&mut self, bytes: &[u8], byte: u8, start: usize) -> usize {
        if let Some(at) = self.0.filter(|&at| at >= start) {
            return at;
        }
        let rest = bytes.get(start..).unwrap_or_default();
        let at = memchr::memchr(byte, rest).map_or(bytes.len(), |at| start + at);
        self.0 = Some(at);
        at
    }
}

/// The end of the tag that begins at `at`; if it is unclosed, the end of its name.
fn end_of_tag(text: &str, at: usize) -> usize {
    let rest = head_of(text.get(at..).unwrap_or_default(), TAG_BYTES);
    let length = rest.find('>').map(|end| end + 1);
    at + length.unwrap_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves() {
        let cases = [
            ("no end tag", "a <iframe src=\"x\"> b <p>c</p>", "a                  b <p>c</p>"),
            ("case", "a <IFRAME> b", "a          b"),
            ("near miss: closed", "a <iframe></iframe> b", "a <iframe></iframe> b"),
            ("near miss: another name", "a <titles> <style-x> b", "a <titles> <style-x> b"),
            ("second not closed", "<style>x</style> <style> b", "<style>x</style>         b"),
            ("comment", "a <!-- b", "a      b"),
            ("near miss: comment", "a <!-- b --> c", "a <!-- b --> c"),
            ("tag without end", "a <script b", "a         b"),
            ("end tag without end", "<p>a</p\nb <b>c</b>", "<p>a   \nb <b>c</b>"),
            (
                "torn in a value",
                "<p id=\"a\">b</p><i s=\"w:1길</i> <p id=\"c\">d",
                "<p id=\"a\">b</p>         길</i> <p id=\"c\">d",
            ),
            ("near miss: a tag in a value", "<a b=\"x('<i>')\" c=\"d\">e</a>", "<a b=\"x('<i>')\" c=\"d\">e</a>"),
            ("near miss: said in prose", "he wrote x=\"<b>y\"z", "he wrote x=\"<b>y\"z"),
            ("character data", "<title><![CDATA[a]]></title>", "<title>         a   </title>"),
            ("near miss: an end in code", "<![CDATA[a]]> b[c[0]]> d", "         a    b[c[0]]> d"),
            ("near miss: an end alone", "if a[b[0]]> c", "if a[b[0]]> c"),
            ("near miss: closed on the next line", "a</div\n  >b", "a</div\n  >b"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(mend(text), expected, "{name}");
        }
    }
}
