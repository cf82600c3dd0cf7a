//! What one line of a list says: an age, a number, a figure, a change.

use crate::vocab::{Family, Unit, Vocab};

/// Maximum length in bytes of a line that may end with an age or hold a row of a board.
const LINE_MAX_BYTES: usize = 240;

/// Maximum number of digits of a row's number.
const NUMBER_MAX_DIGITS: usize = 7;

/// Where the age begins that ends a text: `3 hours ago`, `vor 2 Stunden`, `Seal found in car park 3時間前`, `어제`.
pub(super) fn age(text: &str) -> Option<usize> {
    if text.len() > LINE_MAX_BYTES {
        return None;
    }
    let vocab = Vocab::get();
    let ends = |at: usize, wanted: fn(Family) -> bool| vocab.is_phrase(text, at, wanted);
    if ends(0, |family| matches!(family, Family::Day(_))) {
        return Some(0);
    }
    // The number of the age is the last one.
    let digit = text.rfind(|c: char| c.is_ascii_digit())?;
    let number = text.get(..digit)?.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let unit = digit + 1 + text.get(digit + 1..)?.bytes().take_while(|byte| *byte == b' ').count();
    if ends(unit, |family| matches!(family, Family::Ago(unit) if is_recent(unit))) {
        return Some(number);
    }
    if !ends(unit, |family| matches!(family, Family::Unit(unit) if is_recent(unit))) {
        return None;
    }
    let lead = |at: &usize| {
        let hit = vocab.longest_at(text, *at, |family| family == Family::AgoLead);
        hit.is_some_and(|hit| text.get(hit.end as usize..number).is_some_and(|rest| rest.trim().is_empty()))
    };
    let starts = text.match_indices(' ').map(|(at, _)| at + 1).filter(|at| *at < number);
    std::iter::once(0).chain(starts).find(lead)
}

/// Whether the ages of news are counted in a unit. The releases of a program and the events of a chronicle are older.
fn is_recent(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day)
}

/// A number at the start of a block.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u32,
    /// Whether it is all of the block.
    pub(super) is_whole: bool,
}

/// The number at the start of a text.
pub(super) fn number(text: &str) -> Option<Number> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    if !(1..=NUMBER_MAX_DIGITS).contains(&digits) || text.len() > LINE_MAX_BYTES {
        return None;
    }
    Some(Number { value: text.get(..digits)?.parse().ok()?, is_whole: rest.is_empty() })
}

/// Whether a text is a counter, a day or a time in digits: `1,204`, `11-03`, `10:21`.
pub(super) fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '/' | ':' | ' '))
}

/// Whether a text is a change in percent: `+0.84%`, `▼ 1.2%`.
pub(super) fn is_change(text: &str) -> bool {
    let Some(amount) = text.strip_prefix(['+', '-', '−', '▲', '▼', '△', '▽']).and_then(|rest| rest.strip_suffix('%'))
    else {
        return false;
    };
    is_figure(amount.trim())
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages_at_the_end() {
        let cases = [
            ("2 hours ago", Some(0)),
            ("vor 3 Stunden", Some(0)),
            ("10분 전", Some(0)),
            ("3時間前", Some(0)),
            ("어제", Some(0)),
            ("Seal pup found 5 hours ago", Some(15)),
            ("near miss: in the line, 2 hours ago today", None),
            ("near miss: years, 2 years ago", None),
            ("near miss: retired after 3 hours", None),
            ("3 May 2024", None),
            ("10:21", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(age(text), wanted, "{text}");
        }
    }
}
