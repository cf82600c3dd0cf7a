//! Tests of what the standard leaves to us.

use crate::dom::{Attr, Dom, NodeId, ROOT, Tag as Name, parse, parse_into};

fn first(dom: &Dom, tag: Name) -> NodeId {
    let mut at = Some(ROOT);
    while let Some(id) = at {
        if dom.tag(id) == Some(tag) {
            return id;
        }
        at = dom.following(id, ROOT);
    }
    panic!("no {tag:?}")
}

#[test]
fn scripts_keep_only_linked_data() {
    let cases = [
        ("linked data", "<script type='application/ld+json'>{}</script>", "{}"),
        ("in capitals", "<SCRIPT TYPE=APPLICATION/LD+JSON>{}</SCRIPT>", "{}"),
        ("a program", "<script>var a</script>", ""),
        ("other data", "<script type=application/json>{}</script>", ""),
    ];
    for (name, html, text) in cases {
        let dom = parse(html);
        assert_eq!(dom.text_below(first(&dom, Name::Script)), text, "{name}");
    }
}

#[test]
fn a_frame_that_closes_itself_ends_with_its_noscript() {
    let cases = [
        ("no end", "<body><noscript><iframe src=x /></noscript><p>text", "text"),
        ("in capitals, in the head", "<head><NOSCRIPT><IFRAME src=x /></NOSCRIPT></head><p>text", "text"),
        ("an end of its own", "<body><noscript><iframe /></p></iframe></noscript><p>text", "text"),
        ("open, as the standard has it", "<body><noscript><iframe src=x></noscript><p>text", ""),
        ("no noscript", "<body><iframe src=x /><p>text", ""),
    ];
    for (name, html, text) in cases {
        let dom = parse(html);
        let mut nodes = std::iter::successors(dom.following(ROOT, ROOT), |&at| dom.following(at, ROOT));
        let paragraph = nodes.find(|&id| dom.tag(id) == Some(Name::P));
        assert_eq!(paragraph.map(|id| dom.text_below(id)).unwrap_or_default(), text, "{name}");
    }
}

#[test]
fn sources_are_the_text_in_the_page() {
    let page = "<!DOCTYPE html><p class=a>Ein&shy;zeln\r\n <b id=1>fett <table>foster<tr><td>cell</table> mehr</p>rest";
    let dom = parse(page);
    let source = |id: NodeId| page.get(dom.node(id).source.range()).unwrap();
    assert_eq!(source(first(&dom, Name::P)), "<p class=a>");
    assert_eq!(source(first(&dom, Name::B)), "<b id=1>");
    assert_eq!(source(first(&dom, Name::Html)), "", "it was implied");
    let mut texts = Vec::new();
    let mut at = Some(ROOT);
    while let Some(id) = at {
        if !dom.text(id).is_empty() {
            texts.push((dom.text(id), source(id)));
        }
        at = dom.following(id, ROOT);
    }
    let expected = [
        ("Ein\u{ad}zeln\n ", "Ein&shy;zeln\r\n "),
        ("fett ", "fett "),
        ("foster", "foster"),
        ("cell", "cell"),
        (" mehr", " mehr"),
        ("rest", "rest"),
    ];
    assert_eq!(texts, expected);
}

#[test]
fn a_tree_used_again_is_the_same() {
    let pages = ["<p class=x>one<b>two", "", "<table><td>three</td>", "<p class=x>one<b>two"];
    let mut dom = Dom::default();
    for page in pages {
        parse_into(&mut dom, page);
        let parts = |dom: &Dom| format!("{:?} {:?} {:?}", dom.nodes, dom.attributes, dom.text);
        assert_eq!(parts(&dom), parts(&parse(page)), "{page}");
    }
}

#[test]
fn attributes_reach_their_element_and_its_copies() {
    let dom = parse("<body class=a><p><i title='x &amp; y'>one<p>two<body class=b lang=ko>");
    assert_eq!(dom.attribute(first(&dom, Name::Body), Attr::Class), Some("a"));
    assert_eq!(dom.attribute(first(&dom, Name::Body), Attr::Lang), Some("ko"));
    let copies = (0..dom.nodes.len() as u32).map(NodeId).filter(|&id| dom.tag(id) == Some(Name::I));
    let titles: Vec<_> = copies.map(|id| dom.attribute(id, Attr::Title)).collect();
    assert_eq!(titles, [Some("x & y"), Some("x & y")]);
}
