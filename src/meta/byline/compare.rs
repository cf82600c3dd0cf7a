//! Signals of the names by themselves, relative to each other and relative to the page.

use super::{Candidate, NameSignal, Names};
use crate::block::Blocks;
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, Field, Source};
use crate::meta::key::{hash, is_upper, is_wide, words};
use crate::meta::layout::Layout;
use crate::meta::name::{
    has_given_name, is_family_name_first, is_full_name, is_hangul, is_job, is_korean_name, is_no_name,
};
use crate::meta::signal::Signals;
use crate::meta::site::Site;
use crate::plain::cut;
use crate::types::Role;
use crate::vocab::{Family, Vocab};

/// Most text searched for words in lower case, and shortest such word, in bytes.
const LOOKED_THROUGH: usize = 60_000;
const SHORTEST: usize = 3;
/// Bits of the sources that declare an author; the bits above are for lines that name one.
const DECLARED: u32 = (1 << 24) - 1;
/// Most names that a name is compared with, to find names that are part of others.
const MAX_COMPARED: usize = 40;

impl Names {
    pub(super) fn compare(&mut self, blocks: &Blocks, layout: &Layout, site: &Site, headline: &str, first: &str) {
        use NameSignal as S;
        let linked: Vec<usize> = (0..self.candidates.len()).filter(|&at| self.candidates[at].has(S::Linked)).collect();
        let seen = self
            .candidates
            .iter()
            .filter(|c| c.has(S::Led) || c.has(S::Worded) || c.has(S::WordedHead) || c.has(S::WordedTail))
            .count();
        let meta = self
            .candidates
            .iter()
            .filter(|c| c.has(S::MetaPlain) || c.has(S::MetaTracker) || c.has(S::MetaArticle))
            .count();
        let person =
            self.candidates.iter().any(|c| (c.has(S::Linked) || c.has(S::LinkedCreator)) && !c.has(S::LinkedHouse));
        let alone = self.candidates.len() == 1;
        let vocab = Vocab::get();
        let mut hits = Vec::new();
        // Without declarations, `Key Takeaways` looks like a name, but its words are elsewhere in lower case.
        let mut common = std::mem::take(&mut self.common);
        if !layout.marked_up {
            common.read(&blocks.text, self.candidates.iter().map(|candidate| candidate.name.as_str()));
        }
        let names: Vec<[String; 2]> =
            self.candidates.iter_mut().map(|c| [&mut c.name, &mut c.key].map(std::mem::take)).collect();
        for (at, (candidate, [name, key])) in self.candidates.iter_mut().zip(&names).enumerate() {
            let part = |longer: &str, shorter: &str| {
                longer.len() > shorter.len()
                    && shorter.len() >= 5
                    && (longer.starts_with(shorter) || longer.ends_with(shorter))
            };
            let others = || names.iter().take(MAX_COMPARED).map(|[_, key]| key);
            candidate.set_if(S::Extends, others().any(|other| part(key, other)));
            candidate.set_if(S::Extended, others().any(|other| part(other, key)));
            candidate.set_if(
                S::AgencyAlone,
                candidate.role == Role::Agency && candidate.has(S::Linked) && linked.len() == 1,
            );
            match candidate.sources.count_ones() {
                0 | 1 => {}
                2 => candidate.set(S::Two),
                3 => candidate.set(S::Three),
                _ => candidate.set(S::Four),
            }
            let words = name.split_whitespace().count();
            let wide = name.chars().any(is_wide);
            candidate.set_if(S::FullName, !wide && is_full_name(name));
            candidate.set_if(S::OneWord, !wide && words == 1);
            candidate.set_if(S::TwoWords, !wide && words == 2);
            candidate.set_if(S::ThreeWords, !wide && words == 3);
            let first_word = name.split_whitespace().next().unwrap_or_default();
            candidate.set_if(S::GivenFirst, !wide && has_given_name(first_word));
            match layout.heads(name) {
                0 => {}
                1 => candidate.set(S::HeadsOne),
                2 => candidate.set(S::HeadsTwo),
                _ => candidate.set(S::HeadsMore),
            }
            candidate.set_if(S::OwnLine, layout.find(name).is_some());
            candidate.set_if(S::InFirst, !first.is_empty() && first.contains(key.as_str()));
            if !layout.marked_up && common.any && !wide {
                let own = || long_words(name).map(hash);
                let found = own().filter(|word| common.found.binary_search(word).is_ok()).count();
                candidate.set_if(S::CommonWord, found > 0);
                candidate.set_if(S::CommonWords, found > 0 && found == own().count());
            }
            candidate.set_if(S::ManyWords, words > 4);
            candidate.set_if(S::LowerCase, !name.chars().any(char::is_uppercase) && !wide);
            candidate.set_if(S::UpperCase, is_upper(name));
            candidate.set_if(S::Digits, name.chars().any(|c| c.is_ascii_digit()));
            candidate.set_if(S::Wide, wide);
            candidate.set_if(S::WideName, wide && name.chars().count() <= 4);
            let syllables = if name.chars().all(is_hangul) { name.chars().count() } else { 0 };
            candidate.set_if(S::TwoSyllables, syllables == 2);
            candidate.set_if(S::ThreeSyllables, syllables == 3 && is_korean_name(name));
            let given = !wide && has_given_name(name);
            candidate.set_if(S::GivenName, given);
            candidate.set_if(S::FamilyName, is_family_name_first(name) || is_korean_name(name));
            candidate.set_if(S::BareGiven, given && candidate.has(S::Bare));
            candidate.set_if(S::ClassGiven, given && (candidate.has(S::ClassTop) || candidate.has(S::ClassMore)));
            candidate.set_if(S::LinkedGiven, given && candidate.has(S::Linked));
            candidate.set_if(S::FlatGiven, given && !layout.marked_up);
            if wide {
                candidate.set_if(
                    S::WideMeta,
                    candidate.has(S::MetaPlain) || candidate.has(S::MetaArticle) || candidate.has(S::MetaTwitter),
                );
                candidate.set_if(S::WideLinked, candidate.has(S::Linked));
                candidate.set_if(S::WideHouse, candidate.has(S::LinkedHouse));
                candidate.set_if(S::WideClass, candidate.has(S::ClassTop) || candidate.has(S::ClassMore));
                candidate.set_if(S::WideLed, candidate.has(S::Led));
                candidate.set_if(S::WideWorded, candidate.has(S::Worded));
                candidate.set_if(S::WideHead, candidate.has(S::WordedHead));
                candidate.set_if(S::WideTail, candidate.has(S::WordedTail));
            }
            candidate.set_if(S::Dotted, words == 1 && name.trim_end_matches('.').contains('.'));
            let named = site.is_named(key);
            candidate.set_if(S::IsSite, named);
            candidate.set_if(S::IsSiteAlike, !named && site.is_site(name, key));
            let is = |family: fn(Family) -> bool| {
                vocab.longest_at(name, 0, family).is_some_and(|hit| hit.end as usize == name.len())
            };
            candidate.set_if(S::IsSection, site.is_section(key) || is(|f| f == Family::Section));
            candidate.set_if(S::IsAdmin, is(|f| f == Family::Admin));
            candidate.set_if(S::IsAgency, candidate.role == Role::Agency);
            candidate.set_if(
                S::IsRole,
                matches!(candidate.role, Role::Photographer | Role::Editor | Role::Translator | Role::Outlet),
            );
            // Whoever administers a board, took the pictures, translated or edited the text is not its author.
            let other = match candidate.role {
                Role::Editor => wide || candidate.has(S::Edits) && candidate.sources & DECLARED == 0,
                Role::Photographer | Role::Translator => !candidate.has(S::Linked) && !candidate.has(S::MetaPlain),
                _ => false,
            };
            candidate.set_if(S::Barred, candidate.has(S::IsAdmin) || other);
            hits.clear();
            vocab.scan_in(&mut self.room, name, &mut hits);
            // `Menu Search`, but not `By Our Editors`.
            let furniture = is_no_name(name)
                || words > 1 && !candidate.has(S::Led) && name.split_whitespace().all(is_no_name)
                || !wide && is_job(name)
                || hits.iter().any(|hit| hit.whole && hit.family.reason().is_some());
            candidate.set_if(S::Furniture, furniture);
            // `No Comments` below a headline: only its place makes it look like a name.
            let placed = !layout.marked_up && candidate.sources & DECLARED == 0 && !candidate.has(S::Worded);
            candidate.set_if(S::Barred, furniture && placed);
            candidate.set_if(S::InTitle, headline.contains(key.as_str()));
            candidate.set_if(S::NoRival, alone);
            candidate.set_if(S::LinkedRival, !candidate.has(S::Linked) && linked.iter().any(|&other| other != at));
            let own_seen = candidate.has(S::Led)
                || candidate.has(S::Worded)
                || candidate.has(S::WordedHead)
                || candidate.has(S::WordedTail);
            candidate.set_if(S::SeenRival, !own_seen && seen > 0);
            let own_meta =
                candidate.has(S::MetaPlain) || candidate.has(S::MetaTracker) || candidate.has(S::MetaArticle);
            candidate.set_if(S::MetaRival, !own_meta && meta > 0);
            candidate.set_if(S::HousePerson, candidate.has(S::LinkedHouse) && person);
            candidate.block = candidate.block.or_else(|| layout.find(name));
            let unseen = candidate.block.is_none()
                && !(candidate.has(S::ClassTop)
                    || candidate.has(S::ClassMore)
                    || candidate.has(S::RelAuthor)
                    || candidate.has(S::Item));
            candidate.set_if(S::Unseen, unseen);
            candidate.set_if(S::LinkedUnseen, unseen && candidate.has(S::Linked));
            candidate.set_if(S::MetaUnseen, unseen && own_meta && !candidate.has(S::Linked));
            let classed = candidate.has(S::ClassTop) || candidate.has(S::ClassMore);
            candidate.set_if(S::NoClass, !classed && layout.marked_up);
        }
        for (candidate, [name, key]) in self.candidates.iter_mut().zip(names) {
            (candidate.name, candidate.key) = (name, key);
        }
        self.common = common;
    }

