//! Signals of a name by itself, of what the page shows of it, and of its rivals.

use super::common::CommonWords;
use super::gather::source;
use super::{Candidate, NameSignal, Names};
use crate::block::Blocks;
use crate::meta::declared::Declared;
use crate::meta::fact::{FactField, Source};
use crate::meta::key::{is_upper, is_wide};
use crate::meta::layout::Layout;
use crate::meta::name::{
    has_given_name, is_family_name_first, is_full_name, is_hangul, is_job, is_korean_name, is_no_name,
};
use crate::meta::signal::Signals;
use crate::meta::site::Site;
use crate::types::Role;
use crate::vocab::{Family, Hit, Vocab};

/// Most names that a name is compared with, to find names that are part of others.
const MAX_COMPARED: usize = 40;
/// Shortest part of a longer name, in bytes: shorter ones begin and end many names.
const SHORTEST_PART: usize = 5;
/// Longest name in a script of squares, in characters; longer ones are mostly phrases.
const LONGEST_WIDE: usize = 4;
/// A name of more words is mostly a phrase.
const MANY_WORDS: usize = 4;
/// Blocks before and after the headline in which a date belongs to it.
const DATE_ABOVE: usize = 4;
const DATE_BELOW: usize = 6;

/// Stated in a `<meta>` that is hardly ever about anybody but the author.
const IN_META: [NameSignal; 3] = [NameSignal::MetaPlain, NameSignal::MetaTracker, NameSignal::MetaArticle];
/// Named beside a word that says who wrote it, in a line or in a paragraph.
const WORDED: [NameSignal; 3] = [NameSignal::Worded, NameSignal::WordedHead, NameSignal::WordedTail];
/// In an element whose class says that it names the author.
const CLASSED: [NameSignal; 2] = [NameSignal::ClassTop, NameSignal::ClassMore];

impl Names {
    /// Sets the signals that do not depend on where headline and body are. `headline` and `first` are the keys of the
    /// headline's line and, on a flattened page, of the first line.
    pub(super) fn compare(&mut self, blocks: &Blocks, layout: &Layout, site: &Site, headline: &str, first: &str) {
        let Names { candidates, common, room, .. } = self;
        if !layout.marked_up {
            common.read(&blocks.text, candidates.iter().map(|candidate| candidate.name.as_str()));
        }
        let mut hits = Vec::new();
        for candidate in candidates.iter_mut() {
            hits.clear();
            Vocab::get().scan_in(room, &candidate.name, &mut hits);
            candidate.spelled();
            candidate.combined(!layout.marked_up);
            candidate.shown(layout, headline, first);
            candidate.identified(site, &hits);
            if !layout.marked_up {
                candidate.flattened(common);
            }
            candidate.barred(site, layout.marked_up);
        }
        self.compare_keys();
        self.compare_sources();
    }

    /// Relates names that are part of each other: `Jane Miller`, `Jane Miller Leeds`.
    fn compare_keys(&mut self) {
        let is_part = |shorter: &str, longer: &str| {
            longer.len() > shorter.len()
                && shorter.len() >= SHORTEST_PART
                && (longer.starts_with(shorter) || longer.ends_with(shorter))
        };
        for at in 0..self.candidates.len() {
            let key = &self.candidates[at].key;
            let mut others = self.candidates.iter().take(MAX_COMPARED).map(|other| &other.key);
            let extends = others.clone().any(|other| is_part(other, key));
            let extended = others.any(|other| is_part(key, other));
            let candidate = &mut self.candidates[at];
            candidate.set_if(NameSignal::Extends, extends);
            candidate.set_if(NameSignal::Extended, extended);
        }
    }

    /// Relates names by who states them: a source that names somebody else speaks against a name it does not state.
    fn compare_sources(&mut self) {
        use NameSignal as S;
        let any = |test: &dyn Fn(&Candidate) -> bool| self.candidates.iter().any(test);
        let linked = self.candidates.iter().filter(|c| c.has(S::Linked)).count();
        let is_linked_person = any(&|c| c.has_any([S::Linked, S::LinkedCreator]) && !c.has(S::LinkedHouse));
        let is_shown = |c: &Candidate| c.has(S::Led) || c.has_any(WORDED);
        let is_any_shown = any(&is_shown);
        let is_in_meta = any(&|c| c.has_any(IN_META));
        let is_alone = self.candidates.len() == 1;
        for candidate in &mut self.candidates {
            candidate.set_if(S::NoRival, is_alone);
            candidate.set_if(S::LinkedRival, linked > 0 && !candidate.has(S::Linked));
            candidate.set_if(S::SeenRival, is_any_shown && !is_shown(candidate));
            candidate.set_if(S::MetaRival, is_in_meta && !candidate.has_any(IN_META));
            candidate.set_if(S::HousePerson, is_linked_person && candidate.has(S::LinkedHouse));
            let is_agency = candidate.role == Role::Agency;
            candidate.set_if(S::AgencyAlone, is_agency && linked == 1 && candidate.has(S::Linked));
        }
    }

