//! Properties of every input: no panic, the same result each time, and no text in the body that is not on the page.

mod fixture;

use copydesk::{Article, Block, BlockKind, EncodingSource, Error, Extractor, Input, Page};
use encoding_rs::{EUC_KR, WINDOWS_1252};
use fixture::Fixture;
use proptest::prelude::*;

/// Pieces of markup and text, so that random pages have structure.
const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<br>",
    "<br><br>",
    "<h1>",
    "</h1>",
    "<table><tr><td>",
    "</table>",
    "<td>",
    "<ul><li>",
    "<ol start=3><li value=7>",
    "</ul>",
    "<li>",
    "<blockquote>",
    "</blockquote>",
    "<dl><dt>",
    "<dd>",
    "<a href='/x'>",
    "</a>",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<script type=application/ld+json>{\"headline\":\"",
    "<title>",
    "</title>",
    "<meta name=author content='",
    "<figcaption>",
    "<time datetime=",
    "<noscript>",
    "<select><option>",
    "<!--",
    "-->",
    "<p class=\"",
    "'\">",
    "<",
    "&",
    "&amp;quot;",
    "&#0;",
    "\u{0}",
    "\n",
    "\n\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "- ",
    "• ",
    "▲",
    "X\n",
    "| ",
    "입력 2024-01-01 12:00 ",
    "작성일 12-10 ",
    "수정 2024.02.30. 오후 25:61",
    "홍길동 기자 ",
    "(서울=가나통신) 홍길동 기자 = ",
    "By Ann Lee ",
    "무단 전재 및 재배포 금지\n",
    "관련기사\n",
    "댓글 0\n",
    "물길이 바뀌어 마을이 사라졌다. ",
    "The river moved and the village went with it. ",
    "川が動き、村が消えた。",
    "اقرأ أيضا ",
    "ภาษาไทย",
    "e\u{301}",
    "İSTANBUL ",
    "ŉ",
    "ß",
    "１２月３１日",
    "9999999999999999999",
];

fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,8}"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn input() -> impl Strategy<Value = Input> {
    proptest::sample::select(vec![Input::Auto, Input::Html, Input::Text, Input::Mixed])
}

fn read(extractor: &mut Extractor, page: &str, input: Input) -> Article {
    extractor.extract(Page::from(page).input(input)).expect("the page is within the limit")
}

/// The text without white space, which may differ between page and body.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600), input in input()) {
        let found = Extractor::new().extract(Page::new(&bytes).input(input));
        assert!(matches!(found, Ok(_) | Err(Error::Binary)), "{found:?}");
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,300}", input in input()) {
        read(&mut Extractor::new(), &text, input);
    }

    #[test]
    fn any_page_is_survived_whatever_its_address(page in page(), url in "\\PC{0,40}", charset in "[a-z0-9-]{0,12}") {
        let url = format!("https://a.example/{url}");
        // An unknown charset is an error, which is a valid result.
        let _ = Extractor::new().extract(Page::new(page.as_bytes()).url(&url).charset(&charset));
    }

    #[test]
    fn answer_depends_on_the_page_alone(before in page(), page in page(), input in input()) {
        let mut used = Extractor::new();
        read(&mut used, &before, Input::Auto);
        let first = format!("{:?}", read(&mut used, &page, input));
        let again = format!("{:?}", read(&mut used, &page, input));
        let fresh = format!("{:?}", read(&mut Extractor::new(), &page, input));
        prop_assert_eq!(&first, &again);
        prop_assert_eq!(&first, &fresh);
    }

    #[test]
    fn body_of_flat_text_is_the_page_s(lines in proptest::collection::vec("[^<&\\pC]{0,80}", 0..30)) {
        let page = lines.join("\n");
        let article = read(&mut Extractor::new(), &page, Input::Text);
        let whole = squeezed(&page);
        for block in article.blocks() {
            prop_assert!(whole.contains(&squeezed(block.text)), "{:?}", block.text);
        }
    }

    /// A real page with some bytes overwritten and a piece moved, as by a bad line or disk.
    #[test]
    fn damaged_pages_are_survived(
        pick in any::<proptest::sample::Index>(),
        hits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..40),
        from in any::<proptest::sample::Index>(),
        to in any::<proptest::sample::Index>(),
    ) {
        let mut bytes = PAGES.with(|pages| pick.get(pages).bytes.clone());
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let tail = bytes.split_off(from.index(bytes.len()));
        let at = to.index(bytes.len() + 1);
        bytes.splice(at..at, tail);
        let found = Extractor::new().extract(bytes.as_slice());
        assert!(matches!(found, Ok(_) | Err(Error::Binary)), "{found:?}");
    }
}

thread_local! {
    static PAGES: Vec<Fixture> = fixture::all();
}

/// A connection may break anywhere. Testing every byte would be slow; a prime step covers all kinds of positions.
#[test]
fn prefixes_of_pages_are_survived() {
    const STEP: usize = 89;
    let mut extractor = Extractor::new();
    for fixture in fixture::all() {
        for end in (0..fixture.bytes.len()).step_by(STEP) {
            let prefix = fixture.bytes.get(..end).expect("a prefix");
            extractor.extract(prefix).expect("the page is within the limit");
        }
    }
}

#[test]
fn order_of_the_pages_does_not_matter() {
    let fixtures = fixture::all();
    let mut used = Extractor::new();
    let forward: Vec<String> = fixtures.iter().map(|f| format!("{:?}", used.extract(f.bytes.as_slice()))).collect();
    let mut backward: Vec<String> =
        fixtures.iter().rev().map(|f| format!("{:?}", used.extract(f.bytes.as_slice()))).collect();
    backward.reverse();
    for ((fixture, forward), backward) in fixtures.iter().zip(&forward).zip(&backward) {
        assert_eq!(forward, backward, "{}", fixture.name);
        assert_eq!(*forward, format!("{:?}", Extractor::new().extract(fixture.bytes.as_slice())), "{}", fixture.name);
    }
}

