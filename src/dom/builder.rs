//! Builds a tree from tokens, by the tree construction rules of the HTML standard.
//!
//! The rules are the standard's, mode by mode in the files below; where html5ever reads them differently we follow it,
//! so that trees can be compared node by node. Our additions: the tree is built in place, names are numbers, attributes
//! and text are decoded once, and caps keep the cost of hostile markup in proportion to its size.

mod after;
mod attributes;
mod body;
mod foreign;
mod formatting;
mod head;
mod insert;
mod limits;
mod quirks;
pub(super) mod sheet;
mod stack;
mod table;
#[cfg(test)]
mod tests;

use super::arena::{Dom, NONE, NodeId};
use super::names::{Name, Space};
use super::tokenizer::{self, Content, Doctype, RawTag, Receiver};
use crate::span::Span;
use attributes::{Incoming, Met, Said};
use formatting::Entry;
use limits::Limits;
use stack::Stack;

/// The vocabulary of an element is stored in the bits above its name.
pub(super) const SPACE_SHIFT: u32 = 30;

/// Parses a page or fragment. Never fails: the HTML standard gives every input a tree.
#[cfg(test)]
pub(crate) fn parse(html: &str) -> Dom {
    let mut dom = Dom::default();
    parse_into(&mut dom, html);
    dom
}

/// Like [`parse`], but into `dom`, whose memory is reused.
pub(crate) fn parse_into(dom: &mut Dom, html: &str) {
    let builder = tokenizer::tokenize(html, Builder::new(std::mem::take(dom), html.len()));
    *dom = builder.dom;
}

/// The standard's insertion modes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

impl Mode {
    /// Whether the mode treats white space differently from other text.
    fn splits_text(self) -> bool {
        !matches!(
            self,
            Mode::InBody
                | Mode::Text
                | Mode::InTable
                | Mode::InTableText
                | Mode::InCaption
                | Mode::InTableBody
                | Mode::InRow
                | Mode::InCell
                | Mode::InTemplate
        )
    }
}

/// A token, reduced to what modes distinguish. The rest of a start tag is in [`Incoming`].
#[derive(Clone, Copy, Debug)]
enum Token<'t> {
    Start(Name),
    End(Name),
    /// White space, in modes that treat it differently.
    Space(&'t str),
    Text(&'t str),
    Null,
    EndOfPage,
}

/// Whether a token has been dealt with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Flow {
    Done,
    /// It is to be processed again, in this mode.
    Again(Mode),
}

/// Text directly inside a table, which is moved before the table if it is more than white space.
#[derive(Debug, Default)]
struct Pending {
    text: String,
    source: Span,
}

#[derive(Debug)]
struct Builder {
    dom: Dom,
    mode: Mode,
    /// The mode to which [`Mode::Text`] and [`Mode::InTableText`] return.
    original: Mode,
    templates: Vec<Mode>,
    open: Stack,
    formatting: Vec<Entry>,
    head: NodeId,
    form: NodeId,
    frameset_ok: bool,
    ignore_newline: bool,
    /// Whether content not allowed in a table is being moved before it.
    foster: bool,
    quirks: bool,
    pending: Pending,
    incoming: Incoming,
    said: Said,
    met: Met,
    limits: Limits,
    text_source: Span,
    /// How to read what follows the tag at hand.
    content: Content,
}

impl Builder {
    fn new(mut dom: Dom, bytes: usize) -> Self {
        dom.reset();
        Builder {
            dom,
            mode: Mode::Initial,
            original: Mode::InBody,
            templates: Vec::new(),
            open: Stack::default(),
            formatting: Vec::new(),
            head: NONE,
            form: NONE,
            frameset_ok: true,
            ignore_newline: false,
            foster: false,
            quirks: false,
            pending: Pending::default(),
            incoming: Incoming::default(),
            said: Said::default(),
            met: Met::default(),
            limits: Limits::new(bytes),
            text_source: Span::default(),
            content: Content::Markup,
        }
    }

    fn process(&mut self, token: Token<'_>) {
        loop {
            let flow = if self.is_foreign(&token) { self.foreign(&token) } else { self.step(self.mode, &token) };
            match flow {
                Flow::Done => return,
                Flow::Again(mode) => self.mode = mode,
            }
        }
    }

    #[inline]
    fn step(&mut self, mode: Mode, token: &Token<'_>) -> Flow {
        match mode {
            Mode::InBody => self.in_body(token),
            _ => self.step_elsewhere(mode, token),
        }
    }

    /// All modes but the body's. Kept apart, as nearly all tokens belong there and would be slowed down by this code.
    #[inline(never)]
    fn step_elsewhere(&mut self, mode: Mode, token: &Token<'_>) -> Flow {
        match mode {
            Mode::Initial => self.initial(token),
            Mode::BeforeHtml => self.before_html(token),
            Mode::BeforeHead => self.before_head(token),
            Mode::InHead => self.in_head(token),
            Mode::InHeadNoscript => self.in_head_noscript(token),
            Mode::AfterHead => self.after_head(token),
            Mode::InBody => self.in_body(token),
            Mode::Text => self.in_text(token),
            Mode::InTable => self.in_table(token),
            Mode::InTableText => self.in_table_text(token),
            Mode::InCaption => self.in_caption(token),
            Mode::InColumnGroup => self.in_column_group(token),
            Mode::InTableBody => self.in_table_body(token),
            Mode::InRow => self.in_row(token),
            Mode::InCell => self.in_cell(token),
            Mode::InTemplate => self.in_template(token),
            Mode::AfterBody => self.after_body(token),
            Mode::InFrameset => self.in_frameset(token),
            Mode::AfterFrameset => self.after_frameset(token),
            Mode::AfterAfterBody => self.after_after_body(token),
            Mode::AfterAfterFrameset => self.after_after_frameset(token),
        }
    }

