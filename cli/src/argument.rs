//! An argument of the command line, and the pages it stands for.

use crate::archive::{self, Kind, Pages, Stream, Volume};
use crate::name::{id_of, id_of_file, is_page};
use crate::page::{Failure, FailureKind};
use crate::source::{Place, Source};
use crate::unpack::Unpacked;
use anyhow::{Context, bail};
use globset::{GlobBuilder, GlobMatcher};
use same_file::Handle;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;

/// The argument for standard input, and its name.
const STDIN: &str = "-";

/// A parsed argument.
#[derive(Debug)]
pub(crate) enum Argument {
    /// One page that can be read only once.
    Page(Source),
    /// An archive that can be read only once.
    Archive(Box<Stream>, Kind, Volume),
    /// A page, or an archive of this kind.
    File(PathBuf, Option<Kind>),
    Folder(PathBuf),
    Pattern {
        base: PathBuf,
        rest: GlobMatcher,
    },
}

impl Argument {
    pub(crate) fn stdin() -> Argument {
        Argument::stream(STDIN.into(), STDIN.into(), Ok(Box::new(io::stdin())))
    }

    /// Standard input or another pipe. Waits for its first bytes, which show whether it is one page or an archive.
    fn stream(id: String, name: String, input: io::Result<Box<dyn Read + Send>>) -> Argument {
        let open = || {
            let mut stream = Box::new(archive::stream(Unpacked::new(input?)));
            Kind::of_stream(&mut stream).map(|kind| (stream, kind))
        };
        match open() {
            Ok((stream, Some(kind))) => Argument::Archive(stream, kind, Volume::new(id, name)),
            Ok((stream, None)) => Argument::Page(Source::new(id, name, Place::Stream(stream))),
            Err(error) => Argument::Page(Source::lost(id, name, error.into())),
        }
    }

    /// An existing file or folder is taken literally, even if its name looks like a pattern.
    pub(crate) fn parse(argument: &OsStr) -> anyhow::Result<Argument> {
        if argument == STDIN {
            return Ok(Argument::stdin());
        }
        let path = Path::new(argument);
        if path.is_dir() {
            return Ok(Argument::Folder(path.to_owned()));
        }
        let wild = |text: &OsStr| text.to_str().is_some_and(|text| text.contains(['*', '?', '[', '{']));
        if path.exists() && !path.is_file() {
            let input = File::open(path).map(|file| Box::new(file) as Box<dyn Read + Send>);
            return Ok(Argument::stream(id_of_file(path), path.to_string_lossy().into_owned(), input));
        }
        if path.exists() || !wild(argument) {
            return Ok(Argument::File(path.to_owned(), Kind::find(path)));
        }
        let base: PathBuf = path.components().take_while(|part| !wild(part.as_os_str())).collect();
        let rest = path.strip_prefix(&base).unwrap_or(path);
        let Some(rest) = rest.to_str() else { bail!("{}: not a pattern in UTF-8", path.display()) };
        let glob = GlobBuilder::new(rest).literal_separator(true).build();
        let rest = glob.with_context(|| path.display().to_string())?.compile_matcher();
        Ok(Argument::Pattern { base, rest })
    }

    /// Whether it may yield more than one page.
    pub(crate) fn is_several(&self) -> bool {
        match self {
            Argument::Page(_) => false,
            Argument::File(_, kind) => kind.is_some(),
            Argument::Archive(..) | Argument::Folder(_) | Argument::Pattern { .. } => true,
        }
    }

    /// Whether it is the file that is written to.
    pub(crate) fn is_output(&self, terms: &Terms) -> bool {
        match self {
            Argument::File(path, _) => terms.is_output(|| Handle::from_path(path)),
            Argument::Page(_) | Argument::Archive(..) => self.name() == STDIN && terms.is_output(Handle::stdin),
            Argument::Folder(_) | Argument::Pattern { .. } => false,
        }
    }

    /// The argument as it was given.
    pub(crate) fn name(&self) -> String {
        match self {
            Argument::Page(source) => source.name.clone(),
            Argument::Archive(_, _, volume) => volume.name().to_owned(),
            Argument::File(path, _) | Argument::Folder(path) => path.display().to_string(),
            Argument::Pattern { base, rest } => base.join(rest.glob().glob()).display().to_string(),
        }
    }