/// All text in body, captions and struck blocks is text of the page, as read by another parser.
#[test]
fn text_of_the_fixtures_is_the_page_s() {
    // The text of Markdown pages contains marks that the other parser does not know.
    for fixture in fixture::all().into_iter().filter(|fixture| !fixture.name.contains("-markdown-")) {
        let page = fixture.decoded();
        // Remains of tags may hide text from the other parser, so the page with its tags as text counts too.
        let raw = squeezed(&all_text(&page.replace('<', "&lt;")));
        let parsed = squeezed(&all_text(&page));
        let article = Extractor::new().extract(fixture.bytes.as_slice()).expect("the page is within the limit");
        let blocks = article.blocks().map(|b| b.text).chain(article.captions());
        for text in blocks.chain(article.struck().map(|s| s.text)) {
            let text = squeezed(text);
            assert!(raw.contains(&text) || parsed.contains(&text), "{}: {text:?}", fixture.name);
        }
    }
}

/// The source range of a block contains the words of the block.
#[test]
fn sources_hold_what_the_blocks_say() {
    for fixture in fixture::all() {
        let page = fixture.decoded();
        let article = Extractor::new().extract(fixture.bytes.as_slice()).expect("the page is within the limit");
        for block in article.blocks() {
            let Some(range) = block.source.filter(|range| !range.is_empty()) else { continue };
            let source = page.get(range.clone()).unwrap_or_else(|| panic!("{}: {range:?} is no range", fixture.name));
            let first = block.text.split_whitespace().next().unwrap_or_default();
            let plain = first.chars().all(char::is_alphanumeric);
            assert!(!plain || source.contains(first), "{}: {first:?} is not in {source:?}", fixture.name);
        }
    }
}

/// The HTML of an article reads as the same blocks, in the same lists and quotations.
#[test]
fn html_of_the_fixtures_reads_as_it_was_written() {
    let mut extractor = Extractor::new();
    for fixture in fixture::all() {
        let article = extractor.extract(fixture.bytes.as_slice()).expect("the page is within the limit");
        assert_eq!(read_again(&article), outline(&article), "{}", fixture.name);
    }
}

/// The outline of an article, read from its own HTML.
fn read_again(article: &Article) -> Vec<String> {
    let mut reader = Extractor::new().keep("article").and_then(|reader| reader.strike("header")).expect("selectors");
    // A list that is the whole page would not count as an article.
    let html = article.to_html().replace("</article>", "<p>The end</p></article>");
    let mut outline = outline(&read(&mut reader, &html, Input::Html));
    assert_eq!(outline.pop().as_deref(), Some("Paragraph [] The end"));
    outline
}

/// The blocks of an article with their levels, without a first heading that repeats the title.
fn outline(article: &Article) -> Vec<String> {
    let is_title =
        |block: &Block<'_>| matches!(block.kind, BlockKind::Heading(_)) && Some(block.text) == article.title();
    let blocks: Vec<Block<'_>> = article.blocks().collect();
    let skipped = blocks.first().is_some_and(is_title);
    let line = |block: &Block<'_>| format!("{:?} {:?} {}", block.kind, block.levels, block.text);
    blocks.iter().skip(usize::from(skipped)).map(line).collect()
}

/// Clients that assume Latin-1 or Windows-1252 save pages as `ÇÑ±¹`; others store them in JSON or escaped.
#[test]
fn pages_spoilt_before_they_came_are_read_as_meant() {
    let mut extractor = Extractor::new();
    let mut read = |page: &str| {
        let article = extractor.extract(page.as_bytes()).expect("the page is within the limit");
        let sources = article.blocks().filter(|block| block.source.is_some()).count();
        assert!(article.encoding_source() != EncodingSource::Undone || sources == 0);
        (article.title().map(str::to_owned), article.people().to_vec(), article.date(), article.body().to_owned())
    };
    for fixture in fixture::all() {
        let page = fixture.decoded();
        let meant = read(&page);
        for spoilt in spoilt(&fixture, &page) {
            assert_eq!(read(&spoilt), meant, "{}: {}", fixture.name, spoilt.chars().take(200).collect::<String>());
        }
    }
}

fn spoilt(fixture: &Fixture, page: &str) -> Vec<String> {
    let latin = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect::<String>();
    let mut spoilt = vec![serde_json::to_string(page).expect("a string")];
    // A line in quotes is more likely a quotation.
    spoilt.retain(|json| json.matches('\\').count() >= 4);
    if fixture.html {
        spoilt.push(page.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"));
    }
    let (korean, _, unmapped) = EUC_KR.encode(page);
    if fixture.name.starts_with("ko-") && !unmapped {
        spoilt.push(latin(&korean));
    }
    if page.chars().filter(|c| *c > '\u{36f}' && c.is_alphabetic()).count() >= 200 {
        spoilt.push(latin(page.as_bytes()));
        spoilt.push(WINDOWS_1252.decode_without_bom_handling(page.as_bytes()).0.into());
    }
    spoilt
}

/// All text nodes of a page, with `<noscript>` read as markup, as in the library.
fn all_text(page: &str) -> String {
    let page = page.replace("<noscript>", "<div>").replace("</noscript>", "</div>");
    let tree = scraper::Html::parse_document(&page);
    tree.tree.values().filter_map(|node| node.as_text()).map(|text| &**text).collect()
}
