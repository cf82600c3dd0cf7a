//! Whether what would be kept of a page is an article at all.

use super::list::list;
use crate::block::{Block, Blocks, Kind};
use crate::feature::{Features, Measure, Signs};
use crate::types::Reason;
use crate::vocab::{Family, Vocab};

/// Below this promised F1 score, what would be kept is the least bad part of a page and no article: of the development
/// pages that promise less, two in three have none.
const ARTICLE_MIN_F1: f32 = 0.3;

/// Kept text of at least this many units is an article, even if a notice says that it is missing or the page asks for
/// consent.
const ARTICLE_MIN_UNITS: f32 = 150.0;

/// The same for the notice if some of the text is prose.
const PROSE_ARTICLE_MIN_UNITS: f32 = 60.0;

/// A list of teasers has at least this many lines that end cut off.
const TEASERS_MIN_COUNT: usize = 3;

/// A teaser without a link has at least this many units. A shorter line that trails off may be a verse.
const TEASER_MIN_UNITS: f32 = 8.0;

/// At least this share of the blocks of such a list are cut. If all others are headings, no share is required.
const TEASERS_MIN_SHARE: f32 = 0.2;

/// From this promised F1 score on, cut lines belong to an article (a forum that quotes, a list of summaries that is the
/// content), unless all other blocks are headings.
const TEASERS_MAX_F1: f32 = 0.8;

/// The greatest length of a notice in units.
const NOTICE_MAX_UNITS: f32 = 16.0;

/// The phrases of notices make up at least this share of the bytes of one.
const NOTICE_MIN_SHARE: f32 = 0.3;

/// Less than this many units come before the notice on a page that has nothing else, such as the name of the site.
const BEFORE_NOTICE_MAX_UNITS: f32 = 5.0;

/// Such a page has less than this many units besides the notice.
const BESIDE_NOTICE_MAX_UNITS: f32 = 20.0;

/// If more than this share of the units is spam, or asks for consent, all of the text counts as such.
const FAMILY_MIN_SHARE: f32 = 0.5;

/// Kept text without prose and of fewer units than this may be left over from a menu or from the frame of an empty
/// post.
const REMNANT_MAX_UNITS: f32 = 20.0;

/// Such a remnant is a menu if more than this share of its units is in links, and it has words of menus or is made of
/// list items.
const MENU_MIN_LINK_SHARE: f32 = 0.8;

/// At least this many struck lines of a board's frame show that a post is missing between them.
const EMPTY_POST_MIN_FRAME_LINES: usize = 3;

/// Why there is no article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Absence {
    /// The scores promise too little.
    Unlikely,
    /// What would be kept belongs to a family of boilerplate.
    Family(Reason),
}

impl Absence {
    pub(super) fn family(self) -> Option<Reason> {
        match self {
            Absence::Unlikely => None,
            Absence::Family(family) => Some(family),
        }
    }
}

/// Why a page has no article, or `None` if it has one. `promised_f1` is the F1 score that the scores of its blocks promise;
/// `is_signed` says whether a block states who wrote it, or when.
pub(super) fn absence(
    blocks: &Blocks,
    features: &Features,
    kept: &[bool],
    promised_f1: f32,
    is_signed: bool,
) -> Option<Absence> {
    if promised_f1 < ARTICLE_MIN_F1 {
        return Some(Absence::Unlikely);
    }
    let page = Kept::new(blocks, features, kept);
    let families = [
        (page.is_noscript() || page.is_missing() || !is_signed && page.is_barred(), Reason::Notice),
        (page.sums.spam > FAMILY_MIN_SHARE * page.sums.units, Reason::Spam),
        (
            !is_signed && page.sums.units < ARTICLE_MIN_UNITS && page.sums.consent > FAMILY_MIN_SHARE * page.sums.units,
            Reason::Consent,
        ),
        (page.is_list(promised_f1), Reason::Related),
        (page.is_menu(), Reason::Navigation),
        (page.is_empty_post() && page.is_spammed(), Reason::Spam),
        (page.is_empty_post(), Reason::BoardFrame),
    ];
    let family = families.iter().find(|(is_so, _)| *is_so).map(|&(_, family)| family);
    family.or_else(|| list(blocks, features, kept)).map(Absence::Family)
}

