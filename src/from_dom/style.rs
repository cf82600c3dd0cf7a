//! What a style attribute says about whether and how an element is shown.

use std::borrow::Cow;

/// What a style attribute says about whether and how an element is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// A browser would not show it.
    pub(super) is_hidden: bool,
    /// It is moved out of the page, provided that it has a `position`, which a style sheet may give it.
    pub(super) is_moved: bool,
    /// It is transparent, clipped or scaled to nothing, perhaps only until a script brings it in.
    pub(super) is_clear: bool,
    /// It is transparent and shifted: scripts that let parts of a page glide in set such styles.
    pub(super) is_waiting: bool,
    /// Whether its letters are too small to be read; `None` if that depends on the elements around it.
    pub(super) is_illegible: Option<bool>,
    /// It begins a line of its own, whatever its name says.
    pub(super) is_block: bool,
    /// Whether its lines are centred; `None` if that depends on the elements around it.
    pub(super) is_centred: Option<bool>,
}

/// Letters of at least this many pixels can be read.
const LEGIBLE_MIN_PX: f32 = 2.0;

/// Letters of at least this share of the size around them can be read.
const LEGIBLE_MIN_SHARE: f32 = 0.1;

/// An element moved at least this far (in pixels) is off every screen.
const OFF_SCREEN_PX: f32 = -900.0;

/// Nothing can be seen in a box of at most this many pixels. (Authors avoid 0 because screen readers skip an empty
/// box.)
const DOT_MAX_PX: f32 = 1.0;

/// Nothing can be seen up to this opacity.
const CLEAR_MAX_OPACITY: f32 = 0.02;

/// An element shifted at least this far (in pixels) was meant to be off the page. A carousel shifts its slides by
/// their widths, which is less.
const OFF_PAGE_PX: f32 = -9000.0;

/// Keywords that every property accepts.
const GLOBAL: [&str; 5] = ["inherit", "initial", "unset", "revert", "revert-layer"];

/// Values of `display` other than `none`.
const DISPLAYS: [&str; 27] = [
    "block",
    "inline",
    "inline-block",
    "flex",
    "inline-flex",
    "grid",
    "inline-grid",
    "table",
    "inline-table",
    "table-row",
    "table-cell",
    "table-row-group",
    "table-header-group",
    "table-footer-group",
    "table-column",
    "table-column-group",
    "table-caption",
    "list-item",
    "contents",
    "flow-root",
    "ruby",
    "ruby-base",
    "ruby-text",
    "-webkit-box",
    "-webkit-flex",
    "-webkit-inline-box",
    "-webkit-inline-flex",
];

/// Keywords for sizes.
const SIZES: [&str; 6] = ["auto", "none", "min-content", "max-content", "fit-content", "-webkit-fill-available"];

/// Keywords for sizes of letters.
const FONT_SIZES: [&str; 8] = ["xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"];

/// Values of `text-align` other than `center`.
const ALIGNMENTS: [&str; 6] = ["left", "right", "justify", "start", "end", "match-parent"];

/// Units of lengths and percentages.
const UNITS: [&str; 20] = [
    "px", "em", "rem", "%", "pt", "pc", "in", "cm", "mm", "q", "ex", "ch", "vw", "vh", "vmin", "vmax", "dvh", "svh",
    "lvh", "dvw",
];

impl Style {
    pub(super) fn of(style: &str) -> Style {
        let mut declared = Declared::default();
        for (name, value) in plain(style).split(';').filter_map(|declaration| declaration.split_once(':')) {
            if let Some(said) = Said::of(value) {
                declared.read(name.trim(), said);
            }
        }
        declared.style()
    }
}

