//! Text outside all elements: the flattened part of a page that has tags left in it.

use super::{Block, Builder, Flow, NONE, NodeId, Span, Tag, breaks_in};
use crate::lines::{Piece, Pieces, are_paragraphs, pieces, trace};

/// A bare text of more bytes than this is part of a flattened page, even with an inline element beside it.
const BARE_PAGE: usize = 400;

/// How to read text outside all elements.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Bare<'a> {
    /// As HTML: line feeds are spaces.
    Inline,
    /// As flattened text: its lines are blocks. Holds the page, to find out where in it they stand.
    Lines(&'a str),
}

impl Builder<'_> {
    /// Whether a text stands directly in the body and is more than a few words between inline elements.
    pub(super) fn is_bare(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        self.stack.iter().all(|open| !open.inline && matches!(open.tag, Tag::Other | Tag::Html | Tag::Body))
            && (text.contains('\n') || text.len() > BARE_PAGE || !(self.flows_in(id) || self.flows_out(id)))
    }

    /// Whether a text in a box consists of paragraphs as lines: their tags were removed, but not the box around them.
    pub(super) fn holds_lines(&self, id: NodeId) -> bool {
        let is_boxed = self.stack.last().is_some_and(|open| {
            matches!(open.tag, Tag::Div | Tag::Section | Tag::Article | Tag::Main) && !open.context.link
        });
        is_boxed && self.stack.iter().all(|open| !open.inline) && are_paragraphs(self.dom.text(id))
    }

    /// Whether a text continues the line of the inline element before it.
    fn flows_in(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        let (before, _) = text.split_at(text.len() - text.trim_start().len());
        self.is_inline_node(self.dom.node(id).previous) && !before.contains('\n')
    }

    /// Whether the inline element after a text continues its line.
    fn flows_out(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        let (_, after) = text.split_at(text.trim_end().len());
        self.is_inline_node(self.dom.node(id).next) && !after.contains('\n')
    }

    fn is_inline_node(&self, id: NodeId) -> bool {
        id != NONE && self.dom.tag(id).is_some_and(|tag| self.flows(id, Flow::of(self.dom, id, tag)))
    }

    /// Whether an element of unknown name can be part of a sentence. In flattened text, `<WIRE 12 May>` is never closed
    /// and extends to the end of the page.
    pub(super) fn may_hold_phrase(&self, id: NodeId) -> bool {
        let first = self.dom.node(id).first_child;
        self.bare == Bare::Inline
            || first == NONE
            || self.dom.node(first).next == NONE && !self.dom.text(first).contains('\n')
    }

    /// Reads a text as lines. Each piece becomes a block, except for those that share a line with an inline element.
    pub(super) fn lines(&mut self, id: NodeId, page: &str, outer: u16) {
        let (text, source) = (self.dom.text(id), self.dom.node(id).source);
        let mut read = Pieces::default();
        pieces(text, 0, &mut read);
        trace(&mut read, text, page.get(source.range()).unwrap_or_default(), source.start);
        let flows_in = self.line.context.is_some() && self.flows_in(id);
        let last = read.items.len().checked_sub(1).filter(|_| self.flows_out(id));
        if !flows_in {
            self.flush();
        }
        let container = self.container(self.stack.len() - 1);
        for (index, piece) in read.items.iter().enumerate() {
            let text_of = read.text.get(piece.text.range()).unwrap_or_default();
            let joins = flows_in && index == 0;
            if joins || Some(index) == last {
                self.line.space |= text.starts_with(char::is_whitespace);
                self.flow(text_of, piece.source);
                if Some(index) == last {
                    self.line.space = text.ends_with(char::is_whitespace);
                } else {
                    self.flush();
                }
                continue;
            }
            let start = self.out.text.len();
            self.out.text.push_str(text_of);
            let text = Span::new(start, self.out.text.len());
            self.out.breaks.extend(breaks_in(&read.breaks, piece.text).map(|at| at + text.start));
            self.out.text.push('\n');
            let Piece { source, kind, flags, .. } = *piece;
            self.out.marks.extend(piece.mark(self.out.items.len()));
            self.out.items.push(Block { text, source, kind, container, link_bytes: 0, flags: flags | outer });
            self.line.start = self.out.text.len();
        }
    }

    /// Adds clean text to the block being read.
    fn flow(&mut self, text: &str, source: Span) {
        let Some(open) = self.stack.last() else { return };
        if self.line.context.is_none() {
            self.begin(open.context);
        } else if self.line.space {
            self.out.text.push(' ');
        }
        self.line.space = false;
        self.line.held = None;
        self.out.text.push_str(text);
        self.cover(source);
    }
}
