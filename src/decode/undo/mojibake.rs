//! Text that was decoded wrongly before it came: UTF-8 read as Latin-1 or Windows-1252 and saved again (`donâ€™t`), Korean or
//! Russian pages likewise (`ÇÑ±¹`). Clients that take a missing charset for ISO-8859-1 make such pages by the million; one in
//! fifty of the development pages is one.

use super::super::{declared, fits, guess};
use super::Undone;
use encoding_rs::{UTF_8, WINDOWS_1252};
use std::ops::Range;
use std::sync::LazyLock;

/// Characters in a row that are one byte each, from which they are hardly part of a word: `naïveté` never has four.
const ROW: usize = 4;
/// Characters in such rows from which a page is read again as it declares, and as it looks: a list of accented letters has some.
const ODD: usize = 16;
const ODD_UNDECLARED: usize = 80;

/// Sequences from which they are all meant to be what they look like as bytes, if that is half of what is not ASCII.
const SEQUENCES: usize = 4;

/// Reads `text` as it was meant, if it shows to have been decoded wrongly.
pub(super) fn undo(text: &str, url: Option<&str>) -> Option<Undone> {
    let signs = Signs::of(text);
    if signs.odd >= ODD
        && let Some(undone) = reread(text, signs.odd, url)
    {
        return Some(undone);
    }
    let count = signs.sequences.len();
    if count <= signs.odd {
        return None;
    }
    let whole = count >= SEQUENCES && count * 2 >= clusters(text);
    let meant = signs.sequences.iter().filter(|sequence| whole || sequence.has_control);
    let mut mended = String::new();
    let mut done = 0;
    for Sequence { range, character, .. } in meant {
        mended.push_str(text.get(done..range.start)?);
        mended.push(*character);
        done = range.end;
    }
    if done == 0 {
        return None;
    }
    mended.push_str(text.get(done..)?);
    Some(Undone { text: mended, encoding: Some(UTF_8.name()) })
}

/// What in a text looks wrongly decoded.
#[derive(Debug, Default)]
struct Signs {
    sequences: Vec<Sequence>,
    /// Characters that are no such sequence: those of rows with [`ROW`] of them or more, and all control characters.
    odd: usize,
}

/// Characters that are one of UTF-8 when taken for bytes.
#[derive(Debug)]
struct Sequence {
    range: Range<usize>,
    character: char,
    /// Whether one of them is a control character, which no text has: then nothing else can be meant.
    has_control: bool,
}

impl Signs {
    fn of(text: &str) -> Signs {
        let mut signs = Signs::default();
        let mut done = 0;
        // The lead bytes of U+0080 to U+00FF, all that Latin-1 has beyond ASCII.
        for at in memchr::memchr2_iter(0xc2, 0xc3, text.as_bytes()) {
            if at >= done {
                done = signs.row(text, at);
            }
        }
        signs
    }

    /// Reads the row that begins at `at`: its end.
    fn row(&mut self, text: &str, mut at: usize) -> usize {
        let (mut odd, mut controls) = (0, 0);
        while let Some(rest) = text.get(at..)
            && let Some(next) = rest.chars().next().filter(|c| byte(*c).is_some())
        {
            at = match sequence(rest, at) {
                Some(sequence) => {
                    let end = sequence.range.end;
                    self.sequences.push(sequence);
                    end
                }
                None => {
                    odd += 1;
                    controls += usize::from(next.is_control());
                    at + next.len_utf8()
                }
            };
        }
        self.odd += if odd >= ROW { odd } else { controls };
        at
    }
}

/// The sequence that `text`, at `at` of the whole, begins with.
fn sequence(text: &str, at: usize) -> Option<Sequence> {
    let mut bytes = [0; 4];
    let mut characters = text.char_indices();
    let (_, first) = characters.next()?;
    let length = match first {
        '\u{c2}'..='\u{df}' => 2,
        '\u{e0}'..='\u{ef}' => 3,
        '\u{f0}'..='\u{f4}' => 4,
        _ => return None,
    };
    bytes[0] = byte(first)?;
    let mut has_control = false;
    for slot in bytes.iter_mut().take(length).skip(1) {
        let (_, next) = characters.next()?;
        *slot = byte(next).filter(|byte| (0x80..0xc0).contains(byte))?;
        has_control |= next.is_control();
    }
    let character = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some(Sequence { range: at..at + characters.offset(), character, has_control })
}

