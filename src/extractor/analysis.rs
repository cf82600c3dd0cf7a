//! A page between the stages, and the buffers that are reused for the next one.

use super::text::Origin;
use super::{Page, Settings};
use crate::article::Metadata;
use crate::block::Blocks;
use crate::decode::data::Data;
use crate::decode::fill;
use crate::dom::{self, Dom};
use crate::feature::{Around, Declares, Facts, Features, around};
use crate::from_dom::{Bare, from_dom};
use crate::lines::{self, Mail, Markdown};
use crate::meta::{self, Declared, Fact, FactField, Known, PageKind, Proposals, Tables};
use crate::score::{Model, Part};
use crate::select::{Selection, Wishes, select};
use crate::types::{Clue, Include, Input, LineRole};
use crate::vocab::{Hit, Room, Vocab};
use std::ops::Range;

/// Maximum number of titles, and of canonical addresses, to search the data of a page for. Most pages state two or
/// three.
const MAX_IDENTITIES: usize = 4;

/// A page as the stages see it, from its blocks to its rows of features.
#[derive(Debug, Default)]
pub struct Analysis {
    input: Input,
    origin: Origin,
    dom: Dom,
    blocks: Blocks,
    hits: Vec<Hit>,
    room: Room,
    features: Features,
    around: Vec<Around>,
    roles: Vec<Option<LineRole>>,
    declared: Declared,
    declares: Declares,
    proposals: Proposals,
}

impl Analysis {
    /// Reads the text of a page up to its blocks and the metadata it declares. Skips the blocks if no wanted field
    /// needs them.
    pub(super) fn read(&mut self, text: &str, origin: Origin, page: &Page<'_>, settings: &Settings) {
        let Settings { rules, tables, wanted, .. } = settings;
        self.origin = origin;
        self.input = if page.input == Input::Auto { lines::sniff(text) } else { page.input };
        // A Markdown page may contain HTML as an example, or begin with a centred picture, and so look like HTML.
        let may_be = match page.input {
            Input::Auto => self.input != Input::Html || Markdown::may_begin(text),
            input => input == Input::Text,
        };
        let markdown = may_be.then(|| Markdown::read(text, self.input != Input::Text)).flatten();
        if markdown.is_some() {
            self.input = Input::Text;
        }
        match self.input {
            Input::Text => {
                self.declared.clear(page.url);
                if let Some(markdown) = markdown {
                    lines::markdown_blocks(&markdown, &mut self.blocks);
                    self.declared.state(&markdown.stated);
                } else if let Some(mail) = Mail::read(text) {
                    lines::mail_blocks(text, &mail, &mut self.blocks);
                    self.declared.state(&mail.stated);
                } else {
                    lines::blocks(text, &mut self.blocks);
                }
            }
            input => {
                let mixed = input == Input::Mixed;
                let text = if mixed { lines::mend(text) } else { text.into() };
                let bare = if mixed { Bare::Lines(&text) } else { Bare::Inline };
                dom::read(&mut self.dom, &text);
                self.declared.read(&self.dom, page.url);
                if wanted.needs_blocks() {
                    from_dom(&self.dom, bare, &rules.hits(&self.dom, &text), &mut self.blocks);
                }
            }
        }
        if wanted.needs_blocks() {
            lines::mark_repeats(&mut self.blocks);
            self.hits.clear();
            Vocab::get().scan_in(&mut self.room, &self.blocks.text, &mut self.hits);
            self.propose(Known { crawled_at: page.crawled_at, wanted: *wanted }, tables);
        }
    }

    /// The titles and addresses of the page that was read, by which its own article is recognised among others.
    pub(super) fn identity<'a>(&'a self, url: Option<&'a str>) -> fill::Identity<'a> {
        let first = |field| stated(&self.declared, field).take(MAX_IDENTITIES);
        let title = Some(self.proposals.title_text()).filter(|title| !title.is_empty());
        fill::Identity {
            titles: title.into_iter().chain(first(FactField::Title)).collect(),
            addresses: url.into_iter().chain(first(FactField::Canonical)).collect(),
        }
    }

