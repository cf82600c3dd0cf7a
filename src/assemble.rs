//! Assembles the text of an article from the decisions on its blocks.

mod levels;

use crate::article::{BlockKind, Level, LevelKind, StoredBlock, StoredStruck};
use crate::block::{Block, Blocks, CellPlace, Kind, Table};
use crate::select::{Decision, Selection};
use crate::span::Span;
use levels::Levels;
use std::collections::HashSet;
use std::iter::{once, repeat_n};
use std::ops::Range;

/// The text of a page and the ranges of its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assembled {
    /// See [`crate::article::Article::buffer`].
    pub(crate) buffer: String,
    pub(crate) body: String,
    pub(crate) blocks: Vec<StoredBlock>,
    pub(crate) levels: Vec<Level>,
    pub(crate) captions: Vec<Range<usize>>,
    pub(crate) struck: Vec<StoredStruck>,
}

impl Assembled {
    /// Drops all source ranges, for a page whose text the caller does not have.
    pub(crate) fn forget_sources(&mut self) {
        self.blocks.iter_mut().for_each(|block| block.source = None);
        self.struck.iter_mut().for_each(|struck| struck.source = None);
    }
}

/// Sorts the blocks by the decisions on them. The cells of a table become one block, and so do the parts of a
/// paragraph.
pub(crate) fn assemble(blocks: &Blocks, selection: &Selection, scores: &[f32]) -> Assembled {
    let decisions = &selection.decisions;
    let count = |is: fn(&Decision) -> bool| decisions.iter().filter(|decision| is(decision)).count();
    let mut out = Assembled {
        buffer: String::with_capacity(blocks.text.len()),
        blocks: Vec::with_capacity(count(|decision| *decision == Decision::Body)),
        struck: Vec::with_capacity(count(|decision| matches!(decision, Decision::Struck(_)))),
        ..Assembled::default()
    };
    let mut leftovers = Leftovers { blocks, decisions, scores, captions: HashSet::new() };
    let mut levels = Levels::of(blocks, decisions);
    let mut tables = selection.tables.iter().peekable();
    // The open table and the place of its last kept block. Its other blocks wait until its end, so as not to divide it.
    let mut open: Option<(&Table, CellPlace)> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for (index, (block, decision)) in blocks.items.iter().zip(decisions).enumerate() {
        if open.is_some_and(|(table, _)| table.blocks.end <= index) {
            open = None;
            waiting.drain(..).for_each(|index| leftovers.put(&mut out, index));
        }
        if *decision != Decision::Body {
            match open {
                Some(_) => waiting.push(index),
                None => leftovers.put(&mut out, index),
            }
            continue;
        }
        let text = blocks.text_of(index);
        while tables.next_if(|table| table.blocks.end <= index).is_some() {}
        match tables.peek().and_then(|table| Some((*table, table.place(index)?))) {
            Some((table, place)) => {
                if open.is_none() {
                    let innermost = levels.of_container(table.container);
                    levels.enter(innermost, &mut out.levels);
                    out.begin(block, |_| BlockKind::Table);
                }
                let separator = if continues_list(blocks, index) { "; " } else { " " };
                out.cell(block, text, separator, open.map(|(_, place)| place), place);
                open = Some((table, place));
            }
            None if follows_body(decisions, index) && block.has(Block::CONTINUES) => out.join(block, [" ", text]),
            None => {
                let innermost = levels.of_block(blocks, index);
                levels.enter(innermost, &mut out.levels);
                out.begin(block, |level| kind(block.kind, level));
                out.join(block, [text]);
            }
        }
    }
    waiting.drain(..).for_each(|index| leftovers.put(&mut out, index));
    out.body.reserve(out.blocks.iter().map(|block| block.text.len() + 2).sum());
    for block in &out.blocks {
        if !out.body.is_empty() {
            out.body.push_str("\n\n");
        }
        out.body.push_str(out.buffer.get(block.text.clone()).unwrap_or_default());
    }
    out
}

