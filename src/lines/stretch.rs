//! Cuts a one-line page into its former blocks: menus, titles, bylines and the sentences of the article.
//!
//! Cutting only at sentence ends leaves the menu glued to the article's first sentence. Such a stretch is cut at
//! separators, repeated titles, dates and, in scripts with case, where Words Like These change to prose.

use super::echo;
use super::glue::{self, SortedWords};
use super::island;
use super::line::{head_of, is_blank, width};
use super::menu;
use super::sentence::{self, End};
use super::word::{Dates, Words, begins_block, is_separator};
use std::cell::LazyCell;
use std::ops::Range;

/// A part of the text that becomes one piece.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether this part continues the paragraph of the part before it.
    pub(super) continues: bool,
}

/// Text without a sentence end is left in one piece up to this many columns.
const MENU_COLUMNS: u32 = 240;
/// Columns per piece when longer text is cut.
const CHUNK_COLUMNS: u32 = 120;
/// A sentence longer than this has a menu before it, even if the script does not show where it ends.
const SENTENCE_COLUMNS: u32 = 700;
/// Maximum length in bytes of a credit in brackets.
const CREDIT_BYTES: usize = 80;
/// Maximum length of a dateline in bytes: a town and an agency.
const DATELINE_BYTES: usize = 60;
/// From this many sentence ends on, a page shows how many spaces it puts after a full stop ...
const TYPED_MIN_ENDS: usize = 6;
/// ... and puts two there if at least this percentage of them have two. With less, lost line breaks would be missed.
const TYPED_PERCENT: usize = 90;
/// What a lower-case word adds to the weight of prose, and what a capitalised word or a figure takes away: names make up a third of
/// the words of a sentence, and all of a menu.
const LOWER_WEIGHT: i32 = 2;
const UPPER_WEIGHT: i32 = 3;
/// Minimum weight of the sentence after a menu: two lower-case words more than capitals.
const PROSE_WEIGHT: i32 = 4;
/// Minimum columns of the same in Han and kana: less may be a headline of a menu.
const WIDE_PROSE_COLUMNS: u32 = 24;
/// Minimum weight of a menu that is cut off before a sentence, as [`prose_begin`] weighs words.
const MENU_WEIGHT: i32 = 14;

/// Cuts `text`, one overlong line; `head` is the first line of the page (`text` itself if `alone`).
pub(super) fn cut(text: &str, head: &str, alone: bool, out: &mut Vec<Cut>) {
    let (mut ends, mut echoes) = (Vec::new(), Vec::new());
    sentence::ends(text, &mut ends);
    settle_spaces(text, &mut ends);
    echo::find(text, head, alone, &mut echoes);
    drop_inside(&mut ends, &echoes);
    let mut echoes = echoes.into_iter().peekable();
    let words = LazyCell::new(|| SortedWords::of(text));
    let mut cutter = Cutter { text, out };
    let mut start = 0;
    let mut fresh = true;
    let last = End { at: text.len(), next: text.len(), fresh: true };
    for end in ends.into_iter().chain([last]) {
        let mut segment = start;
        while let Some(&(from, to)) = echoes.peek() {
            if from >= end.at {
                break;
            }
            echoes.next();
            // A repeated title is a block of its own, even in the middle of a sentence.
            let to = to.min(end.at);
            let from = from.max(segment);
            cutter.stretch(segment..from, false, fresh);
            cutter.push(from..to, false);
            fresh = true;
            let until = echoes.peek().map_or(end.at, |&(next, _)| next.clamp(to, end.at));
            segment = cutter.deck(to..until, &words);
        }
        let closed = sentence::is_ended(text.get(segment..end.at).unwrap_or_default());
        cutter.stretch(segment..end.at, closed, fresh);
        // A title is never continued.
        (start, fresh) = (end.next, end.fresh || segment == end.at);
    }
}

