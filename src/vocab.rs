//! The words of all languages: loads `data/lang/*.txt` and finds their phrases in a page in one pass.
//!
//! A phrase is soft evidence. It says what a piece of text looks like in the interface of pages of that language; whether the
//! block goes is for the score to decide, and the phrase then names the [`Reason`](crate::types::Reason).

mod family;
mod file;
mod fold;
mod lang;
mod phrase;
mod trie;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::sync::LazyLock;

pub(crate) use family::{ClassFamily, DateOrder, Family, Unit};
use file::Entry;
pub(crate) use lang::Lang;
use phrase::{Edges, Join, Rule};
use trie::Trie;

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
    /// What [`Vocab::at`] looks for: also the words too common to be worth a hit in a scan.
    words: Shelf,
    classes: Vec<(&'static str, ClassFamily)>,
    orders: Vec<(Lang, DateOrder)>,
}

/// Phrases by where they may begin.
struct Index {
    /// Only where nothing but symbols and digits stands before them on the line.
    line: Shelf,
    /// Only where a word begins; in scripts without spaces, at every letter.
    word: Shelf,
    /// Anywhere.
    any: Shelf,
    /// The ASCII letters that begin no phrase inside a word, which is where most letters stand.
    inside: [bool; 256],
}

/// Distinct texts, and for each of them the rules that share it.
struct Shelf {
    texts: Trie,
    /// The rules of text `n` are `rules[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    rules: Vec<Rule>,
}

static VOCAB: LazyLock<Vocab> = LazyLock::new(|| Vocab::load(Lang::all().map(|lang| (lang, lang.source()))));

impl Vocab {
    /// The vocabulary; built when first asked for.
    pub(crate) fn get() -> &'static Vocab {
        &VOCAB
    }

    fn load(files: impl Iterator<Item = (Lang, &'static str)>) -> Vocab {
        let mut phrases = Vec::new();
        let mut words = Vec::new();
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
        Vocab { phrases: Index::build(phrases), words: Shelf::build(words), classes, orders }
    }

    /// Appends every phrase found in `text`, whose lines are blocks, ordered by start, longer ones first.
    ///
    /// Where phrases of one family overlap, those inside a longer one are left out; those of other families are not. Word
    /// boundaries are those of the script: letters on both sides in scripts with spaces, only before the phrase in Hangul,
    /// none in Han, kana and Thai.
    pub(crate) fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let folded = fold::folded(text);
        let mut before = Join::None;
        let mut at_start = true;
        let mut at = 0;
        while let Some(&byte) = folded.get(at) {
            let (join, letter, next) = match byte {
                b'\n' => {
                    (at_start, before) = (true, Join::None);
                    at += 1;
                    continue;
                }
                b'a'..=b'z' => (Join::Word, 'a', at + 1),
                0..=0x7f => (Join::None, ' ', at + 1),
                _ => {
                    let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                    (phrase::join(letter), letter, at + letter.len_utf8())
                }
            };
            let starts_word = join == Join::None || join != before;
            before = join;
            if self.phrases.may_begin_with(byte, at_start, starts_word) {
                let rest = folded.get(at..).unwrap_or_default();
                self.phrases.walk(rest, at_start, starts_word, |rules, len| {
                    let edges = Edges::new(text, at, at + len, at_start, starts_word);
                    for rule in rules {
                        if edges.allow(rule) {
                            push_longest(hits, from, edges.hit(rule));
                        }
                    }
                });
            }
            // Asked at a line's head only: beyond ASCII the answer is in a table.
            at_start = at_start && !letter.is_alphabetic();
            at = next;
            if join == Join::Word {
                while folded.get(at).is_some_and(|&byte| self.phrases.inside[usize::from(byte)]) {
                    at += 1;
                }
            }
        }
        if let Some(new) = hits.get_mut(from..) {
            new.sort_unstable_by_key(|hit| (hit.start, Reverse(hit.end)));
        }
    }

    /// Hands over every word or phrase that begins at byte `at` of `text`, shorter ones first.
    ///
    /// This also knows what [`Vocab::scan`] passes over: weekdays, units, parts of dates, joiners, honorifics; but nothing of
    /// the page's furniture.
    pub(crate) fn at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        self.begin_at(text, at, Edges::allow, found);
    }

    /// Like [`Vocab::at`], but wherever on its line a phrase stands: for readers who know what must stand beside it.
    pub(crate) fn inline_at(&self, text: &str, at: usize, found: impl FnMut(Hit)) {
        self.begin_at(text, at, Edges::allow_inline, found);
    }

    fn begin_at(&self, text: &str, at: usize, allow: impl Fn(&Edges, &Rule) -> bool, mut found: impl FnMut(Hit)) {
        let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return };
        if !self.words.texts.may_begin_unfolded(rest.as_bytes()) {
            return;
        }
        let mut window = [0; phrase::MAX_BYTES];
        let window = fold::fold_prefix(rest, &mut window);
        self.words.texts.walk(window, |index, len| {
            let at_start = phrase::begins_line(before);
            let starts_word = !phrase::joined(before.chars().next_back(), rest.chars().next());
            let edges = Edges::new(text, at, at + len, at_start, starts_word);
            for rule in self.words.rules_of(index) {
                if allow(&edges, rule) {
                    found(edges.hit(rule));
                }
            }
        });
    }

    /// The longest word or phrase of a wanted family that begins at byte `at` of `text`.
    pub(crate) fn longest_at(&self, text: &str, at: usize, wanted: impl Fn(Family) -> bool) -> Option<Hit> {
        let mut longest = None;
        self.at(text, at, |hit| {
            if wanted(hit.family) {
                longest = Some(hit);
            }
        });
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

impl Index {
    fn build(entries: Vec<(String, Rule)>) -> Index {
        let (line, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(_, rule)| rule.line_start);
        let (word, any): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(_, rule)| rule.word_start);
        let any = Shelf::build(any);
        let inside = std::array::from_fn(|byte| {
            let byte = byte as u8;
            byte.is_ascii_lowercase() && !any.texts.may_begin_with(byte)
        });
        Index { line: Shelf::build(line), word: Shelf::build(word), any, inside }
    }

    /// Whether any text that may begin here begins with `byte`: mostly none does.
    #[inline]
    fn may_begin_with(&self, byte: u8, at_start: bool, starts_word: bool) -> bool {
        self.any.texts.may_begin_with(byte)
            || starts_word && self.word.texts.may_begin_with(byte)
            || at_start && self.line.texts.may_begin_with(byte)
    }

    /// Calls `found` with the rules and the length of each text that may begin here and does.
    #[inline]
    fn walk(&self, rest: &[u8], at_start: bool, starts_word: bool, mut found: impl FnMut(&[Rule], usize)) {
        if at_start {
            self.line.walk(rest, &mut found);
        }
        if starts_word {
            self.word.walk(rest, &mut found);
        }
        self.any.walk(rest, &mut found);
    }
}

