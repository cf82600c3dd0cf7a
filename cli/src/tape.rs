//! A buffered reader that can rewind.

use std::fmt;
use std::io::{self, BufRead, ErrorKind, Read};

/// Number of bytes per read.
const CHUNK_BYTES: usize = 64 << 10;

/// A buffered reader with look-ahead and a mark to rewind to. Damage is detected late, when some of the data after it
/// has already been read as part of it.
///
/// No byte is read more than twice, however often the tape is rewound, so hostile input costs at most twice its length.
/// An error of the inner reader is reported after all bytes before it; reading can then continue.
pub(crate) struct Tape<R> {
    input: R,
    bytes: Vec<u8>,
    /// Number of bytes dropped before `bytes`.
    dropped: u64,
    /// Offset of the next byte to read.
    at: usize,
    mark: usize,
    /// Bytes before this offset were read before the last rewind: they cannot be read a third time.
    twice: usize,
    /// Minimum number of bytes kept before `at` for rewinding.
    keep: usize,
    error: Option<io::Error>,
    broken: bool,
    /// Whether the last read, of this many bytes, began a part of the input.
    begins_part: fn(&R, usize) -> bool,
    /// Offsets in `bytes` where parts of the input begin, ascending.
    parts: Vec<usize>,
}

impl<R: Read> Tape<R> {
    /// Keeps at least `keep` bytes for rewinding, and at most about twice as many.
    pub(crate) fn new(input: R, keep: usize) -> Tape<R> {
        Tape {
            input,
            bytes: Vec::new(),
            dropped: 0,
            at: 0,
            mark: 0,
            twice: 0,
            keep,
            error: None,
            broken: false,
            begins_part: |_, _| false,
            parts: Vec::new(),
        }
    }

    /// Notes where the parts of an input begin. `begins_part` says whether its last read, of this many bytes, began one.
    pub(crate) fn with_parts(self, begins_part: fn(&R, usize) -> bool) -> Tape<R> {
        Tape { begins_part, ..self }
    }

    /// Whether a part of the input begins with the next byte, which has to be peeked at before.
    pub(crate) fn is_part(&self) -> bool {
        self.parts.binary_search(&self.at).is_ok()
    }

    /// Number of bytes to the beginning of the next part, if it has been read already.
    pub(crate) fn next_part(&self) -> Option<usize> {
        let next = self.parts.partition_point(|&part| part <= self.at);
        self.parts.get(next).map(|part| part - self.at)
    }

    /// Sets the number of bytes to keep for rewinding.
    pub(crate) fn keep(&mut self, bytes: usize) {
        self.keep = bytes;
    }

    /// Whether the inner reader has ever failed.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Number of bytes before the next one, from the start of the input.
    pub(crate) fn offset(&self) -> u64 {
        self.dropped + self.at as u64
    }

