//! Short ASCII names to their numbers, without regard to case.

/// Finds a name in one probe, most often. Built once.
#[derive(Debug)]
pub(super) struct Table {
    names: &'static [&'static str],
    /// Number of a name, or [`EMPTY`].
    slots: [u8; SLOTS],
}

const EMPTY: u8 = u8::MAX;
/// Far more than there are names, so that an unknown one mostly meets an empty slot.
const SLOTS: usize = 1_024;

impl Table {
    /// A table of fewer than 255 names in lower case.
    pub(super) fn new(names: &'static [&'static str]) -> Table {
        let mut table = Table { names, slots: [EMPTY; SLOTS] };
        for (number, name) in names.iter().enumerate() {
            let mut at = slot(name.as_bytes());
            while table.slots[at] != EMPTY {
                at = (at + 1) % SLOTS;
            }
            table.slots[at] = u8::try_from(number).unwrap_or(EMPTY);
        }
        table
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let mut at = slot(name.as_bytes());
        loop {
            let number = usize::from(self.slots[at]);
            // The number of an empty slot is no name's.
            if self.names.get(number)?.eq_ignore_ascii_case(name) {
                return Some(number);
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// By the length and three letters, in whatever case.
fn slot(name: &[u8]) -> usize {
    let letter = |at: usize| name.get(at).map_or(0, |byte| u32::from(byte | 0x20));
    let last = name.len().saturating_sub(1);
    let key = letter(0) | letter(last / 2) << 8 | letter(last) << 16 | (name.len() as u32) << 24;
    (key.wrapping_mul(0x9e37_79b1) >> 22) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        let table = Table::new(&["a", "abbr", "annotation-xml"]);
        let cases = [
            ("a", Some(0)),
            ("ABBR", Some(1)),
            ("Annotation-XML", Some(2)),
            ("", None),
            ("b", None),
            ("a\0", None),
            ("A\u{e9}", None),
            ("abbreviations-are-long", None),
        ];
        for (name, number) in cases {
            assert_eq!(table.find(name), number, "{name}");
        }
    }
}
