//! Gathers all dates of a page: declared, in its address, shown.

use super::calendar::days_between;
use super::cursor::next_digit;
use super::visible::{MAX_OF_VALUE, find_from};
use super::year::{Evidence, copyright_year};
use super::{Context, Found, Label, Orders, Shape, from_image, from_url, machine, settle_order};
use crate::block::{Block, Blocks};
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, FactField};
use crate::types::PartialDate;
use crate::vocab::{Hit, Lang};
use std::cell::LazyCell;
use std::collections::HashMap;

/// Most dates shown that are read; a page with more is a table.
const MAX_SHOWN: usize = 400;
/// Most dates labelled as that of publication that tell a year.
const MAX_PUBLISHED: usize = 4;
/// Longest line that may claim copyright, in bytes.
const CLAIM: usize = 300;

/// A date that the page declares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) date: PartialDate,
    /// Index into [`Declared::facts`].
    pub(super) fact: usize,
}

/// A date that the page shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) block: u32,
    pub(crate) found: Found,
}

/// All dates of a page, before one is chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dates {
    pub(super) stated: Vec<Stated>,
    /// In reading order. Years that could be inferred are filled in.
    pub(crate) shown: Vec<Shown>,
    pub(super) address: Option<PartialDate>,
    /// Days in the addresses of pictures.
    pub(super) images: Vec<PartialDate>,
    pub(super) crawled_at: Option<PartialDate>,
    /// The page is in Korean, Japanese or Chinese: in the east, days begin before those of UTC.
    pub(super) eastern: bool,
}

impl Dates {
    /// Whether a date is too late for a page crawled when this one was. The day after the crawl is not: where the page
    /// was written it may have begun already.
    pub(super) fn is_after_crawl(&self, date: &PartialDate) -> bool {
        let days = self.crawled_at.and_then(|crawl| days_between(&crawl, date));
        days.is_some_and(|days| days > 1)
    }
}

/// Gathers the dates of a page.
pub(crate) fn propose(blocks: &Blocks, declared: &Declared, hits: &[Hit], crawled_at: Option<PartialDate>) -> Dates {
    let language = declared.of(FactField::Language).map(|fact| fact.value.as_str()).find(|code| !code.is_empty());
    let language = language.or_else(|| language_of(hits));
    let address =
        declared.url.as_deref().or_else(|| declared.of(FactField::Canonical).next().map(|fact| fact.value.as_str()));
    let orders = Orders::of(language, address.and_then(host));
    let eastern = matches!(language.and_then(|code| code.get(..2)), Some("ko" | "ja" | "zh"));
    let mut dates = Dates { address: address.and_then(from_url), crawled_at, eastern, ..Dates::default() };
    let is_date = |fact: &Fact| matches!(fact.field, FactField::Published | FactField::Modified | FactField::Date);
    let facts = || declared.facts.iter().enumerate().filter(|(_, fact)| is_date(fact));
    let for_machines = |fact: &Fact| if fact.has(Fact::MACHINE) { machine(&fact.value) } else { None };
    dates.stated = facts().filter_map(|(fact, it)| Some(Stated { date: for_machines(it)?, fact })).collect();
    let stated = dates.stated.iter().map(|stated| stated.date).chain(dates.address);
    let mut full: Vec<PartialDate> = stated.filter(PartialDate::is_full).collect();
    dates.shown = shown(blocks, orders, crawled_at, &full);
    // The text of elements is mostly shown too, so it is read with the help of the dates shown.
    full.extend(dates.shown.iter().map(|shown| shown.found.date));
    let read = facts().filter(|(_, it)| for_machines(it).is_none());
    let context = Context { order: orders, crawled_at, before: "" };
    dates
        .stated
        .extend(read.filter_map(|(fact, it)| Some(Stated { date: for_readers(&it.value, &context, &full)?, fact })));
    dates.stated.sort_by_key(|stated| stated.fact);
    dates.images = declared.of(FactField::Image).filter_map(|fact| from_image(&fact.value)).collect();
    dates.images.extend(&declared.images);
    infer_years(blocks, declared, &mut dates);
    dates
}

/// The first full date in a text for human readers; `known` are days that the page names elsewhere.
fn for_readers(text: &str, context: &Context<'_>, known: &[PartialDate]) -> Option<PartialDate> {
    let mut found = Vec::new();
    find_from(text, 0, MAX_OF_VALUE, context, &mut found);
    settle_order(&mut found, known);
    found.iter().map(|found| found.date).find(PartialDate::is_full)
}

