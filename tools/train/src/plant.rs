//! Pages that were never published: the article of one page in a frame made of the pieces in `tools/train/shapes`.
//!
//! Flattened pages with judged truth are few outside English. A frame is a layout (portal, newspaper, board, one line, HTML
//! in the middle of text …) filled with invented menus, headlines, tickers, notices; teasers are the beginnings of other
//! articles. The truth is the article as it went in. Folds are those of the article's site, so no site is fitted and
//! measured at once; the frames are ours and belong to no site.

mod comments;

use crate::corpus::{Sample, Truth};
use crate::token::hash;
use flate2::{Compression, write::GzEncoder};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The languages that have shapes, with them.
const SHAPES: [(&str, &str); 4] = [
    ("ko", include_str!("../shapes/ko.txt")),
    ("ja", include_str!("../shapes/ja.txt")),
    ("zh", include_str!("../shapes/zh.txt")),
    ("en", include_str!("../shapes/en.txt")),
];

/// Steele, Lea and Flood's `SplitMix64`: a seed gives the same pages everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `from..=to`.
    fn between(&mut self, from: usize, to: usize) -> usize {
        from + usize::try_from(self.next() % (to - from + 1) as u64).unwrap_or(0)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.between(1, n) == 1
    }
}

/// The pieces of one language, by section.
struct Shapes(HashMap<&'static str, Vec<&'static str>>);

impl Shapes {
    fn read(file: &'static str) -> Shapes {
        let mut sections: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut section = "";
        for line in file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("# ")) {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                // Section names are lower-case ASCII; a piece in brackets is not.
                Some(name) if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'.') => section = name,
                _ => sections.entry(section).or_default().push(line),
            }
        }
        Shapes(sections)
    }
}

/// A page in the making.
struct Maker<'a> {
    chance: Chance,
    shapes: &'a Shapes,
    korean: bool,
    site: &'static str,
    /// Paragraphs of other articles of the language.
    others: &'a [&'a str],
    out: String,
    /// The page line by line, where `out` is laid out another way.
    lines: Option<String>,
}

/// A made page.
pub(crate) struct Planted {
    pub(crate) text: String,
    /// The article that went in; empty if none did.
    pub(crate) body: String,
    /// The page line by line, however it is laid out.
    pub(crate) lines: String,
}

/// What an article may lack.
pub(crate) struct Invented {
    pub(crate) name: String,
    /// Lines that sum it up.
    pub(crate) deck: Vec<String>,
}

/// Lines of an invented deck.
const DECK: usize = 4;

/// The articles of one language with shapes.
pub(crate) struct Bed<'a> {
    code: &'static str,
    shapes: Shapes,
    pub(crate) articles: Vec<&'a Truth>,
    paragraphs: Vec<&'a str>,
}

impl<'a> Bed<'a> {
    /// One bed a language; `truths` that are no articles, or in other languages, are left out.
    pub(crate) fn all(truths: &[&'a Truth]) -> Vec<Bed<'a>> {
        let mut beds = Vec::new();
        for (code, file) in SHAPES {
            let articles: Vec<&Truth> = truths.iter().copied().filter(|truth| is_article(truth, code)).collect();
            let bodies = articles.iter().filter_map(|truth| truth.body.as_deref());
            let paragraphs: Vec<&str> =
                bodies.flat_map(|body| body.split("\n\n")).filter(|p| p.chars().count() > 40).collect();
            if !paragraphs.is_empty() {
                beds.push(Bed { code, shapes: Shapes::read(file), articles, paragraphs });
            }
        }
        beds
    }

    /// Its language.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// A page around article `number`; another one for each `copy`.
    pub(crate) fn page(&self, number: usize, copy: usize, seed: u64) -> Planted {
        let seed = seed ^ (number as u64) << 20 ^ copy as u64 ^ u64::from(self.code.as_bytes()[0]) << 48;
        let mut maker = self.maker(Chance(seed));
        let body = maker.page(self.articles[number]);
        let lines = maker.lines.unwrap_or_else(|| maker.out.clone());
        Planted { text: maker.out, body, lines }
    }
}

impl Bed<'_> {
    /// Another invention for each seed.
    pub(crate) fn invent(&self, seed: u64) -> Invented {
        let mut maker = self.maker(Chance(seed));
        Invented { name: maker.piece("name"), deck: (0..DECK).map(|_| maker.deck_line()).collect() }
    }

    fn maker(&self, mut chance: Chance) -> Maker<'_> {
        let site = self.shapes.pick(&mut chance, "site");
        Maker {
            chance,
            shapes: &self.shapes,
            korean: self.code == "ko",
            site,
            others: &self.paragraphs,
            out: String::new(),
            lines: None,
        }
    }
}

