//! Plots time and memory against the size of a page.

use crate::clock::spent;
use anyhow::{Context, Result};
use copydesk::Extractor;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Sizes from 10 KiB to 32 MiB, in steps of about 2.5.
const SIZES: [usize; 10] =
    [10 << 10, 25 << 10, 64 << 10, 160 << 10, 400 << 10, 1 << 20, (5 << 20) / 2, 6 << 20, 14 << 20, 32 << 20];

/// The kinds of page and their colours.
const KINDS: [(&str, &str); 2] = [("html", "#2a78d6"), ("text", "#d67a2a")];

/// The measurements of one run.
#[derive(Clone, Copy, Debug)]
struct Run {
    bytes: f64,
    milliseconds: f64,
    mebibytes: f64,
}

/// Runs every size of every kind in a process of its own and plots the results.
pub(crate) fn draw(to: &Path) -> Result<()> {
    let mut lines = Vec::new();
    for (kind, colour) in KINDS {
        let mut runs = Vec::new();
        for bytes in SIZES {
            let output =
                Command::new(std::env::current_exe()?).args(["--grown", &format!("{kind}:{bytes}")]).output()?;
            let printed = String::from_utf8_lossy(&output.stdout);
            let mut numbers = printed.split_whitespace().map(str::parse::<f64>);
            let mut next = || -> Result<f64> { Ok(numbers.next().context("a run printed nothing")??) };
            let run = Run { bytes: bytes as f64, milliseconds: next()?, mebibytes: next()? };
            println!("{kind} {:9.1} KiB {:9.2} ms {:8.1} MiB", run.bytes / 1024.0, run.milliseconds, run.mebibytes);
            runs.push(run);
        }
        lines.push((kind, colour, runs));
    }
    std::fs::write(to, svg(&lines)?)?;
    Ok(())
}

/// Runs in a child process: measures time and peak memory of one page, less the memory used before extraction.
pub(crate) fn run(what: &str) -> Result<()> {
    let (kind, bytes) = what.split_once(':').context("KIND:BYTES")?;
    let page = page(kind == "html", bytes.parse()?)?;
    let mut extractor = Extractor::new().max_bytes(usize::MAX);
    // A first extraction, so that one-time initialisation is not measured.
    extractor.extract(page.get(..page.len().min(10 << 10)).unwrap_or_default().as_bytes())?;
    let before = crate::memory::peak();
    // CPU time advances in steps of milliseconds, so short runs are repeated.
    let (start, mut runs, mut after) = (spent(), 0, f64::NAN);
    while runs == 0 || spent().saturating_sub(start) < Duration::from_millis(500) {
        let length = extractor.extract(page.as_bytes())?.body().len();
        anyhow::ensure!(length > 0, "no article in a page made to have one");
        if runs == 0 {
            after = crate::memory::peak();
        }
        runs += 1;
    }
    let time = spent().saturating_sub(start).as_secs_f64() * 1e3 / f64::from(runs);
    println!("{time} {}", (after - before) / 1024.0);
    Ok(())
}

/// Makes a page of this size: a menu, then headings, paragraphs, lists and tables.
fn page(markup: bool, bytes: usize) -> Result<String> {
    let mut page = String::with_capacity(bytes + 4096);
    if markup {
        page.push_str("<!doctype html><html lang=en><head><title>How pages grow</title></head><body><nav><ul>");
        (0..20).try_for_each(|at| write!(page, "<li><a href=\"/section/{at}\">Section {at}</a></li>"))?;
        page.push_str("</ul></nav><main><article><h1>How pages grow</h1>");
    } else {
        (0..20).try_for_each(|at| writeln!(page, "Section {at}"))?;
        page.push_str("How pages grow\n\n");
    }
    let mut seed = 1;
    for at in 0.. {
        if page.len() >= bytes {
            break;
        }
        let [first, second, item, other, last, heading] =
            [6, 5, 1, 2, 7, 1].map(|sentences| prose(&mut seed, sentences));
        if markup {
            writeln!(
                page,
                "<section class=\"part part-{at}\"><h2 id=\"s{at}\">{}</h2><p class=\"text\">{first}</p>\
                 <p>{second} <a href=\"/log/{at}\" class=\"more\">The log of day {at}</a> &amp; more.</p>\
                 <ul class=\"list\"><li>{item}</li><li>{other}</li></ul><p>{last}</p>\
                 <table><tr><td>Tide</td><td>{at}</td></tr></table></section>",
                heading.trim_end_matches('.')
            )?;
        } else {
            write!(page, "{first}\n\n{second}\n\n- {item}\n- {other}\n\n{last}\n\n")?;
        }
    }
    Ok(page)
}