/// Whether the block before `index` is body too.
fn follows_body(decisions: &[Decision], index: usize) -> bool {
    index.checked_sub(1).is_some_and(|before| decisions.get(before) == Some(&Decision::Body))
}

/// Whether a block is a list item after another one without punctuation at its end, so that a separator is needed if
/// both are on one line.
fn continues_list(blocks: &Blocks, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).filter(|&before| blocks.items[before].kind == Kind::ListItem) else {
        return false;
    };
    blocks.items[index].kind == Kind::ListItem && blocks.text_of(before).ends_with(char::is_alphanumeric)
}

/// Collects what is not body: captions and struck blocks.
struct Leftovers<'a> {
    blocks: &'a Blocks,
    decisions: &'a [Decision],
    scores: &'a [f32],
    /// The captions so far. Repeated ones are left out.
    captions: HashSet<&'a str>,
}

impl Leftovers<'_> {
    fn put(&mut self, out: &mut Assembled, index: usize) {
        let range = out.append(self.blocks.text_of(index));
        match self.decisions[index] {
            Decision::Body => {}
            Decision::Caption => {
                if self.captions.insert(self.blocks.text_of(index)) {
                    out.captions.push(range);
                }
            }
            Decision::Struck(reason) => {
                let source = source(self.blocks.items[index].source);
                let score = self.scores.get(index).copied().unwrap_or_default();
                out.struck.push(StoredStruck { reason, text: range, source, score, clues: Vec::new() });
            }
        }
    }
}

impl Assembled {
    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        start..self.buffer.len()
    }

    /// Begins a block without text. Its levels are those added since the last block; `kind` is given the innermost.
    fn begin(&mut self, block: &Block, kind: impl FnOnce(Option<&Level>) -> BlockKind) {
        let levels = self.blocks.last().map_or(0, |last| last.levels.end)..self.levels.len();
        let kind = kind(self.levels.get(levels.clone()).and_then(<[Level]>::last));
        let text = self.append("");
        self.blocks.push(StoredBlock { kind, text, levels, source: source(block.source) });
    }

    /// Adds a block to its table. `last` is the place of the previous block in the table; if both are in the same cell,
    /// `separator` is put between them. Skipped cells become empty cells, skipped rows are left out.
    fn cell(&mut self, block: &Block, text: &str, separator: &str, last: Option<CellPlace>, place: CellPlace) {
        let (lead, from) = match last {
            None => ("", 0),
            Some(last) if last == place => (separator, place.column),
            Some(last) if last.row == place.row => ("", last.column),
            Some(_) => ("\n", 0),
        };
        let empty = repeat_n("\t", place.column.saturating_sub(from) as usize);
        self.join(block, once(lead).chain(empty).chain(once(text)));
    }

    /// Adds the text of a block to the last block.
    fn join<'t>(&mut self, block: &Block, text: impl IntoIterator<Item = &'t str>) {
        let Some(last) = self.blocks.last_mut() else { return };
        self.buffer.extend(text);
        last.text.end = self.buffer.len();
        last.source = match (last.source.take(), source(block.source)) {
            (Some(a), Some(b)) => Some(a.start.min(b.start)..a.end.max(b.end)),
            (known, None) | (None, known) => known,
        };
    }
}

fn source(span: Span) -> Option<Range<usize>> {
    (!span.is_empty()).then(|| span.range())
}

