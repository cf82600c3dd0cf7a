//! Who wrote it: every name that some source puts forward, weighed.
//!
//! A name is a candidate once, however many sources state it. Its signals say which sources do, how it stands on the page
//! relative to headline and body, and what kind of text it is.

use super::declared::Declared;
use super::fact::{Fact, Field, Source};
use super::hint::Hint;
use super::key::{is_wide, key};
use super::layout::{Layout, Line};
use super::name::{Named, Trust, has_given_name, is_apart, is_family_name_first, is_full_name, is_korean_name, names};
use super::signal::{Signals, Weights, signals};
use super::site::Site;
use crate::block::{Blocks, Kind};
use crate::types::{Person, Role};
use crate::vocab::{Family, Hit, Vocab};
use std::collections::HashMap;
use std::ops::Range;

/// Names compared with each other for one being part of another.
const MAX_COMPARED: usize = 40;
/// Names kept of one page.
const MAX_NAMES: usize = 80;
/// Longest block read as a byline as a whole, in bytes.
const MAX_LINE: usize = 260;
/// Probability of there being an author from which one is named. Below one half, since a missing name costs as much as a wrong
/// one and the best guess is then right about as often as not; fitted.
const SOMEBODY: f32 = 0.28;
/// How likely another author must be, in parts of the likeliest, who stands in one list with them; and in the list of the
/// linked data, which is seldom wrong. Fitted.
const BESIDE: f32 = 0.3;
const BESIDE_LINKED: f32 = 0.01;
/// How much of a paragraph's head and tail may be a byline set into it, in bytes.
const WINDOW: usize = 150;

signals! {
    /// What can speak for or against somebody being the author.
    NameSignal {
        Linked => "jsonld.author",
        LinkedHouse => "jsonld.organization",
        LinkedCreator => "jsonld.creator",
        LinkedOther => "jsonld.no_article",
        LinkedSecond => "jsonld.second",
        MetaArticle => "meta.article",
        MetaTwitter => "meta.twitter",
        MetaDublin => "meta.dublin_core",
        MetaTracker => "meta.tracker",
        MetaCitation => "meta.citation",
        MetaPlain => "meta.author",
        Item => "item.author",
        ItemShaky => "item.comment_or_aside",
        RelAuthor => "rel.author",
        RelShaky => "rel.comment_or_aside",
        ClassTop => "class.first",
        ClassMore => "class.later",
        ClassShaky => "class.comment_or_aside",
        ClassBio => "class.bio",
        ClassLink => "class.link",
        ClassBeforeH1 => "class.before_h1",
        ClassMany => "class.many_names",
        AddressTag => "address",
        NoClass => "class.not",
        Led => "seen.led",
        LedLine => "seen.led_line",
        LedInside => "seen.led_in_prose",
        Worded => "seen.role_word",
        WordedHead => "seen.role_at_paragraph_head",
        WordedTail => "seen.role_at_paragraph_tail",
        Hinted => "seen.author_class",
        Bare => "seen.bare_name_line",
        Posted => "seen.poster",
        SeenShaky => "seen.comment_or_aside",
        SeenMany => "seen.many_in_line",
        NearTitle => "place.near_title",
        BeforeBody => "place.before_body",
        NearBody => "place.next_to_body",
        InBody => "place.in_body",
        BodyEnd => "place.body_end",
        AfterBody => "place.after_body",
        FarAfter => "place.far_after_body",
        WithDate => "place.date_near",
        Unseen => "place.nowhere",
        SeenOften => "place.often",
        Two => "agree.two",
        Three => "agree.three",
        Four => "agree.four",
        FullName => "shape.full_name",
        OneWord => "shape.one_word",
        ManyWords => "shape.many_words",
        LowerCase => "shape.lower_case",
        UpperCase => "shape.upper_case",
        Digits => "shape.digits",
        Wide => "shape.wide",
        WideName => "shape.wide_name",
        Dotted => "shape.domain",
        IsSite => "is.site",
        IsSiteAlike => "is.site_alike",
        IsSection => "is.section",
        IsAdmin => "is.admin",
        IsAgency => "is.agency",
        IsRole => "is.other_role",
        InTitle => "is.in_title",
        NoRival => "rival.none",
        LinkedRival => "rival.jsonld_names_others",
        SeenRival => "rival.seen_names_others",
        MetaRival => "rival.meta_names_others",
        Flat => "flat",
        FlatLed => "flat.led",
        FlatBare => "flat.bare",
        FlatNear => "flat.near_title",
        FlatDate => "flat.date_near",
        FlatWorded => "flat.role_word",
        LinkedUnseen => "jsonld.unseen",
        MetaUnseen => "meta.unseen",
        HousePerson => "organization_beside_person",
        GivenName => "shape.given_name",
        FamilyName => "shape.family_name",
        WideMeta => "wide.meta",
        WideLinked => "wide.jsonld",
        WideClass => "wide.class",
        WideLed => "wide.led",
        WideWorded => "wide.role_word",
        WideHead => "wide.role_at_paragraph_head",
        WideTail => "wide.role_at_paragraph_tail",
        WideNear => "wide.near_title",
        Mailed => "seen.mail",
        BareDated => "seen.bare_beside_date",
        BareGiven => "seen.bare_given_name",
        ClassGiven => "class.given_name",
        LinkedGiven => "jsonld.given_name",
        FlatGiven => "flat.given_name",
        Barred => "barred",
        Furniture => "is.furniture",
        Extends => "is.name_and_more",
        Extended => "is.part_of_another",
        AgencyAlone => "is.agency_alone",
        NoneFlat => "none.flat",
        NoneLinked => "none.jsonld_person",
        NoneHouse => "none.jsonld_organization",
        NoneMeta => "none.meta",
        NoneLed => "none.led",
        NoneWorded => "none.role_word",
        NoneClass => "none.class",
        NoneItem => "none.item_or_rel",
        NoneBare => "none.bare_given_name",
        NoneGiven => "none.given_name",
        NonePosted => "none.poster",
        NoneArticle => "none.article",
        NoneAgree => "none.two_agree",
        NoneWide => "none.wide",
    }
}

