//! Checks that the README shows what the tool prints. `COPYDESK_BLESS=1` updates it, for review in the diff.

use std::path::Path;
use std::process::Command;

const OPEN: &str = "```console\n$ copydesk ";

#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut parts = readme.split(OPEN);
    let mut real = parts.next().unwrap().to_owned();
    for part in parts {
        let (example, rest) = part.split_once("\n```").unwrap();
        let (arguments, _) = example.split_once('\n').unwrap_or((example, ""));
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let output = command.args(arguments.split_whitespace()).current_dir(&root).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        real.extend([OPEN, arguments, "\n", printed.trim_end(), "\n```", rest]);
    }
    assert!(real.contains(OPEN), "the README has no example");
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(&path, real).unwrap();
        return;
    }
    assert_eq!(readme, real, "the README shows another output; COPYDESK_BLESS=1 mends it");
}

#[test]
fn the_readme_shows_code_that_compiles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let examples = ["one_page", "many_pages"].map(|name| {
        let code = std::fs::read_to_string(root.join(format!("examples/{name}.rs"))).unwrap();
        code.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
    });
    let shown: Vec<_> = readme.split("```rust\n").skip(1).map(|part| part.split_once("\n```").unwrap().0).collect();
    assert_eq!(shown.len(), examples.len());
    for (shown, example) in shown.iter().zip(&examples) {
        assert!(example.contains(shown), "not in an example:\n{shown}");
    }
}
