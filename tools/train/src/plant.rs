//! Pages that were never published: the article of one page in a frame made of the pieces in `tools/train/shapes`.
//!
//! Outside English, few flattened pages have an annotated truth. A frame is a layout (portal, newspaper, board, one
//! line, HTML in the middle of text …) filled with invented menus, headlines, tickers and notices; teasers are the
//! beginnings of other articles. The truth is the article that was put in. Pages are in the fold of the article's site,
//! so no site is both fitted and measured; the frames are ours and belong to no site.

mod addition;
mod comments;
mod followed;
mod layout;
mod post;

use crate::corpus::{Sample, Truth};
use crate::token::hash;
use flate2::{Compression, write::GzEncoder};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

pub(crate) use addition::{Addition, Section, section};
use layout::Layout;

/// The languages with frames, and the files of their pieces.
const SHAPES: [(&str, &str); 5] = [
    ("ko", include_str!("../shapes/ko.txt")),
    ("ja", include_str!("../shapes/ja.txt")),
    ("zh", include_str!("../shapes/zh.txt")),
    ("en", include_str!("../shapes/en.txt")),
    ("de", include_str!("../shapes/de.txt")),
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

    /// A random number in `from..=to`.
    fn between(&mut self, from: usize, to: usize) -> usize {
        from + usize::try_from(self.next() % (to - from + 1) as u64).unwrap_or(0)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.between(1, n) == 1
    }
}

/// The pieces of one language, by section.
struct Shapes(HashMap<&'static str, Vec<&'static str>>);

/// The purpose of a page. Pages for fitting and pages for tests are made of different pieces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    Training,
    Test,
}

/// One piece in this many is reserved for tests. In shorter sections, all pieces are used for both purposes.
const HELD_OUT: usize = 4;

impl Purpose {
    /// The pieces for this purpose.
    fn share(self, pieces: impl Iterator<Item = &'static str>) -> impl Iterator<Item = &'static str> {
        let is_ours = move |at: &usize| (at + 1).is_multiple_of(HELD_OUT) == (self == Purpose::Test);
        pieces.enumerate().filter(move |(at, _)| is_ours(at)).map(|(_, piece)| piece)
    }
}

impl Shapes {
    fn read(file: &'static str, purpose: Purpose) -> Shapes {
        let mut sections: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut section = "";
        for line in file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("# ")) {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                // Section names are lower-case ASCII; a piece in brackets is not.
                Some(name) if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'.') => section = name,
                _ => sections.entry(section).or_default().push(line),
            }
        }
        for pieces in sections.values_mut().filter(|pieces| pieces.len() >= HELD_OUT) {
            *pieces = purpose.share(pieces.iter().copied()).collect();
        }
        Shapes(sections)
    }
}

/// A page under construction.
struct Maker<'a> {
    chance: Chance,
    shapes: &'a Shapes,
    korean: bool,
    site: &'static str,
    /// Number of lines of the article's deck that are not written yet.
    deck: usize,
    /// Articles of the language, for teasers and comments, and their paragraphs.
    articles: &'a [&'a Truth],
    others: &'a [&'a str],
    out: String,
    /// The page line by line, if `out` has another layout.
    lines: Option<String>,
}

/// A made page.
pub(crate) struct Planted {
    pub(crate) text: String,
    /// The article in the page; empty if there is none.
    pub(crate) body: String,
    /// The page line by line, whatever its layout.
    pub(crate) lines: String,
    /// The name of the layout.
    pub(crate) layout: &'static str,
}

/// One page in this many of each article is a post laid out by tables, as there are hardly any in the corpora.
const PAGES_PER_POST: usize = 3;
/// Minimum number of characters of a short post.
const SHORT_POST_CHARS: usize = 70;

/// Parts invented for an article that lacks them.
pub(crate) struct Invented {
    pub(crate) name: String,
    /// Lines that sum up the article.
    pub(crate) deck: Vec<String>,
}

/// Number of sub-headings in an article that gets some.
const SUB_HEADINGS: usize = 3;

/// Number of lines of an invented deck.
const DECK_LINES: usize = 4;

/// The articles of one language that has frames, and its pieces.
pub(crate) struct Bed<'a> {
    code: &'static str,
    shapes: Shapes,
    pub(crate) articles: Vec<&'a Truth>,
    paragraphs: Vec<&'a str>,
}