    /// Sets the signals of the outcome that there is no author: facts of the page, and what some candidate has.
    pub(super) fn nobody(&mut self, declared: &Declared, layout: &Layout, title: Option<usize>, dates: &[usize]) {
        use NameSignal as S;
        let near = |title: usize| {
            let next = dates.partition_point(|&date| date + 4 < title);
            dates.get(next).is_some_and(|&date| date <= title + 6)
        };
        let any = |test: &dyn Fn(&Candidate) -> bool| self.candidates.iter().any(test);
        let article = declared
            .of(Field::Type)
            .any(|f| !f.has(Fact::NO_ARTICLE) && (f.source == Source::JsonLd || f.value == "article"));
        let mut none = Signals::default();
        for (signal, holds) in [
            (S::NoneFlat, !layout.marked_up),
            (S::NoneLinked, any(&|c| c.has(S::Linked) && !c.has(S::LinkedHouse))),
            (S::NoneHouse, any(&|c| c.has(S::LinkedHouse))),
            (S::NoneMeta, any(&|c| c.has(S::MetaPlain) || c.has(S::MetaTracker) || c.has(S::MetaArticle))),
            (S::NoneLed, any(&|c| c.has(S::Led))),
            (S::NoneWorded, any(&|c| c.has(S::Worded) || c.has(S::WordedHead) || c.has(S::WordedTail))),
            (S::NoneClass, any(&|c| c.has(S::ClassTop))),
            (S::NoneItem, any(&|c| c.has(S::Item) || c.has(S::RelAuthor))),
            (S::NoneBare, any(&|c| c.has(S::BareGiven))),
            (S::NoneGiven, any(&|c| c.has(S::GivenName))),
            (S::NonePosted, any(&|c| c.has(S::Posted))),
            (S::NoneArticle, article),
            (S::NoneAgree, any(&|c| c.sources.count_ones() > 1)),
            (S::NoneWide, any(&|c| c.has(S::Wide))),
            (S::NoneDated, declared.of(Field::Published).next().is_some()),
            (S::NoneShown, !dates.is_empty()),
            (S::NoneNearDate, title.is_some_and(near)),
            (S::NoneThing, declared.is_thing()),
            (S::NoneFront, declared.is_front()),
            (S::NoneWebsite, declared.is_graph_type("website")),
        ] {
            none.set_if(signal, holds);
        }
        self.none = none;
    }
}

