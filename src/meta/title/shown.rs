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
use crate::vocab::{Family, Hit};

/// Widest line that may be a headline because of its place alone, in columns.
const MAX_HEADLINE: u32 = 220;
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
/// Lines before the body that may hold its headline.
const BEFORE: usize = 25;
/// Places that show a title, as bits of [`Candidate::sources`] above those of declarations.
const HEADING: u32 = 1 << 30;
const LINE: u32 = 1 << 31;

impl Gatherer<'_> {
    pub(super) fn blocks(&mut self, view: &View<'_>) {
        let View { blocks, declared, layout, .. } = *view;
        let flat = !layout.marked_up;
        let is_h1 = |block: &Block| block.kind == Kind::Heading(1) && !block.has(Block::HIDDEN);
        let h1s = blocks.items.iter().filter(|b| is_h1(b)).count();
        let mut first_h1 = true;
        let from = layout.body.start.saturating_sub(BEFORE);
        // Portals put tools, votes and a synopsis between the body and the headline with its date.
        let is_published = |date: &&Shown| flat && date.found.label == Label::Published;
        let published: Vec<usize> = view.shown.iter().filter(is_published).map(|date| date.block as usize).collect();
        let stated: Vec<u64> = self.titles.candidates.iter().map(|c| hash(&c.text)).collect();
        let page_title = declared.of(FactField::Title).find(|f| f.source == Source::TitleTag).map(|f| key(&f.value));
        for (index, (block, line)) in blocks.items.iter().zip(&layout.lines).enumerate() {
            if line.hash == 0 || line.width < 2 || self.titles.candidates.len() >= MAX_CANDIDATES {
                continue;
            }
            // A heading after the body belongs to something else.
            let heading = match block.kind {
                Kind::Heading(1) => true,
                Kind::Heading(2) => index < layout.body.end,
                Kind::Heading(_) => (from..layout.body.start + 3).contains(&index),
                _ => false,
            };
            let below = published.get(published.partition_point(|&date| date <= index));
            // A section or a byline may stand between headline and date, but no other headline.
            let is_between =
                |at: usize| layout.lines.get(at).is_none_or(|line| line.width < BETWEEN) || is_byline(view, at);
            let is_dated = below.is_some_and(|&date| {
                date <= index + ABOVE && date < layout.body.start + 3 && (index + 1..date).all(is_between)
            });
            let placed =
                (is_dated || (from..layout.body.start + 3).contains(&index)) && !(flat && is_byline(view, index));
            let labelled = is_dated && placed;
            let near = placed && (flat || line.width >= 12) && line.width <= MAX_HEADLINE;
            let text = blocks.text_of(index);
            // Boards count the comments behind the headline.
            let is_stated = stated.contains(&line.hash);
            let bare = without_count(text).filter(|bare| !is_stated && stated.contains(&hash(bare)));
            let known = is_stated || bare.is_some();
            let text = bare.unwrap_or(text);
            let hinted = line.hint.has(Hint::TITLE) && index < layout.body.end;
            let head = flat && (layout.opening..layout.opening + 4).contains(&index);
            if !(heading || near || known || hinted || head) {
                continue;
            }
            // Left-over template code is not a line of the page.
            if flat && is_code(text) {
                continue;
            }
            let own = view.hits_of(index);
            let mut signals = Signals::default();
            let mut add = |signal: TitleSignal| signals.set(signal);
            if block.kind == Kind::Caption || own.clone().any(|hit| hit.family == Family::Caption) {
                add(TitleSignal::IsCaption);
            }
            if is_furniture(own, block.text.len()) {
                add(TitleSignal::IsFurniture);
            }
            match block.kind {
                Kind::Heading(1) if !line.hidden => {
                    add(if h1s == 1 { TitleSignal::OnlyHeading } else { TitleSignal::OneHeading });
                    if std::mem::take(&mut first_h1) {
                        add(TitleSignal::FirstHeading);
                    }
                }
                Kind::Heading(2) => add(TitleSignal::SecondHeading),
                Kind::Heading(_) => add(TitleSignal::LowHeading),
                _ => add(TitleSignal::PlainBlock),
            }
            key_into(text, &mut self.key);
            if page_title.as_ref().is_some_and(|tag| tag.starts_with(&self.key)) {
                add(TitleSignal::SameAsFirst);
            }
            if line.hint.has(Hint::TITLE) {
                add(TitleSignal::TitleHint);
            }
            if line.linked {
                add(TitleSignal::Linked);
            }
            if line.hidden {
                add(TitleSignal::Hidden);
            }
            if labelled {
                add(TitleSignal::AboveLabel);
            }
            let source = if heading { HEADING } else { LINE };
            if let Some(at) = self.put_keyed(text, signals, source) {
                self.titles.candidates[at].show(index, block.kind, flat && index < layout.body.start + 3);
            }
            // In flattened text the page's title is just the first line; any line may have the section glued on.
            let before_body = flat && near && index + 8 >= layout.body.start;
            if head || heading || hinted || before_body {
                for (range, part, mut signals) in self.parts(text) {
                    signals.set(TitleSignal::CutBlock);
                    signals.set_if(TitleSignal::FlatCut, before_body);
                    signals.set_if(TitleSignal::FlatExtended, head && index == layout.opening);
                    signals.set_if(TitleSignal::TagSite, matches!(part, Part::Site | Part::Section));
                    self.put(text.get(range).unwrap_or_default(), signals, 0);
                }
            }
        }
    }

    /// Adds headlines before a date's label: boards put headline, label, date and counters into one line.
    pub(super) fn before_labels(&mut self, blocks: &Blocks, shown: &[Shown]) {
        let body = &self.layout.body;
        let label = |shown: &Shown| Some((shown.block as usize, shown.found.label_span?.start as usize));
        // A line of thousands of dates has as many heads: only short heads are read.
        let near = |(index, at): &(usize, usize)| *index < body.start + 3 && *at <= MAX_LINE;
        for (index, at) in shown.iter().filter_map(label).filter(near) {
            let head = blocks.text_of(index).get(..at).unwrap_or_default().trim_end();
            self.mark(blocks.text_of(index), TitleSignal::HoldsLabel);
            // The line as a whole is no headline: the text before the label becomes a candidate.
            self.mark(blocks.text_of(index), TitleSignal::IsFurniture);
            let signals = Signals::of([TitleSignal::BeforeDate, TitleSignal::PlainBlock]);
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
    use super::without_count;

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
