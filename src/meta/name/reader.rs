//! Reads the segments of a byline, one after another, into names.

use super::role::{head_word, tail_role, trimmed};
use super::segment::Segment;
use super::shape::{
    has_given_name, has_long_surname, is_credential, is_family_name_first, is_full_name, is_han_name, is_hangul,
    is_japanese_family_name, is_job, is_korean_name, is_name_word,
};
use super::stray::{is_label, starts_date, without_date};
use super::{MAX_NAMES, Named, Trust};
use crate::meta::key::{is_upper, is_wide, width};
use crate::plain::collapse;
use crate::types::Role;
use crate::vocab::{Family, Vocab};
use std::borrow::Cow;

/// Most names in Hangul before one role word.
const MAX_TOGETHER: usize = 4;
/// Most words of a name in a script without capitals.
const MAX_CASELESS: usize = 4;
/// Shortest label of a date that cannot be a part of a short name, in bytes: `Data` and `On` can.
const MIN_LABEL: usize = 6;
/// Longest name, in columns: a full Iberian or Arabic one.
const MAX_WIDTH: usize = 50;

pub(super) struct Reader {
    pub(super) trust: Trust,
    pub(super) found: Vec<Named>,
    /// The role of the names that follow, until another role is stated: `Photos: A, B`.
    pub(super) role: Option<Role>,
    pub(super) led: bool,
    /// The byline has only one segment.
    alone: bool,
    /// The role is editor and was stated by a lead: `Edited by`.
    edits: bool,
    /// The character that ended the previous segment.
    before: char,
}

impl Reader {
    pub(super) fn new(trust: Trust, role: Option<Role>, alone: bool) -> Reader {
        Reader { trust, found: Vec::new(), role, led: role.is_some(), alone, edits: false, before: '\n' }
    }

    pub(super) fn segment(&mut self, segment: Segment<'_>) {
        self.read_segment(segment);
        self.before = segment.end;
    }

    fn read_segment(&mut self, segment: Segment<'_>) {
        let mut text = trimmed(segment.text);
        // Leads and roles at the head: `Text by`, `记者`, `Photos:`.
        let mut role = None;
        let mut led = false;
        let mut stated = text;
        for _ in 0..4 {
            let Some((word, rest)) = head_word(text) else { break };
            led = true;
            if is_lead(text, rest) {
                stated = trimmed(rest);
                self.edits = word == Role::Editor;
            }
            role = match (role, word) {
                (Some(Role::Author) | None, word) => Some(word),
                (known, _) => known,
            };
            text = trimmed(rest);
        }
        if text.is_empty() {
            // Only role words: they belong to the names that follow, or to the one before them (`Jane Miller, Editor`).
            let closes = !self.found.is_empty() && !matches!(segment.end, ':' | '：' | '/' | '／' | '=');
            if self.is_whole_statement(stated) {
                self.put(stated, Role::Author, None, true);
            } else if !closes {
                (self.role, self.led) = (role, true);
            }
            return;
        }
        // `…2019-03-06 责任编辑：龙慧`, `作者：未知 责任编辑：棒棒`: a role before the colon belongs to the next segment.
        let (text, next) = if matches!(segment.end, ':' | '：') && text.chars().any(is_wide) {
            tail_role(text)
        } else {
            (text, None)
        };
        self.read(text, role, led, segment, stated);
        if next.is_some() {
            (self.role, self.led) = (next, true);
        }
    }

