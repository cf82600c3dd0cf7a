//! Checks title, people, dates, body, captions and struck text of the fixture pages.
//!
//! `fixtures/known-failures.txt` lists the checks that currently fail. It is exact in both directions: this test fails
//! for a new failure and for a listed check that passes, so that the list can only shrink. `COPYDESK_BLESS=1` rewrites
//! it, for review in the diff. `COPYDESK_FIXTURE=name` prints all failures of one page.

mod fixture;

use copydesk::{Article, Extractor, Input, Page, PartialDate};
use fixture::flatten::flatten;
use fixture::similarity::token_f1;
use fixture::{Expected, Fixture};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

/// Minimum token F1 of a body, even if all its paragraphs are there.
const BODY_F1: f64 = 0.97;

/// Minimum token F1 between the bodies of a page and of its flattened text: markup may help, but must not be decisive.
const FLATTENED_F1: f64 = 0.90;

/// Families of boilerplate that at least two fixtures must contain.
const FAMILIES: &[&str] = &[
    "navigation",
    "related",
    "ranking",
    "ticker",
    "share",
    "subscribe",
    "comments",
    "copyright",
    "reporter_card",
    "board_frame",
    "spam",
    "widget",
    "consent",
    "advert",
    "duplicate",
    "hidden",
];

#[test]
fn pages_give_what_is_expected() {
    let only = std::env::var("COPYDESK_FIXTURE").ok();
    let mut extractor = Extractor::new();
    let mut failures = BTreeMap::new();
    for fixture in fixture::all().iter().filter(|f| only.as_deref().is_none_or(|name| f.name == name)) {
        for (check, message) in failures_of(fixture, &mut extractor) {
            let messages: &mut Vec<String> = failures.entry(format!("{}: {check}", fixture.name)).or_default();
            messages.push(message);
        }
    }
    let list = fixture::root().join("known-failures.txt");
    if let Some(name) = only {
        assert!(failures.is_empty(), "{name}:\n{}", report(failures.iter()));
        return;
    }
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        fs::write(&list, failures.keys().map(|line| format!("{line}\n")).collect::<String>()).expect("write the list");
        return;
    }
    let known = fs::read_to_string(&list).expect("fixtures/known-failures.txt");
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let new = report(failures.iter().filter(|(check, _)| !known.contains(check.as_str())));
    let mended: Vec<&&str> = known.iter().filter(|check| !failures.contains_key(**check)).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "new failures:\n{new}\nlisted, but passing; take them off: {mended:#?}"
    );
}

#[test]
fn every_family_of_junk_occurs_in_two_pages() {
    let fixtures = fixture::all();
    for family in FAMILIES {
        let pages = fixtures.iter().filter(|f| f.expected.struck.iter().any(|s| s.reason == *family)).count();
        assert!(pages >= 2, "{family}: {pages}");
    }
}

#[test]
fn every_expectation_has_its_page() {
    let pages: BTreeSet<String> = fixture::all().into_iter().map(|f| f.name).collect();
    let records = fs::read_dir(fixture::root().join("expected")).expect("fixtures/expected");
    let records: BTreeSet<String> =
        records.map(|e| e.expect("entry").path().file_stem().expect("name").to_string_lossy().into_owned()).collect();
    assert_eq!(pages, records);
}

fn report<'a>(failures: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> String {
    let mut out = String::new();
    for (check, messages) in failures {
        let _ = writeln!(out, "{check}");
        for message in messages {
            let _ = writeln!(out, "    {message}");
        }
    }
    out
}

/// The failed checks, each with a message.
fn failures_of(fixture: &Fixture, extractor: &mut Extractor) -> Vec<(&'static str, String)> {
    let article = match extractor.extract(fixture.bytes.as_slice()) {
        Ok(article) => article,
        Err(error) => return vec![("error", error.to_string())],
    };
    let expected = &fixture.expected;
    let mut failures = Failures::default();
    failures.reading(expected, &article);
    failures.struck(expected, &article);
    if expected.article {
        failures.metadata(expected, &article);
        failures.body(expected, &article);
        if fixture.html {
            failures.flattened(fixture, &article, extractor);
        }
    } else {
        failures.check("body", article.body().is_empty(), || format!("kept {:?}", shortened(article.body())));
    }
    failures.0
}

