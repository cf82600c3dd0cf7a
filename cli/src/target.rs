//! Where the results go, and in which form.

use crate::args::{Args, Format};
use crate::explain::Look;
use crate::output::Output;
use crate::piece::{Piece, View};
use crate::progress::{Progress, tell};
use crate::resume::Done;
use crate::run::Summary;
use anyhow::{Context, bail};
use same_file::Handle;
use std::io;
use std::path::{Path, PathBuf};

/// Where the results go, and in which form.
pub(crate) struct Target<'a> {
    /// Whether there may be more than one page.
    pub(crate) several: bool,
    pub(crate) view: View,
    /// `None` for standard output.
    pub(crate) file: Option<&'a Path>,
}

impl<'a> Target<'a> {
    /// Fails if the options do not fit together.
    pub(crate) fn new(args: &'a Args, several: bool) -> anyhow::Result<Target<'a>> {
        let format = args.to.unwrap_or(if several { Format::Jsonl } else { Format::Text });
        if several && matches!(format, Format::Text | Format::Markdown | Format::Html) && !args.explain {
            bail!("several pages cannot be told apart in one such document: use --to jsonl or json");
        }
        if several && args.url.is_some() {
            bail!("--url is the address of one page: use --about for several");
        }
        if args.resume && format != Format::Jsonl {
            bail!("--resume needs --to jsonl");
        }
        let file = args.output.as_deref().filter(|path| path.as_os_str() != "-");
        let view = match args.explain {
            false => View::Document(format),
            true if file.is_some() => View::Explained(Look::PLAIN),
            true => View::Explained(Look::of_stdout()),
        };
        Ok(Target { several, view, file })
    }

    /// Opens the output. Returns the pages that are already in it as well.
    pub(crate) fn open(&self, resume: bool) -> anyhow::Result<(Output, Done)> {
        let Some(path) = self.file else { return Ok((Output::stdout(), Done::default())) };
        let is_resumable = matches!(self.view, View::Document(Format::Jsonl));
        let open = || match resume {
            true => Output::resume(path),
            false => Ok((Output::create(path, is_resumable)?, Done::default())),
        };
        open().with_context(|| path.display().to_string())
    }

    /// The file that is written to, which must not be read as a page.
    pub(crate) fn handle(&self) -> Option<Handle> {
        let handle = match self.file {
            Some(path) if path.is_file() => Handle::from_path(path).ok()?,
            // Holding a pipe open would hide that its reader is gone.
            Some(_) => return None,
            None => Handle::stdout().ok()?,
        };
        handle.as_file().metadata().is_ok_and(|found| found.is_file()).then_some(handle)
    }

    /// Whether the records are written as one JSON array.
    fn is_array(&self) -> bool {
        self.several && matches!(self.view, View::Document(Format::Json))
    }
}

/// Writes the results in order, counts them and shows the progress.
pub(crate) struct Writer<'a> {
    target: &'a Target<'a>,
    output: Output,
    progress: Progress,
    summary: Summary,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(target: &'a Target<'a>, output: Output, summary: Summary) -> Writer<'a> {
        let progress = Progress::new(target.several, target.file.is_none());
        Writer { target, output, progress, summary }
    }

    pub(crate) fn write(&mut self, piece: &Piece) -> io::Result<()> {
        self.summary.count(piece.without_article, piece.failed);
        self.progress.update(&self.summary);
        if let (Some(notice), false) = (&piece.notice, self.target.several) {
            tell(notice);
        }
        if !self.target.is_array() {
            return self.output.write(&piece.bytes);
        }
        self.output.write(if self.summary.pages == 1 { b"[\n" } else { b",\n" })?;
        self.output.write(piece.bytes.trim_ascii_end())
    }

    /// Completes the output, unless writing has already failed or no pages were found. Returns where the records are if
    /// they are not there.
    pub(crate) fn finish(self, written: io::Result<()>, found: bool) -> (Summary, io::Result<Option<PathBuf>>) {
        let Writer { target, mut output, progress, summary } = self;
        let complete = || {
            if !found {
                return Ok(None);
            }
            if target.is_array() {
                output.write(if summary.pages == 0 { b"[]\n" } else { b"\n]\n" })?;
            }
            output.finish(summary.failed > 0 && summary.failed == summary.pages)
        };
        let written = written.and_then(|()| complete());
        progress.finish();
        (summary, written)
    }
}
