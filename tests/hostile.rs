//! Pages made to hang, crash or bloat an extractor. Each must terminate, read as HTML or as text, with output bounded
//! by the size of the input.
//!
//! No time is measured, so that a slow machine cannot fail a test. The sizes are such that a quadratic pass takes
//! minutes where a linear one takes a second.

use copydesk::{Article, Error, Extractor, Input, Page};

/// Every way of reading a page.
const INPUTS: &[Input] = &[Input::Auto, Input::Html, Input::Text, Input::Mixed];

/// Maximum growth of the output over the input: white space between blocks, replaced NULs (three bytes each).
const GROWTH: usize = 3;

/// Reads `page` as every kind of input and checks the bound on its output.
fn survive(page: &str) {
    for input in INPUTS {
        let article = read(page, *input);
        let emitted = article.body().len() + article.struck().map(|s| s.text.len()).sum::<usize>();
        assert!(emitted <= GROWTH * page.len() + 64, "{input:?}: {} bytes became {emitted}", page.len());
    }
}

fn read(page: &str, input: Input) -> Article {
    Extractor::new().extract(Page::from(page.as_bytes()).input(input)).expect("the page is within the limit")
}

/// Number of repetitions: a quarter in unoptimised builds, which is still enough to tell a quadratic pass from a linear
/// one.
fn n(times: usize) -> usize {
    if cfg!(debug_assertions) { times / 4 } else { times }
}

/// Days that differ, again and again.
fn days() -> impl Iterator<Item = String> {
    let months = (1900..2100).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let days = months.flat_map(|(year, month)| (1..=28).map(move |day| format!("{year}-{month:02}-{day:02} ")));
    days.cycle()
}

