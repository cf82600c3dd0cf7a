//! Decisions to an article: the last step before the caller.

use crate::article::{BlockKind, StoredBlock, StoredStruck};
use crate::block::{Block, Blocks, Kind};
use crate::select::Decision;
use crate::span::Span;
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

/// Puts the blocks where the decisions say. Cells of one table become one block, sentences of one paragraph too.
pub(crate) fn assemble(blocks: &Blocks, decisions: &[Decision], scores: &[f32]) -> Assembled {
    let mut out = Assembled::default();
    let mut before: Option<(usize, Decision)> = None;
    for (index, (block, decision)) in blocks.items.iter().zip(decisions).enumerate() {
        let text = blocks.text_of(index);
        match *decision {
            Decision::Body => {
                let follows = before == Some((index.wrapping_sub(1), Decision::Body));
                out.body_block(block, text, follows);
            }
            Decision::Caption => {
                let range = out.append(text);
                if !out.captions.iter().any(|known| out.text.get(known.clone()) == Some(text)) {
                    out.captions.push(range);
                }
            }
            Decision::Struck(reason) => {
                let text = out.append(text);
                let score = scores.get(index).copied().unwrap_or_default();
                out.struck.push(StoredStruck { reason, text, source: source(block.source), score });
            }
        }
        before = Some((index, *decision));
    }
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
    fn body_block(&mut self, block: &Block, text: &str, follows: bool) {
        let kind = kind(block.kind);
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
