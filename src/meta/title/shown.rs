//! Blocks that may show the headline.

use super::evidence::TitleSignal;
use super::gather::{Gatherer, Part};
use super::{Candidate, MAX_CANDIDATES};
use crate::block::{Block, Blocks, Kind};
use crate::meta::date::{Label, Shown};
use crate::meta::fact::{FactField, Source};
use crate::meta::hint::Hint;
use crate::meta::key::{hash, key, key_into, width};
use crate::meta::layout::{MAX_LINE, is_code};
use crate::meta::name::{Trust, names};
use crate::meta::propose::View;
use crate::meta::signal::Signals;
use crate::vocab::{Family, Hit, MailField, Vocab};
use std::ops::Range;

/// Widest line that may be a headline because of its place alone, in columns.
const MAX_HEADLINE: u32 = 220;
/// The narrowest such line on a page with markup, where a headline mostly has an element of its own.
const NARROWEST: u32 = 12;
/// A line is furniture if phrases of furniture cover this share of it.
const FURNITURE: f32 = 0.5;
/// Narrowest headline before a date in one line, in columns; a narrower text is a name.
const MIN_LABELLED: usize = 24;
/// Lines above a date of publication that may hold the headline.
const ABOVE: usize = 3;
/// A line between headline and date that is this wide, in columns, is a headline itself.
const BETWEEN: u32 = 20;
/// Widest line of names, in columns.
const MAX_BYLINE: u32 = 70;
/// Lines before the body, and first lines of it, that may hold its headline.
const BEFORE: usize = 25;
const INSIDE: usize = 3;
/// Lines before the body that are cut into parts on a flattened page.
const CLOSE: usize = 8;
/// First lines of a flattened page, one of which is the page's title.
const FIRST: usize = 4;
/// Places that show a title, as bits of [`Candidate::sources`] above those of declarations.
const HEADING: u32 = 1 << 30;
const LINE: u32 = 1 << 31;

/// What tells whether a block may show the headline.
struct Search<'v> {
    view: &'v View<'v>,
    /// The page came without its head.
    flat: bool,
    /// The blocks around the start of the body.
    around: Range<usize>,
    /// Blocks of a flattened page with a date of publication, in order.
    published: Vec<usize>,
    /// Blocks near the start of the body that are the value of a field for the headline.
    named: Vec<usize>,
    /// Hashes of the titles stated.
    stated: Vec<u64>,
}

/// A block that may show the headline, and why.
struct Prospect<'v> {
    text: &'v str,
    /// It is a heading of the page or of its article.
    heading: bool,
    /// It stands where headlines do.
    placed: bool,
    /// It stands above a date of publication.
    above_date: bool,
    /// Its class says so.
    hinted: bool,
    /// The field's name before it says so.
    named: bool,
    /// It is one of the first lines of a flattened page.
    first: bool,
}

impl<'v> Search<'v> {
    fn new(view: &'v View<'v>, stated: Vec<u64>) -> Search<'v> {
        let flat = !view.layout.marked_up;
        let start = view.layout.body.start;
        let is_published = |date: &&Shown| flat && date.found.label == Label::Published;
        let published = view.shown.iter().filter(is_published).map(|date| date.block as usize).collect();
        let around = start.saturating_sub(BEFORE)..start + INSIDE;
        let blocks = around.start..around.end.min(view.blocks.items.len());
        let named = blocks.filter(|&index| is_subject(view, index)).collect();
        Search { view, flat, around, published, named, stated }
    }

    /// Looks at block `index`.
    fn look(&self, index: usize) -> Option<Prospect<'v>> {
        let View { blocks, layout, .. } = *self.view;
        let (line, body) = (layout.lines[index], &layout.body);
        // A heading after the body belongs to something else.
        let heading = match blocks.items[index].kind {
            Kind::Heading(1) => true,
            Kind::Heading(2) => index < body.end,
            Kind::Heading(_) => self.around.contains(&index),
            _ => false,
        };
        let above_date = self.is_above_date(index);
        let near = (above_date || self.around.contains(&index)) && !(self.flat && is_byline(self.view, index));
        let placed = near && (self.flat || line.width >= NARROWEST) && line.width <= MAX_HEADLINE;
        let hinted = line.hint.has(Hint::TITLE) && index < body.end;
        let first = self.flat && (layout.opening..layout.opening + FIRST).contains(&index);
        // Boards count the comments behind the headline.
        let text = blocks.text_of(index);
        let is_stated = self.stated.contains(&line.hash);
        let bare = without_count(text).filter(|bare| !is_stated && self.stated.contains(&hash(bare)));
        let named = near && self.named.contains(&index);
        let may_be = heading || placed || hinted || named || first || is_stated || bare.is_some();
        let text = bare.unwrap_or(text);
        // Left-over template code is not a line of the page.
        let is_text = || !(self.flat && is_code(text));
        let above_date = above_date && near;
        (may_be && is_text()).then_some(Prospect { text, heading, placed, above_date, hinted, named, first })
    }

    /// Whether a block is the last headline above a date of publication: portals put tools, votes and a synopsis between
    /// these two and the body.
    fn is_above_date(&self, index: usize) -> bool {
        let lines = &self.view.layout.lines;
        // A section or a byline may stand between headline and date, but no other headline.
        let is_between = |at: usize| lines.get(at).is_none_or(|line| line.width < BETWEEN) || is_byline(self.view, at);
        let below = self.published.get(self.published.partition_point(|&date| date <= index));
        let is_close = |date: usize| date <= index + ABOVE && date < self.around.end;
        below.is_some_and(|&date| is_close(date) && (index + 1..date).all(is_between))
    }
}

