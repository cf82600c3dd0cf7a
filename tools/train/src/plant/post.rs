//! A post of a board that is laid out by tables: a head of labels and values, the text in a cell, the list of posts.
//!
//! The corpora have few such pages. One table may hold a whole post, so that only cells separate its text from its head.

use super::Maker;
use Cell::{Label, Link, Value};

/// Maximum number of other posts listed below a post, and of comments.
const MAX_OTHER_POSTS: usize = 15;
const MAX_COMMENTS: usize = 6;

/// A cell of a row.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Label(&'a str),
    Value(&'a str),
    Link(&'a str),
}

impl<'a> Cell<'a> {
    fn text(self) -> &'a str {
        match self {
            Label(text) | Value(text) | Link(text) => text,
        }
    }
}

/// A page written twice at once: as markup, and as it flattens.
struct Sheet {
    html: String,
    lines: String,
    /// Separates the cells of a row in flattened text.
    between: &'static str,
    /// Whether labels are `th`.
    headed: bool,
}

impl Sheet {
    /// Adds a row of cells, of which the last fills the row.
    fn row(&mut self, cells: &[Cell<'_>]) {
        self.html.push_str("<tr>");
        for (number, cell) in cells.iter().enumerate() {
            let name = if matches!(cell, Label(_)) && self.headed { "th" } else { "td" };
            let span = if number + 1 == cells.len() && cells.len() < 4 { " colspan=\"3\"" } else { "" };
            let text = escaped(cell.text());
            let text = if matches!(cell, Link(_)) { format!("<a href=\"#\">{text}</a>") } else { text };
            self.html.push_str(&format!("<{name}{span}>{text}</{name}>"));
        }
        self.html.push_str("</tr>\n");
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text()).collect();
        self.flat(&texts.join(self.between));
    }

    /// Markup that shows `text`.
    fn mark(&mut self, html: &str, text: &str) {
        self.html.push_str(html);
        self.flat(text);
    }

