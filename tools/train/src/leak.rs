//! Counts how much junk gets into bodies and how much of articles is lost, on generated pages with exact truth.
//!
//! Half of the pages have junk planted around an article ([`plant`]). The other half are an article in the frame of
//! another page ([`shape`]), reported by the corpus of the frame. Further pages are real articles with something added.
//! Each page is extracted by the model that has not seen the article's site. Counted are the lines of junk that occur in
//! the body, and the sentences of the article that do not. Frames with more prose after the truth than in it are
//! reported separately: in most of them the truth stops in the middle of the article.

use crate::corpus::Sample;
use crate::plant::{self, Bed, Planted, Purpose};
use crate::shape::squeezed;
use crate::{Folds, parallel, shape};
use copydesk::internals::Model;
use copydesk::{Extractor, Input, Page};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::AddAssign;
use std::path::Path;

/// The seed of all random choices. Not the trainer's, so that the pages differ from those it fits.
const SEED: u64 = 4242;
/// Minimum number of letters and digits of a line or sentence that is searched for: shorter ones occur in any text.
const SEARCHED_CHARS: usize = 8;
/// Minimum number of characters of a line of prose.
const PROSE_CHARS: usize = 80;
/// Ends the names of groups whose frames have a truth that seems to be cut short.
const CUT_SHORT: &str = ", cut short";
/// Number of pages processed at once.
const PAGES_AT_ONCE: usize = 500;

/// The place of a line of junk relative to the article.
#[derive(Clone, Copy, Debug)]
enum Place {
    Before,
    Inside,
    After,
}

/// Counts over some pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) pages: usize,
    /// Lines of junk by [`Place`]: all, and those that got into bodies.
    pub(crate) junk: [usize; 3],
    pub(crate) leaked: [usize; 3],
    pub(crate) sentences: usize,
    pub(crate) lost: usize,
    /// Pages without an article: all, and those extracted as articles.
    pub(crate) empty: usize,
    pub(crate) taken: usize,
    /// Pages with an article that were extracted as having none.
    pub(crate) denied: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.pages += other.pages;
        for place in [Place::Before, Place::Inside, Place::After].map(|place| place as usize) {
            self.junk[place] += other.junk[place];
            self.leaked[place] += other.leaked[place];
        }
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
        self.leaked.iter().sum::<usize>() as f64 / self.junk.iter().sum::<usize>().max(1) as f64
    }

    /// Share of the articles' sentences that were lost.
    pub(crate) fn loss(&self) -> f64 {
        self.lost as f64 / self.sentences.max(1) as f64
    }

    fn print(&self, name: &str) {
        let Tally { pages, empty, taken, denied, .. } = *self;
        let (leak, loss) = (100.0 * self.leak(), 100.0 * self.loss());
        let [before, inside, after] = [Place::Before, Place::Inside, Place::After]
            .map(|place| 100.0 * self.leaked[place as usize] as f64 / self.junk[place as usize].max(1) as f64);
        println!(
            "{name:30} {pages:6} {leak:6.2} {before:6.2} {inside:6.2} {after:6.2} {loss:6.2}   {taken}/{empty} {denied}"
        );
    }
}

/// The counts of one page, and the lines that leaked and sentences that were lost.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    leaked: Vec<(Place, String)>,
    lost: Vec<String>,
}

/// Tallies by kind of page. Writes what went wrong to a file, as lines of kind, page, place of the junk or `lost`, text.
struct Ledger {
    groups: BTreeMap<String, Tally>,
    all: Tally,
    file: BufWriter<File>,
}

impl Ledger {
    fn enter(&mut self, name: String, page: &str, outcome: &Outcome) -> io::Result<()> {
        for (place, text) in &outcome.leaked {
            writeln!(self.file, "{name}\t{page}\t{place:?}\t{}", text.trim())?;
        }
        for text in &outcome.lost {
            writeln!(self.file, "{name}\t{page}\tlost\t{}", text.trim())?;
        }
        if !name.ends_with(CUT_SHORT) {
            self.all += outcome.tally;
        }
        *self.groups.entry(name).or_default() += outcome.tally;
        Ok(())
    }
}

/// Prints leakage and loss over `pages` generated pages, by kind, and writes all cases to `OUT/leak.tsv`.
pub(crate) fn report(samples: &[Sample], folds: &Folds, models: &[Model], pages: usize, out: &Path) -> io::Result<()> {
    println!(
        "in hundredths: junk lines in bodies (of all; of those before, inside and after the article), sentences lost;"
    );
    println!("pages without an article that were given one, pages with one that were denied it");
    println!(
        "{:30} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "made pages", "pages", "leak", "before", "inside", "after", "loss"
    );
    let file = BufWriter::new(File::create(out.join("leak.tsv"))?);
    let ledger = Ledger { groups: BTreeMap::new(), all: Tally::default(), file };
    let mut count = Count { samples, folds, models, ledger };
    count.planted(pages / 2)?;
    count.transplanted(pages - pages / 2)?;
    count.extended(pages / 10)?;
    let mut ledger = count.ledger;
    for (name, tally) in &ledger.groups {
        tally.print(name);
    }
    ledger.all.print("all but those cut short");
    ledger.file.flush()
}