impl<'a> Bed<'a> {
    /// One bed per language. Leaves out `truths` that are no articles or in other languages.
    pub(crate) fn all(truths: &[&'a Truth], purpose: Purpose) -> Vec<Bed<'a>> {
        let mut beds = Vec::new();
        for (code, file) in SHAPES {
            let articles: Vec<&Truth> = truths.iter().copied().filter(|truth| is_article(truth, code)).collect();
            let bodies = articles.iter().filter_map(|truth| truth.body.as_deref());
            let paragraphs: Vec<&str> =
                bodies.flat_map(|body| body.split("\n\n")).filter(|p| p.chars().count() > 40).collect();
            if !paragraphs.is_empty() {
                beds.push(Bed { code, shapes: Shapes::read(file, purpose), articles, paragraphs });
            }
        }
        beds
    }

    /// The code of the language.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// A page around article `number`, a different one for each `copy`.
    pub(crate) fn page(&self, number: usize, copy: usize, seed: u64) -> Planted {
        let seed = seed ^ (number as u64) << 20 ^ copy as u64 ^ u64::from(self.code.as_bytes()[0]) << 48;
        let mut maker = self.maker(Chance(seed));
        let layout = maker.layout(copy);
        let body = maker.page(layout, self.articles[number]);
        let lines = maker.lines.unwrap_or_else(|| maker.out.clone());
        Planted { text: maker.out, body, lines, layout: layout.name() }
    }
}

impl Bed<'_> {
    /// Invents a name, a deck and so on, different ones for each seed.
    pub(crate) fn invent(&self, seed: u64) -> Invented {
        let mut maker = self.maker(Chance(seed));
        Invented { name: maker.piece("name"), deck: (0..DECK_LINES).map(|_| maker.deck_line()).collect() }
    }

    fn maker(&self, mut chance: Chance) -> Maker<'_> {
        let site = self.shapes.pick(&mut chance, "site");
        Maker {
            chance,
            shapes: &self.shapes,
            korean: self.code == "ko",
            site,
            deck: 0,
            articles: &self.articles,
            others: &self.paragraphs,
            out: String::new(),
            lines: None,
        }
    }
}