/// The blocks that would be kept of a page.
struct Kept<'a> {
    blocks: &'a Blocks,
    features: &'a Features,
    kept: &'a [bool],
    sums: Sums,
}

/// Counts and sums over the kept blocks.
#[derive(Default)]
struct Sums {
    count: usize,
    /// Blocks that end cut off, and blocks other than headings that do not.
    cut: usize,
    whole: usize,
    /// Cut blocks that an author would not have ended so: see [`is_teaser`].
    teasers: usize,
    /// Blocks that are not list items.
    others: usize,
    prose: usize,
    /// Blocks with words of menus.
    navigation: usize,
    units: f32,
    /// Units outside `<noscript>`, in links, in blocks of spam, and in blocks that ask for consent.
    shown: f32,
    linked: f32,
    spam: f32,
    consent: f32,
}

impl<'a> Kept<'a> {
    fn new(blocks: &'a Blocks, features: &'a Features, kept: &'a [bool]) -> Self {
        let mut page = Kept { blocks, features, kept, sums: Sums::default() };
        for index in page.indices() {
            let (block, m, signs) = (&blocks.items[index], &features.measures[index], &features.signs[index]);
            let units = |is_so: bool| if is_so { m.units } else { 0.0 };
            let sums = &mut page.sums;
            sums.count += 1;
            sums.cut += usize::from(m.ends_cut);
            sums.teasers += usize::from(m.ends_cut && is_teaser(m, blocks.text_of(index)));
            sums.whole += usize::from(!m.ends_cut && !matches!(block.kind, Kind::Heading(_)));
            sums.others += usize::from(block.kind != Kind::ListItem);
            sums.prose += usize::from(m.is_prose());
            sums.navigation += usize::from(signs.of(Reason::Navigation) > 0);
            sums.units += m.units;
            sums.shown += units(!block.has(Block::NOSCRIPT));
            sums.linked += m.link_units;
            sums.spam += units(signs.of(Reason::Spam) > 0);
            // A single phrase is not enough: a story may be about cookies.
            sums.consent += units(signs.of(Reason::Consent) > Signs::INSIDE);
        }
        page
    }

