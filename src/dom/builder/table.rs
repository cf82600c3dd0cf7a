//! The modes in tables.

use super::{Builder, Flow, Mode, Token};
use crate::dom::arena::NONE;
use crate::dom::names::{Name, Space, flags::*};
use crate::span::Span;
use Flow::{Again, Done};

impl Builder {
    /// Processes a token not allowed in a table, so that its content is moved before the table.
    fn put_before_table(&mut self, token: &Token<'_>) -> Flow {
        self.foster = true;
        let flow = self.in_body(token);
        self.foster = false;
        flow
    }

    pub(super) fn in_table(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Text(_) | Token::Space(_) | Token::Null => {
                if self.open.current().is_some_and(|open| open.space == Space::Html && open.is(FOSTERS)) {
                    self.original = self.mode;
                    return Again(Mode::InTableText);
                }
                self.put_before_table(token)
            }
            Token::Start(name) => self.start_in_table(name, token),
            Token::End(name) => self.end_in_table(name, token),
            Token::EndOfPage => self.in_body(token),
        }
    }

    fn start_in_table(&mut self, name: Name, token: &Token<'_>) -> Flow {
        match name {
            Name::CAPTION => {
                self.open.pop_to(TABLE_SCOPE);
                self.push_marker();
                self.open_tag(name);
                self.mode = Mode::InCaption;
            }
            Name::COLGROUP => {
                self.open.pop_to(TABLE_SCOPE);
                self.open_tag(name);
                self.mode = Mode::InColumnGroup;
            }
            Name::COL => {
                self.open.pop_to(TABLE_SCOPE);
                self.open_implied(Name::COLGROUP);
                return Again(Mode::InColumnGroup);
            }
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                self.open.pop_to(TABLE_SCOPE);
                self.open_tag(name);
                self.mode = Mode::InTableBody;
            }
            Name::TD | Name::TH | Name::TR => {
                self.open.pop_to(TABLE_SCOPE);
                self.open_implied(Name::TBODY);
                return Again(Mode::InTableBody);
            }
            Name::TABLE => {
                if self.open.in_scope(Name::TABLE, TABLE_SCOPE) {
                    self.open.pop_through(Name::TABLE);
                    return Again(self.mode_by_stack());
                }
            }
            Name::STYLE | Name::SCRIPT | Name::TEMPLATE => return self.in_head(token),
            Name::INPUT if self.incoming.hidden => {
                self.insert_tag(name);
            }
            Name::FORM => {
                if !self.open.has(Name::TEMPLATE) && self.form == NONE {
                    self.form = self.insert_tag(name);
                }
            }
            _ => return self.put_before_table(token),
        }
        Done
    }

    fn end_in_table(&mut self, name: Name, token: &Token<'_>) -> Flow {
        match name {
            Name::TABLE => {
                if self.open.in_scope(Name::TABLE, TABLE_SCOPE) {
                    self.open.pop_through(Name::TABLE);
                    self.mode = self.mode_by_stack();
                }
                Done
            }
            Name::BODY
            | Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => Done,
            Name::TEMPLATE => self.in_head(token),
            _ => self.put_before_table(token),
        }
    }

    pub(super) fn in_table_text(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Null => Done,
            Token::Text(text) | Token::Space(text) => {
                self.pending.text.push_str(text);
                self.pending.source = self.pending.source.cover(self.text_source);
                Done
            }
            _ => {
                self.flush_table_text();
                Again(self.mode)
            }
        }
    }

    /// Ends the text in a table, and returns to the mode before it.
    pub(super) fn flush_table_text(&mut self) {
        self.mode = self.original;
        let text = std::mem::take(&mut self.pending.text);
        self.text_source = std::mem::take(&mut self.pending.source);
        if text.is_empty() {
            return;
        }
        if Self::is_space(&text) {
            self.append_text(&text);
        } else {
            self.put_before_table(&Token::Text(&text));
        }
        self.text_source = Span::default();
        self.pending.text = text;
        self.pending.text.clear();
    }

    pub(super) fn in_caption(&mut self, token: &Token<'_>) -> Flow {
        let ends = match *token {
            Token::Start(name) => is_table_part(name),
            Token::End(name) => matches!(name, Name::TABLE | Name::CAPTION),
            _ => false,
        };
        if ends {
            if !self.open.in_scope(Name::CAPTION, TABLE_SCOPE) {
                return Done;
            }
            self.open.close_implied(IMPLIED_END);
            self.open.pop_through(Name::CAPTION);
            self.clear_to_marker();
            if let Token::End(Name::CAPTION) = token {
                self.mode = Mode::InTable;
                return Done;
            }
            return Again(Mode::InTable);
        }
        match *token {
            Token::End(
                Name::BODY
                | Name::COL
                | Name::COLGROUP
                | Name::HTML
                | Name::TBODY
                | Name::TD
                | Name::TFOOT
                | Name::TH
                | Name::THEAD
                | Name::TR,
            ) => Done,
            _ => self.in_body(token),
        }
    }

    pub(super) fn in_column_group(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Space(text) => {
                self.append_text(text);
                Done
            }
            Token::Start(Name::HTML) | Token::EndOfPage => self.in_body(token),
            Token::Start(Name::COL) => {
                self.insert_tag(Name::COL);
                Done
            }
            Token::End(Name::COL) => Done,
            Token::Start(Name::TEMPLATE) | Token::End(Name::TEMPLATE) => self.in_head(token),
            _ if !self.open.current_is(Name::COLGROUP) => Done,
            _ => {
                self.open.pop();
                if let Token::End(Name::COLGROUP) = token {
                    self.mode = Mode::InTable;
                    return Done;
                }
                Again(Mode::InTable)
            }
        }
    }

    pub(super) fn in_table_body(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Start(Name::TR) => {
                self.open.pop_to(BODY_CONTEXT);
                self.open_tag(Name::TR);
                self.mode = Mode::InRow;
                Done
            }
            Token::Start(Name::TH | Name::TD) => {
                self.open.pop_to(BODY_CONTEXT);
                self.open_implied(Name::TR);
                Again(Mode::InRow)
            }
            Token::End(name @ (Name::TBODY | Name::TFOOT | Name::THEAD)) => {
                if self.open.in_scope(name, TABLE_SCOPE) {
                    self.open.pop_to(BODY_CONTEXT);
                    self.open.pop();
                    self.mode = Mode::InTable;
                }
                Done
            }
            Token::Start(Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD)
            | Token::End(Name::TABLE) => {
                // The standard lists `thead` here too, but wherever that matters, a table is open as well.
                let is_outer = |name| matches!(name, Name::TABLE | Name::TBODY | Name::TFOOT);
                if self.open.find_in_scope(TABLE_SCOPE, |open| open.space == Space::Html && is_outer(open.name)) {
                    self.open.pop_to(BODY_CONTEXT);
                    self.open.pop();
                    return Again(Mode::InTable);
                }
                Done
            }
            Token::End(
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML | Name::TD | Name::TH | Name::TR,
            ) => Done,
            _ => self.in_table(token),
        }
    }

    pub(super) fn in_row(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::Start(name @ (Name::TH | Name::TD)) => {
                self.open.pop_to(ROW_CONTEXT);
                self.open_tag(name);
                self.mode = Mode::InCell;
                self.push_marker();
                Done
            }
            Token::End(Name::TR) => {
                if self.close_row() {
                    self.mode = Mode::InTableBody;
                }
                Done
            }
            Token::Start(
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR,
            )
            | Token::End(Name::TABLE) => {
                if self.close_row() {
                    Again(Mode::InTableBody)
                } else {
                    Done
                }
            }
            Token::End(name @ (Name::TBODY | Name::TFOOT | Name::THEAD)) => {
                if self.open.in_scope(name, TABLE_SCOPE) && self.close_row() { Again(Mode::InTableBody) } else { Done }
            }
            Token::End(Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML | Name::TD | Name::TH) => {
                Done
            }
            _ => self.in_table(token),
        }
    }

    fn close_row(&mut self) -> bool {
        let open = self.open.in_scope(Name::TR, TABLE_SCOPE);
        if open {
            self.open.pop_to(ROW_CONTEXT);
            self.open.pop();
        }
        open
    }

    pub(super) fn in_cell(&mut self, token: &Token<'_>) -> Flow {
        match *token {
            Token::End(name @ (Name::TD | Name::TH)) => {
                if self.open.in_scope(name, TABLE_SCOPE) {
                    self.open.close_implied(IMPLIED_END);
                    self.open.pop_through(name);
                    self.clear_to_marker();
                    self.mode = Mode::InRow;
                }
                Done
            }
            Token::Start(name) if is_table_part(name) => {
                if self.open.find_in_scope(TABLE_SCOPE, |open| open.is_html(Name::TD) || open.is_html(Name::TH)) {
                    self.close_cell();
                    return Again(Mode::InRow);
                }
                Done
            }
            Token::End(Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML) => Done,
            Token::End(name @ (Name::TABLE | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR)) => {
                if self.open.in_scope(name, TABLE_SCOPE) {
                    self.close_cell();
                    return Again(Mode::InRow);
                }
                Done
            }
            _ => self.in_body(token),
        }
    }

    fn close_cell(&mut self) {
        self.open.close_implied(IMPLIED_END);
        self.open.pop_through_any(|open| open.is_html(Name::TD) || open.is_html(Name::TH));
        self.clear_to_marker();
    }
}

fn is_table_part(name: Name) -> bool {
    matches!(
        name,
        Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR
    )
}