/// Drops the ends inside a title: headlines contain full stops too.
fn drop_inside(ends: &mut Vec<End>, echoes: &[(usize, usize)]) {
    let mut ahead = echoes.iter().peekable();
    ends.retain(|end| {
        while ahead.next_if(|&&(_, to)| to <= end.at).is_some() {}
        ahead.peek().is_none_or(|&&(from, to)| !(from < end.at && end.at < to))
    });
}

/// Two spaces are a lost line break, unless the whole page puts two spaces after full stops.
fn settle_spaces(text: &str, ends: &mut [End]) {
    let after_stop = |end: &&End| text.get(..end.at).is_some_and(sentence::is_ended);
    let double = ends.iter().filter(after_stop).filter(|end| end.next - end.at > 1).count();
    let all = ends.iter().filter(after_stop).filter(|end| end.next > end.at).count();
    // Paragraphs have several sentences, so if two spaces mean a line break, some ends must have one space.
    let typed = all >= TYPED_MIN_ENDS && double * 100 >= all * TYPED_PERCENT;
    if typed {
        for end in ends.iter_mut().filter(|end| end.next - end.at == 2) {
            if text.get(..end.at).is_some_and(sentence::is_ended) {
                end.fresh = false;
            }
        }
    }
}

/// Cuts parts of a line, from left to right.
///
/// Of a part, `closed` says whether it ends with a sentence, `fresh` whether it begins a paragraph.
struct Cutter<'t, 'o> {
    text: &'t str,
    out: &'o mut Vec<Cut>,
}

impl<'t> Cutter<'t, '_> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Cuts off the lines of the deck in `range`, glued to a title before it. Returns where the last of them ends.
    fn deck<F>(&mut self, range: Range<usize>, words: &LazyCell<SortedWords<'t>, F>) -> usize
    where
        F: FnOnce() -> SortedWords<'t>,
    {
        let start = range.start;
        let slice = self.slice(range);
        if !slice.starts_with(sentence::is_hangul) {
            return start;
        }
        let mut borders = Vec::new();
        glue::borders(slice, words, &mut borders);
        let mut at = 0;
        for border in borders {
            self.push(start + at..start + border, false);
            at = border;
        }
        start + at
    }

    /// Cuts the text between two sentence ends.
    fn stretch(&mut self, range: Range<usize>, closed: bool, mut fresh: bool) {
        let mut at = range.start;
        for (from, to) in borders(self.slice(range.clone())) {
            self.segment(at..range.start + from, false, fresh);
            at = range.start + to;
            fresh = true;
        }
        self.segment(at..range.end, closed, fresh);
    }

    /// Cuts text without separators and dates.
    fn segment(&mut self, range: Range<usize>, closed: bool, mut fresh: bool) {
        let Range { start: mut at, end } = range;
        while let Some(island) = self.text.get(at..end).and_then(island::end) {
            self.push(at..at + island, false);
            at += island;
            fresh = true;
        }
        let slice = self.slice(at..end);
        let menu = if slice.contains(sentence::is_hangul) { menu::end(slice) } else { None };
        if let Some(begin) = menu.or_else(|| closed.then(|| prose_begin(slice)).flatten()) {
            self.chunks(at..at + begin, fresh);
            at += begin;
            fresh = true;
        }
        if closed && width(self.slice(at..end)) <= SENTENCE_COLUMNS {
            self.push(at..end, !fresh);
        } else {
            self.chunks(at..end, fresh);
        }
    }

    /// Cuts text without sentence ends into chunks if it is long, so that they can be scored separately.
    fn chunks(&mut self, range: Range<usize>, fresh: bool) {
        let slice = self.slice(range.clone());
        if width(slice) <= MENU_COLUMNS {
            self.push(range, !fresh);
            return;
        }
        let Range { start, end } = range;
        let (mut from, mut columns, mut continues) = (start, 0, !fresh);
        let mut previous: &str = "";
        let mut at = start;
        for word in slice.split_inclusive(is_blank) {
            // A capital after a lower-case word is where one item ends and the next begins; `May 24, 2025` is one date.
            let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
            let is_item = word.starts_with(|c: char| !c.is_lowercase())
                && !previous.starts_with(|c: char| c.is_uppercase())
                && !(is_figure(word) && is_figure(previous));
            if columns >= CHUNK_COLUMNS && (is_item || columns >= CHUNK_COLUMNS * 3 / 2) {
                self.push(from..at, continues);
                (from, columns, continues) = (at, 0, true);
            }
            columns += width(word);
            at += word.len();
            previous = word;
        }
        self.push(from..end, continues);
    }

    /// Adds the text in `range` as one part, without the white space around it and unless it is blank.
    fn push(&mut self, range: Range<usize>, continues: bool) {
        let Some(slice) = self.text.get(range.clone()) else { return };
        let tail = slice.trim_start_matches(is_blank);
        let content = tail.trim_end_matches(is_blank);
        if !content.is_empty() {
            let start = range.start + slice.len() - tail.len();
            let continues = continues && !self.out.is_empty();
            self.out.push(Cut { start, end: start + content.len(), continues });
        }
    }
}

