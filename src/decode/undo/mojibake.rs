//! Repairs text that was decoded in the wrong encoding: UTF-8 read as Latin-1 or Windows-1252 and saved again
//! (`donâ€™t`), or Korean and Russian pages likewise (`ÇÑ±¹`). Clients that take a missing charset for ISO-8859-1
//! produce such pages; one in fifty of the development pages is one.
//!
//! Damaging a correct page would be worse than leaving a wrong one. Control characters occur in no correct text; any
//! other repair needs several signs, since `NESCAFÉ®` and a row of `····` are valid bytes of other encodings too.
//!
//! A *row* is a run of characters that are one byte each in Windows-1252. A *sequence* is a part of a row whose bytes
//! are one character of UTF-8.

use super::super::{declared, fits, guess};
use super::Undone;
use encoding_rs::{UTF_8, WINDOWS_1252};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Minimum length in characters of a row that is suspicious. Words in Latin script have fewer accented letters in a
/// row.
const MIN_ROW: usize = 4;
/// Minimum number of different characters in such a row. Dot leaders and rules have fewer.
const MIN_ROW_KINDS: u32 = 3;
/// Minimum number of suspicious characters of a page that is decoded again in the encoding it declares, or in a guessed
/// one. Lists of accented letters have fewer.
const MIN_ODD: usize = 16;
const MIN_ODD_UNDECLARED: usize = 80;
/// Minimum number of different letters that such a page must have after decoding.
const MIN_LETTERS: usize = 8;
const MIN_LETTERS_UNDECLARED: usize = 20;

/// Minimum number of sequences for those without control characters to be believed.
const MIN_SEQUENCES: usize = 4;

/// The last of the Latin letters and their accents, except rare ones.
const LAST_LATIN: char = '\u{36f}';

/// Repairs `text` if it was decoded wrongly. If its encoding is known, only sequences with control characters are
/// replaced.
pub(super) fn undo(text: &str, known: bool, url: Option<&str>) -> Option<Undone> {
    let signs = Signs::of(text);
    if !known
        && signs.odd + signs.controls >= MIN_ODD
        && let Some(undone) = reread(text, &signs, url)
    {
        return Some(undone);
    }
    // In a text of another encoding, some characters form sequences by chance.
    if signs.sequences.len() <= signs.odd {
        return None;
    }
    let whole = !known && signs.is_whole(text);
    let is_meant = |sequence: &&Sequence| whole || sequence.has_control;
    let mut mended = String::new();
    let mut done = 0;
    for sequence in signs.sequences.iter().filter(is_meant) {
        mended.push_str(text.get(done..sequence.range.start)?);
        mended.push(sequence.character);
        done = sequence.range.end;
    }
    if done == 0 {
        return None;
    }
    mended.push_str(text.get(done..)?);
    Some(Undone { text: mended, encoding: Some(UTF_8.name()) })
}

/// The signs of wrong decoding in a text.
#[derive(Debug, Default)]
struct Signs {
    sequences: Vec<Sequence>,
    /// Number of suspicious characters: not part of a sequence, in rows with [`MIN_ROW`] of them or more that are
    /// neither leaders nor rules.
    odd: usize,
    /// Number of control characters in other rows.
    controls: usize,
}

/// Characters whose bytes are one character of UTF-8, or a single control character that is a character of
/// Windows-1252.
#[derive(Debug)]
struct Sequence {
    range: Range<usize>,
    character: char,
    /// Whether one of them is a control character, which proves that the text was decoded wrongly.
    has_control: bool,
}

impl Signs {
    fn of(text: &str) -> Signs {
        let mut signs = Signs::default();
        let mut done = 0;
        // The lead bytes of U+0080 to U+00FF, the characters of Latin-1 beyond ASCII.
        for at in memchr::memchr2_iter(0xc2, 0xc3, text.as_bytes()) {
            if at >= done {
                done = signs.row(text, at);
            }
        }
        signs
    }

    /// Reads the row that begins at `at`. Returns its end.
    fn row(&mut self, text: &str, mut at: usize) -> usize {
        let (mut odd, mut letters, mut controls, mut kinds) = (0, 0, 0, 0u128);
        while let Some(rest) = text.get(at..)
            && let Some(next) = rest.chars().next()
            && let Some(byte) = byte(next)
        {
            if let Some(sequence) = sequence(rest, at) {
                at = sequence.range.end;
                self.sequences.push(sequence);
                continue;
            }
            odd += 1;
            letters += usize::from(next.is_alphabetic());
            kinds |= 1 << (byte - 0x80);
            let range = at..at + next.len_utf8();
            at = range.end;
            if next.is_control() {
                controls += 1;
                let character = WINDOWS[usize::from(byte - 0x80)];
                if !character.is_control() {
                    self.sequences.push(Sequence { range, character, has_control: true });
                }
            }
        }
        if odd >= MIN_ROW && kinds.count_ones() >= MIN_ROW_KINDS && letters > 0 {
            self.odd += odd;
        } else {
            self.controls += controls;
        }
        at
    }