impl Gatherer<'_> {
    /// Adds the blocks that may show the headline, and their parts.
    pub(super) fn blocks(&mut self, view: &View<'_>) {
        use TitleSignal as S;
        let View { blocks, declared, layout, .. } = *view;
        let search = Search::new(view, self.titles.candidates.iter().map(|c| hash(&c.text)).collect());
        let page_title = declared.of(FactField::Title).find(|f| f.source == Source::TitleTag).map(|f| key(&f.value));
        let is_h1 = |block: &&Block| block.kind == Kind::Heading(1) && !block.has(Block::HIDDEN);
        let named = search.named.iter().filter(|&&index| !is_h1(&&blocks.items[index]));
        let h1s = blocks.items.iter().filter(is_h1).count() + named.count();
        let mut first_h1 = true;
        for (index, (block, line)) in blocks.items.iter().zip(&layout.lines).enumerate() {
            if line.hash == 0 || line.width < 2 || self.titles.candidates.len() >= MAX_CANDIDATES {
                continue;
            }
            let Some(prospect) = search.look(index) else { continue };
            key_into(prospect.text, &mut self.key);
            let hits = view.hits_of(index);
            // The name of its field makes a headline as plain as markup does.
            let kind = if prospect.named { Kind::Heading(1) } else { block.kind };
            let is_shown_h1 = kind == Kind::Heading(1) && !line.hidden;
            let mut signals = Signals::of([match kind {
                Kind::Heading(1) if is_shown_h1 && h1s == 1 => S::OnlyHeading,
                Kind::Heading(1) if is_shown_h1 => S::OneHeading,
                Kind::Heading(2) => S::SecondHeading,
                Kind::Heading(_) => S::LowHeading,
                _ => S::PlainBlock,
            }]);
            for (signal, holds) in [
                (S::FirstHeading, is_shown_h1 && std::mem::take(&mut first_h1)),
                (S::IsCaption, block.kind == Kind::Caption || hits.clone().any(|hit| hit.family == Family::Caption)),
                (S::IsFurniture, is_furniture(hits, block.text.len())),
                (S::SameAsFirst, page_title.as_ref().is_some_and(|title| title.starts_with(&self.key))),
                (S::TitleHint, line.hint.has(Hint::TITLE) || prospect.named),
                (S::Linked, line.linked),
                (S::Hidden, line.hidden),
                (S::AboveLabel, prospect.above_date),
            ] {
                signals.set_if(signal, holds);
            }
            let source = if prospect.heading || prospect.named { HEADING } else { LINE };
            if let Some(at) = self.put_keyed(prospect.text, signals, source) {
                let is_later = search.flat && index < search.around.end;
                self.titles.candidates[at].show(index, kind, is_later);
                self.titles.candidates[at].subject |= prospect.named;
            }
            self.cut(&prospect, index);
            let kickers = declared.of(FactField::Kicker).filter(|_| matches!(block.kind, Kind::Heading(_)));
            if let Some(headline) = kickers.filter_map(|fact| behind(prospect.text, &fact.value)).next() {
                self.mark(prospect.text, S::HoldsKicker);
                if let Some(at) = self.put(headline, signals.with(S::BehindKicker), source) {
                    let candidate = &mut self.titles.candidates[at];
                    candidate.show(index, kind, false);
                    // A part cut at a separator may have lost the quotation mark beside it.
                    if candidate.text.len() < headline.len() {
                        headline.clone_into(&mut candidate.text);
                    }
                }
            }
        }
    }

    /// Adds the parts of a block. In flattened text the page's title is just the first line, and any line may have the
    /// section glued on.
    fn cut(&mut self, prospect: &Prospect<'_>, index: usize) {
        use TitleSignal as S;
        let Prospect { text, heading, placed, hinted, first, .. } = *prospect;
        let layout = self.layout;
        let before_body = !layout.marked_up && placed && index + CLOSE >= layout.body.start;
        if !(first || heading || hinted || before_body) {
            return;
        }
        for (range, part, mut signals) in self.parts(text) {
            signals.set(S::CutBlock);
            signals.set_if(S::FlatCut, before_body);
            signals.set_if(S::FlatExtended, first && index == layout.opening);
            signals.set_if(S::TagSite, matches!(part, Part::Site | Part::Section));
            self.put(text.get(range).unwrap_or_default(), signals, 0);
        }
    }

    /// Adds headlines before a date's label: boards put headline, label, date and counters into one line.
    pub(super) fn before_labels(&mut self, blocks: &Blocks, shown: &[Shown]) {
        let body = &self.layout.body;
        let label = |shown: &Shown| Some((shown.block as usize, shown.found.label_span?.start as usize));
        // A line of thousands of dates has as many heads: only short heads are read.
        let near = |(index, at): &(usize, usize)| *index < body.start + INSIDE && *at <= MAX_LINE;
        for (index, at) in shown.iter().filter_map(label).filter(near) {
            let head = blocks.text_of(index).get(..at).unwrap_or_default().trim_end();
            self.mark(blocks.text_of(index), TitleSignal::HoldsLabel);
            // The line as a whole is no headline: the text before the label becomes a candidate.
            self.mark(blocks.text_of(index), TitleSignal::IsFurniture);
            let signals = Signals::of([TitleSignal::BeforeDate, TitleSignal::PlainBlock]);
            let head = without_byline(head).unwrap_or(head);
            if width(head) >= MIN_LABELLED
                && let Some(candidate) = self.put(head, signals, 0)
            {
                self.titles.candidates[candidate].show(index, blocks.items[index].kind, false);
            }
        }
    }

    /// Sets a signal of the candidate with this text, if there is one.
    pub(super) fn mark(&mut self, text: &str, signal: TitleSignal) {
        if text.len() <= MAX_LINE
            && let Some(at) = self.find(&key(text))
        {
            self.titles.candidates[at].signals.set(signal);
        }
    }
}

