//! Text that is never shown: hidden, with nothing beside it that could reveal it.
//!
//! Much of what a page hides is only folded away: tabs, answers, further paragraphs. It is text of the page, and
//! corpora count it as body. The rest is hidden for good: instructions to language models, links for search engines,
//! forms that nobody opens.

use super::flow::{Flow, is_formula};
use super::style::Style;
use crate::dom::{Attr, Attribute, Dom, NONE, NodeId, ROOT, Tag};
use crate::span::Recent;
use crate::vocab::{Family, Vocab};
use std::cell::OnceCell;
use std::collections::HashSet;

/// What the page as a whole says about its hidden parts; computed when first needed.
#[derive(Debug)]
pub(super) struct Unseen<'a> {
    dom: &'a Dom,
    /// By the value of the attribute, which many elements may share.
    styles: Recent<Style>,
    /// The ids of the elements that its controls reveal.
    controlled: OnceCell<HashSet<&'a str>>,
    /// Whether its parts fade in as it is scrolled.
    fades: Option<bool>,
}

/// A page with this many transparent texts fades in its parts.
const FADING_MIN_TEXTS: usize = 3;

/// The same for texts that are also shifted.
const GLIDING_MIN_TEXTS: usize = 2;

impl<'a> Unseen<'a> {
    pub(super) fn new(dom: &'a Dom) -> Self {
        Unseen { dom, styles: Recent::default(), controlled: OnceCell::new(), fades: None }
    }

    /// What a `style` says.
    pub(super) fn style(&mut self, attribute: &Attribute) -> Style {
        self.styles.of(attribute.value, || Style::of(self.dom.value(attribute)))
    }

    /// What the `style` of an element says, if it has one.
    fn style_of(&mut self, id: NodeId) -> Option<Style> {
        let attribute = self.dom.attributes(id).iter().find(|attribute| attribute.name == Attr::Style)?;
        Some(self.style(attribute))
    }

    /// Whether its style hides an element.
    pub(super) fn hides(&mut self, id: NodeId, style: Style) -> bool {
        let dom = self.dom;
        // A picture of the formula is shown instead.
        let is_drawn =
            || is_formula(dom, id) && element_after(dom, id).and_then(|after| dom.tag(after)) == Some(Tag::Img);
        style.is_hidden && !is_drawn()
            || style.is_clear && (!(has_class(dom, id) || style.is_waiting) || is_small(dom, id) && !self.fades())
            // A style sheet may give it the `position` that moving it takes.
            || style.is_moved && is_named(dom, id)
    }

    /// Whether several texts of the page are transparent and not just one: then the page fades them in, or lets them
    /// glide in.
    fn fades(&mut self) -> bool {
        if let Some(fades) = self.fades {
            return fades;
        }
        let dom = self.dom;
        let mut nodes = std::iter::successors(dom.following(ROOT, ROOT), |&at| dom.following(at, ROOT));
        let (mut fading, mut gliding) = (0, 0);
        let fades = nodes.any(|id| {
            let style = self.style_of(id).filter(|style| style.is_clear && has_text(dom, id));
            fading += usize::from(style.is_some());
            gliding += usize::from(style.is_some_and(|style| style.is_waiting));
            fading == FADING_MIN_TEXTS || gliding == GLIDING_MIN_TEXTS
        });
        *self.fades.insert(fades)
    }

    /// Whether a control on the page says that it shows and hides the element.
    fn is_controlled(&self, id: NodeId) -> bool {
        self.dom.attribute(id, Attr::Id).is_some_and(|id| {
            let controlled = self.controlled.get_or_init(|| {
                let controls = self.dom.attributes.iter().filter(|attribute| attribute.name.is_control());
                controls.flat_map(|control| self.dom.value(control).split_ascii_whitespace()).map(bare).collect()
            });
            controlled.contains(id)
        })
    }

    /// Whether nothing about or around the hidden element `id` suggests that the page can show it.
    pub(super) fn is_unseen(&mut self, id: NodeId, tag: Tag) -> bool {
        let dom = self.dom;
        let is_box = !(matches!(tag, Tag::Template | Tag::P) || Flow::of(dom, id, tag) == Flow::Inline);
        !(dom.attribute(id, Attr::Role) == Some("tabpanel")
            || is_unfolded(dom, id, is_box)
            || is_unfolder(dom, self.after_hidden(id))
            || is_box && self.has_like(id, tag)
            || self.is_controlled(id))
    }

    /// Whether an element is hidden by its own attributes.
    fn is_hidden(&mut self, id: NodeId) -> bool {
        self.dom.attribute(id, Attr::Hidden).is_some() || self.style_of(id).is_some_and(|style| style.is_hidden)
    }

