//! What small pages of HTML become.

use super::*;
use crate::dom::parse;
use crate::dom::rules::Hits;

fn read(html: &str) -> Blocks {
    let mut blocks = Blocks::default();
    from_dom(&parse(html), Bare::Inline, &Hits::default(), &mut blocks);
    blocks
}

fn shown(html: &str) -> Vec<String> {
    listed(&read(html))
}

/// The blocks as `kind:text`.
fn listed(blocks: &Blocks) -> Vec<String> {
    let letter = |kind| match kind {
        Kind::Paragraph => "p".to_owned(),
        Kind::Heading(level) => format!("h{level}"),
        Kind::ListItem => "li".to_owned(),
        Kind::Quote => "q".to_owned(),
        Kind::Code => "c".to_owned(),
        Kind::Cell => "td".to_owned(),
        Kind::Caption => "cap".to_owned(),
    };
    blocks.items.iter().enumerate().map(|(at, b)| format!("{}:{}", letter(b.kind), blocks.text_of(at))).collect()
}

#[test]
fn where_blocks_begin_and_end() {
    let long = "A line of more than sixty characters, as one finds it in old pages, ";
    let cases: [(&str, String, &[&str]); 23] = [
        ("paragraphs", "<p>One</p><p>Two</p>".into(), &["p:One", "p:Two"]),
        ("inline", "<p>One <b>two</b> <a href=x>three</a>.".into(), &["p:One two three."]),
        ("white space", "<p> a\n\u{a0} b\u{3000}c\u{200b}d </p>".into(), &["p:a b cd"]),
        ("joiners stay", "<p>می\u{200c}خواهم</p>".into(), &["p:می\u{200c}خواهم"]),
        ("two breaks", "<div>One<br><br>Two</div>".into(), &["p:One", "p:Two"]),
        ("one break in an address", "<p>12 High Street<br>Oldham".into(), &["p:12 High Street Oldham"]),
        (
            "one break after a long line",
            format!("<p>{long}<br>then"),
            &["p:A line of more than sixty characters, as one finds it in old pages,", "p:then"],
        ),
        ("text beside elements", "<div>One<p>Two</p>Three</div>".into(), &["p:One", "p:Two", "p:Three"]),
        ("spans side by side", "<p><span>Kim</span><span>2024</span></p>".into(), &["p:Kim 2024"]),
        ("near miss: a drop cap", "<p><span>F</span>or years</p>".into(), &["p:For years"]),
        ("heading", "<h2><a href=x>Head</a></h2>".into(), &["h2:Head"]),
        ("lists", "<ul><li>a<li><p>b</p></ul>".into(), &["li:a", "li:b"]),
        ("table", "<table><tr><td>a<td>b<tr><td><p>c</table>".into(), &["td:a", "td:b", "p:c"]),
        ("preformatted", "<pre>a\n  b\n</pre>".into(), &["c:a\n  b"]),
        ("breaks in preformatted text", "<pre>a<br>b</pre>".into(), &["c:a\nb"]),
        ("nothing but a break in preformatted text", "<pre><br></pre><p>One</p>".into(), &["p:One"]),
        ("a hidden break in preformatted text", "<pre><b hidden>x<br></b></pre><p>One</p>".into(), &["p:x", "p:One"]),
        ("not text", "<script>x</script><style>y</style><svg><text>z</text></svg><p>a".into(), &["p:a"]),
        (
            "hidden in a paragraph",
            "<p>Let <span style='display: none'>a = <i>b</i></span>be <b hidden>c</b>so.</p>".into(),
            &["p:Let be so.", "p:a = b c"],
        ),
        ("hidden first", "<p><span hidden>By</span> Kim".into(), &["p:Kim", "p:By"]),
        ("nothing but hidden", "<div><span hidden>a</span></div><p>b".into(), &["p:a", "p:b"]),
        ("the source of a diagram", "<pre class='x mermaid'>flowchart LR</pre><pre>a</pre>".into(), &["c:a"]),
        ("noscript", "<noscript><p>post</p></noscript>".into(), &["p:post"]),
    ];
    for (name, html, expected) in cases {
        assert_eq!(shown(&html), expected, "{name}: {html}");
    }
}

