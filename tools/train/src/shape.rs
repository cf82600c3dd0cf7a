//! Pages made from others: flattened, mixed and transplanted.
//!
//! Few flattened pages have a known truth and many pages with markup do, so the latter are flattened in the ways that
//! people use. Since half of a flattened page is the frame around the article, bodies are also transplanted into the
//! frames of other pages of the same language and fold: a few dozen frames and bodies make hundreds of pages.

mod long;

use crate::corpus::{Corpus, Sample};
use crate::dump::{analysis, known};
use crate::label::Label;
use crate::markdown::{self, Style};
use crate::plant::{self, Addition, Purpose, Section};
use crate::token::hash;
use copydesk::internals::Analysis;
use std::ops::Range;
use std::sync::Arc;

/// The corpus of made pages.
pub(crate) const MADE: Corpus = Corpus { name: "made", by: "shape", fitted: true };
/// The corpus of pages with something added to the article. A corpus of its own because the fit weighs it differently.
const EXTENDED: Corpus = Corpus { name: "extended", by: "lang", fitted: true };

/// How a page was made.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    form: Form,
    /// The page that provides the frame or the added text, if there is one.
    frame: Option<Arc<Sample>>,
}

impl Shape {
    /// The name of the layout.
    pub(crate) fn name(&self) -> &'static str {
        match self.form {
            Form::Lines => "lines",
            Form::Spaced => "spaced",
            Form::Wrapped => "wrapped",
            Form::OneLine => "one line",
            Form::Mixed => "mixed",
            Form::Fragment => "fragment",
            Form::Piece => "piece",
            Form::Markdown => "markdown",
            Form::Long => "long",
            Form::Extended(Addition::Interruption, _) => "with a box",
            Form::Extended(Addition::Comments, _) => "with comments",
            Form::Extended(Addition::Teasers, _) => "with teasers",
            Form::Extended(Addition::Article, _) => "with an article",
        }
    }

    /// The other page it was made from, if there is one.
    pub(crate) fn frame(&self) -> Option<&Sample> {
        self.frame.as_deref()
    }

    /// Whether something was inserted between the article's paragraphs.
    pub(crate) fn interrupts(&self) -> bool {
        matches!(self.form, Form::Extended(Addition::Interruption, _))
    }

    /// Whether it is the whole of one page, with nothing added or left out.
    pub(crate) fn is_whole(&self) -> bool {
        self.frame.is_none() && !matches!(self.form, Form::Fragment | Form::Piece)
    }
}

/// The layout of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Form {
    /// One line per block.
    Lines,
    /// An empty line between blocks, bullets before list items.
    Spaced,
    /// Lines broken at 78 columns, an empty line between blocks.
    Wrapped,
    /// Everything in one line.
    OneLine,
    /// Lines, except that everything from the first block of the body to the last remains markup.
    Mixed,
    /// That markup alone, as if somebody had cut the article out of the page.
    Fragment,
    /// A few paragraphs of the body as plain elements, in half of the cases below the headline, as programs exchange
    /// them.
    Piece,
    /// Markdown of the whole page, as converters for language models write it.
    Markdown,
    /// The article continued by the text of many others.
    Long,
    /// The page with something added in or below the article.
    Extended(Addition, Purpose),
}

/// Minimum share of a block's words in the body for the block to be moved with the body.
const BODY_SHARE: f32 = 0.5;
/// Maximum share of a block's words in the body for the block to remain in the frame.
const FRAME_SHARE: f32 = 0.1;
/// Columns at which a hard-wrapped page is wrapped.
const WRAP_COLUMNS: usize = 78;
/// Number of frames that each body is put into: in rare languages, and in those with many pages.
const FRAMES_RARE: usize = 3;
const FRAMES_COMMON: usize = 1;
/// Minimum number of pages that make a language common.
const COMMON_PAGES: usize = 300;
/// End tags after which something may be inserted.
const ENDS: [&str; 8] = ["</p>", "</div>", "</section>", "</article>", "</ul>", "</ol>", "</blockquote>", "</main>"];
/// Maximum number of boxes between the paragraphs of one article.
const MAX_BOXES: u64 = 3;
/// Up to this many end tags, exclusive, are between an article and what is added below it.
const ENDS_CHOICES: u64 = 5;

