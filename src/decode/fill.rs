//! Finds the text of pages that a script fills in the browser, in the data that they contain.
//!
//! Such a page is a shell. Its text is in a script (`__NEXT_DATA__`, `Fusion.globalContent = {…}`, the `articleBody` of
//! linked data) or in an attribute (`data-preloaded="{&quot;…"`), as strings of JSON. No layout of any framework is
//! built in. The article is at the place with the most prose, a place being a key and the path to it. The texts of an
//! article share a place (`content`, `cooked`, `html`), while the phrases of a user interface have a key each, the next
//! article has another path, and teasers have titles beside them. If several articles are in one list, the page's own
//! is the one that has the page's title or address.

mod identity;
mod literal;

use crate::escape;
pub(crate) use identity::Identity;
use literal::{Literal, Literals, NOWHERE, PATHS};
use memchr::memmem;
use std::collections::{HashMap, HashSet, VecDeque};

/// Minimum number of bytes of prose in the data of a page. Notices about cookies have fewer.
const MIN_PROSE_BYTES: usize = 400;

/// The same if the prose consists of short pieces, as the messages of a form do. Beside the page's own title,
/// [`MIN_PROSE_BYTES`] is enough.
const MIN_PIECES_BYTES: usize = 800;

/// Minimum number of bytes of prose beside the page's own title that is the article even if there is more prose under
/// another key elsewhere. Summaries have fewer.
const MIN_OWN_BYTES: usize = 600;

/// Minimum length in bytes of a piece that is a text by itself.
const MIN_LONG_BYTES: usize = 400;

/// Minimum number of letters of a string that is prose.
const MIN_PROSE_LETTERS: usize = 40;

/// Number of boxes around the page's title or address that are taken for its own article:
/// `{"headline":{"text":"…"},"body":…}`.
const OWN_BOXES: usize = 2;

/// Maximum depth of JSON within strings of JSON.
const MAX_NESTED_JSON: usize = 3;

/// The ends of keys that contain a title.
const TITLE_KEYS: [&str; 3] = ["title", "headline", "subject"];

/// Which text a page may lack.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lack {
    /// Nearly all: whatever its data hold.
    All,
    /// Its own article: only what stands beside its headline.
    Own,
}

/// The page with the text of its data appended as markup; `None` if there is no such text.
pub(crate) fn fill(page: &str, identity: &Identity<'_>, lack: Lack) -> Option<String> {
    let Filling { key, pieces } = filling(page, identity, lack)?;
    // First closes what the page may leave open, or the text would become part of it.
    let mut filled = [page, "<!----></script><article><div class=\"", &key, "\">"].concat();
    write(&mut filled, pieces.iter().map(String::as_str));
    filled.push_str("</div></article>");
    Some(filled)
}

/// Writes each distinct piece once, as markup or as paragraphs.
fn write<'a>(page: &mut String, pieces: impl Iterator<Item = &'a str>) {
    let mut written = HashSet::new();
    for piece in pieces.filter(|piece| written.insert(*piece)) {
        if piece.contains("</") || piece.contains("<br") {
            page.extend(["<div>", piece, "</div>"]);
            continue;
        }
        for line in piece.lines().filter(|line| !line.trim().is_empty()) {
            page.extend(["<p>", &line.replace('<', "&lt;"), "</p>"]);
        }
    }
}

/// A page made from a JSON document that contains one article, as many API responses do:
/// `{"title":"…","content":"<p>…"}`. `None` if it contains none or several.
pub(crate) fn document(json: &str) -> Option<String> {
    let mut texts = Texts::default();
    texts.read(json.to_owned(), &Identity::default());
    let place = texts.best()?;
    let pieces = texts.one_article(&place)?;
    if let [piece] = *pieces
        && is_page(&piece.text)
    {
        return Some(piece.text.clone());
    }
    // Any box that contains all pieces also contains the first.
    let boxes = pieces.first()?.boxes;
    let is_title = |literal: &Literal<'_>| {
        let names = [literal.key, literal.around].into_iter().flatten();
        let is_named =
            names.map(str::to_ascii_lowercase).any(|name| TITLE_KEYS.iter().any(|title| name.ends_with(title)));
        is_named && literal.boxes.iter().take(2).any(|around| boxes.contains(around))
    };
    let title = Literals::new(json, 1, 0).find(is_title).map(|literal| escape::json(literal.raw)).unwrap_or_default();
    let title = title.replace('<', "&lt;");
    // The document may be linked data. A `<` in its strings must not end the script or open another one.
    let mut page = ["<!DOCTYPE html><title>", &title, "</title><script type=\"application/ld+json\">"].concat();
    page.extend([&json.replace('<', "\\u003c"), "</script><article>"]);
    write(&mut page, pieces.iter().map(|piece| piece.text.as_str()));
    page.push_str("</article>");
    Some(page)
}

