//! Text for screen readers alone: read out, but not shown.
//!
//! It labels what others see: `opens in a new window`, `Original price:`, `Share on`. It is no part of a text.

use crate::dom::{Attribute, Dom, token};
use crate::vocab::{ClassFamily, Vocab};
use std::sync::LazyLock;

/// The class names that style sheets give to such text.
#[derive(Debug)]
pub(super) struct Spoken {
    /// As they are written, and as hashes of their words.
    names: Vec<(&'static str, Vec<u32>)>,
    /// For the last bits of a hash whether a name begins with such a word: nearly no word of a page does.
    first_words: [u64; 64],
}

static SPOKEN: LazyLock<Spoken> = LazyLock::new(|| {
    let classes = Vocab::get().classes().iter().filter(|(_, family)| *family == ClassFamily::Spoken);
    let mut spoken = Spoken { names: Vec::new(), first_words: [0; 64] };
    for (name, _) in classes {
        let mut words = Vec::new();
        token::push_hashes(name, &mut words);
        let (at, bit) = place(words.first().copied().unwrap_or_default());
        spoken.first_words[at] |= bit;
        spoken.names.push((name, words));
    }
    spoken
});

impl Spoken {
    pub(super) fn get() -> &'static Spoken {
        &SPOKEN
    }

    /// Whether one of the names in a `class` is such a name. The whole of it: `tag-screen-reader` is what an article is about.
    pub(super) fn names(&self, dom: &Dom, class: &Attribute) -> bool {
        let words = dom.words(class);
        let begins = |word: u32| {
            let (at, bit) = place(word);
            self.first_words[at] & bit != 0
        };
        (0..words.len()).filter(|&at| begins(words[at])).any(|at| self.is_name_at(words, at, dom.value(class)))
    }

    fn is_name_at(&self, words: &[u32], at: usize, class: &str) -> bool {
        let rest = words.get(at..).unwrap_or_default();
        let mut found = self.names.iter().filter(|(_, name)| rest.starts_with(name));
        found.any(|(name, _)| class.split_ascii_whitespace().any(|class| folded(class).eq(folded(name))))
    }
}

/// Where the bit of a word is.
fn place(word: u32) -> (usize, u64) {
    (word as usize / 64 % 64, 1 << (word % 64))
}

/// A name however it is joined: `srOnly`, `sr-only` and `sr_only` are one.
fn folded(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}