/// Somebody who may have written it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) name: String,
    key: String,
    pub(crate) role: Role,
    pub(crate) affiliation: Option<String>,
    sources: u32,
    /// The lists of names it stands in: numbers of statements and lines. Names of one byline stand and fall together.
    pub(crate) lists: Vec<u16>,
    /// The block that shows it as a byline.
    pub(crate) block: Option<usize>,
    pub(crate) signals: Signals,
}

impl Candidate {
    fn set(&mut self, signal: NameSignal) {
        self.signals.set(signal as usize);
    }
    fn set_if(&mut self, signal: NameSignal, condition: bool) {
        self.signals.set_if(signal as usize, condition);
    }
    fn has(&self, signal: NameSignal) -> bool {
        self.signals.has(signal as usize)
    }
}

/// All who were put forward, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) candidates: Vec<Candidate>,
    /// Blocks that are nothing but a byline.
    pub(crate) lines: Vec<usize>,
    /// What speaks for the page naming nobody.
    pub(crate) none: Signals,
}

#[derive(Default)]
struct Gatherer {
    index: HashMap<String, usize>,
    names: Names,
    /// The number of the list being read; 0 is the linked data's.
    list: u16,
    lists: u16,
}

/// Lists a name is noted in.
const MAX_LISTS: usize = 12;

impl Gatherer {
    fn put(&mut self, named: &Named, source: u32) -> Option<&mut Candidate> {
        let name = key(&named.name);
        if name.is_empty() {
            return None;
        }
        let at = match self.index.get(&name) {
            Some(&at) => at,
            None if self.names.candidates.len() >= MAX_NAMES => return None,
            None => {
                self.index.insert(name.clone(), self.names.candidates.len());
                self.names.candidates.push(Candidate {
                    name: named.name.clone(),
                    key: name,
                    role: named.role,
                    affiliation: named.affiliation.clone(),
                    sources: 0,
                    lists: Vec::new(),
                    block: None,
                    signals: Signals::default(),
                });
                self.names.candidates.len() - 1
            }
        };
        let candidate = &mut self.names.candidates[at];
        candidate.sources |= source;
        if candidate.lists.len() < MAX_LISTS && !candidate.lists.contains(&self.list) {
            candidate.lists.push(self.list);
        }
        if candidate.affiliation.is_none() {
            candidate.affiliation.clone_from(&named.affiliation);
        }
        // A byline in capitals is set so by style; another source has the name as it is written.
        if is_upper(&candidate.name) && !is_upper(&named.name) {
            candidate.name.clone_from(&named.name);
        }
        // A plain author is the weakest word on somebody's role.
        if candidate.role == Role::Author && named.worded {
            candidate.role = named.role;
        }
        Some(candidate)
    }
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Gathers everybody. `dates` are the blocks that hold a date, in order.
pub(crate) fn propose(
    blocks: &Blocks,
    hits: &[Hit],
    layout: &Layout,
    declared: &Declared,
    site: &Site,
    title: Option<usize>,
    dates: &[usize],
) -> Names {
    let mut gatherer = Gatherer::default();
    gatherer.declared(declared);
    gatherer.blocks(blocks, hits, layout, title, dates);
    let mut names = gatherer.names;
    let headline = title.map(|index| key(blocks.text_of(index))).unwrap_or_default();
    names.compare(layout, site, &headline);
    names.nobody(declared, layout);
    names.place(layout, &layout.body, title, dates);
    names
}

impl Gatherer {
    fn declared(&mut self, declared: &Declared) {
        use NameSignal as S;
        let mut class_names = 0;
        for fact in declared.of(Field::Author) {
            let found = names(&fact.value, if fact.has(Fact::MACHINE) { Trust::Stated } else { trust(fact) });
            let shaky = fact.flags & (Fact::COMMENT | Fact::ASIDE) != 0;
            let source = 1 << (fact.source as u32);
            self.next_list();
            if fact.source == Source::JsonLd && fact.flags & (Fact::SECOND | Fact::NO_ARTICLE | Fact::CREATOR) == 0 {
                self.list = 0;
            }
            for named in &found {
                let seen = class_names;
                let Some(candidate) = self.put(named, source) else { continue };
                match fact.source {
                    Source::JsonLd => {
                        let signal = if fact.has(Fact::SECOND) {
                            S::LinkedSecond
                        } else if fact.has(Fact::NO_ARTICLE) {
                            S::LinkedOther
                        } else if fact.has(Fact::CREATOR) {
                            S::LinkedCreator
                        } else {
                            S::Linked
                        };
                        candidate.set(signal);
                        candidate.set_if(S::LinkedHouse, fact.has(Fact::ORGANIZATION));
                    }
                    Source::Article | Source::OpenGraph => candidate.set(S::MetaArticle),
                    Source::Twitter => candidate.set(S::MetaTwitter),
                    Source::DublinCore => candidate.set(S::MetaDublin),
                    Source::Parsely | Source::Sailthru | Source::Dable => candidate.set(S::MetaTracker),
                    Source::Citation => candidate.set(S::MetaCitation),
                    Source::Microdata | Source::Rdfa => {
                        candidate.set(if shaky { S::ItemShaky } else { S::Item });
                    }
                    Source::Rel => candidate.set(if shaky { S::RelShaky } else { S::RelAuthor }),
                    Source::Address => candidate.set(S::AddressTag),
                    Source::Class => {
                        if shaky {
                            candidate.set(S::ClassShaky);
                        } else {
                            candidate.set(if seen == 0 { S::ClassTop } else { S::ClassMore });
                        }
                        candidate.set_if(S::ClassBio, fact.has(Fact::BIO));
                        candidate.set_if(S::ClassLink, fact.has(Fact::LINK));
                        candidate.set_if(S::ClassBeforeH1, fact.has(Fact::BEFORE_H1));
                    }
                    _ => candidate.set(S::MetaPlain),
                }
            }
            if matches!(fact.source, Source::Class) && !shaky && !found.is_empty() {
                class_names += 1;
            }
        }
        if class_names > 5 {
            for candidate in &mut self.names.candidates {
                candidate.set_if(S::ClassMany, candidate.has(S::ClassTop) || candidate.has(S::ClassMore));
            }
        }
    }

