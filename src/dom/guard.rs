//! What keeps hostile markup from costing more than its size: caps between the tokenizer and the tree builder.
//!
//! html5ever's tree builder walks its stack of open elements for many tokens and repeats every unclosed formatting element
//! in every paragraph, so without caps a page of 100 KB can take seconds and 700 MB. Beyond a cap a tag is passed over as
//! if it were not there: its text stays, as text of the nearest element that was kept.

use super::arena::{NONE, NodeId};
use super::names::is_formatting;
use super::sink::Sink;
use html5ever::interface::TreeSink;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{Tracer, TreeBuilder};
use html5ever::{LocalName, local_name};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Open elements, an open formatting element counted twice. Real pages stay below 60.
const MAX_OPEN: usize = 512;
/// Unclosed formatting elements (`b`, `font` …), each of which the standard repeats in every later paragraph.
const MAX_FORMATTING: usize = 64;
/// Attributes of one tag; the tree builder and we look through them one by one.
pub(super) const MAX_ATTRIBUTES: usize = 256;
/// Nodes of any page: 32 MB of them.
const MAX_NODES: usize = 500_000;
/// Nodes of an empty page, and bytes which allow one more. Real pages have a node in 30 bytes, `<br>` is a node in 4.
const BASE_NODES: usize = 1_000;
const BYTES_PER_NODE: usize = 4;

/// The tree builder behind its caps.
pub(super) struct Guard {
    pub(super) builder: TreeBuilder<NodeId, Sink>,
    max_nodes: usize,
    /// Never less than the tree builder's open elements; counted anew when it reaches the cap.
    open: Cell<usize>,
    formatting: Cell<usize>,
    /// Whether the count has been exact since the last token that went through.
    counted: Cell<bool>,
    /// Start tags passed over whose end tags are to be passed over too.
    dropped: RefCell<HashMap<LocalName, u32>>,
}

impl Guard {
    pub(super) fn new(builder: TreeBuilder<NodeId, Sink>, bytes: usize) -> Self {
        Guard {
            builder,
            max_nodes: (BASE_NODES + bytes / BYTES_PER_NODE).min(MAX_NODES),
            open: Cell::new(0),
            formatting: Cell::new(0),
            counted: Cell::new(false),
            dropped: RefCell::default(),
        }
    }

    fn pass(&self, token: Token) -> TokenSinkResult<NodeId> {
        let before = self.builder.sink.elements();
        let result = self.builder.process_token(token, 1);
        self.open.set(self.open.get() + self.builder.sink.elements() - before);
        self.counted.set(false);
        result
    }

    /// The exact counts, in time linear in the caps.
    fn count(&self) {
        if self.counted.replace(true) {
            return;
        }
        let census = Census { sink: &self.builder.sink, open: Cell::new(0), formatting: RefCell::default() };
        self.builder.trace_handles(&census);
        self.open.set(census.open.get());
        let mut formatting = census.formatting.take();
        formatting.sort_unstable_by_key(|id| id.0);
        formatting.dedup();
        self.formatting.set(formatting.len());
    }

    fn too_deep(&self) -> bool {
        if self.open.get() >= MAX_OPEN {
            self.count();
        }
        self.open.get() >= MAX_OPEN
    }

    fn too_formatted(&self, name: &LocalName) -> bool {
        if !is_formatting(name) {
            return false;
        }
        if self.formatting.get() >= MAX_FORMATTING {
            self.count();
        }
        self.formatting.set(self.formatting.get() + 1);
        self.formatting.get() > MAX_FORMATTING
    }

    fn over_budget(&self) -> bool {
        self.builder.sink.len() >= self.max_nodes
    }

