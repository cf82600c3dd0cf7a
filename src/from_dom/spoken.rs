//! Text for screen readers only: read out, but not shown.
//!
//! It labels what others see: `opens in a new window`, `Original price:`, `Share on`. It is not part of the body.

use super::unseen::{is_short, is_small};
use crate::dom::{Attribute, Dom, NodeId, token};
use crate::vocab::{ClassFamily, Vocab};
use std::sync::LazyLock;

/// The class names that style sheets give to such text.
#[derive(Debug)]
pub(super) struct Spoken {
    names: Vec<Name>,
    /// One bit for each value of the last 12 bits of a hash: whether a name begins with such a word. Hardly any word of
    /// a page does.
    first_words: [u64; 64],
}

#[derive(Debug)]
struct Name {
    written: &'static str,
    /// The hashes of its words.
    words: Vec<u32>,
    /// It counts only on inline or short elements: on a box it may be the topic.
    is_label: bool,
}

static SPOKEN: LazyLock<Spoken> = LazyLock::new(|| {
    let is_spoken = |family| matches!(family, ClassFamily::Spoken | ClassFamily::SpokenLabel);
    let classes = Vocab::get().classes().iter().filter(|(_, family)| is_spoken(*family));
    let mut spoken = Spoken { names: Vec::new(), first_words: [0; 64] };
    for &(written, family) in classes {
        let mut words = Vec::new();
        token::push_hashes(written, &mut words);
        let (at, bit) = place(words.first().copied().unwrap_or_default());
        spoken.first_words[at] |= bit;
        spoken.names.push(Name { written, words, is_label: family == ClassFamily::SpokenLabel });
    }
    spoken
});

impl Spoken {
    pub(super) fn get() -> &'static Spoken {
        &SPOKEN
    }

    /// Whether an element is for screen readers only, according to one of the names in its `class`. The whole name must
    /// match: `tag-screen-reader` is the topic of an article.
    pub(super) fn names(&self, dom: &Dom, id: NodeId, class: &Attribute, is_inline: bool) -> bool {
        let words = dom.words(class);
        let begins = |word: u32| {
            let (at, bit) = place(word);
            self.first_words[at] & bit != 0
        };
        let mut found = (0..words.len()).filter(|&at| begins(words[at]));
        found.any(|at| {
            let is_label = || is_inline || is_short(dom, id);
            let name = self.name_at(words, at, dom.value(class));
            name.is_some_and(|name| !name.is_label || is_label())
                && !is_cancelled(dom.value(class))
                && is_small(dom, id)
        })
    }

    fn name_at(&self, words: &[u32], at: usize, class: &str) -> Option<&Name> {
        let rest = words.get(at..).unwrap_or_default();
        // Nearly all names differ in the first word, which saves the call that comparing slices takes.
        let mut found =
            self.names.iter().filter(|name| name.words.first() == rest.first() && rest.starts_with(&name.words));
        found.find(|name| class.split_ascii_whitespace().any(|class| folded(class).eq(folded(name.written))))
    }
}

/// Whether other names in a `class` show it after all: on wider screens, or to those who use the keyboard.
fn is_cancelled(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| name.ends_with("not-sr-only") || name.ends_with("-focusable"))
}

/// The index and the bit of a word in [`Spoken::first_words`].
fn place(word: u32) -> (usize, u64) {
    (word as usize / 64 % 64, 1 << (word % 64))
}

/// A name regardless of how its words are joined: `srOnly`, `sr-only` and `sr_only` are the same.
fn folded(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}
