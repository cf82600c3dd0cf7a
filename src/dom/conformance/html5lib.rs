//! The tree construction tests of html5lib.

use super::oracle::oracle_outline;
use super::outline::outline;
use crate::dom::parse;
use std::path::Path;

/// One test: its sections by name.
fn sections(test: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in test.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let is_head = matches!(
            bare,
            "#data" | "#errors" | "#new-errors" | "#document" | "#document-fragment" | "#script-on" | "#script-off"
        );
        match sections.last_mut() {
            _ if is_head => sections.push((bare, String::new())),
            Some((_, body)) => body.push_str(line),
            None => {}
        }
    }
    sections
}

/// The expected tree, written like our outline: without comments, document types, attributes and `content` lines.
fn expected(document: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut contents: Vec<usize> = Vec::new();
    let mut skipping_comment = false;
    for line in document.trim_end_matches('\n').lines() {
        let Some(rest) = line.strip_prefix("| ") else {
            // The rest of a text, comment or attribute that contains newlines.
            if let (Some(last), false) = (lines.last_mut(), skipping_comment) {
                last.push('\n');
                last.push_str(line);
            }
            continue;
        };
        let indent = rest.len() - rest.trim_start_matches(' ').len();
        let what = rest.trim_start_matches(' ');
        contents.retain(|&content| content < indent);
        skipping_comment = what.starts_with("<!") || what.starts_with("<?") || what == "content" || !is_node(what);
        if what == "content" {
            contents.push(indent);
        }
        if !skipping_comment {
            lines.push(format!("{}{what}", " ".repeat(indent - 2 * contents.len())));
        }
    }
    lines.retain(|line| !line.is_empty());
    join_text(lines)
}

/// Joins texts that a comment separates in the tests' trees: in ours they are one.
fn join_text(lines: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for line in lines {
        let what = line.trim_start_matches(' ');
        let indent = line.len() - what.len();
        if let (Some(text), Some(last)) = (what.strip_prefix('"'), joined.last_mut()) {
            let last_what = last.trim_start_matches(' ');
            if last_what.starts_with('"') && last.len() - last_what.len() == indent {
                last.pop();
                last.push_str(text);
                continue;
            }
        }
        joined.push(line);
    }
    joined
}

/// Whether a line is a node, and not an attribute, whose name may begin with anything.
fn is_node(line: &str) -> bool {
    line.starts_with('"') || line.starts_with('<') && !line.ends_with('"')
}

/// Our outline without attributes and with text unescaped, as the tests have it.
fn ours(outline: &str) -> Vec<String> {
    let lines = outline.lines().filter_map(|line| line.strip_prefix("| "));
    let lines = lines.filter(|line| is_node(line.trim_start_matches(' ')));
    lines
        .map(|line| {
            let what = line.trim_start_matches(' ');
            let indent = " ".repeat(line.len() - what.len());
            match what.strip_prefix('"') {
                Some(_) => format!("{indent}\"{}\"", unescape(what)),
                None => line.to_owned(),
            }
        })
        .collect()
}

/// Undoes Rust's debug notation.
fn unescape(quoted: &str) -> String {
    let mut out = String::new();
    let mut chars = quoted.trim_matches('"').chars();
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    chars.clone_from(&inner.chars());
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some('u') => {
                let code: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(c) => out.push(c),
            None => {}
        }
    }
    out
}

/// Leaves out the text of scripts and style sheets, which our trees do not have.
fn without_unread(lines: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        let what = line.trim_start_matches(' ');
        let parent = kept.last().map(|last| last.trim_start_matches(' '));
        if !(what.starts_with('"') && matches!(parent, Some("<script>" | "<style>"))) {
            kept.push(line);
        }
    }
    kept
}

#[test]
fn html5lib_trees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/html5lib/tree-construction");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let (mut run, mut left_out, mut failed, mut oracle_differs) = (0, 0, Vec::new(), Vec::new());
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|e| e == "dat")) {
        let suite = String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
        for test in suite.split("#data\n").skip(1) {
            let test = format!("#data\n{test}");
            let sections = sections(&test);
            let section = |name: &str| sections.iter().find(|(found, _)| *found == name).map(|(_, body)| body.as_str());
            let (Some(data), Some(document)) = (section("#data"), section("#document")) else { continue };
            let data = data.strip_suffix('\n').unwrap_or(data);
            // Every input must be parsed without a panic, and so must every prefix of it.
            for end in (0..data.len()).filter(|&end| data.is_char_boundary(end)) {
                let _ = parse(&data[..end]);
            }
            let tree = outline(&parse(data));
            let theirs = oracle_outline(data);
            if tree != theirs {
                oracle_differs.push(format!("{data:?}\n--- ours\n{tree}--- html5ever\n{theirs}"));
            }
            if section("#document-fragment").is_some() || section("#script-on").is_some() {
                left_out += 1;
                continue;
            }
            // A browser shows the chosen option a second time; we would read it twice.
            if data.contains("<selectedcontent>") {
                left_out += 1;
                continue;
            }
            run += 1;
            let (is, want) = (without_unread(ours(&tree)), without_unread(expected(document)));
            if is != want {
                failed.push(format!(
                    "{:?} {data:?}\n--- ours\n{}\n--- theirs\n{}",
                    file.file_name(),
                    is.join("\n"),
                    want.join("\n")
                ));
            }
        }
    }
    println!("{run} tests run, {left_out} left out: fragments in a context, scripting, selectedcontent");
    assert!(
        oracle_differs.is_empty(),
        "{} differ from html5ever:\n{}",
        oracle_differs.len(),
        oracle_differs.join("\n")
    );
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
