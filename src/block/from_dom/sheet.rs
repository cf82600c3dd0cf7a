//! What the style sheets on a page hide for good.
//!
//! Only the plainest rules are read: for one class or one id, under no condition, and taken back by no other rule. Whoever hides a text
//! from readers and not from programs needs no more, and what a page folds away and brings out again has another rule for it.

use super::style::Style;
use memchr::{memchr2, memmem};
use std::cell::OnceCell;

/// The style sheets of a page.
#[derive(Debug)]
pub(super) struct Sheets<'a> {
    /// One after the other, each closed by [`SHEET_END`].
    text: &'a str,
    hiders: OnceCell<Hiders<'a>>,
}

/// What ends a style sheet in [`crate::dom::Dom::sheets`], whatever it left open: a page has no such character.
const SHEET_END: char = '\0';

/// What is in every declaration that hides: rules without any of it need no look.
const HIDING: [&str; 4] = ["none", "hidden", "size:0", "-9"];

/// The names under which sheets hide elements.
#[derive(Debug, Default)]
struct Hiders<'a> {
    /// With the sign that makes a selector of a name, in order, each with whether another rule shows it, once that was asked.
    names: Vec<(&'a str, OnceCell<bool>)>,
    /// By [`bit`] whether there may be such a name.
    bits: u64,
}

/// A rule of a style sheet.
#[derive(Clone, Copy, Debug)]
struct Rule<'a> {
    selectors: &'a str,
    declarations: &'a str,
    /// It counts on some screens alone, or in some states of the page.
    is_conditional: bool,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Sheets { text, hiders: OnceCell::new() }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether elements of one of the classes in `value` are hidden.
    pub(super) fn hide_class(&self, value: &str) -> bool {
        value.split_ascii_whitespace().any(|class| self.hides('.', class))
    }

    /// Whether the element of that id is hidden.
    pub(super) fn hide_id(&self, value: &str) -> bool {
        self.hides('#', value.trim())
    }

    fn hides(&self, sign: char, name: &str) -> bool {
        let hiders = self.hiders.get_or_init(|| Hiders::of(self.text));
        if hiders.bits & bit(name) == 0 {
            return false;
        }
        let found = hiders.names.iter().find(|(hider, _)| hider.strip_prefix(sign) == Some(name));
        found.is_some_and(|(hider, shown)| !*shown.get_or_init(|| shows(self.text, hider)))
    }
}

impl<'a> Hiders<'a> {
    fn of(text: &'a str) -> Self {
        let mut hiders = Hiders::default();
        if !HIDING.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some()) {
            return hiders;
        }
        for rule in text.split(SHEET_END).flat_map(rules).filter(|rule| !rule.is_conditional && rule.hides()) {
            for name in rule.selectors.split(',').filter_map(simple) {
                hiders.bits |= bit(name.trim_start_matches(['.', '#']));
                hiders.names.push((name, OnceCell::new()));
            }
        }
        hiders.names.sort_unstable_by_key(|(name, _)| *name);
        hiders.names.dedup_by_key(|(name, _)| *name);
        hiders
    }
}

impl Rule<'_> {
    fn hides(self) -> bool {
        if !HIDING.iter().any(|word| self.declarations.contains(word)) {
            return false;
        }
        let style = Style::of(self.declarations);
        style.is_hidden || style.is_illegible == Some(true)
    }
}

/// Whether another rule takes back what a plain one for `name` hides: it is for the same name, and says something else of how it is shown.
fn shows(text: &str, name: &str) -> bool {
    let is_named = |selectors: &str| {
        let ends = |at: usize| selectors.get(at + name.len()..).is_some_and(|rest| !rest.starts_with(is_of_name));
        selectors.match_indices(name).any(|(at, _)| ends(at))
    };
    text.split(SHEET_END)
        .flat_map(rules)
        .filter(|rule| is_named(rule.selectors) && !rule.hides())
        .any(|rule| SHOWING.iter().any(|property| rule.declarations.contains(property)))
}

