//! Measures on the corpora how well perfect labels on our blocks would do. Run with `--ignored`.

use super::{blocks, mark_repeats, mend, sniff};
use crate::block::{Bare, Block, Blocks, from_dom};
use crate::types::Input;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus")
}

fn inflate(path: &Path) -> Option<String> {
    let out = Command::new("gzip").arg("-dc").arg(path).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

fn truths(name: &str) -> Vec<Value> {
    let path = corpus().join(name).join("truth.jsonl");
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The scorer's tokens: single characters in scripts without spaces, words otherwise.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.to_lowercase().chars() {
        let single = matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
        if single || !(c.is_alphanumeric() || c == '_') {
            if !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            if single && c.is_alphanumeric() {
                out.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

fn count(tokens: &[String]) -> HashMap<&str, i64> {
    let mut out = HashMap::new();
    for token in tokens {
        *out.entry(token.as_str()).or_insert(0) += 1;
    }
    out
}

/// Chooses the blocks of which at least half of the tokens are in the truth and not yet covered, best matches first.
fn kept(page: &Blocks, truth: &[String]) -> Vec<usize> {
    let mut wanted = count(truth);
    let all: Vec<Vec<String>> = (0..page.items.len()).map(|index| tokens(page.text_of(index))).collect();
    let shingles: std::collections::HashSet<&[String]> = truth.windows(4).collect();
    // The best matches share the most 4-grams with the truth; blocks too short to have one come last.
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (index, block) in all.iter().enumerate() {
        let hits = block.windows(4).filter(|window| shingles.contains(window)).count();
        let score = if block.len() >= 4 { hits * 1000 / (block.len() - 3) } else { 1 };
        order.push((score, index));
    }
    order.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), index));
    let mut out = Vec::new();
    for (score, index) in order {
        let block = &all[index];
        let have = count(block);
        let hits: i64 = have.iter().map(|(token, n)| (*n).min(wanted.get(token).copied().unwrap_or(0).max(0))).sum();
        if !block.is_empty() && hits * 2 >= block.len() as i64 && score > 0 {
            for (token, n) in have {
                *wanted.entry(token).or_insert(0) -= n;
            }
            out.push(index);
        }
    }
    out
}

fn f1(found: &[String], truth: &[String]) -> f64 {
    let (a, b) = (count(found), count(truth));
    let hits: i64 = a.iter().map(|(token, n)| (*n).min(b.get(token).copied().unwrap_or(0))).sum();
    if found.is_empty() || truth.is_empty() { 0.0 } else { 2.0 * hits as f64 / (found.len() + truth.len()) as f64 }
}

#[test]
#[ignore = "needs the corpora"]
#[allow(clippy::print_stdout, reason = "a report")]
fn ceiling() {
    let mut by: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let only = std::env::var("PAGE").unwrap_or_default();
    for name in ["text-dev", "cjk", "seeds"] {
        for truth in truths(name) {
            let id = truth["id"].as_str().unwrap_or_default();
            if !only.is_empty() && !id.contains(&only) {
                continue;
            }
            let Some(text) = inflate(&corpus().join(name).join("pages").join(format!("{id}.txt.gz"))) else { continue };
            let body = tokens(truth["body"].as_str().unwrap_or_default());
            let mut page = Blocks::default();
            match sniff(&text) {
                Input::Mixed => {
                    let text = mend(&text);
                    from_dom(
                        &crate::dom::parse(&text),
                        Bare::Lines(&text),
                        &crate::dom::rules::Hits::default(),
                        &mut page,
                    );
                }
                _ => blocks(&text, &mut page),
            }
            mark_repeats(&mut page);
            let kept = kept(&page, &body);
            let mut sorted = kept.clone();
            sorted.sort_unstable();
            let found: Vec<String> = sorted.iter().flat_map(|&index| tokens(page.text_of(index))).collect();
            let group = format!("{name} {}", truth["flattener"].as_str().unwrap_or_default());
            let score = f1(&found, &body);
            if !only.is_empty() {
                for (index, block) in page.items.iter().enumerate() {
                    let mark = if kept.contains(&index) { '+' } else { ' ' };
                    let flags = [(Block::CONTINUES, 'c'), (Block::REPEATED, 'r'), (Block::ROW_START, 't')];
                    let flags: String = flags.iter().filter(|(f, _)| block.has(*f)).map(|(_, c)| *c).collect();
                    println!("{mark} {:>3} {:?}{flags} {}", block.container, block.kind, page.text_of(index));
                }
            }
            let entry = counts.entry(group.clone()).or_default();
            *entry = (entry.0 + page.items.len(), entry.1 + 1);
            by.entry(group).or_default().push((score, id.to_owned()));
        }
    }
    for (group, mut scores) in by {
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mean = scores.iter().map(|s| s.0).sum::<f64>() / scores.len() as f64;
        let worst: Vec<_> = scores.iter().take(5).map(|(s, id)| format!("{id} {s:.3}")).collect();
        let (blocks, pages) = counts[&group];
        println!("{group:32} {:4} {mean:.4} {:4} blocks/page  {}", scores.len(), blocks / pages, worst.join(", "));
    }
}

#[test]
#[ignore = "needs the corpora"]
#[allow(clippy::print_stdout, reason = "a report")]
fn core_alone() {
    let mut by: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for name in ["text-dev", "cjk", "seeds"] {
        for truth in truths(name) {
            let id = truth["id"].as_str().unwrap_or_default();
            let Some(text) = inflate(&corpus().join(name).join("pages").join(format!("{id}.txt.gz"))) else { continue };
            if sniff(&text) == Input::Mixed {
                continue;
            }
            let body = tokens(truth["body"].as_str().unwrap_or_default());
            let mut read = super::Pieces::default();
            super::pieces(&text, 0, &mut read);
            let core = super::core::core(&read.items, &read.text);
            let found: Vec<String> =
                core.flat_map(|index| tokens(read.text.get(read.items[index].text.range()).unwrap())).collect();
            let group = format!("{name} {}", truth["flattener"].as_str().unwrap_or_default());
            by.entry(group).or_default().push(f1(&found, &body));
        }
    }
    let all: Vec<f64> = by.iter().filter(|(g, _)| g.starts_with("text-dev")).flat_map(|(_, s)| s.clone()).collect();
    by.insert("text-dev, all".into(), all);
    for (group, scores) in by {
        println!("core {group:32} {:4} {:.4}", scores.len(), scores.iter().sum::<f64>() / scores.len() as f64);
    }
}

#[test]
#[ignore = "needs the corpora"]
#[allow(clippy::print_stdout, reason = "a report")]
fn kinds_of_all_pages() {
    let (mut wrong, mut all) = (0, 0);
    for name in ["seeds", "text-dev", "cjk", "fundus", "readability", "trafilatura", "wcxb"] {
        for truth in truths(name) {
            let id = truth["id"].as_str().unwrap_or_default();
            let file = |ending: &str| corpus().join(name).join("pages").join(format!("{id}.{ending}.gz"));
            let (text, expected) = match inflate(&file("txt")) {
                Some(text) => {
                    let mixed = truth["flattener"] == "mixed" || id.starts_with("002_");
                    (text, if mixed { Input::Mixed } else { Input::Text })
                }
                None => match inflate(&file("html")) {
                    Some(text) => (text, Input::Html),
                    None => continue,
                },
            };
            all += 1;
            let found = sniff(&text);
            if found != expected {
                wrong += 1;
                println!(
                    "{name} {id}: {found:?}, expected {expected:?}; {:?}",
                    text.chars().take(80).collect::<String>()
                );
            }
        }
    }
    println!("{wrong} of {all} wrong");
}

/// CPU time of this thread, which other load on the machine does not affect.
fn seconds_on_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

#[test]
#[ignore = "needs the corpora"]
#[allow(clippy::print_stdout, reason = "a report")]
fn throughput() {
    let pages: Vec<String> = truths("text-dev")
        .iter()
        .filter_map(|t| inflate(&corpus().join("text-dev/pages").join(format!("{}.txt.gz", t["id"].as_str()?))))
        .collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut page = Blocks::default();
    let time = |name: &str, f: &mut dyn FnMut(&str)| {
        let start = seconds_on_cpu();
        for _ in 0..5 {
            pages.iter().for_each(|text| f(text));
        }
        println!("{name}: {:.0} MB/s", 5.0 * bytes as f64 / 1e6 / (seconds_on_cpu() - start));
    };
    time("blocks", &mut |text| blocks(text, &mut page));
    time("blocks and repeats", &mut |text| {
        blocks(text, &mut page);
        mark_repeats(&mut page);
    });
    time("sniff", &mut |text| {
        std::hint::black_box(sniff(text));
    });
}

#[test]
#[ignore = "takes its time"]
#[allow(clippy::print_stdout, reason = "a report")]
fn growth() {
    let texts = [
        "하나. ",
        "a.Ba",
        "a",
        "가",
        "水",
        ". ",
        "...",
        "\"",
        "&",
        "&amp;",
        "<",
        "<p ",
        "<p \"",
        "<script ",
        "'\"> ",
        "| ",
        "|a|\n",
        "a\tb\n",
        "a   b\n",
        "- \n",
        "-\n",
        "```\n",
        "1. a\n",
        "\n",
        " ",
        "  a",
        "2025.05.15 ",
        "Mar 24, 2025 ",
        "Home ",
        "The quick fox. ",
        "the river moved and the village went with it to the other side of\n",
        "\0",
        "[a",
        "</b>",
        "<b>",
        "<!--",
        "<br>a",
    ];
    for text in texts {
        let mut spent = [0.0; 2];
        for (size, spent) in [200_000, 800_000].into_iter().zip(&mut spent) {
            let page = text.repeat(size / text.len());
            let start = seconds_on_cpu();
            let mut out = Blocks::default();
            blocks(&page, &mut out);
            mark_repeats(&mut out);
            let _ = (sniff(&page), mend(&page));
            let mut read = super::Pieces::default();
            super::pieces(&page, 0, &mut read);
            super::trace(&mut read, &page, &page.replace('a', "<"), 0);
            *spent = seconds_on_cpu() - start;
        }
        let factor = spent[1] / spent[0];
        println!(
            "growth {text:?}: {:.0} ms a MB, x{factor:.1}{}",
            spent[1] * 1250.0,
            if factor > 8.0 { " !!" } else { "" }
        );
    }
}
