//! Runs the binary on crawls.

mod bench;

use bench::warc::{chunked, conversion, page, record, response};
use bench::{Bench, Run, article, gzip};

/// The records of a crawl, which crawlers compress one by one.
fn crawl() -> Vec<Vec<u8>> {
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    let korean = article("다리").replace("<meta charset=\"utf-8\">", "");
    let korean = korean
        .replace("begins here", "여기서 시작된다")
        .replace("Nobody who lived there", "그곳에 살던 사람 가운데 아무도");
    let korean = encoding_rs::EUC_KR.encode(&korean).0.into_owned();
    let packed = gzip(article("Packed").as_bytes());
    vec![
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: a test\r\n"),
        record(
            "request",
            "Content-Type: application/http; msgtype=request\r\n",
            b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
        ),
        page("plain", &article("Plain")),
        response(
            "chunked",
            &format!("{html}\r\nTransfer-Encoding: chunked\r\n"),
            &chunked(article("Chunked").as_bytes()),
        ),
        response("korean", &format!("{html}; charset=EUC-KR\r\n"), &korean),
        response(
            "moved",
            "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Type: text/html\r\n",
            article("Moved").as_bytes(),
        ),
        response("picture", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n"),
        record("revisit", "Content-Type: application/http; msgtype=response\r\n", b"HTTP/1.1 200 OK\r\n\r\n"),
        page("damaged", &article("Damaged")),
        response("packed", &format!("{html}; charset=klingon\r\nContent-Encoding: gzip\r\n"), &packed),
        response("lying", &format!("{html}; charset=iso-8859-1\r\n"), article("Café").as_bytes()),
        page("cut", &article("Cut")),
    ]
}

fn packed_crawl() -> Vec<u8> {
    let mut members: Vec<Vec<u8>> = crawl().iter().map(|record| gzip(record)).collect();
    members[8][300] ^= 0xff;
    let last = members.last_mut().unwrap();
    last.truncate(last.len() - 20);
    members.concat()
}

/// The id of each record, and the first words of its text or its error.
fn brief(run: &Run) -> Vec<String> {
    let brief = |record: serde_json::Value| {
        let text = match record["error"]["kind"].as_str() {
            Some(kind) => format!("!{kind}"),
            None => record["body"].as_str().unwrap().split(' ').take(2).collect::<Vec<_>>().join(" "),
        };
        format!("{}: {text}", record["id"].as_str().unwrap())
    };
    run.records().into_iter().map(brief).collect()
}

const PAGES: [&str; 7] = [
    "plain: Plain begins",
    "chunked: Chunked begins",
    "korean: 다리 여기서",
    "damaged: !compression",
    "packed: Packed begins",
    "lying: Café begins",
    "cut: !compression",
];

#[test]
fn a_crawl_is_many_pages() {
    let bench = Bench::new("crawl");
    bench.file("x.warc.gz", packed_crawl());
    let run = bench.run(&["x.warc.gz", "-j", "3"]);
    assert_eq!(brief(&run), PAGES, "{run:?}");
    assert_eq!(run.code, 1);
    let records = run.records();
    assert_eq!(records[0]["source"], "x.warc.gz#3", "redirects and requests count");
    assert_eq!(records[0]["url"], "https://example.org/plain");
    assert_eq!(records[2]["encoding"], "EUC-KR");
    assert_eq!(records[5]["encoding"], "UTF-8");
    assert_eq!(records[4]["date"], "2025-04-17");
    let stdin = bench.run_with(&[], &packed_crawl());
    assert_eq!(brief(&stdin), PAGES, "standard input is known by how it begins: {stdin:?}");
    assert_eq!(stdin.records()[0]["source"], "-#3");
    let unpacked = bench.run_with(&["-"], &crawl()[2..4].concat());
    assert_eq!(brief(&unpacked), PAGES[..2], "{unpacked:?}");
}

#[test]
fn crawls_are_found_where_pages_are() {
    let bench = Bench::new("crawls");
    bench.file("all/a.html", article("A"));
    bench.file("all/b.warc", page("b", &article("B")));
    bench.file("all/c.WARC.WET.gz", gzip(&conversion("c", "C")));
    bench.file("all/d.jsonl", "{}");
    for argument in ["all", "all/*[!l]"] {
        let run = bench.run(&["--to", "jsonl", argument]);
        let ids: Vec<String> = run.records().iter().map(|record| record["id"].to_string()).collect();
        let expected: &[&str] = if argument == "all" { &["\"a\"", "\"b\"", "\"c\""] } else { &["\"b\"", "\"c\""] };
        assert_eq!(ids, expected, "{argument}: {run:?}");
    }
    assert_eq!(bench.run(&["all/b.warc", "--to", "text"]).code, 2, "several pages are no text");
    assert_eq!(bench.run(&["gone.warc"]).records()[0]["error"]["kind"], "io");
    assert!(bench.run(&["all/b.warc", "--explain"]).stdout.starts_with("all/b.warc#1\n  verdict  article"));
}

#[test]
fn text_of_a_crawl() {
    let bench = Bench::new("wet");
    let text = "들판에 돌아온 황새\n입력 2025.04.17. 오전 11:21\n마을 사람들은 황새가 다시 둥지를 튼 것을 보고 반가워했다고 이장이 전했다.\n\
                군은 올해 논 열 곳에 물을 대어 먹이터를 만들고 내년에는 두 배로 늘릴 계획이라고 밝혔다.\n\
                전문가들은 농약을 덜 쓴 들판에서 미꾸라지와 개구리가 늘어난 덕분이라고 설명했다.\n";
    bench.file("x.warc.wet.gz", [gzip(&record("warcinfo", "", b"x")), gzip(&conversion("w", text))].concat());
    let records = bench.run(&["x.warc.wet.gz"]).records();
    assert_eq!(records.len(), 1);
    assert_eq!((&records[0]["id"], &records[0]["input"]), (&"w".into(), &"text".into()));
    assert!(records[0]["body"].as_str().unwrap().contains("미꾸라지"), "{}", records[0]);
}

#[test]
fn what_the_caller_knows_is_stronger() {
    let bench = Bench::new("crawl_about");
    bench.file("x.warc", [page("a", &article("A")), page("b", &article("B"))].concat());
    bench.file("about.jsonl", "{\"id\":\"a\",\"url\":\"https://example.com/other\"}\n");
    let records = bench.run(&["x.warc", "--about", "about.jsonl"]).records();
    assert_eq!(records[0]["url"], "https://example.com/other");
    assert_eq!(records[1]["url"], "https://example.org/b");
}

#[test]
fn a_crawl_goes_on_where_it_stopped() {
    let bench = Bench::new("crawl_resume");
    bench.file("x.warc.gz", packed_crawl());
    let args = ["x.warc.gz", "--resume", "-o", "out.jsonl"];
    assert_eq!(bench.run(&args).code, 1);
    let whole = bench.read("out.jsonl");
    for lines in 0..=whole.lines().count() {
        let cut: usize = whole.lines().take(lines).map(|line| line.len() + 1).sum();
        bench.file("out.jsonl", whole.get(..cut).unwrap());
        bench.run(&args);
        assert_eq!(bench.read("out.jsonl"), whole, "after {lines}");
    }
}

#[test]
fn damage_to_the_first_bytes() {
    let bench = Bench::new("crawl_first");
    let mut packed = packed_crawl();
    packed[0] = 0;
    bench.file("x.warc.gz", packed);
    bench.file("y.warc", b"nothing of the kind");
    let run = bench.run(&["x.warc.gz", "y.warc"]);
    let mut expected = vec!["x.warc#1: !compression"];
    expected.extend(PAGES);
    expected.push("y.warc#1: !archive");
    assert_eq!(brief(&run), expected, "{run:?}");
}

#[test]
fn a_long_page_costs_itself_alone() {
    let bench = Bench::new("crawl_long");
    let long = page("long", &"<p>word ".repeat(100_000));
    let picture = response("picture", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", &vec![b'x'; 800_000]);
    bench.file("x.warc.gz", gzip(&[page("a", &article("A")), long, picture, page("b", &article("B"))].concat()));
    let run = bench.run(&["x.warc.gz", "--max-bytes", "100000"]);
    assert_eq!(brief(&run), ["a: A begins", "long: !too_large", "b: B begins"], "{run:?}");
}

#[test]
fn lines_of_json() {
    let bench = Bench::new("json_lines");
    let line = |id: &str, key: &str, page: &str| {
        let page = serde_json::to_string(&page).unwrap();
        format!(
            "{{\"id\":\"{id}\",\"{key}\":{page},\"url\":\"https://example.org/{id}\",\"crawled_at\":\"2025-04-18\"}}\n"
        )
    };
    let lines = [
        line("a", "html", &article("하나")),
        "{\"html\":\"cut".into(),
        "\n\n".into(),
        line("b", "text", &article("Two")).replace("\"id\":\"b\",", ""),
        line("c", "body", "a page under another name"),
        line("long", "content", &"x".repeat(250_000)),
        line("longer", "content", &"x".repeat(150_000)),
        line("longest", "content", &"x".repeat(700_000)),
        line("d", "content", &article("Four")),
    ];
    bench.file("all/x.jsonl.gz", gzip(lines.concat().as_bytes()));
    bench.file("all/y.ndjson", line("y", "html", &article("Y")).trim_end());
    let expected = [
        "a: 하나 begins",
        "x.jsonl#2: !archive",
        "x.jsonl#4: Two begins",
        "c: !archive",
        "long: !too_large",
        "longer: !too_large",
        "x.jsonl#8: !too_large",
        "d: Four begins",
    ];
    let args = ["all/x.jsonl.gz", "--max-bytes", "90000"];
    let run = bench.run(&args);
    assert_eq!(brief(&run), expected, "{run:?}");
    let records = run.records();
    assert_eq!((&records[0]["url"], &records[0]["encoding"]), (&"https://example.org/a".into(), &"UTF-8".into()));
    assert_eq!((&records[2]["source"], &records[2]["input"]), (&"all/x.jsonl.gz#4".into(), &"html".into()));
    assert_eq!(brief(&bench.run(&["all/*.{gz,ndjson}", "--max-bytes", "90000"])).len(), expected.len() + 1);
    assert_eq!(bench.run(&["all"]).code, 2, "a folder may hold our own output");
    let resume = [&args[..], &["--resume", "-o", "out.jsonl"]].concat();
    bench.file("out.jsonl", run.stdout.lines().take(3).map(|line| format!("{line}\n")).collect::<String>());
    bench.run(&resume);
    assert_eq!(bench.read("out.jsonl"), run.stdout);
}

#[test]
fn lines_of_escapes() {
    let bench = Bench::new("json_escapes");
    let escaped: String = article("One").bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    bench.file("x.jsonl", format!("{{\"id\":\"a\",\"html\":\"{}{escaped}\"}}\n", "\\u0020".repeat(80_000)));
    assert_eq!(brief(&bench.run(&["x.jsonl", "--max-bytes", "90000"])), ["a: One begins"]);
    assert_eq!(brief(&bench.run(&["x.jsonl", "--max-bytes", "80000"])), ["a: !too_large"]);
}

#[test]
fn archives_under_other_names() {
    let bench = Bench::new("other_names");
    bench.file("all/x.warc.gz.1", gzip(&page("a", &article("A"))));
    bench.file("all/y.bin", page("b", &article("B")));
    bench.file("all/z", conversion("c", &article("C")));
    for (argument, expected) in [
        ("all/x.warc.gz.1", &["a: A begins"][..]),
        ("all/*.*", &["a: A begins", "b: B begins"]),
        ("all", &["c: C begins"]),
    ] {
        assert_eq!(brief(&bench.run(&[argument])), expected, "{argument}");
    }
    let lines =
        ["One", "Two"].map(|about| serde_json::json!({ "id": about, "html": article(about) }).to_string() + "\n");
    let expected = ["One: One begins", "Two: Two begins"];
    bench.file("dump.json", lines.concat());
    assert_eq!(brief(&bench.run(&["dump.json"])), expected);
    assert_eq!(brief(&bench.run_with(&[], lines.concat().as_bytes())), expected);
    let long = lines.concat().replace("One begins", &format!("{}One begins", " ".repeat(300_000)));
    assert_eq!(brief(&bench.run_with(&["-"], long.as_bytes())), expected, "known by a first line of any length");
    let one = bench.run_with(&[], lines[0].as_bytes());
    assert!(one.stdout.starts_with("One begins"), "near miss, one document: {one:?}");
    let records = bench.run(&["all", "--to", "jsonl"]).stdout.repeat(2);
    assert!(!bench.run_with(&[], records.as_bytes()).stderr.is_empty(), "near miss, our own output");
}

#[cfg(unix)]
#[test]
fn an_archive_in_a_pipe() {
    let bench = Bench::new("pipe");
    bench.file("x.warc.gz", packed_crawl());
    let run = bench.shell("cat x.warc.gz | \"$copydesk\" /dev/stdin");
    assert_eq!(brief(&run), PAGES, "{run:?}");
}

#[test]
fn an_archive_without_pages_is_fine() {
    let bench = Bench::new("no_pages");
    bench.file("x.warc", crawl()[5].as_slice());
    bench.file("y.jsonl", "");
    bench.file("out.jsonl", "older\n");
    let run = bench.run(&["x.warc", "y.jsonl", "-o", "out.jsonl"]);
    assert_eq!((run.code, bench.read("out.jsonl").as_str()), (0, ""), "{run:?}");
    assert_eq!(run.stderr, "copydesk: x.warc: no pages there\ncopydesk: y.jsonl: no pages there\n");
}

#[test]
fn a_date_without_a_day_does_not_replace_a_full_one() {
    let bench = Bench::new("crawl_dates");
    let ago = article("One").replace("2025-04-17", "").replace("<p>One", "<p>3 hours ago</p><p>One");
    let line = |crawled_at| serde_json::json!({ "html": ago, "crawled_at": crawled_at }).to_string() + "\n";
    bench.file("x.jsonl", line("2025-04") + &line("2025-04-19"));
    let records = bench.run(&["x.jsonl", "--crawled-at", "2025-04-17T12:00"]).records();
    let dates: Vec<_> = records.iter().map(|record| record["date"].as_str().unwrap_or_default().get(..10)).collect();
    assert_eq!(dates, [Some("2025-04-17"), Some("2025-04-19")]);
}

#[test]
fn our_own_output_is_no_input() {
    let bench = Bench::new("own_output");
    bench.file("a.html", article("A"));
    let args = ["*", "--resume", "-o", "out.jsonl"];
    for _ in 0..2 {
        let run = bench.run(&args);
        assert_eq!((run.code, bench.read("out.jsonl").lines().count()), (0, 1), "{run:?}");
    }
    let stdout = std::fs::File::create(bench.path("more.jsonl")).unwrap();
    assert!(bench.command(&["[am]*", "-j", "1"]).stdout(stdout).status().unwrap().success());
    assert_eq!(bench.read("more.jsonl").lines().count(), 1);
    bench.file("pages/a.html", article("A"));
    bench.file("pages/out.txt", "");
    let run = bench.run(&["pages", "-o", "pages/out.txt"]);
    assert_eq!((run.code, bench.read("pages/out.txt").lines().count()), (0, 1), "{run:?}");
}