/// Generates pages, extracts each by the model of its fold and counts.
struct Count<'a> {
    samples: &'a [Sample],
    folds: &'a Folds,
    models: &'a [Model],
    ledger: Ledger,
}

impl Count<'_> {
    /// Articles with junk planted around them.
    fn planted(&mut self, pages: usize) -> io::Result<()> {
        let (samples, folds, models) = (self.samples, self.folds, self.models);
        let beds = Bed::all(&plant::news(samples), Purpose::Test);
        let fold = |id: &str| {
            let holds = |s: &Sample| matches!(s.corpus.name, "cjk" | "fundus") && s.truth.id == id;
            samples.iter().position(holds).map_or(0, |at| folds.folds[at])
        };
        let plots: Vec<(&Bed<'_>, usize, usize)> = beds
            .iter()
            .flat_map(|bed| bed.articles.iter().enumerate().map(move |(at, truth)| (bed, at, fold(&truth.id))))
            .collect();
        let numbers: Vec<usize> = (0..pages).collect();
        for part in numbers.chunks(PAGES_AT_ONCE) {
            let found = parallel::map(part, |&number| {
                let (bed, article, fold) = plots[number % plots.len()];
                let planted = bed.page(article, number / plots.len(), SEED);
                let page = format!("{}-{}", bed.articles[article].id, number / plots.len());
                (format!("planted {} {}", bed.code(), planted.layout), page, tally_planted(&planted, &models[fold]))
            });
            for (name, page, outcome) in found {
                self.ledger.enter(name, &page, &outcome)?;
            }
        }
        Ok(())
    }

    /// Articles in frames of other pages.
    fn transplanted(&mut self, pages: usize) -> io::Result<()> {
        let (folds, models) = (self.folds, self.models);
        let made = shape::transplants(self.samples, &folds.folds, pages, SEED);
        for part in made.chunks(PAGES_AT_ONCE) {
            let found = parallel::map(part, |(origin, made)| {
                let (shape, source) = &**made.shape.as_ref()?;
                let lines = shape::lines(shape, source)?;
                let text = String::from_utf8(made.bytes().ok()?).ok()?;
                let own: Vec<&str> = lines.iter().filter(|line| line.own).map(|line| line.text.as_str()).collect();
                let junk = placed(lines.iter().map(|line| (line.text.as_str(), line.own)));
                let language = if source.truth.language() == "en" { "en" } else { "other" };
                let outcome = outcome(&text, &own.join("\n"), &junk, &models[folds.folds[*origin]]);
                let frame = shape.frame()?;
                let behind: usize = junk.iter().map(|(place, text)| prose(*place, text)).sum();
                let is_short = behind > frame.truth.body.as_deref().map_or(0, |body| body.chars().count());
                let short = if is_short { CUT_SHORT } else { "" };
                let name = format!("in {} {language} {}{short}", frame.corpus.name, shape.name());
                Some((name, made.truth.id.clone(), outcome))
            });
            for (name, page, outcome) in found.into_iter().flatten() {
                self.ledger.enter(name, &page, &outcome)?;
            }
        }
        Ok(())
    }

    /// Real articles with something added; about as many as `pages`.
    fn extended(&mut self, pages: usize) -> io::Result<()> {
        let (folds, models) = (self.folds, self.models);
        let extended = shape::all_extended(self.samples, &folds.folds);
        let each = extended.len().div_ceil(pages.max(1));
        let extended: Vec<_> = extended.into_iter().step_by(each).collect();
        let found = parallel::map(&extended, |(origin, made)| {
            let (shape, source) = &**made.shape.as_ref()?;
            let sections = shape::sections(shape, source).unwrap_or_default();
            let place = if shape.interrupts() { Place::Inside } else { Place::After };
            let text = String::from_utf8(made.bytes().ok()?).ok()?;
            // Of two boxes for the same place, only one was inserted.
            let put = sections.iter().filter(|section| text.contains(&section.html));
            let junk: Vec<_> = put.flat_map(|section| &section.lines).map(|line| (place, line.as_str())).collect();
            let own = made.truth.body.as_deref()?;
            let outcome = outcome(&text, own, &junk, &models[folds.folds[*origin]]);
            let source = source.shape.as_ref().map_or(String::new(), |made| format!("{} as ", made.0.name()));
            Some((format!("{source}{} {}", shape.name(), made.truth.language()), made.truth.id.clone(), outcome))
        });
        for (name, page, outcome) in found.into_iter().flatten() {
            self.ledger.enter(name, &page, &outcome)?;
        }
        Ok(())
    }
}