/// What the declarations of a style say, by property. Unless noted, `holds` says whether the value can hide an element,
/// alone or together with others.
#[derive(Default)]
struct Declared {
    display: Last<bool>,
    visibility: Last<bool>,
    opacity: Last<bool>,
    filter: Last<bool>,
    clip: Last<bool>,
    clip_path: Last<bool>,
    text_indent: Last<bool>,
    margin_left: Last<bool>,
    top: Last<bool>,
    left: Last<bool>,
    right: Last<bool>,
    overflow: Last<bool>,
    width: Last<bool>,
    height: Last<bool>,
    max_height: Last<bool>,
    /// Whether `transform` scales it to nothing, and whether it shifts it off the page.
    scale: Last<bool>,
    shift: Last<bool>,
    /// Whether `position` takes it out of the line, and whether it lets it be moved.
    is_out: Last<bool>,
    is_movable: Last<bool>,
    /// The colours, if known.
    color: Last<Option<[u8; 4]>>,
    background: Last<Option<[u8; 4]>>,
    /// See [`Style::is_illegible`].
    font_size: Last<Option<bool>>,
    /// See [`Style::is_centred`].
    text_align: Last<Option<bool>>,
    /// `content-visibility` hides it.
    is_skipped: bool,
    is_block: bool,
    /// The letters are cut out of the background and so take its colours.
    is_cut_out: bool,
    /// `transform` does something to it.
    is_transformed: bool,
    /// The padding cancels out the margin.
    is_padded: bool,
    /// Other properties make it larger than its `width` or `height`.
    is_wide: bool,
    is_high: bool,
}

impl Declared {
    /// Reads a declaration.
    fn read(&mut self, name: &str, said: Said<'_>) {
        let value = said.value;
        let is = |of: &str| name.eq_ignore_ascii_case(of);
        let begins = |with: &str| value.get(..with.len()).is_some_and(|v| v.eq_ignore_ascii_case(with));
        // By length first, since most declarations are none of these.
        match name.len() {
            7 if is("display") => {
                self.display.say(said, said.word(&["none"], &DISPLAYS));
                self.is_block |= begins("block");
            }
            7 if is("opacity") => self.opacity.say(said, said.is_clear()),
            6 if is("filter") => self.filter.say(said, Some(is_filtered_away(value))),
            10 if is("visibility") => self.visibility.say(said, said.word(&["hidden", "collapse"], &["visible"])),
            18 if is("content-visibility") => self.is_skipped |= begins("hidden"),
            9 | 17 if is("transform") || is("-webkit-transform") => {
                self.scale.say(said, Some(is_scaled_away(value)));
                self.shift.say(said, Some(is_shifted_away(value)));
                self.is_transformed |= value.contains('(');
            }
            4 if is("clip") => self.clip.say(said, said.is_cut_away()),
            9 if is("clip-path") => self.clip_path.say(said, Some(is_clipped_away(value))),
            9 if is("font-size") => self.font_size.say(said, said.is_illegible()),
            4 if is("font") => self.font_size.say(said, said.is_illegible_font()),
            8 if is("position") => {
                self.is_out.say(said, said.word(&["absolute", "fixed"], &["relative", "static", "sticky"]));
                self.is_movable.say(said, said.word(&["absolute", "fixed", "relative"], &["static", "sticky"]));
            }
            3 if is("top") => self.top.say(said, said.length(&SIZES, is_off_screen)),
            4 if is("left") => self.left.say(said, said.length(&SIZES, is_off_screen)),
            5 if is("right") => self.right.say(said, said.length(&SIZES, is_off_screen)),
            10 if is("text-align") => self.text_align.say(said, said.is_centred()),
            11 if is("text-indent") => self.text_indent.say(said, said.length(&[], is_off_screen)),
            11 if is("margin-left") => self.margin_left.say(said, said.length(&SIZES, is_off_screen)),
            12 if is("padding-left") => self.is_padded |= length(value).is_some_and(|(by, _)| by >= -OFF_SCREEN_PX),
            5 if is("color") => self.color.say(said, Some(rgba(value))),
            10 | 16 if is("background") || is("background-color") => self.background.say(said, Some(rgba(value))),
            15 | 23 if is("background-clip") || is("-webkit-background-clip") => self.is_cut_out |= begins("text"),
            5 if is("width") => self.width.say(said, said.length(&SIZES, is_dot)),
            6 if is("height") => self.height.say(said, said.length(&SIZES, is_dot)),
            10 if is("max-height") => self.max_height.say(said, said.length(&SIZES, is_dot)),
            4 | 9 if is("flex") || is("flex-grow") => self.is_wide |= begins("auto") || number(value) > Some(0.0),
            9 if is("min-width") => self.is_wide |= number(value) > Some(DOT_MAX_PX),
            10 if is("min-height") => self.is_high |= number(value) > Some(DOT_MAX_PX),
            8 | 10 if is("overflow") || is("overflow-y") => {
                self.overflow.say(said, said.first().word(&["hidden", "clip"], &["visible", "auto", "scroll"]));
            }
            _ => {}
        }
    }

