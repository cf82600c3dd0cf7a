use super::{Decision, Outcome, Wishes, company, copies, items, reason, select, unseen};
use crate::block::{Block, Blocks};
use crate::dom::{parse, rules::Hits};
use crate::feature::{Facts, Features, TokenTable};
use crate::from_dom::{Bare, from_dom};
use crate::types::{Include, LineRole, Reason};
use crate::vocab::Vocab;
use std::borrow::Cow;

const PROSE: &str = "The river moved last spring and the village had to go with it, stone by stone, says the mayor.";
const OTHER: &str =
    "Nobody on the quay looked up from the nets when the ferry left at nine, as it had for forty years.";

fn measured(mut blocks: Blocks) -> (Blocks, Features) {
    crate::lines::mark_repeats(&mut blocks);
    let mut hits = Vec::new();
    Vocab::get().scan(&blocks.text, &mut hits);
    let mut features = Features::default();
    features.fill(&blocks, &hits, &Facts::default(), &TokenTable::default());
    (blocks, features)
}

fn html(page: &str) -> (Blocks, Features) {
    let mut blocks = Blocks::default();
    from_dom(&parse(page), Bare::Inline, &Hits::default(), &mut blocks);
    measured(blocks)
}

fn text(lines: &[&str]) -> (Blocks, Features) {
    let mut blocks = Blocks::default();
    crate::lines::blocks(&lines.join("\n\n"), &mut blocks);
    assert_eq!(blocks.items.len(), lines.len());
    measured(blocks)
}

/// Paragraphs with these flags.
fn flagged(lines: &[(&str, u16)]) -> (Blocks, Features) {
    let (mut blocks, features) = text(&lines.iter().map(|(line, _)| *line).collect::<Vec<_>>());
    blocks.items.iter_mut().zip(lines).for_each(|(block, (_, flags))| block.flags = *flags);
    (blocks, features)
}

/// The scores of at least 0.5.
fn likely(scores: &[f32]) -> Vec<bool> {
    scores.iter().map(|score| *score >= 0.5).collect()
}

#[test]
fn headings_go_with_their_text() {
    let page = format!("<h2>Boats</h2><h3>Ferries</h3><p>{PROSE}</p><p>Photos</p><p>{OTHER}</p>");
    let (blocks, _) = html(&page);
    let cases = [
        ("both headings", [0.3, 0.3, 0.9, 0.1, 0.9], [true, true, true, false, true]),
        ("near miss: too unlikely", [0.3, 0.2, 0.9, 0.1, 0.9], [false, false, true, false, true]),
        ("near miss: above struck text", [0.3, 0.3, 0.1, 0.1, 0.9], [false, false, false, false, true]),
        ("near miss: not a heading", [0.3, 0.3, 0.9, 0.4, 0.9], [true, true, true, false, true]),
    ];
    for (name, scores, expected) in cases {
        let mut kept = likely(&scores);
        company::headings(&blocks, &scores, 0.5, &mut kept);
        assert_eq!(kept, expected, "{name}");
    }
}

#[test]
fn sentences_go_with_their_paragraph() {
    let cases = [
        ("a short one", "It is new.", PROSE, Block::CONTINUES, [0.3, 0.9], true),
        ("near miss: too unlikely", "It is new.", PROSE, Block::CONTINUES, [0.1, 0.9], false),
        ("near miss: another paragraph", "It is new.", PROSE, 0, [0.3, 0.9], false),
        ("near miss: most of it struck", OTHER, "It is new.", Block::CONTINUES, [0.3, 0.9], false),
        ("near miss: boilerplate", "Read also", PROSE, Block::CONTINUES, [0.3, 0.9], false),
    ];
    for (name, first, second, flags, scores, expected) in cases {
        let (blocks, features) = flagged(&[(first, 0), (second, flags)]);
        let mut kept = likely(&scores);
        company::sentences(&blocks, &features, &scores, 0.5, &mut kept);
        assert_eq!(kept, [expected, true], "{name}");
    }
}

