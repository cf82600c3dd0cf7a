//! Runs the binary on files.

mod bench;

use bench::{Bench, Run, article};
use serde_json::Value;
use std::fs;

fn ids(run: &Run) -> Vec<String> {
    run.records().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn one_page_gives_text_and_several_give_records() {
    let bench = Bench::new("default_formats");
    bench.file("pages/a.html", article("One"));
    let one = bench.run(&["pages/a.html"]);
    assert!(one.stdout.starts_with("One begins here"), "{one:?}");
    assert_eq!(one.code, 0, "{one:?}");
    let several = bench.run(&["pages"]);
    assert_eq!(several.records()[0]["title"], "One and how it came about", "{several:?}");
    let stdin = bench.run_with(&["-"], article("Two").as_bytes());
    assert!(stdin.stdout.starts_with("Two begins here"), "{stdin:?}");
    assert_eq!(bench.run_with(&[], article("Two").as_bytes()).stdout, stdin.stdout, "stdin is the default in a pipe");
}

#[test]
fn every_format() {
    let bench = Bench::new("every_format");
    bench.file("a.html", article("One"));
    let cases = [
        ("text", "One begins here"),
        ("markdown", "# One and how it came about\n\n"),
        ("html", "<article lang=\"en\">\n<header>\n<h1>One and how it came about</h1>\n"),
        ("json", "{\n  \"v\": 1,\n  \"id\": \"a\",\n"),
        ("jsonl", "{\"v\":1,\"id\":\"a\",\"source\":\"a.html\",\"url\":null,\"status\":\"ok\","),
    ];
    for (format, start) in cases {
        let run = bench.run(&["--to", format, "a.html"]);
        assert!(run.stdout.starts_with(start) && run.stdout.ends_with('\n'), "{format}: {run:?}");
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{format}");
    }
    let array = bench.run(&["--to", "json", "a.html", "a.html"]);
    let array: Vec<Value> = serde_json::from_str(&array.stdout).unwrap();
    assert_eq!(array.len(), 2);
}

#[test]
fn a_record_has_the_fields_of_the_schema() {
    let bench = Bench::new("schema");
    bench.file("a.html", article("One"));
    let run = bench.run(&["--to", "jsonl", "a.html", "gone.html"]);
    let [good, bad] = &run.records()[..] else { panic!("{run:?}") };
    let names = [
        "v",
        "id",
        "source",
        "status",
        "title",
        "byline",
        "authors",
        "people",
        "date",
        "modified",
        "body",
        "captions",
        "site",
        "url",
        "canonical",
        "lang",
        "input",
        "encoding",
        "confidence",
        "struck",
        "error",
    ];
    for record in [good, bad] {
        for name in names {
            assert!(record.get(name).is_some(), "{name} of {record}");
        }
    }
    assert_eq!(good["authors"], serde_json::json!(["Jane Roe"]));
    assert_eq!(good["date"], "2025-04-17");
    assert_eq!(good["lang"], "en");
    assert_eq!(good["input"], "html");
    assert_eq!(good["encoding"], "UTF-8");
    assert_eq!(good["body"].as_str().unwrap().split("\n\n").count(), 4);
    assert_eq!(bad["status"], "error");
    assert_eq!(bad["error"]["kind"], "io");
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let bench = Bench::new("folders");
    for name in ["b.html", "a.txt", "c/d.htm", "c/a.html.gz", "no-ending", "z.php"] {
        bench.file(&format!("pages/{name}"), article(name));
    }
    for name in ["x.css", ".hidden.html", ".git/a.html", "x.jsonl"] {
        bench.file(&format!("pages/{name}"), article(name));
    }
    let run = bench.run(&["pages", "-j", "3"]);
    assert_eq!(ids(&run), ["a", "b", "c/a", "c/d", "no-ending", "z.php"], "{run:?}");
    let sources: Vec<_> = run.records().iter().map(|r| r["source"].as_str().unwrap().to_owned()).collect();
    assert_eq!(sources[2], "pages/c/a.html.gz");
}

#[test]
fn what_yields_nothing_is_named() {
    let bench = Bench::new("nothing");
    for name in ["a.html", "b.css", "c.png", "index.html?id=3"] {
        bench.file(&format!("pages/{name}"), article(name));
    }
    let run = bench.run(&["pages", "nope[1].html", "pages/*.css"]);
    assert_eq!(ids(&run), ["a", "index.html?id=3", "b.css"]);
    let notes = "copydesk: pages: files skipped because they are not named like pages: 2\ncopydesk: nope[1].html: no pages there\n";
    assert_eq!((run.code, run.stderr.as_str()), (0, notes));
    let run = bench.run(&["nope[1].html", "no/*/pages"]);
    let notes = "copydesk: nope[1].html: no pages there; no/*/pages: no pages there\n";
    assert_eq!((run.code, run.stderr.as_str()), (2, notes));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere() {
    let bench = Bench::new("dangling");
    bench.file("pages/a.html", article("A"));
    bench.file("pages/b/c.html", article("C"));
    for (to, link) in [("gone", "logo.png"), ("gone", ".hidden.html"), ("..", "b/up"), ("gone", "b/x.htm")] {
        std::os::unix::fs::symlink(to, bench.path("pages").join(link)).unwrap();
    }
    let run = bench.run(&["pages"]);
    assert_eq!((ids(&run).as_slice(), run.code), (&["a", "b/c", "b/x"].map(String::from)[..], 1), "{run:?}");
    let run = bench.run(&["--to", "jsonl", "pages/*.html"]);
    assert_eq!((ids(&run).as_slice(), run.code), (&["a".to_owned()][..], 0), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_a_record() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new("unlistable");
    bench.file("pages/a.html", article("A"));
    bench.file("pages/locked/b.html", article("B"));
    let locked = bench.path("pages/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may list it all the same.
    if fs::read_dir(&locked).is_err() {
        let cases: [(&str, &[&str]); 2] = [("pages", &["a", "locked"]), ("pages/locked", &["locked"])];
        for (folder, expected) in cases {
            let run = bench.run(&[folder]);
            assert_eq!((ids(&run), run.code), (expected.iter().map(ToString::to_string).collect(), 1), "{run:?}");
            let message = run.records().last().unwrap()["error"]["message"].clone();
            assert!(message.as_str().unwrap().starts_with("Permission denied"), "{message}");
        }
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn patterns_are_expanded_if_the_shell_did_not() {
    let bench = Bench::new("patterns");
    for name in ["a.html", "b/c.html", "b/d/e.html", "b/f.txt", "[1].html"] {
        bench.file(&format!("pages/{name}"), article(name));
    }
    let cases: [(&str, &[&str]); 5] = [
        ("pages/*.html", &["[1]", "a"]),
        ("pages/**/*.html", &["[1]", "a", "b/c", "b/d/e"]),
        ("pages/b/*.{txt,html}", &["c", "f"]),
        ("*/b/?.html", &["pages/b/c"]),
        ("pages/[1].html", &["[1]"]),
    ];
    for (pattern, expected) in cases {
        let run = bench.run(&["--to", "jsonl", pattern]);
        assert_eq!(ids(&run), expected, "{pattern}: {run:?}");
    }
    assert_eq!(bench.run(&["pages/*.none"]).code, 2, "nothing matches");
}

#[test]
fn packed_pages_are_known_by_their_content() {
    let bench = Bench::new("packed");
    bench.file("pages/a.html.gz", bench::gzip(article("One").as_bytes()));
    bench.file("pages/b.html", bench::gzip(article("One").as_bytes()));
    bench.file("pages/c.html.gz", article("One"));
    let run = bench.run(&["pages"]);
    let bodies: Vec<_> = run.records().iter().map(|record| record["body"].clone()).collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0] && body != ""), "{run:?}");
}

#[test]
fn a_page_that_fails_is_a_record_and_the_others_go_on() {
    let bench = Bench::new("failures");
    bench.file("pages/a.html", article("One"));
    bench.file("pages/b.html.gz", bench::gzip(&vec![b' '; 3_000_000]));
    bench.file("pages/c.html.gz", &bench::gzip(article("One").as_bytes())[..200]);
    bench.file("pages/d.html", article("Two"));
    let run = bench.run(&["pages", "gone.html", "--max-bytes", "1000000"]);
    let kinds: Vec<_> = run.records().iter().map(|r| r["error"]["kind"].as_str().unwrap_or("-").to_owned()).collect();
    assert_eq!(kinds, ["-", "too_large", "compression", "-", "io"], "{run:?}");
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("3 of 5 pages"), "{run:?}");
    let one = bench.run(&["gone.html"]);
    assert_eq!((one.code, one.stdout.as_str()), (1, ""), "{one:?}");
    assert!(one.stderr.starts_with("copydesk: gone.html: "), "{one:?}");
}

#[test]
fn a_page_without_an_article_is_fine() {
    let bench = Bench::new("no_article");
    bench.file("a.html", "<title>x</title><ul><li><a href=/>Home</a><li><a href=/b>Shop</a></ul>");
    let run = bench.run(&["a.html"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert!(run.stderr.starts_with("copydesk: a.html: no article"), "{run:?}");
    let record = &bench.run(&["a.html", "--to", "jsonl"]).records()[0];
    assert_eq!((&record["status"], &record["body"]), (&"no_article".into(), &"".into()));
    assert!(record["reason"].is_string());
}

#[test]
fn wrong_usage() {
    let bench = Bench::new("usage");
    bench.file("a.html", article("One"));
    bench.file("pages/a.html", article("One"));
    bench.file("bad.jsonl", "{\"url\":1}");
    fs::create_dir(bench.path("empty")).unwrap();
    let cases: [&[&str]; 17] = [
        &["--to", "word", "a.html"],
        &["pages", "--to", "text"],
        &["pages", "--url", "https://example.org/"],
        &["a.html", "--charset", "klingon"],
        &["a.html", "--charset", "iso-2022-kr"],
        &["a.html", "--crawled-at", "yesterday"],
        &["a.html", "--crawled-at", "2025-04"],
        &["a.html", "--keep", "p:::x"],
        &["a.html", "--strike", ""],
        &["a.html", "--resume"],
        &["a.html", "--resume", "-o", "x.txt"],
        &["pages", "--explain", "--to", "json"],
        &["pages", "--about", "bad.jsonl"],
        &["pages", "-j", "0"],
        &["empty"],
        &["empty", "*.htlm", "--to", "json"],
        &["a.html", "-o", "no/such/folder"],
    ];
    for args in cases {
        let run = bench.run(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{args:?}: {run:?}");
    }
}

#[test]
fn jobs_change_nothing() {
    let bench = Bench::new("jobs");
    for n in 0..150 {
        bench.file(&format!("pages/{n:03}.html"), article(&"Word ".repeat(1 + n * 37 % 200)));
    }
    let one = bench.run(&["pages", "-j", "1"]);
    assert_eq!(one.records().len(), 150);
    for jobs in ["2", "7"] {
        assert_eq!(bench.run(&["pages", "-j", jobs]).stdout, one.stdout, "-j {jobs}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn fewer_threads_than_wanted_are_enough() {
    let bench = Bench::new("threads");
    for n in 0..20 {
        bench.file(&format!("pages/{n:02}.html"), article("One"));
    }
    // Stacks so large that there is room for a few only.
    let run = bench.shell("ulimit -v 3000000 && RUST_MIN_STACK=500000000 \"$copydesk\" pages -j 50");
    assert_eq!((run.code, run.records().len()), (0, 20), "{run:?}");
}

#[test]
fn what_is_known_of_pages_reaches_them() {
    let bench = Bench::new("about");
    let page = "<meta charset=utf-8><title>x</title><p>\u{e9}";
    bench.file("pages/a.html", page);
    bench.file("pages/b.html", page);
    bench.file("about.jsonl", "{\"id\":\"a\",\"url\":\"https://example.org/a\",\"charset\":\"euc-kr\",\"other\":1}\n");
    let run = bench.run(&["pages", "--about", "about.jsonl"]);
    assert_eq!(run.stderr, "");
    let records = run.records();
    assert_eq!(records[0]["url"], "https://example.org/a");
    assert_eq!(records[0]["encoding"], "EUC-KR");
    assert_eq!(records[1]["url"], Value::Null);
    assert_eq!(records[1]["encoding"], "UTF-8");
    let run = bench.run(&["pages/b.html", "--about", "about.jsonl"]);
    assert!(run.stderr.contains("--about: ids of no page: 1, such as a\n"), "{run:?}");
    let records = bench.run(&["pages/a.html", "--to=jsonl", "--url=u:v", "--charset=shift_jis"]).records();
    assert_eq!((&records[0]["url"], &records[0]["encoding"]), (&"u:v".into(), &"Shift_JIS".into()));
}

#[test]
fn the_kind_of_input_can_be_forced() {
    let bench = Bench::new("kind");
    bench.file("a.html", article("One"));
    for kind in ["html", "text", "mixed"] {
        let records = bench.run(&["a.html", "--to", "jsonl", "--input", kind]).records();
        assert_eq!(records[0]["input"], kind);
    }
}

#[test]
fn rules_and_wishes_of_the_caller() {
    let bench = Bench::new("rules");
    let figure = "<figure><img src=a.jpg><figcaption>The quay at noon, seen from the lighthouse.</figcaption></figure></article>";
    bench.file("a.html", article("One").replace("</article>", figure));
    let plain = bench.run(&["a.html"]).stdout;
    assert!(!plain.contains("Newsletter") && plain.contains("The council") && !plain.contains("The quay"), "{plain}");
    assert!(bench.run(&["a.html", "--keep", "aside"]).stdout.contains("Newsletter"));
    assert!(
        !bench
            .run(&["a.html", "--strike", "h1", "--strike", "article p:nth-of-type(3)"])
            .stdout
            .contains("The council")
    );
    assert!(bench.run(&["a.html", "--include", "captions"]).stdout.contains("The quay"));
}

#[test]
fn explain_shows_what_was_kept_and_what_was_struck() {
    let bench = Bench::new("explain");
    bench.file("a.html", article("One"));
    let run = bench.run(&["--explain", "a.html"]);
    assert!(run.stdout.starts_with("a.html\n  verdict  article ("), "{run:?}");
    assert!(run.stdout.contains("\n+ text "), "{run:?}");
    assert!(run.stdout.lines().any(|line| line.starts_with("- ") && line.contains("Subscribe")), "{run:?}");
    let clues = run.stdout.lines().skip_while(|line| !line.contains("Subscribe")).nth(1).unwrap().trim();
    assert!(clues.split(", ").count() == 3 && clues.split(", ").all(|clue| clue.starts_with(['+', '-'])), "{clues}");
    let place = |text: &str| run.stdout.find(text).unwrap();
    assert!(
        place("Home") < place("One begins") && place("One begins") < place("Subscribe"),
        "in the order of the page"
    );
    assert!(!run.stdout.contains('\u{1b}'), "no colours in a pipe: {run:?}");
}