    fn blocks(&mut self, blocks: &Blocks, hits: &[Hit], layout: &Layout, title: Option<usize>, dates: &[usize]) {
        let mut next = 0;
        // Every place that shows the headline: the first is often the page's title or a breadcrumb.
        let headline = title.map_or(0, |index| layout.lines[index].hash);
        let same = |(i, l): (usize, &Line)| (title == Some(i) || headline != 0 && l.hash == headline).then_some(i);
        let shown: Vec<usize> = layout.lines.iter().enumerate().filter_map(same).take(8).collect();
        for (index, block) in blocks.items.iter().enumerate() {
            let range = block.text.range();
            while hits.get(next).is_some_and(|hit| (hit.start as usize) < range.start) {
                next += 1;
            }
            let count =
                hits.get(next..).unwrap_or_default().iter().take_while(|hit| (hit.start as usize) < range.end).count();
            let own = hits.get(next..next + count).unwrap_or_default();
            next += count;
            let line = layout.lines[index];
            if line.hidden || block.kind == Kind::Caption {
                continue;
            }
            let near_title = shown.iter().any(|&t| index > t && index <= t + 6);
            let near_body = (index..index + 6).contains(&layout.body.start) || index == layout.body.start + 1;
            let near_date = dates.get(dates.partition_point(|&d| d + 2 < index)).is_some_and(|&d| d <= index + 2);
            let bare = (near_title || near_body || near_date) && line.width <= 90;
            let bare = bare
                && (near_title
                    || near_body
                    || has_given_name(blocks.text_of(index))
                    || blocks.text_of(index).chars().any(is_wide));
            let mailed = line.width <= 60 && blocks.text_of(index).contains('@');
            let telling = mailed || own.iter().any(|hit| is_telling(hit.family));
            if !telling && !line.hint.has(Hint::AUTHOR) && !bare
                || title == Some(index)
                || matches!(block.kind, Kind::Heading(1))
            {
                continue;
            }
            let inset = line.width > 70
                && !line.hint.has(Hint::AUTHOR)
                && !own.iter().any(|hit| hit.at_start && hit.family == Family::BylineLead);
            if block.text.len() > MAX_LINE || (inset && is_inset(blocks.text_of(index))) {
                self.paragraph(blocks.text_of(index), index, range.start, own);
            } else {
                self.line(blocks, index, own, layout, bare, near_date);
            }
        }
    }

