//! SVG and MathML.

use super::{Builder, Flow, Token};
use crate::dom::names::{Name, Space, flags::*};
use Flow::Done;

impl Builder {
    /// Whether the rules for SVG and MathML apply to this token.
    pub(super) fn is_foreign(&self, token: &Token<'_>) -> bool {
        let Some(current) = self.open.current() else { return false };
        if current.space == Space::Html {
            return false;
        }
        let html = match *token {
            Token::EndOfPage => true,
            Token::Text(_) | Token::Space(_) | Token::Null => current.is(MATH_TEXT | HTML_INSIDE | ANNOTATION),
            Token::Start(name) => {
                current.is(MATH_TEXT) && !matches!(name, Name::MGLYPH | Name::MALIGNMARK)
                    || current.is(HTML_INSIDE | ANNOTATION)
                    || name == Name::SVG && current.space == Space::MathMl && current.name == Name::ANNOTATION_XML
            }
            Token::End(_) => false,
        };
        !html
    }

    pub(super) fn foreign(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Null => self.append_text("\u{fffd}"),
            Token::Text(text) | Token::Space(text) => {
                if self.frameset_ok && !Self::is_space(text) {
                    self.frameset_ok = false;
                }
                self.append_text(text);
            }
            Token::Start(name) if name.is(BREAKOUT) || name == Name::FONT && self.incoming.html_font => {
                return self.break_out(token);
            }
            Token::End(Name::BR | Name::P) => return self.break_out(token),
            Token::Start(name) => {
                let space = self.open.current().map_or(Space::Html, |open| open.space);
                self.open_foreign(name, space);
            }
            Token::End(name) => return self.foreign_end(name, token),
            Token::EndOfPage => {}
        }
        Done
    }

    fn break_out(&mut self, token: &Token<'_>) -> Flow {
        while self.open.current().is_some_and(|open| open.space != Space::Html && !open.is(MATH_TEXT | HTML_INSIDE)) {
            self.open.pop();
        }
        self.step(self.mode, token)
    }

    fn foreign_end(&mut self, name: Name, token: &Token<'_>) -> Flow {
        for (at, open) in self.open.list().iter().enumerate().skip(1).rev() {
            if open.space == Space::Html {
                return self.step(self.mode, token);
            }
            if open.name == name {
                self.open.truncate(at);
                return Done;
            }
        }
        Done
    }
}
