//! Finds repetitions of the title in a one-line page: the clearest border between a menu and an article.

use super::line::{head_of, is_blank};
use memchr::memmem;

/// Bytes at the start of the page in which a title is looked for. The menu comes after them.
const HEAD_BYTES: usize = 250;
/// Minimum and maximum length of a title in bytes.
const MIN_TITLE_BYTES: usize = 15;
const MAX_TITLE_BYTES: usize = 300;
/// Maximum number of positions tried as the start of a title. Each costs one search through the page.
const MAX_STARTS: usize = 6;
/// Number of words of the title to search for.
const KEY_WORDS: usize = 3;
/// Maximum bytes of these words.
const KEY_WORDS_BYTES: usize = 60;
/// Bytes of the title to search for in scripts without spaces: eight characters.
const KEY_BYTES: usize = 24;

/// Finds the ranges in which `text` repeats the title that `head` begins with or has after a separator.
///
/// `head` is the first line of the page. If it is the whole page (`same`), the title's own range comes first.
pub(super) fn find(text: &str, head: &str, same: bool, out: &mut Vec<(usize, usize)>) {
    out.clear();
    for start in starts(head) {
        let Some(from) = head.get(start..) else { continue };
        let Some(key) = key(from) else { continue };
        let longest = collect(text, from, key, same.then_some(start), out);
        if longest >= MIN_TITLE_BYTES {
            // A much shorter repetition is another headline with the same beginning.
            out.retain(|&(start, end)| (end - start) * 4 >= longest * 3);
            if same {
                out.insert(0, (start, start + longest));
            }
            return;
        }
        out.clear();
    }
}

/// Where titles may begin: at the start, and after a separator between the site's name and the title.
fn starts(head: &str) -> impl Iterator<Item = usize> + '_ {
    let region = head_of(head, HEAD_BYTES);
    // A colon is more often part of a title than a separator after a site's name.
    let behind = region.match_indices(' ').filter_map(move |(at, _)| {
        let rest = region.get(at..)?;
        [" | ", " - ", " – ", " — ", " » ", " : "].iter().find(|s| rest.starts_with(**s)).map(|s| at + s.len())
    });
    std::iter::once(0).chain(behind).take(MAX_STARTS)
}

/// The first words of a title; in scripts without spaces, its first characters.
fn key(title: &str) -> Option<&str> {
    let end = title.match_indices(is_blank).nth(KEY_WORDS - 1).map_or(title.len(), |(at, _)| at);
    let is_unspaced =
        title.chars().take(KEY_BYTES / 3).all(|c| matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ff00}'..='\u{ffef}'));
    let longest = if is_unspaced { KEY_BYTES } else { KEY_WORDS_BYTES };
    let end = end.max(title.floor_char_boundary(MIN_TITLE_BYTES)).min(title.floor_char_boundary(longest));
    title.get(..end).filter(|key| key.len() >= MIN_TITLE_BYTES)
}

/// Collects the repetitions of `title`, found by searching for `key`. Returns the length of the longest.
fn collect(text: &str, title: &str, key: &str, own: Option<usize>, out: &mut Vec<(usize, usize)>) -> usize {
    let mut longest = 0;
    let mut end = 0;
    for at in memmem::find_iter(text.as_bytes(), key.as_bytes()) {
        if own == Some(at) || at < end || own.is_some_and(|own| at < own) {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        // The title ends where its line does; on a one-line page, where the texts after the two copies differ.
        let limit = own.map_or(title.len(), |own| title.len().min(at - own)).min(MAX_TITLE_BYTES);
        let same = title.bytes().take(limit).zip(rest.bytes()).take_while(|(a, b)| a == b).count();
        let length = word_floor(title, rest, same);
        longest = longest.max(length);
        end = at + length;
        out.push((at, end));
    }
    longest
}

/// `same`, cut back to the end of a word in both texts.
fn word_floor(title: &str, rest: &str, same: usize) -> usize {
    let same = title.floor_char_boundary(same).min(rest.floor_char_boundary(same));
    let ends = |text: &str| text.get(same..).and_then(|t| t.chars().next()).is_none_or(|c| !c.is_alphanumeric());
    if ends(title) {
        return title.get(..same).map_or(0, |t| t.trim_end_matches(is_blank).len());
    }
    title.get(..same).and_then(|t| t.rfind(is_blank)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn echoes() {
        type Case<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);
        let cases: [Case; 8] = [
            (
                "one line",
                "Uralte Städte in Guatemala entdeckt Abo Home Uralte Städte in Guatemala entdeckt Essen.",
                "",
                &["Uralte Städte in Guatemala entdeckt", "Uralte Städte in Guatemala entdeckt"],
            ),
            (
                "site first",
                "My Site - The Five Best Headphones Now Back The Five Best Headphones Now By me",
                "",
                &["The Five Best Headphones Now", "The Five Best Headphones Now"],
            ),
            (
                "glued to the body",
                "글로벌 브리핑AI칩 통제한 美 정부엔비디아 저성능",
                "글로벌 브리핑AI칩 통제한 美 정부",
                &["글로벌 브리핑AI칩 통제한 美 정부"],
            ),
            (
                "no spaces",
                "老城最后一家修笔铺，守了五十年_云河晚报网 首页 新闻 正文 老城最后一家修笔铺，守了五十年 2024-10-15",
                "",
                &["老城最后一家修笔铺，守了五十年", "老城最后一家修笔铺，守了五十年"],
            ),
            (
                "near miss: the same opening",
                "老城最后一家修笔铺，守了五十年_云河晚报网 首页 老城最后一家面馆开门",
                "",
                &[],
            ),
            ("near miss: no echo", "One two three four five six seven", "", &[]),
            ("near miss: too short", "Go on Home Go on", "", &[]),
            ("near miss: another headline", "First of all titles Menu First of all times", "", &[]),
        ];
        for (name, text, head, expected) in cases {
            let mut out = Vec::new();
            find(text, if head.is_empty() { text } else { head }, head.is_empty(), &mut out);
            let found: Vec<_> = out.iter().map(|&(a, b)| text.get(a..b).unwrap()).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