    /// Whether the character of any uncertain sequence also occurs in the text itself.
    fn occurs(&self, text: &str) -> bool {
        let uncertain = self.sequences.iter().filter(|sequence| !sequence.has_control);
        let mut characters: Vec<char> = uncertain.map(|sequence| sequence.character).collect();
        characters.sort_unstable();
        characters.dedup();
        let ends = self.sequences.iter().map(|sequence| sequence.range.end);
        let starts = self.sequences.iter().map(|sequence| sequence.range.start).chain([text.len()]);
        let between = [0].into_iter().chain(ends).zip(starts).filter_map(|(from, to)| text.get(from..to));
        // Mostly there is only markup in between, which is quick to check.
        let mut beyond_ascii = between.filter(|text| !text.is_ascii()).flat_map(str::chars).filter(|c| !c.is_ascii());
        beyond_ascii.any(|c| characters.binary_search(&c).is_ok())
    }

    /// Whether to replace the sequences without control characters too. Three conditions must hold:
    /// 1. There are at least [`MIN_SEQUENCES`] sequences, and half as many as runs of characters beyond ASCII.
    /// 2. Two thirds of the uncertain ones are usual in texts: Latin letters and punctuation, or words of another script.
    /// 3. None of their characters occurs in the text itself: a page that contains both `’` and `â€™` means both.
    fn is_whole(&self, text: &str) -> bool {
        let joins = |a: Option<&Sequence>, b: Option<&Sequence>| {
            a.zip(b).is_some_and(|(a, b)| a.range.end == b.range.start && b.character > LAST_LATIN)
        };
        let at = |index: usize| self.sequences.get(index);
        let is_usual = |(index, sequence): &(usize, &Sequence)| {
            matches!(sequence.character, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '€' | '™')
                || joins(index.checked_sub(1).and_then(at), at(*index))
                || joins(at(*index), at(index + 1))
        };
        let uncertain = || self.sequences.iter().enumerate().filter(|(_, sequence)| !sequence.has_control);
        let count = self.sequences.len();
        if count < MIN_SEQUENCES || count * 2 < clusters(text) {
            return false;
        }
        uncertain().filter(is_usual).count() * 3 >= uncertain().count() * 2 && !self.occurs(text)
    }
}

/// The sequence of UTF-8 that `text` begins with; `at` is the offset of `text` in the page.
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

/// The bytes 0x80 to 0x9F in Windows-1252. Those that it does not define are control characters.
static WINDOWS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let bytes: Vec<u8> = (0x80..0xa0).collect();
    WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().collect()
});

