//! Cuts a byline into segments at whatever separates names.

use super::role::head_word;
use super::shape::{has_given_name, is_name_word};
use crate::plain::cut;
use crate::vocab::{Family, Vocab};
use std::borrow::Cow;

/// A piece of a byline between separators.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    /// Inside brackets.
    pub(super) bracketed: bool,
    /// The character that ends the segment.
    pub(super) end: char,
}

/// Replaces mail addresses, handles and web addresses by separators; they are often glued to a name.
pub(super) fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains('@') && !text.contains("://") && !text.contains("www.") {
        return Cow::Borrowed(text);
    }
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
                // An address is ASCII; what is glued to it may be a name.
                out.push_str(word.trim_start_matches(|c: char| c.is_ascii()));
                continue;
            }
            let is_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
            let mut rest = word;
            while let Some((before, behind)) = rest.split_once('@') {
                // The ASCII before the sign is the mailbox; a name may be glued to it, and another one to the host.
                out.push_str(before.trim_end_matches(is_address));
                out.push('\t');
                rest = behind.trim_start_matches(is_address);
            }
            out.push_str(rest);
        }
    }
    Cow::Owned(out)
}

/// The segments of a byline, in order.
pub(super) struct Segments<'a> {
    text: &'a str,
    /// Where the next segment begins, and how far the text has been read.
    start: usize,
    at: usize,
    /// The number of open brackets.
    depth: usize,
    /// The previous character; a space for any white space.
    before: char,
    done: bool,
}

impl<'a> Segments<'a> {
    pub(super) fn new(text: &'a str) -> Segments<'a> {
        Segments { text, start: 0, at: 0, depth: 0, before: ' ', done: false }
    }

    /// The end of the bracket at `at`, if it holds a part of a name: `Jane (Miller) O'Hara`. Only one word may come
    /// before it, or it would hold the organization after a full name.
    fn end_within_name(&self, at: usize) -> Option<usize> {
        /// Longest part of a name in brackets, in bytes.
        const LONGEST: usize = 30;
        let is_part = |word: &str| word.starts_with(char::is_uppercase) && is_name_word(word);
        let before = self.text.get(self.start..at)?.strip_suffix(' ')?.trim();
        let mut words = before.rsplit(' ');
        let first = words.next().filter(|word| is_part(word))?;
        // `By Jane (Miller) O'Hara`
        if !words.next().is_none_or(|word| Vocab::get().is_lead(word)) || self.depth > 0 || first.len() < 2 {
            return None;
        }
        let rest = self.text.get(at + 1..)?;
        let length = cut(rest, LONGEST).find(')')?;
        let (inside, behind) = rest.split_at_checked(length)?;
        let next = behind.strip_prefix(") ")?.split([' ', ',', ';', '|', '\n']).next()?;
        let is_name = |word: &str| is_part(word) && head_word(word).is_none();
        (inside.split(' ').all(is_part) && is_name(next)).then_some(at + 1 + length + 1)
    }

    /// The text read since the last segment, unless it is blank.
    fn cut(&mut self, to: usize, next: usize, end: char) -> Option<Segment<'a>> {
        let text = self.text.get(self.start..to)?.trim();
        self.start = next;
        (!text.is_empty()).then_some(Segment { text, bracketed: self.depth > 0, end })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        while let Some(rest) = self.text.get(self.at..)
            && let Some(c) = rest.chars().next()
        {
            let (at, before) = (self.at, self.before);
            let next = at + c.len_utf8();
            (self.at, self.before) = (next, if c.is_whitespace() { ' ' } else { c });
            let spaced = || before == ' ' && self.text.get(next..).is_some_and(|rest| rest.starts_with(' '));
            let (segment, depth) = match c {
                '(' if let Some(end) = self.end_within_name(at) => {
                    (self.at, self.before) = (end, ')');
                    continue;
                }
                '(' | '[' | '（' | '【' | '［' | '<' | '〈' => (self.cut(at, next, c), self.depth + 1),
                ')' | ']' | '）' | '】' | '］' | '>' | '〉' => {
                    (self.cut(at, next, c), self.depth.saturating_sub(1))
                }
                ',' | ';' | '、' | '，' | '；' | '/' | '／' | '|' | '｜' | '丨' | '·' | '•' | '・' | '&' | '+'
                | '\n' | '\t' | '■' | '▲' | '=' | '＝' | ':' | '：' | '★' | '∙' | '⋅' | '‧' => {
                    (self.cut(at, next, c), self.depth)
                }
                '-' | '–' | '—' if spaced() => (self.cut(at, next, c), self.depth),
                _ if before == ' ' && at > self.start => {
                    let joiner = Vocab::get().longest_at(self.text, at, |family| family == Family::Joiner);
                    let Some(end) = joiner.map(|hit| hit.end as usize) else { continue };
                    if !self.text.get(end..).is_some_and(|rest| rest.starts_with(' ')) {
                        continue;
                    }
                    // `By Ed Miller`: `ed` is Italian for `and`, and `Ed` is a name.
                    if c.is_uppercase() && self.text.get(at..end).is_some_and(has_given_name) {
                        continue;
                    }
                    (self.at, self.before) = (end, c);
                    (self.cut(at, end, '&'), self.depth)
                }
                _ => continue,
            };
            self.depth = depth;
            if segment.is_some() {
                return segment;
            }
        }
        if std::mem::replace(&mut self.done, true) {
            return None;
        }
        self.cut(self.text.len(), self.text.len(), '\n')
    }
}
