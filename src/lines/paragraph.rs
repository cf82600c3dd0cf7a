//! Decides which lines form one paragraph: hard-wrapped text, and text that was broken at each link or bold word.

use super::line::{Line, is_blank};
use super::mark::Mark;
use super::sentence::{is_ended, is_hangul};
use super::table::Separator;

/// How a line is joined to the line before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Join {
    Break,
    /// Same paragraph, with a space between.
    Space,
    /// Same paragraph, without a space.
    Glue,
}

/// Layout properties that the lines of a page share.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// The column at which the page was hard-wrapped.
    wrap: Option<u32>,
    /// Whether so many lines are surrounded by white space that it means nothing.
    loose: bool,
    /// Whether the text is Markdown, where a paragraph ends only at a blank line or a mark.
    markdown: bool,
}

/// Range of columns at which people and programs wrap lines.
const WRAP_COLUMNS: std::ops::RangeInclusive<u32> = 50..=100;
/// Minimum number of wrapped lines for a wrap column.
const WRAPPED_LINES: usize = 4;
/// Minimum number of lines for `loose`: fewer may be one paragraph with many links.
const LOOSE_LINES: usize = 10;
/// Minimum columns of a line continued by a lower-case letter: items of lower-case lists are shorter.
const OPEN_COLUMNS: u32 = 34;
/// Minimum columns of a Markdown line that the next one continues: shorter ones may be part of an address or menu.
const SOFT_COLUMNS: u32 = 40;
/// Trailing white space that makes a hard line break in Markdown.
const HARD_BREAK_SPACES: u16 = 2;
/// A paragraph of fewer columns is probably a label, not the beginning of a sentence.
const LABEL_COLUMNS: u32 = 40;

impl Habits {
    pub(super) fn of(text: &str, lines: &[Line]) -> Habits {
        let spaced = lines.iter().filter(|line| line.lead == 1 || line.trail > 0).count();
        let loose = lines.len() >= LOOSE_LINES && spaced * 2 > lines.len();
        Habits { wrap: wrap(text, lines), loose, markdown: false }
    }

    pub(super) fn of_markdown(text: &str, lines: &[Line]) -> Habits {
        Habits { markdown: true, ..Habits::of(text, lines) }
    }
}

/// The wrap column, if there is one: few lines are longer, and lines that end in mid-sentence end just before it.
fn wrap(text: &str, lines: &[Line]) -> Option<u32> {
    let longer = lines.iter().filter(|line| line.width > *WRAP_COLUMNS.end()).count();
    if longer * 50 > lines.len() {
        return None;
    }
    let open = |pair: &&[Line]| {
        let [line, next] = pair else { return false };
        let ended = text.get(line.content.range()).is_none_or(is_ended);
        next.gap == 0 && !ended && WRAP_COLUMNS.contains(&line.width)
    };
    let column = lines.windows(2).filter(open).map(|pair| pair[0].width).max()?;
    let count = |low: u32| lines.windows(2).filter(open).filter(|pair| pair[0].width >= low).count();
    // The right edge of wrapped text varies by no more than a word.
    let (near, all) = (count(column.saturating_sub(14)), count(*WRAP_COLUMNS.start()));
    let short = lines.windows(2).filter(|pair| pair[1].gap == 0 && pair[0].width < column / 2).count();
    (near >= WRAPPED_LINES && near * 10 >= all * 7 && short <= near * 2).then_some(column)
}

/// Whether each line of a text in markup is a paragraph of its own. If not, the source wraps one paragraph.
pub(crate) fn are_paragraphs(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    let lines = || text.lines().map(|line| line.trim_matches(is_blank)).filter(|line| !line.is_empty());
    let Some((last, before)) = lines().count().checked_sub(1).map(|count| (count, lines().take(count))) else {
        return false;
    };
    let too_wide = || lines().any(|line| super::line::width(line) > *WRAP_COLUMNS.end());
    let is_separated = || text.lines().any(|line| line.trim_matches(is_blank).is_empty());
    last > 0 && before.clone().all(is_ended) && (last > 1 || too_wide() || is_separated())
}

