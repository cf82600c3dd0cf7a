//! Tests extraction on real frames with other articles in them.
//!
//! A frame is a real flattened page whose truth is cut out: each occurrence of title, paragraphs, name and date is
//! replaced by that of another article in the same format, and the text between paragraphs is kept. So if the page gave
//! its body twice, so does the new one, and a one-line page remains one line. This is for measuring only and never for
//! fitting, since some of the frames are from `seeds`.

use crate::corpus::{Sample, Truth};
use crate::dump::analysis;
use crate::plant::{Bed, Invented, Purpose};
use crate::token::hash;
use crate::{fixture, meta, parallel};
use copydesk::internals::Model;
use copydesk::{Extractor, Page};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::process::Command;

/// Only Korean pages are used: for these, the truth has names and dates checked by hand.
const LANGUAGE: &str = "ko";
/// Minimum share of the body's letters that must be found in a page for it to be a frame.
const FOUND_SHARE: f64 = 0.9;
/// Minimum number of letters and digits of a body that is put into frames.
const ARTICLE_CHARS: usize = 200;
/// Maximum number of characters of a line of the deck, which does not end like a sentence.
const DECK_CHARS: usize = 80;
/// The corpus whose articles go into every frame, as do those of the fixtures. Articles of other corpora go only into
/// the frames of this one.
const SEEDS: &str = "seeds";

/// A part of the truth in a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Title,
    Name,
    /// In the format with this index in [`shapes`].
    Date(usize),
    /// The paragraph with this index.
    Body(usize),
}

/// A page with the places of its truth.
struct Frame {
    name: String,
    text: String,
    /// Ranges without overlap, in the order of the page.
    slots: Vec<(Range<usize>, Part)>,
    /// Number of paragraphs that are lines of the deck.
    deck: usize,
    escaped: bool,
}

/// The article to put into a frame.
struct Filling {
    id: String,
    title: String,
    name: String,
    authors: Vec<String>,
    date: (u64, u64, u64),
    deck: Vec<String>,
    text: Vec<String>,
}

/// Makes the pages as a corpus folder in `out`, extracts them with the model in `model` and scores them by frame.
pub(crate) fn report(
    samples: &[Sample],
    model: &Path,
    root: &Path,
    out: &Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let is_korean =
        |sample: &&Sample| matches!(sample.corpus.name, SEEDS | "cjk" | "text-dev" | "fundus") && korean(&sample.truth);
    let korean: Vec<&Sample> = samples.iter().filter(is_korean).collect();
    let frames: Vec<Frame> = korean.iter().filter_map(|sample| Frame::of(sample)).collect();
    let written = fixture::articles();
    let articles = korean.iter().map(|sample| (sample.corpus.name, &sample.truth));
    let articles: Vec<(&str, &Truth)> = articles.chain(written.iter().map(|truth| ("fixture", truth))).collect();
    let truths: Vec<&Truth> = articles.iter().map(|(_, truth)| *truth).filter(|truth| self::korean(truth)).collect();
    let beds = Bed::all(&truths, Purpose::Test);
    let bed = beds.iter().find(|bed| bed.code() == LANGUAGE).ok_or("no Korean articles")?;
    let out = out.join("frames");
    write(&fillings(&frames, &articles, bed), model, &out)?;
    for by in ["frame", "article"] {
        println!("\n== by {by}");
        io::stdout().flush()?;
        Command::new("python3")
            .arg(root.join("../eval/score.py"))
            .args(["--by", by, "--json"])
            .arg(out.join("scores.json"))
            .arg("--corpus")
            .arg(&out)
            .arg("--pred")
            .arg(out.join("pred.jsonl"))
            .status()?;
    }
    Ok(())
}

