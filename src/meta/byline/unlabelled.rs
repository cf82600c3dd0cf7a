//! People whom a line names without the label of a byline: at the head of a card, as a guest, signing off a broadcast.

use super::NameSignal;
use super::gather::{Gatherer, source};
use super::passage::{NAME, Passage};
use crate::block::Blocks;
use crate::meta::fact::FactField;
use crate::meta::layout::MAX_LINE;
use crate::meta::name::{Trust, is_family_name_first, is_full_name, is_korean_name};
use crate::meta::propose::View;
use crate::meta::signal::Signals;
use crate::vocab::{Family, Vocab};

/// Widest line in which a reporter is announced or signs off, in columns.
const SIGN_OFF: u32 = 200;
/// A card about a person is longer than this, in bytes.
const CARD: usize = 40;
/// What stands between the parts of a page's title: `등대를 다시 켜며 > 오피니언 > 기고 | 해오름일보`.
const PARTS: [char; 5] = ['>', '|', '<', '-', '·'];
/// Syllables of the longest job title.
const POST: usize = 5;

impl Gatherer<'_> {
    /// Adds a person without a label. `by_guest` says that the headline announces a guest, `may_sign_off` that the
    /// block is where a broadcast announces its reporter or ends.
    pub(super) fn unlabelled(&mut self, passage: &Passage<'_>, by_guest: bool, may_sign_off: bool) {
        use NameSignal as S;
        let Passage { blocks, index, text, line, near, is_title, .. } = *passage;
        let is_narrow = line.width <= NAME;
        if is_narrow && !is_title && heads_card(blocks, index) {
            self.seen(text, Trust::Seen, index, Signals::of([S::Bare, S::Carded]), source::BARE);
        }
        // The rest is read only in scripts of squares: signatures in Han, guests and broadcasts in Hangul.
        if !line.wide {
            return;
        }
        if may_sign_off
            && is_narrow
            && !is_title
            && let Some(names) = signature(text)
        {
            self.seen(names, Trust::Seen, index, Signals::of([S::Worded]), source::WORDED);
        }
        let is_near = near.title || near.body;
        // Even in the block chosen for the headline, since the line of a guest may have been taken for it.
        if by_guest
            && (is_near || may_sign_off)
            && is_narrow
            && let Some(name) = guest(text)
        {
            self.seen(name, Trust::Stated, index, Signals::of([S::Worded]), source::WORDED);
        }
        if (is_near || may_sign_off)
            && !is_title
            && line.width <= SIGN_OFF
            && let Some(name) = sign_off(text)
        {
            self.seen(name, Trust::Stated, index, Signals::of([S::SignsOff, S::Worded]), source::WORDED);
        }
    }
}

