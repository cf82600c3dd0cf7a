//! The result of an extraction.

use crate::types::{Clue, EncodingSource, Input, PartialDate, Person, Reason, Role};
use std::ops::Range;

/// The result of an extraction: an article, or the finding that there is none.
///
/// It owns its text and borrows nothing from the page. A field the page does not have is `None` or empty. A method is
/// named like the field of the JSON record that holds the same value.
///
/// No text in it has control characters but line feeds and tabs, or characters that turn the direction of the text
/// behind them: it can be written to a terminal or into XML as it is (with `<` and `&` escaped).
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pub(crate) verdict: Verdict,
    pub(crate) metadata: Metadata,
    /// The text of all blocks, captions and struck blocks. These have ranges of it.
    pub(crate) buffer: String,
    /// The text of the blocks, joined.
    pub(crate) body: String,
    pub(crate) blocks: Vec<StoredBlock>,
    /// The levels of all blocks. Each block has a range of them.
    pub(crate) levels: Vec<Level>,
    pub(crate) captions: Vec<Range<usize>>,
    pub(crate) struck: Vec<StoredStruck>,
    pub(crate) encoding: &'static str,
    pub(crate) encoding_source: EncodingSource,
    pub(crate) input: Input,
}

/// Whether a page contains an article at all. There are no other cases, so a `match` needs no `_`.
///
/// ```
/// use copydesk::Verdict;
/// let article = copydesk::extract_str("<title>404 Not Found</title><h1>Page not found</h1>")?;
/// match article.verdict() {
///     Verdict::Article { confidence } => println!("an article, with a probability of {confidence}"),
///     Verdict::NoArticle { reason, .. } => println!("no article but {reason}"),
///     Verdict::Unknown => println!("the body was not asked for"),
/// }
/// # assert!(!article.verdict().is_article());
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// The page contains an article.
    Article {
        /// 0 to 1. The same number as [`Confidence::body`].
        confidence: f32,
    },
    /// The page contains no article.
    NoArticle {
        /// What the page contains instead: the kind of junk that was recognised or, failing that, the reason for which
        /// most of its text was struck.
        reason: Reason,
        /// 0 to 1.
        confidence: f32,
    },
    /// Not determined, because [`crate::Field::Body`] was not among the fields asked for.
    Unknown,
}

impl Verdict {
    /// Whether the page contains an article; `false` if unknown.
    #[must_use]
    pub const fn is_article(self) -> bool {
        matches!(self, Verdict::Article { .. })
    }
    /// How likely the verdict is right, 0 to 1; 0 if unknown.
    #[must_use]
    pub const fn confidence(self) -> f32 {
        match self {
            Verdict::Article { confidence } | Verdict::NoArticle { confidence, .. } => confidence,
            Verdict::Unknown => 0.0,
        }
    }
}

/// What a block of the body is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Text of a list item; [`Block::levels`] has its number.
    ListItem,
    /// Part of a block quotation.
    Quote,
    /// Code or other preformatted text.
    Code,
    /// A table, with its rows separated by line feeds and its cells by tabs. Trailing empty cells of a row are dropped,
    /// and the paragraphs of a cell are joined.
    Table,
}

impl BlockKind {
    /// The snake_case name that serde uses too; of a heading without its level.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            BlockKind::Heading(_) => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list_item",
            BlockKind::Quote => "quote",
            BlockKind::Code => "code",
            BlockKind::Table => "table",
        }
    }
}

/// A quotation or list item that encloses a block.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Level {
    /// What it is.
    pub kind: LevelKind,
    /// Whether the block is the first one in it.
    pub begins: bool,
}

/// What a [`Level`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LevelKind {
    /// A block quotation.
    Quote,
    /// A list item, with its number if the list is ordered.
    Item(Option<i32>),
    /// A term of a definition list.
    Term,
    /// The definition of such a term.
    Definition,
}

/// One block of the body.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, with white space collapsed except in code and tables.
    pub text: &'a str,
    /// The quotations and list items that enclose it, outermost first.
    ///
    /// ```
    /// use copydesk::{Extractor, LevelKind};
    /// let mut extractor = Extractor::new().keep("ol, p")?;
    /// let article = extractor.extract("<p>First.<ol start=3><li>Look.<ul><li>Twice.</ul></ol>")?;
    /// let twice = article.blocks().nth(2).expect("three blocks");
    /// let levels: Vec<_> = twice.levels.iter().map(|level| (level.kind, level.begins)).collect();
    /// assert_eq!(levels, [(LevelKind::Item(Some(3)), false), (LevelKind::Item(None), true)]);
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub levels: &'a [Level],
    /// Its byte range in the text as given, or in the decoded bytes without a byte order mark. `None` if unknown, as on
    /// a page whose text had to be repaired or was in a script.
    pub source: Option<Range<usize>>,
}

/// A block that is not part of the body, and why.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Struck<'a> {
    /// Its text.
    pub text: &'a str,
    /// Why it was struck.
    pub reason: Reason,
    /// Its byte range in the page, as [`Block::source`].
    pub source: Option<Range<usize>>,
    /// The probability that it is part of the body, according to the model.
    pub score: f32,
    /// What moved that score most, strongest first. Empty unless [`crate::Extractor::clues`] was set.
    pub clues: &'a [Clue],
}

