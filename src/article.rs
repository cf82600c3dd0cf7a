//! What an extraction returns.

use crate::types::{Clue, EncodingSource, Input, PartialDate, Person, Reason};
use std::ops::Range;

/// What a page turned out to be.
///
/// Owns its text; nothing of the page is borrowed. Absent fields are `None` or empty.
#[derive(Clone, Debug)]
pub struct Article {
    pub(crate) verdict: Verdict,
    pub(crate) metadata: Metadata,
    /// All text of body, captions and struck blocks; the others are ranges of it.
    pub(crate) buffer: String,
    pub(crate) body: String,
    pub(crate) blocks: Vec<StoredBlock>,
    /// The levels of all blocks; each has a range of them.
    pub(crate) levels: Vec<Level>,
    pub(crate) captions: Vec<Range<usize>>,
    pub(crate) struck: Vec<StoredStruck>,
    pub(crate) encoding: &'static str,
    pub(crate) encoding_source: EncodingSource,
    pub(crate) input: Input,
    pub(crate) confidence: Confidence,
}

/// Whether the page holds an article at all.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// It does.
    Article {
        /// 0 to 1.
        confidence: f32,
    },
    /// It does not.
    None {
        /// The family that makes up most of the page.
        reason: Reason,
        /// 0 to 1.
        confidence: f32,
    },
    /// Nobody asked: [`crate::Field::Body`] is not among the fields wanted.
    Unknown,
}

/// What a block of the body is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The text of an item of a list; [`Block::levels`] tells which.
    ListItem,
    /// Part of a quotation set apart.
    Quote,
    /// Code or other preformatted text.
    Code,
    /// A table: rows at line feeds, cells at tabs. Empty cells before the last of a row are kept, paragraphs of one cell joined.
    Table,
}

/// A quotation or an item of a list that a block stands in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Level {
    /// What it is.
    pub kind: LevelKind,
    /// Whether the block is the first in it.
    pub begins: bool,
}

/// What a [`Level`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LevelKind {
    /// A quotation set apart.
    Quote,
    /// An item of a list; of an ordered one with its number.
    Item(Option<i32>),
    /// A term that a list defines.
    Term,
    /// What it means.
    Definition,
}

/// One block of the body.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, white space collapsed except in code and tables.
    pub text: &'a str,
    /// The quotations and items of lists it stands in, the outermost first.
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
    /// Its byte range in the decoded page, where known.
    pub source: Option<Range<usize>>,
}

/// A block that is not part of the body, and why.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Struck<'a> {
    /// Its text.
    pub text: &'a str,
    /// The family it belongs to.
    pub reason: Reason,
    /// Its byte range in the decoded page, where known.
    pub source: Option<Range<usize>>,
    /// The score the model gave it for being body, 0 to 1.
    pub score: f32,
    /// What moved that score most, the strongest first; only if asked for by [`crate::Extractor::clues`].
    pub clues: &'a [Clue],
}

/// How sure we are of each field, 0 to 1; of an absent field, how sure that the page has none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Confidence {
    /// Of the title.
    pub title: f32,
    /// Of the people.
    pub byline: f32,
    /// Of the published date.
    pub date: f32,
    /// Of the body: the F1 score we expect of it.
    pub body: f32,
}

/// What is known of an article beside its text.
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

#[derive(Clone, Debug)]
pub(crate) struct StoredBlock {
    pub(crate) kind: BlockKind,
    pub(crate) text: Range<usize>,
    pub(crate) levels: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
}

#[derive(Clone, Debug)]
pub(crate) struct StoredStruck {
    pub(crate) reason: Reason,
    pub(crate) text: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) score: f32,
    pub(crate) clues: Vec<Clue>,
}

impl Article {
    /// Whether the page holds an article at all. Where it does not, the body is empty; other fields may still be known.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
    /// The headline as shown, without the site's name.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.metadata.title.as_deref()
    }
    /// The names of the authors, joined by commas; of all [people](Article::people) where nobody is an author.
    #[must_use]
    pub fn byline(&self) -> Option<&str> {
        self.metadata.byline.as_deref()
    }
    /// The people and houses of the byline with their roles.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.metadata.people
    }
    /// When it was published.
    #[must_use]
    pub fn published(&self) -> Option<PartialDate> {
        self.metadata.published
    }
    /// When it was last changed.
    #[must_use]
    pub fn modified(&self) -> Option<PartialDate> {
        self.metadata.modified
    }
    /// The body: paragraphs joined by a blank line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.body
    }
    /// The blocks of the body in reading order.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        self.blocks.iter().map(|b| Block {
            kind: b.kind,
            text: self.buffer.get(b.text.clone()).unwrap_or_default(),
            levels: self.levels.get(b.levels.clone()).unwrap_or_default(),
            source: b.source.clone(),
        })
    }
    /// Captions of pictures and tables, in reading order; not part of the body.
    pub fn captions(&self) -> impl Iterator<Item = &str> {
        self.captions.iter().map(|range| self.buffer.get(range.clone()).unwrap_or_default())
    }
    /// What was struck and why, in reading order.
    pub fn struck(&self) -> impl Iterator<Item = Struck<'_>> {
        self.struck.iter().map(|s| Struck {
            text: self.buffer.get(s.text.clone()).unwrap_or_default(),
            reason: s.reason,
            source: s.source.clone(),
            score: s.score,
            clues: &s.clues,
        })
    }
    /// The site's name, where declared.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.metadata.site.as_deref()
    }
    /// The language as the page declares it, a BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.metadata.language.as_deref()
    }
    /// The canonical address the page declares.
    #[must_use]
    pub fn canonical(&self) -> Option<&str> {
        self.metadata.canonical.as_deref()
    }
    /// The address of the lead picture, where declared.
    #[must_use]
    pub fn image(&self) -> Option<&str> {
        self.metadata.image.as_deref()
    }
    /// The section it was published in, where declared.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        self.metadata.section.as_deref()
    }
    /// Tags and keywords, where declared.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.metadata.tags
    }
    /// The summary the page declares.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.metadata.description.as_deref()
    }
    /// The licence the page declares, mostly an address.
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
    /// How sure we are of each field.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }
}
