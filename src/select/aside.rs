//! Blocks whose form alone shows that they are not body, whatever the score says.

use crate::block::{Block, Blocks};
use crate::feature::{Features, Signs};
use crate::types::Reason;
use std::ops::Range;

/// The greatest length of an advertisement in units.
const ADVERT_MAX_UNITS: f32 = 16.0;

/// The greatest length of a copyright notice in units.
const COPYRIGHT_MAX_UNITS: f32 = 30.0;

/// Phrases of boilerplate make up at least this share of the bytes of a copyright notice.
const COPYRIGHT_MIN_SHARE: f32 = 0.4;

/// The greatest length in units of a link to another article, including its lead.
const LINK_MAX_UNITS: f32 = 26.0;

/// In HTML, more than this share of such a link is linked.
const LINK_MIN_SHARE: f32 = 0.5;

/// The greatest length in units of a caption of one sentence; a longer block contains lines of the deck.
const CAPTION_MAX_UNITS: f32 = 14.0;

/// The greatest length in units of a caption with its credit.
const CREDITED_CAPTION_MAX_UNITS: f32 = 28.0;

/// The greatest length in units of a caption that ends with the name of the photographer or agency.
const SIGNED_CAPTION_MAX_UNITS: f32 = 60.0;

/// The greatest length in units of a line that signs an article.
const SIGNATURE_MAX_UNITS: f32 = 8.0;

/// The greatest length in units of a line that says who wrote, edited or published an article.
const ATTRIBUTION_MAX_UNITS: f32 = 12.0;

/// The greatest length in units of the headline that an article had elsewhere, with its label.
const FORMER_HEADLINE_MAX_UNITS: f32 = 30.0;

/// The greatest length of a credit in units.
const CREDIT_MAX_UNITS: f32 = 8.0;

/// The greatest number of blocks of a summary, with its label.
const SUMMARY_MAX_BLOCKS: usize = 8;

/// The greatest length in units of a paragraph of a summary, of a line if it has no label, of the note below it, and of a
/// line above it.
const SUMMARY_TEXT_MAX_UNITS: f32 = 60.0;
const SUMMARY_LINE_MAX_UNITS: f32 = 25.0;
const SUMMARY_NOTE_MAX_UNITS: f32 = 20.0;
const SUMMARY_FRAME_MAX_UNITS: f32 = 10.0;

/// The greatest length in units of the label of a summary.
const SUMMARY_LABEL_MAX_UNITS: f32 = 6.0;

/// The least number of cards in a list of them.
const LIST_MIN_CARDS: usize = 3;

/// The greatest number of blocks in a card: address, headline, teaser, outlet.
const CARD_MAX_BLOCKS: usize = 4;

/// Recognises the blocks of a page that are not body by their form.
pub(super) struct Asides<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    flattened: bool,
    cards: Vec<Range<usize>>,
    summaries: Vec<Range<usize>>,
    /// From the first kept block that is prose to the last.
    prose: Range<usize>,
}

impl<'a> Asides<'a> {
    pub(super) fn new(blocks: &'a Blocks, features: &'a Features, flattened: bool, kept: &[bool]) -> Self {
        let cards = if flattened { cards(blocks, features) } else { Vec::new() };
        let is_prose = |index: &usize| kept[*index] && features.measures[*index].is_prose();
        let (first, last) = ((0..kept.len()).find(is_prose), (0..kept.len()).rfind(is_prose));
        let prose = first.unwrap_or(0)..last.map_or(0, |last| last + 1);
        Asides { blocks, features, flattened, cards, summaries: summaries(features), prose }
    }

    /// Whether the form of a block shows that it is not body.
    pub(super) fn holds(&self, index: usize) -> bool {
        self.is_link(index)
            || holds(&self.cards, index)
            || holds(&self.summaries, index)
            || self.is_caption(index)
            || self.is_signature(index)
            || self.is_attribution(index)
            || self.is_former_headline(index)
            || self.flattened
                && (is_close(self.blocks.text_of(index)) || self.is_advert(index) || self.is_copyright(index))
    }

