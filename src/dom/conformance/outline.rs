//! A tree as lines of text, to compare and to show.

use crate::dom::names::Space;
use crate::dom::table::key;
use crate::dom::{Attr, Dom, NodeData, ROOT};
use html5ever::{Namespace, ns};
use std::fmt::Write;

/// Writes a tree as html5lib does, with the attributes that we keep in order of name, and neighbouring text joined.
#[derive(Default)]
pub(super) struct Lines {
    out: String,
    text: String,
    depth: usize,
}

impl Lines {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let _ = writeln!(self.out, "| {:indent$}{:?}", "", self.text, indent = 2 * self.depth);
            self.text.clear();
        }
    }

    pub(super) fn text(&mut self, text: &str, depth: usize) {
        if depth != self.depth {
            self.end_text();
            self.depth = depth;
        }
        self.text.push_str(text);
    }

    /// Whether to write its contents too: we leave out the text of scripts and style sheets.
    pub(super) fn element<'t>(
        &mut self,
        space: &Namespace,
        name: &str,
        attributes: impl Iterator<Item = (&'t str, &'t str)>,
        depth: usize,
    ) -> bool {
        self.end_text();
        let prefix = match *space {
            ns!(svg) => "svg ",
            ns!(mathml) => "math ",
            _ => "",
        };
        let _ = writeln!(self.out, "| {:indent$}<{prefix}{name}>", "", indent = 2 * depth);
        let has_address = matches!(name, "link" | "img" | "image" | "source");
        let is_picture = matches!(name, "img" | "image");
        let is_kept = |attr: Attr| {
            (has_address || !attr.is_address())
                && (name == "li" || attr != Attr::Value)
                && (is_picture || !matches!(attr, Attr::Alt | Attr::Width))
                && (name == "html" || attr != Attr::XmlLang)
        };
        let mut kept: Vec<_> =
            attributes.filter(|(name, _)| Attr::find(name, key(name)).is_some_and(&is_kept)).collect();
        kept.sort_unstable();
        for (name, value) in &kept {
            let _ = writeln!(self.out, "| {:indent$}{name}={value:?}", "", indent = 2 * depth + 2);
        }
        let is_read =
            kept.iter().any(|(name, value)| *name == "type" && value.to_ascii_lowercase().contains("ld+json"));
        !(*space == ns!(html) && (name == "style" || name == "script" && !is_read))
    }

    pub(super) fn finish(mut self) -> String {
        self.end_text();
        self.out
    }
}

/// Our own tree.
pub(super) fn outline(dom: &Dom) -> String {
    let mut lines = Lines::default();
    let mut stack: Vec<_> = dom.children(ROOT).map(|child| (child, 0)).collect();
    stack.reverse();
    while let Some((id, depth)) = stack.pop() {
        match dom.node(id).data {
            NodeData::Text(_) => lines.text(dom.text(id), depth),
            NodeData::Element { attributes, .. } => {
                let (space, name) = dom.name(id).unwrap();
                let space = match space {
                    Space::Html => ns!(html),
                    Space::Svg => ns!(svg),
                    Space::MathMl => ns!(mathml),
                };
                let kept = dom.attributes[attributes.range()].iter();
                let kept = kept.map(|kept| (kept.name.name(), &dom.text[kept.value.range()]));
                lines.element(&space, name, kept, depth);
                let first = stack.len();
                stack.extend(dom.children(id).map(|child| (child, depth + 1)));
                stack[first..].reverse();
            }
            NodeData::Document => {}
        }
    }
    lines.finish()
}

/// The place where two outlines first differ, with the lines around it.
pub(super) fn difference(ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let same = ours.lines().zip(theirs.lines()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let lines = text.lines().skip(same.saturating_sub(6)).take(10);
        lines.map(|line| line.chars().take(200).collect()).collect::<Vec<String>>().join("\n")
    };
    Some(format!("line {same}\n--- ours\n{}\n--- theirs\n{}", around(ours), around(theirs)))
}
