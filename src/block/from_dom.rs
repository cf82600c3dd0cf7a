//! HTML to blocks: one walk over the tree, without recursion.

mod run;
mod style;
mod unseen;

use super::{Block, Blocks, Container, Kind, Tag, breaks_in};
use crate::dom::rules::Hits;
use crate::dom::{Attr, Dom, NONE, NodeData, NodeId, ROOT};
use crate::lines::{Piece, Pieces, pieces, trace};
use crate::span::{Recent, Span};
use run::runs;
use style::Style;

/// Bytes of text after which a single `<br>` ends a block; below, it is a line of an address or a verse.
const BREAK_AFTER: usize = 60;

/// Depth of containers that are told apart; deeper elements count to their ancestor there.
const MAX_DEPTH: u16 = 256;

/// Bytes of a bare text that is part of a flattened page, even with an inline element beside it.
const BARE_PAGE: usize = 400;

/// How the text that stands outside all elements is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Bare<'a> {
    /// As HTML: line feeds are spaces.
    Inline,
    /// As flattened text that had tags left in it: its lines are blocks. With the page, to say where they stand in it.
    Lines(&'a str),
}

/// Reads all blocks of `dom` into `out`, which is cleared first. `hits` are what the caller's rules hit.
pub(crate) fn from_dom(dom: &Dom, bare: Bare<'_>, hits: &Hits, out: &mut Blocks) {
    out.clear();
    let mut builder = Builder::new(dom, bare, hits, out);
    let mut at = dom.following(ROOT, ROOT);
    while let Some(id) = at {
        builder.close_until(dom.node(id).parent);
        let enter = match dom.node(id).data {
            NodeData::Text(_) => {
                builder.text(id);
                true
            }
            NodeData::Element { tag, .. } => builder.open(id, tag),
            NodeData::Document => true,
        };
        at = if enter { dom.following(id, ROOT) } else { dom.following_skip(id, ROOT) };
    }
    builder.close_until(ROOT);
    builder.flush();
    builder.out.settle();
}

/// What an open element passes on to everything inside it.
#[derive(Clone, Copy, Debug)]
struct Context {
    flags: u16,
    kind: Kind,
    link: bool,
    preformatted: bool,
}

impl Context {
    /// Outside all elements.
    const PAGE: Context = Context { flags: 0, kind: Kind::Paragraph, link: false, preformatted: false };

    /// What an element of that name makes of it.
    fn inside(self, tag: Tag) -> Context {
        let mut context = self;
        match tag {
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                context.kind = Kind::Heading(1 + (tag as u8 - Tag::H1 as u8));
            }
            Tag::Pre => (context.kind, context.preformatted) = (Kind::Code, true),
            Tag::Li | Tag::Dt | Tag::Dd => context.kind = Kind::ListItem,
            Tag::Blockquote => context.kind = Kind::Quote,
            Tag::Td | Tag::Th => context.kind = Kind::Cell,
            Tag::Figcaption | Tag::Caption => context.kind = Kind::Caption,
            // A paragraph in a cell is a paragraph: tables that lay out a page are full of them.
            Tag::P | Tag::Div | Tag::Article | Tag::Section if context.kind == Kind::Cell => {
                context.kind = Kind::Paragraph;
            }
            Tag::A => context.link = true,
            Tag::Noscript => context.flags |= Block::NOSCRIPT,
            Tag::Template => context.flags |= Block::HIDDEN,
            Tag::Button | Tag::Label | Tag::Select | Tag::Option | Tag::Legend => context.flags |= Block::CONTROL,
            _ => {}
        }
        context
    }
}

#[derive(Debug)]
struct Open {
    node: NodeId,
    tag: Tag,
    inline: bool,
    /// Hidden inside a paragraph that is not: see [`Builder::asides`].
    aside: bool,
    /// Its container, once it holds a block.
    container: Option<u32>,
    context: Context,
}

