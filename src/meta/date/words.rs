//! The words of dates, looked up in the vocabulary at a reading position.

use super::cursor::{Cursor, digit, is_blank, is_letter};
use crate::vocab::{Family, Unit, Vocab};

/// The half of the day on a twelve-hour clock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// Steps over the longest phrase here for whose family `wanted` returns a meaning.
fn step_over<T: Copy>(cursor: &mut Cursor<'_>, wanted: impl Fn(Family) -> Option<T>) -> Option<T> {
    // Most positions hold a sign or a digit, and no word begins with one.
    cursor.peek().filter(|&c| is_letter(c))?;
    let mut longest = None;
    Vocab::get().date_words_at(cursor.text, cursor.at, |hit| {
        if let Some(meaning) = wanted(hit.family) {
            longest = Some((meaning, hit.end as usize));
        }
    });
    let (meaning, end) = longest?;
    cursor.at = end;
    Some(meaning)
}

/// The month named here, with the full stop of an abbreviation.
pub(super) fn month(cursor: &mut Cursor<'_>) -> Option<u8> {
    let month = step_over(cursor, |family| match family {
        Family::Month(month) => Some(month),
        _ => None,
    })?;
    cursor.eat('.');
    Some(month)
}

/// The month whose name ends here; the position moves to its start.
///
/// Flattening glues a name to the word before it (`Jane MillerNovember 20`), so a capital within the word may begin it.
pub(super) fn month_back(cursor: &mut Cursor<'_>) -> Option<u8> {
    let mut end = *cursor;
    if end.previous() == Some('.') {
        end.step_back();
    }
    let mut start = end;
    let word = start.word_back()?;
    let capitals = || word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    let is_behind_small = |at: &usize| word.get(..*at).is_some_and(|before| before.ends_with(char::is_lowercase));
    // `HealthDECEMBER`, and `NEWSNovember`.
    let glued = [capitals().filter(is_behind_small).last(), capitals().last()];
    for at in std::iter::once(start.at).chain(glued.into_iter().flatten().map(|at| start.at + at)) {
        // The text before the name is cut off, or it would count as part of the name's word.
        let mut ahead = Cursor::new(cursor.text.get(at..)?, 0);
        // The name must reach the end of this word; it may include the full stop.
        if let Some(month) = month(&mut ahead)
            && (end.at..=cursor.at).contains(&(at + ahead.at))
            && !is_age(cursor.text, at)
        {
            cursor.at = at;
            return Some(month);
        }
    }
    None
}

/// Whether the word at `at` ends an age in words: `an hour ago`.
fn is_age(text: &str, at: usize) -> bool {
    let mut start = Cursor::new(text, at);
    start.blanks_back();
    let unit = start.word_back().is_some();
    unit && ago(&mut start).is_some() && start.at > at
}

/// Steps over the sign of a unit (`年`, `월`, `h`) and blanks before it.
pub(super) fn part(cursor: &mut Cursor<'_>, unit: Unit) -> bool {
    let mut ahead = *cursor;
    ahead.blanks();
    let found = step_over(&mut ahead, |family| (family == Family::DatePart(unit)).then_some(()));
    if found.is_some() {
        *cursor = ahead;
    }
    found.is_some()
}

pub(super) fn weekday(cursor: &mut Cursor<'_>) -> bool {
    step_over(cursor, |family| (family == Family::Weekday).then_some(())).is_some()
}

/// Before or after noon.
pub(super) fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let half = step_over(cursor, |family| match family {
        Family::Am => Some(Half::Am),
        Family::Pm => Some(Half::Pm),
        _ => None,
    })?;
    cursor.eat('.');
    Some(half)
}

/// The number to add to a year of the era whose name ends here; the position moves to its start.
pub(super) fn era_back(cursor: &mut Cursor<'_>) -> Option<i16> {
    /// Characters in the longest name of an era, with the full stops of abbreviations.
    const LONGEST: usize = 6;
    let end = cursor.at;
    let mut start = *cursor;
    start.blanks_back();
    let tight = start.at;
    for _ in 0..LONGEST {
        start.step_back()?;
        let mut ahead = start;
        let era = step_over(&mut ahead, |family| match family {
            Family::Era(years) => Some(years),
            _ => None,
        });
        if let Some(era) = era.filter(|_| (tight..=end).contains(&ahead.at)) {
            cursor.at = start.at;
            return Some(era);
        }
    }
    None
}

/// The unit of an age after its number: `hours ago`.
pub(super) fn ago(cursor: &mut Cursor<'_>) -> Option<Unit> {
    step_over(cursor, |family| match family {
        Family::Ago(unit) => Some(unit),
        _ => None,
    })
}

pub(super) fn unit(cursor: &mut Cursor<'_>) -> Option<Unit> {
    step_over(cursor, |family| match family {
        Family::Unit(unit) => Some(unit),
        _ => None,
    })
}

/// Whether a lead that makes the number here an age (`vor`, `hace`) ends here; the position moves to its start.
pub(super) fn ago_lead_back(cursor: &mut Cursor<'_>) -> bool {
    /// Words of the longest such lead (`il y a`).
    const LONGEST: usize = 3;
    let mut start = *cursor;
    start.blanks_back();
    let end = start.at;
    for _ in 0..LONGEST {
        start.blanks_back();
        if start.word_back().is_none() {
            return false;
        }
        let mut ahead = start;
        if step_over(&mut ahead, |family| (family == Family::AgoLead).then_some(())).is_some() && ahead.at == end {
            cursor.at = start.at;
            return true;
        }
    }
    false
}

