//! html5ever's tree builder writes into the arena through this.

use super::arena::{Attr, Attribute, Dom, NONE, Node, NodeData, NodeId, ROOT};
use super::names::{Known, Names};
use super::tokenizer::{RawAttribute, decode_attribute, lower_case};
use crate::span::Span;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, Namespace, QualName, local_name, ns};
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
    /// Whether attributes come past the tree builder, by [`Sink::keep`], and not through it.
    past: bool,
}

/// What the tag being processed has for the element that comes of it.
#[derive(Clone, Copy, Debug, Default)]
struct Incoming {
    attributes: Span,
    source: Span,
    /// Elements made before.
    elements: usize,
}

#[derive(Debug)]
struct State {
    dom: Dom,
    incoming: Incoming,
    /// Attributes of formatting elements, which may be made several times.
    sets: Vec<Span>,
    last_element: NodeId,
    /// `html` and `body`, once a second tag of theirs has added its attributes.
    merged: Vec<NodeId>,
    /// Where the text comes from that is being processed, or waits for the end of text in a table.
    text_source: Span,
    /// `annotation-xml` elements whose content is HTML, in order.
    html_annotations: Vec<NodeId>,
}

impl Sink {
    /// A sink that uses the memory of `dom` again.
    pub(super) fn within(mut dom: Dom, past: bool) -> Sink {
        dom.nodes.clear();
        dom.attributes.clear();
        dom.text.clear();
        let mut names = std::mem::take(&mut dom.names);
        names.clear();
        let mut state = State {
            dom,
            incoming: Incoming::default(),
            sets: Vec::new(),
            last_element: NONE,
            merged: Vec::new(),
            text_source: Span::default(),
            html_annotations: Vec::new(),
        };
        state.add(NodeData::Document);
        Sink { state: RefCell::new(state), names: RefCell::new(names), elements: Cell::new(0), past }
    }

    /// Decodes the attributes we read of the tag that is about to be processed; [`Sink::settle`] gives them to its element.
    pub(super) fn keep(&self, attributes: &[RawAttribute<'_>], source: Span) {
        let mut state = self.state.borrow_mut();
        let start = state.dom.attributes.len();
        for attribute in attributes {
            let Some(name) = Attr::from_name(&lower_case(attribute.name)) else { continue };
            if state.dom.attributes.iter().skip(start).any(|kept| kept.name == name) {
                continue;
            }
            let at = state.dom.text.len();
            decode_attribute(attribute.value, &mut state.dom.text);
            let value = Span::new(at, state.dom.text.len());
            state.dom.attributes.push(Attribute { name, value });
        }
        let attributes = Span::new(start, state.dom.attributes.len());
        state.incoming = Incoming { attributes, source, elements: self.elements() };
    }

    /// Ends what [`Sink::keep`] began. A tag's own element is made last, after those it implies; it may also make none.
    pub(super) fn settle(&self, name: &LocalName) {
        let incoming = std::mem::take(&mut self.state.borrow_mut().incoming);
        self.forget_text();
        let last = self.state.borrow().last_element;
        if self.elements() == incoming.elements || !self.is_named(last, name) {
            return;
        }
        let node = &mut self.state.borrow_mut().dom.nodes[last.0 as usize];
        node.source = incoming.source;
        if let NodeData::Element { attributes, .. } = &mut node.data {
            *attributes = incoming.attributes;
        }
    }

    /// Names in SVG change their case, and there is no `image` in HTML.
    fn is_named(&self, id: NodeId, name: &LocalName) -> bool {
        self.known(id).is_some_and(|known| {
            let own = &known.name.local;
            own == name || own.eq_ignore_ascii_case(name) || *name == local_name!("image") && *own == local_name!("img")
        })
    }

    /// Numbers the incoming attributes, for elements that may be made again later.
    pub(super) fn add_set(&self) -> u32 {
        let mut state = self.state.borrow_mut();
        let attributes = state.incoming.attributes;
        state.sets.push(attributes);
        u32::try_from(state.sets.len() - 1).unwrap_or(u32::MAX)
    }

    /// What the tree builder remembers of a formatting element instead of its attributes.
    pub(super) fn stand_in(&self, set: u32) -> html5ever::Attribute {
        // Eight bytes fit into a tendril without an allocation. Every code point from here on is a character.
        const FIRST: u32 = 0x1_0000;
        let digits = [set >> 16, set & 0xffff].map(|digit| char::from_u32(FIRST + digit).unwrap_or_default());
        let mut value = StrTendril::new();
        digits.iter().for_each(|&digit| value.push_char(digit));
        html5ever::Attribute { name: QualName::new(None, ns!(), local_name!("")), value }
    }

    /// Says where the text comes from that is about to be processed.
    pub(super) fn expect_text(&self, source: Span) {
        let mut state = self.state.borrow_mut();
        state.text_source = state.text_source.cover(source);
    }

    /// After a token that is no text: no text waits any more.
    pub(super) fn forget_text(&self) {
        self.state.borrow_mut().text_source = Span::default();
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

    /// The attributes that a stand-in stands for.
    fn set(&self, attributes: &[html5ever::Attribute]) -> Span {
        let stand_in = attributes.iter().find(|attribute| attribute.name.local == local_name!(""));
        let Some(stand_in) = stand_in else { return Span::default() };
        let set = stand_in.value.chars().fold(0, |set, digit| set << 16 | (u32::from(digit) & 0xffff) as usize);
        self.sets.get(set).copied().unwrap_or_default()
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
            let (end, source) = (self.dom.text.len(), self.text_source);
            let node = self.node(previous);
            node.data = NodeData::Text(Span::new(start, end));
            node.source = node.source.cover(source);
        } else {
            self.dom.text.push_str(text);
            let id = self.add(NodeData::Text(Span::new(end, end + text.len())));
            self.node(id).source = self.text_source;
            self.insert(parent, next, id);
        }
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
            // `xlink:href` is not `href`.
            if attribute.name.prefix.is_none()
                && let Some(name) = Attr::from_name(&attribute.name.local)
            {
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
        Dom { names: self.names.into_inner(), ..self.state.into_inner().dom }
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
        let attributes = if self.past { state.set(&attrs) } else { state.keep_attributes(&attrs) };
        let (name, tag) = self.names.borrow_mut().number(name);
        self.elements.set(self.elements.get() + 1);
        let id = state.add(NodeData::Element { tag, name, attributes });
        state.last_element = id;
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
        // Twenty thousand tags with an attribute each took seconds.
        if state.merged.contains(target) {
            return;
        }
        state.merged.push(*target);
        let NodeData::Element { tag, name, attributes } = state.dom.node(*target).data else { return };
        let had: Vec<Attribute> = state.dom.attributes[attributes.range()].to_vec();
        let added = if self.past { state.incoming.attributes } else { state.keep_attributes(&attrs) };
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
