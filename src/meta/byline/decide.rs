//! The decision: the authors of a page, and the people named in other roles.

use super::{Candidate, NameSignal, Names};
use crate::meta::name::is_hangul;
use crate::meta::tables::Table;
use crate::types::{Person, Role};

/// An author is named if there is one with at least this probability. Below one half, since a missing name costs as
/// much as a wrong one, and the best guess is then right about as often as not; fitted.
const SOMEBODY: f32 = 0.28;
/// Least probability of all authors named together. Where dozens of names share what speaks for an author, as on pages
/// of listings and reviews, the likeliest is mostly wrong: below this, of 31 pages with known authors a quarter was right
/// and a third names nobody. The author in linked data, and the first element whose class says that it names the author, are
/// right in more than half of the cases.
const NAMED: f32 = 0.15;
/// How likely a further author from the same list must be, as a share of the likeliest author's probability; lower for
/// the list in linked data, which is seldom wrong. Fitted.
const BESIDE: f32 = 0.3;
const BESIDE_LINKED: f32 = 0.01;
/// The same for names after one `by`, where a list seldom holds anyone but authors.
const BESIDE_LED: f32 = 0.05;
/// The same for names in datelines, as seldom wrong as linked data. Not fitted: the corpora have too few with several.
const BESIDE_IN_DATELINE: f32 = BESIDE_LINKED;

impl Names {
    /// The probability of each candidate to be the likeliest author, in their order, by the weights alone.
    pub(crate) fn likely(&self, table: &Table<NameSignal>) -> Vec<f32> {
        self.shares(self.candidates.iter().map(|c| table.rough(c.signals)).chain([table.rough(self.none)]).collect())
    }

    /// The same by the weights and the trees.
    fn probabilities(&self, table: &Table<NameSignal>) -> Vec<f32> {
        let rivals: Vec<_> = self.candidates.iter().map(|c| c.signals).chain([self.none]).collect();
        self.shares(table.odds(&rivals))
    }

    /// The odds of the candidates and of no author, as shares of their sum. A barred candidate (an administrator, a
    /// photographer) is not the author, whatever other signals it has.
    fn shares(&self, mut odds: Vec<f32>) -> Vec<f32> {
        for (odds, candidate) in odds.iter_mut().zip(&self.candidates) {
            if candidate.has(NameSignal::Barred) {
                *odds = f32::NEG_INFINITY;
            }
        }
        let top = odds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let all: f32 = odds.iter().map(|odds| (odds - top).exp()).sum();
        odds.iter().take(self.candidates.len()).map(|odds| (odds - top).exp() / all).collect()
    }
}

/// The people named in the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    /// Authors first.
    pub(crate) people: Vec<Person>,
    /// The probability that the authors are right, or that there are none.
    pub(crate) confidence: f32,
}

/// The people of the article: the likeliest author, co-authors, and people whom the byline names in other roles.
pub(crate) fn decide(names: &Names, table: &Table<NameSignal>) -> Decided {
    let likely = names.probabilities(table);
    let rough = names.likely(table);
    let best = likely.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let somebody: f32 = likely.iter().sum();
    let first = best.filter(|_| somebody >= SOMEBODY).map(|(index, _)| index);
    // The weights alone tell better who belongs together: to the trees, the authors of one article are rivals.
    let odds = |first: usize, other: usize| (likely[other] / likely[first]).max(rough[other] / rough[first]);
    let is_author =
        |other: usize| first.is_some_and(|first| other == first || names.listed(first, other, odds(first, other)));
    let authors: Vec<bool> = (0..likely.len()).map(is_author).collect();
    let taken: f32 = likely.iter().zip(&authors).filter(|(_, is_author)| **is_author).map(|(share, _)| share).sum();
    let is_stated = |first: usize| names.candidates[first].has_any([NameSignal::Linked, NameSignal::ClassTop]);
    let is_signed = first.is_some_and(|first| taken >= NAMED || is_stated(first));
    let mut decided = Decided::default();
    for (candidate, &is_author) in names.candidates.iter().zip(&authors) {
        let role = if is_author && is_signed {
            Role::Author
        } else if candidate.has_other_role() {
            candidate.role
        } else {
            continue;
        };
        decided
            .people
            .push(Person { affiliation: candidate.affiliation.clone(), ..Person::new(candidate.name.clone(), role) });
    }
    decided.people.sort_by_key(|person| person.role != Role::Author);
    decided.confidence = table.worth(if is_signed { taken } else { 1.0 - somebody });
    decided
}

