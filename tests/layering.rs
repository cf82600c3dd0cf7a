//! Checks that data flows one way: a module may import the stages before it and none after it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import: the table in DESIGN.md. A longer path takes precedence over a shorter one, so that a
/// file can be allowed more than its module.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("types", &[]),
    ("error", &[]),
    ("span", &[]),
    ("hashed", &[]),
    ("article", &["types"]),
    ("escape", &[]),
    ("invisible", &[]),
    ("plain", &["invisible"]),
    ("decode", &["error", "escape", "plain", "types"]),
    ("dom", &["error", "span"]),
    ("block", &["dom", "span"]),
    ("lines", &["block", "hashed", "invisible", "span", "types", "vocab"]),
    // Text between the elements of a mixed page is read like lines.
    ("from_dom", &["block", "dom", "invisible", "lines", "span", "vocab"]),
    ("vocab", &["types"]),
    ("meta", &["article", "block", "escape", "hashed", "plain", "span", "types", "vocab"]),
    // Only this part of `meta` may use the tree: it reads structured data from it.
    ("meta/declared", &["block", "dom", "plain", "span", "types", "vocab"]),
    ("feature", &["block", "hashed", "span", "types", "vocab"]),
    ("score", &["feature", "types"]),
    ("select", &["block", "feature", "hashed", "span", "types", "vocab"]),
    ("assemble", &["article", "block", "select", "span", "types"]),
    ("render", &["article", "types"]),
    (
        "extractor",
        &[
            "article", "assemble", "block", "decode", "dom", "error", "feature", "from_dom", "lines", "meta", "score",
            "select", "span", "types", "vocab",
        ],
    ),
];

/// A `crate::` path in the code.
struct Import {
    file: PathBuf,
    line: usize,
    module: String,
}

