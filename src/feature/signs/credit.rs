//! Recognises picture credits at the end of a block: they show that it is a caption.

use crate::block::Blocks;
use crate::span::Span;
use crate::vocab::{Family, Hit, Vocab};

/// Maximum number of letters in a name at the end of a caption.
const NAME_MAX_LETTERS: usize = 16;

/// Maximum distance in bytes from the start of a credit in brackets to the end of its block.
const CREDIT_MAX_BYTES: usize = 400;

/// Maximum number of bytes, words and letters that say who made a picture: `Ana Ruiz/Agency via Outlet`.
const MAKER_MAX_BYTES: usize = 80;
const MAKER_MAX_WORDS: usize = 6;
const MAKER_MAX_LETTERS: usize = 40;

/// Maximum number of letters of a word in small letters between names.
const PARTICLE_MAX_LETTERS: usize = 3;

/// Maximum number of letters in the initials of an agency.
const INITIALS_MAX_LETTERS: usize = 5;

/// A phrase in the text of a block.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'a> {
    block: &'a str,
    start: usize,
    end: usize,
    /// Whether it is a word for the photographer.
    is_role: bool,
}

impl<'a> Phrase<'a> {
    pub(super) fn new(blocks: &'a Blocks, block: Span, hit: &Hit) -> Self {
        let at = |offset: u32| offset.saturating_sub(block.start) as usize;
        Phrase {
            block: blocks.text.get(block.range()).unwrap_or_default(),
            start: at(hit.start),
            end: at(hit.end),
            is_role: hit.family == Family::Photographer,
        }
    }

    fn text(&self) -> &'a str {
        self.block.get(self.start..self.end).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        self.block.get(..self.start).unwrap_or_default()
    }

    fn after(&self) -> &'a str {
        self.block.get(self.end..).unwrap_or_default()
    }

    fn ends_block(&self) -> bool {
        !self.after().contains(char::is_alphanumeric)
    }

    /// Whether an agency's name is a picture credit: it ends the block, after a sentence or a sign such as `©`.
    pub(super) fn is_agency_of_picture(&self) -> bool {
        if !self.ends_block() {
            return false;
        }
        let before = last(self.before(), MAKER_MAX_BYTES).trim_end();
        // Two agencies: `… in the port. AP 연합뉴스`.
        let (rest, word) = before.rsplit_once(' ').unwrap_or(("", before));
        let before = if is_agency(word) { rest.trim_end() } else { before };
        before.ends_with(['.', '!', '?', '。', '…', '/', '=', '|', '©', 'ⓒ'])
    }

    /// Whether the phrase is in the brackets that end the block.
    pub(super) fn is_in_closing_brackets(&self) -> bool {
        // Credits are short, so the search is bounded, however many phrases there are.
        let near = self.block.ceil_char_boundary(self.block.len().saturating_sub(CREDIT_MAX_BYTES));
        let end = self.block.get(near..).unwrap_or_default();
        let open = if end.ends_with([']', '】']) { end.rfind(['[', '【']) } else { end.rfind(['(', '（']) };
        let is_closed = end.ends_with([']', '】', ')', '）']);
        is_closed && open.is_some_and(|at| self.start >= near + at)
    }

    /// Whether the phrase ends the block after the photographer's name, which follows a sign or a sentence:
    /// `…の説明会＝佐々木 遥撮影`.
    pub(super) fn follows_maker(&self) -> bool {
        let near = last(self.before(), 4 * NAME_MAX_LETTERS);
        let name = near.rsplit_once(['=', '＝', '/', '／', '|', '.', '。']).map(|(_, name)| name);
        self.ends_block()
            && name.is_some_and(|name| {
                name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '・' | '·'))
                    && (2..=NAME_MAX_LETTERS).contains(&name.chars().filter(|c| c.is_alphabetic()).count())
            })
    }

    /// Whether the phrase begins a credit that follows a sentence and ends the block: `… in the port. Photo: Ana Ruiz`.
    pub(super) fn precedes_maker(&self) -> bool {
        let after = self.after().trim_start();
        if after.len() > MAKER_MAX_BYTES {
            return false;
        }
        let is_separate = self
            .before()
            .trim_end()
            .ends_with(['.', '!', '?', '…', '|', ')', ']', '"', '”', '»', '。', '！', '？', '」', '）']);
        let rest = after.trim_start_matches([':', '：', '=', '＝']);
        // A noun alone is the subject of a sentence: `Photographer Ana Ruiz agreed.`
        let is_role = || self.is_role && self.text().contains(' ');
        let is_announced = || rest.len() < after.len() || self.text().ends_with([':', '：', '=', '＝']) || is_role();
        // In small letters the word is part of a sentence: `… the agency's (AFP) photo by Ana Ruiz`.
        let is_in_sentence = || self.text().starts_with(char::is_lowercase);
        is_separate && is_announced() && !is_in_sentence() && !self.is_of_figures() && is_maker(rest)
    }

    /// Whether the phrase precedes the source of figures, which a paragraph may name as well: `Quelle:`, `자료=`.
    fn is_of_figures(&self) -> bool {
        let word = self.text().trim_end_matches([':', '：', '=', '＝', ' ']);
        Vocab::get().is_phrase(word, 0, |family| matches!(family, Family::DataSource | Family::OutletLead))
    }

    /// Whether a sign parts the phrase from what follows: `사진설명: …`, `<사진설명> …`.
    pub(super) fn is_set_off(&self) -> bool {
        self.is_parted_by(|c| matches!(c, ':' | '：' | '=' | '＝' | '>' | '›' | '〉' | ']' | '】' | ')' | '）'))
    }

    /// Whether the phrase is the label of a field: `责任编辑：张迪`, `编辑|张迪`.
    pub(super) fn is_label(&self) -> bool {
        self.is_parted_by(|c| matches!(c, ':' | '：' | '|' | '｜' | '丨' | '/' | '／'))
    }

    fn is_parted_by(&self, is_sign: fn(char) -> bool) -> bool {
        self.text().ends_with(is_sign) || self.after().trim_start().starts_with(is_sign)
    }
}