/// Writes `each` pages for every article of a language with frames, as a corpus folder of `truth.jsonl` and `pages/`.
/// Keeps those of an earlier run if they were made in the same way.
pub(crate) fn write(samples: &[Sample], each: usize, seed: u64, out: &Path) -> io::Result<()> {
    let code = [
        include_str!("plant.rs"),
        include_str!("plant/comments.rs"),
        include_str!("plant/followed.rs"),
        include_str!("plant/post.rs"),
        include_str!("plant/layout.rs"),
    ];
    let code = code.iter().fold(0, |sum, file| sum ^ hash(file));
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
    for bed in Bed::all(&news(samples), Purpose::Training) {
        // Languages with many real pages get a few too, so that the frames do not imply a script.
        let each = if matches!(bed.code, "en" | "de") { each.div_ceil(2) } else { each };
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

/// The truths of the news corpora only.
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
    fn layout(&mut self, copy: usize) -> Layout {
        if copy % PAGES_PER_POST == PAGES_PER_POST - 1 {
            return Layout::Post;
        }
        match self.chance.between(0, 21) {
            0..=2 => Layout::Portal,
            3..=4 => Layout::Links,
            5..=7 => Layout::Paper,
            8..=10 => Layout::Board,
            11..=13 => Layout::OneLine,
            14..=15 => Layout::Mixed,
            16..=17 => Layout::Followed,
            18..=19 => Layout::Alone,
            _ => Layout::Nothing,
        }
    }

    /// Fills the page and returns its body.
    fn page(&mut self, layout: Layout, truth: &Truth) -> String {
        let title = truth.title.clone().unwrap_or_else(|| self.headline());
        // Half of the Korean newspapers begin with lines that sum up the article, which are part of the body.
        let lines = if self.korean && self.chance.one_in(2) { self.chance.between(1, 4) } else { 0 };
        let deck: Vec<String> = (0..lines).map(|_| self.deck_line()).collect();
        let paragraphs = truth.body.as_deref().unwrap_or_default().split("\n\n");
        let mut body: Vec<&str> = deck.iter().map(String::as_str).chain(paragraphs.clone()).collect();
        let heads: Vec<String> = (0..SUB_HEADINGS).map(|_| self.sub_headline()).collect();
        if self.chance.one_in(3) {
            // Inserted from the end, so that no two are adjacent and none is the first line.
            for (number, head) in heads.iter().enumerate().rev() {
                let at = body.len() * (number + 1) / (SUB_HEADINGS + 1);
                if at > lines {
                    body.insert(at, head);
                }
            }
        }
        self.deck = lines;
        match layout {
            Layout::Portal => self.portal(&title, &body),
            Layout::Links => self.links(&title, &body),
            Layout::Paper => self.paper(&title, &body),
            Layout::Board => self.board(&title, &body),
            Layout::OneLine => self.one_line(&title, &body),
            Layout::Mixed => self.mixed(&title, &body),
            Layout::Followed => self.followed(&title, &body),
            Layout::Post => {
                body = paragraphs.collect();
                if self.chance.one_in(2) {
                    let least = self.chance.between(SHORT_POST_CHARS, 4 * SHORT_POST_CHARS);
                    let mut length = 0;
                    let full = body.iter().position(|paragraph| {
                        length += paragraph.chars().count();
                        length >= least
                    });
                    body.truncate(full.map_or(body.len(), |last| last + 1));
                }
                self.post(&title, &body);
            }
            Layout::Alone => self.alone(&title, &body),
            Layout::Nothing => {
                self.nothing();
                return String::new();
            }
        }
        body.join("\n\n")
    }

    fn piece(&mut self, section: &str) -> String {
        let mut text = self.shapes.pick(&mut self.chance, section).replace("{site}", self.site);
        for (mark, section) in [("{name}", "name"), ("{topic}", "topic"), ("{event}", "event")] {
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

    /// A sub-heading, with the mark that many papers put before it.
    fn sub_headline(&mut self) -> String {
        let mark = ["", "■ ", "◆ ", "◇ ", "● ", "□ "][self.chance.between(0, 5)];
        format!("{mark}{}", self.deck_line())
    }

    /// A line of the deck: like a headline, but without the site's name.
    fn deck_line(&mut self) -> String {
        let (topic, event, quote) = (self.piece("topic"), self.piece("event"), self.piece("quote"));
        match self.chance.between(0, 3) {
            0 => format!("{quote} {topic}"),
            1 => format!("{topic}, {event}"),
            _ => format!("{topic} {event}"),
        }
    }

    /// The beginning of another article, cut off as on list pages.
    fn teaser(&mut self) -> String {
        let text = self.others[self.chance.between(0, self.others.len() - 1)];
        let length = self.chance.between(35, 140);
        let cut: String = text.chars().take(length).collect();
        let end = ["", "…", "...", " ...", "·····"][self.chance.between(0, 4)];
        format!("{}{end}", cut.trim_end())
    }

    /// The body, with junk inserted in it.
    fn body(&mut self, body: &[&str], gap: &str) {
        let (deck, body) = body.split_at(std::mem::take(&mut self.deck).min(body.len()));
        if !deck.is_empty() {
            self.deck(deck);
        }
        for (index, paragraph) in body.iter().enumerate() {
            if index > 0 && self.chance.one_in(6) {
                match self.chance.between(0, 8) {
                    0 => {
                        self.out.push_str("X\n");
                        self.island("caption", gap);
                    }
                    1 => self.island("advert", gap),
                    3 | 4 => self.island("inside", gap),
                    5 => self.island("box", gap),
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

    /// The deck, in many papers with the first picture below.
    fn deck(&mut self, deck: &[&str]) {
        deck.iter().for_each(|text| self.line(text));
        if self.chance.one_in(2) {
            self.out.push('\n');
        }
        if self.chance.one_in(2) {
            if self.chance.one_in(3) {
                self.line("X");
            }
            let caption = self.piece("caption");
            for _ in 0..self.chance.between(1, 2) {
                self.line(&caption);
            }
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

    /// Prose of the site itself: notices, offers of subscriptions, explanations of tools.
    fn boxes(&mut self) {
        if self.chance.one_in(3) {
            self.lines("box", 1, 2);
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_tests_are_not_learned() {
        for (code, file) in SHAPES {
            let [training, test] = [Purpose::Training, Purpose::Test].map(|purpose| Shapes::read(file, purpose));
            for (section, pieces) in training.0.iter().filter(|(_, pieces)| pieces.len() >= HELD_OUT) {
                let both: Vec<_> = test.0[section].iter().filter(|piece| pieces.contains(piece)).collect();
                assert!(both.is_empty(), "{code} [{section}]: {both:?}");
            }
        }
    }

    #[test]
    fn articles_stand_in_their_pages() {
        let truths = crate::fixture::articles();
        for bed in Bed::all(&truths.iter().collect::<Vec<_>>(), Purpose::Training) {
            for (article, copy) in
                (0..bed.articles.len()).flat_map(|at| (0..2 * PAGES_PER_POST).map(move |copy| (at, copy)))
            {
                let page = bed.page(article, copy, 1);
                // In one-line and glued layouts, paragraphs are not lines and separated by white space at most.
                let squeezed = |text: &str| text.split_whitespace().collect::<String>();
                let lines = squeezed(&page.lines);
                let lost: Vec<&str> =
                    page.body.split("\n\n").filter(|paragraph| !lines.contains(&squeezed(paragraph))).collect();
                let is_marked = page.layout == "mixed";
                assert!(lost.is_empty() || is_marked, "{} {}: {lost:?}\n{}", bed.code, page.layout, page.text);
            }
        }
    }
}