/// Properties by which what was hidden is shown.
const SHOWING: [&str; 7] = ["display", "visibility", "position", "left", "font", "clip", "height"];

/// A selector that is no more than a class or an id, with or without the name of an element before it.
fn simple(selector: &str) -> Option<&str> {
    let selector = selector.trim();
    let at = selector.find(['.', '#'])?;
    let (element, name) = selector.split_at_checked(at)?;
    let is_plain = element.bytes().all(|byte| byte.is_ascii_alphanumeric()) && name.len() > 1;
    let rest = name.get(1..)?;
    (is_plain && rest.chars().all(is_of_name)).then_some(name)
}

/// Whether it goes on in the name of a class or an id.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// A bit by which most names that are no hiders are told apart from those that are.
fn bit(name: &str) -> u64 {
    let last = name.bytes().next_back().unwrap_or_default();
    1 << ((name.len() as u64 * 31 + u64::from(last)) % 64)
}

/// The rules of one style sheet, those in the blocks of `@media` and the like after one another.
fn rules(sheet: &str) -> impl Iterator<Item = Rule<'_>> {
    let mut rest = sheet;
    let mut conditions = 0usize;
    std::iter::from_fn(move || {
        loop {
            let at = memchr2(b'{', b'}', rest.as_bytes())?;
            let (prelude, after) = (rest.get(..at)?, rest.get(at + 1..)?);
            let opens = rest.as_bytes().get(at) == Some(&b'{');
            rest = after;
            if !opens {
                conditions = conditions.saturating_sub(1);
                continue;
            }
            let prelude = prelude.rsplit([';', '/']).next().unwrap_or_default().trim();
            let end = memchr2(b'{', b'}', rest.as_bytes()).unwrap_or(rest.len());
            if prelude.starts_with('@') || rest.as_bytes().get(end) == Some(&b'{') {
                conditions += 1;
                continue;
            }
            let declarations = rest.get(..end)?;
            rest = rest.get(end + 1..).unwrap_or_default();
            return Some(Rule { selectors: prelude, declarations, is_conditional: conditions > 0 });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::Sheets;

    #[test]
    fn what_sheets_hide() {
        let cases = [
            ("a class", ".x{display:none}", true),
            ("among others", "p,.y, .x {color:red;visibility: hidden;}", true),
            ("an element with it", "span.x{font-size:0}", true),
            ("out of the page", ".x{position:absolute;left:-9999px}", true),
            ("behind a comment", "/* a } */ .x{display:none}", true),
            ("behind an import", "@import url(a.css);.x{display:none}", true),
            ("behind a condition", "@media print{.y{color:red}}.x{display:none}", true),
            ("behind a sheet that ends in a rule", ".y{color:red\0.x{display:none}", true),
            ("shown", ".x{display:block}", false),
            ("another", ".xy{display:none}", false),
            ("an id", "#x{display:none}", false),
            ("inside of something", ".open .x{display:none}", false),
            ("in a state", ".x:empty{display:none}", false),
            ("with another class", ".x.y{display:none}", false),
            ("on paper", "@media print{.x{display:none}}", false),
            ("brought out by another class", ".x{display:none}.x.open{display:block}", false),
            ("brought out by what is around", ".x{display:none}.open .x{visibility:visible;display:flex}", false),
            ("brought out on small screens", ".x{display:none}@media (max-width:9em){.x{display:block}}", false),
            ("coloured elsewhere", ".x{display:none}.x{color:red}", true),
            ("a longer name brought out", ".x{display:none}.x-y{display:block}", true),
            ("braces without end", "{{{{.x{display:none}", false),
            ("nothing", "", false),
        ];
        for (name, sheet, hidden) in cases {
            assert_eq!(Sheets::new(sheet).hide_class("a x"), hidden, "{name}");
        }
        assert!(Sheets::new("div#x{display:none}").hide_id("x"));
    }
}