/// The byte beyond ASCII that this character is in Latin-1 or Windows-1252.
fn byte(character: char) -> Option<u8> {
    match u8::try_from(character) {
        Ok(byte) => (!byte.is_ascii()).then_some(byte),
        Err(_) => WINDOWS.iter().position(|c| *c == character).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// Number of runs of characters beyond ASCII.
fn clusters(text: &str) -> usize {
    let (mut rows, mut in_row) = (0, false);
    for chunk in text.as_bytes().chunks(32) {
        // Mostly all of it is ASCII, which is quick to check.
        if chunk.is_ascii() {
            in_row = false;
            continue;
        }
        for byte in chunk {
            rows += usize::from(!byte.is_ascii() && !in_row);
            in_row = !byte.is_ascii();
        }
    }
    rows
}

/// Turns all characters back into bytes and decodes these again; `None` if the result is not text of another script.
fn reread(text: &str, signs: &Signs, url: Option<&str>) -> Option<Undone> {
    let was = |c: char| if c.is_ascii() { u8::try_from(c).ok() } else { byte(c) };
    let bytes: Vec<u8> = text.chars().filter_map(was).collect();
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let odd = signs.odd + signs.controls;
    let says = declared(&bytes).filter(|encoding| *encoding != UTF_8 && *encoding != WINDOWS_1252);
    let shows = || (odd >= MIN_ODD_UNDECLARED && odd * 4 >= beyond).then(|| guess(&bytes, url));
    let least = if says.is_some() { MIN_LETTERS } else { MIN_LETTERS_UNDECLARED };
    let encoding = says.or_else(shows).filter(|encoding| fits(&bytes, encoding))?;
    let mut meant = String::new();
    let mut piece = Vec::new();
    let flush = |piece: &mut Vec<u8>, meant: &mut String| {
        meant.push_str(&encoding.decode_without_bom_handling(piece).0);
        piece.clear();
    };
    for c in text.chars() {
        match was(c) {
            Some(byte) => piece.push(byte),
            // Not from those bytes, so it was inserted later.
            None => {
                flush(&mut piece, &mut meant);
                meant.push(c);
            }
        }
    }
    flush(&mut piece, &mut meant);
    let mut letters: HashMap<char, usize> = HashMap::new();
    meant.chars().filter(|c| c.is_alphabetic() && *c > LAST_LATIN).for_each(|c| *letters.entry(c).or_default() += 1);
    let (native, most) = (letters.values().sum::<usize>(), letters.values().max().copied().unwrap_or(0));
    // A letter of Korean, Chinese or Japanese takes two bytes, and some bytes are punctuation.
    let is_script = letters.len() >= least && native * 3 >= beyond && most * 3 <= native;
    is_script.then(|| Undone { text: meant, encoding: Some(encoding.name()) })
}

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
        let korean = "<p>서울에서 열린 회의가 끝났다. 다음 회의는 내년 봄에, 부산에서 열린다고 한다.</p>".repeat(5);
        let russian = "<p>Библиотека открылась после двух лет ремонта, сообщает газета.</p>".repeat(3);
        let chinese =
            "<p>图书馆在两年的修缮之后重新开放，市长参加了开幕式，他说这里的书比从前多了一倍，孩子们可以免费借阅。</p>"
                .repeat(3);
        let japanese =
            "<p>図書館は二年間の改修を終えて、また開館しました。市長は朝から大勢の子供が並んだと話しています。</p>"
                .repeat(6);
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
            let undone = undo(&text, false, None).expect(name);
            assert_eq!((&undone.text, undone.encoding), (meant, Some(encoding)), "{name}");
        }
    }

    #[test]
    fn one_part_of_a_page_may_be_wrong() {
        let page = format!("<p>Über Straßen, Gärten und Höfe.</p><p>{}</p>", latin("It’s here.".as_bytes()));
        let undone = undo(&page, true, None).expect("control characters are never meant");
        assert_eq!(undone.text, "<p>Über Straßen, Gärten und Höfe.</p><p>It’s here.</p>");
        let page = "<p>It\u{92}s \u{93}here\u{94} on the Île.</p>";
        assert_eq!(undo(page, true, None).expect("Windows-1252").text, "<p>It’s “here” on the Île.</p>");
        let korean =
            latin(&EUC_KR.encode("<meta charset=euc-kr>서울에서 열린 회의가 끝났다. 다음 회의는 내년 봄이다.").0);
        let undone = undo(&format!("{korean} → 부산"), false, None).expect("declared");
        assert!(undone.text.ends_with("다음 회의는 내년 봄이다. → 부산"), "{}", undone.text);
    }

    #[test]
    fn what_is_right_stays() {
        let cases = [
            "Plain.",
            "Über Straßen, Gärten und Höfe — “quoted”.",
            "MANHÃ» e «SÃO» e À»: Gruß“.",
            "서울에서 열린 회의, 図書館 и библиотека.",
            "Such a page shows â€™ where it means an apostrophe, says “somebody” of “it”, “them” and “us”.",
            "NESCAFÉ® and NESCAFÉ® and NESCAFÉ® and NESCAFÉ®; ROSÉ’s, BEYONCÉ’S.",
            "„Spaß“, „Spaß“, „Spaß“, „Spaß“, « thé », « thé », « thé », « thé », 1½×¾, 1½×¾.",
            "We write â€™, â€œ, â€ and â€“ where ’, “, ” and – are meant: why does â€™ appear?",
            "ÀÈÌÒÙ àèìòù ÄÖÜ äöü ÅÆØ åæø ÇÑ ÝÞ ÐÐ ÂÊÎÔÛ âêîôû ÃÕ ãõ ÁÉÍÓÚ áéíóú ÀÈÌÒÙ ËÏŸ ëïÿ",
        ];
        for row in ["·", "»", "\u{a0}", "\u{ad}", "§", "°", "×", "·.·", "é·"] {
            let text = format!("“On café”{}12", row.repeat(200));
            assert!(undo(&text, false, None).is_none(), "{text}");
            let text = format!("<meta charset=euc-kr>{text}");
            assert!(undo(&text, false, None).is_none(), "{text}");
        }
        for text in cases {
            assert!(undo(text, false, None).is_none(), "{text}: {:?}", undo(text, false, None));
        }
    }
}
