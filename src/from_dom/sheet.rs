//! What the style sheets on a page hide for good: instructions to language models are hidden this way more than in any other.
//!
//! Most of what sheets hide is brought out again, by other rules or by scripts, and is text of the page. So this is about one short text
//! alone: an element of hardly more than a paragraph that a plain rule hides by a class or id which no other element has and which no
//! other rule shows. Whatever is more involved counts as visible.

use super::style::Style;
use super::unseen::is_small;
use crate::dom::{Attr, Attribute, Dom, HIDING, NodeId};
use memchr::{memchr2, memchr2_iter, memmem, memrchr2, memrchr3};
use std::cell::Cell;
use std::cmp::Ordering;

/// The style sheets of a page.
#[derive(Debug)]
pub(super) struct Sheets<'a> {
    dom: &'a Dom,
    /// In order of their names.
    hiders: Vec<Hider<'a>>,
    /// For each [`bit`] of a name whether there may be a hider of that name.
    bits: u64,
    /// Searches made so far: see [`MOST_LOOKS`].
    looks: Cell<usize>,
}

/// A selector by which a rule hides elements: `p.name`, `#name`.
#[derive(Debug)]
struct Hider<'a> {
    /// With the `.` or `#` before it.
    name: &'a str,
    /// The element it is for; empty for all.
    element: &'a str,
    /// It moves them off the page.
    is_moving: bool,
}

/// A rule of a style sheet.
#[derive(Clone, Copy, Debug)]
struct Rule<'a> {
    selectors: &'a str,
    declarations: &'a str,
    /// It stands in no block of `@media` and the like, and holds no other rule.
    is_plain: bool,
}

/// Ends a style sheet in [`Dom::sheets`], whatever it left open. No page has such a character.
const SHEET_END: char = '\0';

/// The properties by which nearly everybody shows what was hidden.
const SHOWING: [&str; 2] = ["display", "visibility"];

/// Part of a length that moves something off the page.
const FAR: &str = "-999";

/// The properties that bring back what was moved there.
const PLACING: [&str; 8] = ["left", "right", "top", "inset", "position", "text-indent", "margin-left", "transform"];

/// Searches of all sheets, one for each name of an element that is looked at closely; what would take more counts as visible.
const MOST_LOOKS: usize = 64;

/// Most bytes of a `class` or `id` that is read. The copies that the parser makes of an unclosed `<b>` share theirs, so each of many
/// elements may have a long one.
const NAMES_MAX_BYTES: usize = 1000;

impl<'a> Sheets<'a> {
    pub(super) fn new(dom: &'a Dom) -> Self {
        let (mut hiders, mut bits) = (Vec::new(), 0);
        each_rule(&dom.sheets, &HIDING, |rule| {
            let mut found = rule.selectors.split(',').filter_map(Hider::of).peekable();
            if rule.is_plain && found.peek().is_some() && hides(rule.declarations) {
                let is_moving = rule.declarations.contains(FAR);
                for hider in found {
                    bits |= bit(hider.name.get(1..).unwrap_or_default());
                    hiders.push(Hider { is_moving, ..hider });
                }
            }
        });
        let order = |a: &Hider<'_>, b: &Hider<'_>| a.name.cmp(b.name).then_with(|| a.order(b.element));
        hiders.sort_unstable_by(order);
        Sheets { dom, hiders, bits, looks: Cell::new(0) }
    }

