//! Pages that a script fills in the browser: what they say stands in the data they bring along.
//!
//! Such a page is a shell, and its text is in a script (`__NEXT_DATA__`, `Fusion.globalContent = {…}`, the `articleBody` of linked
//! data) or in an attribute (`data-preloaded="{&quot;…"`), as strings of JSON. No program's layout is known here. What is looked for is
//! the key under which most prose stands: the texts of an article share one (`content`, `cooked`, `html`), while the phrases
//! of a user interface have a key each.

use crate::escape;
use memchr::memmem;
use std::collections::{HashMap, HashSet, VecDeque};

/// The page with the text that its data hold written out at its beginning, if they hold any.
pub(crate) fn fill(page: &str) -> Option<String> {
    let pieces = pieces(page)?;
    let mut said = HashSet::new();
    let mut filling = String::from("<article>");
    for piece in pieces.iter().filter(|piece| said.insert(piece.as_str())) {
        if piece.contains("</") || piece.contains("<br") {
            filling.extend(["<div>", piece, "</div>"]);
            continue;
        }
        for line in piece.lines().filter(|line| !line.trim().is_empty()) {
            filling.extend(["<p>", &line.replace('&', "&amp;").replace('<', "&lt;"), "</p>"]);
        }
    }
    filling.push_str("</article>");
    let body = memmem::find(page.as_bytes(), b"<body").unwrap_or(page.len());
    let (head, rest) = page.split_at_checked(body)?;
    let (open, rest) = rest.split_at_checked(rest.find('>').map_or(0, |end| end + 1))?;
    Some([head, open, &filling, rest].concat())
}

/// Bytes of prose from which a page's data are worth reading; a notice about cookies has fewer.
const LEAST: usize = 400;

/// The texts of the key with most prose.
fn pieces(page: &str) -> Option<Vec<String>> {
    let mut best = Group::default();
    for data in scripts(page).map(str::to_owned).chain(attributes(page)) {
        let mut groups: HashMap<String, Group> = HashMap::new();
        gather(&data, &mut groups);
        // Of equals the one of the first key by name, so that the answer does not depend on the order of a table.
        let greatest = groups.into_iter().max_by(|(a, x), (b, y)| x.prose.cmp(&y.prose).then_with(|| b.cmp(a)));
        best = greatest.map(|(_, group)| group).filter(|group| group.prose > best.prose).unwrap_or(best);
    }
    (best.prose >= LEAST).then_some(best.pieces)
}

/// The strings that stand under one key.
#[derive(Default)]
struct Group {
    pieces: Vec<String>,
    /// Bytes of those that are prose.
    prose: usize,
}

/// The contents of the page's scripts.
fn scripts(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        let start = memmem::find(rest.as_bytes(), b"<script")?;
        let (_, inside) = rest.get(start..)?.split_once('>')?;
        let (script, after) = inside.split_once("</script").unwrap_or((inside, ""));
        rest = after;
        Some(script)
    })
}

/// The values of attributes that hold JSON.
fn attributes(page: &str) -> impl Iterator<Item = String> {
    let starts = memmem::find_iter(page.as_bytes(), b"=\"{&quot;");
    starts.filter_map(|start| page.get(start + 2..)?.split('"').next().map(escape::markup))
}

/// How often JSON may stand in a string of JSON.
const NESTED: usize = 3;

/// Adds the strings of `data` to the groups of their keys.
fn gather(data: &str, groups: &mut HashMap<String, Group>) {
    let mut waiting = VecDeque::from([(data.to_owned(), 0)]);
    while let Some((data, depth)) = waiting.pop_front() {
        for Literal { raw, key } in literals(&data) {
            let text = escape::json(raw);
            if text.contains("\":") {
                if depth < NESTED {
                    waiting.push_back((text, depth + 1));
                }
            } else if let Some(key) = key.filter(|_| is_text(&text)) {
                let group = groups.entry(key.to_owned()).or_default();
                group.prose += if is_prose(&text) { text.len() } else { 0 };
                group.pieces.push(text);
            }
        }
    }
}

/// A string as it stands in JSON.
struct Literal<'a> {
    raw: &'a str,
    /// The key it is a value of, or an item of the list that is; in the code around data strings have none.
    key: Option<&'a str>,
}

