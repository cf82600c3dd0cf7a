//! The headline: which of a page's many titles it is, and which part of that title.
//!
//! Every declared title and every block that may be the headline is a candidate, whole and with its ends cut off at
//! separators. Equal texts are one candidate; its signals say who states it and where it stands.

mod compare;
mod evidence;
mod gather;
mod inside;
mod place;
mod shown;
mod unfit;
mod words;

pub(crate) use evidence::TitleSignal;

use super::fact::{Fact, FactField};
use super::key::width;
use super::propose::View;
use super::signal::Signals;
use super::tables::Table;
use gather::{Gatherer, stated_signal};

/// Narrowest line with a full stop at its end that is a paragraph, in columns.
const PARAGRAPH: usize = 70;
/// Most candidates kept; a page has a dozen, a hostile page a thousand headings.
const MAX_CANDIDATES: usize = 120;

/// A text that may be the headline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    key: String,
    /// The block that shows it, if any.
    pub(crate) block: Option<usize>,
    /// Whether that block is a first-level heading.
    heading: bool,
    /// Whether the text is never a headline, such as a line of tools (`Bookmark Share Print`).
    unfit: bool,
    /// Whether the text is the value of a field for the headline, as on boards.
    subject: bool,
    /// Whether the text is the site's or the board's name, beside a headline that the page shows.
    frame: bool,
    /// Who states the text, as bits: each [`Source::bit`], and the kinds of blocks that show it.
    sources: u32,
    pub(crate) signals: Signals<TitleSignal>,
}

/// All candidates of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    pub(crate) candidates: Vec<Candidate>,
    /// Whether the page came without its head, so that only the text shown is known.
    is_flat: bool,
    /// Candidates of the previous page, kept to reuse their strings.
    spare: Vec<Candidate>,
}

/// Gathers all candidates, replacing those of the previous page.
pub(crate) fn propose(view: &View<'_>, titles: &mut Titles) {
    let View { blocks, layout, declared, site, .. } = *view;
    titles.spare.append(&mut titles.candidates);
    titles.spare.truncate(MAX_CANDIDATES);
    titles.is_flat = !layout.marked_up;
    let mut gatherer = Gatherer { site, layout, titles, key: String::new() };
    for fact in declared.of(FactField::Title) {
        if fact.has(Fact::SECOND) || fact.has(Fact::COMMENT) {
            continue;
        }
        let named = fact.has(Fact::NO_ARTICLE);
        gatherer.stated(&fact.value, |part| stated_signal(fact.source, named, part), fact.source.bit());
    }
    gatherer.blocks(view);
    gatherer.before_labels(blocks, view.shown);
    if !layout.marked_up {
        gatherer.inside(blocks, view.shown);
    }
    titles.compare(blocks, layout, declared, site);
    titles.place(blocks, layout, &layout.body, view.dated);
}

impl Candidate {
    fn set(&mut self, signal: TitleSignal) {
        self.signals.set(signal);
    }
    fn set_if(&mut self, signal: TitleSignal, condition: bool) {
        self.signals.set_if(signal, condition);
    }
    fn has(&self, signal: TitleSignal) -> bool {
        self.signals.has(signal)
    }
}

impl Titles {
    /// The likeliest candidate by the weights alone.
    pub(crate) fn likely(&self, table: &Table<TitleSignal>) -> Option<usize> {
        let scored = self.candidates.iter().enumerate().filter(|(_, c)| !c.frame);
        let scored = scored.map(|(index, c)| (index, table.rough(c.signals)));
        // Of equals the first: below a headline, sub-headlines may have the same signals.
        let (index, _) = scored.rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
        self.is_headline(&self.candidates[index]).then_some(index)
    }

    /// The likeliest candidate, and the probability that it is right.
    pub(crate) fn best(&self, table: &Table<TitleSignal>) -> Option<(&Candidate, f32)> {
        // The last rival is the outcome that no candidate is right.
        let rivals: Vec<_> = self.candidates.iter().map(|c| c.signals).chain([Signals::default()]).collect();
        let mut odds = table.odds(&rivals);
        for (odds, _) in
            odds.iter_mut().zip(&self.candidates).filter(|(_, candidate)| candidate.unfit || candidate.frame)
        {
            *odds = f32::NEG_INFINITY;
        }
        let scored = odds.iter().copied().enumerate().take(self.candidates.len());
        let (best, top) = scored.rev().filter(|(_, odds)| odds.is_finite()).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let all: f32 = odds.iter().map(|odds| (odds - top).exp()).sum();
        let best = self.candidates.get(best).filter(|best| self.is_headline(best))?;
        Some((best, table.worth(1.0 / all)))
    }

    /// Whether the likeliest candidate is a headline at all. On a flattened page without one it is the first paragraph,
    /// and any other line is less likely still.
    fn is_headline(&self, likeliest: &Candidate) -> bool {
        !(self.is_flat && is_paragraph(&likeliest.text))
    }
}

/// Whether a line is a paragraph and no headline: it is wide and ends with a full stop.
fn is_paragraph(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', ')', ' ']);
    text.ends_with(['.', '。', '．']) && !text.ends_with("..") && width(text) >= PARAGRAPH
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Titles, is_paragraph};
    use crate::meta::tables::Tables;

    #[test]
    fn of_equals_the_first() {
        let candidate = |text: &str| Candidate { text: text.to_owned(), ..Candidate::default() };
        let candidates = ["Ferry sinks", "Two saved", "Inquiry opened"].map(candidate).into();
        let titles = Titles { candidates, ..Titles::default() };
        // Without weights, all are as likely.
        let table = Tables::read([""; 2], [""; 2], [""; 2]).titles;
        assert_eq!(titles.likely(&table), Some(0));
        assert_eq!(titles.best(&table).map(|(best, _)| best.text.as_str()), Some("Ferry sinks"));
    }

    #[test]
    fn paragraphs_are_no_headlines() {
        let cases = [
            (
                "[서울=해오름일보] 김하나 기자 = 가람시는 3일 새 도서관을 열고 시민 1만 명에게 책을 빌려주기로 했다고 밝혔다.",
                true,
            ),
            ("The river has moved, and the village on its bank went with it last week, so we followed.”", true),
            ("near miss: short, as some headlines end with a stop.", false),
            (
                "near miss: The river has moved, and the village on its bank went with it last week, so we followed...",
                false,
            ),
            (
                "near miss: Can a small country build an industry for ferries from scratch within a decade or two?",
                false,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(is_paragraph(text), expected, "{text}");
        }
    }
}
