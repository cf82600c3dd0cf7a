//! What readers write below an article, as a site's markup. Sites name such a section in many ways or not at all, and a comment may be
//! as long as a paragraph of the article.

use super::{Chance, Maker, Purpose, SHAPES, Shapes};

/// Comments in a section.
const COMMENTS: usize = 24;
/// Classes of sections, of comments and of their texts: names that say what they are, names that fit anything, none.
const SECTIONS: [&str; 16] = [
    "comments",
    "comment-list",
    "reader_comments",
    "cmt-area",
    "replies",
    "responses",
    "reactions",
    "discussion",
    "talkback",
    "visitor-opinions",
    "list",
    "entries",
    "stream",
    "module",
    "row wide",
    "",
];
const COMMENT: [&str; 12] = [
    "comment",
    "comment-item depth-1",
    "visitor_comment",
    "cmt",
    "reply",
    "response",
    "message",
    "media",
    "item",
    "entry",
    "box odd",
    "",
];
const TEXTS: [&str; 10] = [
    "comment-text",
    "comment_body",
    "cmt-txt",
    "reply-content",
    "message-text",
    "media-body",
    "text",
    "body",
    "content",
    "",
];

/// A section of comments.
pub(crate) struct Discussion {
    pub(crate) html: String,
    /// What stands in it, line by line.
    pub(crate) lines: Vec<String>,
}

/// Comments made of `texts` and of pieces; `None` for languages without shapes.
pub(crate) fn discussion(language: &str, texts: &[&str], seed: u64, purpose: Purpose) -> Option<Discussion> {
    let (code, file) = SHAPES.into_iter().find(|(code, _)| *code == language)?;
    let shapes = Shapes::read(file, purpose);
    let mut chance = Chance(seed);
    let site = shapes.pick(&mut chance, "site");
    let korean = code == "ko";
    let maker = Maker { chance, shapes: &shapes, korean, site, others: &[], out: String::new(), lines: None };
    Some(Section { maker, texts, html: String::new(), lines: Vec::new() }.written())
}

/// A section in the making.
struct Section<'a> {
    maker: Maker<'a>,
    texts: &'a [&'a str],
    html: String,
    lines: Vec<String>,
}

impl Section<'_> {
    fn written(mut self) -> Discussion {
        let count = self.maker.chance.between(1, COMMENTS);
        let [section, comment, text] = [&SECTIONS[..], &COMMENT, &TEXTS].map(|names| self.class(names));
        let (list, item) = [("div", "div"), ("ul", "li"), ("ol", "li"), ("section", "article")][self.pick(4)];
        let (subjects, tools) = (self.maker.chance.one_in(4), self.maker.chance.one_in(2));
        let stamp_last = self.maker.chance.one_in(2);
        self.html.push_str(&format!("<div{section}>"));
        if !self.maker.chance.one_in(6) {
            let head = self.maker.piece("reply.head").replace("{count}", &count.to_string());
            let tag = ["h2", "h3", "h4", "p", "div"][self.pick(5)];
            self.element(tag, "", &head);
        }
        if self.maker.chance.one_in(3) {
            let call = self.maker.piece("comment");
            self.element("a", " href=\"#respond\"", &call);
        }
        self.html.push_str(&format!("<{list}>"));
        let stamp_form = self.pick(4);
        for _ in 0..count {
            self.html.push_str(&format!("<{item}{comment}>"));
            if subjects {
                let subject = self.maker.deck_line();
                self.element("h4", "", &subject);
            }
            if !stamp_last {
                self.stamp(stamp_form);
            }
            self.html.push_str(&format!("<div{text}>"));
            for paragraph in self.said() {
                self.element("p", "", &paragraph);
            }
            self.html.push_str("</div>");
            if stamp_last {
                self.stamp(stamp_form);
            }
            if tools {
                let tool = self.maker.piece("reply.tool");
                self.element("a", " href=\"#\"", &tool);
            }
            self.html.push_str(&format!("</{item}>"));
        }
        self.html.push_str(&format!("</{list}></div>"));
        Discussion { html: self.html, lines: self.lines }
    }

    /// The paragraphs of one comment: found ones, or the short ones that nobody needs to find.
    fn said(&mut self) -> Vec<String> {
        let paragraphs = self.maker.chance.between(1, 3);
        if self.texts.is_empty() || self.maker.chance.one_in(3) {
            return vec![(0..paragraphs).map(|_| self.maker.piece("reply")).collect::<Vec<_>>().join(" ")];
        }
        let first = self.pick(self.texts.len());
        self.texts.iter().skip(first).take(paragraphs).map(|&text| text.to_owned()).collect()
    }

    /// Who wrote a comment, and when.
    fn stamp(&mut self, form: usize) {
        let nick = self.maker.piece("reply.nick");
        let (day, time) = (self.maker.day(), self.maker.time());
        match form {
            0 => self.element("p", " class=\"meta\"", &format!("{nick}, {day} | {time}")),
            1 => self.element("div", "", &format!("{nick} ({day} {time})")),
            2 => {
                self.element("strong", "", &nick);
                self.element("div", " class=\"date\"", &format!("{day} {time}"));
            }
            _ => self.element("b", " class=\"user\"", &nick),
        }
    }

    fn element(&mut self, tag: &str, attributes: &str, text: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        self.html.push_str(&format!("<{tag}{attributes}>{escaped}</{tag}>\n"));
        self.lines.push(text.to_owned());
    }

    fn class(&mut self, names: &[&str]) -> String {
        let name = names[self.pick(names.len())];
        if name.is_empty() { String::new() } else { format!(" class=\"{name}\"") }
    }

    fn pick(&mut self, count: usize) -> usize {
        self.maker.chance.between(0, count - 1)
    }
}
