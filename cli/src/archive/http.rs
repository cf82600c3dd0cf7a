//! Decodes the body of an HTTP response.

use super::fields::{ContentType, Fields};
use crate::page::{Failure, FailureKind};
use crate::tape::within;
use crate::unpack::{is_packed, unpack};
use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::{self, Read};
use std::ops::Range;

/// Maximum number of compression layers. Servers apply one, misconfigured ones two.
const MAX_LAYERS: usize = 3;
/// Number of bytes examined to tell whether a body is text.
const SAMPLE_BYTES: u64 = 512;

/// The head of a response.
#[derive(Debug)]
pub(super) struct Response {
    status: u16,
    pub(super) content_type: ContentType,
    pub(super) coding: Coding,
}

/// The encodings applied to a body for transfer.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Coding {
    chunked: bool,
    /// In decoding order.
    layers: Vec<Layer>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Layer {
    /// Detected by its magic number: gzip, zstd or no compression.
    Marked,
    Deflate,
    Brotli,
}

impl Layer {
    fn of(name: &str) -> Layer {
        match name.trim() {
            "br" => Layer::Brotli,
            "deflate" => Layer::Deflate,
            _ => Layer::Marked,
        }
    }
}

impl Response {
    /// `None` if this is no response. Any HTTP version is accepted, since HTTP/2 responses are often recorded as such.
    pub(super) fn parse(head: &[u8]) -> Option<Response> {
        let line = String::from_utf8_lossy(head.split(|&byte| byte == b'\n').next()?);
        let mut words = line.split_ascii_whitespace();
        words.next().filter(|version| version.starts_with("HTTP/"))?;
        let status = words.next()?.parse().ok()?;
        let fields = Fields::of(head);
        let list = |name| fields.get(name).unwrap_or_default().to_ascii_lowercase();
        let layers = list("content-encoding").rsplit(',').map(Layer::of).collect();
        let coding = Coding { chunked: list("transfer-encoding").contains("chunked"), layers };
        let content_type = ContentType::parse(&fields.get("content-type").unwrap_or_default());
        Some(Response { status, content_type, coding })
    }

    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Coding {
    /// Decodes `body` into `page`. Crawlers sometimes store a body decoded but leave the head unchanged, so a body that
    /// does not match its head is taken as it is.
    ///
    /// # Errors
    /// [`FailureKind::TooLarge`] beyond `limit` bytes, and [`FailureKind::Compression`].
    pub(crate) fn undo(&self, body: Vec<u8>, limit: usize, page: &mut Vec<u8>) -> Result<(), Failure> {
        *page = body;
        if self.chunked {
            dechunk(page);
        }
        if self.layers.len() > MAX_LAYERS {
            let many = self.layers.len();
            return Err(Failure::new(FailureKind::Compression, format_args!("packed {many} times over")));
        }
        for layer in &self.layers {
            if *layer == Layer::Marked && !is_packed(page) {
                continue;
            }
            let mut unpacked = Vec::new();
            let done = match layer {
                Layer::Marked => unpack(page.as_slice(), limit, &mut unpacked),
                // The standard requires zlib, but some servers send raw deflate.
                Layer::Deflate if is_zlib(page) => bounded(ZlibDecoder::new(page.as_slice()), limit, &mut unpacked),
                Layer::Deflate => bounded(DeflateDecoder::new(page.as_slice()), limit, &mut unpacked),
                Layer::Brotli => bounded(Decompressor::new(page.as_slice(), 4096), limit, &mut unpacked),
            };
            match done {
                Ok(()) => *page = unpacked,
                Err(failure) if failure.kind == FailureKind::Compression && is_text(page) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }
}

fn bounded(packed: impl Read, limit: usize, to: &mut Vec<u8>) -> Result<(), Failure> {
    // One byte more, to distinguish a page that is too long from one that just fits.
    let read = packed.take((limit as u64).saturating_add(1)).read_to_end(to);
    let read = read.map_err(|error: io::Error| Failure::new(FailureKind::Compression, &error))?;
    if read > limit { Err(Failure::too_large(limit)) } else { Ok(()) }
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(*bytes, [method, flags, ..] if method & 15 == 8 && u16::from_be_bytes([method, flags]) % 31 == 0)
}

/// Whether the bytes contain no control characters, of which compressed data has many and text none.
fn is_text(bytes: &[u8]) -> bool {
    within(bytes, SAMPLE_BYTES).iter().all(|byte| !matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31))
}

/// Joins the chunks of a body, or leaves it alone if it is not chunked after all. The last chunk may be cut or missing,
/// if the server did not send it or the crawler did not keep it.
fn dechunk(body: &mut Vec<u8>) {
    let (mut read, mut written) = (0, 0);
    while let Some(chunk) = match chunk(body, read) {
        Ok(chunk) => chunk,
        Err(NoChunk) => return,
    } {
        read = chunk.end;
    }
    read = 0;
    while let Ok(Some(chunk)) = chunk(body, read) {
        read = chunk.end;
        let length = chunk.len();
        body.copy_within(chunk, written);
        written += length;
    }
    body.truncate(written);
}

struct NoChunk;

/// The chunk that begins at `at`; `None` after the last one.
fn chunk(body: &[u8], at: usize) -> Result<Option<Range<usize>>, NoChunk> {
    let mut rest = body.get(at..).unwrap_or_default();
    if at > 0 {
        // Each chunk is followed by a line end.
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    if rest.is_empty() {
        return Ok(None);
    }
    let line = memchr::memchr(b'\n', rest);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (digits, after) = rest.get(..line.unwrap_or(rest.len())).unwrap_or_default().split_at(digits);
    let after = after.trim_ascii();
    if !after.is_empty() && !after.starts_with(b";") {
        return Err(NoChunk);
    }
    let size =
        std::str::from_utf8(digits).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok()).ok_or(NoChunk)?;
    match line {
        _ if size == 0 => Ok(None),
        Some(line) => {
            let start = body.len() - rest.len() + line + 1;
            Ok(Some(start..start.saturating_add(size).min(body.len())))
        }
        // Cut off inside a size. A number on its own, however, is no chunk.
        None if at > 0 => Ok(None),
        None => Err(NoChunk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use std::io::Write;

    #[test]
    fn heads() {
        let cases: [(&str, &str, Option<(u16, &str, bool)>); 8] = [
            ("plain", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", Some((200, "text/html", false))),
            ("no reason", "HTTP/1.0 404\r\n\r\n", Some((404, "", false))),
            ("second version", "HTTP/2 200\r\ncontent-type: text/plain\r\n\r\n", Some((200, "text/plain", false))),
            ("chunked", "HTTP/1.1 200 OK\nTRANSFER-ENCODING: gzip, Chunked\n\n", Some((200, "", true))),
            ("broken lines", "HTTP/1.1 200 OK\r\n???\r\nContent-Type: a/b\r\n\r\n", Some((200, "a/b", false))),
            ("near miss: a request", "GET / HTTP/1.1\r\n\r\n", None),
            ("near miss: no status", "HTTP/1.1 OK\r\n\r\n", None),
            ("near miss: a page", "<html>\r\n\r\n", None),
        ];
        for (name, head, expected) in cases {
            let parsed = Response::parse(head.as_bytes());
            let parsed = parsed.map(|head| (head.status, head.content_type.essence, head.coding.chunked));
            assert_eq!(parsed, expected.map(|(status, kind, chunked)| (status, kind.to_owned(), chunked)), "{name}");
        }
    }

    #[test]
    fn chunks() {
        let cases = [
            ("two", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"),
            ("extension, large digits, line feeds", "A;x=y\n0123456789\n0\n\n", "0123456789"),
            ("spaces behind the size", "3  \r\nabc\r\n0\r\n\r\n", "abc"),
            ("a field at the end", "3\r\nabc\r\n0\r\nExpires: never\r\n\r\n", "abc"),
            ("no last one", "3\r\nabc\r\n", "abc"),
            ("cut in a chunk", "3\r\nabc\r\nff\r\nde", "abcde"),
            ("cut in a size", "3\r\nabc\r\nf", "abc"),
            ("nothing", "0\r\n\r\n", ""),
            ("near miss: a page", "<p>abc", "<p>abc"),
            ("cut in the first", "ff\r\nabc", "abc"),
            ("near miss: words that begin with hex digits", "add more\r\nabc", "add more\r\nabc"),
            ("near miss: an odd size later on", "3\r\nabc\r\nno\r\n", "3\r\nabc\r\nno\r\n"),
            ("near miss: a size for no machine", "fffffffffffffffffffff\r\nabc", "fffffffffffffffffffff\r\nabc"),
            ("near miss: one number", "3", "3"),
            ("empty", "", ""),
        ];
        for (name, body, page) in cases {
            let mut body = body.as_bytes().to_vec();
            dechunk(&mut body);
            assert_eq!(String::from_utf8(body).unwrap(), page, "{name}");
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// One uncompressed block, followed by the end.
    fn brotli(text: &[u8; 8]) -> Vec<u8> {
        [b"\x8b\x03\x80".as_slice(), text, b"\x03"].concat()
    }

    #[test]
    fn codings() {
        let page = b"<p>page!";
        let bomb = vec![b' '; 500_000];
        let cases: [(&str, &str, Vec<u8>, Result<&[u8], FailureKind>); 15] = [
            ("none", "", page.to_vec(), Ok(page)),
            ("none, and packed", "", gzip(page), Ok(page)),
            ("gzip", "gzip", gzip(page), Ok(page)),
            ("by its old name", "X-Gzip", gzip(page), Ok(page)),
            ("deflate", "deflate", zlib(page), Ok(page)),
            ("deflate, bare", "deflate", deflate(page), Ok(page)),
            ("brotli", "br", brotli(page), Ok(page)),
            ("two", "deflate, gzip", gzip(&zlib(page)), Ok(page)),
            ("said, but undone: gzip", "gzip", page.to_vec(), Ok(page)),
            ("said, but undone: deflate", "deflate", page.to_vec(), Ok(page)),
            ("said, but undone: brotli", "br", page.to_vec(), Ok(page)),
            ("near miss: damaged", "deflate", zlib(page)[..5].to_vec(), Err(FailureKind::Compression)),
            ("near miss: no brotli", "br", b"\xff\x01".repeat(50), Err(FailureKind::Compression)),
            ("bomb", "deflate", zlib(&bomb), Err(FailureKind::TooLarge)),
            ("too many", "br,br,br,br", page.to_vec(), Err(FailureKind::Compression)),
        ];
        for (name, encoding, body, expected) in cases {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n");
            let mut undone = Vec::new();
            let result = Response::parse(head.as_bytes()).unwrap().coding.undo(body, 1000, &mut undone);
            assert_eq!(result.map(|()| undone.as_slice()).map_err(|failure| failure.kind), expected, "{name}");
        }
    }
}
