//! Maps short ASCII names to their numbers, ignoring case.

/// Maximum number of bytes of a name in its key.
const KEY_BYTES: usize = 8;
/// A slot without a name.
const EMPTY: u8 = u8::MAX;
/// Far more than there are names, so that an unknown one mostly meets an empty slot.
const SLOTS: usize = 1_024;

/// A hash table that mostly takes one probe. Built once.
#[derive(Debug)]
pub(super) struct Table {
    names: Vec<Name>,
    /// Number of a name, or [`EMPTY`].
    slots: [u8; SLOTS],
}

#[derive(Debug)]
struct Name {
    key: u64,
    text: &'static str,
    /// Whether key and length identify the name: it has only letters and hyphens, all of which are in the key.
    is_exact: bool,
}

impl Table {
    /// A table of fewer than 255 names in lower case.
    pub(super) fn new(names: &'static [&'static str]) -> Table {
        let is_exact =
            |text: &str| text.len() <= KEY_BYTES && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let name = |text: &&'static str| Name { key: key(text), text, is_exact: is_exact(text) };
        let mut table = Table { names: names.iter().map(name).collect(), slots: [EMPTY; SLOTS] };
        for (number, name) in table.names.iter().enumerate() {
            let mut at = slot(name.key);
            while table.slots[at] != EMPTY {
                at = (at + 1) % SLOTS;
            }
            table.slots[at] = u8::try_from(number).unwrap_or(EMPTY);
        }
        table
    }

    /// The number of a name, given its [`key`].
    #[inline]
    pub(super) fn find(&self, text: &str, key: u64) -> Option<usize> {
        let mut at = slot(key);
        loop {
            let number = usize::from(self.slots[at]);
            // `EMPTY` is not the number of any name.
            let name = self.names.get(number)?;
            let alike = name.key == key && name.text.len() == text.len();
            if alike && (name.is_exact || name.text.eq_ignore_ascii_case(text)) {
                return Some(number);
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// The last bytes of a name, regardless of case. A digit has the same key as a control character, and a hyphen the same
/// as a carriage return, which no name contains.
pub(super) fn key(name: &str) -> u64 {
    name.bytes().fold(0, with)
}

/// The key of a name with one more byte.
#[inline]
pub(super) fn with(key: u64, byte: u8) -> u64 {
    key << 8 | u64::from(byte | 0x20)
}

fn slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        let table = Table::new(&["a", "abbr", "annotation-xml", "h1"]);
        let cases = [
            ("a", Some(0)),
            ("ABBR", Some(1)),
            ("Annotation-XML", Some(2)),
            ("", None),
            ("b", None),
            ("a\0", None),
            ("h1", Some(3)),
            ("h\x11", None),
            ("AB\u{c2}R", None),
            ("xannotation-xml", None),
            ("A\u{e9}", None),
            ("abbreviations-are-long", None),
        ];
        for (name, number) in cases {
            assert_eq!(table.find(name, key(name)), number, "{name}");
        }
    }
}