struct Builder<'a> {
    dom: &'a Dom,
    bare: Bare<'a>,
    hits: &'a Hits,
    out: &'a mut Blocks,
    stack: Vec<Open>,
    /// Where the block being read begins in `out.text`.
    start: usize,
    /// How many of the open elements the block being read is wholly inside of.
    base: usize,
    /// The container of the inline element that held all of the block until it closed, if nothing came after it.
    held: Option<u32>,
    source: Span,
    link_bytes: usize,
    /// Kind, flags as they stood at the first text of the block.
    context: Option<Context>,
    /// Text inside the block being read that a browser would not show (the source of a formula, a longer form of a date):
    /// blocks of their own behind it, since the paragraph reads on without them.
    asides: Vec<Aside>,
    /// White space was read and not yet written.
    space: bool,
    /// The last thing read was a `<br>`.
    after_break: bool,
    /// An inline element with nothing between it and the next one was just closed.
    after_inline: bool,
    row_start: bool,
    styles: Recent<Style>,
    /// By their words in the tree: the tokens of containers with a single attribute that has any, which is most.
    tokens: Recent<Span>,
}

/// See [`Builder::asides`].
struct Aside {
    text: String,
    source: Span,
    flags: u16,
}

impl<'a> Builder<'a> {
    fn new(dom: &'a Dom, bare: Bare<'a>, hits: &'a Hits, out: &'a mut Blocks) -> Self {
        let root = Open {
            node: ROOT,
            tag: Tag::Other,
            inline: false,
            aside: false,
            container: Some(0),
            context: Context::PAGE,
        };
        out.containers.push(Container::root());
        Builder {
            dom,
            bare,
            hits,
            out,
            stack: vec![root],
            start: 0,
            base: 1,
            held: None,
            source: Span::default(),
            link_bytes: 0,
            context: None,
            asides: Vec::new(),
            space: false,
            after_break: false,
            after_inline: false,
            row_start: false,
            styles: Recent::default(),
            tokens: Recent::default(),
        }
    }

    /// Closes elements until `parent` is the innermost open one.
    fn close_until(&mut self, parent: NodeId) {
        while self.stack.len() > 1 && self.stack.last().is_some_and(|open| open.node != parent) {
            let inline = self.stack.last().is_some_and(|open| open.inline);
            if inline {
                if self.context.is_some() && self.held.is_none() && self.base == self.stack.len() {
                    self.held = Some(self.container(self.base - 1));
                }
                self.after_inline = self.stack.last().is_some_and(|open| glues(open.tag));
            } else {
                self.flush();
            }
            self.stack.pop();
            self.base = self.base.min(self.stack.len());
        }
    }

    /// Opens an element; `false` if nothing inside it is text of the page.
    fn open(&mut self, id: NodeId, tag: Tag) -> bool {
        match tag {
            Tag::Script
            | Tag::Style
            | Tag::Svg
            | Tag::Head
            | Tag::Iframe
            | Tag::Object
            | Tag::Audio
            | Tag::Video
            | Tag::Canvas
            | Tag::Datalist
            | Tag::Textarea
            | Tag::Rp
            | Tag::Rt => {
                // Some pages keep their fallback text in here, but no reader ever sees it. How a word is read stands above it.
                return false;
            }
            Tag::Br => {
                self.line_break();
                return false;
            }
            Tag::Hr => {
                self.flush();
                return false;
            }
            Tag::Pre if self.is_diagram(id) => return false,
            Tag::Img | Tag::Input | Tag::Wbr | Tag::Source | Tag::Link | Tag::Meta => {
                self.after_inline = false;
                return false;
            }
            _ => {}
        }
        let (outer, in_aside) = self.stack.last().map_or((Context::PAGE, false), |open| (open.context, open.aside));
        let mut context = outer.inside(tag);
        let mut inline = is_inline(tag);
        for attribute in self.dom.attributes(id) {
            match attribute.name {
                Attr::Hidden => context.flags |= Block::HIDDEN,
                Attr::AriaHidden if self.dom.value(attribute).eq_ignore_ascii_case("true") => {
                    context.flags |= Block::ARIA_HIDDEN;
                }
                Attr::Style => {
                    let style = self.styles.of(attribute.value, || Style::of(self.dom.value(attribute)));
                    context.flags |= if unseen::hides(self.dom, id, style) { Block::HIDDEN } else { 0 };
                    inline &= !style.is_block;
                }
                _ => {}
            }
        }
        if context.flags & !outer.flags & Block::HIDDEN != 0 && unseen::is_unseen(self.dom, id, tag) {
            context.flags |= Block::UNSEEN;
        }
        // The nearest rule counts; of two at one element the one that strikes.
        if self.hits.keep.contains(&id) {
            context.flags = context.flags & !Block::RULE_STRIKE | Block::RULE_KEEP;
        }
        if self.hits.strike.contains(&id) {
            context.flags = context.flags & !Block::RULE_KEEP | Block::RULE_STRIKE;
        }
        if inline {
            if self.after_inline && glues(tag) {
                self.space = true;
            }
        } else {
            self.flush();
            self.row_start |= tag == Tag::Tr;
        }
        let aside = inline && (in_aside || context.flags & !outer.flags & Block::HIDDEN != 0);
        self.stack.push(Open { node: id, tag, inline, aside, container: None, context });
        true
    }

