//! A lenient reader of JSON as found in pages.
//!
//! One linear pass fills a flat arena, without copies and without recursion. Mistakes of hand-made templates are read
//! as they were meant, where that is clear: raw line feeds and bare quotes inside strings, trailing or missing commas,
//! comments and CDATA marks around the data, a missing end.

/// Index of a value in [`Json`].
pub(crate) type Id = usize;

/// Most levels read; deeper values are skipped. Real linked data stays below ten.
const MAX_DEPTH: usize = 48;
/// Most values read; the rest is skipped. Bounds memory on hostile input (a real page has a few hundred).
const MAX_VALUES: usize = 50_000;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Value<'a> {
    Object,
    Array,
    /// As written, escapes not resolved: see [`crate::escape::json`].
    String(&'a str),
    /// A number, `true`, `false`, `null` or any other unquoted word.
    Bare(&'a str),
}

#[derive(Debug)]
struct Entry<'a> {
    key: &'a str,
    value: Value<'a>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
}

/// A document, or several one after another: the root (0) is an array of them.
#[derive(Debug)]
pub(crate) struct Json<'a> {
    entries: Vec<Entry<'a>>,
}

impl<'a> Json<'a> {
    pub(crate) const ROOT: Id = 0;

    pub(crate) fn read(text: &'a str) -> Json<'a> {
        Reader { text, at: 0, json: Json { entries: Vec::new() }, open: Vec::new(), key: None }.run()
    }

    pub(crate) fn value(&self, id: Id) -> Value<'a> {
        self.entries[id].value
    }

