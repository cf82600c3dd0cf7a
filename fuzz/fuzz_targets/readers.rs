//! The readers of the command-line tool: compressed pages, archives, and facts about pages.
#![no_main]

use copydesk_cli::{About, json_lines, unpack, warc};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

const LIMIT: usize = 1 << 16;

fuzz_target!(|data: &[u8]| {
    let mut page = Vec::new();
    let done = unpack(data, LIMIT, &mut page);
    assert!(page.len() <= LIMIT + 1);
    assert!(done.is_err() || page.len() <= LIMIT);
    let _ = About::read(data);
    let (crawl, lines) = (warc(Cursor::new(data.to_vec()), LIMIT), json_lines(Cursor::new(data.to_vec()), LIMIT));
    for page in crawl.chain(lines).filter_map(|(_, page)| page.ok()) {
        assert!(page.len() <= LIMIT);
    }
});
