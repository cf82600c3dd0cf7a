//! Reads framed pages (`id TAB url TAB kind TAB bytes NL page`) and prints candidates as JSON lines.
use copydesk::internals::{name_signals, probe, title_signals};
use std::io::{BufRead, Read, Write};

fn main() {
    let path = std::env::args().nth(1).expect("file");
    let mut input = std::io::BufReader::new(std::fs::File::open(path).expect("open"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({"title_signals": title_signals(), "name_signals": name_signals()}))
        .expect("write");
    let mut spent = std::time::Duration::ZERO;
    let mut pages = 0;
    loop {
        let mut head = String::new();
        if input.read_line(&mut head).expect("read") == 0 {
            break;
        }
        let parts: Vec<&str> = head.trim_end().split('\t').collect();
        let mut page = vec![0; parts[3].parse().expect("length")];
        input.read_exact(&mut page).expect("page");
        let page = String::from_utf8(page).expect("utf8");
        let url = (!parts[1].is_empty()).then_some(parts[1]);
        let start = std::time::Instant::now();
        let found = probe(&page, parts[2] == "flat", url);
        spent += start.elapsed();
        pages += 1;
        writeln!(out, "{}", serde_json::json!({"id": parts[0], "title": found.title, "titles": found.titles, "names": found.names, "people": found.people}))
            .expect("write");
    }
    eprintln!("{pages} pages, {:?} each", spent / pages.max(1));
}
