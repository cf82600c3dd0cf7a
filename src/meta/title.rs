//! The headline: which of the page's many titles, and how much of it.
//!
//! Every declared title and every block that may be the headline is a candidate, whole and with ends cut off at separators.
//! Texts that agree are one candidate; its signals say who states it and where it stands.

use super::declared::Declared;
use super::fact::{Fact, Field, Source};
use super::hint::Hint;
use super::key::{hash, is_wide, is_word, key, width};
use super::layout::{Layout, MAX_LINE};
use super::signal::{Signals, Weights, signals};
use super::site::Site;
use super::split::{Cut, separators};
use crate::block::{Block, Blocks, Kind};
use std::collections::HashMap;
use std::ops::Range;

/// Candidates kept; a page has a dozen, a hostile one a thousand headings.
const MAX_CANDIDATES: usize = 120;
/// Widest line that may be a headline for its place alone, in columns.
const MAX_HEADLINE: u32 = 220;
/// Narrowest headline before a date in one line, in columns; below it is a name.
const MIN_LABELLED: usize = 24;
/// Lines before the body that may hold its headline.
const BEFORE: usize = 25;

signals! {
    /// What can speak for or against a headline.
    TitleSignal {
        LinkedRaw => "jsonld.raw",
        LinkedSite => "jsonld.site_off",
        LinkedCut => "jsonld.cut",
        NameRaw => "jsonld_name.raw",
        NameSite => "jsonld_name.site_off",
        NameCut => "jsonld_name.cut",
        GraphRaw => "og.raw",
        GraphSite => "og.site_off",
        GraphCut => "og.cut",
        TwitterRaw => "twitter.raw",
        TwitterSite => "twitter.site_off",
        TwitterCut => "twitter.cut",
        MetaRaw => "meta.raw",
        MetaSite => "meta.site_off",
        MetaCut => "meta.cut",
        ItemRaw => "item.raw",
        ItemSite => "item.site_off",
        ItemCut => "item.cut",
        TagRaw => "tag.raw",
        TagSite => "tag.site_off",
        TagSection => "tag.section_off",
        TagCutBar => "tag.cut_bar",
        TagCutDash => "tag.cut_dash",
        TagCutColon => "tag.cut_colon",
        HeadCut => "cut.at_head",
        MiddleCut => "cut.at_both_ends",
        SeveralCut => "cut.several",
        SiteKept => "cut.site_kept",
        OnlyHeading => "h1.only",
        OneHeading => "h1.one_of_several",
        FirstHeading => "h1.first",
        SecondHeading => "h2",
        LowHeading => "h3",
        TitleHint => "block.title_class",
        PlainBlock => "block.plain",
        CutBlock => "block.cut",
        Linked => "block.linked",
        InHeader => "block.in_header",
        InAside => "block.in_aside",
        Hidden => "block.hidden",
        RepeatedTwice => "block.twice",
        RepeatedOften => "block.often",
        FirstBlock => "block.first",
        BodyNext => "place.next_to_body",
        BodyNear => "place.near_body",
        BodyFar => "place.before_body",
        BodyStart => "place.body_start",
        BodyInside => "place.in_body",
        BodyAfter => "place.after_body",
        LastBefore => "place.last_heading_before_body",
        MetaNear => "place.byline_or_date_near",
        NoBlock => "place.nowhere",
        Two => "agree.two",
        Three => "agree.three",
        Four => "agree.four",
        HeadOfTag => "in_tag.head",
        TailOfTag => "in_tag.tail",
        InsideTag => "in_tag.inside",
        NotInTag => "in_tag.not",
        HeadOfGraph => "in_og.head",
        NotInGraph => "in_og.not",
        LongerThanHeading => "h1.extended",
        ShorterThanHeading => "h1.shortened",
        Tiny => "width.tiny",
        Short => "width.short",
        Long => "width.long",
        Huge => "width.huge",
        IsSite => "is.site",
        IsSiteAlike => "is.site_alike",
        IsSection => "is.section",
        HasBar => "has.bar",
        HasDash => "has.dash",
        Sentence => "ends.sentence",
        Ellipsis => "ends.ellipsis",
        SlugMost => "slug.most",
        SlugHalf => "slug.half",
        SlugNone => "slug.none",
        FlatPlain => "flat.plain",
        FlatFirst => "flat.first",
        FlatTwice => "flat.twice",
        FlatNext => "flat.next_to_body",
        FlatNear => "flat.near_body",
        FlatStart => "flat.body_start",
        FlatMeta => "flat.byline_or_date_near",
        FlatSlugMost => "flat.slug.most",
        FlatSlugHalf => "flat.slug.half",
        FlatSentence => "flat.sentence",
        FlatShort => "flat.short",
        FlatBeforeLong => "flat.longest_before_body",
        FlatHeading => "flat.heading",
        FlatExtended => "flat.cut_of_first",
        FlatIsFirst => "flat.is_first_line",
        FlatInside => "flat.cut_inside_line",
        FlatHolds => "flat.line_holds_cut",
        BeforeDate => "block.before_date_label",
        NoArticle => "type.no_article",
        AlikeMost => "alike.most",
        AlikeSome => "alike.some",
        AlikeNone => "alike.none",
        ShownAlike => "shown_alike.h1",
        ShownOther => "shown_other.h1",
        SameAsFirst => "block.starts_page_title",
    }
}