    /// What they say together.
    fn style(&self) -> Style {
        let is_moved = self.top.holds || self.left.holds || self.right.holds;
        let is_dot = self.width.holds && !self.is_wide || (self.height.holds || self.max_height.holds) && !self.is_high;
        let is_in_background = |ink: [u8; 4]| ink[3] == 0 || self.background.holds == Some(ink);
        Style {
            is_hidden: self.is_skipped
                || self.display.holds
                || self.visibility.holds
                || is_dot && self.overflow.holds
                || self.is_movable.holds && is_moved
                || self.is_out.holds && self.clip.holds
                || self.text_indent.holds
                || self.shift.holds
                || self.color.holds.is_some_and(is_in_background) && !self.is_cut_out
                || self.margin_left.holds && !self.is_padded,
            is_moved,
            is_clear: self.opacity.holds || self.filter.holds || self.scale.holds || self.clip_path.holds,
            is_waiting: self.opacity.holds && self.is_transformed && !self.scale.holds,
            is_illegible: self.font_size.holds,
            is_block: self.is_block,
            is_centred: self.text_align.holds,
        }
    }
}

/// The declaration of a property that counts: the last one, unless an earlier one is `!important`.
#[derive(Default)]
struct Last<T> {
    holds: T,
    is_important: bool,
}

impl<T> Last<T> {
    /// `holds` is `None` if a browser does not understand the declaration and ignores it.
    fn say(&mut self, said: Said<'_>, holds: Option<T>) {
        if let Some(holds) = holds.filter(|_| said.is_important || !self.is_important) {
            *self = Last { holds, is_important: said.is_important };
        }
    }
}

/// The value of a declaration.
#[derive(Clone, Copy)]
struct Said<'a> {
    value: &'a str,
    is_important: bool,
}

impl<'a> Said<'a> {
    /// Returns `None` if a browser would not understand it.
    fn of(value: &'a str) -> Option<Said<'a>> {
        let (value, sign) = value.split_once('!').map_or((value, None), |(value, sign)| (value, Some(sign)));
        let is_known = sign.is_none_or(|sign| sign.trim().eq_ignore_ascii_case("important"));
        let said = Said { value: value.trim(), is_important: sign.is_some() };
        (is_known && !said.value.is_empty()).then_some(said)
    }

    /// Its first word.
    fn first(self) -> Said<'a> {
        Said { value: self.value.split_ascii_whitespace().next().unwrap_or_default(), ..self }
    }

    /// Whether it is one of the words `holding`; `None` if it is none of `others` or [`GLOBAL`] either.
    fn word(self, holding: &[&str], others: &[&str]) -> Option<bool> {
        let is_in = |words: &[&str]| words.iter().any(|word| self.value.eq_ignore_ascii_case(word));
        is_in(holding).then_some(true).or_else(|| (is_in(others) || is_in(&GLOBAL)).then_some(false))
    }

    /// Whether `holds` is true of it as a length with its unit; `None` if it is invalid. `words` are the valid
    /// keywords. Old pages may leave out the unit.
    fn length(self, words: &[&str], holds: impl Fn(f32, &str) -> bool) -> Option<bool> {
        match length(self.value) {
            Some((length, "")) if length != 0.0 => holds(length, "").then_some(true),
            Some((length, unit)) => Some(holds(length, unit)),
            None if self.value.ends_with(')') => Some(false),
            None => self.word(&[], words),
        }
    }

