//! Creates nodes and finds the place where they go.

use super::Builder;
use super::stack::Open;
use crate::dom::arena::{Attribute, Dom, NONE, Node, NodeData, NodeId, ROOT};
use crate::dom::names::{Name, Space, flags::*};
use crate::span::Span;

/// A text of at most this many bytes is copied so that it can stay in one node.
const MAX_MOVED: usize = 64;

/// Where a node goes: under a parent, before one of its children or, for [`NONE`], at the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) parent: NodeId,
    pub(super) before: NodeId,
}

impl Place {
    pub(super) fn last_of(parent: NodeId) -> Place {
        Place { parent, before: NONE }
    }
}

impl Dom {
    /// Forgets the page, but keeps the memory.
    pub(super) fn reset(&mut self) {
        self.nodes.clear();
        self.attributes.clear();
        self.text.clear();
        self.words.clear();
        self.sheets.clear();
        self.names.clear();
        self.add(NodeData::Document, Span::default());
    }

    pub(super) fn add(&mut self, data: NodeData, source: Span) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX - 1));
        self.nodes.push(Node {
            parent: NONE,
            previous: NONE,
            next: NONE,
            first_child: NONE,
            last_child: NONE,
            data,
            source,
        });
        id
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.node(id);
        if parent == NONE {
            return;
        }
        if previous == NONE {
            self.node_mut(parent).first_child = next;
        } else {
            self.node_mut(previous).next = next;
        }
        if next == NONE {
            self.node_mut(parent).last_child = previous;
        } else {
            self.node_mut(next).previous = previous;
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    pub(super) fn insert(&mut self, place: Place, id: NodeId) {
        self.detach(id);
        self.attach(place, id);
    }

    /// The same for a node that is not in the tree yet, as is true of nearly all.
    fn attach(&mut self, place: Place, id: NodeId) {
        let Place { parent, before } = place;
        let previous = self.before(place);
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (parent, previous, before);
        if previous == NONE {
            self.node_mut(parent).first_child = id;
        } else {
            self.node_mut(previous).next = id;
        }
        if before == NONE {
            self.node_mut(parent).last_child = id;
        } else {
            self.node_mut(before).previous = id;
        }
    }

    fn before(&self, place: Place) -> NodeId {
        if place.before == NONE { self.node(place.parent).last_child } else { self.node(place.before).previous }
    }

    /// Inserts text. It joins a text node directly before it, as the standard requires, unless that is long and no
    /// longer at the end of the arena's text: it then gets a sibling, since copying it each time would take quadratic
    /// time.
    pub(super) fn insert_text(&mut self, place: Place, text: &str, source: Span) {
        let previous = self.before(place);
        let end = self.text.len();
        if previous != NONE
            && let NodeData::Text(span) = self.node(previous).data
            && (span.end as usize == end || span.len() <= MAX_MOVED)
        {
            let start = if span.end as usize == end {
                span.start as usize
            } else {
                self.text.extend_from_within(span.range());
                end
            };
            self.text.push_str(text);
            let end = self.text.len();
            let node = self.node_mut(previous);
            node.data = NodeData::Text(Span::new(start, end));
            node.source = node.source.cover(source);
            return;
        }
        self.text.push_str(text);
        let id = self.add(NodeData::Text(Span::new(end, end + text.len())), source);
        self.attach(place, id);
    }

    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        loop {
            let child = self.node(from).first_child;
            if child == NONE {
                return;
            }
            self.insert(Place::last_of(to), child);
        }
    }
}

impl Builder {
    pub(super) fn create(&mut self, name: Name, space: Space, attributes: Span, source: Span) -> NodeId {
        let tag = self.dom.names.tag(name, space);
        let name = name.0 | (space as u32) << super::SPACE_SHIFT;
        self.dom.add(NodeData::Element { tag, name, attributes }, source)
    }