/// The byte beyond ASCII that became this character in Latin-1 or in Windows-1252.
fn byte(character: char) -> Option<u8> {
    static WINDOWS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let bytes: Vec<u8> = (0x80..0xa0).collect();
        WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().collect()
    });
    match u8::try_from(character) {
        Ok(byte) => (!byte.is_ascii()).then_some(byte),
        Err(_) => WINDOWS.iter().position(|c| *c == character).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// Rows of characters beyond ASCII.
fn clusters(text: &str) -> usize {
    text.as_bytes().split(u8::is_ascii).filter(|row| !row.is_empty()).count()
}

/// Turns all characters into the bytes they were and decodes those; nothing if that is not possible or makes no script of it.
fn reread(text: &str, odd: usize, url: Option<&str>) -> Option<Undone> {
    let bytes = text.chars().map(|c| if c.is_ascii() { u8::try_from(c).ok() } else { byte(c) });
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    let says = declared(&bytes).filter(|encoding| *encoding != UTF_8 && *encoding != WINDOWS_1252);
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let shows = || (odd >= ODD_UNDECLARED && odd * 2 >= beyond).then(|| guess(&bytes, url));
    let encoding = says.or_else(shows).filter(|encoding| fits(&bytes, encoding))?;
    let (meant, _) = encoding.decode_without_bom_handling(&bytes);
    let native = meant.chars().filter(|c| c.is_alphabetic() && *c > LATIN).count();
    // Two bytes make a letter of Korean, Chinese and Japanese, and some are punctuation.
    (native * 3 >= beyond).then(|| Undone { text: meant.into_owned(), encoding: Some(encoding.name()) })
}

/// The last letter with its accents that is of the Latin script, but for rare ones.
const LATIN: char = '\u{36f}';

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251};

    /// `bytes` as a client reads them that takes everything for Latin-1.
    fn latin(bytes: &[u8]) -> String {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }

    /// The same with a client that takes everything for Windows-1252.
    fn windows(bytes: &[u8]) -> String {
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }

    #[test]
    fn what_was_misread_is_read_again() {
        let korean = "<p>서울에서 열린 회의가 끝났다. 다음 회의는 내년 봄에, 부산에서 열린다고 한다.</p>".repeat(3);
        let russian = "<p>Библиотека открылась после двух лет ремонта, сообщает газета.</p>".repeat(3);
        let chinese =
            "<p>图书馆在两年的修缮之后重新开放，市长参加了开幕式，他说这里的书比从前多了一倍，孩子们可以免费借阅。</p>"
                .repeat(3);
        let japanese = "<p>図書館は二年間の改修を終えて、また開館しました。</p>".repeat(6);
        let short = "<meta charset=euc-kr><p>서울에서 열린 회의가 끝났다. 다음 회의는 부산에서 열린다.</p>".to_owned();
        let french = "<p>L’été, « la forêt » était brûlée — dès l’aube.</p>".repeat(3);
        let cases = [
            ("UTF-8 as Latin-1", latin(korean.as_bytes()), &korean, "UTF-8"),
            ("UTF-8 as Windows-1252", windows(french.as_bytes()), &french, "UTF-8"),
            ("Russian UTF-8", latin(russian.as_bytes()), &russian, "UTF-8"),
            ("Korean", latin(&EUC_KR.encode(&korean).0), &korean, "EUC-KR"),
            ("Chinese", latin(&GBK.encode(&chinese).0), &chinese, "GBK"),
            ("Japanese", latin(&SHIFT_JIS.encode(&japanese).0), &japanese, "Shift_JIS"),
            ("Russian", latin(&WINDOWS_1251.encode(&russian).0), &russian, "windows-1251"),
            ("declared", latin(&EUC_KR.encode(&short).0), &short, "EUC-KR"),
        ];
        for (name, text, meant, encoding) in cases {
            let undone = undo(&text, None).expect(name);
            assert_eq!((&undone.text, undone.encoding), (meant, Some(encoding)), "{name}");
        }
    }

    #[test]
    fn one_part_of_a_page_may_be_wrong() {
        let page = format!("<p>Über Straßen, Gärten und Höfe.</p><p>{}</p>", latin("It’s here.".as_bytes()));
        let undone = undo(&page, None).expect("control characters are never meant");
        assert_eq!(undone.text, "<p>Über Straßen, Gärten und Höfe.</p><p>It’s here.</p>");
    }

    #[test]
    fn what_is_right_stays() {
        let cases = [
            "Plain.",
            "Über Straßen, Gärten und Höfe — “quoted”.",
            "MANHÃ» e «SÃO» e À»: Gruß“.",
            "서울에서 열린 회의, 図書館 и библиотека.",
            "Such a page shows â€™ where it means an apostrophe, says “somebody” of “it”, “them” and “us”.",
            "ÀÈÌÒÙ àèìòù ÄÖÜ äöü ÅÆØ åæø ÇÑ ÝÞ ÐÐ ÂÊÎÔÛ âêîôû ÃÕ ãõ ÁÉÍÓÚ áéíóú ÀÈÌÒÙ ËÏŸ ëïÿ",
        ];
        for text in cases {
            assert!(undo(text, None).is_none(), "{text}: {:?}", undo(text, None));
        }
    }
}
