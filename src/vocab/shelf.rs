//! Groups the rules of phrases by text.

use super::heads::Heads;
use super::phrase::Rule;
use super::trie::Trie;

/// Distinct texts, each with the rules that share it.
pub(super) struct Shelf {
    texts: Trie,
    /// The beginnings of the texts.
    pub(super) heads: Heads,
    /// The rules of text `n` are `rules[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    rules: Vec<Rule>,
}

impl Shelf {
    pub(super) fn build(mut entries: Vec<(String, Rule)>) -> Shelf {
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        let mut texts: Vec<&str> = Vec::new();
        let mut starts = Vec::new();
        let mut rules: Vec<Rule> = Vec::with_capacity(entries.len());
        for (text, rule) in &entries {
            if texts.last() != Some(&text.as_str()) {
                starts.push(u32::try_from(rules.len()).unwrap_or(u32::MAX));
                texts.push(text);
            }
            rules.push(*rule);
        }
        starts.push(u32::try_from(rules.len()).unwrap_or(u32::MAX));
        let rules_of = |text: usize| rules.get(starts[text] as usize..starts[text + 1] as usize).unwrap_or_default();
        let heads = Heads::of(&texts, |text| rules_of(text).iter().any(|rule| !rule.word_end));
        Shelf { texts: Trie::build(&texts), heads, starts, rules }
    }

    /// Calls `found` with the rules and the length of each text that `bytes` begin with, shorter ones first.
    pub(super) fn walk(&self, bytes: &[u8], mut found: impl FnMut(&[Rule], usize)) {
        self.texts.walk(bytes, |text, len| found(self.rules_of(text), len));
    }

    fn rules_of(&self, text: usize) -> &[Rule] {
        let at = |index: usize| self.starts.get(index).map_or(self.rules.len(), |&start| start as usize);
        self.rules.get(at(text)..at(text + 1)).unwrap_or_default()
    }
}
