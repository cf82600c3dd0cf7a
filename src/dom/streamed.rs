//! Pages that arrive in parts and are put together by a script.
//!
//! React, and with it Next.js, sends what was not ready in time after the rest, as `<div hidden id="S:3">`. Its place
//! is marked by `<template id="B:3">`, or `P:3` inside another part. The page's own script moves each part into its
//! place once it has arrived. Without scripts, half of such a page would be hidden, and after its footer.

use super::{Attr, Attribute, Dom, NONE, NodeData, NodeId, ROOT, Tag};
use crate::span::Span;
use std::collections::HashMap;

/// Maximum number of parts that are moved into their places; no page that we have seen has more than 52.
const MAX_PARTS: usize = 1000;
/// Maximum depth of a place in the tree, twice that of any page without parts. Parts inside parts can be nested without
/// end, and for each of them the way from its place to the root is walked.
const MAX_DEPTH: usize = 1024;

/// Moves the parts of a page into their places in its tree.
pub(super) fn join_parts(dom: &mut Dom) {
    // Nearly all pages come in one piece, and it is faster to see that from the attributes than from the nodes.
    let is_part = |attribute: &Attribute| attribute.name == Attr::Id && dom.value(attribute).starts_with("S:");
    if !dom.attributes.iter().any(is_part) {
        return;
    }
    let mut parts = Vec::new();
    let mut places = HashMap::new();
    for id in (0..dom.nodes.len() as u32).map(NodeId) {
        match dom.attribute(id, Attr::Id).and_then(|name| name.split_once(':')) {
            Some(("S", number)) if dom.attribute(id, Attr::Hidden).is_some() => parts.push((id, number.to_owned())),
            Some(("B" | "P", number)) if is_empty_template(dom, id) => drop(places.insert(number.to_owned(), id)),
            _ => {}
        }
    }
    for (part, number) in parts.into_iter().take(MAX_PARTS) {
        if let NodeData::Element { attributes, .. } = &mut dom.nodes[part.0 as usize].data {
            *attributes = Span::default();
        }
        if let Some(place) = places.remove(&number).filter(|&place| can_take(dom, place, part)) {
            unlink(dom, part);
            put_before(dom, part, place);
            unlink(dom, place);
        }
    }
}

/// Whether an element is a place for a part. Any other element with such an id has contents that must not be lost.
fn is_empty_template(dom: &Dom, id: NodeId) -> bool {
    dom.tag(id) == Some(Tag::Template) && dom.node(id).first_child == NONE
}

/// Whether a part can be moved to a place: it is not inside the part, and not too deep.
fn can_take(dom: &Dom, place: NodeId, part: NodeId) -> bool {
    let parent = |&id: &NodeId| Some(dom.node(id).parent).filter(|&parent| parent != NONE);
    let mut around = std::iter::successors(Some(place), parent).take(MAX_DEPTH);
    around.find(|&id| id == part || id == ROOT) == Some(ROOT)
}

