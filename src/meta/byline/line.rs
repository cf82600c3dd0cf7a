//! Names in short blocks: bylines, labels with a name beside them, lines that are just a name.

use super::NameSignal;
use super::evidence::of;
use super::gather::Gatherer;
use super::paragraph::is_inset;
use super::spot::Place;
use crate::block::{Blocks, Kind};
use crate::meta::hint::Hint;
use crate::meta::key::is_wide;
use crate::meta::layout::{Layout, Line};
use crate::meta::name::{Named, Trust, has_given_name, is_apart, is_full_name, is_korean_name, names, without_date};
use crate::meta::propose::View;
use crate::meta::signal::Signals;
use crate::plain::cut;
use crate::types::Role;
use crate::vocab::{Family, Hit, Vocab};

/// Longest head of a paragraph that may be a dateline, in bytes.
const HEAD: usize = 90;
/// Widest line in which a reporter is announced or signs off, in columns.
const SIGN_OFF: u32 = 200;
/// Widest line that heads a card about a person, in columns.
const CARD: u32 = 40;
/// Blocks at the start of the body that may be a deck with the byline after it.
const EARLY: usize = 6;
/// Blocks at the start of the body in which a presenter may announce the reporter: `김철중 기자가 보도합니다`.
const ANNOUNCED: usize = 12;
/// Blocks on either side of the body's end in which a reporter may sign off.
const BEHIND: usize = 6;
/// Longest block that a label above it may refer to, and longest such block that is just names, in bytes.
const LABELLED: usize = 120;
const MAX_NAMES: usize = 60;
/// Syllables of the longest job title.
const POST: usize = 5;
/// Longest block that is read as one byline, in bytes.
const MAX_LINE: usize = 260;