/// The pages made from `samples`, each with the index of the page it was made from.
pub(crate) fn made(samples: &[Sample], folds: &[usize]) -> Vec<(usize, Sample)> {
    let sources: Vec<usize> = (0..samples.len()).filter(|&at| is_useful(&samples[at])).collect();
    let mut out = Vec::new();
    let is_markup = |sample: &Sample| !sample.is_flat() && (sample.is_article() || hash(&sample.key()) >> 40 & 1 == 0);
    for at in (0..samples.len()).filter(|&at| is_whole(&samples[at]) && is_markup(&samples[at])) {
        out.push((at, make(&samples[at], Form::Markdown, None)));
    }
    for (at, page) in long::all(samples, folds) {
        let form = [Form::Lines, Form::Spaced, Form::Wrapped, Form::OneLine][hash(&page.key()) as usize % 4];
        out.push((at, make(&page, form, None)));
        out.push((at, page));
    }
    for &at in &sources {
        let chance = hash(&samples[at].key());
        let extended = with_addition(samples, folds, at, Purpose::Training);
        if !samples[at].is_flat() {
            let forms = [Form::Lines, Form::Spaced, Form::OneLine, Form::Wrapped, Form::Lines];
            let form = forms[(chance % forms.len() as u64) as usize];
            // Without markup, added text is just as hard to distinguish from the article.
            let page = extended.as_ref().filter(|_| chance >> 48 & 1 == 0).unwrap_or(&samples[at]);
            out.push((at, make(page, form, None)));
            // One-line pages contain the least evidence, so they need the most examples.
            if form != Form::OneLine && chance >> 16 & 1 == 0 {
                out.push((at, make(page, Form::OneLine, None)));
            }
            match chance >> 8 & 3 {
                0 | 1 => out.push((at, make(&samples[at], Form::Mixed, None))),
                2 => out.push((at, make(&samples[at], Form::Fragment, None))),
                _ => {}
            }
            out.push((at, make(&samples[at], Form::Piece, None)));
        }
        out.extend(extended.map(|page| (at, page)));
        // Both pages are from one fold, so that neither site is in both training and test set.
        let language = samples[at].truth.language();
        let same = |frame: &&usize| {
            let other = &samples[**frame];
            **frame != at && folds[**frame] == folds[at] && !other.is_flat() && other.truth.language() == language
        };
        let frames: Vec<usize> = sources.iter().filter(same).copied().collect();
        let all = sources.iter().filter(|&&other| samples[other].truth.language() == language).count();
        let wanted = if all >= COMMON_PAGES { FRAMES_COMMON } else { FRAMES_RARE };
        for turn in 0..wanted.min(frames.len()) {
            let chance = chance.rotate_left(17 * (turn as u32 + 1));
            let frame = frames[(chance % frames.len() as u64) as usize];
            let forms = [Form::Lines, Form::Spaced, Form::OneLine];
            let form = forms[(chance >> 32) as usize % forms.len()];
            out.push((at, make(&samples[at], form, Some(Arc::new(samples[frame].clone())))));
        }
    }
    out
}

/// Whether the page has an article that pages can be made from.
fn is_useful(sample: &Sample) -> bool {
    sample.is_article() && is_whole(sample)
}

/// Whether the truth of the page covers its whole body.
fn is_whole(sample: &Sample) -> bool {
    sample.corpus.fitted
        && matches!(sample.corpus.name, "wcxb" | "fundus" | "cjk")
        && sample.truth.body.as_deref().is_some_and(|body| body.len() > 200)
}

fn make(origin: &Sample, form: Form, frame: Option<Arc<Sample>>) -> Sample {
    let mut made = origin.clone();
    let frame_id = frame.as_ref().map_or(String::new(), |frame| format!("+{}", frame.key()));
    made.truth.id = format!("{}+{form:?}{frame_id}", origin.key());
    made.corpus = if matches!(form, Form::Long | Form::Extended(..)) { EXTENDED } else { MADE };
    // Flatteners lose the address in about half of the cases.
    made.truth.url = made.truth.url.filter(|_| hash(&made.truth.id) & 1 == 0);
    made.shape = Some(Box::new((Shape { form, frame }, origin.clone())));
    made
}

/// Pages with something added to the article, made of pieces kept for tests. Each with the index of its origin.
pub(crate) fn all_extended(samples: &[Sample], folds: &[usize]) -> Vec<(usize, Sample)> {
    let sources = (0..samples.len()).filter(|&at| is_useful(&samples[at]));
    let extended = sources.filter_map(|at| Some((at, with_addition(samples, folds, at, Purpose::Test)?)));
    // The text added to a long article is from its own fold, so the model that tests it has not learned from it.
    let long = long::all(samples, folds).into_iter().flat_map(|(at, page)| {
        let flat = make(&page, Form::Lines, None);
        [(at, page), (at, flat)]
    });
    extended.chain(long).collect()
}

