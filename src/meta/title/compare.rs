//! How the candidates relate to each other, to the site and to the address.

use super::evidence::TitleSignal;
use super::{Candidate, Titles};
use crate::block::Blocks;
use crate::meta::declared::Declared;
use crate::meta::fact::{Fact, Field, Source};
use crate::meta::key::{self, hash, holds, is_wide, is_word, key, may_be_wide, width};
use crate::meta::layout::{Layout, MAX_LINE};
use crate::meta::site::Site;
use crate::meta::split::{Cut, separators};

/// The words of the wordiest part of an address: the site's own short form of the headline.
pub(super) fn slug(url: &str) -> Vec<String> {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    let words = |part: &str| -> Vec<String> {
        part.split(|c: char| !is_word(c))
            .filter(|w| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit()))
            .map(str::to_lowercase)
            .collect()
    };
    path.split('/').skip(1).map(words).filter(|w| w.len() >= 3).max_by_key(Vec::len).unwrap_or_default()
}

/// The words of a title as sorted hashes; in scripts without spaces, its characters.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    read_words(text, &mut words);
    words
}

/// Like [`words`], replacing the content of `words`.
fn read_words(text: &str, words: &mut Vec<u64>) {
    words.clear();
    words.reserve(text.len() / 3 + 1);
    let may_be_wide = may_be_wide(text);
    for word in key::words(text) {
        if may_be_wide && word.chars().any(is_wide) {
            words.extend(word.chars().map(|c| u64::from(u32::from(c))));
        } else {
            words.push(hash(word));
        }
    }
    words.sort_unstable();
    words.dedup();
}

/// The share of words that two titles have in common.
pub(super) fn alike(one: &[u64], other: &[u64]) -> f32 {
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let all = one.len() + other.len() - common;
    common as f32 / all.max(1) as f32
}

impl Titles {
    /// Sets the signals that relate the candidates to each other, to the site and to the address.
    pub(super) fn compare(&mut self, blocks: &Blocks, layout: &Layout, declared: &Declared, site: &Site) {
        use TitleSignal as S;
        let stated = |source: Source| declared.of(Field::Title).find(|f| f.source == source).map(|f| key(&f.value));
        let tag = stated(Source::TitleTag);
        let graph = stated(Source::OpenGraph);
        let heading = self.candidates.iter().find(|c| c.has(S::OnlyHeading)).map(|c| c.key.clone());
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
        // The first line of flattened text is the page's title, if any line is.
        let first_line = (!layout.marked_up && !blocks.items.is_empty()).then(|| blocks.text_of(layout.opening));
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
            .find(|c| c.heading && c.has(S::FirstHeading))
            .map(|c| (c.key.clone(), words(&c.text)));
        let page = self.page(declared, tag.as_deref(), graph.as_deref());
        let source_words = |source: Source| {
            declared.of(Field::Title).find(|f| f.source == source).map(|f| words(&f.value)).unwrap_or_default()
        };
        let (tag_words, graph_words) = (source_words(Source::TitleTag), source_words(Source::OpenGraph));
        let logo = tag.as_deref().and_then(|tag| self.logo(tag));
        let mut own = Vec::new();
        for candidate in &mut self.candidates {
            let name = std::mem::take(&mut candidate.key);
            read_words(&candidate.text, &mut own);
            for &signal in &page {
                candidate.set(signal);
            }
            if let Some((shown_name, shown)) = shown.as_ref().filter(|(shown_name, _)| *shown_name != name) {
                candidate.set_if(S::HoldsHeading, holds(&name, shown_name));
                candidate.set_if(S::WithinHeading, holds(shown_name, &name));
                candidate.share(shown, &own, [S::MostOfHeading, S::HalfOfHeading, S::FewOfHeading]);
            }
            candidate.share(&graph_words, &own, [S::MostOfGraph, S::HalfOfGraph, S::FewOfGraph]);
            candidate.share(&tag_words, &own, [S::MostOfTag, S::HalfOfTag, S::FewOfTag]);
            candidate.set_if(S::HasColon, candidate.text.contains([':', '：']));
            candidate.set_if(S::Question, candidate.text.ends_with(['?', '？']));
            candidate.set_if(S::Digits, candidate.text.contains(|c: char| c.is_ascii_digit()));
            candidate.set_if(S::OneWord, own.len() == 1);
            candidate.set_if(S::FewWords, (2..=3).contains(&own.len()));
            match candidate.sources.count_ones() {
                0 | 1 => {}
                2 => candidate.set(S::Two),
                3 => candidate.set(S::Three),
                _ => candidate.set(S::Four),
            }
            if let Some(tag) = &tag {
                let signal = if tag.starts_with(&name) {
                    S::HeadOfTag
                } else if tag.ends_with(&name) {
                    S::TailOfTag
                } else if holds(tag, &name) {
                    S::InsideTag
                } else {
                    S::NotInTag
                };
                candidate.set_if(signal, *tag != name);
            }
            if let Some(graph) = &graph {
                candidate.set_if(S::HeadOfGraph, graph.starts_with(&name) && *graph != name);
                candidate.set_if(S::NotInGraph, !holds(graph, &name));
            }
            if let Some(heading) = heading.as_ref().filter(|h| **h != name) {
                candidate.set_if(S::LongerThanHeading, holds(&name, heading));
                candidate.set_if(S::ShorterThanHeading, holds(heading, &name));
            }
            let columns = width(&candidate.text);
            let steps = [
                (16, S::Columns16),
                (32, S::Columns32),
                (44, S::Columns44),
                (56, S::Columns56),
                (68, S::Columns68),
                (80, S::Columns80),
                (95, S::Columns95),
            ];
            for (step, signal) in steps {
                candidate.set_if(signal, columns >= step);
            }
            candidate.set_if(S::Tiny, columns < 10);
            candidate.set_if(S::Short, (10..24).contains(&columns));
            candidate.set_if(S::Long, (110..180).contains(&columns));
            candidate.set_if(S::Huge, columns >= 180);
            if candidate.block.is_some() {
                let best =
                    stated_words.iter().filter(|(k, _)| *k != name).map(|(_, w)| alike(&own, w)).fold(0.0, f32::max);
                candidate.set_if(S::AlikeMost, best >= 0.6);
                candidate.set_if(S::AlikeSome, (0.25..0.6).contains(&best));
                candidate.set_if(S::AlikeNone, best < 0.1);
            }
            if !candidate.heading
                && let Some((shown_name, shown)) = &shown
                && *shown_name != name
            {
                let likeness = alike(&own, shown);
                candidate.set_if(S::ShownAlike, likeness >= 0.25);
                candidate.set_if(S::ShownOther, likeness < 0.1);
            }
            let is_logo = logo.as_ref() == Some(&name);
            candidate.set_if(S::IsLogo, is_logo);
            let named = site.is_named(&name) || is_logo;
            candidate.set_if(S::IsSite, named);
            candidate.set_if(S::IsSiteAlike, !named && site.is_site(&candidate.text, &name));
            candidate.set_if(S::IsSection, site.is_section(&name));
            let marks = separators(&candidate.text);
            candidate.set_if(S::HasBar, marks.iter().any(|m| m.cut == Cut::Bar));
            candidate.set_if(S::HasDash, marks.iter().any(|m| m.cut == Cut::Dash));
            candidate.set_if(S::Sentence, candidate.text.ends_with(['.', '。']));
            candidate.set_if(S::Ellipsis, candidate.text.ends_with(['…']) || candidate.text.ends_with("..."));
            candidate.set_if(S::NoArticle, !article);
            candidate.set_if(S::FlatIsFirst, !layout.marked_up && first_key == name);
            if !slug.is_empty() {
                let lower = candidate.text.to_lowercase();
                let words: Vec<&str> = key::words(&lower).filter(|word| word.len() > 1).collect();
                let common = slug.iter().filter(|w| words.contains(&w.as_str())).count();
                let share = common as f32 / slug.len().max(words.len()).max(1) as f32;
                candidate.set_if(S::SlugMost, share >= 0.7);
                candidate.set_if(S::SlugHalf, (0.35..0.7).contains(&share));
                candidate.set_if(S::SlugNone, share < 0.1);
            }
            candidate.key = name;
        }
    }

