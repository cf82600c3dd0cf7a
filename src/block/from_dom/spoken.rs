//! Text for screen readers alone: read out, but not shown.
//!
//! It labels what others see: `opens in a new window`, `Original price:`, `Share on`. It is no part of a text.

use crate::dom::{Attribute, Dom, token};
use crate::vocab::{ClassFamily, Vocab};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The class names that style sheets give to such text.
struct Names {
    names: HashSet<String>,
    /// For the last bits of a hash whether a name begins with such a word: nearly all words of a page do not.
    first_words: u64,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let classes = Vocab::get().classes().iter().filter(|(_, family)| *family == ClassFamily::Spoken);
    let mut found = Names { names: HashSet::new(), first_words: 0 };
    for (name, _) in classes {
        let mut words = Vec::new();
        token::push_hashes(name, &mut words);
        found.first_words |= words.first().map_or(0, |word| bit(*word));
        found.names.insert(folded(name));
    }
    found
});

/// Whether one of the names in a `class` is such a name. The whole of it: `tag-screen-reader` is what an article is about.
pub(super) fn is_spoken(dom: &Dom, class: &Attribute) -> bool {
    let may_be = dom.words(class).iter().any(|word| NAMES.first_words & bit(*word) != 0);
    may_be && dom.value(class).split_ascii_whitespace().any(|name| NAMES.names.contains(&folded(name)))
}

fn bit(word: u32) -> u64 {
    1 << (word % 64)
}

/// A name however it is joined: `srOnly`, `sr-only` and `sr_only` are one.
fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
