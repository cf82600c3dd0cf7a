//! Bylines inside paragraphs: a dateline at the head, a name in brackets at the end.

use super::NameSignal;
use super::gather::{Gatherer, source};
use crate::meta::key::is_wide;
use crate::meta::name::{Trust, is_family_name_first, is_hangul};
use crate::meta::signal::Signals;
use crate::plain::cut;
use crate::vocab::{Family, Hit, Vocab};
use std::ops::Range;

/// Longest head or tail of a paragraph that may be a byline, in bytes.
const WINDOW: usize = 150;
/// Most author words examined in the middle of a paragraph.
const MAX_INNER: usize = 8;
/// Most bytes between the bracket that closes a dateline and the sign after the name behind it.
const BEHIND: usize = 60;
/// Longest byline at the end of a paragraph, in bytes; what is longer is a sentence.
const LONGEST_ENDING: usize = 120;
/// How far a dateline reaches to either side of the author word, in bytes.
const NEAR: usize = 80;

impl Gatherer<'_> {
    /// Adds the names in a paragraph's datelines and at its end.
    pub(super) fn paragraph(&mut self, text: &str, index: usize, start: usize, hits: &[Hit]) {
        let place = |hit: &Hit| (hit.start as usize).saturating_sub(start);
        // Only hits at either end matter. They are collected once, since a line may hold a million hits.
        let is_at_an_end = |&at: &usize| at < WINDOW || at + WINDOW > text.len();
        let is_telling = |hit: &&Hit| matches!(hit.family, Family::Author | Family::BylineLead);
        let told: Vec<usize> = hits.iter().filter(is_telling).map(place).filter(is_at_an_end).collect();
        let head = cut(text, WINDOW);
        let tail_from = text.ceil_char_boundary(text.len().saturating_sub(WINDOW));
        let tail = text.get(tail_from..).unwrap_or_default();
        if told.iter().any(|&at| at < WINDOW) {
            openings(head, &told).into_iter().flatten().for_each(|piece| self.inset_head(piece, index));
        }
        // `新华社北京5月19日电（刘艺、杨吉）…`: brackets at the head with just names inside.
        if let Some(inside) = brackets(head).next().and_then(|range| head.get(range))
            && inside.chars().any(is_wide)
            && inside.split([' ', '、', '，', ',']).all(is_family_name_first)
        {
            self.inset_head(inside, index);
        }
        // `…举行。（张巨峰）`: brackets at the very end with just names inside.
        if let Some(names) = signature(tail) {
            self.inset_tail(&names, index);
        }
        let inner = hits.iter().filter(|hit| hit.family == Family::Author).map(place).filter(|&at| at >= WINDOW);
        for piece in inner.take(MAX_INNER).filter_map(|at| dateline_around(text, at)) {
            self.inset_head(piece, index);
        }
        if let Some(&last) = told.last().filter(|&&at| at + WINDOW > text.len())
            && let Some(piece) = ending(tail, last.saturating_sub(tail_from))
        {
            self.inset_tail(piece, index);
        }
    }

    /// Adds the names in the dateline of a paragraph.
    fn inset_head(&mut self, piece: &str, index: usize) {
        self.seen(piece, Trust::Seen, index, Signals::of([NameSignal::WordedHead]), source::PARAGRAPH_HEAD);
    }

    /// Adds the names at the end of a paragraph.
    fn inset_tail(&mut self, piece: &str, index: usize) {
        self.seen(piece, Trust::Seen, index, Signals::of([NameSignal::WordedTail]), source::PARAGRAPH_TAIL);
    }
}

/// The parts of a paragraph's head that may be its byline: brackets inside, and the dateline. `told` are the places of words
/// that tell the author.
fn openings<'t>(head: &'t str, told: &[usize]) -> [Option<&'t str>; 2] {
    // `(서울=연합뉴스) 김하나 기자 = …`, `[해오름일보 김하나 기자] …`, `【東京=渡辺】`
    let is_behind = |at: &usize| told.iter().any(|told| told < at);
    let equals = || head.match_indices(['=', '＝']).map(|(at, _)| at).find(is_behind);
    let end = head.find([']', '】']).filter(|_| head.starts_with(['[', '【'])).or_else(equals);
    // `新华社深圳5月12日电（记者戴小河、印朋）由…`: brackets with the author word inside.
    let mut brackets = brackets(head).filter(|_| end.is_none());
    let inner = brackets.find(|range| told.iter().any(|at| range.contains(at))).and_then(|range| head.get(range));
    let closed = || head.find([')', '）']).filter(|_| head.starts_with(['(', '（']));
    let dateline = end.or_else(closed).and_then(|end| {
        // The name may follow the closing bracket: `[서울=뉴시스]김수아 인턴 기자 =`.
        let equals = head.get(end..)?.find(['=', '＝']).filter(|&at| at < BEHIND);
        head.get(..end + equals.unwrap_or_default())
    });
    [inner, dateline]
}

