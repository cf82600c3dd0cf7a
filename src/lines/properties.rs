//! Property tests on random text made of marks that have a meaning here.

use super::line::is_blank;
use super::{Markdown, Pieces, blocks, mark_repeats, markdown_blocks, pieces, sniff};
use crate::block::Blocks;
use proptest::prelude::*;

/// Random text: fragments with a meaning to some step, in any order, mixed with random characters.
fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("\n"),
        Just("\n\n\n"),
        Just("\r\n"),
        Just("  "),
        Just("   "),
        Just("\t"),
        Just(" "),
        Just("\u{3000}"),
        Just("\u{200b}"),
        Just("- "),
        Just("-"),
        Just("• "),
        Just("* * *"),
        Just("1. "),
        Just("2. "),
        Just("o "),
        Just("# "),
        Just("## 광고 ##"),
        Just("----"),
        Just("===="),
        Just("```"),
        Just("~~~"),
        Just("> "),
        Just("| a | b |"),
        Just("|---|"),
        Just("다."),
        Just("이 칩을"),
        Just("。"),
        Just("”"),
        Just("“"),
        Just("…"),
        Just("a."),
        Just("The"),
        Just("U.S."),
        Just("3."),
        Just("2025.05.15"),
        Just("20:00"),
        Just("Mar 24, 2025"),
        Just("&quot;"),
        Just("&amp;"),
        Just("&#39;"),
        Just("&"),
        Just("'\">"),
        Just("<p>"),
        Just("</p>"),
        Just("<br>"),
        Just("<a href=\"x"),
        Just("class=\"y\">"),
        Just("/>"),
        Just("Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor. "),
        Just("중국 정부가 엔비디아의 칩 사용을 제한하는 방안을 논의 중인 것으로 전해졌다."),
    ];
    let part = prop_oneof![4 => fragment.prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// Whether a character may be dropped between pieces: white space and marks.
fn is_mark(c: char) -> bool {
    is_blank(c) || c.is_control() || !c.is_alphanumeric()
}

/// The line without torn tags. A name or the end of a value is dropped along with the attributes after it.
fn without_tags(line: &str) -> String {
    let mut bare = String::new();
    for (index, part) in line.split("<a href=\"x").enumerate() {
        // Whatever touches the address is part of it.
        let glued = if index == 0 { 0 } else { part.find(is_blank).unwrap_or(part.len()) };
        bare += part.get(glued..).unwrap_or_default();
    }
    let mut kept = String::new();
    for part in bare.split_inclusive('>') {
        let attributes = part.strip_suffix("\">").or(part.strip_suffix("'>"));
        // The mark of an item or heading (`o`, `#`, `1.`) is no name.
        let is_word = |word: &&str| *word != "o" && word.contains(char::is_alphabetic);
        let is_torn = attributes.and_then(|all| all.split_once('=')).is_some_and(|(name, _)| {
            name.strip_suffix("class").unwrap_or(name).split(is_blank).filter(is_word).count() <= 1
        });
        kept += if is_torn { "" } else { part };
    }
    kept
}

/// Random text with Markdown marks.
fn markdown() -> impl Strategy<Value = String> {
    let mark = prop_oneof![
        Just("["),
        Just("]"),
        Just("]("),
        Just("]("),
        Just("https://x.y/z)"),
        Just("/한 \"t\")"),
        Just("!["),
        Just("]: http://x.y\n"),
        Just("[a]"),
        Just("**"),
        Just("_"),
        Just("~~"),
        Just("`"),
        Just("\\"),
        Just("<http://x.y>"),
        Just("<br>"),
        Just("\n    "),
        Just("\n> "),
        Just("\n```\n"),
        Just(" | "),
        Just("\n---|---\n"),
        Just("\n::: {.a}\n"),
        Just("{#b}"),
        Just("\n\n"),
    ];
    let piece = prop_oneof![3 => mark.prop_map(str::to_owned), 2 => "[a-c가나 .]{1,6}"];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn pieces_cover_the_text_in_order(text in text(), base in 0u32..100) {
        let mut out = Pieces::default();
        pieces(&text, base, &mut out);
        let mut at = 0;
        let mut skipped = Vec::new();
        let mut code = false;
        for piece in &out.items {
            let range = piece.source.range();
            let (start, end) = (range.start - base as usize, range.end - base as usize);
            prop_assert!(start >= at && end >= start && end <= text.len());
            skipped.push(text.get(at..start).expect("on a character border"));
            prop_assert!(text.get(start..end).is_some());
            prop_assert!(!out.text.get(piece.text.range()).expect("on a character border").is_empty());
            code |= piece.kind == crate::block::Kind::Code;
            at = end;
        }
        skipped.push(text.get(at..).expect("on a character border"));
        // Code without a line is no piece.
        let is_empty_code = text.contains("\n```");
        for line in skipped.iter().flat_map(|gap| gap.lines()) {
            // Numbers of list items and languages of code are marks that contain letters or digits.
            let lost = without_tags(line).chars().find(|&c| !is_mark(c) && !c.is_ascii_digit() && c != 'o');
            let is_fence = ["```", "~~~"].iter().any(|fence| line.trim_start_matches(is_blank).starts_with(fence));
            let is_fence = (code || is_empty_code) && is_fence;
            prop_assert!(lost.is_none() || is_fence, "lost {lost:?} of {line:?}");
        }
    }

    #[test]
    fn markdown_is_sound(text in markdown()) {
        // These lines make any page Markdown.
        let page = format!("# x\n\n[a](/a) [b](/b) [c](/c)\n\n{text}");
        let read = Markdown::read(&page, true).expect("links and a heading");
        let mut out = Blocks::default();
        markdown_blocks(&read, &mut out);
        let mut at = 0;
        for block in &out.items {
            let range = block.source.range();
            prop_assert!(range.start >= at && page.get(range.clone()).is_some(), "{range:?} behind {at}");
            prop_assert!(block.link_bytes as usize <= page.len());
            at = range.end;
        }
    }

    #[test]
    fn blocks_are_sound(text in text()) {
        let mut out = Blocks::default();
        blocks(&text, &mut out);
        mark_repeats(&mut out);
        prop_assert!(!out.containers.is_empty());
        for (index, container) in out.containers.iter().enumerate() {
            prop_assert!((container.parent as usize) < index.max(1));
            prop_assert!(container.blocks.end as usize <= out.items.len());
        }
        for (index, block) in out.items.iter().enumerate() {
            prop_assert!((block.container as usize) < out.containers.len());
            prop_assert!(!out.text_of(index).is_empty());
            prop_assert_eq!(out.text.as_bytes().get(block.text.end as usize), Some(&b'\n'));
        }
        let _ = sniff(&text);
    }
}

#[test]
fn a_marked_line_that_gives_its_body_twice_loses_nothing() {
    let sentence = "중국 정부가 엔비디아의 칩 사용을 제한하는 방안을 논의 중인 것으로 전해졌다.";
    for mark in ["", "• ", "- ", "# ", "> "] {
        let mut out = Blocks::default();
        blocks(&format!("{mark}{sentence}{sentence}"), &mut out);
        let letters = out.text.chars().filter(|c| c.is_alphabetic()).count();
        assert_eq!(letters, 2 * sentence.chars().filter(|c| c.is_alphabetic()).count(), "{mark}: {}", out.text);
    }
}
