//! Dates and counts inside a byline.

use super::Trust;
use crate::meta::key::is_word;
use crate::vocab::{Family, Lang, Vocab};

/// Whether a segment is a date or begins with a date's label: a weekday, a month, `Updated`, a number.
pub(super) fn starts_date(text: &str) -> bool {
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
        rest.chars().all(|c| !c.is_alphabetic())
            || rest.contains(|c: char| c.is_ascii_digit())
            // `Am Freitag`; but a person may be called `May Sunday`.
            || !matches!(hit.family, Family::Month(_) | Family::Weekday) && is_weekday(rest.trim_start(), hit.lang)
    })
}

/// Whether `text` is a day of the week in the language `lang`.
fn is_weekday(text: &str, lang: Lang) -> bool {
    let day = Vocab::get().longest_at(text, 0, |family| family == Family::Weekday);
    day.is_some_and(|day| day.end as usize == text.len() && day.lang == lang)
}

/// The text up to a date or count that is glued or added to a name.
pub(crate) fn without_date(text: &str, trust: Trust) -> &str {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    if trust == Trust::Stated && !text.contains(' ') {
        return text; // A nickname.
    }
    let (before, _) = text.split_at(digit);
    let before = before.trim_end();
    // A month or a date's label before the number is cut off too.
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
        boundary = !is_word(c);
    }
    before.get(..end).unwrap_or_default().trim_end()
}

/// Whether `text` begins with a word of dates: `Published`, `Friday`, `Aug`.
pub(crate) fn begins_label(text: &str) -> bool {
    let label = Vocab::get().longest_at(text, 0, |family| {
        matches!(family, Family::Month(_) | Family::DatePublished | Family::DateModified | Family::Weekday)
    });
    label.is_some()
}

/// Whether `word` is a label of a date and cannot be a name: `Published`, `Friday`; `April` can.
pub(crate) fn is_label(word: &str) -> bool {
    Vocab::get().is_phrase(word, 0, |family| {
        matches!(family, Family::DatePublished | Family::DateModified | Family::DateOther | Family::Weekday)
    })
}
