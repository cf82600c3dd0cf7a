//! The modes before the body.

use super::insert::Place;
use super::{Builder, Flow, Mode, Token};
use crate::dom::arena::ROOT;
use crate::dom::names::{Name, Space, flags::*};
use crate::dom::tokenizer::Content;
use crate::span::Span;
use Flow::{Again, Done};

impl Builder {
    pub(super) fn initial(&mut self, token: &Token<'_>) -> Flow {
        if let Token::Space(_) = token {
            return Done;
        }
        self.quirks = true;
        Again(Mode::BeforeHtml)
    }

    pub(super) fn before_html(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(_) => Done,
            Token::Start(Name::HTML) => {
                self.create_root(self.incoming.attributes, self.incoming.source);
                self.mode = Mode::BeforeHead;
                Done
            }
            Token::End(name) if !matches!(name, Name::HEAD | Name::BODY | Name::HTML | Name::BR) => Done,
            _ => {
                self.create_root(Span::default(), Span::default());
                Again(Mode::BeforeHead)
            }
        }
    }

    fn create_root(&mut self, attributes: Span, source: Span) {
        let html = self.create(Name::HTML, Space::Html, attributes, source);
        self.dom.insert(Place::last_of(ROOT), html);
        self.push(html, Name::HTML, Space::Html);
    }

    pub(super) fn before_head(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(_) => Done,
            Token::Start(Name::HTML) => self.in_body(token),
            Token::Start(Name::HEAD) => {
                self.head = self.open_tag(Name::HEAD);
                self.mode = Mode::InHead;
                Done
            }
            Token::End(name) if !matches!(name, Name::HEAD | Name::BODY | Name::HTML | Name::BR) => Done,
            _ => {
                self.head = self.open_implied(Name::HEAD);
                Again(Mode::InHead)
            }
        }
    }

    pub(super) fn in_head(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(text) => {
                self.append_text(text);
                Done
            }
            Token::Start(Name::HTML) => self.in_body(token),
            Token::Start(Name::TITLE) => self.open_raw(Name::TITLE, Content::Rcdata),
            Token::Start(Name::SCRIPT) => self.open_raw(Name::SCRIPT, Content::Script),
            Token::Start(name @ (Name::NOFRAMES | Name::STYLE)) => self.open_raw(name, Content::RawText),
            Token::Start(Name::NOSCRIPT) => {
                self.open_tag(Name::NOSCRIPT);
                self.mode = Mode::InHeadNoscript;
                Done
            }
            Token::Start(Name::TEMPLATE) => {
                self.push_marker();
                self.frameset_ok = false;
                self.mode = Mode::InTemplate;
                self.templates.push(Mode::InTemplate);
                self.open_tag(Name::TEMPLATE);
                Done
            }
            Token::Start(name) if name.is(METADATA) => {
                self.insert_tag(name);
                Done
            }
            Token::End(Name::HEAD) => {
                self.open.pop();
                self.mode = Mode::AfterHead;
                Done
            }
            Token::End(Name::TEMPLATE) => {
                if self.open.has(Name::TEMPLATE) {
                    self.open.close_implied(THOROUGH_END);
                    self.close_template();
                    self.mode = self.mode_by_stack();
                }
                Done
            }
            Token::Start(Name::HEAD) => Done,
            Token::End(name) if !matches!(name, Name::BODY | Name::HTML | Name::BR) => Done,
            _ => {
                self.open.pop();
                Again(Mode::AfterHead)
            }
        }
    }

    pub(super) fn close_template(&mut self) {
        self.open.pop_through(Name::TEMPLATE);
        self.clear_to_marker();
        self.templates.pop();
    }

    pub(super) fn in_head_noscript(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Start(Name::HTML) => self.in_body(token),
            Token::End(Name::NOSCRIPT) => {
                self.open.pop();
                self.mode = Mode::InHead;
                Done
            }
            Token::Space(_)
            | Token::Start(Name::BASEFONT | Name::BGSOUND | Name::LINK | Name::META | Name::NOFRAMES | Name::STYLE) => {
                self.in_head(token)
            }
            Token::Start(Name::HEAD | Name::NOSCRIPT) => Done,
            Token::End(name) if name != Name::BR => Done,
            _ => {
                self.open.pop();
                Again(Mode::InHead)
            }
        }
    }

    pub(super) fn after_head(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(text) => {
                self.append_text(text);
                Done
            }
            Token::Start(Name::HTML) => self.in_body(token),
            Token::Start(Name::BODY) => {
                self.open_tag(Name::BODY);
                self.frameset_ok = false;
                self.mode = Mode::InBody;
                Done
            }
            Token::Start(Name::FRAMESET) => {
                self.open_tag(Name::FRAMESET);
                self.mode = Mode::InFrameset;
                Done
            }
            Token::Start(name) if name.is(METADATA) => {
                let head = self.head;
                self.push(head, Name::HEAD, Space::Html);
                let flow = self.in_head(token);
                self.open.remove_node(head);
                flow
            }
            Token::End(Name::TEMPLATE) => self.in_head(token),
            Token::Start(Name::HEAD) => Done,
            Token::End(name) if !matches!(name, Name::BODY | Name::HTML | Name::BR) => Done,
            _ => {
                self.open_implied(Name::BODY);
                Again(Mode::InBody)
            }
        }
    }
}
