//! What a style attribute says of how an element is shown.

use std::borrow::Cow;

/// What a style attribute says of how an element is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// A browser would not show it.
    pub(super) is_hidden: bool,
    /// It is moved out of the page, if it can be moved: that takes a `position`, which a style sheet may give it.
    pub(super) is_moved: bool,
    /// Nothing of it can be seen, perhaps only until a script moves it in.
    pub(super) is_clear: bool,
    /// Whether its letters are too small to be read; nothing, if it does not say how large they are.
    pub(super) is_illegible: Option<bool>,
    /// It begins a line of its own, whatever its name says.
    pub(super) is_block: bool,
}

/// Pixels from which letters can be read.
const LEGIBLE: f32 = 2.0;

/// Share of the size of the letters around from which letters can be read.
const LEGIBLE_SHARE: f32 = 0.1;

/// Pixels beyond which what is moved out of the page stays out of it on every screen.
const OFF_SCREEN: f32 = -900.0;

/// Pixels of a box in which nothing can be seen: screen readers pass over a box of none.
const DOT: f32 = 1.0;

/// Opacity up to which nothing can be seen.
const CLEAR: f32 = 0.02;

impl Style {
    pub(super) fn of(style: &str) -> Style {
        let style = plain(style);
        let mut shown = Style::default();
        let (mut display, mut visibility, mut position) = (Last::default(), Last::default(), false);
        // Only together they hide.
        let (mut is_dot, mut is_cut) = (false, false);
        for (name, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let (name, value) = (name.trim(), value.trim());
            let is = |of: &str| name.eq_ignore_ascii_case(of);
            let begins = |with: &str| value.get(..with.len()).is_some_and(|v| v.eq_ignore_ascii_case(with));
            // By their lengths, since most declarations are none of these.
            match name.len() {
                7 if is("display") => {
                    display.say(begins("none"), value);
                    shown.is_block |= begins("block");
                }
                7 if is("opacity") => shown.is_clear |= number(value).is_some_and(|share| share <= CLEAR),
                6 if is("filter") => shown.is_clear |= begins("opacity(0)") || begins("opacity(0%)"),
                10 if is("visibility") => visibility.say(begins("hidden") || begins("collapse"), value),
                18 if is("content-visibility") => shown.is_hidden |= begins("hidden"),
                9 if is("font-size") => shown.is_illegible = Some(is_illegible(value)),
                9 if is("transform") => {
                    let is_none = |with: &str| begins(with) && value.get(with.len()..).and_then(number) == Some(0.0);
                    shown.is_clear |=
                        is_none("scale(") || is_none("scale3d(") || is_none("scaleX(") || is_none("scaleY(");
                }
                4 if is("clip") => shown.is_hidden |= is_cut_away(value),
                9 if is("clip-path") => shown.is_hidden |= is_clipped_away(value),
                11 if is("text-indent") => shown.is_hidden |= is_off_screen(value),
                8 if is("position") => position = !(begins("static") || begins("sticky")),
                3 if is("top") => shown.is_moved |= is_off_screen(value),
                4 | 5 if is("left") || is("right") => shown.is_moved |= is_off_screen(value),
                11 | 12 if is("margin-left") || is("margin-right") => shown.is_hidden |= is_off_screen(value),
                5 | 6 | 9 | 10 if is("height") || is("max-height") || is("width") || is("max-width") => {
                    is_dot |= is_dot_wide(value);
                }
                8 if is("overflow") => is_cut |= begins("hidden") || begins("clip"),
                _ => {}
            }
        }
        shown.is_hidden |= is_dot && is_cut || display.holds || visibility.holds || shown.is_moved && position;
        shown
    }
}

/// What was said last of a property: later declarations win, but for those before that are `!important`.
#[derive(Default)]
struct Last {
    holds: bool,
    is_important: bool,
}

impl Last {
    fn say(&mut self, holds: bool, value: &str) {
        let is_important = value.contains('!');
        if is_important || !self.is_important {
            *self = Last { holds, is_important };
        }
    }
}