    /// Reads what remains of a segment without the words at its head.
    fn read(&mut self, text: &str, role: Option<Role>, led: bool, segment: Segment<'_>, stated: &str) {
        if is_whole(text, |family| matches!(family, Family::Joiner | Family::Others)) {
            return;
        }
        if starts_date(text) {
            // `Posted on September 21, 2020 by Jane Miller`
            if let Some(name) = behind_lead(text) {
                self.put(name, Role::Author, None, true);
            }
            return;
        }
        if let Some(role) = role {
            self.role = Some(role);
        }
        self.led |= led;
        let whole = text.len();
        let (text, tail) = tail_role(text);
        // In Hangul the role follows the name, so the text before both is prose: `… 6일 밝혔다. 김하나 기자`.
        let text = if tail.is_some() && text.chars().any(is_hangul) { last_words(text) } else { text };
        let text = without_date(text, self.trust);
        // If nothing was cut off, a second attempt would find nothing either.
        let (text, second) = if text.len() == whole { (text, None) } else { tail_role(text) };
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
        if segment.bracketed && !led && tail.is_none() && !holds_role(text) {
            // `(AP)`, `[Seoul]`: the organization or place of the person before it.
            if let Some(last) = self.found.last_mut()
                && last.affiliation.is_none()
            {
                last.affiliation = Some(text.to_owned());
            }
            return;
        }
        // `Jane Miller ⋅ Review Editor`: the job of the person before it.
        let job = !led
            && self.before != '&'
            && matches!(tail, Some(Role::Author | Role::Editor))
            && !text.chars().any(is_wide);
        if job
            && !has_given_name(text)
            && let Some(last) = self.found.last_mut()
        {
            last.worded = true;
            return;
        }
        // `Battery News Staff`, `Redaktion Harbour Post`: an organization's staff, not a person called Battery News.
        let house = (led || tail.is_some()) && stated.len() > text.len() && self.trust == Trust::Stated;
        if house && !stated.chars().any(is_wide) && !(is_full_name(text) && has_given_name(text)) && is_short(stated) {
            self.put(stated, self.role.unwrap_or(Role::Author), None, worded);
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

    /// Whether the whole statement is a role word: `Staff`, `Redaktion`.
    fn is_whole_statement(&self, stated: &str) -> bool {
        self.trust == Trust::Stated && self.alone && stated.len() > 3 && !stated.chars().any(is_wide)
    }

    fn put(&mut self, name: &str, role: Role, affiliation: Option<String>, worded: bool) {
        let edits = self.edits && role == Role::Editor;
        self.found.push(Named { name: collapse(name), role, affiliation, worded, edits });
    }

    /// Reads scripts without capitals: a name is told by its length, its family name and its place beside the role.
    fn wide(&mut self, text: &str, role: Role, worded: bool) {
        let mut tokens: Vec<&str> = text
            .split_whitespace()
            .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|t| !t.is_empty())
            .collect();
        // `홍 길 동`: letter-spaced.
        let spread = if tokens.len() == 3 { tokens.concat() } else { String::new() };
        if spread.chars().count() == 3 && is_korean_name(&spread) {
            tokens = vec![&spread];
        }
        let hangul = text.chars().any(is_hangul);
        if !hangul {
            self.han(text, role, worded);
            return;
        }
        // `김하나 이두리 기자`: just names of three syllables, which are seldom a place or a desk.
        let is_plain = |t: &&str| is_korean_name(t) && t.chars().count() == 3;
        if worded && (2..=MAX_TOGETHER).contains(&tokens.len()) && tokens.iter().all(is_plain) {
            tokens.iter().for_each(|name| self.put(name, role, None, worded));
            return;
        }
        // Place and organization come before the name, so take the last token that can be one. As an organization may
        // also follow (`name house 기자`), a token of three syllables is preferred.
        let named = |t: &&&str| is_korean_name(t);
        let best = tokens
            .iter()
            .rev()
            .find(|t| is_korean_name(t) && t.chars().count() == 3)
            .or_else(|| tokens.iter().rev().find(named));
        match best {
            // Four syllables are a name after a family name of two; others are mostly words (`채택답변`).
            Some(name)
                if !worded && self.trust == Trust::Seen && name.chars().count() == 4 && !has_long_surname(name) => {}
            Some(name) if worded || tokens.len() == 1 || self.trust == Trust::Stated => {
                let rest: Vec<&str> = tokens.iter().filter(|t| *t != name).copied().collect();
                let affiliation = (!rest.is_empty() && rest.len() <= 3).then(|| rest.join(" "));
                if tokens.len() <= 6 {
                    self.put(name, role, affiliation, worded);
                }
            }
            _ => {
                if self.trust == Trust::Stated && width(text) <= 30 {
                    self.put(text, role, None, worded);
                }
            }
        }
    }

    /// Reads Han and kana: names follow the role (`本报记者 张三 李四`), or are the whole segment.
    pub(super) fn han(&mut self, text: &str, role: Role, worded: bool) {
        let vocab = Vocab::get();
        let (mut text, mut worded, mut house) = (text, worded, None);
        let inner = text.char_indices().filter(|&(at, c)| at > 0 && is_wide(c)).find_map(|(at, _)| {
            let hit = vocab.longest_at(text, at, |family| family == Family::Author)?;
            Some((at, hit.end as usize)).filter(|&(_, end)| end < text.len())
        });
        if let Some((at, end)) = inner {
            house = text.get(..at).map(str::to_owned).filter(|h| width(h) <= 24);
            text = text.get(end..).unwrap_or_default();
            worded = true;
        }
        let tokens: Vec<&str> = text
            .split_whitespace()
            .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|t| !t.is_empty())
            .collect();
        let tokens = parted_names(&tokens);
        let stops = |token: &str| {
            vocab.longest_at(token, 0, |f| matches!(f, Family::OutletLead | Family::DatePublished)).is_some()
        };
        let whole = tokens.len() == 1;
        let mut any = false;
        for token in tokens.iter().take_while(|token| !stops(token)).take(MAX_NAMES) {
            let glued = token.replace(' ', "");
            let named = is_family_name_first(&glued)
                || (is_han_name(&glued) && (worded || whole && self.trust == Trust::Stated));
            if named {
                self.put(token, role, house.clone(), worded);
            }
            any |= named;
        }
        if !any && self.trust == Trust::Stated && width(text) <= 30 {
            self.put(text, role, None, worded);
        }
    }