#[test]
fn elements_only_their_page_knows() {
    let many = format!("<p>One <x-y>{}</x-y> two</p>", "<i>a</i>".repeat(80));
    let cases: [(&str, &str, &[&str]); 20] = [
        (
            "a word in a text",
            "<div>In <st1:City>Seoul</st1:City>, <st1:Nation>Korea</st1:Nation>.</div>",
            &["p:In Seoul, Korea."],
        ),
        ("in a paragraph", "<p><x-term>One</x-term> <b>two</b></p>", &["p:One two"]),
        ("side by side in one", "<p><x-term>One</x-term><x-term>two</x-term></p>", &["p:One two"]),
        ("side by side in a word", "<p>un<x-hl>believ</x-hl><x-hl>able</x-hl></p>", &["p:unbelievable"]),
        ("near miss: behind a word", "<p>All: <x-tag>believ</x-tag><x-tag>able</x-tag></p>", &["p:All: believ able"]),
        ("nothing in it", "<p>One<o:p></o:p> two</p>", &["p:One two"]),
        ("in an inline element", "<h2><a><x-term>One</x-term> <i>two</i></a></h2>", &["h2:One two"]),
        ("near miss: a box", "<article-body><p>One</p><p>Two</p></article-body>", &["p:One", "p:Two"]),
        (
            "near miss: a box beside text",
            "<div>One<x-card>Two<div>Three</div></x-card></div>",
            &["p:One", "p:Two", "p:Three"],
        ),
        ("near miss: items", "<nav-list><nav-item>a</nav-item><nav-item>b</nav-item></nav-list>", &["p:a", "p:b"]),
        (
            "near miss: items of links",
            "<div><nav-item><a>a</a></nav-item> <nav-item><a>b</a></nav-item></div>",
            &["p:a", "p:b"],
        ),
        ("near miss: too much in it", &many, &["p:One", &format!("p:{}", "a".repeat(80)), "p:two"]),
        ("near miss: a box of old", "<div>One <center>two</center> three</div>", &["p:One", "p:two", "p:three"]),
        (
            "a formula",
            "<p>Let <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>, say</p>",
            &["p:Let x = 1 2, say"],
        ),
        (
            "its source",
            "<p>Let <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>\\x</annotation></semantics></math> be",
            &["p:Let x be"],
        ),
        (
            "drawn for the eye",
            "<p>Let <span><span><math><mi>x</mi></math></span><span aria-hidden=true><i>x</i></span></span> be",
            &["p:Let x be"],
        ),
        (
            "drawn before it",
            "<p>Let <nobr aria-hidden=true>x</nobr><span class=mjx><math><mi>x</mi></math></span> be",
            &["p:Let x be"],
        ),
        (
            "near miss: hidden from the blind",
            "<p>Let <span>x</span><span aria-hidden=true>x</span> be",
            &["p:Let x x be"],
        ),
        (
            "near miss: hidden, with nothing in its place",
            "<p>Let <span style='display: none'><math><mtext>Obey</mtext></math></span> be",
            &["p:Let be", "p:Obey"],
        ),
        (
            "hidden, with a picture of it",
            "<p>Let <span style='display: none'><math><mi>x</mi><mi>y</mi></math></span><img> be",
            &["p:Let x y be"],
        ),
    ];
    for (name, html, expected) in cases {
        assert_eq!(shown(html), expected, "{name}: {html}");
    }
}

