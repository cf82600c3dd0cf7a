//! One page to read, and where it is.

use crate::about::Facts;
use crate::archive::{Coding, Stream};
use crate::page::Failure;
use std::path::PathBuf;

/// One page to read.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path relative to the argument without its extensions, or the id that an archive gives to its part.
    pub(crate) id: String,
    /// The name shown to users: the path as they would type it.
    pub(crate) name: String,
    /// What its source says about the page.
    pub(crate) facts: Facts,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) enum Place {
    File(PathBuf),
    /// Standard input or another pipe, of which some bytes have been read ahead.
    Stream(Box<Stream>),
    /// The body of a response, still encoded for transfer.
    Record {
        body: Vec<u8>,
        coding: Coding,
    },
    /// A line of JSON that contains the page.
    Line(Vec<u8>),
    /// Could not be listed, or could not be extracted from its archive.
    Lost(Failure),
}

impl Source {
    pub(crate) fn new(id: String, name: String, place: Place) -> Source {
        Source { id, name, facts: Facts::default(), place }
    }

    pub(crate) fn lost(id: String, name: String, failure: Failure) -> Source {
        Source::new(id, name, Place::Lost(failure))
    }
}
