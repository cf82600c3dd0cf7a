//! The tokenizer tests of html5lib.

#![allow(clippy::print_stdout, reason = "tests say what they skipped")]

use super::{Content, Doctype, RawTag, Receiver, Tokenizer, decode_attribute, lower_case, text::decode};
use crate::span::Span;
use serde_json::Value;
use std::path::Path;

/// Keeps the tokens in the tests' notation.
#[derive(Default)]
struct Tokens {
    tokens: Vec<Value>,
    text: String,
}

impl Tokens {
    fn push(&mut self, token: Value) {
        if !self.text.is_empty() {
            self.tokens.push(serde_json::json!(["Character", std::mem::take(&mut self.text)]));
        }
        self.tokens.push(token);
    }
}

impl Receiver for Tokens {
    fn text(&mut self, text: &str, _source: Span) {
        self.text.push_str(text);
    }
    fn null(&mut self, _source: Span) {
        self.text.push('\0');
    }
    fn start_tag(&mut self, tag: &RawTag<'_>) -> (Content, bool) {
        let mut attributes = serde_json::Map::new();
        for attribute in &tag.attributes {
            let mut value = String::new();
            decode_attribute(attribute.value, &mut value);
            attributes.entry(lower_case(attribute.name)).or_insert(value.into());
        }
        let mut token = vec![Value::from("StartTag"), lower_case(tag.name).into(), attributes.into()];
        if tag.self_closing {
            token.push(true.into());
        }
        self.push(token.into());
        (Content::Markup, true)
    }
    fn end_tag(&mut self, tag: &RawTag<'_>) {
        self.push(serde_json::json!(["EndTag", lower_case(tag.name)]));
    }
    fn comment(&mut self, raw: &str) {
        let mut text = String::new();
        decode(raw, None, &mut text);
        self.push(serde_json::json!(["Comment", text]));
    }
    fn doctype(&mut self, doctype: Doctype) {
        let Doctype { name, public, system, force_quirks } = doctype;
        self.push(serde_json::json!(["DOCTYPE", name, public, system, !force_quirks]));
    }
    fn end(&mut self) {
        self.push(Value::Null);
        self.tokens.pop();
    }
    fn in_foreign_content(&self) -> bool {
        false
    }
}

/// Resolves the second layer of escapes that some tests have; `None` for a lone surrogate.
fn unescape(text: &str) -> Option<String> {
    let quoted = text.replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r");
    serde_json::from_str(&format!("\"{quoted}\"")).ok()
}

fn unescape_all(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => unescape(text)?.into(),
        Value::Array(items) => items.iter().map(unescape_all).collect::<Option<Vec<_>>>()?.into(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| Some((unescape(name)?, unescape_all(value)?)));
            Value::Object(fields.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

/// Joins neighbouring text and leaves out errors.
fn expected(output: &Value) -> Vec<Value> {
    let mut tokens = Tokens::default();
    for token in output.as_array().into_iter().flatten() {
        match token.get(0).and_then(Value::as_str) {
            Some("Character") => tokens.text.push_str(token[1].as_str().unwrap()),
            Some(_) => tokens.push(token.clone()),
            None => {}
        }
    }
    tokens.end();
    tokens.tokens
}

#[test]
fn html5lib_tokenizer_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/html5lib/tokenizer");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let (mut run, mut left_out, mut failed) = (0, 0, Vec::new());
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|e| e == "test")) {
        // The suite has lone surrogates, which a string cannot hold.
        let json = std::fs::read_to_string(file.path()).unwrap();
        let Ok(suite) = serde_json::from_str::<Value>(&json) else {
            panic!("{:?} is no JSON", file.path());
        };
        for test in suite["tests"].as_array().into_iter().flatten() {
            let (mut input, mut output) = (test["input"].clone(), test["output"].clone());
            if test["doubleEscaped"] == true {
                let (Some(i), Some(o)) = (unescape_all(&input), unescape_all(&output)) else {
                    left_out += 1;
                    continue;
                };
                (input, output) = (i, o);
            }
            let input = input.as_str().unwrap();
            let states = test["initialStates"].as_array().cloned().unwrap_or_else(|| vec!["Data state".into()]);
            for state in states {
                let mut tokenizer = Tokenizer::new(input, Tokens::default());
                tokenizer.tag.name = test["lastStartTag"].as_str().unwrap_or("no such tag");
                let content = match state.as_str().unwrap() {
                    "Data state" => Content::Markup,
                    "PLAINTEXT state" => Content::Plaintext,
                    "RCDATA state" => Content::Rcdata,
                    "RAWTEXT state" => Content::RawText,
                    "Script data state" => Content::Script,
                    "CDATA section state" => {
                        tokenizer.cdata(0);
                        Content::Markup
                    }
                    other => panic!("what is the {other}?"),
                };
                let tokens = tokenizer.run(content, true).tokens;
                run += 1;
                if tokens != expected(&output) {
                    failed.push(format!(
                        "{}: {input:?}\n  is   {tokens:?}\n  want {:?}",
                        test["description"],
                        expected(&output)
                    ));
                }
            }
        }
    }
    println!("{run} tests run, {left_out} left out");
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
