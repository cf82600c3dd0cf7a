//! Decompresses streams. The format is detected from the bytes, not from the file name.

use crate::page::Failure;
use crate::tape::Tape;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, Read};

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// Length in bytes of the header of a gzip member.
const GZIP_HEADER_BYTES: usize = 10;
/// Number of compressed bytes that can be read again after damage. A damaged member is rarely detected more than a few
/// KB after its end.
const REWIND_BYTES: usize = 256 << 10;

/// Appends all of `input` to `page`, decompressing gzip and zstd. Fails beyond `limit` bytes, since a small file may
/// unpack to gigabytes.
///
/// # Errors
/// [`FailureKind::Io`], [`FailureKind::TooLarge`], and [`FailureKind::Compression`] for truncated or damaged data.
///
/// [`FailureKind::Io`]: crate::FailureKind::Io
/// [`FailureKind::TooLarge`]: crate::FailureKind::TooLarge
/// [`FailureKind::Compression`]: crate::FailureKind::Compression
pub fn unpack(input: impl Read, limit: usize, page: &mut Vec<u8>) -> Result<(), Failure> {
    // One byte more, to distinguish a page that is too long from one that just fits.
    let read = Unpacked::new(input).take((limit as u64).saturating_add(1)).read_to_end(page)?;
    if read > limit { Err(Failure::too_large(limit)) } else { Ok(()) }
}

/// Whether the bytes begin like compressed data.
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(GZIP) || bytes.starts_with(ZSTD) || is_skippable(bytes)
}

/// Decompresses gzip and zstd of any number of members or frames, and passes on all else unchanged.
///
/// Truncated or damaged data is an error that contains a [`Damage`]. Reading on continues with the next member.
#[derive(Debug)]
pub(crate) struct Unpacked<R> {
    state: State<R>,
    /// The first bytes of uncompressed data.
    plain: &'static [u8],
    /// Number of bytes that the current member has yielded.
    yielded: u64,
}

/// Gzip members and zstd frames are both called members here.
enum State<R> {
    Start(Tape<R>),
    Plain(Tape<R>),
    /// After a member, where another one may begin.
    Between(Tape<R>),
    Gzip(Box<GzDecoder<Tape<R>>>),
    Zstd(Tape<R>, Box<FrameDecoder>),
    /// After damage: a member may begin anywhere.
    Lost(Tape<R>),
    Over,
}

/// Compressed data is truncated or damaged.
#[derive(Debug)]
pub(crate) struct Damage {
    reason: String,
    /// Number of bytes that the damaged member has already yielded. They directly precede the error and are suspect too.
    pub(crate) yielded: u64,
}

impl Damage {
    /// The damage that an error of [`Unpacked`] contains; `None` if the bytes could not be read at all.
    pub(crate) fn of(error: &io::Error) -> Option<&Damage> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Error for Damage {}

impl<R: Read> Unpacked<R> {
    pub(crate) fn new(input: R) -> Unpacked<R> {
        Unpacked::unless(b"", input)
    }

    /// For data that is compressed unless it begins with `plain`, so that damage to its first bytes is detected too.
    pub(crate) fn unless(plain: &'static [u8], input: R) -> Unpacked<R> {
        Unpacked { state: State::Start(Tape::new(input, REWIND_BYTES)), plain, yielded: 0 }
    }

    /// Whether the last read, of `count` bytes, was the first of its member.
    pub(crate) fn begins_member(&self, count: usize) -> bool {
        self.yielded == count as u64
    }

