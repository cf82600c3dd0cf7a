//! Writes records or documents to a file or standard output.

use crate::resume::{Done, begins_a_record};
use anyhow::{Context, bail};
use same_file::Handle;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open output. What is replaced stays as it was until [`Output::finish`].
#[derive(Debug)]
pub(crate) struct Output {
    // None only while beginning and finishing.
    writer: Option<BufWriter<Target>>,
    draft: Option<Draft>,
    /// The empty temporary file that a run locks which appends to the file itself.
    guard: Option<(File, PathBuf)>,
    /// Whether to flush after each record.
    eager: bool,
}

#[derive(Debug)]
enum Target {
    Stdout(io::Stdout),
    File(File),
}

/// A file under its temporary name, which is the same in every run, so that [`Output::resume`] finds it.
#[derive(Debug)]
struct Draft {
    temporary: PathBuf,
    place: PathBuf,
    /// Whether it is worth keeping if the run fails.
    resumable: bool,
}

impl Draft {
    fn of(path: &Path, resumable: bool) -> anyhow::Result<Draft> {
        // Resolves links: renaming onto a link would replace the link.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        place.file_name().context("no file name")?;
        Ok(Draft { temporary: hidden(&place, ".partial"), place, resumable })
    }
}

/// The hidden file beside another one that is named after it.
fn hidden(place: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(ending);
    place.with_file_name(name)
}

impl Output {
    pub(crate) fn stdout() -> Output {
        use std::io::IsTerminal;
        let stdout = io::stdout();
        let eager = stdout.is_terminal();
        Output { writer: Some(BufWriter::new(Target::Stdout(stdout))), draft: None, guard: None, eager }
    }

    /// Creates or replaces a regular file through a temporary one; writes to anything else directly. If `resumable`, the
    /// temporary file of a run that fails stays for [`Output::resume`].
    pub(crate) fn create(path: &Path, resumable: bool) -> anyhow::Result<Output> {
        let found = fs::metadata(path);
        if is_descriptor(path) || found.as_ref().is_ok_and(|found| !found.is_file()) {
            // Appending, because the shell may have redirected a descriptor with `>>`.
            let file = File::options().append(true).open(path)?;
            let writer = Some(BufWriter::new(Target::File(file)));
            return Ok(Output { writer, draft: None, guard: None, eager: true });
        }
        if found.is_ok() {
            // Renaming would replace a file that must not be written to.
            File::options().write(true).open(path)?;
        }
        let draft = Draft::of(path, resumable)?;
        let file = locked(&draft.temporary)?;
        if begins_a_record(&file)? {
            let temporary = draft.temporary.display();
            bail!("{temporary} has the records of an interrupted run: continue it with --resume, or delete that file");
        }
        file.set_len(0)?;
        if let Ok(found) = found {
            file.set_permissions(found.permissions())?;
        }
        let writer = Some(BufWriter::new(Target::File(file)));
        Ok(Output { writer, draft: Some(draft), guard: None, eager: false })
    }

    /// Appends to what an interrupted run has left, or else to the file itself. Returns what is in it as well.
    pub(crate) fn resume(path: &Path) -> anyhow::Result<(Output, Done)> {
        let found = fs::metadata(path);
        if found.as_ref().is_ok_and(|found| !found.is_file()) {
            bail!("cannot resume what is no regular file");
        }
        let draft = Draft::of(path, true)?;
        let locked = locked(&draft.temporary)?;
        let (file, begun) = if found.is_err() || begins_a_record(&locked)? {
            (locked.try_clone()?, draft.temporary.clone())
        } else {
            (File::options().read(true).append(true).open(path)?, path.to_owned())
        };
        let is_draft = begun == draft.temporary;
        let guard = (!is_draft).then(|| (locked, draft.temporary.clone()));
        // Removes the guard if there is nothing to continue.
        let mut output = Output { writer: None, draft: is_draft.then_some(draft), guard, eager: true };
        let done = Done::read(&file).with_context(|| format!("cannot resume {}", begun.display()))?;
        output.writer = Some(BufWriter::new(Target::File(file)));
        Ok((output, done))
    }

    /// Writes one record or document.
    pub(crate) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write_all(piece)?;
        if self.eager { writer.flush() } else { Ok(()) }
    }

    /// Flushes the output and renames the temporary file.
    ///
    /// If no page could be read (`failed`), because of a wrong name or a disk that is not there, an older file is worth
    /// more than the errors. It stays as it was, and where the records are instead is returned.
    pub(crate) fn finish(mut self, failed: bool) -> io::Result<Option<PathBuf>> {
        // Open, and so locked, until it has its name.
        let mut writer = self.writer.take();
        if let Some(writer) = &mut writer {
            writer.flush()?;
        }
        let Some(Draft { temporary, place, .. }) = &self.draft else { return Ok(None) };
        if failed && is_empty(temporary) {
            return Ok(None);
        }
        if let Some(Target::File(file)) = writer.as_ref().map(BufWriter::get_ref) {
            // Network disks do not say before that they are full, and now the older file is still there.
            file.sync_all()?;
        }
        let aside = (failed && !is_empty(place)).then(|| hidden(place, ".failed"));
        fs::rename(temporary, aside.as_ref().unwrap_or(place))?;
        self.draft = None;
        Ok(aside)
    }
}

/// Whether a file has nothing in it or does not exist.
fn is_empty(path: &Path) -> bool {
    fs::metadata(path).map_or(0, |found| found.len()) == 0
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Drops the buffer unwritten: the reader is gone or the file unwanted.
            let _ = writer.into_parts();
        }
        if let Some((_, guard)) = &self.guard {
            let _ = fs::remove_file(guard);
        }
        if let Some(Draft { temporary, resumable, .. }) = &self.draft
            && (!resumable || is_empty(temporary))
        {
            // Ignores errors: a leftover file is hidden, and replaced by the next run.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Whether it stands for something that is already open, such as a file that the shell redirected to.
fn is_descriptor(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd"].iter().any(|open| path.starts_with(open))
}

/// Opens a temporary file, or creates it, and locks it: two runs with the same output would mix their records.
fn locked(temporary: &Path) -> anyhow::Result<File> {
    /// Most times that another run renames or removes the file between the two.
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let file = File::options().read(true).append(true).create(true).open(temporary)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => break,
            // Some file systems have no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let own = Handle::from_file(file.try_clone()?)?;
        if Handle::from_path(temporary).is_ok_and(|there| there == own) {
            return Ok(file);
        }
    }
    bail!("another run is writing it")
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(stdout) => stdout.write(bytes),
            Target::File(file) => file.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(stdout) => stdout.flush(),
            Target::File(file) => file.flush(),
        }
    }
}
