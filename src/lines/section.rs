//! Turns flattened text into blocks, with containers derived from white space, marks and shape.
//!
//! Later stages judge a block by its containers, so flattened text gets some too: the core and the regions before and
//! after it; inside these, sections separated by blank lines or indentation; inside those, lists, menus and tables.

use super::core::core;
use super::line::width;
use super::mail::Mail;
use super::markdown::Markdown;
use super::piece::{Piece, Pieces, markdown_pieces, pieces};
use super::sentence::is_ended;
use crate::block::{Block, Blocks, Container, Kind, Tag, token};
use crate::span::Span;

/// Columns of indentation per level.
const LEVEL_COLUMNS: u16 = 2;
/// Maximum level; deeper indentation counts as this level.
const MAX_LEVEL: u16 = 64;
/// Minimum number of blank lines between sections, if fewer separate the paragraphs of the page.
const SECTION_GAP_LINES: u16 = 2;
/// Minimum length in bytes of a paragraph whose distance to the next one counts for [`habit`].
const PROSE_BYTES: usize = 120;
/// Maximum columns of a menu item without a bullet, and minimum number of such items in a menu.
const ITEM_COLUMNS: u32 = 60;
const MENU_ITEMS: usize = 4;

/// Reads flattened text into `out`, which is cleared first.
pub(crate) fn blocks(text: &str, out: &mut Blocks) {
    let mut read = room(text.len(), out);
    pieces(text, 0, &mut read);
    lay_out(read, out);
}

/// Like [`blocks`], without the header of an e-mail.
pub(crate) fn mail_blocks(text: &str, mail: &Mail, out: &mut Blocks) {
    let mut read = room(text.len(), out);
    pieces(text.get(mail.end..).unwrap_or_default(), u32::try_from(mail.end).unwrap_or(u32::MAX), &mut read);
    lay_out(read, out);
}

/// Like [`blocks`], for a Markdown page, which also says what was linked.
pub(crate) fn markdown_blocks(page: &Markdown, out: &mut Blocks) {
    let mut read = room(page.text.len(), out);
    markdown_pieces(&page.text, &mut read);
    lay_out(read, out);
    let (mut link, mut place) = (0, 0);
    for block in &mut out.items {
        let Span { start, end } = block.source;
        while page.links.get(link).is_some_and(|link| link.end <= start) {
            link += 1;
        }
        let linked = page.links.get(link..).unwrap_or_default().iter().take_while(|link| link.start < end);
        block.link_bytes = linked.map(|link| link.end.min(end).saturating_sub(link.start.max(start))).sum();
        let from = page.place(start as usize, &mut place);
        let to = page.place(end as usize, &mut place);
        block.source = Span::new(from, to);
    }
}

/// Clears `out` and reuses its buffers for the pieces of a text of `length` bytes.
fn room(length: usize, out: &mut Blocks) -> Pieces {
    out.clear();
    let mut read =
        Pieces { text: std::mem::take(&mut out.text), breaks: std::mem::take(&mut out.breaks), ..Pieces::default() };
    read.text.reserve(length);
    read
}

fn lay_out(read: Pieces, out: &mut Blocks) {
    out.containers.push(Container::root());
    let habit = habit(&read.items);
    let core = core(&read.items, &read.text);
    let menu = menus(&read);
    let mut sections = Sections { out, region: 0, section: 0, group: None, level: u16::MAX };
    for (index, piece) in read.items.iter().enumerate() {
        if index == 0 || index == core.start || index == core.end {
            sections.region(if core.contains(&index) { Tag::Main } else { Tag::Section });
        }
        let group = match piece.kind {
            Kind::ListItem => Some(Tag::Ul),
            Kind::Cell => Some(Tag::Table),
            _ if menu.get(index) == Some(&true) => Some(Tag::Menu),
            _ => None,
        };
        let container = sections.of(piece, piece.gap > habit, group);
        sections.out.marks.extend(piece.mark(index));
        let block = u32::try_from(index).ok();
        sections.out.columns.extend(block.zip(piece.column));
        sections.out.items.push(Block {
            text: piece.text,
            source: piece.source,
            kind: piece.kind,
            container,
            link_bytes: 0,
            flags: piece.flags,
        });
    }
    (out.text, out.breaks) = (read.text, read.breaks);
    out.settle();
}

/// The most frequent number of blank lines between two long paragraphs. More than that separates sections.
fn habit(items: &[Piece]) -> u16 {
    let mut seen = [0u32; 16];
    for pair in items.windows(2) {
        if pair[0].text.len() >= PROSE_BYTES && pair[1].text.len() >= PROSE_BYTES {
            seen[usize::from(pair[1].gap).min(15)] += 1;
        }
    }
    let most = (0u16..).zip(seen).max_by_key(|&(gap, count)| (count, std::cmp::Reverse(gap)));
    most.filter(|&(_, count)| count > 0).map_or(0, |(gap, _)| gap).max(SECTION_GAP_LINES - 1)
}

