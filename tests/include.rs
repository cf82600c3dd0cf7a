//! Including something changes nothing else.

mod fixture;

use copydesk::{Article, Extractor, Include, Reason};

/// All fields of an article except the body and what was struck, and its verdict.
fn beside(article: &Article) -> String {
    let fields = (article.title(), article.byline(), article.people(), article.date(), article.modified());
    format!("{fields:?} {:?}", article.verdict())
}

/// The characters of a text without white space: a table that is kept whole joins its cells differently.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether `part` is `whole` with some characters removed.
fn is_left_of(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|c| whole.any(|other| other == c))
}

#[test]
fn nothing_else_changes() {
    for fixture in fixture::all() {
        let default = Extractor::new().extract(fixture.bytes.as_slice()).expect("small");
        for what in [Include::Comments, Include::Captions, Include::Tables] {
            let article = Extractor::new().include(what).extract(fixture.bytes.as_slice()).expect("small");
            let name = format!("{} with {what:?}", fixture.name);
            assert_eq!(beside(&article), beside(&default), "{name}");
            let (before, after) = (letters(default.body()), letters(article.body()));
            assert!(is_left_of(&before, &after), "{name}: something of the body is gone");
            let struck = |article: &Article, wanted: fn(Reason) -> bool| -> Vec<String> {
                article.struck().filter(|struck| wanted(struck.reason)).map(|struck| struck.text.to_owned()).collect()
            };
            match what {
                Include::Comments => {
                    let others = |reason| reason != Reason::Comments;
                    assert_eq!(struck(&article, others), struck(&default, others), "{name}");
                    let has_article = !default.body().is_empty();
                    assert!(!has_article || article.struck().all(|struck| struck.reason != Reason::Comments), "{name}");
                }
                Include::Captions => {
                    assert_eq!(struck(&article, |_| true), struck(&default, |_| true), "{name}");
                    assert_eq!(article.captions().count(), 0, "{name}");
                }
                _ => {
                    assert_eq!(article.captions().collect::<Vec<_>>(), default.captions().collect::<Vec<_>>(), "{name}")
                }
            }
        }
    }
}

#[test]
fn tables_come_whole() {
    let prose =
        "The ferry now leaves at nine, which nobody in the village had asked for, as the mayor said on Monday. "
            .repeat(3);
    let row = |name: &str| format!("<tr><td>{name}</td><td>+4.2%</td><td>-0.3%</td></tr>");
    let table = format!("<table>{}{}{}</table>", row("North"), row("South"), row("East"));
    let page = format!("<article><h1>Ferry leaves at nine</h1><p>{prose}</p>{table}<p>{prose}</p></article>");
    let layout = format!("<article><p>{prose}</p><table><tr><td>Menu</td></tr></table><p>{prose}</p></article>");
    let whole = Extractor::new().include(Include::Tables).extract(page.as_str()).expect("small");
    assert!(whole.body().contains("North\t+4.2%\t-0.3%\nSouth"), "{}", whole.body());
    let figures = "<table class=ticker><tr><td>KOSPI<td>2,494.28<td>▼20.67<tr><td>KOSDAQ<td>700.1<td>▲1.2</table>";
    let ticker = page.replace(&table, figures);
    let has_figures = |mut extractor: Extractor| {
        extractor.extract(ticker.as_str()).expect("small").body().contains("KOSPI\t2,494.28")
    };
    assert!(!has_figures(Extractor::new()), "struck by default");
    assert!(has_figures(Extractor::new().include(Include::Tables)));
    let laid_out = Extractor::new().include(Include::Tables).extract(layout.as_str()).expect("small");
    let default = Extractor::new().extract(layout.as_str()).expect("small");
    assert_eq!(laid_out.body(), default.body());
}

#[test]
fn rules_tell_hidden_words_apart() {
    let page = "<p>It is <span hidden class=a>kept</span> and <span hidden class=b>struck</span> so.</p>";
    let mut extractor = Extractor::new().keep("p, .a").expect("selector").strike(".b").expect("selector");
    let article = extractor.extract(page).expect("small");
    assert_eq!(article.body(), "It is and so.\n\nkept");
    let struck: Vec<(&str, Reason)> = article.struck().map(|struck| (struck.text, struck.reason)).collect();
    assert_eq!(struck, [("struck", Reason::Rule)]);
}

/// What the caller says counts for more than that a text was there before.
#[test]
fn what_a_rule_keeps_may_repeat() {
    let paragraphs: String = ["ferry", "boat", "barge", "raft"]
        .map(|ship| {
            format!("<p>The {ship} left at nine, as it had done for forty years, and nobody on the quay looked up from the nets, said the man from the {ship}.</p>")
        })
        .concat();
    let page = format!(
        "<h1>Ships</h1><div class=wide><div>{paragraphs}</div></div><section class=small><div>{paragraphs}</div></section>"
    );
    let count = |mut extractor: Extractor| {
        extractor.extract(page.as_str()).expect("small").body().matches("The barge left").count()
    };
    assert_eq!(count(Extractor::new()), 1);
    assert_eq!(count(Extractor::new().keep("p").expect("a selector")), 2);
}
