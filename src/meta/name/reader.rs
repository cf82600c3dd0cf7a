//! Reads the segments of a byline, one after another, into names.

use super::role::{head_word, tail_role, trimmed};
use super::segment::Segment;
use super::shape::{
    has_given_name, has_long_surname, is_credential, is_family_name_first, is_full_name, is_han_name, is_hangul,
    is_japanese_family_name, is_job, is_korean_name, is_name_word, is_no_name,
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
/// Most leads and roles before a name: `Text and photos by reporter`.
const MAX_LEADS: usize = 4;
/// Most words in Hangul of an organization beside a name.
const MAX_HOUSE: usize = 3;
/// Widest text in a script of squares that is stated as a name, mostly that of a team or an outlet, and widest
/// organization before a role word, in columns.
const MAX_WIDE: usize = 30;
const MAX_WIDE_HOUSE: usize = 24;
/// Most words of a name in a script without capitals.
const MAX_CASELESS: usize = 4;
/// Shortest label of a date that cannot be a part of a short name, in bytes: `Data` and `On` can.
const MIN_LABEL: usize = 6;
/// Longest name, in columns: a full Iberian or Arabic one.
const MAX_WIDTH: usize = 50;
/// Most words of a name that other text follows, of one that only looks like a name, and of one that the page states.
const MAX_CUT: usize = 4;
const MAX_SEEN: usize = 6;
const MAX_STATED: usize = 7;

pub(super) struct NameReader {
    pub(super) trust: Trust,
    pub(super) found: Vec<Named>,
    /// The role of the names that follow, until another role is stated: `Photos: A, B`.
    pub(super) role: Option<Role>,
    pub(super) led: bool,
    /// The byline has only one segment.
    alone: bool,
    /// The role is editor and was stated by a lead: `Edited by`.
    edits: bool,
    /// The characters that ended the previous segment, and end this one.
    before: char,
    next: char,
}

impl NameReader {
    pub(super) fn new(trust: Trust, role: Option<Role>, alone: bool) -> NameReader {
        NameReader {
            trust,
            found: Vec::new(),
            role,
            led: role.is_some(),
            alone,
            edits: false,
            before: '\n',
            next: '\n',
        }
    }

    pub(super) fn segment(&mut self, segment: Segment<'_>) {
        self.next = segment.end;
        self.read_segment(segment);
        self.before = segment.end;
    }

    fn read_segment(&mut self, segment: Segment<'_>) {
        let mut text = trimmed(segment.text);
        // Leads and roles at the head: `Text by`, `记者`, `Photos:`.
        let mut role = None;
        let mut led = false;
        let mut stated = text;
        for _ in 0..MAX_LEADS {
            let Some((word, rest)) = head_word(text) else { break };
            led = true;
            if ends_in_lead(text, rest) {
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
            self.behind_date(text);
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
        let text = match without_date(text, self.trust) {
            cut if self.led && cut.len() < text.len() => without_preposition(cut),
            text => text,
        };
        // If nothing was cut off, a second attempt would find nothing either.
        let (text, second) = if text.len() == whole { (text, None) } else { tail_role(text) };
        let (text, tail) = (trimmed(text), tail.or(second));
        if self.is_about_last(text, tail, led, segment) {
            return;
        }
        let worded = self.led || tail.is_some();
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
        } else if text.chars().any(is_hangul) {
            self.hangul(text, role, worded);
        } else if text.chars().any(is_wide) {
            self.han(text, role, worded);
        } else {
            self.latin(text, role, worded);
        }
    }

    /// Whether a text that remains of a segment is about the person before it, who then gets what it says. `tail` is the
    /// role that was cut off it, and with `led` it had one before it too.
    fn is_about_last(&mut self, text: &str, tail: Option<Role>, led: bool, segment: Segment<'_>) -> bool {
        let mut last = self.found.last_mut();
        if text.is_empty() {
            if let Some(last) = last.filter(|_| segment.end != ':') {
                last.worded |= tail.is_some();
            }
            return true;
        }
        // `(AP)`, `[Seoul]`: the person's organization or place.
        if segment.bracketed && !led && tail.is_none() && !holds_role(text) {
            if let Some(last) = last {
                last.affiliation.get_or_insert_with(|| text.to_owned());
            }
            return true;
        }
        // `Jane Miller ⋅ Review Editor`: the person's job.
        let is_job = !led
            && self.before != '&'
            && matches!(tail, Some(Role::Author | Role::Editor))
            && !text.chars().any(is_wide)
            && !has_given_name(text);
        if let Some(last) = last.as_mut().filter(|_| is_job) {
            last.worded = true;
        }
        is_job && last.is_some()
    }

    /// Reads the name behind a date: `2009-04-06 11:30 김하나 기자`, `2009-04-06 11:30 记者 王小明`.
    fn behind_date(&mut self, text: &str) {
        let Some((_, rest)) = text.rsplit_once(|c: char| c.is_ascii_digit()) else { return };
        // `6일 김하나 기자`, but not `7文字`, a number of things.
        let unit = rest.chars().next().filter(|&c| is_wide(c)).map_or(0, char::len_utf8);
        let Some(rest) = rest.get(unit..).filter(|rest| !rest.starts_with(char::is_alphanumeric)) else { return };
        let words = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if words.chars().any(is_hangul) {
            if let (name, Some(role)) = tail_role(words) {
                self.hangul(trimmed(name), role, true);
            }
        } else if let Some((role, name)) = head_word(words).filter(|_| words.chars().any(is_wide)) {
            self.han(trimmed(name), role, true);
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

    /// Reads Hangul, where a name is told by its length, its family name and its place before the role.
    fn hangul(&mut self, text: &str, role: Role, worded: bool) {
        let mut tokens = tokens(text);
        // `홍 길 동`: letter-spaced.
        let spread = if tokens.len() == 3 { tokens.concat() } else { String::new() };
        if is_three_syllables(&spread) {
            tokens = vec![&spread];
        }
        // `김하나 이두리 기자`: just names of three syllables, which are seldom a place or a desk.
        let is_plain = |token: &&str| is_three_syllables(token);
        if worded && (2..=MAX_TOGETHER).contains(&tokens.len()) && tokens.iter().all(is_plain) {
            tokens.iter().for_each(|name| self.put(name, role, None, worded));
            return;
        }
        // `김하나 기자 이두리 기자`: each with the role, of which the last is cut off already.
        let is_pair = |pair: &[&str]| match pair {
            [name] => is_three_syllables(name),
            [name, role] => is_three_syllables(name) && is_whole(role, |family| family == Family::Author),
            _ => false,
        };
        if worded
            && (3..=2 * MAX_TOGETHER).contains(&tokens.len())
            && tokens.len() % 2 == 1
            && tokens.chunks(2).all(is_pair)
        {
            tokens.iter().step_by(2).for_each(|name| self.put(name, role, None, worded));
            return;
        }
        // Place and organization come before the name, so take the last token that can be one. As an organization may
        // also follow (`name house 기자`), a token of three syllables is preferred.
        let last = |is_name: fn(&str) -> bool| tokens.iter().rev().find(|token| is_name(token)).copied();
        // Right before the role stands a name, even with a rare family name: `해오름일보 뷔하나 기자`.
        // So does one of several people: `뷔하나 기자, 김두리 기자`.
        let is_placed = tokens.len() > 1 || self.before == ',' || self.next == ',';
        let rare = || tokens.last().filter(|token| worded && is_placed && is_rare_name(token)).copied();
        let name = last(is_three_syllables).or_else(rare).or_else(|| last(is_korean_name));
        // Four syllables are a name after a family name of two; others are mostly words (`채택답변`).
        let is_word = |name: &str| name.chars().count() == 4 && !has_long_surname(name);
        match name {
            Some(name) if !worded && self.trust == Trust::Seen && is_word(name) => {}
            Some(name) if worded || tokens.len() == 1 || self.trust == Trust::Stated => {
                let rest: Vec<&str> = tokens.iter().filter(|token| **token != name).copied().collect();
                let affiliation = (1..=MAX_HOUSE).contains(&rest.len()).then(|| rest.join(" "));
                if tokens.len() <= MAX_SEEN {
                    self.put(name, role, affiliation, worded);
                }
            }
            _ => self.put_stated(text, role, worded),
        }
    }

    /// Adds a text in a script of squares that does not look like a name, if the page says that it is one.
    fn put_stated(&mut self, text: &str, role: Role, worded: bool) {
        if self.trust == Trust::Stated && width(text) <= MAX_WIDE {
            self.put(text, role, None, worded);
        }
    }

    /// Reads Han and kana: names follow the role (`本报记者 张三 李四`), or are the whole segment.
    fn han(&mut self, text: &str, role: Role, worded: bool) {
        let vocab = Vocab::get();
        let (mut text, mut worded, mut house) = (text, worded, None);
        let inner = text.char_indices().filter(|&(at, c)| at > 0 && is_wide(c)).find_map(|(at, _)| {
            let hit = vocab.longest_at(text, at, |family| family == Family::Author)?;
            Some((at, hit.end as usize)).filter(|&(_, end)| end < text.len())
        });
        if let Some((at, end)) = inner {
            let before = text.get(..at).unwrap_or_default();
            // `记者 王小明 通讯员 李四`: behind a role, what stands before the next one is a name as well.
            let is_name = || before.split_whitespace().next_back().is_some_and(is_family_name_first);
            let earlier = if self.led && is_name() { parted_names(&tokens(before)) } else { Vec::new() };
            if !earlier.is_empty() && earlier.iter().all(|name| is_family_name_first(&name.replace(' ', ""))) {
                earlier.iter().for_each(|name| self.put(name, role, None, true));
            } else {
                house = Some(before).filter(|house| width(house) <= MAX_WIDE_HOUSE).map(str::to_owned);
            }
            text = text.get(end..).unwrap_or_default();
            worded = true;
        }
        let tokens = parted_names(&tokens(text));
        let stops = |token: &str| {
            vocab.longest_at(token, 0, |f| matches!(f, Family::OutletLead | Family::DatePublished)).is_some()
        };
        let whole = tokens.len() == 1;
        let mut any = false;
        for token in tokens.iter().take_while(|token| !stops(token)).take(MAX_NAMES) {
            let glued = token.replace(' ', "");
            let named = is_family_name_first(&glued)
                || (is_han_name(&glued) && !is_no_name(&glued) && (worded || whole && self.trust == Trust::Stated));
            if named {
                self.put(token, role, house.clone(), worded);
            }
            any |= named;
        }
        if !any {
            self.put_stated(text, role, worded);
        }
    }

    /// Reads scripts with capitals, and others that separate words by spaces.
    fn latin(&mut self, text: &str, mut role: Role, mut worded: bool) {
        // A text of more words is not a name, even one that is repeated.
        let mut room = [""; 2 * MAX_WIDTH];
        let mut count = 0;
        for word in text.split_whitespace() {
            let Some(slot) = room.get_mut(count) else { return };
            (*slot, count) = (word, count + 1);
        }
        let (mut words, mut led) = (&room[..count], self.led);
        let text = loop {
            // `Jane Miller Jane Miller`: a picture's description and the name below it.
            let (one, other) = words.split_at(words.len() / 2);
            words = if one == other { one } else { words };
            let text = joined(text, words);
            if !(2..=MAX_WIDTH).contains(&text.chars().count()) || !text.chars().any(char::is_alphabetic) {
                return;
            }
            // `MD. Reviewed by Jane Miller`: the words before the lead tell the role.
            let Some((before, behind)) = at_inner_lead(words) else { break text };
            let stated = head_word(&before.join(" ")).map(|(role, _)| role).filter(|&role| role != Role::Author);
            self.edits = stated == Some(Role::Editor);
            self.role = stated.or(self.role);
            (words, role, worded, led) = (behind, stated.unwrap_or(role), true, true);
        };
        // `Jane Miller, MD`, `Jane Miller, Marketing Director`
        if !self.found.is_empty() && (words.iter().all(|w| is_credential(w)) || is_job(&text)) {
            return;
        }
        // `By Jane Miller, Leeds`, `By Jane Miller, Harbour Foundation`: where it was written, or for whom.
        let is_last = self.next == '\n';
        let is_place = |name: &str| words.len() == 1 && !is_upper(&text) || is_last && has_given_name(name);
        if self.before == ','
            && self.trust == Trust::Seen
            && role == Role::Author
            && !has_given_name(&text)
            && let Some(last) = self.found.last_mut().filter(|last| is_full_name(&last.name) && is_place(&last.name))
        {
            last.affiliation.get_or_insert_with(|| collapse(&text));
            return;
        }
        if let Some(name) = self.name_of(words, led, worded) {
            self.put(&joined(&text, name), role, None, worded);
        }
    }

    /// The words that are the name: all of them, or those before a label or other text. `led` says that they follow a lead,
    /// and `worded` that they do or have a role.
    fn name_of<'w, 't>(&self, words: &'w [&'t str], led: bool, worded: bool) -> Option<&'w [&'t str]> {
        // `By Jane Miller Updated`: the label's date is in another element.
        let before_label = words.iter().take_while(|word| is_name_word(word) && !is_label(word)).count();
        let ends_name = |word: &&str| is_label(word) && (words.len() > MAX_CUT || word.len() >= MIN_LABEL);
        if led && (1..=MAX_CUT).contains(&before_label) && words.get(before_label).is_some_and(ends_name) {
            return words.get(..before_label);
        }
        let is_name = || words.iter().all(|word| is_name_word(unbracketed(word)));
        if worded && self.trust == Trust::Seen && (words.len() > MAX_CUT || !is_name()) {
            return first_two(words).filter(|_| led);
        }
        // Scripts without capitals do not tell names from other words, so there a lead must.
        let is_upper = || words.iter().any(|word| word.starts_with(char::is_uppercase));
        let is_caseless = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
        let is_led = || led && words.len() <= MAX_CASELESS && words.iter().all(|word| word.starts_with(is_caseless));
        let looks = words.len() <= MAX_SEEN && is_name() && (is_upper() || is_led());
        (looks || self.trust == Trust::Stated && words.len() <= MAX_STATED).then_some(words)
    }
}

/// The words around a lead inside a text, from the one before it on, and those behind it: `Column by Jane Miller`,
/// `Erstellt von Jan Müller`, but not `Claus von Stauffenberg`.
fn at_inner_lead<'w, 't>(words: &'w [&'t str]) -> Option<(&'w [&'t str], &'w [&'t str])> {
    let at = words.windows(4).position(|next| {
        is_whole(next[1], |family| family == Family::BylineLead) && has_given_name(next[2]) && !has_given_name(next[0])
    })?;
    Some((&words[at..], &words[at + 2..]))
}

