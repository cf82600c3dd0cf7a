//! The bytes of a page, from wherever they are.

use crate::page::Failure;
use crate::source::Place;
use crate::unpack::unpack;
use std::fs::File;
use std::io::Read;

/// Reads a page into `page`; true if it is text that need not be decoded.
pub(crate) fn read(place: Place, limit: usize, page: &mut Vec<u8>) -> Result<bool, Failure> {
    page.clear();
    match place {
        Place::File(path) => unpack(File::open(path)?, limit, page)?,
        Place::Stream(stream) => {
            let read = stream.take((limit as u64).saturating_add(1)).read_to_end(page)?;
            if read > limit {
                return Err(Failure::too_large(limit));
            }
        }
        Place::Record { body, coding } => coding.undo(body, limit, page)?,
        Place::Lost(failure) => return Err(failure),
    }
    Ok(false)
}