    /// Whether a label at the start of a block, or a credit at its end or glued to it, shows that it is a caption.
    pub(super) fn is_caption(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        // An agency's name may also end a report, but then no paragraph follows.
        let is_named = || signs.named && index + 1 < self.prose.end && m.units <= SIGNED_CAPTION_MAX_UNITS;
        // Of a longer paragraph only the end was a caption, glued to it.
        let max_units = if m.sentences > 2 { CREDITED_CAPTION_MAX_UNITS } else { SIGNED_CAPTION_MAX_UNITS };
        let is_made = || signs.made && index + 1 < self.prose.end && m.units <= max_units;
        signs.credit && m.units <= CREDITED_CAPTION_MAX_UNITS
            || signs.labelled && m.units <= SIGNED_CAPTION_MAX_UNITS
            || is_named()
            || is_made()
            || self.is_glued_caption(index)
    }

    /// Whether a line is the reporter's name with an address at its end: `김하나 기자 hana@gana.example`.
    fn is_signature(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        let is_address = |word: &str| word.contains('@') && word.ends_with(char::is_alphanumeric);
        m.has_at
            && m.units <= SIGNATURE_MAX_UNITS
            && signs.byline > 0
            && self.blocks.text_of(index).split_whitespace().next_back().is_some_and(is_address)
    }

    /// Whether a line above or below the text says who wrote, edited or published it: `责任编辑：张迪`, `【编辑:张迪】`.
    fn is_attribution(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        signs.attribution && m.units <= ATTRIBUTION_MAX_UNITS && !self.prose.is_empty() && !self.prose.contains(&index)
    }

    /// Whether a line is the headline that the article had elsewhere: `（原标题：…）`.
    fn is_former_headline(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        signs.former_headline && m.units <= FORMER_HEADLINE_MAX_UNITS && m.sentences <= 2
    }

    /// Whether a line is labelled as advertising: `[Ad] Free delivery today`.
    fn is_advert(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        signs.of(Reason::Advert) >= Signs::AT_START && m.units <= ADVERT_MAX_UNITS && !m.ends_sentence
    }

    /// Whether a block is a copyright notice and little else.
    fn is_copyright(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        let length = self.blocks.text_of(index).len() as f32;
        signs.of(Reason::Copyright) > 0
            && m.units <= COPYRIGHT_MAX_UNITS
            && signs.bytes as f32 >= COPYRIGHT_MIN_SHARE * length
    }

    /// Whether a block is a link to another article, as between paragraphs: `Read also: …`.
    fn is_link(&self, index: usize) -> bool {
        let (m, signs) = (&self.features.measures[index], &self.features.signs[index]);
        let is_link = if self.flattened { !m.ends_sentence } else { m.link_density() > LINK_MIN_SHARE };
        signs.of(Reason::Related) == Signs::AT_START && m.units <= LINK_MAX_UNITS && is_link
    }

    /// Whether a block is a caption because a credit in brackets is glued to it: `… left the port.[Photo | Agency]`.
    fn is_glued_caption(&self, index: usize) -> bool {
        let (Some(block), Some(credit)) = (self.blocks.items.get(index), self.blocks.items.get(index + 1)) else {
            return false;
        };
        self.flattened
            && block.source.end == credit.source.start
            && !block.has(Block::CONTINUES)
            && self.features.measures[index].units <= CAPTION_MAX_UNITS
            && self.features.signs[index + 1].caption >= Signs::AT_START
            && self.features.measures[index + 1].units <= CREDIT_MAX_UNITS
            && is_bracketed(self.blocks.text_of(index + 1))
    }
}

/// Whether a block is in one of some ranges. They are in order and do not overlap, so only the last one that begins at or
/// before it can hold it.
fn holds(ranges: &[Range<usize>], index: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= index);
    after.checked_sub(1).is_some_and(|at| ranges[at].contains(&index))
}