    /// Indices of the kept blocks.
    fn indices(&self) -> impl Iterator<Item = usize> + use<'a> {
        let kept = self.kept;
        kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(index, _)| index)
    }

    /// Whether a block is a notice: short, with enough of it made up by the `bytes` under phrases of notices.
    fn is_notice(&self, index: usize, bytes: u32) -> bool {
        let size = self.blocks.items[index].text.len();
        self.features.measures[index].units <= NOTICE_MAX_UNITS && bytes as f32 >= NOTICE_MIN_SHARE * size.max(1) as f32
    }

    /// Whether little is kept, and its first block, or one before it, is a notice that the requested page is missing.
    fn is_missing(&self) -> bool {
        let head = self.indices().next().map_or(0, |first| first + 1);
        let says_so = |index: usize| {
            let is_link = self.features.measures[index].link_density() > 0.5;
            let is_shown = !self.blocks.items[index].has(Block::HIDDEN | Block::NEVER_SHOWN | Block::NOSCRIPT);
            is_shown && !is_link && self.is_notice(index, self.features.signs[index].missing)
        };
        self.sums.units < if self.sums.prose > 0 { PROSE_ARTICLE_MIN_UNITS } else { ARTICLE_MIN_UNITS }
            && (0..head).any(says_so)
    }

    /// Whether the kept text begins with a notice, such as a request to log in, and has little else.
    fn is_barred(&self) -> bool {
        let says_so = |index: &usize| {
            let signs = &self.features.signs[*index];
            self.is_notice(*index, signs.missing + signs.barred)
        };
        let units = |index: usize| self.features.measures[index].units;
        let before: f32 = self.indices().take_while(|index| !says_so(index)).map(units).sum();
        let noticed: f32 = self.indices().filter(says_so).map(units).sum();
        noticed > 0.0 && before < BEFORE_NOTICE_MAX_UNITS && self.sums.units - noticed < BESIDE_NOTICE_MAX_UNITS
    }

    /// Whether a little text for browsers without scripts is all that is kept: `Please switch on JavaScript.`
    fn is_noscript(&self) -> bool {
        self.sums.shown == 0.0 && self.sums.units < ARTICLE_MIN_UNITS
    }

    fn is_list(&self, promised_f1: f32) -> bool {
        let is_most =
            self.sums.cut as f32 >= TEASERS_MIN_SHARE * self.sums.count as f32 && promised_f1 < TEASERS_MAX_F1;
        let is_all = self.sums.whole == 0 && self.sums.teasers >= TEASERS_MIN_COUNT;
        self.sums.cut >= TEASERS_MIN_COUNT && (is_all || is_most)
    }

    /// Whether the kept text is too little to be an article, and has no prose.
    fn is_remnant(&self) -> bool {
        self.sums.prose == 0 && self.sums.units < REMNANT_MAX_UNITS
    }

    fn is_menu(&self) -> bool {
        self.is_remnant()
            && (self.sums.navigation > 0 || self.sums.others == 0)
            && self.sums.linked > MENU_MIN_LINK_SHARE * self.sums.units
    }

    /// Whether most of the page, kept or not, is spam. Then the little that is kept does not matter.
    fn is_spammed(&self) -> bool {
        let Features { signs, measures, .. } = self.features;
        let spam = signs.iter().zip(measures).filter(|(signs, _)| signs.of(Reason::Spam) > 0);
        spam.map(|(_, m)| m.units).sum::<f32>() > FAMILY_MIN_SHARE * measures.iter().map(|m| m.units).sum::<f32>()
    }

    fn is_empty_post(&self) -> bool {
        let is_frame = |(kept, signs): &(&bool, &Signs)| !**kept && signs.of(Reason::BoardFrame) >= Signs::AT_START;
        self.is_remnant()
            && self.kept.iter().zip(&self.features.signs).filter(is_frame).count() >= EMPTY_POST_MIN_FRAME_LINES
    }
}

