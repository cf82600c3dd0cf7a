//! What a style attribute says of how an element is shown.

/// Whether a browser would not show the element.
pub(super) fn is_hidden_by_style(style: &str) -> bool {
    let is = |value: Option<&str>, wanted: &str| {
        value.is_some_and(|v| v.get(..wanted.len()).is_some_and(|v| v.eq_ignore_ascii_case(wanted)))
    };
    is(style_value(style, "display"), "none") || is(style_value(style, "visibility"), "hidden")
}

/// Whether it begins a line of its own, whatever its name says.
pub(super) fn is_displayed_as_block(style: &str) -> bool {
    style_value(style, "display").is_some_and(|v| v.eq_ignore_ascii_case("block"))
}

/// The value of `property` in a style attribute.
fn style_value<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then_some(value.trim())
    })
}