impl Names {
    /// Whether `other` is a co-author of `first`, being `odds` times as likely.
    fn listed(&self, first: usize, other: usize, odds: f32) -> bool {
        use NameSignal as S;
        let (first, other) = (&self.candidates[first], &self.candidates[other]);
        let linked = first.lists.contains(&0) && other.lists.contains(&0);
        // A reviewer is named beside the author: `By Jane Miller, reviewed by John O'Hara`.
        let checked = other.role == Role::Editor && other.has(S::Worded) && !linked;
        // `Jane Miller, Jane`
        let part = !linked && first.key.contains(&other.key);
        let line = first.block.is_some() && first.block == other.block && first.has(S::Led) && other.has(S::Led);
        // All words up to the end of a list after `by` are the name, even if some of them are named alone elsewhere. Without a
        // given name it may be a desk: `Jane Miller, Business Desk`.
        let extends = other.has(S::Extends) && !linked && !(line && other.has(S::SpotWhole) && other.has(S::GivenName));
        if checked || part || other.has(S::Barred) || other.has(S::HousePerson) || extends {
            return false;
        }
        let shared = |list: &u16| other.lists.contains(list);
        if linked {
            return odds >= BESIDE_LINKED;
        }
        // `citation_author`, one for each author: nobody else is named there.
        if first.has(S::MetaCitation) && other.has(S::MetaCitation) && first.lists.iter().any(shared) {
            return odds >= BESIDE_LINKED;
        }
        // `By`, and names below it, each in a line of its own.
        let below = first.has(S::Led) && first.has(S::Bare) && other.has(S::Bare) && other.has(S::FullName);
        if !below && !other.may_stand_beside(first) {
            return false;
        }
        let least = if first.has(S::WordedHead) && other.has(S::WordedHead) {
            BESIDE_IN_DATELINE
        } else if line || below || first.is_signed_with(other) {
            BESIDE_LED
        } else {
            BESIDE
        };
        odds >= least && first.lists.iter().any(shared)
    }
}

impl Candidate {
    /// Whether one line names both in Hangul, each with a word that makes an author: `뷔하나 기자, 김두리 의학전문기자`. A rare
    /// family name makes one of them less likely, not less of an author; two syllables may be any word.
    fn is_signed_with(&self, other: &Candidate) -> bool {
        let is_named = |c: &Candidate| c.name.chars().count() == 3 && c.name.chars().all(is_hangul);
        let is_worded = |c: &Candidate| c.role == Role::Author && c.has(NameSignal::Worded) && is_named(c);
        self.block.is_some() && self.block == other.block && is_worded(self) && is_worded(other)
    }

    /// Whether the candidate, which a line shows beside `first`, may be a person. What is set beside a name is often a
    /// place, a desk, a profession or a button (`Jane Miller, Astrologer`, `Jane Miller | Share Article`), and few such
    /// words are given names. Without one it takes a lead and the form of a name, a `<meta>`, or a code beside a code.
    fn may_stand_beside(&self, first: &Candidate) -> bool {
        use NameSignal as S;
        let is_shouted = self.has(S::UpperCase) && !first.has(S::UpperCase);
        !self.is_latin()
            || self.has(S::GivenName)
            || self.has_any([S::MetaPlain, S::MetaArticle, S::MetaTracker])
            || self.has(S::Led) && self.has(S::FullName) && !is_shouted && !self.has(S::Furniture)
            || self.has(S::LowerCase) && first.has(S::LowerCase)
    }

    /// Whether the candidate cannot be the author, whatever other signals it has.
    #[cfg(feature = "internals")]
    pub(crate) fn is_barred(&self) -> bool {
        self.has(NameSignal::Barred)
    }

