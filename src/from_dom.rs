//! Cuts HTML into blocks, in one walk over the tree, without recursion.

mod bare;
mod container;
mod counter;
mod flow;
mod picture;
mod run;
mod sheet;
mod spoken;
mod style;
#[cfg(test)]
mod tests;
mod unseen;

use crate::block::{Block, Blocks, Container, Kind, Tag, breaks_in};
use crate::dom::rules::Hits;
use crate::dom::{Attr, Dom, NONE, NodeData, NodeId, ROOT};
use crate::invisible::push_preformatted;
use crate::span::{Recent, Span};
pub(crate) use bare::Bare;
use counter::{Counters, Place};
use flow::{Flow, glues, is_drawn_formula, is_phrase};
use picture::{Picture, is_picture};
use run::runs;
use sheet::Sheets;
use spoken::{Naming, Spoken};
use unseen::{Unseen, is_short};

/// A single `<br>` ends a block of more bytes than this; in a shorter one it ends a line of an address or a verse.
const BREAK_AFTER: usize = 60;

/// Initial capacity of the stack: most pages never have more elements open at once.
const USUAL_DEPTH: usize = 32;

/// Reads all blocks of `dom` into `out`, which is cleared first. `hits` are the elements that the caller's rules match.
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
    builder.out.containers[0].pictured = builder.stack.first().is_some_and(|root| root.pictured);
    builder.out.settle();
}

/// What an open element passes on to everything inside it.
#[derive(Clone, Copy, Debug)]
struct Context {
    flags: u16,
    kind: Kind,
    link: bool,
    preformatted: bool,
    /// Inside a paragraph or heading, which is meant to hold nothing but text and inline elements.
    in_line: bool,
    /// Its letters are too small to be read.
    illegible: bool,
    centred: bool,
}

impl Context {
    /// Outside all elements.
    const PAGE: Context = Context {
        flags: 0,
        kind: Kind::Paragraph,
        link: false,
        preformatted: false,
        in_line: false,
        illegible: false,
        centred: false,
    };

    /// The context inside an element of that name.
    fn inside(self, tag: Tag) -> Context {
        let mut context = self;
        match tag {
            Tag::H1 => context.kind = Kind::Heading(1),
            Tag::H2 => context.kind = Kind::Heading(2),
            Tag::H3 => context.kind = Kind::Heading(3),
            Tag::H4 => context.kind = Kind::Heading(4),
            Tag::H5 => context.kind = Kind::Heading(5),
            Tag::H6 => context.kind = Kind::Heading(6),
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
            Tag::Center => context.centred = true,
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
    place: Place,
    /// Its container, once it holds a block.
    container: Option<u32>,
    /// Whether there is a picture in it.
    pictured: bool,
    context: Context,
}

struct Builder<'a> {
    dom: &'a Dom,
    bare: Bare<'a>,
    hits: &'a Hits,
    out: &'a mut Blocks,
    stack: Vec<Open>,
    line: Line<'a>,
    /// Text inside the block being read that a browser would not show (the source of a formula, the long form of a
    /// date). It becomes blocks of its own after it, since the paragraph continues without it.
    asides: Vec<Aside>,
    /// The last picture, if no block has begun since.
    picture: Option<Picture<'a>>,
    counters: Counters,
    unseen: Unseen<'a>,
    spoken: &'static Spoken,
    /// Whether the classes in an attribute are those of text for screen readers, by the attribute's value.
    namings: Recent<Naming>,
    sheets: Sheets<'a>,
    /// Whether a style sheet may hide by one of the classes in an attribute, by the attribute's value.
    hiding_classes: Recent<bool>,
    /// The tokens of containers with words in just one attribute (most of them), by the range of those words in the
    /// tree.
    tokens: Recent<Span>,
}

/// The block being read.
struct Line<'a> {
    /// Where it begins in [`Blocks::text`].
    start: usize,
    /// How many of the open elements contain all of it.
    base: usize,
    /// The container of an inline element that contained all of it, if it has closed and nothing came after it.
    held: Option<u32>,
    source: Span,
    link_bytes: usize,
    /// Kind and flags at its first text; `None` before it.
    context: Option<Context>,
    /// White space was read and not yet written.
    space: bool,
    /// The last thing read was a `<br>`.
    after_break: bool,
    /// An inline element for which [`glues`] holds was just closed, and nothing has been read since.
    after_inline: bool,
    /// A row of a table has begun, and no cell since.
    row_start: bool,
    /// The picture between it and the block before, and whether there is one in it.
    picture: Option<Picture<'a>>,
    pictured: bool,
}

