//! Quotations and lists in an HTML document: the elements around a block.

use super::own_line;
use crate::article::{Level, LevelKind};

/// The levels that are open at the current end of the document.
#[derive(Debug, Default)]
pub(super) struct Nest {
    open: Vec<LevelKind>,
}

impl Nest {
    /// Closes the levels that do not contain the next block, and opens those that begin with it.
    pub(super) fn enter(&mut self, out: &mut String, levels: &[Level]) {
        let stays = |(open, level): &(&LevelKind, &Level)| !level.begins && **open == level.kind;
        let shared = self.open.iter().zip(levels).take_while(stays).count();
        let goes_on = match (self.open.get(shared), levels.get(shared)) {
            (Some(open), Some(level)) => is_next(*open, level.kind),
            _ => false,
        };
        for at in (shared..self.open.len()).rev() {
            close(out, self.open[at], at == shared && goes_on);
        }
        self.open.truncate(shared);
        for (at, level) in levels.iter().enumerate().skip(shared) {
            open(out, level.kind, at == shared && goes_on);
            self.open.push(level.kind);
        }
    }

    /// Closes all open levels.
    pub(super) fn end(&mut self, out: &mut String) {
        self.enter(out, &[]);
    }
}

/// Whether an item continues the list of the previous one.
fn is_next(before: LevelKind, kind: LevelKind) -> bool {
    match (before, kind) {
        (LevelKind::Item(Some(before)), LevelKind::Item(Some(number))) => number.checked_sub(1) == Some(before),
        _ => list(before).is_some() && list(before) == list(kind),
    }
}

/// The element around items of a kind.
fn list(kind: LevelKind) -> Option<&'static str> {
    match kind {
        LevelKind::Quote => None,
        LevelKind::Item(None) => Some("ul"),
        LevelKind::Item(Some(_)) => Some("ol"),
        LevelKind::Term | LevelKind::Definition => Some("dl"),
    }
}

fn element(kind: LevelKind) -> &'static str {
    match kind {
        LevelKind::Quote => "blockquote",
        LevelKind::Item(_) => "li",
        LevelKind::Term => "dt",
        LevelKind::Definition => "dd",
    }
}

/// Opens the element of a level, and its list first unless that is open.
fn open(out: &mut String, kind: LevelKind, in_list: bool) {
    own_line(out);
    if let Some(list) = list(kind).filter(|_| !in_list) {
        match kind {
            LevelKind::Item(Some(number)) if number != 1 => out.push_str(&format!("<{list} start=\"{number}\">\n")),
            _ => out.push_str(&format!("<{list}>\n")),
        }
    }
    out.push_str(&format!("<{}>", element(kind)));
}

/// Closes the element of a level, and its list unless another item follows.
fn close(out: &mut String, kind: LevelKind, in_list: bool) {
    out.push_str(&format!("</{}>\n", element(kind)));
    if let Some(list) = list(kind).filter(|_| !in_list) {
        out.push_str(&format!("</{list}>\n"));
    }
}
