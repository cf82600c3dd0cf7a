//! Bytes as they come, of which the last ones can be read once more.

use std::fmt;
use std::io::{self, BufRead, ErrorKind, Read};

/// Bytes asked for at a time.
const CHUNK: usize = 64 << 10;

/// A buffered reader with a look ahead and a way back to a mark: damage shows itself late, when some of what comes after it
/// has been taken for a part of it.
///
/// No byte is read more than twice, however often one goes back, so that hostile input costs no more than twice its length.
/// An error of the reader below is told when all bytes before it have been read; what comes after it can be read then.
pub(crate) struct Tape<R> {
    input: R,
    bytes: Vec<u8>,
    /// What is read next.
    at: usize,
    mark: usize,
    /// Everything before this was read before somebody went back.
    twice: usize,
    /// How many bytes before `at` are held for going back, at least.
    keep: usize,
    error: Option<io::Error>,
    broken: bool,
}

impl<R: Read> Tape<R> {
    /// One can go back `keep` bytes at least, and about twice as many are held at most.
    pub(crate) fn new(input: R, keep: usize) -> Tape<R> {
        Tape { input, bytes: Vec::new(), at: 0, mark: 0, twice: 0, keep, error: None, broken: false }
    }

    /// Holds `bytes` for going back from now on.
    pub(crate) fn keep(&mut self, bytes: usize) {
        self.keep = bytes;
    }

    /// Whether the reader below has ever failed.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// The next `count` bytes or more, or as many as there are before the end or an error.
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

    /// Passes over as many as `count` bytes; gives how many there were.
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

    /// Passes over everything before the first byte that `wanted` finds in a piece; false if there is none before the end.
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

    /// Marks the next byte as the one to go back to.
    pub(crate) fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Goes back to `beyond` bytes after the mark, or as far as is allowed.
    pub(crate) fn rewind(&mut self, beyond: usize) {
        let here = self.at;
        self.at = self.mark.saturating_add(beyond).max(self.twice).min(here);
        self.twice = self.twice.max(here);
    }

    /// How many of the next bytes were read before somebody went back: they cannot be had a third time.
    pub(crate) fn again(&self) -> usize {
        self.twice.saturating_sub(self.at)
    }

    fn more(&mut self) -> io::Result<usize> {
        let unwanted = self.mark.max(self.at.saturating_sub(self.keep));
        // Only when it is the larger part: moving the rest then costs no more than having read what goes.
        if unwanted > self.bytes.len() - unwanted {
            self.bytes.drain(..unwanted);
            for place in [&mut self.at, &mut self.mark, &mut self.twice] {
                *place = place.saturating_sub(unwanted);
            }
        }
        let length = self.bytes.len();
        self.bytes.resize(length + CHUNK, 0);
        let read = loop {
            match self.input.read(self.bytes.get_mut(length..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes.truncate(length + read.as_ref().map_or(0, |&read| read));
        read
    }
}

/// The first `count` bytes, or all.
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

    /// Gives three bytes at a time, and an error after each 10.
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
    fn holds_no_more_than_it_must() {
        let mut tape = Tape::new(io::repeat(b'x').take(20 << 20), 1 << 20);
        while tape.skip(1 << 20).unwrap() > 0 {
            assert!(tape.bytes.len() <= (2 << 20) + 2 * CHUNK, "{}", tape.bytes.len());
        }
        tape.rewind(0);
        assert!(tape.peek(1).unwrap().len() >= 1 << 20);
    }
}