impl Shelf {
    fn build(mut entries: Vec<(String, Rule)>) -> Shelf {
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        let mut texts: Vec<&str> = Vec::new();
        let mut starts = Vec::new();
        let mut rules: Vec<Rule> = Vec::with_capacity(entries.len());
        for (text, rule) in &entries {
            if texts.last() != Some(&text.as_str()) {
                starts.push(u32::try_from(rules.len()).unwrap_or(u32::MAX));
                texts.push(text);
            }
            rules.push(*rule);
        }
        starts.push(u32::try_from(rules.len()).unwrap_or(u32::MAX));
        let rules_of = |text: usize| rules.get(starts[text] as usize..starts[text + 1] as usize).unwrap_or_default();
        let trie = Trie::build(&texts, |text| rules_of(text).iter().any(|rule| !rule.word_end));
        Shelf { texts: trie, starts, rules }
    }

    fn walk(&self, rest: &[u8], found: &mut impl FnMut(&[Rule], usize)) {
        self.texts.walk(rest, |text, len| found(self.rules_of(text), len));
    }

    fn rules_of(&self, text: usize) -> &[Rule] {
        let at = |index: usize| self.starts.get(index).map_or(self.rules.len(), |&start| start as usize);
        self.rules.get(at(text)..at(text + 1)).unwrap_or_default()
    }
}

/// Appends `hit` unless it lies inside one of its family, and takes out those which lie inside it.
///
/// Hits come in order of their starts, so only the tail can overlap; how far it is looked back at is bounded.
fn push_longest(hits: &mut Vec<Hit>, from: usize, hit: Hit) {
    const LOOK_BACK: usize = 16;
    let mut index = hits.len();
    let stop = from.max(index.saturating_sub(LOOK_BACK));
    while index > stop {
        index -= 1;
        let other = hits[index];
        if other.family != hit.family {
            continue;
        }
        if other.end >= hit.end {
            return;
        }
        if other.start == hit.start {
            hits.remove(index);
        }
    }
    hits.push(hit);
}