/// A style without comments and with what is escaped as it is meant.
fn plain(style: &str) -> Cow<'_, str> {
    if !style.contains('\\') && !style.contains("/*") {
        return Cow::Borrowed(style);
    }
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['\\', '/']) {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        if let Some(comment) = after.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
        } else if let Some(escape) = after.strip_prefix('\\') {
            // At most six digits and a space that ends them.
            let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            let (code, after) = escape.split_at(digits);
            plain.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            rest = if digits > 0 { after.strip_prefix(' ').unwrap_or(after) } else { after };
        } else {
            plain.push('/');
            rest = after.strip_prefix('/').unwrap_or(after);
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn is_off_screen(value: &str) -> bool {
    number(value).is_some_and(|at| at <= OFF_SCREEN)
}

fn is_dot_wide(value: &str) -> bool {
    number(value).is_some_and(|length| length == 0.0 || length <= DOT && has_unit(value, &["px"]))
}

fn is_illegible(value: &str) -> bool {
    number(value).is_some_and(|size| {
        size == 0.0
            || size < LEGIBLE && has_unit(value, &["px", "pt"])
            || size < LEGIBLE_SHARE && has_unit(value, &["em"])
            || size < 100.0 * LEGIBLE_SHARE && has_unit(value, &["%"])
    })
}

/// Whether one of `units` stands behind the number that a value begins with; `rem` ends with `em`.
fn has_unit(value: &str, units: &[&str]) -> bool {
    let unit = value.trim_start_matches(is_of_number).trim_start_matches(['r', 'R']);
    units.iter().any(|of| unit.get(..of.len()).is_some_and(|unit| unit.eq_ignore_ascii_case(of)))
}

/// Whether a `clip` leaves nothing: `rect(0,0,0,0)`, `rect(1px 1px 1px 1px)`.
fn is_cut_away(value: &str) -> bool {
    let sides = arguments(value, "rect(").unwrap_or_default();
    let mut sides = sides.split([',', ' ']).filter(|side| !side.is_empty()).map(number);
    // Top, right, bottom, left, all from the upper left corner.
    if let (Some(Some(top)), Some(Some(right)), Some(Some(bottom)), Some(Some(left))) =
        (sides.next(), sides.next(), sides.next(), sides.next())
    {
        return bottom - top <= DOT && right - left <= DOT;
    }
    false
}

/// Whether a `clip-path` leaves nothing: `inset(50%)`, `circle(0)`, `polygon(0 0, 0 0, 0 0)`.
fn is_clipped_away(value: &str) -> bool {
    let inset = arguments(value, "inset(").and_then(number).is_some_and(|inset| inset >= 50.0 && value.contains('%'));
    let circle = arguments(value, "circle(").and_then(number) == Some(0.0);
    let is_zero = |corner: &str| number(corner) == Some(0.0);
    let polygon = arguments(value, "polygon(")
        .is_some_and(|corners| corners.split([',', ' ']).filter(|corner| !corner.is_empty()).all(is_zero));
    inset || circle || polygon
}

/// What stands in the parentheses of a function.
fn arguments<'a>(value: &'a str, function: &str) -> Option<&'a str> {
    let (name, rest) = value.split_at_checked(function.len())?;
    if name.eq_ignore_ascii_case(function) { rest.split(')').next() } else { None }
}

/// The number that a value begins with: `-9999px`, `0`.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !is_of_number(c)).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides() {
        for (style, hidden, clear, illegible) in [
            ("display: none !important", true, false, false),
            ("DISPLAY:NONE", true, false, false),
            ("display:/**/none", true, false, false),
            ("dis/* a: b; */play:none", true, false, false),
            (r"d\69splay:none", true, false, false),
            (r"display:\6e one", true, false, false),
            ("/* open display:none", false, false, false),
            ("background:url(a//b);display:none", true, false, false),
            ("display:block", false, false, false),
            ("display:none;display:block", false, false, false),
            ("display:block;display:none", true, false, false),
            ("display:none!important;display:block", true, false, false),
            ("visibility:collapse", true, false, false),
            ("visibility:visible", false, false, false),
            ("content-visibility:hidden", true, false, false),
            ("content-visibility:auto", false, false, false),
            ("font-size:0", false, false, true),
            ("FONT-SIZE: 1px", false, false, true),
            ("font-size:.01em", false, false, true),
            ("font-size:1%", false, false, true),
            ("font-size:12px", false, false, false),
            ("font-size:1.2em", false, false, false),
            ("font-size:1rem", false, false, false),
            ("clip:rect(0,0,0,0)", true, false, false),
            ("clip: rect(0px, 0px 0px 0px)", true, false, false),
            ("clip:RECT(1px 1px 1px 1px)", true, false, false),
            ("clip:rect(0,100px,100px,0)", false, false, false),
            ("clip:auto", false, false, false),
            ("clip-path:inset(50%)", true, false, false),
            ("clip-path:inset(5%)", false, false, false),
            ("clip-path:circle(0)", true, false, false),
            ("clip-path:circle(40%)", false, false, false),
            ("clip-path:polygon(0 0, 0 0,0px 0px)", true, false, false),
            ("clip-path:polygon(0 0, 100% 0, 0 100%)", false, false, false),
            ("width:1px;height:1px;overflow:hidden", true, false, false),
            ("width:0; overflow:hidden", true, false, false),
            ("width:1em; overflow:hidden", false, false, false),
            ("height:1px", false, false, false),
            ("text-indent:-9999px", true, false, false),
            ("text-indent:-2em", false, false, false),
            ("position:absolute;left:-9999px", true, false, false),
            ("right:-9999px;position:fixed", true, false, false),
            ("left:-9999px", false, false, false),
            ("position:static;left:-9999px", false, false, false),
            ("margin-left:-9999px", true, false, false),
            ("margin-right:-999em", true, false, false),
            ("margin-left:-15px", false, false, false),
            ("transform:scale(0)", false, true, false),
            ("transform:scale(0,0)", false, true, false),
            ("transform:scale(0.9)", false, false, false),
            ("opacity:0", false, true, false),
            ("opacity:.01", false, true, false),
            ("opacity:0.5", false, false, false),
            ("filter:opacity(0)", false, true, false),
            ("filter:opacity(0.5)", false, false, false),
        ] {
            let shown = Style::of(style);
            let is_illegible = shown.is_illegible == Some(true);
            assert_eq!((shown.is_hidden, shown.is_clear, is_illegible), (hidden, clear, illegible), "{style}");
        }
    }

    #[test]
    fn what_moves() {
        for (style, moved) in [("left:-9999px", true), ("top:-1000px", true), ("left:-20px", false), ("left:0", false)]
        {
            assert_eq!(Style::of(style).is_moved, moved, "{style}");
        }
    }
}