    /// The next `count` bytes or more; fewer at the end or before an error.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.at < count && self.error.is_none() {
            match self.more() {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.broken = true;
                    self.error = Some(error);
                }
            }
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.is_empty()
            && let Some(error) = self.error.take()
        {
            return Err(error);
        }
        Ok(rest)
    }

    /// Skips up to `count` bytes. Returns the number of skipped bytes.
    pub(crate) fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let length = within(self.peek(1)?, left).len();
            if length == 0 {
                break;
            }
            self.consume(length);
            left -= length as u64;
        }
        Ok(count - left)
    }

    /// Skips to the first byte that `wanted` finds in a piece; false if there is none before the end.
    pub(crate) fn skip_to(&mut self, wanted: impl Fn(&[u8]) -> Option<usize>) -> io::Result<bool> {
        loop {
            let rest = self.peek(1)?;
            let (length, found) = (rest.len(), wanted(rest));
            self.consume(found.unwrap_or(length));
            if found.is_some() || length == 0 {
                return Ok(found.is_some());
            }
        }
    }

    /// Marks the next byte as the target of [`Tape::rewind`].
    pub(crate) fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Rewinds to `beyond` bytes after the mark, or as far as is allowed.
    pub(crate) fn rewind(&mut self, beyond: usize) {
        let here = self.at;
        self.at = self.mark.saturating_add(beyond).max(self.twice).min(here);
        self.twice = self.twice.max(here);
    }

    /// Number of the next bytes that are read for the second time and cannot be rewound to again.
    pub(crate) fn again(&self) -> usize {
        self.twice.saturating_sub(self.at)
    }

    fn more(&mut self) -> io::Result<usize> {
        let unwanted = self.mark.max(self.at.saturating_sub(self.keep));
        // Only when more is dropped than kept, so that moving the rest costs no more than reading did.
        if unwanted > self.bytes.len() - unwanted {
            self.bytes.drain(..unwanted);
            self.dropped += unwanted as u64;
            for place in [&mut self.at, &mut self.mark, &mut self.twice] {
                *place = place.saturating_sub(unwanted);
            }
            let gone = self.parts.partition_point(|&part| part < unwanted);
            self.parts.drain(..gone);
            self.parts.iter_mut().for_each(|part| *part -= unwanted);
        }
        let length = self.bytes.len();
        self.bytes.resize(length + CHUNK_BYTES, 0);
        let read = loop {
            match self.input.read(self.bytes.get_mut(length..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let count = read.as_ref().map_or(0, |&read| read);
        self.bytes.truncate(length + count);
        if count > 0 && (self.begins_part)(&self.input, count) {
            self.parts.push(length);
        }
        read
    }
}

/// The first `count` bytes, or all if there are fewer.
pub(crate) fn within(bytes: &[u8], count: u64) -> &[u8] {
    usize::try_from(count).ok().and_then(|count| bytes.get(..count)).unwrap_or(bytes)
}

impl<R: Read> BufRead for Tape<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.peek(1)?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R> fmt::Debug for Tape<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape").field("at", &self.at).field("held", &self.bytes.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yields three bytes at a time, and an error after every 10.
    struct Bumpy(usize);

    impl Read for Bumpy {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            if self.0 % 5 == 4 {
                return Err(io::Error::other("bump"));
            }
            let from = b'a' + u8::try_from(self.0).unwrap();
            to[..3].copy_from_slice(&[from; 3]);
            Ok(3)
        }
    }

    #[test]
    fn looks_ahead_and_goes_back() {
        let mut tape = Tape::new(&b"0123456789"[..], 100);
        assert_eq!(tape.peek(4).unwrap(), b"0123456789");
        tape.consume(2);
        tape.mark();
        tape.consume(3);
        tape.rewind(0);
        assert_eq!(tape.peek(1).unwrap(), b"23456789");
        assert_eq!(tape.again(), 3);
        tape.consume(4);
        tape.rewind(0);
        assert_eq!(tape.peek(1).unwrap(), b"56789", "no byte a third time");
        assert_eq!(tape.again(), 1);
        assert_eq!(tape.skip(2).unwrap(), 2);
        assert!(tape.skip_to(|bytes| memchr::memchr(b'8', bytes)).unwrap());
        assert_eq!(tape.peek(1).unwrap(), b"89");
        assert_eq!(tape.skip(7).unwrap(), 2);
        tape.rewind(1);
        assert_eq!(tape.peek(1).unwrap(), b"6789");
        assert_eq!(tape.offset(), 6);
    }

    #[test]
    fn errors_stand_where_they_happened() {
        let mut tape = Tape::new(Bumpy(0), 100);
        assert_eq!(tape.peek(20).unwrap(), b"bbbcccddd", "as many as there are");
        tape.consume(8);
        assert_eq!(tape.peek(2).unwrap(), b"d");
        tape.consume(1);
        assert!(tape.peek(2).is_err() && tape.is_broken());
        assert_eq!(tape.peek(2).unwrap(), b"fff", "and on it goes");
    }

    #[test]
    fn knows_where_parts_begin() {
        let mut tape = Tape::new(Bumpy(0), 0).with_parts(|input, _| input.0 % 2 == 0);
        tape.peek(9).unwrap();
        assert_eq!((tape.is_part(), tape.next_part()), (false, Some(3)));
        tape.consume(7);
        tape.mark();
        assert!(tape.peek(3).is_ok() && tape.next_part().is_none());
        tape.consume(2);
        assert!(tape.peek(1).is_err() && tape.peek(1).is_ok());
        assert_eq!((tape.dropped, tape.is_part(), tape.next_part()), (9, false, None));
        tape.peek(6).unwrap();
        assert_eq!((tape.is_part(), tape.next_part()), (false, Some(3)));
        tape.consume(3);
        assert!(tape.is_part());
    }

    #[test]
    fn holds_no_more_than_it_must() {
        let mut tape = Tape::new(io::repeat(b'x').take(20 << 20), 1 << 20);
        let mut offset = 0;
        while tape.skip(1 << 20).unwrap() > 0 {
            offset += 1 << 20;
            assert_eq!(tape.offset(), offset);
            assert!(tape.bytes.len() <= (2 << 20) + 2 * CHUNK_BYTES, "{}", tape.bytes.len());
        }
        tape.rewind(0);
        assert!(tape.peek(1).unwrap().len() >= 1 << 20);
    }
}