    /// A short block: a byline as a whole.
    fn line(&mut self, blocks: &Blocks, index: usize, hits: &[Hit], layout: &Layout, bare: bool, near_date: bool) {
        use NameSignal as S;
        let text = blocks.text_of(index);
        let line = layout.lines[index];
        let start = blocks.items[index].text.start;
        let apart = |hit: &&Hit| {
            let head = text.get((hit.start - start) as usize..(hit.end - start) as usize).unwrap_or_default();
            let rest = text.get((hit.end - start) as usize..).unwrap_or_default();
            is_apart(head, rest)
        };
        let leads = |hit: &&Hit| hit.at_start && matches!(hit.family, Family::BylineLead | Family::Poster);
        let led = hits.iter().filter(leads).find(apart);
        let inner = hits.iter().filter(|hit| hit.family == Family::BylineLead).find(apart);
        let worded = hits.iter().any(|hit| {
            matches!(hit.family, Family::Author | Family::Photographer | Family::Editor | Family::Translator)
        });
        let caption = hits.iter().any(|hit| hit.family == Family::Caption && hit.at_start);
        if caption && led.is_none() {
            return;
        }
        // `작성자` alone in its block: the name is in the next one.
        let label_only =
            led.is_some_and(|hit| hit.end as usize >= start as usize + text.trim_end_matches([':', '：', ' ']).len());
        if label_only && blocks.items.get(index + 1).is_some_and(|next| next.text.len() <= 60) {
            self.next_list();
            let mut found = names(blocks.text_of(index + 1), Trust::Stated);
            let poster = led.is_some_and(|hit| hit.family == Family::Poster);
            for named in found.iter_mut().take(4) {
                if poster {
                    named.role = Role::Poster;
                }
                if let Some(candidate) = self.put(named, 1 << 29) {
                    candidate.block.get_or_insert(index + 1);
                    candidate.set(if poster { S::Posted } else { S::Led });
                }
            }
            return;
        }
        // A role word alone under a name: `김하나` / `기자`.
        let role_only = worded && names(text, Trust::Seen).is_empty() && line.width <= 24;
        if role_only && index > 0 {
            let before = blocks.text_of(index - 1);
            if layout.lines[index - 1].width <= 24 {
                let joined = format!("{before} {text}");
                self.seen(&joined, Trust::Seen, index - 1, &[S::Worded], 1 << 28);
                return;
            }
        }
        let text_from = match (led, inner) {
            (Some(hit), _) if hit.family == Family::Poster => {
                let rest = text.get((hit.end - start) as usize..).unwrap_or_default();
                self.poster(rest, index);
                return;
            }
            (Some(_), _) => text,
            (None, Some(hit)) => text.get((hit.start - start) as usize..).unwrap_or_default(),
            _ => text,
        };
        let mut signals: Vec<NameSignal> = Vec::new();
        if led.is_some() {
            signals.push(S::Led);
            if line.width < 60 {
                signals.push(S::LedLine);
            }
        } else if inner.is_some() {
            signals.push(S::LedInside);
        }
        if worded {
            signals.push(S::Worded);
        }
        let hinted = line.hint.has(Hint::AUTHOR);
        if hinted {
            signals.push(S::Hinted);
        }
        if line.width <= 60 && text.contains('@') && !text.starts_with('@') {
            signals.push(S::Mailed);
        }
        if bare && signals.is_empty() {
            // No word says so; only a line that begins with a name will do.
            let head = text_from.split(['|', '·', '•', '–', '—', '/', ',']).next().unwrap_or_default();
            let head = head.split(" - ").next().unwrap_or_default();
            let head = head.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim();
            let wide = text.chars().any(is_wide);
            signals.push(S::Bare);
            if near_date {
                signals.push(S::BareDated);
            }
            if is_full_name(head) || (wide && line.width <= 40 && names(head, Trust::Seen).len() == 1) {
                let whole = if head.len() * 2 > text_from.len() { text_from } else { head };
                self.seen(whole, Trust::Seen, index, &signals, 1 << 27);
            } else if let Some(rest) = inner_lead(text_from) {
                signals.push(S::LedInside);
                self.seen(rest, Trust::Seen, index, &signals, 1 << 27);
            }
            return;
        }
        if hinted && signals.len() == 1 && line.width > 80 {
            return;
        }
        let trust = if hinted && line.width <= 40 { Trust::Stated } else { Trust::Seen };
        let source = if led.is_some() {
            1 << 30
        } else if worded {
            1 << 28
        } else {
            1 << 26
        };
        self.seen(text_from, trust, index, &signals, source);
    }

    fn poster(&mut self, rest: &str, index: usize) {
        // `작성자 oreo 작성일25-04-17 11:21 조회1회`: the nickname is one word.
        self.next_list();
        let rest = rest.trim_start_matches([':', '：', ' ']);
        let name = rest.split_whitespace().next().unwrap_or_default();
        if !name.is_empty() && name.len() <= 60 {
            let named = Named { name: name.to_owned(), role: Role::Poster, affiliation: None, worded: true };
            if let Some(candidate) = self.put(&named, 1 << 29) {
                candidate.block.get_or_insert(index);
                candidate.set(NameSignal::Posted);
            }
        }
    }

    fn next_list(&mut self) {
        self.lists = self.lists.saturating_add(1);
        self.list = self.lists;
    }

    fn seen(&mut self, text: &str, trust: Trust, index: usize, signals: &[NameSignal], source: u32) {
        let found = names(text, trust);
        self.next_list();
        let many = found.len() > 4;
        for named in &found {
            if let Some(candidate) = self.put(named, source) {
                candidate.block.get_or_insert(index);
                candidate.set_if(NameSignal::SeenMany, many);
                for &signal in signals {
                    candidate.set(signal);
                }
            }
        }
        if !found.is_empty() && !signals.contains(&NameSignal::WordedHead) && !signals.contains(&NameSignal::WordedTail)
        {
            self.names.lines.push(index);
        }
    }