#[test]
fn such_elements_in_flattened_text() {
    let cases: [(&str, &str, &[&str]); 5] = [
        (
            "lines in a box",
            "Up.\n<div>One is.\nTwo is.\nThree is.</div>",
            &["p:Up.", "p:One is.", "p:Two is.", "p:Three is."],
        ),
        (
            "near miss: a wrapped source",
            "Up.\n<div>One is\n two and\n three.</div>",
            &["p:Up.", "p:One is two and three."],
        ),
        (
            "a word",
            "He lives in <st1:City>Seoul</st1:City> now.\nShe too.",
            &["p:He lives in Seoul now.", "p:She too."],
        ),
        (
            "near miss: a wire's name that nobody closed",
            "It was late. <wire 12 May>\nIt rained.\nIt went on.",
            &["p:It was late.", "p:It rained.", "p:It went on."],
        ),
        ("near miss: a line of its own", "One.\n<x-ad>Two.</x-ad>\nThree.", &["p:One.", "p:Two.", "p:Three."]),
    ];
    for (name, page, expected) in cases {
        let mut blocks = Blocks::default();
        from_dom(&parse(page), Bare::Lines(page), &Hits::default(), &mut blocks);
        assert_eq!(listed(&blocks), expected, "{name}: {page}");
    }
}

#[test]
fn what_is_known_of_a_block() {
    let flags = |html: &str| read(html).items.last().map_or(0, |block| block.flags);
    assert_eq!(flags("<div style='color:red; display: none'><p>a"), Block::HIDDEN | Block::UNSEEN);
    assert_eq!(flags("<div style='display:nonexistent-not'><p>a"), 0);
    assert_eq!(flags("<p>b</p><noscript><p>a</noscript>"), Block::NOSCRIPT);
    assert_eq!(flags("<p hidden>a"), Block::HIDDEN | Block::UNSEEN);
    assert_eq!(flags("<p aria-hidden=true>a"), Block::ARIA_HIDDEN);
    assert_eq!(flags("<p aria-hidden=false>a"), 0);
    assert_eq!(flags("<button>a</button>"), Block::CONTROL);
    assert_eq!(flags("<table><tr><td>a</table>"), Block::ROW_START);
    let linked = read("<p><a href=x>abc</a> def");
    assert!((3..=4).contains(&linked.items[0].link_bytes));
}

/// A cell is as large as what is shown of it.
#[test]
fn hidden_text_in_tables() {
    let is_table = |cell: &str| {
        let rows = format!("<tr><td>Boat<td>{cell}</tr><tr><td>Ferry<td>12</tr>");
        !crate::block::tables(&read(&format!("<table>{rows}</table>"))).is_empty()
    };
    let long = "Wide, and painted red. ".repeat(20);
    assert!(is_table(&format!("<span class=sr-only>{long}</span> 7")));
    assert!(is_table(&format!("7{}", "<div hidden>Red</div><p>".repeat(7))));
    assert!(!is_table(&long), "near miss: a text that is shown");
    assert!(!is_table(&"<p>Red</p>".repeat(7)), "near miss: a column");
}

