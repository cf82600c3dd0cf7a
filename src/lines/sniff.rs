//! Detects the kind of input: HTML, flattened text, or flattened text with leftover HTML.
//!
//! Judges by the structure of apparent tags, not by their number: a text about HTML has many, and a short page has few.
//! One scan from `<` to `<`.

use super::line::{head_of, is_blank, tail_of};
use crate::types::Input;
use memchr::memchr;

/// Bytes at the start of the text in which the tags of a whole page are looked for.
const PAGE_HEAD_BYTES: usize = 64 << 10;
/// Maximum number of open elements; deeper ones are not matched with their end tags.
const MAX_OPEN: usize = 256;
/// Minimum length in bytes of prose in an element. Shorter text may be code or a mention.
const PROSE_BYTES: usize = 40;
/// Minimum share of the text, in percent, that is prose in elements, for the tags to be leftovers.
const PROSE_PERCENT: usize = 9;
/// A fragment of HTML has at most one byte in this many after its last tag. Mixed text has more.
const TAIL_SHARE: usize = 4;
/// Of the signs of code around a mentioned `<br>`, as many as make it one in code.
const CODE_MIN_SIGNS: usize = 2;
/// Prose has at most one sign of code in this many bytes. A sentence with a formula has more.
const BYTES_PER_SIGN: usize = 50;
/// This many leftover `<br>` tags suffice on their own.
const MIN_BREAKS: usize = 2;
const DOCTYPE: &str = "<!doctype";
/// What a document type is of; of feeds and bookmarks too.
const ROOTS: [&str; 6] = ["html", "svg", "math", "wml", "rss", "netscape"];
/// Maximum length of a tag in bytes; inline images take thousands.
const TAG_BYTES: usize = 64 << 10;

/// Detects the kind of `text`.
pub(crate) fn sniff(text: &str) -> Input {
    let text = text.trim_start_matches(is_blank);
    let mut scan = Scan::default();
    scan.run(text);
    if scan.page || scan.starts_with_tag && !scan.is_bare_ended() {
        return Input::Html;
    }
    let left_in = scan.prose * 100 >= scan.text * PROSE_PERCENT && scan.prose > 0 || scan.breaks >= MIN_BREAKS;
    match (scan.tags, left_in) {
        (0, _) => Input::Text,
        _ if scan.starts_with_tag => Input::Html,
        (_, true) => Input::Mixed,
        _ => Input::Text,
    }
}

#[derive(Default)]
struct Scan<'a> {
    /// Whether a doctype, `<html>`, `<head>` or `<body>` was found where a page begins.
    page: bool,
    starts_with_tag: bool,
    tags: usize,
    /// Bytes outside of tags.
    text: usize,
    /// Bytes of prose inside closed elements.
    prose: usize,
    /// Bytes of text since the last tag.
    tail: usize,
    breaks: usize,
    open: Vec<Open<'a>>,
}

struct Open<'a> {
    name: &'a str,
    prose: usize,
}

