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
                10 if is("visibility") => shown.is_hidden |= begins("hidden"),
                9 if is("font-size") => shown.is_sizeless |= number(value) == Some(0.0),
                3 | 4 if is("top") || is("left") => shown.is_hidden |= number(value).is_some_and(|at| at <= OFF_SCREEN),
                6 | 10 if is("height") || is("max-height") => is_flat |= number(value) == Some(0.0),
                8 if is("overflow") => is_cut |= begins("hidden"),
                _ => {}
            }
        }
        shown.is_hidden |= is_flat && is_cut;
        shown
    }
}

/// The number that a value begins with: `-9999px`, `0`.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.'))).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}
