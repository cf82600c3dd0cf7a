//! Who is timed.

use crate::clock::spent;
use crate::pages::Page;
use std::hint::black_box;
use std::time::Duration;

#[path = "../../../src/dom/conformance/plain_arena.rs"]
#[allow(dead_code, reason = "the tests of the tree look closer at it")]
mod plain_arena;

/// Somebody who does something with pages.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Does it with all of them, and says how long it took.
    pub(crate) round: Box<dyn FnMut(&[Page]) -> Duration>,
}

/// The measure of all: html5ever parsing into a plain arena.
pub(crate) const MEASURE: &str = "html5ever + arena";
/// Ourselves, from bytes to all fields of an article.
pub(crate) const OURS: &str = "copydesk";

impl Contender {
    /// `work` answers with a count of whatever it made, so that none of it can be left out.
    fn new(name: &'static str, mut work: impl FnMut(&Page) -> usize + 'static) -> Contender {
        let round = move |pages: &[Page]| {
            let start = spent();
            black_box(pages.iter().map(&mut work).sum::<usize>());
            spent().saturating_sub(start)
        };
        Contender { name, round: Box::new(round) }
    }
}

/// See [`MEASURE`].
pub(crate) fn measure() -> Contender {
    Contender::new(MEASURE, |page| plain_arena::parse(&page.text))
}

/// See [`OURS`].
pub(crate) fn ours() -> Contender {
    let mut extractor = copydesk::Extractor::new();
    Contender::new(OURS, move |page| extractor.extract(page.bytes.as_slice()).map_or(0, |article| article.text().len()))
}

/// Everybody in this process, the measure first.
pub(crate) fn all() -> Vec<Contender> {
    let scraper = |page: &Page| scraper::Html::parse_document(&page.text).tree.nodes().len();
    let mut fields = copydesk::Extractor::new().fields([copydesk::Field::Title, copydesk::Field::Dates]);
    let fields = move |page: &Page| {
        fields.extract(page.bytes.as_slice()).map_or(0, |article| article.title().map_or(0, str::len))
    };
    #[cfg_attr(not(feature = "peers"), allow(unused_mut, reason = "peers join in"))]
    let mut all = vec![
        measure(),
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
    // One that gives up on a page has spent the time all the same.
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
