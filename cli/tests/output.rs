//! Tests where output is written, and what remains of it when a run is interrupted.

mod bench;

use bench::{Bench, article};
use std::fs;
use std::io::{BufRead, BufReader, Read};

fn pages(bench: &Bench, count: usize) {
    for n in 0..count {
        bench.file(&format!("pages/{n:04}.html"), article("One"));
    }
}

fn names(bench: &Bench) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(bench.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let bench = Bench::new("replaced");
    pages(&bench, 3);
    bench.file("out.jsonl", "what stood there before\n");
    let run = bench.run(&["pages", "-o", "out.jsonl"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    assert_eq!(bench.read("out.jsonl"), bench.run(&["pages"]).stdout);
    assert_eq!(names(&bench), ["out.jsonl", "pages"], "nothing is left beside it");
}

#[test]
fn a_page_that_fails_leaves_the_older_document() {
    let bench = Bench::new("older");
    bench.file("out.txt", "older\n");
    let run = bench.run(&["gone.html", "-o", "out.txt"]);
    assert_eq!((run.code, bench.read("out.txt").as_str()), (1, "older\n"));
    assert_eq!(names(&bench), ["out.txt"]);
}

#[cfg(unix)]
#[test]
fn links_and_devices_stay_what_they_are() {
    let bench = Bench::new("links");
    pages(&bench, 2);
    bench.file("target.jsonl", "");
    std::os::unix::fs::symlink("target.jsonl", bench.path("link.jsonl")).unwrap();
    assert_eq!(bench.run(&["pages", "-o", "link.jsonl"]).code, 0);
    assert!(fs::symlink_metadata(bench.path("link.jsonl")).unwrap().is_symlink());
    assert_eq!(bench.read("target.jsonl").lines().count(), 2);
    assert_eq!(bench.run(&["pages", "-o", "/dev/null"]).code, 0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert_eq!(bench.run(&["pages", "-o", "/dev/stdout"]).stdout.lines().count(), 2);
}

#[test]
fn a_run_goes_on_where_it_stopped() {
    let bench = Bench::new("resume");
    pages(&bench, 5);
    // The same ids again, from another folder.
    bench.file("more/0001.html", article("Two"));
    let args = ["pages", "more", "--resume", "-o", "out.jsonl"];
    assert_eq!(bench.run(&args).code, 0);
    let whole = bench.read("out.jsonl");
    assert_eq!(whole.lines().count(), 6);

    let cut: usize = whole.lines().take(2).map(|line| line.len() + 1).sum();
    for end in [0, cut, cut + 1, cut + 40, whole.len() - 1, whole.len()] {
        bench.file("out.jsonl", whole.get(..end).unwrap());
        assert_eq!(bench.run(&args).code, 0);
        assert_eq!(bench.read("out.jsonl"), whole, "cut at {end}");
    }
    // A file with other content is left alone.
    bench.file("out.jsonl", "{\"name\":\"not ours\"}\n");
    assert_eq!(bench.run(&args).code, 2);
    assert_eq!(bench.read("out.jsonl"), "{\"name\":\"not ours\"}\n");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let bench = Bench::new("closed_pipe");
    pages(&bench, 200);
    let mut child = bench.command(&["pages"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("\"id\":\"0000\""), "{first}");
    let code = child.wait().unwrap().code();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_fatal() {
    let bench = Bench::new("full");
    pages(&bench, 2);
    let run = bench.run(&["pages", "-o", "/dev/full"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("copydesk: cannot write: "), "{run:?}");
}
