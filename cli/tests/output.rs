//! Tests where output is written, and what remains of it when a run is interrupted.

mod bench;

use bench::{Bench, article};
use std::fs::{self, File};
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
fn a_run_that_can_read_no_page_leaves_the_older_output() {
    let bench = Bench::new("older");
    pages(&bench, 1);
    bench.file("older", "older\n");
    let aside = "copydesk: older stays as it was; the records are in ";
    for (args, records) in [
        (&["gone.html"][..], 0),
        (&["gone.html", "--to", "json"], 1),
        (&["crawl/", "gone.html", "--to", "jsonl"], 2),
        (&["crawl/", "gone.html", "--to", "jsonl"], 2),
    ] {
        let run = bench.run(&[args, &["-o", "older"]].concat());
        assert_eq!((run.code, bench.read("older").as_str()), (1, "older\n"), "{args:?}");
        assert_eq!(run.stderr.contains(aside), records > 0, "{run:?}");
        let failed = fs::read_to_string(bench.path(".older.failed")).unwrap_or_default();
        assert_eq!(failed.matches("\"status\"").count(), records, "{failed}");
        assert!(!bench.path(".older.partial").exists());
    }
    // Errors are better than nothing, and one page is better than none.
    assert_eq!(bench.run(&["gone.html", "--to", "jsonl", "-o", "new"]).code, 1);
    assert_eq!(bench.read("new").lines().count(), 1);
    assert_eq!(bench.run(&["gone.html", "pages", "-o", "older"]).code, 1);
    assert_eq!(bench.read("older").lines().count(), 2);
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
    bench.file("log", "older\n");
    assert_eq!(bench.shell("\"$copydesk\" pages -o /dev/stdout >> log").code, 0);
    let log = bench.read("log");
    assert!(log.starts_with("older\n") && log.lines().count() == 3, "{log}");
}

