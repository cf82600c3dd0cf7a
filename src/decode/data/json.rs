//! Detects JSON documents.

/// Whether a text is a JSON document with at least one key, or several such documents, as in JSON Lines. The last
/// string may be truncated.
///
/// Only the characters outside of strings are checked, which is enough to tell JSON from any other text.
pub(super) fn is_json(text: &str) -> bool {
    let mut rest = text;
    let mut has_key = false;
    loop {
        let Some((between, right)) = rest.split_once('"') else { return has_key && is_between(rest) };
        if !is_between(between) {
            return false;
        }
        let Some(after) = behind_string(right) else { return has_key };
        has_key |= after.trim_start().starts_with(':');
        rest = after;
    }
}

/// The text after the end of a string.
fn behind_string(text: &str) -> Option<&str> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', text.as_bytes().get(from..)?)?;
        if text.as_bytes().get(at) == Some(&b'"') {
            return text.get(at + 1..);
        }
        from = at + 2;
    }
}

/// Whether a text contains only what JSON has outside of strings: punctuation, numbers, `true`, `false` and `null`.
fn is_between(text: &str) -> bool {
    text.split(|c: char| matches!(c, '{' | '}' | '[' | ']' | ',' | ':') || c.is_ascii_whitespace()).all(|word| {
        matches!(word, "" | "true" | "false" | "null")
            || word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                && word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn documents() {
        for (name, text, expected) in [
            ("object", r#"{"a": [1, -2.5e3, true, null], "b": "said \"no\": {", "c": {}}"#, true),
            ("list", r#"[{"a": "b"}, {"a": "c"}]"#, true),
            ("lines", "{\"a\": 1}\n{\"a\": 2}\n", true),
            ("near miss: text behind", r#"{"a": 1} The ferry left."#, false),
            ("near miss: a script", r#"{ let a = "b"; }"#, false),
            ("cut", r#"{"a": "b"#, true),
            ("near miss: text with one quotation mark", r#"{"a": 1} The ferry (5" long) left."#, false),
            ("near miss: no key", r#"["a", "b"]"#, false),
            ("near miss: quotations", r#"[1] "No": that was it, and [2] "Yes"."#, false),
        ] {
            assert_eq!(is_json(text), expected, "{name}");
        }
    }
}
