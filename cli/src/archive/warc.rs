//! Reads the pages of a crawl in WARC or WET.
//!
//! A record is a head, a body of the length declared in the head, and two line ends. Damage is reported once, and
//! reading resumes at the next line, or the next member of compressed data, that begins like a record.

use super::fields::{HeadEnd, MAX_HEAD_BYTES, head_end};
use super::header::Header;
use super::http::{Coding, Response};
use super::{Stream, Volume};
use crate::about::Facts;
use crate::page::{Failure, FailureKind};
use crate::source::{Place, Source};
use crate::tape::within;
use crate::unpack::Damage;
use std::io::{self, BufRead, Read};

/// The first bytes of a record.
pub(super) const START: &[u8] = b"WARC/";
/// Length in bytes of [`START`] with its version.
const START_BYTES: usize = START.len() + 3;
/// The end of a record. Some crawlers write less.
const END: &[u8] = b"\r\n\r\n";

/// Iterates over the records of an archive and yields those that are pages.
pub(super) struct Records {
    stream: Stream,
    volume: Volume,
    limit: usize,
    /// Whether the start of the next record must be searched for.
    lost: bool,
    /// A failure found after the record that was yielded last.
    later: Option<Failure>,
    over: bool,
}

/// What was found where a record may begin.
enum Ahead {
    Record,
    End,
    Other,
}

/// What was found after a body.
enum Follows {
    /// A record or the end.
    Record,
    /// The end of the record and something else, which has been skipped.
    Noise,
    /// More of the record.
    Rest,
}

/// The page in a body, known before the body is read.
struct Payload {
    charset: Option<String>,
    coding: Coding,
    /// Its offset in the body.
    start: usize,
}

impl Iterator for Records {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        while !self.over {
            let begins = self.later.take().map_or_else(|| self.find_record(), Err);
            self.volume.count += 1;
            let found = match begins {
                Ok(true) => self.record(),
                Ok(false) => break,
                Err(failure) => Some(self.fail(None, failure)),
            };
            if found.is_some() {
                return found;
            }
        }
        self.over = true;
        None
    }
}

impl Records {
    pub(super) fn new(mut stream: Stream, volume: Volume, limit: usize) -> Records {
        stream.keep(limit.saturating_add(MAX_HEAD_BYTES));
        Records { stream, volume, limit, lost: false, later: None, over: false }
    }

    /// Moves to the start of the next record; false at the end.
    fn find_record(&mut self) -> Result<bool, Failure> {
        while self.lost {
            match self.pass(u64::MAX, |_| {}) {
                Ok(_) => self.lost = false,
                // Further damage to skipped data has already been reported.
                Err(error) if Damage::of(&error).is_some_and(|damage| damage.yielded > 0) => {}
                Err(error) => return Err(self.lose_by(error)),
            }
        }
        match self.ahead() {
            Ok(Ahead::Record) => Ok(true),
            Ok(Ahead::End) => Ok(false),
            Ok(Ahead::Other) => Err(self.lose("no record begins where one should")),
            Err(error) => Err(self.lose_by(error)),
        }
    }

    /// Reads the record that begins here; `None` if it is no page.
    fn record(&mut self) -> Option<Source> {
        let header = match self.header() {
            Ok(header) => header,
            Err(failure) => return Some(self.fail(None, failure)),
        };
        match self.body(&header) {
            Ok(Some((body, Payload { charset, coding, .. }))) => {
                let facts = Facts { charset, ..header.facts };
                Some(self.volume.source(header.id, facts, Place::Record { body, coding }))
            }
            Ok(None) => None,
            Err(failure) => Some(self.fail(header.id, failure)),
        }
    }

    fn header(&mut self) -> Result<Header, Failure> {
        let length = self.head_length(MAX_HEAD_BYTES, is_start).map_err(|error| self.lose_by(error))?;
        if let Some(length) = length {
            let header = self.stream.peek(length).map(|head| Header::parse(within(head, length as u64)));
            if let Some(header) = header.map_err(|error| self.lose_by(error))? {
                self.stream.consume(length);
                return Ok(header);
            }
        }
        // Skip its first line, or the same head would be found again.
        self.stream.skip_to(|bytes| memchr::memchr(b'\n', bytes)).map_err(|error| self.lose_by(error))?;
        Err(self.lose("the head of a record has no end"))
    }

