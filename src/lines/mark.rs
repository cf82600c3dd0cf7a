//! Reads the mark at the start of a line: bullets, numbers, Markdown headings and quotes, rules.

/// The mark at the start of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mark {
    None,
    /// A bullet and white space.
    Bullet,
    /// A number followed by a full stop or parenthesis.
    Number(u32),
    /// A Markdown heading of this level.
    Heading(u8),
    /// A Markdown quotation.
    Quote,
    /// The whole line is a rule, an underline or a lone bullet.
    Rule(Rule),
    /// A code fence. If it says what the code is, the line is kept, since without a fence that ends it, it is text.
    Fence,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rule {
    /// A bullet on a line of its own: the next line is the item.
    Bullet,
    /// `----`, `* * *` and the like.
    Line,
    /// `====` or `----`, with the heading level if it underlines a title: only the line before shows whether it does.
    Underline(u8),
    /// When a subtitle is shown, or its number: nothing between two lines of speech.
    Timecode,
}

/// Minimum length of a quoted line in bytes: a short one like `> News` is part of a breadcrumb.
const QUOTE_BYTES: usize = 40;

/// Like [`of`], for Markdown: quotes may be short, and a heading may be empty because its content was a picture.
pub(super) fn of_markdown(line: &str) -> (Mark, usize, usize) {
    if line.bytes().all(|b| b == b'#') {
        return (Mark::Rule(Rule::Line), line.len(), line.len());
    }
    if line.starts_with("> ") {
        return (Mark::Quote, 2, line.len());
    }
    of(line)
}

/// Whether the line is a code fence of backticks or tildes. Only one word of ASCII or attributes may follow the fence. If
/// other words follow, as in a chat (`~~~안녕`), the line is text; if more backticks follow, it is inline code.
pub(super) fn is_fence(line: &str) -> bool {
    ["```", "~~~"].iter().any(|fence| {
        let Some(rest) = line.strip_prefix(fence) else { return false };
        let info = rest.trim_start_matches(|c| fence.contains(c)).trim_matches(super::line::is_blank);
        let is_info = !info.contains(super::line::is_blank) && info.is_ascii() || info.contains(['=', '{']);
        !rest.contains(fence) && !info.contains(|c| fence.contains(c)) && is_info
    })
}

/// Reads the mark of a trimmed line. Returns it with the start and end of the text without the mark.
pub(super) fn of(line: &str) -> (Mark, usize, usize) {
    let whole = |mark| (mark, 0, line.len());
    let Some(first) = line.chars().next() else { return whole(Mark::None) };
    if first.is_alphabetic() {
        return whole(Mark::None);
    }
    if let Some(rule) = rule(line) {
        return (Mark::Rule(rule), line.len(), line.len());
    }
    if first == '#' {
        return heading(line).unwrap_or_else(|| whole(Mark::None));
    }
    if is_fence(line) {
        let is_bare = line.trim_start_matches(first).is_empty();
        return (Mark::Fence, if is_bare { line.len() } else { 0 }, line.len());
    }
    if first == '>' && line.len() >= QUOTE_BYTES && line.starts_with("> ") {
        return (Mark::Quote, 2, line.len());
    }
    if is_timecode(line) {
        return (Mark::Rule(Rule::Timecode), line.len(), line.len());
    }
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - after.len();
    if (1..=3).contains(&digits) {
        let number = line.get(..digits).and_then(|n| n.parse().ok()).unwrap_or(0);
        let text = after.strip_prefix(['.', ')']).map(|rest| (rest, rest.trim_start_matches(super::line::is_blank)));
        if let Some((rest, text)) = text
            && text.len() < rest.len()
            && !text.is_empty()
        {
            return (Mark::Number(number), line.len() - text.len(), line.len());
        }
        return whole(Mark::None);
    }
    if is_bullet(first) {
        let rest = line.strip_prefix(first).unwrap_or_default();
        let text = rest.trim_start_matches(super::line::is_blank);
        // Dots and discs are bullets even without a space; a hyphen or an asterisk without one may be part of the text.
        if !text.is_empty() && (text.len() < rest.len() || (is_disc(first) && !text.starts_with(first))) {
            return (Mark::Bullet, line.len() - text.len(), line.len());
        }
    }
    whole(Mark::None)
}

/// Whether the line says when a subtitle is shown: `00:00:04,300 --> 00:00:07,000`, in WebVTT perhaps with its place behind.
/// The thousandths tell it from a timetable.
fn is_timecode(line: &str) -> bool {
    let is_time = |word: &str| {
        let Some((time, thousandths)) = word.split_once([',', '.']) else { return false };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        thousandths.len() == 3 && is_number(thousandths) && time.contains(':') && time.split(':').all(is_number)
    };
    line.split_once("-->").is_some_and(|(from, to)| {
        let to = to.trim_start_matches(super::line::is_blank).split(super::line::is_blank).next();
        is_time(from.trim_end_matches(super::line::is_blank)) && to.is_some_and(is_time)
    })
}

