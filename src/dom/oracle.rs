//! html5ever's own tokenizer in front of the same tree builder: what ours is held against.

use super::arena::Dom;
use super::guard::Guard;
use super::sink::Sink;
use html5ever::TokenizerResult;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

/// Parses a page or fragment. Never fails: the HTML standard gives every input a tree.
pub(crate) fn parse(html: &str) -> Dom {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let guard = Guard::new(TreeBuilder::new(Sink::within(Dom::default(), false), options), html.len());
    // It would look for a byte order mark after each script again.
    let tokenizer = Tokenizer::new(guard, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html.strip_prefix('\u{feff}').unwrap_or(html)));
    // It stops at each script, and where a charset is declared, for whoever wants to act on that.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}
