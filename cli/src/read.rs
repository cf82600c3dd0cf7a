//! Bytes of a page, unpacked by what they are and not by their name.

use crate::page::{Failure, FailureKind};
use crate::source::Place;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Reads a page into `page`.
pub(crate) fn read(place: &Place, limit: usize, page: &mut Vec<u8>) -> Result<(), Failure> {
    page.clear();
    match place {
        Place::Stdin => unpack(io::stdin().lock(), limit, page),
        Place::File(path) => {
            let file = File::open(path).map_err(|error| Failure::new(FailureKind::Io, &error))?;
            unpack(BufReader::new(file), limit, page)
        }
        Place::Unlisted(reason) => Err(Failure::new(FailureKind::Io, reason)),
    }
}

/// Appends all of `input` to `page`, unpacking gzip and zstd, and stops with an error beyond `limit` bytes: a small file may
/// unpack to gigabytes.
///
/// # Errors
/// [`FailureKind::Io`], [`FailureKind::TooLarge`] and, for packed data that is cut or damaged, [`FailureKind::Compression`].
pub fn unpack(mut input: impl BufRead, limit: usize, page: &mut Vec<u8>) -> Result<(), Failure> {
    let mut head = Vec::with_capacity(4);
    input.by_ref().take(4).read_to_end(&mut head).map_err(|error| Failure::new(FailureKind::Io, &error))?;
    let is_gzip = head.starts_with(GZIP);
    let is_zstd = head == ZSTD;
    let mut input = head.as_slice().chain(input);
    // One byte more tells a page that is too long from one that just fits.
    let mut bounded = Bounded { page, room: limit.saturating_add(1) };
    let (done, kind) = if is_gzip {
        (bounded.fill(&mut MultiGzDecoder::new(input)), FailureKind::Compression)
    } else if is_zstd {
        (unpack_zstd(&mut input, &mut bounded), FailureKind::Compression)
    } else {
        (bounded.fill(&mut input), FailureKind::Io)
    };
    done.map_err(|error| Failure::new(kind, &error))?;
    if bounded.room == 0 {
        return Err(Failure::new(FailureKind::TooLarge, format_args!("page is over the limit of {limit} bytes")));
    }
    Ok(())
}

/// A file may hold several frames, one after another.
fn unpack_zstd(input: &mut impl BufRead, page: &mut Bounded) -> io::Result<()> {
    while page.room > 0 && !input.fill_buf()?.is_empty() {
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut *input).map_err(io::Error::other)?;
        page.fill(&mut frame)?;
    }
    Ok(())
}

/// A page that takes no more than there is room for.
struct Bounded<'a> {
    page: &'a mut Vec<u8>,
    room: usize,
}

impl Bounded<'_> {
    fn fill(&mut self, input: &mut impl Read) -> io::Result<()> {
        self.room -= input.take(self.room as u64).read_to_end(self.page)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpacked(bytes: &[u8], limit: usize) -> Result<Vec<u8>, FailureKind> {
        let mut page = Vec::new();
        unpack(bytes, limit, &mut page).map(|()| page).map_err(|failure| failure.kind)
    }

    #[test]
    fn by_content() {
        let twice = |packed: Vec<u8>| packed.repeat(2);
        let cases: [(&str, Vec<u8>, &[u8]); 8] = [
            ("plain", b"<p>one".to_vec(), b"<p>one"),
            ("empty", Vec::new(), b""),
            ("near miss: shorter than any mark", b"\x1f\x8b".to_vec(), b"\x1f\x8b"),
            ("gzip", gzip(b"one"), b"one"),
            ("gzip, two members", twice(gzip(b"one")), b"oneone"),
            ("zstd", zstd(b"one"), b"one"),
            ("zstd, two frames", twice(zstd(b"one")), b"oneone"),
            ("packed nothing", gzip(b""), b""),
        ];
        for (name, bytes, page) in cases {
            assert_eq!(unpacked(&bytes, 100).as_deref(), Ok(page), "{name}");
        }
    }

    #[test]
    fn failures() {
        let bomb = gzip(&vec![0; 5_000_000]);
        let cut = |mut packed: Vec<u8>| {
            packed.truncate(packed.len() - 3);
            packed
        };
        let cases = [
            ("just fits", b"123456".to_vec(), Ok(b"123456".to_vec())),
            ("one too many", b"1234567".to_vec(), Err(FailureKind::TooLarge)),
            ("gzip bomb", bomb, Err(FailureKind::TooLarge)),
            ("zstd bomb", zstd(&vec![0; 1_000_000]), Err(FailureKind::TooLarge)),
            ("cut gzip", cut(gzip(b"one")), Err(FailureKind::Compression)),
            ("cut zstd", cut(zstd(b"one")), Err(FailureKind::Compression)),
            ("noise after gzip", [gzip(b"one"), b"noise".to_vec()].concat(), Err(FailureKind::Compression)),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(unpacked(&bytes, 6), expected, "{name}");
        }
    }

    #[test]
    fn a_bomb_takes_no_more_memory_than_the_limit() {
        let mut page = Vec::new();
        assert!(unpack(gzip(&vec![b' '; 5_000_000]).as_slice(), 1000, &mut page).is_err());
        assert_eq!(page.len(), 1001);
        assert!(page.capacity() < 100_000, "{}", page.capacity());
    }
}