#[test]
fn modules_import_only_what_comes_before_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let reexports = reexports(&fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut breaches = Vec::new();
    let mut seen = BTreeSet::new();
    for file in sources(&root) {
        let relative = file.strip_prefix(&root).unwrap().with_extension("");
        let owner = relative.to_str().unwrap().replace('\\', "/");
        // Test files may use everything.
        if owner == "lib" || owner.ends_with("/tests") {
            continue;
        }
        let module = owner.split('/').next().unwrap();
        let Some((_, allowed)) = rule(&owner) else {
            breaches.push(format!("{}: no rule for `{module}`", file.display()));
            continue;
        };
        seen.insert(module.to_owned());
        for import in imports(&file, &fs::read_to_string(&file).unwrap()) {
            let target = reexports.get(&import.module).unwrap_or(&import.module);
            if target != module && !allowed.contains(&target.as_str()) {
                breaches.push(format!("{}:{}: `{owner}` may not know `{target}`", import.file.display(), import.line));
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
    let ruled: BTreeSet<_> = MAY_IMPORT.iter().map(|(path, _)| path.split('/').next().unwrap().to_owned()).collect();
    assert_eq!(seen, ruled, "modules and rules");
}

/// A row is ``| `module` | what it owns | what, it, may, import |``.
#[test]
fn the_design_shows_these_rules() {
    let design = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("DESIGN.md")).unwrap();
    for (module, allowed) in MAY_IMPORT {
        let row = design.lines().find(|line| line.starts_with(&format!("| `{module}` |")));
        let row = row.unwrap_or_else(|| panic!("DESIGN.md has no row for `{module}`"));
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let rule = if allowed.is_empty() { "–".to_owned() } else { allowed.join(", ") };
        assert_eq!(shown, rule, "`{module}` in DESIGN.md");
    }
}

/// Users count by these names, so DESIGN.md must list all of them.
#[test]
fn the_design_shows_every_reason() {
    let design = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("DESIGN.md")).unwrap();
    let shown = |key: &str| design.lines().any(|line| line.starts_with(&format!("| `{key}` |")));
    for reason in copydesk::Reason::ALL {
        assert!(shown(reason.key()), "DESIGN.md does not know the reason `{}`", reason.key());
    }
}

/// There must be an order in which every module comes after its imports. What a part of a module may import counts for
/// the whole module, since the rest of the module may use that part.
#[test]
fn the_rules_have_no_circle() {
    assert_eq!(circle(MAY_IMPORT), BTreeSet::new());
}

#[test]
fn circles_are_found() {
    let cases: [(&str, &[(&str, &[&str])], &[&str]); 4] = [
        ("two modules", &[("a", &["b"]), ("b", &["a"])], &["a", "b"]),
        ("through a part", &[("a", &[]), ("a/part", &["b"]), ("b", &["a"])], &["a", "b"]),
        ("and what needs it", &[("a", &["b"]), ("b", &["a"]), ("c", &["a"]), ("d", &[])], &["a", "b", "c"]),
        ("near miss: a part of its own", &[("a", &[]), ("a/part", &["a", "b"]), ("b", &[])], &[]),
    ];
    for (name, rules, expected) in cases {
        assert_eq!(circle(rules), expected.iter().copied().collect(), "{name}");
    }
}

/// The modules that cannot be put in order: those on a circle and those that import them.
fn circle<'a>(rules: &[(&'a str, &[&'a str])]) -> BTreeSet<&'a str> {
    let module_of = |path: &'a str| path.split('/').next().unwrap_or(path);
    let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for &(path, allowed) in rules {
        let module = module_of(path);
        let others = allowed.iter().map(|import| module_of(import)).filter(|&import| import != module);
        imports.entry(module).or_default().extend(others);
    }
    loop {
        let free: Vec<&str> =
            imports.iter().filter(|(_, imports)| imports.is_empty()).map(|(module, _)| *module).collect();
        if free.is_empty() {
            return imports.into_keys().collect();
        }
        imports.retain(|module, _| !free.contains(module));
        for imports in imports.values_mut() {
            imports.retain(|import| !free.contains(import));
        }
    }
}

#[test]
fn imports_are_found() {
    let code = "use crate::a::B;\n// crate::no\nuse crate::{b, c::{D, E}, f};\nlet x = crate::g::h();\nuse crate::I;\n\
                #[cfg(test)]\nmod tests {\n    use crate::z;\n}\n";
    let found: Vec<_> = imports(Path::new("x"), code).into_iter().map(|i| (i.line, i.module)).collect();
    let expected = [(1, "a"), (3, "b"), (3, "c"), (3, "f"), (4, "g"), (5, "I")];
    assert_eq!(found, expected.map(|(line, module)| (line, module.to_owned())));
    let reexports = reexports("pub use a::{B, C};\npub use d::E;\n");
    assert_eq!(reexports.get("C").map(String::as_str), Some("a"));
    assert_eq!(reexports.get("E").map(String::as_str), Some("d"));
}

fn rule(owner: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let covers = |path: &str| owner == path || owner.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    MAY_IMPORT.iter().filter(|(path, _)| covers(path)).max_by_key(|(path, _)| path.len())
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// All `crate::` paths outside of comments and tests; tests may import anything.
fn imports(file: &Path, code: &str) -> Vec<Import> {
    let code: String = code
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
        .lines()
        .flat_map(|line| [line.split("//").next().unwrap_or_default(), "\n"])
        .collect();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code.get(..at).unwrap_or_default();
        if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let line = before.matches('\n').count() + 1;
        let rest = code.get(at + "crate::".len()..).unwrap_or_default();
        let names = match rest.strip_prefix('{') {
            Some(list) => names_of(list),
            None => vec![name(rest)],
        };
        found.extend(names.into_iter().map(|module| Import { file: file.to_owned(), line, module }));
    }
    found
}

/// The first name of each item in a `{…}` list, skipping nested lists.
fn names_of(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            c => items.last_mut().unwrap().push(c),
        }
    }
    items.iter().map(|item| name(item.trim())).filter(|name| !name.is_empty()).collect()
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The module that each name at the crate root comes from.
fn reexports(lib: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    // Only at the start of a line: re-exports of `internals` are indented.
    for item in format!("\n{lib}").split("\npub use ").skip(1) {
        let Some((path, _)) = item.split_once(';') else { continue };
        let Some((module, rest)) = path.split_once("::") else { continue };
        let names = rest.strip_prefix('{').map_or_else(|| vec![name(rest)], names_of);
        found.extend(names.into_iter().map(|name| (name, module.to_owned())));
    }
    found
}