/// Whether a text that ends in an ellipsis was cut off by a program: it is linked, or long and in the middle of a sentence.
/// Authors let a complete sentence trail off, or a verse: `아무도 말이 없다…`. Only Korean verbs tell the end of a sentence.
fn is_teaser(m: &Measure, text: &str) -> bool {
    let said = text.trim_end_matches(['…', '.', ' ']);
    let last = said.char_indices().next_back().map_or(0, |(at, _)| at);
    let is_ended = || Vocab::get().is_phrase(said, last, |family| family == Family::Ending);
    m.link_units > 0.0 || m.units >= TEASER_MIN_UNITS && !is_ended()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{Facts, TokenTable};

    /// Why a page of these lines has no article if the lines with a `+` are kept.
    fn absence_of(lines: &[&str], promised_f1: f32, is_signed: bool) -> Option<Absence> {
        let text: String = lines.iter().map(|line| format!("{}\n\n", line.trim_start_matches('+'))).collect();
        let mut blocks = Blocks::default();
        crate::lines::blocks(&text, &mut blocks);
        assert_eq!(blocks.items.len(), lines.len());
        let mut hits = Vec::new();
        Vocab::get().scan(&blocks.text, &mut hits);
        let mut features = Features::default();
        features.fill(&blocks, &hits, &Facts::default(), &TokenTable::default());
        let kept: Vec<bool> = lines.iter().map(|line| line.starts_with('+')).collect();
        absence(&blocks, &features, &kept, promised_f1, is_signed)
    }

    #[test]
    fn pages_without_an_article() {
        let prose = "+The river moved last spring and the village had to go with it, stone by stone, says the mayor.";
        let teaser = "+The river moved last spring and the village had to go …";
        let of = |family| Some(Absence::Family(family));
        let cases: [(&str, &[&str], f32, Option<Absence>); 26] = [
            ("prose", &["Menu", prose, prose], 0.9, None),
            ("no promise", &["Menu", prose], 0.2, Some(Absence::Unlikely)),
            ("teasers", &[teaser, "+A headline of words", teaser, teaser], 0.7, of(Reason::Related)),
            ("teasers alone", &[teaser, "Menu", teaser, teaser], 0.9, of(Reason::Related)),
            ("near miss: teasers below a paragraph", &[prose, teaser, teaser, teaser], 0.9, None),
            ("near miss: quoted posts", &[teaser, prose, teaser, teaser], 0.9, None),
            (
                "near miss: sentences that trail off",
                &[
                    "바람",
                    "+배가 떠난 뒤로 마을에는 아무도 남지 않았고 바람만 골목을 지나다녔다…",
                    "+할머니는 문을 열어 두고 밤새 불을 켜 놓았지만 기다리는 사람은 오지 않았다…",
                    "+아침이 되자 갈매기 몇 마리가 부두에 앉았을 뿐 여전히 말이 없다…",
                ],
                0.9,
                None,
            ),
            (
                "near miss: verses",
                &["Tide", "+And nobody spoke of the boat…", "+The lamp in the window burned…", "+And the sea went on…"],
                0.9,
                None,
            ),
            ("near miss: one cut line", &[prose, teaser, prose], 0.7, None),
            ("not found", &["Page not found", "+Library reopens after two years"], 0.6, of(Reason::Notice)),
            ("near miss: a notice below", &[prose, "Page not found"], 0.6, None),
            ("empty post", &["목록", "이전글 안내", "+자료실", "다음글 점검", "댓글 0"], 0.6, of(Reason::BoardFrame)),
            (
                "spam in a post",
                &[
                    "목록",
                    "이전글 안내",
                    "+자료실",
                    "다음글 점검",
                    "온라인카지노 추천 토토사이트 안전한 가입코드 업체 순위 이벤트 쿠폰 링크 바로가기",
                ],
                0.6,
                of(Reason::Spam),
            ),
            ("near miss: a short post", &["목록", "이전글 안내", prose, "다음글 점검"], 0.6, None),
            ("spam", &["+온라인카지노 추천 토토사이트 안전한 가입코드"], 0.6, of(Reason::Spam)),
            ("a challenge", &["+example.com", "+Verifying you are human.", "+Ray ID: 7abc"], 0.9, of(Reason::Notice)),
            ("a log-in", &["자유게시판", "+로그인이 필요한 서비스입니다.", "회원가입"], 0.9, of(Reason::Notice)),
            ("near miss: a log-in above", &["로그인이 필요한 서비스입니다.", prose], 0.9, None),
            ("near miss: the rest for subscribers", &[prose, prose, "+Subscribe to continue reading."], 0.9, None),
            ("consent", &["Menu", "+We use cookies to improve your experience on our site."], 0.9, of(Reason::Consent)),
            (
                "near miss: of somebody barred",
                &["+The statue of the founder has been removed from the square."],
                0.9,
                None,
            ),
            ("near miss: a post on it", &["+I get access denied when I run docker as myself."], 0.9, None),
            ("near miss: a club", &["+수영장은 회원만 이용할 수 있습니다."], 0.9, None),
            (
                "near miss: on cookies",
                &["+The court ruled that sites which say that they use cookies must ask."],
                0.9,
                None,
            ),
            (
                "near miss: a log-in to comment",
                &["+The ferry leaves at nine.", "+Please log in to comment."],
                0.9,
                None,
            ),
            ("near miss: prose below consent", &["+We use cookies to improve your experience.", prose], 0.9, None),
        ];
        for (name, lines, promised_f1, wanted) in cases {
            assert_eq!(absence_of(lines, promised_f1, false), wanted, "{name}");
        }
        // A name or a date shows that the page is a post; a missing page has neither.
        for (lines, is_still) in [
            (["+로그인이 필요한 서비스입니다."], false),
            (["+We use cookies to improve your experience on our site."], false),
            (["+Page not found"], true),
        ] {
            assert!(absence_of(&lines, 0.9, false).is_some());
            assert_eq!(absence_of(&lines, 0.9, true).is_some(), is_still, "{lines:?}");
        }
    }
}