/// A text that may be the headline.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    key: String,
    /// The block that shows it, if any.
    pub(crate) block: Option<usize>,
    /// Whether that block is a first-level heading.
    heading: bool,
    sources: u32,
    pub(crate) signals: Signals,
}

/// All candidates of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    pub(crate) candidates: Vec<Candidate>,
}

/// How much of a stated title a candidate is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Raw,
    /// What was cut off is the site's name.
    Site,
    /// Site and section.
    Section,
    Other(Cut),
}

struct Gatherer<'a> {
    site: &'a Site,
    layout: &'a Layout,
    index: HashMap<String, usize>,
    candidates: Vec<Candidate>,
}

impl Gatherer<'_> {
    fn put(&mut self, text: &str, signals: &[TitleSignal], source: u32) -> Option<usize> {
        let name = key(text);
        if name.is_empty() || width(text) > MAX_LINE {
            return None;
        }
        let at = match self.index.get(&name) {
            Some(&at) => at,
            None if self.candidates.len() >= MAX_CANDIDATES => return None,
            None => {
                let candidate = Candidate {
                    text: text.to_owned(),
                    key: name.clone(),
                    block: None,
                    heading: false,
                    sources: 0,
                    signals: Signals::default(),
                };
                self.index.insert(name, self.candidates.len());
                self.candidates.push(candidate);
                self.candidates.len() - 1
            }
        };
        let candidate = &mut self.candidates[at];
        candidate.sources |= source;
        for &signal in signals {
            candidate.signals.set(signal as usize);
        }
        Some(at)
    }

    /// A stated title, whole and with its ends cut off.
    fn stated(&mut self, title: &str, signal: impl Fn(Part) -> TitleSignal, source: u32) {
        self.put(title, &[signal(Part::Raw)], source);
        for (range, part, extra) in self.parts(title) {
            let text = title.get(range).unwrap_or_default();
            let mut signals = vec![signal(part)];
            signals.extend(extra);
            self.put(text, &signals, if part == Part::Site { source } else { 0 });
        }
    }

    /// The pieces of `title` that may be the headline, each with what was cut off and how.
    fn parts(&self, title: &str) -> Vec<(Range<usize>, Part, Vec<TitleSignal>)> {
        let marks = separators(title);
        let mut pieces = Vec::with_capacity(marks.len() + 1);
        let mut start = 0;
        for mark in &marks {
            pieces.push(start..mark.range.start);
            start = mark.range.end;
        }
        pieces.push(start..title.len());
        let count = pieces.len();
        let piece = |index: usize| title.get(pieces[index].clone()).unwrap_or_default();
        let is_site: Vec<bool> = (0..count).map(|i| self.site.is_site(piece(i))).collect();
        let is_section: Vec<bool> = (0..count).map(|i| self.site.is_section(piece(i))).collect();
        let mut out = Vec::new();
        for (first, head) in pieces.iter().enumerate() {
            for (last, tail) in pieces.iter().enumerate().skip(first) {
                if last + 1 - first == count {
                    continue;
                }
                let cut: Vec<usize> = (0..first).chain(last + 1..count).collect();
                let weakest = marks
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| i + 1 == first || *i == last)
                    .map(|(_, mark)| mark.cut)
                    .min()
                    .unwrap_or(Cut::Bar);
                let part = if cut.iter().all(|&i| is_site[i]) {
                    Part::Site
                } else if cut.iter().all(|&i| is_site[i] || is_section[i]) {
                    Part::Section
                } else {
                    Part::Other(weakest)
                };
                let mut extra = Vec::new();
                if first > 0 {
                    extra.push(if last + 1 < count { TitleSignal::MiddleCut } else { TitleSignal::HeadCut });
                }
                if cut.len() > 1 {
                    extra.push(TitleSignal::SeveralCut);
                }
                if (first..=last).any(|i| is_site[i]) && last > first {
                    extra.push(TitleSignal::SiteKept);
                }
                out.push((head.start..tail.end, part, extra));
            }
        }
        out
    }
}