#[test]
fn folded_prose_goes_with_the_text_around_it() {
    let cases = [
        ("between kept text", OTHER, Block::HIDDEN, [0.9, 0.3, 0.9], true),
        ("near miss: too unlikely", OTHER, Block::HIDDEN, [0.9, 0.1, 0.9], false),
        ("near miss: not hidden", OTHER, 0, [0.9, 0.3, 0.9], false),
        ("near miss: never shown", OTHER, Block::HIDDEN | Block::UNSEEN, [0.9, 0.3, 0.9], false),
        ("near miss: no prose", "More", Block::HIDDEN, [0.9, 0.3, 0.9], false),
        ("near miss: at the end", OTHER, Block::HIDDEN, [0.9, 0.3, 0.1], false),
    ];
    for (name, line, flags, scores, expected) in cases {
        let (blocks, features) = flagged(&[(PROSE, 0), (line, flags), (PROSE, 0)]);
        let mut kept = likely(&scores);
        company::folded(&blocks, &features, &scores, 0.5, &mut kept);
        assert_eq!(kept[1], expected, "{name}");
    }
}

#[test]
fn decks_of_flattened_text() {
    let deck = "Village follows its river upstream";
    let cases = [
        ("a deck", deck, Some(LineRole::Title), 0.2, true),
        ("near miss: too unlikely", deck, Some(LineRole::Title), 0.1, false),
        ("near miss: without a headline", deck, None, 0.2, false),
        ("near miss: a button", "Share", Some(LineRole::Title), 0.2, false),
        ("near miss: a credit", "Photo: Jane Miller of the agency", Some(LineRole::Title), 0.2, false),
    ];
    for (name, line, role, score, expected) in cases {
        let (_, features) = text(&["The river moves", line, PROSE]);
        let scores = [0.1, score, 0.9];
        let mut kept = likely(&scores);
        company::deck(&features, &scores, 0.5, &[role, None, None], |_| true, &mut kept);
        assert_eq!(kept, [false, expected, true], "{name}");
    }
}

#[test]
fn speakers_of_transcripts() {
    let cases = [
        ("a speaker", "[앵커]", [0.2, 0.9], true),
        ("with an office", "[김하나 / 가나당 의원]", [0.2, 0.9], true),
        ("near miss: too unlikely", "[앵커]", [0.05, 0.9], false),
        ("near miss: before struck text", "[앵커]", [0.2, 0.1], false),
        ("near miss: a tool", "[edit]", [0.2, 0.9], false),
        ("near miss: without brackets", "앵커", [0.2, 0.9], false),
    ];
    for (name, line, scores, expected) in cases {
        let (blocks, features) = text(&[line, PROSE]);
        let mut kept = likely(&scores);
        company::speakers(&blocks, &features, &scores, 0.5, &mut kept);
        assert_eq!(kept[0], expected, "{name}");
    }
}

#[test]
fn gaps_in_marked_lists() {
    let list = |items: [&str; 4]| items.map(|item| format!("<li>{item}</li>")).concat();
    let plain = ["Nets", "Oars", "A new sail", "Two anchors"];
    let some = [true, false, false, true];
    let (none, all) = ([false; 4], [true; 4]);
    // The line before the list, its items, which of them are kept, whether the text after it is, and what is kept then.
    let cases = [
        ("half of them", PROSE, plain, some, true, all),
        ("a third of them", "They bring:", plain, [true, false, false, false], true, all),
        ("announced by a colon", "They bring:", plain, none, true, all),
        ("announced in words", "What they bring is as follows.", plain, none, true, all),
        ("near miss: not announced", PROSE, plain, [true, false, false, false], true, [true, false, false, false]),
        ("near miss: at the end", PROSE, plain, some, false, some),
        (
            "near miss: a link",
            PROSE,
            ["Nets", "of <a href=1>the rowing club of our village</a>", "A new sail", "Two anchors"],
            some,
            true,
            [true, false, true, true],
        ),
        (
            "near miss: a button",
            PROSE,
            ["Nets", "Share", "A new sail", "Two anchors"],
            some,
            true,
            [true, false, true, true],
        ),
    ];
    for (name, before, items, held, goes_on, expected) in cases {
        let (blocks, features) = html(&format!("<p>{before}</p><ul>{}</ul><p>{OTHER}</p>", list(items)));
        let mut kept = [&[true][..], &held, &[goes_on]].concat();
        items::items(&blocks, &features, false, &mut kept);
        assert_eq!(kept[1..5], expected, "{name}");
    }
    // Two lines of a card are too few for a list.
    let (blocks, features) = html(&format!("<p>{PROSE}</p><ul><li><h4>Sale</h4><p>Boats<p>New</ul><p>{OTHER}</p>"));
    let mut kept = vec![true, true, true, false, true];
    items::items(&blocks, &features, false, &mut kept);
    assert_eq!(kept, [true, true, true, false, true]);
}