/// Writes `each` pages for every article of a language with shapes as a corpus folder: `truth.jsonl` and `pages/`. Those of
/// an earlier run stay if they were made the same way.
pub(crate) fn write(samples: &[Sample], each: usize, seed: u64, out: &Path) -> io::Result<()> {
    let code = hash(include_str!("plant.rs")) ^ hash(include_str!("plant/comments.rs"));
    let stamp = SHAPES.iter().fold(code, |sum, (_, file)| sum.rotate_left(1) ^ hash(file));
    let stamp = format!("{:016x}", stamp ^ seed ^ (each as u64) << 32);
    if fs::read_to_string(out.join("stamp")).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let pages = out.join("pages");
    fs::create_dir_all(&pages)?;
    let mut truths = File::create(out.join("truth.jsonl"))?;
    for bed in Bed::all(&news(samples)) {
        // English has thousands of real pages; here it only keeps the frames from meaning a script.
        let each = if bed.code == "en" { each.div_ceil(8) } else { each };
        for (number, truth) in bed.articles.iter().enumerate() {
            for copy in 0..each {
                let planted = bed.page(number, copy, seed);
                let id = format!("{}-{copy}", truth.id);
                let mut file = GzEncoder::new(File::create(pages.join(format!("{id}.txt.gz")))?, Compression::fast());
                file.write_all(planted.text.as_bytes())?;
                file.finish()?;
                let Truth { url, publisher, source, .. } = truth;
                let truth = serde_json::json!({
                    "id": id, "url": url, "publisher": publisher, "source": source, "lang": bed.code,
                    "body": planted.body,
                });
                writeln!(truths, "{truth}")?;
            }
        }
    }
    fs::write(out.join("stamp"), stamp)
}

/// The truths of the corpora of news alone.
pub(crate) fn news(samples: &[Sample]) -> Vec<&Truth> {
    let is_news = |sample: &&Sample| matches!(sample.corpus.name, "cjk" | "fundus");
    samples.iter().filter(is_news).map(|sample| &sample.truth).collect()
}

fn is_article(truth: &Truth, code: &str) -> bool {
    truth.lang.as_deref().unwrap_or_default().get(..2) == Some(code)
        && truth.body.as_deref().is_some_and(|body| body.chars().count() > 200)
}

impl Shapes {
    fn pick(&self, chance: &mut Chance, section: &str) -> &'static str {
        let pieces = self.0.get(section).map_or(&[][..], Vec::as_slice);
        if pieces.is_empty() { "" } else { pieces[chance.between(0, pieces.len() - 1)] }
    }
}

