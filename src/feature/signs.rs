//! Aggregates the phrases found in each block.

use crate::block::Blocks;
use crate::span::Span;
use crate::types::Reason;
use crate::vocab::{Family, Hit, Vocab};

/// Families with a column of their own.
pub(crate) const FAMILIES: [Reason; 14] = [
    Reason::Navigation,
    Reason::Related,
    Reason::Ranking,
    Reason::Ticker,
    Reason::Share,
    Reason::Subscribe,
    Reason::Comments,
    Reason::Copyright,
    Reason::ReporterCard,
    Reason::BoardFrame,
    Reason::Spam,
    Reason::Widget,
    Reason::Consent,
    Reason::Advert,
];

/// For each reason its index in [`FAMILIES`]; [`u8::MAX`] for reasons that have no phrases.
const INDEX_OF: [u8; Reason::ALL.len()] = {
    let mut of = [u8::MAX; Reason::ALL.len()];
    let mut index = 0;
    while index < FAMILIES.len() {
        of[FAMILIES[index] as usize] = index as u8;
        index += 1;
    }
    of
};

/// The phrases found in a block. A strength is 0 without a phrase, or [`Signs::INSIDE`] and so on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// The greatest strength of each family, by index in [`FAMILIES`].
    pub(crate) family: [u8; FAMILIES.len()],
    pub(crate) caption: u8,
    /// Whether the block ends with a credit in brackets.
    pub(crate) credit: bool,
    /// Whether the block may end with a credit: an agency or a name after a sign, in brackets or after a sentence.
    pub(crate) named: bool,
    pub(crate) byline: u8,
    pub(crate) date: u8,
    /// Whether the block is a short time stamp: `June 23, 2018 at 8:42 am`, `1 year ago Reply`.
    pub(crate) time: bool,
    pub(crate) end: bool,
    /// Bytes of phrases that state that the requested page does not exist.
    pub(crate) missing: u32,
    /// Bytes of phrases that demand something before content is shown, or refuse access.
    pub(crate) barred: u32,
    /// Bytes of phrases of any family.
    pub(crate) bytes: u32,
}

impl Signs {
    /// Strength of a phrase inside the block.
    pub(crate) const INSIDE: u8 = 1;
    /// Strength of a phrase at the start of the block.
    pub(crate) const AT_START: u8 = 2;
    /// Strength of a phrase that is the whole block.
    pub(crate) const WHOLE: u8 = 3;
    /// Strength of a block that is a heading of its family.
    pub(crate) const HEADING: u8 = 4;

    /// The strength of one family, 0 to [`Signs::HEADING`].
    #[inline]
    pub(crate) fn of(&self, reason: Reason) -> u8 {
        self.family.get(usize::from(INDEX_OF[reason as usize])).copied().unwrap_or_default()
    }

    /// The strength of the strongest family; 0 if there is none.
    pub(crate) fn greatest_strength(&self) -> f32 {
        self.strongest().map_or(0.0, |(_, strength)| f32::from(strength))
    }

    /// The strongest family, if any; of equals the first.
    pub(crate) fn strongest(&self) -> Option<(Reason, u8)> {
        // Most blocks have none, and neighbours query every block: 5 % of an extraction without this line.
        if self.family == [0; FAMILIES.len()] {
            return None;
        }
        let (index, strength) = self.family.iter().enumerate().max_by_key(|(index, s)| (**s, usize::MAX - index))?;
        (*strength > 0).then(|| (FAMILIES[index], *strength))
    }
}

