//! Reads framed pages (`id TAB url TAB kind TAB bytes NL page`) and prints candidates as JSON lines.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use copydesk::internals::{name_signals, probe, title_signals};
use std::io::{BufRead, Read, Write};

fn main() {
    let path = std::env::args().nth(1).expect("file");
    let mut input = std::io::BufReader::new(std::fs::File::open(path).expect("open"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({"title_signals": title_signals(), "name_signals": name_signals()}))
        .expect("write");
    let mut spent = std::time::Duration::ZERO;
    let mut inner = std::time::Duration::ZERO;
    let only = std::env::args().nth(2);
    let mut pages = 0;
    loop {
        let mut head = String::new();
        if input.read_line(&mut head).expect("read") == 0 {
            break;
        }
        let parts: Vec<&str> = head.trim_end().split('\t').collect();
        let mut page = vec![0; parts[3].parse().expect("length")];
        input.read_exact(&mut page).expect("page");
        if only.as_ref().is_some_and(|only| only != parts[0]) {
            continue;
        }
        let page = String::from_utf8(page).expect("utf8");
        let url = (!parts[1].is_empty()).then_some(parts[1]);
        let start = std::time::Instant::now();
        let found = probe(&page, url);
        spent += start.elapsed();
        inner += found.spent;
        pages += 1;
        if only.is_some() {
            for line in found.facts.iter().chain(&found.lines) {
                eprintln!("{line}");
            }
        }
        writeln!(out, "{}", serde_json::json!({"id": parts[0], "title": found.title, "titles": found.titles, "names": found.names, "nobody": found.nobody, "people": found.people, "date": found.date, "confidence": found.confidence}))
            .expect("write");
    }
    eprintln!("{pages} pages, {:?} each, of it {:?} to propose and choose", spent / pages.max(1), inner / pages.max(1));
}
