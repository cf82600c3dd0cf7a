//! Keeps the lines in transcripts of broadcasts that say who speaks next.

use crate::block::Blocks;
use crate::vocab::{Family, Vocab};

/// Keeps each such line before a kept block. It reads like a byline, and is too short for its score to mean anything.
pub(super) fn labels(blocks: &Blocks, kept: &mut [bool]) {
    for at in 0..kept.len().saturating_sub(1) {
        kept[at] |= kept[at + 1] && is_label(blocks.text_of(at));
    }
}

/// Whether the line is nothing but a speaker's part in brackets: `[앵커]`, `◀ 앵커 ▶`, `‹앵커>`. A part without brackets may be a
/// reporter's card.
fn is_label(text: &str) -> bool {
    let inside = text.strip_prefix(['[', '【', '<', '‹', '〈', '＜', '◀']);
    let inside = inside.and_then(|rest| rest.strip_suffix([']', '】', '>', '›', '〉', '＞', '▶']));
    inside.is_some_and(|part| Vocab::get().is_phrase(part.trim(), 0, |family| family == Family::Speaker))
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn labels_of_speakers() {
        let cases = [
            ("[앵커]", true),
            ("◀ 앵커 ▶", true),
            ("‹앵커>", true),
            ("<기자>", true),
            ("【 앵커멘트 】", true),
            ("앵커", false),
            ("[edit]", false),
            ("[사진]", false),
            ("[기자회견]", false),
            ("[앵커] 오늘의 소식입니다.", false),
            ("[]", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_label(text), expected, "{text}");
        }
    }
}
