//! The same pages as `scraper` sees them: a tree builder's sink that is not ours.

use super::corpus::{files, read, setting};
use super::outline::{difference, outline};
use crate::dom::{Attr, Tag, parse};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, ns};
use scraper::{Html, HtmlTreeSink, Node};
use std::fmt::Write;

/// Pages that are compared by default; `COPYDESK_PAGES` sets another number.
const PAGES: usize = 30;

fn scraper_outline(page: &str) -> String {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let html = html5ever::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(page);
    let (mut out, mut text, mut text_depth) = (String::new(), String::new(), 0);
    let end = |out: &mut String, text: &mut String, depth: usize| {
        if !text.is_empty() {
            let _ = writeln!(out, "| {:indent$}{text:?}", "", indent = 2 * depth);
            text.clear();
        }
    };
    let mut stack: Vec<_> = html.tree.root().children().rev().map(|child| (child, 0)).collect();
    while let Some((node, depth)) = stack.pop() {
        if depth != text_depth {
            end(&mut out, &mut text, text_depth);
            text_depth = depth;
        }
        let mut depth_of_children = depth + 1;
        match node.value() {
            Node::Text(found) => text.push_str(found),
            Node::Element(element) => {
                end(&mut out, &mut text, depth);
                let space = match element.name.ns {
                    ns!(svg) => "svg ",
                    ns!(mathml) => "math ",
                    _ => "",
                };
                let _ = writeln!(out, "| {:indent$}<{space}{}>", "", element.name(), indent = 2 * depth);
                let kept = element.attrs.iter().filter(|(name, _)| name.prefix.is_none());
                let mut kept: Vec<_> = kept
                    .filter_map(|(name, value)| Some((format!("{:?}", Attr::from_name(&name.local)?), &**value)))
                    .collect();
                kept.sort_unstable();
                for (name, value) in kept {
                    let _ = writeln!(out, "| {:indent$}{name}={value:?}", "", indent = 2 * depth + 2);
                }
                let unread = element.name.ns == ns!(html)
                    && match Tag::from_name(element.name()) {
                        Tag::Style => true,
                        Tag::Script => {
                            !element.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                        }
                        _ => false,
                    };
                if unread {
                    continue;
                }
            }
            // The content of a template hangs on a fragment of its own.
            Node::Fragment => depth_of_children = depth,
            _ => {}
        }
        stack.extend(node.children().rev().map(|child| (child, depth_of_children)));
    }
    end(&mut out, &mut text, text_depth);
    out
}

#[test]
fn corpus_pages_give_the_tree_of_scraper() {
    let files = files();
    let step = files.len().div_ceil(setting("COPYDESK_PAGES", PAGES).max(1)).max(1);
    let (mut compared, mut differ) = (0, Vec::new());
    for file in files.iter().step_by(step) {
        let page = read(file);
        compared += 1;
        differ.extend(
            difference(&outline(&parse(&page)), &scraper_outline(&page))
                .map(|found| format!("{}: {found}", file.display())),
        );
    }
    println!("{compared} pages compared");
    assert!(differ.is_empty(), "{} pages differ:\n{}", differ.len(), differ.join("\n"));
}
