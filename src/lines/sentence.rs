//! Finds the ends of sentences in all scripts, even if no space follows.
//!
//! This is not UAX #29, which breaks after every full stop before a capital, and never where a flattener lost the line
//! break between two sentences. One scan over bytes; characters are decoded only around a possible end.

use super::line::{head_of, is_blank, tail_of};
use crate::vocab::{Family, Vocab};

/// The end of a sentence, except at the end of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct End {
    /// Offset after the full stop and closing punctuation.
    pub(super) at: usize,
    /// Where the next sentence begins.
    pub(super) next: usize,
    /// Whether a line break was lost here, so that the next sentence begins a paragraph.
    pub(super) fresh: bool,
}

/// Maximum number of letters in an abbreviated title: `Dr.`, `Mrs.`, `Nr.`
const TITLE_LETTERS: usize = 3;

/// Maximum number of digits in an ordinal (`28. April`); a year ends a sentence.
const ORDINAL_DIGITS: usize = 2;
/// Bytes examined on either side of a possible end. Bounds the work on a page that is one endless word.
const REACH_BYTES: usize = 64;

/// Finds all sentence ends in `text`. Two or more spaces count as an end too; they once were a line break (`fresh`).
pub(super) fn ends(text: &str, out: &mut Vec<End>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let found = match byte {
            b'.' | b'!' | b'?' => true,
            b' ' | b'\t' => {
                if let Some(&(b' ' | b'\t')) = bytes.get(at + 1) {
                    at = spaces(text, at, out);
                    continue;
                }
                false
            }
            0xd6 | 0xd8..=0xef => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_terminator),
            _ => false,
        };
        if !found {
            at += 1;
            continue;
        }
        let stop = at + text.get(at..).map_or(1, |rest| rest.len() - rest.trim_start_matches(is_terminator).len());
        let closed = stop + text.get(stop..).map_or(0, closing);
        if let Some((next, fresh)) = boundary(text, at, stop, closed) {
            out.push(End { at: closed, next, fresh });
        }
        at = closed.max(at + 1);
    }
}

/// Skips a run of spaces that begins at `at`.
fn spaces(text: &str, at: usize, out: &mut Vec<End>) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let next = at + rest.len() - rest.trim_start_matches(is_blank).len();
    match out.last_mut() {
        // A sentence ended just before the spaces.
        Some(last) if last.next == next => last.fresh = true,
        _ if next < text.len() && at > 0 => out.push(End { at, next, fresh: true }),
        _ => {}
    }
    next.max(at + 1)
}

/// Where the next sentence begins, and its [`End::fresh`], if the terminators `at..stop`, closed at `closed`, end one.
fn boundary(text: &str, at: usize, stop: usize, closed: usize) -> Option<(usize, bool)> {
    let (before, rest) = (text.get(..at)?, text.get(closed..)?);
    let run = text.get(at..stop)?;
    let previous = before.chars().next_back()?;
    let following = rest.trim_start_matches(is_blank);
    let next = text.len() - following.len();
    let first = following.chars().next()?;
    let spaced = following.len() < rest.len();
    let ellipsis = run.starts_with("..") || run.starts_with(['…', '‥']);
    let quoted = text.get(stop..closed)?.contains(['"', '\'', '”', '’', '」', '』', '》', '»', '›']);
    if run.chars().all(is_wide_terminator) {
        // A particle right after the closing quote continues the sentence.
        return (spaced || !(quoted && (is_kana(first) || is_hangul(first)))).then_some((next, false));
    }
    if ellipsis {
        return (spaced && first.is_uppercase()).then_some((next, false));
    }
    if spaced {
        let begins = !first.is_lowercase() && !is_closer_or_comma(first) && !is_terminator(first);
        let ended = run != "." || !is_abbreviation(before, first);
        return (begins && ended).then_some((next, false));
    }
    (!quoted && is_glued(before, previous, following, first)).then_some((next, true))
}