    /// Whether it holds the source of a picture that a script (Mermaid) draws in its place.
    fn is_diagram(&self, id: NodeId) -> bool {
        let class = self.dom.attribute(id, Attr::Class).unwrap_or_default();
        class.split_ascii_whitespace().any(|name| matches!(name, "mermaid" | "language-mermaid"))
    }

    fn line_break(&mut self) {
        let preformatted = self.stack.last().is_some_and(|open| open.context.preformatted);
        if preformatted {
            self.out.text.push('\n');
        } else if self.after_break || self.out.text.len() - self.start > BREAK_AFTER {
            self.flush();
        } else {
            self.space = true;
            self.after_break = true;
        }
    }

    fn text(&mut self, id: NodeId) {
        let Some(open) = self.stack.last() else { return };
        let context = open.context;
        let text = self.dom.text(id);
        if open.aside {
            if self.context.is_none() && self.asides.is_empty() {
                self.base = self.stack.len();
            }
            let source = self.dom.node(id).source;
            let mut runs = runs(text).filter(|(run, _)| !run.is_empty()).map(|(run, _)| run);
            // What the caller's rules tell apart stays apart.
            if let Some(last) = self.asides.last_mut().filter(|last| (last.flags ^ context.flags) & Block::RULES == 0) {
                last.source = last.source.cover(source);
                last.flags |= context.flags;
                runs.for_each(|run| last.text.extend([" ", run]));
            } else if let Some(first) = runs.next() {
                let mut aside = Aside { text: first.to_owned(), source, flags: context.flags };
                runs.for_each(|run| aside.text.extend([" ", run]));
                self.asides.push(aside);
            }
            return;
        }
        if context.preformatted {
            self.begin(context);
            self.out.text.push_str(text);
            self.link_bytes += if context.link { text.len() } else { 0 };
            self.cover(self.dom.node(id).source);
            return;
        }
        if let Bare::Lines(page) = self.bare
            && self.is_bare(id)
        {
            self.lines(id, page);
            return;
        }
        let mut wrote = false;
        for (run, spaced) in runs(text) {
            self.space |= spaced;
            if run.is_empty() {
                continue;
            }
            wrote = true;
            if self.context.is_none() {
                self.begin(context);
            } else if self.space {
                self.out.text.push(' ');
            }
            self.space = false;
            self.held = None;
            self.out.text.push_str(run);
            if context.link {
                self.link_bytes += run.len() + 1;
            }
        }
        if wrote {
            self.after_break = false;
            self.after_inline = false;
            self.cover(self.dom.node(id).source);
        } else if self.space {
            self.after_inline = false;
        }
    }

    /// Whether a text stands directly in the body and is more than a few words between inline elements.
    fn is_bare(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        self.stack.iter().all(|open| matches!(open.tag, Tag::Other | Tag::Html | Tag::Body))
            && (text.contains('\n') || text.len() > BARE_PAGE || !(self.flows_in(id) || self.flows_out(id)))
    }

