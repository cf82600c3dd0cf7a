//! A byline cut into segments at whatever sets names apart.

use crate::vocab::{Family, Vocab};
use std::borrow::Cow;

/// A piece of a byline between separators.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    /// Inside brackets.
    pub(super) bracketed: bool,
    /// What ends it.
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
                // The mailbox is what is ASCII before the sign; a name may be glued to it, and another one to the host.
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
    /// Where the next segment begins, and how far it is read.
    start: usize,
    at: usize,
    /// Brackets that are open.
    depth: usize,
    /// The character before, a blank for all that is white.
    before: char,
    done: bool,
}

impl<'a> Segments<'a> {
    pub(super) fn new(text: &'a str) -> Segments<'a> {
        Segments { text, start: 0, at: 0, depth: 0, before: ' ', done: false }
    }

    /// What has been read since the last segment, if it is any.
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