    pub(crate) fn sources(self, terms: &Arc<Terms>) -> Pages {
        match self {
            Argument::Page(source) => terms.found(one(source)),
            Argument::Archive(stream, kind, volume) => terms.found(archive::cut(*stream, kind, volume, terms.limit)),
            Argument::File(path, kind) => file(id_of_file(&path), path, kind, terms),
            Argument::Folder(path) => Box::new(walk(path, usize::MAX, is_page, Arc::clone(terms))),
            Argument::Pattern { base, rest } => {
                let glob = rest.glob().glob();
                let depth = if glob.contains("**") { usize::MAX } else { Path::new(glob).components().count() };
                Box::new(walk(base, depth, move |path| rest.is_match(path), Arc::clone(terms)))
            }
        }
    }
}

/// What applies to all pages of a run, and what became of them.
#[derive(Debug)]
pub(crate) struct Terms {
    /// Maximum length of a page in bytes.
    limit: usize,
    /// The file that the records are written to. It grows while it is read, so it is never a page.
    output: Option<Handle>,
    /// Number of files read or to be read, for the present argument.
    pub(crate) files: AtomicU64,
    /// Number of files that are left out for their names.
    pub(crate) skipped: AtomicU64,
}

impl Terms {
    pub(crate) fn new(limit: usize, output: Option<Handle>) -> Terms {
        Terms { limit, output, files: AtomicU64::new(0), skipped: AtomicU64::new(0) }
    }

    /// Whether a file, or what is open as standard input, is the output.
    pub(crate) fn is_output(&self, input: impl FnOnce() -> io::Result<Handle>) -> bool {
        self.output.as_ref().is_some_and(|output| input().is_ok_and(|input| input == *output))
    }

    fn found(&self, pages: Pages) -> Pages {
        self.files.fetch_add(1, Ordering::Relaxed);
        pages
    }
}

fn one(source: Source) -> Pages {
    Box::new(std::iter::once(source))
}

/// The pages in a file: one, or many if it is an archive.
fn file(id: String, path: PathBuf, kind: Option<Kind>, terms: &Terms) -> Pages {
    let name = path.to_string_lossy().into_owned();
    terms.found(match kind {
        None => one(Source::new(id, name, Place::File(path))),
        Some(kind) => archive::pages(&path, kind, Volume::new(id, name), terms.limit),
    })
}

/// The files down to `depth` below `base` whose relative path is `wanted`, sorted by name in each folder. Skips hidden
/// files: `.git`, `.DS_Store`, and our own temporary output.
fn walk(
    base: PathBuf,
    depth: usize,
    wanted: impl Fn(&Path) -> bool + Send,
    terms: Arc<Terms>,
) -> impl Iterator<Item = Source> + Send {
    // An empty base is the current folder, which should not show in the paths.
    let root = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base.clone() };
    let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(&root).max_depth(depth).follow_links(true).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(move |entry| entry.depth() == 0 || !hidden(entry.file_name()));
    let sources = entries.filter_map(move |entry| match entry {
        Ok(entry) => {
            let relative = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            if !entry.file_type().is_file() || terms.is_output(|| Handle::from_path(entry.path())) {
                return None;
            }
            if !wanted(relative) {
                terms.skipped.fetch_add(1, Ordering::Relaxed);
                return None;
            }
            let path = base.join(relative);
            let kind = Kind::find(&path);
            Some(file(id_of(relative), path, kind, &terms))
        }
        Err(error) => {
            let path = error.path().unwrap_or(&root);
            let relative = path.strip_prefix(&root).unwrap_or(path);
            // A folder that cannot be listed may hold pages. A link that leads nowhere is one only if it is named like
            // one, and one that leads up leads to what is read anyway.
            let may_be_page = !relative.file_name().is_none_or(hidden) && wanted(relative);
            if error.loop_ancestor().is_some() || !path.is_dir() && !may_be_page {
                return None;
            }
            let id = if path == root { id_of_file(path) } else { id_of(relative) };
            let name = path.to_string_lossy().into_owned();
            // The whole error names the path once more.
            let reason = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
            Some(terms.found(one(Source::lost(id, name, Failure::new(FailureKind::Io, reason)))))
        }
    });
    sources.flatten()
}
