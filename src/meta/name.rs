//! People's names out of a byline.
//!
//! A byline is a line of names, words for what they did, houses and places, set apart by commas, bars, words for `and`, or
//! nothing but a space. It is cut into segments; each is stripped of what the vocabulary knows, and what remains must look
//! like a name.

use super::key::is_wide;
use super::plain::{collapse, cut};
use crate::types::Role;
use crate::vocab::{Family, Vocab};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Longest byline read, in bytes.
const MAX_BYLINE: usize = 600;
/// Names taken from one byline.
const MAX_NAMES: usize = 12;
/// Longest name, in columns: a full Iberian or Arabic one.
const MAX_WIDTH: usize = 50;
/// Words looked at from a segment's end for a role: `Deputy Political Editor`.
const MAX_ROLE_WORDS: usize = 5;

/// How sure it is that the text is a byline.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trust {
    /// Said to be one: whatever is left is a name.
    Stated,
    /// Looks like one: what is left must look like a name.
    Seen,
}

/// A name with what the byline says of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) affiliation: Option<String>,
    /// A word for the role, or a lead such as `by`, stands with it.
    pub(crate) worded: bool,
}

/// The names in `text`.
pub(crate) fn names(text: &str, trust: Trust) -> Vec<Named> {
    let text = without_addresses(cut(text, MAX_BYLINE));
    let mut reader = Reader { trust, found: Vec::new(), role: None, led: false };
    for segment in segments(&text) {
        if reader.found.len() >= MAX_NAMES {
            break;
        }
        reader.segment(segment);
    }
    reader.found
}

/// A piece of a byline between separators.
#[derive(Clone, Copy, Debug)]
struct Segment<'a> {
    text: &'a str,
    /// Inside brackets.
    bracketed: bool,
    /// What ends it.
    end: char,
}

/// Replaces mail addresses, handles and web addresses by separators; they are often glued to a name.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for (index, word) in line.split(' ').enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if word.contains("://") || word.starts_with("www.") && word.len() > 12 {
                out.push('\t');
                continue;
            }
            match word.split_once('@') {
                Some((before, _)) => {
                    // The mailbox is what is ASCII before the sign; a name may be glued to it.
                    let kept = before
                        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'));
                    out.push_str(kept);
                    out.push('\t');
                }
                None => out.push_str(word),
            }
        }
    }
    out
}

fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let mut push = |from: usize, to: usize, bracketed: bool, end: char| {
        if let Some(piece) = text.get(from..to).map(str::trim)
            && !piece.is_empty()
        {
            out.push(Segment { text: piece, bracketed, end });
        }
    };
    let vocab = Vocab::get();
    let mut before = ' ';
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        let len = c.len_utf8();
        match c {
            '(' | '[' | '（' | '【' | '［' | '<' | '〈' => {
                push(start, at, depth > 0, c);
                (start, depth) = (at + len, depth + 1);
            }
            ')' | ']' | '）' | '】' | '］' | '>' | '〉' => {
                push(start, at, depth > 0, c);
                (start, depth) = (at + len, depth.saturating_sub(1));
            }
            ',' | ';' | '、' | '，' | '；' | '/' | '／' | '|' | '｜' | '丨' | '·' | '•' | '・' | '&' | '+' | '\n'
            | '\t' | '■' | '▲' | '=' | '＝' | ':' | '：' | '★' | '∙' => {
                push(start, at, depth > 0, c);
                start = at + len;
            }
            '-' | '–' | '—' if before == ' ' && text.get(at + len..).is_some_and(|rest| rest.starts_with(' ')) => {
                push(start, at, depth > 0, c);
                start = at + len;
            }
            _ if before == ' ' && at > start => {
                let joiner = vocab.longest_at(text, at, |family| family == Family::Joiner);
                if let Some(hit) = joiner
                    && text.get(hit.end as usize..).is_some_and(|rest| rest.starts_with(' '))
                {
                    push(start, at, depth > 0, '&');
                    (start, skip) = (hit.end as usize, hit.end as usize);
                }
            }
            _ => {}
        }
        before = if c.is_whitespace() { ' ' } else { c };
    }
    push(start, text.len(), depth > 0, '\n');
    out
}