impl<'a> Scan<'a> {
    fn run(&mut self, text: &'a str) {
        let mut at = 0;
        while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memchr(b'<', rest)) {
            let start = at + found;
            self.plain(text.get(at..start).unwrap_or_default());
            let rest = text.get(start..).unwrap_or_default();
            at = start + self.tag(rest, start, text.get(..start).unwrap_or_default());
            if self.page {
                return;
            }
        }
        self.plain(text.get(at..).unwrap_or_default());
    }

    fn plain(&mut self, text: &str) {
        let length = text.trim_matches(is_blank).len();
        self.text += length;
        self.tail += length;
        if length >= PROSE_BYTES
            && is_prose(text)
            && let Some(open) = self.open.last_mut()
        {
            open.prose += length;
        }
    }

    /// Reads a possible tag at the start of `rest`. Returns its length, or 1.
    fn tag(&mut self, rest: &'a str, start: usize, before: &str) -> usize {
        if let Some(length) = declaration(rest) {
            self.starts_with_tag |= start == 0;
            self.page |= start < PAGE_HEAD_BYTES && is_doctype(rest);
            self.tail = 0;
            return length;
        }
        let Some(tag) = ApparentTag::read(rest) else {
            self.text += 1;
            return 1;
        };
        self.tags += 1;
        self.tail = 0;
        self.starts_with_tag |= start == 0;
        self.page |= start < PAGE_HEAD_BYTES && !tag.end && ["html", "head", "body"].iter().any(|n| tag.is(n));
        if tag.is("br") {
            self.breaks += usize::from(is_left_in(before, rest.get(tag.length..).unwrap_or_default()));
        } else if ["script", "style"].iter().any(|n| tag.is(n)) && !tag.end {
            return tag.length + raw_text(rest, tag);
        } else if tag.end {
            self.close(tag.name);
        } else if !tag.is_void() && self.open.len() < MAX_OPEN {
            self.open.push(Open { name: tag.name, prose: 0 });
        }
        tag.length
    }

    /// Closes the innermost element of this name, and all elements left open inside it.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        self.prose += self.open.drain(at..).map(|open| open.prose).sum::<usize>();
    }

    /// Whether much text follows the last tag, which does not happen in a fragment of HTML.
    fn is_bare_ended(&self) -> bool {
        self.tail * TAIL_SHARE > self.text
    }
}

/// Whether a `<br>` between these texts is a leftover, which touches the words around it. A mentioned `<br>` is between
/// spaces or quotes; in code there are brackets around it.
fn is_left_in(before: &str, after: &str) -> bool {
    let (before, after) = (tail_of(before, PROSE_BYTES), head_of(after, PROSE_BYTES));
    let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '>' | '<'));
    let code = before.bytes().chain(after.bytes()).filter(|b| b"[]{}|=;".contains(b)).count();
    code < CODE_MIN_SIGNS && (touches(before.chars().next_back()) || touches(after.chars().next()))
}

/// The length of `<!doctype …>`, a comment, `<?xml …?>` or a directive of a server page.
fn declaration(rest: &str) -> Option<usize> {
    let ends = match rest.as_bytes().get(1..)? {
        [b'!', b'-', b'-', ..] => "-->",
        [b'!', b'D' | b'd', ..] if !is_doctype(rest) => return None,
        [b'!', b'D' | b'd' | b'[', ..] | [b'?', ..] => ">",
        [b'%', ..] => "%>",
        _ => return None,
    };
    // An unclosed comment runs to the end, as in browsers.
    Some(rest.find(ends).map_or(rest.len(), |at| at + ends.len()))
}

/// Whether a doctype at the start of `rest` is whole. Of a torn one, text follows the word.
fn is_doctype(rest: &str) -> bool {
    let starts = |text: &str, word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let after = rest.get(DOCTYPE.len()..).unwrap_or_default().trim_start_matches(is_blank);
    starts(rest, DOCTYPE) && (after.starts_with('>') || ROOTS.iter().any(|root| starts(after, root)))
}

/// Bytes up to the end tag of an element whose content is not markup; all bytes if it is unclosed.
fn raw_text(rest: &str, tag: ApparentTag) -> usize {
    let inside = rest.as_bytes().get(tag.length..).unwrap_or_default();
    let mut at = 0;
    while let Some(found) = inside.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found;
        let ends = inside.get(at + 1) == Some(&b'/')
            && inside.get(at + 2..at + 2 + tag.name.len()).is_some_and(|n| n.eq_ignore_ascii_case(tag.name.as_bytes()));
        if ends {
            return at;
        }
        at += 1;
    }
    inside.len()
}

/// Whether the text contains few of the characters that are common in code.
fn is_prose(text: &str) -> bool {
    let code = text.bytes().filter(|b| matches!(b, b'{' | b'}' | b'=' | b';' | b'<' | b'\\' | b'_')).count();
    code * BYTES_PER_SIGN <= text.len()
}

/// An apparent HTML tag.
#[derive(Clone, Copy)]
pub(super) struct ApparentTag<'a> {
    name: &'a str,
    end: bool,
    pub(super) length: usize,
}