/// Whether a text is a whole page, which contains its title.
fn is_page(text: &str) -> bool {
    let text = text.trim_start().as_bytes();
    let begins = |start: &str| {
        text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
            && !text.get(start.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    ["<!doctype", "<html", "<head", "<body"].into_iter().any(begins)
}

/// The text in the data of a page, and its key.
struct Filling {
    key: String,
    pieces: Vec<String>,
}

/// Finds the text in the data of a page.
fn filling(page: &str, identity: &Identity<'_>, lack: Lack) -> Option<Filling> {
    let headlines = identity.headlines();
    let identity = if lack == Lack::Own { &headlines } else { identity };
    let mut texts = Texts::default();
    for data in scripts(page).map(str::to_owned).chain(attributes(page)) {
        texts.read(data, identity);
    }
    texts.best().filter(|place| lack == Lack::All || place.own.is_some()).map(|place| texts.at(place))
}

/// A string that contains words.
struct Text {
    key: String,
    /// See [`Literal`].
    paths: [u64; PATHS],
    boxes: [usize; PATHS],
    object: Option<usize>,
    text: String,
}

impl Text {
    /// Whether it is known to be outside a box: one of the recorded boxes around it begins before that box, or there
    /// are fewer boxes around it than can be recorded.
    fn is_outside(&self, other: usize) -> bool {
        !self.boxes.contains(&other) && self.boxes.iter().any(|&around| around < other || around == NOWHERE)
    }
}

/// All strings with words in the data of a page.
#[derive(Default)]
struct Texts {
    items: Vec<Text>,
    /// The boxes that contain the page's own title or address, with the number of boxes in between.
    own: HashMap<usize, usize>,
    /// Number of boxes so far.
    boxes: usize,
    /// Number of scripts and attributes so far.
    sources: u64,
}

/// A key and the path to it, and the box of the page's own article around it, if any.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
struct Place<'a> {
    key: &'a str,
    path: u64,
    own: Option<usize>,
}

/// The strings at one place.
#[derive(Default)]
struct Group {
    /// Bytes of prose.
    prose: usize,
    /// Bytes of prose in long strings.
    long: usize,
    /// Number of strings of prose.
    count: usize,
    /// Number of those with something like a title beside them.
    titled: usize,
    /// Index of the first string.
    first: usize,
}

impl Group {
    /// Whether the strings are one text rather than teasers or the phrases of a user interface.
    fn is_article(&self, is_own: bool) -> bool {
        let is_long = self.long * 2 > self.prose && self.prose >= MIN_PROSE_BYTES;
        let least = if is_own { MIN_PROSE_BYTES } else { MIN_PIECES_BYTES };
        is_long || self.prose >= least && self.titled * 2 < self.count
    }
}

impl Texts {
    /// The place of the article: the one with the most prose. If a box has the page's own title, it is the part of that
    /// place in the box, or another place in it if the most prose is elsewhere (comments, other articles).
    fn best(&self) -> Option<Place<'_>> {
        let largest = |(_, group): &(Place<'_>, Group)| (group.prose, usize::MAX - group.first);
        // The first of equal ones, so that the result does not depend on the order of a hash map.
        let all = self.groups(|_| None).into_iter().filter(|(_, group)| group.is_article(false));
        let best = all.max_by_key(largest);
        if self.own.is_empty() {
            return best.map(|(place, _)| place);
        }
        let distance = |place: &Place<'_>| place.own.and_then(|own| self.own.get(&own));
        let own = self.groups(|text| self.own_box(text)).into_iter().filter(|(place, group)| {
            let Some(own) = place.own else { return false };
            let is_elsewhere = |most: &Group| group.prose >= MIN_OWN_BYTES && self.items[most.first].is_outside(own);
            let is_article = |(best, most): &(Place<'_>, Group)| best.key == place.key || is_elsewhere(most);
            group.is_article(true) && best.as_ref().is_none_or(is_article)
        });
        let own = own.max_by_key(|found| (std::cmp::Reverse(distance(&found.0)), largest(found)));
        own.or(best).map(|(place, _)| place)
    }

    /// Groups the strings of prose by place.
    fn groups<'a>(&'a self, own: impl Fn(&Text) -> Option<usize>) -> HashMap<Place<'a>, Group> {
        let is_title = |text: &&Text| !is_prose(&text.text);
        let titled: HashSet<usize> = self.items.iter().filter(is_title).filter_map(|text| text.object).collect();
        let mut groups: HashMap<Place<'_>, Group> = HashMap::new();
        for (number, text) in self.items.iter().enumerate().filter(|(_, text)| is_prose(&text.text)) {
            let place = Place { key: &text.key, path: text.paths[0], own: own(text) };
            let group = groups.entry(place).or_insert(Group { first: number, ..Group::default() });
            let length = text.text.len();
            group.prose += length;
            group.long += if length >= MIN_LONG_BYTES { length } else { 0 };
            group.count += 1;
            group.titled += usize::from(text.object.is_some_and(|object| titled.contains(&object)));
        }
        groups
    }

    /// The texts at a place if they are one article: they hold most of the prose, and are a single text or the items of
    /// one list of strings. Texts of several objects may as well be comments, messages or several articles.
    fn one_article(&self, place: &Place<'_>) -> Option<Vec<&Text>> {
        let prose = || self.items.iter().filter(|text| is_prose(&text.text));
        let here: Vec<&Text> = prose().filter(|text| text.key == place.key && text.paths[0] == place.path).collect();
        let all: usize = prose().map(|text| text.text.len()).sum();
        let is_most = here.iter().map(|text| text.text.len()).sum::<usize>() * 2 > all;
        let first = *here.first()?;
        let is_list = || here.iter().all(|text| text.object.is_none() && text.boxes[0] == first.boxes[0]);
        (is_most && (here.len() == 1 || is_list())).then_some(here)
    }

    /// Of the boxes around a text, the one closest to the page's title or address.
    fn own_box(&self, text: &Text) -> Option<usize> {
        text.boxes.iter().copied().filter(|around| self.own.contains_key(around)).min_by_key(|around| self.own[around])
    }

    /// The texts at a place, and those under the same key in boxes within it.
    fn at(&self, place: Place<'_>) -> Filling {
        let is_here = |text: &&Text| {
            text.key == place.key
                && text.paths.contains(&place.path)
                && place.own.is_none_or(|own| text.boxes.contains(&own))
        };
        let is_name = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let pieces = self.items.iter().filter(is_here).map(|text| text.text.clone()).collect();
        Filling { key: place.key.chars().filter(is_name).collect(), pieces }
    }

    /// Adds the strings of a script or an attribute.
    fn read(&mut self, data: String, identity: &Identity<'_>) {
        self.sources += 1;
        let mut waiting = VecDeque::from([(data, 0)]);
        while let Some((data, depth)) = waiting.pop_front() {
            let mut literals = Literals::new(&data, self.sources, self.boxes);
            for Literal { raw, key, paths, boxes, object, .. } in literals.by_ref() {
                let text = escape::json(raw);
                if is_json(&text) {
                    if depth < MAX_NESTED_JSON {
                        waiting.push_back((text, depth + 1));
                    }
                    continue;
                }
                let Some(key) = key else { continue };
                if object.is_some() && identity.has(&text) {
                    for (distance, around) in
                        boxes.into_iter().take(OWN_BOXES).filter(|&around| around != NOWHERE).enumerate()
                    {
                        let known = self.own.entry(around).or_insert(distance);
                        *known = distance.min(*known);
                    }
                }
                if is_text(&text) {
                    self.items.push(Text { key: key.to_owned(), paths, boxes, object, text });
                }
            }
            self.boxes = literals.boxes;
        }
    }
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

/// The values of attributes that contain JSON.
fn attributes(page: &str) -> impl Iterator<Item = String> {
    let starts = memmem::find_iter(page.as_bytes(), b"=\"{&quot;");
    starts.filter_map(|start| page.get(start + 2..)?.split('"').next().map(escape::markup))
}

/// Whether a string contains JSON, and is not a text about JSON.
fn is_json(text: &str) -> bool {
    let is_nested = text.contains("{\"") || text.contains("[\"");
    is_nested && text.contains("\":") && !text.trim_start().starts_with('<')
}

/// Whether a string contains words and is not just a name, an address or a number.
fn is_text(text: &str) -> bool {
    let has_words =
        text.trim().contains(char::is_whitespace) || text.chars().any(|c| c.is_alphabetic() && c > '\u{2e7f}');
    has_words && !text.starts_with("http") && !text.contains("{{")
}

/// Whether a text consists of sentences.
fn is_prose(text: &str) -> bool {
    let has_end = text.contains(['.', '?', '!', '。', '？', '！', '।', '؟']);
    has_end && text.chars().filter(|c| c.is_alphabetic()).take(MIN_PROSE_LETTERS).count() == MIN_PROSE_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str =
        "The ferry left at nine, as it had done for forty years, and nobody on the quay looked up from the nets.";
    const SECOND: &str =
        "By noon the harbour master had called twice; the boat never came, and the radio gave nothing but rain.";

    fn filled(page: &str, identity: &Identity<'_>) -> Option<String> {
        let page = fill(page, identity, Lack::All)?;
        let inside = page.split_once("<article>")?.1.split_once("</article>")?.0;
        let inside = inside.split_once('>')?.1.strip_suffix("</div>")?;
        Some(inside.replace("</p><p>", "|").replace("<p>", "").replace("</p>", ""))
    }

    #[test]
    fn texts_of_the_key_with_most_prose() {
        let two = [format!("{FIRST} {SECOND}"), format!("{SECOND} {FIRST}")];
        let loud = two.each_ref().map(|text| text.to_uppercase());
        let four = [&two[0], &two[1], &loud[0], &loud[1]].map(String::as_str);
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
            assert_eq!(filled(&page, &Identity::default()).as_deref(), Some(all.as_str()), "{name}: {page}");
        }
        let markup = format!("<script>{{\"html\":\"<p>{}</p><p>5 &lt; 6</p>\"}}</script>", four.join(" "));
        assert!(filled(&markup, &Identity::default()).is_some_and(|text| text.contains("5 &lt; 6")));
        let phrases: Vec<_> = (0..20).map(|n| format!("\"key{n}\":\"{FIRST}\"")).collect();
        for (name, page) in [
            ("phrases have a key each", format!("<script>{{{}}}</script>", phrases.join(","))),
            ("little prose", format!("<script>{{\"a\":\"{FIRST}\"}}</script>")),
            ("code", format!("<script>{}</script>", "if (a) { b(\"c d e\"); } // it's".repeat(60))),
            ("no data", "<p>One.</p>".repeat(60)),
            ("cut", format!("<script>{{\"a\":\"{}", four.join(" "))),
        ] {
            assert_eq!(filled(&page, &Identity::default()), None, "{name}");
        }
    }

    #[test]
    fn articles_in_documents() {
        let text = format!("{FIRST} {SECOND} ").repeat(3).trim().to_owned();
        let markup = format!("<p>{}</p>", text.replace("nets. ", "nets.</p><p>"));
        let item = |title: &str| format!("{{\"title\":\"{title}\",\"body\":\"{title} {text}\"}}");
        let blocks = |more: &str| vec![format!("{{\"content\":\"{FIRST} {SECOND}\"{more}}}"); 5].join(",");
        let cases = [
            ("a text", format!("{{\"headline\":\"A ferry\",\"n\":1,\"body\":\"{text}\"}}"), Some("A ferry")),
            (
                "a title in an object",
                format!("{{\"title\":{{\"rendered\":\"A ferry\"}},\"content\":{{\"rendered\":\"{markup}\"}}}}"),
                Some("A ferry"),
            ),
            ("no title", format!("{{\"data\":{{\"html\":\"{markup}\"}}}}"), Some("")),
            ("paragraphs", format!("{{\"postTitle\":\"A ferry\",\"text\":[\"{text}\",\"{FIRST}\"]}}"), Some("A ferry")),
            ("near miss: blocks", format!("{{\"title\":\"A ferry\",\"els\":[{}]}}", blocks("")), None),
            (
                "a string that would open the script",
                format!("{{\"title\":\"A ferry\",\"embed\":\"<!--<script>\",\"body\":\"{text}\"}}"),
                Some("A ferry"),
            ),
            (
                "a text on pages",
                format!("{{\"title\":\"A ferry\",\"body\":\"{text}\\n\\nIt begins with <body> and ends.\"}}"),
                Some("A ferry"),
            ),
            (
                "a page",
                format!("{{\"url\":\"/a\",\"html\":\"<html><title>A ferry</title>{markup}\"}}"),
                Some("A ferry"),
            ),
            (
                "markup that begins with a header",
                format!("{{\"title\":\"A ferry\",\"html\":\"<header>News</header>{markup}\"}}"),
                Some("A ferry"),
            ),
            ("near miss: several", format!("[{},{}]", item("A ferry"), item("A boat")), None),
            ("near miss: comments", format!("{{\"comments\":[{}]}}", blocks("")), None),
            (
                "near miss: posts",
                format!("{{\"title\":\"A ferry\",\"els\":[{}]}}", blocks(",\"by\":\"Ann Wood\"")),
                None,
            ),
            ("near miss: much beside it", format!("{{\"a\":\"{text}\",\"b\":\"B {text}\",\"c\":\"C {text}\"}}"), None),
            ("near miss: phrases", format!("{{\"a\":\"{FIRST}\",\"b\":\"{SECOND}\"}}"), None),
        ];
        for (name, json, title) in cases {
            let page = document(&json);
            let found = page.as_deref().map(|page| page.split(['<', '>']).skip_while(|tag| *tag != "title").nth(1));
            assert_eq!(found, title.map(Some), "{name}: {json}");
            assert!(page.is_none_or(|page| page.contains(FIRST)), "{name}");
        }
    }

    #[test]
    fn which_place_is_the_article() {
        let text = |n: usize, start: &str| format!("{start} {n} {FIRST} {SECOND}");
        let items = |start: &str, more: &str| -> String {
            (0..5).map(|n| format!("{{\"content\":\"{}\"{more}}}", text(n, start))).collect::<Vec<_>>().join(",")
        };
        let one = (0..5).map(|n| text(n, "A")).collect::<Vec<_>>().join("|");
        let script = |data: String| format!("<script>{{{data}}}</script>");
        let next = format!("\"x\":{{\"els\":[{}]}},\"next\":{{\"els\":[{}]}}", items("A", ""), items("B", ""));
        let inner = format!(
            "\"els\":[{},{{\"items\":[{{\"content\":\"In it.\"}}]}}],\"z\":[{}]",
            items("A", ",\"type\":\"text\""),
            items("B", ",\"title\":\"One of many\"")
        );
        for (name, page, found) in [
            ("the next article", script(next), Some(one.clone())),
            ("a list inside", script(inner), Some(format!("{one}|In it."))),
            ("teasers with titles", script(format!("\"a\":[{}]", items("A", ",\"title\":\"One of many\""))), None),
            ("messages", script(format!("\"a\":[{}]", format!("{{\"m\":\"{FIRST}\"}},").repeat(5))), None),
            (
                "a text about JSON",
                script(format!(
                    "\"html\":\"<p>{}</p><code>\\\"a\\\": {{\\\"b\\\": 1}}</code>\"",
                    text(0, "A").repeat(3)
                )),
                Some(
                    format!("<div><p>{}</p><code>\"a\": {{\"b\": 1}}</code></div>", text(0, "A").repeat(3))
                        .replace("<p>", "")
                        .replace("</p>", ""),
                ),
            ),
            (
                "a quotation before a colon",
                script(format!("\"t\":\"He said \\\"no\\\": {}\"", text(0, "A").repeat(3))),
                Some(format!("He said \"no\": {}", text(0, "A").repeat(3))),
            ),
        ] {
            assert_eq!(filled(&page, &Identity::default()), found, "{name}: {page}");
        }
    }

    #[test]
    fn the_article_of_the_page_among_others() {
        let long = |name: &str| format!("{name}. {FIRST} {SECOND} ").repeat(3).trim().to_owned();
        let short = |name: &str| {
            format!("[{{\"t\":\"{name}. {FIRST}\"}},{{\"t\":\"{SECOND}\"}},{{\"t\":\"{FIRST} {SECOND}\"}}]")
        };
        let article =
            |name: &str, more: &str| format!("{{\"title\":\"The {name}\",{more}\"body\":\"{}\"}}", long(name));
        let three = |more: [&str; 3]| {
            format!("[{},{},{}]", article("Ferry", more[0]), article("Boat", more[1]), article("Ship", more[2]))
        };
        let all = ["Ferry", "Boat", "Ship"].map(long).join("|");
        let pieces = |name: &str| format!("{name}. {FIRST}|{SECOND}|{FIRST} {SECOND}");
        let cases = [
            ("its title", three([""; 3]), Some(long("Boat"))),
            (
                "its address",
                three(["", "\"slug\":\"the-boat-2\",", ""]).replace("The Boat", "Boats"),
                Some(long("Boat")),
            ),
            ("near miss: nobody's title", three([""; 3]).replace("The Boat", "Boats"), Some(all.clone())),
            (
                "its title in an object of its own",
                three([""; 3]).replace("\"title\":\"The Boat\"", "\"headline\":{\"text\":\"The Boat\"}"),
                Some(long("Boat")),
            ),
            (
                "beside the whole list",
                format!("{{\"title\":\"The Boat\",\"posts\":{}}}", three([""; 3]).replace("\"The ", "\"Re: ")),
                Some(all.clone()),
            ),
            (
                "a longer one elsewhere",
                format!("[{{\"title\":\"The Boat\",\"els\":{}}},{{\"more\":{}}}]", short("Boat"), short(&long("Ship"))),
                Some(pieces("Boat")),
            ),
            (
                "beside longer ones under another key",
                format!("{{\"main\":{},\"more\":{}}}", article("Boat", "").replace("\"body", "\"text"), three([""; 3]))
                    .replace("\"The Boat\",\"body", "\"A Boat\",\"body"),
                Some(long("Boat")),
            ),
            (
                "beside comments",
                format!("{{\"article\":{},\"comments\":{}}}", article("Boat", ""), short(&long("No").repeat(2))),
                Some(long("Boat")),
            ),
            (
                "near miss: a summary beside the title",
                format!(
                    "{{\"seo\":{{\"title\":\"The Boat\",\"about\":\"{FIRST} {SECOND} {FIRST} {SECOND}\"}},\"els\":{}}}",
                    short(&long("No"))
                ),
                Some(pieces(&long("No"))),
            ),
            (
                "near miss: a notice beside the title that holds the article",
                format!(
                    "{{\"title\":\"The Boat\",\"notice\":\"{}\",\"els\":{}}}",
                    long("No"),
                    short(&long("A").repeat(2))
                ),
                Some(pieces(&long("A").repeat(2))),
            ),
            ("short pieces", format!("{{\"title\":\"The Boat\",\"els\":{}}}", short("Boat")), Some(pieces("Boat"))),
            ("near miss: short pieces of nobody", format!("{{\"els\":{}}}", short("Boat")), None),
        ];
        for (name, data, found) in cases {
            let identity = Identity { titles: vec!["The  Boat"], addresses: vec!["https://a.example/news/the-boat-2"] };
            let page = format!("<script>{data}</script>");
            assert_eq!(filled(&page, &identity), found, "{name}: {page}");
        }
    }

    #[test]
    fn how_a_filling_stands_in_the_page() {
        let data = format!("{{\"t\":\"1 < 2 &amp; {}\"}}", [FIRST; 5].join(" "));
        for page in [
            format!("<body class=a x=\"a > b\">x<script>{data}</script>"),
            format!("<head><script>'<body>'</script></head><body>x<script>{data}</script></body></html>"),
            format!("<body>x<script>{data}</script><!-- open"),
        ] {
            let filled = fill(&page, &Identity::default(), Lack::All).expect("prose");
            assert!(filled.starts_with(&page), "{filled}");
            let article = crate::extract_str(&page).expect("small");
            // Whether the `x` of the page is body as well is the score's to say.
            let last = article.blocks().last().map(|block| block.text);
            assert_eq!(last, Some(&*format!("1 < 2 & {}", [FIRST; 5].join(" "))), "{page}");
        }
    }
}