struct Reader {
    trust: Trust,
    found: Vec<Named>,
    /// Holds until another one is named: `Photos: A, B`.
    role: Option<Role>,
    led: bool,
}

fn role_of(family: Family) -> Option<Role> {
    Some(match family {
        Family::Author | Family::BylineLead => Role::Author,
        Family::Photographer => Role::Photographer,
        Family::Editor => Role::Editor,
        Family::Translator => Role::Translator,
        Family::Poster => Role::Poster,
        Family::OutletLead => Role::Outlet,
        _ => return None,
    })
}

impl Reader {
    fn segment(&mut self, segment: Segment<'_>) {
        let mut text = trimmed(segment.text);
        // At the head: leads and roles, `Text by`, `记者`, `Photos:`.
        let mut role = None;
        let mut led = false;
        for _ in 0..4 {
            let Some((word, rest)) = head_word(text) else { break };
            led = true;
            role = match (role, word) {
                (Some(Role::Author) | None, word) => Some(word),
                (known, _) => known,
            };
            text = trimmed(rest);
        }
        if text.is_empty() {
            // Only words: they speak for what follows, unless they close what went before (`Jane Miller, Editor`).
            let closes = !self.found.is_empty() && !matches!(segment.end, ':' | '：' | '/' | '／' | '=');
            if !closes {
                (self.role, self.led) = (role, true);
            } else if let Some(last) = self.found.last_mut() {
                last.worded = true;
            }
            return;
        }
        if starts_date(text) || is_whole(text, |family| matches!(family, Family::Joiner | Family::Others)) {
            return;
        }
        if let Some(role) = role {
            self.role = Some(role);
        }
        self.led |= led;
        let (text, tail) = tail_role(text);
        let (text, second) = tail_role(without_date(text, self.trust));
        let (text, tail) = (trimmed(text), tail.or(second));
        if text.is_empty() {
            if let Some(last) = self.found.last_mut()
                && segment.end != ':'
            {
                last.worded |= tail.is_some();
            }
            return;
        }
        let worded = led || tail.is_some() || self.led;
        if segment.bracketed && !led && tail.is_none() {
            // `(AP)`, `[Seoul]`: a house or place; of whoever stands before it.
            if let Some(last) = self.found.last_mut()
                && last.affiliation.is_none()
            {
                last.affiliation = Some(text.to_owned());
            }
            return;
        }
        let role = match tail {
            Some(role @ (Role::Photographer | Role::Translator)) => role,
            Some(Role::Editor) if self.role.is_none() && self.trust == Trust::Seen => Role::Editor,
            _ => self.role.unwrap_or(Role::Author),
        };
        if is_agency(text) {
            self.put(text, Role::Agency, None, worded);
        } else if text.chars().any(is_wide) {
            self.wide(text, role, worded);
        } else {
            self.latin(text, role, worded);
        }
    }

    fn put(&mut self, name: &str, role: Role, affiliation: Option<String>, worded: bool) {
        self.found.push(Named { name: collapse(name), role, affiliation, worded });
    }