/// Where a fact's family of signals begins: raw, site cut off, otherwise cut.
fn stated_signal(source: Source, named: bool, part: Part) -> TitleSignal {
    use TitleSignal as S;
    let [raw, site, cut] = match source {
        Source::JsonLd if named => [S::NameRaw, S::NameSite, S::NameCut],
        Source::JsonLd => [S::LinkedRaw, S::LinkedSite, S::LinkedCut],
        Source::OpenGraph => [S::GraphRaw, S::GraphSite, S::GraphCut],
        Source::Twitter => [S::TwitterRaw, S::TwitterSite, S::TwitterCut],
        Source::Microdata | Source::Rdfa => [S::ItemRaw, S::ItemSite, S::ItemCut],
        Source::TitleTag => {
            return match part {
                Part::Raw => S::TagRaw,
                Part::Site => S::TagSite,
                Part::Section => S::TagSection,
                Part::Other(Cut::Bar) => S::TagCutBar,
                Part::Other(Cut::Dash) => S::TagCutDash,
                Part::Other(Cut::Colon) => S::TagCutColon,
            };
        }
        _ => [S::MetaRaw, S::MetaSite, S::MetaCut],
    };
    match part {
        Part::Raw => raw,
        Part::Site | Part::Section => site,
        Part::Other(_) => cut,
    }
}

/// Gathers all candidates. `marks` are blocks that hold a byline or a date, in order; `labels` where in a block the label of
/// a date begins.
pub(crate) fn propose(
    blocks: &Blocks,
    layout: &Layout,
    declared: &Declared,
    site: &Site,
    marks: &[usize],
    labels: &[(usize, usize)],
) -> Titles {
    let mut gatherer = Gatherer { site, layout, index: HashMap::new(), candidates: Vec::new() };
    for fact in declared.of(Field::Title) {
        if fact.has(Fact::SECOND) || fact.has(Fact::COMMENT) {
            continue;
        }
        let named = fact.has(Fact::NO_ARTICLE);
        let source = 1 << (fact.source as u32);
        gatherer.stated(&fact.value, |part| stated_signal(fact.source, named, part), source);
    }
    gatherer.blocks(blocks, declared);
    gatherer.before_labels(blocks, labels);
    let mut titles = Titles { candidates: gatherer.candidates };
    titles.compare(blocks, layout, declared, site);
    titles.place(blocks, layout, &layout.body, marks);
    titles
}

