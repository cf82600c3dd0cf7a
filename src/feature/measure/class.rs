//! Classes of characters, as far as measures tell them apart.

use crate::block::token::is_plain_letter;

/// The class of a character.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Class {
    Letter,
    Hangul,
    /// Han, kana, Thai and the like: no spaces between words.
    Spaceless,
    Digit,
    Space,
    Comma,
    End,
    Colon,
    Quote,
    Closer,
    Separator,
    Cut,
    Other,
}

impl Class {
    pub(super) fn of_ascii(byte: u8) -> Class {
        ASCII[usize::from(byte) % ASCII.len()]
    }

    pub(super) fn beyond_ascii(c: char) -> Class {
        match c {
            '０'..='９' => Class::Digit,
            '，' | '、' | '；' | '،' | '؛' | '､' => Class::Comma,
            '。' | '！' | '？' | '｡' | '؟' | '।' | '۔' | '．' => Class::End,
            '…' | '‥' => Class::Cut,
            '：' => Class::Colon,
            '“' | '”' | '‘' | '’' | '«' | '„' | '‚' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' => {
                Class::Quote
            }
            '）' | '］' | '】' => Class::Closer,
            '›' | '»' | '•' | '·' | '｜' | 'ㅣ' | '▶' | '►' | '▲' | '▼' | '■' | '●' | '→' | '☞' | '✓' => {
                Class::Separator
            }
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => Class::Hangul,
            '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
            | '\u{e01}'..='\u{e4e}'
            | '\u{e81}'..='\u{ece}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17d3}' => Class::Spaceless,
            // Letters and dashes are most of what gets here; the tests after them are slower table look-ups.
            c if is_plain_letter(c) => Class::Letter,
            '–' | '—' => Class::Other,
            c if c.is_whitespace() => Class::Space,
            c if c.is_alphabetic() => Class::Letter,
            c if c.is_numeric() => Class::Digit,
            // Vowel signs of Indic scripts are marks inside words.
            '\u{900}'..='\u{dff}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' => Class::Letter,
            _ => Class::Other,
        }
    }
}

/// Classes of ASCII characters in a table, since most characters are ASCII.
static ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b',' | b';' => Class::Comma,
            b'.' | b'!' | b'?' => Class::End,
            b':' => Class::Colon,
            b'"' | b'\'' => Class::Quote,
            b')' | b']' | b'}' => Class::Closer,
            b'|' | b'/' | b'>' => Class::Separator,
            b' ' | b'\t'..=b'\r' => Class::Space,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};