/// Whether two sentences meet here without a space.
fn is_glued(before: &str, previous: char, following: &str, first: char) -> bool {
    if is_hangul(previous) || (matches!(previous, ')' | ']') && is_hangul(first)) {
        return is_hangul(first) && (!is_hangul(previous) || ends_korean(before))
            || first.is_uppercase()
            || first.is_ascii_digit()
            || is_opener(first);
    }
    if !previous.is_lowercase() && !matches!(previous, ')' | '”' | '’') || !first.is_uppercase() {
        return false;
    }
    // `word.The`, but not `Node.JS`, an address or a file name.
    let mut letters = following.chars().skip(1);
    let word = last_word(before);
    let after = first_word(following);
    letters.next().is_some_and(|c| c.is_lowercase() || is_blank(c))
        && word.chars().rev().take_while(|c| c.is_alphabetic()).count() >= 2
        && ![word, after].iter().any(|part| part.contains(['/', '@', '_', '=']) || part.starts_with("www"))
}

/// Whether a Korean sentence may end so: with a longer word, or with the ending of a verb. Otherwise the full stop is one
/// between words: `초.중.고`, `한.미`.
fn ends_korean(before: &str) -> bool {
    /// Syllables of the longest words that are listed with full stops.
    const LISTED: usize = 2;
    let syllables = before.chars().rev().take_while(|c| is_hangul(*c)).take(LISTED + 1).count();
    let Some((at, _)) = before.char_indices().next_back() else { return false };
    let is_ending = || Vocab::get().is_phrase(before, at, |family| family == Family::Ending);
    syllables > LISTED || syllables == LISTED && is_ending()
}

fn last_word(before: &str) -> &str {
    tail_of(before, REACH_BYTES).rsplit(is_blank).next().unwrap_or_default()
}

fn first_word(following: &str) -> &str {
    head_of(following, REACH_BYTES).split(is_blank).next().unwrap_or_default()
}

/// Whether the full stop after `before` belongs to an abbreviation and does not end a sentence.
fn is_abbreviation(before: &str, first: char) -> bool {
    let word = last_word(before).rsplit(is_opener).next().unwrap_or_default();
    let mut letters = word.chars();
    let Some(head) = letters.next() else { return false };
    let count = word.chars().take(TITLE_LETTERS + 4).count();
    if head.is_ascii_digit() {
        return count <= ORDINAL_DIGITS && word.bytes().all(|b| b.is_ascii_digit()) && first.is_alphabetic();
    }
    if count == 1 {
        return head.is_uppercase();
    }
    if word.contains('.') {
        return count <= TITLE_LETTERS + 2;
    }
    // `Jan. 27`, `Sept. 3`, `Fig. 4`
    if first.is_ascii_digit() && head.is_uppercase() && (3..=4).contains(&count) {
        return letters.all(char::is_lowercase);
    }
    // Without a vowel it is no word. Among scripts with case this holds only for Latin.
    head.is_ascii_uppercase()
        && count <= TITLE_LETTERS
        && word.bytes().all(|b| b.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&b))
        && letters.all(|c| c.is_lowercase())
}

/// Whether `text` ends like a sentence.
pub(super) fn is_ended(text: &str) -> bool {
    text.trim_end_matches(|c| closes(c) || is_two_faced(c)).ends_with(is_terminator)
}

/// Length in bytes of the punctuation at the start of `rest` that closes a sentence.
fn closing(rest: &str) -> usize {
    let after = rest.trim_start_matches(closes);
    let further = after.trim_start_matches(|c| closes(c) || is_two_faced(c));
    rest.len() - if further.starts_with(|c| !is_blank(c)) { after.len() } else { further.len() }
}

fn closes(c: char) -> bool {
    is_closer(c) || is_direction(c)
}

/// Quotation marks that close in some languages (`„so“`, `»so«`) and open in others. They close if no word follows.
fn is_two_faced(c: char) -> bool {
    matches!(c, '“' | '‘' | '«' | '‹')
}

/// Invisible marks of the direction of writing, which may stand anywhere in Arabic and Hebrew.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‥' | '؟' | '۔' | '։' | '‼' | '⁇' | '⁈' | '⁉') || is_wide_terminator(c)
}

/// Full stops that need no space after them.
fn is_wide_terminator(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '።' | '။' | '។' | '؟' | '۔')
}

/// Punctuation that may close a sentence after its terminator.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '》'
            | '）'
            | '］'
            | '〕'
            | '＂'
    )
}