    /// Sets the signals of the outcome that there is no author: facts of the page, and what some candidate has.
    pub(super) fn nobody(&mut self, declared: &Declared, layout: &Layout, title: Option<usize>, dates: &[usize]) {
        use NameSignal as S;
        let is_date_near = |title: usize| {
            let next = dates.partition_point(|&date| date + DATE_ABOVE < title);
            dates.get(next).is_some_and(|&date| date <= title + DATE_BELOW)
        };
        let any = |test: &dyn Fn(&Candidate) -> bool| self.candidates.iter().any(test);
        let mut none = Signals::default();
        for (signal, holds) in [
            (S::NoneFlat, !layout.marked_up),
            (S::NoneLinked, any(&|c| c.has(S::Linked) && !c.has(S::LinkedHouse))),
            (S::NoneHouse, any(&|c| c.has(S::LinkedHouse))),
            (S::NoneMeta, any(&|c| c.has_any(IN_META))),
            (S::NoneLed, any(&|c| c.has(S::Led))),
            (S::NoneWorded, any(&|c| c.has_any(WORDED))),
            (S::NoneClass, any(&|c| c.has(S::ClassTop))),
            (S::NoneItem, any(&|c| c.has_any([S::Item, S::RelAuthor]))),
            (S::NoneBare, any(&|c| c.has(S::BareGiven))),
            (S::NoneGiven, any(&|c| c.has(S::GivenName))),
            (S::NonePosted, any(&|c| c.has(S::Posted))),
            (S::NoneArticle, declared.is_article()),
            (S::NoneAgree, any(&|c| c.sources.count_ones() > 1)),
            (S::NoneWide, any(&|c| c.has(S::Wide))),
            (S::NoneDated, declared.of(FactField::Published).next().is_some()),
            (S::NoneShown, !dates.is_empty()),
            (S::NoneNearDate, title.is_some_and(is_date_near)),
            (S::NoneThing, declared.is_thing()),
            (S::NoneFront, declared.is_front()),
            (S::NoneWebsite, declared.is_graph_type("website")),
        ] {
            none.set_if(signal, holds);
        }
        self.none = none;
    }
}

impl Candidate {
    /// Signals of the letters and words of the name.
    fn spelled(&mut self) {
        use NameSignal as S;
        let Candidate { name, signals, .. } = self;
        let mut set = |signal: S, condition: bool| signals.set_if(signal, condition);
        let words = name.split_whitespace().count();
        let is_wide = name.chars().any(is_wide);
        set(S::Wide, is_wide);
        if is_wide {
            set(S::WideName, name.chars().count() <= LONGEST_WIDE);
        } else {
            set(S::FullName, is_full_name(name));
            set(S::OneWord, words == 1);
            set(S::TwoWords, words == 2);
            set(S::ThreeWords, words == 3);
            set(S::GivenName, has_given_name(name));
            set(S::GivenFirst, name.split_whitespace().next().is_some_and(has_given_name));
            set(S::LowerCase, !name.chars().any(char::is_uppercase));
        }
        set(S::ManyWords, words > MANY_WORDS);
        set(S::Dotted, words == 1 && name.trim_end_matches('.').contains('.'));
        set(S::UpperCase, is_upper(name));
        set(S::Digits, name.chars().any(|c| c.is_ascii_digit()));
        set(S::FamilyName, is_family_name_first(name) || is_korean_name(name));
        let syllables = if name.chars().all(is_hangul) { name.chars().count() } else { 0 };
        set(S::TwoSyllables, syllables == 2);
        set(S::ThreeSyllables, syllables == 3 && is_korean_name(name));
    }

    /// Signals of who states the name, once more for the kinds of names for which that says more or less than usual: the
    /// table of weights adds signals up, and so cannot combine two.
    fn combined(&mut self, is_flat: bool) {
        use NameSignal as S;
        match self.sources.count_ones() {
            0 | 1 => {}
            2 => self.set(S::Two),
            3 => self.set(S::Three),
            _ => self.set(S::Four),
        }
        if self.has(S::GivenName) {
            self.set_if(S::BareGiven, self.has(S::Bare));
            self.set_if(S::ClassGiven, self.has_any(CLASSED));
            self.set_if(S::LinkedGiven, self.has(S::Linked));
            self.set_if(S::FlatGiven, is_flat);
        }
        if self.has(S::Wide) {
            self.set_if(S::WideMeta, self.has_any([S::MetaPlain, S::MetaArticle, S::MetaTwitter]));
            self.set_if(S::WideLinked, self.has(S::Linked));
            self.set_if(S::WideHouse, self.has(S::LinkedHouse));
            self.set_if(S::WideClass, self.has_any(CLASSED));
            self.set_if(S::WideLed, self.has(S::Led));
            self.set_if(S::WideWorded, self.has(S::Worded));
            self.set_if(S::WideHead, self.has(S::WordedHead));
            self.set_if(S::WideTail, self.has(S::WordedTail));
        }
    }

