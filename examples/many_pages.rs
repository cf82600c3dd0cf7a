//! Many pages, with rules and an address: `cargo run --example many_pages`.
#![allow(clippy::print_stdout, reason = "an example shows something")]

use copydesk::{Extractor, Page, Verdict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut extractor = Extractor::new().max_bytes(4 << 20).strike(".promo")?;
    for name in ["ko-section-front", "ko-breaking"] {
        let bytes = std::fs::read(format!("fixtures/pages/{name}.html"))?;
        let page = Page::new(&bytes).url("https://example.org/2025/04/17/");
        let article = extractor.extract(page)?;
        match article.verdict() {
            Verdict::NoArticle { reason, .. } => println!("{name}: no article but {}", reason.key()),
            _ => println!("{name}: {}", article.title().unwrap_or("no title")),
        }
    }
    Ok(())
}