    fn latin(&mut self, text: &str, role: Role, worded: bool) {
        // A text of more words is not a name, even one that is repeated.
        let mut room = [""; 2 * MAX_WIDTH];
        let mut count = 0;
        for word in text.split_whitespace() {
            let Some(slot) = room.get_mut(count) else { return };
            (*slot, count) = (word, count + 1);
        }
        let mut words = &room[..count];
        // `Jane Miller Jane Miller`: a picture's description and the name below it.
        let (one, other) = words.split_at(words.len() / 2);
        if one == other {
            words = one;
        }
        let text = &joined(text, words);
        let width = text.chars().count();
        if !(2..=MAX_WIDTH).contains(&width) || words.is_empty() || !text.chars().any(char::is_alphabetic) {
            return;
        }
        // `Column by Jane Miller`, `Erstellt von Jan Müller`, but not `Claus von Stauffenberg`.
        let lead = |&at: &usize| {
            at > 0
                && words.len() > at + 2
                && is_whole(words[at], |family| family == Family::BylineLead)
                && has_given_name(words[at + 1])
                && !has_given_name(words[at - 1])
        };
        if let Some(at) = (0..words.len()).find(lead) {
            // `MD. Reviewed by Jane Miller`
            let other = words[at - 1..].join(" ");
            let other = head_word(&other).map(|(role, _)| role).filter(|&role| role != Role::Author);
            self.edits = other == Some(Role::Editor);
            self.role = other.or(self.role);
            let role = other.unwrap_or(role);
            let (rest, led) = (words[at + 1..].join(" "), std::mem::replace(&mut self.led, true));
            self.latin(&rest, role, true);
            self.led = led;
            return;
        }
        // `Jane Miller, MD`, `Jane Miller, Marketing Director`
        let tail = !self.found.is_empty() && (words.iter().all(|w| is_credential(w)) || is_job(text));
        if tail {
            return;
        }
        // `By Jane Miller, Leeds`: where it was written.
        if self.before == ','
            && self.trust == Trust::Seen
            && role == Role::Author
            && words.len() == 1
            && !has_given_name(text)
            && !is_upper(text)
            && let Some(last) = self.found.last_mut().filter(|last| is_full_name(&last.name))
        {
            last.affiliation.get_or_insert_with(|| collapse(text));
            return;
        }
        // `By Jane Miller Published on…`: after a lead, the first two full words and the words between them.
        let is_name = |words: &[&str]| words.iter().all(|word| is_name_word(unbracketed(word)));
        // `By Jane Miller Updated`: the label's date is in another element.
        let name = words.iter().take_while(|word| is_name_word(word) && !is_label(word)).count();
        let is_labelled = |word: &&str| is_label(word) && (words.len() > 4 || word.len() >= MIN_LABEL);
        if self.led && (1..=4).contains(&name) && words.get(name).is_some_and(is_labelled) {
            self.put(&words[..name].join(" "), role, None, worded);
            return;
        }
        if worded && self.trust == Trust::Seen && (words.len() > 4 || !is_name(words)) {
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
        // Scripts without capitals do not tell names from other words, so there a lead must.
        let is_upper = || words.iter().any(|word| word.starts_with(char::is_uppercase));
        let is_caseless = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
        let is_led =
            || self.led && words.len() <= MAX_CASELESS && words.iter().all(|word| word.starts_with(is_caseless));
        let looks = words.len() <= 6 && is_name(words) && (is_upper() || is_led());
        if looks || (self.trust == Trust::Stated && words.len() <= 7) {
            self.put(text, role, None, worded);
        }
    }
}

/// A word of a name in brackets, without the bracket: `(Ann`, `Maria)`.
fn unbracketed(word: &str) -> &str {
    let word = word.strip_prefix('(').unwrap_or(word);
    word.strip_suffix(')').unwrap_or(word)
}

/// Words of Han, with the parts of a name joined: `方 敏`, spaced to the width of three characters, and `山田 太郎`.
fn parted_names<'t>(words: &[&'t str]) -> Vec<Cow<'t, str>> {
    let mut out: Vec<Cow<str>> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let [word, behind @ ..] = rest {
        let next = behind.first().filter(|next| !is_family_name_first(next));
        let glued = next.map(|next| format!("{word}{next}")).filter(|name| is_family_name_first(name));
        let name = match (glued, next) {
            (Some(name), Some(_)) if name.chars().count() == 2 => Some(name),
            (Some(_), Some(next)) if is_japanese_family_name(word) => Some(format!("{word} {next}")),
            _ => None,
        };
        rest = if name.is_some() { behind.get(1..).unwrap_or_default() } else { behind };
        out.push(name.map_or(Cow::Borrowed(word), Cow::Owned));
    }
    out
}

