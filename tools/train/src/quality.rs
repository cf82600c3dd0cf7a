//! Calibration curves: from the quality that probabilities promise for a page to the quality such pages really had.

/// Maximum number of points of a curve.
const CURVE_POINTS: usize = 10;

/// A rising curve through pairs of promised and real quality: means over equally many pages, then pooled until they rise
/// (isotonic regression). It ends at the means of the outermost groups, so it never promises more than these had.
pub(crate) fn curve(mut pairs: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let len = pairs.len();
    let mean = |part: &[(f32, f32)], of: fn(&(f32, f32)) -> f32| part.iter().map(of).sum::<f32>() / part.len() as f32;
    let mut points: Vec<(f32, f32, f32)> = Vec::new();
    for at in 0..CURVE_POINTS.min(len) {
        let part = &pairs[at * len / CURVE_POINTS.min(len)..(at + 1) * len / CURVE_POINTS.min(len)];
        let mut point = (mean(part, |pair| pair.0), mean(part, |pair| pair.1), part.len() as f32);
        while let Some(last) = points.last().copied().filter(|last| last.1 >= point.1 || last.0 >= point.0) {
            let weight = last.2 + point.2;
            let pool = |a: f32, b: f32| (a * last.2 + b * point.2) / weight;
            point = (pool(last.0, point.0), pool(last.1, point.1), weight);
            points.pop();
        }
        points.push(point);
    }
    points.into_iter().map(|(promised, found, _)| (promised, found)).collect()
}

/// Prints the real quality by tenths of the calibrated promise.
pub(crate) fn report(kind: &str, pairs: &[(f32, f32)], curve: &[(f32, f32)]) {
    println!("\n{kind}: promised, found, pages");
    let calibrated = |x: f32| {
        let after = curve.partition_point(|point| point.0 < x);
        match (after.checked_sub(1).and_then(|at| curve.get(at)), curve.get(after)) {
            (Some(left), Some(right)) => left.1 + (right.1 - left.1) * (x - left.0) / (right.0 - left.0),
            (Some(end), None) | (None, Some(end)) => end.1,
            (None, None) => x,
        }
    };
    for tenth in 0..10 {
        let within = |promised: f32| (promised * 10.0).min(9.0) as usize == tenth;
        let part: Vec<(f32, f32)> =
            pairs.iter().map(|pair| (calibrated(pair.0), pair.1)).filter(|pair| within(pair.0)).collect();
        if !part.is_empty() {
            let mean = |of: fn(&(f32, f32)) -> f32| part.iter().map(of).sum::<f32>() / part.len() as f32;
            println!("  {:.3} {:.3} {}", mean(|pair| pair.0), mean(|pair| pair.1), part.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises_and_keeps_within_what_was_found() {
        let pairs: Vec<(f32, f32)> = (0..100).map(|at| (at as f32 / 100.0, ((at * 7) % 100) as f32 / 200.0)).collect();
        let curve = curve(pairs);
        assert!(!curve.is_empty() && curve.len() <= CURVE_POINTS);
        assert!(curve.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1), "{curve:?}");
        assert!(curve.iter().all(|point| (0.0..=0.5).contains(&point.1)));
        assert!(super::curve(Vec::new()).is_empty());
    }
}
