//! What a tree costs, as a ratio to html5ever with the plainest arena there is.
//!
//! `cargo test --profile quick --lib dom::conformance::speed -- --ignored --nocapture`

use super::corpus::{files, read, setting};
use super::plain_arena;
use crate::dom::{Dom, parse_into};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Pages of the corpus that are measured by default; `COPYDESK_PAGES` sets another number.
const PAGES: usize = 150;

#[test]
#[ignore = "measures"]
fn ratio_to_html5ever_with_an_arena() {
    let only = std::env::var("COPYDESK_CORPUS").unwrap_or_else(|_| "wcxb".into());
    let files: Vec<_> =
        files().into_iter().filter(|file| file.to_string_lossy().contains(&format!("/{only}/"))).collect();
    let step = files.len().div_ceil(setting("COPYDESK_PAGES", PAGES).max(1)).max(1);
    let pages: Vec<String> = files.iter().step_by(step).map(|file| read(file)).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut dom = Dom::default();
    let mut ours = |page: &str| {
        parse_into(&mut dom, page);
        dom.nodes.len()
    };
    let mut plain = |page: &str| plain_arena::parse(page);
    let mut scraper = |page: &str| scraper::Html::parse_document(page).tree.nodes().len();
    // For a profiler: `COPYDESK_ONLY=ours`.
    let single = std::env::var("COPYDESK_ONLY").ok();
    let mut runs: Vec<(&str, &mut dyn FnMut(&str) -> usize)> =
        vec![("html5ever + plain arena", &mut plain), ("scraper", &mut scraper), ("ours", &mut ours)];
    let rounds = setting("COPYDESK_ROUNDS", 7);
    runs.retain(|(name, _)| single.as_ref().is_none_or(|single| name == single));
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); runs.len()];
    for _ in 0..rounds {
        for ((_, run), times) in runs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for page in &pages {
                black_box(run(black_box(page)));
            }
            times.push(start.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    for ((name, _), time) in runs.iter().zip(&medians) {
        println!("{name:34} {:7.1} ms {:6.1} MB/s  {:.3}", time * 1e3, bytes as f64 / 1e6 / time, time / medians[0]);
    }
}
