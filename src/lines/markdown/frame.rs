//! Classifies the lines of a Markdown page: code, tables, link definitions.

use super::Signs;
use super::edit::Edits;
use super::inline::attributes;
use super::target;
use crate::lines::line::is_blank;
use crate::lines::mark::is_fence;
use memchr::memchr2;
use std::collections::HashSet;

/// The line structure, which the reader of inline marks needs.
#[derive(Debug, Default)]
pub(super) struct Frame<'a> {
    /// Code and removed lines, in which no marks are read. In ascending order.
    pub(super) skipped: Vec<(usize, usize)>,
    /// Table rows, in ascending order.
    pub(super) rows: Vec<(usize, usize)>,
    /// The labels of link definitions.
    pub(super) labels: HashSet<&'a str>,
}

/// Columns of indentation that make a code block.
const CODE_COLUMNS: usize = 4;

#[derive(Clone, Copy)]
struct MarkdownLine<'a> {
    start: usize,
    end: usize,
    /// The line without surrounding white space.
    text: &'a str,
    indent: usize,
}

/// Reads the lines of `page` from `start` on.
pub(super) fn read<'a>(page: &'a str, start: usize, edits: &mut Edits, signs: &mut Signs) -> Frame<'a> {
    let lines: Vec<MarkdownLine> = lines(page, start);
    let mut frame = Frame::default();
    let mut fences = lines.iter().filter(|line| is_fence(line.text)).count();
    let (mut after_blank, mut in_list) = (true, false);
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let next = at + 1;
        if line.text.is_empty() {
            after_blank = true;
            at = next;
            continue;
        }
        let is_item = is_item(line.text);
        in_list = is_item || in_list && !(after_blank && line.indent == 0);
        let rest = lines.get(next..).unwrap_or_default();
        at = if is_fence(line.text) && fences > 1 {
            let length = rest.iter().take_while(|line| !is_fence(line.text)).count();
            fences -= 2;
            frame.skipped.push((line.start, rest.get(length).map_or(line.end, |line| line.end)));
            next + length + 1
        } else if after_blank && !in_list && is_code(&line) {
            let length = indented(page, &line, rest, edits, &mut frame);
            let inside = rest.get(..length).unwrap_or_default();
            fences = fences.saturating_sub(inside.iter().filter(|line| is_fence(line.text)).count());
            next + length
        } else if let Some(label) = definition(line.text) {
            frame.labels.insert(label);
            frame.skipped.push((line.start, line.end));
            edits.take(line.start, line.end);
            signs.others += 1;
            next
        } else if rest.first().is_some_and(|rule| is_table_rule(rule.text)) && line.text.contains('|') {
            signs.others += 1;
            next + table(&line, rest, edits, &mut frame)
        } else {
            marks(&line, page, edits, signs);
            signs.headings += usize::from(is_underlined(&line, rest.first()));
            next
        };
        after_blank = false;
    }
    frame
}

fn lines(page: &str, start: usize) -> Vec<MarkdownLine<'_>> {
    let bytes = page.as_bytes();
    let mut out = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        let length = bytes.get(at..).and_then(|rest| memchr2(b'\n', b'\r', rest)).unwrap_or(bytes.len() - at);
        let raw = page.get(at..at + length).unwrap_or_default();
        let tail = raw.trim_start_matches(is_blank);
        // Only ASCII white space counts: Chinese paragraphs are indented by ideographic spaces.
        let columns = raw.bytes().map_while(|b| match b {
            b' ' => Some(1),
            b'\t' => Some(CODE_COLUMNS),
            _ => None,
        });
        let indent = columns.sum();
        out.push(MarkdownLine { start: at, end: at + length, text: tail.trim_end_matches(is_blank), indent });
        at += length;
        at += if bytes.get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 };
    }
    out
}

fn is_item(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let mark = if digits > 0 { rest.strip_prefix(['.', ')']) } else { rest.strip_prefix(['-', '*', '+']) };
    mark.is_some_and(|rest| rest.is_empty() || rest.starts_with(is_blank))
}

fn is_code(line: &MarkdownLine) -> bool {
    line.indent >= CODE_COLUMNS && !is_item(line.text) && !line.text.contains("](")
}

