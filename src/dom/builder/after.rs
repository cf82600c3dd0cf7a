//! The modes for templates and frames, and those after the body.

use super::{Builder, Flow, Mode, Token};
use crate::dom::names::{Name, flags::METADATA};
use Flow::{Again, Done};

impl Builder {
    pub(super) fn in_template(&mut self, token: &Token<'_>) -> Flow {
        let mode = match *token {
            Token::Text(_) | Token::Space(_) => return self.in_body(token),
            Token::Start(name) if name.is(METADATA) => return self.in_head(token),
            Token::End(Name::TEMPLATE) => return self.in_head(token),
            Token::Start(Name::CAPTION | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD) => Mode::InTable,
            Token::Start(Name::COL) => Mode::InColumnGroup,
            Token::Start(Name::TR) => Mode::InTableBody,
            Token::Start(Name::TD | Name::TH) => Mode::InRow,
            Token::Start(_) => Mode::InBody,
            Token::EndOfPage => {
                if !self.open.has(Name::TEMPLATE) {
                    return Done;
                }
                self.close_template();
                return Again(self.mode_by_stack());
            }
            Token::End(_) | Token::Null => return Done,
        };
        self.templates.pop();
        self.templates.push(mode);
        Again(mode)
    }

    pub(super) fn after_body(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(_) | Token::Start(Name::HTML) => self.in_body(token),
            Token::End(Name::HTML) => {
                self.mode = Mode::AfterAfterBody;
                Done
            }
            Token::EndOfPage => Done,
            _ => Again(Mode::InBody),
        }
    }

    pub(super) fn in_frameset(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(text) => self.append_text(text),
            Token::Start(Name::HTML) => return self.in_body(token),
            Token::Start(Name::FRAMESET) => {
                self.open_tag(Name::FRAMESET);
            }
            Token::End(Name::FRAMESET) if self.open.len() > 1 => {
                self.open.pop();
                if !self.open.current_is(Name::FRAMESET) {
                    self.mode = Mode::AfterFrameset;
                }
            }
            Token::Start(Name::FRAME) => {
                self.insert_tag(Name::FRAME);
            }
            Token::Start(Name::NOFRAMES) => return self.in_head(token),
            _ => {}
        }
        Done
    }

    pub(super) fn after_frameset(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(text) => self.append_text(text),
            Token::Start(Name::HTML) => return self.in_body(token),
            Token::End(Name::HTML) => self.mode = Mode::AfterAfterFrameset,
            Token::Start(Name::NOFRAMES) => return self.in_head(token),
            _ => {}
        }
        Done
    }

    pub(super) fn after_after_body(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(_) | Token::Start(Name::HTML) => self.in_body(token),
            Token::EndOfPage => Done,
            _ => Again(Mode::InBody),
        }
    }

    pub(super) fn after_after_frameset(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(_) | Token::Start(Name::HTML) => self.in_body(token),
            Token::Start(Name::NOFRAMES) => self.in_head(token),
            _ => Done,
        }
    }
}
