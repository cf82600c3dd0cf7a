//! Gathers all names that a page states, each once.

use super::evidence::{is_shaky, of_fact};
use super::word::Word;
use super::{Candidate, NameSignal, Names};
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::key::{is_upper, key_into};
use crate::meta::name::{Named, Trust, is_full_name, is_hangul, is_name_word, names};
use crate::meta::signal::Signals;
use crate::types::Role;

/// Most names kept of a page.
pub(super) const MAX_NAMES: usize = 80;
/// Most lists recorded for a name.
const MAX_LISTS: usize = 12;
/// With more elements for an author than this, the page lists articles. A line of more names is a list of staff.
const MANY_CLASSES: usize = 5;
const MANY_NAMES: usize = 4;

/// Kinds of lines that name a person, as bits of [`Candidate::sources`] above those of declarations.
pub(super) mod source {
    pub(in crate::meta::byline) const PARAGRAPH_TAIL: u32 = 1 << 24;
    pub(in crate::meta::byline) const PARAGRAPH_HEAD: u32 = 1 << 25;
    /// A line that only its class or a mail address shows to be a byline.
    pub(in crate::meta::byline) const HINTED: u32 = 1 << 26;
    pub(in crate::meta::byline) const BARE: u32 = 1 << 27;
    pub(in crate::meta::byline) const WORDED: u32 = 1 << 28;
    pub(in crate::meta::byline) const LABELLED: u32 = 1 << 29;
    pub(in crate::meta::byline) const LED: u32 = 1 << 30;
}

pub(super) struct Gatherer<'n> {
    pub(super) names: &'n mut Names,
    /// The number of the list being read; 0 is the linked data's.
    pub(super) list: u16,
    pub(super) lists: u16,
    /// The last line that names one person, and its list.
    pub(super) lone: Option<(usize, u16)>,
    /// Buffer for the words of a text.
    pub(super) words: Vec<Word>,
    /// Buffer for a key.
    key: String,
}

impl Gatherer<'_> {
    pub(super) fn new(names: &mut Names) -> Gatherer<'_> {
        Gatherer { names, list: 0, lists: 0, lone: None, words: Vec::new(), key: String::new() }
    }

    pub(super) fn put(&mut self, named: &Named, source: u32) -> Option<&mut Candidate> {
        key_into(&named.name, &mut self.key);
        if self.key.is_empty() {
            return None;
        }
        // There are about a dozen: a linear search is faster than building an index.
        let at = match self.names.candidates.iter().position(|candidate| candidate.key == self.key) {
            Some(at) => at,
            None if self.names.candidates.len() >= MAX_NAMES => return None,
            None => {
                let (mut name, mut key, mut lists) = self.names.spare.pop().unwrap_or_default();
                named.name.clone_into(&mut name);
                self.key.clone_into(&mut key);
                lists.clear();
                self.names.candidates.push(Candidate {
                    name,
                    key,
                    lists,
                    role: named.role,
                    affiliation: named.affiliation.clone(),
                    sources: 0,
                    block: None,
                    signals: Signals::default(),
                });
                self.names.candidates.len() - 1
            }
        };
        let candidate = &mut self.names.candidates[at];
        candidate.sources |= source;
        if candidate.lists.len() < MAX_LISTS && !candidate.lists.contains(&self.list) {
            candidate.lists.push(self.list);
        }
        if candidate.affiliation.is_none() {
            candidate.affiliation.clone_from(&named.affiliation);
        }
        // Prefer a spelling with spaces (`janemiller` is a handle) and without all capitals (a matter of style).
        let spaced = named.name.contains(' ') && !candidate.name.contains(' ');
        if spaced || is_upper(&candidate.name) && !is_upper(&named.name) {
            candidate.name.clone_from(&named.name);
        }
        // Author is the default role: any role that is stated in words replaces it.
        if candidate.role == Role::Author && named.worded {
            candidate.role = named.role;
            candidate.set_if(NameSignal::Edits, named.edits);
        }
        Some(candidate)
    }

    /// Adds all names in a text of block `index`.
    pub(super) fn seen(&mut self, text: &str, trust: Trust, index: usize, signals: Signals<NameSignal>, source: u32) {
        let found = names(text, trust);
        // Authors one below the other, each in a line of their own, sign together.
        let is_lone = signals.has(NameSignal::Bare) || source == self::source::WORDED;
        if is_lone && found.len() == 1 {
            self.line_list(index);
        } else {
            self.next_list();
        }
        let many = found.len() > MANY_NAMES;
        for named in &found {
            if let Some(candidate) = self.put(named, source) {
                candidate.block.get_or_insert(index);
                candidate.set_if(NameSignal::SeenMany, many);
                candidate.signals = candidate.signals.or(signals);
            }
        }
        // Names set into a paragraph do not make the block a byline: it remains part of the text.
        let inset = Signals::of([NameSignal::WordedHead, NameSignal::WordedTail, NameSignal::SignsOff]);
        if !found.is_empty() && signals.and(inset).is_empty() {
            self.names.lines.push(index);
        }
    }

    /// Begins the list of a line that names one person, or continues that of such a line next to it.
    pub(super) fn line_list(&mut self, index: usize) {
        match self.lone {
            Some((last, list)) if index.abs_diff(last) <= 1 => self.list = list,
            _ => self.next_list(),
        }
        self.lone = Some((index, self.list));
    }

    pub(super) fn next_list(&mut self) {
        self.lists = self.lists.saturating_add(1);
        self.list = self.lists;
    }

    /// Adds all names that the page declares.
    pub(super) fn declared(&mut self, declared: &Declared) {
        use NameSignal as S;
        // Elements whose class says that they name the author, and that do.
        let mut classes = 0;
        // Several `<meta>`, one for each author, are one list.
        let mut metas: Vec<(Source, u16)> = Vec::new();
        let mut read = Read::default();
        for fact in declared.of(FactField::Author) {
            let found = read.names(fact);
            self.next_list();
            if fact.source == Source::JsonLd && fact.flags & (Fact::SECOND | Fact::NO_ARTICLE | Fact::CREATOR) == 0 {
                self.list = 0;
            }
            if matches!(fact.source, Source::Citation | Source::Article) {
                match metas.iter().find(|(source, _)| *source == fact.source) {
                    Some(&(_, list)) => self.list = list,
                    None => metas.push((fact.source, self.list)),
                }
            }
            let signals = of_fact(fact, classes == 0);
            for named in found {
                if let Some(candidate) = self.put(named, fact.source.bit()) {
                    candidate.signals = candidate.signals.or(signals);
                }
            }
            if fact.source == Source::Class && !is_shaky(fact) && !found.is_empty() {
                classes += 1;
            }
        }
        if classes > MANY_CLASSES {
            for candidate in &mut self.names.candidates {
                candidate.set_if(S::ClassMany, candidate.has_any([S::ClassTop, S::ClassMore]));
            }
        }
    }
}

