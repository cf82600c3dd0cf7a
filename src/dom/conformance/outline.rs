//! A tree as lines of text, to compare and to show.

use crate::dom::names::Space;
use crate::dom::{Attr, Dom, NodeData, NodeId, ROOT, Tag};
use std::fmt::Write;

/// What our own tokenizer leaves out on purpose: the text of programs and style sheets.
pub(super) fn has_unread_text(dom: &Dom, id: NodeId) -> bool {
    match dom.tag(id) {
        Some(Tag::Style) => true,
        Some(Tag::Script) => {
            !dom.attribute(id, Attr::Type).is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        }
        _ => false,
    }
}

/// The tree in the manner of html5lib, with the attributes we keep in order of name, neighbouring text joined.
pub(super) fn outline(dom: &Dom) -> String {
    let mut out = String::new();
    let mut text = String::new();
    let mut depth = 0;
    let mut at = dom.following(ROOT, ROOT);
    let mut parent = ROOT;
    while let Some(id) = at {
        let node = dom.node(id);
        if node.parent != parent {
            end_text(&mut out, &mut text, depth);
            // Up from the last node, or down into it.
            depth = std::iter::successors(Some(node.parent), |&up| Some(dom.node(up).parent))
                .take_while(|&up| up != ROOT)
                .count();
            parent = node.parent;
        }
        match node.data {
            NodeData::Text(_) if !has_unread_text(dom, parent) => text.push_str(dom.text(id)),
            NodeData::Element { attributes, .. } => {
                end_text(&mut out, &mut text, depth);
                let (space, name) = dom.name(id).unwrap();
                let space = match space {
                    Space::Html => "",
                    Space::Svg => "svg ",
                    Space::MathMl => "math ",
                };
                let _ = writeln!(out, "| {:indent$}<{space}{name}>", "", indent = 2 * depth);
                let kept = &dom.attributes[attributes.range()];
                let mut kept: Vec<_> =
                    kept.iter().map(|a| (format!("{:?}", a.name), &dom.text[a.value.range()])).collect();
                kept.sort_unstable();
                for (name, value) in kept {
                    let _ = writeln!(out, "| {:indent$}{name}={value:?}", "", indent = 2 * depth + 2);
                }
            }
            _ => {}
        }
        at = dom.following(id, ROOT);
    }
    end_text(&mut out, &mut text, depth);
    out
}

fn end_text(out: &mut String, text: &mut String, depth: usize) {
    if !text.is_empty() {
        let _ = writeln!(out, "| {:indent$}{text:?}", "", indent = 2 * depth);
        text.clear();
    }
}

/// Where two outlines part, with the lines around.
pub(super) fn difference(ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let same = ours.lines().zip(theirs.lines()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        text.lines()
            .skip(same.saturating_sub(6))
            .take(10)
            .map(|l| l.chars().take(200).collect())
            .collect::<Vec<String>>()
            .join("\n")
    };
    Some(format!("line {same}\n--- ours\n{}\n--- theirs\n{}", around(ours), around(theirs)))
}
