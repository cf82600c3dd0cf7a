//! Character references: `&amp;`, `&#39;`, `&#x27;`.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference occurs. In an attribute, `&copy=1` is part of an address rather than a reference.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// Appends the characters of the reference whose `&` precedes `rest`, or the `&` itself if there is no reference.
/// Returns how many bytes of `rest` were read.
pub(super) fn resolve(rest: &str, place: Place, out: &mut String) -> usize {
    let read = match rest.as_bytes() {
        [b'#', ..] => numeric(rest, out),
        // The most frequent ones do not need a search.
        [b'n', b'b', b's', b'p', b';', ..] => {
            out.push('\u{a0}');
            5
        }
        [b'a', b'm', b'p', b';', ..] => {
            out.push('&');
            4
        }
        [first, ..] if first.is_ascii_alphanumeric() => named(rest, place, out),
        _ => 0,
    };
    if read == 0 {
        out.push('&');
    }
    read
}

fn named(rest: &str, place: Place, out: &mut String) -> usize {
    let mut found = None;
    // The table has every name, of up to 32 bytes, and every prefix of one, mapped to 0.
    for end in 1..=rest.len() {
        let Some(&(first, second)) = rest.get(..end).and_then(|name| NAMED_ENTITIES.get(name)) else { break };
        if first != 0 {
            found = Some((end, first, second));
        }
    }
    let Some((end, first, second)) = found else { return 0 };
    let bytes = rest.as_bytes();
    let next = bytes.get(end);
    if place == Place::Attribute
        && bytes.get(end - 1) != Some(&b';')
        && next.is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric())
    {
        return 0;
    }
    out.extend(char::from_u32(first));
    if second != 0 {
        out.extend(char::from_u32(second));
    }
    end
}

fn numeric(rest: &str, out: &mut String) -> usize {
    let bytes = rest.as_bytes();
    let (radix, start) = if matches!(bytes.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let digits = bytes.iter().skip(start).map_while(|&byte| char::from(byte).to_digit(radix));
    let (count, code) = digits.fold((0, 0_u32), |(count, code), digit| {
        // All values beyond the last code point are equivalent.
        (count + 1, code.saturating_mul(radix).saturating_add(digit).min(0x11_0000))
    });
    if count == 0 {
        return 0;
    }
    out.push(code_point(code));
    start + count + usize::from(bytes.get(start + count) == Some(&b';'))
}

fn code_point(code: u32) -> char {
    let replaced = match code {
        0 => None,
        0x80..=0x9f => C1_REPLACEMENTS.get(code as usize - 0x80).copied().flatten().or(char::from_u32(code)),
        code => char::from_u32(code),
    };
    replaced.unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let cases = [
            ("named", "amp;x", Place::Text, "&", 4),
            ("two characters", "acE;", Place::Text, "\u{223e}\u{333}", 4),
            ("longest match", "notit;", Place::Text, "\u{ac}", 3),
            ("longer match", "notin;", Place::Text, "\u{2209}", 6),
            ("no semicolon", "copy 2026", Place::Text, "\u{a9}", 4),
            ("no semicolon in an address", "copy=1", Place::Attribute, "&", 0),
            ("semicolon in an address", "copy;=1", Place::Attribute, "\u{a9}", 5),
            ("none", "bogus;", Place::Text, "&", 0),
            ("nothing", "", Place::Text, "&", 0),
            ("decimal", "#54620;", Place::Text, "한", 7),
            ("hexadecimal", "#xD55c;", Place::Text, "한", 7),
            ("no digits", "#x;", Place::Text, "&", 0),
            ("windows-1252", "#147;", Place::Text, "\u{201c}", 5),
            ("surrogate", "#xd800;", Place::Text, "\u{fffd}", 7),
            ("too large", "#99999999999999;", Place::Text, "\u{fffd}", 16),
            ("zero", "#0", Place::Text, "\u{fffd}", 2),
        ];
        for (name, rest, place, text, read) in cases {
            let mut out = String::new();
            assert_eq!((resolve(rest, place, &mut out), out.as_str()), (read, text), "{name}");
        }
    }
}
