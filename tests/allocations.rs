//! Counts the allocations of a warm extractor. In a file of its own, because the count is for the whole process.

#![allow(clippy::print_stdout, reason = "shown with --nocapture")]

mod fixture;

use copydesk::Extractor;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Maximum mean number of allocations per fixture, reallocations included. Lower it whenever it drops.
const MAX_MEAN: usize = 215;

#[test]
fn a_warm_extractor_allocates_little() {
    let pages = fixture::all();
    let mut extractor = Extractor::new();
    let mut counts = Vec::new();
    for round in 0..2 {
        for page in &pages {
            let region = Region::new(ALLOCATOR);
            let article = extractor.extract(page.bytes.as_slice()).expect("small");
            let change = region.change();
            drop(article);
            if round == 1 {
                counts.push((change.allocations + change.reallocations, &page.name));
            }
        }
    }
    counts.sort_unstable();
    let mean = counts.iter().map(|(count, _)| count).sum::<usize>() / counts.len();
    let (least, most) = (&counts[0], &counts[counts.len() - 1]);
    println!("{mean} in the mean, {least:?} to {most:?}");
    assert!(mean <= MAX_MEAN, "{mean} allocations a page, {MAX_MEAN} were enough before; {least:?} to {most:?}");
}