/// Of a text that begins with a name (`By Jane Miller Published on…`), the first two full words of the name and the words
/// between them.
fn first_two<'w, 't>(words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let is_full = |word: &str| word.chars().count() > 2 && word.starts_with(char::is_uppercase);
    let name = words.iter().take(MAX_CUT).take_while(|word| is_name_word(word));
    let (second, _) = name.enumerate().filter(|(_, word)| is_full(word)).nth(1)?;
    words.get(..=second)
}

/// The words of a text without signs around them.
fn tokens(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether a text is the usual name in Hangul.
fn is_three_syllables(text: &str) -> bool {
    text.chars().count() == 3 && is_korean_name(text)
}

/// Whether a text has the length of the usual name in Hangul, and no other meaning that is known.
fn is_rare_name(text: &str) -> bool {
    text.chars().count() == 3 && text.chars().all(is_hangul) && !is_no_name(text)
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

/// The end of a text that may be name and organization, or a row of names and roles: three words without digits, or as many
/// as the row has, after the last full stop.
fn last_words(text: &str) -> &str {
    let mut from = text.len();
    let roles = text.rsplit(' ').skip(1).step_by(2).take(MAX_TOGETHER - 1);
    let roles = roles.take_while(|word| is_whole(word, |family| family == Family::Author)).count();
    for word in text.rsplit(' ').take((2 * roles + 1).max(3)) {
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

/// The words before a date without the preposition that leads to it: `By Christian on`, `Von Christian am`.
fn without_preposition(text: &str) -> &str {
    /// Longest such word, in characters.
    const LONGEST: usize = 3;
    let is_short = |word: &str| word.chars().count() <= LONGEST && word.chars().all(char::is_lowercase);
    text.rsplit_once(' ').filter(|(_, last)| is_short(last)).map_or(text, |(before, _)| before)
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
    Vocab::get().is_phrase(text, 0, family)
}

/// Whether the words before `rest` lead to a name: `by`, or a role that ends in such a word (`Photos by`).
fn ends_in_lead(text: &str, rest: &str) -> bool {
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
