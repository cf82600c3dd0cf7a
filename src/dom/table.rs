//! Short ASCII names to their numbers, without regard to case.

/// Finds a name in one probe, most often. Built once.
#[derive(Debug)]
pub(super) struct Table {
    keys: Vec<u128>,
    /// Number of a name, or [`EMPTY`].
    slots: Vec<u8>,
}

const EMPTY: u8 = u8::MAX;
/// Twice as many slots as the longest list has names, as a power of two.
const BITS: u32 = 9;

impl Table {
    /// A table of fewer than 255 names of up to 16 bytes in lower case.
    pub(super) fn new(names: &[&str]) -> Table {
        let mut table = Table { keys: Vec::with_capacity(names.len()), slots: vec![EMPTY; 1 << BITS] };
        for (number, name) in names.iter().enumerate() {
            let key = pack(name).unwrap_or_default();
            let mut slot = slot(key);
            while table.slots[slot] != EMPTY {
                slot = (slot + 1) % table.slots.len();
            }
            table.slots[slot] = u8::try_from(number).unwrap_or(EMPTY);
            table.keys.push(key);
        }
        table
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let key = pack(name)?;
        let mut slot = slot(key);
        loop {
            let number = *self.slots.get(slot)?;
            // The last number there may be is no name.
            if *self.keys.get(usize::from(number))? == key {
                return Some(usize::from(number));
            }
            slot = (slot + 1) % self.slots.len();
        }
    }
}

/// The bytes of a name in one number, in lower case.
fn pack(name: &str) -> Option<u128> {
    if name.len() > 16 {
        return None;
    }
    let mut key = 0_u128;
    for byte in name.bytes() {
        // A NUL would be no difference in length.
        if byte == 0 {
            return None;
        }
        key = key << 8 | u128::from(byte.to_ascii_lowercase());
    }
    Some(key)
}

fn slot(key: u128) -> usize {
    let folded = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (folded >> (64 - BITS)) as usize
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
            ("abbreviations-are-long", None),
        ];
        for (name, number) in cases {
            assert_eq!(table.find(name), number, "{name}");
        }
    }
}