    /// Guesses title, byline and date, on which the score of the blocks depends.
    fn propose(&mut self, known: Known, tables: &Tables) {
        self.proposals.read(&self.blocks, &self.hits, &self.declared, known, tables);
        self.roles.clear();
        self.roles.extend((0..self.blocks.items.len()).map(|index| self.proposals.line_role(index)));
        self.declares = declares(&self.declared);
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            html: self.input != Input::Text,
            mixed: self.input == Input::Mixed,
            title: self.proposals.title_text(),
            title_block: self.proposals.title_block(),
            description: stated(&self.declared, FactField::Description).next().unwrap_or_default(),
            body: stated(&self.declared, FactField::Body).next().unwrap_or_default(),
            declares: self.declares,
            roles: &self.roles,
        }
    }

    /// The model for this kind of page.
    pub(crate) fn part<'m>(&self, model: &'m Model) -> &'m Part {
        if self.input == Input::Text { &model.text } else { &model.html }
    }

    /// The probability of each block to be body.
    pub(crate) fn score(&mut self, model: &Model) -> Vec<f32> {
        let mut features = std::mem::take(&mut self.features);
        let facts = self.facts();
        let part = self.part(model);
        features.fill(&self.blocks, &self.hits, &facts, &part.tokens);
        let mut reading = part.reading(self.blocks.items.len());
        features.each_row(&self.blocks, &facts, &mut |row, units| reading.row(row, units));
        around(&features, &self.blocks, &mut self.around);
        let scores = Part::probabilities(reading, &self.around);
        self.features = features;
        scores
    }

    /// Decides on every block, given the probabilities of [`Analysis::score`].
    pub(crate) fn select(&self, scores: &[f32], include: &[Include]) -> Selection {
        let data = self.origin.data.map(Data::reason);
        let wishes = Wishes { include, roles: &self.roles, flattened: self.input != Input::Html, data };
        select(&self.blocks, &self.features, scores, wishes)
    }

    /// What moved the scores of the blocks `wanted` most. Indices must ascend; call [`Analysis::score`] first.
    pub(crate) fn clues(&self, model: &Model, wanted: &[usize]) -> Vec<Vec<Clue>> {
        let facts = self.facts();
        let rows = |take: &mut dyn FnMut(&[f32], f32)| self.features.each_row(&self.blocks, &facts, take);
        self.part(model).clues(&rows, &self.around, wanted)
    }

    /// Title, byline and date, once the body is known: `body` is the range from its first block to its last.
    pub(super) fn choose(&mut self, body: Option<Range<usize>>, settings: &Settings) -> Metadata {
        let Settings { tables, wanted, .. } = settings;
        meta::choose(&mut self.proposals, &self.blocks, &self.hits, &self.declared, body, tables, *wanted)
    }

    pub(crate) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    pub(crate) fn features(&self) -> &Features {
        &self.features
    }

    pub(super) fn origin(&self) -> Origin {
        self.origin
    }

    pub(crate) fn input(&self) -> Input {
        self.input
    }
}

/// What a page declares of itself for `field`, in the order of the page.
fn stated(declared: &Declared, field: FactField) -> impl Iterator<Item = &str> {
    declared.of(field).filter(|fact| !fact.has(Fact::SECOND)).map(|fact| &*fact.value)
}

/// What kind of page the types in the structured data declare.
fn declares(declared: &Declared) -> Declares {
    Declares {
        article: declared.is(PageKind::Article),
        product: declared.is(PageKind::Product),
        forum: declared.is(PageKind::Forum),
        listing: declared.is(PageKind::Listing),
        published: declared.of(FactField::Published).next().is_some(),
    }
}

