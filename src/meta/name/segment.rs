//! A byline cut into segments at whatever sets names apart.

use crate::vocab::{Family, Vocab};

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
pub(super) fn without_addresses(text: &str) -> String {
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

pub(super) fn segments(text: &str) -> Vec<Segment<'_>> {
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
            | '\t' | '■' | '▲' | '=' | '＝' | ':' | '：' | '★' | '∙' | '⋅' | '‧' => {
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