/// The page with something added, made of the text of another page of its fold and language: if possible, of a thread.
fn with_addition(samples: &[Sample], folds: &[usize], at: usize, purpose: Purpose) -> Option<Sample> {
    let origin = &samples[at];
    if origin.is_flat() {
        return None;
    }
    let chance = hash(&origin.key());
    let additions =
        [Addition::Comments, Addition::Interruption, Addition::Teasers, Addition::Interruption, Addition::Article];
    let what = additions[(chance >> 40) as usize % additions.len()];
    let fits = |other: &usize| {
        let sample = &samples[*other];
        let is_thread = sample.truth.page_type.as_deref() == Some("forum");
        let is_text =
            if what == Addition::Comments && origin.corpus.name == "wcxb" { is_thread } else { is_useful(sample) };
        *other != at && folds[*other] == folds[at] && is_text && sample.truth.language() == origin.truth.language()
    };
    let others: Vec<usize> = (0..samples.len()).filter(fits).collect();
    let other = &samples[*others.get(chance as usize % others.len().max(1))?];
    let made = make(origin, Form::Extended(what, purpose), Some(Arc::new(other.clone())));
    let can_be_made = sections(&made.shape.as_ref()?.0, origin).is_some() && html(origin).is_some();
    can_be_made.then_some(made)
}

/// `wanted` pages, each made of a frame and a body of one language and fold, with the index of the body's page.
pub(crate) fn transplants(samples: &[Sample], folds: &[usize], wanted: usize, seed: u64) -> Vec<(usize, Sample)> {
    let sources: Vec<usize> = (0..samples.len()).filter(|&at| is_useful(&samples[at])).collect();
    let frames = |at: usize| -> Vec<usize> {
        let fits = |frame: &usize| {
            let other = &samples[*frame];
            *frame != at
                && folds[*frame] == folds[at]
                && !other.is_flat()
                && other.truth.language() == samples[at].truth.language()
        };
        sources.iter().copied().filter(fits).collect()
    };
    let fitting: Vec<(usize, Vec<usize>)> =
        sources.iter().map(|&at| (at, frames(at))).filter(|(_, frames)| !frames.is_empty()).collect();
    let forms = [Form::Lines, Form::Spaced, Form::OneLine, Form::Wrapped];
    (0..wanted)
        .filter_map(|number| {
            let (at, frames) = fitting.get(number % fitting.len().max(1))?;
            let chance = hash(&format!("{seed}/{number}/{}", samples[*at].key()));
            let frame = frames[(chance % frames.len() as u64) as usize];
            let form = forms[(chance >> 32) as usize % forms.len()];
            Some((*at, make(&samples[*at], form, Some(Arc::new(samples[frame].clone())))))
        })
        .collect()
}

/// The text of a made page; `None` if it cannot be made, since the body is not found or the page is not UTF-8.
pub(crate) fn bytes(shape: &Shape, origin: &Sample) -> Option<Vec<u8>> {
    let page = analysis(origin)?;
    let labels = known(&page, origin);
    let body: Vec<bool> = labels.iter().map(|label| label.body > BODY_SHARE).collect();
    let own: Vec<usize> = (0..body.len()).filter(|&at| body[at]).collect();
    if matches!(shape.form, Form::Mixed | Form::Fragment) {
        return raw(&page, &body, origin, shape.form == Form::Mixed);
    }
    if shape.form == Form::Markdown {
        return markdown(origin);
    }
    if shape.form == Form::Piece {
        return piece(&page, &body, origin);
    }
    if shape.form == Form::Long {
        return long::bytes(&page, *own.last()?, origin, shape.frame()?.truth.body.as_deref()?);
    }
    if let Form::Extended(addition, _) = shape.form {
        return extended(&page, &own, origin, addition, sections(shape, origin)?);
    }
    Some(laid_out(shape.form, &lines_of(shape, origin, &page, &body)?).into_bytes())
}

/// A line of a made page.
pub(crate) struct Line {
    pub(crate) text: String,
    item: bool,
    /// Whether it belongs to the transplanted article.
    pub(crate) own: bool,
}

impl Line {
    fn of(page: &Analysis, at: usize, own: bool) -> Line {
        Line { text: page.text(at).to_owned(), item: page.is_list_item(at), own }
    }
}