    /// The first element after it that is not hidden too: a text may be folded away paragraph by paragraph.
    fn after_hidden(&mut self, id: NodeId) -> Option<NodeId> {
        let dom = self.dom;
        let after = std::iter::successors(element_after(dom, id), |&at| element_after(dom, at));
        after.take(FOLDED_MAX_PARAGRAPHS).find(|&after| !self.is_hidden(after))
    }

    /// Whether a box of the same class stands near it and takes turns with it: another tab, another slide, the answer to
    /// the next question.
    ///
    /// Such a box is hidden too, or something marks it as shown: `class="tab active"`, a style of its own.
    fn has_like(&mut self, id: NodeId, tag: Tag) -> bool {
        let dom = self.dom;
        let Some(class) = first_class(dom, id) else { return false };
        let all = dom.attribute(id, Attr::Class);
        let mut is_like = |other: NodeId| {
            dom.tag(other) == Some(tag)
                && first_class(dom, other) == Some(class)
                && (dom.attribute(other, Attr::Style).is_some()
                    || dom.attribute(other, Attr::Class) != all
                    || self.is_hidden(other))
        };
        let mut near = |step: fn(&Dom, NodeId) -> Option<NodeId>| {
            std::iter::successors(step(dom, id), |&at| step(dom, at)).take(SIBLING_REACH).any(&mut is_like)
        };
        near(element_before) || near(element_after)
    }
}

/// An id without the `#` that makes it a selector.
fn bare(id: &str) -> &str {
    id.strip_prefix('#').unwrap_or(id)
}

fn has_class(dom: &Dom, id: NodeId) -> bool {
    dom.attribute(id, Attr::Class).is_some()
}

/// Whether it has a class or id by which a script or a style sheet can find it.
fn is_named(dom: &Dom, id: NodeId) -> bool {
    has_class(dom, id) || dom.attribute(id, Attr::Id).is_some()
}

/// Whether an element holds hardly more than a paragraph.
pub(super) fn is_small(dom: &Dom, id: NodeId) -> bool {
    let nodes = || std::iter::successors(Some(id), |&at| dom.following(at, id));
    nodes().nth(SMALL_MAX_NODES).is_none() && nodes().filter(|&at| dom.tag(at) == Some(Tag::P)).nth(1).is_none()
}

/// Whether an element holds no more than a few words.
pub(super) fn is_short(dom: &Dom, id: NodeId) -> bool {
    let mut nodes = std::iter::successors(Some(id), |&at| dom.following(at, id));
    let length = nodes.by_ref().take(SMALL_MAX_NODES).map(|at| dom.text(at).trim().len()).sum::<usize>();
    length <= CONTROL_MAX_BYTES && nodes.next().is_none()
}

/// Whether an element can be unfolded: a heading or a control stands right before it, a control stands after it, or it
/// is the second half of a box of two (an answer, the rest of a text).
fn is_unfolded(dom: &Dom, id: NodeId, is_box: bool) -> bool {
    let (before, after) = (element_before(dom, id), element_after(dom, id));
    let is_headed = before.is_some_and(|before| match dom.tag(before) {
        Some(Tag::Button) => true,
        Some(Tag::Dt | Tag::Summary | Tag::Label) => has_text(dom, before),
        Some(Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6) => is_box && has_text(dom, before),
        _ => is_box && control(dom, before).is_some(),
    });
    let is_continued = after.is_some_and(|after| match dom.tag(after) {
        Some(Tag::A) => is_box || is_last(dom, after) && control(dom, after).is_some(),
        _ => is_box && control(dom, after).is_some(),
    });
    is_headed
        || is_continued
        || before.is_some_and(|before| is_half(dom, id, before, after))
        || is_box && is_unfolder(dom, beside_parent(dom, id))
}

/// Whether it is the second of the only two elements in a box. A script needs a name to find it by, but the class of a
/// paragraph is for its style. If text runs into it, it is part of a sentence instead.
fn is_half(dom: &Dom, id: NodeId, before: NodeId, after: Option<NodeId>) -> bool {
    let previous = dom.node(id).previous;
    let is_named = is_named(dom, id) && dom.tag(id) != Some(Tag::P);
    let is_apart = dom.tag(previous).is_some() || dom.text(previous).trim().is_empty();
    is_named && is_apart && element_before(dom, before).is_none() && after.is_none()
}

/// Most paragraphs that are folded away one by one.
const FOLDED_MAX_PARAGRAPHS: usize = 16;

