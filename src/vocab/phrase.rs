//! A phrase as written in a language file, and where on a line it counts.
//!
//! | written | means |
//! |---|---|
//! | `=phrase` | only as the whole line, apart from symbols, digits and a count |
//! | `^phrase` | only if nothing but symbols and digits precedes it on the line |
//! | `phrase$` | only if nothing but symbols and digits follows it on the line |
//! | `*phrase`, `phrase*` | letters may join it on that side |
//! | `phrase\|` | no Hangul may follow it, so no particle either |
//! | `a_b` | with or without a space between |
//!
//! Phrases of headings must be whole lines even without a mark.

use super::Hit;
use super::family::Family;
use super::lang::Lang;

/// Maximum length of a phrase in bytes, which the test over all files checks.
pub(super) const MAX_BYTES: usize = 96;
/// Maximum number of characters that may decorate a phrase on its line: more than any decoration needs, and few enough
/// to keep a line of a million dashes linear.
const MAX_DECORATION: usize = 48;

/// The conditions on the surroundings of a match.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Rule {
    pub(super) family: Family,
    pub(super) lang: Lang,
    pub(super) line_start: bool,
    line_end: bool,
    pub(super) word_start: bool,
    pub(super) word_end: bool,
}

/// The folded texts that a line of a language file generates, with their rule.
pub(super) fn variants(line: &str, family: Family, lang: Lang) -> Vec<(String, Rule)> {
    let heading = matches!(family, Family::Heading(_));
    let (line, whole) = strip_start(line, '=');
    let (line, line_start) = strip_start(line, '^');
    let (line, joined_start) = strip_start(line, '*');
    let (line, line_end) = strip_end(line, '$');
    let (line, joined_end) = strip_end(line, '*');
    let (line, no_particle) = strip_end(line, '|');
    let anchored = line_start || line_end;
    let whole = whole || heading && !anchored;
    let rule = Rule {
        family,
        lang,
        line_start: whole || line_start,
        line_end: whole || line_end,
        word_start: !joined_start,
        word_end: !joined_end && (no_particle || line.chars().next_back().map(join) != Some(Join::Hangul)),
    };
    let mut texts = vec![String::with_capacity(line.len())];
    for letter in line.chars() {
        let other = match letter {
            '_' => Some(None),
            '\'' => Some(Some('’')),
            _ => None,
        };
        let Some(other) = other else {
            texts.iter_mut().for_each(|text| text.push(letter));
            continue;
        };
        for index in 0..texts.len() {
            let mut twin = texts[index].clone();
            twin.extend(other);
            texts.push(twin);
            texts[index].push(if letter == '_' { ' ' } else { letter });
        }
    }
    let fold = |text: String| String::from_utf8(super::fold::folded(&text)).unwrap_or(text);
    texts.into_iter().map(|text| (fold(text), rule)).collect()
}

fn strip_start(line: &str, mark: char) -> (&str, bool) {
    line.strip_prefix(mark).map_or((line, false), |rest| (rest, true))
}

fn strip_end(line: &str, mark: char) -> (&str, bool) {
    line.strip_suffix(mark).map_or((line, false), |rest| (rest, true))
}

/// A match and its surroundings, computed once for all rules that share its text.
pub(super) struct Edges {
    start: usize,
    end: usize,
    at_start: bool,
    at_end: bool,
    starts_word: bool,
    ends_word: bool,
}

impl Edges {
    pub(super) fn new(text: &str, start: usize, end: usize, at_start: bool, starts_word: bool) -> Edges {
        let inside = text.get(start..end).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let ends_word = !joined(inside.chars().next_back(), after.chars().next());
        Edges { start, end, at_start, at_end: ends_line(after), starts_word, ends_word }
    }

    pub(super) fn allow(&self, rule: &Rule) -> bool {
        (self.at_start || !rule.line_start)
            && (self.at_end || !rule.line_end)
            && (self.starts_word || !rule.word_start)
            && (self.ends_word || !rule.word_end)
    }

    /// Whether the rule holds, leaving aside its place on the line.
    pub(super) fn allow_inline(&self, rule: &Rule) -> bool {
        (self.starts_word || !rule.word_start) && (self.ends_word || !rule.word_end)
    }

    pub(super) fn hit(&self, rule: &Rule) -> Hit {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Hit {
            start: narrow(self.start),
            end: narrow(self.end),
            family: rule.family,
            lang: rule.lang,
            whole: self.at_start && self.at_end,
            at_start: self.at_start,
        }
    }
}

/// Whether there are only symbols and digits between the last line feed and the end of `before`.
pub(super) fn begins_line(before: &str) -> bool {
    for (steps, letter) in before.chars().rev().enumerate() {
        if letter == '\n' {
            return true;
        }
        if letter.is_alphabetic() || steps >= MAX_DECORATION {
            return false;
        }
    }
    true
}

/// Whether only symbols, digits, and a count with a unit of up to two letters (`3개`, `1.2K`) follow on the line.
fn ends_line(after: &str) -> bool {
    let mut digit = false;
    let mut unit = 0;
    for (steps, letter) in after.chars().enumerate() {
        if letter == '\n' {
            return true;
        }
        if steps >= MAX_DECORATION {
            return false;
        }
        if letter.is_alphabetic() {
            unit += 1;
            if !digit || unit > 2 {
                return false;
            }
        }
        digit |= letter.is_numeric();
    }
    true
}

/// Whether a letter forms one word with its neighbours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Join {
    /// A letter of a script that puts spaces between words.
    Word,
    Hangul,
    /// No letter, or one of a script without spaces.
    None,
}

/// Whether two adjacent characters belong to one word.
pub(super) fn joined(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let left = join(left);
    left != Join::None && left == join(right)
}

pub(super) fn join(letter: char) -> Join {
    match letter {
        'a'..='z' | 'A'..='Z' => Join::Word,
        '\0'..='\u{A9}' | '\u{2000}'..='\u{2BFF}' => Join::None,
        '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{400}'..='\u{481}' => Join::Word,
        // Devanagari vowel signs and viramas are not letters in Unicode, yet they are part of a word.
        '\u{964}' | '\u{965}' => Join::None,
        '\u{900}'..='\u{DFF}' => {
            if letter.is_numeric() {
                Join::None
            } else {
                Join::Word
            }
        }
        '\u{E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Join::None,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => Join::Hangul,
        '\u{2E80}'..='\u{ABFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'.. => Join::None,
        _ if letter.is_alphabetic() => Join::Word,
        _ => Join::None,
    }
}