/// Assigns the hits of a page, sorted by start, to its blocks.
pub(crate) fn signs(blocks: &Blocks, hits: &[Hit], out: &mut Vec<Signs>) {
    out.clear();
    out.reserve(blocks.items.len());
    let mut hits = hits.iter().peekable();
    for block in &blocks.items {
        let mut signs = Signs::default();
        while let Some(hit) = hits.next_if(|hit| hit.start < block.text.end) {
            if hit.start >= block.text.start {
                signs.add(hit);
                match hit.family {
                    Family::Agency => signs.named |= is_credit(blocks, block.text, hit),
                    Family::Caption | Family::Photographer => {
                        signs.credit |= is_bracketed(blocks, block.text, hit);
                        signs.named |= is_signed(blocks, block.text, hit);
                    }
                    _ => {}
                }
            }
        }
        let text = blocks.text.get(block.text.range()).unwrap_or_default();
        signs.named |= is_closed_by_name(text);
        signs.caption = signs.caption.max(if signs.named { Signs::INSIDE } else { 0 });
        let has_digits = || text.bytes().any(|byte| byte.is_ascii_digit());
        signs.time = text.len() <= STAMP_MAX_BYTES && has_digits() && (signs.time || has_numeric_time(text.as_bytes()));
        out.push(signs);
    }
}

/// Whether an agency's name is a picture credit: it ends the block, after a sentence or a sign such as `©`.
fn is_credit(blocks: &Blocks, block: Span, agency: &Hit) -> bool {
    let text = |from: u32, to: u32| blocks.text.get(from as usize..to as usize).unwrap_or_default();
    !text(agency.end, block.end).contains(char::is_alphanumeric)
        && text(block.start, agency.start).trim_end().ends_with(['.', '!', '?', '。', '…', '/', '=', '|', '©', 'ⓒ'])
}

/// Whether a block ends with the photographer's name and the word for it, after a sign or a sentence: `…の説明会＝佐々木 遥撮影`.
fn is_signed(blocks: &Blocks, block: Span, word: &Hit) -> bool {
    let text = |from: u32, to: u32| blocks.text.get(from as usize..to as usize).unwrap_or_default();
    let before = text(block.start, word.start);
    let near =
        before.get(before.ceil_char_boundary(before.len().saturating_sub(4 * NAME_MAX_LETTERS))..).unwrap_or_default();
    let name = near.rsplit_once(['=', '＝', '/', '／', '|', '.', '。']).map(|(_, name)| name);
    !text(word.end, block.end).contains(char::is_alphanumeric)
        && name.is_some_and(|name| {
            name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '・' | '·'))
                && (2..=NAME_MAX_LETTERS).contains(&name.chars().filter(|c| c.is_alphabetic()).count())
        })
}

/// Maximum number of letters in a name at the end of a caption.
const NAME_MAX_LETTERS: usize = 16;

/// Whether a text ends with a credit, Korean (`… 나누고 있다. [가나통신]`) or international (`… in the port © Agency`).
fn is_closed_by_name(text: &str) -> bool {
    let end = text.get(text.ceil_char_boundary(text.len().saturating_sub(4 * NAME_MAX_LETTERS))..).unwrap_or_default();
    // Shortcut: most texts end in ASCII, without the sign or Hangul.
    if end.is_ascii() {
        return false;
    }
    let (open, name) = match end.strip_suffix([']', '】']) {
        Some(end) => (end.rfind(['[', '【']).filter(|_| end.contains(|c| matches!(c, '가'..='힣'))), end),
        None => (end.rfind(['©', 'ⓒ']), end),
    };
    let Some(name) = open.and_then(|at| name.get(at..)) else { return false };
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_name = name.chars().skip(1).all(|c| c.is_alphanumeric() || c == ' ');
    let is_number = name.rsplit(' ').next().is_some_and(|word| !word.contains(char::is_alphabetic));
    (2..=NAME_MAX_LETTERS).contains(&letters)
        && is_name
        && !is_number
        && !is_remark(name)
        && text.len() > 2 * name.len()
}

/// Whether words behind an opening bracket are about the text: `[편집자 주`.
fn is_remark(name: &str) -> bool {
    let inside = name.trim_start_matches(['[', '【']).trim();
    Vocab::get().is_phrase(inside, 0, |family| family == Family::Remark)
}

/// Maximum distance in bytes from the start of a credit in brackets to the end of its block.
const CREDIT_MAX_BYTES: usize = 400;

