//! What the style sheets on a page hide for good: instructions to language models are hidden this way more than in any other.
//!
//! Most of what sheets hide is brought out again, by other rules or by scripts, and is text of the page. So this is about one short text
//! alone: an element of hardly more than a paragraph that a plain rule hides by a class or id which no other element has and which no
//! other rule shows. Whatever is more involved counts as visible.

use super::style::Style;
use super::unseen::is_small;
use crate::dom::{Attr, Attribute, Dom, NodeId};
use memchr::{memchr2, memmem, memrchr2, memrchr3};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

/// The style sheets of a page.
#[derive(Debug)]
pub(super) struct Sheets<'a> {
    dom: &'a Dom,
    /// In order of their names.
    hiders: Vec<Hider<'a>>,
    /// For each [`bit`] of a name whether there may be a hider of that name.
    bits: u64,
    /// The names that some rule shows elements by, once they are asked for.
    shown: OnceCell<HashSet<Cow<'a, str>>>,
    /// For how many hiders the elements were counted.
    counts: Cell<usize>,
}

/// A selector by which a rule hides elements: `p.name`, `#name`.
#[derive(Debug)]
struct Hider<'a> {
    /// With the `.` or `#` before it.
    name: &'a str,
    /// The element it is for; empty for all.
    element: &'a str,
    /// Whether one element alone has the name, once that was asked.
    is_of_one: OnceCell<bool>,
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

/// What the declarations that hide contain, as nearly everybody writes them.
const HIDING: [&str; 5] = ["display:none", "display: none", "visibility:hidden", "visibility: hidden", "-999"];

/// What declarations that show contain.
const SHOWING: [&str; 5] = ["display:", "visibility:", "position:", "left:", "indent:"];

/// Hiders whose elements are counted, which takes a look at all elements each time; those of further ones count as visible.
const MOST_COUNTS: usize = 32;

impl<'a> Sheets<'a> {
    pub(super) fn new(dom: &'a Dom) -> Self {
        let (mut hiders, mut bits) = (Vec::new(), 0);
        each_rule(&dom.sheets, &HIDING, |rule| {
            if rule.is_plain && hides(rule.declarations) {
                for hider in rule.selectors.split(',').filter_map(Hider::of) {
                    bits |= bit(hider.name.get(1..).unwrap_or_default());
                    hiders.push(hider);
                }
            }
        });
        hiders.sort_by_key(|hider: &Hider<'_>| (hider.name, hider.element));
        Sheets { dom, hiders, bits, shown: OnceCell::new(), counts: Cell::new(0) }
    }

    /// Whether they hide nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.hiders.is_empty()
    }

    /// Whether a rule hides elements by a name in this `class` or `id`: a quick look before [`Sheets::hide`].
    pub(super) fn name(&self, attribute: &Attribute) -> bool {
        names(self.dom, attribute).any(|(sign, name)| self.hiders_of(sign, name).next().is_some())
    }

    /// Whether they hide the element.
    pub(super) fn hide(&self, id: NodeId) -> bool {
        let dom = self.dom;
        let names = || dom.attributes(id).iter().flat_map(|attribute| names(dom, attribute));
        let Some(element) = dom.html_name(id) else { return false };
        let fits = |hider: &&Hider<'_>| hider.element.is_empty() || hider.element.eq_ignore_ascii_case(element);
        let Some(hider) = names().find_map(|(sign, name)| self.hiders_of(sign, name).find(fits)) else { return false };
        let is_styled = || {
            let style = dom.attribute(id, Attr::Style).unwrap_or_default();
            SHOWING.iter().any(|property| style.contains(property.trim_end_matches(':')))
        };
        let is_shown = || {
            let shown = self.shown.get_or_init(|| shown(&dom.sheets));
            names().any(|(_, name)| shown.contains(name))
        };
        is_small(dom, id) && !is_styled() && !is_shown() && self.is_of_one(hider)
    }