/// How likely each field is right, 0 to 1. For an absent field, how likely it is that the page has none; for a field
/// that was not asked for ([`crate::Extractor::fields`]), 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Confidence {
    /// Of the title. Without one it is 0.5, which means nothing: too few pages have no title to measure how often that
    /// is right.
    pub title: f32,
    /// Of the byline and its people.
    pub byline: f32,
    /// Of the date of publication.
    pub date: f32,
    /// Of the body: its expected F1 score or, if there is no article, how likely that is right. Always the same number
    /// as [`Verdict::confidence`].
    pub body: f32,
}

/// The fields of an article other than its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) people: Vec<Person>,
    pub(crate) published: Option<PartialDate>,
    pub(crate) modified: Option<PartialDate>,
    pub(crate) site: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) confidence: Confidence,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredBlock {
    pub(crate) kind: BlockKind,
    pub(crate) text: Range<usize>,
    pub(crate) levels: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredStruck {
    pub(crate) reason: Reason,
    pub(crate) text: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) score: f32,
    pub(crate) clues: Vec<Clue>,
}

impl Article {
    /// Whether the page contains an article at all. If not, the body is empty, but other fields may still be known.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
    /// The headline as displayed, without the site's name.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.metadata.title.as_deref()
    }
    /// The names of the authors, joined by commas; if there are none, the names of all [people](Article::people).
    #[must_use]
    pub fn byline(&self) -> Option<&str> {
        self.metadata.byline.as_deref()
    }
    /// The names of the people whose role is [`Role::Author`]. There may be none although there is a byline.
    ///
    /// ```
    /// let article = copydesk::extract_str("<h1>On time</h1><p>By Ada Finch and Bo Ray<p>The ferry left at nine, as always.")?;
    /// assert_eq!(article.authors().collect::<Vec<_>>(), ["Ada Finch", "Bo Ray"]);
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn authors(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.people().iter().filter(|person| person.role == Role::Author).map(|person| person.name.as_str())
    }
    /// The people and organisations in the byline, with their roles.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.metadata.people
    }
    /// When it was published, as precisely as the page says. The year may be missing too ([`PartialDate::year`]).
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        self.metadata.published
    }
    /// When it was last changed, as the page states it. Known at least to the day, and never before the day of
    /// publication.
    #[must_use]
    pub fn modified(&self) -> Option<PartialDate> {
        self.metadata.modified
    }
    /// The body: paragraphs joined by a blank line.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
    /// The blocks of the body in reading order.
    ///
    /// ```
    /// use copydesk::BlockKind;
    /// let article = copydesk::Extractor::new().keep("article")?.extract("<article><h2>Ferries</h2><p>Nine left.</article>")?;
    /// let headings = article.blocks().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    /// assert!(headings.map(|block| block.text).eq(["Ferries"]));
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.blocks.iter().map(|b| Block {
            kind: b.kind,
            text: self.buffer.get(b.text.clone()).unwrap_or_default(),
            levels: self.levels.get(b.levels.clone()).unwrap_or_default(),
            source: b.source.clone(),
        })
    }
    /// The captions of pictures and tables, in reading order, each text once. They are not part of the body.
    pub fn captions(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator + Clone {
        self.captions.iter().map(|range| self.buffer.get(range.clone()).unwrap_or_default())
    }
    /// The blocks that are not part of the body, each with the reason, in reading order.
    ///
    /// ```
    /// use copydesk::{Extractor, Reason};
    /// let article = Extractor::new().strike(".ad")?.extract("<p class=ad>Buy!<p>The ferry left at nine, as it always had.")?;
    /// let struck: Vec<_> = article.struck().map(|struck| (struck.reason, struck.text)).collect();
    /// assert_eq!(struck, [(Reason::Rule, "Buy!")]);
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn struck(&self) -> impl ExactSizeIterator<Item = Struck<'_>> + DoubleEndedIterator + Clone {
        self.struck.iter().map(|s| Struck {
            text: self.buffer.get(s.text.clone()).unwrap_or_default(),
            reason: s.reason,
            source: s.source.clone(),
            score: s.score,
            clues: &s.clues,
        })
    }
    /// The site's name, if declared.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.metadata.site.as_deref()
    }
    /// The language the page declares, as a BCP 47 tag.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        self.metadata.language.as_deref()
    }
    /// The canonical address the page declares, made absolute.
    #[must_use]
    pub fn canonical(&self) -> Option<&str> {
        self.metadata.canonical.as_deref()
    }
    /// The address of the lead image, if declared, made absolute.
    #[must_use]
    pub fn image(&self) -> Option<&str> {
        self.metadata.image.as_deref()
    }
    /// The section it was published in, if declared.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        self.metadata.section.as_deref()
    }
    /// The tags and keywords the page declares, 30 at most.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.metadata.tags
    }
    /// The summary the page declares.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.metadata.description.as_deref()
    }
    /// The licence the page declares: an absolute address, or its words.
    #[must_use]
    pub fn license(&self) -> Option<&str> {
        self.metadata.license.as_deref()
    }
    /// The WHATWG name of the encoding the page was read in.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }
    /// How that encoding was found.
    #[must_use]
    pub fn encoding_source(&self) -> EncodingSource {
        self.encoding_source
    }
    /// The kind of input it was read as; never [`Input::Auto`].
    #[must_use]
    pub fn input(&self) -> Input {
        self.input
    }
    /// How likely each field is right.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.metadata.confidence
    }
}