    /// A paragraph may begin with a dateline that names the writer, or end with the name.
    fn paragraph(&mut self, text: &str, index: usize, start: usize, hits: &[Hit]) {
        use NameSignal as S;
        let place = |hit: &Hit| (hit.start as usize).saturating_sub(start);
        let telling = || hits.iter().filter(|hit| matches!(hit.family, Family::Author | Family::BylineLead));
        if telling().any(|hit| place(hit) < WINDOW) {
            let head = super::plain::cut(text, WINDOW);
            // `(서울=연합뉴스) 김하나 기자 = …`, `[해오름일보 김하나 기자] …`, `【東京=渡辺】`
            let end = head.find([']', '】']).filter(|_| text.starts_with(['[', '【'])).or_else(|| {
                head.char_indices()
                    .filter(|(_, c)| matches!(c, '=' | '＝'))
                    .map(|(at, _)| at)
                    .find(|&at| telling().any(|hit| place(hit) < at))
            });
            // `新华社深圳5月12日电（记者戴小河、印朋）由…`: a bracket with the word in it.
            if end.is_none()
                && let Some(inner) =
                    brackets(head).find(|(from, to)| telling().any(|hit| (*from..*to).contains(&place(hit))))
            {
                self.seen(
                    head.get(inner.0..inner.1).unwrap_or_default(),
                    Trust::Seen,
                    index,
                    &[S::WordedHead],
                    1 << 25,
                );
            }
            let bracketed = text.starts_with(['(', '（']).then(|| head.find([')', '）'])).flatten();
            if let Some(end) = end.or(bracketed) {
                // After a closing bracket the name may follow: `[서울=뉴시스]김수아 인턴 기자 =`.
                let equals = head
                    .get(end..)
                    .and_then(|rest| rest.find(['=', '＝']).map(|at| end + at))
                    .filter(|&at| at < end + 60);
                let piece = head.get(..equals.unwrap_or(end)).unwrap_or_default();
                self.seen(piece, Trust::Seen, index, &[S::WordedHead], 1 << 25);
            }
        }
        // `…举行。（张巨峰）`: nothing but names in brackets at the very end.
        if let Some((from, to)) = brackets(tail_of(text)).last()
            && let tail = tail_of(text)
            && tail.get(to..).is_some_and(|rest| rest.trim_end().chars().count() == 1)
            && let Some(inside) = tail.get(from..to)
            && inside.split([' ', '、', '，', ',']).all(is_family_name_first)
        {
            self.seen(inside, Trust::Seen, index, &[S::WordedTail], 1 << 24);
        }
        if telling().any(|hit| place(hit) + WINDOW > text.len()) {
            let from =
                (text.len().saturating_sub(WINDOW)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let tail = text.get(from..).unwrap_or_default();
            let closes = tail.trim_end().ends_with([')', '）', ']', '】']);
            let cut_at = if closes { tail.rfind(['(', '（', '[', '【']) } else { None };
            let cut_at = cut_at.or_else(|| {
                // Behind the last sentence; an address of mail has full stops too, hence only those a space follows.
                tail.char_indices()
                    .filter(|&(at, c)| {
                        let after = tail.get(at + c.len_utf8()..).unwrap_or_default();
                        matches!(c, '。' | '”' | '"' | '！' | '？')
                            || (matches!(c, '.' | '!' | '?')
                                && after.starts_with(|n: char| n.is_whitespace() || is_wide(n) || n == '/' || n == '['))
                    })
                    .filter(|(at, _)| telling().any(|hit| place(hit) >= from + at))
                    .map(|(at, c)| at + c.len_utf8())
                    .next_back()
            });
            if let Some(at) = cut_at {
                let piece = tail.get(at..).unwrap_or_default();
                if piece.len() < 120 {
                    self.seen(piece, Trust::Seen, index, &[S::WordedTail], 1 << 24);
                }
            }
        }
    }
}

/// The last stretch of a paragraph.
fn tail_of(text: &str) -> &str {
    let from = (text.len().saturating_sub(WINDOW)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(from..).unwrap_or_default()
}

/// The insides of round brackets, in order; of nested ones the innermost.
fn brackets(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut open = None;
    text.char_indices().filter_map(move |(at, c)| match c {
        '(' | '（' => {
            open = Some(at + c.len_utf8());
            None
        }
        ')' | '）' => open.take().map(|from| (from, at)),
        _ => None,
    })
}

/// From a lead inside a line on, if a name follows: `Column by Jane Miller`.
fn inner_lead(text: &str) -> Option<&str> {
    let vocab = Vocab::get();
    let starts = text.char_indices().filter(|&(at, c)| c == ' ' && at > 0).map(|(at, _)| at + 1).take(20);
    starts.filter_map(|at| text.get(at..)).find(|rest| {
        let hit = vocab.longest_at(rest, 0, |family| family == Family::BylineLead);
        hit.is_some_and(|hit| {
            rest.get(hit.end as usize..)
                .is_some_and(|name| name.starts_with(' ') && !names(rest, Trust::Seen).is_empty())
        })
    })
}

/// Whether a byline may be set into a text of one sentence: a dateline or brackets at an end.
fn is_inset(text: &str) -> bool {
    text.contains(['=', '＝']) || text.starts_with(['[', '(', '（', '【']) || text.ends_with([')', '）', ']', '】'])
}

/// How an element that names the author by class or role is read: a short one wholly, a longer one with care.
fn trust(fact: &Fact) -> Trust {
    if fact.value.len() <= 40 && !fact.value.contains('\n') { Trust::Stated } else { Trust::Seen }
}

fn is_telling(family: Family) -> bool {
    matches!(
        family,
        Family::BylineLead
            | Family::Author
            | Family::Photographer
            | Family::Editor
            | Family::Translator
            | Family::Poster
    )
}

impl Names {
    fn compare(&mut self, layout: &Layout, site: &Site, headline: &str) {
        use NameSignal as S;
        let linked: Vec<String> = self.candidates.iter().filter(|c| c.has(S::Linked)).map(|c| c.key.clone()).collect();
        let seen = self
            .candidates
            .iter()
            .filter(|c| c.has(S::Led) || c.has(S::Worded) || c.has(S::WordedHead) || c.has(S::WordedTail))
            .count();
        let meta = self
            .candidates
            .iter()
            .filter(|c| c.has(S::MetaPlain) || c.has(S::MetaTracker) || c.has(S::MetaArticle))
            .count();
        let person =
            self.candidates.iter().any(|c| (c.has(S::Linked) || c.has(S::LinkedCreator)) && !c.has(S::LinkedHouse));
        let alone = self.candidates.len() == 1;
        let vocab = Vocab::get();
        let mut hits = Vec::new();
        let keys: Vec<String> = self.candidates.iter().take(MAX_COMPARED).map(|c| c.key.clone()).collect();
        for candidate in &mut self.candidates {
            let part = |longer: &str, shorter: &str| {
                longer.len() > shorter.len()
                    && shorter.len() >= 5
                    && (longer.starts_with(shorter) || longer.ends_with(shorter))
            };
            candidate.set_if(S::Extends, keys.iter().any(|other| part(&candidate.key, other)));
            candidate.set_if(S::Extended, keys.iter().any(|other| part(other, &candidate.key)));
            candidate.set_if(
                S::AgencyAlone,
                candidate.role == Role::Agency && candidate.has(S::Linked) && linked.len() == 1,
            );
            match candidate.sources.count_ones() {
                0 | 1 => {}
                2 => candidate.set(S::Two),
                3 => candidate.set(S::Three),
                _ => candidate.set(S::Four),
            }
            let name = candidate.name.clone();
            let words = name.split_whitespace().count();
            let wide = name.chars().any(is_wide);
            candidate.set_if(S::FullName, !wide && is_full_name(&name));
            candidate.set_if(S::OneWord, !wide && words == 1);
            candidate.set_if(S::ManyWords, words > 4);
            candidate.set_if(S::LowerCase, !name.chars().any(char::is_uppercase) && !wide);
            candidate.set_if(S::UpperCase, is_upper(&name));
            candidate.set_if(S::Digits, name.chars().any(|c| c.is_ascii_digit()));
            candidate.set_if(S::Wide, wide);
            candidate.set_if(S::WideName, wide && name.chars().count() <= 4);
            let given = !wide && has_given_name(&name);
            candidate.set_if(S::GivenName, given);
            candidate.set_if(S::FamilyName, is_family_name_first(&name) || is_korean_name(&name));
            candidate.set_if(S::BareGiven, given && candidate.has(S::Bare));
            candidate.set_if(S::ClassGiven, given && (candidate.has(S::ClassTop) || candidate.has(S::ClassMore)));
            candidate.set_if(S::LinkedGiven, given && candidate.has(S::Linked));
            candidate.set_if(S::FlatGiven, given && !layout.marked_up);
            if wide {
                candidate.set_if(
                    S::WideMeta,
                    candidate.has(S::MetaPlain) || candidate.has(S::MetaArticle) || candidate.has(S::MetaTwitter),
                );
                candidate.set_if(S::WideLinked, candidate.has(S::Linked));
                candidate.set_if(S::WideClass, candidate.has(S::ClassTop) || candidate.has(S::ClassMore));
                candidate.set_if(S::WideLed, candidate.has(S::Led));
                candidate.set_if(S::WideWorded, candidate.has(S::Worded));
                candidate.set_if(S::WideHead, candidate.has(S::WordedHead));
                candidate.set_if(S::WideTail, candidate.has(S::WordedTail));
            }
            candidate.set_if(S::Dotted, words == 1 && name.trim_end_matches('.').contains('.'));
            let named = site.is_named_key(&candidate.key);
            candidate.set_if(S::IsSite, named);
            candidate.set_if(S::IsSiteAlike, !named && site.is_site_key(&name, &candidate.key));
            let is = |family: fn(Family) -> bool| {
                vocab.longest_at(&name, 0, family).is_some_and(|hit| hit.end as usize == name.len())
            };
            candidate.set_if(S::IsSection, site.is_section_key(&candidate.key) || is(|f| f == Family::Section));
            candidate.set_if(S::IsAdmin, is(|f| f == Family::Admin));
            candidate.set_if(S::IsAgency, candidate.role == Role::Agency);
            candidate.set_if(
                S::IsRole,
                matches!(candidate.role, Role::Photographer | Role::Editor | Role::Translator | Role::Outlet),
            );
            // Whoever runs a board, took the pictures or closed the page has not written what stands on it.
            let other = match candidate.role {
                Role::Editor => wide,
                Role::Photographer | Role::Translator => !candidate.has(S::Linked) && !candidate.has(S::MetaPlain),
                _ => false,
            };
            candidate.set_if(S::Barred, candidate.has(S::IsAdmin) || other);
            hits.clear();
            vocab.scan(&name, &mut hits);
            candidate.set_if(S::Furniture, hits.iter().any(|hit| hit.whole && hit.family.reason().is_some()));
            candidate.set_if(S::InTitle, headline.contains(&candidate.key));
            candidate.set_if(S::NoRival, alone);
            candidate.set_if(
                S::LinkedRival,
                !candidate.has(S::Linked) && linked.iter().any(|other| *other != candidate.key),
            );
            let own_seen = candidate.has(S::Led)
                || candidate.has(S::Worded)
                || candidate.has(S::WordedHead)
                || candidate.has(S::WordedTail);
            candidate.set_if(S::SeenRival, !own_seen && seen > 0);
            let own_meta =
                candidate.has(S::MetaPlain) || candidate.has(S::MetaTracker) || candidate.has(S::MetaArticle);
            candidate.set_if(S::MetaRival, !own_meta && meta > 0);
            candidate.set_if(S::HousePerson, candidate.has(S::LinkedHouse) && person);
            candidate.block = candidate.block.or_else(|| layout.find(&name));
            let unseen = candidate.block.is_none()
                && !(candidate.has(S::ClassTop)
                    || candidate.has(S::ClassMore)
                    || candidate.has(S::RelAuthor)
                    || candidate.has(S::Item));
            candidate.set_if(S::Unseen, unseen);
            candidate.set_if(S::LinkedUnseen, unseen && candidate.has(S::Linked));
            candidate.set_if(S::MetaUnseen, unseen && own_meta && !candidate.has(S::Linked));
            let classed = candidate.has(S::ClassTop) || candidate.has(S::ClassMore);
            candidate.set_if(S::NoClass, !classed && layout.marked_up);
        }
    }

    /// Signals from where the names stand, given where the body is.
    pub(crate) fn place(&mut self, layout: &Layout, body: &Range<usize>, title: Option<usize>, dates: &[usize]) {
        use NameSignal as S;
        const PLACED: &[S] = &[
            S::NearTitle,
            S::BeforeBody,
            S::NearBody,
            S::InBody,
            S::BodyEnd,
            S::AfterBody,
            S::FarAfter,
            S::WithDate,
            S::FlatNear,
            S::FlatDate,
            S::WideNear,
        ];
        let flat = !layout.marked_up;
        for candidate in &mut self.candidates {
            for &signal in PLACED {
                candidate.signals.0 &= !(1 << signal as usize);
            }
            candidate.set_if(S::Flat, flat);
            candidate.set_if(S::FlatLed, flat && candidate.has(S::Led));
            candidate.set_if(S::FlatBare, flat && candidate.has(S::Bare));
            candidate.set_if(S::FlatWorded, flat && candidate.has(S::Worded));
            let Some(index) = candidate.block else { continue };
            let Some(line) = layout.lines.get(index) else { continue };
            let near = title.is_some_and(|t| index > t && index - t <= 6 || index < t && t - index <= 2);
            candidate.set_if(S::NearTitle, near);
            candidate.set_if(S::FlatNear, near && flat);
            candidate.set_if(S::WideNear, near && candidate.has(S::Wide));
            candidate.set_if(S::SeenShaky, line.hint.has(Hint::COMMENT) || line.hint.has(Hint::ASIDE));
            candidate.set_if(S::SeenOften, line.repeats > 1);
            let signal = if index < body.start {
                if body.start - index <= 5 { S::NearBody } else { S::BeforeBody }
            } else if index < body.end {
                if index + 2 >= body.end { S::BodyEnd } else { S::InBody }
            } else if index - body.end <= 8 {
                S::AfterBody
            } else {
                S::FarAfter
            };
            candidate.set(signal);
            let next = dates.partition_point(|&d| d + 2 < index);
            let dated = dates.get(next).is_some_and(|&d| d <= index + 2);
            candidate.set_if(S::WithDate, dated);
            candidate.set_if(S::FlatDate, dated && flat);
        }
    }

    /// Signals for there being no author: each says that some candidate has what an author has.
    fn nobody(&mut self, declared: &Declared, layout: &Layout) {
        use NameSignal as S;
        let any = |test: &dyn Fn(&Candidate) -> bool| self.candidates.iter().any(test);
        let article = declared
            .of(Field::Type)
            .any(|f| !f.has(Fact::NO_ARTICLE) && (f.source == Source::JsonLd || f.value == "article"));
        let mut none = Signals::default();
        for (signal, holds) in [
            (S::NoneFlat, !layout.marked_up),
            (S::NoneLinked, any(&|c| c.has(S::Linked) && !c.has(S::LinkedHouse))),
            (S::NoneHouse, any(&|c| c.has(S::LinkedHouse))),
            (S::NoneMeta, any(&|c| c.has(S::MetaPlain) || c.has(S::MetaTracker) || c.has(S::MetaArticle))),
            (S::NoneLed, any(&|c| c.has(S::Led))),
            (S::NoneWorded, any(&|c| c.has(S::Worded) || c.has(S::WordedHead) || c.has(S::WordedTail))),
            (S::NoneClass, any(&|c| c.has(S::ClassTop))),
            (S::NoneItem, any(&|c| c.has(S::Item) || c.has(S::RelAuthor))),
            (S::NoneBare, any(&|c| c.has(S::BareGiven))),
            (S::NoneGiven, any(&|c| c.has(S::GivenName))),
            (S::NonePosted, any(&|c| c.has(S::Posted))),
            (S::NoneArticle, article),
            (S::NoneAgree, any(&|c| c.sources.count_ones() > 1)),
            (S::NoneWide, any(&|c| c.has(S::Wide))),
        ] {
            none.set_if(signal as usize, holds);
        }
        self.none = none;
    }

    /// The odds of each candidate, in their order, and of nobody; relative to each other.
    fn scores(&self, weights: &Weights) -> (Vec<f32>, f32) {
        // Whoever runs a board has not written what stands on it.
        let score =
            |c: &Candidate| if c.has(NameSignal::IsAdmin) { f32::NEG_INFINITY } else { weights.score(c.signals) };
        (self.candidates.iter().map(score).collect(), weights.score(self.none))
    }

    /// The probability of each candidate to be the likeliest author there is, in their order.
    pub(crate) fn probabilities(&self, weights: &Weights) -> Vec<f32> {
        let (scores, none) = self.scores(weights);
        let top = scores.iter().copied().fold(none, f32::max);
        let all: f32 = scores.iter().map(|s| (s - top).exp()).sum::<f32>() + (none - top).exp();
        scores.iter().map(|s| (s - top).exp() / all).collect()
    }
}

/// Who is named in the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    pub(crate) people: Vec<Person>,
    /// The block that shows the byline.
    pub(crate) block: Option<usize>,
    /// Of the authors: that they are right, or that there are none.
    pub(crate) confidence: f32,
}

/// The people of the article: the likeliest author, those listed with them, and whom the byline names in other roles.
pub(crate) fn decide(names: &Names, weights: &Weights) -> Decided {
    let likely = names.probabilities(weights);
    let best = likely.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let somebody: f32 = likely.iter().sum();
    let first = best.filter(|_| somebody >= SOMEBODY).map(|(index, _)| index);
    let mut decided = Decided::default();
    let mut taken = 0.0;
    for (index, (candidate, &probability)) in names.candidates.iter().zip(&likely).enumerate() {
        let chosen =
            first.is_some_and(|first| index == first || names.listed(first, index, probability / likely[first]));
        let role = if chosen {
            Role::Author
        } else if candidate.beside() {
            candidate.role
        } else {
            continue;
        };
        if chosen {
            taken += probability;
            decided.block = decided.block.or(candidate.block.filter(|block| names.lines.contains(block)));
        }
        decided
            .people
            .push(Person { affiliation: candidate.affiliation.clone(), ..Person::new(candidate.name.clone(), role) });
    }
    decided.people.sort_by_key(|person| person.role != Role::Author);
    decided.confidence = weights.worth(if first.is_some() { taken } else { 1.0 - somebody });
    decided
}

impl Names {
    /// Whether `other` wrote it with `first`, being `odds` times as likely.
    fn listed(&self, first: usize, other: usize, odds: f32) -> bool {
        use NameSignal as S;
        let (first, other) = (&self.candidates[first], &self.candidates[other]);
        if other.has(S::Barred) || other.has(S::Extends) || other.has(S::HousePerson) {
            return false;
        }
        let shared = |list: &u16| other.lists.contains(list);
        if first.lists.contains(&0) && other.lists.contains(&0) {
            return odds >= BESIDE_LINKED;
        }
        odds >= BESIDE && first.lists.iter().any(shared)
    }
}

impl Candidate {
    /// Whether this is somebody who cannot be the author, whatever else speaks for them.
    #[cfg(feature = "internals")]
    pub(crate) fn is_barred(&self) -> bool {
        self.has(NameSignal::Barred)
    }

    /// Whether the article's own frame names them in another role than the author's.
    fn beside(&self) -> bool {
        use NameSignal as S;
        let placed = self.has(S::NearTitle) || self.has(S::NearBody) || self.has(S::BodyEnd) || self.has(S::AfterBody);
        match self.role {
            Role::Author => false,
            Role::Poster => self.has(S::Posted) && !self.has(S::SeenShaky),
            _ => self.block.is_some() && self.has(S::Worded) && placed && !self.has(S::SeenShaky),
        }
    }
}
