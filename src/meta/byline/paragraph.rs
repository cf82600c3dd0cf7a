//! Bylines inside paragraphs: a dateline at the head, a name in brackets at the end.

use super::NameSignal;
use super::gather::{Gatherer, source};
use crate::meta::key::is_wide;
use crate::meta::name::{Trust, is_family_name_first, is_hangul};
use crate::meta::signal::Signals;
use crate::plain::cut;
use crate::vocab::{Family, Hit, Vocab};

/// Longest head or tail of a paragraph that may be a byline, in bytes.
const WINDOW: usize = 150;
/// Most author words examined in the middle of a paragraph.
const MAX_INNER: usize = 8;
/// How far a dateline reaches to either side of the author word, in bytes.
const NEAR: usize = 80;

impl Gatherer<'_> {
    /// Adds the names in a paragraph's datelines and at its end.
    pub(super) fn paragraph(&mut self, text: &str, index: usize, start: usize, hits: &[Hit]) {
        use NameSignal as S;
        let place = |hit: &Hit| (hit.start as usize).saturating_sub(start);
        // Only hits at either end matter. They are collected once, since a line may hold a million hits.
        let at_an_end = |hit: &&Hit| place(hit) < WINDOW || place(hit) + WINDOW > text.len();
        let is_telling = |hit: &&Hit| matches!(hit.family, Family::Author | Family::BylineLead);
        let told: Vec<&Hit> = hits.iter().filter(is_telling).filter(at_an_end).collect();
        let telling = || told.iter().copied();
        if telling().any(|hit| place(hit) < WINDOW) {
            let head = cut(text, WINDOW);
            // `(서울=연합뉴스) 김하나 기자 = …`, `[해오름일보 김하나 기자] …`, `【東京=渡辺】`
            let end = head.find([']', '】']).filter(|_| text.starts_with(['[', '【'])).or_else(|| {
                head.char_indices()
                    .filter(|(_, c)| matches!(c, '=' | '＝'))
                    .map(|(at, _)| at)
                    .find(|&at| telling().any(|hit| place(hit) < at))
            });
            // `新华社深圳5月12日电（记者戴小河、印朋）由…`: brackets with the author word inside.
            if end.is_none()
                && let Some(inner) =
                    brackets(head).find(|(from, to)| telling().any(|hit| (*from..*to).contains(&place(hit))))
            {
                self.seen(
                    head.get(inner.0..inner.1).unwrap_or_default(),
                    Trust::Seen,
                    index,
                    Signals::of([S::WordedHead]),
                    source::PARAGRAPH_HEAD,
                );
            }
            let bracketed = text.starts_with(['(', '（']).then(|| head.find([')', '）'])).flatten();
            if let Some(end) = end.or(bracketed) {
                // The name may follow the closing bracket: `[서울=뉴시스]김수아 인턴 기자 =`.
                let equals = head
                    .get(end..)
                    .and_then(|rest| rest.find(['=', '＝']).map(|at| end + at))
                    .filter(|&at| at < end + 60);
                let piece = head.get(..equals.unwrap_or(end)).unwrap_or_default();
                self.seen(piece, Trust::Seen, index, Signals::of([S::WordedHead]), source::PARAGRAPH_HEAD);
            }
        }
        // `新华社北京5月19日电（刘艺、杨吉）…`: brackets at the head with just names inside.
        let head = cut(text, WINDOW);
        if let Some(inside) = brackets(head).next().and_then(|(from, to)| head.get(from..to))
            && inside.chars().any(is_wide)
            && inside.split([' ', '、', '，', ',']).all(is_family_name_first)
        {
            self.seen(inside, Trust::Seen, index, Signals::of([S::WordedHead]), source::PARAGRAPH_HEAD);
        }
        // `…举行。（张巨峰）`: brackets at the very end with just names inside.
        if let Some(names) = signature(tail_of(text)) {
            self.seen(&names, Trust::Seen, index, Signals::of([S::WordedTail]), source::PARAGRAPH_TAIL);
        }
        for hit in hits.iter().filter(|hit| hit.family == Family::Author && place(hit) >= WINDOW).take(MAX_INNER) {
            if let Some(piece) = dateline_around(text, place(hit)) {
                self.seen(piece, Trust::Seen, index, Signals::of([S::WordedHead]), source::PARAGRAPH_HEAD);
            }
        }
        if telling().any(|hit| place(hit) + WINDOW > text.len()) {
            let from =
                (text.len().saturating_sub(WINDOW)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let tail = text.get(from..).unwrap_or_default();
            let closes = tail.trim_end().ends_with([')', '）', ']', '】']);
            let cut_at = if closes { tail.rfind(['(', '（', '[', '【']) } else { None };
            let cut_at = cut_at.or_else(|| {
                // After the last sentence; full stops count only before a space, since mail addresses have some too.
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
                // After a copyright sign, the name is that of the photographer.
                if piece.len() < 120 && !piece.contains(['©', 'ⓒ', 'Ⓒ']) {
                    self.seen(piece, Trust::Seen, index, Signals::of([S::WordedTail]), source::PARAGRAPH_TAIL);
                }
            }
        }
    }
}

/// A dateline in the middle of paragraphs that were glued together: `…원론[해오름일보=김하나 기자] 한 장관은…`,
/// `…'불가피'(서울=뉴스1) 김하나 기자 = 한 장관은…`. `at` is where the author word begins.
fn dateline_around(text: &str, at: usize) -> Option<&str> {
    let from = (at.saturating_sub(NEAR)..=at).find(|&from| text.is_char_boundary(from))?;
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

/// The last [`WINDOW`] bytes of a paragraph.
fn tail_of(text: &str) -> &str {
    let from = (text.len().saturating_sub(WINDOW)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(from..).unwrap_or_default()
}

/// The names in the brackets at the end of a text, if they hold just names and places: `（张巨峰）`, `【パリ渡辺洋、北京・山田太郎】`.
fn signature(text: &str) -> Option<String> {
    let text = text.trim_end();
    let (from, to) = brackets(text).last()?;
    let ends = text.get(to..)?.chars().nth(1).is_none();
    let inside = text.get(from..to).filter(|_| ends)?;
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
fn brackets(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut open = None;
    text.char_indices().filter_map(move |(at, c)| match c {
        '(' | '（' | '【' => {
            open = Some(at + c.len_utf8());
            None
        }
        ')' | '）' | '】' => open.take().map(|from| (from, at)),
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