impl Gatherer<'_> {
    fn blocks(&mut self, blocks: &Blocks, declared: &Declared) {
        let layout = self.layout;
        let flat = !layout.marked_up;
        let is_h1 = |block: &Block| block.kind == Kind::Heading(1) && !block.has(Block::HIDDEN);
        let h1s = blocks.items.iter().filter(|b| is_h1(b)).count();
        let mut first_h1 = true;
        let from = layout.body.start.saturating_sub(BEFORE);
        let stated: Vec<u64> = self.candidates.iter().map(|c| hash(&c.text)).collect();
        let page_title = declared.of(Field::Title).find(|f| f.source == Source::TitleTag).map(|f| key(&f.value));
        for (index, (block, line)) in blocks.items.iter().zip(&layout.lines).enumerate() {
            if line.hash == 0 || line.width < 2 || self.candidates.len() >= MAX_CANDIDATES {
                continue;
            }
            // Headings beyond the body head something else.
            let heading = match block.kind {
                Kind::Heading(1) => true,
                Kind::Heading(2) => index < layout.body.end,
                Kind::Heading(_) => (from..layout.body.start + 3).contains(&index),
                _ => false,
            };
            let near = (from..layout.body.start + 3).contains(&index)
                && (flat || line.width >= 12)
                && line.width <= MAX_HEADLINE;
            let known = stated.contains(&line.hash);
            let hinted = line.hint.has(Hint::TITLE) && index < layout.body.end;
            let head = flat && index < 4;
            if !(heading || near || known || hinted || head) {
                continue;
            }
            let text = blocks.text_of(index);
            let mut signals = Vec::with_capacity(4);
            match block.kind {
                Kind::Heading(1) if !line.hidden => {
                    signals.push(if h1s == 1 { TitleSignal::OnlyHeading } else { TitleSignal::OneHeading });
                    if std::mem::take(&mut first_h1) {
                        signals.push(TitleSignal::FirstHeading);
                    }
                }
                Kind::Heading(2) => signals.push(TitleSignal::SecondHeading),
                Kind::Heading(_) => signals.push(TitleSignal::LowHeading),
                _ => signals.push(TitleSignal::PlainBlock),
            }
            if let Some(tag) = &page_title
                && tag.starts_with(&key(text))
            {
                signals.push(TitleSignal::SameAsFirst);
            }
            if line.hint.has(Hint::TITLE) {
                signals.push(TitleSignal::TitleHint);
            }
            if line.linked {
                signals.push(TitleSignal::Linked);
            }
            if line.hidden {
                signals.push(TitleSignal::Hidden);
            }
            let source = if heading { 1 << 30 } else { 1 << 31 };
            if let Some(at) = self.put(text, &signals, source) {
                self.candidates[at].show(index, block.kind, flat && index < layout.body.start + 3);
            }
            // In flattened text the page's title is just its first line; headlines with the section glued on are everywhere.
            if head || heading || hinted {
                for (range, part, extra) in self.parts(text) {
                    let mut signals = extra;
                    signals.push(TitleSignal::CutBlock);
                    if head && index == 0 {
                        signals.push(TitleSignal::FlatExtended);
                    }
                    if matches!(part, Part::Site | Part::Section) {
                        signals.push(TitleSignal::TagSite);
                    }
                    self.put(text.get(range).unwrap_or_default(), &signals, 0);
                }
            }
        }
    }
}

impl Gatherer<'_> {
    /// On boards the header is one line: headline, label and date, counters.
    fn before_labels(&mut self, blocks: &Blocks, labels: &[(usize, usize)]) {
        let body = &self.layout.body;
        for &(index, at) in labels.iter().filter(|(index, _)| *index < body.start + 3) {
            let head = blocks.text_of(index).get(..at).unwrap_or_default().trim_end();
            if width(head) >= MIN_LABELLED
                && let Some(candidate) = self.put(head, &[TitleSignal::BeforeDate, TitleSignal::PlainBlock], 0)
            {
                self.candidates[candidate].show(index, blocks.items[index].kind, false);
            }
        }
    }
}