    /// Reads the body of a record; `None` if it is no page.
    fn body(&mut self, header: &Header) -> Result<Option<(Vec<u8>, Payload)>, Failure> {
        let Some(length) = header.length else { return Err(self.lose("a record does not say how long it is")) };
        let mut payload = self.payload(header, length);
        if self.lost {
            return payload.map(|_| None);
        }
        let is_huge = length > (self.limit as u64).saturating_add(MAX_HEAD_BYTES as u64);
        if is_huge && matches!(payload, Ok(Some(_))) {
            payload = Err(Failure::too_large(self.limit));
        }
        let mut body = Vec::new();
        let is_page = matches!(payload, Ok(Some(_)));
        self.stream.mark();
        let read = if is_huge { self.pass(length, |_| {}) } else { self.take(length, is_page.then_some(&mut body)) };
        if read.map_err(|error| self.lose_by(error))? < length {
            return Err(self.lose_back("a record is cut, or shorter than it says"));
        }
        // Only what follows shows whether the length was right and the body undamaged.
        let end = self.stream.offset();
        match self.follows() {
            Ok(Follows::Record) => {}
            Ok(Follows::Noise) => self.later = Some(self.lose("no record begins where one should")),
            Ok(Follows::Rest) => return Err(self.lose_back("a record is not as long as it says")),
            Err(error) => {
                let passed = self.stream.offset() - end;
                let is_of_this = Damage::of(&error).is_some_and(|damage| damage.yielded > passed);
                let failure = self.lose_by(error);
                if is_of_this {
                    return Err(failure);
                }
                self.later = Some(failure);
            }
        }
        let payload = payload?;
        Ok(payload.map(|payload| {
            body.drain(..payload.start.min(body.len()));
            (body, payload)
        }))
    }

    /// Reads on after a body to the next record.
    fn follows(&mut self) -> io::Result<Follows> {
        let has_end = self.stream.peek(END.len())?.starts_with(END);
        Ok(match self.ahead()? {
            Ahead::Record | Ahead::End => Follows::Record,
            Ahead::Other if has_end => {
                // Either the next record is damaged, or this is still the member of the body and its damage comes later.
                self.pass(u64::MAX, |_| {})?;
                Follows::Noise
            }
            Ahead::Other => Follows::Rest,
        })
    }

    /// Checks whether the next body is a page. If that fails, reading can still continue with the next record.
    fn payload(&mut self, header: &Header, length: u64) -> Result<Option<Payload>, Failure> {
        let (content_type, coding, start) = match header.kind.as_str() {
            "response" if ["", "application/http"].contains(&header.content_type.essence.as_str()) => {
                let most = usize::try_from(length).unwrap_or(MAX_HEAD_BYTES).min(MAX_HEAD_BYTES);
                let (start, response) = self.response(most).map_err(|error| self.lose_by(error))?;
                let response = response.ok_or_else(|| failure("a response without the head of one"))?;
                if !response.is_good() {
                    return Ok(None);
                }
                (response.content_type, response.coding, start)
            }
            // The `metadata:` records of wget: its arguments and its log.
            "resource" if header.facts.url.as_ref().is_some_and(|url| url.starts_with("metadata:")) => return Ok(None),
            "resource" | "conversion" => (header.content_type.clone(), Coding::default(), 0),
            "" => return Err(failure("a record does not say what it is")),
            _ => return Ok(None),
        };
        let is_page = if content_type.essence.is_empty() { &header.identified } else { &content_type }.is_page();
        Ok(is_page.then_some(Payload { charset: content_type.charset, coding, start }))
    }

