//! Compares our trees with those of html5ever for the same pages, node by node.

use super::corpus::{files, read, setting};
use super::oracle::oracle_outline;
use super::outline::{difference, outline};
use crate::dom::parse;

/// Pages of all corpora that are compared by default; `COPYDESK_PAGES` sets another number.
const PAGES: usize = 60;
/// Mutated pieces of pages that are compared by default; `COPYDESK_MUTATIONS` sets another number.
const MUTATIONS: usize = 3_000;

fn compare(page: &str) -> Option<String> {
    difference(&outline(&parse(page)), &oracle_outline(page))
}

#[test]
fn corpus_pages_give_the_tree_of_html5ever() {
    let files = files();
    let wanted = setting("COPYDESK_PAGES", PAGES).max(1);
    let step = files.len().div_ceil(wanted).max(1);
    let (mut compared, mut differ) = (0, Vec::new());
    for file in files.iter().step_by(step) {
        compared += 1;
        differ.extend(compare(&read(file)).map(|difference| format!("{}: {difference}", file.display())));
    }
    println!("{compared} pages compared");
    assert!(differ.is_empty(), "{} pages differ:\n{}", differ.len(), differ.join("\n"));
}

/// Xorshift: the same mutations in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}

/// Pieces in which a tokenizer can go wrong.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "<!",
    "<!-",
    "<!--",
    "-->",
    "--!>",
    "->",
    "--",
    "!",
    "-",
    "<?",
    "?>",
    "/>",
    "/",
    "=",
    "\"",
    "'",
    "`",
    "&",
    ";",
    "&amp",
    "&amp;",
    "&notit;",
    "&#",
    "&#x",
    "&#65",
    "&#x41;",
    "&#0;",
    "&#128;",
    "&#xD800;",
    "&#1114112;",
    "&copy=",
    "&nbsp;",
    "&lt",
    "\0",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "\x0c",
    " ",
    "<![CDATA[",
    "]]>",
    "]",
    "<!DOCTYPE html>",
    "<!doctype html public \"-//W3C//DTD HTML 4.01//",
    "<script>",
    "<SCRIPT type=application/ld+json>",
    "</script>",
    "</script ",
    "<!--<script",
    "<script ",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<annotation-xml encoding=text/html>",
    "<foreignObject>",
    "<desc>",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<colgroup>",
    "<col>",
    "<caption>",
    "<select>",
    "<option>",
    "<input type=hidden>",
    "<input type=text>",
    "<b>",
    "<b class=x>",
    "<i id=1>",
    "</b>",
    "</i>",
    "<a href=?a=1&copy=2>",
    "<a>",
    "</a>",
    "<nobr>",
    "<font color=red>",
    "<pre>",
    "\n</pre>",
    "<listing>\n",
    "<br>",
    "</br>",
    "<div",
    "<div class=\"a",
    "<div class='",
    "<div a=1 a=2 A=3>",
    "<body id=1>",
    "<html lang=ko>",
    "<head>",
    "</head>",
    "</body>",
    "</html>",
    "<frameset>",
    "<frame>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "</template>",
    "<plaintext>",
    "<iframe>",
    "</iframe>",
    "<image>",
    "<form>",
    "</form>",
    "<button>",
    "<li>",
    "<dd>",
    "<h1>",
    "</h2>",
    "<ruby><rt>",
    "<hr>",
    "\u{feff}",
    "\u{ac00}",
    "\u{1f600}",
    "\u{a0}",
    "\u{85}",
];

/// A piece of a page of up to 3 KB, with a few mutations.
fn mutate(page: &[u8], dice: &mut Dice) -> String {
    let start = dice.roll(page.len());
    let length = 1 + dice.roll(3_000);
    let mut bytes: Vec<u8> = page.iter().skip(start).take(length).copied().collect();
    for _ in 0..1 + dice.roll(12) {
        let at = dice.roll(bytes.len() + 1);
        let some = (at + dice.roll(20)).min(bytes.len());
        match dice.roll(6) {
            0 => drop(bytes.drain(at..some)),
            1 => {
                let copy = bytes[at..some].to_vec();
                let to = dice.roll(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
            2 => bytes.truncate(at.max(1)),
            _ => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn mutated_pages_give_the_tree_of_html5ever() {
    let files = files();
    let wanted = setting("COPYDESK_MUTATIONS", MUTATIONS);
    let mut dice = Dice(setting("COPYDESK_SEED", 0x9e37_79b9_7f4a_7c15).max(1) as u64);
    // Some are made of nothing but pieces.
    let pieces: Vec<u8> = PIECES.iter().flat_map(|piece| piece.bytes()).collect();
    let mut page = pieces.clone();
    let mut differ = Vec::new();
    for number in 0..wanted {
        if number % 200 == 0 && !files.is_empty() {
            page = read(&files[dice.roll(files.len())]).into_bytes();
        }
        let mutated = if number % 5 == 0 {
            let count = 1 + dice.roll(40);
            (0..count).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
        } else {
            mutate(&page, &mut dice)
        };
        if let Some(difference) = compare(&mutated) {
            differ.push(format!("{:?}\n{difference}", shrink(&mutated)));
            if differ.len() == 10 {
                break;
            }
        }
    }
    println!("{wanted} mutated pages compared");
    assert!(differ.is_empty(), "pages differ:\n{}", differ.join("\n\n"));
}

/// A smaller page that still differs.
fn shrink(page: &str) -> String {
    let mut page: Vec<char> = page.chars().collect();
    let mut size = page.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < page.len() {
            let without: String = page[..at].iter().chain(page.iter().skip(at + size)).collect();
            if compare(&without).is_some() {
                page = without.chars().collect();
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    page.into_iter().collect()
}
