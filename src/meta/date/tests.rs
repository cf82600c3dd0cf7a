//! Hits and near misses of every notation.

use super::visible::find_from;
use super::year::{Evidence, copyright_year};
use super::*;
use proptest::prelude::*;

/// All dates in a text.
fn find(text: &str, context: &Context<'_>, out: &mut Vec<Found>) {
    find_from(text, 0, usize::MAX, context, out);
}

fn shown(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// All dates of a text, each after the first letter of its label.
fn read(text: &str, context: &Context<'_>) -> Vec<String> {
    let mut found = Vec::new();
    find(text, context, &mut found);
    settle_order(&mut found, &[]);
    let letter = |label| match label {
        Label::None => "",
        Label::Published => "P ",
        Label::Modified => "M ",
        Label::Other => "O ",
    };
    found.iter().map(|found| format!("{}{}", letter(found.label), found.date)).collect()
}

fn context<'a>(language: &str) -> Context<'a> {
    Context { order: Orders::of(Some(language), None), ..Context::default() }
}

#[test]
fn machine_values() {
    let cases = [
        ("ISO day", "2025-01-14", Some("2025-01-14")),
        ("no colon in the offset", "2025-01-14T21:17:27+0900", Some("2025-01-14T21:17:27+09:00")),
        ("fraction", "2025-01-14T20:00:52.000+0900", Some("2025-01-14T20:00:52+09:00")),
        ("zulu, micros", "2025-01-14T20:00:52.123456Z", Some("2025-01-14T20:00:52Z")),
        ("blank for T", "2025-01-14 20:00:52", Some("2025-01-14T20:00:52")),
        ("blank before offset", "2025-01-14 20:00:52 +0900", Some("2025-01-14T20:00:52+09:00")),
        ("named zone", "2025-01-14 20:00:52 UTC", Some("2025-01-14T20:00:52Z")),
        ("zone in brackets", "2020-01-05T10:00+01:00[Europe/Berlin]", Some("2020-01-05T10:00+01:00")),
        ("no seconds", "2025-01-14T20:00Z", Some("2025-01-14T20:00Z")),
        ("hour offset", "2025-01-14T20:00:00+09", Some("2025-01-14T20:00:00+09:00")),
        ("single digits", "2025-1-4T9:05", Some("2025-01-04T09:05")),
        ("slashes", "2025/01/14 09:05:00", Some("2025-01-14T09:05:00")),
        ("stops", "2025.01.14", Some("2025-01-14")),
        ("basic", "20250114T200052Z", Some("2025-01-14T20:00:52Z")),
        ("14 digits", "20240513125214", Some("2024-05-13T12:52:14")),
        ("12 digits", "202405131252", Some("2024-05-13T12:52")),
        ("8 digits", "20240513", Some("2024-05-13")),
        ("month", "2024-05", Some("2024-05")),
        ("year", "2024", Some("2024")),
        ("day of the year", "2024-134", Some("2024-05-13")),
        ("week", "2024-W20-1", Some("2024-05-13")),
        ("week 1 begins in the old year", "2020-W01-1", Some("2019-12-30")),
        ("epoch", "1715595890", Some("2024-05-13T10:24:50Z")),
        ("milliseconds", "1715595890123", Some("2024-05-13T10:24:50Z")),
        ("epoch with fraction", "1715595890.5", Some("2024-05-13T10:24:50Z")),
        ("RFC 2822", "Mon, 13 May 2024 10:20:30 +0200", Some("2024-05-13T10:20:30+02:00")),
        ("RFC 2822, GMT", "Mon, 13 May 2024 10:20:30 GMT", Some("2024-05-13T10:20:30Z")),
        ("RFC 850", "Monday, 13-May-24 10:20:30 GMT", Some("2024-05-13T10:20:30Z")),
        ("JavaScript", "Mon May 13 2024 10:20:30 GMT+0200 (CEST)", Some("2024-05-13T10:20:30+02:00")),
        ("asctime", "Mon May 13 10:20:30 2024", Some("2024-05-13T10:20:30")),
        ("date of the shell", "Mon May 13 10:20:30 KST 2024", Some("2024-05-13T10:20:30+09:00")),
        ("month name", "May 13, 2024", Some("2024-05-13")),
        ("month name and time", "May 13, 2024 4:00 PM", Some("2024-05-13T16:00")),
        ("German", "13.05.2024 17:47", Some("2024-05-13T17:47")),
        ("quotes", "\"2024-05-13\"", Some("2024-05-13")),
        ("year first with am and pm", "2024-05-13 02:10:00 PM", Some("2024-05-13T14:10:00")),
        ("T and a tail", "2024-05-13T", Some("2024-05-13")),
        ("near miss: empty", "", None),
        ("near miss: zeros", "0000-00-00 00:00:00", None),
        ("near miss: the year 1", "0001-01-01T00:00:00Z", None),
        ("near miss: identifier", "123456", None),
        ("near miss: long number", "12345678901234567890123", None),
        ("near miss: word", "yesterday", None),
        ("near miss: template", "{{ date }}", None),
        ("near miss: month 13", "2024-13-01", None),
        ("near miss: small epoch", "946684", None),
    ];
    for (name, text, date) in cases {
        assert_eq!(shown(machine(text)).as_deref(), date, "{name}: {text:?}");
    }
}

#[test]
fn addresses() {
    let cases = [
        ("path", "https://a.example/2025/04/17/slug", Some("2025-04-17")),
        ("end of path", "https://a.example/news/2025/04/17", Some("2025-04-17")),
        ("8 digits", "https://a.example/20250417/slug.html", Some("2025-04-17")),
        ("month and day together", "https://a.example/2025/0417/c90.html", Some("2025-04-17")),
        ("slug", "https://a.example/post-2025-04-17-slug", Some("2025-04-17")),
        ("underscores", "https://a.example/a_2025_04_17_b.jpg", Some("2025-04-17")),
        ("letters before", "https://a.example/t20240424_1234.html", Some("2024-04-24")),
        ("identifier of an agency", "https://a.example/view/AKR20250417123400004", Some("2025-04-17")),
        ("month name", "https://a.example/2019/sep/12/slug", Some("2019-09-12")),
        ("short year", "https://a.example/esteri/25_may_05/slug.html", Some("2025-05-05")),
        ("day first", "https://a.example/news/29-10-2021", Some("2021-10-29")),
        ("behind the section", "https://a.example/2010/POLITICS/08/13/slug/index.html", Some("2010-08-13")),
        ("near miss: an issue", "https://a.example/2024/volume/12/5/slug", None),
        ("near miss: nothing behind it", "https://a.example/2020/shoes/10/05", None),
        ("near miss: a number in a slug", "https://a.example/2010/politics/08/13-ways", None),
        ("near miss: two sections", "https://a.example/2010/politics/us/08/13/slug", None),
        ("archive", "https://archive.example/web/20120216182711/http://a.example/2012/02/14/x", Some("2012-02-14")),
        (
            "archive without scheme",
            "https://web.archive.example/web/20130307194448/a.example/2008/05/x",
            Some("2008-05"),
        ),
        ("near miss: either order", "https://a.example/news/05-10-2021", None),
        ("near miss: short year in a slug", "https://a.example/25-may-05-pictures", None),
        ("month", "https://a.example/2025/04/slug", Some("2025-04")),
        ("month and day folders", "https://a.example/img/202512/10/a.jpg", Some("2025-12-10")),
        ("month folder", "https://a.example/202512/a.jpg", Some("2025-12")),
        ("month alone is passed over", "https://a.example/2025/04/slug-20250417", Some("2025-04-17")),
        ("near miss: year alone", "https://a.example/best-of-2025", None),
        ("near miss: year and number", "https://a.example/2025/99/17/", None),
        ("near miss: identifier", "https://a.example/news/12345678", None),
        ("near miss: query", "https://a.example/?date=2025-04-17", None),
        ("near miss: host", "https://2025-04-17.example/", None),
        ("near miss: a slug's number", "https://a.example/top-2025-5-ways", None),
        ("near miss: epoch", "https://a.example/1715595890", None),
    ];
    for (name, url, date) in cases {
        assert_eq!(shown(from_url(url)).as_deref(), date, "{name}: {url:?}");
    }
}

#[test]
fn english() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("US", "Posted: Aug 08, 2024 4:00 AM EDT", &["P 2024-08-08T04:00-04:00"]),
        ("labelled, weekday", "Last updated on Monday, 13 May 2024, 17:47", &["M 2024-05-13T17:47"]),
        ("ordinal", "on the 13th of May 2024", &["2024-05-13"]),
        ("stop", "Sept. 3, 2024 at 4 p.m.", &["2024-09-03T16:00"]),
        ("noon", "May 13, 2024, 12:05 am", &["2024-05-13T00:05"]),
        ("hyphens", "13-May-2024 10:20", &["2024-05-13T10:20"]),
        ("short year", "13-May-24", &["2024-05-13"]),
        ("short year behind the day", "May-13-24", &["2024-05-13"]),
        (
            "near miss: days of an event",
            "This year's event, held from February 25-27, 2025, in the old harbour, drew more boats than ever.",
            &[],
        ),
        ("quoted year", "May 13 '24", &["2024-05-13"]),
        ("glued to a name", "By Jane MillerNovember 20, 2007No Comments", &["2007-11-20"]),
        ("glued, in capitals", "Harbour NewsDECEMBER 22, 2022", &["2022-12-22"]),
        ("near miss: a word that ends in one", "Harbour NewsDismay 22, 2022", &[]),
        ("stops beside a time", "01.02.2022 Start 08.30", &["2022-02-01T08:30"]),
        ("glued", "Published2024-05-13", &["P 2024-05-13"]),
        ("upper case", "PUBLISHED MAY 13, 2024", &["P 2024-05-13"]),
        ("month first", "Updated: 05/06/2024 10:15", &["M 2024-05-06T10:15"]),
        ("proved day first", "13/05/2024, then 05/06/2024", &["2024-05-13", "2024-06-05"]),
        ("time first", "10:30 AM, May 13, 2024", &["2024-05-13T10:30"]),
        ("an age, no day of `ago`", "1 day ago", &[]),
        ("an age beside a count", "3 hrs ago 5 comments", &[]),
        ("an age in words", "an hour ago 5 comments", &[]),
        ("near miss: the month", "5 ago 2024", &["2024-08-05"]),
        ("two", "Published May 13, 2024 Updated May 14, 2024", &["P 2024-05-13", "M 2024-05-14"]),
        ("bar", "May 13, 2024 | 10:30", &["2024-05-13T10:30"]),
        ("asctime", "Mon May 13 10:20:30 2024", &["2024-05-13T10:20:30"]),
        ("range", "May 13, 2024 – May 15, 2024", &["O 2024-05-13", "O 2024-05-15"]),
        ("month", "in May 2024", &["2024-05"]),
        ("no year, short", "May 13", &["--05-13"]),
        ("no-break space", "May\u{a0}13,\u{a0}2024", &["2024-05-13"]),
        (
            "near miss: no year in prose",
            "On May 13 the company said that it would not sell its last mill, which had stood idle",
            &[],
        ),
        ("near miss: no such day", "May 32, 2024", &[]),
        ("near miss: price", "$12.05.2024", &[]),
        ("near miss: phone", "+1 202-555-0147, 010-1234-5678", &[]),
        ("near miss: score", "won 12-10 at home", &[]),
        (
            "near miss: version",
            "version 2024.1.2 of the editor that many of us use for programming in Rust and in C",
            &[],
        ),
        ("near miss: address", "192.168.10.12", &[]),
        ("a name that is a month", "By Tom May 15 December 2025", &["2025-12-15"]),
        ("near miss: ISSN", "ISSN 2024-0513", &[]),
        ("near miss: identifier", "No. 20240513", &[]),
        ("near miss: fraction", "1/2/3/2024", &[]),
        ("near miss: web address", "https://a.example/2024/05/13/x", &[]),
        ("near miss: a longer word", "Mayor 13, 2024", &[]),
    ];
    for (name, text, dates) in cases {
        assert_eq!(read(text, &context("en")), *dates, "{name}: {text:?}");
    }
}

