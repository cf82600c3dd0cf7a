//! The quotations and lists around the blocks of a body.

use crate::article::{Level, LevelKind};
use crate::block::{Blocks, Kind, Tag};
use crate::select::Decision;

/// Maximum depth of levels. Deeper ones become siblings, since each line of a document is indented by its levels.
const MAX_DEPTH: u8 = 8;

/// Minimum number of columns by which an item of flattened text is indented if it is nested in the previous one.
const MIN_INDENT: u16 = 2;

/// Index of the node of the page, which is around all others.
const PAGE: usize = 0;

/// The levels of a page, and the innermost level of each of its containers and lines.
pub(super) struct Levels {
    /// The first is [`PAGE`].
    nodes: Vec<Node>,
    /// The innermost level of each container; empty if no container is a level.
    containers: Vec<usize>,
    /// Blocks of flattened text that are items or quotations, in order, with their levels.
    lines: Vec<(usize, usize)>,
    /// The nodes around the previous block, and a buffer for those around the next one.
    before: Vec<usize>,
    around: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: LevelKind,
    parent: usize,
    depth: u8,
    /// Whether it is only layout.
    is_box: bool,
}

impl Levels {
    pub(super) fn of(blocks: &Blocks, decisions: &[Decision]) -> Levels {
        let page = Node { kind: LevelKind::Quote, parent: PAGE, depth: 0, is_box: true };
        let count = blocks.containers.iter().filter(|container| is_level(container.tag)).count();
        let mut nodes = Vec::with_capacity(1 + count);
        nodes.push(page);
        let containers = Vec::with_capacity(if count > 0 { blocks.containers.len() } else { 0 });
        let mut levels = Levels { nodes, containers, lines: Vec::new(), before: Vec::new(), around: Vec::new() };
        if count > 0 {
            levels.read_containers(blocks);
        }
        levels.read_lines(blocks);
        let kept = |index: &usize| decisions.get(*index) == Some(&Decision::Body);
        levels.leave_out_boxes(blocks, (0..blocks.items.len()).filter(kept));
        levels
    }

    fn read_containers(&mut self, blocks: &Blocks) {
        let mut numbers = blocks.numbers.iter().peekable();
        for (index, container) in (0u32..).zip(&blocks.containers) {
            let around = self.containers.get(container.parent as usize).copied().unwrap_or(PAGE);
            let kind = match container.tag {
                Tag::Blockquote => LevelKind::Quote,
                Tag::Li => LevelKind::Item(numbers.next_if(|(of, _)| *of == index).map(|(_, number)| *number)),
                Tag::Dt => LevelKind::Term,
                Tag::Dd => LevelKind::Definition,
                _ => {
                    self.containers.push(around);
                    continue;
                }
            };
            let node = self.add(around, kind);
            self.containers.push(node);
        }
    }

    /// Finds the items and quotations of flattened text, which have no containers, by their marks and indentation.
    fn read_lines(&mut self, blocks: &Blocks) {
        let mut marks = blocks.marks.iter().peekable();
        // The items that are open, with their indentation.
        let mut open: Vec<(u16, usize)> = Vec::new();
        let mut last = (usize::MAX, Kind::Paragraph);
        for (index, block) in blocks.items.iter().enumerate() {
            let mark = marks.next_if(|mark| mark.block as usize == index);
            let around = self.of_container(block.container);
            let is_known =
                around != PAGE && (self.nodes[around].kind == LevelKind::Quote) == (block.kind == Kind::Quote);
            if is_known || !matches!(block.kind, Kind::ListItem | Kind::Quote) {
                continue;
            }
            let follows = last == (index.wrapping_sub(1), block.kind);
            if !follows {
                open.clear();
            }
            if block.kind == Kind::Quote {
                if open.is_empty() {
                    open.push((0, self.add(around, LevelKind::Quote)));
                }
            } else if mark.is_some() || open.is_empty() {
                let indent = mark.map_or(0, |mark| mark.indent);
                while open.last().is_some_and(|&(outer, _)| outer.saturating_add(MIN_INDENT) > indent) {
                    open.pop();
                }
                let parent = open.last().map_or(around, |&(_, node)| node);
                let number = mark.and_then(|mark| mark.number).map(i32::from);
                open.push((indent, self.add(parent, LevelKind::Item(number))));
            }
            self.lines.extend(open.last().map(|&(_, node)| (index, node)));
            last = (index, block.kind);
        }
    }

