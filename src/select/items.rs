//! Fills the gaps in the lists of an article. The items are scored one by one, and a reader sees at once that the second of
//! four is missing.

use crate::block::{Block, Blocks, Kind, Tag};
use crate::feature::{Features, Signs};
use crate::types::Reason;
use crate::vocab::{Family, Vocab};

/// A list of at least this many items needs no line that announces it. Two headlines of other articles between
/// paragraphs are no list.
const LIST_MIN_ITEMS: usize = 3;

/// The words that announce a list begin within this many bytes of the end of the line.
const ANNOUNCEMENT_REACH_BYTES: usize = 48;

/// The greatest share of an item's units in links.
const ITEM_MAX_LINK_SHARE: f32 = 0.35;

/// What the items of one list share.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Mark {
    /// Marked as items; in markup with the hash of their place.
    Item(u64),
    /// In flattened text, the sign before each of them.
    Sign(char),
    /// In flattened text, short lines with nothing before them, in this container.
    Short(u32),
}

/// Keeps the rest of each list inside the kept text if a third of it is kept already. A list that the line before it
/// announces in words is kept in any case; so is one after a colon, but not in flattened text, where a colon also ends the
/// name of a box. Short lines without a mark need both: to be announced, and that half of them are kept.
///
/// No rule strikes a lone kept item: on wcxb such an item is right as often as not.
pub(super) fn items(blocks: &Blocks, features: &Features, flattened: bool, kept: &mut [bool]) {
    let mut end = 1;
    while end < kept.len() {
        let start = end;
        end += 1;
        let Some(mark) = mark(blocks, start, flattened) else { continue };
        let is_next = |at: usize| {
            let is_own = flattened || blocks.items[at].container != blocks.items[at - 1].container;
            is_own && self::mark(blocks, at, flattened) == Some(mark)
        };
        while end < kept.len() && is_next(end) {
            end += 1;
        }
        let (count, held) = (end - start, kept[start..end].iter().filter(|kept| **kept).count());
        let follows = kept[start - 1] && blocks.items[start - 1].kind != Kind::Cell;
        if count < 2 || held == count || !follows || !goes_on(blocks, features, end, kept) {
            continue;
        }
        let before = blocks.text_of(start - 1);
        let (is_told, has_colon) = (tells(before), before.ends_with([':', '：']));
        let is_announced = is_told || has_colon;
        let is_whole = match mark {
            Mark::Short(_) => is_announced && held * 2 >= count,
            _ if kept[end] && (is_told || has_colon && !flattened) => true,
            _ => held * 3 >= count && (is_announced || count >= LIST_MIN_ITEMS),
        };
        // The triangle before an item also marks captions.
        let is_sign_of_item = is_told && matches!(mark, Mark::Sign(_));
        for at in (start..end).filter(|_| is_whole) {
            let is_caption = features.signs[at].caption > 0 && !is_sign_of_item;
            kept[at] = kept[at] || !is_caption && is_plain(&blocks.items[at], features, at, is_announced);
        }
    }
}

fn mark(blocks: &Blocks, at: usize, flattened: bool) -> Option<Mark> {
    let block = &blocks.items[at];
    let container = &blocks.containers[block.container as usize];
    match block.kind {
        Kind::ListItem => Some(Mark::Item(if flattened { 0 } else { container.path })),
        Kind::Paragraph if flattened => {
            let is_short = container.tag == Tag::Menu;
            sign(blocks.text_of(at)).map(Mark::Sign).or(is_short.then_some(Mark::Short(block.container)))
        }
        _ => None,
    }
}

/// The sign before an item; one for all circled numbers, and one for all letters of the alphabet that Korean counts by.
fn sign(text: &str) -> Option<char> {
    let mut chars = text.chars();
    match chars.next()? {
        '①'..='⑳' | '❶'..='❿' => Some('①'),
        first @ ('▲' | '△' | '◆' | '◇' | '□' | '◎' | '☆' | '★' | '※' | '✔' | '✓' | '❖') => {
            Some(first)
        }
        first if "가나다라마바사아자차카타파하".contains(first) => {
            (matches!(chars.next(), Some('.' | ')')) && chars.next() == Some(' ')).then_some('가')
        }
        _ => None,
    }
}

/// Whether the kept text goes on at `at`, perhaps after a heading that is struck.
fn goes_on(blocks: &Blocks, features: &Features, at: usize, kept: &[bool]) -> bool {
    let is_heading = || matches!(blocks.items[at].kind, Kind::Heading(_)) || features.measures[at].figure;
    at < kept.len() && (kept[at] || is_heading() && kept.get(at + 1) == Some(&true))
}

/// Whether the end of a line says that a list follows: `조건은 다음과 같다.`
fn tells(line: &str) -> bool {
    let from = line.ceil_char_boundary(line.len().saturating_sub(ANNOUNCEMENT_REACH_BYTES));
    let end = line.get(from..).unwrap_or_default();
    let is_phrase = |(at, _)| Vocab::get().longest_at(end, at, |family| family == Family::Announcement).is_some();
    end.char_indices().any(is_phrase)
}

/// Whether nothing says that an item is something else. In a list that was announced, the name of a share is an item. What
/// occurs in list after list is a label of a card: plans, offers, courses.
fn is_plain(block: &Block, features: &Features, at: usize, is_announced: bool) -> bool {
    let (m, signs) = (&features.measures[at], &features.signs[at]);
    let is_phrase = |(reason, strength)| strength >= Signs::AT_START && !(is_announced && reason == Reason::Ticker);
    let other = Block::HIDDEN | Block::NOSCRIPT | Block::NEVER_SHOWN | Block::CONTROL | Block::REPEATED;
    !signs.strongest().is_some_and(is_phrase)
        && m.link_density() <= ITEM_MAX_LINK_SHARE
        && !block.has(other | Block::RULE_STRIKE)
}

#[cfg(test)]
mod tests {
    use super::{sign, tells};

    #[test]
    fn announcements() {
        let cases = [
            ("지원 조건은 다음과 같다.", true),
            ("참여할 시민을 다음과 같이 모집합니다.", true),
            ("세부 내용은 아래와 같습니다.", true),
            ("The rules are as follows.", true),
            ("日程は以下の通り。", true),
            ("具体安排如下。", true),
            ("near miss: 다음 주에 같다.", false),
            ("near miss: It follows from this as well.", false),
            ("As follows from what the mayor said last week, nobody has to pay.", false),
        ];
        for (line, expected) in cases {
            assert_eq!(tells(line), expected, "{line}");
        }
    }

    #[test]
    fn signs_of_items() {
        let cases = [
            ("③ 6년", Some('①')),
            ("▲ 6년", Some('▲')),
            ("다. 6년", Some('가')),
            ("다) 6년", Some('가')),
            ("다 6년", None),
            ("나.", None),
            ("나.세", None),
            ("▶ 또 다른 기사", None),
        ];
        for (text, expected) in cases {
            assert_eq!(sign(text), expected, "{text}");
        }
    }
}
