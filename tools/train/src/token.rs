//! The words of a text, as the scorer counts them.

/// Scripts written without spaces, where each character is a word of its own: the ranges of `score.py`.
const NO_SPACES: [(char, char); 14] = [
    ('\u{e01}', '\u{e4e}'),
    ('\u{e81}', '\u{ece}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17d3}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3041}', '\u{309f}'),
    ('\u{30a0}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{ff66}', '\u{ff9f}'),
    ('\u{20000}', '\u{2ffff}'),
    ('\u{30000}', '\u{3ffff}'),
];

fn stands_alone(c: char) -> bool {
    NO_SPACES.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Calls `token` with each lower-cased word.
pub(crate) fn for_each_token(text: &str, mut token: impl FnMut(&str)) {
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if stands_alone(c) || !(c.is_alphanumeric() || c == '_') {
            if !word.is_empty() {
                token(&word);
                word.clear();
            }
            if stands_alone(c) {
                token(c.encode_utf8(&mut [0; 4]));
            }
        } else {
            word.extend(c.to_lowercase());
        }
    }
}

/// The words of a text as hashes: equal words, equal hashes.
pub(crate) fn hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    for_each_token(text, |token| out.push(hash(token)));
    out
}

/// FNV-1a, 64 bits: in practice no two words of a page have the same hash.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_the_scorer_does() {
        let cases = [
            ("latin", "It's 3.5 Euro_x", vec!["it", "s", "3", "5", "euro_x"]),
            ("hangul stays words", "정부는 27일", vec!["정부는", "27일"]),
            ("han and kana", "懐かしaBい", vec!["懐", "か", "し", "ab", "い"]),
            ("nothing", " –…! ", vec![]),
        ];
        for (name, text, tokens) in cases {
            let mut found = Vec::new();
            for_each_token(text, |token| found.push(token.to_owned()));
            assert_eq!(found, tokens, "{name}");
        }
    }
}