/// Puts fences around indented code. Returns the number of lines after the first one.
fn indented(page: &str, first: &MarkdownLine, rest: &[MarkdownLine], edits: &mut Edits, frame: &mut Frame) -> usize {
    let run =
        rest.iter().take_while(|line| line.text.is_empty() || line.indent >= CODE_COLUMNS && !line.text.contains("]("));
    let length = run.count();
    let run = rest.get(..length).unwrap_or_default();
    let length = run.iter().rposition(|line| !line.text.is_empty()).map_or(0, |last| last + 1);
    let run = run.get(..length).unwrap_or_default();
    let last = run.last().unwrap_or(first);
    edits.put(first.start, first.start, "```\n");
    for line in std::iter::once(first).chain(run) {
        let raw = page.get(line.start..line.end).unwrap_or_default();
        let cut =
            if raw.starts_with('\t') { 1 } else { raw.bytes().take(CODE_COLUMNS).take_while(|b| *b == b' ').count() };
        // A fence in the code would end the block.
        edits.take(line.start, if is_fence(line.text) { line.end } else { line.start + cut });
    }
    edits.put(last.end, last.end, "\n```");
    frame.skipped.push((first.start, last.end));
    length
}

/// The label of a link definition: `[name]: address`.
fn definition(text: &str) -> Option<&str> {
    let (label, address) = text.strip_prefix('[')?.split_once("]:")?;
    let is_label = !label.is_empty() && !label.starts_with('^') && !label.contains(['[', ']']);
    let address = address.trim_start_matches(is_blank).split(is_blank).next().unwrap_or_default();
    (is_label && target::is_address(address.trim_matches(['<', '>']))).then_some(label)
}

/// Whether the line is a table rule: `---|---`, `| :-- | --: |`.
fn is_table_rule(text: &str) -> bool {
    text.contains("--") && text.contains('|') && text.bytes().all(|b| matches!(b, b'-' | b':' | b'|' | b' ' | b'\t'))
}

/// Puts bars at both ends of a table's rows, from its header on. Returns the number of lines after the first one.
fn table(head: &MarkdownLine, rest: &[MarkdownLine], edits: &mut Edits, frame: &mut Frame) -> usize {
    let length = rest.iter().take_while(|line| line.text.contains('|')).count();
    for line in std::iter::once(head).chain(rest.iter().take(length)) {
        if !line.text.starts_with('|') {
            edits.put(line.start, line.start, "| ");
        }
        if !line.text.ends_with('|') || line.text.ends_with("\\|") {
            edits.put(line.end, line.end, " |");
        }
        frame.rows.push((line.start, line.end));
    }
    length
}

fn is_attributes(text: &str) -> bool {
    attributes(text) == text.len()
}

/// Normalises or removes marks at the start of a line that [`crate::lines::mark`] would not read.
fn marks(line: &MarkdownLine, page: &str, edits: &mut Edits, signs: &mut Signs) {
    let from =
        line.start + page.get(line.start..line.end).map_or(0, |raw| raw.len() - raw.trim_start_matches(is_blank).len());
    if line.text.starts_with('>') {
        let tail = line.text.trim_start_matches(|c| c == '>' || is_blank(c));
        let head = line.text.len() - tail.len();
        edits.put(from, from + head, if tail.is_empty() { "" } else { "> " });
        return;
    }
    if line.text.starts_with(":::") {
        // A fenced div of Pandoc begins or ends here.
        edits.take(line.start, line.end);
        return;
    }
    let hashes = line.text.bytes().take_while(|b| *b == b'#').count();
    signs.headings +=
        usize::from((1..=6).contains(&hashes) && line.text.get(hashes..).is_some_and(|r| r.starts_with(' ')));
    if hashes > 0
        && let Some(at) = line.text.rfind(" {").filter(|at| line.text.get(at + 1..).is_some_and(is_attributes))
    {
        edits.take(from + at, from + line.text.len());
    }
    if is_item(line.text)
        && let Some(at) =
            ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| line.text.find(task)).filter(|at| *at <= CODE_COLUMNS)
    {
        edits.take(from + at, from + at + 4);
    }
}

/// Whether a line is a heading that the next line underlines.
fn is_underlined(line: &MarkdownLine, next: Option<&MarkdownLine>) -> bool {
    let is_rule = |text: &str| {
        text.len() >= 3 && ["=", "-"].iter().any(|mark| text.trim_matches(|c| mark.contains(c)).is_empty())
    };
    !is_rule(line.text) && next.is_some_and(|next| is_rule(next.text))
}