/// Which pieces belong to a run of short lines that do not end like a sentence.
fn menus(read: &Pieces) -> Vec<bool> {
    let is_item = |piece: &Piece| {
        let text = read.text.get(piece.text.range()).unwrap_or_default();
        piece.kind == Kind::Paragraph && width(text) <= ITEM_COLUMNS && !is_ended(text)
    };
    let mut out: Vec<bool> = read.items.iter().map(is_item).collect();
    for run in out.chunk_by_mut(|a, b| a == b) {
        if run.len() < MENU_ITEMS {
            run.fill(false);
        }
    }
    out
}

struct Sections<'a> {
    out: &'a mut Blocks,
    region: u32,
    section: u32,
    /// The current list, menu or table in the section.
    group: Option<(Tag, u32)>,
    /// Indentation level of the section; [`u16::MAX`] before the first one.
    level: u16,
}

impl Sections<'_> {
    fn region(&mut self, tag: Tag) {
        self.region = self.add(0, tag, 0);
        self.level = u16::MAX;
    }

    /// The container for `piece`. Opens a new section if `is_separate`, or if the indentation level changes.
    fn of(&mut self, piece: &Piece, is_separate: bool, group: Option<Tag>) -> u32 {
        let level = (piece.indent / LEVEL_COLUMNS).min(MAX_LEVEL);
        // Nested lists are indented: that is no new section.
        let moved = level != self.level && (piece.kind != Kind::ListItem || self.level == u16::MAX);
        if is_separate || moved {
            self.section = self.add(self.region, Tag::Section, u64::from(level));
            self.group = None;
            self.level = level;
        }
        match (group, self.group) {
            (None, _) => {
                self.group = None;
                self.section
            }
            (Some(tag), Some((open, container))) if tag == open => container,
            (Some(tag), _) => {
                let container = self.add(self.section, tag, 0);
                self.group = Some((tag, container));
                container
            }
        }
    }

    fn add(&mut self, parent: u32, tag: Tag, salt: u64) -> u32 {
        let (depth, above) = self.out.containers.get(parent as usize).map_or((0, 0), |c| (c.depth, c.path));
        let path = token::mix(above, salt << 8 | tag as u64);
        let blocks = Span::default();
        self.out.containers.push(Container {
            parent,
            tag,
            depth: depth + 1,
            pictured: false,
            tokens: Span::default(),
            path,
            blocks,
        });
        u32::try_from(self.out.containers.len() - 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks, each as `tags of its containers from the root down: text`.
    fn shown(text: &str) -> Vec<String> {
        let mut blocks = Blocks::default();
        super::blocks(text, &mut blocks);
        let way = |mut at: u32| {
            let mut tags = Vec::new();
            while at != 0 {
                let container = &blocks.containers[at as usize];
                tags.push(format!("{:?}", container.tag));
                at = container.parent;
            }
            tags.reverse();
            tags.join(" ")
        };
        let line = |(index, block): (usize, &Block)| format!("{}: {}", way(block.container), blocks.text_of(index));
        blocks.items.iter().enumerate().map(line).collect()
    }

    #[test]
    fn containers() {
        let prose = "The sun rose over the hills and nobody was there to see how it did so, as on every day before.";
        assert_eq!(
            shown(&format!("- Home\n- News\n\n{prose}\n{prose}\n\n\n\nOne\nTwo\nThree\nFour\n")),
            [
                "Section Section Ul: Home".to_owned(),
                "Section Section Ul: News".to_owned(),
                format!("Main Section: {prose}"),
                format!("Main Section: {prose}"),
                "Section Section Menu: One".to_owned(),
                "Section Section Menu: Two".to_owned(),
                "Section Section Menu: Three".to_owned(),
                "Section Section Menu: Four".to_owned(),
            ]
        );
        // The numbering of a list continues after sub-items.
        assert_eq!(
            shown("1. One\n- a\n- b\n2. Two"),
            ["Section Section Ul: One", "Section Section Ul: a", "Section Section Ul: b", "Section Section Ul: Two"]
        );
        assert_eq!(shown("1. One\nTwo\n2. Three")[0], "Section Section: 1. One");
        // Near misses: three lines are no menu; one column of indentation makes no section.
        assert_eq!(
            shown("One\n Two\nThree"),
            ["Section Section: One", "Section Section: Two", "Section Section: Three"]
        );
        assert_eq!(shown(""), [""; 0]);
    }
}