    fn flat(&mut self, text: &str) {
        self.lines.push_str(text);
        self.lines.push('\n');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

impl Maker<'_> {
    /// Fills the page with a post. Two thirds of the posts are markup, the others flattened.
    pub(super) fn post(&mut self, title: &str, body: &[&str]) {
        let between = ["\n", "\n", "\t", " "][self.chance.between(0, 3)];
        let mut sheet = Sheet { html: String::new(), lines: String::new(), between, headed: self.chance.one_in(2) };
        let board = self.piece("post.board");
        let nested = self.chance.one_in(3);
        self.post_menu(&mut sheet, nested);
        if self.chance.one_in(2) {
            sheet.mark(&format!("<h2>{board}</h2>\n"), &board);
        }
        let class = ["", " class=\"board_view\"", " class=\"tbl\" border=\"1\"", " width=\"100%\" cellpadding=\"4\""];
        let class = class[self.chance.between(0, class.len() - 1)];
        sheet.html.push_str(&format!("<table{class}>\n"));
        self.post_head(&mut sheet, title);
        self.post_text(&mut sheet, body, class);
        if self.chance.one_in(2) {
            self.neighbours(&mut sheet);
        }
        sheet.html.push_str("</table>\n");
        for _ in 0..self.chance.between(1, 4) {
            let tool = self.piece("post.tool");
            sheet.mark(&format!("<a href=\"#\">{tool}</a>\n"), &tool);
        }
        if self.chance.one_in(3) {
            self.remarks(&mut sheet);
        }
        if self.chance.one_in(3) {
            self.other_posts(&mut sheet);
        }
        sheet.html.push_str(if nested { "</td></tr></table>\n" } else { "" });
        for _ in 0..self.chance.between(0, 3) {
            let line = self.piece("footer");
            sheet.mark(&format!("<p>{}</p>\n", escaped(&line)), &line);
        }
        if self.chance.one_in(3) {
            self.out = sheet.lines;
        } else {
            self.out = format!("<html><head><title>{board}</title></head><body>\n{}</body></html>\n", sheet.html);
            self.lines = Some(sheet.lines);
        }
    }

    fn post_menu(&mut self, sheet: &mut Sheet, nested: bool) {
        let (open, close) = if nested { ("<table><tr>", "</tr></table>\n") } else { ("<ul>", "</ul>\n") };
        sheet.html.push_str(open);
        for _ in 0..self.chance.between(2, 9) {
            let entry = self.piece("menu");
            let name = if nested { "td" } else { "li" };
            sheet.mark(&format!("<{name}><a href=\"#\">{entry}</a></{name}>"), &entry);
        }
        sheet.html.push_str(close);
        sheet.html.push_str(if nested { "<table width=\"900\"><tr><td>\n" } else { "" });
    }

    /// The metadata of the post, with labels.
    fn facts(&mut self) -> Vec<(String, String)> {
        let writer = if self.chance.one_in(3) { self.piece("name") } else { self.piece("reply.nick") };
        let date = if self.chance.one_in(2) { self.day() } else { format!("{} {}", self.day(), self.time()) };
        let hits = self.chance.between(0, 4000).to_string();
        let file = self.piece("post.file.name");
        let mut facts = Vec::new();
        for (label, value) in [("writer", writer), ("date", date), ("hits", hits), ("file", file)] {
            if !self.chance.one_in(4) {
                facts.push((self.piece(&format!("post.{label}")), value));
            }
        }
        if self.chance.one_in(5) {
            facts.reverse();
        }
        facts
    }

    fn post_head(&mut self, sheet: &mut Sheet, title: &str) {
        let facts = self.facts();
        let label = self.piece("post.title");
        match self.chance.between(0, 4) {
            // One label and its value per row.
            0 => {
                let at = if self.chance.one_in(3) { facts.len() } else { 0 };
                for (number, (label, value)) in facts.iter().enumerate() {
                    if number == 0 && at == 0 {
                        sheet.row(&[Label(&self.piece("post.title")), Value(title)]);
                    }
                    sheet.row(&[Label(label), Value(value)]);
                }
                if at == facts.len() {
                    sheet.row(&[Label(&label), Value(title)]);
                }
            }
            // Two labels and values per row, below the title.
            1 | 2 => {
                sheet.row(&[Label(&label), Value(title)]);
                for pair in facts.chunks(2) {
                    let cells: Vec<Cell<'_>> =
                        pair.iter().flat_map(|(label, value)| [Label(label), Value(value)]).collect();
                    sheet.row(&cells);
                }
            }
            // The title alone, the rest in one cell or in a cell each.
            3 => {
                sheet.row(&[Label(title)]);
                let said: Vec<String> = facts.iter().map(|(label, value)| format!("{label} : {value}")).collect();
                let bar = [" | ", "  ", " / "][self.chance.between(0, 2)];
                sheet.row(&[Value(&said.join(bar))]);
            }
            _ => {
                sheet.row(&[Value(title)]);
                let said: Vec<String> = facts.iter().map(|(label, value)| format!("{label} {value}")).collect();
                let cells: Vec<Cell<'_>> = said.iter().map(|said| Value(said)).collect();
                sheet.row(&cells);
            }
        }
    }

    /// Adds the text, in a cell of its own or in a box below the table of the head.
    fn post_text(&mut self, sheet: &mut Sheet, body: &[&str], class: &str) {
        let paragraphs = body.iter().map(|text| escaped(text));
        let html: String = match self.chance.between(0, 2) {
            0 => paragraphs.map(|text| format!("<p>{text}</p>\n")).collect(),
            1 => paragraphs.map(|text| format!("{text}<br>\n<br>\n")).collect(),
            _ => paragraphs.map(|text| format!("<div>{text}</div>")).collect(),
        };
        let is_labelled = self.chance.one_in(4);
        match self.chance.between(0, 3) {
            0 => {
                sheet.html.push_str(&format!("</table>\n<div>{html}</div>\n<table{class}>\n"));
            }
            _ if is_labelled => {
                let label = self.piece("post.text");
                sheet.mark(&format!("<tr><th>{label}</th><td colspan=\"3\">{html}</td></tr>\n"), &label);
            }
            _ => sheet.html.push_str(&format!("<tr><td colspan=\"4\">{html}</td></tr>\n")),
        }
        let gap = self.gap();
        for paragraph in body {
            sheet.lines.push_str(paragraph);
            sheet.lines.push_str(gap);
        }
    }

    /// The posts before and after it.
    fn neighbours(&mut self, sheet: &mut Sheet) {
        for section in ["post.before", "post.after"] {
            let label = self.piece(section);
            let other = if self.chance.one_in(5) { self.piece("post.none") } else { self.headline() };
            let day = self.day();
            if self.chance.one_in(3) {
                sheet.row(&[Label(&label), Link(&other), Value(&day)]);
            } else {
                sheet.row(&[Label(&label), Link(&other)]);
            }
        }
    }

    fn remarks(&mut self, sheet: &mut Sheet) {
        let count = self.chance.between(1, MAX_COMMENTS);
        let head = self.piece("reply.head").replace("{count}", &count.to_string());
        sheet.mark(&format!("<p>{head}</p>\n<table>\n"), &head);
        for _ in 0..count {
            let (nick, text, day) = (self.piece("reply.nick"), self.piece("reply"), self.day());
            sheet.row(&[Label(&nick), Value(&text), Value(&day)]);
        }
        sheet.html.push_str("</table>\n");
    }

    /// The list of the board's other posts.
    fn other_posts(&mut self, sheet: &mut Sheet) {
        sheet.html.push_str("<table>\n");
        let sections = ["post.title", "post.writer", "post.date", "post.hits"];
        let heads: Vec<String> = sections.iter().map(|section| self.piece(section)).collect();
        let heads: Vec<Cell<'_>> = heads.iter().map(|head| Label(head)).collect();
        sheet.row(&heads);
        for _ in 0..self.chance.between(3, MAX_OTHER_POSTS) {
            let (headline, nick, day) = (self.headline(), self.piece("reply.nick"), self.day());
            let hits = self.chance.between(0, 900).to_string();
            sheet.row(&[Link(&headline), Value(&nick), Value(&day), Value(&hits)]);
        }
        sheet.html.push_str("</table>\n");
    }
}
