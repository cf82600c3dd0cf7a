//! What a style attribute says of how an element is shown.

/// What a style attribute says of how an element is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// A browser would not show it.
    pub(super) is_hidden: bool,
    /// Nothing of it can be seen, perhaps only until a script moves it in.
    pub(super) is_clear: bool,
    /// Its own text has no size; what is inside may have one again.
    pub(super) is_sizeless: bool,
    /// It begins a line of its own, whatever its name says.
    pub(super) is_block: bool,
}

/// Pixels from which letters can be read.
const LEGIBLE: f32 = 2.0;

/// Pixels beyond which what is moved out of the page stays out of it on every screen.
const OFF_SCREEN: f32 = -900.0;

impl Style {
    pub(super) fn of(style: &str) -> Style {
        let mut shown = Style::default();
        // Only together they hide.
        let (mut is_flat, mut is_cut) = (false, false);
        for (name, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let (name, value) = (name.trim(), value.trim());
            let is = |of: &str| name.eq_ignore_ascii_case(of);
            let begins = |with: &str| value.get(..with.len()).is_some_and(|v| v.eq_ignore_ascii_case(with));
            // By their lengths, since most declarations are none of these.
            match name.len() {
                7 if is("display") => {
                    shown.is_hidden |= begins("none");
                    shown.is_block |= begins("block");
                }
                7 if is("opacity") => shown.is_clear |= number(value) == Some(0.0),
                10 if is("visibility") => shown.is_hidden |= begins("hidden") || begins("collapse"),
                9 if is("font-size") => shown.is_sizeless |= is_illegible(value),
                9 if is("transform") => shown.is_clear |= begins("scale(0)"),
                4 if is("clip") => shown.is_hidden |= is_cut_away(value),
                3 if is("top") => shown.is_hidden |= is_off_screen(value),
                4 | 5 if is("left") || is("right") => shown.is_hidden |= is_off_screen(value),
                11 | 12 if is("margin-left") || is("margin-right") => shown.is_hidden |= is_off_screen(value),
                6 | 10 if is("height") || is("max-height") => is_flat |= number(value) == Some(0.0),
                8 if is("overflow") => is_cut |= begins("hidden"),
                _ => {}
            }
        }
        shown.is_hidden |= is_flat && is_cut;
        shown
    }
}

fn is_off_screen(value: &str) -> bool {
    number(value).is_some_and(|at| at <= OFF_SCREEN)
}

fn is_illegible(value: &str) -> bool {
    number(value).is_some_and(|size| size == 0.0 || size < LEGIBLE && value.contains("px"))
}

/// Whether a `clip` leaves nothing: `rect(0,0,0,0)`, `rect(0 0 0 0)`.
fn is_cut_away(value: &str) -> bool {
    let sides = value.strip_prefix("rect(").and_then(|value| value.split_once(')'));
    sides.is_some_and(|(sides, _)| {
        sides.split([',', ' ']).filter(|side| !side.is_empty()).all(|side| number(side) == Some(0.0))
    })
}

/// The number that a value begins with: `-9999px`, `0`.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.'))).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides() {
        for (style, hidden, clear, sizeless) in [
            ("display: none !important", true, false, false),
            ("display:block", false, false, false),
            ("visibility:collapse", true, false, false),
            ("visibility:visible", false, false, false),
            ("font-size:0", false, false, true),
            ("FONT-SIZE: 1px", false, false, true),
            ("font-size:12px", false, false, false),
            ("font-size:1.2em", false, false, false),
            ("clip:rect(0,0,0,0)", true, false, false),
            ("clip: rect(0px, 0px 0px 0px)", true, false, false),
            ("clip:rect(0,100px,100px,0)", false, false, false),
            ("clip:auto", false, false, false),
            ("left:-9999px", true, false, false),
            ("right:-9999px", true, false, false),
            ("margin-left:-9999px", true, false, false),
            ("margin-right:-999em", true, false, false),
            ("margin-left:-15px", false, false, false),
            ("transform:scale(0)", false, true, false),
            ("transform:scale(0.9)", false, false, false),
            ("opacity:0", false, true, false),
            ("opacity:0.5", false, false, false),
        ] {
            let shown = Style::of(style);
            assert_eq!((shown.is_hidden, shown.is_clear, shown.is_sizeless), (hidden, clear, sizeless), "{style}");
        }
    }
}
