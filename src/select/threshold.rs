//! The threshold that promises the best F1 score for a page.

/// The threshold that no probability reaches: nothing is kept.
pub(super) const NOTHING: f32 = 2.0;

/// Returns the threshold and the F1 score that it promises; [`NOTHING`] and 0 if no block has any probability.
///
/// With weights `w` and probabilities `p`, keeping a set of blocks promises an F1 score of about
/// `2 Σkept(p w) / (Σkept(w) + Σall(p w))`: its expectation, with numerator and denominator taken separately
/// (Dembczyński et al. 2011 give the exact form; on pages the two agree to the third digit). The best set of each size
/// holds the likeliest blocks, so one walk down the sorted probabilities finds it. It keeps more on pages of many weak
/// blocks (listings) and less on articles, without being told which is which.
pub(super) fn best(scores: &[f32], weights: impl Iterator<Item = f32>) -> (f32, f32) {
    let mut order: Vec<(f32, f32)> = scores.iter().copied().zip(weights).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let expected_truth: f32 = order.iter().map(|(p, w)| p * w).sum();
    let (mut hits, mut kept) = (0.0f32, 0.0f32);
    let mut best = (NOTHING, 0.0f32);
    let mut index = 0;
    while index < order.len() {
        // Equal probabilities stand or fall together: their order is arbitrary.
        let threshold = order[index].0;
        while index < order.len() && order[index].0 >= threshold {
            hits += order[index].0 * order[index].1;
            kept += order[index].1;
            index += 1;
        }
        let promised = 2.0 * hits / (kept + expected_truth).max(f32::MIN_POSITIVE);
        if promised > best.1 {
            best = (threshold, promised);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{NOTHING, best};

    #[test]
    fn keeps_what_pays() {
        let (threshold, promised) = best(&[0.9, 0.95, 0.1, 0.05], [100.0; 4].into_iter());
        assert_eq!(threshold, 0.9);
        assert!((promised - 0.925).abs() < 1e-3, "{promised}");
        // On a page of weak blocks, keeping them is still better than keeping nothing.
        let (threshold, _) = best(&[0.35; 10], [10.0; 10].into_iter());
        assert_eq!(threshold, 0.35);
        assert_eq!(best(&[], [].into_iter()), (NOTHING, 0.0));
        assert_eq!(best(&[0.0], [10.0].into_iter()), (NOTHING, 0.0));
    }
}