fn shown(blocks: &Blocks, order: Orders, crawled_at: Option<PartialDate>, stated: &[PartialDate]) -> Vec<Shown> {
    let mut all = Vec::new();
    let mut owners = Vec::new();
    let mut before = "";
    // Most blocks have no digit: one pass over the page's text finds those that do.
    let mut digit = next_digit(&blocks.text, 0);
    for (index, block) in (0u32..).zip(&blocks.items) {
        if block.has(Block::HIDDEN) && block.has(Block::NOSCRIPT) {
            continue;
        }
        let (text, range) = (blocks.text_of(index as usize), block.text.range());
        if digit.is_some_and(|at| at < range.start) {
            digit = next_digit(&blocks.text, range.start);
        }
        // Without a digit, only a distance from the crawl is possible: `yesterday`.
        if crawled_at.is_some() || digit.is_some_and(|at| at < range.end) {
            let context = Context { order, crawled_at, before };
            find_from(text, digit.map_or(text.len(), |at| at - range.start), MAX_SHOWN, &context, &mut all);
            owners.resize(all.len(), index);
        }
        before = text;
        if all.len() >= MAX_SHOWN {
            break;
        }
    }
    settle_order(&mut all, stated);
    owners.into_iter().zip(all).map(|(block, found)| Shown { block, found }).collect()
}

/// Fills in years that the page leaves out: from pictures' addresses, from other dates nearby, from copyright lines.
fn infer_years(blocks: &Blocks, declared: &Declared, dates: &mut Dates) {
    if dates.shown.iter().all(|shown| shown.found.date.year().is_some()) {
        return;
    }
    let mut evidence = Evidence::default();
    dates.stated.iter().for_each(|stated| evidence.day(stated.date));
    dates.address.iter().chain(&declared.images).for_each(|&date| evidence.day(date));
    // `[부고] 9월 5일자` / `입력 2024.09.05`
    let published = dates.shown.iter().filter(|shown| shown.found.label == Label::Published);
    published.take(MAX_PUBLISHED).for_each(|shown| evidence.day(shown.found.date));
    let lines = || (0..blocks.items.len()).map(|index| blocks.text_of(index)).filter(|line| line.len() <= CLAIM);
    // Computed only if nothing else tells the year, which is rare.
    let claimed = LazyCell::new(|| lines().find_map(copyright_year));
    for shown in &mut dates.shown {
        if let Some(date) = evidence.infer(shown.found.date, || *claimed) {
            shown.found.date = date;
        }
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next()
}

/// The language that most of the phrases found on a page belong to.
fn language_of(hits: &[Hit]) -> Option<&'static str> {
    /// Fewer phrases are a coincidence: languages share words.
    const FEWEST: usize = 4;
    let mut counts: HashMap<Lang, usize> = HashMap::new();
    for hit in hits.iter().filter(|hit| hit.lang.code() != "any") {
        *counts.entry(hit.lang).or_default() += 1;
    }
    let (lang, count) = counts.into_iter().max_by_key(|(lang, count)| (*count, *lang))?;
    (count >= FEWEST).then(|| lang.code())
}

/// Whether a shown date may be a dateline's: it has a day and no label of another kind.
pub(crate) fn is_dateline(found: &Found) -> bool {
    found.date.day().is_some() && found.label != Label::Other && found.shape != Shape::Month
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Kind;
    use crate::span::Span;

    /// Later steps compare every date with every other, so a page of ever new dates must not yield more of them.
    #[test]
    fn dates_are_bounded() {
        let days = (1900..2100).flat_map(|year| (1..=28).map(move |day| format!("{year}-01-{day:02} ")));
        let text: String = days.collect();
        let mut blocks = Blocks { text, ..Blocks::default() };
        blocks.items.push(Block {
            text: Span::new(0, blocks.text.len()),
            source: Span::new(0, 0),
            kind: Kind::Paragraph,
            container: 0,
            link_bytes: 0,
            flags: 0,
        });
        assert_eq!(shown(&blocks, Orders::default(), None, &[]).len(), MAX_SHOWN);
        let text = &blocks.text;
        let mut found = Vec::new();
        find_from(text, 0, MAX_OF_VALUE, &Context::default(), &mut found);
        assert_eq!(found.len(), MAX_OF_VALUE);
    }
}