/// Words of a page that begin in lower case; none if the script has no capitals.
#[derive(Clone, Debug, Default)]
pub(super) struct CommonWords {
    /// The page has such words.
    any: bool,
    /// Hashes of those that may be part of a name, sorted.
    found: Vec<u64>,
    /// For each first byte, the lengths of the words searched for, as bits; empty before a page is read.
    wanted: Vec<u64>,
    /// Words beyond ASCII were searched for.
    beyond_ascii: bool,
}

impl CommonWords {
    /// Forgets a page.
    pub(super) fn clear(&mut self) {
        self.wanted.clear();
        self.beyond_ascii = false;
    }

    /// Searches the text of a page for the words of `names`, unless an earlier search covers them.
    fn read<'n>(&mut self, text: &str, names: impl Iterator<Item = &'n str>) {
        // Few words of a page share the first letter and the length of a word in a name: only those are hashed.
        let shape = |word: &str| (usize::from(word.as_bytes()[0].to_ascii_lowercase()), 1 << (word.len() % 64));
        let mut unknown = self.wanted.is_empty();
        self.wanted.resize(256, 0);
        for word in names.flat_map(long_words) {
            let (first, length) = shape(word);
            unknown |= self.wanted[first] & length == 0 || !word.is_ascii() && !self.beyond_ascii;
            self.wanted[first] |= length;
            self.beyond_ascii |= !word.is_ascii();
        }
        if !unknown {
            return;
        }
        self.any = false;
        self.found.clear();
        for word in long_words(cut(text, LOOKED_THROUGH)).filter(|word| word.starts_with(char::is_lowercase)) {
            self.any = true;
            let (first, length) = shape(word);
            // Beyond ASCII, the lower case of a letter may be longer.
            let may_match = if word.is_ascii() { self.wanted[first] & length != 0 } else { self.beyond_ascii };
            if may_match {
                self.found.push(hash(word));
            }
        }
        self.found.sort_unstable();
        self.found.dedup();
    }
}

/// The words of a text, without the shortest ones.
fn long_words(text: &str) -> impl Iterator<Item = &str> {
    words(text).filter(|word| word.len() >= SHORTEST)
}