#[test]
fn stated_days_settle_the_order() {
    let stated = [PartialDate::from_ymd(2017, 11, 3).unwrap()];
    let cases: &[(&str, &str, &[&str])] = &[
        ("slash", "03/11/2017, 05/06/2017", &["2017-11-03", "2017-06-05"]),
        ("stops, that date alone", "11.03.2017, 05.06.2017", &["2017-11-03", "2017-06-05"]),
        (
            "contradiction, that date alone",
            "03/11/2017, 05/16/2017, 01/02/2017",
            &["2017-11-03", "2017-05-16", "2017-01-02"],
        ),
        ("near miss: another day", "04/11/2017", &["2017-04-11"]),
    ];
    for (name, text, dates) in cases {
        let mut found = Vec::new();
        find(text, &context("en"), &mut found);
        settle_order(&mut found, &stated);
        let read: Vec<String> = found.iter().map(|found| found.date.to_string()).collect();
        assert_eq!(read, *dates, "{name}");
    }
}

#[test]
fn hostile_text_stays_linear() {
    let pieces =
        ["1", "1-", "1.", "13 ", "May ", "2024-", "12:", "入力1", "Posted ", "日2024年", "٣", "é1 ", "+1", "1 May "];
    for piece in pieces {
        let text = piece.repeat(60_000 / piece.len());
        let start = std::time::Instant::now();
        find(&text, &Context { before: &text, ..context("ko") }, &mut Vec::new());
        machine(&text);
        from_url(&text);
        // A pass that looks back or ahead without bound takes minutes.
        assert!(start.elapsed().as_secs() < 60, "{piece:?}: {:?}", start.elapsed());
    }
}

