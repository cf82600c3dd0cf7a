//! Which elements the style sheets on a page hide for good.
//!
//! Only the simplest rules count: for one class or one id, unconditional, and not undone by any other rule. They are
//! enough to hide text from readers but not from programs, and text that a page folds away has another rule to bring it
//! out again.

use super::style::Style;
use memchr::{memchr2, memchr3, memmem, memrchr2, memrchr3};
use std::cell::{Cell, OnceCell};

/// The style sheets of a page.
#[derive(Debug)]
pub(super) struct Sheets<'a> {
    /// One after another, each ended by [`SHEET_END`].
    text: &'a str,
    hiders: OnceCell<Hiders<'a>>,
    /// For how many names the sheets have been searched for another rule.
    asked: Cell<usize>,
}

/// Most names for which to search for another rule, since each takes a search of all sheets.
const MOST_ASKED: usize = 250;

/// Ends a style sheet in [`crate::dom::Dom::sheets`], whatever it left open. Style sheets cannot contain this
/// character.
const SHEET_END: char = '\0';

/// The simplest declarations that hide, or the beginnings or ends of others. Rules that contain none of these are not
/// read.
const HIDING: [&str; 7] =
    ["display:none", "display: none", "visibility:hidden", "visibility: hidden", "font-size:0", "font-size: 0", "-999"];

/// The names under which sheets hide elements.
#[derive(Debug, Default)]
struct Hiders<'a> {
    /// The names with their `.` or `#`, sorted, each with whether another rule shows it, once that has been found out.
    names: Vec<(&'a str, OnceCell<bool>)>,
    /// The [`bit`]s of all names, to rule out most others quickly.
    bits: u64,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Sheets { text, hiders: OnceCell::new(), asked: Cell::new(0) }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether elements of one of the classes in `value` are hidden.
    pub(super) fn hide_class(&self, value: &str) -> bool {
        value.split_ascii_whitespace().any(|class| self.hides(b'.', class))
    }

    /// Whether the element with that id is hidden.
    pub(super) fn hide_id(&self, value: &str) -> bool {
        self.hides(b'#', value.trim())
    }

    fn hides(&self, sign: u8, name: &str) -> bool {
        let hiders = self.hiders.get_or_init(|| Hiders::of(self.text));
        if hiders.bits & bit(name) == 0 {
            return false;
        }
        let wanted = || std::iter::once(sign).chain(name.bytes());
        let Ok(at) = hiders.names.binary_search_by(|(hider, _)| hider.bytes().cmp(wanted())) else { return false };
        let (hider, shown) = &hiders.names[at];
        !*shown.get_or_init(|| self.asked.replace(self.asked.get() + 1) < MOST_ASKED && shows(self.text, hider))
    }
}

impl<'a> Hiders<'a> {
    fn of(text: &'a str) -> Self {
        let mut hiders = Hiders::default();
        let finders = HIDING.map(memmem::Finder::new);
        for sheet in text.split(SHEET_END) {
            let mut hiding: Vec<usize> = finders.iter().flat_map(|finder| finder.find_iter(sheet.as_bytes())).collect();
            hiding.sort_unstable();
            hiders.read(sheet, &hiding);
        }
        hiders.names.sort_unstable_by_key(|(name, _)| *name);
        hiders.names.dedup_by_key(|(name, _)| *name);
        hiders
    }