    fn start_tag(&self, mut tag: Tag) -> TokenSinkResult<NodeId> {
        let foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        // Text of these is no markup and, for the most part, nothing to read; a tag of theirs can add one level only.
        let raw = !foreign && is_raw_text(&tag.name);
        let void = !foreign && is_void(&tag.name);
        if !raw && (self.over_budget() || self.too_formatted(&tag.name) || !void && self.too_deep()) {
            if !void && !(foreign && tag.self_closing) {
                *self.dropped.borrow_mut().entry(tag.name).or_default() += 1;
            }
            return TokenSinkResult::Continue;
        }
        tag.attrs.truncate(MAX_ATTRIBUTES);
        self.pass(Token::TagToken(tag))
    }

    fn end_tag(&self, tag: Tag) -> TokenSinkResult<NodeId> {
        // A raw text element takes one end tag, and only while it is open.
        if is_raw_text(&tag.name) {
            return self.pass(Token::TagToken(tag));
        }
        if self.over_budget() {
            return TokenSinkResult::Continue;
        }
        if self.dropped.borrow().is_empty() {
            return self.pass(Token::TagToken(tag));
        }
        if let Some(count) = self.dropped.borrow_mut().get_mut(&tag.name)
            && *count > 0
        {
            *count -= 1;
            return TokenSinkResult::Continue;
        }
        self.count();
        let before = self.open.get();
        let result = self.pass(Token::TagToken(tag));
        self.count();
        if self.open.get() < before {
            // What was passed over lay inside the element that has just been closed.
            self.dropped.borrow_mut().clear();
        }
        result
    }
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<NodeId> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start_tag(tag),
            Token::TagToken(tag) => self.end_tag(tag),
            // Comments are not kept, but one between two pieces of text in a table decides where they go.
            Token::CommentToken(_) => self.pass(Token::CommentToken(Default::default())),
            // The tree builder would take it for what follows a `<pre>`, where a newline is left out.
            Token::ParseError(_) => TokenSinkResult::Continue,
            token => self.pass(token),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts what the tree builder holds on to.
struct Census<'a> {
    sink: &'a Sink,
    open: Cell<usize>,
    formatting: RefCell<Vec<NodeId>>,
}

impl Tracer for Census<'_> {
    type Handle = NodeId;

    fn trace_handle(&self, node: &NodeId) {
        if *node == self.sink.get_document() || *node == NONE {
            return;
        }
        self.open.set(self.open.get() + 1);
        if self.sink.is_formatting(*node) {
            self.formatting.borrow_mut().push(*node);
        }
    }
}

/// Elements that never stay open.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// Elements in which tags are text.
fn is_raw_text(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
    )
}

#[cfg(test)]
mod tests {
    use crate::dom::{Attr, Dom, ROOT, Tag, parse};

    fn depth(dom: &Dom) -> usize {
        let mut depths = vec![0_usize; dom.nodes.len()];
        let mut deepest = 0;
        let mut at = Some(ROOT);
        while let Some(id) = at {
            let parent = dom.node(id).parent;
            if id != ROOT {
                depths[id.0 as usize] = depths[parent.0 as usize] + 1;
            }
            deepest = deepest.max(depths[id.0 as usize]);
            at = dom.following(id, ROOT);
        }
        deepest
    }