    /// Scripts without capitals: the name is told by its length, its family name and its place beside the role.
    fn wide(&mut self, text: &str, role: Role, worded: bool) {
        let tokens: Vec<&str> = text
            .split_whitespace()
            .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|t| !t.is_empty())
            .collect();
        let hangul = text.chars().any(is_hangul);
        if !hangul {
            self.han(text, role, worded);
            return;
        }
        // The last token that can be a name, nearest the role word: before it stand place and house. But a house may
        // stand between: `name house 기자`.
        let named = |t: &&&str| is_korean_name(t);
        let best = tokens
            .iter()
            .rev()
            .find(|t| is_korean_name(t) && t.chars().count() == 3)
            .or_else(|| tokens.iter().rev().find(named));
        match best {
            Some(name) if worded || tokens.len() == 1 || self.trust == Trust::Stated => {
                let rest: Vec<&str> = tokens.iter().filter(|t| *t != name).copied().collect();
                let affiliation = (!rest.is_empty() && rest.len() <= 3).then(|| rest.join(" "));
                if tokens.len() <= 6 {
                    self.put(name, role, affiliation, worded);
                }
            }
            _ => {
                if self.trust == Trust::Stated && super::key::width(text) <= 30 {
                    self.put(text, role, None, worded);
                }
            }
        }
    }

    /// Han and kana: names stand behind the role (`本报记者 张三 李四`), or are the whole segment.
    fn han(&mut self, text: &str, role: Role, worded: bool) {
        let vocab = Vocab::get();
        let (mut text, mut worded, mut house) = (text, worded, None);
        let inner = text.char_indices().filter(|&(at, c)| at > 0 && is_wide(c)).find_map(|(at, _)| {
            let hit = vocab.longest_at(text, at, |family| family == Family::Author)?;
            Some((at, hit.end as usize)).filter(|&(_, end)| end < text.len())
        });
        if let Some((at, end)) = inner {
            house = text.get(..at).map(str::to_owned).filter(|h| super::key::width(h) <= 24);
            text = text.get(end..).unwrap_or_default();
            worded = true;
        }
        let mut tokens =
            text.split_whitespace().map(|t| t.trim_matches(|c: char| !c.is_alphanumeric())).filter(|t| !t.is_empty());
        let stops = |token: &str| {
            vocab.longest_at(token, 0, |f| matches!(f, Family::OutletLead | Family::DatePublished)).is_some()
        };
        let whole = tokens.clone().count() == 1;
        let mut any = false;
        for token in tokens.by_ref().take_while(|token| !stops(token)).take(MAX_NAMES) {
            let named =
                is_family_name_first(token) || (is_han_name(token) && (worded || whole && self.trust == Trust::Stated));
            if named {
                self.put(token, role, house.clone(), worded);
            }
            any |= named;
        }
        if !any && self.trust == Trust::Stated && super::key::width(text) <= 30 {
            self.put(text, role, None, worded);
        }
    }

    fn latin(&mut self, text: &str, role: Role, worded: bool) {
        let width = text.chars().count();
        let words: Vec<&str> = text.split_whitespace().collect();
        if !(2..=MAX_WIDTH).contains(&width) || words.is_empty() || !text.chars().any(char::is_alphabetic) {
            return;
        }
        let credentials = !self.found.is_empty() && words.iter().all(|w| is_credential(w));
        if credentials {
            return;
        }
        // `By Jane Miller Published on…`: behind a lead, the first two words, and what belongs between them.
        if worded && self.trust == Trust::Seen && (words.len() > 4 || !words.iter().all(|w| is_name_word(w))) {
            let mut taken = 0;
            let mut full = 0;
            for word in words.iter().take_while(|w| is_name_word(w)).take(4) {
                taken += 1;
                full += usize::from(word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase));
                if full == 2 {
                    break;
                }
            }
            if full == 2 && self.led {
                self.put(&words[..taken].join(" "), role, None, worded);
            }
            return;
        }
        let looks = words.len() <= 6
            && words.iter().all(|w| is_name_word(w))
            && words.iter().any(|w| w.chars().next().is_some_and(char::is_uppercase));
        if looks || (self.trust == Trust::Stated && words.len() <= 7) {
            self.put(text, role, None, worded);
        }
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '–'
                    | '—'
                    | ':'
                    | '：'
                    | '*'
                    | '#'
                    | '"'
                    | '“'
                    | '”'
                    | '='
                    | ','
                    | '…'
                    | '~'
                    | '|'
                    | '⋅'
                    | '»'
                    | '«'
                    | '›'
            )
    })
    .trim_end_matches(|c: char| c == '。' || c.is_whitespace())
}

/// A lead or role at the head of `text`, and what follows.
fn head_word(text: &str) -> Option<(Role, &str)> {
    let hit = Vocab::get().longest_at(text, 0, |family| role_of(family).is_some())?;
    let (head, rest) = text.split_at_checked(hit.end as usize)?;
    // `Writer` may be a family name, `Anchor` a place: only a word that a space or a sign ends, in scripts with spaces.
    is_apart(head, rest).then_some(())?;
    Some((role_of(hit.family)?, rest))
}

/// Whether a name may begin with `rest`, the word for it being `head`.
pub(crate) fn is_apart(head: &str, rest: &str) -> bool {
    // Only Han sets a name right behind the word, and one character (`文`) begins too many others.
    let last = head.chars().next_back().unwrap_or(' ');
    let glues = !last.is_alphanumeric() || (is_wide(last) && !is_hangul(last) && head.chars().nth(1).is_some());
    rest.is_empty() || glues || rest.starts_with(|c: char| !c.is_alphanumeric())
}

