//! Decides which lines form one paragraph: hard-wrapped text, and text that was broken at each link or bold word.

use super::line::{Line, is_blank};
use super::mark::Mark;
use super::sentence::{is_ended, is_hangul};
use super::table::Separator;
use std::ops::RangeInclusive;

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
    /// How the page was hard-wrapped, if it was.
    wrap: Option<Wrap>,
    /// Whether so many lines are surrounded by white space that it means nothing.
    loose: bool,
    /// Whether the text is Markdown, where a paragraph ends only at a blank line or a mark.
    pub(super) markdown: bool,
}

/// Hard-wrapped text in a page: its column, and the offsets at which its first line begins and its last one ends. Menus and
/// headlines around it are not wrapped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Wrap {
    column: u32,
    start: u32,
    end: u32,
}

/// Range of columns at which people and programs wrap lines.
const WRAP_COLUMNS: RangeInclusive<u32> = 50..=100;
/// How many they are.
const WRAP_CHOICES: usize = (*WRAP_COLUMNS.end() - *WRAP_COLUMNS.start()) as usize + 1;
/// Percentage of the lines ending in mid-sentence that must agree on the wrap column: fewer do in verses.
const AGREEING_PERCENT: usize = 70;
/// Minimum number of wrapped lines for a wrap column.
const WRAPPED_LINES: usize = 4;
/// Maximum number of wrapped lines per line that ends a sentence: a list of headlines never ends one.
const LINES_PER_END: usize = 8;
/// Number of lines beyond all wrap columns that wrapped text may have anyway: an address, a copyright notice.
const LONGER_LINES: usize = 2;
/// Wrapped text of so many lines per longer line may have more of them.
const LINES_PER_LONGER: usize = 50;
/// Minimum number of lines for `loose`: fewer may be one paragraph with many links.
const LOOSE_LINES: usize = 10;
/// Minimum columns of a line continued by a lower-case letter: items of lower-case lists are shorter.
const OPEN_COLUMNS: u32 = 34;
/// Minimum columns of a Markdown line that the next one continues: shorter ones may be part of an address or menu.
const SOFT_COLUMNS: u32 = 40;
/// Trailing white space that makes a hard line break in Markdown.
const HARD_BREAK_SPACES: u16 = 2;
/// Maximum number of letters that an apostrophe adds to a word: `’s`, `’ll`. `’twas` has more and begins a verse.
const SUFFIX_LETTERS: usize = 2;
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

/// The wrapped text of a page, if there is any. Each line that ends in mid-sentence says at which columns it may have been
/// wrapped: from its width on, until the first word of the next line would have fitted. Wrapped lines agree on one column,
/// while headlines and verses, which have any width, do not.
fn wrap(text: &str, lines: &[Line]) -> Option<Wrap> {
    let content = |line: &Line| text.get(line.content.range()).unwrap_or_default();
    let open = || {
        lines.windows(2).enumerate().filter_map(|(index, pair)| {
            let [line, next] = pair else { return None };
            let text = content(line);
            let is_open = next.gap == 0 && WRAP_COLUMNS.contains(&line.width) && !is_ended(text) && !ends_in_time(text);
            is_open.then(|| (index, line.width, line.width.saturating_add(needed(content(next)) - 1)))
        })
    };
    let column = agreed(open().map(|(_, least, most)| least..=most));
    let agreeing = || open().filter(|&(_, least, most)| (least..=most).contains(&column)).map(|(index, ..)| index);
    // Runs of wrapped lines that end with a sentence: a headline and the byline below it may look like one that does not.
    let (mut first, mut last, mut run, mut next, mut ends) = (None, 0, 0, 0, 0);
    for index in agreeing() {
        run = if index == next { run } else { index };
        next = index + 1;
        if is_ended(content(&lines[next])) {
            first.get_or_insert(run);
            (last, ends) = (next, ends + 1);
        }
    }
    let mut first = first?;
    let wrapped = agreeing().filter(|index| (first..last).contains(index)).count();
    let all = open().filter(|(index, ..)| (first..last).contains(index)).count();
    let between = lines.get(first..=last)?;
    let short = between.windows(2).filter(|pair| pair[1].gap == 0 && pair[0].width < column / 2).count();
    let longer = between.iter().filter(|line| line.width > *WRAP_COLUMNS.end()).count();
    let is_wrapped = wrapped >= WRAPPED_LINES
        && wrapped * 100 >= all * AGREEING_PERCENT
        && ends * LINES_PER_END >= wrapped
        && short <= wrapped * 2
        && longer <= LONGER_LINES.max(between.len() / LINES_PER_LONGER);
    if !is_wrapped {
        return None;
    }
    // A sentence may also end where the line does.
    let is_full = |at: usize| {
        let (line, next) = (&lines[at], &lines[at + 1]);
        next.gap == 0 && is_ended(content(line)) && is_full(line, content(next), column)
    };
    while first > 0 && is_full(first - 1) {
        first -= 1;
    }
    while last + 1 < lines.len() && is_full(last) {
        last += 1;
    }
    Some(Wrap { column, start: lines[first].content.start, end: lines[last].content.end })
}