#[test]
fn gaps_in_lists_of_flattened_text() {
    let told = "조건은 다음과 같다.";
    let mentioned = "조건은 다음과 같이 정했으나 지난해 여름부터 시청에서 몇 차례 바뀌었다고 한다.";
    let coins = ["비트코인 8천만원", "솔라나 31만원", "도지코인 338원", "리플 900원"];
    // The line before the list, its lines, which of them are kept, and whether the others are kept then.
    let cases = [
        ("bullets", PROSE, ["- 3년 이하", "- 2억원 이하", "- 6년 이상"], [false, true, false], true),
        ("numbers", PROSE, ["1. 3년 이하", "2. 2억원 이하", "3. 6년 이상"], [true, false, true], true),
        ("discs", PROSE, ["○ 3년 이하", "○ 2억원 이하", "○ 6년 이상"], [true, false, true], true),
        ("circled numbers", PROSE, ["① 3년 이하", "② 2억원 이하", "③ 6년 이상"], [true, false, true], true),
        ("squares", PROSE, ["◆ 3년 이하", "◆ 2억원 이하", "◆ 6년 이상"], [true, false, true], true),
        ("Korean letters", PROSE, ["가. 3년 이하", "나. 2억원 이하", "다. 6년 이상"], [true, false, true], true),
        ("announced in words", told, ["- 3년 이하", "- 2억원 이하", "- 6년 이상"], [false; 3], true),
        ("captions' sign, announced", told, ["▲ 3년 이하", "▲ 2억원 이하", "▲ 6년 이상"], [false; 3], true),
        ("near miss: the words are far", mentioned, ["- 3년 이하", "- 2억원 이하", "- 6년 이상"], [false; 3], false),
        ("near miss: a colon", "Also here:", ["- 3년 이하", "- 2억원 이하", "- 6년 이상"], [false; 3], false),
        ("near miss: other signs", PROSE, ["△ 3년 이하", "◆ 2억원 이하", "□ 6년 이상"], [true, false, true], false),
        (
            "near miss: credits",
            PROSE,
            ["▲ 사진=가나일보", "▲ 사진=다라일보", "▲ 사진=마바일보"],
            [true, false, true],
            false,
        ),
        ("near miss: no marks", PROSE, ["3년 이하", "2억원 이하", "6년 이상"], [true, false, true], false),
    ];
    for (name, before, list, held, expected) in cases {
        let (blocks, features) = text(&[&[before][..], &list, &[OTHER]].concat());
        let mut kept = [&[true][..], &held, &[true]].concat();
        items::items(&blocks, &features, true, &mut kept);
        assert_eq!(kept[1..4] == [true; 3], expected, "{name}");
    }
    for (name, before, held, expected) in [
        ("announced and half kept", told, [true, false, false, true], [true; 4]),
        ("near miss: one kept", told, [true, false, false, false], [true, false, false, false]),
        ("near miss: not announced", PROSE, [true, false, false, true], [true, false, false, true]),
    ] {
        let (blocks, features) = text(&[&[before][..], &coins, &[OTHER]].concat());
        let mut kept = [&[true][..], &held, &[true]].concat();
        items::items(&blocks, &features, true, &mut kept);
        assert_eq!(kept[1..5], expected, "{name}");
    }
}

