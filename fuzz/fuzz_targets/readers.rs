//! The tool's own readers: packed pages and what is known of pages.
#![no_main]

use copydesk_cli::{About, unpack};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 1 << 16;

fuzz_target!(|data: &[u8]| {
    let mut page = Vec::new();
    let done = unpack(data, LIMIT, &mut page);
    assert!(page.len() <= LIMIT + 1);
    assert!(done.is_err() || page.len() <= LIMIT);
    let _ = About::read(data);
});
