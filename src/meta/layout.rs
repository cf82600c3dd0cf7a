//! The blocks of a page as the search for metadata sees them.

use super::declared::Declared;
use super::fact::Field;
use super::hint::Hint;
use super::key::{hash, wide};
use crate::block::{Block, Blocks, Kind, Tag};
use crate::hashed::ByHash;
use crate::span::Recent;
use std::ops::Range;

/// Longest line looked at as a headline or a byline, in bytes.
pub(crate) const MAX_LINE: usize = 400;
/// Blocks that an element may hold and still be called by its class word `author`, `date` or `title`.
const MAX_NAMED: usize = 8;
/// Share of the page's blocks from which on an element is the page itself, whatever its class says.
const PAGE_SHARE: f32 = 0.6;
/// Lines of a template's code before the first line of text.
const MAX_CODE: usize = 20;
/// Columns of text that make a block speak for the body: shorter ones are mostly furniture.
const PROSE: i64 = 70;
/// What one block can say for the body at most, so that one giant line does not decide alone.
const MAX_VOTE: i64 = 500;

/// One block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    /// See [`hash`]; 0 if too long.
    pub(crate) hash: u64,
    /// Columns.
    pub(crate) width: u32,
    /// Whether any of its letters takes two.
    pub(crate) wide: bool,
    pub(crate) hint: Hint,
    /// How many blocks say the same.
    pub(crate) repeats: u16,
    pub(crate) hidden: bool,
    /// Mostly or wholly inside links.
    pub(crate) linked: bool,
    /// Inside `<header>`.
    pub(crate) header: bool,
}

/// A text that stands on the page.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// First line that says it.
    line: u32,
    /// How many do.
    count: u16,
}

/// The page at a glance.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) lines: Vec<Line>,
    /// Where the body seems to be.
    pub(crate) body: Range<usize>,
    /// First line for each hash.
    first: ByHash<Seen>,
    /// How many lines begin with a pair of words; counted where the page came without its head.
    heads: ByHash<u16>,
    /// The first line that is text and no template's code: of flattened pages often the page's title.
    pub(crate) opening: usize,
    /// The page came with its head, which declares titles; otherwise what is shown is all there is.
    pub(crate) marked_up: bool,
    /// Of each container; see [`read_hints`].
    hints: Vec<(Hint, bool)>,
}

impl Layout {
    /// Looks at a page, in place of the one before.
    pub(crate) fn read(&mut self, blocks: &Blocks, declared: &Declared) {
        read_hints(blocks, &mut self.hints);
        self.marked_up = declared.of(Field::Title).next().is_some();
        self.lines.clear();
        self.lines.reserve(blocks.items.len());
        self.first.clear();
        self.heads.clear();
        for (index, block) in (0u32..).zip(&blocks.items) {
            let text = blocks.text_of(index as usize);
            let (hint, header) = self.hints.get(block.container as usize).copied().unwrap_or_default();
            let wide = wide(text);
            let mut line = Line {
                width: u32::try_from(text.chars().count() + wide).unwrap_or(u32::MAX),
                wide: wide > 0,
                hint,
                header,
                hidden: block.has(Block::HIDDEN),
                linked: block.link_bytes as usize * 10 > block.text.len() * 8,
                ..Line::default()
            };
            if text.len() <= MAX_LINE {
                line.hash = hash(text);
                if line.hash != 0 {
                    let seen = self.first.entry(line.hash).or_insert(Seen { line: index, count: 0 });
                    seen.count = seen.count.saturating_add(1);
                }
            }
            if !self.marked_up
                && let Some(head) = head(text)
            {
                let count = self.heads.entry(hash(head)).or_insert(0);
                *count = count.saturating_add(1);
            }
            self.lines.push(line);
        }
        for line in &mut self.lines {
            line.repeats = self.first.get(&line.hash).map_or(1, |seen| seen.count);
        }
        let is_text = |&index: &usize| !is_code(blocks.text_of(index));
        self.opening = (0..blocks.items.len().min(MAX_CODE)).find(is_text).unwrap_or_default();
        self.body = self.densest(blocks);
    }

    /// The first line that says just what `text` says.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.first.get(&hash(text)).map(|seen| seen.line as usize)
    }

    /// How many lines begin with the first two words of `text`.
    pub(crate) fn heads(&self, text: &str) -> u16 {
        head(text).and_then(|head| self.heads.get(&hash(head))).copied().unwrap_or(0)
    }

    /// The run of blocks with the most text for its furniture.
    fn densest(&self, blocks: &Blocks) -> Range<usize> {
        let (mut best, mut range) = (0, 0..0);
        let (mut sum, mut start) = (0i64, 0);
        for (index, (line, block)) in self.lines.iter().zip(&blocks.items).enumerate() {
            let bytes = i64::from(line.width);
            let own = bytes - bytes * i64::from(block.link_bytes) / (block.text.len().max(1) as i64);
            let outside = line.hidden || line.hint.has(Hint::COMMENT) || line.hint.has(Hint::ASIDE);
            let vote = if outside { -PROSE } else { (own - PROSE).clamp(-PROSE, MAX_VOTE) };
            // A heading or a short line inside the body costs little.
            let vote = if matches!(block.kind, Kind::Heading(_)) { vote / 4 } else { vote };
            if sum <= 0 {
                (sum, start) = (0, index);
            }
            sum += vote;
            if sum > best {
                (best, range) = (sum, start..index + 1);
            }
        }
        range
    }
}

/// Whether a line is a template's code.
pub(crate) fn is_code(text: &str) -> bool {
    ["<%", "<?", "<!", "{%"].iter().any(|mark| text.starts_with(mark))
}

/// The first two words of a line, if it has as many.
fn head(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    let second = rest.split(' ').next().filter(|second| !second.is_empty())?;
    text.get(..first.len() + 1 + second.len())
}

/// Per container, what its own and its ancestors' words say, and whether it is in a `<header>`.
fn read_hints(blocks: &Blocks, hints: &mut Vec<(Hint, bool)>) {
    let page = blocks.items.len() as f32 * PAGE_SHARE;
    hints.clear();
    let mut said = Recent::default();
    for container in &blocks.containers {
        let (outer, outer_header) = hints.get(container.parent as usize).copied().unwrap_or_default();
        let words = || blocks.tokens.get(container.tokens.range()).unwrap_or_default();
        let mut own = said.of(container.tokens, || Hint::of_tokens(words()));
        if matches!(container.tag, Tag::Nav | Tag::Footer | Tag::Aside) {
            own = own.with(Hint::ASIDE);
        }
        if container.tag == Tag::Address {
            own = own.with(Hint::AUTHOR);
        }
        let held = container.blocks.len();
        if held as f32 > page && held > MAX_NAMED {
            own = Hint::default();
        } else if held > MAX_NAMED {
            own = Hint(own.0 & !(Hint::AUTHOR.0 | Hint::DATE.0 | Hint::TITLE.0));
        }
        hints.push((outer.with(own), outer_header || container.tag == Tag::Header));
    }
}