    /// Whether a text goes on in the line of the inline element before it.
    fn flows_in(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        let (before, _) = text.split_at(text.len() - text.trim_start().len());
        self.is_inline_node(self.dom.node(id).previous) && !before.contains('\n')
    }

    /// Whether the inline element behind a text goes on in its line.
    fn flows_out(&self, id: NodeId) -> bool {
        let text = self.dom.text(id);
        let (_, after) = text.split_at(text.trim_end().len());
        self.is_inline_node(self.dom.node(id).next) && !after.contains('\n')
    }

    fn is_inline_node(&self, id: NodeId) -> bool {
        id != NONE && self.dom.tag(id).is_some_and(is_inline)
    }

    /// Reads a bare text as lines, each piece a block, but for those that share their line with an inline element.
    fn lines(&mut self, id: NodeId, page: &str) {
        let (text, source) = (self.dom.text(id), self.dom.node(id).source);
        let mut read = Pieces::default();
        pieces(text, 0, &mut read);
        trace(&mut read, text, page.get(source.range()).unwrap_or_default(), source.start);
        let flows_in = self.context.is_some() && self.flows_in(id);
        let last = read.items.len().checked_sub(1).filter(|_| self.flows_out(id));
        if !flows_in {
            self.flush();
        }
        let container = self.container(self.stack.len() - 1);
        for (index, piece) in read.items.iter().enumerate() {
            let text_of = read.text.get(piece.text.range()).unwrap_or_default();
            let joins = flows_in && index == 0;
            if joins || Some(index) == last {
                self.space |= text.starts_with(char::is_whitespace);
                self.flow(text_of, piece.source);
                if Some(index) == last {
                    self.space = text.ends_with(char::is_whitespace);
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
            self.out.items.push(Block { text, source, kind, container, link_bytes: 0, flags: flags | Block::BARE });
            self.start = self.out.text.len();
        }
    }

    /// Adds clean text to the block being read.
    fn flow(&mut self, text: &str, source: Span) {
        let Some(open) = self.stack.last() else { return };
        if self.context.is_none() {
            self.begin(open.context);
        } else if self.space {
            self.out.text.push(' ');
        }
        self.space = false;
        self.held = None;
        self.out.text.push_str(text);
        self.cover(source);
    }

    /// Notes the context of the first text of a block.
    fn begin(&mut self, context: Context) {
        if self.context.is_none() {
            self.context = Some(context);
            self.base = self.stack.len();
            self.source = Span::default();
            self.space = false;
        }
    }

    fn cover(&mut self, source: Span) {
        self.source = self.source.cover(source);
    }

    /// Gives the hidden text of the block that just ended blocks of its own.
    fn flush_asides(&mut self) {
        for Aside { text, source, flags } in std::mem::take(&mut self.asides) {
            let container = self.container(self.base.max(1) - 1);
            let start = self.out.text.len();
            self.out.text.push_str(&text);
            let text = Span::new(start, self.out.text.len());
            self.out.items.push(Block { text, source, kind: Kind::Paragraph, container, link_bytes: 0, flags });
            self.out.text.push('\n');
            self.start = self.out.text.len();
        }
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        self.after_break = false;
        self.after_inline = false;
        self.space = false;
        let Some(context) = self.context.take() else {
            self.flush_asides();
            return;
        };
        if context.preformatted {
            let kept = self.out.text.get(self.start..).map_or(0, |text| text.trim_end().len());
            self.out.text.truncate(self.start + kept);
        }
        let end = self.out.text.len();
        if end > self.start {
            let container = match self.held.take() {
                Some(container) => container,
                None => self.container(self.base.max(1) - 1),
            };
            let length = end - self.start;
            let mut flags = context.flags;
            if std::mem::take(&mut self.row_start) && context.kind == Kind::Cell {
                flags |= Block::ROW_START;
            }
            self.out.items.push(Block {
                text: Span::new(self.start, end),
                source: self.source,
                kind: context.kind,
                container,
                link_bytes: u32::try_from(self.link_bytes.min(length)).unwrap_or(u32::MAX),
                flags,
            });
            self.out.text.push('\n');
        }
        self.flush_asides();
        self.held = None;
        self.start = self.out.text.len();
        self.link_bytes = 0;
        self.source = Span::default();
        self.base = self.stack.len();
    }

    /// The container of the open element at `level`, made with its ancestors if need be.
    fn container(&mut self, level: usize) -> u32 {
        let known = (0..=level).rev().find(|&at| self.stack[at].container.is_some()).unwrap_or(0);
        let mut parent = self.stack[known].container.unwrap_or(0);
        for at in known + 1..=level {
            let Open { node, tag, .. } = self.stack[at];
            let depth = self.out.containers[parent as usize].depth;
            if depth < MAX_DEPTH {
                parent = self.add_container(node, tag, parent, depth + 1);
            }
            self.stack[at].container = Some(parent);
        }
        parent
    }

    fn add_container(&mut self, node: NodeId, tag: Tag, parent: u32, depth: u16) -> u32 {
        let tokens = self.tokens_of(node, tag);
        let above = self.out.containers[parent as usize].path;
        let first = self.out.tokens.get(tokens.range()).and_then(<[u32]>::first).copied();
        let kind = first.filter(|_| !(is_inline(tag) || tag == Tag::P)).unwrap_or(0);
        self.out.containers.push(Container {
            parent,
            tag,
            depth,
            tokens,
            path: super::token::mix(above, u64::from(kind) << 8 | tag as u64),
            blocks: Span::default(),
        });
        u32::try_from(self.out.containers.len() - 1).unwrap_or(u32::MAX)
    }

    /// The words of an element's attributes and of a name its page made up, appended to [`Blocks::tokens`] unless they were lately.
    fn tokens_of(&mut self, node: NodeId, tag: Tag) -> Span {
        let dom = self.dom;
        // Classes before the rest: the first word is part of the path, and items of a list share their class, not their id.
        let worded = |classes: bool| {
            let worded = dom.attributes(node).iter().filter(|attribute| attribute.name.is_worded());
            worded.filter(move |attribute| (attribute.name == Attr::Class) == classes)
        };
        let name = if tag == Tag::Other { dom.custom_name(node) } else { None };
        let mut all = worded(true).chain(worded(false));
        let first = self.out.tokens.len();
        let tokens = &mut self.out.tokens;
        let mut append = || {
            worded(true).chain(worded(false)).for_each(|attribute| tokens.extend_from_slice(dom.words(attribute)));
            name.into_iter().for_each(|name| super::token::push_hashes(name, tokens));
            Span::new(first, tokens.len())
        };
        match (all.next(), all.next(), name) {
            (Some(only), None, None) => self.tokens.of(only.words, append),
            _ => append(),
        }
    }
}

/// Inline elements that authors set side by side with nothing but styling between them.
fn glues(tag: Tag) -> bool {
    matches!(tag, Tag::Span | Tag::A | Tag::Time | Tag::Label | Tag::Button | Tag::Small | Tag::Cite | Tag::Option)
}

fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Abbr
            | Tag::Acronym
            | Tag::B
            | Tag::Bdi
            | Tag::Bdo
            | Tag::Big
            | Tag::Button
            | Tag::Cite
            | Tag::Code
            | Tag::Data
            | Tag::Del
            | Tag::Dfn
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Ins
            | Tag::Kbd
            | Tag::Label
            | Tag::Mark
            | Tag::Nobr
            | Tag::Option
            | Tag::Picture
            | Tag::Q
            | Tag::Rt
            | Tag::Ruby
            | Tag::S
            | Tag::Samp
            | Tag::Small
            | Tag::Span
            | Tag::Strike
            | Tag::Strong
            | Tag::Sub
            | Tag::Sup
            | Tag::Time
            | Tag::Tt
            | Tag::U
            | Tag::Var
    )
}