/// Separators and dates inside a stretch, as ranges between the text before and after them; empty for a date.
fn borders(slice: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut words = Words::of(slice).peekable();
    let mut dates = Dates::default();
    let mut first = true;
    let mut bracketed = false;
    let mut open = 0;
    if let Some(credit) = glued_credit(slice) {
        out.push((credit, credit));
    }
    while let Some((start, word)) = words.next() {
        let end = start + word.len();
        if word.starts_with(['[', '【', '(', '（']) {
            open = start;
        }
        let next = words.peek().map(|&(_, next)| next);
        bracketed = match word.rfind(['[', ']', '(', ')', '【', '】']) {
            Some(at) => word.get(at..).is_some_and(|rest| rest.starts_with(['[', '(', '【'])),
            None => bracketed,
        };
        if is_separator(word) && !first && !bracketed {
            out.push((start, end));
        } else if !first && is_dateline(slice.get(start..).unwrap_or_default()) {
            out.push((start, start));
        } else {
            let follows = next.is_some_and(begins_block);
            let is_end = is_mail(word) || open > 0 && is_credit(slice.get(open..end).unwrap_or_default());
            if is_end && follows || dates.ends_here(word, next) && follows {
                out.push((end, end));
            }
        }
        first = false;
    }
    // A credit may contain other borders. Those are dropped, so that the ranges ascend.
    let mut at = 0;
    out.retain(|&(start, end)| {
        let goes_on = start >= at;
        at = if goes_on { end } else { at };
        goes_on
    });
    out
}

/// The end of a credit in brackets at the start, if text or another bracket follows without a space: `[사진 | 뉴시스]미국이`. A
/// credit with a label may also be followed by a space: `(Photo: Ann Bell) The ferry`.
fn glued_credit(slice: &str) -> Option<usize> {
    let open = slice.chars().next()?;
    let close = match open {
        '[' => ']',
        '【' => '】',
        '(' => ')',
        '（' => '）',
        _ => return None,
    };
    let (inside, _) = head_of(slice, CREDIT_BYTES).split_once(close)?;
    let at = inside.len() + close.len_utf8();
    let rest = slice.get(at..)?;
    let follows = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '(' | '【' | '（'));
    // `(사진=가나통신) 시는 …` is a credit. A dateline is followed by the reporter and another `=`.
    let ahead = head_of(rest, DATELINE_BYTES);
    let is_labelled =
        inside.contains([':', '：', '|', '©', 'ⓒ']) || inside.contains(['=', '＝']) && !ahead.contains(['=', '＝']);
    let is_square = matches!(open, '[' | '【');
    (is_square && follows(rest) || is_labelled && follows(rest.trim_start_matches(is_blank))).then_some(at)
}

/// Whether a text is a credit in square brackets, which newsrooms use for their own remarks: `… 전경 [가나일보 자료사진]`.
fn is_credit(text: &str) -> bool {
    let inside = text.strip_prefix(['[', '【']).and_then(|rest| rest.strip_suffix([']', '】']));
    let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    inside.is_some_and(|inside| {
        inside.len() <= CREDIT_BYTES
            && inside.contains([' ', '|', '=', '/', ':'])
            && !inside.contains([']', '】'])
            && !inside.split(' ').any(is_figure)
    })
}

