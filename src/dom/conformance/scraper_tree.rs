//! Compares our trees of the pages of the corpora with those of `scraper`.

use super::corpus::{files, read, setting};
use super::oracle::parse_into;
use super::outline::{Lines, difference, outline};
use crate::dom::parse;
use scraper::{Html, HtmlTreeSink, Node};

/// Pages that are compared by default; `COPYDESK_PAGES` sets another number.
const PAGES: usize = 30;

fn scraper_outline(page: &str) -> String {
    let html = parse_into(HtmlTreeSink::new(Html::new_document()), page);
    let mut lines = Lines::default();
    let mut stack: Vec<_> = html.tree.root().children().rev().map(|child| (child, 0)).collect();
    while let Some((node, depth)) = stack.pop() {
        let mut depth_of_children = depth + 1;
        match node.value() {
            Node::Text(text) => lines.text(text, depth),
            Node::Element(element) => {
                let attributes = element.attrs.iter().filter(|(name, _)| name.prefix.is_none());
                let attributes = attributes.map(|(name, value)| (&*name.local, &**value));
                if !lines.element(&element.name.ns, element.name(), attributes, depth) {
                    continue;
                }
            }
            // The content of a template is below a fragment of its own.
            Node::Fragment => depth_of_children = depth,
            _ => {}
        }
        stack.extend(node.children().rev().map(|child| (child, depth_of_children)));
    }
    lines.finish()
}

#[test]
fn corpus_pages_give_the_tree_of_scraper() {
    let files = files();
    let step = files.len().div_ceil(setting("COPYDESK_PAGES", PAGES).max(1)).max(1);
    let (mut compared, mut differ) = (0, Vec::new());
    for file in files.iter().step_by(step) {
        let page = read(file);
        compared += 1;
        let found = difference(&outline(&parse(&page)), &scraper_outline(&page));
        differ.extend(found.map(|found| format!("{}: {found}", file.display())));
    }
    println!("{compared} pages compared");
    assert!(differ.is_empty(), "{} pages differ:\n{}", differ.len(), differ.join("\n"));
}