#[test]
fn what_nobody_gets_to_see() {
    let unseen = |html: &str| {
        let blocks = read(html);
        let hidden = blocks.items.iter().find(|block| block.has(Block::HIDDEN));
        hidden.map(|block| block.has(Block::UNSEEN))
    };
    for never in [
        "<p>a</p><p style='display:none'>x</p><p>b",
        "<p>a <span hidden>x</span> b",
        "<p>a <b>c</b> <span hidden>x</span>",
        "<p>a</p><div class=x style='visibility: hidden'><p>x</div><p>b",
        "<p>a</p><p style='FONT-SIZE:0'>x",
        "<p>a</p><p style='opacity:0.0'>x",
        "<p>a</p><div style='position:absolute;left:-9999px'>x",
        "<p>a</p><div style='max-height:0;overflow:hidden'>x",
        "<p>a</p><template><p>x</template>",
        "<h1>a</h1><div hidden>x</div><p>b",
        "<h2>a</h2><p hidden>x</p><p>b",
        "<p class=t>a</p><p class=t hidden>x</p><p class=t>b",
        "<div class=t>a</div><div class=t hidden>x</div><div class=t>b</div>",
        "<p>a</p><p class=t style='opacity:0'>x</p><p>b",
        "<p>a</p><div style='font-size:0'><p>x</p></div><p>b",
        "<p>a <span style='font-size:0'>x</span> b",
        "<p>a</p><p id=x style='left:-9999px'>x</p><p>b",
        "<p>a</p><div role=region hidden>x</div><p>b",
        "<p><b>a</b> b <span class=x hidden>x</span>",
        "<p>a</p><div id=x hidden>x</div><p>b</p><button aria-controls=y>c</button>",
        "<p>a</p><p hidden>x</p><p hidden>y</p><p>b</p><a href=/>c</a>",
        "<div><p>a</p><div hidden>x</div></div><a href=/>c</a>",
        "<p>a</p><p hidden>x</p><button>Share</button>",
        "<p>a</p><p hidden>x</p><p hidden>y</p><button onclick=y>Share</button>",
        "<div><p>a</p><div hidden>x</div></div><div><button>Share</button></div>",
        "<p>a</p><div hidden>x</div><label for=q>Search</label><input id=q>",
        "<p>a</p><p id=q hidden>x</p><p>b</p><label for=q></label>",
        "<p>a</p><p style='opacity:0;transform:translateY(9px)'>x</p><p>b",
        "<p>a</p><i class=q style='opacity:0'></i><i class=q style='opacity:0'></i><p class=q style='opacity:0'>x",
        "<p>a</p><div style='font-size:0'><p style='font-size:1em'>x</div>",
    ] {
        assert_eq!(unseen(never), Some(true), "{never}");
    }
    for folded in [
        "<div><h3>Q</h3><div hidden>x</div></div>",
        "<div><button>Q</button><p hidden>x</p></div>",
        "<dl><dt>Q<dd hidden>x</dl>",
        "<div><p>a</p><div hidden>x</div><a href=#>more</a></div>",
        "<div><span>a</span> <span class=rest hidden>x</span></div>",
        "<div><div class='tab on'>a</div><div class='tab' hidden>x</div><p>b</div>",
        "<p>a</p><div role=tabpanel hidden>x</div><p>b",
        "<div class='tab'>a</div><div class='tab' hidden>x</div><div class='tab' hidden>y</div>",
        "<p>a</p><div id=x hidden>x</div><p>b</p><button aria-controls='y x'>c</button>",
        "<p>a</p><p id=x hidden>x</p><p>b</p><a data-target='#x'>c</a>",
        "<p>a</p><p hidden>x</p><p hidden>y</p><button>Show more ▾</button>",
        "<p>a</p><p hidden>x</p><p hidden>y</p><button>더보기</button>",
        "<p>a</p><p hidden>x</p><button aria-expanded=false>c</button>",
        "<p>a</p><p>b</p><div hidden>x</div><label for=q>Read more</label>",
        "<p>a</p><div hidden>x</div><span role=button>c</span>",
        "<div><p>a</p><div hidden>x</div></div><div><button>More</button></div>",
    ] {
        assert_eq!(unseen(folded), Some(false), "{folded}");
    }
    for shown in [
        "<p style='opacity:0.9'>a",
        "<p class=x style='opacity:0'>a</p><p class=y style='opacity:0'>b</p><p class=z style='opacity:0'>c",
        "<div class=fades style='opacity:0'><p>a<p>b<p>c<p>d<p>e</div>",
        "<p style='left:-9999px'>a",
        "<div style='font-size:0'><p class=x>a</p></div>",
        "<p style='font-size:0.9em; left:-20px; height:0'>a",
        "<p style='overflow:hidden'>a",
        "<div style='font-size:0'> <p style='font-size:14px'>a</div>",
        "<div style='font-size:0'><font size=3><p>a</font></div>",
        "<div style='font-size:0'><p style='font:16px/1.5 serif'>a</div>",
        "<div style='opacity:0;transform:translateY(9px)'>a</div><div style='opacity:0;transform:scale(.9)'>b",
        "<div style='opacity:0;transform:translateY(9px)'><p>a<p>b</div>",
        "<div class=fades style='opacity:0'><p>a<p>b</div>",
        "<div class=fades style='clip-path:inset(100%)'><p>a<p>b</div>",
    ] {
        assert_eq!(unseen(shown), None, "{shown}");
    }
}

