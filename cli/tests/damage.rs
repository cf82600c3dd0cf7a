//! Reads intact and damaged archives with the archive readers of the tool.

mod bench;

use bench::gzip;
use bench::warc::{conversion, page, record, response};
use copydesk_cli::{FailureKind, json_lines, warc};
use proptest::prelude::*;
use std::io::Cursor;

const LIMIT: usize = 100_000;

/// The id of each page, with its bytes as text or the kind of its failure.
fn read(bytes: Vec<u8>) -> Vec<(String, Result<String, FailureKind>)> {
    let pages = warc(Cursor::new(bytes), LIMIT);
    let text = |page: Vec<u8>| String::from_utf8_lossy(&page).into_owned();
    pages.map(|(id, page)| (id, page.map(text).map_err(|failure| failure.kind))).collect()
}

/// Like [`read`], in short form: `id=page` and `id!Kind`.
fn brief(bytes: Vec<u8>) -> String {
    let brief = |(id, page)| match page {
        Ok(page) => format!("{id}={page}"),
        Err(kind) => format!("{id}!{kind:?}"),
    };
    read(bytes).into_iter().map(brief).collect::<Vec<String>>().join(" ")
}

fn http(id: &str, head: &str) -> Vec<u8> {
    response(id, head, b"x")
}

