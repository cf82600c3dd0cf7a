//! The end of a script.
//!
//! In a script, `<!--` begins an escape, inside which another `<script` needs its own `</script>` before the next one
//! closes the element. `-->` ends the escape.

use super::tag::is_space;
use super::{Receiver, Tokenizer};
use memchr::{memchr, memchr2};

#[derive(Clone, Copy, Eq, PartialEq)]
enum Escape {
    None,
    Single,
    Double,
}

impl<R: Receiver> Tokenizer<'_, R> {
    /// Offset of the end tag of the script just opened; the end of the page if there is none.
    pub(super) fn script_end(&self) -> usize {
        let mut escape = Escape::None;
        let mut from = self.at;
        // Dashes directly before `from` that count towards `-->`.
        let mut dashes = 0;
        loop {
            let rest = self.bytes_from(from);
            if dashes >= 2 && rest.first() == Some(&b'>') {
                escape = Escape::None;
            }
            let found = if escape == Escape::None { memchr(b'<', rest) } else { memchr2(b'<', b'-', rest) };
            let Some(found) = found else { return self.page.len() };
            let at = from + found;
            if self.byte(at) == Some(b'-') {
                dashes = if found == 0 { dashes + 1 } else { 1 };
                from = at + 1;
                continue;
            }
            dashes = 0;
            from = at + 1;
            match escape {
                Escape::None if self.bytes_from(at).starts_with(b"<!--") => {
                    escape = Escape::Single;
                    dashes = 2;
                    from = at + 4;
                }
                Escape::None | Escape::Single if self.is_end_tag(at) => return at,
                Escape::Single if self.is_script_word(from) => escape = Escape::Double,
                Escape::Double if self.byte(from) == Some(b'/') && self.is_script_word(from + 1) => {
                    escape = Escape::Single
                }
                _ => {}
            }
        }
    }

    /// Whether `script` and the end of a name follow at `at`.
    fn is_script_word(&self, at: usize) -> bool {
        const WORD: &[u8] = b"script";
        let Some((word, after)) = self.bytes_from(at).split_at_checked(WORD.len()) else { return false };
        word.eq_ignore_ascii_case(WORD)
            && after.first().is_some_and(|&byte| matches!(byte, b'>' | b'/') || is_space(byte))
    }
}
