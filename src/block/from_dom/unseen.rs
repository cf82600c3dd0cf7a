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

/// Whether a heading or a control stands right before it or a control behind it, or it is the second half of a box of two: an answer,
/// the rest of a text.
fn is_unfolded(dom: &Dom, id: NodeId, is_box: bool) -> bool {
    let (before, after) = (element_before(dom, id), element_after(dom, id));
    let is_headed = before.is_some_and(|before| match dom.tag(before) {
        Some(Tag::Button) => true,
        Some(Tag::Dt | Tag::Summary | Tag::Label) => has_text(dom, before),
        Some(Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6) => is_box && has_text(dom, before),
        _ => is_box && holds_control(dom, before),
    });
    let is_continued = after.is_some_and(|after| match dom.tag(after) {
        Some(Tag::A) => is_box || is_last(dom, after) && holds_control(dom, after),
        _ => is_box && holds_control(dom, after),
    });
    // A script needs a name to find it by; a paragraph has its class from its looks.
    let is_half = |before| {
        let is_named = dom.attribute(id, Attr::Class).or(dom.attribute(id, Attr::Id)).is_some();
        is_named && dom.tag(id) != Some(Tag::P) && element_before(dom, before).is_none() && after.is_none()
    };
    is_headed || is_continued || before.is_some_and(is_half)
}

/// Whether an element is little more than something to press: a button, a link of a few words, what a script listens to. A link
/// with other words beside it leads away.
fn holds_control(dom: &Dom, id: NodeId) -> bool {
    let mut at = Some(id);
    let (mut length, mut beside, mut has_link, mut has_button) = (0, 0, false, false);
    for _ in 0..SMALL {
        let Some(node) = at else { break };
        match dom.tag(node) {
            None => {
                let text = dom.text(node).trim().len();
                length += text;
                beside += if dom.tag(dom.node(node).parent) == Some(Tag::A) { 0 } else { text };
            }
            Some(Tag::Button) => has_button = true,
            Some(Tag::A) => has_link = true,
            Some(Tag::Input) => has_button |= dom.attribute(node, Attr::Type).is_some_and(|kind| kind == "button"),
            Some(_) => has_button |= dom.attribute(node, Attr::Onclick).is_some(),
        }
        at = dom.following(node, id);
    }
    (has_button || has_link && beside == 0) && length <= SHORT
}

/// Nodes that a control's box may have, to be looked at.
const SMALL: usize = 8;

/// Bytes that the words on a control may have.
const SHORT: usize = 64;

fn has_text(dom: &Dom, id: NodeId) -> bool {
    let nodes = std::iter::successors(Some(id), |&at| dom.following(at, id)).take(SMALL);
    nodes.into_iter().any(|node| dom.tag(node).is_none() && !dom.text(node).trim().is_empty())
}

/// Whether nothing follows in the box it is in.
fn is_last(dom: &Dom, id: NodeId) -> bool {
    let next = dom.node(id).next;
    next == NONE || dom.tag(next).is_none() && dom.text(next).trim().is_empty() && dom.node(next).next == NONE
}

/// Whether a box of the same class stands near it: another tab, another slide, the answer to the next question.
fn has_like(dom: &Dom, id: NodeId, tag: Tag) -> bool {
    let Some(class) = first_class(dom, id) else { return false };
    let is_like = |&other: &NodeId| dom.tag(other) == Some(tag) && first_class(dom, other) == Some(class);
    let near = |step: fn(&Dom, NodeId) -> Option<NodeId>| {
        std::iter::successors(step(dom, id), |&at| step(dom, at)).take(NEAR).any(|other| is_like(&other))
    };
    near(element_before) || near(element_after)
}

/// Elements that another of the same class may be away.
const NEAR: usize = 3;

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