/// The column that most ranges of columns hold, and of these the last.
fn agreed(ranges: impl Iterator<Item = RangeInclusive<u32>>) -> u32 {
    // How many more ranges hold each column than the column before it.
    let mut changes = [0i32; WRAP_CHOICES + 1];
    let choice = |column: &u32| (column.min(WRAP_COLUMNS.end()) - WRAP_COLUMNS.start()) as usize;
    for range in ranges {
        changes[choice(range.start())] += 1;
        changes[choice(range.end()) + 1] -= 1;
    }
    let (mut sum, mut best, mut column) = (0, 0, 0);
    for (change, at) in changes.into_iter().zip(WRAP_COLUMNS) {
        sum += change;
        if sum >= best {
            (best, column) = (sum, at);
        }
    }
    column
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
    let ended = is_ended(before.text);
    let is_marked = is_marked(this.text, ended);
    if adjacent && is_marked && !this.text.starts_with("...") && last.is_alphanumeric() | is_tight(last) {
        // `: ` and a quote may also begin a line of their own; a comma or full stop cannot.
        return if habits.loose { Join::Glue } else { space };
    }
    if adjacent && before.text.len() == last.len_utf8() && last.is_uppercase() && first.is_lowercase() {
        // A drop cap.
        return space;
    }
    if adjacent && inner {
        let small = first.is_lowercase() || is_marked;
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
        Some(Wrap { column, start, end })
            if adjacent
                && start <= before.line.content.start
                && this.line.content.end <= end
                && !ends_in_time(before.text)
                && is_full(&before.line, this.text, column) =>
        {
            glue_wide(last, first)
        }
        _ => Join::Break,
    }
}

/// Whether `line` was wrapped at `column` because the first word of `next` did not fit.
fn is_full(line: &Line, next: &str, column: u32) -> bool {
    line.width <= column + OVERHANG_COLUMNS && line.width.saturating_add(needed(next)) > column
}

/// Columns by which punctuation may hang over the edge; a longer line was not wrapped there.
const OVERHANG_COLUMNS: u32 = 2;

/// The columns that the first word of `next` needs on the line before.
fn needed(next: &str) -> u32 {
    let word = next.split(is_blank).next().unwrap_or_default();
    let is_wide = word.chars().next().is_some_and(is_wide);
    if is_wide { 2 } else { super::line::width(word).saturating_add(1) }
}

/// Whether the last word is a time or a date in numbers, as in a byline: `Ann Bell 2024-05-06 20:11`.
fn ends_in_time(text: &str) -> bool {
    let word = text.rsplit(is_blank).next().unwrap_or_default();
    let is_part = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = word.trim_end_matches(['.', ')']).trim_start_matches('(').split(['-', '.', ':', '/']);
    parts.clone().all(is_part) && parts.count() >= if word.contains(':') { 2 } else { 3 }
}

/// Han and kana are wrapped between characters, all other scripts at a space.
fn glue_wide(last: char, first: char) -> Join {
    if is_wide(last) && is_wide(first) { Join::Glue } else { Join::Space }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}') && !is_hangul(c)
}

