//! The fitted tables that the choices use, from `data/meta`.

use super::byline::NameSignal;
use super::date::DateSignal;
use super::signal::{Signal, Signals, Weights};
use super::title::TitleSignal;
use super::trees::Trees;
use std::marker::PhantomData;
use std::sync::{Arc, LazyLock};

/// One table per field. `train meta` writes them.
#[derive(Clone, Debug)]
pub struct Tables {
    pub(crate) titles: Table<TitleSignal>,
    pub(crate) names: Table<NameSignal>,
    pub(crate) dates: Table<DateSignal>,
}

/// Weights, and trees boosted on top of them.
#[derive(Clone, Debug)]
pub(crate) struct Table<S> {
    weights: Weights,
    trees: Trees,
    of: PhantomData<S>,
}

/// Factor of the weights' score when the trees' score is added to it; `meta.py` has the same number.
const SHARE: f32 = 0.6;
/// How far below the best score by the weights, in log-odds, a candidate may be for the trees to look at it. They
/// hardly ever reverse a larger gap, and most of a page's two dozen candidates are further behind.
const REACH: f32 = 6.0;

impl Tables {
    /// Reads the tables of titles, names and dates, each as weights and trees, for the current signals.
    #[must_use]
    pub fn read(titles: [&str; 2], names: [&str; 2], dates: [&str; 2]) -> Tables {
        Tables { titles: Table::read(titles), names: Table::read(names), dates: Table::read(dates) }
    }

    /// The tables this crate comes with.
    pub(crate) fn standard() -> Arc<Tables> {
        static STANDARD: LazyLock<Arc<Tables>> = LazyLock::new(|| {
            Arc::new(Tables::read(
                [include_str!("../../data/meta/title.txt"), include_str!("../../data/meta/title.trees.txt")],
                [include_str!("../../data/meta/name.txt"), include_str!("../../data/meta/name.trees.txt")],
                [include_str!("../../data/meta/date.txt"), include_str!("../../data/meta/date.trees.txt")],
            ))
        });
        STANDARD.clone()
    }
}

impl<S: Signal> Table<S> {
    fn read([weights, trees]: [&str; 2]) -> Table<S> {
        Table { weights: Weights::load(weights, S::NAMES), trees: Trees::load(trees, S::NAMES), of: PhantomData }
    }

    /// The log-odds by the weights alone: a quick guess, good enough to find the body.
    pub(crate) fn rough(&self, signals: Signals<S>) -> f32 {
        self.weights.score(signals)
    }

    /// The log-odds of rival candidates.
    pub(crate) fn odds(&self, rivals: &[Signals<S>]) -> Vec<f32> {
        let mut odds: Vec<f32> = rivals.iter().map(|&signals| self.weights.score(signals)).collect();
        let top = odds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let within = |odds: f32| odds >= top - REACH;
        // Many signals hold for the whole page, and so for all candidates: the trees evaluate these only once.
        let seen = odds.iter().zip(rivals).filter(|(odds, _)| within(**odds)).map(|(_, &signals)| signals);
        let shared = seen.filter(|signals| !signals.is_empty()).reduce(Signals::and).unwrap_or_default();
        let left = self.trees.left(shared);
        let mut room = Vec::new();
        for (odds, &signals) in odds.iter_mut().zip(rivals) {
            let trees = if !within(*odds) {
                0.0
            } else if signals.is_empty() {
                self.trees.score(&self.trees.left(signals), signals, &mut room)
            } else {
                self.trees.score(&left, signals.without(shared), &mut room)
            };
            *odds = SHARE * *odds + trees;
        }
        odds
    }

    /// The calibrated value of a probability that was computed from the odds.
    pub(crate) fn worth(&self, said: f32) -> f32 {
        self.weights.worth(said)
    }
}
