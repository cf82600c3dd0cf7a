//! [`Extractor`] and [`Page`], and the one place where the stages are wired together.

mod analysis;
mod shell;
#[cfg(feature = "internals")]
mod stage;
mod text;

pub use analysis::Analysis;
#[cfg(feature = "internals")]
pub use analysis::analyze;
#[cfg(feature = "internals")]
pub use stage::Stages;

use crate::article::{Article, Confidence, Metadata, StoredStruck, Verdict};
use crate::assemble::{Assembled, assemble};
use crate::dom::rules::Rules;
use crate::error::Error;
use crate::meta::Tables;
use crate::score::Model;
use crate::select::{Outcome, Selection};
use crate::types::{Field, Include, Input, PartialDate, Reason, Wanted};
use std::fmt;
use std::sync::Arc;
use text::PageText;

/// Extracts the article of one page with default settings. For many pages, keep an [`Extractor`].
///
/// ```
/// let article = copydesk::extract(b"<h1>On time</h1><p>The ferry left at nine, as it had on every day but one.")?;
/// assert_eq!(article.title(), Some("On time"));
/// # Ok::<(), copydesk::Error>(())
/// ```
///
/// # Errors
/// [`Error::TooLarge`] if it is longer than 16 MiB, [`Error::Binary`] if it is not text.
pub fn extract(bytes: &[u8]) -> Result<Article, Error> {
    Extractor::new().extract(bytes)
}

/// Like [`extract`], for a page that is already decoded.
///
/// # Errors
/// [`Error::TooLarge`] if it is longer than 16 MiB.
pub fn extract_str(text: &str) -> Result<Article, Error> {
    Extractor::new().extract(text)
}

/// One page and what is known about it.
///
/// Everything but the content is optional. Bytes and text convert into a `Page` by themselves, so
/// [`Extractor::extract`] takes them directly.
///
/// ```
/// use copydesk::{Extractor, Page};
/// let page = Page::new(b"<p>The ferry left at nine.</p>").url("https://example.org/2024/03/05/ferry").charset("utf-8");
/// let article = Extractor::new().extract(page)?;
/// assert_eq!(article.encoding_source(), copydesk::EncodingSource::Caller);
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Page<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) url: Option<&'a str>,
    pub(crate) charset: Option<&'a str>,
    pub(crate) crawled_at: Option<PartialDate>,
    pub(crate) input: Input,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Content<'a> {
    Bytes(&'a [u8]),
    Text(&'a str),
}

impl<'a> Page<'a> {
    /// A page as bytes, whose encoding is detected. For text that is already decoded, use `Page::from`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Page::of(Content::Bytes(bytes))
    }
    fn of(content: Content<'a>) -> Self {
        Page { content, url: None, charset: None, crawled_at: None, input: Input::Auto }
    }
    /// Sets the address the page was fetched from. It helps to find the encoding, the site's name and the date, and
    /// makes relative addresses absolute.
    #[must_use]
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }
    /// Sets the encoding that the server declared, the `charset` of `Content-Type`. It does nothing for a page that
    /// came as text; for bytes, a label that is not in the Encoding Standard is an [`Error::UnknownEncoding`].
    ///
    /// It takes precedence over the page's own declaration, but not over a byte order mark. It also vouches for the
    /// text: without it, text that looks as if it was decoded wrongly before (`donâ€™t`) is repaired; with it, only
    /// stray control characters are.
    #[must_use]
    pub fn charset(mut self, label: &'a str) -> Self {
        self.charset = Some(label);
        self
    }
    /// Sets when the page was fetched. Relative dates ("3 hours ago") count from it, and dates that are more than a day
    /// later are ignored (it may have been the next day already where the page was written).
    ///
    /// It must have a year, a month and a day ([`PartialDate::is_full`]); any other date has no effect.
    #[must_use]
    pub fn crawled_at(mut self, date: PartialDate) -> Self {
        self.crawled_at = Some(date);
        self
    }
    /// Sets the kind of input instead of having it detected.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.input = input;
        self
    }
}

impl<'a> From<&'a [u8]> for Page<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Page::new(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Page<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Page::new(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for Page<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Page::new(bytes)
    }
}

impl<'a> From<&'a String> for Page<'a> {
    fn from(text: &'a String) -> Self {
        Page::from(text.as_str())
    }
}