/// Parts of sentences: each sentence has one from each list.
const PARTS: [[&str; 8]; 4] = [
    [
        "The harbour master",
        "A young sailor",
        "The old captain",
        "One of the fishermen",
        "Her brother",
        "The crew of the ferry",
        "The keeper of the lighthouse",
        "An engineer",
    ],
    ["counted", "wrote down", "remembered", "asked for", "looked after", "had lost", "never spoke about", "described"],
    [
        "the boats in the bay",
        "every letter of that winter",
        "a storm that nobody had foreseen",
        "seven barrels of salt",
        "what was left of the pier",
        "the names of those who had gone",
        "a map of the coast",
        "two lamps and a rope",
    ],
    [
        "before the tide could turn.",
        "and said nothing more about it.",
        "because the road was closed.",
        "while the others were asleep.",
        "as it had always been done.",
        "when the first snow fell.",
        "until the ferry came back.",
        "and went on to the next village.",
    ],
];

/// Makes this many sentences, all different: repetitive text would be taken for a list and not kept.
fn prose(seed: &mut u64, sentences: usize) -> String {
    let sentence = |_| {
        // A linear congruential generator by Knuth, whose high bits are the most random.
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut shift = u64::BITS;
        PARTS
            .map(|parts| {
                shift -= 3;
                parts[(*seed >> shift) as usize % parts.len()]
            })
            .join(" ")
    };
    (0..sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

/// Two charts side by side with logarithmic axes: linear growth rises by one decade per decade.
fn svg(lines: &[(&str, &str, Vec<Run>)]) -> Result<String> {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 330\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <style>text{fill:#666}.grid{stroke:#888;stroke-opacity:.25}.one{stroke:#888;stroke-dasharray:4 4}</style>\n",
    );
    type Value = fn(&Run) -> f64;
    let charts: [(&str, Value, i32, f64); 2] =
        [("milliseconds", |run| run.milliseconds, -1, 0.0), ("MiB beyond the page", |run| run.mebibytes, -1, 380.0)];
    for (title, value, first, left) in charts {
        // The x-axis spans four decades, the y-axis five.
        let x = |bytes: f64| left + 45.0 + (bytes.log10() - 4.0) * 80.0;
        let y = |value: f64| 280.0 - (value.max(0.1).log10() - f64::from(first)) * 50.0;
        writeln!(out, "<text x=\"{}\" y=\"18\">{title}</text>", left + 45.0)?;
        for decade in 4..8 {
            let (at, label) = (x(10f64.powi(decade)), ["10 KB", "100 KB", "1 MB", "10 MB"][decade as usize - 4]);
            writeln!(
                out,
                "<path class=\"grid\" d=\"M{at:.1} 30V280\"/><text x=\"{:.1}\" y=\"298\">{label}</text>",
                at - 14.0
            )?;
        }
        for decade in first..=first + 5 {
            let at = y(10f64.powi(decade));
            let end = left + 335.0;
            writeln!(out, "<path class=\"grid\" d=\"M{:.1} {at:.1}H{end:.1}\"/>", left + 45.0)?;
            writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left + 40.0,
                at + 4.0,
                10f64.powi(decade)
            )?;
        }
        for (row, (kind, colour, runs)) in lines.iter().enumerate() {
            let points: Vec<String> =
                runs.iter().map(|run| format!("{:.1},{:.1}", x(run.bytes), y(value(run)))).collect();
            writeln!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                points.join(" ")
            )?;
            for point in &points {
                let (x, y) = point.split_once(',').unwrap_or_default();
                writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"/>")?;
            }
            let (at, height) = (left + 60.0, 48.0 + 16.0 * row as f64);
            writeln!(out, "<path d=\"M{at} {}h18\" stroke=\"{colour}\" stroke-width=\"2\"/>", height - 4.0)?;
            writeln!(out, "<text x=\"{}\" y=\"{height}\">{kind}</text>", at + 24.0)?;
        }
    }
    out.push_str("</svg>\n");
    Ok(out)
}
