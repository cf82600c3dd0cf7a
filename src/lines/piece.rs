//! Reads flattened text into pieces: paragraphs, items, headings and cells.

use super::line::{self, Line};
use super::mark::{self, Mark, Rule};
use super::paragraph::{self, Habits, Join, Row};
use super::sentence::is_ended;
use super::{clean, stretch, table};
use crate::block::{Block, ItemMark, Kind};
use crate::invisible::push_preformatted;
use crate::span::Span;
use std::ops::Range;

/// A paragraph, item, heading or cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Range of its text in [`Pieces::text`].
    pub(crate) text: Span,
    /// Range in the page.
    pub(crate) source: Span,
    pub(crate) kind: Kind,
    /// Flags of [`Block`]: `CONTINUES`, `ROW_START`.
    pub(crate) flags: u16,
    /// Columns of white space before the piece.
    pub(crate) indent: u16,
    /// Blank lines before the piece.
    pub(crate) gap: u16,
    /// The number of an item in a numbered list.
    pub(crate) number: Option<u16>,
    /// The column of a cell that follows an empty one.
    pub(crate) column: Option<u16>,
}

impl Piece {
    /// The mark of the list item that becomes block `index`, if the piece begins an item.
    pub(crate) fn mark(&self, index: usize) -> Option<ItemMark> {
        let is_head = self.kind == Kind::ListItem && self.flags & Block::CONTINUES == 0;
        let block = u32::try_from(index).ok().filter(|_| is_head)?;
        Some(ItemMark { block, indent: self.indent, number: self.number })
    }
}

/// Pieces with their cleaned text, each followed by a line feed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) text: String,
    pub(crate) items: Vec<Piece>,
    /// Offsets in `text` of spaces that replaced a line break, in ascending order.
    pub(crate) breaks: Vec<u32>,
}

/// A line of this many columns may be more than one paragraph, if it is a large part of the text.
const LONG_COLUMNS: u32 = 400;
/// Percentage of the text that is a large part: with less, long paragraphs of an article with line breaks would be cut.
const LARGE_PERCENT: u64 = 40;
/// A line of this many columns always is.
const OVERLONG_COLUMNS: u32 = 2500;
/// The only line of a text is, from this many columns on.
const LONE_COLUMNS: u32 = 120;
/// The level of a heading underlined with hyphens.
const HYPHENS_LEVEL: u8 = 2;
/// Maximum columns of a line that an underline makes a heading.
const UNDERLINED_COLUMNS: u32 = 100;
/// Maximum length in bytes of a first line that may be the page's title.
const TITLE_BYTES: usize = 300;

/// Reads flattened text into pieces and appends them to `out`; `base` is the offset of `text` in the page.
pub(crate) fn pieces(text: &str, base: u32, out: &mut Pieces) {
    read(text, base, false, out);
}

/// Like [`pieces`], for the text of a Markdown page.
pub(super) fn markdown_pieces(text: &str, out: &mut Pieces) {
    read(text, 0, true, out);
}

fn read(text: &str, base: u32, markdown: bool, out: &mut Pieces) {
    let mut lines = Vec::new();
    line::read(text, &mut lines);
    let rows = rows(text, &lines, markdown);
    // The first line without its mark, so that on a one-line page its offsets are offsets in the row.
    let first = rows.first().map_or("", |row| row.text);
    let mut reader = PieceReader {
        text,
        base,
        total: lines.iter().fold(0u32, |sum, line| sum.saturating_add(line.width)),
        habits: if markdown { Habits::of_markdown(text, &lines) } else { Habits::of(text, &lines) },
        title: if first.len() <= TITLE_BYTES || lines.len() == 1 { first } else { "" },
        alone: lines.len() == 1,
        fences: rows.iter().filter(|row| is_bare_fence(row)).count(),
        out,
        gap: 0,
        bullet: false,
        heading: None,
    };
    let mut at = 0;
    while at < rows.len() {
        at = reader.read(&rows, at);
    }
}

