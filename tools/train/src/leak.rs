//! How much junk gets into bodies and how much of articles gets lost, counted on made pages, whose truth is exact.
//!
//! Half of the pages have junk planted around an article ([`plant`]), half are an article in the frame of another page
//! ([`shape`]). Each page is extracted by the model that has not seen the article's site. Counted are lines of junk whose
//! text stands in the body, and sentences of the article that do not.

use crate::corpus::Sample;
use crate::plant::{self, Bed, Planted};
use crate::{Folds, parallel, shape};
use copydesk::internals::Model;
use copydesk::{Extractor, Input, Page};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::AddAssign;
use std::path::Path;

/// What all chance here begins with; not the trainer's, so that the pages are others.
const SEED: u64 = 4242;
/// Letters and digits from which a line or a sentence is looked for: shorter ones stand in any text.
const TELLING: usize = 8;
/// Pages in work at once.
const PART: usize = 500;

/// What became of the lines of some pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) pages: usize,
    pub(crate) junk: usize,
    pub(crate) leaked: usize,
    pub(crate) sentences: usize,
    pub(crate) lost: usize,
    /// Pages without an article, and those of them that were given one.
    pub(crate) empty: usize,
    pub(crate) taken: usize,
    /// Pages with an article that were said to have none.
    pub(crate) denied: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.pages += other.pages;
        self.junk += other.junk;
        self.leaked += other.leaked;
        self.sentences += other.sentences;
        self.lost += other.lost;
        self.empty += other.empty;
        self.taken += other.taken;
        self.denied += other.denied;
    }
}

impl Tally {
    /// Share of the junk that got into bodies.
    pub(crate) fn leak(&self) -> f64 {
        self.leaked as f64 / self.junk.max(1) as f64
    }

    /// Share of the articles' sentences that got lost.
    pub(crate) fn loss(&self) -> f64 {
        self.lost as f64 / self.sentences.max(1) as f64
    }

    fn print(&self, name: &str) {
        let Tally { pages, empty, taken, denied, .. } = *self;
        let (leak, loss) = (100.0 * self.leak(), 100.0 * self.loss());
        println!("{name:24} {pages:6} {leak:7.2} % {loss:7.2} %   {taken}/{empty} taken for articles, {denied} denied");
    }
}

/// What became of a made page, and the lines and sentences it went wrong with.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    leaked: Vec<String>,
    lost: Vec<String>,
}

/// Tallies by how pages were made, and what went wrong as lines of a file: how, `leaked` or `lost`, the text.
struct Ledger {
    groups: BTreeMap<String, Tally>,
    all: Tally,
    file: BufWriter<File>,
}

impl Ledger {
    fn enter(&mut self, name: String, outcome: &Outcome) -> io::Result<()> {
        let wrong = outcome.leaked.iter().map(|text| ("leaked", text));
        for (what, text) in wrong.chain(outcome.lost.iter().map(|text| ("lost", text))) {
            writeln!(self.file, "{name}\t{what}\t{}", text.trim())?;
        }
        self.all += outcome.tally;
        *self.groups.entry(name).or_default() += outcome.tally;
        Ok(())
    }
}

