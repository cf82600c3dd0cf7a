//! The oracle: html5ever's tokenizer and tree builder.

use super::outline::Lines;
use super::plain_arena::{Arena, Sink};
use html5ever::TokenizerResult;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

/// Withholds parse errors from the tree builder, which would take one for the token after a `<pre>` and then not drop
/// the newline there.
struct WithoutErrors<S: TreeSink>(TreeBuilder<S::Handle, S>);

impl<S: TreeSink> TokenSink for WithoutErrors<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
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

/// Parses a page into any sink.
pub(super) fn parse_into<S: TreeSink>(sink: S, page: &str) -> S::Output {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(sink, options);
    // It would look for a byte order mark again after each script.
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(WithoutErrors(builder), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page.strip_prefix('\u{feff}').unwrap_or(page)));
    // It stops at each script and each declared charset, in case the caller wants to act on it.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.sink.finish()
}

/// The oracle's tree, written like our outline.
pub(super) fn oracle_outline(page: &str) -> String {
    let arena: Arena = parse_into(Sink::default(), page);
    let mut lines = Lines::default();
    let mut stack: Vec<(usize, usize)> = arena.children(0).into_iter().rev().map(|child| (child, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        let node = &arena.nodes[id];
        if let Some(text) = &node.text {
            lines.text(text, depth);
        } else if let Some(name) = &node.name {
            let attributes = node.attributes.iter().filter(|attribute| attribute.name.prefix.is_none());
            let attributes = attributes.map(|attribute| (&*attribute.name.local, &*attribute.value));
            if lines.element(&name.ns, &name.local, attributes, depth) {
                stack.extend(arena.children(id).into_iter().rev().map(|child| (child, depth + 1)));
            }
        }
    }
    lines.finish()
}
