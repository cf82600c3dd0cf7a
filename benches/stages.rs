//! Benchmarks of the stages and of whole extractions over the fixtures, in bytes per second of the undecoded page.
//!
//! Each benchmark runs over all fixtures of its kind with one extractor, as a batch does: one small page would measure
//! the cache. The loop compares every result with the first one, so that wrong work cannot look fast.
//!
//! `cargo bench --features internals` (`--bench stages -- whole` for one group).

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use copydesk::internals::Stages;
use copydesk::{Extractor, Page};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use fixture::Fixture;
use std::hint::black_box;

/// A fixture with its decoded text, the input of all stages after decoding.
struct Loaded {
    fixture: Fixture,
    text: String,
}

fn load() -> Vec<Loaded> {
    fixture::all().into_iter().map(|fixture| Loaded { text: fixture.decoded(), fixture }).collect()
}

/// Benchmarks `work` over `pages`. It must return the same count for a page every time.
fn over(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    pages: &[&Loaded],
    mut work: impl FnMut(&Loaded) -> usize,
) {
    let counts: Vec<usize> = pages.iter().map(|page| work(page)).collect();
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.fixture.bytes.len() as u64).sum()));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for (page, count) in pages.iter().zip(&counts) {
                assert_eq!(work(black_box(page)), *count, "{}", page.fixture.name);
            }
        });
    });
}

fn stages(criterion: &mut Criterion) {
    let pages = load();
    let (html, flat): (Vec<&Loaded>, Vec<&Loaded>) = pages.iter().partition(|page| page.fixture.html);
    let all: Vec<&Loaded> = pages.iter().collect();
    let mut group = criterion.benchmark_group("stage");
    let mut stages = Stages::default();
    over(&mut group, "decode", &all, |page| Stages::decode(&page.fixture.bytes).expect("small"));
    over(&mut group, "dom", &html, |page| stages.parse(&page.text));
    // Blocks need the tree, so its cost is included: subtract `dom`. Likewise phrases need the blocks.
    over(&mut group, "dom+blocks", &html, |page| {
        stages.parse(&page.text);
        stages.cut()
    });
    over(&mut group, "lines", &flat, |page| stages.lines(&page.text));
    over(&mut group, "lines+phrases", &flat, |page| {
        stages.lines(&page.text);
        stages.scan()
    });
    over(&mut group, "read", &all, |page| stages.read(&Page::from(page.text.as_str())).expect("small"));
    over(&mut group, "read+score", &all, |page| {
        stages.read(&Page::from(page.text.as_str())).expect("small");
        stages.score()
    });
    over(&mut group, "read+score+select", &all, |page| {
        stages.read(&Page::from(page.text.as_str())).expect("small");
        stages.score();
        stages.select()
    });
    group.finish();
}

/// Whole extractions, compared with only parsing by `scraper`, on which most extractors are based.
fn whole(criterion: &mut Criterion) {
    let pages = load();
    let (html, flat): (Vec<&Loaded>, Vec<&Loaded>) = pages.iter().partition(|page| page.fixture.html);
    let mut group = criterion.benchmark_group("whole");
    let mut extractor = Extractor::new();
    let mut extract = |page: &Loaded| extractor.extract(page.fixture.bytes.as_slice()).expect("small").body().len();
    over(&mut group, "html", &html, &mut extract);
    over(&mut group, "text", &flat, &mut extract);
    over(&mut group, "html by scraper, parsed only", &html, |page| {
        scraper::Html::parse_document(&page.text).tree.values().len()
    });
    group.finish();
}

criterion_group!(benches, stages, whole);
criterion_main!(benches);