/// A page as the trainer sees it.
#[cfg(feature = "internals")]
mod training {
    use super::super::text::PageText;
    use super::{Analysis, Model, Page, Range, Settings, Tables, around};
    use crate::block::Kind;
    use crate::error::Error;
    use crate::feature::TokenTable;
    use crate::meta::candidates::{Candidates, candidates, describe};

    /// Reads a page as far as its blocks.
    ///
    /// # Errors
    /// As [`crate::Extractor::extract`].
    pub fn analyze(page: Page<'_>) -> Result<Analysis, Error> {
        let mut analysis = Analysis::default();
        let text = PageText::of(&page)?;
        analysis.read(text.as_str(), text.origin(), &page, &Settings::default());
        Ok(analysis)
    }

    impl Analysis {
        /// The candidates for title, names and dates; call [`Analysis::choose`] first.
        pub(crate) fn candidates(&self, body: Option<Range<usize>>, tables: &Tables) -> Candidates {
            let title = self.proposals.best_title(tables);
            candidates(&self.proposals, &self.blocks, &self.declared, title, body)
        }

        /// A description of the page for people.
        #[must_use]
        pub fn describe(&self) -> Vec<String> {
            describe(&self.proposals, &self.blocks, &self.declared)
        }

        /// The number of blocks.
        #[must_use]
        pub fn len(&self) -> usize {
            self.blocks.items.len()
        }

        /// Whether there are no blocks.
        #[must_use]
        pub fn is_empty(&self) -> bool {
            self.blocks.items.is_empty()
        }

        /// Whether the page is scored with the model for HTML.
        #[must_use]
        pub fn is_html(&self) -> bool {
            self.facts().html
        }

        /// The place of block `index` in the decoded page; empty if unknown.
        #[must_use]
        pub fn source(&self, index: usize) -> Range<usize> {
            self.blocks.items[index].source.range()
        }

        /// Whether block `index` is an item of a list.
        #[must_use]
        pub fn is_list_item(&self, index: usize) -> bool {
            self.blocks.items[index].kind == Kind::ListItem
        }

        /// The text of block `index`.
        #[must_use]
        pub fn text(&self, index: usize) -> &str {
            self.blocks.text_of(index)
        }

        /// The hashes of the class and id words of the containers of block `index`, innermost first.
        #[must_use]
        pub fn tokens(&self, index: usize) -> Vec<u32> {
            let mut at = self.blocks.items[index].container;
            let mut tokens = Vec::new();
            loop {
                let container = &self.blocks.containers[at as usize];
                tokens.extend_from_slice(self.blocks.tokens.get(container.tokens.range()).unwrap_or_default());
                if at == 0 {
                    return tokens;
                }
                at = container.parent;
            }
        }

        /// The model's input: one row of features per block, one after another.
        pub fn rows(&mut self, table: &TokenTable) -> Vec<f32> {
            let mut features = std::mem::take(&mut self.features);
            let facts = self.facts();
            features.fill(&self.blocks, &self.hits, &facts, table);
            let mut rows = Vec::new();
            features.each_row(&self.blocks, &facts, &mut |row, _| rows.extend_from_slice(row));
            self.features = features;
            rows
        }

        /// The probability of each block to be body.
        pub fn probabilities(&mut self, model: &Model) -> Vec<f32> {
            self.score(model)
        }

        /// What the network averages over for each block: start and end of three boxes and of the section, and the
        /// number of the group. Call [`Analysis::rows`] first.
        #[must_use]
        pub fn around(&self) -> Vec<[u32; 9]> {
            let mut found = Vec::new();
            around(&self.features, &self.blocks, &mut found);
            let flat = |entry: &crate::feature::Around| {
                let [a, b, c] = entry.boxes;
                [a.0, a.1, b.0, b.1, c.0, c.1, entry.section.0, entry.section.1, entry.group]
            };
            found.iter().map(flat).collect()
        }
    }
}

#[cfg(feature = "internals")]
pub use training::analyze;