#[test]
fn scores_of_copies_are_combined() {
    let cases = [
        ("a copy", PROSE, Block::REPEATED, [0.84, 0.2, 0.0]),
        ("near miss: another text", OTHER, Block::REPEATED, [0.6, 0.2, 0.6]),
        ("near miss: a refrain", PROSE, 0, [0.6, 0.2, 0.6]),
    ];
    for (name, last, flags, expected) in cases {
        let (blocks, features) = flagged(&[(PROSE, 0), ("Menu", 0), (last, flags)]);
        let mut scores = Cow::Borrowed(&[0.6f32, 0.2, 0.6][..]);
        copies::join(&blocks, &features, &mut scores);
        assert!(scores.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{name}: {scores:?}");
    }
}

#[test]
fn repetitions_are_struck() {
    let long = format!("{PROSE} {OTHER}");
    let twice = |first: &str, second: &str| format!("<div><p>{first}</p></div><section><p>{second}</p></section>");
    let refrain = format!("<div><p>{long}</p><p>{long}</p></div>");
    // A page, whether it is flattened, whether its last block is marked as repeated, the score, and whether it is struck.
    let cases = [
        ("a second copy in flattened text", twice(PROSE, PROSE), true, true, 0.9, true),
        ("a copy in another box", twice(&long, &long), false, true, 0.9, true),
        ("a doubtful score", refrain.clone(), false, false, 0.4, true),
        ("near miss: once", twice(&long, OTHER), false, false, 0.4, false),
        ("near miss: in place", refrain, false, true, 0.9, false),
        ("near miss: a phrase", twice("Chorus", "Chorus"), true, true, 0.9, false),
    ];
    for (name, page, flattened, in_run, score, expected) in cases {
        let (mut blocks, features) = html(&page);
        blocks.items.iter_mut().for_each(|block| block.flags = 0);
        blocks.items[1].flags = if in_run { Block::REPEATED } else { 0 };
        let found = copies::repetitions(&blocks, &features, &[0.9, score], flattened, &[true, true]);
        assert_eq!(found, [false, expected], "{name}");
    }
}

#[test]
fn second_of_two_cards_is_struck() {
    let card = |text: &str| format!("<div><h3>Harbour master</h3><p>{text}</p></div>");
    let pair = format!("{}{}", card(PROSE), card(PROSE));
    let in_place = format!("<h3>Harbour master</h3><p>{PROSE}</p>").repeat(2);
    let [once, again, other] = [[false; 2], [true; 2], [false; 2]];
    let cases = [
        ("a card for each size of screen", pair.clone(), false, [once, again].concat()),
        ("thrice", format!("{pair}{}", card(PROSE)), false, [once, again, again].concat()),
        ("flattened", in_place.clone(), true, [once, again].concat()),
        (
            "two cards, and the two once more",
            {
                let row = format!("<section>{}{}</section>", card(PROSE), card(OTHER));
                format!("{row}{row}")
            },
            false,
            [once, other, again, again].concat(),
        ),
        ("near miss: in one box", in_place, false, [once, once].concat()),
        (
            "near miss: a couplet in one box",
            format!("<p><span>{PROSE}</span></p><p><span>{OTHER}</span></p>").repeat(2),
            false,
            vec![false; 4],
        ),
        (
            "near miss: rows",
            format!("<table>{}</table>", "<tr><td>Closed for repairs<td>No ferry at all today".repeat(3)),
            false,
            vec![false; 6],
        ),
        (
            "near miss: steps",
            format!(
                "<ol>{}</ol>",
                "<li><p>Knit two rows of moss stitch</p></li><li><p>Purl two rows</p></li>".repeat(2)
            ),
            false,
            vec![false; 4],
        ),
        ("near miss: another person", format!("{}{}", card(PROSE), card(OTHER)), false, [once, other].concat()),
        ("near miss: a short answer", "<div><p>Yes, we do.</p></div>".repeat(2), false, once.to_vec()),
    ];
    for (name, page, flattened, expected) in cases {
        let (blocks, features) = html(&page);
        let kept = vec![true; expected.len()];
        let scores = vec![0.9; expected.len()];
        assert_eq!(copies::repetitions(&blocks, &features, &scores, flattened, &kept), expected, "{name}");
    }
}

#[test]
fn text_that_is_never_shown() {
    let cases = [
        ("an instruction", Block::UNSEEN, 0, [0.9, 0.0]),
        ("for screen readers", Block::SPOKEN, 0, [0.9, 0.0]),
        ("near miss: folded away", Block::HIDDEN, 0, [0.9, 0.9]),
        ("near miss: kept by a rule", Block::UNSEEN | Block::RULE_KEEP, 0, [0.9, 0.9]),
        ("near miss: the whole page", Block::UNSEEN, Block::UNSEEN, [0.9, 0.9]),
    ];
    for (name, flags, first, expected) in cases {
        let (blocks, features) = flagged(&[(PROSE, first), (OTHER, flags)]);
        let mut scores = Cow::Borrowed(&[0.9f32, 0.9][..]);
        unseen::silence(&blocks, &features, &mut scores);
        assert_eq!(*scores, expected, "{name}");
    }
}

#[test]
fn reasons_of_struck_blocks() {
    let teaser = "<a href=1>The bridge over the river opens to the public in autumn</a>";
    // The last block of each page is struck for the reason; the two paragraphs are kept.
    let cases = [
        ("a menu", format!("<nav>{teaser}</nav>"), Reason::Navigation),
        ("a form", "<form><p>Your name</p></form>".to_owned(), Reason::Widget),
        ("a button", "<p>×</p>".to_owned(), Reason::Widget),
        ("small print", "<p>© 2024 Ferry News. All rights reserved.</p>".to_owned(), Reason::Copyright),
        ("a teaser", format!("<p>{teaser}</p>"), Reason::Related),
        ("a short link", "<p><a href=1>Boats</a></p>".to_owned(), Reason::Navigation),
        ("below a heading", "<h3>Comments</h3><p>Nice boats they have there</p>".to_owned(), Reason::Comments),
        ("about the author", "<p>jane@example.com</p>".to_owned(), Reason::ReporterCard),
        ("hidden", "<p hidden>Boats</p>".to_owned(), Reason::Hidden),
        ("near miss: a line", "<p>Boats</p>".to_owned(), Reason::Other),
    ];
    for (name, rest, expected) in cases {
        let (blocks, features) = html(&format!("<p>{PROSE}</p><p>{OTHER}</p>{rest}"));
        let kept: Vec<bool> = (0..blocks.items.len()).map(|index| index < 2).collect();
        let found = reason::reasons(&blocks, &features, &kept, &[]);
        assert_eq!(found.last(), Some(&expected), "{name}");
    }
    let (blocks, features) = html(&format!("<p>By Jane Miller</p><p>{PROSE}</p>"));
    let roles = [Some(LineRole::Byline), None];
    assert_eq!(reason::reasons(&blocks, &features, &[false, true], &roles)[0], Reason::Metadata);
}

#[test]
fn outcomes() {
    let lines = [("Boats", 0), (PROSE, 0), (OTHER, 0)];
    let of = |flags: [u16; 3], scores: [f32; 3], data: Option<Reason>| {
        let lines = std::array::from_fn::<_, 3, _>(|at| (lines[at].0, flags[at]));
        let (blocks, features) = flagged(&lines);
        let selection = select(&blocks, &features, &scores, Wishes { include: &[], roles: &[], flattened: true, data });
        let kept: Vec<bool> = selection.decisions.iter().map(|made| *made == Decision::Body).collect();
        (selection.outcome, kept, selection.decisions)
    };
    let (outcome, kept, _) = of([0; 3], [0.0, 0.9, 0.9], None);
    assert!(matches!(outcome, Outcome::Article { body, promised_f1 } if body == (1..3) && promised_f1 > 0.8));
    assert_eq!(kept, [false, true, true]);
    // The best score is the probability that there is an article.
    let (outcome, kept, _) = of([0; 3], [0.0, 0.125, 0.0625], None);
    assert_eq!(outcome, Outcome::NoArticle { family: None, confidence: 0.875 });
    assert_eq!(kept, [false; 3]);
    // A rule that keeps a block makes it an article, and one that strikes a block outweighs its score.
    let (outcome, kept, decisions) = of([Block::RULE_KEEP, Block::RULE_STRIKE, 0], [0.0, 0.125, 0.0625], None);
    assert!(matches!(outcome, Outcome::Article { .. }), "{outcome:?}");
    assert_eq!((kept[0], decisions[1]), (true, Decision::Struck(Reason::Rule)));
    // Data is no article, whatever its score, unless a rule says otherwise.
    let (outcome, _, decisions) = of([0; 3], [0.0, 0.9, 0.9], Some(Reason::Data));
    assert_eq!(outcome, Outcome::NoArticle { family: Some(Reason::Data), confidence: super::DATA_CONFIDENCE });
    assert_eq!(decisions, [Decision::Struck(Reason::Data); 3]);
    let (outcome, _, _) = of([Block::RULE_KEEP, 0, 0], [0.0, 0.9, 0.9], Some(Reason::Data));
    assert!(matches!(outcome, Outcome::Article { .. }), "{outcome:?}");
}

#[test]
fn included_captions_become_body() {
    let (blocks, features) = html(&format!("<p>{PROSE}</p><figure><figcaption>A boat</figcaption></figure>"));
    for (include, expected) in [(&[][..], Decision::Caption), (&[Include::Captions][..], Decision::Body)] {
        let wishes = Wishes { include, roles: &[], flattened: false, data: None };
        assert_eq!(select(&blocks, &features, &[0.9, 0.1], wishes).decisions[1], expected);
    }
}
