//! Measures a block by its characters alone, in any script.

use crate::block::token::{LETTERS, is_plain_letter};
use crate::block::{Block, Blocks};

/// Counts over the text of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    /// Length in units of roughly one English word (see [`UNIT_OF_HAN`]).
    pub(crate) units: f32,
    /// Units inside links.
    pub(crate) link_units: f32,
    pub(crate) chars: u32,
    pub(crate) letters: u32,
    pub(crate) digits: u32,
    pub(crate) upper: u32,
    /// Words of scripts with spaces, runs of Hangul, and single characters of scripts without spaces.
    pub(crate) words: u32,
    /// Words with a capital first letter.
    pub(crate) capitalised: u32,
    pub(crate) commas: u32,
    /// Sentence ends, including one at the end of the block.
    pub(crate) sentences: u32,
    /// Units after the last sentence end: the credit of a caption, or the rest of a truncated paragraph.
    pub(crate) tail: f32,
    pub(crate) quotes: u32,
    /// `|`, `›`, `»`, `/`, `•`, `·`: separators in menus and in lines of cards.
    pub(crate) separators: u32,
    pub(crate) marks: u32,
    /// Letters of scripts without case.
    pub(crate) caseless: u32,
    /// Letters of scripts without spaces.
    pub(crate) spaceless: u32,
    pub(crate) ends_sentence: bool,
    pub(crate) ends_cut: bool,
    pub(crate) ends_colon: bool,
    pub(crate) starts_lower: bool,
    pub(crate) has_at: bool,
    /// Whether the block begins with a pointer (`▶ another headline`) or a figure (`■ a sub-headline`).
    pub(crate) pointer: bool,
    pub(crate) figure: bool,
    /// Terms shared with the title; terms shared with the description; all terms.
    pub(crate) title_terms: u32,
    pub(crate) description_terms: u32,
    pub(crate) terms: u32,
    /// Runs of three terms that also occur in the declared body.
    pub(crate) declared_runs: u32,
    /// Hash of letters and digits with case folded: equal for repeated text.
    pub(crate) hash: u64,
}

/// Units per Han, kana or Thai character: about 1.7 characters translate to one English word.
const UNIT_OF_HAN: f32 = 0.6;
/// Units per Hangul word. With its particles it translates to about one and a half English words.
const UNIT_OF_HANGUL_WORD: f32 = 1.5;
/// Minimum length of prose in units.
const PROSE_MIN_UNITS: f32 = 14.0;
/// In prose, less than this share is linked: above it, teasers of one sentence count as prose.
const PROSE_MAX_LINK_DENSITY: f32 = 0.35;

impl Measure {
    /// Whether the block looks like prose: long, punctuated, not made of links.
    pub(crate) fn is_prose(&self) -> bool {
        self.units >= PROSE_MIN_UNITS
            && self.link_density() < PROSE_MAX_LINK_DENSITY
            && (self.sentences > 0 || self.commas > 1)
    }

    pub(crate) fn link_density(&self) -> f32 {
        if self.units > 0.0 { self.link_units / self.units } else { 0.0 }
    }
}

/// A set of terms with false positives: one bit per hash.
#[derive(Clone, Debug)]
pub(crate) struct Terms([u64; 64]);

impl Terms {
    /// The terms of `text`: words, or pairs of adjacent characters in Hangul and in scripts without spaces.
    pub(crate) fn of(text: &str) -> Terms {
        let mut set = Terms([0; 64]);
        let nothing = Terms([0; 64]);
        measure_text(text, &nothing, &nothing, |term| set.insert(term));
        set
    }

    fn insert(&mut self, term: u32) {
        let bit = term >> 20;
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    fn contains(&self, term: u32) -> bool {
        let bit = term >> 20;
        self.0[(bit >> 6) as usize] >> (bit & 63) & 1 == 1
    }
}

/// The set of runs of three terms in a text, with false positives: one bit per hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs(Vec<u64>);

/// Bits of [`Runs`] as a power of two: after an article of 3,000 words, one query in twenty is a false positive.
const RUN_BITS: u32 = 16;

impl Runs {
    /// The runs of `text`; empty for an empty text.
    pub(crate) fn of(text: &str) -> Runs {
        let mut runs = Runs::default();
        if text.is_empty() {
            return runs;
        }
        runs.0.resize(1 << (RUN_BITS - 6), 0);
        let nothing = Terms([0; 64]);
        let mut terms = Vec::new();
        measure_text(text, &nothing, &nothing, |term| terms.push(term));
        for [a, b, c] in terms.array_windows() {
            let bit = run(*a, *b, *c) >> (32 - RUN_BITS);
            if let Some(word) = runs.0.get_mut((bit >> 6) as usize) {
                *word |= 1 << (bit & 63);
            }
        }
        runs
    }