#[test]
fn what_is_for_screen_readers() {
    let spoken = |html: &str| -> Vec<String> {
        let blocks = read(html);
        let listed = |index: usize| {
            let is_spoken = blocks.items[index].has(Block::SPOKEN);
            format!("{}{}", if is_spoken { "~" } else { "" }, blocks.text_of(index))
        };
        (0..blocks.items.len()).map(listed).collect()
    };
    for (name, html, expected) in [
        ("a box", "<div class='x sr-only'><p>a</div><p>b", &["~a", "b"] as &[&str]),
        ("however it is written", "<p class=screenReader_Text>a", &["~a"]),
        ("near miss: what a post is about", "<article class='post tag-sr-only'>a</article>", &["a"]),
        ("near miss: two classes", "<p class='sr only'>a", &["a"]),
        ("near miss: shown on wider screens", "<p class='sr-only md:not-sr-only'>a", &["a"]),
        ("near miss: shown to the keyboard", "<p class='sr-only sr-only-focusable'>a", &["a"]),
        ("near miss: around a text", "<div class=sr-only><p>a<p>b</div>", &["a", "b"]),
        ("a short box", "<h2 class=blind>a</h2>", &["~a"]),
        ("words", "<p>a <em class=blind>b</em>", &["a", "~b"]),
        ("a sign behind a heading", "<h2>a<span class=mw-editsection>[<a>edit</a>]</span></h2>", &["a", "~[ edit ]"]),
        ("the link to a heading", "<h2>a<a class=headerlink>¶</a></h2>", &["a", "~¶"]),
        (
            "near miss: what a box is about",
            "<div class='product blind'><p>Made of wood that was felled in winter and dried for a year and a day.</div>",
            &["Made of wood that was felled in winter and dried for a year and a day."],
        ),
        (
            "a sentence in an item",
            "<ul><li>a <span class=sr-only>Buy the kettle, which is the best that money can buy, and buy it today.</span>",
            &["a", "~Buy the kettle, which is the best that money can buy, and buy it today."],
        ),
        ("near miss: an id", "<p id=sr-only>a", &["a"]),
        ("in a sentence", "<p>a <a>b<span class=sr-only>, opens here</span></a> c", &["a b c", "~, opens here"]),
        ("beside other words", "<div><span class=sr-only>By</span> a</div>", &["By a"]),
        ("alone", "<li><a><span class=sr-only>Share</span></a></li><li>a", &["~Share", "a"]),
    ] {
        assert_eq!(spoken(html), expected, "{name}: {html}");
    }
}

#[test]
fn what_a_container_is_called() {
    let words = |html: &str| read(html).tokens;
    let named = words("<div class='related list'><p>a</div>");
    assert_eq!(named.len(), 2);
    for same in [
        "<div data-testid=related-list><p>a</div>",
        "<div data-component='RelatedList' data-src=picture-list.png><p>a</div>",
        "<related-list><p>a</related-list>",
    ] {
        assert_eq!(words(same), named, "{same}");
    }
    assert_eq!(words("<div data-price=related-list title=list><p>a</div>"), [0; 0]);
}

#[test]
fn containers_hold_their_blocks() {
    let blocks = read("<div class=article-body><p>a<p><span class=by>b</span></div><div class=foot>c</div>");
    for (index, block) in (0u32..).zip(&blocks.items) {
        let mut at = block.container;
        loop {
            let container = &blocks.containers[at as usize];
            assert!(container.blocks.range().contains(&(index as usize)));
            if at == 0 {
                break;
            }
            at = container.parent;
        }
    }
    let path = |index: usize| blocks.containers[blocks.items[index].container as usize].path;
    assert_ne!(path(0), path(2));
    // The span is a container, since the block is wholly inside it.
    assert_eq!(blocks.containers[blocks.items[1].container as usize].tag, Tag::Span);
}

#[test]
fn deep_pages_are_read() {
    let deep = format!("{}text{}", "<div>".repeat(5000), "</div>".repeat(5000));
    assert_eq!(shown(&deep), ["p:text"]);
}
