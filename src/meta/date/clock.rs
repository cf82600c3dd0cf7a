//! Times of day as pages write them, with the zone if they name one.

use super::cursor::{Cursor, digit, is_blank, is_letter};
use super::words::{self, Half};
use crate::types::{Offset, Time};
use crate::vocab::Unit;

/// A time of day and its distance from UTC.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) offset: Option<Offset>,
}

/// The zones that pages name, in hours east of UTC. An ambiguous name is the zone of more news sites. `ET` and the like
/// are left out, since they do not say whether it is summer.
const ZONES: &[(&str, f32)] = &[
    ("UTC", 0.0),
    ("GMT", 0.0),
    ("UT", 0.0),
    ("WET", 0.0),
    ("WEST", 1.0),
    ("BST", 1.0),
    ("CET", 1.0),
    ("MEZ", 1.0),
    ("WAT", 1.0),
    ("CEST", 2.0),
    ("MESZ", 2.0),
    ("EET", 2.0),
    ("SAST", 2.0),
    ("CAT", 2.0),
    ("EEST", 3.0),
    ("MSK", 3.0),
    ("EAT", 3.0),
    ("TRT", 3.0),
    ("GST", 4.0),
    ("PKT", 5.0),
    ("IST", 5.5),
    ("NPT", 5.75),
    ("WIB", 7.0),
    ("ICT", 7.0),
    ("WITA", 8.0),
    ("HKT", 8.0),
    ("SGT", 8.0),
    ("MYT", 8.0),
    ("PHT", 8.0),
    ("AWST", 8.0),
    ("WIT", 9.0),
    ("KST", 9.0),
    ("JST", 9.0),
    ("ACST", 9.5),
    ("AEST", 10.0),
    ("ACDT", 10.5),
    ("AEDT", 11.0),
    ("NZST", 12.0),
    ("NZDT", 13.0),
    ("NDT", -2.5),
    ("BRT", -3.0),
    ("ART", -3.0),
    ("ADT", -3.0),
    ("NST", -3.5),
    ("AST", -4.0),
    ("EDT", -4.0),
    ("EST", -5.0),
    ("CDT", -5.0),
    ("CST", -6.0),
    ("MDT", -6.0),
    ("MST", -7.0),
    ("PDT", -7.0),
    ("PST", -8.0),
    ("AKDT", -8.0),
    ("AKST", -9.0),
    ("HST", -10.0),
];

/// What may separate the hours from the minutes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Marks {
    /// A colon or words: such a pair of numbers is a time anywhere.
    Sure,
    /// Also a full stop, as in `17.47`: only beside a date.
    Loose,
}

/// The time that starts here: `21:17:27+09:00`, `오후 8:06`, `21時37分`, `4 p.m. EDT`, `15h30`.
pub(super) fn read(cursor: &mut Cursor<'_>, marks: Marks) -> Option<Clock> {
    let mut ahead = *cursor;
    let half_before = words::half(&mut ahead);
    ahead.blanks();
    let hour = ahead.small().filter(|&hour| hour <= 24)?;
    let after_hour = ahead;
    let mut by_words = false;
    let minute = if ahead.eat_if(|c| c == ':' || c == '：' || c == '︰').is_some() {
        minute(&mut ahead)?
    } else if marks == Marks::Loose && ahead.eat('.') {
        minute(&mut ahead).filter(|_| !followed_by_number(ahead))?
    } else if words::part(&mut ahead, Unit::Hour) {
        by_words = true;
        minute_in_words(&mut ahead)
    } else {
        0
    };
    let stated = by_words || ahead.at > after_hour.at;
    let mut second = None;
    if by_words {
        let mut further = ahead;
        further.blanks();
        if let Some(value) = further.small().filter(|_| words::part(&mut further, Unit::Second)) {
            (second, ahead) = (Some(value), further);
        }
    } else if stated {
        second = seconds(&mut ahead);
    }
    let half_after = if half_before.is_none() { half_behind(&mut ahead) } else { None };
    let half = half_before.or(half_after);
    if !stated && half.is_none() {
        return None;
    }
    let hour = match half {
        Some(Half::Pm) if hour < 12 => hour + 12,
        Some(Half::Am) if hour == 12 => 0,
        _ if hour == 24 && minute == 0 => 0,
        _ => hour,
    };
    let time = Time::new(hour, minute, second)?;
    let offset = zone(&mut ahead);
    *cursor = ahead;
    Some(Clock { time, offset })
}

/// Exactly two digits.
fn minute(cursor: &mut Cursor<'_>) -> Option<u8> {
    let number = cursor.number().filter(|number| number.digits == 2)?;
    number.small()
}

