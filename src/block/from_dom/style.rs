//! What a style attribute says of how an element is shown.

/// What a style attribute says of how an element is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// A browser would not show it.
    pub(super) is_hidden: bool,
    /// It begins a line of its own, whatever its name says.
    pub(super) is_block: bool,
}

impl Style {
    pub(super) fn of(style: &str) -> Style {
        let display = value(style, "display").unwrap_or_default();
        let begins = |value: &str, with: &str| value.get(..with.len()).is_some_and(|v| v.eq_ignore_ascii_case(with));
        Style {
            is_hidden: begins(display, "none") || begins(value(style, "visibility").unwrap_or_default(), "hidden"),
            is_block: display.eq_ignore_ascii_case("block"),
        }
    }
}

/// The value of `property` in a style attribute.
fn value<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then_some(value.trim())
    })
}
