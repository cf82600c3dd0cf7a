//! Formats the account of a page for a terminal: what was kept, what was struck, and why.

use crate::page::Outcome;
use console::{Style, truncate_str};
use copydesk::{Article, BlockKind, Clue, EncodingSource, Piece, Verdict};
use std::fmt::Write;

/// Maximum width of a line, and whether to use colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) columns: Option<usize>,
    pub(crate) colour: bool,
}

impl Look {
    pub(crate) fn of_stdout() -> Look {
        let terminal = console::Term::stdout();
        let size = terminal.size_checked();
        Look { columns: size.map(|(_, columns)| usize::from(columns)), colour: console::colors_enabled() }
    }

    pub(crate) const PLAIN: Look = Look { columns: None, colour: false };

    fn paint(self, style: &Style, text: &str) -> String {
        style.clone().force_styling(self.colour).apply_to(text).to_string()
    }
}

pub(crate) fn explain(outcome: &Outcome, look: Look) -> String {
    let mut out = String::new();
    let name = look.paint(&Style::new().bold(), &visible(&outcome.name));
    // Writing to a string does not fail.
    let _ = writeln!(out, "{name}");
    match &outcome.result {
        Ok(article) => {
            facts(&mut out, article);
            out.push('\n');
            for piece in article.pieces() {
                write_piece(&mut out, &piece, look);
            }
        }
        Err(failure) => {
            let _ = writeln!(out, "  error    {}", visible(&failure.message));
        }
    }
    out.push('\n');
    out
}

fn facts(out: &mut String, article: &Article) {
    let sure = article.confidence();
    let verdict = match article.verdict() {
        Verdict::NoArticle { reason, confidence } => format!("no article: {} ({confidence:.2})", reason.key()),
        Verdict::Article { confidence } => format!("article ({confidence:.2})"),
        Verdict::Unknown => String::from("unknown"),
    };
    let _ = writeln!(out, "  verdict  {verdict}");
    let people: Vec<_> = article.people().iter().map(|p| format!("{}: {}", p.role.key(), p.name)).collect();
    let date = article.date().map(|date| {
        let inferred = if date.is_year_inferred() { ", year inferred" } else { "" };
        format!("{date}{inferred}")
    });
    let fields = [
        ("title", article.title().map(str::to_owned), Some(sure.title)),
        ("byline", article.byline().map(str::to_owned), Some(sure.byline)),
        ("people", (!people.is_empty()).then(|| people.join(", ")), None),
        ("date", date, Some(sure.date)),
        ("modified", article.modified().map(|date| date.to_string()), None),
        ("site", article.site().map(str::to_owned), None),
    ];
    for (name, value, confidence) in fields {
        if let Some(value) = value {
            let confidence = confidence.map(|c| format!(" ({c:.2})")).unwrap_or_default();
            let _ = writeln!(out, "  {name:<8} {}{confidence}", visible(&value));
        }
    }
    let found = match article.encoding_source() {
        EncodingSource::Bom => "by its byte order mark",
        EncodingSource::Caller => "as the caller says",
        EncodingSource::Declared => "as it declares",
        EncodingSource::Guessed => "guessed",
        EncodingSource::Undone => "decoded wrongly before it came",
        _ => "given as text",
    };
    let _ = writeln!(out, "  read as  {}, {} ({found})", article.input(), article.encoding());
}

fn write_piece(out: &mut String, piece: &Piece<'_>, look: Look) {
    let (mark, label, score, text) = match piece {
        Piece::Kept(block) => ('+', kind(block.kind), String::new(), block.text),
        Piece::Caption(text) => ('=', "caption", String::new(), *text),
        Piece::Struck(struck) => ('-', struck.reason.key(), format!("{:.2}", struck.score), struck.text),
    };
    let head = format!("{mark} {label:<13} {score:<4}  ");
    let text = visible(text);
    let text = match look.columns {
        Some(columns) => truncate_str(&text, columns.saturating_sub(head.len()).max(20), "…"),
        None => text.as_str().into(),
    };
    let (head_style, text_style) = match mark {
        '-' => (Style::new().red(), Style::new().dim()),
        _ => (Style::new().green(), Style::new()),
    };
    let _ = writeln!(out, "{}{}", look.paint(&head_style, &head), look.paint(&text_style, &text));
    if let Piece::Struck(struck) = piece
        && !struck.clues.is_empty()
    {
        let clues: Vec<String> = struck.clues.iter().map(clue).collect();
        let _ = writeln!(out, "{}{}", " ".repeat(head.len()), look.paint(&Style::new().dim(), &clues.join(", ")));
    }
}

/// A trait with the sign of its effect.
fn clue(clue: &Clue) -> String {
    format!("{}{}", if clue.effect > 0.0 { '+' } else { '-' }, clue.name)
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem => "item",
        BlockKind::Quote => "quote",
        BlockKind::Code => "code",
        BlockKind::Table => "table",
        _ => "text",
    }
}

/// The text on one line, without control characters that could manipulate the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_write_to_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\nc\u{9b}d"), "a[2Jb cd");
    }
}
