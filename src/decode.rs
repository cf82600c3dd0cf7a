//! Decodes bytes to text. The encoding is that of the byte order mark, else the caller's, else the declared one, else a
//! guess.

pub(crate) mod binary;
pub(crate) mod data;
pub(crate) mod fill;
pub(crate) mod undo;

use crate::error::Error;
use crate::types::EncodingSource;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use std::borrow::Cow;

/// A page as text, and how its encoding was found.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: &'static str,
    pub(crate) source: EncodingSource,
}

/// Number of bytes searched for a declaration. The standard says 1,024, but real pages put scripts before it.
const PRESCAN_BYTES: usize = 8 << 10;

/// A declared encoding is believed if at most one in this many characters beyond ASCII is malformed. A damaged page has
/// fewer; under a wrong label nearly all are.
const CHARACTERS_PER_ERROR: usize = 20;

/// Number of bytes examined to detect UTF-16, and how many there must be.
const UTF16_SAMPLE_BYTES: usize = 512;
const UTF16_MIN_BYTES: usize = 16;

/// Byte order marks of UTF-32, which the standard does not have. One begins with that of UTF-16.
const UTF32_MARKS: [&[u8]; 2] = [b"\xff\xfe\0\0", b"\0\0\xfe\xff"];

/// Decodes a page. Malformed sequences become U+FFFD: no page is rejected because of them.
///
/// # Errors
/// [`Error::UnknownEncoding`] if `charset` is no label of the Encoding Standard, and [`Error::Binary`] for UTF-32.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, url: Option<&str>) -> Result<Decoded<'a>, Error> {
    let given = match charset {
        Some(label) => {
            // Without those that the standard decodes to nothing, such as ISO-2022-KR.
            let known = Encoding::for_label_no_replacement(label.as_bytes());
            Some(known.ok_or_else(|| Error::UnknownEncoding { label: label.into() })?)
        }
        None => None,
    };
    if UTF32_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(Error::Binary);
    }
    let (encoding, source, body) = if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        (encoding, EncodingSource::Bom, bytes.get(length..).unwrap_or_default())
    } else if let Some(encoding) = given {
        (encoding, EncodingSource::Caller, bytes)
    } else if let Some(encoding) = utf16_without_bom(bytes) {
        (encoding, EncodingSource::Guessed, bytes)
    } else if let Ok(text) = std::str::from_utf8(bytes)
        && !looks_like_iso_2022_jp(bytes)
    {
        // Overrides the declaration: text in other encodings is hardly ever valid UTF-8.
        let source = if declared(bytes) == Some(UTF_8) { EncodingSource::Declared } else { EncodingSource::Guessed };
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), source });
    } else if let Some(encoding) = declared(bytes).filter(|encoding| fits(bytes, encoding)) {
        (encoding, EncodingSource::Declared, bytes)
    } else {
        (guess(bytes, url), EncodingSource::Guessed, bytes)
    };
    let (text, _) = encoding.decode_without_bom_handling(body);
    Ok(Decoded { text, encoding: encoding.name(), source })
}

/// The encoding that a `<meta>` element or an XML declaration at the start of the page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES.min(bytes.len()))?;
    let mut rest = head;
    if let Some(xml) = head.strip_prefix(b"<?xml") {
        let end = memchr::memchr(b'>', xml).unwrap_or(0);
        let declaration = xml.get(..end).unwrap_or_default();
        if let Some(at) = find_ignoring_case(declaration, b"encoding")
            && let Some(encoding) = label_after(declaration.get(at + 8..).unwrap_or_default())
        {
            return Some(encoding);
        }
    }
    // Both forms of the element contain `charset=`.
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix(b"!--") {
            let end = memchr::memmem::find(comment, b"-->").map_or(comment.len(), |end| end + 3);
            rest = comment.get(end..).unwrap_or_default();
        } else if rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            let tag = rest.get(..memchr::memchr(b'>', rest).unwrap_or(rest.len())).unwrap_or_default();
            if let Some(at) = find_ignoring_case(tag, b"charset")
                && let Some(encoding) = label_after(tag.get(at + 7..).unwrap_or_default())
            {
                return Some(encoding);
            }
        }
    }
    None
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// The label after `=`, quoted or bare.
fn label_after(bytes: &[u8]) -> Option<&'static Encoding> {
    let value = bytes.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b'/' | b'>') || b.is_ascii_whitespace());
    let encoding = Encoding::for_label_no_replacement(value.get(..end.unwrap_or(value.len()))?)?;
    // The corrections that the standard prescribes: a page readable up to here is not UTF-16, and x-user-defined is a
    // mistake.
    Some(match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        e => e,
    })
}

/// Whether `bytes` are so rarely malformed in this encoding that it can be the right one.
fn fits(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    !had_errors || {
        let (mut wrong, mut foreign) = (0usize, 0usize);
        for character in text.chars().filter(|c| !c.is_ascii()) {
            foreign += 1;
            wrong += usize::from(character == char::REPLACEMENT_CHARACTER);
        }
        wrong * CHARACTERS_PER_ERROR <= foreign
    }
}