    fn add(&mut self, around: usize, kind: LevelKind) -> usize {
        let Node { parent, depth, .. } = self.nodes[around];
        let (parent, depth) = if depth < MAX_DEPTH { (around, depth + 1) } else { (parent, depth) };
        self.nodes.push(Node { kind, parent, depth, is_box: false });
        self.nodes.len() - 1
    }

    /// Marks levels that are only layout: those that contain the whole body, and items without a number that contain
    /// headings.
    fn leave_out_boxes(&mut self, blocks: &Blocks, kept: impl Iterator<Item = usize>) {
        let (mut common, mut around) = (Vec::new(), Vec::new());
        let mut count = 0;
        for index in kept {
            count += 1;
            self.around(self.of_block(blocks, index), &mut around);
            if matches!(blocks.items[index].kind, Kind::Heading(_)) {
                for &node in &around {
                    let is_plain = matches!(self.nodes[node].kind, LevelKind::Item(None) | LevelKind::Definition);
                    self.nodes[node].is_box |= is_plain;
                }
            }
            if count == 1 {
                common.clone_from(&around);
            }
            common.truncate(shared(&common, &around));
        }
        for node in common.into_iter().filter(|_| count > 1) {
            self.nodes[node].is_box = true;
        }
    }

    /// The innermost level of a container.
    pub(super) fn of_container(&self, container: u32) -> usize {
        self.containers.get(container as usize).copied().unwrap_or(PAGE)
    }

    /// The innermost level of a block.
    pub(super) fn of_block(&self, blocks: &Blocks, index: usize) -> usize {
        let line = self.lines.binary_search_by_key(&index, |&(of, _)| of);
        line.map_or_else(|_| self.of_container(blocks.items[index].container), |at| self.lines[at].1)
    }

    /// Adds the levels around the next block of the body to `out`, outermost first, given the innermost.
    pub(super) fn enter(&mut self, innermost: usize, out: &mut Vec<Level>) {
        let mut around = std::mem::take(&mut self.around);
        self.around(innermost, &mut around);
        let shared = shared(&self.before, &around);
        let level = |(at, &node): (usize, &usize)| Level { kind: self.nodes[node].kind, begins: at >= shared };
        out.extend(around.iter().enumerate().map(level));
        self.around = std::mem::replace(&mut self.before, around);
    }

    /// The nodes from the outermost down to `innermost`, without boxes. `out` is cleared first.
    fn around(&self, innermost: usize, out: &mut Vec<usize>) {
        out.clear();
        let outwards = std::iter::successors(Some(innermost), |&node| Some(self.nodes[node].parent));
        out.extend(outwards.take_while(|&node| node != PAGE).filter(|&node| !self.nodes[node].is_box));
        out.reverse();
    }
}

/// Whether elements of this name are levels.
fn is_level(tag: Tag) -> bool {
    matches!(tag, Tag::Blockquote | Tag::Li | Tag::Dt | Tag::Dd)
}