/// Cuts a role off the end of `text`.
fn tail_role(text: &str) -> (&str, Option<Role>) {
    let vocab = Vocab::get();
    let mut text = text;
    let mut role = None;
    for _ in 0..3 {
        let mut starts: Vec<usize> = Vec::new();
        let mut boundary = true;
        for (at, c) in text.char_indices() {
            if boundary || is_wide(c) {
                starts.push(at);
            }
            boundary = !super::key::is_word(c);
        }
        let keep = if text.chars().any(is_wide) { 10 } else { MAX_ROLE_WORDS };
        let from = starts.len().saturating_sub(keep);
        let found = starts.get(from..).unwrap_or_default().iter().find_map(|&at| {
            let hit = vocab.longest_at(text, at, |family| {
                matches!(
                    family,
                    Family::Author
                        | Family::Photographer
                        | Family::Editor
                        | Family::Translator
                        | Family::Others
                        | Family::Honorific
                )
            })?;
            let rest = text.get(hit.end as usize..)?;
            rest.chars().all(|c| !c.is_alphanumeric()).then_some((at, hit.family))
        });
        let Some((at, family)) = found else { break };
        if at == 0 && family == Family::Honorific {
            break;
        }
        role = role.or(role_of(family)).or(role);
        text = trimmed(text.get(..at).unwrap_or_default());
    }
    (text, role)
}

fn is_agency(text: &str) -> bool {
    is_whole(text, |family| family == Family::Agency)
}

/// Whether `text` is a word of such a family and nothing else.
fn is_whole(text: &str, family: impl Fn(Family) -> bool) -> bool {
    Vocab::get().longest_at(text, 0, family).is_some_and(|hit| hit.end as usize == text.len())
}

/// Whether the segment is a date or a label of one: a weekday, a month, `Updated`, a number.
fn starts_date(text: &str) -> bool {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.chars().filter(|c| c.is_alphabetic()).count() < 4 || text.contains(' ');
    }
    let hit = Vocab::get().longest_at(text, 0, |family| {
        matches!(
            family,
            Family::Month(_)
                | Family::DatePublished
                | Family::DateModified
                | Family::DateOther
                | Family::Weekday
                | Family::AgoLead
        )
    });
    hit.is_some_and(|hit| {
        let rest = text.get(hit.end as usize..).unwrap_or_default();
        rest.chars().all(|c| !c.is_alphabetic()) || rest.contains(|c: char| c.is_ascii_digit())
    })
}

/// Cuts the text off where a date or count begins that is glued or added to a name.
fn without_date(text: &str, trust: Trust) -> &str {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    if trust == Trust::Stated && !text.contains(' ') {
        return text; // A nickname.
    }
    let (before, _) = text.split_at(digit);
    let before = before.trim_end();
    // A month or a date's label before the number goes too.
    let vocab = Vocab::get();
    let mut end = before.len();
    let mut boundary = true;
    for (at, c) in before.char_indices() {
        if boundary && at > 0 {
            let label = vocab.longest_at(before, at, |family| {
                matches!(
                    family,
                    Family::Month(_) | Family::DatePublished | Family::DateModified | Family::Weekday | Family::AgoLead
                )
            });
            if label.is_some_and(|hit| hit.end as usize >= before.len().saturating_sub(2)) {
                end = at;
                break;
            }
        }
        boundary = !super::key::is_word(c);
    }
    before.get(..end).unwrap_or_default().trim_end()
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

fn surnames() -> &'static [HashSet<&'static str>; 3] {
    static SURNAMES: OnceLock<[HashSet<&'static str>; 3]> = OnceLock::new();
    SURNAMES.get_or_init(|| {
        let of = |code: &str| {
            let lines = include_str!("../../data/meta/surnames.txt").lines();
            lines
                .filter_map(|line| line.split_once(' '))
                .filter(|(c, _)| *c == code)
                .flat_map(|(_, names)| names.split(' '))
                .collect()
        };
        [of("ko"), of("zh"), of("ja")]
    })
}

fn starts_with_surname(text: &str, set: usize) -> bool {
    let heads = text.char_indices().skip(1).take(3).map(|(at, _)| at);
    heads.filter_map(|at| text.get(..at)).any(|head| surnames()[set].contains(head))
}

/// Two to four syllables, a family name first.
pub(crate) fn is_korean_name(text: &str) -> bool {
    let count = text.chars().count();
    (2..=4).contains(&count) && text.chars().all(is_hangul) && starts_with_surname(text, 0)
}

/// A name of Han and kana, by its length.
fn is_han_name(text: &str) -> bool {
    let count = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    (2..=5).contains(&count) && han > 0 && han + kana(text) == count
}

/// A Chinese or Japanese name by its family name.
pub(crate) fn is_family_name_first(text: &str) -> bool {
    let count = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    let chinese = han == count && (2..=3).contains(&count) && starts_with_surname(text, 1);
    chinese || ((3..=6).contains(&count) && han >= 2 && han + kana(text) == count && starts_with_surname(text, 2))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '々')
}