fn is_closer_or_comma(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | ')' | ']' | '}' | '”' | '’' | '、' | '，' | '）' | '」' | '』' | '》')
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '《'
            | '（'
            | '［'
            | '〔'
            | '„'
            | '¿'
            | '¡'
    )
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{3131}'..='\u{318e}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its ends marked: `|` where the paragraph continues, `¶` where a new one begins.
    fn cut(text: &str) -> String {
        let (mut ends_found, mut at, mut out) = (Vec::new(), 0, String::new());
        ends(text, &mut ends_found);
        for end in ends_found {
            out.push_str(text.get(at..end.at).unwrap());
            out.push(if end.fresh { '¶' } else { '|' });
            at = end.next;
        }
        out + text.get(at..).unwrap()
    }

    #[test]
    fn ended_texts() {
        let cases = [
            ("Es fährt um neun ab.", true),
            ("„Es fährt um neun ab.“", true),
            ("»Es fährt um neun ab.«", true),
            ("‚Es fährt um neun ab.‘", true),
            ("جاء أمس.\u{200f}", true),
            ("\u{202b}جاء أمس.\u{202c}", true),
            ("Es fährt um neun „ab“", false),
            ("جاء أمس\u{200f}", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_ended(text), expected, "{text}");
        }
    }

    #[test]
    fn sentence_ends() {
        let cases = [
            ("plain", "One. Two! Three? Four", "One.|Two!|Three?|Four"),
            ("closing quote", "He said “no.” Then he left.", "He said “no.”|Then he left."),
            ("near miss: initials", "J. R. Smith came. He left.", "J. R. Smith came.|He left."),
            ("near miss: title", "Dr. Who met Mr. No.", "Dr. Who met Mr. No."),
            ("near miss: short form", "in the U.S. Senate, e.g. Ohio", "in the U.S. Senate, e.g. Ohio"),
            ("near miss: ordinal", "am 28. April 2023", "am 28. April 2023"),
            (
                "near miss: month",
                "Updated Jan. 27, 2026, he met Tim. 27 men",
                "Updated Jan. 27, 2026, he met Tim. 27 men",
            ),
            ("small words end", "There he sat. 27 men came", "There he sat.|27 men came"),
            ("a year ends", "since 2019. The rest", "since 2019.|The rest"),
            ("near miss: lower case goes on", "at Yahoo! we do. or not", "at Yahoo! we do. or not"),
            ("near miss: decimals, names", "6.3% of a.b.com", "6.3% of a.b.com"),
            ("glued Korean", "까지 떨어졌다.H20은 칩이다.이번", "까지 떨어졌다.¶H20은 칩이다.¶이번"),
            ("glued Korean digits", "보도했다.2022년", "보도했다.¶2022년"),
            (
                "near miss: words with stops between",
                "초.중.고 학생과 한.미 정상, 산림.환경 분야",
                "초.중.고 학생과 한.미 정상, 산림.환경 분야",
            ),
            ("near miss: items", "가.나.다.라 순", "가.나.다.라 순"),
            ("near miss: quoted, with a particle", "“갔다.”고 했다. 또", "“갔다.”고 했다.|또"),
            ("near miss: ellipsis in a headline", "통했나…\"AI 지배\" 하려면", "통했나…\"AI 지배\" 하려면"),
            ("glued Latin", "about it.The next", "about it.¶The next"),
            ("near miss: product", "with Node.JS and www.Foo.Bar", "with Node.JS and www.Foo.Bar"),
            ("Chinese", "他说。“好！”她走了？是", "他说。|“好！”|她走了？|是"),
            ("Japanese quote goes on", "「行く。」と言った。次", "「行く。」と言った。|次"),
            ("Hindi", "वह गया। फिर आया", "वह गया।|फिर आया"),
            ("Arabic", "أين هو؟ هنا", "أين هو؟|هنا"),
            ("double space", "밝혔다.  외교부는  다음", "밝혔다.¶외교부는¶다음"),
            ("ellipsis before a capital", "and more … The Next", "and more …|The Next"),
            ("lone stops", ". . .", ". . ."),
            (
                "German quote",
                "„Es fährt um neun ab.“ Er ging. »Nein.« Sie",
                "„Es fährt um neun ab.“|Er ging.|»Nein.«|Sie",
            ),
            ("near miss: a quote that opens", "他说。“好。” He said. “No.” Then", "他说。|“好。”|He said.|“No.”|Then"),
            ("Armenian", "Նա եկավ։ Նա գնաց", "Նա եկավ։|Նա գնաց"),
            ("a mark of direction", "جاء أمس.\u{200f} ذهب", "جاء أمس.\u{200f}|ذهب"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(cut(text), expected, "{name}");
        }
    }
}