    /// The key of a value in its object; empty in arrays.
    pub(crate) fn key(&self, id: Id) -> &'a str {
        self.entries[id].key
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.entries[id].first, |&child| self.entries[child].next)
    }

    /// The first member of that name.
    pub(crate) fn member(&self, object: Id, key: &str) -> Option<Id> {
        self.children(object).find(|&id| self.key(id) == key)
    }

    fn add(&mut self, parent: Id, key: &'a str, value: Value<'a>) -> Id {
        let id = self.entries.len();
        self.entries.push(Entry { key, value, next: None, first: None, last: None });
        if id != Self::ROOT {
            match self.entries[parent].last {
                Some(last) => self.entries[last].next = Some(id),
                None => self.entries[parent].first = Some(id),
            }
            self.entries[parent].last = Some(id);
        }
        id
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    json: Json<'a>,
    /// Open containers; `None` for those that are skipped.
    open: Vec<Option<Id>>,
    /// The last key, while its value has not been read.
    key: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn run(mut self) -> Json<'a> {
        let root = self.json.add(0, "", Value::Array);
        self.open.push(Some(root));
        while let Some(byte) = self.peek() {
            match byte {
                b'{' => self.enter(Value::Object),
                b'[' => self.enter(Value::Array),
                b'}' | b']' => self.leave(),
                b'"' => self.string(),
                b',' => {
                    self.key = None;
                    self.at += 1;
                }
                b':' => self.at += 1,
                b'/' | b'<' => self.comment(),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.bare(),
            }
        }
        self.json
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte at or after `at` that is not white space, and its position.
    fn solid(&self, mut at: usize) -> (Option<u8>, usize) {
        let bytes = self.text.as_bytes();
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        (bytes.get(at).copied(), at)
    }

    fn in_object(&self) -> bool {
        matches!(self.open.last(), Some(Some(id)) if self.json.value(*id) == Value::Object)
    }

    fn put(&mut self, value: Value<'a>) -> Option<Id> {
        let key = self.key.take();
        let parent = self.open.last().copied().flatten()?;
        if self.json.entries.len() >= MAX_VALUES {
            return None;
        }
        Some(self.json.add(parent, key.unwrap_or_default(), value))
    }

    fn enter(&mut self, container: Value<'a>) {
        self.at += 1;
        let id = if self.open.len() < MAX_DEPTH { self.put(container) } else { None };
        self.open.push(id);
        self.key = None;
    }

    fn leave(&mut self) {
        self.at += 1;
        self.key = None;
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    fn string(&mut self) {
        let expects_key = self.in_object() && self.key.is_none();
        let start = self.at + 1;
        let mut at = start;
        let bytes = self.text.as_bytes();
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes[at] == b'\\' {
                at += 2;
                continue;
            }
            if self.closes(at, expects_key) {
                break;
            }
            at += 1;
        }
        let end = if at < bytes.len() && bytes[at] == b'"' { at } else { bytes.len() };
        let text = self.text.get(start..end).unwrap_or_default();
        self.at = end + 1;
        if expects_key {
            self.key = Some(text);
        } else {
            self.put(Value::String(text));
        }
    }

    /// Whether the quote at `at` ends its string, judged by what follows: words follow a bare quote inside a headline.
    fn closes(&self, at: usize, is_key: bool) -> bool {
        let (next, position) = self.solid(at + 1);
        match next {
            None => true,
            Some(b':') => is_key,
            Some(b'}' | b']') => !is_key,
            Some(b',') if self.in_object() && !is_key => {
                matches!(self.solid(position + 1).0, None | Some(b'"' | b'}' | b'/'))
            }
            Some(b',') => true,
            // A missing comma at the end of a line.
            Some(b'"') => self.text.get(at + 1..position).is_some_and(|gap| gap.contains('\n')),
            Some(b'/' | b'<') => position > at + 1,
            Some(_) => false,
        }
    }

    fn bare(&mut self) {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let len = rest.find([',', ':', '{', '}', '[', ']', '"', '\n', ' ']).unwrap_or(rest.len()).max(1);
        // `find` gives boundaries; the loop keeps `max` from ending inside a character.
        self.at = start + len;
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default().trim();
        if self.in_object() && self.key.is_none() {
            // An unquoted word before a colon is a key.
            self.key = self.solid(self.at).0.filter(|&b| b == b':').map(|_| word);
        } else if !word.is_empty() {
            self.put(Value::Bare(word));
        }
    }

    fn comment(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let to = |mark: &str| rest.find(mark).map_or(rest.len(), |found| found + mark.len());
        self.at += if rest.starts_with("/*") {
            to("*/")
        } else if rest.starts_with("//<![CDATA[") {
            11
        } else if rest.starts_with("<![CDATA[") {
            9
        } else if rest.starts_with("<!--") {
            4
        } else if rest.starts_with("//") {
            to("\n")
        } else {
            1
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escape;

    /// All strings as `key=value` and all bare words as `key:value`, for comparison.
    fn flat(text: &str) -> String {
        let json = Json::read(text);
        (1..json.entries.len())
            .filter_map(|id| {
                let key = json.key(id);
                match json.value(id) {
                    Value::String(s) => Some(format!("{key}={}", escape::json(s))),
                    Value::Bare(s) => Some(format!("{key}:{s}")),
                    Value::Object | Value::Array => None,
                }
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn reads_what_was_meant() {
        let cases = [
            ("plain", r#"{"a":"b","c":[1,true,"d"]}"#, "a=b|:1|:true|=d"),
            ("escapes", r#"{"a":"\uae40 \"x\" \ud83d\ude00\/"}"#, "a=김 \"x\" 😀/"),
            ("half a pair is dropped", r#"{"a":"\ud83dx"}"#, "a=x"),
            ("raw line feed", "{\"a\":\"b\nc\",\"d\":1}", "a=b\nc|d:1"),
            ("bare quotes", r#"{"a":"He said "no" to it","b":2}"#, "a=He said \"no\" to it|b:2"),
            ("bare quote and comma", r#"{"a":"He said "no", and left","b":"c"}"#, "a=He said \"no\", and left|b=c"),
            ("bare quote at the end", r#"{"a":"He said "no"","b":"c"}"#, "a=He said \"no\"|b=c"),
            ("trailing commas", r#"{"a":[1,2,],"b":3,}"#, ":1|:2|b:3"),
            ("missing comma", "{\"a\":\"b\"\n\"c\":\"d\"}", "a=b|c=d"),
            ("comments", "/* x */ // y\n<!-- {\"a\":1} -->", "a:1|:-->"),
            ("cdata", "//<![CDATA[{\"a\":\"b\"}//]]>", "a=b"),
            ("cut off", r#"{"a":{"b":"c"#, "b=c"),
            ("two documents", r#"{"a":1}{"b":2}"#, "a:1|b:2"),
            ("stray closers", r#"]}{"a":1}]"#, "a:1"),
            ("no JSON", "var x = 1;", ":var|:x|:=|:1;"),
            ("bare hangul", "{가: 나}", "가:나"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(flat(text), expected, "{name}");
        }
    }

    proptest::proptest! {
        /// Valid JSON comes back as it was written, and a truncated document is read without panic.
        #[test]
        fn strings_come_back(key in "[a-z@]{1,8}", texts in proptest::collection::vec("\\PC{0,20}", 0..6), cut in 0..200_usize) {
            let list = serde_json::json!({ key.clone(): texts.clone(), "z": { "y": texts.first() } }).to_string();
            let json = Json::read(&list);
            let member = json.children(Json::ROOT).next().and_then(|object| json.member(object, &key));
            let strings: Vec<String> = member
                .iter()
                .flat_map(|&id| json.children(id))
                .filter_map(|id| match json.value(id) {
                    Value::String(text) => Some(escape::json(text)),
                    _ => None,
                })
                .collect();
            if key != "z" {
                proptest::prop_assert_eq!(strings, texts);
            }
            let end = (0..=cut.min(list.len())).rev().find(|&at| list.is_char_boundary(at)).unwrap_or(0);
            proptest::prop_assert!(Json::read(list.get(..end).unwrap_or_default()).entries.len() <= MAX_VALUES);
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = "[".repeat(200_000) + &"{\"a\":".repeat(200_000);
        assert!(Json::read(&deep).entries.len() <= MAX_VALUES);
    }
}
