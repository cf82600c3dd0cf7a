//! Elements in which tags are text.

use super::tag::is_space;
use super::{Receiver, Tokenizer};
use memchr::memchr;

impl<R: Receiver> Tokenizer<'_, R> {
    /// Offset of the end tag of the element just opened, searching from `from` on; the end of the page if there is
    /// none.
    ///
    /// This is the tokenizer's only departure from the standard: many pages have `<noscript><iframe … /></noscript>`,
    /// which does no harm in a browser that runs scripts, as it never looks into it. One that does not takes the rest of
    /// the page for the text of the frame. We end such a frame at the end of the `noscript`.
    pub(super) fn raw_text_end(&self, mut from: usize) -> usize {
        loop {
            let Some(found) = memchr(b'<', self.bytes_from(from)) else { return self.page.len() };
            let at = from + found;
            if self.is_end_tag(at) || self.tag.self_closing && self.is_end_tag_of(b"noscript", at) {
                return at;
            }
            from = at + 1;
        }
    }

    /// Whether the end tag of the element just opened is at `at`.
    pub(super) fn is_end_tag(&self, at: usize) -> bool {
        self.is_end_tag_of(self.tag.name.as_bytes(), at)
    }

    fn is_end_tag_of(&self, name: &[u8], at: usize) -> bool {
        let Some((tag, after)) = self.bytes_from(at).split_at_checked(2 + name.len()) else { return false };
        tag.strip_prefix(b"</").is_some_and(|found| found.eq_ignore_ascii_case(name))
            && after.first().is_some_and(|&byte| matches!(byte, b'>' | b'/') || is_space(byte))
    }

    /// Sends the text before `end` as it is, except for newlines and NULs.
    pub(super) fn raw_text(&mut self, end: usize, wanted: bool) {
        if wanted {
            self.text_piece(end, false);
        } else {
            self.at = end;
        }
    }

    pub(super) fn rcdata(&mut self, wanted: bool) {
        let end = self.raw_text_end(self.at);
        if wanted {
            self.text_piece(end, true);
        } else {
            self.at = end;
        }
    }
}
