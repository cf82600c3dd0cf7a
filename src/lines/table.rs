//! Tables in flattened text: cells separated by tabs, bars or runs of spaces.

use super::line::is_blank;
use super::paragraph::Row;
use memchr::memchr;

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Separator {
    Tab,
    Bar,
    /// Three or more spaces, as in column layouts.
    Gap,
}

/// Minimum number of spaces between columns; two may follow a full stop.
const COLUMN_GAP: usize = 3;
/// Maximum length in bytes of a cell in a row without neighbours: longer ones are prose with a stray tab.
const LONE_CELL_BYTES: usize = 80;

/// The separator of row `index`, if it is part of a table.
pub(super) fn row(rows: &[Row], index: usize) -> Option<Separator> {
    let this = rows.get(index)?;
    let separator = this.separator?;
    // A table has at least two adjacent rows.
    let same = |other: &Row| other.separator == Some(separator);
    let before = this.line.gap == 0 && index > 0 && same(&rows[index - 1]);
    let after = rows.get(index + 1).is_some_and(|next| next.line.gap == 0 && same(next));
    let lone = separator == Separator::Tab
        && cells(this.text, separator).count() >= 3
        && cells(this.text, separator).all(|cell| cell.text.len() <= LONE_CELL_BYTES);
    (before || after || lone).then_some(separator)
}

/// What may separate the cells of a line.
pub(super) fn separator(line: &str) -> Option<Separator> {
    if line.len() > 1 && line.starts_with('|') && line.ends_with('|') {
        return Some(Separator::Bar);
    }
    if memchr(b'\t', line.as_bytes()).is_some() {
        return Some(Separator::Tab);
    }
    line.as_bytes().windows(COLUMN_GAP).any(|gap| gap == b"   ").then_some(Separator::Gap)
}

/// A cell that is not empty.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cell<'a> {
    /// Offset of the cell in its row.
    pub(super) at: usize,
    pub(super) column: u16,
    pub(super) text: &'a str,
}

/// The cells of a row that are not empty.
pub(super) fn cells(line: &str, separator: Separator) -> impl Iterator<Item = Cell<'_>> {
    let (mut at, mut next) = (0, 0u16);
    std::iter::from_fn(move || {
        loop {
            let rest = line.get(at..).filter(|rest| !rest.is_empty())?;
            let (length, skip) = match separator {
                Separator::Tab => (rest.find('\t').unwrap_or(rest.len()), 1),
                Separator::Bar => (rest.find('|').unwrap_or(rest.len()), 1),
                Separator::Gap => (rest.find("   ").unwrap_or(rest.len()), COLUMN_GAP),
            };
            let (start, column) = (at, next);
            at = (at + length + skip).min(line.len());
            let raw = line.get(start..start + length)?;
            let tail = raw.trim_start_matches(is_blank);
            let cell = tail.trim_end_matches(is_blank);
            // `|---|:-:|` is the rule below the header of a Markdown table.
            let is_rule = separator == Separator::Bar && cell.bytes().all(|b| matches!(b, b'-' | b':' | b' '));
            let is_empty = cell.is_empty() || is_rule;
            // There is no cell before the first bar, and many spaces are one gap.
            let is_cell = match separator {
                Separator::Tab => true,
                Separator::Bar => start > 0,
                Separator::Gap => !is_empty,
            };
            next = next.saturating_add(u16::from(is_cell));
            if !is_empty {
                return Some(Cell { at: start + raw.len() - tail.len(), column, text: cell });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::{line, mark::Mark};
    use super::*;

    #[test]
    fn rows_and_cells() {
        let cases: [(&str, &str, Option<&[&str]>); 8] = [
            ("tabs", "Name\tAge\nAnn\t3", Some(&["Name", "Age"])),
            ("bars", "| a | b |\n|---|---|", Some(&["a", "b"])),
            ("ruled", "|---|:-:|\n| a | b |", Some(&[])),
            ("columns", "Mass      12 kg\nLength    3 m", Some(&["Mass", "12 kg"])),
            ("lone row of tabs", "Home\tNews\tSport", Some(&["Home", "News", "Sport"])),
            ("near miss: a stray tab", "입력\t2023-06-28", None),
            ("near miss: one line with bars", "Home | News", None),
            ("near miss: two spaces", "One.  Two\nOne.  Two", None),
        ];
        for (name, text, expected) in cases {
            let mut lines = Vec::new();
            line::read(text, &mut lines);
            let content = |line: &line::Line| text.get(line.content.range()).unwrap();
            let rows: Vec<_> = lines
                .iter()
                .map(|line| Row {
                    line: *line,
                    mark: Mark::None,
                    text: content(line),
                    start: 0,
                    separator: separator(content(line)),
                })
                .collect();
            let found =
                row(&rows, 0).map(|separator| cells(rows[0].text, separator).map(|cell| cell.text).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn columns() {
        let cases: [(&str, Separator, &[(u16, &str)]); 5] = [
            ("a\t\tb", Separator::Tab, &[(0, "a"), (2, "b")]),
            ("| a | | b |", Separator::Bar, &[(0, "a"), (2, "b")]),
            ("|   | b |", Separator::Bar, &[(1, "b")]),
            ("| a | - | b |", Separator::Bar, &[(0, "a"), (2, "b")]),
            ("near miss: one          gap", Separator::Gap, &[(0, "near miss: one"), (1, "gap")]),
        ];
        for (line, separator, expected) in cases {
            let found: Vec<_> = cells(line, separator).map(|cell| (cell.column, cell.text)).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
