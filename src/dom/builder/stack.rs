//! The stack of open elements.

use crate::dom::arena::NodeId;
use crate::dom::names::{KNOWN, Name, Space, flags::*};

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) node: NodeId,
    pub(super) name: Name,
    pub(super) space: Space,
    /// What the standard says about it.
    pub(super) flags: u32,
}

impl Open {
    pub(super) fn is(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    pub(super) fn is_html(&self, name: Name) -> bool {
        self.name == name && self.space == Space::Html
    }
}

#[derive(Debug)]
pub(super) struct Stack {
    list: Vec<Open>,
    /// How many HTML elements of each known name are open. Most searches need no more.
    counts: [u16; KNOWN],
}

impl Default for Stack {
    fn default() -> Self {
        Stack { list: Vec::new(), counts: [0; KNOWN] }
    }
}

impl Stack {
    pub(super) fn list(&self) -> &[Open] {
        &self.list
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn current(&self) -> Option<&Open> {
        self.list.last()
    }

    pub(super) fn current_is(&self, name: Name) -> bool {
        self.current().is_some_and(|open| open.is_html(name))
    }

    fn count(&mut self, open: Open, change: i16) {
        if open.space == Space::Html
            && let Some(count) = self.counts.get_mut(open.name.0 as usize)
        {
            *count = count.wrapping_add_signed(change);
        }
    }

    /// Whether an HTML element of this name is open at all.
    pub(super) fn has(&self, name: Name) -> bool {
        match self.counts.get(name.0 as usize) {
            Some(&count) => count > 0,
            None => self.list.iter().any(|open| open.is_html(name)),
        }
    }

    pub(super) fn push(&mut self, open: Open) {
        self.count(open, 1);
        self.list.push(open);
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.list.pop()?;
        self.count(open, -1);
        Some(open)
    }

    pub(super) fn insert(&mut self, at: usize, open: Open) {
        self.count(open, 1);
        self.list.insert(at.min(self.list.len()), open);
    }

    pub(super) fn remove(&mut self, at: usize) {
        if at < self.list.len() {
            let open = self.list.remove(at);
            self.count(open, -1);
        }
    }

    /// Replaces the node of an element by its copy.
    pub(super) fn replace(&mut self, at: usize, node: NodeId) {
        if let Some(open) = self.list.get_mut(at) {
            open.node = node;
        }
    }

    pub(super) fn truncate(&mut self, len: usize) {
        while self.list.len() > len {
            self.pop();
        }
    }

    pub(super) fn position(&self, node: NodeId) -> Option<usize> {
        self.list.iter().rposition(|open| open.node == node)
    }

    pub(super) fn remove_node(&mut self, node: NodeId) {
        if let Some(at) = self.position(node) {
            self.remove(at);
        }
    }

    /// Whether an HTML element of this name is open inside the innermost element that bounds `scope`.
    pub(super) fn in_scope(&self, name: Name, scope: u32) -> bool {
        self.has(name) && self.find_in_scope(scope, |open| open.is_html(name))
    }

    pub(super) fn find_in_scope(&self, scope: u32, wanted: impl Fn(&Open) -> bool) -> bool {
        for open in self.list.iter().rev() {
            if wanted(open) {
                return true;
            }
            if open.is(scope) {
                return false;
            }
        }
        false
    }

    pub(super) fn close_implied(&mut self, implied: u32) {
        while self.current().is_some_and(|open| open.is(implied)) {
            self.pop();
        }
    }

    pub(super) fn close_implied_except(&mut self, name: Name) {
        while self.current().is_some_and(|open| open.is(IMPLIED_END) && !open.is_html(name)) {
            self.pop();
        }
    }

    /// Closes elements up to and including the innermost HTML element of this name.
    pub(super) fn pop_through(&mut self, name: Name) {
        while let Some(open) = self.pop() {
            if open.is_html(name) {
                return;
            }
        }
    }

    /// Closes elements down to the innermost one with one of `flags`, which stays open.
    pub(super) fn pop_to(&mut self, flags: u32) {
        while self.current().is_some_and(|open| !open.is(flags)) {
            self.pop();
        }
    }

    pub(super) fn pop_through_any(&mut self, wanted: impl Fn(&Open) -> bool) {
        while let Some(open) = self.pop() {
            if wanted(&open) {
                return;
            }
        }
    }

    pub(super) fn close_paragraph(&mut self) {
        if self.in_scope(Name::P, SCOPE | BUTTON_SCOPE) {
            self.close_implied_except(Name::P);
            self.pop_through(Name::P);
        }
    }
}
