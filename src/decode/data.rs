//! Whether a text is data, meant for programs: a feed, a site map, JSON, a table of values, a script, a style sheet.
//!
//! Crawls bring them by the million under the addresses of pages. A document is known by its form as a whole, never by a
//! part of it, since articles quote data, and flattened pages have scripts left in.

mod code;
mod json;
mod table;

use crate::types::Reason;
pub(crate) use code::is_code;
use memchr::memmem;

/// What a text is instead of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Data {
    /// RSS or Atom, one item or many: what it holds of articles are mostly their beginnings.
    Feed,
    /// Addresses for search engines.
    Map,
    /// JSON, one of whose strings may be an article.
    Json,
    /// Anything else that nobody reads.
    Other,
}

impl Data {
    /// What stands in the place of an article.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Data::Feed => Reason::Related,
            Data::Map => Reason::Navigation,
            Data::Json | Data::Other => Reason::Data,
        }
    }
}

/// What kind of data a text is by its form. Of a page with markup or of running text only the first bytes are looked at.
pub(crate) fn data(text: &str) -> Option<Data> {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.as_bytes().first()? {
        b'<' => xml(text),
        b'{' | b'[' => json::is_json(text).then_some(Data::Json),
        _ if is_addresses(text) => Some(Data::Map),
        _ => (is_robots(text)
            || is_sql(text)
            || HEADS.iter().any(|head| text.starts_with(head))
            || table::is_table(text))
        .then_some(Data::Other),
    }
}

/// How calendars, address cards and lists of films begin.
const HEADS: [&str; 3] = ["BEGIN:VCALENDAR", "BEGIN:VCARD", "#EXTM3U"];

/// Lines from which a list of addresses is one.
const LIST: usize = 4;

/// Whether each line is an address.
fn is_addresses(text: &str) -> bool {
    let is_address = |line: &str| {
        line.is_empty() || line.contains("://") && line.starts_with("http") && !line.contains(char::is_whitespace)
    };
    text.lines().all(|line| is_address(line.trim())) && text.lines().nth(LIST - 1).is_some()
}

/// Whether a text is the dump of a database: statements from the first line to the last, but for comments.
fn is_sql(text: &str) -> bool {
    const STARTS: [&str; 8] =
        ["CREATE ", "DROP TABLE", "INSERT INTO", "LOCK TABLES", "SET ", "START TRANSACTION", "USE ", "/*!"];
    let is_statement = |line: &&str| !line.trim().is_empty() && !line.starts_with("--");
    let first = text.lines().find(is_statement).unwrap_or_default();
    let is_sql =
        STARTS.iter().any(|start| first.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start)));
    // `SET` and `USE` begin sentences, too, but those end otherwise.
    is_sql && text.lines().rev().find(is_statement).is_some_and(|last| last.trim_end().ends_with(';'))
}

/// Root elements of feeds and of lists of addresses, without prefix.
const FEEDS: [&str; 3] = ["rss", "feed", "rdf"];
const MAPS: [&str; 3] = ["urlset", "sitemapindex", "opml"];

/// Beginnings of elements that hold text, in HTML and elsewhere (DocBook, TEI, office documents).
const TEXTS: [&str; 9] = ["<p>", "<p ", "<P>", "<div", "<body", "<table", "<para", ":p>", ":p "];

fn xml(text: &str) -> Option<Data> {
    let is_declared = text.starts_with("<?xml");
    let root = if is_declared { root(text)? } else { name(text) };
    let is = |names: &[&str]| names.iter().any(|name| root.eq_ignore_ascii_case(name));
    match () {
        () if is(&FEEDS) => Some(Data::Feed),
        () if is(&MAPS) => Some(Data::Map),
        () if !is_declared || is(&["html"]) => None,
        // Some XML is an article, of a journal for example.
        () => (!TEXTS.iter().any(|start| memmem::find(text.as_bytes(), start.as_bytes()).is_some()))
            .then_some(Data::Other),
    }
}

