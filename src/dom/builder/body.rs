//! The mode for most of a page.

use super::{Builder, Flow, Mode, Token};
use crate::dom::arena::NONE;
use crate::dom::names::{Name, Space, flags::*};
use crate::dom::tokenizer::Content;
use Flow::{Again, Done};

impl Builder {
    pub(super) fn in_body(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Text(text) | Token::Space(text) => {
                self.reconstruct_formatting();
                if self.frameset_ok && !Self::is_space(text) {
                    self.frameset_ok = false;
                }
                self.append_text(text);
                Done
            }
            Token::Start(name) => self.start_in_body(name, token),
            Token::End(name) => self.end_in_body(name, token),
            Token::Null => Done,
            Token::EndOfPage if self.templates.is_empty() => Done,
            Token::EndOfPage => self.in_template(token),
        }
    }

    fn start_in_body(&mut self, name: Name, token: &Token<'_>) -> Flow {
        match name {
            Name::HTML => {
                if let Some(html) = self.open.list().first().copied()
                    && !self.open.has(Name::TEMPLATE)
                {
                    self.merge_attributes(html.node);
                }
            }
            name if name.is(METADATA) => return self.in_head(token),
            Name::BODY => {
                if let Some(body) = self.open.list().get(1).copied()
                    && body.is_html(Name::BODY)
                    && !self.open.has(Name::TEMPLATE)
                {
                    self.frameset_ok = false;
                    self.merge_attributes(body.node);
                }
            }
            Name::FRAMESET => {
                if let Some(body) = self.open.list().get(1).copied()
                    && body.is_html(Name::BODY)
                    && self.frameset_ok
                {
                    self.dom.detach(body.node);
                    self.open.truncate(1);
                    self.open_tag(Name::FRAMESET);
                    self.mode = Mode::InFrameset;
                }
            }
            name if name.is(BLOCK) => {
                self.open.close_paragraph();
                self.open_tag(name);
            }
            name if name.is(HEADING) => {
                self.open.close_paragraph();
                if self.open.current().is_some_and(|open| open.is(HEADING)) {
                    self.open.pop();
                }
                self.open_tag(name);
            }
            Name::PRE | Name::LISTING => {
                self.open.close_paragraph();
                self.open_tag(name);
                self.ignore_newline = true;
                self.frameset_ok = false;
            }
            Name::FORM => {
                let in_template = self.open.has(Name::TEMPLATE);
                if self.form == NONE || in_template {
                    self.open.close_paragraph();
                    let form = self.open_tag(Name::FORM);
                    if !in_template {
                        self.form = form;
                    }
                }
            }
            Name::LI | Name::DD | Name::DT => self.open_item(name),
            Name::PLAINTEXT => {
                self.open.close_paragraph();
                return self.open_raw(name, Content::Plaintext);
            }
            Name::BUTTON => {
                if self.open.in_scope(Name::BUTTON, SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                    self.open.pop_through(Name::BUTTON);
                }
                self.open_in_text(name);
                self.frameset_ok = false;
            }
            Name::A => {
                if let Some((_, open)) = self.last_formatting(Name::A) {
                    self.close_formatting(Name::A);
                    self.forget_formatting(open.node);
                }
                self.reconstruct_formatting();
                self.open_formatting(name);
            }
            Name::NOBR => {
                self.reconstruct_formatting();
                if self.open.in_scope(Name::NOBR, SCOPE) {
                    self.close_formatting(Name::NOBR);
                    self.reconstruct_formatting();
                }
                self.open_formatting(name);
            }
            name if name.is(FORMATTING) => {
                self.reconstruct_formatting();
                self.open_formatting(name);
            }
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                self.open_in_text(name);
                self.push_marker();
                self.frameset_ok = false;
            }
            Name::TABLE => {
                if !self.quirks {
                    self.open.close_paragraph();
                }
                self.open_tag(name);
                self.frameset_ok = false;
                self.mode = Mode::InTable;
            }
            Name::AREA | Name::BR | Name::EMBED | Name::IMG | Name::KEYGEN | Name::WBR | Name::IMAGE => {
                self.reconstruct_formatting();
                self.insert_tag(if name == Name::IMAGE { Name::IMG } else { name });
                self.frameset_ok = false;
            }
            Name::INPUT => {
                if self.open.in_scope(Name::SELECT, SCOPE) {
                    self.open.pop_through(Name::SELECT);
                }
                self.reconstruct_formatting();
                self.insert_tag(name);
                self.frameset_ok &= self.incoming.hidden;
            }
            Name::PARAM | Name::SOURCE | Name::TRACK => {
                self.insert_tag(name);
            }
            Name::HR => {
                self.open.close_paragraph();
                if self.open.in_scope(Name::SELECT, SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                }
                self.insert_tag(name);
                self.frameset_ok = false;
            }
            Name::TEXTAREA => {
                self.ignore_newline = true;
                self.frameset_ok = false;
                return self.open_raw(name, Content::Rcdata);
            }
            Name::XMP => {
                self.open.close_paragraph();
                self.reconstruct_formatting();
                self.frameset_ok = false;
                return self.open_raw(name, Content::RawText);
            }
            Name::IFRAME => {
                self.frameset_ok = false;
                return self.open_raw(name, Content::RawText);
            }
            Name::NOEMBED => return self.open_raw(name, Content::RawText),
            Name::SELECT => {
                if self.open.in_scope(Name::SELECT, SCOPE) {
                    self.open.pop_through(Name::SELECT);
                } else {
                    self.open_in_text(name);
                    self.frameset_ok = false;
                }
            }
            Name::OPTION | Name::OPTGROUP => {
                if self.open.in_scope(Name::SELECT, SCOPE) {
                    if name == Name::OPTION {
                        self.open.close_implied_except(Name::OPTGROUP);
                    } else {
                        self.open.close_implied(IMPLIED_END);
                    }
                } else if self.open.current_is(Name::OPTION) {
                    self.open.pop();
                }
                self.open_in_text(name);
            }
            Name::RB | Name::RTC => {
                if self.open.in_scope(Name::RUBY, SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                }
                self.open_tag(name);
            }
            Name::RP | Name::RT => {
                if self.open.in_scope(Name::RUBY, SCOPE) {
                    self.open.close_implied_except(Name::RTC);
                }
                self.open_tag(name);
            }
            Name::MATH => {
                self.reconstruct_formatting();
                self.open_foreign(name, Space::MathMl);
            }
            Name::SVG => {
                self.reconstruct_formatting();
                self.open_foreign(name, Space::Svg);
            }
            Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::FRAME
            | Name::HEAD
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => {}
            _ => self.open_in_text(name),
        }
        Done
    }

    /// Opens an element within text, after reopening formatting elements.
    fn open_in_text(&mut self, name: Name) {
        self.reconstruct_formatting();
        self.open_tag(name);
    }

    fn open_item(&mut self, name: Name) {
        self.frameset_ok = false;
        let mut closes = None;
        for open in self.open.list().iter().rev() {
            let same = match name {
                Name::LI => open.is_html(Name::LI),
                _ => open.is_html(Name::DD) || open.is_html(Name::DT),
            };
            if same {
                closes = Some(open.name);
                break;
            }
            if open.is(SPECIAL) && !matches!(open.name, Name::ADDRESS | Name::DIV | Name::P) {
                break;
            }
        }
        if let Some(closes) = closes {
            self.open.close_implied_except(closes);
            self.open.pop_through(closes);
        }
        self.open.close_paragraph();
        self.open_tag(name);
    }

    fn end_in_body(&mut self, name: Name, token: &Token<'_>) -> Flow {
        match name {
            Name::TEMPLATE => return self.in_head(token),
            Name::BODY => {
                if self.open.in_scope(Name::BODY, SCOPE) {
                    self.mode = Mode::AfterBody;
                }
            }
            Name::HTML => {
                if self.open.in_scope(Name::BODY, SCOPE) {
                    return Again(Mode::AfterBody);
                }
            }
            Name::P => {
                if !self.open.in_scope(Name::P, SCOPE | BUTTON_SCOPE) {
                    self.open_implied(Name::P);
                }
                self.open.close_implied_except(Name::P);
                self.open.pop_through(Name::P);
            }
            Name::FORM => self.close_form(),
            Name::LI | Name::DD | Name::DT => {
                let scope = if name == Name::LI { SCOPE | LIST_SCOPE } else { SCOPE };
                if self.open.in_scope(name, scope) {
                    self.open.close_implied_except(name);
                    self.open.pop_through(name);
                }
            }
            name if name.is(HEADING) => {
                if self.open.find_in_scope(SCOPE, |open| open.is(HEADING)) {
                    self.open.close_implied(IMPLIED_END);
                    self.open.pop_through_any(|open| open.is(HEADING));
                }
            }
            name if name.is(FORMATTING) => self.close_formatting(name),
            name if name.is(BLOCK) || matches!(name, Name::BUTTON | Name::LISTING | Name::PRE | Name::SELECT) => {
                if self.open.in_scope(name, SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                    self.open.pop_through(name);
                }
            }
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                if self.open.in_scope(name, SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                    self.open.pop_through(name);
                    self.clear_to_marker();
                }
            }
            Name::BR => return self.start_in_body(Name::BR, &Token::Start(Name::BR)),
            _ => self.any_end_tag(name),
        }
        Done
    }

    fn close_form(&mut self) {
        if self.open.has(Name::TEMPLATE) {
            if self.open.in_scope(Name::FORM, SCOPE) {
                self.open.close_implied(IMPLIED_END);
                self.open.pop_through(Name::FORM);
            }
            return;
        }
        let form = std::mem::replace(&mut self.form, NONE);
        if form != NONE && self.open.find_in_scope(SCOPE, |open| open.node == form) {
            self.open.close_implied(IMPLIED_END);
            self.open.remove_node(form);
        }
    }

    /// Handles the end tag of an element that has no rule of its own.
    pub(super) fn any_end_tag(&mut self, name: Name) {
        let mut found = None;
        for (at, open) in self.open.list().iter().enumerate().rev() {
            if open.is_html(name) {
                found = Some(at);
                break;
            }
            if open.is(SPECIAL) {
                return;
            }
        }
        if let Some(at) = found {
            self.open.close_implied_except(name);
            self.open.truncate(at);
        }
    }
}