    /// Whether the lines around the article name the candidate in a role other than author.
    pub(super) fn has_other_role(&self) -> bool {
        use NameSignal as S;
        let placed = self.has_any([S::NearTitle, S::NearBody, S::BodyEnd, S::AfterBody]);
        match self.role {
            Role::Author => false,
            Role::Poster => self.has(S::Posted) && !self.has(S::SeenShaky),
            _ => self.block.is_some() && self.has(S::Worded) && placed && !self.has(S::SeenShaky),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::signal::Signals;
    use crate::meta::tables::Tables;

    /// A candidate of the list 1.
    fn candidate(name: &str, signals: &[NameSignal]) -> Candidate {
        Candidate {
            name: name.to_owned(),
            key: name.to_lowercase(),
            role: Role::Author,
            affiliation: None,
            sources: 0,
            lists: vec![1],
            block: None,
            signals: Signals::of(signals.iter().copied()),
        }
    }

    #[test]
    fn authors_named_together() {
        use NameSignal as S;
        let led = [S::Led, S::Bare, S::FullName];
        let cases: &[(&str, &[NameSignal], &[NameSignal], bool)] = &[
            ("citations", &[S::MetaCitation, S::GivenName], &[S::MetaCitation], true),
            ("near miss: a citation and a line", &[S::MetaCitation], &[S::Bare], false),
            ("below `By`", &led, &[S::Bare, S::FullName], true),
            ("near miss: one word below `By`", &led, &[S::Bare], false),
            ("near miss: two lines without `By`", &[S::Bare, S::FullName], &[S::Bare, S::FullName], false),
        ];
        for (case, first, other, expected) in cases {
            let candidates = vec![candidate("Jane Miller", first), candidate("Bo Quaid", other)];
            let names = Names { candidates, ..Names::default() };
            assert_eq!(names.listed(0, 1, 0.1), *expected, "{case}");
        }
    }

    #[test]
    fn authors_in_one_line() {
        use NameSignal as S;
        let cases: &[(&str, &[NameSignal], usize, bool)] = &[
            ("김두리", &[S::Worded], 1, true),
            ("김두리", &[S::Worded], 2, false),
            ("변형", &[S::Worded], 1, false),
            ("Bo Quaid", &[S::Worded], 1, false),
            ("박두리", &[], 1, false),
        ];
        for (name, other, block, expected) in cases {
            let first = Candidate { block: Some(1), ..candidate("뷔하나", &[S::Worded]) };
            let other = Candidate { block: Some(*block), ..candidate(name, other) };
            let names = Names { candidates: vec![first, other], ..Names::default() };
            assert_eq!(names.listed(0, 1, 0.1), *expected, "{name}");
        }
        // All words behind `by` are the name, though its head is named alone elsewhere.
        for (signals, block, expected) in [
            ([S::Led, S::SpotWhole, S::GivenName], 1, true),
            ([S::Led, S::SpotCut, S::GivenName], 1, false),
            ([S::Led, S::SpotWhole, S::OneWord], 1, false),
            ([S::Led, S::SpotWhole, S::GivenName], 2, false),
        ] {
            let first = Candidate { block: Some(1), ..candidate("Jane Miller", &[S::Led]) };
            let mut other = Candidate { block: Some(block), ..candidate("Bo Quaid", &signals) };
            other.set(S::Extends);
            let names = Names { candidates: vec![first, other], ..Names::default() };
            assert_eq!(names.listed(0, 1, 0.5), expected, "{signals:?}");
        }
    }

    #[test]
    fn what_stands_beside_a_name() {
        use NameSignal as S;
        let cases: &[(&str, &str, &[NameSignal], bool)] = &[
            ("Jane Miller", "Zyx Quaid", &[S::Led, S::FullName], true),
            ("Jane Miller", "Bo Quaid", &[S::GivenName], true),
            ("Jane Miller", "Zyx Quaid", &[S::MetaPlain], true),
            ("Иван Лодкин", "Гусь Речной", &[S::FullName], true),
            ("abc", "xyz", &[S::OneWord, S::LowerCase], true),
            ("near miss: Jane Miller", "xyz", &[S::OneWord], false),
            ("Jane Miller", "Astrologer", &[S::Led, S::OneWord], false),
            ("Jane Miller", "Staff Writer", &[S::Led, S::FullName, S::Furniture], false),
            ("Jane Miller", "Share Article", &[S::Bare, S::FullName], false),
            ("Jane Miller", "HARBOUR NEWS", &[S::Led, S::FullName, S::UpperCase], false),
        ];
        for (first, other, signals, expected) in cases {
            let first = candidate(first, if first.contains(' ') { &[] } else { &[S::LowerCase] });
            let names = Names { candidates: vec![first, candidate(other, signals)], ..Names::default() };
            assert_eq!(names.listed(0, 1, 0.5), *expected, "{other}");
        }
    }

    #[test]
    fn nobody_among_many() {
        // Without weights, all are as likely as nobody is.
        let table = Tables::read([""; 2], [""; 2], [""; 2]).names;
        let cases: [(u16, &[NameSignal], bool); 3] =
            [(2, &[], true), (12, &[], false), (12, &[NameSignal::ClassTop], true)];
        for (count, signals, named) in cases {
            let candidates =
                (0..count).map(|at| Candidate { lists: vec![at], ..candidate(&format!("N{at}"), signals) });
            let names = Names { candidates: candidates.collect(), ..Names::default() };
            assert_eq!(!decide(&names, &table).people.is_empty(), named, "{count}");
        }
    }
}