impl Gatherer<'_> {
    /// Adds all names in the blocks.
    pub(super) fn blocks(&mut self, view: &View<'_>, title: Option<usize>, is_cut: bool) {
        let View { blocks, hits, layout, dated: dates, shown: dated, .. } = *view;
        let (mut next, mut next_date) = (0, 0);
        let (mut breaks, mut spans) = (Vec::new(), Vec::new());
        // Every block that shows the headline: the first is often the page's title or a breadcrumb.
        let headline = title.map_or(0, |index| layout.lines[index].hash);
        let same = |(i, l): (usize, &Line)| (title == Some(i) || headline != 0 && l.hash == headline).then_some(i);
        let shown: Vec<usize> = layout.lines.iter().enumerate().filter_map(same).take(8).collect();
        // If a page contains its body twice, the reporter signs off after the last copy.
        let last = layout.body.end.checked_sub(1).and_then(|last| layout.lines.get(last)).map_or(0, |line| line.hash);
        let mut end = layout.body.end;
        let by_guest = title.is_some_and(|title| is_by_guest(blocks.text_of(title)));
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
            if last != 0 && line.hash == last {
                end = index + 1;
            }
            while dated.get(next_date).is_some_and(|date| (date.block as usize) < index) {
                next_date += 1;
            }
            if line.hidden || block.kind == Kind::Caption {
                continue;
            }
            let near_title = shown.iter().any(|&t| index > t && index <= t + 6);
            let near_body = (index..index + 6).contains(&layout.body.start) || index == layout.body.start + 1;
            let near_date = dates.get(dates.partition_point(|&d| d + 2 < index)).is_some_and(|&d| d <= index + 2);
            let bare = (near_title || near_body || near_date) && line.width <= 90;
            // `Hoài Thương`: some authors sign below the text.
            let signed_below =
                !layout.marked_up && line.width <= CARD && (layout.body.end..layout.body.end + 2).contains(&index);
            let bare =
                bare && (near_title || near_body || line.wide || has_given_name(blocks.text_of(index))) || signed_below;
            let mailed = line.width <= 60 && blocks.text_of(index).contains('@');
            let near = near_title || near_body || near_date;
            let early = (layout.body.start..layout.body.start + EARLY).contains(&index);
            let is_lead = |hit: &Hit| hit.family == Family::BylineLead;
            if !layout.marked_up && !line.wide && (near || early || own.iter().any(is_lead)) {
                breaks.clear();
                breaks.extend(blocks.breaks_of(index).take(2));
                let here = dated.get(next_date..).unwrap_or_default().iter().take_while(|d| d.block as usize == index);
                spans.clear();
                spans.extend(here.take(4).map(|date| date.found.span.range()));
                let text = blocks.text_of(index);
                let is_led = || own.iter().any(|hit| hit.at_start && is_lead(hit));
                if title != Some(index) || is_cut || !breaks.is_empty() || is_led() {
                    self.spots(&Place {
                        text,
                        index,
                        start: range.start,
                        hits: own,
                        breaks: &breaks,
                        dates: &spans,
                        near,
                        early,
                    });
                }
            }
            let announced = (layout.body.start..layout.body.start + ANNOUNCED).contains(&index);
            let ending = (index..index + BEHIND).contains(&layout.body.end)
                || [layout.body.end, end].iter().any(|&end| (end..end + BEHIND).contains(&index));
            let framed = near_title || near_body || announced || ending;
            if line.width <= CARD && title != Some(index) && heads_card(blocks, index) {
                self.seen(
                    blocks.text_of(index),
                    Trust::Seen,
                    index,
                    of([NameSignal::Bare, NameSignal::Carded]),
                    1 << 27,
                );
            }
            if by_guest
                && line.wide
                && (near_title || near_body)
                && line.width <= CARD
                && let Some(name) = guest(blocks.text_of(index))
            {
                self.seen(name, Trust::Stated, index, of([NameSignal::Worded]), 1 << 28);
            }
            // Only reporters with a name in Hangul are read here.
            if framed && line.wide && line.width <= SIGN_OFF && title != Some(index) {
                self.sign_off(blocks.text_of(index), index);
            }
            // `…举行。（张巨峰）`, `…电（刘艺、杨吉）…`: a paragraph may name its writer without a role word.
            let signed = line.width > 70 && has_signature(blocks.text_of(index), near_body);
            let telling = signed || mailed || own.iter().any(|hit| is_telling(hit.family));
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
                let here = dates.binary_search(&index).is_ok();
                self.line(blocks, index, own, layout, bare, [near_date, here]);
            }
        }
    }

    /// Adds the reporter whom the transcript of a broadcast announces or who signs off: `해오름방송 뉴스 김하나입니다.`,
    /// `김하나 기자입니다.`, `…을 김하나 기자가 보도합니다.`
    fn sign_off(&mut self, text: &str, index: usize) {
        let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut words = text.rsplit(' ');
        let (Some(last), Some(second), third) = (words.next(), words.next(), words.next()) else { return };
        let vocab = Vocab::get();
        let ends = |at: usize, family: Family, text: &str| {
            vocab.longest_at(text, at, |own| own == family).is_some_and(|hit| hit.end as usize == text.len())
        };
        let is_name = |name: &&str| is_korean_name(name);
        let name = if ends(0, Family::SignOff, last) {
            Some(second).filter(is_name)
        } else if ends(0, Family::SignOff, second) {
            third.filter(is_name)
        } else {
            let glued = last.char_indices().skip(2).take(4).find(|&(at, _)| ends(at, Family::SignOff, last));
            let name = glued.and_then(|(at, _)| last.get(..at)).filter(is_name);
            let is_house = || {
                second.bytes().any(|byte| byte.is_ascii_uppercase())
                    || second
                        .char_indices()
                        .any(|(at, _)| ends(at, Family::House, second) || ends(at, Family::Agency, second))
            };
            name.filter(|_| is_house())
        };
        if let Some(name) = name {
            self.seen(name, Trust::Stated, index, of([NameSignal::SignsOff, NameSignal::Worded]), 1 << 28);
        }
    }

    /// Reads a short block as one byline.
    pub(super) fn line(
        &mut self,
        blocks: &Blocks,
        index: usize,
        hits: &[Hit],
        layout: &Layout,
        bare: bool,
        [near_date, dated]: [bool; 2],
    ) {
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
        if label_only && blocks.items.get(index + 1).is_some_and(|next| next.text.len() <= LABELLED) {
            self.next_list();
            let next = blocks.text_of(index + 1);
            let mut found = names(next, Trust::Stated);
            if next.len() > MAX_NAMES {
                found = names(next, Trust::Seen);
                found.truncate(1);
            }
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
                self.seen(&joined, Trust::Seen, index - 1, of([S::Worded]), 1 << 28);
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
        let mut signals = Signals::default();
        if led.is_some() {
            signals.set(S::Led as usize);
            if line.width < 60 {
                signals.set(S::LedLine as usize);
            }
        } else if inner.is_some() {
            signals.set(S::LedInside as usize);
        }
        if worded {
            signals.set(S::Worded as usize);
        }
        let hinted = line.hint.has(Hint::AUTHOR);
        if hinted {
            signals.set(S::Hinted as usize);
        }
        if line.width <= 60 && text.contains('@') && !text.starts_with('@') {
            signals.set(S::Mailed as usize);
        }
        if bare && signals == Signals::default() {
            // There is no lead and no role word, so the line must begin with a name.
            let head = text_from.split(['|', '·', '•', '⋅', '–', '—', '/', ',']).next().unwrap_or_default();
            let number = head.find(|c: char| c.is_ascii_digit());
            // `Susan December 9, 2024`
            let head = without_date(head, Trust::Seen).trim();
            // A number is accepted only in a block with a date: sentences have numbers too.
            let wide = line.wide && (number.is_none() || dated);
            signals.set(S::Bare as usize);
            if index >= layout.body.end {
                signals.set(S::BareBelow as usize);
            }
            if near_date {
                signals.set(S::BareDated as usize);
            }
            if is_full_name(head) || (wide && line.width <= 40 && names(head, Trust::Seen).len() == 1) {
                let whole = if head.len() * 2 > text_from.len() || is_list(text_from) { text_from } else { head };
                self.seen(whole, Trust::Seen, index, signals, 1 << 27);
            } else if let Some(name) = behind_date(text_from).filter(|_| dated) {
                self.seen(name, Trust::Seen, index, signals, 1 << 27);
            } else if let Some(rest) = inner_lead(text_from) {
                signals.set(S::LedInside as usize);
                self.seen(rest, Trust::Seen, index, signals, 1 << 27);
            }
            return;
        }
        if signals == of([S::Hinted]) && line.width > 80 {
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
        self.seen(text_from, trust, index, signals, source);
    }

    pub(super) fn poster(&mut self, rest: &str, index: usize) {
        // `작성자 oreo 작성일25-04-17 11:21 조회1회`: the nickname is one word.
        self.next_list();
        let rest = rest.trim_start_matches([':', '：', ' ']);
        let name = rest.split_whitespace().next().unwrap_or_default();
        if !name.is_empty() && name.len() <= 60 {
            let named =
                Named { name: name.to_owned(), role: Role::Poster, affiliation: None, worded: true, edits: false };
            if let Some(candidate) = self.put(&named, 1 << 29) {
                candidate.block.get_or_insert(index);
                candidate.set(NameSignal::Posted);
            }
        }
    }
    pub(super) fn seen(&mut self, text: &str, trust: Trust, index: usize, signals: Signals, source: u32) {
        let found = names(text, trust);
        if signals.has(NameSignal::Bare as usize) && found.len() == 1 {
            self.line_list(index);
        } else {
            self.next_list();
        }
        let many = found.len() > 4;
        for named in &found {
            if let Some(candidate) = self.put(named, source) {
                candidate.block.get_or_insert(index);
                candidate.set_if(NameSignal::SeenMany, many);
                candidate.signals = candidate.signals.or(signals);
            }
        }
        // Names set into a paragraph do not make the block a byline: it remains part of the text.
        let inset = of([NameSignal::WordedHead, NameSignal::WordedTail, NameSignal::SignsOff]);
        if !found.is_empty() && signals.and(inset) == Signals::default() {
            self.names.lines.push(index);
        }
    }
}

/// Whether a paragraph of Han ends in brackets or, being the first, has brackets at its head.
fn has_signature(text: &str, first: bool) -> bool {
    let ends = text.ends_with(['）', ')', '】']) && text.chars().rev().nth(1).is_some_and(is_wide);
    ends || first && cut(text, HEAD).contains('（')
}

/// Whether a headline says in brackets that a guest wrote the article: `등대를 다시 켜며 [기고]`.
fn is_by_guest(headline: &str) -> bool {
    let inside = headline.split(['[', '［', '【']).skip(1).filter_map(|rest| rest.split([']', '］', '】']).next());
    inside.map(str::trim).any(|mark| {
        let hit = Vocab::get().longest_at(mark, 0, |family| family == Family::Guest);
        hit.is_some_and(|hit| hit.end as usize == mark.len())
    })
}

/// The name of a guest before a job title: `김하나` of `김하나 해오름대 교수`. Of two syllables, it is a word as often.
fn guest(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (name, post) = line.split_once(' ')?;
    let ends = |at: usize| {
        let hit = Vocab::get().longest_at(post, at, |family| family == Family::Job);
        hit.is_some_and(|hit| hit.end as usize == post.len())
    };
    let is_post = post.char_indices().rev().take(POST).any(|(at, _)| ends(at));
    (is_post && name.chars().nth(2).is_some() && is_korean_name(name)).then_some(name)
}

/// Whether a line is a name with which the next line begins: `Jane Miller` / `Jane Miller writes about…`.
fn heads_card(blocks: &Blocks, index: usize) -> bool {
    let name = blocks.text_of(index);
    let next = blocks.items.get(index + 1).filter(|next| next.text.len() > CARD as usize);
    next.is_some() && blocks.text_of(index + 1).starts_with(name) && is_full_name(name)
}

/// Whether a line is just full names (`Jane Miller, John O'Hara & Ann Dyke`), not a name with a job title.
fn is_list(text: &str) -> bool {
    let found = names(text, Trust::Seen);
    let bytes: usize = found.iter().map(|named| named.name.len()).sum();
    let known = found.iter().filter(|named| has_given_name(&named.name)).count();
    found.iter().all(|named| is_full_name(&named.name))
        && bytes * 10 >= text.len() * 8
        && (found.len() == 2 && known == 2 || found.len() > 2 && known > 0)
}

/// The full name at the end of a line with a number before it: `04.02.2022 | 13:10 | Jane Miller`.
fn behind_date(text: &str) -> Option<&str> {
    let (head, name) =
        text.rsplit_once(['|', '·', '•', '⋅', '–', '—', '/', ',']).or_else(|| text.rsplit_once(" - "))?;
    let name = name.trim();
    (head.contains(|c: char| c.is_ascii_digit()) && is_full_name(name)).then_some(name)
}

/// The rest of a line from a lead inside it on, if a name follows: `by Jane Miller` of `Column by Jane Miller`.
fn inner_lead(text: &str) -> Option<&str> {
    let vocab = Vocab::get();
    let starts = text.char_indices().filter(|&(at, c)| c == ' ' && at > 0).map(|(at, _)| at + 1).take(20);
    starts.filter_map(|at| text.get(at..)).find(|rest| {
        let hit = vocab.lead_at(rest, 0);
        hit.is_some_and(|hit| {
            rest.get(hit.end as usize..)
                .is_some_and(|name| name.starts_with(' ') && !names(rest, Trust::Seen).is_empty())
        })
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_guests() {
        let cases = [
            ("김하나 해오름대 교수", Some("김하나")),
            ("김하나 소방청장 직무대행.", Some("김하나")),
            ("김하나", None),
            ("조용한 변화가 필요하다", None),
            ("김하나 기자", None),
            ("소방청장 김하나", None),
        ];
        for (text, expected) in cases {
            assert_eq!(guest(text), expected, "{text}");
        }
        for (headline, expected) in [
            ("등대를 다시 켜며 [기고]", true),
            ("[특별기고] 등대를 다시 켜며", true),
            ("[기고만장] 등대를 다시 켜며", false),
            ("기고 끝에 등대를 다시 켜다", false),
        ] {
            assert_eq!(is_by_guest(headline), expected, "{headline}");
        }
    }

    #[test]
    fn lines_of_names() {
        let cases = [
            ("Jane Miller, Peter Dyke", true),
            ("Jane Miller , Bo Quaid , Ann Maria Dyke & Cyd Roo", true),
            ("near miss: Jane Miller", false),
            ("Jane Miller, Master Gardener", false),
            ("Home Decor, Garden Tools & Kitchen Sinks", false),
            ("Jane Miller, Peter Dyke and what became of the ferry", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_list(text), expected, "{text}");
        }
    }
}
