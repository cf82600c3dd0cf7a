//! All candidates for the title, byline and date of a page, gathered before its body is known.

use super::byline::{self, Names};
use super::date::{self, Dates};
use super::declared::Declared;
use super::layout::{Layout, MAX_LINE};
use super::site::Site;
use super::tables::Tables;
use super::title::{self, Titles};
use crate::block::Blocks;
use crate::types::{LineRole, PartialDate, Wanted};
use crate::vocab::Hit;

/// Widest block that is just a date line, in columns.
pub(super) const DATE_LINE: u32 = 60;
/// Columns that each further date may add, with its label and time.
const DATE: u32 = 30;
/// Widest block whose date may be the page's, in columns; a wider one is a paragraph.
const DATED: u32 = 200;
/// Least probability of a name that makes its line a byline.
const BYLINE: f32 = 0.25;
/// A wider line is no byline, in columns.
const WIDE: u32 = 160;
/// Blocks beside the headline, before or after the start of the body, and beside its end, in which a date line belongs to
/// the article.
const BESIDE_TITLE: usize = 8;
const BESIDE_START: usize = 4;
const BESIDE_END: usize = 3;

/// What the caller knows of the page, and wants to know.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// When the page was fetched.
    pub(crate) crawled_at: Option<PartialDate>,
    pub(crate) wanted: Wanted,
}

/// What titles and names are gathered from.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'p> {
    pub(super) blocks: &'p Blocks,
    /// The vocabulary's hits in `blocks`.
    pub(super) hits: &'p [Hit],
    pub(super) declared: &'p Declared,
    pub(super) layout: &'p Layout,
    pub(super) site: &'p Site,
    /// Blocks that hold a date which may be the page's, in order.
    pub(super) dated: &'p [usize],
    /// All dates shown, in order.
    pub(super) shown: &'p [date::Shown],
}

impl<'p> View<'p> {
    /// The vocabulary's hits in block `index`, in order.
    pub(super) fn hits_of(&self, index: usize) -> impl Iterator<Item = &'p Hit> + Clone {
        let text = self.blocks.items[index].text;
        let first = self.hits.partition_point(|hit| hit.start < text.start);
        self.hits.iter().skip(first).take_while(move |hit| hit.start < text.end)
    }
}

/// The candidates of a page.
#[derive(Debug, Default)]
pub(crate) struct Proposals {
    pub(super) layout: Layout,
    site: Site,
    wanted: Wanted,
    pub(super) titles: Titles,
    pub(super) names: Names,
    pub(super) dates: Dates,
    /// Blocks with a date that may be the page's, in order.
    pub(super) dated: Vec<usize>,
    /// The index of the best title so far.
    title: Option<usize>,
    roles: Vec<(usize, LineRole)>,
}

impl Proposals {
    /// Gathers the candidates of a page, replacing the previous page's. `hits` are the vocabulary's in `blocks`.
    pub(crate) fn read(&mut self, blocks: &Blocks, hits: &[Hit], declared: &Declared, known: Known, tables: &Tables) {
        self.layout.read(blocks, declared);
        self.site = Site::new(declared, blocks, hits);
        self.dates = date::propose(blocks, declared, hits, known.crawled_at);
        self.wanted = known.wanted;
        self.names.clear();
        let shown = self.dates.shown.iter().filter(|shown| date::is_dateline(&shown.found));
        self.dated.clear();
        self.dated.extend(shown.map(|shown| shown.block as usize));
        self.dated.dedup();
        self.dated.retain(|&index| self.layout.lines[index].width <= DATED);
        self.gather(blocks, hits, declared, tables);
        self.roles = self.frame(self.title_block(), tables);
    }

    /// Gathers titles and names, given the likely place of the body.
    pub(super) fn gather(&mut self, blocks: &Blocks, hits: &[Hit], declared: &Declared, tables: &Tables) {
        let view = View {
            blocks,
            hits,
            declared,
            layout: &self.layout,
            site: &self.site,
            dated: &self.dated,
            shown: &self.dates.shown,
        };
        title::propose(&view, &mut self.titles);
        self.title = self.titles.likely(&tables.titles);
        if !self.wanted.needs_people() {
            return;
        }
        let title = self.title.and_then(|index| self.titles.candidates.get(index));
        let block = title.and_then(|title| title.block);
        // On a page that has lost its line breaks, the names may be in the block of the headline.
        let is_cut = title.zip(block).is_some_and(|(title, at)| title.text.len() < blocks.text_of(at).len());
        byline::propose(&view, block, is_cut, &mut self.names);
    }

    /// The block that shows the likely headline.
    pub(crate) fn title_block(&self) -> Option<usize> {
        self.titles.candidates.get(self.title?)?.block
    }

    /// The block that shows the likeliest headline, by all signals set so far.
    #[cfg(feature = "internals")]
    pub(crate) fn best_title(&self, tables: &Tables) -> Option<usize> {
        self.titles.best(&tables.titles)?.0.block
    }

    /// The likely headline; empty if there is none.
    pub(crate) fn title_text(&self) -> &str {
        self.title.and_then(|index| self.titles.candidates.get(index)).map_or("", |candidate| &candidate.text)
    }

    /// The role of block `index`, if it is just a title, a byline or a date line.
    pub(crate) fn line_role(&self, index: usize) -> Option<LineRole> {
        let at = self.roles.binary_search_by_key(&index, |(block, _)| *block).ok()?;
        Some(self.roles[at].1)
    }

    /// Number of dates in a block after its first: `홍길동 기자 입력 2024.03.05. 오전 9:10 수정 2024.03.05. 오후 2:22`.
    fn more_dates(&self, index: usize) -> u32 {
        let shown = &self.dates.shown;
        let first = shown.partition_point(|shown| (shown.block as usize) < index);
        let here = shown.iter().skip(first + 1).take_while(|shown| shown.block as usize == index);
        here.filter(|shown| date::is_dateline(&shown.found)).map(|_| 1).sum()
    }

    /// The lines around the article that are title, byline or date, in order.
    fn frame(&self, title: Option<usize>, tables: &Tables) -> Vec<(usize, LineRole)> {
        let mut roles = Vec::new();
        if let Some(index) = title {
            // A copy of the headline, as a breadcrumb or page title, is a headline too.
            let own = self.layout.lines[index].hash;
            let same =
                |(i, line): (usize, &super::layout::Line)| (own != 0 && line.hash == own || i == index).then_some(i);
            roles.extend(self.layout.lines.iter().enumerate().filter_map(same).map(|i| (i, LineRole::Title)));
        }
        let likely = self.names.likely(&tables.names);
        for &line in &self.names.lines {
            let named = self.names.candidates.iter().zip(&likely).any(|(c, &p)| p >= BYLINE && c.block == Some(line));
            if named && self.layout.lines[line].width < WIDE {
                roles.push((line, LineRole::Byline));
            }
        }
        // A date line belongs to the article only near the headline or an end of the body.
        let body = &self.layout.body;
        for &index in &self.dated {
            let near_title = title.is_some_and(|t| index.abs_diff(t) <= BESIDE_TITLE);
            let near_body = index.abs_diff(body.start) <= BESIDE_START || index.abs_diff(body.end) <= BESIDE_END;
            if self.layout.lines[index].width <= DATE_LINE + self.more_dates(index) * DATE && (near_title || near_body)
            {
                roles.push((index, LineRole::Date));
            }
        }
        roles.sort_by_key(|(index, _)| *index);
        roles.dedup_by_key(|(index, _)| *index);
        roles
    }
}

const _: () = assert!(MAX_LINE > WIDE as usize, "a byline is a line that is hashed");
