//! Groups pages by site and deals the groups out to folds.
//!
//! Figures hold for unseen sites only if no site has pages in both training and test set. Pages belong to one site if
//! they share a registered domain, a publisher, or the page they were made from. If the address is unknown, the site is
//! identified by the canonical address that the page states or, failing that, by the repository it comes from.

use crate::corpus::{CORPORA, PLANTED, Sample};
use crate::token::hash;
use std::collections::HashMap;

/// Number of folds.
pub(crate) const FOLDS: usize = 5;

/// The fold of each sample.
pub(crate) fn folds(samples: &[Sample]) -> Vec<usize> {
    let groups = groups(samples);
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, &group) in groups.iter().enumerate() {
        members.entry(group).or_default().push(at);
    }
    // Large groups first, so that the small ones can even out the folds; equal ones in an order independent of content.
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.sort_by_key(|group| (usize::MAX - group.len(), hash(&samples[group[0]].key())));
    let mut folds = vec![0; samples.len()];
    let mut dealt: HashMap<&str, [usize; FOLDS]> = HashMap::new();
    for group in members {
        // The fold that has the fewest pages of the corpora of this group.
        let load = |fold: usize| -> usize {
            group.iter().map(|&at| dealt.get(samples[at].corpus.name).map_or(0, |dealt| dealt[fold])).sum()
        };
        let fold = (0..FOLDS).min_by_key(|&fold| load(fold)).unwrap_or(0);
        for &at in &group {
            folds[at] = fold;
            dealt.entry(samples[at].corpus.name).or_default()[fold] += 1;
        }
    }
    folds
}

/// The group number of each sample.
pub(crate) fn groups(samples: &[Sample]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..samples.len()).collect();
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (at, sample) in samples.iter().enumerate() {
        for key in keys(sample) {
            let owner = *owners.entry(key).or_insert(at);
            let (a, b) = (root(&mut parents, at), root(&mut parents, owner));
            parents[a.max(b)] = a.min(b);
        }
    }
    (0..samples.len()).map(|at| root(&mut parents, at)).collect()
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// The properties that a page shares with the others of its site.
fn keys(sample: &Sample) -> Vec<String> {
    let truth = &sample.truth;
    let mut keys = Vec::new();
    if sample.corpus.name == "text-dev" {
        let origin = truth.id.split_once('-').map(|(corpus, id)| format!("page {corpus}/{id}"));
        keys.extend(origin);
    } else if sample.corpus.name == PLANTED.name {
        let origin = truth.id.rsplit_once('-').map_or(truth.id.as_str(), |(origin, _)| origin);
        keys.extend(CORPORA.map(|corpus| format!("page {}/{origin}", corpus.name)));
        return keys;
    } else {
        keys.push(format!("page {}", sample.key()));
    }
    let address = truth.url.clone().or_else(|| sample.bytes().ok().and_then(|page| canonical(&page)));
    match address.as_deref().and_then(domain) {
        Some(domain) => keys.push(format!("site {domain}")),
        None => keys.extend(
            truth
                .source
                .as_deref()
                .and_then(|source| source.split(':').next())
                .map(|repository| format!("repository {repository}")),
        ),
    }
    keys.extend(truth.publisher.as_ref().map(|publisher| format!("publisher {publisher}")));
    keys
}

/// The canonical address that a page states, found without parsing the page.
fn canonical(page: &[u8]) -> Option<String> {
    let page = String::from_utf8_lossy(page);
    for (mark, value) in [("rel=\"canonical\"", "href=\""), ("property=\"og:url\"", "content=\"")] {
        let Some(at) = page.find(mark) else { continue };
        let start = page.get(..at)?.rfind('<')?;
        let tag = page.get(start..)?.split('>').next()?;
        if let Some((_, rest)) = tag.split_once(value) {
            return rest.split('"').next().map(str::to_owned);
        }
    }
    None
}

/// Second-level labels below which countries register names.
const SECOND_LEVEL: [&str; 14] =
    ["co", "com", "org", "net", "gov", "gob", "ac", "edu", "or", "ne", "go", "re", "mil", "gen"];

/// The registered domain of an address, approximated without the public suffix list. Blogs on one platform count as one
/// site, which errs on the safe side, as they share templates.
fn domain(url: &str) -> Option<String> {
    let host = url.split_once("//")?.1.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let kept = match labels.as_slice() {
        [_, .., second, country] if country.len() == 2 && SECOND_LEVEL.contains(second) => 3,
        [_, _, ..] => 2,
        _ => return None,
    };
    Some(labels[labels.len() - kept..].join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registered_domains() {
        let cases = [
            ("https://www.example.com/a?b", Some("example.com")),
            ("http://news.bbc.co.uk:80/", Some("bbc.co.uk")),
            ("https://j.021east.com/p/17", Some("021east.com")),
            ("https://t.co/x", Some("t.co")),
            ("https://www.tdg.ch/", Some("tdg.ch")),
            ("https://co.uk/", Some("co.uk")),
            ("http://localhost/", None),
            ("/relative", None),
        ];
        for (url, expected) in cases {
            assert_eq!(domain(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn canonical_addresses() {
        let cases = [
            (r#"<link rel="canonical" href="https://a.example/x">"#, Some("https://a.example/x")),
            (r#"<link href="https://b.example/" rel="canonical"/>"#, Some("https://b.example/")),
            (r#"<meta property="og:url" content="https://c.example/">"#, Some("https://c.example/")),
            (r#"<a href="https://d.example/">"#, None),
        ];
        for (page, expected) in cases {
            assert_eq!(canonical(page.as_bytes()).as_deref(), expected, "{page}");
        }
    }
}