/// `37分`, or the `30` of `15h30`; 0 without either.
fn minute_in_words(cursor: &mut Cursor<'_>) -> u8 {
    let mut ahead = *cursor;
    ahead.blanks();
    let from = ahead.at;
    let Some(number) = ahead.number().filter(|number| number.digits <= 2) else { return 0 };
    let glued = from == cursor.at && number.digits == 2;
    if words::part(&mut ahead, Unit::Minute) || glued {
        *cursor = ahead;
        return number.small().unwrap_or(0);
    }
    0
}

/// `:27`, with the fraction that machines write.
fn seconds(cursor: &mut Cursor<'_>) -> Option<u8> {
    let mut ahead = *cursor;
    ahead.eat_if(|c| c == ':' || c == '：')?;
    let second = minute(&mut ahead)?;
    let mut fraction = ahead;
    if fraction.eat_if(|c| c == '.' || c == ',').is_some() && fraction.number().is_some() {
        ahead = fraction;
    }
    *cursor = ahead;
    Some(second)
}

fn half_behind(cursor: &mut Cursor<'_>) -> Option<Half> {
    let mut ahead = *cursor;
    ahead.blanks();
    let half = words::half(&mut ahead)?;
    *cursor = ahead;
    Some(half)
}

fn followed_by_number(mut cursor: Cursor<'_>) -> bool {
    cursor.eat_if(|c| c == '.' || c == ':' || c == '/').is_some() && cursor.peek().and_then(digit).is_some()
}

/// The zone after a time: `Z`, `+0900`, ` +09:00`, `(KST)`, `GMT+9`.
pub(super) fn zone(cursor: &mut Cursor<'_>) -> Option<Offset> {
    let mut ahead = *cursor;
    let spaced = ahead.blanks();
    let bracket = ahead.eat('(');
    if let Some(offset) = signed(&mut ahead, spaced) {
        *cursor = ahead;
        return Some(offset);
    }
    let name = ahead.word().filter(|name| name.len() <= 4)?;
    let hours = if name == "Z" || name == "z" { 0.0 } else { ZONES.iter().find(|(zone, _)| name == *zone)?.1 };
    let plain = Offset::new((hours * 60.0) as i16)?;
    let offset = if hours == 0.0 { signed(&mut ahead, false).unwrap_or(plain) } else { plain };
    if bracket {
        ahead.eat(')');
    }
    *cursor = ahead;
    Some(offset)
}

/// `+0900`, `+09:00`, `+9`. After a blank a hyphen is a dash unless four digits or a colon follow: `21:17 -23`.
fn signed(cursor: &mut Cursor<'_>, spaced: bool) -> Option<Offset> {
    let mut ahead = *cursor;
    let west = match ahead.step()? {
        '+' => false,
        '-' | '−' => true,
        _ => return None,
    };
    let number = ahead.number()?;
    let (hours, minutes) = match number.digits {
        1 | 2 => {
            let mut further = ahead;
            let minutes = further.eat(':').then(|| minute(&mut further)).flatten();
            if minutes.is_some() {
                ahead = further;
            } else if west || spaced {
                return None;
            }
            (number.value, u64::from(minutes.unwrap_or(0)))
        }
        4 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    let minutes = i16::try_from(hours * 60 + minutes).ok().filter(|_| minutes < 60)?;
    let offset = Offset::new(if west { -minutes } else { minutes })?;
    *cursor = ahead;
    Some(offset)
}

/// The time after a date that ends here. Skips what pages put between them: weekdays, signs, two short words.
pub(super) fn behind(cursor: &mut Cursor<'_>) -> Option<Clock> {
    /// Longest stretch between a date and its time, in bytes.
    const GAP: usize = 40;
    let from = cursor.at;
    let mut ahead = *cursor;
    let mut words = 0;
    let mut spaced = false;
    while ahead.at - from <= GAP {
        let c = ahead.peek()?;
        if digit(c).is_some() {
            // Digits glued to digits belong to the date, digits after `日` do not.
            if ahead.at == from && cursor.previous().and_then(digit).is_some() {
                return None;
            }
            let marks = if spaced { Marks::Loose } else { Marks::Sure };
            let clock = read(&mut ahead, marks)?;
            *cursor = ahead;
            return Some(clock);
        }
        if is_letter(c) {
            let mut clock_here = ahead;
            if let Some(clock) = read(&mut clock_here, Marks::Sure) {
                *cursor = clock_here;
                return Some(clock);
            }
            if (c == 'T' || c == 't') && ahead.at == from {
                ahead.step();
                continue;
            }
            if words::weekday(&mut ahead) {
                continue;
            }
            // A label between them says that the time belongs to another date.
            if words::is_label(ahead) || ahead.word()?.chars().count() > 12 {
                return None;
            }
            words += 1;
            if words > 2 {
                return None;
            }
            spaced = true;
        } else if is_blank(c) {
            spaced = true;
            ahead.step();
        } else if ",，、.|｜·•ㆍ/-–—~@()（）[]［］【】:：>".contains(c) {
            ahead.step();
        } else {
            return None;
        }
    }
    None
}
