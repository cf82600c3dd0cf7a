//! One page: `cargo run --example one_page`.
#![allow(clippy::print_stdout, reason = "an example shows something")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = std::fs::read("fixtures/pages/ko-breaking.html")?;
    let article = copydesk::extract(&page)?;
    println!("{}", article.title().unwrap_or("no title"));
    println!("{}", article.byline().unwrap_or("no byline"));
    println!("{}", article.date().map_or("no date".into(), |date| date.to_string()));
    println!("{}", article.body());
    for struck in article.struck() {
        println!("- {}: {}", struck.reason.key(), struck.text);
    }
    Ok(())
}
