//! Reads the marks inside lines: links, pictures, emphasis, code, escapes, line breaks.

use super::Signs;
use super::edit::Edits;
use super::frame::Frame;
use super::target;
use crate::lines::line::is_blank;
use crate::lines::sniff::ApparentTag;

/// Maximum number of open brackets, and of open marks of emphasis.
const MAX_OPEN: usize = 32;
/// Maximum length of a link's text in bytes: cards contain a picture, a headline and a teaser.
const LINK_BYTES: usize = 8 << 10;
/// Maximum length in bytes of a label in brackets.
const LABEL_BYTES: usize = 200;
/// Maximum number of marks of emphasis in a row: two close one range and two open the next.
const MAX_RUN: usize = 4;
/// Maximum length in bytes of an address between `<` and `>`.
const AUTOLINK_BYTES: usize = 2 << 10;
/// Maximum length in bytes of attributes in braces.
const ATTRIBUTE_BYTES: usize = 400;

/// Reads the marks of `page`, beginning at `start`.
pub(super) fn read(page: &str, start: usize, frame: &Frame, has_tags: bool, edits: &mut Edits, signs: &mut Signs) {
    let mut reader = InlineReader {
        page,
        frame,
        has_tags,
        edits,
        signs,
        brackets: Vec::new(),
        runs: Vec::new(),
        rows: 0,
        ticks: [0; 4],
    };
    let mut at = start;
    for &(from, to) in &frame.skipped {
        reader.stretch(at, from);
        at = to;
    }
    reader.stretch(at, page.len());
}

struct InlineReader<'a, 'o> {
    page: &'a str,
    frame: &'o Frame<'a>,
    has_tags: bool,
    edits: &'o mut Edits,
    signs: &'o mut Signs,
    /// Offsets of open brackets, and whether each belongs to a picture.
    brackets: Vec<(usize, bool)>,
    runs: Vec<Run>,
    /// Number of table rows already passed.
    rows: usize,
    /// By number of backticks: the offset up to which no closing run follows.
    ticks: [usize; 4],
}

/// Open marks of emphasis.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    mark: u8,
}

/// The length of the attributes that Pandoc writes, such as `{#id .class key="value"}`, at the start of `rest`; else 0.
pub(super) fn attributes(rest: &str) -> usize {
    let Some(inner) = rest.strip_prefix('{') else { return 0 };
    let end = inner.bytes().take(ATTRIBUTE_BYTES).position(|b| matches!(b, b'}' | b'{' | b'['));
    let Some(inner) = end.and_then(|end| inner.get(..end)) else { return 0 };
    let is_attribute = inner.starts_with(['.', '#', '-']) || inner.contains("=\"");
    if is_attribute && rest.as_bytes().get(inner.len() + 1) == Some(&b'}') { inner.len() + 2 } else { 0 }
}