#[test]
fn korean() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("both", "입력 2023-06-28 16:14 수정 2023-06-29 10:00", &["P 2023-06-28T16:14", "M 2023-06-29T10:00"]),
        ("colon", "입력 : 2025-06-04 02:37:08", &["P 2025-06-04T02:37:08"]),
        ("brackets", "기사입력 :[ 2018-09-28 17:32 ]", &["P 2018-09-28T17:32"]),
        ("stops, half", "기사입력 2023.09.11. 오후 02:31", &["P 2023-09-11T14:31"]),
        ("spaced", "2024. 5. 13. 12:52", &["2024-05-13T12:52"]),
        ("half", "2023.11.02. 오후 8:06", &["2023-11-02T20:06"]),
        ("glued short year", "작성일25-04-17 11:21", &["P 2025-04-17T11:21"]),
        ("board line", "작성자 oreo 작성일25-04-17 11:21 조회1회 댓글0건", &["P 2025-04-17T11:21"]),
        ("no year", "작성일 12-10 40 목록", &["P --12-10"]),
        ("units", "2024년 5월 13일 오후 3시 21분", &["2024-05-13T15:21"]),
        ("units without year", "5월 13일", &["--05-13"]),
        ("weekday", "2024.05.13 (월) 12:30", &["2024-05-13T12:30"]),
        ("house", "등록(발행)일자 : 2009.11.30", &["O 2009-11-30"]),
        ("near miss: day alone", "9일(현지시간)", &[]),
        ("near miss: label in another word", "댓글을 입력해 주세요 2024-05-13", &["2024-05-13"]),
        ("near miss: a view count", "조회 12-10", &[]),
        ("near miss: money", "12.10원", &[]),
    ];
    for (name, text, dates) in cases {
        assert_eq!(read(text, &context("ko")), *dates, "{name}: {text:?}");
    }
}

