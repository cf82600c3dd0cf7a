//! Finds the menu before a sentence in a one-line page, in scripts whose capitals do not tell names from prose.
//!
//! Counts the words at the start that are in the vocabulary: `댓글 0 글자크기 페이스북 트위터 시는 노선을 늘린다고 밝혔다.`

use super::word::Words;
use crate::vocab::Vocab;

/// Maximum number of words examined.
const MAX_WORDS: usize = 60;
/// At least one of this many words at the start must be known.
const HEAD_WORDS: usize = 4;
/// Minimum surplus of known words over unknown ones.
const MIN_SURPLUS: i32 = 4;

/// The offset at which the menu ends, if `text` begins with one.
pub(super) fn end(text: &str) -> Option<usize> {
    let (starts, words): (Vec<usize>, Vec<&str>) = Words::of(text).take(MAX_WORDS).unzip();
    let vocab = Vocab::get();
    if !vocab.items(words.get(..HEAD_WORDS.min(words.len()))?).contains(&true) {
        return None;
    }
    let (mut most, mut menu, mut sum) = (MIN_SURPLUS - 1, None, 0);
    for (at, known) in vocab.items(&words).into_iter().enumerate() {
        sum += if known { 1 } else { -1 };
        if sum > most {
            (most, menu) = (sum, Some(at));
        }
    }
    // If all of it is a menu, there is nothing to split off.
    starts.get(menu? + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_before_prose() {
        let cases = [
            (
                "sections",
                "본문 바로가기 검색 로그인 정치 경제 사회 문화 급식 남긴 반찬, 동네 냉장고로",
                "본문 바로가기 검색 로그인 정치 경제 사회 문화",
            ),
            (
                "tools before a sentence",
                "글자크기 페이스북 트위터 카카오톡 학교 급식에서 남은 반찬을 나눈다.",
                "글자크기 페이스북 트위터 카카오톡",
            ),
            (
                "an unknown item",
                "홈 정치 경제 바다마을 사회 문화 급식 남긴 반찬, 동네 냉장고로",
                "홈 정치 경제 바다마을 사회 문화",
            ),
            ("near miss: prose", "시는 노선을 늘린다고 밝혔다.", ""),
            ("near miss: prose about sections", "정치 경제 분야 기사를 모아 책을 냈다.", ""),
            ("near miss: a menu alone", "정치 경제 사회 문화 스포츠", ""),
        ];
        for (name, text, menu) in cases {
            assert_eq!(text.get(..end(text).unwrap_or(0)).map(str::trim_end), Some(menu), "{name}");
        }
    }
}