impl Line<'_> {
    /// Before the first block.
    const FIRST: Self = Line {
        start: 0,
        base: 1,
        held: None,
        source: Span { start: 0, end: 0 },
        link_bytes: 0,
        context: None,
        space: false,
        after_break: false,
        after_inline: false,
        row_start: false,
        picture: None,
        pictured: false,
    };
}

/// What the attributes of an element say about the text inside it.
struct Shown {
    /// Flags for its blocks.
    flags: u16,
    /// Whether its text continues the line.
    inline: bool,
    /// Whether its letters are too small to be read; `None` if that depends on the elements around it.
    is_illegible: Option<bool>,
    /// Whether its lines are centred; `None` if that depends on the elements around it.
    is_centred: Option<bool>,
    /// Whether a style sheet may hide it.
    is_in_sheet: bool,
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
            place: Place::None,
            container: Some(0),
            pictured: false,
            context: Context::PAGE,
        };
        out.containers.push(Container::root());
        let mut stack = Vec::with_capacity(USUAL_DEPTH);
        stack.push(root);
        Builder {
            dom,
            bare,
            hits,
            out,
            stack,
            line: Line::FIRST,
            asides: Vec::new(),
            picture: None,
            counters: Counters::default(),
            unseen: Unseen::new(dom),
            spoken: Spoken::get(),
            namings: Recent::default(),
            sheets: Sheets::new(dom),
            hiding_classes: Recent::default(),
            tokens: Recent::default(),
        }
    }

    /// Closes elements until `parent` is the innermost open one.
    fn close_until(&mut self, parent: NodeId) {
        while self.stack.len() > 1 && self.stack.last().is_some_and(|open| open.node != parent) {
            let inline = self.stack.last().is_some_and(|open| open.inline);
            if inline {
                if self.line.context.is_some() && self.line.held.is_none() && self.line.base == self.stack.len() {
                    self.line.held = Some(self.container(self.line.base - 1));
                }
                self.line.after_inline = self.stack.last().is_some_and(|open| glues(self.dom, open.node, open.tag));
            } else {
                self.flush();
            }
            if let Some(closed) = self.stack.pop() {
                self.counters.close(closed.tag);
                if closed.pictured {
                    self.pass_up(&closed);
                }
            }
            self.line.base = self.line.base.min(self.stack.len());
        }
    }

    /// Opens an element; returns `false` if nothing inside it is text of the page.
    fn open(&mut self, id: NodeId, tag: Tag) -> bool {
        let flow = Flow::of(self.dom, id, tag);
        if is_picture(self.dom, id, tag) {
            self.pictured(id);
        }
        match flow {
            Flow::Unread => return false,
            Flow::Break => {
                self.line_break();
                return false;
            }
            Flow::Rule => {
                self.flush();
                return false;
            }
            Flow::Embedded => {
                self.line.after_inline = false;
                return false;
            }
            Flow::Block if tag == Tag::Pre && self.is_diagram(id) => return false,
            Flow::Block | Flow::Inline | Flow::Unknown => {}
        }
        let (outer, in_aside) = self.stack.last().map_or((Context::PAGE, false), |open| (open.context, open.aside));
        let mut context = outer.inside(tag);
        let Some(shown) = self.attributes(id, tag, flow, context.illegible) else { return false };
        let Shown { inline, is_illegible, is_centred, is_in_sheet, .. } = shown;
        context.flags |= shown.flags;
        // Style sheets do not set `HIDDEN`, which says much to the model: most sites keep theirs in files that we do not see.
        // `UNSEEN` is an input as well, but what has it stays out of the body anyway.
        let is_newly_hidden = context.flags & !outer.flags & Block::HIDDEN != 0 || is_in_sheet && self.sheets.hide(id);
        if is_newly_hidden && self.unseen.is_unseen(id, tag) {
            context.flags |= Block::UNSEEN;
        }
        context.illegible = is_illegible.unwrap_or(context.illegible);
        context.centred = is_centred.unwrap_or(context.centred);
        // The nearest rule counts; of two on one element, the one that strikes.
        if self.hits.keep.contains(&id) {
            context.flags = context.flags & !Block::RULE_STRIKE | Block::RULE_KEEP;
        }
        if self.hits.strike.contains(&id) {
            context.flags = context.flags & !Block::RULE_KEEP | Block::RULE_STRIKE;
        }
        if inline {
            if self.line.after_inline && glues(self.dom, id, tag) {
                self.line.space = true;
            }
        } else {
            self.flush();
            self.line.row_start |= tag == Tag::Tr;
            context.in_line = matches!(context.kind, Kind::Heading(_)) || tag == Tag::P;
        }
        // Text for screen readers becomes a block of its own if it is inside a sentence or more than a label.
        let is_apart = outer.in_line || context.flags & Block::SPOKEN != 0 && inline && !is_short(self.dom, id);
        let set_apart = Block::HIDDEN | Block::UNSEEN | if is_apart { Block::SPOKEN } else { 0 };
        let is_unshown = context.flags & !outer.flags & set_apart != 0 || context.illegible && !outer.illegible;
        let aside = inline && (in_aside || is_unshown);
        let place = self.counters.open(self.dom, id, tag);
        self.stack.push(Open { node: id, tag, inline, aside, place, container: None, pictured: false, context });
        true
    }

    /// Reads the attributes of an element; returns `None` if nothing inside it is text of the page.
    /// `is_illegible_around` says whether the letters around it are too small to be read.
    #[inline(always)]
    fn attributes(&mut self, id: NodeId, tag: Tag, flow: Flow, is_illegible_around: bool) -> Option<Shown> {
        let inline = self.flows(id, flow);
        let mut shown = Shown { flags: 0, inline, is_illegible: None, is_centred: None, is_in_sheet: false };
        // A dialog and a popover are not shown until something opens them.
        if tag == Tag::Dialog && self.dom.attribute(id, Attr::Open).is_none() {
            shown.flags |= Block::HIDDEN;
        }
        for attribute in self.dom.attributes(id) {
            match attribute.name {
                Attr::Popover => shown.flags |= Block::HIDDEN,
                // `until-found` is shown when the reader searches for it.
                Attr::Hidden if !self.dom.value(attribute).eq_ignore_ascii_case("until-found") => {
                    shown.flags |= Block::HIDDEN;
                }
                Attr::AriaHidden if self.dom.value(attribute).eq_ignore_ascii_case("true") => {
                    if shown.inline && is_drawn_formula(self.dom, id) {
                        return None;
                    }
                    shown.flags |= Block::ARIA_HIDDEN;
                }
                Attr::Style => {
                    let style = self.unseen.style(attribute);
                    shown.flags |= if self.unseen.hides(id, style) { Block::HIDDEN } else { 0 };
                    shown.inline &= !style.is_block;
                    shown.is_illegible = style.is_illegible.or(shown.is_illegible);
                    shown.is_centred = style.is_centred.or(shown.is_centred);
                }
                Attr::Class => {
                    // Its class may give its letters a legible size again.
                    shown.is_illegible = shown.is_illegible.or(Some(false).filter(|_| is_illegible_around));
                    let naming = self.namings.of(attribute.value, || self.spoken.names(self.dom, attribute));
                    let is_spoken = naming.is_spoken(self.dom, id, flow == Flow::Inline);
                    shown.flags |= if is_spoken { Block::SPOKEN } else { 0 };
                    if !self.sheets.is_empty() {
                        shown.is_in_sheet |= self.hiding_classes.of(attribute.value, || self.sheets.name(attribute));
                    }
                }
                Attr::Id if !self.sheets.is_empty() => {
                    shown.is_in_sheet |= self.sheets.name(attribute);
                }
                // A table is centred itself, not its lines.
                Attr::Align if tag != Tag::Table => {
                    let is_centred = self.dom.value(attribute).trim().eq_ignore_ascii_case("center");
                    shown.is_centred = shown.is_centred.or(Some(is_centred));
                }
                Attr::Size if tag == Tag::Font => shown.is_illegible = shown.is_illegible.or(Some(false)),
                _ => {}
            }
        }
        Some(shown)
    }

    /// Whether the text of an element with that flow continues the line.
    fn flows(&self, id: NodeId, flow: Flow) -> bool {
        match flow {
            Flow::Inline => true,
            Flow::Unknown => {
                let in_line = self.stack.last().is_some_and(|open| open.context.in_line);
                is_phrase(self.dom, id, in_line) && self.may_hold_phrase(id)
            }
            _ => false,
        }
    }

    /// Whether an element holds the source of a diagram that a script (Mermaid) draws in its place.
    fn is_diagram(&self, id: NodeId) -> bool {
        let class = self.dom.attribute(id, Attr::Class).unwrap_or_default();
        class.split_ascii_whitespace().any(|name| matches!(name, "mermaid" | "language-mermaid"))
    }

    fn line_break(&mut self) {
        let preformatted = self.stack.last().filter(|open| open.context.preformatted);
        if let Some(&Open { context, aside, .. }) = preformatted {
            if !aside {
                self.begin(context);
                self.out.text.push('\n');
            }
        } else if self.line.after_break || self.out.text.len() - self.line.start > BREAK_AFTER {
            self.flush();
        } else {
            self.line.space = true;
            self.line.after_break = true;
        }
    }

    /// Adds the text of a node, in the way that the elements around it ask for.
    fn text(&mut self, id: NodeId) {
        let Some(open) = self.stack.last() else { return };
        let mut context = open.context;
        if context.illegible {
            context.flags |= Block::HIDDEN | Block::UNSEEN;
        }
        let text = self.dom.text(id);
        if open.aside {
            self.set_aside(text, self.dom.node(id).source, context.flags);
            return;
        }
        if context.preformatted {
            self.begin(context);
            let start = self.out.text.len();
            push_preformatted(&mut self.out.text, text);
            self.line.link_bytes += if context.link { self.out.text.len() - start } else { 0 };
            self.cover(self.dom.node(id).source);
            return;
        }
        if let Bare::Lines(page) = self.bare {
            let is_bare = self.is_bare(id);
            if is_bare || self.holds_lines(id) {
                self.lines(id, page, if is_bare { Block::BARE } else { context.flags });
                return;
            }
        }
        if self.runs(text, context) {
            self.line.after_break = false;
            self.line.after_inline = false;
            self.cover(self.dom.node(id).source);
        } else if self.line.space {
            self.line.after_inline = false;
        }
    }

    /// Keeps a hidden text for when the block around it ends.
    fn set_aside(&mut self, text: &str, source: Span, flags: u16) {
        if self.line.context.is_none() && self.asides.is_empty() {
            self.line.base = self.stack.len();
        }
        let mut runs = runs(text).filter(|(run, _)| !run.is_empty());
        let Some((first, _)) = runs.next() else { return };
        // Texts under different rules of the caller stay apart.
        let aside = match self.asides.last_mut().filter(|last| (last.flags ^ flags) & Block::RULES == 0) {
            Some(last) => {
                last.source = last.source.cover(source);
                last.flags |= flags;
                last.text.extend([" ", first]);
                last
            }
            None => self.asides.push_mut(Aside { text: first.to_owned(), source, flags }),
        };
        runs.for_each(|(run, spaced)| aside.text.extend([if spaced { " " } else { "" }, run]));
    }

    /// Adds the words of a text to the line, with single spaces between them. False if there are none.
    #[inline(always)]
    fn runs(&mut self, text: &str, context: Context) -> bool {
        let mut wrote = false;
        for (run, spaced) in runs(text) {
            self.line.space |= spaced;
            if run.is_empty() {
                continue;
            }
            wrote = true;
            if let Some(block) = &mut self.line.context {
                // A block is for screen readers only if all of its text is.
                block.flags &= context.flags | !Block::SPOKEN;
            }
            if self.line.context.is_none() {
                self.begin(context);
            } else if self.line.space {
                if self.line.after_break {
                    self.out.breaks.push(u32::try_from(self.out.text.len()).unwrap_or(u32::MAX));
                    self.line.after_break = false;
                }
                self.out.text.push(' ');
            }
            self.line.space = false;
            self.line.held = None;
            self.out.text.push_str(run);
            if context.link {
                self.line.link_bytes += run.len() + 1;
            }
        }
        wrote
    }

    /// Begins a block with the context of its first text, unless one has begun.
    fn begin(&mut self, context: Context) {
        if self.line.context.is_none() {
            self.line.context = Some(context);
            self.line.base = self.stack.len();
            self.line.source = Span::default();
            self.line.space = false;
            self.line.picture = self.picture.take();
        }
    }

    fn cover(&mut self, source: Span) {
        self.line.source = self.line.source.cover(source);
    }

    /// Adds the hidden text of the block that just ended as blocks of its own.
    #[inline]
    fn flush_asides(&mut self) {
        // Nearly always there is none.
        if !self.asides.is_empty() {
            self.add_asides();
        }
    }

    fn add_asides(&mut self) {
        for Aside { text, source, flags } in std::mem::take(&mut self.asides) {
            let container = self.container(self.line.base.max(1) - 1);
            let start = self.out.text.len();
            self.out.text.push_str(&text);
            let text = Span::new(start, self.out.text.len());
            self.out.items.push(Block { text, source, kind: Kind::Paragraph, container, link_bytes: 0, flags });
            self.out.text.push('\n');
            self.line.start = self.out.text.len();
        }
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        self.line.after_break = false;
        self.line.after_inline = false;
        self.line.space = false;
        let Some(context) = self.line.context.take() else {
            self.flush_asides();
            return;
        };
        if context.preformatted {
            let kept = self.out.text.get(self.line.start..).map_or(0, |text| text.trim_end().len());
            self.out.text.truncate(self.line.start + kept);
        }
        let end = self.out.text.len();
        if end > self.line.start {
            let container = match self.line.held.take() {
                Some(container) => container,
                None => self.container(self.line.base.max(1) - 1),
            };
            let length = end - self.line.start;
            let mut flags = context.flags | self.picture_flags() | if context.centred { Block::CENTRED } else { 0 };
            if std::mem::take(&mut self.line.row_start) && context.kind == Kind::Cell {
                flags |= Block::ROW_START;
            }
            self.out.items.push(Block {
                text: Span::new(self.line.start, end),
                source: self.line.source,
                kind: context.kind,
                container,
                link_bytes: u32::try_from(self.line.link_bytes.min(length)).unwrap_or(u32::MAX),
                flags,
            });
            self.out.text.push('\n');
        }
        self.flush_asides();
        self.line.held = None;
        (self.line.picture, self.line.pictured) = (None, false);
        self.line.start = self.out.text.len();
        self.line.link_bytes = 0;
        self.line.source = Span::default();
        self.line.base = self.stack.len();
    }
}
