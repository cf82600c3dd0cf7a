//! Gathers all dates of a page: declared, in its address, shown.

use super::calendar::days_between;
use super::cursor::next_digit;
use super::visible::{find, find_from};
use super::year::{Evidence, copyright_year};
use super::{Context, Found, Label, Orders, Shape, from_image, from_url, machine, settle_order};
use crate::block::{Block, Blocks, Kind};
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, Field};
use crate::meta::key::may_be_wide;
use crate::plain::is_caseless;
use crate::types::PartialDate;
use crate::vocab::{Family, Hit, Lang};
use std::cell::LazyCell;
use std::collections::HashMap;

/// Most dates shown that are read; a page with more is a table.
const MAX_SHOWN: usize = 400;
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
    /// In a caption or a picture's credit.
    pub(super) caption: bool,
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
    let language = declared.of(Field::Language).map(|fact| fact.value.as_str()).find(|code| !code.is_empty());
    let language = language.or_else(|| script_of(&blocks.text)).or_else(|| language_of(hits));
    let address =
        declared.url.as_deref().or_else(|| declared.of(Field::Canonical).next().map(|fact| fact.value.as_str()));
    let orders = Orders::of(language, address.and_then(host));
    let eastern = matches!(language.and_then(|code| code.get(..2)), Some("ko" | "ja" | "zh"));
    let mut dates = Dates { address: address.and_then(from_url), crawled_at, eastern, ..Dates::default() };
    let is_date = |fact: &Fact| matches!(fact.field, Field::Published | Field::Modified | Field::Date);
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
    mark_captions(blocks, hits, &mut dates.shown);
    dates.images = declared.of(Field::Image).filter_map(|fact| from_image(&fact.value)).collect();
    dates.images.extend(&declared.images);
    infer_years(blocks, declared, &mut dates);
    dates
}

/// The first full date in a text for human readers; `known` are days that the page names elsewhere.
fn for_readers(text: &str, context: &Context<'_>, known: &[PartialDate]) -> Option<PartialDate> {
    let mut found = Vec::new();
    find(text, context, &mut found);
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
            find_from(text, digit.map_or(text.len(), |at| at - range.start), &context, &mut all);
            owners.resize(all.len(), index);
        }
        before = text;
        if all.len() >= MAX_SHOWN {
            break;
        }
    }
    settle_order(&mut all, stated);
    owners.into_iter().zip(all).map(|(block, found)| Shown { block, found, caption: false }).collect()
}

/// Marks dates in captions. `hits` and `shown` are both in the order of the text.
fn mark_captions(blocks: &Blocks, hits: &[Hit], shown: &mut [Shown]) {
    let mut captions = hits.iter().filter(|hit| hit.family == Family::Caption).peekable();
    for shown in shown {
        let Some(block) = blocks.items.get(shown.block as usize) else { continue };
        while captions.next_if(|hit| hit.end <= block.text.start).is_some() {}
        let phrase = captions.peek().is_some_and(|hit| hit.start < block.text.end);
        shown.caption = phrase || block.kind == Kind::Caption;
    }
}

/// Fills in years that the page leaves out: from pictures' addresses, from other dates nearby, from copyright lines.
fn infer_years(blocks: &Blocks, declared: &Declared, dates: &mut Dates) {
    if dates.shown.iter().all(|shown| shown.found.date.year.is_some()) {
        return;
    }
    let mut evidence = Evidence::default();
    dates.stated.iter().for_each(|stated| evidence.day(stated.date));
    declared.url.iter().for_each(|address| evidence.address(address));
    declared.images.iter().for_each(|&date| evidence.day(date));
    addresses(&blocks.text).for_each(|address| evidence.address(address));
    let lines = || (0..blocks.items.len()).map(|index| blocks.text_of(index)).filter(|line| line.len() <= CLAIM);
    // Computed only if nothing else tells the year, which is rare.
    let claimed = LazyCell::new(|| lines().find_map(copyright_year));
    for shown in &mut dates.shown {
        if let Some(date) = evidence.infer(shown.found.date, || *claimed) {
            shown.found.date = date;
        }
    }
}

/// The paths of addresses in text, as on pages that were flattened with their markup.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    /// Most addresses read.
    const MAX: usize = 200;
    text.split("://").skip(1).take(MAX).map(|rest| {
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')')).unwrap_or(rest.len());
        // Without scheme and host, what is left reads as a path.
        rest.get(..end).and_then(|address| address.split_once('/')).map_or("", |(_, path)| path)
    })
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

/// The language that the script of a text implies, as precise as the order of dates needs it.
fn script_of(text: &str) -> Option<&'static str> {
    /// Most letters counted.
    const SAMPLE: usize = 4000;
    if !may_be_wide(text) {
        return None;
    }
    let (mut hangul, mut kana, mut han, mut all) = (0, 0, 0, 0);
    for c in text.chars().filter(|&c| is_caseless(c) || c.is_alphabetic()).take(SAMPLE) {
        all += 1;
        match c as u32 {
            0xAC00..=0xD7AF => hangul += 1,
            0x3040..=0x30FF => kana += 1,
            0x3400..=0x9FFF => han += 1,
            _ => {}
        }
    }
    // A fifth is enough, since markup left in the text is all Latin.
    let many = |count: usize| count * 5 > all;
    if many(hangul) {
        Some("ko")
    } else if many(kana) {
        Some("ja")
    } else if many(han) {
        Some("zh")
    } else {
        None
    }
}

/// Whether a shown date may be a dateline's: it has a day and no label of another kind.
pub(crate) fn is_dateline(found: &Found) -> bool {
    found.date.day.is_some() && found.label != Label::Other && found.shape != Shape::Month
}