    /// The `<h1>` that is the site's name: the page's title ends with it, and contains a longer `<h2>`.
    fn logo(&self, tag: &str) -> Option<String> {
        let logo = self.candidates.iter().find(|c| c.heading && tag.ends_with(&c.key) && c.key != tag)?;
        let headline =
            |c: &Candidate| c.has(TitleSignal::SecondHeading) && c.key.len() > logo.key.len() && holds(tag, &c.key);
        self.candidates.iter().any(headline).then(|| logo.key.clone())
    }

    /// The signals of the whole page, on which the choice between candidates may depend.
    fn page(&self, declared: &Declared, tag: Option<&str>, graph: Option<&str>) -> Vec<TitleSignal> {
        use TitleSignal as S;
        let first = |signal: S| self.candidates.iter().find(|c| c.has(signal));
        let heading = first(S::FirstHeading).map(|c| c.key.as_str());
        let holds =
            |whole: Option<&str>, part: Option<&str>| whole.zip(part).is_some_and(|(w, p)| w != p && holds(w, p));
        let same = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
        let thing = |value: &str| {
            ["Product", "product", "DiscussionForum", "QAPage", "Question"].iter().any(|t| value.contains(t))
        };
        [
            (S::PageGraphIsHeading, same(graph, heading)),
            (S::PageGraphHoldsHeading, holds(graph, heading)),
            (S::PageTagHoldsHeading, holds(tag, heading)),
            (S::PageTagHoldsGraph, holds(tag, graph)),
            (S::PageTagIsGraph, same(tag, graph)),
            (S::PageNoHeading, heading.is_none()),
            (S::PageManyHeadings, first(S::OneHeading).is_some()),
            (S::PageNoGraph, graph.is_none()),
            (S::PageLinked, first(S::LinkedRaw).is_some()),
            (S::PageSite, declared.of(Field::Site).next().is_some()),
            (S::PageArticle, declared.of(Field::Type).any(|f| f.source == Source::OpenGraph && f.value == "article")),
            (S::PageThing, declared.of(Field::Type).any(|f| thing(&f.value))),
        ]
        .into_iter()
        .filter_map(|(signal, holds)| holds.then_some(signal))
        .collect()
    }

    /// Marks headlines cut out of the first line that another line holds with a breadcrumb, author or time glued on.
    fn compare_cuts(&mut self) {
        use TitleSignal as S;
        let cuts: Vec<(usize, String)> = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.has(S::FlatExtended) && c.key.len() >= 12)
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
    /// Sets the signal for the share of words in `whole` that the candidate has: most, half or few.
    fn share(&mut self, whole: &[u64], own: &[u64], [most, half, few]: [TitleSignal; 3]) {
        if whole.is_empty() {
            return;
        }
        let common = own.iter().filter(|word| whole.binary_search(word).is_ok()).count();
        let share = common as f32 / whole.len() as f32;
        self.set_if(most, share >= 0.75);
        self.set_if(half, (0.4..0.75).contains(&share));
        self.set_if(few, share < 0.2);
    }
}