/// The lines with their marks. Numbers and letter bullets count as marks only if other lines confirm them.
fn rows<'a>(text: &'a str, lines: &[Line], markdown: bool) -> Vec<Row<'a>> {
    let content = |line: &Line| text.get(line.content.range()).unwrap_or_default();
    let read = if markdown { mark::of_markdown } else { mark::of };
    let marks: Vec<_> = lines.iter().map(|line| read(content(line))).collect();
    let bulleted = marks.iter().any(|&(mark, ..)| mark == Mark::Bullet);
    let counted = counted(marks.iter().map(|&(mark, ..)| mark));
    let resolve = |index: usize, line: &Line| {
        let whole = content(line);
        let (mut mark, mut start, end) = marks[index];
        match mark {
            Mark::Number(_) if !markdown && !counted[index] => (mark, start) = (Mark::None, 0),
            Mark::None if bulleted && line.indent > 1 && mark::is_letter_bullet(whole) => {
                (mark, start) = if whole.len() > 2 { (Mark::Bullet, 2) } else { (Mark::Rule(Rule::Bullet), 1) };
            }
            _ => {}
        }
        let tail = whole.get(start..end).unwrap_or_default();
        let text = tail.trim_start_matches(line::is_blank);
        let start = line.content.start as usize + start + tail.len() - text.len();
        Row { line: *line, mark, text, start, separator: table::separator(text) }
    };
    let mut rows: Vec<Row> = lines.iter().enumerate().map(|(index, line)| resolve(index, line)).collect();
    number_subtitles(&mut rows);
    rows
}

/// Marks the bare number above the timecode of each subtitle like the timecode.
fn number_subtitles(rows: &mut [Row]) {
    for at in 1..rows.len() {
        let is_below = rows[at].mark == Mark::Rule(Rule::Timecode) && rows[at].line.gap == 0;
        let row = &mut rows[at - 1];
        if is_below && row.mark == Mark::None && row.text.bytes().all(|byte| byte.is_ascii_digit()) {
            (row.mark, row.text) = (Mark::Rule(Rule::Timecode), "");
        }
    }
}

/// Which lines have a number that continues a list, with only bullets between. A lone number may belong to a heading.
fn counted(marks: impl ExactSizeIterator<Item = Mark>) -> Vec<bool> {
    let mut out = vec![false; marks.len()];
    let mut before: Option<(usize, u32)> = None;
    for (index, mark) in marks.enumerate() {
        match mark {
            Mark::Number(number) => {
                if let Some((last, _)) = before.filter(|&(_, last)| last.checked_add(1) == Some(number)) {
                    (out[last], out[index]) = (true, true);
                }
                before = Some((index, number));
            }
            Mark::Bullet => {}
            _ => before = None,
        }
    }
    out
}

/// Whether a line is a fence and nothing else. Only such a fence ends code.
fn is_bare_fence(row: &Row) -> bool {
    row.mark == Mark::Fence && row.text.is_empty()
}

struct PieceReader<'a, 'o> {
    text: &'a str,
    base: u32,
    /// Sum of the columns of all lines.
    total: u32,
    habits: Habits,
    /// The first line, if it may be the title of the page or is the only line.
    title: &'a str,
    alone: bool,
    /// Fences not yet read that may end code.
    fences: usize,
    out: &'o mut Pieces,
    /// Blank lines, and lines of marks without text, since the last piece.
    gap: u16,
    /// Whether the last line was a lone bullet.
    bullet: bool,
    /// The piece made of the last line, which becomes a heading if an underline follows.
    heading: Option<usize>,
}