    fn is_clear(self) -> Option<bool> {
        match length(self.value) {
            Some((share, "")) => Some(share <= CLEAR_MAX_OPACITY),
            Some((share, "%")) => Some(share <= 100.0 * CLEAR_MAX_OPACITY),
            _ => self.word(&[], &[]),
        }
    }

    /// Whether letters of that size are too small; `Some(None)` if that depends on the letters around them, `None` if
    /// it is invalid.
    fn is_illegible(self) -> Option<Option<bool>> {
        match length(self.value) {
            Some((0.0, _)) => Some(Some(true)),
            Some((_, "")) => None,
            Some((size, "px" | "pt")) => Some(Some(size < LEGIBLE_MIN_PX)),
            Some((size, "rem")) => Some(Some(size < LEGIBLE_MIN_SHARE)),
            Some((size, "em")) => Some((size < LEGIBLE_MIN_SHARE).then_some(true)),
            Some((size, "%")) => Some((size < 100.0 * LEGIBLE_MIN_SHARE).then_some(true)),
            Some(_) => Some(Some(false)),
            None if self.value.ends_with(')') => Some(Some(false)),
            None => self.word(&["smaller", "larger"], &FONT_SIZES).map(|is_relative| {
                let is_size = !is_relative && self.word(&[], &[]).is_none();
                is_size.then_some(false)
            }),
        }
    }

    /// Whether lines are centred by it as an alignment; `Some(None)` if that depends on the elements around it, `None` if
    /// it is invalid.
    fn is_centred(self) -> Option<Option<bool>> {
        let is_global = self.word(&[], &[]).is_some();
        if is_global { Some(None) } else { self.word(&["center"], &ALIGNMENTS).map(Some) }
    }

    /// The same as [`Said::is_illegible`] for a `font`, in which the name of a font follows the size: `italic 12px/1.5 serif`.
    fn is_illegible_font(self) -> Option<Option<bool>> {
        if self.word(&[], &[]).is_some() {
            return Some(None);
        }
        let mut words = self.value.split_ascii_whitespace();
        let size = |word: &'a str| Said { value: word.split('/').next().unwrap_or_default(), ..self }.is_illegible();
        let size = words.find_map(size)?;
        words.next().map(|_| size)
    }

    /// Whether a `clip` leaves nothing: `rect(0,0,0,0)`, `rect(1px 1px 1px 1px)`.
    fn is_cut_away(self) -> Option<bool> {
        let Some(sides) = arguments(self.value, "rect(") else { return self.word(&[], &["auto"]) };
        let mut sides = sides.split([',', ' ']).filter(|side| !side.is_empty()).map(number);
        // Top, right, bottom, left, all measured from the upper left corner.
        let (top, right, bottom, left) = (sides.next()??, sides.next()??, sides.next()??, sides.next()??);
        Some(bottom - top <= DOT_MAX_PX && right - left <= DOT_MAX_PX)
    }
}

/// A style without comments and with its escapes resolved.
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
            // At most six digits, and a space that ends them.
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

fn is_off_screen(at: f32, unit: &str) -> bool {
    at <= match unit {
        "vw" | "vh" => -100.0,
        "em" | "rem" => OFF_SCREEN_PX / 16.0,
        _ => OFF_SCREEN_PX,
    }
}

fn is_dot(length: f32, unit: &str) -> bool {
    length == 0.0 || length <= DOT_MAX_PX && unit == "px"
}

/// The names and arguments of the functions in a value.
fn functions(value: &str) -> impl Iterator<Item = (&str, &str)> {
    value.split(')').filter_map(|function| function.trim().split_once('('))
}

/// Whether a `filter` leaves nothing.
fn is_filtered_away(value: &str) -> bool {
    let is_clear = |share| Said { value: share, is_important: false }.is_clear() == Some(true);
    functions(value).any(|(name, share)| name.eq_ignore_ascii_case("opacity") && is_clear(share))
}

