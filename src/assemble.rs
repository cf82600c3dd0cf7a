//! Decisions to an article: the last step before the caller.

use crate::article::{BlockKind, StoredBlock, StoredStruck};
use crate::block::{Block, Blocks, Kind, Tag};
use crate::select::Decision;
use crate::span::Span;
use std::collections::HashSet;
use std::ops::Range;

/// The text of an article and what stands where in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assembled {
    pub(crate) text: String,
    pub(crate) body: String,
    pub(crate) blocks: Vec<StoredBlock>,
    pub(crate) captions: Vec<Range<usize>>,
    pub(crate) struck: Vec<StoredStruck>,
}

impl Assembled {
    /// Leaves no places: what they would be in, nobody has.
    pub(crate) fn forget_sources(&mut self) {
        self.blocks.iter_mut().for_each(|block| block.source = None);
        self.struck.iter_mut().for_each(|struck| struck.source = None);
    }
}

/// Puts the blocks where the decisions say. Cells of one table become one block, sentences of one paragraph too.
pub(crate) fn assemble(blocks: &Blocks, decisions: &[Decision], scores: &[f32]) -> Assembled {
    let count = |is: fn(&Decision) -> bool| decisions.iter().filter(|decision| is(decision)).count();
    let mut out = Assembled {
        text: String::with_capacity(blocks.text.len()),
        blocks: Vec::with_capacity(count(|decision| *decision == Decision::Body)),
        struck: Vec::with_capacity(count(|decision| matches!(decision, Decision::Struck(_)))),
        ..Assembled::default()
    };
    let mut captions = HashSet::new();
    let grid = grid(blocks, decisions);
    let mut before: Option<(usize, Decision)> = None;
    for (index, (block, decision)) in blocks.items.iter().zip(decisions).enumerate() {
        let text = blocks.text_of(index);
        match *decision {
            Decision::Body => {
                let follows = before == Some((index.wrapping_sub(1), Decision::Body));
                let kind =
                    if block.kind == Kind::Cell && !grid[index] { BlockKind::Paragraph } else { kind(block.kind) };
                out.body_block(block, kind, text, follows);
            }
            Decision::Caption => {
                let range = out.append(text);
                if captions.insert(text) {
                    out.captions.push(range);
                }
            }
            Decision::Struck(reason) => {
                let text = out.append(text);
                let score = scores.get(index).copied().unwrap_or_default();
                out.struck.push(StoredStruck { reason, text, source: source(block.source), score, clues: Vec::new() });
            }
        }
        before = Some((index, *decision));
    }
    out.body.reserve(out.blocks.iter().map(|block| block.text.len() + 2).sum());
    for block in &out.blocks {
        if !out.body.is_empty() {
            out.body.push_str("\n\n");
        }
        out.body.push_str(out.text.get(block.text.clone()).unwrap_or_default());
    }
    out
}

impl Assembled {
    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// Adds a block, or its text to the block before where both are parts of one thing.
    fn body_block(&mut self, block: &Block, kind: BlockKind, text: &str, follows: bool) {
        let joint = match kind {
            BlockKind::Table if block.has(Block::ROW_START) => "\n",
            BlockKind::Table => "\t",
            _ => " ",
        };
        let joins = follows && (kind == BlockKind::Table || block.has(Block::CONTINUES));
        if joins
            && let Some(last) =
                self.blocks.last_mut().filter(|last| last.kind == kind && last.text.end == self.text.len())
        {
            self.text.push_str(joint);
            self.text.push_str(text);
            last.text.end = self.text.len();
            last.source = match (last.source.take(), source(block.source)) {
                (Some(a), Some(b)) => Some(a.start.min(b.start)..a.end.max(b.end)),
                (known, None) | (None, known) => known,
            };
            return;
        }
        let text = self.append(text);
        self.blocks.push(StoredBlock { kind, text, source: source(block.source) });
    }
}

/// Which blocks are cells of a table that is one: with two rows, and two cells in one of them. Others only lay out the page,
/// and what stands in them are paragraphs.
fn grid(blocks: &Blocks, decisions: &[Decision]) -> Vec<bool> {
    let mut grid = vec![false; blocks.items.len()];
    let is_cell = |index: usize| {
        decisions.get(index) == Some(&Decision::Body) && blocks.items.get(index).is_some_and(|b| b.kind == Kind::Cell)
    };
    let mut start = 0;
    while start < blocks.items.len() {
        let mut end = start;
        let (mut rows, mut columns) = (1, false);
        while is_cell(end) {
            let block = &blocks.items[end];
            if end > start {
                let new_row = block.has(Block::ROW_START);
                rows += usize::from(new_row);
                // A line break within a cell makes two blocks of one cell.
                columns |= !new_row && !same_cell(blocks, end - 1, end);
            }
            end += 1;
        }
        if let Some(cells) = grid.get_mut(start..end) {
            cells.fill(columns && rows > 1);
        }
        start = end + 1;
    }
    grid
}

/// Whether two blocks stand in one `<td>` or `<th>`; flattened tables have none, each of their blocks is a cell.
fn same_cell(blocks: &Blocks, a: usize, b: usize) -> bool {
    let cell = |index: usize| {
        let mut at = blocks.items[index].container;
        loop {
            let container = blocks.containers.get(at as usize)?;
            match container.tag {
                Tag::Td | Tag::Th => return Some(at),
                Tag::Table => return None,
                _ if container.parent == at => return None,
                _ => at = container.parent,
            }
        }
    };
    cell(a).is_some_and(|cell_of_a| cell(b) == Some(cell_of_a))
}

fn source(span: Span) -> Option<Range<usize>> {
    (!span.is_empty()).then(|| span.range())
}

fn kind(kind: Kind) -> BlockKind {
    match kind {
        Kind::Paragraph | Kind::Caption => BlockKind::Paragraph,
        Kind::Heading(level) => BlockKind::Heading(level),
        Kind::ListItem => BlockKind::ListItem,
        Kind::Quote => BlockKind::Quote,
        Kind::Code => BlockKind::Code,
        Kind::Cell => BlockKind::Table,
    }
}

#[cfg(test)]
mod tests {
    use crate::article::BlockKind::{self, Paragraph, Table};
    use crate::{Extractor, Page};

    fn kinds(html: &str) -> Vec<(BlockKind, String)> {
        let mut extractor = Extractor::new().keep("table").expect("a selector");
        let article = extractor.extract(Page::from(html)).expect("short enough");
        article.blocks().map(|block| (block.kind, block.text.to_owned())).collect()
    }

    #[test]
    fn tables() {
        let cases: [(&str, &str, &[(BlockKind, &str)]); 5] = [
            ("a table", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", &[(Table, "a\tb\nc\td")]),
            ("one row lays out", "<table><tr><td>One.<td>Two.</table>", &[(Paragraph, "One."), (Paragraph, "Two.")]),
            (
                "one column lays out",
                "<table><tr><td>One.<br><br>Two.<tr><td>Three.</table>",
                &[(Paragraph, "One."), (Paragraph, "Two."), (Paragraph, "Three.")],
            ),
            (
                "a break in a cell",
                "<table><tr><td><b>One.</b><br><br>Two.<tr><td>Three.</table>",
                &[(Paragraph, "One."), (Paragraph, "Two."), (Paragraph, "Three.")],
            ),
            (
                "near miss: a head over two columns",
                "<table><tr><td colspan=2>a<tr><td>b<td>c</table>",
                &[(Table, "a\nb\tc")],
            ),
        ];
        for (name, html, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
            assert_eq!(kinds(html), expected, "{name}");
        }
    }
}
