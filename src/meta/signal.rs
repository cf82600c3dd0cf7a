//! Yes-or-no evidence for a candidate, and what each piece of it weighs.
//!
//! A candidate's score begins as the sum of the weights of its signals: a log-odds table, fitted on pages with known
//! answers. Since all signals are bits, a sum takes a few additions and the table stays readable. Combinations of
//! signals are left to [`super::trees`].

use std::marker::PhantomData;

/// A signal of one kind of candidate: of titles, of names or of days.
pub(crate) trait Signal: Copy {
    /// The names of all signals of the kind, as the tables have them.
    const NAMES: &'static [&'static str];

    /// The place of the signal's name among these.
    fn index(self) -> usize;
}

/// The signals of a candidate: bit `n` is signal `n` of its kind.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Signals<S>([u64; WORDS], PhantomData<S>);

const WORDS: usize = 4;
pub(crate) const BITS: usize = 64 * WORDS;

// Derived, it would ask for a default signal.
impl<S> Default for Signals<S> {
    fn default() -> Signals<S> {
        Signals([0; WORDS], PhantomData)
    }
}

impl<S: Signal> Signals<S> {
    pub(crate) fn of(signals: impl IntoIterator<Item = S>) -> Signals<S> {
        signals.into_iter().fold(Signals::default(), Signals::with)
    }
    pub(crate) fn set(&mut self, signal: S) {
        let index = signal.index();
        self.0[index / 64 % WORDS] |= 1 << (index % 64);
    }
    pub(crate) fn set_if(&mut self, signal: S, condition: bool) {
        if condition {
            self.set(signal);
        }
    }
    /// These signals and one more.
    #[must_use]
    pub(crate) fn with(mut self, signal: S) -> Signals<S> {
        self.set(signal);
        self
    }
    pub(crate) fn or(self, other: Signals<S>) -> Signals<S> {
        Signals(std::array::from_fn(|word| self.0[word] | other.0[word]), PhantomData)
    }
    pub(crate) fn and(self, other: Signals<S>) -> Signals<S> {
        Signals(std::array::from_fn(|word| self.0[word] & other.0[word]), PhantomData)
    }
    pub(crate) fn without(self, other: Signals<S>) -> Signals<S> {
        Signals(std::array::from_fn(|word| self.0[word] & !other.0[word]), PhantomData)
    }
    pub(crate) fn has(self, signal: S) -> bool {
        let index = signal.index();
        self.0[index / 64 % WORDS] >> (index % 64) & 1 == 1
    }
    /// Whether there is one of `signals`.
    pub(crate) fn has_any<const N: usize>(self, signals: [S; N]) -> bool {
        signals.into_iter().any(|signal| self.has(signal))
    }
    pub(crate) fn is_empty(self) -> bool {
        self.0 == [0; WORDS]
    }
    /// The numbers of the signals.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut rest)| {
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(64 * word + bit as usize)
            })
        })
    }
}

/// Declares the signals of one kind of candidate, with the names the table uses.
macro_rules! signals {
    ($(#[$doc:meta])* $name:ident { $($variant:ident => $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[repr(usize)]
        pub(crate) enum $name { $($variant,)* }
        impl crate::meta::signal::Signal for $name {
            const NAMES: &'static [&'static str] = &[$($text,)*];

            fn index(self) -> usize {
                self as usize
            }
        }
        const _: () = {
            use crate::meta::signal::{BITS, Signal};
            assert!($name::NAMES.len() < BITS, "signals are bits");
        };
    };
}
pub(crate) use signals;

/// A table of weights: a line `name weight` for each signal, `#` comments, and lines `worth SAID FOUND` by ascending
/// `SAID`: answers with probability `SAID` turned out to be right in a share `FOUND` of cases.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    weights: Vec<f32>,
    curve: Vec<(f32, f32)>,
}

impl Weights {
    /// Reads a table. Signals that it does not name weigh nothing.
    pub(crate) fn load(table: &str, names: &[&str]) -> Weights {
        let mut weights = vec![0.0; names.len()];
        let mut curve = Vec::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, weight)) = line.split_once(' ') else { continue };
            if name == "worth" {
                let point = weight.split_once(' ').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
                curve.extend(point);
                continue;
            }
            let Ok(weight) = weight.trim().parse() else { continue };
            if let Some(index) = names.iter().position(|n| *n == name) {
                weights[index] = weight;
            }
        }
        Weights { weights, curve }
    }

    pub(crate) fn score<S: Signal>(&self, signals: Signals<S>) -> f32 {
        signals.iter().filter_map(|index| self.weights.get(index)).sum()
    }

    /// The calibrated value of a probability; unchanged if the table has no `worth` lines.
    pub(crate) fn worth(&self, said: f32) -> f32 {
        let after = self.curve.partition_point(|point| point.0 < said);
        match (after.checked_sub(1).and_then(|at| self.curve.get(at)), self.curve.get(after)) {
            (None, None) => said,
            (None, Some(end)) | (Some(end), None) => end.1,
            (Some(&(left, low)), Some(&(right, high))) => low + (high - low) * (said - left) / (right - left),
        }
    }
}

/// In tests, a number is a signal.
#[cfg(test)]
impl Signal for usize {
    const NAMES: &'static [&'static str] = &[];

    fn index(self) -> usize {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_add_up() {
        let weights = Weights::load("# a comment\na 1.5\nc -2\nunknown 9\n", &["a", "b", "c"]);
        let mut signals = Signals::<usize>::default();
        assert_eq!(weights.score(signals), 0.0);
        for index in [0, 1, 2, 200] {
            signals.set(index);
        }
        assert_eq!(weights.score(signals), -0.5);
        assert_eq!(signals.iter().collect::<Vec<_>>(), [0, 1, 2, 200]);
        assert_eq!(weights.worth(0.3), 0.3);
    }

    #[test]
    fn says_what_it_is_worth() {
        let weights = Weights::load("a 1\nworth 0.2 0.3\nworth 0.8 0.6\n", &["a"]);
        for (said, worth) in [(0.0, 0.3), (0.2, 0.3), (0.5, 0.45), (1.0, 0.6)] {
            assert!((weights.worth(said) - worth).abs() < 1e-6, "{said}: {}", weights.worth(said));
        }
    }
}
