//! Names in short blocks: bylines, labels with a name beside them, lines that are just a name.

use super::NameSignal;
use super::gather::{Gatherer, source};
use super::passage::{NAME, Passage};
use crate::meta::name::{Named, Trust, has_given_name, is_apart, is_full_name, is_no_name, names, without_date};
use crate::meta::signal::Signals;
use crate::types::Role;
use crate::vocab::{Family, Hit, Vocab};

/// Longest block that a label above it may refer to, and longest such block that is just names, in bytes.
const LABELLED: usize = 120;
const MAX_NAMES: usize = 60;
/// Most names taken from the block below a label.
const MAX_LABELLED: usize = 4;
/// Widest line that is just a role word, and widest such line with the name above it, in columns.
const ROLE: u32 = 24;
/// Lines with a lead are bylines below this width, in columns; wider ones may be sentences.
const LED: u32 = 60;
/// Widest line that is a byline just by its class, in columns.
const HINTED: u32 = 80;
/// Longest nickname, in bytes.
const NICK: usize = 60;
/// What may stand between a label and the name.
const COLONS: [char; 3] = [':', '：', ' '];
/// What may stand between a name and other parts of its line.
const RULES: [char; 8] = ['|', '·', '•', '⋅', '–', '—', '/', ','];

impl Gatherer<'_> {
    /// Reads a short block as one byline. `may_be_bare` says that its place allows for just a name.
    pub(super) fn line(&mut self, passage: &Passage<'_>, may_be_bare: bool) {
        use NameSignal as S;
        let Passage { blocks, index, text, line, hits, .. } = *passage;
        let is_apart = |hit: &&Hit| is_apart(passage.text_of(hit), passage.text_from(hit.end));
        let leads = |hit: &&Hit| hit.at_start && matches!(hit.family, Family::BylineLead | Family::Poster);
        let led = hits.iter().filter(leads).find(is_apart);
        let is_credit = hits.iter().any(|hit| hit.family == Family::Caption && hit.at_start);
        if is_credit && led.is_none() {
            return;
        }
        let posted = led.is_some_and(|hit| hit.family == Family::Poster);
        let behind = led.map(|hit| passage.text_from(hit.end).trim_start_matches(COLONS));
        // `작성자` alone in its block: the name is in the next one.
        if behind == Some("") && blocks.items.get(index + 1).is_some_and(|next| next.text.len() <= LABELLED) {
            self.below_label(blocks.text_of(index + 1), index + 1, posted);
            return;
        }
        let worded = passage.says(is_role);
        if worded && self.below_name(passage) {
            return;
        }
        if let Some(behind) = behind.filter(|_| posted) {
            self.poster(behind, index);
            return;
        }
        let leads_inside = |hit: &&Hit| hit.family == Family::BylineLead;
        let inner = if led.is_none() { hits.iter().filter(leads_inside).find(is_apart) } else { None };
        let mut signals = Signals::default();
        for (signal, is_set) in [
            (S::Led, led.is_some()),
            (S::LedLine, led.is_some() && line.width < LED),
            (S::LedInside, inner.is_some()),
            (S::Worded, worded),
            (S::Hinted, passage.is_hinted()),
            (S::Mailed, passage.is_mailed() && !text.starts_with('@')),
        ] {
            signals.set_if(signal, is_set);
        }
        if may_be_bare && signals.is_empty() {
            self.bare(passage);
            return;
        }
        if signals == Signals::of([S::Hinted]) && line.width > HINTED {
            return;
        }
        let trust = if passage.is_hinted() && line.width <= NAME { Trust::Stated } else { Trust::Seen };
        let source = match (led, worded) {
            (Some(_), _) => source::LED,
            (None, true) => source::WORDED,
            (None, false) => source::HINTED,
        };
        // `Column by Jane Miller`: what comes before a lead is not about the author.
        let text = inner.map_or(text, |hit| passage.text_from(hit.start));
        self.seen(text, trust, index, signals, source);
    }

    /// Reads the block below a label.
    fn below_label(&mut self, text: &str, index: usize, posted: bool) {
        self.next_list();
        let mut found = if text.len() > MAX_NAMES {
            // More than names: only the first can be relied on.
            let mut found = names(text, Trust::Seen);
            found.truncate(1);
            found
        } else {
            names(text, Trust::Stated)
        };
        found.retain(|named| !is_no_name(&named.name));
        for named in found.iter_mut().take(MAX_LABELLED) {
            if posted {
                named.role = Role::Poster;
            }
            if let Some(candidate) = self.put(named, source::LABELLED) {
                candidate.block.get_or_insert(index);
                candidate.set(if posted { NameSignal::Posted } else { NameSignal::Led });
            }
        }
    }

    /// Reads a role word alone in its block, together with the name above it: `김하나` / `기자`. False if it is not alone.
    fn below_name(&mut self, passage: &Passage<'_>) -> bool {
        let Passage { blocks, layout, index, text, line, .. } = *passage;
        let Some(above) = index.checked_sub(1).filter(|&above| layout.lines[above].width <= ROLE) else { return false };
        if line.width > ROLE || !names(text, Trust::Seen).is_empty() {
            return false;
        }
        // `EDITOR` / `김하나` / `PHOTOGRAPHER` / `박둘`: the name has its own word above it.
        if above.checked_sub(1).is_some_and(|before| is_role_word(blocks.text_of(before))) {
            return false;
        }
        let joined = format!("{} {text}", blocks.text_of(above));
        self.seen(&joined, Trust::Seen, above, Signals::of([NameSignal::Worded]), source::WORDED);
        true
    }

    /// Reads a line that only its place suggests: it must begin with a name, end with one after a date, or have one
    /// after a lead.
    fn bare(&mut self, passage: &Passage<'_>) {
        use NameSignal as S;
        let Passage { layout, index, text, line, near, dated, .. } = *passage;
        if line.wide && has_other_label(text) {
            return;
        }
        let mut signals = Signals::of([S::Bare]);
        signals.set_if(S::BareBelow, index >= layout.body.end);
        signals.set_if(S::BareDated, near.date);
        let found = if let Some(head) = bare_head(passage) {
            Some(if head.len() * 2 > text.len() || is_list(text) { text } else { head })
        } else if let Some(name) = behind_date(text).filter(|_| dated) {
            Some(name)
        } else {
            let led = inner_lead(text);
            signals.set_if(S::LedInside, led.is_some());
            led
        };
        if let Some(found) = found {
            self.seen(found, Trust::Seen, index, signals, source::BARE);
        }
    }

    /// Reads what follows the label of a poster: `작성자 oreo 작성일25-04-17 11:21 조회1회`. The nickname is one word.
    fn poster(&mut self, text: &str, index: usize) {
        self.next_list();
        let name = text.split_whitespace().next().unwrap_or_default();
        // `이름 비밀번호`: the next field of a form. `김**`: a name that the page hides.
        if name.is_empty()
            || name.ends_with('*')
            || name.len() > NICK
            || name.ends_with([':', '：'])
            || is_no_name(name)
        {
            return;
        }
        let named = Named { name: name.to_owned(), role: Role::Poster, affiliation: None, worded: true, edits: false };
        if let Some(candidate) = self.put(&named, source::LABELLED) {
            candidate.block.get_or_insert(index);
            candidate.set(NameSignal::Posted);
        }
    }
}

