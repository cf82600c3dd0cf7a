//! Files that hold many pages, cut into them.

mod fields;
mod header;
mod http;
mod warc;

pub(crate) use http::Coding;

use crate::about::Facts;
use crate::page::{Failure, guard};
use crate::read::read;
use crate::source::{Place, Source, is_packed, unpacked};
use crate::tape::Tape;
use crate::unpack::Unpacked;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use warc::Records;

/// Bytes that are being unpacked, of a file or of standard input.
pub(crate) type Stream = Tape<Unpacked<Box<dyn Read + Send>>>;

/// One page after another.
pub(crate) type Pages = Box<dyn Iterator<Item = Source> + Send>;

/// Whether standard input, begun to be read, is a crawl.
pub(crate) fn is_warc(stream: &mut Stream) -> io::Result<bool> {
    Ok(stream.peek(warc::START.len())?.starts_with(warc::START))
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Page,
    /// The records of a crawl: WARC, and WET, which is the same with flattened text in it.
    Warc,
}

impl Kind {
    /// By the name of the file.
    pub(crate) fn of(path: &Path) -> Kind {
        let name = path.file_name().unwrap_or_default();
        match Path::new(unpacked(name)).extension() {
            Some(ending) if ["warc", "wet"].iter().any(|warc| ending.eq_ignore_ascii_case(warc)) => Kind::Warc,
            _ => Kind::Page,
        }
    }
}

/// Where the pages of an archive get their ids and names from.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    id: String,
    name: String,
    /// Records so far, those that are passed over too.
    count: u64,
}

impl Volume {
    pub(crate) fn new(id: String, name: String) -> Volume {
        Volume { id, name, count: 0 }
    }

    /// The page of the record that was counted last.
    fn source(&self, id: Option<String>, facts: Facts, place: Place) -> Source {
        let id = id.unwrap_or_else(|| format!("{}#{}", self.id, self.count));
        Source { id, name: format!("{}#{}", self.name, self.count), facts, place }
    }

    fn lost(&self, id: Option<String>, failure: Failure) -> Source {
        self.source(id, Facts::default(), Place::Lost(failure))
    }
}

/// The pages of a crawl as a test or a fuzzer sees them: ids, and the bytes of at most `limit` each, or why there are none.
pub fn warc(
    input: impl Read + Send + 'static,
    limit: usize,
) -> impl Iterator<Item = (String, Result<Vec<u8>, Failure>)> {
    let input: Box<dyn Read + Send> = Box::new(input);
    let stream = Tape::new(Unpacked::new(input), 0);
    records(stream, Volume::new("warc".into(), "warc".into()), limit).map(move |source| {
        let mut page = Vec::new();
        (source.id, read(source.place, limit, &mut page).map(|_| page))
    })
}

/// The pages of a file, each cut out when it is asked for.
pub(crate) fn pages(path: &Path, volume: Volume, limit: usize) -> Pages {
    match open(path) {
        Ok(stream) => records(stream, volume, limit),
        Err(error) => Box::new(std::iter::once(Source::lost(volume.id, volume.name, error.into()))),
    }
}

/// The pages of a crawl.
pub(crate) fn records(stream: Stream, volume: Volume, limit: usize) -> Pages {
    let Volume { id, name, .. } = volume.clone();
    let mut records = Some(Records::new(stream, volume, limit));
    Box::new(std::iter::from_fn(move || {
        // A bug that an archive brings to light must not stop the batch, but nothing more of that archive can be trusted.
        guard(|| Ok(records.as_mut().and_then(Iterator::next))).unwrap_or_else(|failure| {
            records = None;
            Some(Source::lost(id.clone(), name.clone(), failure))
        })
    }))
}

fn open(path: &Path) -> io::Result<Stream> {
    let file: Box<dyn Read + Send> = Box::new(File::open(path)?);
    let unpacked = if is_packed(path) { Unpacked::unless(warc::START, file) } else { Unpacked::new(file) };
    Ok(Tape::new(unpacked, 0))
}
