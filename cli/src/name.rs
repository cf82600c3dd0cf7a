//! What the name of a file says about it.

use crate::archive::Kind;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path};

/// Extensions of pages, not counting compression. Only used for files in folders; named files are always read.
const PAGE_EXTENSIONS: [&str; 16] = [
    "html", "htm", "html5", "xhtml", "shtml", "phtml", "txt", "md", "markdown", "php", "asp", "aspx", "jsp", "do",
    "cfm", "cgi",
];
/// Extensions that are left out of ids.
const ID_EXTENSIONS: [&str; 3] = ["html", "htm", "txt"];
/// Extensions of compressed files.
const PACKED_EXTENSIONS: [&str; 2] = ["gz", "zst"];

/// Whether a file in a folder is read: a page or a crawl, but not JSON Lines, which may be an older output.
pub(crate) fn is_page(path: &Path) -> bool {
    is_named_page(path) || bare(path).extension().is_none() || Kind::of(path) == Some(Kind::Warc)
}

/// Whether the file has a name of pages. Crawlers append what was asked for: `a.php?id=3`, `a.php@id=3`.
pub(crate) fn is_named_page(path: &Path) -> bool {
    let is_page = |name: &Path| {
        name.extension().is_some_and(|ending| PAGE_EXTENSIONS.iter().any(|page| ending.eq_ignore_ascii_case(page)))
    };
    let name = bare(path);
    let asked = name.to_str().and_then(|name| name.split(['?', '@']).next()).unwrap_or_default();
    is_page(name) || is_page(Path::new(asked))
}

/// The file name without the extension of a compressed file.
fn bare(path: &Path) -> &Path {
    Path::new(unpacked(path.file_name().unwrap_or_default()))
}

/// Whether the file name indicates compression.
pub(crate) fn is_packed(path: &Path) -> bool {
    path.file_name().is_some_and(|name| without(name, &PACKED_EXTENSIONS).is_some())
}

/// The name without the extension of a compressed file.
pub(crate) fn unpacked(name: &OsStr) -> &OsStr {
    without(name, &PACKED_EXTENSIONS).unwrap_or(name)
}

/// The name without its extension, if that is one of `endings` and not the whole name.
fn without<'a>(name: &'a OsStr, endings: &[&str]) -> Option<&'a OsStr> {
    let path = Path::new(name);
    let ending = path.extension()?;
    endings.iter().any(|e| ending.eq_ignore_ascii_case(e)).then(|| path.file_stem())?
}

/// The id of a file that was named.
pub(crate) fn id_of_file(path: &Path) -> String {
    id_of(path.file_name().map_or(path, Path::new))
}

/// The id of a path, with `/` as separator on every system.
pub(crate) fn id_of(relative: &Path) -> String {
    let mut parts: Vec<OsString> = relative
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_owned()),
            Component::ParentDir => Some("..".into()),
            _ => None,
        })
        .collect();
    if let Some(name) = parts.last_mut() {
        let unpacked = unpacked(name);
        *name = without(unpacked, &ID_EXTENSIONS).unwrap_or(unpacked).to_owned();
    }
    parts.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let cases = [
            ("a.html", "a"),
            ("a.htm.gz", "a"),
            ("x/b.TXT.zst", "x/b"),
            ("a.gz", "a"),
            ("near miss: another ending.php", "near miss: another ending.php"),
            ("near miss: only one.html.html", "near miss: only one.html"),
            (".html", ".html"),
            ("html", "html"),
        ];
        for (path, id) in cases {
            assert_eq!(id_of(Path::new(path)), id, "{path}");
        }
    }

    #[test]
    fn pages_of_a_folder() {
        let cases = [
            ("a.html", true),
            ("a", true),
            ("a.gz", true),
            ("a.jpg", false),
            ("a.json.gz", false),
            ("A.HTM", true),
            ("a.warc.gz", true),
            ("a.warc.WET", true),
            ("warc.gz", true),
            ("a.wat", false),
            ("a.html?id=3", true),
            ("a.html@p=1.5.gz", true),
            ("a.PHTML", true),
            ("a?id=3", true),
            ("near miss: a.css?v=3", false),
            ("near miss: logo@2x.png", false),
            ("near miss: a.html.png", false),
        ];
        for (path, taken) in cases {
            assert_eq!(is_page(Path::new(path)), taken, "{path}");
        }
    }
}