/// Whether `text` begins with a town and an agency in brackets, as reports of East Asian agencies do: `(서울=가나통신)`.
fn is_dateline(text: &str) -> bool {
    let close = match text.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        Some('（') => '）',
        Some('【') => '】',
        _ => return false,
    };
    let Some((inside, _)) = head_of(text, DATELINE_BYTES).split_once(close) else { return false };
    let is_word =
        |part: &str| part.chars().any(char::is_alphabetic) && part.chars().all(|c| !c.is_ascii_alphanumeric());
    inside.split_once('=').is_some_and(|(town, agency)| is_word(town) && is_word(agency))
}

/// Whether a word is an e-mail address: bylines end with one.
fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && host.contains('.')
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b')' | b']'))
            && !host.ends_with('.')
    })
}

/// Where the sentence that ends `slice` begins, if a menu or headline comes before it.
///
/// Prose has more lower-case words than capitalised ones, a menu fewer. The best start has the largest surplus of
/// lower-case words from there to the end. It is then moved back over the capitalised word that begins the sentence.
fn prose_begin(slice: &str) -> Option<usize> {
    let mut weight = 0;
    let (mut best, mut begin) = (0, None);
    let mut after_best = false;
    let mut wide = false;
    let mut end = slice.len();
    while end > 0 {
        let head = slice.get(..end)?;
        let start = head
            .rfind(is_blank)
            .map_or(0, |at| at + head.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8));
        let word = slice.get(start..end)?;
        end = slice.get(..start)?.trim_end_matches(is_blank).len();
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        wide |= matches!(first, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}');
        if std::mem::take(&mut after_best) && !first.is_lowercase() {
            begin = Some(start);
        }
        if first.is_lowercase() {
            weight += LOWER_WEIGHT;
        } else if first.is_uppercase() || first.is_ascii_digit() {
            weight -= UPPER_WEIGHT;
        }
        if weight > best {
            (best, begin, after_best) = (weight, Some(start), true);
        }
    }
    if wide {
        return wide_begin(slice);
    }
    // The rest before it must be a menu by the same measure.
    begin.filter(|&begin| begin > 0 && best >= PROSE_WEIGHT && best - weight >= MENU_WEIGHT)
}

