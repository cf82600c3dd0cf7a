//! Escapes of values and, now and then, of whole pages.

/// Resolves the escapes of a JSON string. Invalid ones such as `\'` become the escaped character.
pub(crate) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut high: Option<u32> = None;
    while let Some(c) = chars.next() {
        if c != '\\' {
            high = None;
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('f') => out.push(' '),
            Some('b') | None => {}
            Some('u') => {
                let digits = chars.as_str().get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                let Some(unit) = digits else { continue };
                chars.nth(3);
                match (high.take(), unit) {
                    (_, 0xD800..0xDC00) => high = Some(unit),
                    (Some(first), 0xDC00..0xE000) => {
                        out.extend(char::from_u32(0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00)));
                    }
                    _ => out.extend(char::from_u32(unit)),
                }
                continue;
            }
            // `\"`, `\\`, `\/` and invalid escapes such as `\'`.
            Some(other) => out.push(other),
        }
        high = None;
    }
    out
}

/// Resolves the character references that programs write when they escape text, once: `&amp;lt;` becomes `&lt;`.
pub(crate) fn markup(text: &str) -> String {
    const WRITTEN: [(&str, char); 6] =
        [("lt;", '<'), ("gt;", '>'), ("amp;", '&'), ("quot;", '"'), ("#39;", '\''), ("#x27;", '\'')];
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let found = WRITTEN.iter().find_map(|(name, meant)| Some((*meant, piece.strip_prefix(name)?)));
        let (meant, rest) = found.unwrap_or(('&', piece));
        out.push(meant);
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        let cases = [
            (r"a\nb\tc", "a\nb\tc"),
            (r"\ud55c \uD83D\uDE00", "한 😀"),
            (r#"\"a\" \/ \\ \'"#, r#""a" / \ '"#),
            (r"\u12 \ud83d \", "12  "),
            (r"\ud83dx\ude00", "x"),
        ];
        for (text, meant) in cases {
            assert_eq!(json(text), meant, "{text}");
        }
        assert_eq!(markup("&lt;b&gt; &amp;lt; &quot;&#39;&nbsp; & &"), "<b> &lt; \"'&nbsp; & &");
    }
}
