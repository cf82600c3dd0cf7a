//! Pages with several articles, all headed and signed in the same way, so that each ends where the next head begins.

use super::Maker;

/// Maximum number of articles below the first.
const MAX_FOLLOWING: usize = 3;
/// Maximum number of paragraphs of each.
const MAX_PARAGRAPHS: usize = 12;

/// How the articles of a page are headed and signed.
#[derive(Clone, Copy)]
struct Style {
    head: usize,
    foot: usize,
    gap: &'static str,
}

impl Maker<'_> {
    pub(super) fn followed(&mut self, title: &str, body: &[&str]) {
        self.masthead(title, 0, 14);
        let style = Style { head: self.chance.between(0, 6), foot: self.chance.between(0, 5), gap: self.gap() };
        self.article(style, title, body);
        for _ in 0..self.chance.between(1, MAX_FOLLOWING) {
            if self.chance.one_in(4) {
                self.lines("related", 1, 1);
            }
            self.next(style, body);
        }
        if self.chance.one_in(2) {
            self.teasers(3, 8);
        }
        self.lines("footer", 0, 4);
        if self.chance.one_in(4) {
            self.flatten();
        }
    }

    /// The beginning of another article, or all of it.
    fn next(&mut self, style: Style, body: &[&str]) {
        let other = self.articles[self.chance.between(0, self.articles.len() - 1)];
        let length = self.chance.between(2, MAX_PARAGRAPHS);
        let paragraphs = other.body.as_deref().unwrap_or_default().split("\n\n");
        let mut text: Vec<&str> = paragraphs.filter(|paragraph| !body.contains(paragraph)).take(length).collect();
        let cut: Option<String> = text.pop().map(|last| match self.chance.between(0, 3) {
            0 => last.chars().take(self.chance.between(40, 160)).chain(['…']).collect(),
            _ => last.to_owned(),
        });
        text.extend(cut.as_deref());
        let title = other.title.clone().unwrap_or_else(|| self.headline());
        self.article(style, &title, &text);
    }

    fn article(&mut self, style: Style, title: &str, text: &[&str]) {
        match style.head {
            0 => {
                self.lines("date", 1, 1);
                self.line(title);
            }
            1 => {
                self.lines("menu", 1, 1);
                self.line(title);
                self.lines("date", 1, 1);
            }
            2 => {
                self.line(title);
                self.lines("name", 1, 1);
                self.lines("date", 1, 1);
            }
            3 => {
                self.line(title);
                self.lines("card", 1, 1);
                self.lines("date", 1, 1);
            }
            4 => self.line(title),
            _ => {
                self.line(title);
                self.lines("date", 1, 1);
            }
        }
        self.lines("tool", 0, style.head % 2);
        self.body(text, style.gap);
        if matches!(style.foot, 0 | 1) {
            self.lines("card", 1, 1);
        }
        if matches!(style.foot, 1 | 2) {
            self.lines("copyright", 1, 1);
        }
        if style.foot == 3 {
            self.lines("tool", 1, 4);
        }
    }
}