/// A line, its mark and its text after the mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) line: Line,
    pub(super) mark: Mark,
    pub(super) text: &'a str,
    /// Offset of its text in the page.
    pub(super) start: usize,
    pub(super) separator: Option<Separator>,
}

/// How `this` is joined to `before`, the last line of a paragraph that has `columns` columns so far.
pub(super) fn join(before: &Row, this: &Row, columns: u32, habits: Habits) -> Join {
    let quoted = habits.markdown && this.mark == Mark::Quote && before.mark == Mark::Quote;
    if this.line.gap > 1 || this.mark != Mark::None && !quoted {
        return Join::Break;
    }
    if matches!(before.mark, Mark::Heading(_) | Mark::Rule(_) | Mark::Fence) {
        return Join::Break;
    }
    let (Some(first), Some(last)) = (this.text.chars().next(), before.text.chars().next_back()) else {
        return Join::Break;
    };
    let adjacent = this.line.gap == 0;
    if habits.markdown && adjacent && before.line.trail < HARD_BREAK_SPACES && before.line.width >= SOFT_COLUMNS {
        return glue_wide(last, first);
    }
    // One space was inside the paragraph before it was broken up; two would be layout.
    let inner = !habits.loose
        && (before.line.trail == 1 && this.line.lead <= 1
            || this.line.lead >= 1 && this.line.indent == 1 && before.line.trail == 0);
    let space = if before.line.trail > 0 || this.line.lead > 0 { Join::Space } else { Join::Glue };
    if adjacent && is_continuing_mark(first) && !this.text.starts_with("...") && last.is_alphanumeric() | is_tight(last)
    {
        // `: ` and a quote may also begin a line of their own; a comma or full stop cannot.
        return if habits.loose { Join::Glue } else { space };
    }
    if adjacent && before.text.len() == last.len_utf8() && last.is_uppercase() && first.is_lowercase() {
        // A drop cap.
        return space;
    }
    let ended = is_ended(before.text);
    if adjacent && inner {
        let small = first.is_lowercase() || is_continuing_mark(first);
        // A label ends in a name or a colon; the middle of a sentence often ends in a lower-case word or a comma.
        let word = before.text.rsplit(is_blank).next().unwrap_or_default();
        let open = word.chars().all(char::is_lowercase) || matches!(last, ',' | '、' | '，');
        if (small || open) && !ended || columns >= LABEL_COLUMNS {
            return Join::Space;
        }
        // A label and its value: `Email: `.
        return Join::Break;
    }
    let open = !ended && (last.is_alphanumeric() || matches!(last, ',' | '-' | '–' | '’' | ')' | '”' | '"'));
    if open && first.is_lowercase() && before.line.width >= OPEN_COLUMNS && this.line.gap <= 1 {
        return Join::Space;
    }
    match habits.wrap {
        Some(column) if adjacent && is_full(before, this, column) => glue_wide(last, first),
        _ => Join::Break,
    }
}

/// Whether the first word of `this` did not fit on the line before.
fn is_full(before: &Row, this: &Row, column: u32) -> bool {
    let word = this.text.split(is_blank).next().unwrap_or_default();
    let wide = word.chars().next().is_some_and(is_wide);
    let needed = if wide { 2 } else { 1 + super::line::width(word) };
    before.line.width + needed > column
}

/// Han and kana are wrapped between characters, all other scripts at a space.
fn glue_wide(last: char, first: char) -> Join {
    if is_wide(last) && is_wide(first) { Join::Glue } else { Join::Space }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}') && !is_hangul(c)
}

/// Punctuation that no line begins with.
fn is_continuing_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | '!' | '?' | ')' | ']' | '”' | '’' | '、' | '。' | '，' | '」' | '』')
}

fn is_tight(c: char) -> bool {
    matches!(c, ')' | ']' | '”' | '’' | '"' | '\'' | '%' | '»' | '」' | '』' | '）')
}

#[cfg(test)]
mod tests {
    use super::super::{line, mark};
    use super::*;

