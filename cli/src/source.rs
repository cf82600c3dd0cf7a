//! Finds the pages to read: expands the arguments lazily.

use crate::about::Facts;
use crate::archive::{self, Coding, Kind, Pages, Stream, Terms, Volume};
use crate::page::{Failure, FailureKind};
use crate::unpack::Unpacked;
use anyhow::{Context, bail};
use globset::{GlobBuilder, GlobMatcher};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

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
    /// Standard input, of which some bytes have been read ahead.
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

/// Extensions of pages, not counting compression. Only used for files in folders; named files are always read.
const PAGE_EXTENSIONS: [&str; 11] =
    ["html", "htm", "xhtml", "shtml", "txt", "md", "markdown", "php", "asp", "aspx", "jsp"];
/// Extensions that are left out of ids.
const ID_EXTENSIONS: [&str; 3] = ["html", "htm", "txt"];
/// Extensions of compressed files.
const PACKED_EXTENSIONS: [&str; 2] = ["gz", "zst"];

/// A parsed argument.
#[derive(Debug)]
pub(crate) enum Argument {
    /// Standard input with one page.
    Page(Place),
    /// Standard input with an archive.
    Archive(Box<Stream>, Kind),
    File(PathBuf),
    Folder(PathBuf),
    Pattern {
        base: PathBuf,
        matcher: GlobMatcher,
    },
}

impl Argument {
    /// Standard input. Waits for its first bytes, which show whether it is one page or an archive.
    pub(crate) fn stdin() -> Argument {
        let mut stream = Box::new(archive::stream(Unpacked::new(Box::new(io::stdin()))));
        match Kind::of_stream(&mut stream) {
            Ok(Some(kind)) => Argument::Archive(stream, kind),
            Ok(None) => Argument::Page(Place::Stream(stream)),
            Err(error) => Argument::Page(Place::Lost(error.into())),
        }
    }

    /// An existing file or folder is taken literally, even if its name looks like a pattern.
    pub(crate) fn parse(argument: &OsStr) -> anyhow::Result<Argument> {
        if argument == "-" {
            return Ok(Argument::stdin());
        }
        let path = Path::new(argument);
        if path.is_dir() {
            return Ok(Argument::Folder(path.to_owned()));
        }
        let wild = |text: &OsStr| text.to_str().is_some_and(|text| text.contains(['*', '?', '[', '{']));
        if path.exists() || !wild(argument) {
            return Ok(Argument::File(path.to_owned()));
        }
        let base: PathBuf = path.components().take_while(|part| !wild(part.as_os_str())).collect();
        let rest = path.strip_prefix(&base).unwrap_or(path);
        let Some(rest) = rest.to_str() else { bail!("{}: not a pattern in UTF-8", path.display()) };
        let glob = GlobBuilder::new(rest).literal_separator(true).build();
        let matcher = glob.with_context(|| path.display().to_string())?.compile_matcher();
        Ok(Argument::Pattern { base, matcher })
    }

    /// Whether it may yield more than one page.
    pub(crate) fn is_several(&self) -> bool {
        match self {
            Argument::Page(_) => false,
            Argument::File(path) => Kind::of(path).is_some(),
            Argument::Archive(..) | Argument::Folder(_) | Argument::Pattern { .. } => true,
        }
    }

    fn sources(self, terms: &Arc<Terms>) -> Pages {
        let stdin = || String::from("-");
        match self {
            Argument::Page(place) => one(Source::new(stdin(), stdin(), place)),
            Argument::Archive(stream, kind) => archive::cut(*stream, kind, Volume::new(stdin(), stdin()), terms.limit),
            Argument::File(path) => file(path.file_name().map(Path::new), path.clone(), terms),
            Argument::Folder(path) => Box::new(walk(path, is_page, Arc::clone(terms))),
            Argument::Pattern { base, matcher } => {
                Box::new(walk(base, move |path| matcher.is_match(path), Arc::clone(terms)))
            }
        }
    }
}

/// All pages, in the order of the arguments and sorted by name within each. Lazy: a folder of millions costs no memory,
/// and an archive of millions a few records.
pub(crate) fn sources(arguments: Vec<Argument>, terms: Terms) -> impl Iterator<Item = Source> + Send {
    let terms = Arc::new(terms);
    arguments.into_iter().flat_map(move |argument| argument.sources(&terms))
}

fn one(source: Source) -> Pages {
    Box::new(std::iter::once(source))
}

/// The pages in a file: one, or many if it is an archive.
fn file(relative: Option<&Path>, path: PathBuf, terms: &Terms) -> Pages {
    let id = id_of(relative.unwrap_or(&path));
    let name = path.to_string_lossy().into_owned();
    match Kind::of(&path) {
        None => one(Source::new(id, name, Place::File(path))),
        Some(kind) => archive::pages(&path, kind, Volume::new(id, name), terms),
    }
}

/// The files below `base` whose relative path is `wanted`, sorted by name in each folder. Skips hidden files: `.git`,
/// `.DS_Store`, and our own temporary output.
fn walk(
    base: PathBuf,
    wanted: impl Fn(&Path) -> bool + Send,
    terms: Arc<Terms>,
) -> impl Iterator<Item = Source> + Send {
    // An empty base is the current folder, which should not show in the paths.
    let root = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base.clone() };
    let hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(&root).follow_links(true).sort_by_file_name().into_iter();
    let sources = entries.filter_entry(move |entry| !hidden(entry)).filter_map(move |entry| match entry {
        Ok(entry) => {
            let relative = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            let take = entry.file_type().is_file() && wanted(relative);
            take.then(|| file(Some(relative), base.join(relative), &terms))
        }
        Err(error) => {
            let path = error.path().unwrap_or(&root);
            let id = id_of(path.strip_prefix(&root).unwrap_or(path));
            let name = path.to_string_lossy().into_owned();
            Some(one(Source::lost(id, name, Failure::new(FailureKind::Io, error))))
        }
    });
    sources.flatten()
}

/// Whether a file in a folder is read: a page or a crawl, but not JSON Lines, which may be an older output.
fn is_page(path: &Path) -> bool {
    let name = Path::new(unpacked(path.file_name().unwrap_or_default()));
    let is_page =
        name.extension().is_none_or(|ending| PAGE_EXTENSIONS.iter().any(|page| ending.eq_ignore_ascii_case(page)));
    is_page || Kind::of(path) == Some(Kind::Warc)
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

/// The id of a path, with `/` as separator on every system.
fn id_of(relative: &Path) -> String {
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
        ];
        for (path, taken) in cases {
            assert_eq!(is_page(Path::new(path)), taken, "{path}");
        }
    }
}