#[test]
fn records_that_are_pages() {
    let huge = vec![b'x'; 300_000];
    let cases: [(&str, Vec<u8>, &str); 32] = [
        ("a page", page("a", "x"), "a=x"),
        ("no type declared", http("a", "HTTP/1.1 200 OK\r\n"), "a=x"),
        ("an odd good status", http("a", "HTTP/1.1 203 Hm\r\n"), "a=x"),
        ("XHTML", http("a", "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n"), "a=x"),
        ("plain text", http("a", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"), "a=x"),
        ("near miss: a style sheet", http("a", "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n"), ""),
        ("near miss: a picture", http("a", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"), ""),
        ("near miss: a redirect", http("a", "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n"), ""),
        ("near miss: not there", http("a", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"), ""),
        ("chunked", response("a", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", b"1\r\nx\r\n0\r\n\r\n"), "a=x"),
        (
            "near miss: not chunked",
            response("a", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", b"<p>x"),
            "a=<p>x",
        ),
        ("packed", response("a", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n", &gzip(b"x")), "a=x"),
        ("packed, a bomb", response("a", "HTTP/1.1 200 OK\r\n", &gzip(&huge)), "a!TooLarge"),
        ("no body", response("a", "HTTP/1.1 204 No Content\r\n", b""), "a="),
        ("text", conversion("a", "x"), "a=x"),
        ("a resource", record("resource", "Content-Type: text/html\r\n", b"x"), "-#1=x"),
        ("a resource of no type", record("resource", "", b"x"), "-#1=x"),
        (
            "a resource that the crawler knows",
            record("resource", "WARC-Identified-Payload-Type: image/gif\r\n", b"x"),
            "",
        ),
        ("near miss: a resource that is none", record("resource", "Content-Type: application/json\r\n", b"x"), ""),
        (
            "what wget tells of itself",
            record("resource", "WARC-Target-URI: <metadata://gnu.org/wget.log>\r\nContent-Type: text/plain\r\n", b"x"),
            "",
        ),
        (
            "near miss: a resource with an address",
            record("resource", "WARC-Target-URI: <file:///metadata:x>\r\nContent-Type: text/plain\r\n", b"x"),
            "-#1=x",
        ),
        ("a request", record("request", "Content-Type: application/http\r\n", b"GET / HTTP/1.1\r\n\r\n"), ""),
        ("about the crawl", record("warcinfo", "Content-Type: text/plain\r\n", b"software: x"), ""),
        ("about a record", record("metadata", "Content-Type: text/plain\r\n", b"x"), ""),
        ("seen before", record("revisit", "", b"HTTP/1.1 200 OK\r\n\r\n"), ""),
        ("an answer of another protocol", record("response", "Content-Type: text/dns\r\n", b"20250417\nx"), ""),
        ("small letters, line feeds", b"WARC/1.1\nwarc-type:RESOURCE\ncontent-length:1\n\nx\n\n".to_vec(), "-#1=x"),
        ("no end", b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\nx".to_vec(), "-#1=x"),
        ("long, but no page", record("metadata", "", &huge), ""),
        ("too long", [conversion("a", &"x\n".repeat(LIMIT)), page("b", "x")].concat(), "a!TooLarge b=x"),
        ("counted all the same", [record("request", "", b"x"), record("resource", "", b"y")].concat(), "-#2=y"),
        ("nothing", Vec::new(), ""),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(brief(bytes.clone()), expected, "{name}");
        assert_eq!(brief(gzip(&bytes)), expected, "{name}, packed");
    }
}

#[test]
fn damage_costs_what_is_damaged() {
    let long = |length: &str| {
        let head = format!("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: b\r\nContent-Length: {length}\r\n\r\n");
        [head.as_bytes(), b"x\r\n\r\n"].concat()
    };
    let around = |damage: &[u8]| [&page("a", "x")[..], damage, &page("c", "x")].concat();
    let cases: [(&str, Vec<u8>, &str); 17] = [
        ("lines between records", around(b"\r\n\r\n\r\n"), "a=x c=x"),
        ("noise", around(b"noise\r\n\r\n"), "a=x -#2!Archive c=x"),
        ("a version nobody knows", around(b"WARC/x\r\n\r\n"), "a=x -#2!Archive c=x"),
        ("no length", around(&long("")), "a=x b!Archive c=x"),
        ("a length that is none", around(&long("1x")), "a=x b!Archive c=x"),
        ("too short", around(&long("0")), "a=x b!Archive c=x"),
        ("a little too long", around(&long("9")), "a=x b!Archive c=x"),
        ("longer than what follows", around(&long("90000")), "a=x b!Archive c=x"),
        ("longer than allowed", around(&long("9000000000")), "a=x b!Archive c=x"),
        ("longer than anything", around(&long("99999999999999999999999")), "a=x b!Archive c=x"),
        ("no type", around(b"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"), "a=x -#2!Archive c=x"),
        ("no response", around(&record("response", "", b"ICY")), "a=x -#2!Archive c=x"),
        (
            "a head without end",
            around(&[b"WARC/1.0\r\n".as_slice(), &b"a: b\r\n".repeat(20_000)].concat()),
            "a=x -#2!Archive c=x",
        ),
        ("a head that another one ends", around(b"WARC/1.0\r\nWARC-Type: resource\r\n"), "a=x -#2!Archive c=x"),
        ("nothing but beginnings", b"WARC/1.0".repeat(9), "-#1!Archive"),
        ("cut in a head", around(b"")[..300].to_vec(), "a=x -#2!Archive"),
        ("cut in a body", page("a", "xyz").into_iter().rev().skip(6).rev().collect(), "a!Archive"),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(brief(bytes), expected, "{name}");
    }
}

/// Lengths after which there is no end of a record.
const WRONG: [usize; 6] = [0, 7, 1_000, 2_345, 20_000, 90_000_000];

/// One page per item of `lengths`, `Some` being a wrong length to declare. Also returns the ids of the correct pages.
fn crawl(lengths: &[Option<usize>]) -> (Vec<u8>, Vec<String>) {
    let pages = lengths.iter().enumerate().map(|(at, wrong)| {
        let good = page(&format!("{at:02}"), &"<p>One line of it.\n".repeat(10));
        let Some(wrong) = wrong else { return good };
        let good = String::from_utf8(good).unwrap();
        let (before, rest) = good.split_once("Content-Length: ").unwrap();
        format!("{before}Content-Length: {wrong}{}", rest.trim_start_matches(char::is_numeric)).into_bytes()
    });
    let good = lengths.iter().enumerate().filter(|(_, wrong)| wrong.is_none()).map(|(at, _)| format!("{at:02}"));
    (pages.collect::<Vec<_>>().concat(), good.collect())
}

fn good_ids(bytes: Vec<u8>) -> Vec<String> {
    read(bytes).into_iter().filter(|(_, page)| page.is_ok()).map(|(id, _)| id).collect()
}

#[test]
fn wrong_lengths_cost_their_own_records() {
    for wrong in WRONG {
        for bad in [&[5, 10][..], &[0, 1], &[1, 2, 3, 20], &[39]] {
            let lengths: Vec<Option<usize>> = (0..40).map(|at| bad.contains(&at).then_some(wrong)).collect();
            let (bytes, good) = crawl(&lengths);
            assert_eq!(read(bytes.clone()).len(), 40, "{wrong} in {bad:?}");
            assert_eq!(good_ids(bytes), good, "{wrong} in {bad:?}");
        }
    }
}

/// Three pages, each in its own gzip member, and where the second member begins and ends.
fn members() -> (Vec<u8>, usize, usize) {
    let text = |word: &str| (0..25).map(|n| format!("<p>{word} number {}", n * n)).collect::<String>();
    let [a, b, c] = ["a", "b", "c"].map(|id| gzip(&page(id, &text(id))));
    ([&a[..], &b, &c].concat(), a.len(), a.len() + b.len())
}

#[test]
fn a_damaged_member_costs_its_record_wherever_the_damage_is() {
    let (archive, start, end) = members();
    let whole = read(archive.clone());
    assert_eq!(whole.len(), 3);
    let mut failed = 0;
    for at in start..end {
        let mut archive = archive.clone();
        archive[at] ^= 0x55;
        let pages = read(archive);
        let [first, second @ .., third] = &pages[..] else { panic!("at {at}") };
        assert_eq!((first, third), (&whole[0], &whole[2]), "at {at}");
        let errors = second.iter().filter(|(_, page)| page.is_err()).count();
        // Damage after the page is an error in addition to it.
        assert!(second.iter().all(|page| page.1.is_err() || *page == whole[1]) && errors <= 1, "at {at}: {second:?}");
        failed += errors;
    }
    // Time and system in the header of a member may be wrong without any harm.
    assert!(failed >= end - start - 10, "{failed} of {}", end - start);
}

/// A gzip member of exactly these bytes, in blocks that are not compressed, and a wrong checksum.
fn damaged_member(blocks: &[&[u8]]) -> Vec<u8> {
    let mut member = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for bytes in blocks.iter().flat_map(|block| block.chunks(usize::from(u16::MAX))) {
        let length = u16::try_from(bytes.len()).unwrap();
        member.extend([&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes].concat());
    }
    // An empty last block; then checksum and length.
    member.extend([1, 0, 0, 0xff, 0xff]);
    member.extend([0; 8]);
    member
}

#[test]
fn damage_after_the_end_of_a_record_is_of_its_member() {
    let [a, b, c] = ["a", "b", "c"].map(|id| page(id, "x"));
    let long = b"y\r\n".repeat(100_000);
    let garbled = [b"V", &b[1..]].concat();
    let cases: [(&str, Vec<Vec<u8>>, &str); 10] = [
        ("damage", vec![damaged_member(&[&a]), gzip(&b)], "a!Compression b=x"),
        ("line ends, then damage", vec![damaged_member(&[&a, b"\r\n"]), gzip(&b)], "a!Compression b=x"),
        ("noise, then damage", vec![damaged_member(&[&a, b"y"]), gzip(&b)], "a!Compression b=x"),
        ("much noise, then damage", vec![damaged_member(&[&a, &long]), gzip(&b)], "a!Compression b=x"),
        ("near miss: a record in between", vec![damaged_member(&[&a, &b]), gzip(&c)], "a=x b!Compression c=x"),
        (
            "near miss: noise and a record in between",
            vec![damaged_member(&[&a, b"y\r\n", &b]), gzip(&c)],
            "a=x -#2!Archive b!Compression c=x",
        ),
        (
            "near miss: the next member, from its start",
            vec![gzip(&a), damaged_member(&[&garbled]), gzip(&c)],
            "a=x -#2!Compression c=x",
        ),
        (
            "near miss: the next member, line ends",
            vec![gzip(&a), damaged_member(&[b"\r\n"]), gzip(&c)],
            "a=x -#2!Compression c=x",
        ),
        (
            "near miss: the next member, much noise",
            vec![gzip(&a), damaged_member(&[&long]), gzip(&c)],
            "a=x -#2!Compression c=x",
        ),
        ("near miss: noise without damage", vec![gzip(&[&a[..], b"y\r\n"].concat()), gzip(&c)], "a=x -#2!Archive c=x"),
    ];
    for (name, members, expected) in cases {
        assert_eq!(brief(members.concat()), expected, "{name}");
    }
}

#[test]
fn a_member_that_ends_within_a_line_hides_nothing() {
    let [a, b, c] = ["a", "b", "c"].map(|id| page(id, "xyz"));
    let with = |noise: &[u8]| vec![gzip(&[&a[..], noise].concat()), gzip(&c)];
    let cut = |count: usize| vec![gzip(&a), gzip(&b[..b.len() - count]), gzip(&c)];
    let cases: [(&str, Vec<Vec<u8>>, &str); 9] = [
        ("noise", with(b"noise"), "a=xyz -#2!Archive c=xyz"),
        ("much noise", with(&b"noise".repeat(100_000)), "a=xyz -#2!Archive c=xyz"),
        ("noise in a member of its own", vec![gzip(&a), gzip(b"y"), gzip(&c)], "a=xyz -#2!Archive c=xyz"),
        ("near miss: a record in a line of text", with(&[b"y", &b[..]].concat()), "a=xyz -#2!Archive c=xyz"),
        ("no end of a record", cut(4), "a=xyz b=xyz c=xyz"),
        ("a body that is cut", cut(5), "a=xyz b!Archive c=xyz"),
        ("the head of a response that is cut", cut(40), "a=xyz b!Archive c=xyz"),
        ("a head that is cut", cut(b.len() - 60), "a=xyz -#2!Archive c=xyz"),
        ("near miss: a record in pieces", b.chunks(20).map(gzip).collect(), "b=xyz"),
    ];
    for (name, members, expected) in cases {
        assert_eq!(brief(members.concat()), expected, "{name}");
    }
}

#[test]
fn a_garbled_page_whose_member_does_not_end_is_no_page() {
    let (archive, start, _) = members();
    let whole = read(archive.clone());
    for last in 0..=u8::MAX {
        let mut archive = archive.clone();
        // In the text, and the last byte before checksum and length.
        archive[start - 49] ^= 0x12;
        archive[start - 9] = last;
        let pages = read(archive);
        assert!(pages.iter().all(|page| page.1.is_err() || whole[1..].contains(page)), "{last}: {pages:?}");
        assert_eq!(pages[pages.len() - 2..], whole[1..], "{last}");
    }
}

#[test]
fn a_cut_archive_gives_what_was_whole() {
    let (archive, start, end) = members();
    let whole = read(archive.clone());
    for cut in 0..archive.len() {
        let pages = read(archive[..cut].to_vec());
        let complete = usize::from(cut >= start) + usize::from(cut >= end);
        assert_eq!(pages[..complete], whole[..complete], "cut at {cut}");
        let clean = [0, start, end].contains(&cut);
        // Two bytes are too short to be recognised as gzip.
        assert_eq!(pages.len(), complete + usize::from(!clean), "cut at {cut}: {pages:?}");
    }
}

#[test]
fn two_damaged_members_are_two_errors() {
    let (mut archive, start, end) = members();
    archive[start - 20] ^= 1;
    archive[end - 20] ^= 1;
    let pages = read(archive);
    assert_eq!(pages.iter().map(|(_, page)| page.is_ok()).collect::<Vec<_>>(), [false, false, true], "{pages:?}");
}

proptest! {
    #[test]
    fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(bytes.clone()).len() <= 2 + bytes.len() / 4);
    }

    #[test]
    fn any_lines_end(lines in proptest::collection::vec(
        prop_oneof![
            Just("WARC/1.0\r\n".to_owned()), Just("\r\n".to_owned()), Just("WARC-Type: response\r\n".to_owned()),
            Just("WARC-Type: resource\r\n".to_owned()), Just("HTTP/1.1 200 OK\r\n".to_owned()),
            Just("Transfer-Encoding: chunked\r\n".to_owned()), Just("Content-Encoding: br\r\n".to_owned()),
            (0_u32..300).prop_map(|length| format!("Content-Length: {length}\r\n")),
            (0_u32..300).prop_map(|size| format!("{size:x}\r\n")), "[a-z\r\n]{0,30}",
        ], 0..60))
    {
        let bytes = lines.concat().into_bytes();
        prop_assert!(read(bytes.clone()).len() <= 2 + bytes.len() / 4);
        prop_assert_eq!(read(bytes.clone()), read(gzip(&bytes)));
    }

    #[test]
    fn any_wrong_lengths_cost_their_own_records(
        lengths in proptest::collection::vec(proptest::option::of(prop::sample::select(&WRONG[..])), 0..40)
    ) {
        let (bytes, good) = crawl(&lengths);
        prop_assert_eq!(good_ids(bytes), good);
    }

    #[test]
    fn any_lines_of_json_end(lines in proptest::collection::vec(
        prop_oneof![
            Just("{\"id\":\"a\",\"text\":\"x\"}"), Just("\n"), Just("{\"html\":null}"), Just("{\"text\":"), Just("\"\\ud83d\""),
            Just("}"), Just("\u{feff}"), Just("[[[[[[[["), Just("x"),
        ], 0..60))
    {
        let bytes = lines.concat().into_bytes();
        let pages = json_lines(Cursor::new(bytes.clone()), 100).count();
        prop_assert!(pages <= 1 + lines.iter().filter(|line| **line == "\n").count());
        prop_assert_eq!(json_lines(Cursor::new(gzip(&bytes)), 100).count(), pages);
    }

    #[test]
    fn a_mutated_crawl_ends(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let (mut archive, ..) = members();
        for (place, byte) in changes {
            let at = place.index(archive.len());
            archive[at] = byte;
        }
        let whole = read(members().0);
        for (_, page) in read(archive) {
            // Whatever is yielded is correct.
            prop_assert!(page.is_err() || whole.iter().any(|(_, good)| *good == page));
        }
    }
}
