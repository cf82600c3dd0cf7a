//! The oracle: html5ever's tokenizer and tree builder, with `scraper`'s tree.

use crate::dom::{Attr, Tag};
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, ns};
use scraper::{Html, HtmlTreeSink, Node};
use std::fmt::Write;

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// Keeps parse errors from the tree builder, which would take one for what follows a `<pre>`, where a newline is left out.
struct WithoutErrors(Builder);

impl TokenSink for WithoutErrors {
    type Handle = <Builder as TokenSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        match token {
            Token::ParseError(_) => TokenSinkResult::Continue,
            token => self.0.process_token(token, line),
        }
    }
    fn end(&self) {
        self.0.end();
    }
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn parse(page: &str) -> Html {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    // It would look for a byte order mark after each script again.
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(WithoutErrors(builder), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page.strip_prefix('\u{feff}').unwrap_or(page)));
    // It stops at each script, and where a charset is declared, for whoever wants to act on that.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.sink.finish()
}

/// The oracle's tree in the manner of our outline.
pub(super) fn oracle_outline(page: &str) -> String {
    let html = parse(page);
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
                    .filter_map(|(name, value)| Some((format!("{:?}", Attr::find(&name.local)?), &**value)))
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
