//! The cost of a tree, relative to html5ever with the plainest possible arena.
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

/// A megabyte of the worst input for a parser. Time must be linear: twice as much takes twice as long.
#[test]
#[ignore = "measures"]
fn time_of_hostile_markup() {
    let numbered = |bytes: usize, piece: &dyn Fn(usize) -> String| {
        let mut out = String::new();
        (0..)
            .map(piece)
            .take_while(|piece| {
                out.push_str(piece);
                out.len() < bytes
            })
            .for_each(drop);
        out
    };
    let text_fosters: &dyn Fn(usize) -> String = &|_| "x<td>y</td>".into();
    let kinds: [(&str, &str, &dyn Fn(usize) -> String); 24] = [
        ("paragraphs", "", &|_| "<p>Some text of a paragraph.</p>\n".into()),
        ("nested div", "", &|_| "<div>".into()),
        ("nested span, p", "", &|_| "<span><p>".into()),
        ("li left open", "", &|_| "<ul><li>".into()),
        ("spans, then </p>", "<span>", &|i| if i < 505 { "<span>".into() } else { "</p>".into() }),
        ("spans, then </x>", "<span>", &|i| if i < 505 { "<span>".into() } else { "</x>".into() }),
        ("b left open, then p", "<p>", &|i| if i < 60 { format!("<b id={i}>") } else { "<p>x</p>".into() }),
        ("fonts left open", "<p>", &|i| format!("<font size={i}>x")),
        ("mis-nested", "", &|_| "<b><i></b></i>".into()),
        ("mis-nested blocks", "", &|_| "<a><div>x</a>".into()),
        ("markers", "", &|_| "<div><object></div><b></b>".into()),
        ("tables", "", &|_| "<table><tr><td>".into()),
        ("fostered text", "<table>", text_fosters),
        ("rows", "<table>", &|_| "<tr><td>x".into()),
        ("templates", "", &|_| "<template>".into()),
        ("svg", "", &|_| "<svg><g>".into()),
        ("html", "", &|i| format!("<html a{i}=1 class=x>")),
        ("attributes", "<p ", &|i| format!("a{i}=b ")),
        ("attributes of b", "<b ", &|i| format!("a{i}=b ")),
        ("<", "", &|_| "<".into()),
        ("&", "", &|_| "&".into()),
        ("<!--", "", &|_| "<!--".into()),
        ("NUL", "", &|_| "\0".into()),
        ("own names", "", &|i| format!("<x{i}></x{i}>")),
    ];
    let mut dom = Dom::default();
    for (name, start, piece) in kinds {
        let time = [1_000_000, 4_000_000].map(|bytes| {
            let page = format!("{start}{}", numbered(bytes, piece));
            let clock = Instant::now();
            parse_into(&mut dom, black_box(&page));
            clock.elapsed().as_secs_f64() * 1e3
        });
        println!("{name:22} {:8.1} ms a MB, {:8.1} ms for four; {} nodes", time[0], time[1], dom.nodes.len());
    }
}