impl<'a> From<&'a str> for Page<'a> {
    fn from(text: &'a str) -> Self {
        Page::of(Content::Text(text))
    }
}

/// Extracts articles from pages one after another, and reuses its buffers.
///
/// It never panics, whatever the input, and the article depends on nothing but the page and the settings. Give each
/// thread an extractor of its own: a clone has the same settings and shares the models.
pub struct Extractor {
    settings: Settings,
    scratch: Analysis,
}

/// What the caller chose, and the models.
#[derive(Clone)]
struct Settings {
    max_bytes: usize,
    include: Vec<Include>,
    wanted: Wanted,
    clues: bool,
    rules: Rules,
    model: Arc<Model>,
    tables: Arc<Tables>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            max_bytes: 16 << 20,
            include: Vec::new(),
            wanted: Wanted::default(),
            clues: false,
            rules: Rules::default(),
            model: Model::standard(),
            tables: Tables::standard(),
        }
    }
}

/// Without the models, which are large and the same for all.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { max_bytes, include, wanted, clues, rules, model: _, tables: _ } = self;
        f.debug_struct("Settings")
            .field("max_bytes", max_bytes)
            .field("include", include)
            .field("wanted", wanted)
            .field("clues", clues)
            .field("rules", rules)
            .finish_non_exhaustive()
    }
}

/// Copies the settings; the copy starts with empty buffers.
impl Clone for Extractor {
    fn clone(&self) -> Self {
        Extractor { settings: self.settings.clone(), scratch: Analysis::default() }
    }
}

