//! The words of a one-line page, and what their shape alone tells: separators and dates.

use super::line::is_blank;

/// The words of a text with their offsets.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Words<'a> {
        Words { text, at: 0 }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let word = rest.trim_start_matches(is_blank);
        let start = self.at + rest.len() - word.len();
        let length = word.find(is_blank).unwrap_or(word.len());
        self.at = start + length;
        (length > 0).then(|| (start, word.get(..length).unwrap_or_default()))
    }
}

pub(super) fn is_separator(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    matches!(
        word,
        "|" | "›"
            | "»"
            | "•"
            | "·"
            | "→"
            | "☰"
            | "×"
            | "✕"
            | ">"
            | ">>"
            | "|||"
            | "■"
            | "▼"
            | "▲"
            | "▶"
            | "∙"
            | "│"
            | "┃"
            | "ㅣ"
    )
}

pub(super) fn begins_block(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase() && !matches!(c, ',' | '.' | ';' | ':' | ')' | '-' | '–' | '|' | '~'))
}

/// Finds dates by their shape. Month names are not looked up, since any capitalised word will do.
#[derive(Default)]
pub(super) struct Dates<'a> {
    before: [&'a str; 2],
    /// Whether a date was just read, so that a time may follow.
    dated: bool,
    /// Lower-case words so far minus all others: a date in a sentence is no border.
    prose: i32,
}

impl<'a> Dates<'a> {
    /// Whether a date, including its time if it has one, ends with `word`.
    pub(super) fn ends_here(&mut self, word: &'a str, next: Option<&str>) -> bool {
        self.prose += if word.starts_with(char::is_lowercase) { 1 } else { -1 };
        let [one, two] = self.before;
        if !self.dated && !word.starts_with(|c: char| c.is_ascii_digit()) {
            self.before = [two, word];
            return false;
        }
        let whole = is_numeric_date(word)
            || (is_year(word) && is_day(two) && is_name(one))
            || (is_year(word) && is_name(two) && is_day(one));
        self.before = [two, word];
        let timed = self.dated && (is_time(word) || matches!(word, "|" | "-" | "–" | "·" | "at" | "um"));
        let unit = self.dated && is_time(two) && word.len() <= 4;
        self.dated = whole || timed || unit;
        let goes_on = next.is_some_and(|next| is_time(next) || (is_time(word) && next.len() <= 4 && next.is_ascii()));
        (whole || (timed && is_time(word)) || unit) && !goes_on && self.prose <= 3
    }
}

/// Whether the word is a date in digits: `2025.05.15`, `2025-05-15`, `15.05.2025,`, `5/15/2025`.
fn is_numeric_date(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    let mut parts = word.split(['.', '-', '/']);
    let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let digits = |s: &str, from, to| (from..=to).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    digits(b, 1, 2) && (digits(a, 4, 4) && digits(c, 1, 2) || digits(a, 1, 2) && digits(c, 4, 4))
}

fn is_year(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (word.starts_with("19") || word.starts_with("20"))
}

fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches([',', '.']);
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_name(word: &str) -> bool {
    (3..=24).contains(&word.len()) && word.starts_with(char::is_alphabetic)
}

/// Whether the word is a time: `14:36`, `6:21pm`, `20:00:52`.
fn is_time(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '|', ',']);
    let Some((hours, rest)) = word.split_once(':') else { return false };
    is_day(hours) && rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_digit()) && rest.len() <= 8
}
