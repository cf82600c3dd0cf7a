//! Runs the tool: from arguments to records.

use crate::about::{About, Facts};
use crate::args::Args;
use crate::argument::{Argument, Terms};
use crate::batch::in_order;
use crate::listing::Listing;
use crate::page::{Reader, Settings};
use crate::piece::Piece;
use crate::progress::tell;
use crate::target::{Target, Writer};
use anyhow::{Context, bail, ensure};
use copydesk::{Extractor, Page};
use same_file::Handle;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal};
use std::thread::available_parallelism;

/// The result of a run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// Pages with a record, including those of the run that `--resume` continues.
    pub pages: u64,
    /// Of these, pages without an article.
    pub without_article: u64,
    /// Of these, pages that could not be read.
    pub failed: u64,
}

/// Runs the tool.
///
/// # Errors
/// Wrong usage, and an output that cannot be written. An unreadable page is counted and gets a record instead. A closed
/// pipe is no error: its reader has all it wanted.
pub fn run(args: &Args) -> anyhow::Result<Summary> {
    let arguments = arguments(args)?;
    let target = Target::new(args, arguments.len() > 1 || arguments.iter().any(Argument::is_several))?;
    let settings = settings(args)?;
    let (output, mut done) = target.open(args.resume)?;
    let jobs = if target.several { args.jobs.or(available_parallelism().ok()).map_or(1, usize::from) } else { 1 };
    let terms = Terms::new(args.max_bytes, target.handle());
    check_output(args, &arguments, &terms)?;
    let mut listing = Listing::new(arguments, terms);
    let mut uses = settings.about.uses();
    let earlier = done.summary;
    let pages = listing.by_ref().filter(|source| {
        uses.count(&source.id);
        !done.takes(source)
    });
    let worker = || {
        let mut reader = Reader::new(&settings);
        move |source| Piece::new(&reader.page(source), target.view)
    };
    let mut writer = Writer::new(&target, output, earlier);
    let written = in_order(pages, jobs, worker, |piece: Piece| writer.write(&piece));
    let Listing { found, notes, .. } = listing;
    let (summary, written) = writer.finish(written, found);
    let aside = match written {
        // The pipe's reader has left; what it got is correct.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(summary),
        written => written.context("cannot write")?,
    };
    if !found {
        bail!(notes.join("; "));
    }
    for note in notes.into_iter().chain(uses.notes()) {
        tell(&note);
    }
    if target.several && summary.failed > 0 {
        tell(&format!("{} of {} pages could not be read; their records say why", summary.failed, summary.pages));
    }
    if let (Some(aside), Some(file)) = (aside, target.file) {
        tell(&format!("{} stays as it was; the records are in {}", file.display(), aside.display()));
    }
    Ok(summary)
}

fn arguments(args: &Args) -> anyhow::Result<Vec<Argument>> {
    if !args.inputs.is_empty() {
        return args.inputs.iter().map(|argument| Argument::parse(argument)).collect();
    }
    if io::stdin().is_terminal() {
        bail!("no pages given: name files or folders, or - to type one; --help tells more");
    }
    Ok(vec![Argument::stdin()])
}

/// Fails if the output would replace what is read.
fn check_output(args: &Args, arguments: &[Argument], terms: &Terms) -> anyhow::Result<()> {
    for argument in arguments {
        ensure!(!argument.is_output(terms), "{}: is both input and output", argument.name());
    }
    // Opening a pipe once more would wait for another writer.
    if let Some(about) = args.about.as_ref().filter(|about| about.is_file()) {
        let is_output = terms.is_output(|| Handle::from_path(about));
        ensure!(!is_output, "{}: is both input and output", about.display());
    }
    Ok(())
}

fn settings(args: &Args) -> anyhow::Result<Settings> {
    let mut extractor = Extractor::new().max_bytes(args.max_bytes).clues(args.explain);
    for &what in &args.include {
        extractor = extractor.include(what.into());
    }
    for selector in &args.keep {
        extractor = extractor.keep(selector)?;
    }
    for selector in &args.strike {
        extractor = extractor.strike(selector)?;
    }
    if let Some(charset) = &args.charset {
        // Report a bad label once instead of for every page.
        extractor.extract(Page::new(b"").charset(charset))?;
    }
    let about = match &args.about {
        Some(path) => {
            let read = || About::read(BufReader::new(File::open(path)?));
            read().with_context(|| path.display().to_string())?
        }
        None => About::default(),
    };
    Ok(Settings {
        extractor,
        max_bytes: args.max_bytes,
        input: args.input.into(),
        common: Facts { url: args.url.clone(), charset: args.charset.clone(), crawled_at: args.crawled_at },
        about,
    })
}

impl Summary {
    pub(crate) fn count(&mut self, without_article: bool, failed: bool) {
        self.pages += 1;
        self.without_article += u64::from(without_article);
        self.failed += u64::from(failed);
    }
}
