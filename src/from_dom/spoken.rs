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

    /// What the names in a `class` say. A whole name must match: `tag-screen-reader` is the topic of an article.
    pub(super) fn names(&self, dom: &Dom, class: &Attribute) -> Naming {
        let words = dom.words(class);
        let begins = |word: &u32| {
            let (at, bit) = place(*word);
            self.first_words[at] & bit != 0
        };
        if !words.iter().any(begins) || is_cancelled(dom.value(class)) {
            return Naming::Nothing;
        }
        let is_named = |name: &&Name| {
            words.windows(name.words.len()).any(|words| words == name.words)
                && dom.value(class).split_ascii_whitespace().any(|class| folded(class).eq(folded(name.written)))
        };
        let named = self.names.iter().filter(is_named);
        named.map(|name| if name.is_label { Naming::Label } else { Naming::Spoken }).max().unwrap_or_default()
    }
}

/// What the names in a `class` say about an element.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Naming {
    #[default]
    Nothing,
    /// If it is a label, it is for screen readers only.
    Label,
    /// It is for screen readers only.
    Spoken,
}

impl Naming {
    /// Whether it makes the element `id` one for screen readers only.
    pub(super) fn is_spoken(self, dom: &Dom, id: NodeId, is_inline: bool) -> bool {
        let is_named = || self == Naming::Spoken || is_inline || is_short(dom, id);
        self != Naming::Nothing && is_named() && is_small(dom, id)
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