    /// Opens an element in which tags are text.
    fn open_raw(&mut self, name: Name, content: Content) -> Flow {
        self.open_tag(name);
        self.content = content;
        if content != Content::Plaintext {
            self.original = self.mode;
            self.mode = Mode::Text;
        }
        Flow::Done
    }

    fn in_text(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Text(text) | Token::Space(text) => {
                if self.open.current_is(Name::STYLE) {
                    self.dom.sheets.push_str(text);
                } else {
                    self.append_text(text);
                }
                Flow::Done
            }
            Token::EndOfPage => {
                self.open.pop();
                Flow::Again(self.original)
            }
            Token::End(name) => {
                // The name differs only after a frame without an end tag: see `Tokenizer::raw_text_end`.
                let is_own = self.open.current_is(name);
                if name == Name::STYLE {
                    self.end_sheet();
                }
                self.open.pop();
                self.mode = self.original;
                if is_own { Flow::Done } else { Flow::Again(self.original) }
            }
            Token::Start(_) | Token::Null => Flow::Done,
        }
    }

    /// The mode that the innermost open elements require.
    fn mode_by_stack(&self) -> Mode {
        for (at, open) in self.open.list().iter().enumerate().rev() {
            if open.space != Space::Html {
                continue;
            }
            return match open.name {
                Name::TD | Name::TH if at > 0 => Mode::InCell,
                Name::TR => Mode::InRow,
                Name::TBODY | Name::THEAD | Name::TFOOT => Mode::InTableBody,
                Name::CAPTION => Mode::InCaption,
                Name::COLGROUP => Mode::InColumnGroup,
                Name::TABLE => Mode::InTable,
                Name::TEMPLATE => self.templates.last().copied().unwrap_or(Mode::InBody),
                Name::HEAD if at > 0 => Mode::InHead,
                Name::BODY => Mode::InBody,
                Name::FRAMESET => Mode::InFrameset,
                Name::HTML if self.head == NONE => Mode::BeforeHead,
                Name::HTML => Mode::AfterHead,
                _ => continue,
            };
        }
        Mode::InBody
    }

    /// Whether a text is nothing but white space as HTML defines it.
    fn is_space(text: &str) -> bool {
        text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c'))
    }
}

impl Receiver for Builder {
    fn text(&mut self, text: &str, source: Span) {
        let mut rest = text;
        if std::mem::take(&mut self.ignore_newline) {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        self.text_source = source;
        while !rest.is_empty() {
            if !self.mode.splits_text() || self.in_foreign_content() {
                return self.process(Token::Text(rest));
            }
            let space = rest.trim_start_matches([' ', '\n', '\t', '\r', '\x0c']);
            let (space, other) = rest.split_at(rest.len() - space.len());
            if space.is_empty() {
                let end = other.find([' ', '\n', '\t', '\r', '\x0c']).unwrap_or(other.len());
                let (word, after) = other.split_at(end);
                self.process(Token::Text(word));
                rest = after;
            } else {
                self.process(Token::Space(space));
                rest = other;
            }
        }
    }

    fn null(&mut self, source: Span) {
        self.ignore_newline = false;
        self.text_source = source;
        self.process(Token::Null);
    }

    fn start_tag(&mut self, tag: &RawTag<'_>) -> (Content, bool) {
        self.ignore_newline = false;
        self.content = Content::Markup;
        let name = self.dom.names.number(tag.name, tag.key);
        if !self.admits(name, tag.self_closing) {
            return (Content::Markup, true);
        }
        self.receive_attributes(name, tag);
        self.process(Token::Start(name));
        let wanted = match self.content {
            Content::Script => self.incoming.linked_data,
            Content::RawText if name == Name::STYLE => self.is_sheet(tag),
            _ => true,
        };
        (self.content, wanted)
    }

    fn end_tag(&mut self, tag: &RawTag<'_>) {
        self.ignore_newline = false;
        let name = self.dom.names.number(tag.name, tag.key);
        if self.admits_end(name) {
            let before = self.open.len();
            self.incoming = Incoming::default();
            self.process(Token::End(name));
            self.limits.after_end(self.open.len() < before);
        }
    }

    fn comment(&mut self, _raw: &str) {
        self.ignore_newline = false;
        // A comment separates two pieces of text in a table: each is placed on its own.
        if self.mode == Mode::InTableText {
            self.flush_table_text();
        }
    }

    fn doctype(&mut self, doctype: Doctype) {
        self.ignore_newline = false;
        if self.mode == Mode::Initial {
            self.quirks = quirks::are_asked_for(&doctype);
            self.mode = Mode::BeforeHtml;
        }
    }

    fn end(&mut self) {
        self.ignore_newline = false;
        self.process(Token::EndOfPage);
    }

    fn in_foreign_content(&self) -> bool {
        self.open.current().is_some_and(|open| open.space != Space::Html)
    }
}