/// The strings of `data` but for its keys.
fn literals(data: &str) -> impl Iterator<Item = Literal<'_>> {
    let mut rest = data;
    // The key that was read last, and whether the list that is its value is open.
    let (mut key, mut in_list) = (None, false);
    std::iter::from_fn(move || {
        loop {
            let (between, right) = rest.split_once('"')?;
            let (raw, after) = right.split_at_checked(end_of_string(right)?)?;
            rest = after.strip_prefix('"').unwrap_or(after);
            let between = between.trim();
            let opens_list = between.strip_prefix(':').is_some_and(|value| value.trim_start() == "[");
            in_list = opens_list || in_list && between == ",";
            if rest.trim_start().starts_with(':') {
                key = Some(raw);
                continue;
            }
            return Some(Literal { raw, key: key.filter(|_| in_list || between == ":") });
        }
    })
}

/// Where the quotation mark is that ends a string.
fn end_of_string(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', text.as_bytes().get(from..)?)?;
        if text.as_bytes().get(at) == Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// Whether a string is a text and not a name, an address or a number.
fn is_text(text: &str) -> bool {
    let has_words =
        text.trim().contains(char::is_whitespace) || text.chars().any(|c| c.is_alphabetic() && c > '\u{2e7f}');
    has_words && !text.starts_with("http") && !text.contains("{{")
}

/// Whether a text says something in sentences.
fn is_prose(text: &str) -> bool {
    const PROSE: usize = 40;
    let has_end = text.contains(['.', '?', '!', '。', '？', '！', '।', '؟']);
    has_end && text.chars().filter(|c| c.is_alphabetic()).take(PROSE).count() == PROSE
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str =
        "The ferry left at nine, as it had done for forty years, and nobody on the quay looked up from the nets.";
    const SECOND: &str =
        "By noon the harbour master had called twice; the boat never came, and the radio gave nothing but rain.";

    fn filled(page: &str) -> Option<String> {
        let page = fill(page)?;
        let inside = page.split_once("<article>")?.1.split_once("</article>")?.0;
        Some(inside.replace("</p><p>", "|").replace("<p>", "").replace("</p>", ""))
    }

    #[test]
    fn texts_of_the_key_with_most_prose() {
        let four = [FIRST, SECOND, &FIRST.to_uppercase(), &SECOND.to_uppercase()];
        let all = four.join("|");
        let items = |key: &str| four.map(|text| format!("{{\"type\":\"text\",\"{key}\":\"{text}\"}}")).join(",");
        let quoted = items("content").replace('\\', "\\\\").replace('"', "\\\"");
        let cases = [
            (
                "a state",
                format!("<body><div id=app></div><script>window.F = {{\"x\":[{}]}};</script>", items("content")),
            ),
            ("a script of JSON", format!("<script type=application/json>[{}]</script>", items("content"))),
            (
                "a list under a key",
                format!("<script>x={{\"body\":[\"{}\"]}}</script>", four.join("\", \"").replace('\n', "\\n")),
            ),
            ("lines of one string", format!("<script>{{\"articleBody\":\"{}\"}}</script>", four.join("\\n\\n"))),
            ("JSON in a string", format!("<script>JSON.parse(\"[{quoted}]\")</script>")),
            (
                "an attribute",
                format!("<div data-page=\"{}\">", format!("{{\"a\":[{}]}}", items("content")).replace('"', "&quot;")),
            ),
        ];
        for (name, page) in cases {
            assert_eq!(filled(&page).as_deref(), Some(all.as_str()), "{name}: {page}");
        }
        let markup = format!("<script>{{\"html\":\"<p>{}</p><p>5 &lt; 6</p>\"}}</script>", four.join(" "));
        assert!(filled(&markup).is_some_and(|text| text.contains("5 &lt; 6")));
        let phrases: Vec<_> = (0..20).map(|n| format!("\"key{n}\":\"{FIRST}\"")).collect();
        for (name, page) in [
            ("phrases have a key each", format!("<script>{{{}}}</script>", phrases.join(","))),
            ("little prose", format!("<script>{{\"a\":\"{FIRST}\"}}</script>")),
            ("code", format!("<script>{}</script>", "if (a) { b(\"c d e\"); } // it's".repeat(60))),
            ("no data", "<p>One.</p>".repeat(60)),
            ("cut", format!("<script>{{\"a\":\"{}", four.join(" "))),
        ] {
            assert_eq!(filled(&page), None, "{name}");
        }
    }

    #[test]
    fn what_a_filling_cannot_do() {
        let page = format!("<body class=a>x<script>{{\"t\":\"1 < 2 & {}\"}}</script>", [FIRST; 5].join(" "));
        let filled = fill(&page).expect("prose");
        assert!(filled.starts_with("<body class=a><article><p>1 &lt; 2 &amp; The ferry"), "{filled}");
        assert!(filled.ends_with("</script>"));
    }
}
