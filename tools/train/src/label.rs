//! Labels blocks: how much of each belongs to the body according to the truth.

use crate::align::align;
use crate::corpus::Truth;
use crate::token::hashes;
use std::collections::HashMap;

/// The label of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Label {
    /// Share of its words that are in the body.
    pub(crate) body: f32,
    /// Number of its words; 0 for what the scorer does not see (rules, bullets).
    pub(crate) words: usize,
    /// Whether the truth covers it.
    pub(crate) known: bool,
}

/// Labels for the blocks of a page, from the whole body if the truth has one, else from segments.
pub(crate) fn labels(blocks: &[&str], truth: &Truth) -> Vec<Label> {
    match &truth.body {
        Some(body) => from_body(blocks, body),
        None => from_segments(blocks, truth),
    }
}

fn from_body(blocks: &[&str], body: &str) -> Vec<Label> {
    let words: Vec<Vec<u64>> = blocks.iter().map(|block| hashes(block)).collect();
    let matched = align(&words.concat(), &hashes(body));
    let mut rest = matched.as_slice();
    words
        .iter()
        .map(|words| {
            let (own, after) = rest.split_at(words.len());
            rest = after;
            let hits = own.iter().filter(|matched| **matched).count();
            Label { body: hits as f32 / words.len().max(1) as f32, words: words.len(), known: !words.is_empty() }
        })
        .collect()
}

/// A block with a segment that must be extracted is body; one with a segment that must not be is not. Teasers repeat the
/// first words of articles, so of several blocks with the same segment, only the longest counts as body.
fn from_segments(blocks: &[&str], truth: &Truth) -> Vec<Label> {
    let squeezed: Vec<String> = blocks.iter().map(|block| squeeze(block)).collect();
    let mut labels: Vec<Label> =
        squeezed.iter().map(|block| Label { body: 0.0, words: hashes(block).len(), known: false }).collect();
    let holders = |segment: &str| -> Vec<usize> {
        let segment = squeeze(segment);
        let holds = |at: &usize| !segment.is_empty() && squeezed[*at].contains(&segment);
        (0..squeezed.len()).filter(holds).collect()
    };
    for segment in &truth.without {
        for at in holders(segment) {
            labels[at].known = true;
        }
    }
    for segment in &truth.with {
        if let Some(at) = holders(segment).into_iter().max_by_key(|&at| squeezed[at].len()) {
            labels[at] = Label { body: 1.0, known: true, ..labels[at] };
        }
    }
    labels
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Word F1 of a body, on bags of words, computed as the scorer does.
pub(crate) fn word_f1(found: &[u64], truth: &str) -> f64 {
    let truth = hashes(truth);
    if truth.is_empty() || found.is_empty() {
        return if truth.len() == found.len() { 1.0 } else { 0.0 };
    }
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for &word in &truth {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in found {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (truth.len() + found.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(json: &str) -> Truth {
        serde_json::from_str(json).expect("a truth")
    }

    #[test]
    fn shares_of_a_body() {
        let blocks = ["Home News", "The first paragraph is here.", "–", "And the second one. Advert"];
        let labels =
            labels(&blocks, &truth(r#"{"id":"1","body":"The first paragraph is here.\n\nAnd the second one."}"#));
        let shares: Vec<_> = labels.iter().map(|label| (label.body, label.known)).collect();
        assert_eq!(shares, [(0.0, true), (1.0, true), (0.0, false), (0.8, true)]);
    }

    #[test]
    fn segments_know_little() {
        let blocks = ["Read  more", "Teaser: one two", "Well, one two three.", "Other"];
        let labels = labels(&blocks, &truth(r#"{"id":"1","with":["one two"],"without":["Read more","Teaser"]}"#));
        let known: Vec<_> = labels.iter().map(|label| label.known.then_some(label.body)).collect();
        assert_eq!(known, [Some(0.0), Some(0.0), Some(1.0), None]);
    }

    #[test]
    fn f1_of_bags() {
        let cases = [("a b c", "a b c", 1.0), ("a a b", "a b", 0.8), ("", "a", 0.0), ("", "", 1.0), ("x", "", 0.0)];
        for (found, truth, f1) in cases {
            assert!((word_f1(&hashes(found), truth) - f1).abs() < 1e-9, "{found} / {truth}");
        }
    }
}
