//! Makes markup of what sites put in or below an article: boxes between its paragraphs, comments, teasers, the next
//! article. Sites name such sections in many ways or not at all, and a comment may be as long as a paragraph of the
//! article.

use super::{Chance, Maker, Purpose, SHAPES, Shapes};
use crate::corpus::Truth;

/// What is added to an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Addition {
    /// A box between its paragraphs; the others are below it.
    Interruption,
    Comments,
    Teasers,
    Article,
}

/// Maximum number of comments or teasers in a section.
const MAX_ITEMS: usize = 24;
/// Maximum number of headlines between two paragraphs.
const MAX_HEADLINES: usize = 4;
/// One element in this many has no class.
const ELEMENTS_PER_UNNAMED: usize = 10;
/// Classes of comment sections, of their items and of the texts of these: specific names, and generic ones that fit
/// anything.
const COMMENT_CLASSES: [&[&str]; 3] = [
    &[
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
    ],
    &[
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
    ],
    &[
        "comment-text",
        "comment_body",
        "cmt-txt",
        "reply-content",
        "message-text",
        "media-body",
        "text",
        "body",
        "content",
    ],
];
/// The same for teasers, and for boxes between paragraphs.
const TEASER_CLASSES: [&[&str]; 3] = [
    &["related", "more-stories", "teaser-list", "recommended", "list", "module", "grid", "section-content", "row"],
    &["teaser", "story-card", "related-item", "item", "entry", "post", "media", "box"],
    &["summary", "excerpt", "lead", "text", "description", "body"],
];
/// The same for the next article: its box, its head, its text.
const ARTICLE_CLASSES: [&[&str]; 3] = [
    &["article", "post", "story", "next-article", "entry", "content", "infinite-item"],
    &["header", "entry-meta", "article-head", "byline", "info"],
    &["article-body", "entry-content", "post-content", "story-body", "text", "body"],
];

/// A section added to an article.
pub(crate) struct Section {
    pub(crate) html: String,
    /// Its text, line by line.
    pub(crate) lines: Vec<String>,
}

/// A section made of pieces and of the text of another article or a thread; `None` for languages without pieces.
pub(crate) fn section(
    language: &str,
    addition: Addition,
    other: &Truth,
    seed: u64,
    purpose: Purpose,
) -> Option<Section> {
    let (code, file) = SHAPES.into_iter().find(|(code, _)| *code == language)?;
    let shapes = Shapes::read(file, purpose);
    let mut chance = Chance(seed);
    let site = shapes.pick(&mut chance, "site");
    let texts: Vec<&str> = other.body.as_deref()?.lines().map(str::trim).filter(|text| !text.is_empty()).collect();
    let maker = Maker {
        chance,
        shapes: &shapes,
        deck: 0,
        korean: code == "ko",
        site,
        articles: &[other],
        others: &texts,
        out: String::new(),
        lines: None,
    };
    let mut writer = Writer { maker, purpose, texts: &texts, html: String::new(), lines: Vec::new() };
    match addition {
        Addition::Interruption => writer.interruption(),
        Addition::Comments => writer.comments(),
        Addition::Teasers => writer.teasers(),
        Addition::Article => writer.article(other.title.as_deref()),
    }
    Some(Section { html: writer.html, lines: writer.lines })
}

/// A section under construction.
struct Writer<'a> {
    maker: Maker<'a>,
    purpose: Purpose,
    texts: &'a [&'a str],
    html: String,
    lines: Vec<String>,
}

