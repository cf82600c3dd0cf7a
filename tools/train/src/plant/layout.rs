//! The layouts of generated flattened pages: what surrounds an article, and in which order.

use super::Maker;

/// The kind of page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Layout {
    Portal,
    Links,
    Paper,
    Board,
    OneLine,
    Mixed,
    Followed,
    Post,
    Alone,
    Nothing,
}

impl Layout {
    pub(super) fn name(self) -> &'static str {
        match self {
            Layout::Portal => "portal",
            Layout::Links => "links",
            Layout::Paper => "paper",
            Layout::Board => "board",
            Layout::OneLine => "one line",
            Layout::Mixed => "mixed",
            Layout::Followed => "followed",
            Layout::Post => "post",
            Layout::Alone => "alone",
            Layout::Nothing => "nothing",
        }
    }
}

impl Maker<'_> {
    pub(super) fn portal(&mut self, title: &str, body: &[&str]) {
        self.masthead(title, 0, 14);
        self.line(title);
        if self.chance.one_in(2) {
            self.lines("date", 1, 1);
        }
        self.lines("caption", 0, 1);
        self.boxes();
        let gap = self.gap();
        self.body(body, gap);
        self.lines("copyright", 1, 1);
        self.byline();
        self.boxes();
        self.teasers(5, 25);
        self.lines("copyright", 1, 2);
        self.lines("footer", 0, 4);
    }

    pub(super) fn links(&mut self, title: &str, body: &[&str]) {
        self.line(title);
        if self.chance.one_in(2) {
            self.line("X");
        }
        self.lines("caption", 0, 1);
        let gap = self.gap();
        self.body(body, gap);
        for _ in 0..self.chance.between(1, 6) {
            if self.chance.one_in(2) {
                self.lines("related", 1, 1);
            }
            let address = format!("http://example.com/View.aspx?No={}", self.chance.between(1_000_000, 9_999_999));
            self.line(&address);
            let text = format!("{} - {}", self.headline(), self.site);
            self.line(&text);
            let text = self.teaser();
            self.line(&text);
            if self.chance.one_in(2) {
                self.line("example.com");
            }
        }
    }

    pub(super) fn paper(&mut self, title: &str, body: &[&str]) {
        if self.masthead(title, 0, 20) {
            self.promoted();
        }
        self.line(title);
        self.lines("date", 1, 1);
        for _ in 0..self.chance.between(0, 7) {
            let tool = format!("  • {}\n", self.piece("tool"));
            self.line(&tool);
        }
        if self.chance.one_in(2) {
            let caption = self.piece("caption");
            self.line(&caption);
            self.line(&caption);
        }
        self.boxes();
        let gap = self.gap();
        self.body(body, gap);
        self.byline();
        self.boxes();
        for _ in 0..self.chance.between(0, 5) {
            let text = format!("{}{}", self.piece("reaction"), self.chance.between(0, 30));
            self.line(&text);
        }
        if self.chance.one_in(2) {
            self.lines("copyright", 1, 1);
        }
        if self.chance.one_in(4) {
            self.comments();
        }
        self.teasers(4, 12);
        if self.chance.one_in(2) {
            self.ticker();
        }
        self.lines("footer", 0, 6);
    }

    pub(super) fn board(&mut self, title: &str, body: &[&str]) {
        self.line(title);
        let glued = self.chance.one_in(2);
        if self.korean {
            self.line("페이지 정보");
            let (year, month, day) =
                (self.chance.between(18, 26), self.chance.between(1, 12), self.chance.between(1, 28));
            let nick = ["sunny", "oreo", "최고관리자", "gildong", "밤하늘"][self.chance.between(0, 4)];
            let space = if self.chance.one_in(2) { "" } else { " " };
            let text = format!(
                "작성자 {nick} 작성일{space}{year}-{month:02}-{day:02} {} 조회{space}{}회 댓글{space}{}건{}",
                self.time(),
                self.chance.between(1, 900),
                self.chance.between(0, 3),
                if glued { "관련링크" } else { "" }
            );
            self.line(&text);
            self.line("본문");
        } else {
            self.lines("date", 1, 1);
            self.lines("board", 0, 1);
        }
        let copies = self.chance.between(1, 2);
        for _ in 0..copies {
            if glued {
                self.out.push_str(title);
                let caption = self.piece("caption");
                for (index, paragraph) in body.iter().enumerate() {
                    self.out.push_str(paragraph);
                    if index == 0 && caption.ends_with([']', ')']) {
                        self.out.push_str(&caption);
                    }
                }
                let card = self.piece("card");
                self.out.push_str(&card);
            } else {
                self.body(body, "\n");
            }
        }
        self.out.push('\n');
        self.lines("spam", 0, 3);
        if self.chance.one_in(2) {
            self.comments();
        }
        self.lines("comment", 1, 2);
        self.lines("board", 0, 3);
    }

    pub(super) fn one_line(&mut self, title: &str, body: &[&str]) {
        if self.masthead(title, 5, 30) {
            self.promoted();
        }
        self.line(title);
        self.lines("date", 1, 1);
        self.lines("tool", 0, 5);
        self.boxes();
        self.body(body, "\n");
        self.byline();
        self.lines("copyright", 0, 1);
        self.boxes();
        self.teasers(3, 10);
        self.lines("footer", 1, 5);
        self.flatten();
    }

    /// Joins the page into one line.
    pub(super) fn flatten(&mut self) {
        self.lines = Some(std::mem::take(&mut self.out));
        let words = self.lines.iter().flat_map(|lines| lines.split_whitespace());
        self.out = words.collect::<Vec<_>>().join(" ");
    }

    /// The article and nothing else, as it is copied out of a page: without most of what surrounds it.
    pub(super) fn alone(&mut self, title: &str, body: &[&str]) {
        if self.chance.one_in(3) {
            self.line(title);
        }
        if self.chance.one_in(4) {
            self.lines("date", 1, 1);
        }
        let gap = self.gap();
        self.body(body, gap);
        if self.chance.one_in(2) {
            self.byline();
        }
        if self.chance.one_in(3) {
            self.lines("copyright", 1, 1);
        }
    }

    /// What is above an article: the title as a browser shows it and the menus. `false`: the page begins with the article.
    pub(super) fn masthead(&mut self, title: &str, fewest: usize, most: usize) -> bool {
        if self.chance.one_in(4) {
            return false;
        }
        self.browser_title(title);
        self.lines("menu", fewest, most);
        true
    }

    /// The title as a browser shows it, which many tools put at the start of the text.
    pub(super) fn browser_title(&mut self, title: &str) {
        let site = self.site;
        match self.chance.between(0, 5) {
            0 | 1 => self.line(&format!("{title} - {site}")),
            2 => self.line(&format!("{title} | {site}")),
            3 => self.line(title),
            _ => {}
        }
    }

    /// The menus before the headline, with other articles and sections of the site.
    fn promoted(&mut self) {
        if self.chance.one_in(3) {
            for _ in 0..self.chance.between(1, 6) {
                let text = self.headline();
                self.line(&text);
                let text = self.teaser();
                self.line(&text);
            }
            self.lines("box", 0, 2);
        }
    }

    pub(super) fn mixed(&mut self, title: &str, body: &[&str]) {
        let date = self.piece("date");
        let head = format!("{title} {date} {} ", self.chance.between(1, 99));
        self.out.push_str(&head);
        self.out.push_str("<div class=\"view\" data-role=\"body\"><section>");
        for (index, paragraph) in body.iter().enumerate() {
            if index == 0 || self.chance.one_in(7) {
                let caption = self.piece("caption");
                let figure = format!(
                    "<figure><img alt=\"\" src=\"https://img.example.com/{}.jpg\"> <figcaption> {caption} </figcaption> </figure> ",
                    self.chance.between(1000, 9999)
                );
                self.out.push_str(&figure);
            }
            let text = paragraph.replace('&', "&amp;").replace('<', "&lt;");
            let paragraph = if self.chance.one_in(4) {
                format!("{text}<br><br> ")
            } else {
                format!("<p data-pid=\"x\">{text}</p> ")
            };
            self.out.push_str(&paragraph);
        }
        self.out.push_str("</section></div> ");
        let separator = if self.chance.one_in(2) { " " } else { "\n" };
        let mut tail = vec![self.piece("copyright")];
        for _ in 0..self.chance.between(1, 4) {
            tail.push(format!("{} {}", self.piece("board"), self.headline()));
        }
        tail.push(self.piece("comment"));
        self.out.push_str(&tail.join(separator));
    }

    /// No article at all: a list of headlines, spam, an empty post.
    pub(super) fn nothing(&mut self) {
        match self.chance.between(0, 2) {
            0 => {
                self.lines("menu", 5, 20);
                self.teasers(10, 40);
                self.ticker();
            }
            1 => self.lines("spam", 5, 30),
            _ => {
                let title = self.headline();
                self.line(&title);
                self.lines("board", 2, 4);
                self.lines("date", 1, 1);
                self.lines("comment", 1, 3);
            }
        }
        self.lines("footer", 1, 6);
    }
}