    fn contains(&self, run: u32) -> bool {
        let bit = run >> (32 - RUN_BITS);
        self.0.get((bit >> 6) as usize).is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }
}

/// Maximum number of terms for which memory is kept between pages, as many as a book has.
pub(super) const KEPT_TERMS: usize = 1 << 18;

/// Hashes of the terms of all blocks, in order.
#[derive(Debug, Default)]
pub(crate) struct Words {
    terms: Vec<u32>,
    /// End of each block's terms.
    ends: Vec<usize>,
}

impl Words {
    /// Number of terms in all blocks.
    pub(crate) fn count(&self) -> usize {
        self.terms.len()
    }

    pub(crate) fn terms(&self, block: usize) -> &[u32] {
        let start = block.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(block).copied().unwrap_or_default();
        self.terms.get(start..end).unwrap_or_default()
    }

    /// Clears the terms. Releases memory after an enormous page, since the terms take as much as its text.
    pub(crate) fn forget(&mut self) {
        self.ends.clear();
        self.terms.clear();
        self.terms.shrink_to(KEPT_TERMS);
    }

    /// The hash of every run of three terms.
    pub(crate) fn runs(&self, block: usize) -> impl Iterator<Item = u32> {
        self.terms(block).array_windows().map(|[a, b, c]| run(*a, *b, *c))
    }
}

fn run(a: u32, b: u32, c: u32) -> u32 {
    (a.rotate_left(11) ^ b.rotate_left(5) ^ c).wrapping_mul(0x9e37_79b9)
}

/// Measures every block.
pub(crate) fn measure(
    blocks: &Blocks,
    title: &Terms,
    description: &Terms,
    declared: &Runs,
    words: &mut Words,
    out: &mut Vec<Measure>,
) {
    out.clear();
    out.reserve(blocks.items.len());
    words.forget();
    words.ends.reserve(blocks.items.len());
    for (index, block) in blocks.items.iter().enumerate() {
        let mut measure = measure_text(blocks.text_of(index), title, description, |term| words.terms.push(term));
        words.ends.push(words.terms.len());
        if !declared.0.is_empty() {
            measure.declared_runs = words.runs(index).map(|run| u32::from(declared.contains(run))).sum();
        }
        measure.link_units = link_units(block, measure.units);
        out.push(measure);
    }
}

/// The measures and words of a page of paragraphs, for tests.
#[cfg(test)]
pub(crate) fn measured(paragraphs: &[&str]) -> (Vec<Measure>, Words) {
    let (nothing, mut words) = (Terms([0; 64]), Words::default());
    let measure = |text: &&str| {
        let measure = measure_text(text, &nothing, &nothing, |term| words.terms.push(term));
        words.ends.push(words.terms.len());
        measure
    };
    (paragraphs.iter().map(measure).collect(), words)
}

fn link_units(block: &Block, units: f32) -> f32 {
    let length = block.text.len().max(1) as f32;
    // Link bytes include the spaces after words, so that a fully linked block may exceed its length.
    units * (block.link_bytes as f32 / length).min(1.0)
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Class {
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

fn class_beyond_ascii(c: char) -> Class {
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

/// Characters that point to something else, and characters that only set a line apart.
const POINTERS: [char; 10] = ['▶', '▷', '►', '▸', '☞', '☛', '➡', '→', '⇒', '≫'];
const FIGURES: [char; 14] = ['■', '□', '◆', '◇', '●', '○', '◎', '▲', '△', '▼', '▽', '★', '☆', '※'];

fn measure_text(text: &str, title: &Terms, description: &Terms, each_term: impl FnMut(u32)) -> Measure {
    let mut reader = Reader {
        m: Measure::default(),
        word: Word::default(),
        previous: Class::Space,
        pending_end: false,
        hash: 0xcbf2_9ce4_8422_2325,
        words: 0,
        hangul_words: 0,
        ended: 0.0,
        title,
        description,
        each_term,
    };
    if text.as_bytes().first().is_some_and(|byte| !byte.is_ascii()) {
        reader.m.pointer = text.starts_with(POINTERS);
        reader.m.figure = text.starts_with(FIGURES);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += reader.ascii_letters(bytes.get(at..).unwrap_or_default());
        } else if byte == b' ' {
            reader.space();
            at += 1;
        } else if byte.is_ascii() {
            reader.other(char::from(byte), ASCII[byte as usize]);
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            reader.other(c, class_beyond_ascii(c));
            at += c.len_utf8();
        }
    }
    reader.finish(text)
}

struct Reader<'a, F> {
    m: Measure,
    word: Word,
    previous: Class,
    /// Whether a sentence end was read that the next character may still disprove.
    pending_end: bool,
    hash: u64,
    words: u32,
    hangul_words: u32,
    /// Units up to the last sentence end.
    ended: f32,
    title: &'a Terms,
    description: &'a Terms,
    each_term: F,
}

impl<F: FnMut(u32)> Reader<'_, F> {
    /// Reads the ASCII letters at the start of `bytes` and returns their number.
    fn ascii_letters(&mut self, bytes: &[u8]) -> usize {
        let upper = bytes[0].is_ascii_uppercase();
        self.begin_word(upper, false);
        self.pending_end = false;
        let (mut hash, mut capitals, mut length) = (self.word.hash, 0, 0);
        for &byte in bytes {
            let letter = LETTERS[usize::from(byte)];
            if letter == 0 {
                break;
            }
            capitals += u32::from(byte < b'a');
            hash = Word::step(hash, u32::from(letter));
            length += 1;
        }
        let count = u32::try_from(length).unwrap_or(u32::MAX);
        self.word.hash = hash;
        self.word.length += count;
        self.m.upper += capitals;
        self.m.letters += count;
        self.m.chars += count;
        self.word.last = None;
        self.previous = Class::Letter;
        length
    }

    /// Reads a space like [`Reader::other`], but faster: there is one after nearly every word.
    #[inline]
    fn space(&mut self) {
        self.m.chars += 1;
        if self.pending_end {
            self.end_sentence();
            self.pending_end = false;
        }
        self.end_word();
        self.word.last = None;
        self.previous = Class::Space;
    }

    fn end_sentence(&mut self) {
        self.m.sentences += 1;
        self.ended = self.units();
    }

    fn units(&self) -> f32 {
        let Reader { words, hangul_words, m, .. } = self;
        *words as f32 + *hangul_words as f32 * UNIT_OF_HANGUL_WORD + m.spaceless as f32 * UNIT_OF_HAN
    }

    fn begin_word(&mut self, upper: bool, caseless: bool) {
        if self.word.length == 0 {
            self.words += 1;
            self.m.capitalised += u32::from(upper);
            if self.m.letters == 0 {
                self.m.starts_lower = !upper && !caseless;
            }
        }
    }

    /// Reads any character except ASCII letters.
    fn other(&mut self, c: char, class: Class) {
        if self.pending_end && matches!(class, Class::Space | Class::Spaceless | Class::Hangul) {
            self.end_sentence();
        }
        let m = &mut self.m;
        m.chars += 1;
        if !matches!(class, Class::Quote | Class::Closer) {
            self.pending_end = false;
        }
        match class {
            Class::Letter => {
                let upper = c.is_uppercase();
                let caseless = !upper && !c.is_lowercase();
                self.begin_word(upper, caseless);
                self.m.letters += 1;
                self.m.upper += u32::from(upper);
                self.m.caseless += u32::from(caseless);
                self.word.push(u32::from(c.to_lowercase().next().unwrap_or(c)));
            }
            Class::Hangul | Class::Spaceless => {
                m.letters += 1;
                m.caseless += 1;
                if class == Class::Hangul {
                    self.hangul_words += u32::from(self.previous != Class::Hangul);
                } else {
                    m.spaceless += 1;
                }
                self.hash = (self.hash ^ u64::from(u32::from(c))).wrapping_mul(HASH_PRIME);
                if let Some(pair) = self.word.pair(c) {
                    self.term(pair);
                }
            }
            Class::Digit => {
                m.digits += 1;
                self.words += u32::from(self.word.length == 0);
                self.word.push(u32::from(c));
            }
            Class::Comma => m.commas += 1,
            Class::End => self.pending_end = true,
            Class::Cut => m.marks += 1,
            Class::Quote => m.quotes += 1,
            Class::Separator => m.separators += 1,
            Class::Other => {
                m.marks += 1;
                m.has_at |= c == '@';
            }
            Class::Colon | Class::Closer | Class::Space => {}
        }
        if !matches!(class, Class::Letter | Class::Digit) {
            self.end_word();
        }
        if !matches!(class, Class::Hangul | Class::Spaceless) {
            self.word.last = None;
        }
        self.previous = class;
    }

    fn end_word(&mut self) {
        if self.word.length == 0 {
            return;
        }
        self.hash = (self.hash ^ u64::from(self.word.hash)).wrapping_mul(HASH_PRIME);
        if let Some(whole) = self.word.finish() {
            self.term(whole);
        }
    }

    fn term(&mut self, term: u32) {
        self.m.terms += 1;
        self.m.title_terms += u32::from(self.title.contains(term));
        self.m.description_terms += u32::from(self.description.contains(term));
        (self.each_term)(term);
    }

    fn finish(mut self, text: &str) -> Measure {
        self.end_word();
        if self.pending_end {
            self.end_sentence();
        }
        let units = self.units();
        let mut m = self.m;
        m.ends_sentence = self.pending_end;
        (m.units, m.tail) = (units, units - self.ended);
        m.ends_cut = self.previous == Class::Cut || text.ends_with("...");
        m.ends_colon = self.previous == Class::Colon;
        m.words = self.words + self.hangul_words + m.spaceless;
        m.hash = self.hash;
        m
    }
}

/// The prime of the 64-bit FNV (Fowler–Noll–Vo) hash.
const HASH_PRIME: u64 = 0x0100_0000_01b3;

/// The term being read.
#[derive(Default)]
struct Word {
    hash: u32,
    length: u32,
    last: Option<char>,
}

impl Word {
    fn push(&mut self, folded: u32) {
        self.hash = Word::step(self.hash, folded);
        self.length += 1;
    }

