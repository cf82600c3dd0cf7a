//! Class and id words as hashes.

/// Lengths of words that are kept: a single letter means nothing, and long words are generated.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=24;

/// Maximum number of words kept per attribute: utility-class frameworks write dozens, and a hostile page millions.
const MAX_WORDS: usize = 16;

/// Appends the hashes of the words of a class, or of another attribute or name that says what an element is for.
///
/// `articleBody`, `article-body` and `article_body` become `article` and `body`: authors of templates agree on words
/// but not on how to join them. Digits end a word and are dropped, since they number instances.
pub(crate) fn push_hashes(attribute: &str, out: &mut Vec<u32>) {
    let bytes = attribute.as_bytes();
    let most = out.len() + MAX_WORDS;
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        at += 1;
        let letter = LETTERS[usize::from(first)];
        if letter == 0 {
            continue;
        }
        // A capital begins a new word only after a small letter.
        let (from, mut hash, mut is_small) = (at - 1, step(FNV_BASIS, letter), letter == first);
        while let Some(&byte) = bytes.get(at) {
            let letter = LETTERS[usize::from(byte)];
            if letter == 0 || is_small && letter != byte {
                break;
            }
            (hash, is_small) = (step(hash, letter), letter == byte);
            at += 1;
        }
        if LENGTH.contains(&(at - from)) {
            out.push(hash);
            if out.len() == most {
                return;
            }
        }
    }
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo): short keys, no secrets.
const FNV_BASIS: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

fn step(hash: u32, letter: u8) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(FNV_PRIME)
}

/// ASCII letters in lower case, 0 for everything else.
pub(crate) static LETTERS: [u8; 256] = folded(false);

/// ASCII letters in lower case, and with `digits` also digits; 0 for everything else.
pub(crate) const fn folded(digits: bool) -> [u8; 256] {
    let mut folded = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphabetic() || digits && byte.is_ascii_digit() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
}

/// Mixes `value` into `hash` (the finaliser of `SplitMix64`, Steele et al. 2014).
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    let mut z = hash.wrapping_add(value).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Whether a character is in one of the larger ranges of nothing but letters in Latin, Greek, Cyrillic, Hebrew and
/// Arabic, which saves a look-up in a table.
pub(crate) fn is_plain_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2c1}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3f5}' | '\u{400}'..='\u{481}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{657}')
}

#[cfg(test)]
mod tests {
    use super::{is_plain_letter, push_hashes};

    #[test]
    fn plain_letters_are_letters() {
        assert_eq!((char::MIN..=char::MAX).find(|&c| is_plain_letter(c) && !c.is_alphabetic()), None);
    }

    fn hashes(attribute: &str) -> Vec<u32> {
        let mut out = Vec::new();
        push_hashes(attribute, &mut out);
        out
    }

    #[test]
    fn words_of_a_class() {
        let body = hashes("article body");
        assert_eq!(body.len(), 2);
        for same in
            ["articleBody", "article-body", "article__body", "Article Body", "article12-body3", "a article x body"]
        {
            assert_eq!(hashes(same), body, "{same}");
        }
        for other in ["articlebody", "body", "body article", ""] {
            assert_ne!(hashes(other), body, "{other}");
        }
        assert_eq!(hashes(&"ab ".repeat(1000)).len(), super::MAX_WORDS);
    }
}