/// The last bytes of a text.
fn last(text: &str, bytes: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(bytes))..).unwrap_or_default()
}

/// Whether a text says who made a picture and nothing else: names of people, agencies and outlets.
fn is_maker(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let mut count = 0;
    while let Some(word) = words.next() {
        count += 1;
        let (mut letters, is_last) = (word.chars().filter(|c| c.is_alphabetic()), words.peek().is_none());
        let is_small = letters.next().is_some_and(char::is_lowercase);
        let length = 1 + letters.count();
        // An agency's sign may be all of it: `dpa`. Particles and `via` are in between: `von der`.
        let is_word = is_small && length > PARTICLE_MAX_LETTERS && !(is_last && count == 1);
        let is_end = !is_last && length > 2 && word.ends_with(['.', '!', '?', '。', ':', ';']);
        if is_word || is_end {
            return false;
        }
    }
    (1..=MAKER_MAX_WORDS).contains(&count)
}

/// Whether a text ends with a credit, Korean (`… 나누고 있다. [가나통신]`) or international (`… in the port © Agency`).
pub(super) fn ends_with_maker(text: &str) -> bool {
    let end = last(text, MAKER_MAX_BYTES);
    // Shortcut: most texts end in ASCII, without the sign or Hangul.
    if end.is_ascii() {
        return false;
    }
    let (open, name, max_letters) = match end.strip_suffix([']', '】']) {
        Some(end) => {
            (end.rfind(['[', '【']).filter(|_| end.contains(|c| matches!(c, '가'..='힣'))), end, NAME_MAX_LETTERS)
        }
        None => (end.rfind(['©', 'ⓒ']), end, MAKER_MAX_LETTERS),
    };
    let Some(name) = open.and_then(|at| name.get(at..)) else { return false };
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_name = name.chars().skip(1).all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '|' | '&' | '-'));
    let is_number = name.rsplit(' ').next().is_some_and(|word| !word.contains(char::is_alphabetic));
    // A longer one is an agency and a photographer, not `the atlas © OpenStreetMap contributors`.
    let is_two = letters <= NAME_MAX_LETTERS || name.contains(['/', '|']);
    (2..=max_letters).contains(&letters)
        && is_name
        && is_two
        && !is_number
        && !is_remark(name)
        && text.len() > 2 * name.len()
}

/// Whether a word is the name of an agency, or letters that may be: `AP`.
fn is_agency(word: &str) -> bool {
    let is_initials = (2..=INITIALS_MAX_LETTERS).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    is_initials || Vocab::get().is_phrase(word, 0, |family| family == Family::Agency)
}

/// Whether words behind an opening bracket are about the text: `[편집자 주`.
fn is_remark(name: &str) -> bool {
    let inside = name.trim_start_matches(['[', '【']).trim();
    Vocab::get().is_phrase(inside, 0, |family| family == Family::Remark)
}

#[cfg(test)]
mod tests {
    use crate::block::Blocks;
    use crate::feature::signs::{Signs, signs};
    use crate::vocab::Vocab;

