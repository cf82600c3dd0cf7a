//! Unrequested fields are empty, and requested fields do not depend on which others are requested.

mod fixture;

use copydesk::{Article, Extractor, Field, Page, PartialDate, Person, Verdict};

const ALL: [Field; 5] = [Field::Title, Field::Byline, Field::Date, Field::Body, Field::Declared];

/// A field of an article in a form that can be compared.
fn shown(article: &Article, field: Field) -> String {
    match field {
        Field::Title => format!("{:?}", article.title()),
        Field::Byline => format!("{:?} {:?}", article.byline(), article.people()),
        Field::Date => format!("{:?} {:?}", article.date(), article.modified()),
        Field::Body => {
            let (captions, struck) = (article.captions().collect::<Vec<_>>(), article.struck().collect::<Vec<_>>());
            format!("{:?} {:?} {captions:?} {struck:?}", article.verdict(), article.body())
        }
        _ => {
            let addresses = (article.canonical(), article.image(), article.license());
            format!(
                "{:?} {:?} {addresses:?} {:?} {:?}",
                article.site(),
                article.lang(),
                article.tags(),
                article.description()
            )
        }
    }
}

#[test]
fn wanted_with_the_body_or_alone_is_the_same() {
    let mut whole = Extractor::new();
    for fixture in fixture::all() {
        let expected = whole.extract(fixture.bytes.as_slice()).expect("small");
        for field in ALL {
            let wanted = [field, Field::Body];
            let article = Extractor::new().fields(wanted).extract(fixture.bytes.as_slice()).expect("small");
            for field in wanted {
                assert_eq!(shown(&article, field), shown(&expected, field), "{field:?} of {}", fixture.name);
            }
        }
        let declared = Extractor::new().fields([Field::Declared]).extract(fixture.bytes.as_slice()).expect("small");
        assert_eq!(shown(&declared, Field::Declared), shown(&expected, Field::Declared), "{}", fixture.name);
    }
}

#[test]
fn what_is_decided_is_held_likelier_than_not() {
    let notice =
        "<title>Shop</title><noscript>Please enable JavaScript to view this page, it does not work without.</noscript>";
    let pages = fixture::all().into_iter().map(|fixture| (fixture.name, fixture.bytes));
    let mut without = 0;
    for (name, bytes) in pages.chain([("notice".to_owned(), notice.into())]) {
        if let Verdict::NoArticle { confidence, .. } =
            Extractor::new().extract(bytes.as_slice()).expect("small").verdict()
        {
            without += 1;
            assert!(confidence >= 0.5, "{name}: no article with {confidence}");
        }
    }
    assert!(without > 1, "{without} pages have no article");
}

#[test]
fn unwanted_is_empty() {
    let nothing: [&dyn Fn(&Article) -> bool; 5] = [
        &|article| article.title().is_none(),
        &|article| article.byline().is_none() && article.people() == [] as [Person; 0],
        &|article| article.date().is_none() && article.modified().is_none(),
        &|article| article.verdict() == Verdict::Unknown && article.body().is_empty() && article.struck().count() == 0,
        &|article| article.site().is_none() && article.lang().is_none() && article.canonical().is_none(),
    ];
    for fixture in fixture::all() {
        for wanted in ALL {
            let article = Extractor::new().fields([wanted]).extract(fixture.bytes.as_slice()).expect("small");
            for (field, is_empty) in ALL.iter().zip(nothing) {
                assert!(*field == wanted || is_empty(&article), "{field:?} of {}, wanted {wanted:?}", fixture.name);
            }
        }
    }
}

#[test]
fn no_date_is_after_the_crawl() {
    let page = "<meta property=article:published_time content=2030-03-05><article><h1>The ferry is back</h1>\
                <p>The ferry that once crossed the harbour each morning is back, and the town came out to see it \
                leave. It had been laid up for ten years while the council looked for money.</p></article>";
    let published = |crawled: &str| {
        let crawled: PartialDate = crawled.parse().expect("a date");
        let article = Extractor::new().extract(Page::from(page).crawled_at(crawled)).expect("small");
        article.date().map(|date| date.to_string())
    };
    assert_eq!(published("2030-03-06").as_deref(), Some("2030-03-05"));
    assert_eq!(published("2030-03-04").as_deref(), Some("2030-03-05"), "the day had begun further east");
    assert_eq!(published("2024-01-01"), None);
}