/// Takes a node with everything below it out of the tree.
fn unlink(dom: &mut Dom, id: NodeId) {
    let node = *dom.node(id);
    match node.previous {
        NONE if node.parent != NONE => dom.nodes[node.parent.0 as usize].first_child = node.next,
        NONE => {}
        previous => dom.nodes[previous.0 as usize].next = node.next,
    }
    match node.next {
        NONE if node.parent != NONE => dom.nodes[node.parent.0 as usize].last_child = node.previous,
        NONE => {}
        next => dom.nodes[next.0 as usize].previous = node.previous,
    }
    let node = &mut dom.nodes[id.0 as usize];
    (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
}

/// Inserts a node that is not in the tree right before `sibling`.
fn put_before(dom: &mut Dom, id: NodeId, sibling: NodeId) {
    let (parent, previous) = (dom.node(sibling).parent, dom.node(sibling).previous);
    let node = &mut dom.nodes[id.0 as usize];
    (node.parent, node.previous, node.next) = (parent, previous, sibling);
    dom.nodes[sibling.0 as usize].previous = id;
    match previous {
        NONE if parent != NONE => dom.nodes[parent.0 as usize].first_child = id,
        NONE => {}
        previous => dom.nodes[previous.0 as usize].next = id,
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::{Dom, NONE, NodeId, ROOT, read};

    fn text(page: &str) -> String {
        let mut dom = Dom::default();
        read(&mut dom, page);
        dom.text_below(ROOT)
    }

    #[test]
    fn parts_are_put_in_their_places() {
        let cases = [
            ("one", r#"a<template id="B:0"></template>b<p>c</p><div hidden id="S:0">X</div>"#, "aXbc"),
            (
                "a part in a part",
                r#"a<template id="B:0"></template>b<div hidden id="S:0">X<template id="P:1f"></template>Y</div>
                <div hidden id="S:1f">Z</div>"#,
                "aXZYb",
            ),
            ("no place", r#"a<div hidden id="S:7">X</div>"#, "aX"),
            (
                "first and last of its parent",
                r#"<p><template id="B:0"></template></p>a<div hidden id="S:0">X</div>"#,
                "Xa",
            ),
            ("inside itself", r#"a<div hidden id="S:0">X<template id="B:0"></template></div>"#, "aX"),
            (
                "inside each other",
                r#"a<div hidden id="S:0">X<template id="B:1"></template></div><div hidden id="S:1">Y<template id="B:0"></template></div>"#,
                "aYX",
            ),
            (
                "twice",
                r#"a<template id="B:0"></template>b<div hidden id="S:0">X</div><div hidden id="S:0">Y</div>"#,
                "aXbY",
            ),
            ("a place that is none", r#"<div id="B:0">a</div>b<div hidden id="S:0">X</div>"#, "abX"),
            ("a place that holds something", r#"<template id="B:0">a</template>b<div hidden id="S:0">X</div>"#, "abX"),
            ("other names", r#"a<template id="B:0"></template>b<div id="S:0">X</div>"#, "abX"),
        ];
        for (name, page, want) in cases {
            assert_eq!(text(page).split_whitespace().collect::<String>(), want, "{name}");
        }
    }

    #[test]
    fn parts_in_parts_do_not_nest_without_end() {
        let part = |at: usize| {
            let (open, close) = ("<div>".repeat(400), "</div>".repeat(400));
            format!("<div hidden id=S:{at}>{open}<template id=B:{}></template>{close}word</div>", at + 1)
        };
        for (count, deepest) in [(1, 405), (2, 806), (3, 1207), (9, 1207)] {
            let page = (0..count).map(part).collect::<String>();
            let mut dom = Dom::default();
            read(&mut dom, &format!("<body><template id=B:0></template>{page}"));
            let parent = |id: &NodeId| Some(dom.node(*id).parent).filter(|&id| id != NONE);
            let depth = |id| std::iter::successors(Some(id), parent).count();
            assert_eq!((0..dom.nodes.len() as u32).map(NodeId).map(depth).max(), Some(deepest), "{count} parts");
            assert_eq!(dom.text_below(ROOT).matches("word").count(), count);
        }
    }

    #[test]
    fn a_part_is_not_hidden_once_it_is_there() {
        use crate::block::{Block, Blocks};
        use crate::from_dom::{Bare, from_dom};
        let mut dom = Dom::default();
        read(&mut dom, r#"<p>one</p><template id="B:0"></template><p>three</p><div hidden id="S:0"><p>two</p></div>"#);
        let mut blocks = Blocks::default();
        from_dom(&dom, Bare::Inline, &Default::default(), &mut blocks);
        let found: Vec<_> = (0..blocks.items.len())
            .map(|index| (blocks.text_of(index), blocks.items[index].has(Block::HIDDEN)))
            .collect();
        assert_eq!(found, [("one", false), ("two", false), ("three", false)]);
    }
}