/// Whether a line begins with punctuation that continues the line before; `ended` says whether that one ends a sentence.
fn is_marked(line: &str, ended: bool) -> bool {
    let mut chars = line.chars();
    match (chars.next(), chars.next()) {
        // `”` opens a quote in Swedish and Finnish, and a particle follows it in Korean; `.NET`; `’90s`.
        (Some('”' | '’'), Some(_)) if ended => false,
        // The end of a word that was a link: `The Standard` / `’s mission`.
        (Some('’'), Some(next)) if next.is_lowercase() => {
            chars.take_while(|c| c.is_alphabetic()).count() < SUFFIX_LETTERS
        }
        (Some('”'), Some(next)) if next.is_alphanumeric() && !is_hangul(next) => false,
        (Some('.'), Some(next)) if ended || next.is_uppercase() || next.is_ascii_digit() => false,
        (Some('’'), Some(next)) if next.is_ascii_digit() => false,
        (Some(first), _) => {
            matches!(first, ',' | '.' | ';' | '!' | '?' | ')' | ']' | '”' | '’' | '、' | '。' | '，' | '」' | '』')
        }
        (None, _) => false,
    }
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

    /// Hard-wrapped paragraphs without blank lines between.
    const WRAPPED: &str = "The council has dropped the charge for late books, and\nreaders have begun to bring back what they had kept for\nyears. The oldest was a cookery book of 1997.\nIt came with a letter in which the reader asked not to\nbe named. Her mother had meant to return it, she wrote,\nbut was afraid of the bill, which grew by the day and\nwas more than the book had cost.\n";

    #[test]
    fn wrapped_text_in_a_page() {
        let menu = "Home\nNews\nSport\nCulture\nTravel\n".repeat(8);
        let notice = "Copyright of the paper, all rights reserved, no part of this may be printed again in any form without our leave.\n";
        let headline = "Readers return what they kept for years, and the library is glad of it\n";
        let titled = "Readers return what they kept for years, at last and\n";
        let byline = "Jo Day, Correspondent, Harbour 2023-04-11, 08:00:00\n";
        let quoted = WRAPPED.replacen("years.", &format!("years.\n\n{notice}\n"), 1);
        let cases = [
            ("alone", WRAPPED.to_owned(), true),
            ("under and above a menu", format!("{menu}{WRAPPED}{menu}"), true),
            ("above a long line", format!("{WRAPPED}{notice}"), true),
            ("around a long line", quoted, true),
            ("below a wider headline", format!("{headline}{WRAPPED}"), true),
            ("below a headline and a byline", format!("{titled}Jo Day\n{WRAPPED}"), true),
            ("below a byline with a time", format!("{byline}{WRAPPED}"), true),
        ];
        for (name, text, expected) in cases {
            let found = paragraphs(&text);
            let is_joined = found.iter().any(|line| line.starts_with("It came with") && line.ends_with("had cost."));
            assert_eq!(is_joined, expected, "{name}: {found:#?}");
            let is_kept = |line: &str| text.lines().any(|old| old == line) == found.iter().any(|new| new == line);
            assert!(
                is_kept("Sport") && is_kept(headline.trim_end()) && is_kept(notice.trim_end()),
                "{name}: {found:#?}"
            );
        }
        let near_misses = [
            (
                "headlines",
                "Council drops its charge for late books after ten years\nReaders bring back what they had kept since 1997\nFerry to the island is cancelled as storm comes closer\nBakery with a secret: what the baker never told anyone else\nHarbour master retires after thirty years in his tower\nTown hall clock stopped again, and no one knows why it did so\n",
            ),
            (
                "lines of a table",
                "2023-04-11 08:00:01 server-one accepted 192.0.2.17 port 40112\n2023-04-11 08:00:02 server-two accepted 192.0.2.18 port 40113\n2023-04-11 08:00:03 server-one accepted 192.0.2.19 port 40114\n2023-04-11 08:00:04 server-two accepted 192.0.2.20 port 40115\n2023-04-11 08:00:05 server-one accepted 192.0.2.21 port 40116\n",
            ),
            (
                "verses",
                "The wind is in the sails again and all the ropes are taut\nAnd every sailor knows the song his father taught him once\nThe harbour lies behind us now with all that we had sought,\nAnd none of us will speak of it for many, many months.\nThe moon\nIs up\nAnd so are we,\nThe stars\nAre out,\nAnd calm\nThe sea\n",
            ),
        ];
        for (name, text) in near_misses {
            assert_eq!(paragraphs(text), text.lines().collect::<Vec<_>>(), "{name}");
        }
    }

    #[test]
    fn lines_that_belong_together() {
        let cases: [(&str, &str, &[&str]); 19] = [
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
            ("near miss: a name with a stop", "Java\n.NET\nPython", &["Java", ".NET", "Python"]),
            ("a name that was a link", "Founded by \nEileen\n’s aunt", &["Founded by Eileen’s aunt"]),
            ("a Korean particle", "해오름재단\n”이라고 말했다", &["해오름재단”이라고 말했다"]),
            ("near miss: a verse", "The moon\n’twas up", &["The moon", "’twas up"]),
            ("near miss: years", "Hits\n’90s", &["Hits", "’90s"]),
            ("near miss: a Swedish quote", "Han log\n”Vi är glada”", &["Han log", "”Vi är glada”"]),
            ("a quote that a link broke", "She said “the \nferry\n” and left", &["She said “the ferry” and left"]),
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