impl<'a> ApparentTag<'a> {
    pub(super) fn read(rest: &'a str) -> Option<ApparentTag<'a>> {
        let inner = rest.strip_prefix('<')?;
        let end = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let length = inner.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = inner.get(..length)?;
        if !NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        let head = rest.len() - inner.len() + length;
        let after = rest.get(head..)?;
        if !after.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
            return None;
        }
        let attributes = attributes(after)?;
        Some(ApparentTag { name, end, length: head + attributes })
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether the element does not break the line.
    pub(super) fn is_inline(&self) -> bool {
        INLINE.iter().any(|name| self.is(name))
    }

    fn is_void(&self) -> bool {
        ["br", "hr", "img", "input", "link", "meta", "source", "wbr", "path"].iter().any(|name| self.is(name))
    }
}

/// The length of the attributes after a tag's name, including the `>`; `None` if the tag is unclosed.
fn attributes(after: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in after.bytes().take(TAG_BYTES).enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Elements that do not break the line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "img", "ins", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "use", "wbr",
];

/// Elements that occur in article pages. Any other name is more likely a placeholder or a type than a tag.
const NAMES: [&str; 96] = [
    "p",
    "div",
    "span",
    "a",
    "br",
    "li",
    "ul",
    "ol",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "s",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "img",
    "figure",
    "figcaption",
    "picture",
    "source",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "blockquote",
    "q",
    "cite",
    "pre",
    "code",
    "hr",
    "iframe",
    "script",
    "style",
    "noscript",
    "button",
    "input",
    "label",
    "form",
    "select",
    "option",
    "textarea",
    "time",
    "small",
    "sub",
    "sup",
    "mark",
    "del",
    "ins",
    "abbr",
    "address",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "svg",
    "path",
    "video",
    "audio",
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "font",
    "center",
    "template",
    "wbr",
    "object",
    "embed",
    "canvas",
    "fieldset",
    "legend",
    "dialog",
    "amp",
    "g",
    "use",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let prose = "The sun rose over the hills and nobody was there to see how it did so.";
        let cases = [
            ("page", "<!DOCTYPE html><html><body><p>x</p></body></html>".to_owned(), Input::Html),
            ("page behind server directives", "<%@ page language=\"java\" %>\n<html><body>x".to_owned(), Input::Html),
            ("page behind a comment", format!("<!-- saved --><div>{prose}</div>"), Input::Html),
            ("fragment", format!("<div class=\"a\"><p>{prose}</p></div>"), Input::Html),
            ("fragment with a few words behind", format!("<p>{prose}</p> The end"), Input::Html),
            ("text", format!("Title\n\n{prose}"), Input::Text),
            ("empty", String::new(), Input::Text),
            ("comparison", "a < b and c > d <3".to_owned(), Input::Text),
            ("about HTML", format!("Use the <p> tag, or <div class=\"x\">, to do that. {prose}"), Input::Text),
            ("about HTML, with code", format!("{}<p>Hi</p> and {}", prose.repeat(3), prose.repeat(3)), Input::Text),
            ("placeholder", format!("Write to <your name here> or <dyn Error>. {prose}"), Input::Text),
            ("torn doctype", format!("<!DOCTYPE\n소식 &gt; 날씨 class=\"logo\">\n{prose}"), Input::Text),
            ("torn doctype before Latin", format!("<!DOCTYPE\n{prose}"), Input::Text),
            ("doctype on two lines", format!("<!DOCTYPE\n html>\n{prose}"), Input::Html),
            ("island", format!("Title 작성일 12-10 <div class=\"a\"><p>{prose}</p></div> 댓글 0"), Input::Mixed),
            ("near miss: breaks in a diagram", format!("{prose}\nA[\"1<br/>a\"]\nB[\"2<br/>b\"]\n"), Input::Text),
            ("breaks left in", format!("Title {prose}<br>And {prose}<br/>So"), Input::Mixed),
        ];
        for (name, text, expected) in cases {
            assert_eq!(sniff(&text), expected, "{name}");
        }
    }
}