    /// The standard's "appropriate place for inserting a node". While content is being moved before a table, it may not
    /// be under `target`.
    pub(super) fn place(&self, target: Option<Open>) -> Place {
        let Some(target) = target.as_ref().or(self.open.current()) else { return Place::last_of(ROOT) };
        if !(self.foster && target.space == Space::Html && target.is(FOSTERS)) {
            return Place::last_of(target.node);
        }
        let list = self.open.list();
        for (at, open) in list.iter().enumerate().rev() {
            if open.is_html(Name::TEMPLATE) {
                return Place::last_of(open.node);
            }
            if open.is_html(Name::TABLE) {
                let parent = self.dom.node(open.node).parent;
                if parent != NONE {
                    return Place { parent, before: open.node };
                }
                return Place::last_of(list.get(at.wrapping_sub(1)).map_or(ROOT, |below| below.node));
            }
        }
        Place::last_of(list.first().map_or(ROOT, |html| html.node))
    }

    fn insert_element(&mut self, name: Name, space: Space, attributes: Span, source: Span) -> NodeId {
        let place = self.place(None);
        let id = self.create(name, space, attributes, source);
        self.dom.attach(place, id);
        id
    }

    pub(super) fn push(&mut self, node: NodeId, name: Name, space: Space) {
        self.open.push(Open { node, name, space, flags: name.flags_in(space) });
    }

    /// Inserts the element of the tag at hand, and leaves it open.
    pub(super) fn open_tag(&mut self, name: Name) -> NodeId {
        let id = self.insert_tag(name);
        self.push(id, name, Space::Html);
        id
    }

    /// Inserts the element of the tag at hand, without leaving it open.
    pub(super) fn insert_tag(&mut self, name: Name) -> NodeId {
        self.insert_element(name, Space::Html, self.incoming.attributes, self.incoming.source)
    }

    /// Inserts the element of the tag at hand in another vocabulary, and leaves it open unless its tag closes itself.
    pub(super) fn open_foreign(&mut self, name: Name, space: Space) {
        let id = self.insert_element(name, space, self.incoming.attributes, self.incoming.source);
        if !self.incoming.self_closing {
            let mut flags = name.flags_in(space);
            if space == Space::MathMl && name == Name::ANNOTATION_XML && self.incoming.html_annotation {
                flags |= ANNOTATION;
            }
            self.open.push(Open { node: id, name, space, flags });
        }
    }

    /// Inserts an element that has no tag in the page, and leaves it open.
    pub(super) fn open_implied(&mut self, name: Name) -> NodeId {
        let id = self.insert_element(name, Space::Html, Span::default(), Span::default());
        self.push(id, name, Space::Html);
        id
    }

    /// Inserts a copy of an element, and leaves it open.
    pub(super) fn open_copy(&mut self, name: Name, attributes: Span, source: Span) -> NodeId {
        let id = self.insert_element(name, Space::Html, attributes, source);
        self.push(id, name, Space::Html);
        id
    }

    pub(super) fn append_text(&mut self, text: &str) {
        let place = self.place(None);
        self.dom.insert_text(place, text, self.text_source);
    }

    /// Adds to the first `<html>` or `<body>` the attributes of another one that it lacks. Since we read few names, any
    /// are added only a few times, however many such tags there are.
    pub(super) fn merge_attributes(&mut self, target: NodeId) {
        let NodeData::Element { tag, name, attributes } = self.dom.node(target).data else { return };
        let all = &self.dom.attributes;
        let had = all.get(attributes.range()).unwrap_or_default();
        let incoming = all.get(self.incoming.attributes.range()).unwrap_or_default();
        let is_new = |added: &&Attribute| had.iter().all(|had| had.name != added.name);
        let added: Vec<Attribute> = incoming.iter().filter(is_new).copied().collect();
        if added.is_empty() {
            return;
        }
        let start = self.dom.attributes.len();
        self.dom.attributes.extend_from_within(attributes.range());
        self.dom.attributes.extend(added);
        let attributes = Span::new(start, self.dom.attributes.len());
        self.dom.node_mut(target).data = NodeData::Element { tag, name, attributes };
    }
}