    fn hiders_of(&self, sign: u8, name: &str) -> impl Iterator<Item = &Hider<'a>> {
        let order = |hider: &Hider<'_>| hider.name.bytes().cmp(std::iter::once(sign).chain(name.bytes()));
        let hiders = if self.bits & bit(name) == 0 { &[] } else { &*self.hiders };
        let first = hiders.partition_point(|hider| order(hider).is_lt());
        let count = hiders[first..].partition_point(|hider| order(hider).is_eq());
        hiders[first..first + count].iter()
    }

    /// Whether no more than one element has the name: several are the parts of something that shows one after the other.
    fn is_of_one(&self, hider: &Hider<'_>) -> bool {
        *hider.is_of_one.get_or_init(|| {
            let counts = self.counts.replace(self.counts.get() + 1);
            let has = |attribute: &&Attribute| {
                names(self.dom, attribute).any(|(sign, name)| {
                    hider.name.as_bytes().first() == Some(&sign) && hider.name.get(1..) == Some(name)
                })
            };
            counts < MOST_COUNTS && self.dom.attributes.iter().filter(has).nth(1).is_none()
        })
    }
}

impl<'a> Hider<'a> {
    /// A selector that is a class or an id and no more, with or without the name of an element.
    fn of(selector: &'a str) -> Option<Self> {
        let selector = selector.trim().trim_start_matches("<!--").trim_start();
        let (element, name) = selector.split_at_checked(selector.find(['.', '#'])?)?;
        let is_plain = element.bytes().all(|byte| byte.is_ascii_alphanumeric()) && name.len() > 1;
        let is_plain = is_plain && name.get(1..)?.chars().all(is_of_name);
        is_plain.then_some(Hider { name, element, is_of_one: OnceCell::new() })
    }
}

/// The names in a `class` or an `id`, each with the sign that makes it a selector.
fn names<'a>(dom: &'a Dom, attribute: &Attribute) -> impl Iterator<Item = (u8, &'a str)> {
    let sign = match attribute.name {
        Attr::Class => Some(b'.'),
        Attr::Id => Some(b'#'),
        _ => None,
    };
    let value = if sign.is_some() { dom.value(attribute) } else { "" };
    value.split_ascii_whitespace().map(move |name| (sign.unwrap_or_default(), name))
}

fn hides(declarations: &str) -> bool {
    Style::of(declarations).is_hidden
}

/// The classes and ids in the selectors of rules that show something, in whatever case and on whatever screen.
fn shown(sheets: &str) -> HashSet<Cow<'_, str>> {
    let mut shown = HashSet::new();
    each_rule(sheets, &SHOWING, |rule| {
        if hides(rule.declarations) {
            return;
        }
        let mut rest = rule.selectors;
        while let Some((_, name)) = rest.split_once(['.', '#']) {
            let end = name.find(|c: char| !is_of_name(c) && c != '\\' && c != ':').unwrap_or(name.len());
            let (name, after) = name.split_at_checked(end).unwrap_or((name, ""));
            // `md\:flex` is the class `md:flex`, and `open:hover` is `open` in one state.
            if name.contains('\\') {
                shown.insert(Cow::Owned(name.replace('\\', "")));
            } else {
                shown.insert(Cow::Borrowed(name.split(':').next().unwrap_or_default()));
            }
            rest = after;
        }
    });
    shown
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
        let (mut opened, mut depth, mut last) = (0, 0, 0);
        for at in hits {
            // Without a brace since the last hit it stands in the same rule.
            let brace = memrchr2(b'{', b'}', &bytes[last..at]).map(|brace| last + brace);
            last = at;
            let Some(open) = brace.filter(|&brace| bytes[brace] == b'{') else { continue };
            depth += count(b'{', &bytes[opened..open]) - count(b'}', &bytes[opened..open]);
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

fn count(byte: u8, bytes: &[u8]) -> isize {
    bytes.iter().filter(|&&other| other == byte).count().cast_signed()
}