#[test]
fn east_asia() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("ja", "units and time", "2025年1月13日 21時37分", &["2025-01-13T21:37"]),
        ("ja", "glued name", "渡辺洋介2025年1月13日 21時37分", &["2025-01-13T21:37"]),
        ("ja", "changed", "2025年1月14日 01時28分 (1月14日 01時40分更新)", &["2025-01-14T01:28", "M --01-14T01:40"]),
        ("ja", "slashes", "2025/1/14 21:17（最終更新 1/14 21:18）", &["2025-01-14T21:17", "M --01-14T21:18"]),
        ("ja", "label", "公開日：2024年5月13日", &["P 2024-05-13"]),
        ("ja", "full width", "２０２４年５月１３日", &["2024-05-13"]),
        ("ja", "era", "令和6年5月13日", &["2024-05-13"]),
        ("ja", "weekday", "2024年5月13日(月) 午後3時21分", &["2024-05-13T15:21"]),
        ("ja", "near miss: day alone", "１３日午後", &[]),
        ("zh", "glued time", "2024年04月24日23:52 | 来源：新华网", &["2024-04-24T23:52"]),
        ("zh", "label", "发布时间：2024-04-24 10:30:05", &["P 2024-04-24T10:30:05"]),
        ("zh", "half", "2024/04/24 下午 3:05", &["2024-04-24T15:05"]),
        ("zh", "near miss: a year alone", "2024年的计划", &[]),
    ];
    for (language, name, text, dates) in cases {
        assert_eq!(read(text, &context(language)), *dates, "{name}: {text:?}");
    }
}