/// Shows the settings.
impl fmt::Debug for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extractor").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// An extractor with default settings.
    #[must_use]
    pub fn new() -> Self {
        Extractor { settings: Settings::default(), scratch: Analysis::default() }
    }

    /// Rejects input longer than `bytes`, measured before decoding. The default is 16 MiB.
    ///
    /// Memory use grows linearly with the size of a page, and this setting bounds it. Longer pages are rejected rather
    /// than truncated because half an article looks like a whole one.
    ///
    /// ```
    /// let mut small = copydesk::Extractor::new().max_bytes(4);
    /// assert!(small.extract(b"<p>Too long").is_err());
    /// ```
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_bytes = bytes;
        self
    }

    /// Adds a kind of text to the body that is left out by default. Nothing else changes.
    ///
    /// ```
    /// use copydesk::{Extractor, Include};
    /// let page = "<p>The ferry left at nine, as it always had.</p><figure><figcaption>The quay at noon</figcaption></figure>";
    /// assert!(!Extractor::new().extract(page)?.body().contains("quay"));
    /// assert!(Extractor::new().include(Include::Captions).extract(page)?.body().contains("quay"));
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[must_use]
    pub fn include(mut self, what: Include) -> Self {
        self.settings.include.push(what);
        self
    }

    /// Sets whether to compute what moved the score of each struck block, for [`crate::Struck::clues`]. The default is
    /// `false`, as it takes a second run of the model.
    ///
    /// ```
    /// let mut extractor = copydesk::Extractor::new().clues(true);
    /// let article = extractor.extract("<p>The ferry left at nine, as it always had.</p><p><a href=/>Home</a></p>")?;
    /// let menu = article.struck().next().expect("the menu");
    /// assert!(!menu.clues.is_empty());
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[must_use]
    pub fn clues(mut self, wanted: bool) -> Self {
        self.settings.clues = wanted;
        self
    }

    /// Limits extraction to these fields. The others come out empty, with a confidence of 0. The default is all fields.
    ///
    /// Leaving out [`Field::Body`] saves two fifths of the time, as blocks are not scored. Title, byline and dates then
    /// depend on a rough guess of where the body is, which is nearly always right. Leaving out any other field saves a
    /// few percent and does not affect the rest.
    ///
    /// ```
    /// use copydesk::{Extractor, Field};
    /// let mut extractor = Extractor::new().fields([Field::Title, Field::Date]);
    /// let article = extractor.extract("<title>On time</title><h1>On time</h1><p>5 March 2024</p><p>The ferry left at nine.")?;
    /// assert_eq!(article.title(), Some("On time"));
    /// assert_eq!(article.body(), "");
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[must_use]
    pub fn fields(mut self, wanted: impl IntoIterator<Item = Field>) -> Self {
        self.settings.wanted = wanted.into_iter().collect();
        self
    }

    /// Keeps everything inside the elements that match a CSS selector, whatever its score.
    ///
    /// If rules match nested elements, the innermost decides; if two match the same element, [`Extractor::strike`]
    /// wins. Rules cost a second tree per page, and have no effect on flattened text. A page that a rule matches is not
    /// searched for text in scripts.
    ///
    /// Rules apply to whole blocks: an element within a paragraph decides on the paragraph if it is at its start, and
    /// has no effect otherwise. Text that repeats other text is kept as well.
    ///
    /// ```
    /// # fn main() -> Result<(), copydesk::Error> {
    /// let mut extractor = copydesk::Extractor::new().keep("#note")?.strike("p.teaser")?;
    /// let article = extractor.extract("<p class=teaser>Read on</p><p id=note>Short</p>")?;
    /// assert_eq!(article.body(), "Short");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidSelector`] if `selector` is not a CSS selector.
    pub fn keep(mut self, selector: &str) -> Result<Self, Error> {
        self.settings.rules.keep(selector)?;
        Ok(self)
    }

    /// Strikes everything inside the elements that match a CSS selector, with [`Reason::Rule`]. See [`Extractor::keep`]
    /// for conflicts and for elements within a paragraph. Title, byline and dates may still come from there.
    ///
    /// # Errors
    /// [`Error::InvalidSelector`] if `selector` is not a CSS selector.
    pub fn strike(mut self, selector: &str) -> Result<Self, Error> {
        self.settings.rules.strike(selector)?;
        Ok(self)
    }

    /// Scores with `model` instead of the built-in one: for the trainer.
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    #[must_use]
    pub fn with_model(mut self, model: Model) -> Self {
        self.settings.model = Arc::new(model);
        self
    }

    /// Chooses title, people and dates with `tables` instead of the built-in ones: for the trainer.
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    #[must_use]
    pub fn with_tables(mut self, tables: Tables) -> Self {
        self.settings.tables = Arc::new(tables);
        self
    }

    /// The candidates for title, people and dates of a page: for the trainer.
    ///
    /// # Errors
    /// As [`Extractor::extract`].
    #[cfg(feature = "internals")]
    #[doc(hidden)]
    pub fn candidates<'a>(&mut self, page: impl Into<Page<'a>>) -> Result<crate::meta::candidates::Candidates, Error> {
        let body = self.decide(&page.into())?.0.outcome.body().cloned();
        self.scratch.choose(body.clone(), &self.settings);
        Ok(self.scratch.candidates(body, &self.settings.tables))
    }

    /// Extracts the article of one page.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if it is longer than [`Extractor::max_bytes`]; for bytes also [`Error::Binary`] if they are
    /// not text, and [`Error::UnknownEncoding`] if there is no encoding of the name given to [`Page::charset`]. A page
    /// without an article is not an error: see [`Article::verdict`].
    pub fn extract<'a>(&mut self, page: impl Into<Page<'a>>) -> Result<Article, Error> {
        let page = page.into();
        if !self.settings.wanted.has(Field::Body) {
            self.read(&page)?;
            let metadata = self.scratch.choose(None, &self.settings);
            return Ok(article(&self.scratch, Assembled::default(), metadata, Verdict::Unknown));
        }
        let (selection, scores) = self.decide(&page)?;
        let (analysis, settings) = (&mut self.scratch, &self.settings);
        let mut assembled = assemble(analysis.blocks(), &selection, &scores);
        if analysis.origin().is_altered {
            assembled.forget_sources();
        }
        if settings.clues {
            let struck: Vec<usize> = selection.struck().collect();
            for (struck, clues) in assembled.struck.iter_mut().zip(analysis.clues(&settings.model, &struck)) {
                struck.clues = clues;
            }
        }
        let metadata = analysis.choose(selection.outcome.body().cloned(), settings);
        let verdict = match selection.outcome {
            Outcome::Article { promised_f1, .. } => {
                Verdict::Article { confidence: analysis.part(&settings.model).quality.at(promised_f1) }
            }
            // A probability and no F1 score, so nothing to calibrate.
            Outcome::NoArticle { family, confidence } => {
                Verdict::NoArticle { reason: family.unwrap_or_else(|| main_reason(&assembled.struck)), confidence }
            }
        };
        Ok(article(analysis, assembled, metadata, verdict))
    }

    /// Reads a page as far as the wanted fields require, or rejects it if it is too long or not text. Returns its text.
    fn read<'a>(&mut self, page: &Page<'a>) -> Result<PageText<'a>, Error> {
        let len = match page.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Text(text) => text.len(),
        };
        let limit = self.settings.max_bytes;
        if len > limit {
            return Err(Error::TooLarge { len, limit });
        }
        let text = PageText::of(page)?;
        self.scratch.read(text.as_str(), text.origin(), page, &self.settings);
        Ok(text)
    }

    /// Decides on every block of a page. Returns the blocks' probabilities as well.
    ///
    /// A page with next to no text may be a shell that a script fills. It is then read again, with the text in its
    /// data, and if that has no article either, once more as it is.
    fn decide(&mut self, page: &Page<'_>) -> Result<(Selection, Vec<f32>), Error> {
        let text = self.read(page)?;
        let (selection, scores) = self.select();
        let lack = shell::lack(&self.scratch, &selection, &scores);
        let Some((filled, origin)) = lack.and_then(|lack| text.filled(&self.scratch.identity(page.url), lack)) else {
            return Ok((selection, scores));
        };
        self.scratch.read(&filled, origin, page, &self.settings);
        let (selection, scores) = self.select();
        if shell::is_empty(&self.scratch, &selection) {
            self.scratch.read(text.as_str(), text.origin(), page, &self.settings);
            return Ok(self.select());
        }
        Ok((selection, scores))
    }

    /// Decides on every block of the page that was read last.
    fn select(&mut self) -> (Selection, Vec<f32>) {
        let scores = self.scratch.score(&self.settings.model);
        (self.scratch.select(&scores, &self.settings.include), scores)
    }
}