    fn step(hash: u32, folded: u32) -> u32 {
        (hash.rotate_left(5) ^ folded).wrapping_mul(0x9e37_79b9)
    }

    /// Words of one or two letters say nothing about the topic and are not terms.
    fn finish(&mut self) -> Option<u32> {
        let (hash, length) = (self.hash, self.length);
        (self.hash, self.length) = (0, 0);
        (length > 2).then(|| hash.wrapping_mul(0x85eb_ca6b))
    }

    fn pair(&mut self, c: char) -> Option<u32> {
        let before = self.last.replace(c)?;
        Some((u32::from(before).wrapping_mul(0x9e37_79b9) ^ u32::from(c)).wrapping_mul(0x85eb_ca6b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Measure {
        measure_text(text, &Terms::of("칩 수출 규제 chip exports"), &Terms::of(""), |_| {})
    }

    #[test]
    fn units_are_alike_across_scripts() {
        let english =
            of("The government said on Monday that exports of chips would be allowed again from next year.").units;
        let korean = of("정부는 내년부터 반도체 수출을 다시 허용하겠다고 월요일에 밝혔다.").units;
        let chinese = of("政府星期一表示，从明年起将再次允许芯片出口。").units;
        for other in [korean, chinese] {
            assert!((0.6..1.6).contains(&(other / english)), "{english} {korean} {chinese}");
        }
    }

    #[test]
    fn sentence_ends() {
        let cases = [
            ("two", "One is here. Two is there.", 2, true),
            ("glued", "보도했다.이 칩을 판다.", 2, true),
            ("quoted", "“It is over.” She left", 1, false),
            ("near miss: a decimal", "grew by 3.5 percent", 0, false),
            ("ideographic", "完了。次", 1, false),
        ];
        for (name, text, sentences, ends) in cases {
            let measured = of(text);
            assert_eq!((measured.sentences, measured.ends_sentence), (sentences, ends), "{name}: {text:?}");
        }
    }

    #[test]
    fn what_stands_behind_the_last_sentence() {
        let cases = [
            ("a credit", "Workers cross the bridge. Jane Miller/Agency", 3.0),
            ("near miss: a sentence", "Workers cross the bridge. It is new.", 0.0),
            ("all of it", "Harbour bridge", 2.0),
            ("ideographs", "会见记者。新华社", 1.8),
        ];
        for (name, text, tail) in cases {
            assert!((of(text).tail - tail).abs() < 0.01, "{name}: {}", of(text).tail);
        }
    }

    #[test]
    fn terms_of_the_title() {
        assert_eq!(of("Exports of chips").title_terms, 1);
        assert!(of("반도체 수출").title_terms >= 1);
        assert_eq!(of("날씨가 맑다").title_terms, 0);
    }
}
