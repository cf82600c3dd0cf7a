//! Any bytes, read as any kind of input: no panic, the same result twice, no empty blocks.
#![no_main]

use copydesk::{Error, Extractor, Input, Page};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&kind, bytes)) = data.split_first() else { return };
    let input = [Input::Auto, Input::Html, Input::Text, Input::Mixed][usize::from(kind) % 4];
    let mut extractor = Extractor::new();
    let page = || Page::new(bytes).input(input);
    let article = match extractor.extract(page()) {
        Err(Error::Binary) => return,
        found => found.expect("short enough, and no charset given"),
    };
    for block in article.blocks() {
        assert!(!block.text.trim().is_empty());
    }
    let record = serde_json::to_string(&article).expect("a record");
    let again = extractor.extract(page()).expect("as before");
    assert_eq!(record, serde_json::to_string(&again).expect("a record"));
    let _ = article.to_markdown();
    // Whatever the page contains, only our own elements are written.
    let html = article.to_html();
    assert!(!html.contains("<script"));
});