impl<'a> InlineReader<'a, '_> {
    fn stretch(&mut self, start: usize, end: usize) {
        let bytes = self.page.as_bytes();
        self.runs.clear();
        let mut at = start;
        while at < end {
            at = match bytes[at] {
                b'\\' => self.escape(at),
                b'`' => self.code(at, end),
                b'[' => {
                    if self.brackets.len() == MAX_OPEN {
                        self.brackets.remove(0);
                    }
                    let is_picture = at > start && bytes[at - 1] == b'!';
                    self.brackets.push((at, is_picture));
                    at + 1
                }
                b']' => self.close(at),
                b'<' => self.angle(at),
                b'*' | b'_' | b'~' => self.emphasis(at),
                b'\n' | b'\r' => {
                    self.line_end(at);
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    fn rest(&self, at: usize) -> &'a str {
        self.page.get(at..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.page.as_bytes().get(at).copied()
    }

    /// Drops open emphasis at the end of a block, beyond which it cannot reach.
    fn line_end(&mut self, at: usize) {
        if self.byte(at) == Some(b'\r') && self.byte(at + 1) == Some(b'\n') {
            return;
        }
        let next = self.rest(at + 1).bytes().find(|b| !matches!(b, b' ' | b'\t' | b'>'));
        if next.is_none_or(|b| matches!(b, b'\n' | b'\r' | b'#' | b'-' | b'+' | b'|')) {
            self.runs.clear();
        }
    }

    /// Reads a run of backslashes before a mark or at a line end: every second one is escaped by the one before it.
    fn escape(&mut self, at: usize) -> usize {
        let run = self.rest(at).bytes().take_while(|b| *b == b'\\').count();
        let end = at + run;
        let Some(mark) = self.byte(end).filter(|b| !matches!(b, b'\n' | b'\r')) else {
            self.edits.take(at, end);
            return end;
        };
        for pair in 0..run / 2 {
            self.edits.take(at + 2 * pair, at + 2 * pair + 1);
        }
        if run % 2 == 0 {
            return end;
        }
        if run == 1 {
            self.weigh_escape(at, mark);
        }
        if !mark.is_ascii_punctuation() {
            return end;
        }
        self.edits.take(end - 1, end);
        end + 1
    }

    /// Counts a backslash as an escape that converters write, or as one that shells, patterns and TeX have.
    fn weigh_escape(&mut self, at: usize, mark: u8) {
        let before = self.page.get(..at).unwrap_or_default();
        let is_number = || {
            let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
            head.len() < before.len() && head.trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
        };
        match mark {
            b'.' if is_number() => self.signs.escapes += 1,
            b'-' | b'_' | b'*' if before.ends_with(char::is_alphanumeric) => self.signs.escapes += 1,
            // Ambiguous.
            b'-' | b'_' | b'*' | b'[' | b']' | b'#' | b'+' | b'`' | b'>' => {}
            _ => self.signs.backslashes += 1,
        }
    }

    /// Reads inline code, in which there are no marks.
    fn code(&mut self, at: usize, end: usize) -> usize {
        let bytes = self.page.as_bytes();
        let length = self.rest(at).bytes().take_while(|b| *b == b'`').count();
        let after = at + length;
        let Some(known) = self.ticks.get_mut(length) else { return after };
        if *known > at {
            return after;
        }
        let mut from = after;
        while from < end && bytes[from] != b'\n' {
            let run = bytes.get(from..end).map_or(0, |rest| rest.iter().take_while(|b| **b == b'`').count());
            if run == length {
                self.edits.take(at, after);
                self.edits.take(from, from + run);
                return from + run;
            }
            from += run.max(1);
        }
        *known = from;
        after
    }

    /// Reads a closing bracket, which may end a link or a picture.
    fn close(&mut self, at: usize) -> usize {
        let opened = self.brackets.pop();
        let target = target::read(self.rest(at + 1));
        let opened = opened.filter(|(open, _)| at - open <= LINK_BYTES);
        let Some((open, is_picture)) = opened else {
            // The opening bracket is lost, but an address after it is not text either.
            let length = target.filter(|target| target.is_sure).map_or(0, |target| target.length);
            if length > 0 {
                self.edits.take(at, at + 1 + length);
            }
            return at + 1 + length;
        };
        // `f[0](x)` is code without backticks.
        let is_word = || self.page.get(..open).is_some_and(|text| text.ends_with(|c: char| c.is_alphanumeric()));
        let is_sure = target.is_some_and(|target| target.is_sure);
        let target = target.filter(|_| is_sure || is_picture || !is_word());
        let linked = target.map(|target| target.length).or_else(|| self.label(open, at));
        let behind = at + 1 + linked.unwrap_or(0);
        let end = behind + attributes(self.rest(behind));
        if linked.is_none() {
            // A Pandoc span with attributes.
            if end > behind {
                self.edits.take(open, open + 1);
                self.edits.take(at, end);
            }
            return end;
        }
        self.signs.links += usize::from(is_sure || target.is_none());
        if is_picture {
            self.edits.take(open - 1, end);
        } else {
            self.edits.take(open, open + 1);
            self.edits.take(at, end);
            self.edits.link(open + 1, at);
        }
        end
    }

    /// If a definition gives its address: the length of the `[name]` after a link, or 0 if its text is the name.
    fn label(&self, open: usize, at: usize) -> Option<usize> {
        if self.frame.labels.is_empty() {
            return None;
        }
        let text = self.page.get(open + 1..at)?;
        let behind = self.rest(at + 1).strip_prefix('[').and_then(|rest| {
            let end = rest.bytes().take(LABEL_BYTES).position(|b| b == b']')?;
            rest.get(..end)
        });
        match behind {
            Some("") if self.frame.labels.contains(text) => Some(2),
            Some(label) if self.frame.labels.contains(label) => Some(label.len() + 2),
            _ => self.frame.labels.contains(text).then_some(0),
        }
    }

    /// Reads an address in angle brackets, or a leftover HTML tag.
    fn angle(&mut self, at: usize) -> usize {
        let rest = self.rest(at + 1);
        let end = rest.bytes().take(AUTOLINK_BYTES).position(|b| b == b'>' || b == b'<' || b.is_ascii_whitespace());
        let inner = end.filter(|end| rest.as_bytes().get(*end) == Some(&b'>')).and_then(|end| rest.get(..end));
        if let Some(inner) = inner
            && (inner.contains("://") || inner.contains('@') && !inner.contains('/'))
        {
            let end = at + 1 + inner.len();
            self.edits.take(at, at + 1);
            self.edits.take(end, end + 1);
            self.edits.link(at + 1, end);
            return end + 1;
        }
        let Some(tag) = ApparentTag::read(self.rest(at)) else { return at + 1 };
        let end = at + tag.length;
        if tag.is("br") {
            let is_row = self.is_row(at);
            self.edits.put(at, end, if is_row { " " } else { "\n" });
            return end;
        }
        self.signs.tags += 1;
        if self.has_tags {
            self.edits.put(at, end, if tag.is_inline() { "" } else { "\n" });
        }
        end
    }

    /// Whether `at`, which never decreases, is in a table row.
    fn is_row(&mut self, at: usize) -> bool {
        while self.frame.rows.get(self.rows).is_some_and(|&(_, end)| end <= at) {
            self.rows += 1;
        }
        self.frame.rows.get(self.rows).is_some_and(|&(start, _)| start <= at)
    }

    /// Reads a run of asterisks, underscores or tildes. It closes open marks of the same kind and may open new ones.
    fn emphasis(&mut self, at: usize) -> usize {
        let mark = self.page.as_bytes()[at];
        let mut length = self.rest(at).bytes().take_while(|b| *b == mark).count();
        let end = at + length;
        let before = self.page.get(..at).and_then(|text| text.chars().next_back());
        let after = self.rest(end).chars().next();
        let is_space = |c: Option<char>| c.is_none_or(is_blank);
        // `5*3` and `snake_case` are not emphasis. In scripts without spaces, asterisks inside words are, but
        // underscores inside words belong to file names.
        let is_letter = |c: char| if mark == b'_' { c.is_alphanumeric() } else { c.is_ascii_alphanumeric() };
        let inside = length == 1 && before.is_some_and(is_letter) && after.is_some_and(is_letter);
        if length > MAX_RUN || mark == b'~' && length != 2 || inside {
            return end;
        }
        if mark == b'_' && length == 2 && is_space(before) && is_space(after) {
            // The emphasised text was a picture, now gone.
            self.edits.take(at, end);
            return end;
        }
        let (opens, closes) = (!is_space(after), !is_space(before));
        let mut start = at;
        while closes
            && length > 0
            && let Some(found) = self.runs.iter().rposition(|run| run.mark == mark)
        {
            let run = self.runs[found];
            let taken = run.length.min(length);
            self.edits.take(run.start + run.length - taken, run.start + run.length);
            self.edits.take(start, start + taken);
            self.signs.emphases += 1;
            (start, length) = (start + taken, length - taken);
            self.runs.truncate(found);
            if taken < run.length {
                self.runs.push(Run { length: run.length - taken, ..run });
            }
        }
        if opens && length > 0 && self.runs.len() < MAX_OPEN {
            self.runs.push(Run { start, length, mark });
        }
        end
    }
}
