//! The text way into blocks: pieces, and the containers that white space and marks tell of.

use super::piece::{Piece, Pieces, pieces};
use crate::block::{Block, Blocks, Container, Kind, Tag, token};
use crate::span::Span;

/// Columns of indentation that make one level.
const LEVEL: u16 = 2;
/// Deepest level that is told apart.
const MAX_LEVEL: u16 = 64;
/// Blank lines that part sections, if the page's paragraphs have none between them.
const SECTION_GAP: u16 = 2;
/// Columns of a paragraph whose distance to its neighbour is the page's habit.
const PROSE_BYTES: usize = 120;

/// Reads flattened text into `out`, which is cleared first.
pub(crate) fn blocks(text: &str, out: &mut Blocks) {
    out.clear();
    let mut read = Pieces { text: std::mem::take(&mut out.text), items: Vec::new() };
    read.text.reserve(text.len());
    pieces(text, 0, &mut read);
    out.containers.push(Container::root());
    let habit = habit(&read.items);
    let mut sections = Sections { out, section: 0, list: None, table: None, level: u16::MAX };
    for (index, piece) in read.items.iter().enumerate() {
        let parted = index == 0 || piece.gap > habit;
        let container = sections.of(piece, parted);
        sections.out.items.push(Block {
            text: piece.text,
            source: piece.source,
            kind: piece.kind,
            container,
            link_bytes: 0,
            flags: piece.flags,
        });
    }
    out.text = read.text;
    out.settle();
}

/// Blank lines between two long paragraphs, as most often seen; more of them part sections.
fn habit(items: &[Piece]) -> u16 {
    let mut seen = [0u32; 16];
    for pair in items.windows(2) {
        if pair[0].text.len() >= PROSE_BYTES && pair[1].text.len() >= PROSE_BYTES {
            seen[usize::from(pair[1].gap).min(15)] += 1;
        }
    }
    let most = (0u16..).zip(seen).max_by_key(|&(gap, count)| (count, std::cmp::Reverse(gap)));
    most.filter(|&(_, count)| count > 0).map_or(0, |(gap, _)| gap).max(SECTION_GAP - 1)
}

struct Sections<'a> {
    out: &'a mut Blocks,
    section: u32,
    list: Option<u32>,
    table: Option<u32>,
    level: u16,
}

impl Sections<'_> {
    /// The container for `piece`; a new section if it is `parted` from what stands before, or stands at another indentation.
    fn of(&mut self, piece: &Piece, parted: bool) -> u32 {
        let level = (piece.indent / LEVEL).min(MAX_LEVEL);
        // Lists indent by their depth: that is no new section.
        let moved = level != self.level && piece.kind != Kind::ListItem;
        if parted || moved {
            self.section = self.add(0, Tag::Section, u64::from(level));
            (self.list, self.table) = (None, None);
        }
        if piece.kind != Kind::ListItem || moved || parted {
            self.level = level;
        }
        let section = self.section;
        match piece.kind {
            Kind::ListItem => {
                self.table = None;
                if self.list.is_none() {
                    self.list = Some(self.add(section, Tag::Ul, 0));
                }
                self.list.unwrap_or(section)
            }
            Kind::Cell => {
                self.list = None;
                if self.table.is_none() {
                    self.table = Some(self.add(section, Tag::Table, 0));
                }
                self.table.unwrap_or(section)
            }
            _ => {
                (self.list, self.table) = (None, None);
                section
            }
        }
    }

    fn add(&mut self, parent: u32, tag: Tag, salt: u64) -> u32 {
        let (depth, above) = self.out.containers.get(parent as usize).map_or((0, 0), |c| (c.depth, c.path));
        let path = token::mix(above, salt << 8 | tag as u64);
        let blocks = Span::default();
        self.out.containers.push(Container { parent, tag, depth: depth + 1, tokens: Span::default(), path, blocks });
        u32::try_from(self.out.containers.len() - 1).unwrap_or(u32::MAX)
    }
}
