//! Splits archives, files that contain many pages, into pages.

mod fields;
mod header;
mod http;
mod lines;
mod warc;

pub(crate) use http::Coding;
pub(crate) use lines::content;

use crate::about::Facts;
use crate::guard::guard;
use crate::name::{is_named_page, is_packed, unpacked};
use crate::page::Failure;
use crate::read::read;
use crate::source::{Place, Source};
use crate::tape::Tape;
use crate::unpack::Unpacked;
use lines::Lines;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use warc::Records;

/// A file or standard input, unpacked while it is read.
pub(crate) type Stream = Tape<Unpacked<Box<dyn Read + Send>>>;

/// Keeps nothing for rewinding until [`Tape::keep`] is called.
pub(crate) fn stream(input: Unpacked<Box<dyn Read + Send>>) -> Stream {
    Tape::new(input, 0).with_parts(Unpacked::begins_member)
}

/// An iterator over pages.
pub(crate) type Pages = Box<dyn Iterator<Item = Source> + Send>;

/// The format of an archive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The records of a crawl: WARC, and WET, which is WARC with flattened text.
    Warc,
    /// JSON Lines with a page in each line.
    Lines,
}

impl Kind {
    /// Detects the format by the file name; `None` for a single page.
    pub(crate) fn of(path: &Path) -> Option<Kind> {
        let ending = Path::new(unpacked(path.file_name()?)).extension()?;
        let is = |endings: [&str; 2]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
        match () {
            () if is(["warc", "wet"]) => Some(Kind::Warc),
            () if is(["jsonl", "ndjson"]) => Some(Kind::Lines),
            () => None,
        }
    }

    /// Detects the format by the file name, or by the first bytes if the name says nothing.
    pub(crate) fn find(path: &Path) -> Option<Kind> {
        let look = || Kind::of_stream(&mut stream(Unpacked::new(Box::new(File::open(path)?))));
        // A file that cannot be read fails as a page.
        Kind::of(path).or_else(|| if is_named_page(path) { None } else { look().ok()? })
    }

    /// Detects the format by the first bytes.
    pub(crate) fn of_stream(stream: &mut Stream) -> io::Result<Option<Kind>> {
        if stream.peek(warc::START.len())?.starts_with(warc::START) {
            return Ok(Some(Kind::Warc));
        }
        Ok(lines::begin(stream)?.then_some(Kind::Lines))
    }

    /// The first bytes of an unpacked archive of this format.
    fn start(self) -> &'static [u8] {
        match self {
            Kind::Warc => warc::START,
            Kind::Lines => b"{",
        }
    }
}

/// The archive's part of the ids and names of its pages.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    id: String,
    name: String,
    /// Number of records so far, including skipped ones.
    count: u64,
}

impl Volume {
    pub(crate) fn new(id: String, name: String) -> Volume {
        Volume { id, name, count: 0 }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The page of the record counted last.
    fn source(&self, id: Option<String>, facts: Facts, place: Place) -> Source {
        let id = id.unwrap_or_else(|| format!("{}#{}", self.id, self.count));
        Source { id, name: format!("{}#{}", self.name, self.count), facts, place }
    }

    fn lost(&self, id: Option<String>, failure: Failure) -> Source {
        self.source(id, Facts::default(), Place::Lost(failure))
    }
}

/// The pages of a file, each extracted on demand.
pub(crate) fn pages(path: &Path, kind: Kind, volume: Volume, limit: usize) -> Pages {
    match File::open(path) {
        Ok(file) if is_packed(path) => cut(stream(Unpacked::unless(kind.start(), Box::new(file))), kind, volume, limit),
        Ok(file) => cut(stream(Unpacked::new(Box::new(file))), kind, volume, limit),
        Err(error) => Box::new(std::iter::once(Source::lost(volume.id, volume.name, error.into()))),
    }
}

/// The pages of an open stream.
pub(crate) fn cut(stream: Stream, kind: Kind, volume: Volume, limit: usize) -> Pages {
    match kind {
        Kind::Warc => guarded(volume.clone(), Records::new(stream, volume, limit)),
        Kind::Lines => guarded(volume.clone(), Lines::new(stream, volume, limit)),
    }
}

/// A panic while reading an archive must not stop the batch, but the rest of that archive cannot be trusted.
fn guarded(volume: Volume, pages: impl Iterator<Item = Source> + Send + 'static) -> Pages {
    let mut pages = Some(pages);
    Box::new(std::iter::from_fn(move || {
        guard(|| Ok(pages.as_mut().and_then(Iterator::next))).unwrap_or_else(|failure| {
            pages = None;
            Some(Source::lost(volume.id.clone(), volume.name.clone(), failure))
        })
    }))
}

/// The pages of a WARC file for tests and fuzzers: the id, and up to `limit` bytes or the failure.
pub fn warc(
    input: impl Read + Send + 'static,
    limit: usize,
) -> impl Iterator<Item = (String, Result<Vec<u8>, Failure>)> {
    seen(input, Kind::Warc, limit)
}

/// Like [`warc()`], for JSON Lines.
pub fn json_lines(
    input: impl Read + Send + 'static,
    limit: usize,
) -> impl Iterator<Item = (String, Result<Vec<u8>, Failure>)> {
    seen(input, Kind::Lines, limit)
}

fn seen(
    input: impl Read + Send + 'static,
    kind: Kind,
    limit: usize,
) -> impl Iterator<Item = (String, Result<Vec<u8>, Failure>)> {
    let volume = Volume::new("-".into(), "-".into());
    cut(stream(Unpacked::new(Box::new(input))), kind, volume, limit).map(move |source| {
        let mut page = Vec::new();
        (source.id, read(source.place, limit, &mut page).map(|_| page))
    })
}