/// Whether the first word is `o`: a bullet if other lines have bullets too, but also a word in some languages.
pub(super) fn is_letter_bullet(line: &str) -> bool {
    line == "o" || line.starts_with("o ")
}

fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '*' | '+' | '–' | '—') || is_disc(c)
}

fn is_disc(c: char) -> bool {
    matches!(c, '•' | '·' | '・' | '◦' | '‣' | '▪' | '●' | '○' | '∙' | '⁃' | '▸')
}

fn heading(line: &str) -> Option<(Mark, usize, usize)> {
    let after = line.trim_start_matches('#');
    let level = line.len() - after.len();
    let text = after.trim_start();
    // `#tag` is a hashtag.
    if level > 6 || text.len() == after.len() || text.is_empty() {
        return None;
    }
    let bare = text.trim_end_matches('#').trim_end();
    if bare.is_empty() {
        return None;
    }
    let start = line.len() - text.len();
    Some((Mark::Heading(u8::try_from(level).unwrap_or(6)), start, start + bare.len()))
}

/// Recognises lines that only repeat one character, and lone bullets.
fn rule(line: &str) -> Option<Rule> {
    let first = line.chars().next()?;
    if line.len() == first.len_utf8() && is_bullet(first) {
        return Some(Rule::Bullet);
    }
    if !matches!(first, '-' | '=' | '*' | '_' | '~' | '─' | '━' | '—' | '–' | '·' | '+' | '═') {
        return None;
    }
    let length = line.len() / first.len_utf8();
    if line.chars().all(|c| c == first) && length >= 3 {
        return Some(match first {
            '=' => Rule::Underline(1),
            '-' => Rule::Underline(2),
            _ => Rule::Line,
        });
    }
    let spaced = line.chars().all(|c| c == first || c == ' ');
    (spaced && line.chars().filter(|&c| c == first).count() >= 3).then_some(Rule::Line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_head() {
        let cases = [
            ("bullet", "• Home", Mark::Bullet, "Home"),
            ("bullet, no space", "•Home", Mark::Bullet, "Home"),
            ("bullet of Japanese lists", "・検査", Mark::Bullet, "検査"),
            ("star", "* Home", Mark::Bullet, "Home"),
            ("hyphen", "- Home", Mark::Bullet, "Home"),
            ("near miss: minus", "-2.09%", Mark::None, "-2.09%"),
            ("near miss: emphasis", "**Note** well", Mark::None, "**Note** well"),
            ("near miss: caption mark", "▲미국과 중국", Mark::None, "▲미국과 중국"),
            ("number", "1. Start", Mark::Number(1), "Start"),
            ("number, parenthesis", "12) Start", Mark::Number(12), "Start"),
            ("near miss: a year", "2026. Jan", Mark::None, "2026. Jan"),
            ("near miss: a decimal", "1.5 million", Mark::None, "1.5 million"),
            ("heading", "## 광고 ##", Mark::Heading(2), "광고"),
            ("near miss: hash tag", "#services", Mark::None, "#services"),
            ("near miss: only hashes", "# #", Mark::None, "# #"),
            ("lone bullet", "-", Mark::Rule(Rule::Bullet), ""),
            ("rule", "* * *", Mark::Rule(Rule::Line), ""),
            ("timecode", "00:00:04,300 --> 00:00:07,000", Mark::Rule(Rule::Timecode), ""),
            ("timecode of WebVTT", "00:04.300 --> 00:07.000 align:start", Mark::Rule(Rule::Timecode), ""),
            ("near miss: a timetable", "12:30 --> 13:45", Mark::None, "12:30 --> 13:45"),
            ("near miss: a result", "1.234 --> 5.678", Mark::None, "1.234 --> 5.678"),
            ("underline", "====", Mark::Rule(Rule::Underline(1)), ""),
            ("near miss: two hyphens", "--", Mark::None, "--"),
            (
                "quote",
                "> It is what it is, and it will be what it will be.",
                Mark::Quote,
                "It is what it is, and it will be what it will be.",
            ),
            ("near miss: breadcrumb", "> News", Mark::None, "> News"),
            ("fence", "```rust", Mark::Fence, "```rust"),
            ("fence with attributes", "```js title=\"a b\"", Mark::Fence, "```js title=\"a b\""),
            ("fence that ends code", "```", Mark::Fence, ""),
            ("near miss: a word that names no language", "~~~안녕하세요", Mark::None, "~~~안녕하세요"),
            ("near miss: words behind waves", "~~~ 안녕하세요 여러분", Mark::None, "~~~ 안녕하세요 여러분"),
            ("near miss: code in a line", "```a` b", Mark::None, "```a` b"),
            ("text", "Home", Mark::None, "Home"),
        ];
        for (name, line, mark, text) in cases {
            let (found, start, end) = of(line);
            assert_eq!((found, line.get(start..end).unwrap()), (mark, text), "{name}");
        }
    }
}