    /// Whether they hide nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.hiders.is_empty()
    }

    /// Whether a rule hides elements by a name in this `class` or `id`: a quick look before [`Sheets::hide`].
    pub(super) fn name(&self, attribute: &Attribute) -> bool {
        names(self.dom, attribute).any(|(sign, name)| !self.hiders_of(sign, name).is_empty())
    }

    /// Whether they hide the element.
    pub(super) fn hide(&self, id: NodeId) -> bool {
        let dom = self.dom;
        let names = || dom.attributes(id).iter().flat_map(|attribute| names(dom, attribute));
        let Some(element) = dom.html_name(id) else { return false };
        let Some(hider) = names().find_map(|(sign, name)| self.hider(sign, name, element)) else { return false };
        let may_look = || self.looks.replace(self.looks.get() + 1) < MOST_LOOKS;
        let is_shown = || names().any(|(sign, name)| !may_look() || shows(&dom.sheets, sign, name, hider));
        let is_styled = || dom.attribute(id, Attr::Style).is_some_and(|style| hider.is_undone_by(style));
        // In the order of their cost: few elements have so much to say.
        is_small(dom, id) && says(dom, id) && !is_shown() && !is_styled() && self.is_of_one(hider)
    }

    /// The hider of elements of that name and kind.
    fn hider(&self, sign: u8, name: &str, element: &str) -> Option<&Hider<'a>> {
        let hiders = self.hiders_of(sign, name);
        // One for all elements comes first.
        let of_all = hiders.first().filter(|hider| hider.element.is_empty());
        let of_element = || hiders.binary_search_by(|hider| hider.order(element)).ok();
        of_all.or_else(|| hiders.get(of_element()?))
    }

    fn hiders_of(&self, sign: u8, name: &str) -> &[Hider<'a>] {
        let order = |hider: &Hider<'_>| hider.name.bytes().cmp(std::iter::once(sign).chain(name.bytes()));
        let hiders = if self.bits & bit(name) == 0 { &[] } else { &*self.hiders };
        let first = hiders.partition_point(|hider| order(hider).is_lt());
        let count = hiders[first..].partition_point(|hider| order(hider).is_eq());
        &hiders[first..first + count]
    }

    /// Whether no more than one element has the name: several are the parts of something that shows one after the other.
    fn is_of_one(&self, hider: &Hider<'_>) -> bool {
        let is_own = |(sign, name): (u8, &str)| hider.name.bytes().eq(std::iter::once(sign).chain(name.bytes()));
        let have = self.dom.attributes.iter().filter(|attribute| names(self.dom, attribute).any(is_own));
        have.take(2).count() < 2
    }
}

impl<'a> Hider<'a> {
    /// A selector that is a class or an id and no more, with or without the name of an element.
    fn of(selector: &'a str) -> Option<Self> {
        let selector = selector.trim().trim_start_matches("<!--").trim_start();
        let (element, name) = selector.split_at_checked(selector.find(['.', '#'])?)?;
        let is_plain = element.bytes().all(|byte| byte.is_ascii_alphanumeric()) && name.len() > 1;
        let is_plain = is_plain && name.get(1..)?.chars().all(is_of_name);
        is_plain.then_some(Hider { name, element, is_moving: false })
    }

    /// The order of hiders with the same name.
    fn order(&self, element: &str) -> Ordering {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        self.element.bytes().map(lower).cmp(element.bytes().map(lower))
    }

    /// Whether further declarations show what it hides.
    fn is_undone_by(&self, declarations: &str) -> bool {
        let is_shown = || SHOWING.iter().any(|property| declarations.contains(property));
        (is_shown() || self.is_moving && places(declarations)) && !hides(declarations)
    }
}

/// Whether an element holds more than a label.
fn says(dom: &Dom, id: NodeId) -> bool {
    let nodes = std::iter::successors(Some(id), |&at| dom.following(at, id));
    nodes.map(|at| dom.text(at).trim().len()).sum::<usize>() >= SENTENCE
}

/// Bytes of a sentence.
const SENTENCE: usize = 40;

/// The names in a `class` or an `id`, each with the sign that makes it a selector.
fn names<'a>(dom: &'a Dom, attribute: &Attribute) -> impl Iterator<Item = (u8, &'a str)> {
    let sign = match attribute.name {
        Attr::Class => Some(b'.'),
        Attr::Id => Some(b'#'),
        _ => None,
    };
    let is_read = sign.is_some() && attribute.value.len() <= NAMES_MAX_BYTES;
    let value = if is_read { dom.value(attribute) } else { "" };
    value.split_ascii_whitespace().map(move |name| (sign.unwrap_or_default(), name))
}

fn hides(declarations: &str) -> bool {
    Style::of(declarations).is_hidden
}

/// Whether one of the properties in [`PLACING`] is declared.
fn places(declarations: &str) -> bool {
    let mut names = declarations.split(';').filter_map(|declaration| Some(declaration.split_once(':')?.0.trim()));
    names.any(|name| PLACING.iter().any(|property| name.eq_ignore_ascii_case(property)))
}