/// The part of a paragraph's tail that may be its byline: brackets at the end, or what follows the last sentence before
/// `told`, the last word that tells the author.
fn ending(tail: &str, told: usize) -> Option<&str> {
    let is_closed = tail.trim_end().ends_with([')', '）', ']', '】']);
    let open = tail.rfind(['(', '（', '[', '【']).filter(|_| is_closed);
    let after_sentence = || {
        // Full stops count only before a space, since mail addresses have some too.
        let ends = |&(at, c): &(usize, char)| {
            let after = tail.get(at + c.len_utf8()..).unwrap_or_default();
            matches!(c, '。' | '”' | '"' | '！' | '？')
                || matches!(c, '.' | '!' | '?')
                    && after.starts_with(|n: char| n.is_whitespace() || is_wide(n) || n == '/' || n == '[')
        };
        let before = tail.char_indices().take_while(|(at, _)| *at <= told);
        before.filter(ends).last().map(|(at, c)| at + c.len_utf8())
    };
    let piece = tail.get(open.or_else(after_sentence)?..)?;
    // After a copyright sign, the name is that of the photographer.
    (piece.len() < LONGEST_ENDING && !piece.contains(['©', 'ⓒ', 'Ⓒ'])).then_some(piece)
}

/// A dateline in the middle of paragraphs that were glued together: `…원론[해오름일보=김하나 기자] 한 장관은…`,
/// `…'불가피'(서울=뉴스1) 김하나 기자 = 한 장관은…`. `at` is where the author word begins.
fn dateline_around(text: &str, at: usize) -> Option<&str> {
    let from = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let before = text.get(from..at)?;
    let (open, sign) = before.char_indices().rev().find(|(_, c)| matches!(c, '[' | '【' | ']' | '】' | ')' | '）'))?;
    let after = cut(text.get(at..)?, NEAR);
    if matches!(sign, '[' | '【') {
        let end = after.find([']', '】'])?;
        let inside = text.get(from + open + sign.len_utf8()..at + end)?;
        let credit = Vocab::get().longest_at(text, from + open, |family| family == Family::Caption);
        return (credit.is_none() && inside.contains(['=', '＝', ' '])).then_some(inside);
    }
    let end = after.find(['=', '＝'])?;
    text.get(from + open + sign.len_utf8()..at + end)
}

/// The names in the brackets at the end of a text, if they hold just names and places: `（张巨峰）`, `【パリ渡辺洋、北京・山田太郎】`.
fn signature(text: &str) -> Option<String> {
    let text = text.trim_end();
    let range = brackets(text).last()?;
    let ends = text.get(range.end..)?.chars().nth(1).is_none();
    let inside = text.get(range).filter(|_| ends)?;
    let is_dateline = text.ends_with('】');
    let name = |piece| if is_dateline { behind_place(piece) } else { piece };
    let names: Vec<&str> = inside.split([' ', '、', '，', ',']).map(name).collect();
    names.iter().all(|name| is_family_name_first(name)).then(|| names.join("、"))
}

/// A name without the place before it: `山田太郎` of `北京・山田太郎`, `渡辺洋` of `パリ渡辺洋` (a foreign place is in katakana).
fn behind_place(text: &str) -> &str {
    let rest = text.rsplit(['・', '＝', '=']).next().unwrap_or(text);
    let name = rest.trim_start_matches(|c| matches!(c, '\u{30a0}'..='\u{30ff}'));
    // A rest of two characters or fewer may be part of a word: `アレックス敏`.
    if name.chars().nth(2).is_some() { name } else { rest }
}

/// The byte ranges inside brackets, in order; of nested brackets only the innermost.
fn brackets(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut open = None;
    text.char_indices().filter_map(move |(at, c)| match c {
        '(' | '（' | '【' => {
            open = Some(at + c.len_utf8());
            None
        }
        ')' | '）' | '】' => open.take().map(|from| from..at),
        _ => None,
    })
}

/// Whether a text may have a byline set into it: a dateline, brackets at an end, a name after a full stop.
pub(super) fn is_inset(text: &str) -> bool {
    text.contains(". ") && text.chars().any(is_hangul)
        || text.contains(['=', '＝'])
        || text.starts_with(['[', '(', '（', '【'])
        || text.ends_with([')', '）', ']', '】'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let cases = [
            ("…举行。（张巨峰）", Some("张巨峰")),
            ("…と発表した。【パリ渡辺洋介、カイロ山田太郎】", Some("渡辺洋介、山田太郎")),
            ("…と発表した。【北京・渡辺洋介】", Some("渡辺洋介")),
            ("…と発表した。【渡辺洋介】", Some("渡辺洋介")),
            ("near miss: a part of a country 【スペイン南部】", None),
            ("near miss: an office in other brackets （カナダ金融庁）", None),
            ("near miss: not at the end 【パリ渡辺洋介】が", None),
            ("near miss: nobody 【写真特集】", None),
        ];
        for (text, expected) in cases {
            assert_eq!(signature(text).as_deref(), expected, "{text}");
        }
    }
}
