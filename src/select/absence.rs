//! Whether what a page would keep is an article at all.

use crate::block::{Block, Blocks, Kind};
use crate::feature::Features;
use crate::types::Reason;

/// Below this promised F1 score what would be kept is the least bad of a page and no article: of the development pages that
/// promise less, two in three have none.
const LEAST_PROMISE: f32 = 0.3;

/// From this promise on, cut lines are an article's own (a forum that quotes, a list of summaries that is the content).
const SURE_OF_TEASERS: f32 = 0.8;
/// Cut lines it takes to make a list of teasers, and their least share of the kept blocks; below headings and with nothing
/// else they are one whatever is promised.
const TEASERS: usize = 3;
const TEASER_SHARE: f32 = 0.2;

/// Units of a notice that the page is not there.
const NOTICE_UNITS: f32 = 16.0;
/// Units from which there is an article in spite of one.
const MUCH: f32 = 150.0;

/// Share of the kept text that is plain spam, or asks for consent, from which all of it is.
const SPAM_SHARE: f32 = 0.5;

/// Units below which what stands beside a notice is no article, or what is no prose may be the rest of a menu or of an empty post's frame.
const REST: f32 = 20.0;
/// Share of the kept text inside links from which such a rest is a menu, if menus have such words or it is items of a list.
const MENU_SHARE: f32 = 0.8;
/// Lines of a board's frame that show that a post should stand there.
const FRAME_LINES: usize = 3;

/// Why there is no article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Absence {
    /// Nothing of the page is likely to be one.
    Unlikely,
    /// What reads like one is of a family.
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

