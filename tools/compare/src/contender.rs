//! The extractors and parsers that are timed.

use crate::clock::spent;
use crate::pages::Page;
use std::hint::black_box;
use std::time::Duration;

#[path = "../../../src/dom/conformance/plain_arena.rs"]
#[allow(dead_code, reason = "the tests of the tree look closer at it")]
mod plain_arena;

/// An extractor or parser to time.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Processes all pages and returns the time spent.
    pub(crate) round: Box<dyn FnMut(&[Page]) -> Duration>,
}

/// The reference: html5ever parsing into a plain arena.
pub(crate) const REFERENCE: &str = "html5ever + arena";
/// Copydesk, from bytes to all fields of an article.
pub(crate) const OURS: &str = "copydesk";

impl Contender {
    /// `work` returns a count of its results, so that the compiler cannot drop any of the work.
    fn new(name: &'static str, mut work: impl FnMut(&Page) -> usize + 'static) -> Contender {
        let round = move |pages: &[Page]| {
            let start = spent();
            black_box(pages.iter().map(&mut work).sum::<usize>());
            spent().saturating_sub(start)
        };
        Contender { name, round: Box::new(round) }
    }
}

/// See [`REFERENCE`].
pub(crate) fn reference() -> Contender {
    Contender::new(REFERENCE, |page| plain_arena::parse(&page.text))
}

/// See [`OURS`].
pub(crate) fn ours() -> Contender {
    let mut extractor = copydesk::Extractor::new();
    Contender::new(OURS, move |page| extractor.extract(page.bytes.as_slice()).map_or(0, |article| article.body().len()))
}

/// All contenders that run in this process, the reference first.
pub(crate) fn all() -> Vec<Contender> {
    let scraper = |page: &Page| scraper::Html::parse_document(&page.text).tree.nodes().len();
    let mut fields = copydesk::Extractor::new().fields([copydesk::Field::Title, copydesk::Field::Date]);
    let fields = move |page: &Page| {
        fields.extract(page.bytes.as_slice()).map_or(0, |article| article.title().map_or(0, str::len))
    };
    #[cfg_attr(not(feature = "peers"), allow(unused_mut, reason = "peers join in"))]
    let mut all = vec![
        reference(),
        Contender::new("scraper, parsed only", scraper),
        ours(),
        Contender::new("copydesk, title and dates", fields),
    ];
    #[cfg(feature = "peers")]
    all.extend(peers());
    all
}

#[cfg(feature = "peers")]
fn peers() -> Vec<Contender> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    // A panic on a page counts as an empty result, but its time counts.
    fn careful(work: impl Fn(&Page) -> usize + 'static) -> impl FnMut(&Page) -> usize + 'static {
        move |page| catch_unwind(AssertUnwindSafe(|| work(page))).unwrap_or(0)
    }
    vec![
        Contender::new(
            "readable-readability",
            careful(|page| {
                let (node, _) = readable_readability::Readability::new().parse(&page.text);
                node.text_contents().len()
            }),
        ),
        Contender::new(
            "dom_smoothie",
            careful(|page| {
                let article = dom_smoothie::Readability::new(page.text.as_str(), None, None);
                article.and_then(|mut page| page.parse()).map_or(0, |article| article.text_content.len())
            }),
        ),
        Contender::new(
            "trafilatura crate",
            careful(|page| {
                trafilatura::extract(&page.text, &trafilatura::Options::default())
                    .map_or(0, |found| found.content_text.len())
            }),
        ),
        Contender::new(
            "rs-trafilatura",
            careful(|page| rs_trafilatura::extract(&page.text).map_or(0, |found| found.content_text.len())),
        ),
    ]
}
