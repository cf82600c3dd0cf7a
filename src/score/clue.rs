//! Which columns moved the score of a block: worked out only on request.

use super::Part;
use super::net::{Channels, Column, Net, Reading, WIDTH, dot, positive};
use crate::feature::Around;
use crate::types::Clue;

/// Maximum number of clues per block.
const MAX_CLUES: usize = 3;

/// [`active`] has a bit for each channel.
const _: () = assert!(WIDTH <= u32::BITS as usize);

/// Hands over each row of a page with the units of its block. May be called repeatedly.
pub(crate) type Rows<'a> = &'a dyn Fn(&mut dyn FnMut(&[f32], f32));

impl Part {
    /// For each of the blocks `wanted`, whose indices ascend, the columns with the greatest effects, greatest first.
    pub(crate) fn clues(&self, rows: Rows<'_>, around: &[Around], wanted: &[usize]) -> Vec<Vec<Clue>> {
        let names = crate::feature::names();
        let clues = |effects: Vec<f32>| {
            let mut strongest: Vec<(f32, &String)> = effects.into_iter().zip(&names).collect();
            strongest.sort_by(|(one, _), (other, _)| other.abs().total_cmp(&one.abs()));
            let clues =
                strongest.into_iter().filter(|(effect, _)| *effect != 0.0 && effect.is_finite()).take(MAX_CLUES);
            clues.map(|(effect, name)| Clue { name: name.replace(['.', '_'], " "), effect }).collect()
        };
        let mut all = Vec::with_capacity(wanted.len());
        self.net.effects(rows, around, wanted, |effects| all.push(clues(effects)));
        all
    }
}

impl Net {
    /// Calls `take` for each block `wanted` with how far each column moves the block's log-odds, compared to the column's
    /// mean over the page. This is a first-order approximation that ignores what passes through other blocks.
    fn effects(&self, rows: Rows<'_>, around: &[Around], wanted: &[usize], mut take: impl FnMut(Vec<f32>)) {
        let count = around.len();
        let mut reading = Reading::new(self, around.len());
        let mut means = self.no_means();
        rows(&mut |row, units| {
            reading.row(row, units);
            self.add_to_means(row, 1.0 / count.max(1) as f32, &mut means);
        });
        let mut activity = Vec::new();
        reading.log_odds_observed(around, |values| activity.push(active(values)));
        let mut wanted = wanted.iter().copied().peekable();
        let mut block = 0;
        rows(&mut |row, _| {
            if wanted.next_if_eq(&block).is_some() {
                let gradient = self.gradient(|layer| activity.get(layer * count + block).copied().unwrap_or_default());
                take(self.effects_of(row, &gradient, &means));
            }
            block += 1;
        });
    }

    fn effects_of(&self, row: &[f32], gradient: &Channels, means: &[Mean]) -> Vec<f32> {
        let effect = |((column, &x), mean): ((&Column, &f32), &Mean)| {
            let slope = |weights: &Channels| dot(weights, gradient);
            let mut effect = (x / (x.abs() + column.scale) - mean.amount) * slope(&column.weights);
            for (named, share) in column.named.iter().zip(&mean.shares) {
                effect += (f32::from(u8::from(named.value == x)) - share) * slope(&named.weights);
            }
            effect
        };
        self.columns.iter().zip(row).zip(means).map(effect).collect()
    }

    fn no_means(&self) -> Vec<Mean> {
        self.columns.iter().map(|column| Mean { amount: 0.0, shares: vec![0.0; column.named.len()] }).collect()
    }

    /// Adds a row of weight `each` to the means of the columns.
    fn add_to_means(&self, row: &[f32], each: f32, means: &mut [Mean]) {
        for ((column, mean), &x) in self.columns.iter().zip(means).zip(row) {
            mean.amount += each * x / (x.abs() + column.scale);
            for (named, share) in column.named.iter().zip(&mut mean.shares) {
                *share += if named.value == x { each } else { 0.0 };
            }
        }
    }

    /// The gradient of a block's log-odds with respect to its initial channels. `active` returns, as bits, which of these
    /// (0) and of what each layer adds (1 and up) are above zero.
    fn gradient(&self, active: impl Fn(usize) -> u32) -> Channels {
        let is_active = |layer: usize, at: usize| active(layer) >> at & 1 == 1;
        let mut gradient = self.out;
        for (number, layer) in self.layers.iter().enumerate().rev() {
            let mut through = gradient;
            (0..WIDTH).filter(|&at| !is_active(number + 1, at)).for_each(|at| through[at] = 0.0);
            for ((gradient, weight), mix) in gradient.iter_mut().zip(layer.kernel[1].iter()).zip(&layer.mix) {
                *gradient += weight * dot(mix, &through);
            }
        }
        (0..WIDTH).filter(|&at| !is_active(0, at)).for_each(|at| gradient[at] = 0.0);
        gradient
    }
}

/// The mean of a column over a page.
struct Mean {
    amount: f32,
    /// For each value that is a name, the share of rows that have it.
    shares: Vec<f32>,
}

/// Which channels are above zero, as bits.
fn active(values: &Channels) -> u32 {
    values.iter().enumerate().fold(0, |bits, (at, &value)| bits | u32::from(positive(value) > 0.0) << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::net::{Layer, Named};

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
        (layer.reach, layer.kernel[1], layer.mix[0]) = (1, one(0, 1.0), one(0, 2.0));
        let mut net = Net::default();
        net.columns = vec![amount, named];
        (net.out[0], net.out[1]) = (1.0, 1.0);
        let effects = |net: &Net| {
            let mut found = Vec::new();
            let rows =
                |take: &mut dyn FnMut(&[f32], f32)| [[1.0, 0.0], [0.0, 7.0]].iter().for_each(|row| take(row, 1.0));
            net.effects(&rows, &[Around::default(); 2], &[0, 1], |effects| found.push(effects));
            found
        };
        // A channel that is 0 passes no gradient on, so to first order its columns have no effect.
        assert_eq!(effects(&net), [[0.25, 0.0], [0.0, 5.0]]);
        // The layer triples what is on channel 0.
        net.layers = vec![layer];
        assert_eq!(effects(&net), [[0.75, 0.0], [0.0, 5.0]]);
    }
}
