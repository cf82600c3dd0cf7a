//! Characters that no reader sees, which are left out of all text.
//!
//! Some would split words for whoever reads the text next. Others act on what shows it: a control character can move the
//! cursor of a terminal and makes XML ill-formed, and an override reverses the text behind it, beyond the end of its
//! field. All of them are also written by accident, in the middle of words (`Podcas\u{202a}t`).
//!
//! Embeddings, overrides and isolates of direction are left out even where they are balanced, as `<bdo>` and `<bdi>` are,
//! which mean the same: the text stays in the order in which it is read. Marks of direction act on their place alone and
//! stay, and so do joiners: Persian and Hindi spell with them.

/// Whether a character other than a control character is invisible.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        // Soft hyphen, zero-width space, word joiner, byte order mark.
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            // No characters at all, and forbidden in XML.
            | '\u{fffe}' | '\u{ffff}'
    )
}

/// Appends preformatted text without its invisible and control characters. Every line ends with `\n`.
pub(crate) fn push_preformatted(out: &mut String, text: &str) {
    let is_plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
    // Most code is ASCII. Branch-free, so that it is vectorised.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return out.push_str(text);
    }
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\t' | '\n' => out.push(c),
            '\r' if rest.peek() != Some(&'\n') => out.push('\n'),
            _ if c.is_control() || is_invisible(c) => {}
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn preformatted_text() {
        let cases = [
            ("plain", "if a {\n\tb\n}", "if a {\n\tb\n}"),
            ("beyond ASCII", "// 물길\n", "// 물길\n"),
            ("ends of lines", "a\r\nb\rc\r\r\n", "a\nb\nc\n\n"),
            ("control characters", "a\u{1b}[2Jb\u{c}\u{7f}\u{9b}c\0", "a[2Jbc"),
            ("direction", "a\u{202e}b\u{2069}c", "abc"),
            (
                "near miss: marks and joiners",
                "a\u{200e}\u{200f}\u{200c}\u{200d}b",
                "a\u{200e}\u{200f}\u{200c}\u{200d}b",
            ),
        ];
        for (name, text, expected) in cases {
            let mut out = String::new();
            super::push_preformatted(&mut out, text);
            assert_eq!(out, expected, "{name}");
        }
    }
}
