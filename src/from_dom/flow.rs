//! How an element stands in the text around it.

use crate::block::Tag;
use crate::dom::{Dom, NONE, NodeId};

/// How an element stands in the text around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flow {
    /// Nothing inside it is text of the page.
    Unread,
    /// Ends a line, as `<br>` does.
    Break,
    /// Ends a paragraph, as `<hr>` does.
    Rule,
    /// Stands in the line like a letter: a picture, a field.
    Embedded,
    /// Its text continues the line.
    Inline,
    /// It begins a line of its own.
    Block,
    /// Its name does not tell: `<glossary-term>`, `<st1:City>`, `<article-body>`. See [`is_phrase`].
    Unknown,
}

impl Flow {
    pub(super) fn of(dom: &Dom, id: NodeId, tag: Tag) -> Flow {
        match tag {
            // Some pages have fallback text in here, but no reader ever sees it. `<rt>` is the reading of a word, set
            // above it.
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
            | Tag::Rt => Flow::Unread,
            Tag::Br => Flow::Break,
            Tag::Hr => Flow::Rule,
            Tag::Img | Tag::Input | Tag::Wbr | Tag::Source | Tag::Link | Tag::Meta => Flow::Embedded,
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
            | Tag::Var => Flow::Inline,
            Tag::Other => match dom.math_name(id) {
                // The formula again, as source or for computer algebra.
                Some("annotation" | "annotation-xml") => Flow::Unread,
                Some(_) => Flow::Inline,
                None if dom.is_special(id) => Flow::Block,
                None => Flow::Unknown,
            },
            _ => Flow::Block,
        }
    }
}

/// Whether an element of unknown name is part of a sentence. `in_line` says that it stands inside a paragraph or
/// heading.
///
/// A browser shows all such elements inline until a style says otherwise, and pages use them for words as well as for
/// boxes. But a box holds boxes, or has no text right beside it. Side by side, as in
/// `<nav-item>a</nav-item><nav-item>b</nav-item>`, they are items of some kind.
pub(super) fn is_phrase(dom: &Dom, id: NodeId, in_line: bool) -> bool {
    (in_line || has_text_beside(dom, id)) && !holds_box(dom, id)
}

fn has_text_beside(dom: &Dom, id: NodeId) -> bool {
    let node = dom.node(id);
    [node.previous, node.next].into_iter().any(|beside| beside != NONE && !dom.text(beside).trim_start().is_empty())
}

/// Most nodes inside an element that is part of a sentence. One with more is a box, so that nested elements cost at
/// most this many steps each.
const PHRASE_NODES: usize = 64;

fn holds_box(dom: &Dom, id: NodeId) -> bool {
    let mut at = dom.following(id, id);
    for _ in 0..PHRASE_NODES {
        let Some(inner) = at else { return false };
        at = match dom.tag(inner).map(|tag| Flow::of(dom, inner, tag)) {
            Some(Flow::Block | Flow::Rule) => return true,
            Some(Flow::Unread) => dom.following_skip(inner, id),
            _ => dom.following(inner, id),
        };
    }
    true
}

/// Whether an element is a formula or begins with one.
pub(super) fn is_formula(dom: &Dom, id: NodeId) -> bool {
    [id, dom.node(id).first_child].into_iter().any(|id| id != NONE && dom.math_name(id).is_some())
}

/// Whether an element with `aria-hidden` is a formula drawn by a script: it stands beside the same formula in MathML.
pub(super) fn is_drawn_formula(dom: &Dom, id: NodeId) -> bool {
    let node = dom.node(id);
    [node.previous, node.next].into_iter().any(|beside| beside != NONE && is_formula(dom, beside))
}

/// Whether an inline element is of a kind that authors set side by side, relying on styles to separate them.
pub(super) fn glues(dom: &Dom, id: NodeId, tag: Tag) -> bool {
    match tag {
        Tag::Span | Tag::A | Tag::Time | Tag::Label | Tag::Button | Tag::Small | Tag::Cite | Tag::Option => true,
        Tag::Other => !is_in_word(dom, id),
        _ => false,
    }
}

/// Whether a word continues across the edge of an element: `un<x-hl>believ</x-hl>`.
fn is_in_word(dom: &Dom, id: NodeId) -> bool {
    let node = dom.node(id);
    let text = |beside: NodeId| if beside == NONE { "" } else { dom.text(beside) };
    text(node.previous).ends_with(char::is_alphanumeric) || text(node.next).starts_with(char::is_alphanumeric)
}
