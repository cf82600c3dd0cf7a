//! One block as the search for names sees it.

use crate::block::Blocks;
use crate::meta::hint::Hint;
use crate::meta::key::is_wide;
use crate::meta::layout::{Layout, Line};
use crate::meta::name::has_given_name;
use crate::plain::cut;
use crate::vocab::{Family, Hit};

/// Blocks from the headline down to a byline, and from a byline down to the body.
const NEAR: usize = 6;
/// Blocks between a date and a byline beside it.
const BESIDE: usize = 2;
/// Blocks below the body in which its author may sign.
const SIGNED: usize = 2;
/// Blocks below the body from which on a name beside a date is a reader's.
const COMMENTS: usize = 8;
/// Widest line that may be just a name, in columns.
const BARE: u32 = 90;
/// Widest line that is a name and little else, in columns.
pub(super) const NAME: u32 = 40;
/// Widest line with a mail address that may be a byline, in columns.
const MAILED: u32 = 60;
/// Widest block that has no room for more than a byline, in columns.
const ROOM: u32 = 70;
/// Longest head of a paragraph that may be a dateline, in bytes.
const HEAD: usize = 90;

/// A block, with what is known about it.
#[derive(Clone, Copy)]
pub(super) struct Passage<'a> {
    pub(super) blocks: &'a Blocks,
    pub(super) layout: &'a Layout,
    pub(super) index: usize,
    pub(super) text: &'a str,
    /// Where the text begins in the page's.
    pub(super) start: u32,
    pub(super) line: Line,
    /// The vocabulary's hits in the text.
    pub(super) hits: &'a [Hit],
    pub(super) near: Near,
    /// The text holds a date that may be the page's.
    pub(super) dated: bool,
    /// The block was chosen to show the headline.
    pub(super) is_title: bool,
}

impl<'a> Passage<'a> {
    /// The text from a place in the page's text on.
    pub(super) fn text_from(&self, at: u32) -> &'a str {
        self.text.get((at - self.start) as usize..).unwrap_or_default()
    }

    /// The text of a hit.
    pub(super) fn text_of(&self, hit: &Hit) -> &'a str {
        self.text.get((hit.start - self.start) as usize..(hit.end - self.start) as usize).unwrap_or_default()
    }

    /// Whether some hit is of a family.
    pub(super) fn says(&self, is_meant: impl Fn(Family) -> bool) -> bool {
        self.hits.iter().any(|hit| is_meant(hit.family))
    }

    /// Whether the block begins with `by` and the like.
    pub(super) fn is_led(&self) -> bool {
        self.hits.iter().any(|hit| hit.at_start && hit.family == Family::BylineLead)
    }

    /// Whether the page's markup says that the block is about the author.
    pub(super) fn is_hinted(&self) -> bool {
        self.line.hint.has(Hint::AUTHOR)
    }

    /// Whether the text has a mail address and little else.
    pub(super) fn is_mailed(&self) -> bool {
        self.line.width <= MAILED && self.text.contains('@')
    }

    /// Whether the block has room for a byline and the text into which it is set.
    pub(super) fn is_roomy(&self) -> bool {
        self.line.width > ROOM
    }

    /// Whether a paragraph may name its writer without a role word: `…举行。（张巨峰）`, `…电（刘艺、杨吉）…`.
    pub(super) fn is_signed(&self) -> bool {
        self.is_roomy() && has_signature(self.text, self.near.body)
    }

    /// Whether the block may be just a name.
    pub(super) fn may_be_bare(&self) -> bool {
        let Passage { layout, line, near, .. } = *self;
        // Dates stand beside lines of all kinds: there, only a given name tells a person.
        let is_likely = || near.title || near.body || line.wide || has_given_name(self.text);
        // `Hoài Thương`: some authors sign below the text.
        let is_below = || (layout.body.end..layout.body.end + SIGNED).contains(&self.index);
        // Dates far below the body are of comments, and the names beside them of readers.
        let is_comment = line.wide && !near.title && !near.body && self.index > layout.body.end + COMMENTS;
        near.any() && line.width <= BARE && is_likely() && !is_comment
            || !layout.marked_up && line.width <= NAME && is_below()
    }
}

/// What a block is near to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// A headline above.
    pub(super) title: bool,
    /// The start of the body.
    pub(super) body: bool,
    /// A date on either side.
    pub(super) date: bool,
}

impl Near {
    /// `titles` are the blocks that show the headline, `dates` those with a date, in order.
    pub(super) fn of(index: usize, titles: &[usize], layout: &Layout, dates: &[usize]) -> Near {
        let first = dates.partition_point(|&date| date + BESIDE < index);
        Near {
            title: titles.iter().any(|&title| index > title && index <= title + NEAR),
            body: (index..index + NEAR).contains(&layout.body.start) || index == layout.body.start + 1,
            date: dates.get(first).is_some_and(|&date| date <= index + BESIDE),
        }
    }

    pub(super) fn any(self) -> bool {
        self.title || self.body || self.date
    }
}

/// Whether a paragraph of Han ends in brackets or, being the first, has brackets at its head.
fn has_signature(text: &str, first: bool) -> bool {
    let ends = text.ends_with(['）', ')', '】']) && text.chars().rev().nth(1).is_some_and(is_wide);
    ends || first && cut(text, HEAD).contains('（')
}
