//! Yes-or-no evidence for a candidate, and what each piece of it weighs.
//!
//! A candidate's score is the sum of the weights of the signals it shows: a log-odds table, fitted on pages with known
//! answers. All signals being bits keeps a score at a few additions and a table readable.

/// The signals a candidate shows: bit `n` is signal `n` of its kind.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Signals(pub(crate) u128);

impl Signals {
    pub(crate) fn set(&mut self, index: usize) {
        self.0 |= 1 << index;
    }
    pub(crate) fn set_if(&mut self, index: usize, condition: bool) {
        if condition {
            self.set(index);
        }
    }
    pub(crate) fn has(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (index < 128).then_some(index as usize)
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
        impl $name {
            pub(crate) const NAMES: &[&str] = &[$($text,)*];
        }
        const _: () = assert!($name::NAMES.len() <= 128, "signals are bits of a u128");
    };
}
pub(crate) use signals;

/// A table of weights: one `name weight` a line, `#` comments.
#[derive(Debug)]
pub(crate) struct Weights {
    weights: Vec<f32>,
    /// What a candidate without any signal scores: the line named `bias`.
    pub(crate) bias: f32,
}

impl Weights {
    /// Signals that the table does not name weigh nothing.
    pub(crate) fn load(table: &str, names: &[&str]) -> Weights {
        let mut weights = vec![0.0; names.len()];
        let mut bias = 0.0;
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, weight)) = line.split_once(' ') else { continue };
            let Ok(weight) = weight.trim().parse() else { continue };
            if name == "bias" {
                bias = weight;
            } else if let Some(index) = names.iter().position(|n| *n == name) {
                weights[index] = weight;
            }
        }
        Weights { weights, bias }
    }

    pub(crate) fn score(&self, signals: Signals) -> f32 {
        self.bias + signals.iter().filter_map(|index| self.weights.get(index)).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_add_up() {
        let weights = Weights::load("# a comment\na 1.5\nc -2\nunknown 9\n", &["a", "b", "c"]);
        let mut signals = Signals::default();
        assert_eq!(weights.score(signals), 0.0);
        for index in [0, 1, 2, 127] {
            signals.set(index);
        }
        assert_eq!(weights.score(signals), -0.5);
        assert_eq!(signals.iter().collect::<Vec<_>>(), [0, 1, 2, 127]);
    }
}