/// Why a page whose kept blocks promise an F1 score of `promised` has no article, if it has none.
pub(super) fn absence(blocks: &Blocks, features: &Features, kept: &[bool], promised: f32) -> Option<Absence> {
    if promised < LEAST_PROMISE {
        return Some(Absence::Unlikely);
    }
    let (mut count, mut cut, mut whole) = (0usize, 0usize, 0usize);
    let (mut units, mut shown, mut spam, mut consent, mut linked, mut barred) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let is_notice = |index: usize| {
        let signs = &features.signs[index];
        (signs.missing || signs.barred) && features.measures[index].units <= NOTICE_UNITS
    };
    let (mut prose, mut navigation, mut items) = (false, false, true);
    for (index, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
        let (m, signs) = (&features.measures[index], &features.signs[index]);
        count += 1;
        cut += usize::from(m.ends_cut);
        whole += usize::from(!m.ends_cut && !matches!(blocks.items[index].kind, Kind::Heading(_)));
        units += m.units;
        shown += if blocks.items[index].has(Block::NOSCRIPT) { 0.0 } else { m.units };
        linked += m.link_units;
        prose |= m.is_prose();
        items &= blocks.items[index].kind == Kind::ListItem;
        navigation |= signs.of(Reason::Navigation) > 0;
        spam += if signs.of(Reason::Spam) > 0 { m.units } else { 0.0 };
        consent += if signs.of(Reason::Consent) > 0 { m.units } else { 0.0 };
        barred += if is_notice(index) { m.units } else { 0.0 };
    }
    let is_list =
        cut >= TEASERS && (whole == 0 || cut as f32 >= TEASER_SHARE * count as f32 && promised < SURE_OF_TEASERS);
    let head = kept.iter().position(|kept| *kept).map_or(0, |first| first + 1);
    // Who has to log in first is told so on pages with an article too; what is not there is said instead of one.
    let is_missing = (0..head).any(|index| features.signs[index].missing && is_notice(index));
    let is_notice = units < MUCH && (is_missing || barred > 0.0 && units - barred < REST);
    // `Please switch on JavaScript.`
    let is_shell = shown == 0.0 && units < MUCH;
    let is_rest = !prose && units < REST;
    let is_menu = is_rest && (navigation || items) && linked > MENU_SHARE * units;
    let frame = kept.iter().zip(&features.signs).filter(|(kept, signs)| !**kept && signs.of(Reason::BoardFrame) >= 2);
    let is_empty_post = is_rest && frame.count() >= FRAME_LINES;
    let families = [
        (is_notice || is_shell, Reason::Notice),
        (spam > SPAM_SHARE * units, Reason::Spam),
        (units < MUCH && consent > SPAM_SHARE * units, Reason::Consent),
        (is_list, Reason::Related),
        (is_menu, Reason::Navigation),
        (is_empty_post, Reason::BoardFrame),
    ];
    families.iter().find(|(is_so, _)| *is_so).map(|&(_, family)| Absence::Family(family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{Facts, TokenTable};
    use crate::vocab::Vocab;

    /// Why a page of these lines has no article if the lines with a `+` are kept.
    fn absence_of(lines: &[&str], promised: f32) -> Option<Absence> {
        let text: String = lines.iter().map(|line| format!("{}\n\n", line.trim_start_matches('+'))).collect();
        let mut blocks = Blocks::default();
        crate::lines::blocks(&text, &mut blocks);
        assert_eq!(blocks.items.len(), lines.len());
        let mut hits = Vec::new();
        Vocab::get().scan(&blocks.text, &mut hits);
        let mut features = Features::default();
        features.fill(&blocks, &hits, &Facts::default(), &TokenTable::default());
        let kept: Vec<bool> = lines.iter().map(|line| line.starts_with('+')).collect();
        absence(&blocks, &features, &kept, promised)
    }

    #[test]
    fn pages_without_an_article() {
        let prose = "+The river moved last spring and the village had to go with it, stone by stone, says the mayor.";
        let teaser = "+The river moved last spring and the village had to go …";
        let of = |family| Some(Absence::Family(family));
        let cases: [(&str, &[&str], f32, Option<Absence>); 18] = [
            ("prose", &["Menu", prose, prose], 0.9, None),
            ("no promise", &["Menu", prose], 0.2, Some(Absence::Unlikely)),
            ("teasers", &[teaser, "+A headline of words", teaser, teaser], 0.7, of(Reason::Related)),
            ("teasers alone", &[teaser, "Menu", teaser, teaser], 0.9, of(Reason::Related)),
            ("near miss: teasers below a paragraph", &[prose, teaser, teaser, teaser], 0.9, None),
            ("near miss: quoted posts", &[teaser, prose, teaser, teaser], 0.9, None),
            ("near miss: one cut line", &[prose, teaser, prose], 0.7, None),
            ("not found", &["Page not found", "+Library reopens after two years"], 0.6, of(Reason::Notice)),
            ("near miss: a notice below", &[prose, "Page not found"], 0.6, None),
            ("empty post", &["목록", "이전글 안내", "+자료실", "다음글 점검", "댓글 0"], 0.6, of(Reason::BoardFrame)),
            ("near miss: a short post", &["목록", "이전글 안내", prose, "다음글 점검"], 0.6, None),
            ("spam", &["+온라인카지노 추천 토토사이트 안전한 가입코드"], 0.6, of(Reason::Spam)),
            ("a challenge", &["+example.com", "+Verifying you are human.", "+Ray ID: 7abc"], 0.9, of(Reason::Notice)),
            ("a log-in", &["자유게시판", "+로그인이 필요한 서비스입니다.", "회원가입"], 0.9, of(Reason::Notice)),
            ("near miss: a log-in above", &["로그인이 필요한 서비스입니다.", prose], 0.9, None),
            ("near miss: the rest for subscribers", &[prose, prose, "+Subscribe to continue reading."], 0.9, None),
            ("consent", &["Menu", "+We use cookies to improve your experience on our site."], 0.9, of(Reason::Consent)),
            ("near miss: prose below consent", &["+We use cookies to improve your experience.", prose], 0.9, None),
        ];
        for (name, lines, promised, wanted) in cases {
            assert_eq!(absence_of(lines, promised), wanted, "{name}");
        }
    }
}