#[test]
fn a_file_that_cannot_be_written_is_named_as_it_was_given() {
    let bench = Bench::new("unwritable");
    pages(&bench, 1);
    let run = bench.run(&["pages", "-o", "no/such/x.jsonl"]);
    assert!(run.code == 2 && run.stderr.starts_with("copydesk: no/such/x.jsonl: "), "{run:?}");
    bench.file("out.jsonl", "older\n");
    let mut permissions = fs::metadata(bench.path("out.jsonl")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(bench.path("out.jsonl"), permissions).unwrap();
    // Root may write to it all the same.
    if File::options().write(true).open(bench.path("out.jsonl")).is_err() {
        let run = bench.run(&["pages", "-o", "out.jsonl"]);
        assert!(run.code == 2 && run.stderr.starts_with("copydesk: out.jsonl: "), "{run:?}");
        assert_eq!(bench.read("out.jsonl"), "older\n");
    }
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
fn an_interrupted_run_can_be_continued() {
    let bench = Bench::new("interrupted");
    pages(&bench, 600);
    bench.file("out.jsonl", "older\n");
    let args = ["pages", "-o", "out.jsonl"];
    let mut child = bench.command(&args).spawn().unwrap();
    while fs::metadata(bench.path(".out.jsonl.partial")).map_or(0, |found| found.len()) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let second = bench.run(&args);
    assert_eq!((second.code, second.stderr.as_str()), (2, "copydesk: out.jsonl: another run is writing it\n"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(bench.read("out.jsonl"), "older\n");

    // A run that does not continue it leaves it alone.
    let begun = bench.read(".out.jsonl.partial");
    for other in [&args[..], &["nowhere", "-o", "out.jsonl"], &["pages", "--to", "json", "-o", "out.jsonl"]] {
        assert_eq!(bench.run(other).code, 2, "{other:?}");
        assert_eq!(bench.read(".out.jsonl.partial"), begun, "{other:?}");
    }

    // Not begun anew: what is there stays, even this record that no page has.
    let begun = bench.read(".out.jsonl.partial").replacen("One and how", "Once and how", 1);
    bench.file(".out.jsonl.partial", begun);
    assert_eq!(bench.run(&["pages", "--resume", "-o", "out.jsonl"]).code, 0);
    assert_eq!(bench.read("out.jsonl").replacen("Once", "One", 1), bench.run(&["pages"]).stdout);
    assert!(bench.read("out.jsonl").contains("Once and how"));
    assert_eq!(names(&bench), ["out.jsonl", "pages"]);
}

#[test]
fn a_page_is_done_if_id_and_source_are() {
    let bench = Bench::new("resume_source");
    bench.file("pages/a.html", article("One"));
    bench.file("pages/a.txt", article("Two"));
    let to = ["--to", "jsonl", "--resume", "-o", "out.jsonl"];
    bench.run(&[&["pages/a.txt"], &to[..]].concat());
    bench.run(&[&["pages"], &to[..]].concat());
    let out = bench.read("out.jsonl");
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("pages/a.html") && out.contains("pages/a.txt"), "{out}");
}

#[cfg(unix)]
#[test]
fn a_page_is_done_however_its_path_is_spelled() {
    let bench = Bench::new("resume_spelling");
    pages(&bench, 2);
    bench.file("far/pages/0000.html", article("Two"));
    fs::create_dir(bench.path("far/end")).unwrap();
    std::os::unix::fs::symlink("far/end", bench.path("link")).unwrap();
    let run = |argument: &str| {
        let run = bench.run(&[argument, "--to", "jsonl", "--resume", "-o", "out.jsonl"]);
        assert_eq!(run.code, 0, "{argument}: {run:?}");
        bench.read("out.jsonl").lines().count()
    };
    assert_eq!(run("pages"), 2);
    let whole = bench.path("pages").display().to_string();
    for same in ["./pages", "pages/", &whole, "pages/../pages", "./pages/*.html", "pages//0001.html"] {
        assert_eq!(run(same), 2, "{same}");
    }
    assert_eq!(run("link/../pages"), 3, "near miss: what is beside the target of a link");
    assert_eq!(run("link/../pages"), 3);
}

#[test]
fn what_is_no_output_of_ours_is_not_continued() {
    let bench = Bench::new("resume_foreign");
    pages(&bench, 1);
    for notes in ["my notes without line feed", "{\"id\":\"a\",\"html\":\"x\"}\n", "{\"id\":\"a\",\"html\":\"x\"}"] {
        bench.file("notes", notes);
        assert_eq!(bench.run(&["pages", "--resume", "-o", "notes"]).code, 2);
        assert_eq!(bench.read("notes"), notes);
    }
}

#[test]
fn errors_of_an_earlier_run_still_count() {
    let bench = Bench::new("resume_errors");
    pages(&bench, 2);
    let args = ["gone.html", "pages", "--resume", "-o", "out.jsonl"];
    let first = bench.run(&args);
    let whole = bench.read("out.jsonl");
    let second = bench.run(&args);
    assert!(second.stderr.contains("1 of 3 pages could not be read"), "{second:?}");
    assert_eq!((first.code, second.code, bench.read("out.jsonl")), (1, 1, whole));
}

#[test]
fn a_run_that_finds_nothing_leaves_the_older_output() {
    let bench = Bench::new("found_nothing");
    fs::create_dir(bench.path("empty")).unwrap();
    for argument in ["empty", "*.htlm"] {
        for mode in [&["-o", "out.jsonl"][..], &["--to", "json", "-o", "out.jsonl"], &["--resume", "-o", "out.jsonl"]] {
            bench.file("out.jsonl", article("One"));
            assert_eq!(bench.run(&[&[argument], mode].concat()).code, 2);
            assert_eq!(bench.read("out.jsonl"), article("One"), "{argument} {mode:?}");
        }
    }
    assert_eq!(bench.run(&["empty", "--resume", "-o", "new.jsonl"]).code, 2);
    assert_eq!(names(&bench), ["empty", "out.jsonl"]);
}

#[test]
fn what_is_read_is_not_written_to() {
    let bench = Bench::new("same_file");
    pages(&bench, 1);
    bench.file("a.html", article("One"));
    bench.file("in.jsonl", bench.run(&["pages"]).stdout);
    for name in ["a.html", "in.jsonl"] {
        let before = bench.read(name);
        let run = bench.run(&["pages", name, "-o", name]);
        assert_eq!((run.code, run.stderr), (2, format!("copydesk: {name}: is both input and output\n")));
        assert_eq!(bench.read(name), before);
    }
    let file = File::options().append(true).open(bench.path("in.jsonl")).unwrap();
    assert_eq!(bench.command(&["in.jsonl"]).stdout(file).status().unwrap().code(), Some(2));
    bench.file("about.jsonl", "{\"id\":\"0000\"}\n");
    for (line, input) in [
        ("-o a.html < a.html", "-"),
        ("- pages --to jsonl -o a.html < a.html", "-"),
        ("-o in.jsonl < in.jsonl", "-"),
        ("< in.jsonl >> in.jsonl", "-"),
        ("pages --about about.jsonl -o about.jsonl", "about.jsonl"),
    ] {
        let files = ["a.html", "in.jsonl", "about.jsonl"];
        let before = files.map(|name| bench.read(name));
        let run = bench.shell(&format!("\"$copydesk\" {line}"));
        assert_eq!((run.code, run.stderr), (2, format!("copydesk: {input}: is both input and output\n")), "{line}");
        assert_eq!(files.map(|name| bench.read(name)), before, "{line}");
    }
    assert_eq!(bench.shell("\"$copydesk\" pages -o a.html < a.html").code, 0, "near miss: a page that is not read");
    assert_eq!(names(&bench), ["a.html", "about.jsonl", "in.jsonl", "pages"]);
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
