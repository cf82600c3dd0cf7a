//! Detects binary data that a crawl took for a page: pictures, PDFs, archives.

/// Number of bytes examined first. The rest is examined only if these look binary.
const HEAD_BYTES: usize = 4 << 10;
/// Shorter input is text unless it is a PDF: it has too few bytes to count.
const MIN_BYTES: usize = 64;
/// Binary data has more than one control character in this many characters. Compressed data has one in fifteen, damaged
/// pages hardly any.
const CHARACTERS_PER_CONTROL: usize = 24;
/// Binary data has at least this many different control characters. Compressed data has all of them, while old programs
/// separate fields with one or two.
const MIN_CONTROL_KINDS: u32 = 8;

/// Whether the input is binary data, judged by its decoded text.
///
/// Counts the binary data bytes of the [MIME Sniffing Standard](https://mimesniff.spec.whatwg.org/#binary-data-byte),
/// except those that occur in old texts: zeros (gaps in truncated files, UTF-16), backspaces (overstrikes), vertical
/// tabs, shifts (ISO-2022-KR), ends of file and separators. Malformed sequences are not counted either, since a wrong
/// charset causes them too.
pub(crate) fn is_binary(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD_BYTES)).unwrap_or(text);
    is_pdf(head) || is_archive(head) || text.len() >= MIN_BYTES && is_mostly_binary(head) && is_mostly_binary(text)
}

/// PDFs are recognised by their header: their first bytes are text.
fn is_pdf(head: &str) -> bool {
    let version = head.trim_start().strip_prefix("%PDF-").unwrap_or_default();
    version.starts_with(|c: char| c.is_ascii_digit()) && head.contains(" obj")
}

/// Zip and tar are recognised by their marks: the pages in them may be stored as they are.
fn is_archive(head: &str) -> bool {
    head.starts_with("PK\x03\x04") || head.as_bytes().get(257..).is_some_and(|rest| rest.starts_with(b"ustar"))
}

fn is_mostly_binary(text: &str) -> bool {
    let is_binary = |byte| matches!(byte, 0x01..=0x07 | 0x10..=0x19);
    // Nearly all text has none. This check is vectorised.
    if !text.bytes().fold(false, |any, byte| any | is_binary(byte)) {
        return false;
    }
    let (mut binary, mut all, mut kinds) = (0, 0, 0u32);
    for byte in text.bytes().filter(|byte| !matches!(byte, 0x80..=0xBF)) {
        all += 1;
        if is_binary(byte) {
            binary += 1;
            kinds |= 1 << byte;
        }
    }
    kinds.count_ones() >= MIN_CONTROL_KINDS && binary * CHARACTERS_PER_CONTROL > all
}

#[cfg(test)]
mod tests {
    use super::is_binary;
    use crate::decode::decode;

    #[test]
    fn binary_data_and_damaged_pages() {
        let packed: Vec<u8> = (0u32..9000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &packed].concat();
        let document = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n".to_vec();
        let page = "<p>강이 다시 불어났다.</p>".repeat(400);
        let zip = format!("PK\x03\x04\x14\0\0\0\0\0a.html{page}").into_bytes();
        let tar = format!("{:\0<257}ustar\0{:\0<249}{page}", "a.html", "00").into_bytes();
        let holes = page.replacen("강", &"\0".repeat(8000), 1);
        let marked = page.replacen("다시", "\u{1}다\u{2}시", 60);
        let garbled = page.replace("강이", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}");
        let headed = format!("{}{page}", "\u{1}\u{2}".repeat(100));
        let cases = [
            ("packed", packed, true),
            ("picture", picture, true),
            ("document", document, true),
            ("zip", zip, true),
            ("tar", tar, true),
            ("near miss: page", page.clone().into_bytes(), false),
            ("near miss: page with a hole", holes.into_bytes(), false),
            ("near miss: marks in a page", marked.into_bytes(), false),
            ("near miss: wrong charset", garbled.into_bytes(), false),
            ("near miss: a page behind rubbish", headed.into_bytes(), false),
            (
                "near miss: overstrikes",
                "N\u{8}NA\u{8}AM\u{8}ME\u{8}E _\u{8}f_\u{8}i_\u{8}l_\u{8}e ".repeat(40).into_bytes(),
                false,
            ),
            ("near miss: fields", "강\u{1}1\u{2}2024\u{1}2\u{2}".repeat(200).into_bytes(), false),
            ("near miss: a question", b"%PDF-1.4 is what my file begins with. Why is that?".to_vec(), false),
            ("near miss: about archives", "PK begins a zip, ustar is in a tar. ".repeat(20).into_bytes(), false),
            ("near miss: nothing", Vec::new(), false),
        ];
        for (name, bytes, expected) in cases {
            let decoded = decode(&bytes, None, None).expect("no label");
            assert_eq!(is_binary(&decoded.text), expected, "{name}, read as {}", decoded.encoding);
        }
    }
}
