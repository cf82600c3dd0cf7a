//! No control character, override of direction or the like gets from a page into an article, however it is written.

use copydesk::{Article, Extractor, Include, Input, Page};

/// Characters that move the cursor of a terminal, end a line, turn the text behind them around, or are forbidden in XML.
const UNWANTED: [char; 11] =
    ['\0', '\u{b}', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{202a}', '\u{202e}', '\u{2069}', '\u{ffff}'];

/// A page with text wherever an article takes it from; `@` stands for the character, `\u0040` for itself.
const HTML: &str = r#"<html lang="en@-gb"><head><title>Ferry k@eeps its hours</title>
  <meta property="og:site_name" content="Harbour @Post"><meta name=description content="A ferry @that keeps its hours.">
  <meta property="article:section" content="Tra@vel"><meta property="article:tag" content="fer@ry">
  <meta name="author" content="Ada F@inch"><link rel=license href="/licen@ce"><link rel=canonical href="/a@b">
  <meta property="og:image" content="/a@.jpg">
  <script type="application/ld+json">{"\u0040type":"NewsArticle","headline":"Ferry k\u001beeps its hours","author":{"name":"A\u202eda"}}</script>
  </head><body><nav><a href=/>Ho@me</a> <a href=/sport>Sport</a></nav><article><h1>Ferry k@eeps its hours</h1>
  <p class=byline>By Ada F@inch, Har@bour Post</p><time>5 Mar@ch 2024</time>
  <p>The ferry left at nine, as it had on every day but one since the war,@ and nobody on the quay lo@oked up.@</p>
  <p>@<span>@</span>It came back in the evening with the mail, two bicycles and <b>@a letter</b> that would be talked about.</p>
  <figure><img src=a.jpg><figcaption>The fer@ry. Photo: Bo R@ay</figcaption></figure>
  <table><tr><td>On@e</td><td>Two</td></tr><tr><td>Three</td><td>Fo@ur</td></tr></table>
  <ul><li>It@em one of the timetable, which has changed</li></ul><pre><code>le@ave(
  nine)@</code></pre><blockquote>No@body looked up, said the mate, and went below to his breakfast.</blockquote>
  <p>Visible <span style="display:none">hid@den</span> text ends here, after a few more words about the ferry.</p>
  </article><footer>Copy@right 2024 Harbour Post. All rights reserved.</footer></body></html>"#;

const TEXT: &str = "Ferry k@eeps its hours\n\nBy Ada F@inch\nPublished 5 March 2024 0@9:00\n\n\
    The ferry left at nine, as it had on every day but one since the war,@ and nobody on the quay looked up.\n\n\
    - It@em one\n- Item two\n\n```\nle@ave(\n  nine)@\n```\n\na@ | b\n--- | ---\n1 | 2@\n\n\
    It came back in the evening with the mail, two bicycles and a letter that would be @talked about for years.\n\n\
    Copy@right 2024 Harbour Post. All rights reserved.\n";

const MARKDOWN: &str = "---\ntitle: Ferry k@eeps its hours\nauthor: Ada F@inch\nsite: Har@bour\n---\n\n[Ho@me](/) [Sport](/sport) [News](/news)\n\n\
    # Ferry k@eeps its hours\n\n*By Ada F@inch*\n\nThe ferry left at **nine**, as it had on [every da@y](/d@y \"t@d\") but one since the \
    war,@ and nobody on the quay looked up.\n\n```\nle@ave\n```\n\n> It came back in the @evening with the mail.\n";

const MAIL: &str = "From: Ada F@inch <ada@example.org>\nTo: Bo\nDate: Tue, 5 Mar 2024 09:00:00 +0100\nSubject: Ferry k@eeps its hours\n\n\
    The ferry left at nine, as it had on every day but one since the war,@ and nobody on the quay looked up.\n";

const DATA: &str = r#"{"title":"Ferry k@eeps its hours","author":"Ada F@inch","body":"The ferry left at nine, as it had on every day but one since the war,@ and nobody on the quay looked up. It came back in the evening with the mail, two bicycles and a letter that would be talked about for years."}"#;

/// Everything that an article has to say.
fn all(article: &Article) -> Vec<String> {
    let one = [
        article.title(),
        article.byline(),
        article.site(),
        article.lang(),
        article.canonical(),
        article.image(),
        article.section(),
        article.description(),
        article.license(),
        Some(article.body()),
    ];
    let mut all: Vec<String> = one.into_iter().flatten().map(str::to_owned).collect();
    all.extend(article.people().iter().map(|person| format!("{person:?}")));
    all.extend(
        article.people().iter().flat_map(|person| [Some(person.name.clone()), person.affiliation.clone()]).flatten(),
    );
    all.extend(article.tags().iter().cloned());
    all.extend(article.blocks().map(|block| block.text.to_owned()));
    all.extend(article.captions().map(str::to_owned));
    all.extend(article.struck().map(|struck| struck.text.to_owned()));
    all.extend([article.to_markdown(), article.to_html()]);
    all
}

#[test]
fn nothing_unwanted_comes_out() {
    let is_unwanted = |c: char| {
        let is_control = c.is_control() && !matches!(c, '\n' | '\t');
        is_control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    let mut extractor = Extractor::new().include(Include::Tables);
    for unwanted in UNWANTED {
        assert!(is_unwanted(unwanted));
        let number = u32::from(unwanted);
        for written in
            [unwanted.to_string(), format!("&#x{number:x};"), format!("&amp;#{number};"), format!("\\u{number:04x}")]
        {
            for page in [HTML, TEXT, MARKDOWN, MAIL, DATA] {
                let page = page.replace('@', &written);
                for input in [Input::Auto, Input::Html, Input::Text, Input::Mixed] {
                    let article = extractor
                        .extract(Page::from(page.as_str()).input(input).url("https://example.org/x"))
                        .expect("small");
                    for text in all(&article) {
                        assert!(!text.contains(is_unwanted), "{input:?} with {written:?}: {text:?}");
                    }
                }
            }
        }
    }
}

/// What remains reads on, and is still found where it was.
#[test]
fn what_is_left_out_parts_no_word_and_moves_no_range() {
    let clean = HTML.replace('@', "");
    for unwanted in ["\u{1b}", "\u{7f}", "\u{8f}", "\u{202e}", "\u{2066}", "\u{ffff}"] {
        let page = HTML.replace('@', unwanted);
        let (article, expected) = (read(&page), read(&clean));
        assert_eq!(article.body(), expected.body(), "{unwanted:?}");
        assert_eq!(article.people(), expected.people(), "{unwanted:?}");
        for (block, expected) in article.blocks().zip(expected.blocks()) {
            let source = block.source.and_then(|source| page.get(source)).expect("a range of the page");
            let expected = expected.source.and_then(|source| clean.get(source));
            assert_eq!(Some(source.replace(unwanted, "").as_str()), expected, "{unwanted:?}");
        }
    }
}

fn read(page: &str) -> Article {
    Extractor::new().extract(Page::from(page).input(Input::Html)).expect("small")
}
