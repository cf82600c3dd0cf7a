//! The words of all languages: loads `data/lang/*.txt` and finds their phrases in a page in one pass.
//!
//! A phrase is soft evidence: it suggests what a text is in the interface of a page. The score decides whether a block is
//! struck; the phrase then provides the [`Reason`](crate::types::Reason).

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

pub(crate) use family::{ClassFamily, DateOrder, Family, MailField, Unit};
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
    /// The language file that contains the phrase.
    pub(crate) lang: Lang,
    /// Whether the phrase is the whole line, apart from symbols, digits and a count.
    pub(crate) whole: bool,
    /// Whether only symbols and digits come before it on its line.
    pub(crate) at_start: bool,
}

/// All phrases, indexed for searching.
pub(crate) struct Vocab {
    /// The phrases that [`Vocab::scan`] looks for.
    phrases: Index,
    /// The phrases that [`Vocab::longest_at`] looks for, including words too common to be worth a hit in a scan.
    words: Shelf,
    /// Copies of the phrases of [`Family::BylineLead`], and of those in or beside dates. They are looked up at every
    /// word of many lines and after every number, and are so few that most words are rejected at once.
    leads: Shelf,
    dates: Shelf,
    classes: Vec<(&'static str, ClassFamily)>,
    orders: Vec<(Lang, DateOrder)>,
}

static VOCAB: LazyLock<Vocab> = LazyLock::new(|| Vocab::load(Lang::all().map(|lang| (lang, lang.source()))));

impl Vocab {
    /// The vocabulary, built on first use.
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
    /// A phrase inside a longer one of the same family is left out; phrases of different families may overlap. Word
    /// boundaries depend on the script: in scripts with spaces no letter may adjoin the phrase, in Hangul none may
    /// precede it, and in Han, kana and Thai there are no boundaries.
    pub(crate) fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        self.scan_in(&mut Room::default(), text, hits);
    }

    /// Like [`Vocab::scan`], with buffers to be reused from scan to scan.
    pub(crate) fn scan_in(&self, room: &mut Room, text: &str, hits: &mut Vec<Hit>) {
        self.phrases.scan(text, room, hits);
    }

    /// Calls `found` for each word in or beside dates that begins at byte `at` of `text`, shorter ones first.
    pub(crate) fn date_words_at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        begin_at(&self.dates, text, at, Edges::allow, found);
    }

    /// Like [`Vocab::date_words_at`], but anywhere on a line, for callers that check the surroundings of a phrase.
    pub(crate) fn inline_date_words_at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        begin_at(&self.dates, text, at, Edges::allow_inline, found);
    }

    /// The longest word or phrase of a wanted family that begins at byte `at` of `text`.
    ///
    /// This includes words that [`Vocab::scan`] skips (weekdays, units, parts of dates, joiners, honorifics), but no
    /// boilerplate.
    pub(crate) fn longest_at(&self, text: &str, at: usize, wanted: impl Fn(Family) -> bool) -> Option<Hit> {
        let mut longest = None;
        begin_at(&self.words, text, at, Edges::allow, |hit| {
            if wanted(hit.family) {
                longest = Some(hit);
            }
        });
        longest
    }

    /// Whether `text` from byte `at` on is one word or phrase of a wanted family.
    pub(crate) fn is_phrase(&self, text: &str, at: usize, wanted: impl Fn(Family) -> bool) -> bool {
        self.longest_at(text, at, wanted).is_some_and(|hit| hit.end as usize == text.len())
    }

    /// Whether all of `text` is a phrase of [`Family::BylineLead`].
    pub(crate) fn is_lead(&self, text: &str) -> bool {
        self.lead_at(text, 0).is_some_and(|hit| hit.end as usize == text.len())
    }

    /// The longest phrase of [`Family::BylineLead`] that begins at byte `at` of `text`.
    pub(crate) fn lead_at(&self, text: &str, at: usize) -> Option<Hit> {
        let mut longest = None;
        begin_at(&self.leads, text, at, Edges::allow, |hit| longest = Some(hit));
        longest
    }

    /// Words of class and id attributes in lower case, and what they say about the element.
    pub(crate) fn classes(&self) -> &[(&'static str, ClassFamily)] {
        &self.classes
    }

    /// The order in which a language writes an all-number date; `code` may have a region (`pt-BR`).
    pub(crate) fn date_order(&self, code: &str) -> Option<DateOrder> {
        let lang = Lang::from_code(code)?;
        self.orders.iter().find(|(of, _)| *of == lang).map(|(_, order)| *order)
    }
}

/// Calls `found` for each phrase of `shelf` at byte `at` of `text` that `allow` accepts, shorter ones first.
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
