//! Signals of a candidate by itself, relative to what else states a title, to the site and to the address.

use super::evidence::TitleSignal;
use super::words::{alike, alike_slug, common, read_words, slug, words};
use super::{Candidate, Titles};
use crate::block::Blocks;
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::key::{holds, key, width};
use crate::meta::layout::{Layout, MAX_LINE};
use crate::meta::signal::Signals;
use crate::meta::site::Site;
use crate::meta::split::{Cut, separators};

/// Most statements of a title that a candidate is compared with; a page has about four.
const MAX_STATED: usize = 8;
/// Shortest headline that is cut out of the first line and searched for in other lines, in bytes.
const SHORTEST_CUT: usize = 12;

// The weights are fitted to the steps below: whoever moves one must fit them again.
/// Widths in columns: narrower than the first is a word, than the second an entry of a menu; the others are wider than
/// most headlines, and than any.
const TINY: usize = 10;
const SHORT: usize = 24;
const LONG: usize = 110;
const HUGE: usize = 180;
/// From which share of common words on two texts have most or some in common, and below which hardly any: of the words
/// of one text, of those of both, and of those of a title and an address.
const OF_ONE: [f32; 3] = [0.75, 0.4, 0.2];
const OF_BOTH: [f32; 3] = [0.6, 0.25, 0.1];
const OF_SLUG: [f32; 3] = [0.7, 0.35, 0.1];

/// A text that candidates are compared with.
struct Text {
    key: String,
    words: Vec<u64>,
}

impl Text {
    fn new(text: &str) -> Text {
        Text { key: key(text), words: words(text) }
    }
}

/// What a page has to compare its candidates with.
struct Page {
    /// What `<title>` and `og:title` state first.
    tag: Option<Text>,
    graph: Option<Text>,
    /// The first `<h1>`.
    heading: Option<Text>,
    /// The key of the only `<h1>`.
    only_heading: Option<String>,
    /// All that states a title: declarations, and the first line of a flattened page.
    stated: Vec<Text>,
    /// The key of that first line.
    first_line: String,
    /// The key of the `<h1>` that is the site's name.
    logo: Option<String>,
    /// The words of the address.
    slug: Vec<String>,
}

impl Titles {
    /// Sets the signals that do not depend on where the body is.
    pub(super) fn compare(&mut self, blocks: &Blocks, layout: &Layout, declared: &Declared, site: &Site) {
        if !layout.marked_up {
            self.compare_cuts();
        }
        let page = self.page(blocks, layout, declared);
        let of_page = self.of_page(&page, declared);
        let mut words = Vec::new();
        for candidate in &mut self.candidates {
            read_words(&candidate.text, &mut words);
            candidate.signals = candidate.signals.or(of_page);
            candidate.spelled(words.len());
            candidate.compare_stated(&page, &words);
            candidate.compare_headings(&page, &words);
            candidate.compare_site(&page, site);
        }
    }

    fn page(&self, blocks: &Blocks, layout: &Layout, declared: &Declared) -> Page {
        let stated_in =
            |source: Source| declared.of(FactField::Title).find(|f| f.source == source).map(|f| Text::new(&f.value));
        let first = |signal: TitleSignal| self.candidates.iter().filter(move |c| c.has(signal));
        let own = declared.of(FactField::Title).filter(|f| !f.has(Fact::SECOND)).take(MAX_STATED);
        let mut stated: Vec<Text> = own.map(|f| Text::new(&f.value)).collect();
        // The first line of flattened text is the page's title, if any line is.
        let first_line = (!layout.marked_up && !blocks.items.is_empty()).then(|| blocks.text_of(layout.opening));
        stated.extend(first_line.filter(|line| line.len() <= MAX_LINE).map(Text::new));
        let tag = stated_in(Source::TitleTag);
        Page {
            logo: tag.as_ref().and_then(|tag| self.logo(&tag.key)),
            tag,
            graph: stated_in(Source::OpenGraph),
            heading: first(TitleSignal::FirstHeading).find(|c| c.heading).map(|c| Text::new(&c.text)),
            only_heading: first(TitleSignal::OnlyHeading).next().map(|c| c.key.clone()),
            stated,
            first_line: first_line.map(key).unwrap_or_default(),
            slug: declared.url.as_deref().map(slug).unwrap_or_default(),
        }
    }

