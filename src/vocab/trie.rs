//! Phrases as a tree of bytes, walked from where a phrase may begin.
//!
//! An Aho-Corasick automaton over all languages finds mostly what is of no use: short words inside longer ones. Nearly every
//! phrase has to begin a word and two fifths of them a line, so it is cheaper to start walking only there.

/// Children of a node from this number on are looked up in a table instead of searched for.
const DENSE: usize = 6;

/// A set of texts, each with the index it had in the sorted list it was built from.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The byte that leads to a node; the children of one node are neighbours.
    labels: Vec<u8>,
    /// For a node with many children: the child for each byte, 0 for none (the root is nobody's child).
    tables: Vec<[u32; 256]>,
    /// All texts one after another: where only one is left, it is compared at once instead of walked byte by byte, which
    /// keeps the tree small enough for the cache.
    bytes: Vec<u8>,
    /// Most walks are over before they begin.
    heads: Heads,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    /// Children are `first..first + children`, or in table `first`; perhaps a text ends here.
    Fork { first: u32, children: u16, text: Option<u16> },
    /// Only this text is left; its unread bytes are `from..to`.
    Leaf { text: u16, from: u32, to: u32 },
}

impl Trie {
    /// `texts` must be sorted and without duplicates. Of which of them letters may follow, `may_join` says by their numbers:
    /// where others go on with letters, they need not be found.
    pub(super) fn build(texts: &[&str], may_join: impl Fn(usize) -> bool) -> Trie {
        /// Texts `from..to` share their first `depth` bytes.
        struct Work {
            from: usize,
            to: usize,
            depth: usize,
        }
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut trie = Trie { labels: vec![0], heads: Heads::of(texts, may_join), ..Trie::default() };
        let mut queue = vec![Work { from: 0, to: texts.len(), depth: 0 }];
        // Breadth first, so that a node's number is its place in the queue.
        let mut next = 0;
        while let Some(&Work { from, to, depth }) = queue.get(next) {
            next += 1;
            if let Some(&text) = texts.get(from)
                && to - from == 1
            {
                let start = narrow(trie.bytes.len());
                trie.bytes.extend(text.bytes().skip(depth));
                trie.nodes.push(Node::Leaf { text: index(from), from: start, to: narrow(trie.bytes.len()) });
                continue;
            }
            let byte_at = |index: usize| texts.get(index).and_then(|text: &&str| text.as_bytes().get(depth)).copied();
            let ends_here = from < to && byte_at(from).is_none();
            let first = queue.len();
            let mut start = from + usize::from(ends_here);
            while start < to
                && let Some(byte) = byte_at(start)
            {
                let mut end = start + 1;
                while end < to && byte_at(end) == Some(byte) {
                    end += 1;
                }
                queue.push(Work { from: start, to: end, depth: depth + 1 });
                trie.labels.push(byte);
                start = end;
            }
            let children = queue.len() - first;
            let first = if children >= DENSE { trie.add_table(first, children) } else { first };
            trie.nodes.push(Node::Fork {
                first: narrow(first),
                children: index(children),
                text: ends_here.then(|| index(from)),
            });
        }
        trie
    }

    fn add_table(&mut self, first: usize, children: usize) -> usize {
        let mut table = [0; 256];
        for child in first..first + children {
            if let Some(&label) = self.labels.get(child) {
                table[usize::from(label)] = u32::try_from(child).unwrap_or(0);
            }
        }
        self.tables.push(table);
        self.tables.len() - 1
    }

    /// Calls `found` with the index and the length of each text that `bytes` begin with, shorter ones first.
    #[inline]
    pub(super) fn walk(&self, bytes: &[u8], found: impl FnMut(usize, usize)) {
        if self.heads.may_begin(bytes) {
            self.walk_on(bytes, found);
        }
    }

    /// Whether any text begins with `byte`.
    #[inline]
    pub(super) fn may_begin_with(&self, byte: u8) -> bool {
        self.heads.noted[usize::from(byte)] != 0
    }

    /// Whether any text may begin like `bytes`, which are not folded yet; where ASCII has all the capitals this is cheaper to
    /// say than to fold a whole phrase's length.
    pub(super) fn may_begin_unfolded(&self, bytes: &[u8]) -> bool {
        match bytes.first_chunk::<8>() {
            Some(head) if head.is_ascii() || super::fold::is_caseless(head) => {
                let mut head = *head;
                head.make_ascii_lowercase();
                self.heads.may_begin(&head)
            }
            _ => true,
        }
    }

    fn walk_on(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut at = 0;
        let mut depth = 0;
        loop {
            let rest = bytes.get(depth..).unwrap_or_default();
            match self.nodes.get(at) {
                Some(&Node::Leaf { text, from, to }) => {
                    let tail = self.bytes.get(from as usize..to as usize).unwrap_or_default();
                    if rest.starts_with(tail) {
                        found(usize::from(text), depth + tail.len());
                    }
                    return;
                }
                Some(&Node::Fork { first, children, text }) => {
                    if let Some(text) = text {
                        found(usize::from(text), depth);
                    }
                    let child = rest.first().and_then(|&byte| self.child(first as usize, children.into(), byte));
                    let Some(child) = child else { return };
                    at = child;
                }
                None => return,
            }
            depth += 1;
        }
    }

    fn child(&self, first: usize, children: usize, byte: u8) -> Option<usize> {
        if children >= DENSE {
            let child = self.tables.get(first)?[usize::from(byte)];
            return (child != 0).then_some(child as usize);
        }
        let labels = self.labels.get(first..first + children)?;
        labels.iter().position(|&label| label == byte).map(|place| first + place)
    }
}

