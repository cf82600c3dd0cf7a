//! Runs the tool: from arguments to records.

use crate::about::{About, Facts};
use crate::args::{Args, Format};
use crate::batch::in_order;
use crate::explain::{self, Look};
use crate::output::Output;
use crate::page::{Failure, Outcome, Reader, Settings};
use crate::progress::Progress;
use crate::record;
use crate::resume::Done;
use crate::source::{Argument, Sources, Terms};
use anyhow::{Context, bail};
use copydesk::{Extractor, Page, Verdict};
use same_file::Handle;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
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

/// The form in which a page is written.
#[derive(Clone, Copy, Debug)]
enum View {
    Document(Format),
    Explained(Look),
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
    let about = args.about.iter().filter(|path| path.is_file() && terms.is_output(|| Handle::from_path(path)));
    let inputs = arguments.iter().filter(|argument| argument.is_output(&terms)).map(Argument::name);
    if let Some(name) = inputs.chain(about.map(|path| path.display().to_string())).next() {
        bail!("{name}: is both input and output");
    }
    let mut sources = Sources::new(arguments, terms);
    let mut uses = settings.about.uses();
    let earlier = done.summary;
    let pages = sources.by_ref().filter(|source| {
        uses.count(&source.id);
        !done.takes(source)
    });
    let worker = || {
        let mut reader = Reader::new(&settings);
        move |source| Piece::new(&reader.page(source), target.view)
    };
    let mut writer = Writer::new(&target, output, earlier);
    let written = in_order(pages, jobs, worker, |piece: Piece| writer.write(&piece));
    let Sources { found, notes, .. } = sources;
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

/// Tells the user something on stderr, where a failure to write has nowhere else to go.
fn tell(note: &str) {
    let _ = writeln!(io::stderr(), "copydesk: {note}");
}

/// Where the results go, and in which form.
struct Target<'a> {
    /// Whether there may be more than one page.
    several: bool,
    view: View,
    /// `None` for standard output.
    file: Option<&'a Path>,
}

impl<'a> Target<'a> {
    /// Fails if the options do not fit together.
    fn new(args: &'a Args, several: bool) -> anyhow::Result<Target<'a>> {
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
    fn open(&self, resume: bool) -> anyhow::Result<(Output, Done)> {
        let Some(path) = self.file else { return Ok((Output::stdout(), Done::default())) };
        let is_resumable = matches!(self.view, View::Document(Format::Jsonl));
        let open = || match resume {
            true => Output::resume(path),
            false => Ok((Output::create(path, is_resumable)?, Done::default())),
        };
        open().with_context(|| path.display().to_string())
    }

    /// The file that is written to, which must not be read as a page.
    fn handle(&self) -> Option<Handle> {
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
struct Writer<'a> {
    target: &'a Target<'a>,
    output: Output,
    progress: Progress,
    summary: Summary,
}

impl<'a> Writer<'a> {
    fn new(target: &'a Target<'a>, output: Output, summary: Summary) -> Writer<'a> {
        let progress = Progress::new(target.several, target.file.is_none());
        Writer { target, output, progress, summary }
    }

    fn write(&mut self, piece: &Piece) -> io::Result<()> {
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
    fn finish(self, written: io::Result<()>, found: bool) -> (Summary, io::Result<Option<PathBuf>>) {
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

fn arguments(args: &Args) -> anyhow::Result<Vec<Argument>> {
    if !args.inputs.is_empty() {
        return args.inputs.iter().map(|argument| Argument::parse(argument)).collect();
    }
    if io::stdin().is_terminal() {
        bail!("no pages given: name files or folders, or - to type one; --help tells more");
    }
    Ok(vec![Argument::stdin()])
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

/// What is written for one page, prepared on the thread that read it.
struct Piece {
    bytes: Vec<u8>,
    /// A message for the caller of a single page, if its output alone does not say it.
    notice: Option<String>,
    without_article: bool,
    failed: bool,
}

impl Piece {
    fn new(outcome: &Outcome, view: View) -> Piece {
        let name = &outcome.name;
        let article = outcome.result.as_ref();
        let refusal = match article.map(copydesk::Article::verdict) {
            Ok(Verdict::NoArticle { reason, confidence }) => {
                Some(format!("{name}: no article: {} ({confidence:.2})", reason.key()))
            }
            Ok(_) => None,
            Err(Failure { message, .. }) => Some(format!("{name}: {message}")),
        };
        let mut bytes = Vec::new();
        let mut notice = None;
        match view {
            View::Explained(look) => bytes = explain::explain(outcome, look).into_bytes(),
            View::Document(Format::Json | Format::Jsonl) => {
                let indented = matches!(view, View::Document(Format::Json));
                // Cannot fail: the target is memory, and all keys are strings.
                let _ = record::write(outcome, indented, &mut bytes);
                bytes.push(b'\n');
            }
            View::Document(format) => {
                if let Ok(article) = article {
                    let mut text = match format {
                        Format::Markdown => article.to_markdown(),
                        Format::Html => article.to_html(),
                        _ => article.body().to_owned(),
                    };
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    bytes = text.into_bytes();
                }
                notice = refusal.clone();
            }
        }
        let failed = outcome.result.is_err();
        Piece { bytes, notice, without_article: refusal.is_some() && !failed, failed }
    }
}

impl Summary {
    pub(crate) fn count(&mut self, without_article: bool, failed: bool) {
        self.pages += 1;
        self.without_article += u64::from(without_article);
        self.failed += u64::from(failed);
    }
}
