//! The byline: every name that some source states becomes a candidate, and the candidates are weighed.
//!
//! A name is one candidate, however many sources state it. Its signals say which sources do, where it stands relative
//! to headline and body, and what kind of text it is.

mod blocks;
mod common;
mod compare;
mod decide;
mod evidence;
mod gather;
mod line;
mod nickname;
mod paragraph;
mod passage;
mod place;
mod spot;
mod unlabelled;
mod word;

pub(crate) use decide::decide;
pub(crate) use evidence::NameSignal;

use super::key::key;
use super::layout::MAX_LINE;
use super::propose::View;
use super::signal::Signals;
use crate::types::Role;
use crate::vocab::Room;
use common::CommonWords;
use gather::Gatherer;

/// A person who may be an author of the page.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) name: String,
    key: String,
    pub(crate) role: Role,
    pub(crate) affiliation: Option<String>,
    /// Who states the name, as bits: each [`Source::bit`], and the kinds of lines that show it.
    sources: u32,
    /// Numbers of the statements and lines that name the person. People who share one tend to be authors together.
    pub(crate) lists: Vec<u16>,
    /// The block that shows the name as a byline.
    pub(crate) block: Option<usize>,
    pub(crate) signals: Signals<NameSignal>,
}

impl Candidate {
    fn set(&mut self, signal: NameSignal) {
        self.signals.set(signal);
    }
    fn set_if(&mut self, signal: NameSignal, condition: bool) {
        self.signals.set_if(signal, condition);
    }
    fn has(&self, signal: NameSignal) -> bool {
        self.signals.has(signal)
    }
    fn has_any<const N: usize>(&self, signals: [NameSignal; N]) -> bool {
        self.signals.has_any(signals)
    }

    /// Whether its letters are Latin, of which most given names are known.
    fn is_latin(&self) -> bool {
        /// The first character behind the Latin letters of European languages.
        const END: char = '\u{250}';
        self.name.chars().all(|c| c < END || !c.is_alphabetic())
    }
}

/// All candidates of a page, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) candidates: Vec<Candidate>,
    /// Blocks that are just a byline.
    pub(crate) lines: Vec<usize>,
    /// Signals of the outcome that the page names no author.
    pub(crate) none: Signals<NameSignal>,
    /// Names, keys and lists of the previous page, kept to reuse their memory.
    spare: Vec<(String, String, Vec<u16>)>,
    common: CommonWords,
    room: Room,
}

impl Names {
    /// Forgets a page.
    pub(crate) fn clear(&mut self) {
        self.forget();
        self.common.clear();
    }

    /// Forgets the candidates of a page, but not its common words.
    fn forget(&mut self) {
        self.spare.extend(self.candidates.drain(..).map(|candidate| (candidate.name, candidate.key, candidate.lists)));
        self.spare.truncate(gather::MAX_NAMES);
        self.lines.clear();
        self.none = Signals::default();
    }
}

/// Gathers all candidates, replacing those of the previous page. `title` is the block that shows the headline, and
/// `is_cut` says that the block holds more than that.
pub(crate) fn propose(view: &View<'_>, title: Option<usize>, is_cut: bool, names: &mut Names) {
    let View { blocks, layout, declared, .. } = *view;
    names.forget();
    let mut gatherer = Gatherer::new(names);
    gatherer.declared(declared);
    gatherer.blocks(view, title, is_cut);
    // Every name is searched for in both lines, so their length is bounded: a page in one line has neither.
    let line = |index: usize| Some(blocks.text_of(index)).filter(|text| text.len() <= MAX_LINE).map(key);
    let headline = title.and_then(line).unwrap_or_default();
    let first = Some(layout.opening)
        .filter(|_| !layout.marked_up && !blocks.items.is_empty())
        .and_then(line)
        .unwrap_or_default();
    names.compare(blocks, layout, view.site, &headline, &first);
    names.nobody(declared, layout, title, view.dated);
    names.place(layout, &layout.body, title, view.dated);
}
