//! The blocks of a page as the search for metadata sees them.

use super::declared::Declared;
use super::fact::FactField;
use super::hint::Hint;
use super::key::{hash, wide};
use crate::block::{Block, Blocks, Kind, Tag};
use crate::hashed::ByHash;
use crate::span::Recent;
use std::ops::Range;

/// Longest line that may be a headline or a byline, in bytes.
pub(crate) const MAX_LINE: usize = 400;
/// Most blocks in an element whose class words `author`, `date` and `title` are believed.
const MAX_NAMED: usize = 8;
/// An element with more than this share of the page's blocks is the page itself, whatever its class says.
const PAGE_SHARE: f32 = 0.6;
/// Most lines of template code before the first line of text.
const MAX_CODE: usize = 20;
/// Columns of text from which a block counts for the body: shorter blocks are mostly furniture.
const PROSE: i64 = 70;
/// Largest vote of one block for the body, so that one giant line does not decide alone.
const MAX_VOTE: i64 = 500;

/// One block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    /// See [`hash`]; 0 if the line is too long.
    pub(crate) hash: u64,
    /// Width in columns.
    pub(crate) width: u32,
    /// Whether any letter takes two columns.
    pub(crate) wide: bool,
    pub(crate) hint: Hint,
    /// How many blocks have the same text.
    pub(crate) repeats: u16,
    pub(crate) hidden: bool,
    /// Mostly or wholly inside links.
    pub(crate) linked: bool,
    /// Inside `<header>`.
    pub(crate) header: bool,
}

/// A text of the page, by its hash.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The first line with this text.
    line: u32,
    /// How many lines have it.
    count: u16,
    /// Whether one of them is a link.
    linked: bool,
}

/// The page at a glance.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) lines: Vec<Line>,
    /// The likely place of the body.
    pub(crate) body: Range<usize>,
    /// First line for each hash.
    first: ByHash<Seen>,
    /// How many lines begin with a pair of words, by its hash; counted only if the page came without its head.
    heads: ByHash<u16>,
    /// The first line that is not template code: on flattened pages often the page's title.
    pub(crate) opening: usize,
    /// The page came with its head, which declares titles; otherwise only the text shown is known.
    pub(crate) marked_up: bool,
    /// The hints of each container; see [`read_hints`].
    hints: Vec<ContainerHint>,
}

/// What a container and those around it say of the blocks inside.
#[derive(Clone, Copy, Debug, Default)]
struct ContainerHint {
    words: Hint,
    /// Inside `<header>`.
    header: bool,
    /// Inside `<article>`.
    article: bool,
}

impl Layout {
    /// Reads a page, replacing the previous one.
    pub(crate) fn read(&mut self, blocks: &Blocks, declared: &Declared) {
        read_hints(blocks, &mut self.hints);
        self.marked_up = declared.of(FactField::Title).next().is_some();
        self.lines.clear();
        self.lines.reserve(blocks.items.len());
        self.first.clear();
        self.heads.clear();
        for (index, block) in (0u32..).zip(&blocks.items) {
            let text = blocks.text_of(index as usize);
            let ContainerHint { words: hint, header, .. } =
                self.hints.get(block.container as usize).copied().unwrap_or_default();
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
                    let seen = self.first.entry(line.hash).or_insert(Seen { line: index, ..Seen::default() });
                    seen.count = seen.count.saturating_add(1);
                    seen.linked |= line.linked;
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

    /// The first line with the hash of `text`.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.first.get(&hash(text)).map(|seen| seen.line as usize)
    }

    /// Whether the page has a link with this text.
    pub(crate) fn is_link(&self, text: &str) -> bool {
        self.first.get(&hash(text)).is_some_and(|seen| seen.linked)
    }

    /// How many lines begin with the first two words of `text`.
    pub(crate) fn heads(&self, text: &str) -> u16 {
        head(text).and_then(|head| self.heads.get(&hash(head))).copied().unwrap_or(0)
    }

    /// The run of blocks with the most text and the least furniture, by the sum of their votes.
    fn densest(&self, blocks: &Blocks) -> Range<usize> {
        let (mut best, mut range) = (0, 0..0);
        let (mut sum, mut start) = (0i64, 0);
        for (index, (line, block)) in self.lines.iter().zip(&blocks.items).enumerate() {
            let bytes = i64::from(line.width);
            let own = bytes - bytes * i64::from(block.link_bytes) / (block.text.len().max(1) as i64);
            let outside = line.hidden || line.hint.has(Hint::COMMENT) || line.hint.has(Hint::ASIDE);
            let vote = if outside { -PROSE } else { (own - PROSE).clamp(-PROSE, MAX_VOTE) };
            // A heading inside the body costs little.
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

/// Whether a line is template code.
pub(crate) fn is_code(text: &str) -> bool {
    ["<%", "<?", "<!", "{%"].iter().any(|mark| text.starts_with(mark))
}

/// The first two words of a line, if it has two.
fn head(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    let second = rest.split(' ').next().filter(|second| !second.is_empty())?;
    text.get(..first.len() + 1 + second.len())
}

/// For each container, the hints in its own and its ancestors' words, and whether it is in a `<header>`.
fn read_hints(blocks: &Blocks, hints: &mut Vec<ContainerHint>) {
    let page = blocks.items.len() as f32 * PAGE_SHARE;
    hints.clear();
    let mut said = Recent::default();
    for container in &blocks.containers {
        let outer = hints.get(container.parent as usize).copied().unwrap_or_default();
        let words = || blocks.tokens.get(container.tokens.range()).unwrap_or_default();
        let mut own = said.of(container.tokens, || Hint::of_tokens(words()));
        if container.tag == Tag::Footer && outer.article {
            // The foot of a post, where blogs state its author and date, is called `entry-footer` and the like.
            own = own.without(Hint::ASIDE);
        } else if matches!(container.tag, Tag::Nav | Tag::Footer | Tag::Aside) {
            own = own.with(Hint::ASIDE);
        }
        if container.tag == Tag::Address {
            own = own.with(Hint::AUTHOR);
        }
        let held = container.blocks.len();
        if held as f32 > page && held > MAX_NAMED {
            own = Hint::default();
        } else if held > MAX_NAMED {
            own = own.without(Hint::AUTHOR.with(Hint::DATE).with(Hint::TITLE));
        }
        hints.push(ContainerHint {
            words: outer.words.with(own),
            header: outer.header || container.tag == Tag::Header,
            article: outer.article || container.tag == Tag::Article,
        });
    }
}