    /// The head of the next response, and its length.
    fn response(&mut self, most: usize) -> io::Result<(usize, Option<Response>)> {
        let length = self.head_length(most, |_| false)?.unwrap_or(most);
        Ok((length, Response::parse(within(self.stream.peek(length)?, length as u64))))
    }

    /// The length of the next head including its empty line, if it ends within `most` bytes and before the start of
    /// another head (`is_start`).
    fn head_length(&mut self, most: usize, is_start: fn(&[u8]) -> bool) -> io::Result<Option<usize>> {
        let mut wanted = 1 << 10;
        loop {
            let bytes = within(self.stream.peek(wanted)?, most as u64);
            match head_end(bytes, is_start) {
                HeadEnd::At(length) => return Ok(Some(length)),
                HeadEnd::Later if bytes.len() >= wanted && bytes.len() < most => wanted = 2 * bytes.len(),
                HeadEnd::Never | HeadEnd::Later => return Ok(None),
            }
        }
    }

    /// Skips line ends and looks at what follows.
    fn ahead(&mut self) -> io::Result<Ahead> {
        self.stream.skip_to(|bytes| bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')))?;
        let head = self.stream.peek(START_BYTES)?;
        Ok(match head.is_empty() {
            true => Ahead::End,
            false if is_start(head) => Ahead::Record,
            false => Ahead::Other,
        })
    }

    /// Reads up to `count` bytes and returns their number. Bytes read for the second time end before what begins like a
    /// record: if `count` is wrong too, that record cannot be rewound to again.
    fn take(&mut self, count: u64, mut to: Option<&mut Vec<u8>>) -> io::Result<u64> {
        let again = count.min(self.stream.again() as u64);
        let read = self.pass(again, |line| to.iter_mut().for_each(|to| to.extend_from_slice(line)))?;
        if read < again {
            return Ok(read);
        }
        let rest = match to {
            Some(to) => self.stream.by_ref().take(count - read).read_to_end(to)? as u64,
            None => self.stream.skip(count - read)?,
        };
        Ok(read + rest)
    }

    /// Reads up to `count` bytes line by line, up to a line or a member that begins like a record. Returns their number.
    fn pass(&mut self, count: u64, mut each: impl FnMut(&[u8])) -> io::Result<u64> {
        let mut left = count;
        let mut is_line = true;
        while left > 0 {
            let may_start = is_start(self.stream.peek(START_BYTES)?);
            if may_start && (is_line || self.stream.is_part()) {
                break;
            }
            self.stream.mark();
            let most = self.stream.next_part().map_or(left, |part| left.min(part as u64));
            let bytes = within(self.stream.peek(1)?, most);
            let end = memchr::memchr(b'\n', bytes);
            let length = end.map_or(bytes.len(), |end| end + 1);
            if length == 0 {
                break;
            }
            each(within(bytes, length as u64));
            self.stream.consume(length);
            left -= length as u64;
            is_line = end.is_some();
        }
        Ok(count - left)
    }

    /// Reports an unreadable record. An I/O error ends the archive, damage does not.
    fn fail(&mut self, id: Option<String>, failure: Failure) -> Source {
        self.over |= failure.kind == FailureKind::Io;
        self.volume.lost(id, failure)
    }

    /// Reports that this was no record; the next one is searched for from here.
    fn lose(&mut self, reason: &str) -> Failure {
        self.lost = true;
        failure(reason)
    }

    /// Like [`Records::lose`], but from the start of the body: a wrong length may include the next records.
    fn lose_back(&mut self, reason: &str) -> Failure {
        self.stream.rewind(0);
        self.lose(reason)
    }

    fn lose_by(&mut self, error: io::Error) -> Failure {
        self.lost = true;
        error.into()
    }
}

fn failure(reason: &str) -> Failure {
    Failure::new(FailureKind::Archive, reason)
}

fn is_start(bytes: &[u8]) -> bool {
    let version = bytes.strip_prefix(START).and_then(|rest| rest.first_chunk());
    version.is_some_and(|[major, dot, minor]| major.is_ascii_digit() && *dot == b'.' && minor.is_ascii_digit())
}