fn kana(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}')).count()
}

/// `MD`, `Ph.D.`, `CEPF®`: what stands behind a name.
fn is_credential(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    letters <= 6 && upper >= 2 && upper + 1 >= letters
}

fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let shaped = word
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '‑' | '`') || super::key::is_mark(c));
    let sentence = word.ends_with('.') && word.chars().count() > 4;
    if !shaped || sentence {
        return false;
    }
    let particle = || {
        Vocab::get()
            .longest_at(word, 0, |family| family == Family::NameParticle)
            .is_some_and(|hit| hit.end as usize == word.len())
    };
    first.is_uppercase()
        || (!first.is_lowercase() && first.is_alphabetic())
        || particle()
        || (word.len() > 2 && word.chars().nth(2).is_some_and(char::is_uppercase))
}

/// Whether a word of `text` is a common given name.
pub(crate) fn has_given_name(text: &str) -> bool {
    static GIVEN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let given = GIVEN.get_or_init(|| {
        include_str!("../../data/meta/given.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(' '))
            .collect()
    });
    text.split(|c: char| c.is_whitespace() || c == '-').take(6).any(|word| given.contains(word.to_lowercase().as_str()))
}

/// Whether `text` looks like the full name of one person in a script with capitals.
pub(crate) fn is_full_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len()) && words.iter().all(|w| is_name_word(w)) && text.chars().count() <= 40
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, trust: Trust) -> String {
        let mark = |role: Role| if role == Role::Author { String::new() } else { format!("({})", role.key()) };
        names(text, trust).iter().map(|n| format!("{}{}", n.name, mark(n.role))).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn bylines() {
        let cases = [
            ("By Jane Miller", "Jane Miller"),
            ("Jane Miller and John O'Hara", "Jane Miller|John O'Hara"),
            ("By\nJane Miller\n,\nJohn P. Dyke\nStaff writer", "Jane Miller|John P. Dyke"),
            ("Jane Miller, Senior Editor", "Jane Miller"),
            ("Jane Miller, MD, FOMA", "Jane Miller"),
            ("Jane Miller22 Dec 2016651", "Jane Miller"),
            ("Written by Jane Miller | May 5, 2020", "Jane Miller"),
            ("Jane Miller (AP)", "Jane Miller"),
            ("Photos by Jane Miller", "Jane Miller(photographer)"),
            ("이혁기 더스쿠프 기자lhk@thescoop.co.kr", "이혁기"),
            ("순천, 광양 구현모 기자 ninek@x.com", "구현모"),
            ("[서울=뉴시스]김수아 인턴 기자", "김수아"),
            ("박준석 기자 외 1명", "박준석"),
            ("김하나·박둘 기자", "김하나|박둘"),
            ("记者 王小明 李四", "王小明|李四"),
            ("渡辺洋介2025年1月13日", "渡辺洋介"),
            ("May 5, 2020", ""),
            ("Read the full story of how we did it and why it matters to you all", ""),
        ];
        let wrong: Vec<_> =
            cases.iter().map(|(t, e)| (t, shown(t, Trust::Seen), e)).filter(|(_, s, e)| s != **e).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn stated() {
        let cases = [
            ("freeman1984", "freeman1984"),
            ("surfguard", "surfguard"),
            ("https://www.facebook.com/x", ""),
            ("12345", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, Trust::Stated), expected, "{text}");
        }
    }
}
