//! The words of all languages: loads `data/lang/*.txt` and finds their phrases in a page in one pass.
//!
//! A phrase is soft evidence. It says what a piece of text looks like in the interface of pages of that language; whether the
//! block goes is for the score to decide, and the phrase then names the [`Reason`](crate::types::Reason).

mod family;
mod file;
mod fold;
mod heads;
mod items;
mod lang;
mod phrase;
mod scan;
mod shelf;
mod trie;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub(crate) use family::{ClassFamily, DateOrder, Family, Unit};
use file::Entry;
pub(crate) use lang::Lang;
use phrase::{Edges, Rule};
use scan::Index;
pub(crate) use scan::Room;
use shelf::Shelf;

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Hit {
    /// Byte offset into the text that was scanned.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) family: Family,
    /// The file it comes from.
    pub(crate) lang: Lang,
    /// The phrase is the whole line, but for symbols, digits and a count.
    pub(crate) whole: bool,
    /// Nothing but symbols and digits stands before it on its line.
    pub(crate) at_start: bool,
}

/// All phrases, ready to be searched.
pub(crate) struct Vocab {
    /// What [`Vocab::scan`] looks for.
    phrases: Index,
    /// What [`Vocab::longest_at`] looks for: also the words too common to be worth a hit in a scan.
    words: Shelf,
    /// Those of [`Family::BylineLead`] again, and those that stand in and beside dates: asked for at each word of many a line and
    /// behind each number, and so few that hardly any word begins one.
    leads: Shelf,
    dates: Shelf,
    classes: Vec<(&'static str, ClassFamily)>,
    orders: Vec<(Lang, DateOrder)>,
}

static VOCAB: LazyLock<Vocab> = LazyLock::new(|| Vocab::load(Lang::all().map(|lang| (lang, lang.source()))));

impl Vocab {
    /// The vocabulary; built when first asked for.
    pub(crate) fn get() -> &'static Vocab {
        &VOCAB
    }

    fn load(files: impl Iterator<Item = (Lang, &'static str)>) -> Vocab {
        let mut phrases = Vec::new();
        let (mut words, mut leads, mut dates) = (Vec::new(), Vec::new(), Vec::new());
        let mut classes = Vec::new();
        let mut orders = Vec::new();
        for (lang, source) in files {
            for entry in file::entries(source) {
                match entry {
                    Entry::Phrase(family, text) => {
                        for (text, rule) in phrase::variants(text, family, lang) {
                            if family.in_scan() {
                                phrases.push((text.clone(), rule));
                            }
                            if family == Family::BylineLead {
                                leads.push((text.clone(), rule));
                            }
                            if family.in_dates() {
                                dates.push((text.clone(), rule));
                            }
                            if family.in_words() {
                                words.push((text, rule));
                            }
                        }
                    }
                    Entry::Class(family, word) => classes.push((word, family)),
                    Entry::Order(order) => orders.push((lang, order)),
                }
            }
        }
        Vocab {
            phrases: Index::build(phrases),
            words: Shelf::build(words),
            leads: Shelf::build(leads),
            dates: Shelf::build(dates),
            classes,
            orders,
        }
    }

    /// Appends every phrase found in `text`, whose lines are blocks, ordered by start, longer ones first.
    ///
    /// Where phrases of one family overlap, those inside a longer one are left out; those of other families are not. Word
    /// boundaries are those of the script: letters on both sides in scripts with spaces, only before the phrase in Hangul,
    /// none in Han, kana and Thai.
    pub(crate) fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        self.scan_in(&mut Room::default(), text, hits);
    }

    /// The same for who scans often.
    pub(crate) fn scan_in(&self, room: &mut Room, text: &str, hits: &mut Vec<Hit>) {
        self.phrases.scan(text, room, hits);
    }

    /// Hands over every word of dates and beside them that begins at byte `at` of `text`, shorter ones first.
    pub(crate) fn date_words_at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        begin_at(&self.dates, text, at, Edges::allow, found);
    }

    /// The same wherever on its line a phrase stands: for readers who know what must stand beside it.
    pub(crate) fn inline_date_words_at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        begin_at(&self.dates, text, at, Edges::allow_inline, found);
    }

    /// The longest word or phrase of a wanted family that begins at byte `at` of `text`.
    ///
    /// This also knows what [`Vocab::scan`] passes over: weekdays, units, parts of dates, joiners, honorifics; but nothing of
    /// the page's furniture.
    pub(crate) fn longest_at(&self, text: &str, at: usize, wanted: impl Fn(Family) -> bool) -> Option<Hit> {
        let mut longest = None;
        begin_at(&self.words, text, at, Edges::allow, |hit| {
            if wanted(hit.family) {
                longest = Some(hit);
            }
        });
        longest
    }

    /// The longest phrase like `by` that begins at byte `at` of `text`.
    pub(crate) fn lead_at(&self, text: &str, at: usize) -> Option<Hit> {
        let mut longest = None;
        begin_at(&self.leads, text, at, Edges::allow, |hit| longest = Some(hit));
        longest
    }

    /// Words of class and id attributes with what they say about the element, lower case.
    pub(crate) fn classes(&self) -> &[(&'static str, ClassFamily)] {
        &self.classes
    }

    /// In which order a language writes an all-number date; `code` may carry a region (`pt-BR`).
    pub(crate) fn date_order(&self, code: &str) -> Option<DateOrder> {
        let lang = Lang::from_code(code)?;
        self.orders.iter().find(|(of, _)| *of == lang).map(|(_, order)| *order)
    }
}

/// Hands over every phrase of a shelf that begins at byte `at` of `text`, if `allow` says so, shorter ones first.
fn begin_at(shelf: &Shelf, text: &str, at: usize, allow: impl Fn(&Edges, &Rule) -> bool, mut found: impl FnMut(Hit)) {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return };
    if !shelf.heads.may_begin_unfolded(rest.as_bytes()) {
        return;
    }
    let mut window = [0; phrase::MAX_BYTES];
    let window = fold::fold_prefix(rest, &mut window);
    shelf.walk(window, |rules, len| {
        let at_start = phrase::begins_line(before);
        let starts_word = !phrase::joined(before.chars().next_back(), rest.chars().next());
        let edges = Edges::new(text, at, at + len, at_start, starts_word);
        for rule in rules {
            if allow(&edges, rule) {
                found(edges.hit(rule));
            }
        }
    });
}