/// Whether a rule for elements of that class or id, among others or in some state or on some screen, shows what `hider` hides.
fn shows(sheets: &str, sign: u8, name: &str, hider: &Hider<'_>) -> bool {
    // `md:flex` is written `.md\:flex`.
    let mut selector = String::from(char::from(sign));
    for c in name.chars() {
        if !is_of_name(c) {
            selector.push('\\');
        }
        selector.push(c);
    }
    let (finder, mut rest) = (memmem::Finder::new(&selector), sheets);
    while let Some((found, open)) = finder.find(rest.as_bytes()).and_then(|at| Some((at, next_brace(rest, at)?))) {
        let (selectors, after) = (rest.get(found..open).unwrap_or_default(), rest.get(open + 1..).unwrap_or_default());
        let end = next_brace(after, 0).unwrap_or(after.len());
        let declarations = after.get(..end).unwrap_or_default();
        let is_whole =
            |at: usize| selectors.get(at + selector.len()..).is_some_and(|rest| !rest.starts_with(is_of_name));
        if rest.as_bytes().get(open) == Some(&b'{')
            && selectors.match_indices(&selector).any(|(at, _)| is_whole(at))
            && hider.is_undone_by(declarations)
        {
            return true;
        }
        rest = after;
    }
    false
}

/// Where the next brace stands.
fn next_brace(text: &str, from: usize) -> Option<usize> {
    Some(from + memchr2(b'{', b'}', text.as_bytes().get(from..)?)?)
}

/// Whether it goes on in the name of a class or an id.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// A bit that tells most names of a page from those of the hiders.
fn bit(name: &str) -> u64 {
    let last = name.bytes().next_back().unwrap_or_default();
    1 << ((name.len() as u64 * 31 + u64::from(last)) % 64)
}

/// The rules that have one of `words` in their declarations, in order.
///
/// Goes from word to word instead of from rule to rule: sheets are long, and few of their rules hide something.
fn each_rule<'a>(sheets: &'a str, words: &[&str], mut found: impl FnMut(Rule<'a>)) {
    let finders: Vec<memmem::Finder<'_>> = words.iter().map(memmem::Finder::new).collect();
    for sheet in sheets.split(SHEET_END) {
        let bytes = sheet.as_bytes();
        let mut hits: Vec<usize> = finders.iter().flat_map(|finder| finder.find_iter(bytes)).collect();
        hits.sort_unstable();
        // Counting the braces one by one is slow, and needed only if one of them closes nothing.
        let count = if nesting(bytes) < 0 { nesting_of_matched } else { |depth, bytes: &_| depth + nesting(bytes) };
        let (mut opened, mut depth, mut last) = (0, 0, 0);
        for at in hits {
            // Without a brace since the last hit it stands in the same rule.
            let brace = memrchr2(b'{', b'}', &bytes[last..at]).map(|brace| last + brace);
            last = at;
            let Some(open) = brace.filter(|&brace| bytes[brace] == b'{') else { continue };
            depth = count(depth, &bytes[opened..open]);
            opened = open;
            let begin = memrchr3(b'{', b'}', b';', &bytes[..open]).map_or(0, |before| before + 1);
            let end = at + memchr2(b'{', b'}', &bytes[at..]).unwrap_or(bytes.len() - at);
            if let (Some(selectors), Some(declarations)) = (sheet.get(begin..open), sheet.get(open + 1..end)) {
                let is_plain = depth <= 0 && bytes.get(end) != Some(&b'{');
                found(Rule { selectors, declarations, is_plain });
            }
        }
    }
}

/// How many braces are open after `bytes` if `depth` were before. A brace that closes nothing does not count.
fn nesting_of_matched(depth: isize, bytes: &[u8]) -> isize {
    memchr2_iter(b'{', b'}', bytes)
        .fold(depth, |depth, at| if bytes[at] == b'{' { depth + 1 } else { (depth - 1).max(0) })
}

/// How many more braces open than close.
fn nesting(bytes: &[u8]) -> isize {
    // In single bytes, which hold the sum of so few: the compiler then takes a register of them at a time.
    let nesting =
        |some: &[u8]| isize::from(some.iter().map(|&b| i8::from(b == b'{') - i8::from(b == b'}')).sum::<i8>());
    let (pieces, rest) = bytes.as_chunks::<64>();
    pieces.iter().map(|piece| nesting(piece)).sum::<isize>() + nesting(rest)
}

#[cfg(test)]
mod tests {
    use super::nesting;

    #[test]
    fn braces_that_open_more_than_close() {
        for (text, open) in [("", 0), ("a{b}", 0), ("@media{a{b", 2), ("}}{", -1)] {
            for times in [1, 7, 64, 300] {
                assert_eq!(nesting(text.repeat(times).as_bytes()), open * times.cast_signed(), "{text:?} {times}");
            }
        }
        assert_eq!(nesting(&[b'{'; 1000]), 1000);
    }
}