    /// Detects what begins here.
    fn begin(&mut self, mut tape: Tape<R>, first: bool) -> io::Result<State<R>> {
        self.yielded = 0;
        let head = tape.peek(GZIP_HEADER_BYTES)?;
        if head.starts_with(GZIP) {
            tape.mark();
            return Ok(State::Gzip(Box::new(GzDecoder::new(tape))));
        }
        if !head.starts_with(ZSTD) && !is_skippable(head) {
            return if first && head.starts_with(self.plain) {
                Ok(State::Plain(tape))
            } else if head.is_empty() {
                Ok(State::Over)
            } else {
                Err(self.lost(tape, "neither gzip nor zstd where packed data should begin"))
            };
        }
        tape.mark();
        let mut decoder = Box::new(FrameDecoder::new());
        match decoder.init(&mut tape) {
            Ok(()) => Ok(State::Zstd(tape, decoder)),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                if tape.skip(u64::from(length))? < u64::from(length) {
                    return Err(self.damaged(tape, io::ErrorKind::UnexpectedEof.into()));
                }
                Ok(State::Between(tape))
            }
            Err(error) => Err(self.damaged(tape, io::Error::other(error))),
        }
    }

    /// Records a damaged member, unless the error came from the inner reader.
    fn damaged(&mut self, mut tape: Tape<R>, error: io::Error) -> io::Error {
        if tape.is_broken() {
            return error;
        }
        // Not to its first byte, or the same member would be found again.
        tape.rewind(1);
        self.lost(tape, error)
    }

    fn lost(&mut self, tape: Tape<R>, reason: impl fmt::Display) -> io::Error {
        self.state = State::Lost(tape);
        io::Error::other(Damage { reason: reason.to_string(), yielded: self.yielded })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if to.is_empty() {
            return Ok(0);
        }
        loop {
            // After a final error, the state remains `Over`.
            self.state = match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(0),
                State::Plain(mut tape) => {
                    let read = tape.read(to)?;
                    self.state = State::Plain(tape);
                    return Ok(read);
                }
                State::Start(tape) => self.begin(tape, true)?,
                State::Between(mut tape) => {
                    // Tapes and disks pad files with zeros.
                    tape.skip_to(|bytes| bytes.iter().position(|&byte| byte != 0))?;
                    self.begin(tape, false)?
                }
                State::Lost(mut tape) => match find_member(&mut tape)? {
                    true => State::Between(tape),
                    false => State::Over,
                },
                State::Gzip(mut decoder) => match decoder.read(to) {
                    Ok(0) => State::Between(decoder.into_inner()),
                    Ok(read) => {
                        self.yielded += read as u64;
                        self.state = State::Gzip(decoder);
                        return Ok(read);
                    }
                    Err(error) => return Err(self.damaged(decoder.into_inner(), error)),
                },
                State::Zstd(mut tape, mut decoder) => match read_zstd(&mut tape, &mut decoder, to) {
                    Ok(0) => State::Between(tape),
                    Ok(read) => {
                        self.yielded += read as u64;
                        self.state = State::Zstd(tape, decoder);
                        return Ok(read);
                    }
                    Err(error) => return Err(self.damaged(tape, error)),
                },
            };
        }
    }
}

fn read_zstd<R: Read>(tape: &mut Tape<R>, decoder: &mut FrameDecoder, to: &mut [u8]) -> io::Result<usize> {
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        decoder.decode_blocks(&mut *tape, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
    }
    let read = decoder.read(to)?;
    if read == 0 && decoder.get_checksum_from_data().is_some_and(|sum| decoder.get_calculated_checksum() != Some(sum)) {
        return Err(io::Error::other("the checksum does not match"));
    }
    Ok(read)
}

/// Skippable zstd frames, which contain no data: tables of contents, dictionaries.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Searches for the next member. The three magic bytes of gzip occur by chance once in 16 MB of compressed data, so the
/// flags, level and system after them must have valid values too.
fn find_member<R: Read>(tape: &mut Tape<R>) -> io::Result<bool> {
    while tape.skip_to(|bytes| memchr::memchr2(0x1f, 0x28, bytes))? {
        match tape.peek(GZIP_HEADER_BYTES)? {
            [0x1f, 0x8b, 8, 0..0x20, _, _, _, _, 0 | 2 | 4, 0..=13 | 255, ..] => return Ok(true),
            head if head.starts_with(ZSTD) => return Ok(true),
            _ => tape.consume(1),
        }
    }
    Ok(false)
}