/// The element after its parent if it is the last element in it, or before its parent if it is the first.
fn beside_parent(dom: &Dom, id: NodeId) -> Option<NodeId> {
    let parent = dom.node(id).parent;
    if parent == NONE {
        None
    } else if element_after(dom, id).is_none() {
        element_after(dom, parent)
    } else if element_before(dom, id).is_none() {
        element_before(dom, parent)
    } else {
        None
    }
}

/// Whether it is a button that says that it unfolds something. Other buttons follow texts as well: `Share`.
fn is_unfolder(dom: &Dom, id: Option<NodeId>) -> bool {
    id.is_some_and(|id| control(dom, id) == Some(Control::Button) && says_more(dom, id))
}

fn says_more(dom: &Dom, id: NodeId) -> bool {
    let has_word = |text: &str| {
        let is_word = |at| Vocab::get().longest_at(text, at, |family| family == Family::More).is_some();
        text.len() <= CONTROL_MAX_BYTES && text.char_indices().any(|(at, _)| is_word(at))
    };
    let mut nodes = std::iter::successors(Some(id), |&at| dom.following(at, id)).take(SMALL_MAX_NODES);
    nodes.any(|at| dom.attribute(at, Attr::AriaExpanded).is_some() || has_word(dom.text(at).trim()))
}

/// Something that a reader can press.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Control {
    Button,
    /// It may lead away.
    Link,
}

/// The kind of control that an element is or holds, if it holds little else: a button, something that a script listens
/// to, or a link of a few words. A link with other words beside it leads away.
fn control(dom: &Dom, id: NodeId) -> Option<Control> {
    let mut at = Some(id);
    let (mut length, mut beside, mut has_link, mut has_button) = (0, 0, false, false);
    for _ in 0..SMALL_MAX_NODES {
        let Some(node) = at else { break };
        match dom.tag(node) {
            None => {
                let text = dom.text(node).trim().len();
                length += text;
                beside += if dom.tag(dom.node(node).parent) == Some(Tag::A) { 0 } else { text };
            }
            Some(Tag::Button) => has_button = true,
            // The label of a hidden checkbox. Other labels ask for input.
            Some(Tag::Label) => has_button |= says_more(dom, node),
            Some(Tag::Input) => has_button |= dom.attribute(node, Attr::Type).is_some_and(|kind| kind == "button"),
            Some(tag) => {
                has_link |= tag == Tag::A;
                has_button |= dom.attribute(node, Attr::Onclick).is_some()
                    || dom.attribute(node, Attr::Role) == Some("button")
                    || dom.attributes(node).iter().any(|attribute| attribute.name.is_control());
            }
        }
        at = dom.following(node, id);
    }
    if length > CONTROL_MAX_BYTES {
        None
    } else if has_button {
        Some(Control::Button)
    } else {
        (has_link && beside == 0).then_some(Control::Link)
    }
}

/// Most nodes of a box to search for a control, and most nodes of a small box.
const SMALL_MAX_NODES: usize = 8;

/// Most bytes of the words on a control.
const CONTROL_MAX_BYTES: usize = 64;

fn has_text(dom: &Dom, id: NodeId) -> bool {
    let nodes = std::iter::successors(Some(id), |&at| dom.following(at, id)).take(SMALL_MAX_NODES);
    nodes.into_iter().any(|node| dom.tag(node).is_none() && !dom.text(node).trim().is_empty())
}

/// Whether nothing follows it in its parent.
fn is_last(dom: &Dom, id: NodeId) -> bool {
    let next = dom.node(id).next;
    next == NONE || dom.tag(next).is_none() && dom.text(next).trim().is_empty() && dom.node(next).next == NONE
}

/// Such a box is among this many elements to either side.
const SIBLING_REACH: usize = 3;

fn first_class(dom: &Dom, id: NodeId) -> Option<&str> {
    dom.attribute(id, Attr::Class)?.split_ascii_whitespace().next()
}

/// The element right before it among its siblings, ignoring text between them.
fn element_before(dom: &Dom, id: NodeId) -> Option<NodeId> {
    neighbour(dom, id, |id| dom.node(id).previous)
}

fn element_after(dom: &Dom, id: NodeId) -> Option<NodeId> {
    neighbour(dom, id, |id| dom.node(id).next)
}

/// The first element in a direction, past at most a text or two.
fn neighbour(dom: &Dom, id: NodeId, step: impl Fn(NodeId) -> NodeId) -> Option<NodeId> {
    let mut at = step(id);
    for _ in 0..MAX_TEXTS_BETWEEN {
        if at == NONE || dom.tag(at).is_some() {
            break;
        }
        at = step(at);
    }
    (at != NONE && dom.tag(at).is_some()).then_some(at)
}

/// Most text nodes to pass over: the tree joins neighbouring text, so there is only one.
const MAX_TEXTS_BETWEEN: usize = 2;