/// The kind of a block. That of plain text depends on `level`, its innermost level.
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

    /// The body of a page, and what was struck.
    fn parts(html: &str) -> (String, Vec<String>) {
        let mut extractor = Extractor::new().keep("table").expect("a selector").strike(".n").expect("a selector");
        let article = extractor.extract(Page::from(html)).expect("short enough");
        (article.body().to_owned(), article.struck().map(|struck| struck.text.to_owned()).collect())
    }

    #[test]
    fn what_is_struck_of_a_table_does_not_part_it() {
        let cases: [(&str, &str, &str, &[&str]); 5] = [
            (
                "a column",
                "<table><tr><td>a<td class=n>x<td>b<tr><td>c<td class=n>y<td>d</table>",
                "a\t\tb\nc\t\td",
                &["x", "y"],
            ),
            ("a row", "<table><tr><td>a<td>b<tr class=n><td>x<td>y<tr><td>c<td>d</table>", "a\tb\nc\td", &["x", "y"]),
            (
                "a part of a cell",
                "<table><tr><td>a<div class=n>x</div><td>b<tr><td>c<td>d</table>",
                "a\tb\nc\td",
                &["x"],
            ),
            (
                "its beginning and end",
                "<table><tr><td class=n>x<td>b<tr><td>c<td class=n>y</table>",
                "\tb\nc",
                &["x", "y"],
            ),
            (
                "near miss: between two tables",
                "<table><tr><td>a<td>b<tr><td>c<td>d</table><p class=n>x</p><table><tr><td>e<td>f<tr><td>g<td>h</table>",
                "a\tb\nc\td\n\ne\tf\ng\th",
                &["x"],
            ),
        ];
        for (name, html, body, struck) in cases {
            assert_eq!(parts(html), (body.to_owned(), struck.iter().map(|&text| text.to_owned()).collect()), "{name}");
        }
    }

    fn kinds(html: &str) -> Vec<(BlockKind, String)> {
        let mut extractor = Extractor::new().keep("table").expect("a selector");
        let article = extractor.extract(Page::from(html)).expect("short enough");
        article.blocks().map(|block| (block.kind, block.text.to_owned())).collect()
    }

    #[test]
    fn tables() {
        let words = "Words of a column.".to_owned() + &" And more.".repeat(100);
        let long = format!("<table><tr><td>a<td>b<tr><td>c<td>{words}</table>");
        let post = "단풍이 절정이라 사람이 많았지만 공기가 맑아서 기분이 좋았습니다. 정상까지는 두 시간 걸렸습니다.";
        let board = format!("<table><tr><td>글쓴이<td>박하늘<td>조회<td>245<tr><td colspan=4>{post}</table>");
        let facts = "<table><tr><td>이름<td>해솔산<tr><td>높이<td>812 m<tr><td>설명<td>바다가 보이는 산이다</table>";
        let cases: [(&str, &str, &[(BlockKind, &str)]); 19] = [
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
                "lists in cells",
                "<table><tr><td>a<td><ul><li>b<li>c.<li>d</ul><tr><td>e<td>f</table>",
                &[(Table, "a\tb; c. d\ne\tf")],
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
            ("near miss: a post", &board, &["글쓴이", "박하늘", "조회", "245", post].map(|text| (Paragraph, text))),
            ("facts", facts, &[(Table, "이름\t해솔산\n높이\t812 m\n설명\t바다가 보이는 산이다")]),
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

    #[test]
    fn empty_cells_of_flattened_tables() {
        let prose = "The harbour master counted every crate of fruit that came ashore in the first week of May, and wrote it down. ";
        let [before, after] = [prose.repeat(3), prose.replace("May", "June").repeat(3)];
        let cases = [
            (
                "tabs",
                "Fruit\tSorts\tPrice\nApples\t\t3\nPears\tWilliams\t4",
                "Fruit\tSorts\tPrice\nApples\t\t3\nPears\tWilliams\t4",
            ),
            (
                "bars",
                "| Fruit | Sorts | Price |\n| --- | --- | --- |\n| | Elstar | 3 |\n| Pears | | 4 |",
                "Fruit\tSorts\tPrice\n\tElstar\t3\nPears\t\t4",
            ),
        ];
        for (name, table, expected) in cases {
            let page = format!("{before}\n\n{table}\n\n{after}");
            let article = Extractor::new().extract(Page::from(&*page)).expect("short enough");
            let tables: Vec<&str> =
                article.blocks().filter(|block| block.kind == Table).map(|block| block.text).collect();
            assert_eq!(tables, [expected], "{name}");
        }
    }
}