/// All articles that go into each frame, with the names of their corpora.
fn fillings<'f>(frames: &'f [Frame], articles: &[(&'f str, &Truth)], bed: &Bed) -> Vec<(&'f Frame, Filling, &'f str)> {
    let mut pages = Vec::new();
    for frame in frames {
        for (corpus, article) in articles.iter().filter(|(_, truth)| self::korean(truth) && is_long(truth)) {
            let own = frame.name.ends_with(&article.id) || (*corpus == "text-dev");
            let wanted = frame.name.starts_with(SEEDS) || *corpus == "fixture" || *corpus == SEEDS;
            if own || !wanted {
                continue;
            }
            for with_deck in [false, true] {
                let seed = hash(&format!("{}/{corpus}/{}/{with_deck}", frame.name, article.id));
                let filling = Filling::of(corpus, article, frame, with_deck, &bed.invent(seed), seed);
                if !with_deck || filling.deck.len() > deck(&paragraphs(article)) {
                    pages.push((frame, filling, *corpus));
                }
            }
        }
    }
    pages
}

/// Writes the pages, their truth and what is extracted from them as a corpus folder.
fn write(pages: &[(&Frame, Filling, &str)], model: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out.join("pages"))?;
    let (model, tables) = (Model::read(&fs::read(model)?)?, meta::shipped()?);
    let lines = parallel::map(pages, |(frame, filling, corpus)| -> io::Result<(String, String)> {
        let text = frame.filled(filling);
        let id = format!("{}+{}", frame.name.replace('/', "-"), filling.id);
        fs::write(out.join(format!("pages/{id}.txt")), &text)?;
        let truth = filling.truth(frame, &id, corpus);
        let mut extractor = Extractor::new().with_model(model.clone()).with_tables(tables.clone());
        Ok((truth.to_string(), prediction(&id, extractor.extract(Page::new(text.as_bytes())))))
    });
    let mut truths = BufWriter::new(File::create(out.join("truth.jsonl"))?);
    let mut predictions = BufWriter::new(File::create(out.join("pred.jsonl"))?);
    for line in lines {
        let (truth, prediction) = line?;
        writeln!(truths, "{truth}")?;
        writeln!(predictions, "{prediction}")?;
    }
    truths.flush()?;
    predictions.flush()?;
    Ok(())
}

fn prediction(id: &str, found: Result<copydesk::Article, copydesk::Error>) -> String {
    let line = match found {
        Ok(article) => {
            serde_json::json!({
                "id": id, "title": article.title(), "body": article.body(),
                "authors": article.authors().collect::<Vec<_>>(),
                "date": article.date().map(|date| date.to_string()),
            })
        }
        Err(error) => serde_json::json!({"id": id, "error": error.to_string()}),
    };
    line.to_string()
}

fn korean(truth: &Truth) -> bool {
    truth.lang.as_deref().is_some_and(|lang| lang.starts_with(LANGUAGE))
}

fn is_long(truth: &Truth) -> bool {
    truth.body.as_deref().is_some_and(|body| body.chars().filter(|c| c.is_alphanumeric()).count() >= ARTICLE_CHARS)
}

fn paragraphs(truth: &Truth) -> Vec<&str> {
    truth.body.as_deref().unwrap_or_default().split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect()
}

/// Number of lines at the start that sum up the article.
fn deck(paragraphs: &[&str]) -> usize {
    let is_line = |text: &&&str| text.chars().count() <= DECK_CHARS && !text.ends_with(['.', '?', '!', ']', '▶', '◀']);
    let lines = paragraphs.iter().take_while(is_line).count();
    if lines < paragraphs.len() { lines } else { 0 }
}

/// A date in the formats that pages use.
fn shapes((year, month, day): (u64, u64, u64)) -> [String; 8] {
    let short = year % 100;
    [
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}.{month:02}.{day:02}"),
        format!("{year}. {month}. {day}"),
        format!("{year}{month:02}{day:02}"),
        format!("{year}{month:02}/{day:02}"),
        format!("{year}{month:02}"),
        format!("{short:02}-{month:02}-{day:02}"),
        format!("{month:02}-{day:02}"),
    ]
}
/// The format without a year. Dates of neighbouring posts have it as well, so only the first one is the article's.
const YEARLESS_FORMAT: usize = 7;

impl Frame {
    /// The page as a frame; `None` if its truth is not found in it.
    fn of(sample: &Sample) -> Option<Frame> {
        let text = if sample.is_flat() { String::from_utf8(sample.bytes().ok()?).ok()? } else { flattened(sample)? };
        let page = Letters::of(&text);
        let own = paragraphs(&sample.truth);
        let mut slots: Vec<(Range<usize>, Part)> = Vec::new();
        // Long pieces first: if a paragraph contains the name, the whole paragraph is to be replaced.
        let mut order: Vec<usize> = (0..own.len()).collect();
        order.sort_by_key(|&at| usize::MAX - own[at].len());
        let mut found = 0;
        for at in order {
            let places = page.places(own[at]);
            let free: Vec<Range<usize>> = places.into_iter().filter(|place| is_free(&slots, place)).collect();
            found += if free.is_empty() { 0 } else { own[at].len() };
            slots.extend(free.into_iter().map(|place| (place, Part::Body(at))));
        }
        let all: usize = own.iter().map(|text| text.len()).sum();
        if all == 0 || (found as f64) < FOUND_SHARE * all as f64 {
            return None;
        }
        let mut add = |places: Vec<Range<usize>>, part: Part| {
            for place in places {
                if is_free(&slots, &place) {
                    slots.push((place, part));
                }
            }
        };
        if let Some(title) = &sample.truth.title {
            add(page.places(title), Part::Title);
        }
        for name in sample.truth.authors.iter().flatten() {
            add(page.places(name), Part::Name);
        }
        let day = sample.truth.date.as_deref().map(|date| date.splitn(3, '-').filter_map(|part| part.parse().ok()));
        if let Some([year, month, day]) = day.map(|day| day.collect::<Vec<u64>>()).as_deref() {
            for (number, written) in shapes((*year, *month, *day)).iter().enumerate() {
                let places = text.match_indices(written.as_str()).map(|(at, _)| at..at + written.len());
                let most = if number == YEARLESS_FORMAT { 1 } else { usize::MAX };
                add(places.take(most).collect(), Part::Date(number));
            }
        }
        slots.sort_by_key(|(place, _)| place.start);
        let escaped = text.contains("</p>");
        Some(Frame { name: sample.key(), deck: deck(&own), text, slots, escaped })
    }

