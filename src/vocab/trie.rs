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
}

#[derive(Clone, Copy, Debug)]
enum Node {
    /// Children are `first..first + children`, or in table `first`; perhaps a text ends here.
    Fork { first: u32, children: u16, text: Option<u16> },
    /// Only this text is left; its unread bytes are `from..to`.
    Leaf { text: u16, from: u32, to: u32 },
}

impl Trie {
    /// `texts` must be sorted and without duplicates.
    pub(super) fn build(texts: &[&str]) -> Trie {
        /// Texts `from..to` share their first `depth` bytes.
        struct Work {
            from: usize,
            to: usize,
            depth: usize,
        }
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut trie = Trie { labels: vec![0], ..Trie::default() };
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
    pub(super) fn walk(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
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

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn every_text_at_the_start() {
        let texts = ["a", "ab", "abc", "b", "ba", "bb", "bc", "bd", "be", "bf", "bg", "long tail", "기자"];
        let trie = Trie::build(&texts);
        let cases: [(&str, &str, &[&str]); 8] = [
            ("nested", "abcd", &["a", "ab", "abc"]),
            ("by table", "bgx", &["b", "bg"]),
            ("more than a byte", "기자가", &["기자"]),
            ("tail", "long tails", &["long tail"]),
            ("near miss: half a tail", "long tai", &[]),
            ("near miss: part of a letter", "긱", &[]),
            ("near miss: not at the start", "xab", &[]),
            ("nothing", "", &[]),
        ];
        for (name, text, expected) in cases {
            let mut found = Vec::new();
            trie.walk(text.as_bytes(), |index, len| {
                assert_eq!(texts[index].len(), len);
                found.push(texts[index]);
            });
            assert_eq!(found, expected, "{name}: {text:?}");
        }
        Trie::build(&[]).walk(b"abc", |_, _| panic!("nothing to find"));
    }
}
