//! Whether what was given is no text at all: a picture, a PDF, an archive that a crawl took for a page.

/// How far into the text is looked before all of it is, in bytes.
const HEAD: usize = 4 << 10;
/// One character in so many is a binary one in what is no text. Of packed data it is one in ten, of damaged pages hardly any.
const SHARE: usize = 24;
/// A document that begins like text.
const PDF: &str = "%PDF-";

/// Whether a decoded text is none.
///
/// Counted are the binary data bytes of the [MIME Sniffing Standard](https://mimesniff.spec.whatwg.org/#binary-data-byte), but for
/// zeros: those fill the holes of files that were cut, and stand between the letters of UTF-16. Malformed sequences are not counted
/// either, since those are what a wrong charset leaves.
pub(crate) fn is_binary(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    text.starts_with(PDF) || is_mostly_binary(head) && is_mostly_binary(text)
}

fn is_mostly_binary(text: &str) -> bool {
    let (mut binary, mut all) = (0, 0);
    for byte in text.bytes().filter(|byte| !matches!(byte, 0x80..=0xBF)) {
        all += 1;
        binary += usize::from(matches!(byte, 0x01..=0x08 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F));
    }
    binary * SHARE > all
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
        let holes = page.replacen("강", &"\0".repeat(8000), 1);
        let marked = page.replacen("다시", "\u{1}다\u{2}시", 60);
        let garbled = page.replace("강이", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}");
        let headed = format!("{}{page}", "\u{1}\u{2}".repeat(100));
        let cases = [
            ("packed", packed, true),
            ("picture", picture, true),
            ("document", document, true),
            ("near miss: page", page.clone().into_bytes(), false),
            ("near miss: page with a hole", holes.into_bytes(), false),
            ("near miss: marks in a page", marked.into_bytes(), false),
            ("near miss: wrong charset", garbled.into_bytes(), false),
            ("near miss: a page behind rubbish", headed.into_bytes(), false),
            ("near miss: nothing", Vec::new(), false),
        ];
        for (name, bytes, expected) in cases {
            let decoded = decode(&bytes, None, None).expect("no label");
            assert_eq!(is_binary(&decoded.text), expected, "{name}, read as {}", decoded.encoding);
        }
    }
}
