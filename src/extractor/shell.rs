//! Detects shells: pages that show next to nothing until a script fills them.

use super::Analysis;
use crate::block::Block;
use crate::decode::fill::Lack;
use crate::select::{LIKELY, Selection};
use crate::types::Input;

/// Maximum length in bytes of a body that may be no more than `Loading, please wait`.
const MAX_LOADING_BYTES: usize = 64;

/// Maximum length in units of what a shell shows, such as a menu. Front pages show more.
const MAX_SHELL_UNITS: f32 = 130.0;

/// The same if its data have text beside the page's own headline: a menu, a ticker and lists of other articles.
const MAX_FRAME_UNITS: f32 = 1000.0;

/// What the page that was read may lack until a script runs, if anything.
///
/// A page that shows a single sentence of body text lacks nothing. Nor does one that shows more than the lengths above,
/// or one that the caller's rules match, since rules are written for pages as they are.
pub(super) fn lack(analysis: &Analysis, selection: &Selection, scores: &[f32]) -> Option<Lack> {
    if analysis.input() != Input::Html || !is_empty(analysis, selection) {
        return None;
    }
    let blocks = || analysis.blocks().items.iter().zip(&analysis.features().measures);
    let shown = || blocks().zip(scores).filter(|((block, _), _)| !block.has(Block::HIDDEN | Block::NOSCRIPT));
    let has_rules = blocks().any(|(block, _)| block.has(Block::RULES));
    // Count struck sentences too: a sentence may have been struck only because it contains a date.
    let has_sentence = || shown().any(|((_, measure), &score)| score > LIKELY && measure.ends_sentence);
    if has_rules || has_sentence() {
        return None;
    }
    match shown().map(|((_, measure), _)| measure.units).sum() {
        ..=MAX_SHELL_UNITS => Some(Lack::All),
        ..=MAX_FRAME_UNITS => Some(Lack::Own),
        _ => None,
    }
}

/// Whether the body is too short to be that of an article.
pub(super) fn is_empty(analysis: &Analysis, selection: &Selection) -> bool {
    selection.length(analysis.blocks()) <= MAX_LOADING_BYTES
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, Input, Page};

    const PARAGRAPH: &str = "The ferry left at nine, as it had done for forty years, and nobody on the quay looked up from the \
                             nets. By noon the harbour master had called twice; the boat never came.";

    /// A page with an article in its data and `shown` in its body.
    fn page(shown: &str) -> String {
        let pieces: Vec<String> = (1..9).map(|n| format!("{{\"content\":\"Day {n}. {PARAGRAPH}\"}}")).collect();
        format!(
            "<!doctype html><title>The ferry</title><body>{shown}<script>window.state = {{\"body\":[{}]}}</script>",
            pieces.join(",")
        )
    }

    /// Whether the text of the data came out as the body, and whether it came out at all.
    fn filled(extractor: &mut Extractor, page: Page<'_>) -> (bool, bool) {
        let article = extractor.extract(page).expect("small");
        let is_data = |text: &str| text.contains("Day 8. The ferry");
        (is_data(article.body()), is_data(article.body()) || article.struck().any(|struck| is_data(struck.text)))
    }

    #[test]
    fn pages_that_are_shells() {
        let links = |count: usize| "<li><a href=/a>Boats and harbours</a></li>".repeat(count);
        let cases = [
            ("nothing shown", String::new(), true),
            ("a notice", "<p>Loading, please wait</p>".into(), true),
            ("a headline", "<article><h1>The ferry</h1><p>The story of a ferry</p></article>".into(), true),
            ("a sentence that is no text", "<footer>© 2024 Ferry News. All rights reserved.</footer>".into(), true),
            ("a menu", format!("<ul>{}</ul>", links(20)), true),
            ("a menu in Korean", format!("<ul>{}</ul>", "<li><a href=/a>갈매기와 항구 소식</a></li>".repeat(20)), true),
            ("near miss: the links of a front", format!("<ul>{}</ul>", links(60)), false),
            ("hidden links", format!("<ul hidden>{}</ul>", links(60)), true),
            ("links without scripts", format!("<noscript><ul>{}</ul></noscript>", links(60)), true),
            ("near miss: a text", format!("<article><p>{PARAGRAPH}</p></article>"), false),
            ("near miss: half a text", format!("<article><p>{}</p></article>", PARAGRAPH.trim_end_matches('.')), false),
            (
                "near miss: a sentence",
                "<article><h1>The ferry</h1><p>The ferry left at nine.</p></article>".into(),
                false,
            ),
            (
                "a hidden sentence",
                "<article><h1>The ferry</h1><p hidden>The ferry left at nine.</p></article>".into(),
                true,
            ),
        ];
        let mut extractor = Extractor::new();
        for (name, shown, wanted) in cases {
            let page = page(&shown);
            assert_eq!(filled(&mut extractor, page.as_str().into()), (wanted, wanted), "{name}");
        }
    }

    #[test]
    fn a_frame_around_an_article_of_its_own() {
        let frame = format!("<ul>{}</ul>", "<li><a href=/a>Boats and harbours</a></li>".repeat(60));
        let other = page(&frame);
        let titled = |title: &str| {
            let data = format!("{{\"headline\":\"{title}\",\"body\"");
            other.replace("{\"body\"", &data).replace("<title>The ferry", &format!("<title>{title}"))
        };
        let mut extractor = Extractor::new();
        assert_eq!(filled(&mut extractor, other.as_str().into()), (false, false), "texts of a front page");
        let site = titled("Ferry News");
        assert_eq!(filled(&mut extractor, site.as_str().into()), (false, false), "the site's own words");
        let own = titled("Nobody looks up when the ferry leaves");
        assert_eq!(filled(&mut extractor, own.as_str().into()), (true, true));
    }

    #[test]
    fn what_the_caller_knows_of_a_page() {
        let page = page("<nav>Loading, please wait</nav>");
        let mut extractor = Extractor::new();
        assert_eq!(filled(&mut extractor, page.as_str().into()), (true, true));
        assert_eq!(filled(&mut extractor, Page::from(page.as_str()).input(Input::Mixed)), (false, false), "no HTML");
        let mut extractor = extractor.strike("nav").expect("a selector");
        assert_eq!(filled(&mut extractor, page.as_str().into()), (false, false), "a rule");
    }

    #[test]
    fn data_without_a_body_change_nothing() {
        let notice =
            "We use cookies to improve your experience. By clicking accept you consent to the use of all cookies. ";
        let page =
            format!("<title>Ferry</title><script>{{\"notice\":\"{}Day 8. The ferry.\"}}</script>", notice.repeat(5));
        assert_eq!(filled(&mut Extractor::new(), page.as_str().into()), (false, false));
    }
}
