//! What class and id words tell of an element.

use crate::block::token;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What an element is about; bits, since a class has many words.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Hint(pub(crate) u8);

impl Hint {
    pub(crate) const AUTHOR: Hint = Hint(1);
    pub(crate) const DATE: Hint = Hint(1 << 1);
    pub(crate) const TITLE: Hint = Hint(1 << 2);
    pub(crate) const COMMENT: Hint = Hint(1 << 3);
    pub(crate) const ASIDE: Hint = Hint(1 << 4);
    pub(crate) const BIO: Hint = Hint(1 << 5);

    pub(crate) fn has(self, other: Hint) -> bool {
        self.0 & other.0 != 0
    }
    pub(crate) fn with(self, other: Hint) -> Hint {
        Hint(self.0 | other.0)
    }

    /// Of one word, given by its hash.
    pub(crate) fn of_token(token: u32) -> Hint {
        words().get(&token).copied().unwrap_or_default()
    }

    pub(crate) fn of_tokens(tokens: &[u32]) -> Hint {
        tokens.iter().fold(Hint::default(), |hint, &token| hint.with(Hint::of_token(token)))
    }
}

fn words() -> &'static HashMap<u32, Hint> {
    static WORDS: OnceLock<HashMap<u32, Hint>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = HashMap::new();
        let mut hashes = Vec::new();
        for line in include_str!("../../data/meta/hints.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, list)) = line.split_once(' ') else { continue };
            let hint = match kind {
                "author" => Hint::AUTHOR,
                "date" => Hint::DATE,
                "title" => Hint::TITLE,
                "comment" => Hint::COMMENT,
                "aside" => Hint::ASIDE,
                _ => Hint::BIO,
            };
            for word in list.split(' ') {
                hashes.clear();
                token::push_hashes(word, &mut hashes);
                for &hash in &hashes {
                    let known: &mut Hint = words.entry(hash).or_default();
                    *known = known.with(hint);
                }
            }
        }
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_words() {
        let cases = [
            ("postAuthor", Hint::AUTHOR),
            ("entry-date", Hint::DATE),
            ("article__headline", Hint::TITLE),
            ("comment-author", Hint::AUTHOR.with(Hint::COMMENT)),
            ("authority", Hint::default()),
            ("candidate", Hint::default()),
        ];
        for (class, hint) in cases {
            let mut tokens = Vec::new();
            token::push_hashes(class, &mut tokens);
            assert_eq!(Hint::of_tokens(&tokens), hint, "{class}");
        }
    }
}