    fn has(&self, part: fn(&Part) -> bool) -> bool {
        self.slots.iter().any(|(_, it)| part(it))
    }

    /// The frame with another article in it.
    fn filled(&self, filling: &Filling) -> String {
        let escape = |text: &str| match self.escaped {
            true => text.replace('&', "&amp;").replace('<', "&lt;"),
            false => text.to_owned(),
        };
        let mut out = String::new();
        let mut done = 0;
        let mut at = 0;
        while let Some((place, part)) = self.slots.get(at) {
            out.push_str(self.between(done, place.start));
            let mut next = at + 1;
            match part {
                Part::Title => out.push_str(&escape(&filling.title)),
                Part::Name => out.push_str(&escape(&filling.name)),
                Part::Date(shape) => out.push_str(&shapes(filling.date)[*shape]),
                Part::Body(_) => {
                    next = self.end_of_run(at);
                    let decks = self.slots[at..next].iter().filter(|(_, part)| self.is_deck(*part)).count();
                    let (deck, text) = (at..at + decks, at + decks..next);
                    out.push_str(&escape_all(&filling.deck, &self.gaps(deck.clone()), &escape));
                    if !deck.is_empty() && !text.is_empty() {
                        out.push_str(self.between(self.slots[deck.end - 1].0.end, self.slots[text.start].0.start));
                    }
                    out.push_str(&escape_all(&filling.text, &self.gaps(text), &escape));
                }
            }
            done = self.slots[next - 1].0.end;
            at = next;
        }
        out.push_str(self.between(done, self.text.len()));
        out
    }

    fn between(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn is_deck(&self, part: Part) -> bool {
        matches!(part, Part::Body(number) if number < self.deck)
    }

    /// The end of the run of paragraphs that begins at slot `at` and is in the order of the truth.
    fn end_of_run(&self, at: usize) -> usize {
        let number = |at: usize| match self.slots.get(at) {
            Some((_, Part::Body(number))) => Some(*number),
            _ => None,
        };
        let mut end = at + 1;
        while number(end).is_some_and(|next| Some(next) > number(end - 1)) {
            end += 1;
        }
        end
    }

    /// The texts between the paragraphs of a run, and last, the text to put between further paragraphs.
    fn gaps(&self, slots: Range<usize>) -> Vec<&str> {
        let pairs = self.slots[slots].windows(2);
        let mut gaps: Vec<&str> = pairs.map(|pair| self.between(pair[0].0.end, pair[1].0.start)).collect();
        gaps.push(gaps.iter().copied().min_by_key(|gap| gap.len()).unwrap_or("\n"));
        gaps
    }
}

/// A page with markup as lines: markup states title and date in too many ways to replace them all.
fn flattened(sample: &Sample) -> Option<String> {
    let page = analysis(sample)?;
    Some((0..page.len()).map(|at| format!("{}\n", page.text(at))).collect())
}

fn escape_all(pieces: &[String], gaps: &[&str], escape: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push_str(gaps.get(at - 1).or(gaps.last()).copied().unwrap_or("\n"));
        }
        out.push_str(&escape(piece));
    }
    out
}

fn is_free(slots: &[(Range<usize>, Part)], place: &Range<usize>) -> bool {
    slots.iter().all(|(taken, _)| taken.end <= place.start || place.end <= taken.start)
}