/// Whether a `transform` leaves nothing.
fn is_scaled_away(value: &str) -> bool {
    let is_scale = |name: &str| ["scale", "scale3d", "scaleX", "scaleY"].iter().any(|of| name.eq_ignore_ascii_case(of));
    functions(value).any(|(name, by)| is_scale(name) && number(by) == Some(0.0))
}

/// Whether a `transform` shifts its element off the page: `translate(-9999px, 0)`, `translateX(-10000px)`.
fn is_shifted_away(value: &str) -> bool {
    let is_shift = |name: &str| name.get(..9).is_some_and(|name| name.eq_ignore_ascii_case("translate"));
    let is_far = |by: &str| number(by.trim()).is_some_and(|by| by <= OFF_PAGE_PX);
    functions(value).any(|(name, by)| is_shift(name) && by.split(',').any(is_far))
}

/// The red, green, blue and opacity of a colour: `white`, `#fff`, `#ffffff80`, `rgb(255, 255, 255)`. `None` if it is
/// written in another way.
fn rgba(value: &str) -> Option<[u8; 4]> {
    const NAMED: [(&str, [u8; 4]); 3] = [("white", [255; 4]), ("black", [0, 0, 0, 255]), ("transparent", [0; 4])];
    if let Some((_, color)) = NAMED.iter().find(|(name, _)| value.eq_ignore_ascii_case(name)) {
        return Some(*color);
    }
    let mut color = [0, 0, 0, 255];
    if let Some(digits) = value.strip_prefix('#') {
        let width = if digits.len() < 6 { 1 } else { 2 };
        let pairs = digits.as_bytes().chunks(width);
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        for (part, pair) in color.iter_mut().zip(pairs) {
            *part = digit(*pair.first()?)? * 16 + digit(*pair.last()?)?;
        }
        return matches!(digits.len(), 3 | 4 | 6 | 8).then_some(color);
    }
    let parts = arguments(value, "rgb(").or_else(|| arguments(value, "rgba("))?;
    let mut numbers = parts.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(str::parse::<f32>);
    for (index, part) in color.iter_mut().enumerate() {
        match numbers.next() {
            Some(number) => *part = (number.ok()? * if index == 3 { 255.0 } else { 1.0 }) as u8,
            None if index == 3 => {}
            None => return None,
        }
    }
    Some(color)
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

/// The arguments of a value that is a call of `function`, which ends with its `(`.
fn arguments<'a>(value: &'a str, function: &str) -> Option<&'a str> {
    let (name, rest) = value.split_at_checked(function.len())?;
    if name.eq_ignore_ascii_case(function) { rest.split(')').next() } else { None }
}

/// The number that a value begins with: `-9999px`, `0`.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !is_of_number(c)).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

