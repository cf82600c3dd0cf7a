//! Articles as long as books. Transcripts, judgments and reports have hundreds of paragraphs, but hardly any article in
//! the corpora has. A model fitted only to these would take much prose far below the headline for other articles.

use super::{Form, behind, is_useful, make};
use crate::corpus::Sample;
use crate::token::hash;
use copydesk::internals::Analysis;
use std::sync::Arc;

/// One usable article in this many is made long.
const ARTICLES_PER_LONG: u64 = 16;
/// Minimum and maximum number of characters added to an article; their logarithms are uniformly distributed.
const ADDED_CHARS: (f64, f64) = (30_000.0, 400_000.0);
/// Minimum number of characters of a line that counts as a paragraph. Headings are shorter.
const PARAGRAPH_CHARS: usize = 60;
/// Half of the long articles have a heading above every group of this many paragraphs.
const PARAGRAPHS_PER_HEADING: usize = 12;
/// Maximum number of characters of a heading.
const HEADING_CHARS: usize = 24;

/// The long articles made of `samples`, each with the index of its origin. The text added comes from other articles of
/// its fold and language, without anything that would show where one of them ends.
pub(crate) fn all(samples: &[Sample], folds: &[usize]) -> Vec<(usize, Sample)> {
    let sources: Vec<usize> = (0..samples.len()).filter(|&at| is_useful(&samples[at])).collect();
    let is_chosen =
        |at: &&usize| !samples[**at].is_flat() && hash(&samples[**at].key()).is_multiple_of(ARTICLES_PER_LONG);
    let long = |&at: &usize| {
        let language = samples[at].truth.language();
        let is_alike = |other: &usize| folds[*other] == folds[at] && samples[*other].truth.language() == language;
        let others: Vec<&Sample> = sources
            .iter()
            .copied()
            .filter(|other| *other != at && is_alike(other))
            .map(|other| &samples[other])
            .collect();
        Some((at, lengthened(&samples[at], &others)?))
    };
    sources.iter().filter(is_chosen).filter_map(long).collect()
}

/// `None` if the others do not have enough text.
fn lengthened(origin: &Sample, others: &[&Sample]) -> Option<Sample> {
    let chance = hash(&origin.key());
    let (least, most) = ADDED_CHARS;
    let share = (chance >> 32) as f64 / f64::from(u32::MAX);
    let wanted = (least * (most / least).powf(share)) as usize;
    let first = (chance >> 8) as usize % others.len().max(1);
    let in_turn = others.iter().cycle().skip(first).take(others.len());
    let paragraphs = in_turn
        .flat_map(|other| other.truth.body.as_deref().unwrap_or_default().lines())
        .filter(|line| line.chars().count() >= PARAGRAPH_CHARS);
    let (mut text, mut length) = (String::new(), 0);
    for (number, paragraph) in paragraphs.enumerate() {
        if chance & 1 == 0 && number % PARAGRAPHS_PER_HEADING == 0 {
            text.push_str(&heading(paragraph));
            text.push_str("\n\n");
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
        length += paragraph.chars().count();
        if length >= wanted {
            break;
        }
    }
    if length < ADDED_CHARS.0 as usize {
        return None;
    }
    let mut added: Sample = (*others.get(first)?).clone();
    added.truth.body = Some(text.trim_end().to_owned());
    let body = [origin.truth.body.as_deref()?, added.truth.body.as_deref()?].join("\n\n");
    let mut made = make(origin, Form::Long, Some(Arc::new(added)));
    made.truth.body = Some(body);
    Some(made)
}

/// The first words of a paragraph, used as a heading above it.
fn heading(paragraph: &str) -> String {
    let start: String = paragraph.chars().take(HEADING_CHARS).collect();
    start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words).to_owned()
}

/// The page of `origin` with `added` after the last block of its article.
pub(super) fn bytes(page: &Analysis, last: usize, origin: &Sample, added: &str) -> Option<Vec<u8>> {
    let html = super::html(origin)?;
    let (before, after) = html.split_at_checked(behind(&html, page.source(last).end, 0)?)?;
    // Only after a paragraph is it certain that no other box begins.
    before.ends_with("</p>").then(|| format!("{before}{}{after}", elements(added)).into_bytes())
}

fn elements(text: &str) -> String {
    let element = |line: &str| {
        let tag = if line.chars().count() < PARAGRAPH_CHARS { "h2" } else { "p" };
        format!("<{tag}>{}</{tag}>\n", line.replace('&', "&amp;").replace('<', "&lt;"))
    };
    text.lines().filter(|line| !line.is_empty()).map(element).collect()
}