/// The ranges of summaries by machines, each up to the note that says so: from its label, or if it has none and stands
/// above the article, from the line with buttons, a byline or a date above it.
fn summaries(features: &Features) -> Vec<Range<usize>> {
    let (measures, signs) = (&features.measures, &features.signs);
    let is_label = |at: usize| {
        let m = &measures[at];
        signs[at].of(Reason::Widget) >= Signs::AT_START && m.units <= SUMMARY_LABEL_MAX_UNITS && !m.ends_sentence
    };
    let is_frame = |at: usize| {
        let is_button = signs[at].strongest().is_some_and(|(_, strength)| strength >= Signs::WHOLE);
        let is_signed = signs[at].byline >= Signs::AT_START || signs[at].date >= Signs::AT_START;
        (is_button || is_signed) && measures[at].units <= SUMMARY_FRAME_MAX_UNITS
    };
    let is_note = |at: &usize| signs[*at].summary_note && measures[*at].units <= SUMMARY_NOTE_MAX_UNITS;
    let mut found: Vec<Range<usize>> = Vec::new();
    for note in (0..signs.len()).filter(is_note) {
        let before = found.last().map_or(0, |range| range.end).max(note.saturating_sub(SUMMARY_MAX_BLOCKS));
        // Longer paragraphs are no summary, and without a label no paragraph is.
        let since = |max: f32| (before..note).rfind(|&at| measures[at].units > max).map_or(before, |at| at + 1);
        let start = (since(SUMMARY_TEXT_MAX_UNITS)..note).rfind(|&at| is_label(at)).or_else(|| {
            let first = since(SUMMARY_LINE_MAX_UNITS);
            let is_above = !measures[..first].iter().any(|m| m.is_prose() && m.ends_sentence);
            (first..note).rfind(|&at| is_frame(at)).filter(|_| is_above).map(|at| at + 1)
        });
        found.push(start.unwrap_or(note)..note + 1);
    }
    found
}

/// Whether a text is the label of a button that closes something.
pub(super) fn is_close(text: &str) -> bool {
    matches!(text, "X" | "x" | "×" | "✕" | "✖" | "╳")
}

fn is_bracketed(text: &str) -> bool {
    text.starts_with(['[', '(', '【', '（', '<']) && text.ends_with([']', ')', '】', '）', '>'])
}

/// The ranges of lists of previews of other articles. Each preview begins with its address on a line of its own, and
/// the list follows a line that says what it is.
fn cards(blocks: &Blocks, features: &Features) -> Vec<Range<usize>> {
    let is_address = |index: &usize| is_address(blocks.text_of(*index));
    let addresses: Vec<usize> = (0..blocks.items.len()).filter(is_address).collect();
    let runs = addresses.chunk_by(|a, b| b - a <= CARD_MAX_BLOCKS);
    let is_announced = |run: &&[usize]| {
        let before = features.signs.get(run[0].saturating_sub(1)..run[0]).unwrap_or_default();
        run.len() >= LIST_MIN_CARDS && before.iter().any(|signs| signs.of(Reason::Related) >= Signs::AT_START)
    };
    let range = |run: &[usize]| {
        // Nothing marks the end of the last card, so it is taken to be as long as the shortest.
        let least = run.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(1);
        run[0]..(run[run.len() - 1] + least).min(blocks.items.len())
    };
    runs.filter(is_announced).map(range).collect()
}

