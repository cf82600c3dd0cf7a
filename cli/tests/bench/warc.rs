//! Makes crawls for tests.

/// A record with its head, body and end.
pub(crate) fn record(kind: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// The response of a server: `head` without its empty line, each line with a line end.
pub(crate) fn response(id: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: <https://example.org/{id}>\r\n\
         WARC-Date: 2025-04-18T01:02:03Z\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    record("response", &fields, &[head.as_bytes(), b"\r\n", body].concat())
}

/// A page in a plain response.
pub(crate) fn page(id: &str, body: &str) -> Vec<u8> {
    response(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", body.as_bytes())
}

/// The text of a page, as in WET files.
pub(crate) fn conversion(id: &str, text: &str) -> Vec<u8> {
    let fields = format!("WARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: text/plain\r\n");
    record("conversion", &fields, text.as_bytes())
}

/// A body in chunks of 100 bytes.
pub(crate) fn chunked(body: &[u8]) -> Vec<u8> {
    let mut chunks = Vec::new();
    for chunk in body.chunks(100) {
        chunks.extend([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    }
    chunks.extend(b"0\r\n\r\n");
    chunks
}
