//! Converts to lower case without moving a byte, so that offsets in the folded text are also offsets in the original.

/// The text in lower case, with every letter at its old offset. A letter whose lower case has a different length is not
/// changed.
pub(super) fn folded(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    fold_into(text, &mut out);
    out
}

/// Like [`folded`], into an empty buffer.
pub(super) fn fold_into(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
    fold_in_place(out, text);
}

/// The beginning of `text`, folded, as far as it fits into `window`.
pub(super) fn fold_prefix<'w>(text: &str, window: &'w mut [u8]) -> &'w [u8] {
    let take = text.floor_char_boundary(window.len());
    let Some(head) = text.get(..take) else { return &[] };
    let Some(window) = window.get_mut(..take) else { return &[] };
    window.copy_from_slice(head.as_bytes());
    fold_in_place(window, head);
    window
}

fn fold_in_place(out: &mut [u8], text: &str) {
    out.make_ascii_lowercase();
    let mut at = 0;
    while let Some(next) = next_beyond_ascii(text.as_bytes(), at) {
        let Some(letter) = text.get(next..).and_then(|rest| rest.chars().next()) else { return };
        at = next + letter.len_utf8();
        if !may_have_lower_case(letter) {
            continue;
        }
        let mut lower = letter.to_lowercase();
        if let (Some(lower), None) = (lower.next(), lower.next())
            && lower != letter
            && lower.len_utf8() == letter.len_utf8()
            && let Some(place) = out.get_mut(next..at)
        {
            lower.encode_utf8(place);
        }
    }
}

/// The offset of the first byte at or after `at` that is not ASCII. Tests eight bytes at a time, since long stretches
/// are ASCII.
fn next_beyond_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(&eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let beyond = u64::from_le_bytes(eight) & 0x8080_8080_8080_8080;
        if beyond != 0 {
            return Some(at + beyond.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Some(at + bytes.get(at..)?.iter().position(|byte| !byte.is_ascii())?)
}

/// Whether these bytes, which begin at a character boundary, contain only letters without case, apart from ASCII. These
/// are Han, kana, Hangul and other characters between U+3000 and U+D7FF, except U+A000 to U+ABFF.
pub(super) fn is_caseless(bytes: &[u8; 8]) -> bool {
    let next = bytes.iter().skip(1).chain([&0]);
    bytes.iter().zip(next).fold(true, |all, (&byte, &next)| {
        let hangul = (byte == 0xea) & (next >= 0xb0);
        all & (matches!(byte, 0..=0xbf | 0xe3..=0xe9 | 0xeb..=0xed) | hangul)
    })
}

/// Whether a letter may have a lower case. Rules out the caseless scripts from Hebrew to Hangul, which make up most
/// text.
fn may_have_lower_case(letter: char) -> bool {
    matches!(letter, '\u{C0}'..='\u{58F}' | '\u{10A0}'..='\u{1FFF}' | '\u{2100}'..='\u{2DFF}' | '\u{A640}'..='\u{A7FF}' | '\u{FF21}'..='\u{FF3A}')
}

#[cfg(test)]
mod tests {
    use super::{folded, is_caseless};

    #[test]
    fn what_is_caseless_stays_as_it_is() {
        for c in '\u{80}'..=char::MAX {
            let text = format!("{c}{c}{c}{c}        ");
            let head = text.as_bytes().first_chunk().expect("long enough");
            assert!(!is_caseless(head) || folded(&text) == text.as_bytes(), "{c:?}");
        }
        assert!(is_caseless("기자 12".as_bytes().first_chunk().expect("eight bytes")));
        assert!(!is_caseless("기자À".as_bytes().first_chunk().expect("eight bytes")));
    }
}