/// Like [`prose_begin`], for Han and kana without case: spaces separate menu items, not the words of a sentence.
fn wide_begin(slice: &str) -> Option<usize> {
    let (at, _) = slice.match_indices(is_blank).next_back()?;
    let sentence = slice.get(at..)?;
    (width(sentence) >= WIDE_PROSE_COLUMNS).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of `text`; a part that continues a paragraph is marked with `+`.
    fn parts(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        cut(text, text, true, &mut out);
        out.iter()
            .map(|c| format!("{}{}", if c.continues { "+" } else { "" }, text.get(c.start..c.end).unwrap()))
            .collect()
    }

    #[test]
    fn parts_of_a_line() {
        let cases: [(&str, &str, &[&str]); 21] = [
            ("sentences", "He came in. She went out of the house.", &["He came in.", "+She went out of the house."]),
            (
                "menu, then prose",
                "Home News Sport Weather Search Log In Menu The sun rose over the hills. It was hot.",
                &["Home News Sport Weather Search Log In Menu", "The sun rose over the hills.", "+It was hot."],
            ),
            (
                "near miss: names open a sentence",
                "Maya Smith said that all was well.",
                &["Maya Smith said that all was well."],
            ),
            (
                "date",
                "입력 2025.05.15 20:00 수정 2025.05.15 20:57 대표가 여수를 찾았다.",
                &["입력 2025.05.15 20:00", "수정 2025.05.15 20:57", "대표가 여수를 찾았다."],
            ),
            (
                "date with a month",
                "By Amy Wilhelm Mar 24, 2025 Ever wonder how coffee was found?",
                &["By Amy Wilhelm Mar 24, 2025", "Ever wonder how coffee was found?"],
            ),
            (
                "near miss: date in a sentence",
                "It was there on the morning of March 24, 2025 that Ann left.",
                &["It was there on the morning of March 24, 2025 that Ann left."],
            ),
            (
                "dateline",
                "로그인 뉴스 사회 (물안=가나통신) 고은비 기자 = 냉장고가 늘었다.",
                &["로그인 뉴스 사회", "(물안=가나통신) 고은비 기자 = 냉장고가 늘었다."],
            ),
            ("near miss: an equation", "값을 늘리면 (x=1) 된다고 했다.", &["값을 늘리면 (x=1) 된다고 했다."]),
            (
                "address after a byline",
                "고은비 기자 gb@example.com 페이스북 트위터",
                &["고은비 기자 gb@example.com", "페이스북 트위터"],
            ),
            (
                "near miss: mail in a sentence",
                "Write to gb@example.com for details of the ferry.",
                &["Write to gb@example.com for details of the ferry."],
            ),
            ("near miss: a handle", "He told @ann that it was so.", &["He told @ann that it was so."]),
            ("separators", "Home › News › Sport", &["Home", "News", "Sport"]),
            (
                "credit",
                "수출을 통제했다.[사진 | 뉴시스]미국이 제동을 걸었다.",
                &["수출을 통제했다.", "[사진 | 뉴시스]", "미국이 제동을 걸었다."],
            ),
            (
                "credit behind a space",
                "The ferry left. (Photo: Ann Bell) It came back.",
                &["The ferry left.", "+(Photo: Ann Bell)", "It came back."],
            ),
            (
                "credit with a sign",
                "버스가 늘어선다. (사진=가나통신) 시는 노선을 늘린다고 밝혔다.",
                &["버스가 늘어선다.", "+(사진=가나통신)", "시는 노선을 늘린다고 밝혔다."],
            ),
            (
                "credit behind a caption",
                "버스가 늘어선 거리 [가나일보 자료사진] 시는 노선을 늘린다고 밝혔다.",
                &["버스가 늘어선 거리 [가나일보 자료사진]", "시는 노선을 늘린다고 밝혔다."],
            ),
            (
                "near miss: a mark before a headline",
                "뉴스 홈 [단독] 시는 노선을 늘린다고 밝혔다.",
                &["뉴스 홈 [단독] 시는 노선을 늘린다고 밝혔다."],
            ),
            (
                "near miss: a size in brackets",
                "AgMap.mp4 [48.0 MB] Frame sets are below.",
                &["AgMap.mp4 [48.0 MB] Frame sets are below."],
            ),
            (
                "near miss: a remark in brackets",
                "The ferry left. (Nobody knew) It came back.",
                &["The ferry left.", "+(Nobody knew) It came back."],
            ),
            (
                "title with a full stop",
                "No. 1 in all the world. Menu No. 1 in all the world. Ann said so.",
                &["No. 1 in all the world.", "Menu", "No. 1 in all the world.", "Ann said so."],
            ),
            (
                "Japanese menu",
                "ホーム ニュース 協賛企業が各競技団体のビジネスモデルを崩壊させた。次の文。",
                &["ホーム ニュース", "協賛企業が各競技団体のビジネスモデルを崩壊させた。", "+次の文。"],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(parts(text), expected, "{name}");
        }
    }

    #[test]
    fn long_menus_fall_apart() {
        let menu = "Alpha beta ".repeat(60);
        assert!(parts(&menu).len() > 3);
        // A date stays in one part, wherever the cut would fall.
        for words in 20..26 {
            let page =
                format!("{} May 24, 2025 {}", "Alpha".to_owned() + &" beta".repeat(words), "Gamma delta ".repeat(20));
            assert!(parts(&page).iter().any(|part| part.contains("24, 2025")), "{words}");
        }
    }
}
