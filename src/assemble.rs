//! Decisions to an article: the last step before the caller.

mod levels;

use crate::article::{BlockKind, Level, LevelKind, StoredBlock, StoredStruck};
use crate::block::{Block, Blocks, CellPlace, Kind};
use crate::select::{Decision, Selection};
use crate::span::Span;
use levels::Levels;
use std::collections::HashSet;
use std::ops::Range;

/// The text of an article and what stands where in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assembled {
    pub(crate) text: String,
    pub(crate) body: String,
    pub(crate) blocks: Vec<StoredBlock>,
    pub(crate) levels: Vec<Level>,
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
pub(crate) fn assemble(blocks: &Blocks, selection: &Selection, scores: &[f32]) -> Assembled {
    let decisions = &selection.decisions;
    let count = |is: fn(&Decision) -> bool| decisions.iter().filter(|decision| is(decision)).count();
    let mut out = Assembled {
        text: String::with_capacity(blocks.text.len()),
        blocks: Vec::with_capacity(count(|decision| *decision == Decision::Body)),
        struck: Vec::with_capacity(count(|decision| matches!(decision, Decision::Struck(_)))),
        ..Assembled::default()
    };
    let mut captions = HashSet::new();
    let mut levels = Levels::of(blocks, decisions);
    let mut tables = selection.tables.iter().peekable();
    let mut before: Option<(usize, Decision)> = None;
    for (index, (block, decision)) in blocks.items.iter().zip(decisions).enumerate() {
        let text = blocks.text_of(index);
        match *decision {
            Decision::Body => {
                let follows = before == Some((index.wrapping_sub(1), Decision::Body));
                while tables.next_if(|table| table.blocks.end <= index).is_some() {}
                match tables.peek().and_then(|table| Some((*table, table.place(index)?))) {
                    Some((table, place)) => {
                        let last = index.checked_sub(1).filter(|_| follows).and_then(|last| table.place(last));
                        if last.is_none() {
                            out.begin(block, BlockKind::Table, levels.enter(levels.of_container(table.container)));
                        }
                        out.cell(block, text, last, place);
                    }
                    None if follows && block.has(Block::CONTINUES) => out.join(block, [" ", text]),
                    None => {
                        let inside = levels.enter(levels.of_block(blocks, index));
                        out.begin(block, kind(block.kind, inside.last()), inside);
                        out.join(block, [text]);
                    }
                }
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

    /// Begins a block without text.
    fn begin(&mut self, block: &Block, kind: BlockKind, inside: impl IntoIterator<Item = Level>) {
        let start = self.levels.len();
        self.levels.extend(inside);
        let (text, levels) = (self.append(""), start..self.levels.len());
        self.blocks.push(StoredBlock { kind, text, levels, source: source(block.source) });
    }

    /// Adds what stands in a cell to its table; `last` is where in it the block before stands. Cells that were passed over are empty,
    /// rows that were are left out.
    fn cell(&mut self, block: &Block, text: &str, last: Option<CellPlace>, place: CellPlace) {
        let empty = |from: u32| "\t".repeat(place.column.saturating_sub(from) as usize);
        match last {
            None => self.join(block, [&empty(0), text]),
            Some(last) if last == place => self.join(block, [" ", text]),
            Some(last) if last.row == place.row => self.join(block, [&empty(last.column), text]),
            Some(_) => self.join(block, ["\n", &empty(0), text]),
        }
    }

    /// Adds a block's text to the block begun last.
    fn join<'t>(&mut self, block: &Block, text: impl IntoIterator<Item = &'t str>) {
        let Some(last) = self.blocks.last_mut() else { return };
        self.text.extend(text);
        last.text.end = self.text.len();
        last.source = match (last.source.take(), source(block.source)) {
            (Some(a), Some(b)) => Some(a.start.min(b.start)..a.end.max(b.end)),
            (known, None) | (None, known) => known,
        };
    }
}

fn source(span: Span) -> Option<Range<usize>> {
    (!span.is_empty()).then(|| span.range())
}

/// What a block is whose innermost level is `level`, which makes of text what it is.
fn kind(kind: Kind, level: Option<&Level>) -> BlockKind {
    match (kind, level.map(|level| level.kind)) {
        (Kind::Heading(level), _) => BlockKind::Heading(level),
        (Kind::Code, _) => BlockKind::Code,
        (_, None) => BlockKind::Paragraph,
        (_, Some(LevelKind::Quote)) => BlockKind::Quote,
        (_, Some(_)) => BlockKind::ListItem,
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
        let words = "Words of a column.".to_owned() + &" And more.".repeat(100);
        let long = format!("<table><tr><td>a<td>b<tr><td>c<td>{words}</table>");
        let cases: [(&str, &str, &[(BlockKind, &str)]); 16] = [
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
            ("empty cells", "<table><tr><td><td>a<tr><td>b<td><td>c</table>", &[(Table, "\ta\nb\t\tc")]),
            (
                "a cell over two columns",
                "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
                &[(Table, "a\t\tb\nc\td\te")],
            ),
            (
                "a cell over two rows",
                "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d</table>",
                &[(Table, "a\tb\n\tc\nd")],
            ),
            (
                "paragraphs in cells",
                "<table><tr><td><p>a<p>b<td><div>c</div><tr><td><ul><li>d</ul><td>e</table>",
                &[(Table, "a b\tc\nd\te")],
            ),
            (
                "a table in a table",
                "<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table><tr><td>f<td>g</table>",
                &[(Paragraph, "a"), (Table, "b\tc\nd\te"), (Paragraph, "f"), (Paragraph, "g")],
            ),
            (
                "near miss: headings lay out",
                "<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>",
                &[(BlockKind::Heading(2), "a"), (Paragraph, "b"), (Paragraph, "c"), (Paragraph, "d")],
            ),
            (
                "near miss: columns of paragraphs lay out",
                "<table><tr><td>a<td>b<tr><td>c<td><p>1<p>2<p>3<p>4<p>5<p>6<p>7</table>",
                &["a", "b", "c", "1", "2", "3", "4", "5", "6", "7"].map(|text| (Paragraph, text)),
            ),
            (
                "near miss: cards and posts",
                "<table><tr><td>2 May<td>#2<tr><td><p>Ann<p>Joined 2020<p>12 posts<td>Hi</table>",
                &["2 May", "#2", "Ann", "Joined 2020", "12 posts", "Hi"].map(|text| (Paragraph, text)),
            ),
            (
                "near miss: a text lays out",
                &long,
                &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "c"), (Paragraph, &words)],
            ),
            (
                "spans no table has",
                "<table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b<tr><td>c<td>d</table>",
                &[(Table, "a\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tb\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tc\td")],
            ),
            (
                "spans that are none",
                "<table><tr><td colspan=0 rowspan=-1>a<td colspan=x>b<tr><td>c<td>d</table>",
                &[(Table, "a\tb\nc\td")],
            ),
        ];
        for (name, html, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
            assert_eq!(kinds(html), expected, "{name}");
        }
    }
}