impl Writer<'_> {
    fn interruption(&mut self) {
        let [section, _, text] = self.classes(TEASER_CLASSES);
        let tag = ["div", "aside", "section", "figure"][self.pick(4)];
        self.html.push_str(&format!("<{tag}{section}>"));
        match self.pick(4) {
            0 => {
                let (head, linked) = (self.maker.piece("related"), self.maker.chance.between(1, MAX_HEADLINES));
                self.head(&head);
                self.html.push_str("<ul>");
                for _ in 0..linked {
                    let headline = self.maker.headline();
                    self.html.push_str("<li>");
                    self.element("a", " href=\"/story\"", &headline);
                    self.html.push_str("</li>");
                }
                self.html.push_str("</ul>");
            }
            kind => {
                let line = self.maker.piece(["box", "inside", "caption"][kind - 1]);
                let tag = ["p", "div", "span"][self.pick(3)];
                self.element(tag, &text, &line);
            }
        }
        self.html.push_str(&format!("</{tag}>"));
    }

    fn comments(&mut self) {
        let count = self.maker.chance.between(1, MAX_ITEMS);
        let [section, comment, text] = self.classes(COMMENT_CLASSES);
        let (list, item) = self.list();
        let (subjects, tools) = (self.maker.chance.one_in(4), self.maker.chance.one_in(2));
        let stamp_last = self.maker.chance.one_in(2);
        self.html.push_str(&format!("<div{section}>"));
        if !self.maker.chance.one_in(6) {
            let head = self.maker.piece("reply.head").replace("{count}", &count.to_string());
            self.head(&head);
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
    }

    fn teasers(&mut self) {
        let [section, teaser, text] = self.classes(TEASER_CLASSES);
        let (list, item) = self.list();
        let heading = ["h2", "h3", "h4", "div"][self.pick(4)];
        let (with_day, with_more) = (self.maker.chance.one_in(2), self.maker.chance.one_in(3));
        let more = self.maker.piece("tool");
        self.html.push_str(&format!("<div{section}>"));
        if !self.maker.chance.one_in(4) {
            let heads = if self.maker.chance.one_in(2) { "related" } else { "ranking" };
            let head = self.maker.piece(heads);
            self.head(&head);
        }
        self.html.push_str(&format!("<{list}>"));
        for _ in 0..self.maker.chance.between(2, MAX_ITEMS) {
            let (headline, begin, day) = (self.maker.headline(), self.maker.teaser(), self.maker.day());
            self.html.push_str(&format!("<{item}{teaser}><{heading}>"));
            self.element("a", " href=\"/story\"", &headline);
            self.html.push_str(&format!("</{heading}>"));
            self.element("p", &text, &begin);
            if with_day {
                self.element("span", "", &day);
            }
            if with_more {
                self.element("a", " href=\"/story\"", &more);
            }
            self.html.push_str(&format!("</{item}>"));
        }
        self.html.push_str(&format!("</{list}></div>"));
    }

    fn article(&mut self, title: Option<&str>) {
        let [section, head, text] = self.classes(ARTICLE_CLASSES);
        let tag = ["article", "div", "section"][self.pick(3)];
        self.html.push_str(&format!("<{tag}{section}>"));
        let headline = title.map_or_else(|| self.maker.headline(), str::to_owned);
        let heading = ["h1", "h2", "h3"][self.pick(3)];
        self.element(heading, "", &headline);
        if !self.maker.chance.one_in(4) {
            let (name, day, time) = (self.maker.piece("name"), self.maker.day(), self.maker.time());
            self.html.push_str(&format!("<div{head}>"));
            self.element("span", "", &name);
            self.element("time", "", &format!("{day} {time}"));
            self.html.push_str("</div>");
        }
        self.html.push_str(&format!("<div{text}>"));
        for paragraph in self.texts {
            self.element("p", "", paragraph);
        }
        self.html.push_str(&format!("</div></{tag}>"));
    }

    fn head(&mut self, text: &str) {
        let tag = ["h2", "h3", "h4", "p", "div"][self.pick(5)];
        self.element(tag, "", text);
    }

    fn list(&mut self) -> (&'static str, &'static str) {
        [("div", "div"), ("ul", "li"), ("ol", "li"), ("section", "article")][self.pick(4)]
    }

    fn classes(&mut self, names: [&[&'static str]; 3]) -> [String; 3] {
        names.map(|names| {
            let known: Vec<&str> = self.purpose.share(names.iter().copied()).collect();
            let name = known[self.pick(known.len())];
            if self.maker.chance.one_in(ELEMENTS_PER_UNNAMED) { String::new() } else { format!(" class=\"{name}\"") }
        })
    }

    /// The paragraphs of one comment: of a real thread, or short invented ones.
    fn said(&mut self) -> Vec<String> {
        let paragraphs = self.maker.chance.between(1, 3);
        if self.texts.is_empty() || self.maker.chance.one_in(3) {
            return vec![(0..paragraphs).map(|_| self.maker.piece("reply")).collect::<Vec<_>>().join(" ")];
        }
        let first = self.pick(self.texts.len());
        self.texts.iter().skip(first).take(paragraphs).map(|&text| text.to_owned()).collect()
    }

    /// The author and date of a comment.
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

    fn pick(&mut self, count: usize) -> usize {
        self.maker.chance.between(0, count - 1)
    }
}