    /// The `<h1>` that is the site's name: the page's title ends with it, and contains a longer `<h2>`.
    fn logo(&self, tag: &str) -> Option<String> {
        let logo = self.candidates.iter().find(|c| c.heading && tag.ends_with(&c.key) && c.key != tag)?;
        let is_headline =
            |c: &Candidate| c.has(TitleSignal::SecondHeading) && c.key.len() > logo.key.len() && holds(tag, &c.key);
        self.candidates.iter().any(is_headline).then(|| logo.key.clone())
    }

    /// The signals of the whole page, on which the choice between candidates may depend.
    fn of_page(&self, page: &Page, declared: &Declared) -> Signals<TitleSignal> {
        use TitleSignal as S;
        let first = |signal: S| self.candidates.iter().find(|c| c.has(signal));
        let heading = first(S::FirstHeading).map(|c| c.key.as_str());
        let [tag, graph] = [&page.tag, &page.graph].map(|text| text.as_ref().map(|text| text.key.as_str()));
        let holds =
            |whole: Option<&str>, part: Option<&str>| whole.zip(part).is_some_and(|(w, p)| w != p && holds(w, p));
        let is_same = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
        let mut signals = Signals::default();
        for (signal, holds) in [
            (S::PageGraphIsHeading, is_same(graph, heading)),
            (S::PageGraphHoldsHeading, holds(graph, heading)),
            (S::PageTagHoldsHeading, holds(tag, heading)),
            (S::PageTagHoldsGraph, holds(tag, graph)),
            (S::PageTagIsGraph, is_same(tag, graph)),
            (S::PageNoHeading, heading.is_none()),
            (S::PageManyHeadings, first(S::OneHeading).is_some()),
            (S::PageNoGraph, graph.is_none()),
            (S::PageLinked, first(S::LinkedRaw).is_some()),
            (S::PageSite, declared.of(FactField::Site).next().is_some()),
            (S::PageArticle, declared.is_graph_type("article")),
            (S::PageThing, declared.is_thing()),
            (S::NoArticle, !declared.is_article()),
        ] {
            signals.set_if(signal, holds);
        }
        signals
    }

    /// Marks headlines cut out of the first line that another line holds with a breadcrumb, author or time glued on.
    fn compare_cuts(&mut self) {
        use TitleSignal as S;
        let cuts: Vec<(usize, String)> = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.has(S::FlatExtended) && c.key.len() >= SHORTEST_CUT)
            .map(|(index, c)| (index, c.key.clone()))
            .collect();
        for (cut, text) in cuts {
            let mut inside = false;
            for (index, line) in self.candidates.iter_mut().enumerate() {
                let holds = index != cut
                    && line.block.is_some_and(|block| block > 0)
                    && line.key.len() > text.len()
                    && (line.key.starts_with(&text) || line.key.ends_with(&text));
                line.set_if(S::FlatHolds, holds);
                inside |= holds;
            }
            self.candidates[cut].set_if(S::FlatInside, inside);
        }
    }
}

impl Candidate {
    /// Signals of the text itself, of `words` different words, and of how many sources agree on it.
    fn spelled(&mut self, words: usize) {
        use TitleSignal as S;
        match self.sources.count_ones() {
            0 | 1 => {}
            2 => self.set(S::Two),
            3 => self.set(S::Three),
            _ => self.set(S::Four),
        }
        let Candidate { text, signals, .. } = self;
        let columns = width(text);
        let marks = separators(text);
        for (signal, holds) in [
            (S::Tiny, columns < TINY),
            (S::Short, (TINY..SHORT).contains(&columns)),
            (S::Long, (LONG..HUGE).contains(&columns)),
            (S::Huge, columns >= HUGE),
            (S::Columns16, columns >= 16),
            (S::Columns32, columns >= 32),
            (S::Columns44, columns >= 44),
            (S::Columns56, columns >= 56),
            (S::Columns68, columns >= 68),
            (S::Columns80, columns >= 80),
            (S::Columns95, columns >= 95),
            (S::OneWord, words == 1),
            (S::FewWords, (2..=3).contains(&words)),
            (S::HasBar, marks.iter().any(|mark| mark.cut == Cut::Bar)),
            (S::HasDash, marks.iter().any(|mark| mark.cut == Cut::Dash)),
            (S::HasColon, text.contains([':', '：'])),
            (S::Digits, text.contains(|c: char| c.is_ascii_digit())),
            (S::Question, text.ends_with(['?', '？'])),
            (S::Sentence, text.ends_with(['.', '。'])),
            (S::Ellipsis, text.ends_with('…') || text.ends_with("...")),
        ] {
            signals.set_if(signal, holds);
        }
    }