impl<R> fmt::Debug for State<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Start(_) => "Start",
            State::Plain(_) => "Plain",
            State::Between(_) => "Between",
            State::Gzip(_) => "Gzip",
            State::Zstd(..) => "Zstd",
            State::Lost(_) => "Lost",
            State::Over => "Over",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::FailureKind;
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
        let padded = |packed: Vec<u8>| [packed, vec![0; 100_000]].concat();
        let cases: [(&str, Vec<u8>, &[u8]); 11] = [
            ("plain", b"<p>one".to_vec(), b"<p>one"),
            ("empty", Vec::new(), b""),
            ("near miss: shorter than any mark", b"\x1f\x8b".to_vec(), b"\x1f\x8b"),
            ("gzip", gzip(b"one"), b"one"),
            ("gzip, two members", twice(gzip(b"one")), b"oneone"),
            ("zstd", zstd(b"one"), b"one"),
            ("zstd, two frames", twice(zstd(b"one")), b"oneone"),
            ("packed nothing", gzip(b""), b""),
            ("gzip, padded", padded(gzip(b"one")), b"one"),
            ("gzip, two members, padded", twice(padded(gzip(b"one"))), b"oneone"),
            ("zstd, padded", padded(zstd(b"one")), b"one"),
        ];
        for (name, bytes, page) in cases {
            assert_eq!(unpacked(&bytes, 100).as_deref(), Ok(page), "{name}");
        }
    }

    /// Everything that can be read, with `!` for each error.
    fn salvaged(mut input: Unpacked<&[u8]>) -> String {
        let (mut all, mut piece) = (String::new(), [0; 100]);
        loop {
            match input.read(&mut piece) {
                Ok(0) => return all,
                Ok(read) => all.push_str(std::str::from_utf8(&piece[..read]).unwrap()),
                Err(error) => {
                    assert!(Damage::of(&error).is_some());
                    all.push('!');
                }
            }
        }
    }

    #[test]
    fn reading_goes_on_behind_damage() {
        let damaged = |mut packed: Vec<u8>, at: usize| {
            packed[at] ^= 0xff;
            packed
        };
        for (format, pack) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
            let [one, two, three] = [&b"one"[..], b"two", b"three"].map(pack);
            let end = two.len() - 1;
            let cases = [
                ("none", two.clone(), "onetwothree"),
                ("the mark", damaged(two.clone(), 0), "one!three"),
                ("the sum", damaged(two.clone(), end), "onetwo!three"),
                ("cut", two[..end].to_vec(), "one!three"),
                ("noise", b"noise\x1f\x8b\x08\x28\xb5".to_vec(), "one!three"),
                ("what zstd passes over, cut", b"\x5a\x2a\x4d\x18\xff\xff\0\0xx".to_vec(), "one!three"),
                ("what zstd passes over", b"\x5a\x2a\x4d\x18\x02\0\0\0xx".to_vec(), "onethree"),
            ];
            for (name, middle, expected) in cases {
                let bytes = [&one[..], &middle, &three].concat();
                // A member this short yields either nothing or everything before its damage is detected.
                let salvaged = salvaged(Unpacked::new(&bytes));
                assert_eq!(salvaged.replace("two!", "!"), expected.replace("two!", "!"), "{format}, {name}");
            }
        }
        assert_eq!(
            salvaged(Unpacked::unless(b"WARC/", &[&[0][..], &gzip(b"one")[1..], &gzip(b"two")].concat())),
            "!two"
        );
        assert_eq!(salvaged(Unpacked::unless(b"WARC/", b"WARC/1.0")), "WARC/1.0");
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
            ("noise after padding", [gzip(b"one"), b"\0\0noise".to_vec()].concat(), Err(FailureKind::Compression)),
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