/// Prints leak and loss over `pages` made pages, by how they were made; what leaked and what was lost goes to `OUT/leak.tsv`.
pub(crate) fn report(samples: &[Sample], folds: &Folds, models: &[Model], pages: usize, out: &Path) -> io::Result<()> {
    println!("{:24} {:>6} {:>9} {:>9}", "made pages", "pages", "leak", "loss");
    let file = BufWriter::new(File::create(out.join("leak.tsv"))?);
    let mut ledger = Ledger { groups: BTreeMap::new(), all: Tally::default(), file };
    let beds = Bed::all(&plant::news(samples));
    let fold = |id: &str| {
        let holds = |s: &Sample| matches!(s.corpus.name, "cjk" | "fundus") && s.truth.id == id;
        samples.iter().position(holds).map_or(0, |at| folds.folds[at])
    };
    let plots: Vec<(&Bed<'_>, usize, usize)> = beds
        .iter()
        .flat_map(|bed| bed.articles.iter().enumerate().map(move |(at, truth)| (bed, at, fold(&truth.id))))
        .collect();
    let numbers: Vec<usize> = (0..pages / 2).collect();
    for part in numbers.chunks(PART) {
        let found = parallel::map(part, |&number| {
            let (bed, article, fold) = plots[number % plots.len()];
            let planted = bed.page(article, number / plots.len(), SEED);
            (format!("planted {}", bed.code()), tally_planted(&planted, &models[fold]))
        });
        for (name, outcome) in found {
            ledger.enter(name, &outcome)?;
        }
    }
    let made = shape::transplants(samples, &folds.folds, pages - pages / 2, SEED);
    for part in made.chunks(PART) {
        let found = parallel::map(part, |(origin, made)| {
            let (shape, source) = &**made.shape.as_ref()?;
            let lines = shape::lines(shape, source)?;
            let text = String::from_utf8(made.bytes().ok()?).ok()?;
            let own: Vec<&str> = lines.iter().filter(|line| line.own).map(|line| line.text.as_str()).collect();
            let junk = lines.iter().filter(|line| !line.own).map(|line| line.text.as_str());
            let language = if source.truth.language() == "en" { "en" } else { "other" };
            let outcome = outcome(&text, &own.join("\n"), junk, &models[folds.folds[*origin]]);
            Some((format!("transplanted {language} {}", shape.name()), outcome))
        });
        for (name, outcome) in found.into_iter().flatten() {
            ledger.enter(name, &outcome)?;
        }
    }
    for (name, tally) in &ledger.groups {
        tally.print(name);
    }
    ledger.all.print("all");
    ledger.file.flush()
}

/// What becomes of a planted page.
pub(crate) fn tally_planted(planted: &Planted, model: &Model) -> Outcome {
    // What was planted inside a line of the article, or around it, is no line of junk.
    let own: Vec<String> =
        planted.body.split("\n\n").map(squeezed).filter(|own| own.chars().count() >= TELLING).collect();
    let is_mixed = |line: &str| {
        let line = squeezed(line);
        own.iter().any(|own| line.contains(own.as_str()))
    };
    let junk = planted.lines.lines().filter(|line| !line.contains('<') && !is_mixed(line));
    outcome(&planted.text, &planted.body, junk, model)
}

fn outcome<'a>(text: &str, own: &str, junk: impl Iterator<Item = &'a str>, model: &Model) -> Outcome {
    let mut extractor = Extractor::new().with_model(model.clone());
    let Ok(article) = extractor.extract(Page::from(text).input(Input::Auto)) else { return Outcome::default() };
    let (body, own_text) = (squeezed(article.text()), squeezed(own));
    let mut outcome = Outcome { tally: Tally { pages: 1, ..Tally::default() }, ..Outcome::default() };
    let tally = &mut outcome.tally;
    for junk in junk {
        let line = squeezed(junk);
        // A title or a teaser may say what the article says too.
        if line.chars().count() >= TELLING && !own_text.contains(&line) {
            tally.junk += 1;
            if body.contains(&line) {
                tally.leaked += 1;
                outcome.leaked.push(junk.to_owned());
            }
        }
    }
    for sentence in own.split_inclusive(['.', '!', '?', '。', '！', '？', '\n']) {
        let letters = squeezed(sentence);
        if letters.chars().count() >= TELLING {
            tally.sentences += 1;
            if !body.contains(&letters) {
                tally.lost += 1;
                outcome.lost.push(sentence.to_owned());
            }
        }
    }
    tally.empty = usize::from(own_text.is_empty());
    tally.taken = usize::from(own_text.is_empty() && !body.is_empty());
    tally.denied = usize::from(!own_text.is_empty() && body.is_empty());
    outcome
}

/// Letters and digits alone: the rest is layout.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages around each article of the fixtures.
    const EACH: usize = 6;
    /// What must not be passed. The goal is 0.01 each; at the time of writing it was 0.045 and 0.031.
    const MOST_LEAK: f64 = 0.07;
    const MOST_LOSS: f64 = 0.05;

    /// The same as the report's, small enough to run each time. The model has not seen these articles.
    #[test]
    fn no_more_leaks_or_is_lost_than_before() {
        let truths = crate::fixture::articles();
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/model/body.bin");
        let model = Model::read(&std::fs::read(model).expect("the model")).expect("a sound model");
        let mut all = Tally::default();
        for bed in Bed::all(&truths.iter().collect::<Vec<_>>()) {
            for (article, copy) in (0..bed.articles.len()).flat_map(|at| (0..EACH).map(move |copy| (at, copy))) {
                all += tally_planted(&bed.page(article, copy, SEED), &model).tally;
            }
        }
        assert!(all.pages >= 100, "{all:?}");
        let (leak, loss) = (all.leak(), all.loss());
        assert!(leak <= MOST_LEAK && loss <= MOST_LOSS, "leak {leak:.4}, loss {loss:.4}: {all:?}");
    }
}