/// What a block in brackets says if that is a Chinese or Japanese name, perhaps behind a desk: `（佐藤健一）`,
/// `【社会部　佐藤健一】`. Newspapers end articles so.
fn signature(text: &str) -> Option<&str> {
    let inside = [('（', '）'), ('【', '】'), ('(', ')'), ('［', '］')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?;
    let is_name = |words: &str| words.rsplit([' ', '\u{3000}', '、', '・']).next().is_some_and(is_family_name_first);
    is_name(inside).then_some(inside)
}

/// The reporter whom the transcript of a broadcast announces or who signs off: `해오름방송 뉴스 김하나입니다.`,
/// `김하나 기자입니다.`, `…을 김하나 기자가 보도합니다.`
fn sign_off(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut words = text.rsplit(' ');
    let (last, second, third) = (words.next()?, words.next()?, words.next());
    let is_name = |name: &&str| is_korean_name(name);
    if ends_in(last, 0, Family::SignOff) {
        return Some(second).filter(is_name);
    }
    if ends_in(second, 0, Family::SignOff) {
        return third.filter(is_name);
    }
    // `김하나입니다` alone introduces anyone: the word before must be a station's.
    let (glued, _) = last.char_indices().skip(2).take(4).find(|&(at, _)| ends_in(last, at, Family::SignOff))?;
    let is_station = || {
        second.bytes().any(|byte| byte.is_ascii_uppercase())
            || second
                .char_indices()
                .any(|(at, _)| ends_in(second, at, Family::House) || ends_in(second, at, Family::Agency))
    };
    last.get(..glued).filter(is_name).filter(|_| is_station())
}

/// Whether a page says that a guest wrote the article: in its headline, as its section, or in a notice of the publisher.
pub(super) fn is_by_guest(view: &View<'_>, title: Option<usize>) -> bool {
    let View { blocks, declared, layout, .. } = *view;
    let is_section = |section: &str| ends_in(section.trim(), 0, Family::Guest);
    let has_section = |title: &str| title.len() <= MAX_LINE && title.split(PARTS).any(is_section);
    // On a page without its head, the first line is mostly the page's title.
    let first = (!layout.marked_up && !blocks.items.is_empty()).then(|| blocks.text_of(layout.opening));
    let stated = declared.facts.iter().filter(|f| matches!(f.field, FactField::Section | FactField::Title));
    title.is_some_and(|title| has_guest(blocks.text_of(title)))
        || stated.map(|fact| fact.value.as_str()).chain(first).any(has_section)
        || view.hits.iter().filter(|hit| hit.family == Family::GuestNotice).any(|hit| {
            let block = blocks.items.partition_point(|block| block.text.start <= hit.start).saturating_sub(1);
            layout.lines.get(block).is_some_and(|line| !line.linked && line.width > NAME)
        })
}

/// Whether a headline says in brackets that a guest wrote the article: `등대를 다시 켜며 [기고]`.
fn has_guest(headline: &str) -> bool {
    let inside = headline.split(['[', '［', '【']).skip(1).filter_map(|rest| rest.split([']', '］', '】']).next());
    inside.map(str::trim).any(|mark| ends_in(mark, 0, Family::Guest))
}

/// The name of a guest before a job title: `김하나` of `김하나 해오름대 교수`. Of two syllables, it is a word as often.
fn guest(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (name, post) = line.split_once(' ')?;
    let is_post = post.char_indices().rev().take(POST).any(|(at, _)| ends_in(post, at, Family::Job));
    (is_post && name.chars().nth(2).is_some() && is_korean_name(name)).then_some(name)
}

/// Whether a text is a phrase of `family` from `at` to its end.
fn ends_in(text: &str, at: usize, family: Family) -> bool {
    Vocab::get().is_phrase(text, at, |own| own == family)
}

/// Whether a line is a name with which the next line begins: `Jane Miller` / `Jane Miller writes about…`.
fn heads_card(blocks: &Blocks, index: usize) -> bool {
    let name = blocks.text_of(index);
    let is_card = blocks.items.get(index + 1).is_some_and(|next| next.text.len() > CARD);
    is_card && blocks.text_of(index + 1).starts_with(name) && is_full_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_guests_and_signatures() {
        let cases = [
            ("김하나 해오름대 교수", Some("김하나")),
            ("김하나 소방청장 직무대행.", Some("김하나")),
            ("김하나", None),
            ("조용한 변화가 필요하다", None),
            ("김하나 기자", None),
            ("소방청장 김하나", None),
        ];
        for (text, expected) in cases {
            assert_eq!(guest(text), expected, "{text}");
        }
        for (line, expected) in [
            ("（佐藤健一）", Some("佐藤健一")),
            ("【社会部　佐藤健一】", Some("社会部　佐藤健一")),
            ("（王小明）", Some("王小明")),
            ("（敬称略）", None),
            ("（完）", None),
            ("（佐藤健一）は語った。", None),
        ] {
            assert_eq!(signature(line), expected, "{line}");
        }
        for (headline, expected) in [
            ("등대를 다시 켜며 [기고]", true),
            ("[특별기고] 등대를 다시 켜며", true),
            ("[기고만장] 등대를 다시 켜며", false),
            ("기고 끝에 등대를 다시 켜다", false),
        ] {
            assert_eq!(has_guest(headline), expected, "{headline}");
        }
    }
}