/// The number and the unit of a value that has nothing else; the unit may be empty.
fn length(value: &str) -> Option<(f32, &'static str)> {
    let (number, unit) = value.split_at_checked(value.find(|c| !is_of_number(c)).unwrap_or(value.len()))?;
    let unit = if unit.is_empty() { "" } else { UNITS.iter().find(|of| unit.eq_ignore_ascii_case(of))? };
    Some((number.parse().ok()?, unit))
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '.')
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
            ("display:none ! important;display:block", true, false, false),
            ("display:none;display:x", true, false, false),
            ("display:none;display:", true, false, false),
            ("display:none;display:block!x", true, false, false),
            ("display:none;display:blockx", true, false, false),
            ("display:none;display:-webkit-box", false, false, false),
            ("visibility:hidden;visibility:foo", true, false, false),
            ("visibility:hidden;visibility:inherit", false, false, false),
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
            ("font-size:0;font-size:16px", false, false, false),
            ("font-size:0;font-size:16bogus", false, false, true),
            ("font-size:0;font-size:16", false, false, true),
            ("font-size:0;font-size:medium", false, false, false),
            ("font-size:0;font-size:huge", false, false, true),
            ("font:0/0 a", false, false, true),
            ("font-size:0;font:bold 16px/1.5 serif", false, false, false),
            ("font-size:0;font:16px", false, false, true),
            ("font-size:0;font:700 a", false, false, true),
            ("clip:rect(0,0,0,0)", false, false, false),
            ("position:relative;clip:rect(0,0,0,0)", false, false, false),
            ("clip:rect(0,0,0,0);position:absolute", true, false, false),
            ("position:absolute;clip:rect(0,0,0,0);clip:auto", false, false, false),
            ("position:fixed;clip: rect(0px, 0px 0px 0px)", true, false, false),
            ("position:absolute;clip:RECT(1px 1px 1px 1px)", true, false, false),
            ("position:absolute;clip:rect(0,100px,100px,0)", false, false, false),
            ("position:absolute;clip:auto", false, false, false),
            ("clip-path:inset(50%)", false, true, false),
            ("clip-path:inset(5%)", false, false, false),
            ("clip-path:circle(0)", false, true, false),
            ("clip-path:circle(40%)", false, false, false),
            ("clip-path:polygon(0 0, 0 0,0px 0px)", false, true, false),
            ("clip-path:polygon(0 0, 100% 0, 0 100%)", false, false, false),
            ("width:1px;height:1px;overflow:hidden", true, false, false),
            ("width:0; overflow:hidden", true, false, false),
            ("width:1em; overflow:hidden", false, false, false),
            ("height:1px", false, false, false),
            ("max-width:0; overflow:hidden", false, false, false),
            ("width:0;flex:1; overflow:hidden", false, false, false),
            ("width:0;flex:0; overflow:hidden", true, false, false),
            ("width:0;min-width:100%; overflow:hidden", false, false, false),
            ("width:0;min-width:0; overflow:hidden", true, false, false),
            ("height:0;min-height:100%; overflow:hidden", false, false, false),
            ("height:0;height:auto; overflow:hidden", false, false, false),
            ("height:0;height:x; overflow:hidden", true, false, false),
            ("height:0; overflow-y:hidden", true, false, false),
            ("height:0; overflow:visible", false, false, false),
            ("text-indent:-9999px", true, false, false),
            ("text-indent:-2em", false, false, false),
            ("position:absolute;left:-9999px", true, false, false),
            ("right:-9999px;position:fixed", true, false, false),
            ("left:-9999px", false, false, false),
            ("position:static;left:-9999px", false, false, false),
            ("margin-left:-9999px", true, false, false),
            ("margin-left:-9999px;padding-left:9999px", false, false, false),
            ("position:absolute;left:-9999px;left:0", false, false, false),
            ("position:absolute;left:-100vw", true, false, false),
            ("position:absolute;left:-10vw", false, false, false),
            ("margin-right:-999em", false, false, false),
            ("margin-left:-15px", false, false, false),
            ("transform:scale(0)", false, true, false),
            ("transform:scale(0,0)", false, true, false),
            ("transform:scale(0.9)", false, false, false),
            ("transform:rotate(1deg) scale(0)", false, true, false),
            ("transform:translate(-9999px, 0)", true, false, false),
            ("transform:translateY(-10000px)", true, false, false),
            ("transform:translate3d(-1200px, 0, 0)", false, false, false),
            ("color:transparent", true, false, false),
            ("color:rgba(0, 0, 0, 0)", true, false, false),
            ("color:#0000", true, false, false),
            ("color:#000", false, false, false),
            ("color:transparent;-webkit-background-clip:text", false, false, false),
            ("color:white;background:#FFFFFF", true, false, false),
            ("color:rgb(255 255 255);background-color:#fff", true, false, false),
            ("color:white;background:black", false, false, false),
            ("color:white;background:url(a.png)", false, false, false),
            ("color:white", false, false, false),
            ("color:#ggg;background:#ggg", false, false, false),
            ("opacity:0", false, true, false),
            ("opacity:.01", false, true, false),
            ("opacity:0.5", false, false, false),
            ("opacity:1%", false, true, false),
            ("opacity:0;opacity:1", false, false, false),
            ("opacity:0;opacity:1x", false, true, false),
            ("opacity:1;opacity:0", false, true, false),
            ("filter:opacity(0)", false, true, false),
            ("filter:opacity(0.5)", false, false, false),
            ("filter:blur(0) opacity(0)", false, true, false),
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