/// A day named relative to today, as a number of days.
pub(super) fn day(cursor: &mut Cursor<'_>) -> Option<i8> {
    step_over(cursor, |family| match family {
        Family::Day(days) => Some(days),
        _ => None,
    })
}

/// What the words beside a date say about it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Label {
    /// They say nothing.
    #[default]
    None,
    /// When it was published.
    Published,
    /// When it was changed.
    Modified,
    /// Some other day: of an event, of the publisher's registration.
    Other,
}

fn label_at(cursor: &mut Cursor<'_>) -> Option<Label> {
    cursor.peek().filter(|&c| is_letter(c))?;
    let mut longest = None;
    Vocab::get().inline_date_words_at(cursor.text, cursor.at, |hit| {
        let label = match hit.family {
            Family::DatePublished => Label::Published,
            Family::DateModified => Label::Modified,
            Family::DateOther => Label::Other,
            _ => return,
        };
        longest = Some((label, hit.end as usize));
    });
    let (label, end) = longest.filter(|&(_, end)| is_interface(*cursor, end))?;
    cursor.at = end;
    Some(label)
}

/// Whether a word at `cursor` belongs to the interface and not to a sentence: it opens its line, is capitalised, or
/// follows a sign. In scripts without capitals it is assumed to.
fn is_interface(cursor: Cursor<'_>, end: usize) -> bool {
    /// Most characters of words that begin sentences too: `on`, `am`, `le`.
    const TOO_SHORT: usize = 3;
    let word = cursor.text.get(cursor.at..end).unwrap_or_default();
    if word.chars().count() <= TOO_SHORT && !word.chars().any(is_dense) {
        return false;
    }
    let mut before = cursor;
    before.blanks_back();
    !(cursor.peek().is_some_and(char::is_lowercase) && before.previous().is_some_and(is_letter))
}

/// Whether a label begins here.
pub(super) fn is_label(mut cursor: Cursor<'_>) -> bool {
    label_at(&mut cursor).is_some()
}

/// The label before a date that begins at `end`, with the label's start, which is not before `floor`.
///
/// Interface words contain labels, and prose is full of them, so only signs, weekdays and at most two short words may
/// come between label and date: `Last updated on Monday, `.
pub(super) fn label_before(text: &str, end: usize, floor: usize) -> Option<(Label, usize)> {
    /// How far back a label may begin.
    const REACH: usize = 72;
    let mut start = Cursor::new(text, end);
    let mut nearest: Option<(Label, usize, usize)> = None;
    while start.at > floor && end - start.at < REACH {
        let Some(c) = start.step_back() else { break };
        // Neither a label nor the gap between label and date has digits.
        if start.at < floor || digit(c).is_some() || c == '\n' && nearest.is_some() {
            break;
        }
        let inside = |before: char| is_letter(before) && !is_dense(before);
        if !is_letter(c) || !is_dense(c) && start.previous().is_some_and(inside) {
            continue;
        }
        let mut ahead = start;
        let Some(label) = label_at(&mut ahead) else { continue };
        if ahead.at > end {
            continue;
        }
        // The longest of the labels that end nearest: `최종수정` over `수정`.
        if nearest.is_none_or(|(_, _, nearest_end)| ahead.at >= nearest_end) {
            nearest = Some((label, start.at, ahead.at));
        }
    }
    let (label, start, label_end) = nearest?;
    only_fillers(text.get(label_end..end)?).then_some((label, start))
}

/// Whether a gap holds only signs, weekdays and at most two short words.
pub(super) fn only_fillers(gap: &str) -> bool {
    let mut cursor = Cursor::new(gap, 0);
    let mut words = 0;
    let mut glued = true;
    while let Some(c) = cursor.peek() {
        if is_letter(c) {
            if weekday(&mut cursor) {
                continue;
            }
            // Letters of scripts without spaces belong to another word or to a sentence.
            let short = cursor.word().is_some_and(|word| word.chars().count() <= 4 && !word.chars().any(is_dense));
            words += 1;
            if glued || !short || words > 2 {
                return false;
            }
        } else if is_blank(c) || ":：|｜·•ㆍ/-–—~([（［「【<>〉,，.、›»'\"@]）*_=".contains(c) {
            cursor.step();
            glued = false;
        } else {
            return false;
        }
    }
    true
}

/// Whether `c` is Han, kana or Hangul, where one or two letters are a word.
fn is_dense(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11FF | 0x2E80..=0xABFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF)
}

/// The label right after a date that ends at `end`: `01時40分更新`. A label before another date belongs to that one.
pub(super) fn label_after(text: &str, end: usize) -> Option<(Label, usize)> {
    let mut cursor = Cursor::new(text, end);
    cursor.eat_if(is_blank);
    let label = label_at(&mut cursor)?;
    let label_end = cursor.at;
    for _ in 0..4 {
        if cursor.eat_if(|c| is_blank(c) || ":：.-–([|".contains(c)).is_none() {
            break;
        }
    }
    let next = cursor.peek();
    if next.is_some_and(|c| digit(c).is_some() || is_letter(c)) {
        return None;
    }
    Some((label, label_end))
}
