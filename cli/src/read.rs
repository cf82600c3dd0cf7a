//! Reads the bytes of a page from any kind of source.

use crate::archive::content;
use crate::page::Failure;
use crate::source::Place;
use crate::unpack::unpack;
use std::fs::File;
use std::io::Read;

/// Reads a page into `page`. Returns true if it is text that need not be decoded.
pub(crate) fn read(place: Place, limit: usize, page: &mut Vec<u8>) -> Result<bool, Failure> {
    page.clear();
    let is_text = matches!(place, Place::Line(_));
    match place {
        Place::File(path) => unpack(File::open(path)?, limit, page)?,
        // One byte more, to distinguish a page that is too long from one that just fits.
        Place::Stream(stream) => {
            stream.take((limit as u64).saturating_add(1)).read_to_end(page)?;
        }
        Place::Record { body, coding } => coding.undo(body, limit, page)?,
        Place::Line(line) => *page = content(&line)?.into_bytes(),
        Place::Lost(failure) => return Err(failure),
    }
    if page.len() > limit { Err(Failure::too_large(limit)) } else { Ok(is_text) }
}