/// The words of a text, joined with single spaces; mostly that is the text itself.
fn joined<'t>(text: &'t str, words: &[&str]) -> Cow<'t, str> {
    let length = words.iter().map(|word| word.len() + 1).sum::<usize>();
    let is_joined = length == text.len() + 1 && text.bytes().all(|byte| byte >= b' ');
    if is_joined { Cow::Borrowed(text) } else { Cow::Owned(words.join(" ")) }
}

/// The end of a text that may be name and organization: three words without digits, after the last full stop.
fn last_words(text: &str) -> &str {
    let mut from = text.len();
    for word in text.rsplit(' ').take(3) {
        let ends = word.ends_with(['.', '!', '?', ')', ']']) || word.contains(|c: char| c.is_ascii_digit());
        if ends && from < text.len() {
            break;
        }
        // Words and the spaces between them.
        from = from.saturating_sub(word.len() + usize::from(from < text.len()));
        if ends {
            break;
        }
    }
    let words = text.get(from..).unwrap_or(text).trim_start();
    // `밝혔다.김하나`
    words.rsplit_once(['.', '!', '?']).map_or(words, |(_, rest)| if rest.is_empty() { words } else { rest })
}

/// The full name after a word like `by` inside a text, if the text ends with it.
fn behind_lead(text: &str) -> Option<&str> {
    let words = text.match_indices(' ').filter_map(|(at, _)| text.get(at + 1..));
    words.filter_map(|rest| rest.split_once(' ')).find_map(|(word, name)| {
        (is_whole(word, |family| family == Family::BylineLead) && is_full_name(name)).then_some(name)
    })
}

fn is_agency(text: &str) -> bool {
    is_whole(text, |family| family == Family::Agency)
}

/// Whether all of `text` is one phrase of a wanted family.
fn is_whole(text: &str, family: impl Fn(Family) -> bool) -> bool {
    Vocab::get().longest_at(text, 0, family).is_some_and(|hit| hit.end as usize == text.len())
}

/// Whether the words before `rest` lead to a name: `by`, or a role that ends in such a word (`Photos by`).
fn is_lead(text: &str, rest: &str) -> bool {
    let head = text.get(..text.len() - rest.len()).unwrap_or_default();
    let last = head.rsplit(' ').next().unwrap_or_default();
    [head, last].iter().any(|lead| is_whole(lead, |family| family == Family::BylineLead))
}

/// Whether a text is short enough to be the name of an editorial staff.
fn is_short(text: &str) -> bool {
    text.chars().count() <= MAX_WIDTH && text.split_whitespace().count() <= 5
}

/// Whether a text of Han holds a role word with a name after it: `总台央视记者 张三`.
fn holds_role(text: &str) -> bool {
    let holds = |at: usize| {
        let hit = Vocab::get().longest_at(text, at, |family| family == Family::Author);
        hit.is_some_and(|hit| (hit.end as usize) < text.len())
    };
    text.char_indices().skip(1).any(|(at, c)| is_wide(c) && !is_hangul(c) && holds(at))
}