/// Guesses the encoding from all bytes, with the top-level domain of the page as a hint.
fn guess(bytes: &[u8], url: Option<&str>) -> &'static Encoding {
    if looks_like_iso_2022_jp(bytes) {
        return encoding_rs::ISO_2022_JP;
    }
    // UTF-8 with a few malformed bytes. The detector would rule it out and garble the whole page.
    if fits(bytes, UTF_8) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let tld = url.and_then(host).and_then(|host| host.rsplit('.').next()).filter(|tld| {
        // The detector panics on anything but a lower-case ASCII label.
        !tld.is_empty() && tld.bytes().all(|b| b.is_ascii_lowercase())
    });
    detector.guess(tld.map(str::as_bytes), chardetng::Utf8Detection::Allow)
}

fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?', '#', ':']).next()
}

/// Detects UTF-16 by its zeros, which are at even or at odd positions: the high bytes of its ASCII characters.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(UTF16_SAMPLE_BYTES))?;
    if head.len() < UTF16_MIN_BYTES {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Korean has little ASCII, and some of its syllables have a low byte of zero (U+AC00).
    let is_clear = |zeros: usize, others: usize| zeros * 16 >= head.len() && others * 8 <= zeros;
    let encoding = if is_clear(odd, even) {
        UTF_16LE
    } else if is_clear(even, odd) {
        UTF_16BE
    } else {
        return None;
    };
    fits(bytes, encoding).then_some(encoding)
}

/// Detects ISO-2022-JP, whose bytes are all ASCII, by its escape sequences.
fn looks_like_iso_2022_jp(bytes: &[u8]) -> bool {
    memchr::memchr(0x1b, bytes).is_some()
        && (memchr::memmem::find(bytes, b"\x1b$B").is_some() || memchr::memmem::find(bytes, b"\x1b$@").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_the_encoding_is_found() {
        use EncodingSource::{Bom, Caller, Declared, Guessed};
        let korean = encoding_rs::EUC_KR
            .encode("<p>서울에서 열린 회의가 끝났다. 다음 회의는 내년 봄에 열린다.</p>")
            .0
            .into_owned();
        let with = |head: &str| [head.as_bytes(), &korean].concat();
        let cases: [(&str, Vec<u8>, Option<&str>, &str, EncodingSource); 11] = [
            ("mark", b"\xef\xbb\xbf<p>a</p>".to_vec(), Some("euc-kr"), "UTF-8", Bom),
            ("caller", korean.clone(), Some("euc-kr"), "EUC-KR", Caller),
            ("meta", with("<meta charset=euc-kr>"), None, "EUC-KR", Declared),
            (
                "meta, old form",
                with("<META http-equiv=x content='text/html; charset=ks_c_5601-1987'>"),
                None,
                "EUC-KR",
                Declared,
            ),
            ("xml", with("<?xml version='1.0' encoding='euc-kr'?>"), None, "EUC-KR", Declared),
            ("guess", korean.clone(), None, "EUC-KR", Guessed),
            ("near miss: wrong label", with("<meta charset=utf-8>"), None, "EUC-KR", Guessed),
            ("near miss: no label for decoding", with("<meta charset=iso-2022-kr>"), None, "EUC-KR", Guessed),
            ("near miss: in a comment", with("<!-- <meta charset=utf-8> -->"), None, "EUC-KR", Guessed),
            (
                "utf-16 with few zeros",
                "<p>가락시장에서 열린 회의가 끝났다. 다음 회의는 내년 봄에 열린다.</p>"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect(),
                None,
                "UTF-16LE",
                Guessed,
            ),
            (
                "utf-16",
                "<p>text in wide letters</p>".encode_utf16().flat_map(u16::to_le_bytes).collect(),
                None,
                "UTF-16LE",
                Guessed,
            ),
        ];
        for (name, bytes, charset, encoding, source) in cases {
            let decoded = decode(&bytes, charset, None).expect(name);
            assert_eq!((decoded.encoding, decoded.source), (encoding, source), "{name}");
            assert!(!decoded.text.contains('\u{fffd}'), "{name}: {}", decoded.text);
        }
        for label in ["klingon", "iso-2022-kr", "hz-gb-2312", "replacement"] {
            let error = decode(b"x", Some(label), None).expect_err(label);
            assert_eq!(error, Error::UnknownEncoding { label: label.into() });
        }
    }

    #[test]
    fn utf_32_is_refused() {
        for (mark, page, refused) in [
            ("little end first", &b"\xff\xfe\0\0<\0\0\0"[..], true),
            ("big end first", b"\0\0\xfe\xff\0\0\0<", true),
            ("near miss: UTF-16", b"\xff\xfe<\0p\0", false),
        ] {
            assert_eq!(decode(page, None, None).err(), refused.then_some(Error::Binary), "{mark}");
        }
    }

    #[test]
    fn a_broken_byte_does_not_change_the_encoding() {
        let mut bytes = "Größe und Wärme, überall schöne Häuser. ".repeat(20).into_bytes();
        bytes.push(0xe4);
        let decoded = decode(&bytes, None, None).expect("decodes");
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.starts_with("Größe"));
    }
}