    /// Signals of where the page shows the name.
    fn shown(&mut self, layout: &Layout, headline: &str, first: &str) {
        use NameSignal as S;
        let line = layout.find(&self.name);
        self.set_if(S::OwnLine, line.is_some());
        match layout.heads(&self.name) {
            0 => {}
            1 => self.set(S::HeadsOne),
            2 => self.set(S::HeadsTwo),
            _ => self.set(S::HeadsMore),
        }
        self.set_if(S::InTitle, headline.contains(&self.key));
        self.set_if(S::InFirst, first.contains(&self.key));
        self.set_if(S::NoClass, layout.marked_up && !self.has_any(CLASSED));
        self.block = self.block.or(line);
        if self.block.is_none() && !self.has_any(CLASSED) && !self.has_any([S::RelAuthor, S::Item]) {
            self.set(S::Unseen);
            self.set_if(S::LinkedUnseen, self.has(S::Linked));
            self.set_if(S::MetaUnseen, self.has_any(IN_META) && !self.has(S::Linked));
        }
    }

    /// Signals of what else the name may be: the site's, a section's, an agency's, a part of the page's interface. `hits`
    /// are those of the vocabulary in the name.
    fn identified(&mut self, site: &Site, hits: &[Hit]) {
        use NameSignal as S;
        let (name, key) = (&self.name, &self.key);
        let is = |family: Family| Vocab::get().is_phrase(name, 0, |own| own == family);
        let is_named = site.is_named(key);
        let is_site_alike = !is_named && site.is_site(name, key);
        let is_section = site.is_section(key) || is(Family::Section);
        let is_admin = is(Family::Admin);
        // `Menu Search`, but not `By Our Editors`.
        let words = || name.split_whitespace();
        let is_menu = || !self.has(S::Led) && words().nth(1).is_some() && words().all(is_no_name);
        let is_furniture = is_no_name(name)
            || is_menu()
            || !self.has(S::Wide) && is_job(name)
            || hits.iter().any(|hit| hit.whole && hit.family.reason().is_some());
        self.set_if(S::IsSite, is_named);
        self.set_if(S::IsSiteAlike, is_site_alike);
        self.set_if(S::IsSection, is_section);
        self.set_if(S::IsAdmin, is_admin);
        self.set_if(S::Furniture, is_furniture);
        self.set_if(S::IsAgency, self.role == Role::Agency);
        let is_other = matches!(self.role, Role::Photographer | Role::Editor | Role::Translator | Role::Outlet);
        self.set_if(S::IsRole, is_other);
    }

    /// Signals of a name on a page that declares nothing, where more phrases pass for names.
    fn flattened(&mut self, common: &CommonWords) {
        use NameSignal as S;
        let is_common = || common.of_name(&self.name);
        if !self.has(S::Wide) && is_common().any(|is_common| is_common) {
            let are_all = is_common().all(|is_common| is_common);
            self.set(S::CommonWord);
            self.set_if(S::CommonWords, are_all);
        }
        // `No Comments` below a headline: only its place makes it look like a name.
        self.set_if(S::Barred, self.has(S::Furniture) && !self.is_declared() && !self.has(S::Worded));
    }

    /// Bars people who are not the author: whoever administers a board, took the pictures, translated or edited the text.
    fn barred(&mut self, site: &Site, is_marked_up: bool) {
        use NameSignal as S;
        let is_other = match self.role {
            Role::Editor => self.has(S::Wide) || self.has(S::Edits) && !self.is_declared(),
            Role::Photographer | Role::Translator => !self.has_any([S::Linked, S::MetaPlain]),
            _ => false,
        };
        // A section beside the date and a tag below the text look like names: `North Korea 09:31 August 20`.
        let is_known = self.has(S::IsSection) || site.is_tag(&self.key) && !self.has_any(CLASSED);
        let is_topic = is_known && !self.is_declared() && !self.has(S::Led);
        self.set_if(S::Barred, is_other || is_topic || self.has(S::IsAdmin) || is_marked_up && self.is_phrase());
    }

    /// Whether nothing but its capitals makes a line a name: `Business Law` above a date. Pages with markup mostly say in
    /// some other way who wrote them: of eight such lines that were chosen six named nobody.
    fn is_phrase(&self) -> bool {
        use NameSignal as S;
        self.sources == source::BARE && self.has(S::FullName) && !self.has(S::GivenName) && self.is_latin()
    }

    /// Whether the page declares the person to be an author.
    fn is_declared(&self) -> bool {
        self.sources & Source::ALL != 0
    }
}
