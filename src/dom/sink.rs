//! html5ever's tree builder writes into the arena through this.

use super::arena::{Attr, Attribute, Dom, NONE, Node, NodeData, NodeId, ROOT};
use super::names::{Known, Names};
use crate::span::Span;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, Namespace, QualName};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// Bytes of text that are copied to stay in one node.
const MAX_MOVED: usize = 64;

/// Builds a [`Dom`] from what the tree builder says.
#[derive(Debug)]
pub(super) struct Sink {
    state: RefCell<State>,
    names: RefCell<Names>,
    elements: Cell<usize>,
}

#[derive(Debug)]
struct State {
    dom: Dom,
    /// `annotation-xml` elements whose content is HTML, in order.
    html_annotations: Vec<NodeId>,
}

impl Sink {
    pub(super) fn new() -> Sink {
        let mut state = State { dom: Dom::default(), html_annotations: Vec::new() };
        state.add(NodeData::Document);
        Sink { state: RefCell::new(state), names: RefCell::default(), elements: Cell::new(0) }
    }

    /// Nodes made so far, those since detached included.
    pub(super) fn len(&self) -> usize {
        self.state.borrow().dom.nodes.len()
    }

    /// Elements made so far.
    pub(super) fn elements(&self) -> usize {
        self.elements.get()
    }

    pub(super) fn is_formatting(&self, id: NodeId) -> bool {
        self.known(id).is_some_and(|known| known.formatting)
    }

    fn known(&self, id: NodeId) -> Option<Ref<'_, Known>> {
        let NodeData::Element { name, .. } = self.state.borrow().dom.nodes.get(id.0 as usize)?.data else {
            return None;
        };
        Ref::filter_map(self.names.borrow(), |names| names.list.get(name as usize)).ok()
    }
}

/// The borrowed name of an element, as html5ever asks for it.
#[derive(Debug)]
pub(super) struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl State {
    fn add(&mut self, data: NodeData) -> NodeId {
        let id = NodeId(u32::try_from(self.dom.nodes.len()).unwrap_or(u32::MAX - 1));
        self.dom.nodes.push(Node {
            parent: NONE,
            previous: NONE,
            next: NONE,
            first_child: NONE,
            last_child: NONE,
            data,
            source: Span::default(),
        });
        id
    }

    fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.dom.nodes[id.0 as usize]
    }

    fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.dom.node(id);
        if parent == NONE {
            return;
        }
        if previous == NONE {
            self.node(parent).first_child = next
        } else {
            self.node(previous).next = next
        }
        if next == NONE {
            self.node(parent).last_child = previous
        } else {
            self.node(next).previous = previous
        }
        let node = self.node(id);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `id` under `parent` before `next`, at the end if `next` is [`NONE`].
    fn insert(&mut self, parent: NodeId, next: NodeId, id: NodeId) {
        if id == NONE {
            return;
        }
        self.detach(id);
        let previous = if next == NONE { self.dom.node(parent).last_child } else { self.dom.node(next).previous };
        let node = self.node(id);
        (node.parent, node.previous, node.next) = (parent, previous, next);
        if previous == NONE {
            self.node(parent).first_child = id
        } else {
            self.node(previous).next = id
        }
        if next == NONE { self.node(parent).last_child = id } else { self.node(next).previous = id }
    }

    /// Text joins a text node directly before it, as the standard asks; a long one that something else was written
    /// after gets a sibling instead, since to move it each time would be quadratic.
    fn insert_text(&mut self, parent: NodeId, next: NodeId, text: &str) {
        let previous = if next == NONE { self.dom.node(parent).last_child } else { self.dom.node(next).previous };
        let end = self.dom.text.len();
        if previous != NONE
            && let NodeData::Text(span) = self.dom.node(previous).data
            && (span.end as usize == end || span.len() <= MAX_MOVED)
        {
            let start = if span.end as usize == end {
                span.start as usize
            } else {
                self.dom.text.extend_from_within(span.range());
                end
            };
            self.dom.text.push_str(text);
            self.node(previous).data = NodeData::Text(Span::new(start, self.dom.text.len()));
            return;
        }
        self.dom.text.push_str(text);
        let id = self.add(NodeData::Text(Span::new(end, end + text.len())));
        self.insert(parent, next, id);
    }

    fn place(&mut self, parent: NodeId, next: NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => self.insert(parent, next, id),
            NodeOrText::AppendText(text) => self.insert_text(parent, next, &text),
        }
    }

    fn keep_attributes(&mut self, attributes: &[html5ever::Attribute]) -> Span {
        let start = self.dom.attributes.len();
        for attribute in attributes {
            if let Some(name) = Attr::from_name(&attribute.name.local) {
                let at = self.dom.text.len();
                self.dom.text.push_str(&attribute.value);
                self.dom.attributes.push(Attribute { name, value: Span::new(at, self.dom.text.len()) });
            }
        }
        Span::new(start, self.dom.attributes.len())
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Dom {
        self.state.into_inner().dom
    }
    fn parse_error(&self, _message: Cow<'static, str>) {}
    fn get_document(&self) -> NodeId {
        ROOT
    }
    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name<'a> {
        let index = match self.state.borrow().dom.node(*target).data {
            NodeData::Element { name, .. } => name as usize,
            _ => 0,
        };
        Name(Ref::map(self.names.borrow(), |names| &names.list[index].name))
    }
    fn create_element(&self, name: QualName, attrs: Vec<html5ever::Attribute>, flags: ElementFlags) -> NodeId {
        let mut state = self.state.borrow_mut();
        let attributes = state.keep_attributes(&attrs);
        let (name, tag) = self.names.borrow_mut().number(name);
        self.elements.set(self.elements.get() + 1);
        let id = state.add(NodeData::Element { tag, name, attributes });
        if flags.mathml_annotation_xml_integration_point {
            state.html_annotations.push(id);
        }
        id
    }
    fn create_comment(&self, _text: StrTendril) -> NodeId {
        NONE
    }
    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        NONE
    }
    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.state.borrow_mut().place(*parent, NONE, child);
    }
    fn append_based_on_parent_node(&self, element: &NodeId, prev_element: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.state.borrow().dom.node(*element).parent;
        if parent == NONE { self.append(prev_element, child) } else { self.append_before_sibling(element, child) }
    }
    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }
    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _mode: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        let mut state = self.state.borrow_mut();
        let parent = state.dom.node(*sibling).parent;
        if parent != NONE {
            state.place(parent, *sibling, new_node);
        }
    }
    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<html5ever::Attribute>) {
        let mut state = self.state.borrow_mut();
        let NodeData::Element { tag, name, attributes } = state.dom.node(*target).data else { return };
        let had: Vec<Attribute> = state.dom.attributes[attributes.range()].to_vec();
        let added = state.keep_attributes(&attrs);
        let mut merged = had.clone();
        merged.extend(
            state.dom.attributes[added.range()].iter().filter(|a| had.iter().all(|h| h.name != a.name)).copied(),
        );
        let start = state.dom.attributes.len();
        state.dom.attributes.extend(merged);
        let attributes = Span::new(start, state.dom.attributes.len());
        state.node(*target).data = NodeData::Element { tag, name, attributes };
    }
    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.state.borrow().html_annotations.binary_search_by_key(&handle.0, |id| id.0).is_ok()
    }
    fn remove_from_parent(&self, target: &NodeId) {
        self.state.borrow_mut().detach(*target);
    }
    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut state = self.state.borrow_mut();
        loop {
            let child = state.dom.node(*node).first_child;
            if child == NONE {
                return;
            }
            state.insert(*new_parent, NONE, child);
        }
    }
}
