//! Which columns moved the score of a block: worked out only where somebody asks.

use super::net::{Channels, Net, WIDTH, dot, positive};
use super::{Part, Table};
use crate::feature::Around;
use crate::types::Clue;

/// Clues of a block.
const MOST: usize = 3;

impl Part {
    /// The columns that spoke loudest for or against each of the blocks `wanted`, the loudest first.
    pub(crate) fn clues(&self, rows: &[f32], units: &[f32], around: &[Around], wanted: &[usize]) -> Vec<Vec<Clue>> {
        let rows = Table::new(rows, self.columns);
        let names = crate::feature::names();
        let clues = |effects: Vec<f32>| {
            let mut loudest: Vec<(f32, &String)> = effects.into_iter().zip(&names).collect();
            loudest.sort_by(|(one, _), (other, _)| other.abs().total_cmp(&one.abs()));
            let told = loudest.into_iter().filter(|(effect, _)| *effect != 0.0 && effect.is_finite()).take(MOST);
            told.map(|(effect, name)| Clue { name: name.replace(['.', '_'], " "), effect }).collect()
        };
        self.net.effects(rows, units, around, wanted).into_iter().map(clues).collect()
    }
}

impl Net {
    /// How far each column moves the log-odds of each block `wanted` away from what the mean of the page in its place would
    /// give: to first order, and by the block's own path alone, since what a neighbour hears of it is the neighbour's.
    fn effects(&self, rows: Table<'_>, units: &[f32], around: &[Around], wanted: &[usize]) -> Vec<Vec<f32>> {
        let mut seen = Vec::new();
        self.observed(rows, units, around, |values| seen.push(alive(values)));
        let count = seen.len() / (self.layers.len() + 1);
        let means = self.means(rows, count);
        let mut all = vec![vec![0.0; self.columns.len()]; wanted.len()];
        for (&block, effects) in wanted.iter().zip(&mut all).filter(|(block, _)| **block < count) {
            let gradient = self.gradient(|layer| seen[layer * count + block]);
            for (((column, effect), &x), mean) in self.columns.iter().zip(effects).zip(rows.row(block)).zip(&means) {
                let speaks = |weights: &Channels| dot(weights, &gradient);
                *effect += (x / (x.abs() + column.scale) - mean.amount) * speaks(&column.weights);
                for (named, share) in column.named.iter().zip(&mean.shares) {
                    *effect += (f32::from(u8::from(named.value == x)) - share) * speaks(&named.weights);
                }
            }
        }
        all
    }

    /// What the columns are on average.
    fn means(&self, rows: Table<'_>, count: usize) -> Vec<Mean> {
        let each = 1.0 / count.max(1) as f32;
        let mut means: Vec<Mean> =
            self.columns.iter().map(|column| Mean { amount: 0.0, shares: vec![0.0; column.named.len()] }).collect();
        for row in (0..count).map(|block| rows.row(block)) {
            for ((column, mean), &x) in self.columns.iter().zip(&mut means).zip(row) {
                mean.amount += each * x / (x.abs() + column.scale);
                for (named, share) in column.named.iter().zip(&mut mean.shares) {
                    *share += if named.value == x { each } else { 0.0 };
                }
            }
        }
        means
    }

    /// How the log-odds of a block change with what it is before it hears anything; `alive` says which numbers of it, and of what
    /// each layer adds to it, are above nothing.
    fn gradient(&self, alive: impl Fn(usize) -> u32) -> Channels {
        let is_alive = |layer: usize, at: usize| alive(layer) >> at & 1 == 1;
        let mut gradient = self.out;
        for (number, layer) in self.layers.iter().enumerate().rev() {
            let mut through = gradient;
            (0..WIDTH).filter(|&at| !is_alive(number + 1, at)).for_each(|at| through[at] = 0.0);
            for ((gradient, tap), mix) in gradient.iter_mut().zip(&layer.taps[1]).zip(&layer.mix) {
                *gradient += tap * dot(mix, &through);
            }
        }
        (0..WIDTH).filter(|&at| !is_alive(0, at)).for_each(|at| gradient[at] = 0.0);
        gradient
    }
}

/// The mean of a column over a page.
struct Mean {
    amount: f32,
    /// Of each value that is a name, how many of the rows have it.
    shares: Vec<f32>,
}

/// Which numbers are above nothing, as bits.
fn alive(values: &Channels) -> u32 {
    values.iter().enumerate().fold(0, |bits, (at, &value)| bits | u32::from(positive(value) > 0.0) << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::net::{Column, Layer, Named};

    fn one(at: usize, weight: f32) -> Channels {
        let mut channels = Channels::default();
        channels[at] = weight;
        channels
    }

    #[test]
    fn effects_against_the_mean() {
        let amount = Column { scale: 1.0, weights: one(0, 1.0), named: Vec::new() };
        let name = Named { value: 7.0, weights: one(1, 10.0) };
        let named = Column { scale: f32::INFINITY, weights: Channels::default(), named: vec![name] };
        let mut layer = Layer::default();
        (layer.taps[1], layer.mix[0]) = (one(0, 1.0), one(0, 2.0));
        let mut net = Net::default();
        net.columns = vec![amount, named];
        (net.out[0], net.out[1]) = (1.0, 1.0);
        let rows = [1.0, 0.0, 0.0, 7.0];
        let effects = |net: &Net| net.effects(Table::new(&rows, 2), &[1.0; 2], &[Around::default(); 2], &[0, 1]);
        // What a block has nothing of moves nothing at first order.
        assert_eq!(effects(&net), [[0.25, 0.0], [0.0, 5.0]]);
        // The layer triples what is on channel 0.
        net.layers = vec![layer];
        assert_eq!(effects(&net), [[0.75, 0.0], [0.0, 5.0]]);
    }
}