/// The names in declared values: most pages state the same name several times.
#[derive(Default)]
struct Read<'f>(Vec<(&'f str, Trust, Vec<Named>)>);

impl<'f> Read<'f> {
    fn names(&mut self, fact: &'f Fact) -> &[Named] {
        let is_catalogued = matches!(fact.source, Source::Citation | Source::DublinCore);
        let swapped = if is_catalogued { swapped(&fact.value) } else { None };
        let trust = if fact.has(Fact::MACHINE) { Trust::Stated } else { trust(fact) };
        let is_house = fact.has(Fact::ORGANIZATION) && fact.value.contains(is_hangul);
        // A value in the order of catalogues or of a house is not remembered: elsewhere it has another meaning.
        let value = if swapped.is_none() && !is_house { fact.value.as_str() } else { "" };
        let known = self.0.iter().position(|(read, under, _)| *read == value && *under == trust);
        let at = known.filter(|_| !value.is_empty()).unwrap_or_else(|| {
            let mut found = names(swapped.as_deref().unwrap_or(&fact.value), trust);
            // What looks like a name is a part of the house's: `계간 모서리`, `모서리 출판사`.
            if let [house] = &mut *found
                && is_house
                && !house.worded
            {
                house.name.clone_from(&fact.value);
                house.affiliation = None;
            }
            self.0.push((value, trust, found));
            self.0.len() - 1
        });
        &self.0[at].2
    }
}

/// How far the text of an element for the author is trusted: a short one is a byline, a longer one or a sentence (`Measure
/// twice, oil once.`) must look like it.
pub(super) fn trust(fact: &Fact) -> Trust {
    /// Longest byline that is believed as it stands, in bytes.
    const SHORT: usize = 40;
    let value = &fact.value;
    let is_sentence =
        value.ends_with(['.', '!', '?', '。']) && value.contains(char::is_whitespace) && !is_full_name(value);
    if value.len() <= SHORT && !value.contains('\n') && !is_sentence { Trust::Stated } else { Trust::Seen }
}

/// `Jane P. Miller` for `Miller, Jane P.`, the order of library catalogues.
fn swapped(value: &str) -> Option<String> {
    let (last, first) = value.split_once(',')?;
    let (last, first) = (last.trim(), first.trim());
    let is_name = |part: &str| !part.is_empty() && part.split(' ').count() <= 2 && part.split(' ').all(is_name_word);
    let one = !first.contains(',') && last.split(' ').count() == 1;
    (one && is_name(last) && is_name(first)).then(|| format!("{first} {last}"))
}
