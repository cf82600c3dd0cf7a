//! Texts as keys: equal where a reader would call them the same headline or name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits only, compatibility forms resolved, case folded.
pub(crate) fn key(text: &str) -> String {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().filter(|&c| c.is_alphanumeric() || is_combining_mark(c)) {
        out.extend(c.to_lowercase());
    }
    out
}

/// Like the key of `key`, as a number: cheap enough for every line of a page, at the price of compatibility forms, which
/// stay apart. 0 for text without letters or digits.
pub(crate) fn hash(text: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    let mut any = false;
    for c in text.chars() {
        let folded = if c.is_ascii() {
            if !c.is_ascii_alphanumeric() {
                continue;
            }
            c.to_ascii_lowercase()
        } else if c.is_alphanumeric() {
            c.to_lowercase().next().unwrap_or(c)
        } else {
            continue;
        };
        any = true;
        state = (state ^ u64::from(u32::from(folded))).wrapping_mul(0x0100_0000_01b3);
    }
    if any { state.max(1) } else { 0 }
}

/// A combining mark: part of the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Width in columns: Han, kana and Hangul count double, as they say about twice as much.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether `c` belongs to a script set in squares: Han, kana, Hangul and their punctuation.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_text_same_key() {
        let cases = [
            ("A “quoted” Headline!", "a \"Quoted\" headline", true),
            ("ＡＢＣ 뉴스", "abc뉴스", true),
            ("C++ now", "C now", true),
            ("one two", "one too", false),
        ];
        for (a, b, same) in cases {
            assert_eq!(key(a) == key(b), same, "{a} / {b}");
        }
        assert_eq!(hash("Día 1"), hash("dÍa, 1."));
        assert_eq!(hash(" - "), 0);
    }
}
