//! Reads framed pages (`id TAB url TAB kind TAB bytes NL page`) and prints the days found as JSON lines.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use copydesk::Page;
use copydesk::internals::{date_signals, probe_dates};
use std::io::{BufRead, Read, Write};

fn main() {
    let path = std::env::args().nth(1).expect("file");
    let mut input = std::io::BufReader::new(std::fs::File::open(path).expect("open"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({"signals": date_signals()})).expect("write");
    let mut spent = std::time::Duration::ZERO;
    let mut pages = 0;
    let mut bytes = 0;
    loop {
        let mut head = String::new();
        if input.read_line(&mut head).expect("read") == 0 {
            break;
        }
        let parts: Vec<&str> = head.trim_end().split('\t').collect();
        let mut page = vec![0; parts[3].parse().expect("length")];
        input.read_exact(&mut page).expect("page");
        let url = (!parts[1].is_empty()).then_some(parts[1]);
        let mut input = Page::new(&page);
        if let Some(url) = url {
            input = input.url(url);
        }
        let found = probe_dates(input);
        spent += found.spent;
        bytes += found.bytes;
        pages += 1;
        let line = serde_json::json!({"id": parts[0], "days": found.days, "none": found.none, "published": found.published,
            "modified": found.modified, "confidence": found.confidence, "shown": found.shown});
        writeln!(out, "{line}").expect("write");
    }
    eprintln!("{pages} pages, {:?} each, {:.0} MB/s", spent / pages.max(1), bytes as f64 / 1e6 / spent.as_secs_f64());
}