impl Filling {
    fn of(corpus: &str, article: &Truth, frame: &Frame, with_deck: bool, made: &Invented, seed: u64) -> Filling {
        let own = paragraphs(article);
        let (lines, text) = own.split_at(deck(&own));
        let mut deck: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        if with_deck && deck.is_empty() {
            deck = made.deck.iter().take(frame.deck).cloned().collect();
        }
        let stated = |name: &&String| text.iter().any(|text| text.contains(name.as_str()));
        let mut authors: Vec<String> = article.authors.iter().flatten().filter(stated).cloned().collect();
        let known = article.authors.iter().flatten().next().filter(|name| name.chars().all(|c| !c.is_whitespace()));
        let name = known.unwrap_or(&made.name).clone();
        if frame.has(|part| *part == Part::Name) && !authors.contains(&name) {
            authors.push(name.clone());
        }
        let date = (2012 + seed % 14, 1 + (seed >> 8) % 12, 1 + (seed >> 16) % 28);
        let mark = if with_deck { "+deck" } else { "" };
        Filling {
            id: format!("{corpus}-{}{mark}", article.id),
            title: article.title.clone().unwrap_or_else(|| headline(article)),
            name,
            authors,
            date,
            deck,
            text: text.iter().map(|&text| text.to_owned()).collect(),
        }
    }

    fn truth(&self, frame: &Frame, id: &str, corpus: &str) -> serde_json::Value {
        let (year, month, day) = self.date;
        let dated = frame.has(|part| matches!(part, Part::Date(_)));
        let titled = frame.has(|part| *part == Part::Title);
        let body = [&self.deck[..], &self.text[..]].concat().join("\n\n");
        let mut truth = serde_json::json!({
            "id": id, "lang": LANGUAGE, "frame": frame.name, "article": corpus, "body": body, "authors": self.authors,
            "date": dated.then(|| format!("{year}-{month:02}-{day:02}")),
        });
        if titled {
            truth["title"] = self.title.clone().into();
        }
        truth
    }
}

/// A headline for an article that has none, made of words of the article.
fn headline(article: &Truth) -> String {
    let words: Vec<&str> = article.body.as_deref().unwrap_or_default().split_whitespace().collect();
    let some = |from: usize| words[from.min(words.len())..].iter().take(4).copied().collect::<Vec<_>>().join(" ");
    let trim = |text: String| text.trim_matches(['.', ',', ' ', '"']).to_owned();
    format!("{}… {}", trim(some(words.len() / 4)), trim(some(words.len() / 2)))
}

/// The letters of a text without white space, so that pieces are found wherever lines were broken.
struct Letters {
    letters: String,
    /// The offset of each byte of `letters` in the text.
    at: Vec<usize>,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let mut it = Letters { letters: String::new(), at: Vec::new() };
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            it.letters.push(c);
            it.at.extend(at..at + c.len_utf8());
        }
        it
    }

    /// The places of `piece`.
    fn places(&self, piece: &str) -> Vec<Range<usize>> {
        let piece: String = piece.split_whitespace().collect();
        if piece.is_empty() {
            return Vec::new();
        }
        let found = self.letters.match_indices(&piece);
        found.map(|(at, _)| self.at[at]..self.at[at + piece.len() - 1] + 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_article_stands_where_the_first_one_did() {
        let text =
            "Old title\n2024-05-06 1. Deck a\nX\nAlpha one.Beta two. Jo\nDeck aAlpha one.Beta two.\nend".to_owned();
        let page = Letters::of(&text);
        let mut slots = Vec::new();
        for (piece, part) in [
            ("Old title", Part::Title),
            ("2024-05-06", Part::Date(0)),
            ("Deck a", Part::Body(0)),
            ("Alpha  one.", Part::Body(1)),
            ("Beta two.", Part::Body(2)),
            ("Jo", Part::Name),
        ] {
            slots.extend(page.places(piece).into_iter().map(|place| (place, part)));
        }
        slots.sort_by_key(|(place, _): &(Range<usize>, Part)| place.start);
        let frame = Frame { name: String::new(), text, slots, deck: 1, escaped: false };
        let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let mut filling = Filling {
            id: String::new(),
            title: "New".into(),
            name: "Kim".into(),
            authors: Vec::new(),
            date: (2020, 1, 2),
            deck: strings(&["D"]),
            text: strings(&["A.", "B.", "C."]),
        };
        assert_eq!(frame.filled(&filling), "New\n2020-01-02 1. D\nX\nA.B.C. Kim\nDA.B.C.\nend");
        filling.deck.clear();
        filling.text.truncate(1);
        assert_eq!(frame.filled(&filling), "New\n2020-01-02 1. \nX\nA. Kim\nA.\nend");
    }
}
