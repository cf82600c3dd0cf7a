//! Role words at the ends of a segment.

use super::shape::is_hangul;
use crate::meta::key::{is_wide, is_word};
use crate::types::Role;
use crate::vocab::{Family, Vocab};

/// Most signs skipped between a lead and the name; a line may have a million.
const MAX_SIGNS: usize = 4;
/// Most words at the end of a segment that may be a role: `Deputy Political Editor`.
const MAX_ROLE_WORDS: usize = 5;
/// The same in letters, for scripts without spaces.
const MAX_ROLE_LETTERS: usize = 10;

pub(super) fn role_of(family: Family) -> Option<Role> {
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

pub(super) fn trimmed(text: &str) -> &str {
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
pub(super) fn head_word(text: &str) -> Option<(Role, &str)> {
    let hit = Vocab::get().longest_at(text, 0, |family| role_of(family).is_some())?;
    let (head, rest) = text.split_at_checked(hit.end as usize)?;
    // In scripts with spaces, a space or sign must end the word: `Writer` may begin a family name, `Anchor` a place.
    is_apart(head, rest).then_some(())?;
    Some((role_of(hit.family)?, rest))
}

/// Whether a name may begin with `rest`, right after the role word or lead `head`.
pub(crate) fn is_apart(head: &str, rest: &str) -> bool {
    // Only Han puts a name right after the word, and a single character (`文`) begins too many other words.
    let last = head.chars().next_back().unwrap_or(' ');
    // `文, …` in a headline in Hangul is a president.
    let next = rest.chars().take(MAX_SIGNS).find(|c| c.is_alphanumeric());
    if is_wide(last) && !is_hangul(last) && next.is_some_and(is_hangul) {
        return false;
    }
    let glues = !last.is_alphanumeric() || (is_wide(last) && !is_hangul(last) && head.chars().nth(1).is_some());
    rest.is_empty() || glues || rest.starts_with(|c: char| !c.is_alphanumeric())
}

/// Cuts a role off the end of `text`.
pub(super) fn tail_role(text: &str) -> (&str, Option<Role>) {
    let vocab = Vocab::get();
    let mut text = text;
    let mut role = None;
    for _ in 0..3 {
        // The last places where a role may begin, from the end.
        let (mut starts, mut count) = ([0; MAX_ROLE_LETTERS], 0);
        if text.is_ascii() {
            let begins = |&at: &usize| at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
            for (start, at) in starts.iter_mut().zip((0..text.len()).rev().filter(begins).take(MAX_ROLE_WORDS)) {
                *start = at;
                count += 1;
            }
        } else {
            let keep = if text.chars().any(is_wide) { MAX_ROLE_LETTERS } else { MAX_ROLE_WORDS };
            let mut letters = text.char_indices().rev().peekable();
            while count < keep
                && let Some((at, c)) = letters.next()
            {
                if is_wide(c) || letters.peek().is_none_or(|&(_, before)| !is_word(before)) {
                    starts[count] = at;
                    count += 1;
                }
            }
        }
        let found = starts.iter().take(count).rev().find_map(|&at| {
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
        // `김하나 씨`; after a Latin name, `Pan` is a family name.
        if family == Family::Honorific && (at == 0 || !text.chars().any(is_wide)) {
            break;
        }
        role = role.or(role_of(family)).or(role);
        text = trimmed(text.get(..at).unwrap_or_default());
    }
    (text, role)
}