    /// Markup that makes a naive tree builder quadratic or worse. Each carries a word that must come through.
    fn bombs() -> Vec<(&'static str, String)> {
        let many = |piece: &str, times: usize| piece.repeat(times);
        let numbered = |times: usize, piece: &dyn Fn(usize) -> String| (0..times).map(piece).collect::<String>();
        vec![
            ("nested div", format!("{}word", many("<div>", 20_000))),
            ("nested span with p", format!("{}word", many("<span><p>", 20_000))),
            ("lists left open", format!("{}word", many("<ul><li>", 20_000))),
            (
                "formatting left open",
                format!("<p>{}{}", numbered(2_000, &|i| format!("<b id={i}>")), many("<p>word</p>", 2_000)),
            ),
            (
                "fonts left open",
                format!("<p>{}{}", numbered(5_000, &|i| format!("<font size={i}>")), many("<p>word", 2_000)),
            ),
            (
                "long attributes repeated",
                format!("<p>{}{}", many(&format!("<i class={}>", many("x", 9_000)), 60), many("<p>word</p>", 5_000)),
            ),
            ("attributes without end", format!("<p {}>word", numbered(100_000, &|i| format!("a{i} ")))),
            ("formatting attributes without end", format!("<b {}>word", numbered(100_000, &|i| format!("a{i}=b ")))),
            ("the start of a tag", format!("word{}", many("<", 100_000))),
            ("the start of a comment", format!("word{}", many("<!--", 100_000))),
            ("the start of a reference", format!("word{}", many("&", 100_000))),
            ("the start of a script", format!("word<script>{}", many("<!--<script", 100_000))),
            ("nothing", format!("word{}", many("\0", 100_000))),
            ("mis-nested formatting", format!("word{}", many("<b><i></b></i>", 20_000))),
            ("stray end tags", format!("{}{}word", many("<span>", 500), many("</p></x>", 20_000))),
            ("nested tables", format!("{}word", many("<table><tr><td>", 10_000))),
            ("text fostered out of a table", format!("<table>{}", many("word<td>x</td>", 10_000))),
            ("html over and over", format!("{}word", numbered(10_000, &|i| format!("<html a{i}=1>")))),
            ("svg in svg", format!("{}word", many("<svg><g>", 10_000))),
            ("annotations", format!("<math>{}word", many("<annotation-xml encoding=text/html>", 10_000))),
            ("templates", format!("{}word", many("<template>", 10_000))),
            ("selects", format!("{}word", many("<select><option>", 10_000))),
            ("buttons", format!("{}word", many("<button><p>", 10_000))),
            ("anchors", format!("{}word", many("<a href=x><div>", 10_000))),
        ]
    }

    #[test]
    fn bombs_stay_small_and_lose_no_text() {
        for (name, html) in bombs() {
            let dom = parse(&html);
            assert!(
                dom.nodes.len() <= 1_200 + html.len() / 4,
                "{name}: {} nodes of {} bytes",
                dom.nodes.len(),
                html.len()
            );
            assert!(dom.text.len() <= 4 * html.len(), "{name}: {} bytes of text of {}", dom.text.len(), html.len());
            assert!(depth(&dom) <= super::MAX_OPEN + 8, "{name}: depth {}", depth(&dom));
            let words = dom.text_below(ROOT).matches("word").count();
            assert_eq!(words, html.matches("word").count(), "{name}");
        }
    }

    #[test]
    fn elements_passed_over_take_their_end_tags_along() {
        let html = format!("{}{}<p>end</p>", "<div>".repeat(600), "<div>x</div>".repeat(50));
        let dom = parse(&html);
        assert!(depth(&dom) > 500, "an end tag whose start tag was passed over closed something else");
        assert!(dom.text_below(ROOT).ends_with("end"));
    }

    #[test]
    fn raw_text_in_a_deep_page_does_not_become_text() {
        let html = format!("{}<script>var x = '<b>';</script>word", "<div>".repeat(600));
        let dom = parse(&html);
        let word = (0..dom.nodes.len() as u32).map(super::NodeId).find(|&id| dom.text(id) == "word");
        assert!(word.is_some_and(|id| dom.tag(dom.node(id).parent) == Some(Tag::Div)));
    }

    #[test]
    fn a_second_body_adds_its_attributes() {
        let dom = parse("<p>x<body class=a lang=ko><body class=b id=c>");
        let body = (0..dom.nodes.len() as u32).map(super::NodeId).find(|&id| dom.tag(id) == Some(Tag::Body)).unwrap();
        assert_eq!(dom.attribute(body, Attr::Class), Some("a"));
        assert_eq!(dom.attribute(body, Attr::Lang), Some("ko"));
    }
}