    /// Relates the candidate to what states a title; `words` are its own.
    fn compare_stated(&mut self, page: &Page, words: &[u64]) {
        use TitleSignal as S;
        if let Some(tag) = &page.tag {
            let signal = if tag.key.starts_with(&self.key) {
                S::HeadOfTag
            } else if tag.key.ends_with(&self.key) {
                S::TailOfTag
            } else if holds(&tag.key, &self.key) {
                S::InsideTag
            } else {
                S::NotInTag
            };
            self.set_if(signal, tag.key != self.key);
            self.set_share_of(tag, words, [S::MostOfTag, S::HalfOfTag, S::FewOfTag]);
        }
        if let Some(graph) = &page.graph {
            self.set_if(S::HeadOfGraph, graph.key.starts_with(&self.key) && graph.key != self.key);
            self.set_if(S::NotInGraph, !holds(&graph.key, &self.key));
            self.set_share_of(graph, words, [S::MostOfGraph, S::HalfOfGraph, S::FewOfGraph]);
        }
        // A text that is shown should be like what is stated elsewhere.
        if self.block.is_some() {
            let others = page.stated.iter().filter(|stated| stated.key != self.key);
            let likeness = others.map(|other| alike(words, &other.words)).fold(0.0, f32::max);
            self.set_step(likeness, OF_BOTH, [S::AlikeMost, S::AlikeSome, S::AlikeNone]);
        }
        self.set_if(S::FlatIsFirst, page.first_line == self.key);
    }

    /// Relates the candidate to the headings of first level; `words` are its own.
    fn compare_headings(&mut self, page: &Page, words: &[u64]) {
        use TitleSignal as S;
        if let Some(only) = page.only_heading.as_ref().filter(|only| **only != self.key) {
            self.set_if(S::LongerThanHeading, holds(&self.key, only));
            self.set_if(S::ShorterThanHeading, holds(only, &self.key));
        }
        let Some(heading) = page.heading.as_ref().filter(|heading| heading.key != self.key) else { return };
        self.set_if(S::HoldsHeading, holds(&self.key, &heading.key));
        self.set_if(S::WithinHeading, holds(&heading.key, &self.key));
        self.set_share_of(heading, words, [S::MostOfHeading, S::HalfOfHeading, S::FewOfHeading]);
        if !self.heading {
            let [_, some, few] = OF_BOTH;
            let likeness = alike(words, &heading.words);
            self.set_if(S::ShownAlike, likeness >= some);
            self.set_if(S::ShownOther, likeness < few);
        }
    }

    /// Relates the candidate to the names of the site and to the address.
    fn compare_site(&mut self, page: &Page, site: &Site) {
        use TitleSignal as S;
        let is_logo = page.logo.as_ref() == Some(&self.key);
        let is_named = site.is_named(&self.key) || site.is_owner(&self.key) || is_logo;
        self.set_if(S::IsLogo, is_logo);
        self.set_if(S::IsSite, is_named);
        self.set_if(S::IsSiteAlike, !is_named && site.is_site(&self.text, &self.key));
        self.set_if(S::IsSection, site.is_section(&self.key));
        if !page.slug.is_empty() {
            let share = alike_slug(&self.text, &page.slug);
            self.set_step(share, OF_SLUG, [S::SlugMost, S::SlugHalf, S::SlugNone]);
        }
    }

    /// Sets the signal for the share of a text's words that the candidate has.
    fn set_share_of(&mut self, whole: &Text, words: &[u64], signals: [TitleSignal; 3]) {
        if !whole.words.is_empty() {
            self.set_step(common(words, &whole.words) as f32 / whole.words.len() as f32, OF_ONE, signals);
        }
    }

    /// Sets the signal for a share: most, some or hardly any. Between the last two there is none.
    fn set_step(&mut self, share: f32, [most, some, few]: [f32; 3], signals: [TitleSignal; 3]) {
        self.set_if(signals[0], share >= most);
        self.set_if(signals[1], (some..most).contains(&share));
        self.set_if(signals[2], share < few);
    }
}