    /// The paragraphs of `text`, one per line.
    fn paragraphs(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        line::read(text, &mut lines);
        let habits = Habits::of(text, &lines);
        let rows: Vec<_> = lines
            .iter()
            .map(|&line| {
                let content = text.get(line.content.range()).unwrap();
                let (mark, start, end) = mark::of(content);
                Row { line, mark, text: content.get(start..end).unwrap(), start, separator: None }
            })
            .collect();
        let (mut out, mut columns) = (Vec::<String>::new(), 0);
        for (index, row) in rows.iter().enumerate() {
            let how = if index == 0 { Join::Break } else { join(&rows[index - 1], row, columns, habits) };
            match (how, out.last_mut()) {
                (Join::Break, _) | (_, None) => {
                    out.push(row.text.to_owned());
                    columns = 0;
                }
                (Join::Space, Some(last)) => *last += &format!(" {}", row.text),
                (Join::Glue, Some(last)) => *last += row.text,
            }
            columns += row.line.width;
        }
        out
    }

    #[test]
    fn paragraphs_in_markup() {
        let long = "The ferry left at nine, as it had on each day before, and nobody was there to see it go but the dog of the keeper.";
        let cases = [
            ("three sentences", "One is.\n  Two is.\nThree is".to_owned(), true),
            ("two that no source wraps", format!("{long}\n{long}"), true),
            ("a blank line between", "One is.\n\nTwo is.".to_owned(), true),
            ("near miss: wrapped by the source", "The ferry left.\n It had left\n before. And so".to_owned(), false),
            ("near miss: two lines", "The ferry left.\nIt had.".to_owned(), false),
            ("near miss: one line", long.to_owned(), false),
            ("near miss: nothing", " \n ".to_owned(), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(are_paragraphs(&text), expected, "{name}");
        }
    }

    #[test]
    fn lines_that_belong_together() {
        let cases: [(&str, &str, &[&str]); 12] = [
            (
                "broken at a link",
                "The institute is a member of the \nARD\n, says \nBild\n.",
                &["The institute is a member of the ARD, says Bild."],
            ),
            (
                "broken before the space",
                "Meanwhile, in the city of the lakes,\n Ann Bell asked\n what it was.",
                &["Meanwhile, in the city of the lakes, Ann Bell asked what it was."],
            ),
            (
                "large first letter",
                "In-House Catering\nI\nn-house catering is when",
                &["In-House Catering", "In-house catering is when"],
            ),
            ("near miss: a label", "Full Service \nIf you look", &["Full Service", "If you look"]),
            ("near miss: a menu", "Home\nNews\nSport", &["Home", "News", "Sport"]),
            ("near miss: small words", "apples\npears", &["apples", "pears"]),
            (
                "near miss: two paragraphs",
                "He came in from the cold and sat down there.\nShe left.",
                &["He came in from the cold and sat down there.", "She left."],
            ),
            ("near miss: label and value", "입력\n2023-06-28", &["입력", "2023-06-28"]),
            ("near miss: label and name", "Von\nPeter Meier", &["Von", "Peter Meier"]),
            (
                "near miss: a bullet",
                "These are the things that we will need for\n- apples",
                &["These are the things that we will need for", "apples"],
            ),
            (
                "a sentence broken by an empty line",
                "These are the machines that are used in a\n\nfitness facility.",
                &["These are the machines that are used in a fitness facility."],
            ),
            (
                "wrapped",
                "It was the best of times, it was the worst of times, it was the age of\nWisdom, it was the age of foolishness, it was the epoch of belief, it\nWas the epoch of incredulity, it was the season of Light, it was the\nSeason of Darkness, it was the spring of hope, it was the winter of\nDespair.\nWe had everything before us.",
                &[
                    "It was the best of times, it was the worst of times, it was the age of Wisdom, it was the age of foolishness, it was the epoch of belief, it Was the epoch of incredulity, it was the season of Light, it was the Season of Darkness, it was the spring of hope, it was the winter of Despair.",
                    "We had everything before us.",
                ],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(paragraphs(text), expected, "{name}");
        }
    }
}
