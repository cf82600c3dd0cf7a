//! The caller's rules: CSS selectors for what to keep and what to strike.

use super::arena::{Attr, Dom, NONE, NodeId, ROOT};
use super::names::Space;
use super::tokenizer::{RawTag, decode_attribute, lower_case};
use crate::error::Error;
use html5ever::interface::{ElementFlags, NodeOrText, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};
use scraper::{Html, HtmlTreeSink, Selector};
use std::collections::{HashMap, HashSet};

/// Selectors, parsed once for all pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    keep: Vec<Selector>,
    strike: Vec<Selector>,
}

/// The elements of one page that the rules match.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Hits {
    pub(crate) keep: HashSet<NodeId>,
    pub(crate) strike: HashSet<NodeId>,
}

impl Rules {
    /// # Errors
    /// [`Error::InvalidSelector`]
    pub(crate) fn keep(&mut self, selector: &str) -> Result<(), Error> {
        self.keep.push(read(selector)?);
        Ok(())
    }

    /// # Errors
    /// [`Error::InvalidSelector`]
    pub(crate) fn strike(&mut self, selector: &str) -> Result<(), Error> {
        self.strike.push(read(selector)?);
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keep.is_empty() && self.strike.is_empty()
    }

    /// Finds the elements in `dom`, the tree of `page`, that the rules match. Builds a second tree, with all
    /// attributes, if there are any rules.
    pub(crate) fn hits(&self, dom: &Dom, page: &str) -> Hits {
        let mut hits = Hits::default();
        if self.is_empty() {
            return hits;
        }
        let (html, own) = copy(dom, page);
        for (selectors, hits) in [(&self.keep, &mut hits.keep), (&self.strike, &mut hits.strike)] {
            for selector in selectors {
                hits.extend(html.select(selector).filter_map(|element| own.get(&element.id())));
            }
        }
        hits
    }
}

fn read(selector: &str) -> Result<Selector, Error> {
    Selector::parse(selector).map_err(|_| Error::InvalidSelector { selector: selector.into() })
}

type Handle = <HtmlTreeSink as TreeSink>::Handle;

/// A copy of the tree for `scraper`, and a map from its nodes to ours.
fn copy(dom: &Dom, page: &str) -> (Html, HashMap<Handle, NodeId>) {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut handles = vec![sink.get_document(); dom.nodes.len()];
    let mut own = HashMap::new();
    let mut at = dom.following(ROOT, ROOT);
    while let Some(id) = at {
        let node = dom.node(id);
        let parent = if node.parent == NONE { ROOT } else { node.parent };
        let parent = handles[parent.0 as usize];
        if let Some((space, name)) = dom.name(id) {
            let name = QualName::new(None, namespace(space), LocalName::from(name));
            // No flags, so that the contents of templates can be matched.
            let handle = sink.create_element(name, attributes(dom, page, id), ElementFlags::default());
            handles[id.0 as usize] = handle;
            own.insert(handle, id);
            sink.append(&parent, NodeOrText::AppendNode(handle));
        } else {
            sink.append(&parent, NodeOrText::AppendText(StrTendril::from(dom.text(id))));
        }
        at = dom.following(id, ROOT);
    }
    (sink.finish(), own)
}

fn namespace(space: Space) -> Namespace {
    match space {
        Space::Html => ns!(html),
        Space::Svg => ns!(svg),
        Space::MathMl => ns!(mathml),
    }
}

/// All attributes of an element, read from its start tag in the page, along with those in our tree, which may come from
/// another tag or, if the page has no tag for it, from none.
fn attributes(dom: &Dom, page: &str, id: NodeId) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |name: &str, value: String| {
        if seen.insert(name.to_owned()) {
            let name = QualName::new(None, ns!(), LocalName::from(name));
            found.push(Attribute { name, value: StrTendril::from(value) });
        }
    };
    for attribute in RawTag::at(page, dom.node(id).source).attributes {
        let mut value = String::new();
        decode_attribute(attribute.value, &mut value);
        add(&lower_case(attribute.name), value);
    }
    for &name in Attr::ALL {
        if let Some(value) = dom.attribute(id, name) {
            add(name.name(), value.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::parse;

    fn texts(keep: &str, page: &str) -> Vec<String> {
        let dom = parse(page);
        let mut rules = Rules::default();
        rules.keep(keep).unwrap();
        let mut hits: Vec<_> = rules.hits(&dom, page).keep.into_iter().collect();
        hits.sort_unstable_by_key(|id| id.0);
        hits.into_iter().map(|id| dom.text_below(id)).collect()
    }

    #[test]
    fn selectors_hit_our_elements() {
        let page = "<div class='a b'><p>one<p data-role=x>two</div><noscript><p class=c>three</p></noscript><table>out<td>four</table>\
                    <template><p class=t>five</template><p><i class=i>six<p>seven";
        let cases: [(&str, &[&str]); 9] = [
            ("div.b > p:first-child", &["one"]),
            ("[data-role=x]", &["two"]),
            ("noscript .c", &["three"]),
            ("td", &["four"]),
            ("template > .t", &["five"]),
            (".i", &["six", "seven"]),
            ("p:has(i)", &["six", "seven"]),
            ("near-miss", &[]),
            (".B", &[]),
        ];
        for (selector, expected) in cases {
            assert_eq!(texts(selector, page), expected, "{selector}");
        }
    }

    #[test]
    fn a_rule_must_be_a_selector() {
        let mut rules = Rules::default();
        assert_eq!(rules.strike("p >"), Err(Error::InvalidSelector { selector: "p >".into() }));
        assert!(rules.is_empty());
    }
}