/// Whether a phrase is in the brackets that end the block.
fn is_bracketed(blocks: &Blocks, block: Span, phrase: &Hit) -> bool {
    let text = blocks.text.get(block.range()).unwrap_or_default();
    // Credits are short, so the search is bounded, however many phrases there are.
    let near = text.len().checked_sub(CREDIT_MAX_BYTES).map_or(0, |at| text.ceil_char_boundary(at));
    let end = text.get(near..).unwrap_or_default();
    let open = if end.ends_with([']', '】']) { end.rfind(['[', '【']) } else { end.rfind(['(', '（']) };
    let is_closed = end.ends_with([']', '】', ')', '）']);
    is_closed && open.is_some_and(|at| phrase.start as usize >= block.start as usize + near + at)
}

/// Maximum length of a time stamp in bytes.
const STAMP_MAX_BYTES: usize = 100;

/// Whether there is a time or date in digits: `8:42`, `2018-06`, `2018/6`, `2018.06`.
fn has_numeric_time(text: &[u8]) -> bool {
    let is_clock =
        |four: &[u8]| four[0].is_ascii_digit() && four[1] == b':' && four[2..].iter().all(u8::is_ascii_digit);
    let is_day = |six: &[u8]| {
        six[..4].iter().all(u8::is_ascii_digit) && matches!(six[4], b'-' | b'/' | b'.') && six[5].is_ascii_digit()
    };
    text.windows(4).any(is_clock) || text.windows(6).any(is_day)
}

impl Signs {
    fn add(&mut self, hit: &Hit) {
        let strength = if hit.whole {
            Signs::WHOLE
        } else if hit.at_start {
            Signs::AT_START
        } else {
            Signs::INSIDE
        };
        match hit.family {
            Family::Boilerplate(reason) => self.raise(reason, strength, hit),
            Family::Heading(reason) => self.raise(reason, if hit.whole { Signs::HEADING } else { strength }, hit),
            Family::Caption | Family::Photographer => self.caption = self.caption.max(strength),
            Family::BylineLead | Family::Author | Family::Poster | Family::Editor => {
                self.byline = self.byline.max(strength)
            }
            Family::DatePublished | Family::DateModified | Family::DateOther => self.date = self.date.max(strength),
            Family::Ago(_) | Family::Month(_) => self.time = true,
            Family::End => self.end = true,
            Family::Missing => self.missing += hit.end.saturating_sub(hit.start),
            Family::Barred => self.barred += hit.end.saturating_sub(hit.start),
            _ => {}
        }
    }

    fn raise(&mut self, reason: Reason, strength: u8, hit: &Hit) {
        if let Some(family) = self.family.get_mut(usize::from(INDEX_OF[reason as usize])) {
            *family = strength.max(*family);
            self.bytes += hit.end.saturating_sub(hit.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_of_pictures() {
        let cases = [
            ("behind a sentence", "김민석 후보가 인사하고 있다. 뉴스1", 1, false),
            ("behind a slash", "Der Kanzler in Berlin /dpa", 1, false),
            ("in brackets", "굴껍데기 둔덕을 설치하는 연구진 [연안복원연구실 제공]", 1, true),
            ("an agency in square brackets", "두 대표가 악수를 나누고 있다. [뉴스1]", 1, false),
            ("a short name in square brackets", "빈소에 놓인 고 김하나 씨의 영정. [가나]", 1, false),
            ("behind a sign", "두 나라 정상이 손을 흔들고 있다 ⓒ가나일보", 1, false),
            ("with the word for it", "電気料金の見直しの説明会＝佐々木 遥撮影", 1, false),
            ("behind a sentence, with the word for it", "대통령이 보고를 받고 있다. 가나시청 제공.", 1, false),
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
            let mut blocks = Blocks::default();
            crate::lines::blocks(text, &mut blocks);
            let mut hits = Vec::new();
            Vocab::get().scan(&blocks.text, &mut hits);
            let mut found = Vec::new();
            signs(&blocks, &hits, &mut found);
            let found: Vec<_> = found.iter().map(|signs| (signs.caption, signs.credit)).collect();
            assert_eq!(found, [(caption, credit)], "{name}");
        }
    }
}
