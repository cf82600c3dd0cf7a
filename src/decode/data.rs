//! Detects data for programs that a crawl took for a page: feeds, site maps, JSON, robots.txt.
//!
//! Only formats that can never be articles are detected. Heuristics for scripts, tables and logs also matched poems,
//! chats, recipes and questions about code.

mod json;

use crate::types::Reason;
use memchr::memmem;

/// Minimum number of lines of a list of addresses.
const MIN_ADDRESSES: usize = 4;

/// Root elements of feeds and of lists of addresses, without prefix.
const FEEDS: [&str; 3] = ["rss", "feed", "rdf"];
const MAPS: [&str; 3] = ["urlset", "sitemapindex", "opml"];

/// Elements that a feed contains one of. The root alone is not enough: pages use custom elements of the same names.
const ITEMS: [&str; 3] = ["<channel", "<item", "<entry"];

/// Maximum length in bytes of an element name that is looked at. Longer ones are none of the above.
const MAX_NAME_BYTES: usize = 32;

/// A format of data for programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Data {
    /// RSS or Atom, with one item or many. Items mostly contain only the beginning of an article.
    Feed,
    /// A site map or another list of addresses.
    Map,
    /// JSON. One of its strings may be an article.
    Json,
    /// A robots.txt file.
    Robots,
}

impl Data {
    /// What the page holds instead of an article.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Data::Feed => Reason::Related,
            Data::Map => Reason::Navigation,
            Data::Json | Data::Robots => Reason::Data,
        }
    }
}

/// Detects the format of a text; `None` for a page. Pages are recognised by their first bytes or lines, so this is fast
/// for them.
pub(crate) fn data(text: &str) -> Option<Data> {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.as_bytes().first()? {
        b'<' => xml(text),
        b'{' | b'[' => json::is_json(text).then_some(Data::Json),
        _ if is_addresses(text) => Some(Data::Map),
        _ => is_robots(text).then_some(Data::Robots),
    }
}

/// Whether each line is an address, and there are at least [`MIN_ADDRESSES`].
fn is_addresses(text: &str) -> bool {
    let is_address = |line: &str| {
        line.is_empty() || line.contains("://") && line.starts_with("http") && !line.contains(char::is_whitespace)
    };
    text.lines().all(|line| is_address(line.trim())) && text.lines().nth(MIN_ADDRESSES - 1).is_some()
}

fn xml(text: &str) -> Option<Data> {
    let root = root(text)?;
    let is = |names: &[&str]| names.iter().any(|name| root.eq_ignore_ascii_case(name));
    if is(&FEEDS) && ITEMS.iter().any(|item| memmem::find(text.as_bytes(), item.as_bytes()).is_some()) {
        return Some(Data::Feed);
    }
    is(&MAPS).then_some(Data::Map)
}

/// The name of the root element, after declarations and comments.
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
    let end = inside.bytes().take(MAX_NAME_BYTES).position(|byte| !byte.is_ascii_alphanumeric() && byte != b':');
    let name = end.and_then(|end| inside.get(..end)).unwrap_or_default();
    name.split_once(':').map_or(name, |(_, name)| name)
}

/// Whether a text is a robots.txt file: nothing but its fields and comments, with an agent first.
fn is_robots(text: &str) -> bool {
    const FIELDS: [&str; 7] = ["user-agent", "disallow", "allow", "sitemap", "crawl-delay", "host", "clean-param"];
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let mut fields = lines.map(|line| line.split_once(':').map_or("", |(name, _)| name.trim()));
    fields.next().is_some_and(|name| name.eq_ignore_ascii_case(FIELDS[0]))
        && fields.all(|name| FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)))
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
                Some(Data::Robots),
            ),
            (
                "near miss: about robots",
                "User-agent: this line names a robot\n\nWhat follows is for that robot alone.".into(),
                None,
            ),
            ("addresses", "https://a.example/b\n".repeat(9), Some(Data::Map)),
            (
                "near miss: a post with one",
                "https://a.example/b\n배가 떠났다\nhttps://a.example/c\nhttps://a.example/d".into(),
                None,
            ),
            ("JSON", "[{\"title\": \"The ferry\"}]".into(), Some(Data::Json)),
            ("near miss: brackets", "[강릉=들판일보] 배가 떠났다. [끝]".into(), None),
            (
                "near miss: an element of that name",
                "<feed><h1>The ferry</h1><p>It left at nine.</p></feed>".into(),
                None,
            ),
            (
                "feed behind a comment",
                format!("<!-- made by a --><rss><channel>{item}</channel></rss>"),
                Some(Data::Feed),
            ),
            ("near miss: fields of a text", "User-agent: a history\nBy: Ann\nWhy: nobody knows".into(), None),
            ("nothing", " \n".into(), None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(data(&text), expected, "{name}");
        }
    }
}
