//! The tool's own readers: packed pages, crawls, and what is known of pages.
#![no_main]

use copydesk_cli::{About, unpack, warc};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 1 << 16;

fuzz_target!(|data: &[u8]| {
    let mut page = Vec::new();
    let done = unpack(data, LIMIT, &mut page);
    assert!(page.len() <= LIMIT + 1);
    assert!(done.is_err() || page.len() <= LIMIT);
    let _ = About::read(data);
    for (_, page) in warc(std::io::Cursor::new(data.to_vec()), LIMIT) {
        assert!(page.is_err() || page.is_ok_and(|page| page.len() <= LIMIT));
    }
});