/// The lines of a made page without markup; `None` if it cannot be made.
pub(crate) fn lines(shape: &Shape, origin: &Sample) -> Option<Vec<Line>> {
    let page = analysis(origin)?;
    let body: Vec<bool> = known(&page, origin).iter().map(|label| label.body > BODY_SHARE).collect();
    lines_of(shape, origin, &page, &body)
}

fn lines_of(shape: &Shape, origin: &Sample, page: &Analysis, body: &[bool]) -> Option<Vec<Line>> {
    let top = top(shape, origin).into_iter();
    let Some(frame) = &shape.frame else {
        return Some(top.chain((0..page.len()).map(|at| Line::of(page, at, body[at]))).collect());
    };
    let other: &Sample = frame;
    let around = analysis(other)?;
    let labels = known(&around, other);
    let is_body = |label: &Label| label.body > BODY_SHARE;
    let (first, last) = (labels.iter().position(is_body)?, labels.iter().rposition(is_body)?);
    let own = (0..page.len()).filter(|&at| body[at]).map(|at| Line::of(page, at, true));
    // Everything between the first and last block of the replaced article is removed with it, even what its truth lacks:
    // captions, headings. A block at the edge that only partly belongs to the article is removed too.
    let frame = |at: &usize| labels[*at].body < FRAME_SHARE;
    // The headline is replaced as well.
    let (old, new) = (squeezed(title_of(other)), title_of(origin));
    let around = |at: usize| {
        let line = Line::of(&around, at, false);
        let is_headline = !old.is_empty() && !new.is_empty() && squeezed(&line.text) == old;
        if is_headline { Line { text: new.to_owned(), ..line } } else { line }
    };
    let before = (0..first).filter(frame).map(around);
    let after = (last + 1..labels.len()).filter(frame).map(around);
    Some(top.chain(before).chain(own).chain(after).collect())
}

/// One page in three begins with the title that a browser shows, of one-line pages two in three.
const PAGES_PER_TITLE: u64 = 3;

/// The first line of a page that was flattened with its head.
fn top(shape: &Shape, origin: &Sample) -> Option<Line> {
    let is_rare = hash(&format!("{}/{}", origin.key(), shape.name())).is_multiple_of(PAGES_PER_TITLE);
    let text = browser_title(&String::from_utf8(origin.bytes().ok()?).ok()?)?;
    let is_titled = is_rare != (shape.form == Form::OneLine) && !text.is_empty();
    is_titled.then_some(Line { text, item: false, own: false })
}

fn title_of(sample: &Sample) -> &str {
    sample.truth.title.as_deref().unwrap_or_default()
}

/// Only the letters and digits of a text; the rest is layout.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn laid_out(form: Form, lines: &[Line]) -> String {
    let mut out = String::new();
    for Line { text, item, .. } in lines {
        match form {
            Form::OneLine => out.push_str(&text.replace('\n', " ")),
            Form::Wrapped => out.push_str(&wrapped(text)),
            Form::Spaced if *item => out.push_str(&format!("\n* {text}")),
            Form::Spaced => out.push_str(&format!("\n{text}")),
            _ => out.push_str(text),
        }
        out.push_str(match form {
            Form::OneLine => " ",
            Form::Wrapped => "\n\n",
            _ => "\n",
        });
    }
    out
}

fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if column > 0 {
            let fits = column + 1 + len <= WRAP_COLUMNS;
            out.push(if fits { ' ' } else { '\n' });
            column = if fits { column + 1 } else { 0 };
        }
        out.push_str(word);
        column += len;
    }
    out
}

/// The markup of the body, with or without the rest of the page as lines around it.
fn raw(page: &Analysis, body: &[bool], origin: &Sample, around: bool) -> Option<Vec<u8>> {
    let html = html(origin)?;
    let (first, last) = (body.iter().position(|body| *body)?, body.iter().rposition(|body| *body)?);
    let (start, end) = (page.source(first).start, page.source(last).end);
    let start = html.get(..start)?.rfind('<')?;
    let end = end + html.get(end..)?.find('>')? + 1;
    let flat =
        |range: Range<usize>| -> String { range.filter(|_| around).map(|at| format!("{}\n", page.text(at))).collect() };
    Some(format!("{}{}\n{}", flat(0..first), html.get(start..end)?, flat(last + 1..page.len())).into_bytes())
}

/// The markup of a page, if it is UTF-8.
fn html(origin: &Sample) -> Option<String> {
    String::from_utf8(origin.bytes().ok()?).ok()
}

