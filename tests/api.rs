//! What a Rust programmer expects of the public types: traits, iterators, and how they are stored.

use copydesk::*;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

#[test]
fn everything_may_be_shared_between_threads() {
    fn check<T: Send + Sync + Unpin + Debug + Clone>() {}
    check::<Extractor>();
    check::<Page<'_>>();
    check::<Article>();
    check::<Piece<'_>>();
    check::<Verdict>();
    check::<Confidence>();
    check::<Clue>();
    check::<Error>();
    check::<UnknownKey>();
    check::<InvalidDate>();
}

#[test]
fn values_have_the_common_traits() {
    fn value<T: Clone + Debug + Eq + Hash + Send + Sync>() {}
    fn small<T: Copy + Debug + Display + Eq + Hash + Ord + Send + Sync>() {}
    value::<Block<'_>>();
    value::<BlockKind>();
    value::<Level>();
    value::<LevelKind>();
    value::<Person>();
    small::<PartialDate>();
    small::<Time>();
    small::<Offset>();
    small::<EncodingSource>();
    small::<Field>();
    small::<Include>();
    small::<Input>();
    small::<Reason>();
    small::<Role>();
    assert_eq!(Input::default(), Input::Auto);
    fn error<T: std::error::Error + Send + Sync + Eq + 'static>() {}
    error::<Error>();
    error::<InvalidDate>();
    error::<UnknownKey>();
}

#[test]
fn keys_are_read_and_shown() {
    fn check<T: Copy + Debug + Display + Eq + FromStr<Err = UnknownKey>>(all: &[T]) {
        let keys: BTreeSet<String> = all.iter().map(T::to_string).collect();
        assert_eq!(keys.len(), all.len(), "each has a key of its own");
        for &one in all {
            let key = one.to_string();
            assert!(key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{key}");
            assert_eq!(key.parse::<T>(), Ok(one));
            assert_eq!(
                key.to_uppercase().parse::<T>().map_err(|error| error.to_string()),
                Err(format!("unknown key {:?}", key.to_uppercase()))
            );
        }
    }
    check(EncodingSource::ALL);
    check(Field::ALL);
    check(Include::ALL);
    check(Input::ALL);
    check(Reason::ALL);
    check(Role::ALL);
}

fn article() -> Article {
    let mut extractor = Extractor::new().keep("h2, p, ol, pre").unwrap().strike(".ad").unwrap().clues(true);
    let page = "<p class=ad>Buy!</p><article><h2>Ferries</h2><p>One left.</p><ol start=3><li>Look.</li></ol>
        <figure><img src=a><figcaption>The quay</figcaption></figure><pre>a</pre></article><p class=ad>Sell!</p>";
    extractor.extract(page).unwrap()
}

#[test]
fn parts_can_be_counted_and_read_backwards() {
    let article = article();
    let (blocks, struck, pieces) = (article.blocks(), article.struck(), article.pieces());
    assert_eq!((blocks.len(), struck.len(), article.captions().len()), (4, 2, 1));
    assert_eq!(pieces.len(), 7);
    assert_eq!(article.blocks().next_back().map(|block| block.kind), Some(BlockKind::Code));
    assert_eq!(article.struck().next_back().map(|struck| struck.text), Some("Sell!"));
    assert!(matches!(article.pieces().next_back(), Some(Piece::Struck(_))));
    assert!(article.pieces().rev().eq(article.pieces().collect::<Vec<_>>().into_iter().rev()));
}

#[cfg(feature = "serde")]
mod stored {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn keys_are_those_of_the_documentation() {
        let kinds = [BlockKind::Paragraph, BlockKind::ListItem, BlockKind::Quote, BlockKind::Code, BlockKind::Table];
        for kind in kinds {
            assert_eq!(json!(kind), kind.key());
        }
        assert_eq!(json!(BlockKind::Heading(2)), json!({BlockKind::Heading(2).key(): 2}));
        assert_eq!(json!(LevelKind::Item(Some(3))), json!({"item": 3}));
        assert_eq!(json!(LevelKind::Quote), "quote");
        assert_eq!(json!(EncodingSource::Undone), EncodingSource::Undone.key());
        assert_eq!(json!(Verdict::Unknown), "unknown");
        assert_eq!(
            json!(Verdict::NoArticle { reason: Reason::BoardFrame, confidence: 0.5 }),
            json!({"no_article": {"reason": "board_frame", "confidence": 0.5}})
        );
        assert_eq!(json!("2025-04".parse::<PartialDate>().unwrap()), "2025-04");
    }

    #[test]
    fn pieces_are_written() {
        let pieces = json!(article().pieces().collect::<Vec<_>>());
        assert_eq!(pieces[1]["kept"]["kind"], json!({"heading": 2}));
        assert_eq!(pieces[3]["kept"]["levels"], json!([{"kind": {"item": 3}, "begins": true}]));
        assert_eq!(pieces[4], json!({"caption": "The quay"}));
        assert_eq!(pieces[6]["struck"]["reason"], "rule");
        assert!(pieces[6]["struck"]["clues"][0]["name"].is_string() && pieces[6]["struck"]["source"]["start"].is_u64());
    }

    #[test]
    fn what_is_written_reads_back() {
        fn check<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug>(value: T) {
            let written = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<T>(&written).unwrap(), value, "{written}");
        }
        let article = article();
        check(article.verdict());
        check(article.confidence());
        check(article.people().to_vec());
        article.blocks().for_each(|block| check((block.kind, block.levels.to_vec())));
        article.struck().for_each(|struck| check(struck.clues.to_vec()));
        check("2025-04-17T11:21:08+09:00".parse::<PartialDate>().unwrap());
        check((EncodingSource::ALL.to_vec(), Field::ALL.to_vec(), Include::ALL.to_vec()));
        check((Input::ALL.to_vec(), Reason::ALL.to_vec(), Role::ALL.to_vec()));
        let wrong = serde_json::from_value::<Role>(json!("writer")).unwrap_err();
        assert_eq!(wrong.to_string(), "unknown key \"writer\"");
        assert!(serde_json::from_value::<PartialDate>(Value::from("2025-13")).is_err());
    }
}