/// No shelf has as many as 65536 texts; one that had would find its last ones under a wrong index, which the checks of the
/// language files would show.
fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// What texts begin with, as bits of hashes: no text is missed, and some that are none pass.
///
/// A step down the tree is a branch nobody can predict and a load the cache does not have, so that a word of prose costs ten
/// times as much to walk as to turn away.
///
/// A text that begins with an ASCII letter is noted by the letters it begins with, up to eight: no phrase begins inside what
/// the page goes on with, for a phrase ends where a word does. The few that may end inside a word, and other scripts, are
/// noted by their first bytes.
#[derive(Debug)]
struct Heads {
    /// By first byte: which of [`Heads::LENGTHS`] the texts that begin with it are noted under, as bits; [`Heads::WORDS`] if
    /// any is noted by its letters.
    noted: [u8; 256],
    bits: Vec<u64>,
}

impl Default for Heads {
    fn default() -> Self {
        Heads { noted: [0; 256], bits: vec![0; (1 << Heads::BITS) / 64] }
    }
}

impl Heads {
    /// 16 KiB, so that the caches next to the processor hold those of all shelves; of a hundred words some two pass by chance.
    const BITS: u32 = 17;
    /// How many bytes of a text count: the greatest of these that is not more than it has.
    const LENGTHS: [usize; 5] = [1, 2, 3, 5, 8];
    const WORDS: u8 = 1 << 7;

    /// `may_join` says of a text, by its number, whether letters may follow it.
    fn of(texts: &[&str], may_join: impl Fn(usize) -> bool) -> Heads {
        let mut heads = Heads::default();
        for (index, text) in texts.iter().enumerate() {
            let mut head = [0; 8];
            for (to, from) in head.iter_mut().zip(text.bytes()) {
                *to = from;
            }
            let Some(first) = text.bytes().next() else { continue };
            let noted = &mut heads.noted[usize::from(first)];
            let (word, bits) = if first.is_ascii_lowercase() && !may_join(index) && text.len() < head.len() {
                *noted |= Heads::WORDS;
                Heads::hash(letters(u64::from_le_bytes(head)))
            } else {
                let length = Heads::LENGTHS.iter().rposition(|&length| length <= text.len()).unwrap_or(0);
                *noted |= 1 << length;
                Heads::hash_bytes(u64::from_le_bytes(head), Heads::LENGTHS[length])
            };
            heads.bits[word] |= bits;
        }
        heads
    }

    #[inline]
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let Some(&head) = bytes.first_chunk::<8>() else { return true };
        let noted = self.noted[usize::from(head[0])];
        let head = u64::from_le_bytes(head);
        if noted & Heads::WORDS != 0 && self.has(Heads::hash(letters(head))) {
            return true;
        }
        let mut lengths = noted & !Heads::WORDS;
        while let Some(&length) = Heads::LENGTHS.get(lengths.trailing_zeros() as usize) {
            if self.has(Heads::hash_bytes(head, length)) {
                return true;
            }
            lengths &= lengths - 1;
        }
        false
    }

    fn has(&self, (word, bits): (usize, u64)) -> bool {
        self.bits.get(word).is_some_and(|noted| noted & bits == bits)
    }

    fn hash_bytes(head: u64, length: usize) -> (usize, u64) {
        Heads::hash(head << (64 - 8 * length) ^ length as u64)
    }

    /// A word of [`Heads::bits`], and two bits of it (a blocked Bloom filter, Putze et al. 2007).
    fn hash(head: u64) -> (usize, u64) {
        let hash = head.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let word = hash >> (64 - (Heads::BITS - 6));
        (word as usize, 1 << (hash >> 40 & 63) | 1 << (hash >> 34 & 63))
    }
}

/// The ASCII letters in lower case that eight bytes begin with, the rest as zeros; in one go instead of one by one.
fn letters(eight: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & !HIGH;
    let from_a = low + EACH * (0x80 - b'a' as u64);
    let beyond_z = low + EACH * (0x7f - b'z' as u64);
    let others = !(from_a & !beyond_z & !eight) & HIGH;
    let end = others.trailing_zeros() / 8 * 8;
    eight & 1_u64.checked_shl(end).map_or(u64::MAX, |bit| bit - 1)
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn every_text_at_the_start() {
        let texts = ["a", "ab", "abc", "b", "ba", "bb", "bc", "bd", "be", "bf", "bg", "bounded", "long tail", "기자"];
        let open = |index: usize| texts[index] != "bounded";
        let trie = Trie::build(&texts, open);
        let cases: [(&str, &str, &[&str]); 11] = [
            ("nested", "abcd", &["a", "ab", "abc"]),
            ("by table", "bgx", &["b", "bg"]),
            ("more than a byte", "기자가", &["기자"]),
            ("tail", "long tails", &["long tail"]),
            ("near miss: half a tail", "long tai", &[]),
            ("near miss: part of a letter", "긱", &[]),
            ("near miss: not at the start", "xab", &[]),
            ("nothing", "", &[]),
            ("at a word's end", "bounded, yes", &["b", "bounded"]),
            ("at the text's end", "bounded", &["b", "bounded"]),
            ("near miss: another word", "boundary, yes", &["b"]),
        ];
        for (name, text, expected) in cases {
            let mut found = Vec::new();
            trie.walk(text.as_bytes(), |index, len| {
                assert_eq!(texts[index].len(), len);
                found.push(texts[index]);
            });
            assert_eq!(found, expected, "{name}: {text:?}");
        }
        Trie::build(&[], |_| false).walk(b"abc", |_, _| panic!("nothing to find"));
    }
}
