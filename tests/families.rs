//! Checks the family of every struck block: tables made by hand, one for each kind of frame in flattened pages.
//!
//! `fixtures/families/NAME.tsv` has one line per struck block of the fixture, in page order: the key of its reason, a
//! tab, its text. The key `any` allows every reason.

mod fixture;

use copydesk::{Extractor, Reason};
use std::collections::BTreeSet;
use std::fs;

/// The rows of a fixture's table, if it has one.
fn table(name: &str) -> Option<Vec<(String, String)>> {
    let table = fs::read_to_string(fixture::root().join(format!("families/{name}.tsv"))).ok()?;
    let row = |line: &str| line.split_once('\t').map(|(reason, text)| (reason.to_owned(), text.to_owned()));
    Some(table.lines().map(|line| row(line).expect("a reason and a text")).collect())
}

/// Whether a text is in the table, but only with other reasons.
fn is_wrong(table: &[(String, String)], text: &str, reason: Reason) -> bool {
    let mut rows = table.iter().filter(|(_, row)| row.split_whitespace().eq(text.split_whitespace())).peekable();
    rows.peek().is_some() && !rows.any(|(key, _)| key == "any" || key == reason.key())
}

/// `pages.rs` checks whether a block is struck; this checks why.
#[test]
fn every_struck_block_has_its_family() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for fixture in fixture::all() {
        let Some(table) = table(&fixture.name) else { continue };
        let article = Extractor::new().extract(fixture.bytes.as_slice()).expect("small");
        seen.extend(article.struck().map(|struck| struck.reason.key()));
        for struck in article.struck().filter(|struck| is_wrong(&table, struck.text, struck.reason)) {
            wrong.push(format!("{}: {} {:?}", fixture.name, struck.reason.key(), struck.text));
        }
        let count = article.struck().count();
        assert!(count * 10 >= table.len() * 9, "{}: {count} struck, {} in the table", fixture.name, table.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for reason in
        [Reason::Related, Reason::Ticker, Reason::BoardFrame, Reason::Spam, Reason::Duplicate, Reason::Comments]
    {
        assert!(seen.contains(reason.key()), "no table has {reason:?}");
    }
}