/// Extracts a planted page and counts.
pub(crate) fn tally_planted(planted: &Planted, model: &Model) -> Outcome {
    // Junk planted within a line of the article, or around it on the same line, is not counted.
    let own: Vec<String> =
        planted.body.split("\n\n").map(squeezed).filter(|own| own.chars().count() >= SEARCHED_CHARS).collect();
    let is_mixed = |line: &str| {
        let line = squeezed(line);
        own.iter().any(|own| line.contains(own.as_str()))
    };
    let lines = planted.lines.lines().filter(|line| !line.contains('<'));
    let junk = placed(lines.map(|line| (line, is_mixed(line))));
    outcome(&planted.text, &planted.body, &junk, model)
}

/// The lines that do not belong to the article, with their places.
fn placed<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> Vec<(Place, &'a str)> {
    let lines: Vec<(&str, bool)> = lines.collect();
    let own = |(_, own): &(&str, bool)| *own;
    let first = lines.iter().position(own).unwrap_or(lines.len());
    let last = lines.iter().rposition(own).unwrap_or(lines.len());
    let place = |at: usize| match at {
        at if at < first => Place::Before,
        at if at > last => Place::After,
        _ => Place::Inside,
    };
    lines.iter().enumerate().filter(|(_, line)| !own(line)).map(|(at, (text, _))| (place(at), *text)).collect()
}

/// The number of characters of a line if it is prose after the article, else 0.
fn prose(place: Place, text: &str) -> usize {
    let length = text.chars().count();
    let is_prose = length >= PROSE_CHARS && text.ends_with(['.', '!', '?', '。', '”', '"', '」', ')']);
    if matches!(place, Place::After) && is_prose { length } else { 0 }
}

fn outcome(text: &str, own: &str, junk: &[(Place, &str)], model: &Model) -> Outcome {
    let mut extractor = Extractor::new().with_model(model.clone());
    let Ok(article) = extractor.extract(Page::from(text).input(Input::Auto)) else { return Outcome::default() };
    let (body, own_text) = (squeezed(article.body()), squeezed(own));
    let mut outcome = Outcome { tally: Tally { pages: 1, ..Tally::default() }, ..Outcome::default() };
    let tally = &mut outcome.tally;
    // A line that occurs ten times on the page and once in the body has leaked once.
    let mut left: HashMap<String, usize> = HashMap::new();
    for &(place, junk) in junk {
        let line = squeezed(junk);
        // A title or teaser may repeat text of the article.
        if line.chars().count() >= SEARCHED_CHARS && !own_text.contains(&line) {
            tally.junk[place as usize] += 1;
            let left = left.entry(line).or_insert_with_key(|line| body.matches(line.as_str()).count());
            if *left > 0 {
                *left -= 1;
                tally.leaked[place as usize] += 1;
                outcome.leaked.push((place, junk.to_owned()));
            }
        }
    }
    for sentence in own.split_inclusive(['.', '!', '?', '。', '！', '？', '\n']) {
        let letters = squeezed(sentence);
        if letters.chars().count() >= SEARCHED_CHARS {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Number of pages for each article of the fixtures.
    const PAGES_PER_ARTICLE: usize = 6;
    /// Upper bounds. The goal is 0.01 each.
    const MAX_LEAK: f64 = 0.07;
    const MAX_LOSS: f64 = 0.05;

    /// Like the report, but small enough to run in every test. The model has not seen these articles.
    #[test]
    fn no_more_leaks_or_is_lost_than_before() {
        let truths = crate::fixture::articles();
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/model/body.bin");
        let model = Model::read(&std::fs::read(model).expect("the model")).expect("a sound model");
        let mut all = Tally::default();
        for bed in Bed::all(&truths.iter().collect::<Vec<_>>(), Purpose::Test) {
            for (article, copy) in
                (0..bed.articles.len()).flat_map(|at| (0..PAGES_PER_ARTICLE).map(move |copy| (at, copy)))
            {
                all += tally_planted(&bed.page(article, copy, SEED), &model).tally;
            }
        }
        assert!(all.pages >= 100, "{all:?}");
        let (leak, loss) = (all.leak(), all.loss());
        assert!(leak <= MAX_LEAK && loss <= MAX_LOSS, "leak {leak:.4}, loss {loss:.4}: {all:?}");
    }
}
