//! The decision: who wrote it, and who is named beside them.

use super::{Candidate, NameSignal, Names};
use crate::meta::signal::Signals;
use crate::meta::tables::Table;
use crate::types::{Person, Role};

/// Probability of there being an author from which one is named. Below one half, since a missing name costs as much as a wrong
/// one and the best guess is then right about as often as not; fitted.
const SOMEBODY: f32 = 0.28;
/// How likely another author must be, in parts of the likeliest, who stands in one list with them; and in the list of the
/// linked data, which is seldom wrong. Fitted.
const BESIDE: f32 = 0.3;
const BESIDE_LINKED: f32 = 0.01;
/// The same behind one `by` or in one dateline, where a list is seldom anything else.
const BESIDE_LED: f32 = 0.05;

impl Names {
    /// The probability of each candidate to be the likeliest author there is, in their order, at a first look.
    pub(crate) fn likely(&self, table: &Table) -> Vec<f32> {
        self.shares(self.candidates.iter().map(|c| table.rough(c.signals)).chain([table.rough(self.none)]).collect())
    }

    /// The same at a second look.
    fn probabilities(&self, table: &Table) -> Vec<f32> {
        let rivals: Vec<Signals> = self.candidates.iter().map(|c| c.signals).chain([self.none]).collect();
        self.shares(table.odds(&rivals))
    }

    /// Odds of the candidates and of nobody as shares of them all. Whoever is barred (runs the board, took the pictures) has not
    /// written it, whatever else speaks for them.
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

/// Who is named in the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    /// Authors first.
    pub(crate) people: Vec<Person>,
    /// Of the authors: that they are right, or that there are none.
    pub(crate) confidence: f32,
}

/// The people of the article: the likeliest author, those listed with them, and whom the byline names in other roles.
pub(crate) fn decide(names: &Names, table: &Table) -> Decided {
    let likely = names.probabilities(table);
    let rough = names.likely(table);
    let best = likely.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let somebody: f32 = likely.iter().sum();
    let first = best.filter(|_| somebody >= SOMEBODY).map(|(index, _)| index);
    let mut decided = Decided::default();
    let mut taken = 0.0;
    for (index, (candidate, &probability)) in names.candidates.iter().zip(&likely).enumerate() {
        // Who belongs together is plainer by the weights alone: to the trees, all but one of five authors are rivals.
        let odds = |first: usize| (probability / likely[first]).max(rough[index] / rough[first]);
        let chosen = first.is_some_and(|first| index == first || names.listed(first, index, odds(first)));
        let role = if chosen {
            Role::Author
        } else if candidate.beside() {
            candidate.role
        } else {
            continue;
        };
        if chosen {
            taken += probability;
        }
        decided
            .people
            .push(Person { affiliation: candidate.affiliation.clone(), ..Person::new(candidate.name.clone(), role) });
    }
    decided.people.sort_by_key(|person| person.role != Role::Author);
    decided.confidence = table.worth(if first.is_some() { taken } else { 1.0 - somebody });
    decided
}

impl Names {
    /// Whether `other` wrote it with `first`, being `odds` times as likely.
    fn listed(&self, first: usize, other: usize, odds: f32) -> bool {
        use NameSignal as S;
        let (first, other) = (&self.candidates[first], &self.candidates[other]);
        let linked = first.lists.contains(&0) && other.lists.contains(&0);
        // Whoever checked it stands beside the author: `By Jane Miller, reviewed by John O'Hara`.
        let checked = other.role == Role::Editor && other.has(S::Worded) && !linked;
        // `Jane Miller, Jane`
        let part = !linked && first.key.contains(&other.key);
        if checked || part || other.has(S::Barred) || other.has(S::HousePerson) || other.has(S::Extends) && !linked {
            return false;
        }
        let shared = |list: &u16| other.lists.contains(list);
        if linked {
            return odds >= BESIDE_LINKED;
        }
        let line = first.block.is_some() && first.block == other.block && first.has(S::Led) && other.has(S::Led);
        let line = line || first.has(S::WordedHead) && other.has(S::WordedHead);
        odds >= if line { BESIDE_LED } else { BESIDE } && first.lists.iter().any(shared)
    }
}

impl Candidate {
    /// Whether this is somebody who cannot be the author, whatever else speaks for them.
    #[cfg(feature = "internals")]
    pub(crate) fn is_barred(&self) -> bool {
        self.has(NameSignal::Barred)
    }

    /// Whether the article's own frame names them in another role than the author's.
    pub(super) fn beside(&self) -> bool {
        use NameSignal as S;
        let placed = self.has(S::NearTitle) || self.has(S::NearBody) || self.has(S::BodyEnd) || self.has(S::AfterBody);
        match self.role {
            Role::Author => false,
            Role::Poster => self.has(S::Posted) && !self.has(S::SeenShaky),
            _ => self.block.is_some() && self.has(S::Worded) && placed && !self.has(S::SeenShaky),
        }
    }
}
