//! Caps that keep the cost of hostile markup in proportion to its size.
//!
//! Some rules of the standard walk the stack of open elements, and every unclosed formatting element is repeated in
//! every paragraph: without caps a page of 100 KB can take seconds and 700 MB. Beyond a cap, a tag is ignored; its text
//! stays, as text of the nearest element that was kept.

use super::Builder;
use super::formatting::Entry;
use crate::dom::names::{Name, Space, flags::*};
use std::collections::HashMap;

/// Maximum number of open elements. Real pages stay below 60.
pub(super) const MAX_OPEN: usize = 512;
/// Maximum number of unclosed formatting elements (`b`, `font` …), which the standard repeats in every later paragraph.
const MAX_FORMATTING: usize = 64;
/// Maximum number of nodes of a page, which take 22 MB.
const MAX_NODES: usize = 500_000;
/// Maximum number of nodes of an empty page, and the number of bytes that allow one more. Real pages have one node per
/// 30 bytes; `<br>` is one per 4.
const BASE_NODES: usize = 1_000;
const BYTES_PER_NODE: usize = 4;

#[derive(Debug)]
pub(super) struct Limits {
    nodes: usize,
    /// Number of ignored start tags whose end tags are to be ignored too.
    dropped: HashMap<Name, u32>,
}

impl Limits {
    pub(super) fn new(bytes: usize) -> Self {
        Limits { nodes: (BASE_NODES + bytes / BYTES_PER_NODE).min(MAX_NODES), dropped: HashMap::new() }
    }

    /// Forgets the ignored tags once an element has been closed: they were inside it.
    pub(super) fn after_end(&mut self, closed: bool) {
        if closed && !self.dropped.is_empty() {
            self.dropped.clear();
        }
    }
}

impl Builder {
    /// Whether a start tag is within the caps.
    pub(super) fn admits(&mut self, name: Name, self_closing: bool) -> bool {
        let space = self.open.current().map_or(Space::Html, |open| open.space);
        let flags = if space == Space::Html { name.flags() } else { 0 };
        // Tags inside these are text, most of it never read, so a tag of theirs can add only one level.
        if flags & RAW != 0 {
            return true;
        }
        let void = flags & VOID != 0;
        let deep = !void && self.open.len() >= MAX_OPEN;
        if !deep && self.dom.nodes.len() < self.limits.nodes && !(flags & FORMATTING != 0 && self.is_too_formatted()) {
            return true;
        }
        if !void && !(space != Space::Html && self_closing) {
            *self.limits.dropped.entry(name).or_default() += 1;
        }
        false
    }

    fn is_too_formatted(&self) -> bool {
        self.formatting.len() >= MAX_FORMATTING
            && self.formatting.iter().filter(|entry| matches!(entry, Entry::Element(_))).count() >= MAX_FORMATTING
    }

    /// Whether an end tag is to be processed.
    pub(super) fn admits_end(&mut self, name: Name) -> bool {
        // It ends either a raw text element or nothing.
        if name.is(RAW) {
            return true;
        }
        if self.dom.nodes.len() >= self.limits.nodes {
            return false;
        }
        match self.limits.dropped.get_mut(&name) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    }
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

    /// Markup that makes a naive tree builder quadratic or worse. Each contains a word that must be in the tree.
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
        let word = (0..dom.nodes.len() as u32).map(crate::dom::NodeId).find(|&id| dom.text(id) == "word");
        assert!(word.is_some_and(|id| dom.tag(dom.node(id).parent) == Some(Tag::Div)));
    }

    #[test]
    fn a_second_body_adds_its_attributes() {
        let dom = parse("<p>x<body class=a lang=ko><body class=b id=c>");
        let body =
            (0..dom.nodes.len() as u32).map(crate::dom::NodeId).find(|&id| dom.tag(id) == Some(Tag::Body)).unwrap();
        assert_eq!(dom.attribute(body, Attr::Class), Some("a"));
        assert_eq!(dom.attribute(body, Attr::Lang), Some("ko"));
    }
}
