//! A byte trie of phrases, walked from each place where a phrase may begin.
//!
//! An Aho-Corasick automaton over all languages would mostly find short words inside longer ones, which is useless.
//! Nearly every phrase must begin a word and two fifths of them a line, so it is cheaper to walk only from there.

/// From this many children on, a child is found in a bit set instead of by linear search.
const DENSE_CHILDREN: usize = 6;

/// A set of texts, each with its index in the sorted list it was built from.
///
/// Memory access is random, so the trie is kept small, and the children of a node are adjacent.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    dense: Vec<Dense>,
    /// The rests of texts whose prefix is unique, each preceded by its length. A rest is compared as a whole instead of
    /// byte by byte.
    tails: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The byte on the edge to this node.
    label: u8,
    /// Number of children, up to [`DENSE_CHILDREN`]; 0 if only one text is left.
    children: u8,
    /// The text that ends here or, without children, the only one left; [`NO_TEXT`] if there is none.
    text: u16,
    /// The index of the first child or, if there are many, an index into [`Trie::dense`]; without children, an offset
    /// in [`Trie::tails`].
    at: u32,
}

const NO_TEXT: u16 = u16::MAX;

/// The set of bytes that lead to the children of a node with many. The children are sorted by these bytes.
#[derive(Clone, Copy, Debug)]
struct Dense {
    first: u32,
    /// Number of bits set before each word of `bits`.
    before: [u8; 4],
    bits: [u64; 4],
}

impl Dense {
    fn of(first: u32, labels: impl Iterator<Item = u8>) -> Dense {
        let mut bits = [0u64; 4];
        labels.for_each(|label| bits[usize::from(label >> 6)] |= 1 << (label & 63));
        let mut before = [0; 4];
        for at in 1..4 {
            before[at] = before[at - 1] + bits[at - 1].count_ones() as u8;
        }
        Dense { first, before, bits }
    }

    fn child(&self, byte: u8) -> Option<usize> {
        let (word, bit) = (usize::from(byte >> 6), 1 << (byte & 63));
        let rank = usize::from(self.before[word]) + (self.bits[word] & (bit - 1)).count_ones() as usize;
        (self.bits[word] & bit != 0).then_some(self.first as usize + rank)
    }
}

impl Trie {
    /// `texts` must be sorted and without duplicates.
    pub(super) fn build(texts: &[&str]) -> Trie {
        /// Texts `from..to` share their first `depth` bytes, which lead to `node`.
        struct Work {
            node: usize,
            from: usize,
            to: usize,
            depth: usize,
        }
        let mut trie = Trie::default();
        trie.nodes.push(Node { label: 0, children: 0, text: NO_TEXT, at: 0 });
        let mut stack = vec![Work { node: 0, from: 0, to: texts.len(), depth: 0 }];
        // Depth first, so that the nodes of a walk are close together, with the letters of a word in one cache line.
        while let Some(Work { node, from, to, depth }) = stack.pop() {
            if let Some(&text) = texts.get(from)
                && to - from == 1
            {
                (trie.nodes[node].text, trie.nodes[node].at) = (index(from), narrow(trie.tails.len()));
                let tail = text.as_bytes().get(depth..).unwrap_or_default();
                trie.tails.push(u8::try_from(tail.len()).unwrap_or(u8::MAX));
                trie.tails.extend_from_slice(tail);
                continue;
            }
            let byte_at = |index: usize| texts.get(index).and_then(|text: &&str| text.as_bytes().get(depth)).copied();
            let ends_here = from < to && byte_at(from).is_none();
            let (first, above) = (trie.nodes.len(), stack.len());
            let mut start = from + usize::from(ends_here);
            while start < to
                && let Some(byte) = byte_at(start)
            {
                let mut end = start + 1;
                while end < to && byte_at(end) == Some(byte) {
                    end += 1;
                }
                stack.push(Work { node: trie.nodes.len(), from: start, to: end, depth: depth + 1 });
                trie.nodes.push(Node { label: byte, children: 0, text: NO_TEXT, at: 0 });
                start = end;
            }
            stack[above..].reverse();
            let children = trie.nodes.len() - first;
            let at = if children < DENSE_CHILDREN {
                first
            } else {
                let labels = trie.nodes[first..].iter().map(|child| child.label);
                trie.dense.push(Dense::of(narrow(first), labels));
                trie.dense.len() - 1
            };
            let text = if ends_here { index(from) } else { NO_TEXT };
            let label = trie.nodes[node].label;
            trie.nodes[node] = Node { label, children: children.min(DENSE_CHILDREN) as u8, text, at: narrow(at) };
        }
        trie
    }
    /// Calls `found` with the index and the length of each text that `bytes` begin with, shorter ones first.
    pub(super) fn walk(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut at = 0;
        let mut depth = 0;
        while let Some(node) = self.nodes.get(at) {
            let rest = bytes.get(depth..).unwrap_or_default();
            if node.children == 0 {
                let tail = self.tail(node.at as usize);
                if node.text != NO_TEXT && rest.starts_with(tail) {
                    found(usize::from(node.text), depth + tail.len());
                }
                return;
            }
            if node.text != NO_TEXT {
                found(usize::from(node.text), depth);
            }
            let Some(child) = rest.first().and_then(|&byte| self.child(node, byte)) else { return };
            at = child;
            depth += 1;
        }
    }

    fn tail(&self, at: usize) -> &[u8] {
        let length = self.tails.get(at).map_or(0, |&length| usize::from(length));
        self.tails.get(at + 1..at + 1 + length).unwrap_or_default()
    }

    fn child(&self, node: &Node, byte: u8) -> Option<usize> {
        let at = node.at as usize;
        if usize::from(node.children) == DENSE_CHILDREN {
            return self.dense.get(at)?.child(byte);
        }
        let children = self.nodes.get(at..at + usize::from(node.children))?;
        children.iter().position(|child| child.label == byte).map(|place| at + place)
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// No shelf has as many as 65536 texts. If one had, its last texts would be found under a wrong index, which the checks
/// of the language files would show.
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