/// The name of the first element, after declarations and comments.
fn root(mut text: &str) -> Option<&str> {
    loop {
        let end = match text.as_bytes().get(1)? {
            b'?' => "?>",
            b'!' if text.starts_with("<!--") => "-->",
            b'!' => ">",
            _ => return Some(name(text)),
        };
        text = text.split_once(end)?.1.trim_start();
        if !text.starts_with('<') {
            return None;
        }
    }
}

/// The name of the tag at the start of a text, without prefix.
fn name(text: &str) -> &str {
    let inside = text.strip_prefix('<').unwrap_or_default();
    let end = inside.bytes().take(NAME).position(|byte| !byte.is_ascii_alphanumeric() && byte != b':');
    let name = end.and_then(|end| inside.get(..end)).unwrap_or_default();
    name.split_once(':').map_or(name, |(_, name)| name)
}

/// No name that is looked for is longer, in bytes.
const NAME: usize = 32;

/// Whether a text is the rules of a site for robots: fields and comments only, the agent first.
fn is_robots(text: &str) -> bool {
    const AGENT: &[u8] = b"user-agent:";
    let mut fields = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).peekable();
    let is_agent = |line: &&str| line.as_bytes().get(..AGENT.len()).is_some_and(|l| l.eq_ignore_ascii_case(AGENT));
    fields.peek().is_some_and(is_agent)
        && fields.all(|line| line.split_once(':').is_some_and(|(name, _)| !name.trim().contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_form() {
        let item = "<item><title>Ferry delayed</title><description>The ferry left at nine.</description></item>";
        let cases = [
            (
                "feed",
                format!("<?xml version='1.0'?>\n<!-- made by a -->\n<rss><channel>{item}</channel></rss>"),
                Some(Data::Feed),
            ),
            ("feed without declaration", format!("\u{feff}<rss version=\"2.0\">{item}</rss>"), Some(Data::Feed)),
            ("feed, old", format!("<?xml version='1.0'?><rdf:RDF xmlns='x'>{item}</rdf:RDF>"), Some(Data::Feed)),
            ("feed, Atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry/></feed>".into(), Some(Data::Feed)),
            (
                "site map",
                "<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>".into(),
                Some(Data::Map),
            ),
            (
                "answer of a service",
                "<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>".into(),
                Some(Data::Other),
            ),
            (
                "near miss: a page",
                "<?xml version='1.0'?><!DOCTYPE html><html><body>The ferry.</body></html>".into(),
                None,
            ),
            (
                "near miss: an article",
                "<?xml version='1.0'?><article><body><p>The ferry.</p></body></article>".into(),
                None,
            ),
            ("near miss: markup", "<feedback>The ferry left at nine.</feedback>".into(), None),
            ("near miss: cut", "<?xml version='1.0'".into(), None),
            (
                "robots",
                "# Rules\nUser-agent: *\nDisallow: /a/\n\nSitemap: https://a.example/s.xml".into(),
                Some(Data::Other),
            ),
            (
                "near miss: about robots",
                "User-agent: this line names a robot\n\nWhat follows is for that robot alone.".into(),
                None,
            ),
            ("calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR".into(), Some(Data::Other)),
            ("addresses", "https://a.example/b\n".repeat(9), Some(Data::Map)),
            ("near miss: a post with one", "https://a.example/b\n배가 떠났다\nhttps://a.example/c\nhttps://a.example/d".into(), None),
            ("dump", "-- Dump\n\nCREATE TABLE `a` (b int);\nINSERT INTO `a` VALUES (1,'배가 떠났다. 아무도 없었다.');\n-- End".into(), Some(Data::Other)),
            ("near miss: on a dump", "CREATE TABLE is the statement to begin with.\n\nThen comes INSERT INTO.".into(), None),
            ("JSON", "[{\"title\": \"The ferry\"}]".into(), Some(Data::Json)),
            ("near miss: brackets", "[강릉=들판일보] 배가 떠났다. [끝]".into(), None),
            ("nothing", " \n".into(), None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(data(&text), expected, "{name}");
        }
    }
}