fn article(analysis: &Analysis, assembled: Assembled, metadata: Metadata, verdict: Verdict) -> Article {
    let Assembled { buffer, body, blocks, levels, captions, struck } = assembled;
    let confidence = Confidence { body: verdict.confidence(), ..metadata.confidence };
    Article {
        verdict,
        metadata: Metadata { confidence, ..metadata },
        buffer,
        body,
        blocks,
        levels,
        captions,
        struck,
        encoding: analysis.origin().encoding,
        encoding_source: analysis.origin().encoding_source,
        input: analysis.input(),
    }
}

/// The reason for which most of the struck text was struck.
fn main_reason(struck: &[StoredStruck]) -> Reason {
    let mut bytes = [0; Reason::ALL.len()];
    for struck in struck {
        bytes[struck.reason as usize] += struck.text.len();
    }
    let (reason, most) = Reason::ALL.iter().zip(bytes).max_by_key(|(_, bytes)| *bytes).unwrap_or((&Reason::Other, 0));
    if most > 0 { *reason } else { Reason::Other }
}

#[cfg(test)]
mod tests {
    use super::Extractor;
    use std::sync::Arc;

    #[test]
    fn how_an_extractor_is_shown() {
        let shown = format!("{:?}", Extractor::new().max_bytes(9).strike(".promo").expect("a selector"));
        assert!(shown.contains("max_bytes: 9") && shown.contains(".promo"), "{shown}");
        assert!(shown.len() < 1_000, "{} bytes, the models among them", shown.len());
    }

    #[test]
    fn a_copy_has_the_settings() {
        let page = "<p>The ferry left at nine, as it always had.</p>";
        let mut extractor = Extractor::new().max_bytes(9);
        assert!(extractor.extract(page).is_err() && extractor.clone().extract(page).is_err());
        let mut extractor = Extractor::new().strike("p").expect("a selector");
        let first = extractor.extract(page);
        assert_eq!(extractor.clone().extract(page), first, "whatever its buffers hold");
    }

    /// What an unreadable model file becomes, so that the trainer can replace it.
    #[test]
    fn an_empty_model_has_no_opinion() {
        let mut extractor = Extractor::new().clues(true);
        extractor.settings.model = Arc::default();
        for page in ["<p>The ferry left at nine, as it always had.</p><p>Home</p>", "The ferry left at nine.\nHome", ""]
        {
            let article = extractor.extract(page).expect("small");
            assert!(article.struck().all(|struck| struck.score == 0.5), "{article:?}");
        }
    }
}
