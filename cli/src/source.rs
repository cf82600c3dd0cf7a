//! Where pages come from: the arguments, expanded one page at a time.

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
    /// Path relative to the argument, without its endings; of a part of an archive what that calls it.
    pub(crate) id: String,
    /// What to call it: the path as one would type it.
    pub(crate) name: String,
    /// What is known of it where it comes from.
    pub(crate) facts: Facts,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) enum Place {
    File(PathBuf),
    /// Standard input, begun to be read.
    Stream(Box<Stream>),
    /// A body as it came over the wire.
    Record {
        body: Vec<u8>,
        coding: Coding,
    },
    /// An object of JSON, its page not taken out.
    Line(Vec<u8>),
    /// Nowhere: it could not even be listed, or cut out.
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

/// Endings a page's file name may have, compression aside. Only folders look at them: what is named is read.
const PAGES: [&str; 11] = ["html", "htm", "xhtml", "shtml", "txt", "md", "markdown", "php", "asp", "aspx", "jsp"];
/// Endings that say nothing about the page and so are left out of its id.
const PLAIN: [&str; 3] = ["html", "htm", "txt"];
const PACKED: [&str; 2] = ["gz", "zst"];

/// An argument, understood.
#[derive(Debug)]
pub(crate) enum Argument {
    /// Standard input that holds one page.
    Page(Place),
    /// Standard input that holds many.
    Archive(Box<Stream>, Kind),
    File(PathBuf),
    Folder(PathBuf),
    Pattern {
        base: PathBuf,
        matcher: GlobMatcher,
    },
}

impl Argument {
    /// Standard input. Its beginning is waited for, since it tells whether this is one page or many.
    pub(crate) fn stdin() -> Argument {
        let mut stream = Box::new(archive::stream(Unpacked::new(Box::new(io::stdin()))));
        match Kind::of_stream(&mut stream) {
            Ok(Some(kind)) => Argument::Archive(stream, kind),
            Ok(None) => Argument::Page(Place::Stream(stream)),
            Err(error) => Argument::Page(Place::Lost(error.into())),
        }
    }

    /// What exists is taken by its name, whatever characters it has; only then is a pattern looked for.
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

    /// Whether it may stand for more than one page.
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

/// All pages, in the order of the arguments and of the names below them. Lazy: a folder of millions costs no memory, and an
/// archive of millions a few records.
pub(crate) fn sources(arguments: Vec<Argument>, terms: Terms) -> impl Iterator<Item = Source> + Send {
    let terms = Arc::new(terms);
    arguments.into_iter().flat_map(move |argument| argument.sources(&terms))
}

fn one(source: Source) -> Pages {
    Box::new(std::iter::once(source))
}

/// What is in a file: a page, or many.
fn file(relative: Option<&Path>, path: PathBuf, terms: &Terms) -> Pages {
    let id = id_of(relative.unwrap_or(&path));
    let name = path.to_string_lossy().into_owned();
    match Kind::of(&path) {
        None => one(Source::new(id, name, Place::File(path))),
        Some(kind) => archive::pages(&path, kind, Volume::new(id, name), terms),
    }
}

/// The files below `base` whose relative path is `wanted`, sorted by name in each folder. Hidden ones are passed over:
/// `.git`, `.DS_Store`, and our own output while it is written.
fn walk(
    base: PathBuf,
    wanted: impl Fn(&Path) -> bool + Send,
    terms: Arc<Terms>,
) -> impl Iterator<Item = Source> + Send {
    // An empty base is where we are, but its name shall not show in the paths.
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

/// Whether a folder's file is read: a page, or a crawl. Lines of JSON are not: they may be an older output.
fn is_page(path: &Path) -> bool {
    let name = Path::new(unpacked(path.file_name().unwrap_or_default()));
    let is_page = name.extension().is_none_or(|ending| PAGES.iter().any(|page| ending.eq_ignore_ascii_case(page)));
    is_page || Kind::of(path) == Some(Kind::Warc)
}

/// Whether the name says that the file is packed.
pub(crate) fn is_packed(path: &Path) -> bool {
    path.file_name().is_some_and(|name| without(name, &PACKED).is_some())
}

/// The name without the ending of packed files.
pub(crate) fn unpacked(name: &OsStr) -> &OsStr {
    without(name, &PACKED).unwrap_or(name)
}

/// The name without its ending, if it is one of these and not all of it.
fn without<'a>(name: &'a OsStr, endings: &[&str]) -> Option<&'a OsStr> {
    let path = Path::new(name);
    let ending = path.extension()?;
    endings.iter().any(|e| ending.eq_ignore_ascii_case(e)).then(|| path.file_stem())?
}

/// With `/` between folders on every system.
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
        *name = without(unpacked, &PLAIN).unwrap_or(unpacked).to_owned();
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