/// What was added to a page: several boxes, or one section of another kind.
pub(crate) fn sections(shape: &Shape, origin: &Sample) -> Option<Vec<Section>> {
    let Form::Extended(addition, purpose) = shape.form else { return None };
    let chance = hash(&origin.key());
    let count = if addition == Addition::Interruption { 1 + chance % MAX_BOXES } else { 1 };
    let truth = &shape.frame()?.truth;
    let section = |number| plant::section(origin.truth.language(), addition, truth, chance ^ number, purpose);
    (0..count).map(section).collect()
}

/// The page with boxes between blocks of its body, or with another section somewhere below the body.
fn extended(
    page: &Analysis,
    own: &[usize],
    origin: &Sample,
    addition: Addition,
    sections: Vec<Section>,
) -> Option<Vec<u8>> {
    let chance = hash(&origin.key());
    let place = |number: usize| match addition {
        Addition::Interruption => {
            let at = chance.rotate_left(13 * number as u32) as usize % (own.len().max(2) - 1);
            Some((*own.get(at)?, 0))
        }
        _ => Some((*own.last()?, chance % ENDS_CHOICES)),
    };
    let mut places: Vec<(usize, u64, String)> = Vec::new();
    for (number, section) in sections.into_iter().enumerate() {
        let (block, ends) = place(number)?;
        if places.iter().all(|(other, ..)| *other != block) {
            places.push((block, ends, section.html));
        }
    }
    places.sort();
    inserted(page, origin, &places)
}

/// The page with markup inserted: each piece after a block and a number of end tags. Blocks are given in order.
fn inserted(page: &Analysis, origin: &Sample, places: &[(usize, u64, String)]) -> Option<Vec<u8>> {
    let mut html = html(origin)?;
    for (block, ends, more) in places.iter().rev() {
        let at = behind(&html, page.source(*block).end, *ends)?;
        if !html.is_char_boundary(at) {
            return None;
        }
        html.insert_str(at, more);
    }
    Some(html.into_bytes())
}

/// The offset after the end tag that follows `from` and `more` other ones, but before any script.
fn behind(html: &str, from: usize, more: u64) -> Option<usize> {
    let rest = html.get(from..)?.split("<script").next()?;
    let mut ends: Vec<usize> =
        ENDS.iter().flat_map(|end| rest.match_indices(end).map(|(at, end)| at + end.len())).collect();
    ends.sort_unstable();
    Some(from + ends.get(more as usize).or(ends.last())?)
}

/// The beginning of the header that readers put before Markdown.
pub(crate) const HEADER: &str = "Title: ";

/// The title that a browser shows for a page, on one line.
pub(crate) fn browser_title(html: &str) -> Option<String> {
    let title = html.split_once("<title").and_then(|(_, rest)| rest.split_once('>'))?.1.split('<').next()?;
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The page as Markdown, in half of the cases below the header of a reader.
fn markdown(origin: &Sample) -> Option<Vec<u8>> {
    let html = html(origin)?;
    let chance = hash(&origin.key());
    let bit = |at: u32| chance >> at & 1 == 0;
    let style = Style { underlined: bit(9), bullet: if bit(10) { "*" } else { "-" }, pictures: bit(11) };
    let title = browser_title(&html).filter(|_| bit(12)).unwrap_or_default();
    let header = format!("{HEADER}{title}\n\nURL Source: https://example.org/\n\nMarkdown Content:\n");
    let header = if title.is_empty() { "" } else { &header };
    Some(format!("{header}{}", markdown::of(&html, style)).into_bytes())
}

/// One to three successive blocks of the body, as paragraphs.
fn piece(page: &Analysis, body: &[bool], origin: &Sample) -> Option<Vec<u8>> {
    let own: Vec<usize> = (0..body.len()).filter(|&at| body[at]).collect();
    let chance = hash(&origin.key());
    let first = *own.get(chance as usize % own.len().max(1))?;
    let length = 1 + (chance >> 24) as usize % 3;
    let paragraphs = own.iter().filter(|&&at| at >= first).take(length);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let title = origin.truth.title.as_deref().filter(|_| chance >> 32 & 1 == 0);
    let title = title.map_or(String::new(), |title| format!("<h1>{}</h1>\n", escaped(title)));
    let text: String = paragraphs.map(|&at| format!("<p>{}</p>\n", escaped(page.text(at)))).collect();
    Some((title + &text).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn wraps_at_words() {
        let text = "word ".repeat(40);
        let lines = wrapped(&text);
        assert!(lines.lines().all(|line| line.len() <= super::WRAP_COLUMNS), "{lines}");
        assert_eq!(lines.split_whitespace().count(), 40);
    }
}