impl Candidate {
    /// Notes a block that shows it: the first of the highest rank.
    ///
    /// In flattened text, where the page's title stands among the lines, the last before the body.
    fn show(&mut self, index: usize, kind: Kind, later: bool) {
        let heading = kind == Kind::Heading(1);
        if self.block.is_none() || (heading && !self.heading) || (later && heading == self.heading) {
            (self.block, self.heading) = (Some(index), heading);
        }
    }

    fn set(&mut self, signal: TitleSignal, condition: bool) {
        self.signals.set_if(signal as usize, condition);
    }
}

/// The words of the last part of the address that has some: what the site itself made of the headline.
fn slug(url: &str) -> Vec<String> {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    let words = |part: &str| -> Vec<String> {
        part.split(|c: char| !is_word(c))
            .filter(|w| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit()))
            .map(str::to_lowercase)
            .collect()
    };
    path.split('/').skip(1).map(words).filter(|w| w.len() >= 3).max_by_key(Vec::len).unwrap_or_default()
}

/// The words of a title as sorted hashes; of scripts without spaces, the characters.
fn words(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = Vec::new();
    for word in text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()) {
        if word.chars().any(is_wide) {
            words.extend(word.chars().map(|c| u64::from(u32::from(c))));
        } else {
            words.push(hash(word));
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Share of words two titles have in common.
fn alike(one: &[u64], other: &[u64]) -> f32 {
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let all = one.len() + other.len() - common;
    common as f32 / all.max(1) as f32
}

impl Titles {
    /// Signals from how the candidates relate to each other, to the site and to the address.
    fn compare(&mut self, blocks: &Blocks, layout: &Layout, declared: &Declared, site: &Site) {
        use TitleSignal as S;
        let stated = |source: Source| declared.of(Field::Title).find(|f| f.source == source).map(|f| key(&f.value));
        let tag = stated(Source::TitleTag);
        let graph = stated(Source::OpenGraph);
        let heading = self.candidates.iter().find(|c| c.signals.has(S::OnlyHeading as usize)).map(|c| c.key.clone());
        let slug = declared.url.as_deref().map(slug).unwrap_or_default();
        let article = declared
            .of(Field::Type)
            .any(|f| !f.has(Fact::NO_ARTICLE) && (f.source == Source::JsonLd || f.value == "article"));
        let mut stated_words: Vec<(String, Vec<u64>)> = declared
            .of(Field::Title)
            .filter(|f| !f.has(Fact::SECOND))
            .take(8)
            .map(|f| (key(&f.value), words(&f.value)))
            .collect();
        // Flattened text: its first line is the page's title, if anything is.
        let first_line = (!layout.marked_up && !blocks.items.is_empty()).then(|| blocks.text_of(0));
        let first_key = first_line.map(key).unwrap_or_default();
        if let Some(line) = first_line.filter(|line| line.len() <= MAX_LINE) {
            stated_words.push((first_key.clone(), words(line)));
        }
        if !layout.marked_up {
            self.compare_cuts();
        }
        let shown = self
            .candidates
            .iter()
            .find(|c| c.heading && c.signals.has(S::FirstHeading as usize))
            .map(|c| (c.key.clone(), words(&c.text)));
        for candidate in &mut self.candidates {
            let name = candidate.key.clone();
            let own = words(&candidate.text);
            match candidate.sources.count_ones() {
                0 | 1 => {}
                2 => candidate.set(S::Two, true),
                3 => candidate.set(S::Three, true),
                _ => candidate.set(S::Four, true),
            }
            if let Some(tag) = &tag {
                let signal = if tag.starts_with(&name) {
                    S::HeadOfTag
                } else if tag.ends_with(&name) {
                    S::TailOfTag
                } else if tag.contains(&name) {
                    S::InsideTag
                } else {
                    S::NotInTag
                };
                candidate.set(signal, *tag != name);
            }
            if let Some(graph) = &graph {
                candidate.set(S::HeadOfGraph, graph.starts_with(&name) && *graph != name);
                candidate.set(S::NotInGraph, !graph.contains(&name));
            }
            if let Some(heading) = heading.as_ref().filter(|h| **h != name) {
                candidate.set(S::LongerThanHeading, name.contains(heading.as_str()));
                candidate.set(S::ShorterThanHeading, heading.contains(&name));
            }
            let columns = width(&candidate.text);
            candidate.set(S::Tiny, columns < 10);
            candidate.set(S::Short, (10..24).contains(&columns));
            candidate.set(S::Long, (110..180).contains(&columns));
            candidate.set(S::Huge, columns >= 180);
            if candidate.block.is_some() {
                let best =
                    stated_words.iter().filter(|(k, _)| *k != name).map(|(_, w)| alike(&own, w)).fold(0.0, f32::max);
                candidate.set(S::AlikeMost, best >= 0.6);
                candidate.set(S::AlikeSome, (0.25..0.6).contains(&best));
                candidate.set(S::AlikeNone, best < 0.1);
            }
            if !candidate.heading
                && let Some((shown_name, shown)) = &shown
                && *shown_name != name
            {
                let likeness = alike(&own, shown);
                candidate.set(S::ShownAlike, likeness >= 0.25);
                candidate.set(S::ShownOther, likeness < 0.1);
            }
            let named = site.is_named_key(&name);
            candidate.set(S::IsSite, named);
            candidate.set(S::IsSiteAlike, !named && site.is_site_key(&candidate.text, &name));
            candidate.set(S::IsSection, site.is_section_key(&name));
            let marks = separators(&candidate.text);
            candidate.set(S::HasBar, marks.iter().any(|m| m.cut == Cut::Bar));
            candidate.set(S::HasDash, marks.iter().any(|m| m.cut == Cut::Dash));
            candidate.set(S::Sentence, candidate.text.ends_with(['.', '。']));
            candidate.set(S::Ellipsis, candidate.text.ends_with(['…']) || candidate.text.ends_with("..."));
            candidate.set(S::NoArticle, !article);
            candidate.set(S::FlatIsFirst, !layout.marked_up && first_key == name);
            if !slug.is_empty() {
                let lower = candidate.text.to_lowercase();
                let words: Vec<&str> = lower.split(|c: char| !is_word(c)).filter(|w| w.len() > 1).collect();
                let common = slug.iter().filter(|w| words.contains(&w.as_str())).count();
                let share = common as f32 / slug.len().max(words.len()).max(1) as f32;
                candidate.set(S::SlugMost, share >= 0.7);
                candidate.set(S::SlugHalf, (0.35..0.7).contains(&share));
                candidate.set(S::SlugNone, share < 0.1);
            }
        }
    }

    /// A headline cut out of the first line may stand in another one with something glued to it: breadcrumb, author, time.
    fn compare_cuts(&mut self) {
        use TitleSignal as S;
        let cuts: Vec<(usize, String)> = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.signals.has(S::FlatExtended as usize) && c.key.len() >= 12)
            .map(|(index, c)| (index, c.key.clone()))
            .collect();
        for (cut, text) in cuts {
            let mut inside = false;
            for (index, line) in self.candidates.iter_mut().enumerate() {
                let holds = index != cut
                    && line.block.is_some_and(|block| block > 0)
                    && line.key.len() > text.len()
                    && (line.key.starts_with(&text) || line.key.ends_with(&text));
                line.set(S::FlatHolds, holds);
                inside |= holds;
            }
            self.candidates[cut].set(S::FlatInside, inside);
        }
    }

    /// Signals from where the candidates stand, given where the body is.
    pub(crate) fn place(&mut self, blocks: &Blocks, layout: &Layout, body: &Range<usize>, marks: &[usize]) {
        use TitleSignal as S;
        const PLACED: &[S] = &[
            S::BodyNext,
            S::BodyNear,
            S::BodyFar,
            S::BodyStart,
            S::BodyInside,
            S::BodyAfter,
            S::LastBefore,
            S::MetaNear,
            S::NoBlock,
            S::FlatNext,
            S::FlatNear,
            S::FlatStart,
            S::FlatMeta,
            S::FlatBeforeLong,
        ];
        let flat = !layout.marked_up;
        let last_heading = (0..body.start.min(blocks.items.len()))
            .rev()
            .take(60)
            .find(|&i| matches!(blocks.items[i].kind, Kind::Heading(1 | 2)) && !layout.lines[i].hidden);
        let longest_before = (body.start.saturating_sub(10)..body.start)
            .filter(|&i| i < layout.lines.len())
            .max_by_key(|&i| layout.lines[i].width.min(160));
        for candidate in &mut self.candidates {
            for &signal in PLACED {
                candidate.signals.0 &= !(1 << signal as usize);
            }
            let Some(index) = candidate.block else {
                candidate.set(S::NoBlock, true);
                continue;
            };
            let Some(line) = layout.lines.get(index) else { continue };
            candidate.set(S::InHeader, line.header);
            candidate.set(S::InAside, line.hint.has(Hint::ASIDE) || line.hint.has(Hint::COMMENT));
            candidate.set(S::RepeatedTwice, line.repeats == 2);
            candidate.set(S::RepeatedOften, line.repeats > 2);
            candidate.set(S::FirstBlock, index == 0);
            let signal = if index >= body.end {
                S::BodyAfter
            } else if index >= body.start {
                if index < body.start + 2 { S::BodyStart } else { S::BodyInside }
            } else {
                match body.start - index {
                    0..=3 => S::BodyNext,
                    4..=12 => S::BodyNear,
                    _ => S::BodyFar,
                }
            };
            candidate.set(signal, true);
            candidate.set(S::LastBefore, last_heading == Some(index));
            // A byline or a date in the next few lines.
            let next = marks.partition_point(|&mark| mark <= index);
            let near = marks.get(next).is_some_and(|&mark| mark - index <= 4);
            candidate.set(S::MetaNear, near);
            if flat {
                candidate.set(S::FlatPlain, true);
                candidate.set(S::FlatFirst, index == 0);
                candidate.set(S::FlatTwice, line.repeats == 2);
                candidate.set(S::FlatNext, signal == S::BodyNext);
                candidate.set(S::FlatNear, signal == S::BodyNear);
                candidate.set(S::FlatStart, signal == S::BodyStart);
                candidate.set(S::FlatMeta, near);
                candidate.set(S::FlatSlugMost, candidate.signals.has(S::SlugMost as usize));
                candidate.set(S::FlatSlugHalf, candidate.signals.has(S::SlugHalf as usize));
                candidate.set(S::FlatSentence, candidate.signals.has(S::Sentence as usize));
                candidate.set(S::FlatShort, line.width < 24);
                candidate.set(S::FlatBeforeLong, longest_before == Some(index));
                candidate.set(S::FlatHeading, matches!(blocks.items[index].kind, Kind::Heading(_)));
            }
        }
    }

    /// The likeliest candidate.
    pub(crate) fn best_index(&self, weights: &Weights) -> Option<usize> {
        let scored = self.candidates.iter().map(|c| weights.score(c.signals)).enumerate();
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }

    /// The likeliest candidate, and how likely it is right.
    pub(crate) fn best(&self, weights: &Weights) -> Option<(&Candidate, f32)> {
        let best = self.candidates.get(self.best_index(weights)?)?;
        let score = weights.score(best.signals);
        // A soft maximum over the candidates and the possibility that none is right, which scores 0.
        let all: f32 = self.candidates.iter().map(|c| (weights.score(c.signals) - score).exp()).sum();
        Some((best, weights.worth(1.0 / (all + (-score).exp()))))
    }
}
