//! The yardstick for speed: html5ever as it comes, building a flat vector, without any of our additions.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};

/// The number of nodes.
pub(super) fn parse(page: &str) -> usize {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    html5ever::parse_document(Sink::default(), options).one(page).nodes.len()
}

const NONE: usize = usize::MAX;

#[derive(Debug)]
pub(super) struct Node {
    /// Parent, previous, next, first child, last child.
    links: [usize; 5],
    pub(super) name: Option<QualName>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) text: Option<String>,
    html_annotation: bool,
}

#[derive(Debug, Default)]
pub(super) struct Arena {
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug)]
pub(super) struct Sink(RefCell<Arena>);

impl Default for Sink {
    fn default() -> Self {
        let mut arena = Arena::default();
        arena.add(None, Vec::new(), None);
        Sink(RefCell::new(arena))
    }
}

impl Arena {
    pub(super) fn children(&self, id: usize) -> Vec<usize> {
        let first = Some(self.nodes[id].links[3]).filter(|&first| first != NONE);
        std::iter::successors(first, |&child| Some(self.nodes[child].links[2]).filter(|&next| next != NONE)).collect()
    }
    fn add(&mut self, name: Option<QualName>, attributes: Vec<Attribute>, text: Option<String>) -> usize {
        self.nodes.push(Node { links: [NONE; 5], name, attributes, text, html_annotation: false });
        self.nodes.len() - 1
    }
    fn detach(&mut self, id: usize) {
        let [parent, previous, next, ..] = self.nodes[id].links;
        if parent == NONE {
            return;
        }
        if previous == NONE {
            self.nodes[parent].links[3] = next
        } else {
            self.nodes[previous].links[2] = next
        }
        if next == NONE {
            self.nodes[parent].links[4] = previous
        } else {
            self.nodes[next].links[1] = previous
        }
        self.nodes[id].links[..3].fill(NONE);
    }
    fn insert(&mut self, parent: usize, next: usize, child: NodeOrText<usize>) {
        let previous = if next == NONE { self.nodes[parent].links[4] } else { self.nodes[next].links[1] };
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                if previous != NONE
                    && let Some(before) = &mut self.nodes[previous].text
                {
                    before.push_str(&text);
                    return;
                }
                self.add(None, Vec::new(), Some(text.to_string()))
            }
        };
        self.detach(id);
        let previous = if next == NONE { self.nodes[parent].links[4] } else { self.nodes[next].links[1] };
        self.nodes[id].links[..3].copy_from_slice(&[parent, previous, next]);
        if previous == NONE {
            self.nodes[parent].links[3] = id
        } else {
            self.nodes[previous].links[2] = id
        }
        if next == NONE { self.nodes[parent].links[4] = id } else { self.nodes[next].links[1] = id }
    }
}

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

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Arena;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Arena {
        self.0.into_inner()
    }
    fn parse_error(&self, _message: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        0
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> Name<'a> {
        Name(Ref::map(self.0.borrow(), |arena| arena.nodes[*target].name.as_ref().unwrap()))
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> usize {
        let mut arena = self.0.borrow_mut();
        let id = arena.add(Some(name), attributes, None);
        arena.nodes[id].html_annotation = flags.mathml_annotation_xml_integration_point;
        id
    }
    fn create_comment(&self, text: StrTendril) -> usize {
        // Not a text node, so that no text is joined to it.
        let _ = text;
        self.0.borrow_mut().add(None, Vec::new(), None)
    }
    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> usize {
        self.0.borrow_mut().add(None, Vec::new(), None)
    }
    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.0.borrow_mut().insert(*parent, NONE, child);
    }
    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let parent = self.0.borrow().nodes[*element].links[0];
        if parent == NONE { self.append(previous, child) } else { self.append_before_sibling(element, child) }
    }
    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }
    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _mode: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.0.borrow().nodes[*sibling].links[0];
        self.0.borrow_mut().insert(parent, *sibling, child);
    }
    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        let had = &mut self.0.borrow_mut().nodes[*target].attributes;
        for attribute in attributes {
            if had.iter().all(|had| had.name != attribute.name) {
                had.push(attribute);
            }
        }
    }
    fn is_mathml_annotation_xml_integration_point(&self, handle: &usize) -> bool {
        self.0.borrow().nodes[*handle].html_annotation
    }
    fn remove_from_parent(&self, target: &usize) {
        self.0.borrow_mut().detach(*target);
    }
    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut arena = self.0.borrow_mut();
        while arena.nodes[*node].links[3] != NONE {
            let child = arena.nodes[*node].links[3];
            arena.insert(*new_parent, NONE, NodeOrText::AppendNode(child));
        }
    }
}
