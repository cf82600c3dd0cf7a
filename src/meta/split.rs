//! Where a title can be cut: between the headline and the names of site, section and series.

use super::key::is_wide;
use std::ops::Range;

/// How reliably a separator ends the headline, in ascending order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Cut {
    /// A colon: mostly part of the headline.
    Colon,
    /// A dash or a middle dot: may be part of the headline or not.
    Dash,
    /// A bar, an angle bracket, `::`: hardly ever part of a headline.
    Bar,
}

/// One separator in a title.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Separator {
    /// The place of the separator, with the white space around it.
    pub(crate) range: Range<usize>,
    pub(crate) cut: Cut,
}

/// Most separators kept of a title: the last ones, since the site is mostly at the end.
pub(crate) const MAX_SEPARATORS: usize = 5;

/// The separators of `title`, in order, except those at its very ends.
pub(crate) fn separators(title: &str) -> Vec<Separator> {
    let mut found: Vec<Separator> = Vec::new();
    // Most texts hold none; this loop has no branches.
    if !title.bytes().fold(false, |any, byte| any | may_separate(byte)) {
        return found;
    }
    for (at, c) in title.char_indices() {
        let Some(mut cut) = kind(c) else { continue };
        let (before, rest) = title.split_at(at);
        let mut end = at + c.len_utf8();
        let double = rest.starts_with("::");
        if double {
            (cut, end) = (Cut::Bar, at + 2);
        }
        let Some(after) = title.get(end..) else { continue };
        let from = before.trim_end().len();
        let to = end + (after.len() - after.trim_start().len());
        // Two in a row are one: ` :: `, ` - | `.
        if let Some(last) = found.last_mut()
            && last.range.end >= from
        {
            last.range.end = to;
            last.cut = last.cut.max(cut);
            continue;
        }
        if from == 0 || to == title.len() {
            continue;
        }
        let spaced = (from < at, to > end);
        let (left, right) = (before.chars().next_back(), after.chars().next());
        let wide = left.is_some_and(is_wide) || right.is_some_and(is_wide);
        if double || separates(c, spaced, wide, left, right) {
            found.push(Separator { range: from..to, cut });
        }
    }
    found.drain(..found.len().saturating_sub(MAX_SEPARATORS));
    found
}

/// Whether a byte is a separator in ASCII (see [`kind`]) or may belong to another.
fn may_separate(byte: u8) -> bool {
    !byte.is_ascii() | matches!(byte, b'|' | b'>' | b'<' | b'_' | b'-' | b'/' | b'~' | b':' | b'@')
}

fn kind(c: char) -> Option<Cut> {
    Some(match c {
        '|' | '｜' | '│' | '┃' | 'ㅣ' | '»' | '«' | '›' | '‹' | '>' | '<' | '_' | '¦' | '⎮' | '❘' | '←' | '→' | '★'
        | '☆' => Cut::Bar,
        '-' | '–' | '—' | '―' | '‐' | '‑' | '−' | '─' | '·' | '•' | '・' | '/' | '~' | '～' | '●' | '@' => {
            Cut::Dash
        }
        ':' | '：' => Cut::Colon,
        _ => return None,
    })
}

/// Whether `c` separates here: most characters need a space beside them, or a script without spaces.
fn separates(c: char, spaced: (bool, bool), wide: bool, left: Option<char>, right: Option<char>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        '|' | '｜' | '│' | '┃' | 'ㅣ' | '¦' | '❘' => true,
        ':' | '：' => (spaced.1 || wide) && !(digit(left) && digit(right)),
        '_' | '-' | '–' | '—' | '─' => {
            spaced == (true, true)
                || (spaced != (false, false) && !wide && c != '_')
                || (wide && !(digit(left) && digit(right)))
        }
        '«' | '»' => spaced == (true, true),
        _ => spaced == (true, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_separators() {
        assert!((0..128).all(|byte| may_separate(byte) == kind(char::from(byte)).is_some()));
    }

    #[test]
    fn where_titles_are_cut() {
        let cases = [
            ("Headline | Site", "Headline/Site"),
            ("Headline - Section - Site", "Headline/Section/Site"),
            ("기사 제목-정치ㅣ한국일보", "기사 제목/정치/한국일보"),
            ("出国前后_教育频道_中国青年网", "出国前后/教育频道/中国青年网"),
            ("Site: A story", "Site/A story"),
            ("Site :: A story", "Site/A story"),
            ("A ｜ B", "A/B"),
            ("A story @ Jane's blog", "A story/Jane's blog"),
            ("mail jane@news.example or @jane", "mail jane@news.example or @jane"),
            ("A- B", "A/B"),
            ("well-known snake_case 2019-20", "well-known snake_case 2019-20"),
            ("10:30 and 3:1", "10:30 and 3:1"),
            ("코로나 2-3월", "코로나 2-3월"),
            ("| edges |", "| edges |"),
            ("either/or", "either/or"),
            ("«Quoted» text", "«Quoted» text"),
        ];
        for (title, expected) in cases {
            let mut parts = Vec::new();
            let mut start = 0;
            for separator in separators(title) {
                parts.push(title.get(start..separator.range.start).unwrap());
                start = separator.range.end;
            }
            parts.push(title.get(start..).unwrap());
            assert_eq!(parts.join("/"), expected, "{title}");
        }
    }
}
