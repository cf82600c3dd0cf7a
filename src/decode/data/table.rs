//! Whether a text is a table of values: lines of fields with a sign between them (CSV, TSV).

/// Fewest rows of a table.
const ROWS: usize = 4;
/// Of the rows one in so many may have another number of fields: a headline, a field over two lines.
const ODD: usize = 10;
/// Columns that are looked at.
const COLUMNS: usize = 32;
/// How far into the text its first row has to end, in bytes.
const HEAD: usize = 1 << 10;
/// Words from which a field is running text.
const WORDS: usize = 5;

/// Whether a text is a table: its rows have the same number of fields, with no space behind the sign between them, and at least
/// one column holds values and no words. A verse may have one comma in each line, but no column of values.
pub(super) fn is_table(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    let Some((first, _)) = head.split_once('\n') else { return false };
    let signs = [b'\t', b',', b';', b'|'].map(|sign| (memchr::memchr_iter(sign, first.as_bytes()).count(), sign));
    let Some(&(count, sign)) = signs.iter().max_by_key(|(count, _)| *count) else { return false };
    let columns = if count > 0 { fields(first.trim_end(), sign).count() } else { 0 };
    columns > 1 && Rows { sign, columns, ..Rows::default() }.are_table(text)
}

#[derive(Default)]
struct Rows {
    sign: u8,
    columns: usize,
    rows: usize,
    odd: usize,
    /// How many rows have a value in each column.
    values: [usize; COLUMNS],
    /// Bytes of fields, and of those that are running text.
    bytes: usize,
    prose: usize,
}

impl Rows {
    fn are_table(mut self, text: &str) -> bool {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.row(line);
            // Texts end here, after two lines.
            if self.odd * ODD > self.rows + ODD {
                return false;
            }
        }
        if self.rows < ROWS {
            return false;
        }
        // The first row may be the names of the columns.
        let has_values = self.values.iter().any(|values| values * ODD >= (self.rows - 1) * (ODD - 2));
        // A chat that was saved has the time, the name and what was said, with tabs between them.
        let is_told = self.sign == b'\t' && self.prose * 2 > self.bytes;
        self.odd * ODD <= self.rows && has_values && !is_told
    }

    fn row(&mut self, line: &str) {
        self.rows += 1;
        if fields(line, self.sign).count() != self.columns {
            self.odd += 1;
            return;
        }
        let mut before = "";
        for (column, field) in fields(line, self.sign).enumerate() {
            if let Some(values) = self.values.get_mut(column) {
                *values += usize::from(is_value(field) && !(self.sign == b',' && is_rest(before, field)));
            }
            before = field;
            self.bytes += field.len();
            self.prose += if field.split_whitespace().nth(WORDS - 1).is_some() { field.len() } else { 0 };
        }
    }
}

/// Whether a field is a number, a date, a code, or in quotes.
fn is_value(field: &str) -> bool {
    let field = field.trim();
    field.len() > 1 && field.starts_with('"') && field.ends_with('"')
        || field.is_ascii() && !field.contains(' ') && field.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a field may be the last digits of a number: `8,000`.
fn is_rest(before: &str, field: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    before.ends_with(is_digit)
        && field.get(..3).is_some_and(|three| three.chars().all(is_digit))
        && !field.get(3..).unwrap_or_default().starts_with(is_digit)
}

/// The fields of a row. A sign within quotes is none, nor is one before a space.
fn fields(line: &str, sign: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let (mut is_quoted, mut last) = (false, sign);
        for (at, byte) in line.bytes().enumerate() {
            // A quotation begins and ends with its field.
            if byte == b'"' {
                is_quoted = !is_quoted && last == sign;
            } else if byte == sign && !is_quoted {
                let (field, next) = (line.get(..at)?, line.get(at + 1..)?);
                if sign == b'\t' || !next.starts_with([' ', '\u{3000}']) {
                    rest = Some(next);
                    return Some(field);
                }
            }
            last = byte;
        }
        rest = None;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn tables_and_texts() {
        let rows = |row: &str| format!("{}\n", row).repeat(9);
        let cases = [
            ("values", format!("date,open,volume\n{}", rows("2025-03-21,104.28,31370")), true),
            ("words and values", "name,age,city\nAnn,34,Rye\nBob,41,Hull\nMara,29,Bonn\n".into(), true),
            ("texts", format!("id,document,label\n{}", rows("9976970,배가 또 늦었다. 왜 늘 이런지,0")), true),
            ("texts in quotes", format!("text,label\n{}", rows("\"The ferry left, as always, at nine.\",pos")), true),
            ("semicolons", format!("Nr;Name;Preis\n{}", rows("12;Schraube M5;4,20")), true),
            ("tabs", format!("번호\t제목\t날짜\n{}", rows("12\t안개로 배편 늦어져\t2025-03-21")), true),
            ("near miss: a chat", rows("09:10\tAnn\tdid you see the ferry go out this morning?"), false),
            ("near miss: verses", rows("床前明月光,疑是地上霜。"), false),
            ("near miss: lines that end alike", rows("and nobody there,"), false),
            ("near miss: clauses", rows("The rope, the bollard, the gull."), false),
            ("near miss: prices", rows("김치찌개 8,000원"), false),
            ("near miss: prices, number last", rows("Stew of the day 8,000"), false),
            ("near miss: a table in a text", format!("{}{}", rows("Year,12"), rows("The ferry left at nine.")), false),
            ("near miss: Markdown", rows("| a | 12 |"), false),
            ("near miss: one line", "a,1,2".into(), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_table(&text), expected, "{name}");
        }
    }
}