#[derive(Default)]
struct Failures(Vec<(&'static str, String)>);

impl Failures {
    fn check(&mut self, name: &'static str, passes: bool, message: impl FnOnce() -> String) {
        if !passes {
            self.0.push((name, message()));
        }
    }

    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, name: &'static str, ours: T, wanted: T) {
        self.check(name, ours == wanted, || format!("{ours:?} instead of {wanted:?}"));
    }

    fn reading(&mut self, expected: &Expected, article: &Article) {
        let input = match article.input() {
            Input::Html => "html",
            Input::Text => "text",
            Input::Mixed => "mixed",
            other => panic!("an article cannot be {other:?}"),
        };
        self.equal("input", input, expected.input.as_str());
        if let Some(encoding) = &expected.encoding {
            self.equal("encoding", article.encoding(), encoding.as_str());
        }
        let is_article = article.verdict().is_article();
        self.check("verdict", is_article == expected.article, || format!("{:?}", article.verdict()));
    }

    fn metadata(&mut self, expected: &Expected, article: &Article) {
        self.equal("title", article.title(), expected.title.as_deref());
        self.equal(
            "authors",
            article.authors().collect::<Vec<_>>(),
            expected.authors.iter().map(String::as_str).collect(),
        );
        self.date("date", article.date(), expected.date.as_deref());
        self.date("modified", article.modified(), expected.modified.as_deref());
    }

    /// A date may have more precise seconds and offset than expected, but a time of day must not be made up.
    fn date(&mut self, name: &'static str, ours: Option<PartialDate>, wanted: Option<&str>) {
        // In a record, a date without a year is null.
        let ours = ours.filter(|date| date.year().is_some()).map(|date| date.to_string());
        let passes = match (&ours, wanted) {
            (Some(ours), Some(wanted)) => ours.starts_with(wanted) && ours.contains('T') == wanted.contains('T'),
            (None, None) => true,
            _ => false,
        };
        self.check(name, passes, || format!("{ours:?} instead of {wanted:?}"));
    }

    fn body(&mut self, expected: &Expected, article: &Article) {
        let body = squeezed(article.body());
        for paragraph in &expected.body {
            self.check("lost", body.contains(&squeezed(paragraph)), || format!("lost {:?}", shortened(paragraph)));
        }
        let f1 = token_f1(article.body(), &expected.body.join("\n\n"));
        self.check("similarity", f1 >= BODY_F1, || format!("token F1 {f1:.3}"));
        for caption in &expected.captions {
            let caption_text = squeezed(caption);
            let ours = article.captions().map(squeezed).any(|ours| ours.contains(&caption_text));
            self.check("caption", ours, || format!("no caption {caption:?}"));
            self.check("leak", !body.contains(&caption_text), || format!("caption in the body: {caption:?}"));
        }
    }

    fn struck(&mut self, expected: &Expected, article: &Article) {
        let body = squeezed(article.body());
        for wanted in &expected.struck {
            let text = squeezed(&wanted.contains);
            let times = body.matches(&text).count();
            let leaks = match wanted.reason.as_str() {
                // The other copy is in the body.
                "duplicate" => times > 1,
                // One or two words may be part of a sentence.
                _ if text.chars().count() < 8 => article.blocks().any(|block| squeezed(block.text) == text),
                _ => times > 0,
            };
            self.check("leak", !leaks, || format!("{} in the body: {:?}", wanted.reason, shortened(&wanted.contains)));
            let reasons: Vec<&str> =
                article.struck().filter(|s| squeezed(s.text).contains(&text)).map(|s| s.reason.key()).collect();
            let mut allowed = wanted.reason.split('|');
            let passes = allowed.any(|reason| reason == "any" && !reasons.is_empty() || reasons.contains(&reason));
            self.check("reason", passes || leaks, || {
                format!("{reasons:?} instead of {}: {:?}", wanted.reason, shortened(&wanted.contains))
            });
        }
    }

    /// The page without its markup gives nearly the same result.
    fn flattened(&mut self, fixture: &Fixture, article: &Article, extractor: &mut Extractor) {
        let text = flatten(&fixture.decoded());
        let flat = extractor.extract(Page::from(text.as_str()).input(Input::Text)).expect("no page is too large");
        self.check("flattened-title", flat.title() == article.title(), || {
            format!("{:?} from the text, {:?} from the markup", flat.title(), article.title())
        });
        let f1 = token_f1(flat.body(), article.body());
        self.check("flattened-body", f1 >= FLATTENED_F1, || format!("token F1 {f1:.3}"));
    }
}

/// The text without white space, which depends on layout.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
