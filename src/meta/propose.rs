//! Everything that may be title, byline or date of a page, before its body is known.

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

/// Longest block that is a date line and nothing else, in columns.
const DATE_LINE: u32 = 60;
/// What each further date may add, with its label and time.
const DATE: u32 = 30;
/// Probability from which a name makes its line a byline.
const BYLINE: f32 = 0.25;

/// What the caller knows of the page, and wants to know.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// When it was fetched.
    pub(crate) crawled_at: Option<PartialDate>,
    pub(crate) wanted: Wanted,
}

/// The page as titles and names are gathered from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'p> {
    pub(super) blocks: &'p Blocks,
    /// The vocabulary's, in `blocks`.
    pub(super) hits: &'p [Hit],
    pub(super) declared: &'p Declared,
    pub(super) layout: &'p Layout,
    pub(super) site: &'p Site,
    /// Blocks that hold a date which may be the page's, in order.
    pub(super) dated: &'p [usize],
    /// All dates shown, in order.
    pub(super) shown: &'p [date::Shown],
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
    /// The best title as things stand.
    title: Option<usize>,
    roles: Vec<(usize, LineRole)>,
}

impl Proposals {
    /// Gathers the candidates of a page, in place of those of the one before. `hits` are the vocabulary's in `blocks`.
    pub(crate) fn read(&mut self, blocks: &Blocks, hits: &[Hit], declared: &Declared, known: Known, tables: &Tables) {
        self.layout.read(blocks, declared);
        self.site = Site::new(declared);
        self.dates = date::propose(blocks, declared, hits, known.crawled_at);
        self.wanted = known.wanted;
        self.names.clear();
        let shown = self.dates.shown.iter().filter(|shown| date::is_dateline(&shown.found));
        self.dated.clear();
        self.dated.extend(shown.map(|shown| shown.block as usize));
        self.dated.dedup();
        self.dated.retain(|&index| self.layout.lines[index].width <= 200);
        self.gather(blocks, hits, declared, tables);
        self.roles = self.frame(self.title_block(), tables);
    }

    /// Gathers titles and names by where the body seems to be.
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
        // In a page that has lost its lines, the names may stand in the headline's own.
        let is_cut = title.zip(block).is_some_and(|(title, at)| title.text.len() < blocks.text_of(at).len());
        byline::propose(&view, block, is_cut, &mut self.names);
    }

    /// The block that shows the headline, as far as can be told.
    pub(crate) fn title_block(&self) -> Option<usize> {
        self.titles.candidates.get(self.title?)?.block
    }

    /// The block that shows the likeliest headline as things now stand.
    #[cfg(feature = "internals")]
    pub(crate) fn best_title(&self, tables: &Tables) -> Option<usize> {
        self.titles.best(&tables.titles)?.0.block
    }

    /// The headline, as far as can be told; else empty.
    pub(crate) fn title_text(&self) -> &str {
        self.title.and_then(|index| self.titles.candidates.get(index)).map_or("", |candidate| &candidate.text)
    }

    /// What block `index` is, if it is nothing but title, byline or date line.
    pub(crate) fn line_role(&self, index: usize) -> Option<LineRole> {
        let at = self.roles.binary_search_by_key(&index, |(block, _)| *block).ok()?;
        Some(self.roles[at].1)
    }

    /// Dates in a block beside its first: `홍길동 기자 입력 2024.03.05. 오전 9:10 수정 2024.03.05. 오후 2:22`.
    fn more_dates(&self, index: usize) -> u32 {
        let shown = &self.dates.shown;
        let first = shown.partition_point(|shown| (shown.block as usize) < index);
        let here = shown.iter().skip(first + 1).take_while(|shown| shown.block as usize == index);
        here.filter(|shown| date::is_dateline(&shown.found)).map(|_| 1).sum()
    }

    /// The lines of the article's frame, in order.
    fn frame(&self, title: Option<usize>, tables: &Tables) -> Vec<(usize, LineRole)> {
        let mut roles = Vec::new();
        if let Some(index) = title {
            // The headline again, as breadcrumb or page title, is still the headline.
            let own = self.layout.lines[index].hash;
            let same =
                |(i, line): (usize, &super::layout::Line)| (own != 0 && line.hash == own || i == index).then_some(i);
            roles.extend(self.layout.lines.iter().enumerate().filter_map(same).map(|i| (i, LineRole::Title)));
        }
        let likely = self.names.likely(&tables.names);
        for &line in &self.names.lines {
            let named = self.names.candidates.iter().zip(&likely).any(|(c, &p)| p >= BYLINE && c.block == Some(line));
            if named && self.layout.lines[line].width < 160 {
                roles.push((line, LineRole::Byline));
            }
        }
        // A date line belongs to the frame where the frame is: around the headline and at the body's ends.
        let body = &self.layout.body;
        for &index in &self.dated {
            let near_title = title.is_some_and(|t| index.abs_diff(t) <= 8);
            let near_body = index.abs_diff(body.start) <= 4 || index.abs_diff(body.end) <= 3;
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

const _: () = assert!(MAX_LINE > 160, "a byline is a line that is hashed");