    #[test]
    fn credits_of_pictures() {
        let cases = [
            ("behind a sentence", "김민석 후보가 인사하고 있다. 뉴스1", 1, false),
            ("two agencies", "주민들이 지붕 위에서 구조를 기다리고 있다. AP 연합뉴스", 1, false),
            ("behind a slash", "Der Kanzler in Berlin /dpa", 1, false),
            ("in brackets", "굴껍데기 둔덕을 설치하는 연구진 [연안복원연구실 제공]", 1, true),
            ("an agency in square brackets", "두 대표가 악수를 나누고 있다. [뉴스1]", 1, false),
            ("a short name in square brackets", "빈소에 놓인 고 김하나 씨의 영정. [가나]", 1, false),
            ("behind a sign", "두 나라 정상이 손을 흔들고 있다 ⓒ가나일보", 1, false),
            ("with the word for it", "電気料金の見直しの説明会＝佐々木 遥撮影", 1, false),
            ("behind a sentence, with the word for it", "대통령이 보고를 받고 있다. 가나시청 제공.", 1, false),
            (
                "agency and photographer",
                "Der Zinssatz bleibt auch bis zum Jahresende wohl gleich. © Agentur A / Bilder | Ana Ruiz",
                1,
                false,
            ),
            ("near miss: the word alone", "어르신에게 무료 식사 제공", 1, false),
            ("near miss: a figure in square brackets", "수출은 해마다 줄어든 것으로 나타났다[그림 1]", 0, false),
            ("near miss: an editor's note", "시장은 다시 하겠다고 말했다. [편집자 주]", 0, false),
            ("near miss: a link to edit a section", "대한민국의 역사[편집]", 0, false),
            ("near miss: laughter", "아무도 모릅니다. 저도요. [웃음]", 0, false),
            ("near miss: nothing but brackets", "[김하나 / 가나당 의원]", 0, false),
            ("near miss: a sentence in square brackets", "시장은 \"다시 하겠다\"고 말했다 [그는 웃었다.]", 0, false),
            ("near miss: square brackets elsewhere", "He said so himself on Monday [sic]", 0, false),
            ("near miss: in brackets at the end of a report", "Both sides said so on Monday. (Reuters)", 0, false),
            ("near miss: inside the sentence", "He said so to Reuters.", 0, false),
            ("near miss: alone", "연합뉴스", 0, false),
        ];
        for (name, text, caption, credit) in cases {
            let found: Vec<_> = found(text).iter().map(|signs| (signs.caption, signs.credit)).collect();
            assert_eq!(found, [(caption, credit)], "{name}");
        }
    }
    #[test]
    fn makers_behind_a_caption() {
        let cases = [
            ("behind a sentence", "The ferry left at nine. Photo: Ana Ruiz/Agency", true),
            ("with a word for the photographer", "The ferry left at nine. Photo by Ana Ruiz", true),
            ("a sign behind the word", "The ferry at the quay (2019). Photo credit: Harbour Museum", true),
            ("an agency in small letters", "Die Fähre läuft aus. Foto: dpa", true),
            ("a space before the sign", "Le ferry quitte le port. Crédit photo : Ana Ruiz", true),
            ("Korean", "배가 항구를 떠나고 있다. 사진=가나통신", true),
            ("near miss: a colleague", "The shell wounded Agency (AFP) photographer Ana Ruiz.", false),
            ("initials", "The ferry left at nine. Photo: J. R. Ruiz", true),
            ("near miss: no sentence before it", "He sent her the photo: Ana Ruiz", false),
            ("near miss: alone", "Photo: Ana Ruiz", false),
            ("near miss: a sentence", "It was a good day. Photo: she took it from the bridge.", false),
            ("near miss: sentences", "It was a good day. Photo: Ana Ruiz. She took it.", false),
            ("near miss: nobody", "It was a good day. Photo:", false),
            (
                "near miss: somebody who speaks",
                "The mayor said that nobody asked. Photographer Ana Ruiz nodded.",
                false,
            ),
            ("near miss: who plays whom", "It runs until June. Photographer Ana Ruiz", false),
            ("near miss: the source of a number", "Jeder fünfte heizt mit Öl. Quelle: Statistisches Bundesamt", false),
            ("near miss: the same in Korean", "절반이 그렇다고 답했다. 자료=통계청", false),
            ("near miss: a map's owner", "It is taken from the atlas of the town © OpenStreetMap contributors", false),
            ("near miss: not announced", "It was a good day. Picture captions Ana", false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(found(text).iter().map(|signs| signs.made).collect::<Vec<_>>(), [expected], "{name}");
        }
    }

    fn found(text: &str) -> Vec<Signs> {
        let mut blocks = Blocks::default();
        crate::lines::blocks(text, &mut blocks);
        let mut hits = Vec::new();
        Vocab::get().scan(&blocks.text, &mut hits);
        let mut found = Vec::new();
        signs(&blocks, &hits, &mut found);
        found
    }
}