/// The number of outermost levels that two lists have in common.
fn shared(a: &[usize], b: &[usize]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{parse, rules::Hits};
    use crate::from_dom::{Bare, from_dom};

    /// The blocks, each after marks for its levels; a plus marks those that begin with it.
    fn shown(blocks: &Blocks) -> Vec<String> {
        let mut levels = Levels::of(blocks, &vec![Decision::Body; blocks.items.len()]);
        let mut line = |index: usize| {
            let mut line = String::new();
            let mut around = Vec::new();
            levels.enter(levels.of_block(blocks, index), &mut around);
            for level in around {
                line.push_str(if level.begins { "+" } else { "" });
                line.push_str(&match level.kind {
                    LevelKind::Quote => ">".to_owned(),
                    LevelKind::Item(None) => "-".to_owned(),
                    LevelKind::Item(Some(number)) => format!("{number}."),
                    LevelKind::Term => "term".to_owned(),
                    LevelKind::Definition => "is".to_owned(),
                });
                line.push(' ');
            }
            line + blocks.text_of(index)
        };
        (0..blocks.items.len()).map(&mut line).collect()
    }

    #[test]
    fn lists_and_quotations_of_markup() {
        let cases: [(&str, &str, &[&str]); 15] = [
            ("numbers", "<ol><li>a<li>b</ol>", &["+1. a", "+2. b"]),
            ("other numbers", "<ol start=3><li>a<li value=7>b<li>c</ol>", &["+3. a", "+7. b", "+8. c"]),
            ("down", "<ol reversed><li>a<li>b</ol>", &["+2. a", "+1. b"]),
            ("no numbers", "<ol start=x><li value=''>a<li value=99999999999>b</ol>", &["+1. a", "+2. b"]),
            ("an item without text counts", "<ol><li>a<li><img><li>b</ol>", &["+1. a", "+3. b"]),
            ("lists in lists", "<ul><li>a<ol><li>b</ol>c</ul><p>d", &["+- a", "- +1. b", "- c", "d"]),
            ("paragraphs of one item", "<p>a<ol><li><p>b<p>c<li>d</ol>", &["a", "+1. b", "1. c", "+2. d"]),
            ("code of an item", "<p>a<ol><li>b<pre>c</pre></ol>", &["a", "+1. b", "1. c"]),
            (
                "quotations",
                "<p>a<blockquote>b<blockquote>c</blockquote>d</blockquote>",
                &["a", "+> b", "> +> c", "> d"],
            ),
            ("two quotations", "<blockquote>a</blockquote><blockquote>b</blockquote>", &["+> a", "+> b"]),
            ("definitions", "<dl><dt>a<dd>b<dd><p>c<p>d</dl>", &["+term a", "+is b", "+is c", "is d"]),
            ("items without a list", "<li>a<li>b", &["+- a", "+- b"]),
            ("near miss: boxes", "<ul><li><h2>a</h2><p>b<li><p>c</ul><p>d", &["a", "b", "+- c", "d"]),
            ("near miss: a box of everything", "<ul><li><p>a<ul><li>b</ul></ul>", &["a", "+- b"]),
            ("near miss: steps with headings", "<ol><li><h2>a</h2><p>b</ol><p>c", &["+1. a", "1. b", "c"]),
        ];
        for (name, html, expected) in cases {
            let mut blocks = Blocks::default();
            from_dom(&parse(html), Bare::Inline, &Hits::default(), &mut blocks);
            assert_eq!(shown(&blocks), expected, "{name}: {html}");
        }
    }

    #[test]
    fn lists_and_quotations_of_lines() {
        let quote = "It is what it is, and it will be what it will be, they say.";
        let cases: [(&str, String, &[&str]); 6] = [
            ("bullets", "One:\n- a\n- b".into(), &["One:", "+- a", "+- b"]),
            ("numbers", "One:\n1. a\n2. b".into(), &["One:", "+1. a", "+2. b"]),
            ("deeper", "One:\n1. a\n2. b\n   - c\n   - d".into(), &["One:", "+1. a", "+2. b", "2. +- c", "2. +- d"]),
            ("quotations", format!("One:\n> {quote}"), &["One:", &format!("+> {quote}")]),
            ("near miss: a number alone", "One:\n1. a\nTwo".into(), &["One:", "1. a", "Two"]),
            ("near miss: a crooked list", "One:\n- a\n - b".into(), &["One:", "+- a", "+- b"]),
        ];
        for (name, text, expected) in cases {
            let mut blocks = Blocks::default();
            crate::lines::blocks(&text, &mut blocks);
            assert_eq!(shown(&blocks), expected, "{name}: {text}");
        }
    }

    #[test]
    fn deep_levels_stand_beside_each_other() {
        let mut blocks = Blocks::default();
        from_dom(&parse(&"<ul><li>a".repeat(50)), Bare::Inline, &Hits::default(), &mut blocks);
        let deepest = shown(&blocks).iter().map(|line| line.matches('-').count()).max();
        // The outermost holds everything.
        assert_eq!(deepest, Some(usize::from(MAX_DEPTH) - 1));
    }
}