/// One test per page, so that a hanging one can be identified.
macro_rules! bombs {
    ($($(#[$doc:meta])* $name:ident: $page:expr;)*) => {
        $($(#[$doc])* #[test] fn $name() { survive(&$page); })*
    };
}

/// A late part of a page that React streams, with a place for another one as deep in it as it can be.
fn deep_part(number: usize, inner: usize) -> String {
    let (open, close) = ("<div>".repeat(490), "</div>".repeat(490));
    format!("<div hidden id=\"S:{number}\">{open}물<template id=\"B:{inner}\"></template>{close}</div>")
}

/// A sentence in several scripts that looks like prose.
const SENTENCE: &str = "물길이 바뀌어 마을이 사라졌다. The river moved and the village went. 川が動いた。";

/// `marks` in a page that its links identify as Markdown.
fn markdown(marks: &str) -> String {
    format!("# {SENTENCE}\n\n[one](/1) [two](/2) [three](/3)\n\n{marks}\n\n{SENTENCE}\n")
}

bombs! {
    // Structure.
    nested_divs: "<div>".repeat(n(100_000)) + SENTENCE;
    nested_divs_with_text: "<div>물 ".repeat(n(50_000));
    nested_lists: "<ul><li>one ".repeat(n(40_000));
    nested_quotes_and_forms: "<blockquote><form><p>one".repeat(n(20_000));
    nested_tables: "<table><tr><td>one".repeat(n(5_000));
    nested_links: "<a href=x>one".repeat(n(30_000));
    nested_unknown_elements: (0..n(50_000)).map(|i| format!("<x{i}>one")).collect::<String>();
    nested_articles: "<article><h1>one</h1>".repeat(n(20_000));
    nested_svg: "<svg><foreignObject>".repeat(n(20_000)) + SENTENCE;
    nested_templates: "<template><div>".repeat(n(20_000)) + SENTENCE;
    /// Each part of the page belongs inside the next one.
    streamed_parts: (0..n(20_000))
        .map(|i| format!("<div hidden id=\"S:{i}\">물<template id=\"B:{}\"></template></div>", i + 1))
        .collect::<String>();
    /// The same in the depths of each part, so that the tree could become as deep as it is large.
    streamed_parts_in_depth: (0..n(1_000)).map(|i| deep_part(i, i + 1)).collect::<String>();
    streamed_parts_in_depth_last_first: (0..n(1_000)).rev().map(|i| deep_part(i, i + 1)).collect::<String>();
    scripts_without_end: "<script>\"".repeat(n(100_000));
    /// There is no article, so the data in scripts and attributes is searched.
    data_of_strings: "<script>".to_owned() + &"[\"물길이 바뀌어.\":".repeat(n(100_000));
    data_in_data: "<script>\"[".to_owned() + &"\\\"[".repeat(n(100_000));
    data_of_backslashes: "<script>=\"".to_owned() + &"\\".repeat(n(1_000_000));
    /// Documents of JSON, with an article or many.
    document_of_texts: "{\"title\":\"a b\",\"els\":[".to_owned() + &format!("{{\"t\":\"{SENTENCE}\"}},").repeat(n(20_000));
    document_of_titles: "[".to_owned() + &format!("{{\"title\":\"a b\",\"t\":\"{SENTENCE}\"}},").repeat(n(20_000));
    agencies_without_spaces: "<p>".to_owned() + &"연합뉴스,".repeat(n(80_000));
    character_data: "a <![CDATA[b]]> ".repeat(n(50_000)) + SENTENCE;
    table_of_signs: ",\n1,2\n,\"".repeat(n(50_000));
    code_of_one_line: "{a;b} /* \"\"\" ".repeat(n(50_000));
    declarations: "<?xml ?>".to_owned() + &"<!-- a --><?b?>".repeat(n(50_000));
    data_in_attributes: "<p a=\"{&quot;b&quot;:&quot;c".repeat(n(50_000));
    frames_closing_themselves: "<noscript><iframe /></noscript>one".repeat(n(20_000));
    stray_end_tags: "</div></p></b></li>".repeat(n(50_000));
    stray_tables: "<table>one<td>".repeat(n(10_000));
    /// Active formatting elements are reconstructed in every paragraph: 40 KB become 4 million nodes.
    formatting: (0..2_000).map(|i| format!("<b id={i}>")).collect::<String>() + &"<p>x</p>".repeat(2_000);
    formatting_crossed: "<b><i><p></b></i>one".repeat(n(10_000));
    nobr: "<nobr><div>one".repeat(n(10_000));
    headings: "<h1>The river moved</h1>".repeat(n(40_000));
    captions: "<figure><figcaption>사진 = 강물</figcaption></figure>".repeat(n(20_000));
    times: "<time datetime=2024-01-01>2024.01.01</time> 입력 2024.01.01 ".repeat(n(10_000));
    options: "<select>".to_owned() + &"<option>one".repeat(n(50_000));
    breaks: "one<br>".repeat(n(200_000));
    breaks_alone: "<br>".repeat(n(300_000));
    frames: "<frameset>".repeat(n(50_000)) + SENTENCE;

    // Attributes.
    attributes: format!("<p {}>one", (0..n(100_000)).map(|i| format!("a{i}=1 ")).collect::<String>());
    class_of_many_words: format!("<p class='{}'>{SENTENCE}", "menu share ".repeat(n(100_000)));
    /// The parser copies unclosed elements into each paragraph, and with them their attributes.
    copies_of_a_class: format!("<p><i class='sr-only-x{}'>x</p>{}", " a".repeat(n(250_000)), "<p>y</p>".repeat(n(200_000)));
    copies_of_a_class_with_a_sheet:
        format!("<style>.a{{display:none}}</style><p><i class='{}a'>x</p>{}", "b ".repeat(n(250_000)), "<p>y</p>".repeat(n(200_000)));
    copies_of_a_style:
        format!("<div><b style='color:red{}'>x</div>{}", ";a:b".repeat(n(100_000)), "<div><div hidden></div>x</div>".repeat(n(100_000)));
    copies_of_a_style_that_fades: format!(
        "<div><b style='color:red{}'>x</div>{}<p class=c style='opacity:0'>y</p>",
        ";a:b".repeat(n(100_000)),
        "<div>x</div>".repeat(n(100_000)));
    class_of_many_names_for_readers: format!("<p class='{}'>{SENTENCE}", "sr-only-x ".repeat(n(100_000)));
    class_of_many_names_in_sheets: format!(
        "<style>.a{{display:none}}{}</style><p class='a{}'>{SENTENCE}</p>", "x{}".repeat(n(1_000_000)), " b".repeat(n(1_000_000)));
    sheet_of_one_name:
        format!("<style>{}b.a{{display:none}}</style>{}", "b.a,".repeat(n(200_000)), "<p class=a>x</p>".repeat(n(100_000)));
    sheet_of_many_elements: format!(
        "<style>{}b.a{{display:none}}</style>{}",
        (0..n(100_000)).map(|i| format!("x{i}.a,")).collect::<String>(),
        "<p class=a>x</p>".repeat(n(100_000)));
    attribute_without_end: format!("<p title='{}", SENTENCE.repeat(n(10_000)));
    colspan: "<table><tr><td colspan=9000000000000000 rowspan=9000000000000000>one<td colspan=-1>two</table>".repeat(100);
    cells_over_columns: "<table>".to_owned() + &"<tr><td colspan=1000000000>1<td>2".repeat(n(100_000));
    cells_over_rows: format!("<table>{}{}", "<td rowspan=1000000000>1".repeat(1000), "<tr><td>1".repeat(n(100_000)));
    list_start: "<ol start=99999999999999999999><li value=-9223372036854775808>one</ol>".repeat(100);

    // Size.
    table_of_many_rows: "<table>".to_owned() + &"<tr><td>1<td>둘<td>three".repeat(n(100_000));
    table_of_one_row: "<table><tr>".to_owned() + &"<td>1".repeat(n(200_000));
    /// Every line end inside a paragraph is stored and looked up by paragraph.
    wrapped_paragraphs: "The river moved last spring and the old village had to go\nwith it, stone by stone, says the mayor.\n\n".repeat(n(100_000));
    table_by_tabs: "one\ttwo\tthree\n".repeat(n(100_000));
    one_line: SENTENCE.repeat(n(20_000));
    one_line_of_short_sentences: "하나. ".repeat(n(300_000));
    one_word: "a".repeat(n(1_000_000));
    one_hangul_word: "가".repeat(n(400_000));
    one_han_word: "水".repeat(n(400_000));
    many_lines: format!("{SENTENCE}\n").repeat(n(15_000));
    many_short_lines: (0..n(150_000)).map(|i| format!("줄 {i}\n")).collect::<String>();
    same_line: "같은 줄이 되풀이된다\n".repeat(n(50_000));
    same_paragraph: format!("<p>{SENTENCE}</p>").repeat(n(10_000));
    same_long_line: format!("{}\n", SENTENCE.repeat(100)).repeat(100);
    /// Halves of halves: a search for the doubled body that restarts at each repetition is quadratic.
    doubled_again_and_again: "가나".repeat(n(200_000)) + "다라" + &"가나".repeat(n(200_000));
    hard_wrapped: "the river moved and the village went with it to the other side of the\n".repeat(n(15_000));
    line_feeds: "\n".repeat(n(3_000_000));
    carriage_returns: "\r\n \t\r\n".repeat(n(500_000));
    spaces: " ".repeat(n(3_000_000));
    bullets: "• \n- \n* \n".repeat(n(100_000));
    lone_dashes: "-\n".repeat(n(300_000));
    links: "<a href=/1>one</a> ".repeat(n(60_000));
    addresses: "http://a.example/1?2=3\n".repeat(n(50_000));

    // Characters.
    nulls: "\0".repeat(n(1_000_000));
    nulls_in_prose: format!("<p>{}</p>", SENTENCE.replace(' ', "\0")).repeat(n(3_000));
    less_than: "<".repeat(n(1_000_000));
    less_than_and_letter: "<a".repeat(n(300_000));
    greater_than: ">".repeat(n(1_000_000));
    ampersands: "&".repeat(n(1_000_000));
    entities: "&lt;&amp;&#x41;&#9999999999;&notit;".repeat(n(20_000));
    escaped_again_and_again: format!("<title>{}quot;</title><p>{SENTENCE}", "&amp;".repeat(n(100_000)));
    half_tags: "<p class=\"x ".repeat(n(50_000));
    tag_remains: "'\"> /> --> ]]> ".repeat(n(50_000));
    comment_without_end: format!("<!--{}", "--!- <p>".repeat(n(100_000)));
    comments: "<!-- a -->b".repeat(n(100_000));
    script_without_end: format!("{SENTENCE}<script>{}", "<!--<script>".repeat(n(50_000)));
    raw_text_openers: "<script><style><textarea><title><xmp><plaintext>".repeat(n(20_000));
    doctypes: "<!doctype html>".repeat(n(50_000));
    processing: "<?xml ?>".repeat(n(100_000));
    brackets: "[(【「".repeat(n(100_000));
    quotes: "\"'“‘«".repeat(n(100_000));
    combining_marks: "e".to_owned() + &"\u{301}".repeat(n(500_000));
    joiners: "👩\u{200d}".repeat(n(100_000));
    /// Compatibility normalisation expands this character to eighteen.
    expanding_characters: "\u{fdfa}".repeat(n(100_000));
    directions: "\u{202e}\u{2066}a\u{2069}".repeat(n(80_000));
    digits: "1".repeat(n(1_000_000));
    credits: format!("<p>{}</p>", "photo: AFP / ".repeat(n(100_000)));
    cards: format!("관련기사\n{}", "http://a.example/1\nA headline\nwith its teaser\n".repeat(3)).repeat(n(3_000));
    glued_decks: format!("공장이 멈춘 밤의 긴 기록과 열한 분\n{}", "공장이 멈춘 밤의 긴 기록과 열한 분가나다라 ".repeat(n(10_000)));
    /// Words that may be glued together, each compared with all others.
    glued_words: format!("공장이 멈춘 밤의 긴 기록\n공장이 멈춘 밤의 긴 기록{}", "다가 ".repeat(n(250_000)));
    glued_words_alike: format!("공장이 멈춘 밤의 긴 기록\n공장이 멈춘 밤의 긴 기록{}", "가나다라 ".repeat(n(200_000)));
    glued_long_words: format!("공장이 멈춘 밤의 긴 기록\n공장이 멈춘 밤의 긴 기록과 {}", ("가".repeat(n(100_000)) + " ").repeat(4));
    separators: format!("<title>{}</title><p>{SENTENCE}", "a | b - c : ".repeat(n(50_000)));

    // Marks in pages that their links identify as Markdown.
    markdown_backslashes: markdown(&("\\".repeat(n(1_000_000)) + "x"));
    markdown_brackets: markdown(&"[".repeat(n(500_000)));
    markdown_brackets_closed: markdown(&("[".repeat(n(300_000)) + &"]".repeat(n(300_000))));
    markdown_pictures: markdown(&"![".repeat(n(300_000)));
    markdown_targets: markdown(&"](".repeat(n(300_000)));
    markdown_targets_with_titles: markdown(&"[a](b \"".repeat(n(100_000)));
    markdown_targets_of_parentheses: markdown(&format!("[a]({}", "(".repeat(n(500_000))).repeat(2));
    markdown_data: markdown(&"[a](data:".repeat(n(100_000)));
    markdown_stars: markdown(&"*".repeat(n(1_000_000)));
    markdown_stars_and_words: markdown(&"*a **b ".repeat(n(100_000)));
    markdown_low_lines: markdown(&"_a".repeat(n(300_000)));
    markdown_backticks: markdown(&"`".repeat(n(1_000_000)));
    markdown_backticks_and_words: markdown(&"`a``b```c````d".repeat(n(50_000)));
    markdown_quotes: markdown(&("> ".repeat(n(300_000)) + SENTENCE));
    markdown_quotes_line_by_line: markdown(&(1..n(1_200)).map(|i| "> ".repeat(i) + "one\n").collect::<String>());
    markdown_bars: markdown(&("| ".repeat(n(300_000)) + "\n" + &"|--".repeat(n(100_000))));
    markdown_rows: markdown(&("a|b\n-|--\n".to_owned() + &"| ".repeat(200).repeat(n(1_000)) + &"a|b\n".repeat(n(50_000))));
    markdown_definitions: markdown(&(0..n(50_000)).map(|i| format!("[a{i}]: /b\n[a{i}]\n")).collect::<String>());
    markdown_names: markdown(&("[a]: /b\n\n".to_owned() + &"[a][".repeat(n(100_000))));
    markdown_fences: markdown(&"~~~\n```\n~~~ a\n".repeat(n(50_000)));
    markdown_indents: markdown(&"    a\n    ~~~\n\n\tb\n".repeat(n(50_000)));
    markdown_lists: markdown(&(1..n(1_200)).map(|i| "  ".repeat(i) + "- one\n").collect::<String>());
    markdown_angles: markdown(&"<a@".repeat(n(200_000)));
    markdown_attributes: markdown(&"[a]{.b".repeat(n(100_000)));

    // Words and numbers that metadata extraction looks for.
    dates: "2024-01-01 12:00 ".repeat(n(50_000));
    /// Every day from 1900 to 2099.
    distinct_dates: days().take(n(200_000)).collect::<String>();
    distinct_dates_of_a_block: format!("<p>{}</p>", days().take(n(200_000)).collect::<String>());
    distinct_names: (0..n(100_000)).map(|at| format!("<p class=author>By Jane Miller{at}</p>")).collect::<String>();
    distinct_titles: (0..n(100_000)).map(|at| format!("<h1>Ferry number {at} sails again</h1>")).collect::<String>();
    dates_without_separators: "20240101".repeat(n(100_000));
    date_labels: "입력 ".repeat(n(200_000));
    date_lines: "입력 2024-01-01 12:00 수정 2024-01-02\n".repeat(n(20_000));
    bylines: "홍길동 기자\n".repeat(n(50_000));
    bylines_in_one_line: "By Ann Lee and Bo Ray, ".repeat(n(40_000));
    role_words: "기자".repeat(n(200_000));
    mails: "a@b.example ".repeat(n(80_000));
    at_signs: "@".repeat(n(500_000));
    long_address: format!("{}@{}", "a.".repeat(n(200_000)), "b.".repeat(n(200_000)));
    junk_phrases: "무단 전재 및 재배포 금지 관련기사 많이 본 뉴스 댓글 ".repeat(n(15_000));

    // Structured data.
    linked_data_nested: format!("<script type=application/ld+json>{}</script>{SENTENCE}", "[".repeat(n(500_000)));
    linked_data_objects: format!("<script type=application/ld+json>{}</script>", "{\"author\":".repeat(n(50_000)));
    linked_data_blocks: "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"A\"}}</script>".repeat(n(10_000));
    linked_data_authors: format!("<script type='application/ld+json'>{{\"author\":[{}\"z\"]}}</script>", "{\"name\":\"Ann Lee\"},".repeat(n(30_000)));
    linked_data_broken: format!("<script type='application/ld+json'>{{\"a\":\"{}</script>", "\\\"\n,}".repeat(n(50_000)));
    /// A graph whose nodes refer to each other in a cycle.
    linked_data_circle: format!("<script type='application/ld+json'>{{\"@graph\":[{}{{\"@id\":\"n0\"}}]}}</script>{SENTENCE}",
        (0..n(5_000)).map(|i| format!("{{\"@id\":\"n{i}\",\"@type\":\"Article\",\"author\":{{\"@id\":\"n{}\"}}}},", i + 1)).collect::<String>());
    /// References to one object, which is large.
    linked_data_references: format!("<script type='application/ld+json'>[{{\"@id\":\"p\",{}}}{}]</script>{SENTENCE}",
        (0..n(30_000)).map(|i| format!("\"k{i}\":1,")).collect::<String>(),
        format!(",{{\"@type\":\"Article\",\"author\":[{}0]}}", "{\"@id\":\"p\"},".repeat(40)).repeat(199)).repeat(n(8));
    /// References to one object of many long names: 400 KB become a gigabyte if each is kept.
    linked_data_names: format!("<script type='application/ld+json'>[{{\"@id\":\"p\",\"name\":[{}0]}}{}]</script>{SENTENCE}",
        format!("\"{}\",", "Ann ".repeat(1_000)).repeat(40),
        format!(",{{\"@type\":\"Article\",\"author\":[{}0]}}", "{\"@id\":\"p\"},".repeat(40)).repeat(199));
    metas: "<meta name=author content='Ann Lee'><meta property=article:published_time content=2024-01-01>".repeat(n(10_000));
    meta_of_one_value: format!("<meta name=author content='{}'>", "Ann Lee, ".repeat(n(100_000)));
    titles: "<title>one</title>".repeat(n(40_000));
    microdata: "<div itemscope itemtype=//schema.org/Person itemprop=author><span itemprop=name>Ann</span>".repeat(n(10_000));
}

#[test]
fn bytes_of_no_encoding() {
    // Every pair of bytes, decoded with each of these encodings, right or wrong.
    let bytes: Vec<u8> = (0..=255u8).flat_map(|a| (0..=255u8).flat_map(move |b| [a, b])).collect();
    for label in ["utf-8", "euc-kr", "shift_jis", "gb18030", "big5", "iso-2022-jp", "utf-16le", "utf-16be"] {
        for input in INPUTS {
            let page = Page::new(&bytes).charset(label).input(*input);
            let found = Extractor::new().extract(page);
            assert!(matches!(found, Ok(_) | Err(Error::Binary)), "{label}: {found:?}");
        }
    }
}

#[test]
fn charsets_declared_again_and_again() {
    survive(&"<meta charset=euc-kr><?xml encoding='utf-16'?>".repeat(20_000));
    survive(&format!("<meta http-equiv=content-type content='text/html; charset={}'>", "charset=".repeat(100_000)));
}

#[test]
fn limit_is_measured_before_reading() {
    let page = "물".repeat(1_000);
    let outcome = Extractor::new().max_bytes(2_999).extract(page.as_str());
    assert_eq!(outcome.unwrap_err(), Error::TooLarge { len: 3_000, limit: 2_999 });
    assert!(Extractor::new().max_bytes(3_000).extract(page.as_str()).is_ok(), "near miss: just within");
}

#[test]
fn unknown_charset_is_an_error_with_its_label() {
    let outcome = Extractor::new().extract(Page::new(b"<p>one").charset("utf-99"));
    assert_eq!(outcome.unwrap_err(), Error::UnknownEncoding { label: "utf-99".into() });
}

/// A depth limit must not drop text deep in a page.
#[test]
fn text_below_the_depth_limit_is_not_lost() {
    let prose =
        "The river moved last spring, and the village that had stood beside it for four centuries went with it. "
            .repeat(8);
    for depth in [100, 300, 600, 5_000] {
        let article = read(&format!("{}<p>{prose}</p>", "<div>".repeat(depth)), Input::Html);
        assert!(article.body().contains("four centuries"), "{depth}: {:?}", article.verdict());
    }
}
