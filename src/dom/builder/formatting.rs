//! The list of active formatting elements: those to be reopened if they were left open.

use super::Builder;
use super::insert::Place;
use crate::dom::arena::NodeId;
use crate::dom::names::{Name, Space, flags::*};
use crate::span::Span;

/// Maximum number of elements in the list with the same name and attributes: the standard's "Noah's Ark clause".
const MAX_ALIKE: usize = 3;
/// Maximum number of elements and markers in the list. Markers pile up only where elements are closed from outside.
const MAX_ENTRIES: usize = 1_024;

/// An element that was opened, with what is needed to reopen it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Formatting {
    pub(super) node: NodeId,
    pub(super) name: Name,
    attributes: Span,
    source: Span,
    /// The same number for tags with the same attributes.
    alike: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Element(Formatting),
    /// Elements before it are not reopened after it.
    Marker,
}

impl Entry {
    fn node(&self) -> Option<NodeId> {
        match self {
            Entry::Element(element) => Some(element.node),
            Entry::Marker => None,
        }
    }
}

impl Builder {
    pub(super) fn push_marker(&mut self) {
        self.push_entry(Entry::Marker);
    }

    fn push_entry(&mut self, entry: Entry) {
        if self.formatting.len() >= MAX_ENTRIES {
            self.formatting.remove(0);
        }
        self.formatting.push(entry);
    }

    pub(super) fn clear_to_marker(&mut self) {
        while let Some(Entry::Element(_)) = self.formatting.pop() {}
    }

    fn list_position(&self, node: NodeId) -> Option<usize> {
        self.formatting.iter().rposition(|entry| entry.node() == Some(node))
    }

    /// The innermost element of this name after the last marker.
    pub(super) fn last_formatting(&self, name: Name) -> Option<(usize, Formatting)> {
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            match entry {
                Entry::Marker => return None,
                Entry::Element(element) if element.name == name => return Some((at, *element)),
                Entry::Element(_) => {}
            }
        }
        None
    }

    /// Inserts the element of the tag at hand, and adds it to the list.
    pub(super) fn open_formatting(&mut self, name: Name) {
        let alike = self.incoming.alike;
        let mut found = 0;
        let mut first = None;
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            match entry {
                Entry::Marker => break,
                Entry::Element(element) if element.name == name && element.alike == alike => {
                    found += 1;
                    first = Some(at);
                }
                Entry::Element(_) => {}
            }
        }
        if let Some(first) = first
            && found >= MAX_ALIKE
        {
            self.formatting.remove(first);
        }
        let node = self.open_tag(name);
        let (attributes, source) = (self.incoming.attributes, self.incoming.source);
        self.push_entry(Entry::Element(Formatting { node, name, attributes, source, alike }));
    }

    fn is_settled(&self, entry: &Entry) -> bool {
        entry.node().is_none_or(|node| self.open.position(node).is_some())
    }

    /// Reopens the elements that were left open.
    pub(super) fn reconstruct_formatting(&mut self) {
        let list = &self.formatting;
        if list.last().is_none_or(|last| self.is_settled(last)) {
            return;
        }
        let first = list.iter().rposition(|entry| self.is_settled(entry)).map_or(0, |settled| settled + 1);
        for at in first..self.formatting.len() {
            let Some(&Entry::Element(element)) = self.formatting.get(at) else { continue };
            let node = self.open_copy(element.name, element.attributes, element.source);
            self.formatting[at] = Entry::Element(Formatting { node, ..element });
        }
    }

    /// Removes an element from the list and the stack.
    pub(super) fn forget_formatting(&mut self, node: NodeId) {
        if let Some(at) = self.list_position(node) {
            self.formatting.remove(at);
        }
        self.open.remove_node(node);
    }

    /// Handles the end tag of a formatting element, which may overlap others: the standard's "adoption agency
    /// algorithm".
    pub(super) fn close_formatting(&mut self, subject: Name) {
        if let Some(current) = self.open.current()
            && current.is_html(subject)
            && self.list_position(current.node).is_none()
        {
            self.open.pop();
            return;
        }
        for _ in 0..8 {
            let Some((at, element)) = self.last_formatting(subject) else { return self.any_end_tag(subject) };
            let Some(stack_at) = self.open.position(element.node) else {
                self.formatting.remove(at);
                return;
            };
            if !self.open.find_in_scope(SCOPE, |open| open.node == element.node) {
                return;
            }
            let furthest = self.open.list().iter().enumerate().skip(stack_at).find(|(_, open)| open.is(SPECIAL));
            let Some((furthest_at, furthest)) = furthest.map(|(at, open)| (at, open.node)) else {
                self.open.truncate(stack_at);
                self.formatting.remove(at);
                return;
            };
            self.adopt(element, stack_at, furthest_at, furthest);
        }
    }

    fn adopt(&mut self, element: Formatting, stack_at: usize, furthest_at: usize, furthest: NodeId) {
        let ancestor = self.open.list().get(stack_at.wrapping_sub(1)).copied();
        // The copy goes after the entry of this node; without one, it replaces the element's own entry.
        let mut bookmark = None;
        let mut last = furthest;
        let mut at = furthest_at;
        for round in 1.. {
            at = at.wrapping_sub(1);
            let Some(&open) = self.open.list().get(at) else { return };
            if open.node == element.node {
                break;
            }
            let entry_at = self.list_position(open.node);
            let entry = entry_at.and_then(|entry_at| self.formatting.get(entry_at).copied());
            let (Some(entry_at), Some(Entry::Element(entry)), true) = (entry_at, entry, round <= 3) else {
                if let Some(entry_at) = entry_at {
                    self.formatting.remove(entry_at);
                }
                self.open.remove(at);
                continue;
            };
            let copy = self.create(entry.name, Space::Html, entry.attributes, entry.source);
            self.open.replace(at, copy);
            self.formatting[entry_at] = Entry::Element(Formatting { node: copy, ..entry });
            if last == furthest {
                bookmark = Some(copy);
            }
            self.dom.insert(Place::last_of(copy), last);
            last = copy;
        }
        self.dom.detach(last);
        let place = self.place(ancestor);
        self.dom.insert(place, last);
        let copy = self.create(element.name, Space::Html, element.attributes, element.source);
        self.dom.move_children(furthest, copy);
        self.dom.insert(Place::last_of(furthest), copy);
        let entry = Entry::Element(Formatting { node: copy, ..element });
        match bookmark.and_then(|bookmark| self.list_position(bookmark)) {
            Some(behind) => {
                self.formatting.insert(behind + 1, entry);
                if let Some(old) = self.list_position(element.node) {
                    self.formatting.remove(old);
                }
            }
            None => {
                if let Some(old) = self.list_position(element.node) {
                    self.formatting[old] = entry;
                }
            }
        }
        self.open.remove_node(element.node);
        if let Some(furthest_at) = self.open.position(furthest) {
            let flags = element.name.flags();
            let open = super::stack::Open { node: copy, name: element.name, space: Space::Html, flags };
            self.open.insert(furthest_at + 1, open);
        }
    }
}