/// Whether a line begins with a label that is none of bylines, as those that have one are read elsewhere: `담당자 : 김하나`.
fn has_other_label(text: &str) -> bool {
    /// Longest label, in bytes.
    const LONGEST: usize = 30;
    let label = text.split_once([':', '：']).map(|(label, _)| label.trim_end());
    let is_label =
        |label: &&str| (1..=LONGEST).contains(&label.len()) && label.chars().all(|c| c.is_alphabetic() || c == ' ');
    // `작 성 자 : 김하나`
    let is_byline = |label: &str| {
        let is_meant = |family| is_role(family) || matches!(family, Family::BylineLead | Family::Poster);
        Vocab::get().is_phrase(&label.replace(' ', ""), 0, is_meant)
    };
    label.filter(is_label).is_some_and(|label| !is_byline(label))
}

/// Whether all of a text is a role word.
fn is_role_word(text: &str) -> bool {
    Vocab::get().is_phrase(text.trim_end_matches(COLONS), 0, is_role)
}

fn is_role(family: Family) -> bool {
    matches!(family, Family::Author | Family::Photographer | Family::Editor | Family::Translator)
}

/// The name at the head of a line: `Susan` of `Susan December 9, 2024`.
fn bare_head<'a>(passage: &Passage<'a>) -> Option<&'a str> {
    let Passage { text, line, dated, .. } = *passage;
    let part = text.split(RULES).next().unwrap_or_default();
    let head = without_date(part, Trust::Seen).trim();
    // A number is accepted only in a block with a date: sentences have numbers too.
    let may_be_wide = line.wide && line.width <= NAME && (dated || !part.contains(|c: char| c.is_ascii_digit()));
    (is_full_name(head) || may_be_wide && names(head, Trust::Seen).len() == 1).then_some(head)
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
    let (head, name) = text.rsplit_once(RULES).or_else(|| text.rsplit_once(" - "))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_others() {
        let cases = [
            ("담당자 : 김하나", true),
            ("문의：김하나", true),
            ("작 성 자 : 김하나", false),
            ("2024-05-12 08:31 김하나", false),
            ("김하나 (08:31)", false),
            ("김하나", false),
            (": 김하나", false),
        ];
        for (text, expected) in cases {
            assert_eq!(has_other_label(text), expected, "{text}");
        }
        for (text, expected) in [("EDITOR", true), ("Photographer:", true), ("Edith", false), ("김하나 기자", false)]
        {
            assert_eq!(is_role_word(text), expected, "{text}");
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
