//! Text that a reader never gets to see: hidden, with nothing beside it that could bring it out.
//!
//! Much of what a page hides is only folded away: tabs, answers, further paragraphs. They are the page's text, and truths hold them.
//! The rest is hidden for good: orders to language models, links for search engines, forms that nobody opens.

use super::flow::{Flow, is_formula};
use super::style::Style;
use crate::dom::{Attr, Dom, NONE, NodeId, Tag};

/// Whether an element of that style is hidden.
pub(super) fn hides(dom: &Dom, id: NodeId, style: Style) -> bool {
    // What has a class can fade in, and boxes without a size of letters hold others that have one.
    let fades = || dom.attribute(id, Attr::Class).is_some();
    let has_text = || dom.children(id).any(|child| dom.tag(child).is_none() && !dom.text(child).trim().is_empty());
    // A picture of the formula is shown instead.
    let is_drawn = || is_formula(dom, id) && element_after(dom, id).and_then(|after| dom.tag(after)) == Some(Tag::Img);
    style.is_hidden && !is_drawn() || style.is_clear && !fades() || style.is_sizeless && has_text()
}

/// Whether nothing about the hidden element `id` says that the page can show it.
pub(super) fn is_unseen(dom: &Dom, id: NodeId, tag: Tag) -> bool {
    let is_box = !(matches!(tag, Tag::Template | Tag::P) || Flow::of(dom, id, tag) == Flow::Inline);
    let role = dom.attribute(id, Attr::Role).unwrap_or_default();
    !(matches!(role, "tabpanel" | "region") || is_unfolded(dom, id, is_box) || is_box && has_like(dom, id, tag))
}

/// Whether a button or a heading stands right before it or a link behind it, or it is the second half of a box of two: an answer,
/// the rest of a text.
fn is_unfolded(dom: &Dom, id: NodeId, is_box: bool) -> bool {
    let (before, after) = (element_before(dom, id), element_after(dom, id));
    let is_control = match before.and_then(|before| dom.tag(before)) {
        Some(Tag::Button | Tag::Dt | Tag::Summary | Tag::Label) => true,
        Some(Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6) => is_box,
        _ => is_box && after.is_some_and(|after| matches!(dom.tag(after), Some(Tag::Button | Tag::A))),
    };
    // A script needs a name to find it by; a paragraph has its class from its looks.
    let is_half = |before| {
        let is_named = dom.attribute(id, Attr::Class).or(dom.attribute(id, Attr::Id)).is_some();
        is_named && dom.tag(id) != Some(Tag::P) && element_before(dom, before).is_none() && after.is_none()
    };
    is_control || before.is_some_and(is_half)
}

/// Whether a box of the same class stands beside it: another tab, another slide.
fn has_like(dom: &Dom, id: NodeId, tag: Tag) -> bool {
    let Some(class) = first_class(dom, id) else { return false };
    let is_like = |other: Option<NodeId>| {
        other.is_some_and(|other| dom.tag(other) == Some(tag) && first_class(dom, other) == Some(class))
    };
    is_like(element_before(dom, id)) || is_like(element_after(dom, id))
}

fn first_class(dom: &Dom, id: NodeId) -> Option<&str> {
    dom.attribute(id, Attr::Class)?.split_ascii_whitespace().next()
}

/// The element right before it among its siblings; text between them counts as none.
fn element_before(dom: &Dom, id: NodeId) -> Option<NodeId> {
    neighbour(dom, id, |id| dom.node(id).previous)
}

fn element_after(dom: &Dom, id: NodeId) -> Option<NodeId> {
    neighbour(dom, id, |id| dom.node(id).next)
}

/// The first element in a direction, over at most some white space.
fn neighbour(dom: &Dom, id: NodeId, step: impl Fn(NodeId) -> NodeId) -> Option<NodeId> {
    let mut at = step(id);
    for _ in 0..REACH {
        if at == NONE || dom.tag(at).is_some() {
            break;
        }
        at = step(at);
    }
    (at != NONE && dom.tag(at).is_some()).then_some(at)
}

/// Pieces of text that are looked over for the next element: the tree joins neighbouring text, so there is one.
const REACH: usize = 2;