    /// Reads the rules of a sheet at the offsets `hiding`, which ascend.
    fn read(&mut self, sheet: &'a str, hiding: &[usize]) {
        let bytes = sheet.as_bytes();
        let (mut opened, mut depth, mut last) = (0, 0, 0);
        for &at in hiding {
            // If there is no brace since the last offset, it is in the same rule.
            let brace = memrchr2(b'{', b'}', &bytes[last..at]).map(|brace| last + brace);
            last = at;
            let Some(open) = brace.filter(|&brace| bytes[brace] == b'{') else { continue };
            // How many blocks of `@media` and the like enclose the rule.
            let between = &bytes[opened..open];
            depth += count(b'{', between) - count(b'}', between);
            let end = at + memchr2(b'{', b'}', &bytes[at..]).unwrap_or(bytes.len() - at);
            let begin = memrchr3(b'{', b'}', b';', &bytes[..open]).map_or(0, |before| before + 1);
            let is_plain = depth <= 0 && bytes.get(end) != Some(&b'{');
            opened = open;
            let (Some(selectors), Some(declarations)) = (sheet.get(begin..open), sheet.get(open + 1..end)) else {
                continue;
            };
            if is_plain && hides(declarations) {
                // After a comment, if there is one.
                for name in selectors.rsplit('/').next().unwrap_or_default().split(',').filter_map(simple) {
                    self.bits |= bit(name.trim_start_matches(['.', '#']));
                    self.names.push((name, OnceCell::new()));
                }
            }
        }
    }
}

fn count(byte: u8, bytes: &[u8]) -> isize {
    bytes.iter().filter(|&&other| other == byte).count().cast_signed()
}

fn hides(declarations: &str) -> bool {
    let style = Style::of(declarations);
    style.is_hidden || style.is_illegible == Some(true)
}

/// Whether another rule undoes the hiding of `name`: its selector has the same name, and it sets one of [`SHOWING`]
/// without hiding.
fn shows(text: &str, name: &str) -> bool {
    memmem::find_iter(text.as_bytes(), name.as_bytes()).any(|at| {
        let rest = text.get(at + name.len()..).unwrap_or_default();
        let Some((selectors, begins)) = next_brace(rest, 0) else { return false };
        if rest.starts_with(is_of_name) || rest.as_bytes().get(selectors) != Some(&b'{') {
            return false;
        }
        let end = next_brace(rest, begins).map_or(rest.len(), |(end, _)| end);
        let declarations = rest.get(begins..end).unwrap_or_default();
        SHOWING.iter().any(|property| declarations.contains(property)) && !hides(declarations)
    })
}

/// Properties that can show what was hidden.
const SHOWING: [&str; 7] = ["display", "visibility", "position", "left", "font", "clip", "height"];

/// The class or id of a selector, with its `.` or `#`, if the selector is nothing else, save for the name of an element
/// before it.
fn simple(selector: &str) -> Option<&str> {
    let selector = selector.trim();
    let at = selector.find(['.', '#'])?;
    let (element, name) = selector.split_at_checked(at)?;
    let is_plain = element.bytes().all(|byte| byte.is_ascii_alphanumeric()) && name.len() > 1;
    let rest = name.get(1..)?;
    (is_plain && rest.chars().all(is_of_name)).then_some(name)
}

/// Whether a character can be part of the name of a class or an id.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// A one-bit hash of a name, by which most names can be told from the few that are hidden.
fn bit(name: &str) -> u64 {
    let last = name.bytes().next_back().unwrap_or_default();
    1 << ((name.len() as u64 * 31 + u64::from(last)) % 64)
}

/// Offset of the next brace or end of a sheet, and the offset after it.
fn next_brace(text: &str, from: usize) -> Option<(usize, usize)> {
    let found = from + memchr3(b'{', b'}', SHEET_END as u8, text.as_bytes().get(from..)?)?;
    Some((found, found + 1))
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

    #[test]
    fn hostile_sheets_take_no_longer() {
        let many = 30_000;
        let names: String = (0..many).map(|name| format!(".a{name}{{display:none}}")).collect();
        let sheets =
            ["display:none".repeat(many), format!("a{{{}", "display:none;".repeat(many)), "{".repeat(many), names];
        for sheet in sheets {
            let sheets = Sheets::new(&sheet);
            let found = (0..many).filter(|name| sheets.hide_class(&format!("a{name}"))).count();
            assert!(found == 0 || found == many, "{found}");
        }
    }
}
