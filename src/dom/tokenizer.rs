//! Splits HTML into tokens, with the whole page at hand.
//!
//! The tokenizer of the HTML standard, laid out for speed: it searches for the few bytes that end a run instead of
//! stepping from character to character, hands out ranges of the page instead of copies, and leaves it to the receiver
//! to decode what it wants. html5ever's tokenizer takes chunks as they come over the network and spends four fifths of
//! a parse on it.

mod declaration;
mod raw_text;
mod reference;
mod script;
mod tag;
mod text;

#[cfg(test)]
mod html5lib;

pub(super) use declaration::Doctype;
pub(super) use tag::{RawAttribute, RawTag, lower_case};
pub(super) use text::decode_attribute;

use crate::span::Span;
use memchr::{memchr, memchr2};

/// How to read the characters after a start tag.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Content {
    /// Text and tags.
    Markup,
    /// Text and character references up to the end tag of the same name.
    Rcdata,
    /// Text up to the end tag of the same name.
    RawText,
    /// The same, with the special rules for `<!--` in scripts.
    Script,
    /// Text to the end of the page.
    Plaintext,
}

/// Receives the tokens.
pub(super) trait Receiver {
    /// Decoded text. A run of text may take several calls.
    fn text(&mut self, text: &str, source: Span);
    /// A NUL outside raw text. What becomes of it depends on the tree.
    fn null(&mut self, source: Span);
    /// Returns how to read what follows, and whether raw text is wanted.
    fn start_tag(&mut self, tag: &RawTag<'_>) -> (Content, bool);
    fn end_tag(&mut self, tag: &RawTag<'_>);
    /// A comment, with its text exactly as in the page.
    fn comment(&mut self, raw: &str);
    fn doctype(&mut self, doctype: Doctype);
    fn end(&mut self);
    /// Whether `<![CDATA[` has a meaning here.
    fn in_foreign_content(&self) -> bool;
}

/// Reads one page.
pub(super) struct Tokenizer<'p, R> {
    page: &'p str,
    /// Everything before this offset is done.
    at: usize,
    receiver: R,
    tag: RawTag<'p>,
    /// Whether the text at hand has an `&`.
    reference: bool,
    /// Whether the page has a NUL or a carriage return anywhere; most have neither.
    unusual: bool,
    scratch: String,
}

/// What begins at a `<` that is not plain text.
enum Markup {
    StartTag,
    EndTag,
    /// `</>`, which is ignored.
    Empty,
    /// `<!`
    Declaration,
    /// `<?`, or `</` before anything but a letter.
    BogusComment,
    EndOfPage,
}

/// Sends all tokens of `page`, except for a byte order mark, to `receiver`, and returns it.
pub(super) fn tokenize<R: Receiver>(page: &str, receiver: R) -> R {
    let mut tokenizer = Tokenizer::new(page, receiver);
    if page.starts_with('\u{feff}') {
        tokenizer.at = '\u{feff}'.len_utf8();
    }
    tokenizer.run(Content::Markup, true)
}

impl<'p, R: Receiver> Tokenizer<'p, R> {
    fn new(page: &'p str, receiver: R) -> Self {
        let unusual = memchr2(0, b'\r', page.as_bytes()).is_some();
        Tokenizer { page, at: 0, receiver, tag: RawTag::default(), reference: false, unusual, scratch: String::new() }
    }

    /// Reads to the end of the page, beginning with `content`.
    fn run(mut self, content: Content, wanted: bool) -> R {
        self.content(content, wanted);
        loop {
            let (end, markup) = self.next_markup();
            self.text(end);
            match markup {
                Markup::StartTag => {
                    if self.read_tag(end, end + 1) {
                        let (content, wanted) = self.receiver.start_tag(&self.tag);
                        self.content(content, wanted);
                    }
                }
                Markup::EndTag => {
                    if self.read_tag(end, end + 2) {
                        self.receiver.end_tag(&self.tag);
                    }
                }
                Markup::Empty => self.at = end + 3,
                Markup::Declaration => self.declaration(end),
                Markup::BogusComment => {
                    self.bogus_comment(if self.byte(end + 1) == Some(b'?') { end + 1 } else { end + 2 })
                }
                Markup::EndOfPage => break,
            }
        }
        self.receiver.end();
        self.receiver
    }

    fn content(&mut self, content: Content, wanted: bool) {
        match content {
            Content::Markup => {}
            Content::Plaintext => self.raw_text(self.page.len(), wanted),
            Content::Rcdata => self.rcdata(wanted),
            Content::RawText => {
                let end = self.raw_text_end(self.at);
                self.raw_text(end, wanted);
            }
            Content::Script => {
                let end = self.script_end();
                self.raw_text(end, wanted);
            }
        }
    }

    /// Where the text that begins here ends, and what follows it.
    fn next_markup(&mut self) -> (usize, Markup) {
        let mut from = self.at;
        self.reference = false;
        loop {
            let rest = self.bytes_from(from);
            // Half of all tags follow another one directly. Checking for that costs less than a search.
            let found = if rest.first() == Some(&b'<') {
                Some(0)
            } else if self.reference {
                memchr(b'<', rest)
            } else {
                memchr2(b'<', b'&', rest)
            };
            let Some(found) = found else { return (self.page.len(), Markup::EndOfPage) };
            let at = from + found;
            if self.byte(at) == Some(b'&') {
                self.reference = true;
                from = at + 1;
                continue;
            }
            let markup = match self.byte(at + 1) {
                Some(byte) if byte.is_ascii_alphabetic() => Markup::StartTag,
                Some(b'/') => match self.byte(at + 2) {
                    Some(byte) if byte.is_ascii_alphabetic() => Markup::EndTag,
                    Some(b'>') => Markup::Empty,
                    Some(_) => Markup::BogusComment,
                    None => return (self.page.len(), Markup::EndOfPage),
                },
                Some(b'!') => Markup::Declaration,
                Some(b'?') => Markup::BogusComment,
                _ => {
                    from = at + 1;
                    continue;
                }
            };
            return (at, markup);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.page.as_bytes().get(at).copied()
    }

    fn bytes_from(&self, at: usize) -> &'p [u8] {
        self.page.as_bytes().get(at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'p str {
        slice(self.page, start, end)
    }
}

/// Part of the page. Offsets are always next to an ASCII character, so they are character boundaries.
fn slice(page: &str, start: usize, end: usize) -> &str {
    page.get(start..end).unwrap_or_default()
}