#[test]
fn languages() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("de", "Donnerstag 05. Juni 2025 15:44 Uhr", &["2025-06-05T15:44"]),
        ("de", "3. Mai 2024, 17:47", &["2024-05-03T17:47"]),
        ("de", "Stand: 13.05.2024, 17.47 Uhr", &["M 2024-05-13T17:47"]),
        ("de", "17.04.25", &["2025-04-17"]),
        ("fr", "Publié le 1er mai 2024 à 15h30", &["P 2024-05-01T15:30"]),
        ("fr", "le 13 août 2024", &["2024-08-13"]),
        ("es", "13 de mayo de 2024 10:20", &["2024-05-13T10:20"]),
        ("es", "3/5/2022 22:41", &["2022-05-03T22:41"]),
        ("pt", "13 de março de 2024 às 10h30", &["2024-03-13T10:30"]),
        ("it", "13 maggio 2024", &["2024-05-13"]),
        ("nl", "13 mei 2024 om 10:30", &["2024-05-13T10:30"]),
        ("pl", "13 maja 2024, 10:30", &["2024-05-13T10:30"]),
        ("cs", "13. května 2024", &["2024-05-13"]),
        ("ru", "13 мая 2024 г., 10:30", &["2024-05-13T10:30"]),
        ("uk", "13 травня 2024", &["2024-05-13"]),
        ("bg", "13 май 2024", &["2024-05-13"]),
        ("el", "13 Μαΐου 2024", &["2024-05-13"]),
        ("tr", "20 Nisan 2026", &["2026-04-20"]),
        ("sv", "13 maj 2024 kl. 10.30", &["2024-05-13T10:30"]),
        ("no", "torsdag 09. mai 2024 - 13:26", &["2024-05-09T13:26"]),
        ("da", "13. maj 2024 kl. 10.30", &["2024-05-13T10:30"]),
        ("fi", "13. toukokuuta 2024 klo 10.30", &["2024-05-13T10:30"]),
        ("hu", "2024. május 13. 10:30", &["2024-05-13T10:30"]),
        ("ro", "13 mai 2024, 10:30", &["2024-05-13T10:30"]),
        ("id", "Senin, 13 Mei 2024 10:30 WIB", &["2024-05-13T10:30+07:00"]),
        ("vi", "13 tháng 5, 2024", &["2024-05-13"]),
        ("vi", "Thứ hai, 13/5/2024, 10:30 (GMT+7)", &["2024-05-13T10:30+07:00"]),
        ("th", "13 พฤษภาคม 2567", &["2024-05-13"]),
        ("th", "13 พ.ค. 2567 10:30 น.", &["2024-05-13T10:30"]),
        ("ar", "13 مايو 2024", &["2024-05-13"]),
        ("ar", "١٣ مايو ٢٠٢٤", &["2024-05-13"]),
        ("he", "13 במאי 2024", &["2024-05-13"]),
        ("hi", "13 मई 2024", &["2024-05-13"]),
        ("hi", "१३ मई २०२४", &["2024-05-13"]),
    ];
    let mut wrong = Vec::new();
    for (language, text, dates) in cases {
        let found = read(text, &context(language));
        if found != *dates {
            wrong.push(format!("{language} {text:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ages_count_from_the_crawl() {
    let crawled: PartialDate = "2024-05-13T10:00".parse().unwrap();
    let cases: &[(&str, &str, &[&str])] = &[
        ("en", "3 hours ago", &["2024-05-13"]),
        ("en", "1 day ago", &["2024-05-12"]),
        ("en", "Updated 11 hours ago", &["M 2024-05-12"]),
        ("en", "2 months ago", &["2024-03"]),
        ("en", "Yesterday", &["2024-05-12"]),
        ("de", "vor 2 Tagen", &["2024-05-11"]),
        ("es", "hace 3 días", &["2024-05-10"]),
        ("fr", "il y a 2 jours", &["2024-05-11"]),
        ("ko", "3분 전", &["2024-05-13"]),
        ("ja", "2日前", &["2024-05-11"]),
        ("zh", "3天前", &["2024-05-10"]),
    ];
    let mut wrong = Vec::new();
    for (language, text, dates) in cases {
        let known = Context { crawled_at: Some(crawled), ..context(language) };
        let found = read(text, &known);
        if found != *dates {
            wrong.push(format!("{language} {text:?}: {found:?}"));
        }
        assert!(read(text, &context(language)).is_empty(), "without a crawl {text:?} is no date");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn years_inferred() {
    let date = PartialDate::new(None, Some(12), Some(10)).unwrap();
    let cases: &[(&str, &[&str], &str, Option<&str>)] = &[
        ("picture of that day", &["https://t.example/news/202512/10/a.jpg"], "© 2026", Some("2025-12-10")),
        (
            "inside an address",
            &["https://t.example/R658x0/?fname=https://u.example/202512/10/a.jpg"],
            "",
            Some("2025-12-10"),
        ),
        ("the day over the month", &["/2024/12/a.jpg", "/2025/12/10/a.jpg"], "", Some("2025-12-10")),
        ("picture of that month", &["/2024/12/a.jpg"], "© 2026", Some("2024-12-10")),
        ("copyright alone", &[], "Copyright 1999-2025 A", Some("2025-12-10")),
        ("near miss: another month", &["/2024/11/10/a.jpg"], "", None),
        ("near miss: a year in prose", &[], "in 2025", None),
    ];
    for (name, addresses, line, shown_as) in cases {
        let mut evidence = Evidence::default();
        addresses.iter().filter_map(|address| from_image(address)).for_each(|date| evidence.day(date));
        let inferred = evidence.infer(date, || copyright_year(line));
        assert_eq!(shown(inferred).as_deref(), *shown_as, "{name}");
        assert!(inferred.is_none_or(|date| date.is_year_inferred()));
    }
    let whole = PartialDate::from_ymd(2020, 1, 2).unwrap();
    assert_eq!(Evidence::default().infer(whole, || None), Some(whole));
}

proptest! {
    #[test]
    fn survives_anything(text in "\\PC{0,60}|[-0-9./: ,年月日년월일TZ+'May오후入]{0,60}|([0-9]{1,4}[-./ ]){0,12}") {
        for found_at in [Context::default(), context("ko"),
            Context { crawled_at: PartialDate::from_ymd(2024, 5, 13), before: &text, ..context("de") }] {
            let mut found = Vec::new();
            find(&text, &found_at, &mut found);
            let mut floor = 0;
            for date in &found {
                let range = date.span.range();
                prop_assert!(range.start >= floor && !range.is_empty(), "{:?}", found);
                prop_assert!(text.get(range.clone()).is_some());
                floor = range.end;
                if !date.relative || date.date.day().is_some() {
                    prop_assert_eq!(date.date.to_string().parse(), Ok(date.date));
                }
            }
            settle_order(&mut found, &[]);
        }
        let mut evidence = Evidence::default();
        from_image(&text).into_iter().for_each(|date| evidence.day(date));
        let inferred = evidence.infer(PartialDate::new(None, Some(2), Some(29)).unwrap(), || copyright_year(&text));
        for date in [machine(&text), from_url(&text), inferred].into_iter().flatten() {
            let mut read = date.to_string().parse::<PartialDate>();
            if let (Ok(stated), Some(year), true) = (read, date.year(), date.is_year_inferred()) {
                read = stated.with_inferred_year(year).ok_or(crate::InvalidDate);
            }
            prop_assert_eq!(read, Ok(date));
        }
    }
}

/// Publication and last change of a page.
fn chosen(page: &str) -> (Option<String>, Option<String>) {
    let article = crate::extract_str(page).unwrap();
    (shown(article.date()), shown(article.modified()))
}

#[test]
fn published_and_modified_are_told_apart() {
    let prose =
        "<p>A paragraph of some length, with commas, so that it is taken for what it is: the body of an article.</p>";
    let head = "<h1>A headline of an article</h1>";
    let cases = [
        (
            "declared",
            r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"A headline of an article",
            "datePublished":"2024-05-13T23:30:00+09:00","dateModified":"2024-05-14T08:00:00+09:00"}</script>"#,
            "",
            (Some("2024-05-13T23:30:00+09:00"), Some("2024-05-14T08:00:00+09:00")),
        ),
        (
            "shown",
            "",
            "<p>Published May 13, 2024 10:30 | Updated May 14, 2024</p>",
            (Some("2024-05-13T10:30"), Some("2024-05-14")),
        ),
        (
            "first is published where the second is a change",
            "",
            "<p>Dec. 6, 2024, 10:00 PM UTC / Updated Dec. 7, 2024, 12:43 PM UTC</p>",
            (Some("2024-12-06T22:00Z"), Some("2024-12-07T12:43Z")),
        ),
        (
            "the declared day settles the order",
            "<meta property='article:published_time' content='2024-06-05T08:00:00Z'>",
            "<p>05/06/2024</p>",
            (Some("2024-06-05T08:00:00Z"), None),
        ),
        ("near miss: none", "", "<p>By Jane Miller</p>", (None, None)),
        ("near miss: founded", "", "<p>Since 1999, all rights reserved</p>", (None, None)),
    ];
    for (name, meta, line, (published, modified)) in cases {
        let page = format!(
            "<html lang=en><head><title>A headline of an article</title>{meta}</head><body><article>{head}{line}{}</article></body>",
            prose.repeat(6)
        );
        let (got_published, got_modified) = chosen(&page);
        assert_eq!((got_published.as_deref(), got_modified.as_deref()), (published, modified), "{name}");
    }
}