/// Whether block `at` of a flattened page is a line of names: `김하나·박둘 기자 hana@news.example`, `By Jane Miller`.
fn is_byline(view: &View<'_>, at: usize) -> bool {
    let (Some(block), Some(line)) = (view.blocks.items.get(at), view.layout.lines.get(at)) else { return false };
    if line.width > MAX_BYLINE {
        return false;
    }
    // Role words end a Korean byline and begin others; inside a headline they are words of it.
    let is_role = |hit: &Hit| {
        matches!(hit.family, Family::Author | Family::Photographer) && (hit.at_start || hit.end == block.text.end)
            || hit.family == Family::BylineLead && hit.at_start
    };
    let text = view.blocks.text_of(at);
    (text.contains('@') || view.hits_of(at).any(is_role)) && !names(text, Trust::Seen).is_empty()
}

/// Whether a block is the value of a field for the headline, as in the tables of boards: `제목` / `달빛 도서관 문 열다`.
fn is_subject(view: &View<'_>, index: usize) -> bool {
    /// Longest name of such a field, in bytes.
    const LONGEST: usize = 30;
    let name = index.checked_sub(1).map(|before| view.blocks.text_of(before));
    let Some(name) = name.filter(|name| name.len() <= LONGEST) else { return false };
    let name = name.trim_end_matches([':', '：', ' ']);
    let is_field = |name: &str| Vocab::get().is_phrase(name, 0, |f| f == Family::Mail(MailField::Subject));
    // `제 목`
    let is_spaced = || name.contains(' ') && name.split(' ').all(|letter| letter.chars().nth(1).is_none());
    // In the head of a list of posts, the name of the next column follows.
    (is_field(name) || is_spaced() && is_field(&name.replace(' ', ""))) && !view.hits_of(index).any(|hit| hit.whole)
}

