//! Our tokenizer's tokens as html5ever's tree builder wants them.

use super::arena::{Attr, Dom};
use super::guard::Guard;
use super::names::is_formatting;
use super::sink::Sink;
use super::tokenizer::{self, Content, Doctype, RawAttribute, RawTag, Receiver, decode_attribute, lower_case};
use crate::span::Span;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use std::collections::HashMap;

/// Parses a page or fragment. Never fails: the HTML standard gives every input a tree.
pub(crate) fn parse(html: &str) -> Dom {
    let mut dom = Dom::default();
    parse_into(&mut dom, html);
    dom
}

/// Like [`parse`], into a tree of an earlier page, whose memory is used again.
pub(crate) fn parse_into(dom: &mut Dom, html: &str) {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let sink = Sink::within(std::mem::take(dom), true);
    let guard = Guard::new(TreeBuilder::new(sink, options), html.len());
    let feed = tokenizer::tokenize(html, Feed { guard, sets: HashMap::new() });
    *dom = feed.guard.builder.sink.finish();
}

struct Feed {
    guard: Guard,
    /// Attributes of formatting elements, by what they say, to the number of the set in the sink.
    sets: HashMap<String, u32>,
}

impl Feed {
    fn sink(&self) -> &Sink {
        &self.guard.builder.sink
    }

    /// The attributes which the tree builder itself looks at. All others go past it, see [`Sink::keep`].
    fn visible(&mut self, name: &LocalName, tag: &RawTag<'_>) -> Vec<Attribute> {
        if tag.attributes.is_empty() {
            return Vec::new();
        }
        match *name {
            local_name!("input") => decoded(tag, &["type"]),
            local_name!("annotation-xml") => decoded(tag, &["encoding"]),
            ref name if is_formatting(name) => {
                let mut visible =
                    if *name == local_name!("font") { decoded(tag, &["color", "face", "size"]) } else { Vec::new() };
                let set = self.set(name, tag);
                visible.push(self.sink().stand_in(set));
                visible
            }
            _ => Vec::new(),
        }
    }

    /// The attributes of a formatting element as a numbered set, which all its copies share. The standard keeps at most
    /// three alike elements open, so sets that say the same must have the same number.
    fn set(&mut self, name: &LocalName, tag: &RawTag<'_>) -> u32 {
        // There is never more than one of these.
        if matches!(*name, local_name!("a") | local_name!("nobr")) {
            return self.sink().add_set();
        }
        let mut said: Vec<(String, String)> = Vec::with_capacity(tag.attributes.len());
        for RawAttribute { name, value } in &tag.attributes {
            let mut decoded = String::new();
            decode_attribute(value, &mut decoded);
            said.push((lower_case(name).into_owned(), decoded));
        }
        // Stable, so that the first of a name stays the first.
        said.sort_by(|a, b| a.0.cmp(&b.0));
        said.dedup_by(|later, first| later.0 == first.0);
        // No attribute name holds a space or an equals sign beyond its first character, and the length says where a value ends.
        let key = said.iter().map(|(name, value)| format!("{name} {} {value}", value.len())).collect();
        if let Some(&set) = self.sets.get(&key) {
            return set;
        }
        let set = self.sink().add_set();
        self.sets.insert(key, set);
        set
    }
}

fn decoded(tag: &RawTag<'_>, names: &[&str]) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for attribute in &tag.attributes {
        let name = lower_case(attribute.name);
        if names.contains(&&*name) && found.iter().all(|found| *found.name.local != *name) {
            let mut value = String::new();
            decode_attribute(attribute.value, &mut value);
            let name = QualName::new(None, ns!(), LocalName::from(&*name));
            found.push(Attribute { name, value: StrTendril::from(value) });
        }
    }
    found
}

/// Whether a script holds data that is read. Programs are not.
fn holds_linked_data(tag: &RawTag<'_>) -> bool {
    let kind = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case("type"));
    kind.is_some_and(|kind| {
        let mut value = String::new();
        decode_attribute(kind.value, &mut value);
        value.make_ascii_lowercase();
        value.contains("ld+json")
    })
}

fn token(kind: TagKind, name: LocalName, self_closing: bool, attrs: Vec<Attribute>) -> Token {
    Token::TagToken(Tag { kind, name, self_closing, attrs, had_duplicate_attributes: false })
}

impl Receiver for Feed {
    fn text(&mut self, text: &str, source: Span) {
        self.sink().expect_text(source);
        let _ = self.guard.process_token(Token::CharacterTokens(StrTendril::from(text)), 1);
    }

    fn null(&mut self, source: Span) {
        self.sink().expect_text(source);
        let _ = self.guard.process_token(Token::NullCharacterToken, 1);
    }

    fn start_tag(&mut self, tag: &RawTag<'_>) -> (Content, bool) {
        let name = LocalName::from(&*lower_case(tag.name));
        self.sink().keep(&tag.attributes, tag.source);
        let visible = self.visible(&name, tag);
        let result = self.guard.process_token(token(TagKind::StartTag, name.clone(), tag.self_closing, visible), 1);
        self.sink().settle(&name);
        match result {
            TokenSinkResult::RawData(RawKind::Rcdata) => (Content::Rcdata, true),
            TokenSinkResult::RawData(RawKind::Rawtext) => (Content::RawText, name != local_name!("style")),
            TokenSinkResult::RawData(_) => (Content::Script, holds_linked_data(tag)),
            TokenSinkResult::Plaintext => (Content::Plaintext, true),
            _ => (Content::Markup, true),
        }
    }

    fn end_tag(&mut self, tag: &RawTag<'_>) {
        let name = LocalName::from(&*lower_case(tag.name));
        let _ = self.guard.process_token(token(TagKind::EndTag, name, tag.self_closing, Vec::new()), 1);
        self.sink().forget_text();
    }

    fn comment(&mut self, _raw: &str) {
        let _ = self.guard.process_token(Token::CommentToken(StrTendril::new()), 1);
        self.sink().forget_text();
    }

    fn doctype(&mut self, doctype: Doctype) {
        let doctype = html5ever::tokenizer::Doctype {
            name: doctype.name.map(StrTendril::from),
            public_id: doctype.public.map(StrTendril::from),
            system_id: doctype.system.map(StrTendril::from),
            force_quirks: doctype.force_quirks,
        };
        let _ = self.guard.process_token(Token::DoctypeToken(doctype), 1);
    }

    fn end(&mut self) {
        let _ = self.guard.process_token(Token::EOFToken, 1);
        self.guard.end();
    }

    fn in_foreign_content(&self) -> bool {
        self.guard.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{NodeId, ROOT, Tag as Name};

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
    fn sources_are_the_text_in_the_page() {
        let page =
            "<!DOCTYPE html><p class=a>Ein&shy;zeln\r\n <b id=1>fett <table>foster<tr><td>cell</table> mehr</p>rest";
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
}