impl<'a> PieceReader<'a, '_> {
    /// Reads the paragraph, table row or mark that begins at row `at`. Returns where the next one begins.
    fn read(&mut self, rows: &[Row<'a>], at: usize) -> usize {
        let row = &rows[at];
        self.gap = self.gap.saturating_add(row.line.gap);
        let heading = self.heading.take();
        match row.mark {
            Mark::None if let Some(separator) = table::row(rows, at) => {
                self.cells(row, separator);
                at + 1
            }
            Mark::Rule(rule) => {
                self.rule(rule, heading.filter(|_| row.line.gap == 0));
                at + 1
            }
            Mark::Fence => self.fenced(rows, at),
            _ => self.text(rows, at),
        }
    }

    /// Reads a line of marks without text; `above` is the piece right before it, if it may be a heading.
    fn rule(&mut self, rule: Rule, above: Option<usize>) {
        match (rule, above) {
            (Rule::Bullet, _) => self.bullet = true,
            (Rule::Timecode, _) => {}
            (Rule::Underline(level), Some(index)) if !self.is_ruled_off(level, index) => {
                self.out.items[index].kind = Kind::Heading(level);
            }
            _ => self.gap = self.gap.saturating_add(1),
        }
    }

    /// Whether the hyphens below a piece are no underline but a rule, since it ends with a full stop. Markdown has only underlines.
    fn is_ruled_off(&self, level: u8, index: usize) -> bool {
        let text = self.out.text.get(self.out.items[index].text.range()).unwrap_or_default();
        level == HYPHENS_LEVEL && !self.habits.markdown && is_ended(text) && !text.ends_with(['?', '!', '？', '！'])
    }

    /// Reads a line of text and the lines that continue it.
    fn text(&mut self, rows: &[Row<'a>], at: usize) -> usize {
        let row = &rows[at];
        let bulleted = std::mem::take(&mut self.bullet);
        let kind = match row.mark {
            Mark::Heading(level) => Kind::Heading(level),
            Mark::Bullet | Mark::Number(_) => Kind::ListItem,
            Mark::Quote => Kind::Quote,
            _ if bulleted => Kind::ListItem,
            _ => Kind::Paragraph,
        };
        let joined = if matches!(kind, Kind::Heading(_)) { Vec::new() } else { self.continuation(rows, at) };
        let first = self.out.items.len();
        if !joined.is_empty() {
            self.paragraph(row, &joined, kind);
        } else if self.is_overlong(row.line.width) {
            self.sentences(row, kind);
        } else {
            self.simple(row, kind);
            let may_be_underlined =
                |piece: &&Piece| piece.kind == Kind::Paragraph && row.line.width <= UNDERLINED_COLUMNS;
            self.heading = self.out.items.last().filter(may_be_underlined).map(|_| self.out.items.len() - 1);
        }
        if let (Mark::Number(number), Some(piece)) = (row.mark, self.out.items.get_mut(first)) {
            piece.number = u16::try_from(number).ok();
        }
        at + 1 + joined.len()
    }

    /// The lines that continue the paragraph at row `at`.
    fn continuation(&self, rows: &[Row<'a>], at: usize) -> Vec<(Join, Row<'a>)> {
        let mut joined = Vec::new();
        let mut columns = rows[at].line.width;
        for pair in rows.get(at..).unwrap_or_default().windows(2) {
            let [before, row] = pair else { break };
            // A line that is more than one paragraph does not continue in the next line.
            if self.is_overlong(before.line.width) {
                break;
            }
            let how = paragraph::join(before, row, columns, self.habits);
            if how == Join::Break {
                break;
            }
            columns = columns.saturating_add(row.line.width);
            joined.push((how, *row));
        }
        joined
    }

    /// Whether a line of this many columns was probably more than one paragraph.
    fn is_overlong(&self, columns: u32) -> bool {
        let is_large = u64::from(columns) * 100 >= u64::from(self.total) * LARGE_PERCENT;
        columns >= OVERLONG_COLUMNS || columns >= LONG_COLUMNS && is_large || self.alone && columns >= LONE_COLUMNS
    }

    /// Adds one line as one paragraph, or as several if it has column gaps.
    fn simple(&mut self, row: &Row, kind: Kind) {
        if row.separator != Some(table::Separator::Gap) {
            self.push(row, 0, row.text, kind);
            return;
        }
        for cell in table::cells(row.text, table::Separator::Gap) {
            self.push(row, cell.at, cell.text, kind);
        }
    }

    fn paragraph(&mut self, row: &Row, joined: &[(Join, Row)], kind: Kind) {
        let start = self.out.text.len();
        clean::push(&mut self.out.text, row.text);
        let mut end = row.start + row.text.len();
        for (how, next) in joined {
            if *how == Join::Space {
                self.out.breaks.push(u32::try_from(self.out.text.len()).unwrap_or(u32::MAX));
                self.out.text.push(' ');
            }
            clean::push(&mut self.out.text, next.text);
            end = next.start + next.text.len();
        }
        self.close(start, row.start..end, kind, row.line.indent);
    }

    fn sentences(&mut self, row: &Row, kind: Kind) {
        let mut cuts = Vec::new();
        stretch::cut(row.text, self.title, self.alone, &mut cuts);
        for cut in cuts {
            let text = row.text.get(cut.start..cut.end).unwrap_or_default();
            if let Some(piece) = self.push(row, cut.start, text, kind) {
                piece.flags = if cut.continues { Block::CONTINUES } else { 0 };
            }
        }
    }

    fn cells(&mut self, row: &Row, separator: table::Separator) {
        let (mut flags, mut next) = (Block::ROW_START, 0);
        for cell in table::cells(row.text, separator) {
            let flags = std::mem::take(&mut flags);
            if let Some(piece) = self.push(row, cell.at, cell.text, Kind::Cell) {
                piece.flags = flags;
                piece.column = Some(cell.column).filter(|column| *column > next);
            }
            next = cell.column.saturating_add(1);
        }
    }

    /// Adds the code between two fences unchanged. A fence without a partner is only a rule, or text if it has any. In
    /// Markdown it is never text: tildes alone are read as a rule, so that theirs have no partner.
    fn fenced(&mut self, rows: &[Row<'a>], at: usize) -> usize {
        let is_bare = is_bare_fence(&rows[at]);
        self.fences = self.fences.saturating_sub(usize::from(is_bare));
        if self.fences == 0 && !is_bare && !self.habits.markdown {
            return self.text(rows, at);
        }
        if self.fences == 0 {
            self.gap = self.gap.saturating_add(1);
            return at + 1;
        }
        self.fences -= 1;
        let length = rows.iter().skip(at + 1).take_while(|row| !is_bare_fence(row)).count();
        let inside = rows.get(at + 1..at + 1 + length).unwrap_or_default();
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            let source =
                first.line.content.start as usize - usize::from(first.line.lead)..last.line.content.end as usize;
            let start = self.out.text.len();
            push_preformatted(&mut self.out.text, self.text.get(source.clone()).unwrap_or_default());
            self.close(start, source, Kind::Code, first.line.indent);
        }
        at + length + 2
    }

    /// Adds `raw`, which begins at `at` in the text of `row`, as one piece, unless nothing of it remains.
    fn push(&mut self, row: &Row, at: usize, raw: &str, kind: Kind) -> Option<&mut Piece> {
        let start = self.out.text.len();
        clean::push(&mut self.out.text, raw);
        let from = row.start + at;
        self.close(start, from..from + raw.len(), kind, row.line.indent)
    }

    /// Makes a piece of the text from `start` on, if there is any.
    fn close(&mut self, start: usize, source: Range<usize>, kind: Kind, indent: u16) -> Option<&mut Piece> {
        let end = self.out.text.len();
        if end == start {
            return None;
        }
        self.out.text.push('\n');
        let base = self.base as usize;
        let piece = Piece {
            text: Span::new(start, end),
            source: Span::new(base + source.start, base + source.end),
            kind,
            flags: 0,
            indent,
            gap: std::mem::take(&mut self.gap),
            number: None,
            column: None,
        };
        Some(self.out.items.push_mut(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Pieces {
        let mut out = Pieces::default();
        pieces(text, 0, &mut out);
        out
    }

    #[test]
    fn fences_and_what_looks_like_them() {
        let cases: [(&str, &str, &[(Kind, &str)]); 5] = [
            ("code", "```rust\nlet a;\n```\nend", &[(Kind::Code, "let a;"), (Kind::Paragraph, "end")]),
            ("an example of a fence", "```\n```rust\nlet a;\n```", &[(Kind::Code, "```rust\nlet a;")]),
            (
                "near miss: a greeting",
                "~~~안녕하세요\n네",
                &[(Kind::Paragraph, "~~~안녕하세요"), (Kind::Paragraph, "네")],
            ),
            ("near miss: without an end", "~~~hello\nyes", &[(Kind::Paragraph, "~~~hello"), (Kind::Paragraph, "yes")]),
            ("near miss: greetings", "~~~hello\n~~~bye", &[(Kind::Paragraph, "~~~hello"), (Kind::Paragraph, "~~~bye")]),
        ];
        for (name, text, expected) in cases {
            let out = read(text);
            let found = out.items.iter().map(|piece| (piece.kind, out.text.get(piece.text.range()).unwrap()));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn headings_by_their_underlines() {
        let cases = [
            ("hyphens", "The ferry\n-----\nAnn", Kind::Heading(2)),
            ("a question", "Where is the ferry?\n-----\nAnn", Kind::Heading(2)),
            ("equals signs", "The ferry left at nine.\n=====\nAnn", Kind::Heading(1)),
            ("near miss: a rule below a sentence", "The ferry left at nine.\n-----\nAnn", Kind::Paragraph),
        ];
        for (name, text, kind) in cases {
            assert_eq!(read(text).items[0].kind, kind, "{name}");
        }
    }

    #[test]
    fn subtitles() {
        let shown = |text: &str| read(text).text;
        let cases = [
            (
                "numbers and timecodes",
                "1\n00:00:01,000 --> 00:00:04,200\nThe tide is out.\n\n2\n00:00:04,300 --> 00:00:08,900\nSo we can walk.",
                "The tide is out.\nSo we can walk.\n",
            ),
            (
                "near miss: a number of the speech",
                "1\n00:00:01,000 --> 00:00:04,200\nHow many?\n12\n\n00:00:04,300 --> 00:00:08,900\nGood.",
                "How many?\n12\nGood.\n",
            ),
            ("near miss: a timetable", "1\n12:30 --> 13:45\n2", "1\n12:30 --> 13:45\n2\n"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(shown(text), expected, "{name}");
        }
    }
}