impl Maker<'_> {
    /// Fills the page; returns the body that went in.
    fn page(&mut self, truth: &Truth) -> String {
        let title = truth.title.clone().unwrap_or_else(|| self.headline());
        // Half of the Korean newspapers open with lines that sum it up; they are part of the body.
        let lines = if self.korean && self.chance.one_in(2) { self.chance.between(1, 4) } else { 0 };
        let deck: Vec<String> = (0..lines).map(|_| self.deck_line()).collect();
        let paragraphs = truth.body.as_deref().unwrap_or_default().split("\n\n");
        let body: Vec<&str> = deck.iter().map(String::as_str).chain(paragraphs).collect();
        match self.chance.between(0, 15) {
            0..=2 => self.portal(&title, &body),
            3..=4 => self.links(&title, &body),
            5..=7 => self.paper(&title, &body),
            8..=10 => self.board(&title, &body),
            11 => self.one_line(&title, &body),
            12..=13 => self.mixed(&title, &body),
            14 => self.followed(&title, &body),
            _ => {
                self.nothing();
                return String::new();
            }
        }
        body.join("\n\n")
    }

    fn piece(&mut self, section: &str) -> String {
        let mut text = self.shapes.pick(&mut self.chance, section).replace("{site}", self.site);
        for (mark, section) in [("{name}", "name"), ("{topic}", "topic")] {
            if text.contains(mark) {
                text = text.replace(mark, self.shapes.pick(&mut self.chance, section));
            }
        }
        let (day, time) = (self.day(), self.time());
        let number = self.chance.between(100, 9999).to_string();
        text.replace("{mail}", "desk@example.com")
            .replace("{date}", &day)
            .replace("{time}", &time)
            .replace("{number}", &number)
    }

    fn day(&mut self) -> String {
        let (year, month, day) =
            (self.chance.between(2015, 2026), self.chance.between(1, 12), self.chance.between(1, 28));
        match self.chance.between(0, 3) {
            0 => format!("{year}.{month:02}.{day:02}"),
            1 => format!("{year}/{month:02}/{day:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }

    fn time(&mut self) -> String {
        format!("{:02}:{:02}", self.chance.between(0, 23), self.chance.between(0, 59))
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn lines(&mut self, section: &str, from: usize, to: usize) {
        for _ in 0..self.chance.between(from, to) {
            let text = self.piece(section);
            self.line(&text);
        }
    }

    fn headline(&mut self) -> String {
        let (topic, event, quote) = (self.piece("topic"), self.piece("event"), self.piece("quote"));
        match self.chance.between(0, 4) {
            0 => format!("{quote} {topic}, {event}"),
            1 => format!("{quote}… {topic} {event}"),
            2 => format!("{topic} {event}… {quote}"),
            3 => format!("{topic}, {event} - {}", self.site),
            _ => format!("{topic} {event}"),
        }
    }

    /// A line of the deck: like a headline, without the site.
    fn deck_line(&mut self) -> String {
        let (topic, event, quote) = (self.piece("topic"), self.piece("event"), self.piece("quote"));
        match self.chance.between(0, 3) {
            0 => format!("{quote} {topic}"),
            1 => format!("{topic}, {event}"),
            _ => format!("{topic} {event}"),
        }
    }

    /// The beginning of another article, cut as list pages cut it.
    fn teaser(&mut self) -> String {
        let text = self.others[self.chance.between(0, self.others.len() - 1)];
        let length = self.chance.between(35, 140);
        let cut: String = text.chars().take(length).collect();
        let end = ["", "…", "...", " ...", "·····"][self.chance.between(0, 4)];
        format!("{}{end}", cut.trim_end())
    }

    /// The body, with islands of junk in it.
    fn body(&mut self, body: &[&str], gap: &str) {
        for (index, paragraph) in body.iter().enumerate() {
            if index > 0 && self.chance.one_in(6) {
                match self.chance.between(0, 5) {
                    0 => {
                        self.out.push_str("X\n");
                        self.island("caption", gap);
                    }
                    1 => self.island("advert", gap),
                    2 => {
                        let text = format!("▶ {}", self.headline());
                        self.out.push_str(&text);
                        self.out.push_str(gap);
                    }
                    _ => self.island("caption", gap),
                }
            }
            self.out.push_str(paragraph);
            self.out.push_str(gap);
        }
    }

    fn island(&mut self, section: &str, gap: &str) {
        let text = self.piece(section);
        self.out.push_str(&text);
        self.out.push_str(gap);
    }

    fn gap(&mut self) -> &'static str {
        ["\n", "\n\n", "\n \n"][self.chance.between(0, 2)]
    }

    /// Headlines under a heading, with or without teasers.
    fn teasers(&mut self, from: usize, to: usize) {
        if !self.chance.one_in(4) {
            let section = if self.chance.one_in(2) { "related" } else { "ranking" };
            self.lines(section, 1, 1);
        }
        let bullet = ["", "", "-\n", "• ", "1. "][self.chance.between(0, 4)];
        let (with_teaser, with_day) = (self.chance.one_in(2), self.chance.one_in(4));
        for _ in 0..self.chance.between(from, to) {
            let text = format!("{bullet}{}", self.headline());
            self.line(&text);
            if with_teaser {
                let text = self.teaser();
                self.line(&text);
            }
            if with_day {
                let text = self.day();
                self.line(&text);
            }
        }
    }

    fn byline(&mut self) {
        if self.korean && self.chance.one_in(3) {
            let name = self.piece("name");
            self.line(&name);
            self.line("기자");
        } else {
            self.lines("card", 0, 2);
        }
    }

    fn ticker(&mut self) {
        self.lines("ticker.head", 1, 1);
        for _ in 0..self.chance.between(4, 14) {
            let name = self.piece("ticker");
            let (price, change) = (self.chance.between(50, 99_999), self.chance.between(0, 999));
            let sign = if self.chance.one_in(2) { '+' } else { '-' };
            let text =
                format!("{name}\n{},{:03}\n{sign}{}.{:02}%", price / 10, price % 1000, change / 100, change % 100);
            self.line(&text);
        }
    }

    fn portal(&mut self, title: &str, body: &[&str]) {
        self.lines("menu", 0, 14);
        self.line(title);
        if self.chance.one_in(2) {
            self.lines("date", 1, 1);
        }
        self.lines("caption", 0, 1);
        let gap = self.gap();
        self.body(body, gap);
        self.lines("copyright", 1, 1);
        self.byline();
        self.teasers(5, 25);
        self.lines("copyright", 1, 2);
        self.lines("footer", 0, 4);
    }

    fn links(&mut self, title: &str, body: &[&str]) {
        self.line(title);
        if self.chance.one_in(2) {
            self.line("X");
        }
        self.lines("caption", 0, 1);
        let gap = self.gap();
        self.body(body, gap);
        for _ in 0..self.chance.between(1, 6) {
            if self.chance.one_in(2) {
                self.lines("related", 1, 1);
            }
            let address = format!("http://example.com/View.aspx?No={}", self.chance.between(1_000_000, 9_999_999));
            self.line(&address);
            let text = format!("{} - {}", self.headline(), self.site);
            self.line(&text);
            let text = self.teaser();
            self.line(&text);
            if self.chance.one_in(2) {
                self.line("example.com");
            }
        }
    }

    fn paper(&mut self, title: &str, body: &[&str]) {
        self.lines("menu", 0, 20);
        self.line(title);
        self.lines("date", 1, 1);
        for _ in 0..self.chance.between(0, 7) {
            let tool = format!("  • {}\n", self.piece("tool"));
            self.line(&tool);
        }
        if self.chance.one_in(2) {
            let caption = self.piece("caption");
            self.line(&caption);
            self.line(&caption);
        }
        let gap = self.gap();
        self.body(body, gap);
        self.byline();
        for _ in 0..self.chance.between(0, 5) {
            let text = format!("{}{}", self.piece("reaction"), self.chance.between(0, 30));
            self.line(&text);
        }
        if self.chance.one_in(2) {
            self.lines("copyright", 1, 1);
        }
        if self.chance.one_in(4) {
            self.comments();
        }
        self.teasers(4, 12);
        if self.chance.one_in(2) {
            self.ticker();
        }
        self.lines("footer", 0, 6);
    }

    fn board(&mut self, title: &str, body: &[&str]) {
        self.line(title);
        let glued = self.chance.one_in(2);
        if self.korean {
            self.line("페이지 정보");
            let (year, month, day) =
                (self.chance.between(18, 26), self.chance.between(1, 12), self.chance.between(1, 28));
            let nick = ["sunny", "oreo", "최고관리자", "gildong", "밤하늘"][self.chance.between(0, 4)];
            let space = if self.chance.one_in(2) { "" } else { " " };
            let text = format!(
                "작성자 {nick} 작성일{space}{year}-{month:02}-{day:02} {} 조회{space}{}회 댓글{space}{}건{}",
                self.time(),
                self.chance.between(1, 900),
                self.chance.between(0, 3),
                if glued { "관련링크" } else { "" }
            );
            self.line(&text);
            self.line("본문");
        } else {
            self.lines("date", 1, 1);
            self.lines("board", 0, 1);
        }
        let copies = self.chance.between(1, 2);
        for _ in 0..copies {
            if glued {
                self.out.push_str(title);
                let caption = self.piece("caption");
                for (index, paragraph) in body.iter().enumerate() {
                    self.out.push_str(paragraph);
                    if index == 0 && caption.ends_with([']', ')']) {
                        self.out.push_str(&caption);
                    }
                }
                let card = self.piece("card");
                self.out.push_str(&card);
            } else {
                self.body(body, "\n");
            }
        }
        self.out.push('\n');
        self.lines("spam", 0, 3);
        if self.chance.one_in(2) {
            self.comments();
        }
        self.lines("comment", 1, 2);
        self.lines("board", 0, 3);
    }

    fn one_line(&mut self, title: &str, body: &[&str]) {
        self.lines("menu", 5, 30);
        self.line(title);
        self.lines("date", 1, 1);
        self.lines("tool", 0, 5);
        self.body(body, "\n");
        self.lines("copyright", 1, 1);
        self.teasers(3, 10);
        self.lines("footer", 1, 5);
        self.lines = Some(std::mem::take(&mut self.out));
        let words = self.lines.iter().flat_map(|lines| lines.split_whitespace());
        self.out = words.collect::<Vec<_>>().join(" ");
    }

    fn mixed(&mut self, title: &str, body: &[&str]) {
        let date = self.piece("date");
        let head = format!("{title} {date} {} ", self.chance.between(1, 99));
        self.out.push_str(&head);
        self.out.push_str("<div class=\"view\" data-role=\"body\"><section>");
        for (index, paragraph) in body.iter().enumerate() {
            if index == 0 || self.chance.one_in(7) {
                let caption = self.piece("caption");
                let figure = format!(
                    "<figure><img alt=\"\" src=\"https://img.example.com/{}.jpg\"> <figcaption> {caption} </figcaption> </figure> ",
                    self.chance.between(1000, 9999)
                );
                self.out.push_str(&figure);
            }
            let text = paragraph.replace('&', "&amp;").replace('<', "&lt;");
            let paragraph = if self.chance.one_in(4) {
                format!("{text}<br><br> ")
            } else {
                format!("<p data-pid=\"x\">{text}</p> ")
            };
            self.out.push_str(&paragraph);
        }
        self.out.push_str("</section></div> ");
        let separator = if self.chance.one_in(2) { " " } else { "\n" };
        let mut tail = vec![self.piece("copyright")];
        for _ in 0..self.chance.between(1, 4) {
            tail.push(format!("{} {}", self.piece("board"), self.headline()));
        }
        tail.push(self.piece("comment"));
        self.out.push_str(&tail.join(separator));
    }

    /// The next article follows directly.
    fn followed(&mut self, title: &str, body: &[&str]) {
        self.line(title);
        self.lines("date", 1, 1);
        let gap = self.gap();
        self.body(body, gap);
        self.lines("copyright", 0, 1);
        self.byline();
        let next = self.headline();
        self.line(&next);
        self.lines("date", 0, 1);
        for _ in 0..self.chance.between(2, 5) {
            let text = self.others[self.chance.between(0, self.others.len() - 1)];
            self.out.push_str(text);
            self.out.push_str(gap);
        }
        self.lines("copyright", 1, 1);
    }

    /// No article at all: a list of headlines, spam, an empty post.
    fn nothing(&mut self) {
        match self.chance.between(0, 2) {
            0 => {
                self.lines("menu", 5, 20);
                self.teasers(10, 40);
                self.ticker();
            }
            1 => self.lines("spam", 5, 30),
            _ => {
                let title = self.headline();
                self.line(&title);
                self.lines("board", 2, 4);
                self.lines("date", 1, 1);
                self.lines("comment", 1, 3);
            }
        }
        self.lines("footer", 1, 6);
    }
}