/// Whether a line is a web address and nothing else.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{Facts, TokenTable};
    use crate::vocab::Vocab;

    fn read(text: &str) -> (Blocks, Features) {
        let mut blocks = Blocks::default();
        crate::lines::blocks(text, &mut blocks);
        let mut hits = Vec::new();
        Vocab::get().scan(&blocks.text, &mut hits);
        let mut features = Features::default();
        features.fill(&blocks, &hits, &Facts::default(), &TokenTable::default());
        (blocks, features)
    }

    #[test]
    fn lines_about_the_text() {
        let prose = "港口今天重新开放，许多人站在码头上看着第一艘船进港，船上装满了鱼，桅杆上挂着旗帜，乐队一直演奏到晚上才离开。";
        let cases: [(&str, &[&str], &[usize]); 5] = [
            ("above and below", &["【编辑：姚昊】", prose, prose, "责任编辑：张迪"], &[0, 3]),
            ("parted by a bar", &[prose, prose, "编辑|禤志杰"], &[2]),
            ("the headline elsewhere", &["（原标题：港口今天重新开放）", prose, prose], &[0]),
            ("near miss: between paragraphs", &[prose, "编辑：为什么？", prose], &[]),
            ("near miss: no label", &[prose, prose, "责任编辑张迪说港口很好"], &[]),
        ];
        for (name, lines, expected) in cases {
            let (blocks, features) = read(&lines.join("\n\n"));
            let kept = vec![true; blocks.items.len()];
            let asides = Asides::new(&blocks, &features, false, &kept);
            let found: Vec<usize> = (0..blocks.items.len()).filter(|&index| asides.holds(index)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_body() {
        let prose = "The river moved last spring and the village had to go with it, stone by stone, says the mayor.";
        let card = format!("http://a.example/1\nA headline - Outlet\n{prose}\n");
        let long = prose.repeat(3);
        let said = "이번에 나온 서비스는 회의를 녹음해 올리면 AI가 요약한 내용입니다 하고 참석자 모두에게 메일로 보내 준다고 회사는 설명했다.";
        let cases: [(&str, String, &[usize]); 17] = [
            (
                "near miss: a paragraph that says so",
                format!("입력 2024.05.13 10:52\n\n{prose}\n\n{said}\n\n{prose}"),
                &[],
            ),
            (
                "near miss: about captions",
                format!("{prose}\n\n사진 설명을 다는 일은 기자의 몫이라고 그는 말했다.\n\n{prose}"),
                &[],
            ),
            (
                "a summary below a date",
                format!("입력 2024.05.13 10:52\n\n배가 떠났다.\n\nAI가 생성한 요약입니다.\n\n{long}"),
                &[1, 2],
            ),
            (
                "near miss: behind the article",
                format!("입력 2024.05.13 10:52\n\n{long}\n\nAI가 생성한 요약입니다."),
                &[2],
            ),
            ("a signature", format!("{prose}\n\n{prose}\n\n표가은 기자 pyo@gana.example"), &[2]),
            ("near miss: an address alone", format!("{prose}\n\n{prose}\n\n문의 pyo@gana.example"), &[]),
            (
                "a summary",
                format!("{prose}\n\nAI 요약\n배가 떠났다.\n배가 돌아왔다.\n이 요약은 AI가 만들었습니다.\n\n{prose}"),
                &[1, 2, 3, 4],
            ),
            ("a note alone", format!("{prose}\n\nThis summary was generated by AI.\n\n{prose}"), &[1]),
            ("near miss: a label alone", format!("{prose}\n\nAI 요약\n배가 떠났다.\n\n{prose}"), &[]),
            ("a labelled caption", format!("{prose}\n\n<사진설명> 배가 항구를 떠나고 있다.\n\n{prose}"), &[1]),
            ("a button", format!("{prose}\n\nX\n\n{prose}"), &[1]),
            ("near miss: a letter in a text", "Plan X\n\nX marks the spot where they dug".to_owned(), &[]),
            ("cards", format!("{prose}\n\n관련기사\n{card}{card}{card}"), &[2, 3, 4, 5, 6, 7, 8, 9, 10]),
            ("near miss: two cards", format!("{prose}\n\n관련기사\n{card}{card}"), &[]),
            ("near miss: a list of sources", format!("{prose}\n\nSources\n{card}{card}{card}"), &[]),
            (
                "a glued caption",
                format!("정부가 수출을 통제했다.[사진 | 뉴시스]미국이 제동을 걸었다. {}", "그렇게 말했다. ".repeat(20)),
                &[0, 1],
            ),
            (
                "near miss: a glued dateline",
                format!(
                    "정부가 수출을 통제했다.(서울=가나통신) 미국이 제동을 걸었다. {}",
                    "그렇게 말했다. ".repeat(20)
                ),
                &[],
            ),
        ];
        for (name, text, expected) in cases {
            let (blocks, features) = read(&text);
            let asides = Asides::new(&blocks, &features, true, &[]);
            let found: Vec<usize> = (0..blocks.items.len()).filter(|&index| asides.holds(index)).collect();
            assert_eq!(
                found,
                expected,
                "{name}: {:?}",
                (0..blocks.items.len()).map(|i| blocks.text_of(i)).collect::<Vec<_>>()
            );
        }
    }
}
