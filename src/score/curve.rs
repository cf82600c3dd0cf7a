//! A calibration curve.

use super::Malformed;
use super::reader::Reader;

/// A piecewise linear function; the identity when it has no points.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Curve {
    /// By ascending first coordinate.
    points: Vec<(f32, f32)>,
}

impl Curve {
    /// The value at `x`; beyond either end, the value at that end.
    pub(crate) fn at(&self, x: f32) -> f32 {
        let after = self.points.partition_point(|point| point.0 < x);
        match (after.checked_sub(1).and_then(|at| self.points.get(at)), self.points.get(after)) {
            (None, None) => x,
            (None, Some(end)) | (Some(end), None) => end.1,
            (Some(&(left, low)), Some(&(right, high))) => low + (high - low) * (x - left) / (right - left),
        }
    }

    /// `u8` count, then pairs of `f32`.
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let points: Vec<_> =
            (0..reader.u8()?).map(|_| Ok((reader.f32()?, reader.f32()?))).collect::<Result<_, Malformed>>()?;
        if points.is_sorted_by(|a, b| a.0 < b.0) { Ok(Curve { points }) } else { Err(Malformed("curve out of order")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolates() {
        let curve = Curve { points: vec![(0.2, 0.1), (0.6, 0.5), (1.0, 0.98)] };
        for (x, y) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.8, 0.74), (1.0, 0.98), (2.0, 0.98)] {
            assert!((curve.at(x) - y).abs() < 1e-6, "{x}: {}", curve.at(x));
        }
        assert!((Curve::default().at(0.3) - 0.3).abs() < 1e-9, "no points: the identity");
    }
}