/// Whether the words of a line make it part of the page's interface.
fn is_furniture<'h>(hits: impl Iterator<Item = &'h Hit>, length: usize) -> bool {
    let (mut covered, mut end) = (0, 0);
    for hit in hits.filter(|hit| hit.family.reason().is_some()) {
        if hit.whole {
            return true;
        }
        covered += hit.end.saturating_sub(hit.start.max(end));
        end = end.max(hit.end);
    }
    covered as f32 >= FURNITURE * length as f32
}

/// What a heading says behind its kicker. The two were read from different places, so white space does not count.
fn behind<'t>(heading: &'t str, kicker: &str) -> Option<&'t str> {
    let mut rest = heading;
    for c in kicker.chars().filter(|c| !c.is_whitespace()) {
        rest = rest.trim_start().strip_prefix(c)?;
    }
    let rest = rest.trim_start_matches([' ', ':', '：', '|', '-', '–', '—', '·', '•', '/', '>', '»', '›']);
    (!rest.is_empty()).then_some(rest)
}

/// A headline without the byline behind it: `달빛 도서관 문 열다` of `달빛 도서관 문 열다 김하나 기자`. The name must stand between
/// the headline and a role word at the end.
fn without_byline(text: &str) -> Option<&str> {
    let found = names(text, Trust::Seen);
    let [name] = found.as_slice() else { return None };
    let at = text.rfind(&*name.name)?;
    let role = text.get(at + name.name.len()..)?.trim_start();
    let head = text.get(..at)?.trim_end();
    let is_list = head.ends_with(['·', '・', ',', '，', '、', '/', '&', '=']);
    (Vocab::get().is_phrase(role, 0, |family| family == Family::Author) && !is_list).then_some(head)
}

/// A headline without the number of comments behind it: `[12]`, `(12)`, `12`.
fn without_count(text: &str) -> Option<&str> {
    /// Longest text that may be such a headline, in bytes.
    const LONGEST: usize = 400;
    /// Most digits of a number without brackets: years and numbers of models are part of a headline.
    const MAX_DIGITS: usize = 3;
    if text.len() > LONGEST {
        return None;
    }
    let inner = text.strip_suffix([']', ')']).unwrap_or(text);
    let head = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - head.len();
    let is_bracketed = inner.len() < text.len();
    let bare = head.strip_suffix(if is_bracketed { ['[', '('] } else { [' '; 2] })?;
    (digits > 0 && (is_bracketed || digits <= MAX_DIGITS)).then(|| bare.trim_end())
}

impl Candidate {
    /// Records a block that shows the candidate: the first of the highest rank.
    ///
    /// With `later`, the last one counts: in flattened text, the page's title is among the lines before the headline.
    fn show(&mut self, index: usize, kind: Kind, later: bool) {
        let heading = kind == Kind::Heading(1);
        if self.block.is_none() || (heading && !self.heading) || (later && heading == self.heading) {
            (self.block, self.heading) = (Some(index), heading);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{behind, without_byline, without_count};

    #[test]
    fn headlines_behind_kickers() {
        let cases = [
            ("Harbour Ferry sinks", "Harbour", Some("Ferry sinks")),
            ("27.01.2022Ferry sinks", "27.01. 2022", Some("Ferry sinks")),
            ("Harbour – “Ferry sinks”", "Harbour", Some("“Ferry sinks”")),
            ("near miss: another heading", "Harbour", None),
            ("Harbour", "Harbour", None),
        ];
        for (heading, kicker, expected) in cases {
            assert_eq!(behind(heading, kicker), expected, "{heading}");
        }
    }

    #[test]
    fn bylines_behind_headlines() {
        let cases = [
            ("달빛 도서관, 오늘 문 열다 김하나 기자", Some("달빛 도서관, 오늘 문 열다")),
            ("near miss: of two, the first would stay: 달빛 도서관 문 열다 김하나·박둘 기자", None),
            ("near miss: a person in it: Bridge designed by Jane Miller opens", None),
            ("near miss: 김하나 기자가 본 달빛 도서관", None),
        ];
        for (text, expected) in cases {
            assert_eq!(without_byline(text), expected, "{text}");
        }
    }

    #[test]
    fn counters_behind_headlines() {
        let cases = [
            ("제목 [12]", Some("제목")),
            ("제목 (3)", Some("제목")),
            ("제목 2", Some("제목")),
            ("near miss: a model, Tee 5001", None),
            ("near miss: a word in brackets [단독]", None),
            ("near miss: glued, 제목2", None),
        ];
        for (text, expected) in cases {
            assert_eq!(without_count(text), expected, "{text}");
        }
    }
}
