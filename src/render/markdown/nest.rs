//! Quotations and lists in a Markdown document: the marks and indentation at the start of lines.

use crate::article::{Block, BlockKind, Level, LevelKind};

/// The levels that are open at the current end of the document.
#[derive(Debug, Default)]
pub(super) struct Nest {
    open: Vec<Open>,
    /// Whether the previous block was the text of an item.
    after_item: bool,
}

#[derive(Debug)]
struct Open {
    kind: LevelKind,
    /// The character after the number. Two adjacent lists need different ones, or they would be read as one.
    delimiter: char,
    /// The start of its lines after the first.
    indent: String,
}

impl Nest {
    /// Begins a block: separates it from the previous one, and writes the marks of the levels that begin with it.
    pub(super) fn enter(&mut self, out: &mut String, block: &Block<'_>) {
        let stays = |(open, level): &(&Open, &Level)| !level.begins && open.kind == level.kind;
        let shared = self.open.iter().zip(block.levels).take_while(stays).count();
        let ended = self.open.drain(shared..).next();
        let begun = block.levels.get(shared).map(|level| level.kind);
        let is_item = block.kind == BlockKind::ListItem;
        if !out.is_empty() {
            out.push('\n');
            if !(self.after_item && is_item && begun.is_some_and(|kind| goes_on(ended.as_ref(), kind))) {
                self.indent(out);
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
            }
        }
        self.indent(out);
        let mut delimiter = begun.map_or('.', |kind| delimiter(ended.as_ref(), kind));
        let mut before = ended.as_ref();
        for level in block.levels.iter().skip(shared) {
            let mark = mark(level.kind, delimiter, before.take());
            out.push_str(&mark);
            let indent = if level.kind == LevelKind::Quote { mark } else { " ".repeat(mark.len()) };
            self.open.push(Open { kind: level.kind, delimiter, indent });
            delimiter = '.';
        }
        self.after_item = is_item;
    }

    /// Ends a block whose text begins at `start`: indents its further lines, to keep them in the same levels.
    pub(super) fn leave(&self, out: &mut String, start: usize) {
        if self.open.is_empty() || !out.get(start..).is_some_and(|text| text.contains('\n')) {
            return;
        }
        let text = out.split_off(start);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                out.push('\n');
                self.indent(out);
            }
            out.push_str(line);
            if line.is_empty() {
                out.truncate(out.trim_end_matches(' ').len());
            }
        }
    }

    /// Writes the start of a line in the open levels.
    fn indent(&self, out: &mut String) {
        self.open.iter().for_each(|open| out.push_str(&open.indent));
    }
}

/// The mark at the start of a level. `ended` is the previous level in its place.
fn mark(kind: LevelKind, delimiter: char, ended: Option<&Open>) -> String {
    match kind {
        LevelKind::Quote => "> ".to_owned(),
        // CommonMark allows no other numbers.
        LevelKind::Item(Some(number @ 0..=999_999_999)) => format!("{number}{delimiter} "),
        LevelKind::Item(_) | LevelKind::Term => "- ".to_owned(),
        // Nested in the term before it. Without a term, the two extra columns would not count as part of the mark.
        LevelKind::Definition => match ended {
            Some(Open { kind: LevelKind::Term, .. }) => "  - ".to_owned(),
            Some(Open { kind: LevelKind::Definition, indent, .. }) if indent.len() > 2 => "  - ".to_owned(),
            _ => "- ".to_owned(),
        },
    }
}

/// Whether an item may begin on the line after the text of another one. A list that begins with a number other than 1
/// would become part of that text.
fn goes_on(ended: Option<&Open>, begun: LevelKind) -> bool {
    match begun {
        LevelKind::Item(Some(number)) => number == 1 || is_next(ended, begun),
        _ => true,
    }
}

/// The delimiter for a level that begins where another one ended.
fn delimiter(ended: Option<&Open>, begun: LevelKind) -> char {
    match ended {
        Some(Open { kind: LevelKind::Item(Some(_)), delimiter, .. }) if is_next(ended, begun) => *delimiter,
        Some(Open { kind: LevelKind::Item(Some(_)), delimiter: '.', .. }) => ')',
        _ => '.',
    }
}

/// Whether a numbered item is the next one of the list that ended.
fn is_next(ended: Option<&Open>, begun: LevelKind) -> bool {
    match (ended.map(|open| open.kind), begun) {
        (Some(LevelKind::Item(Some(before))), LevelKind::Item(Some(number))) => number.checked_sub(1) == Some(before),
        _ => false,
    }
}
