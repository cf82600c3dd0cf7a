//! Writes records or documents to a file or standard output.

use crate::resume::Done;
use anyhow::{Context, bail};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open output. What is replaced stays as it was until [`Output::finish`].
#[derive(Debug)]
pub(crate) struct Output {
    // None only while finishing.
    writer: Option<BufWriter<Target>>,
    draft: Option<Draft>,
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
        let mut name = OsString::from(".");
        name.push(place.file_name().context("no file name")?);
        name.push(".partial");
        Ok(Draft { temporary: place.with_file_name(name), place, resumable })
    }
}

impl Output {
    pub(crate) fn stdout() -> Output {
        use std::io::IsTerminal;
        let stdout = io::stdout();
        let eager = stdout.is_terminal();
        Output { writer: Some(BufWriter::new(Target::Stdout(stdout))), draft: None, eager }
    }

    /// Creates or replaces a regular file through a temporary one; writes to anything else directly. If `resumable`, the
    /// temporary file of a run that fails stays for [`Output::resume`].
    pub(crate) fn create(path: &Path, resumable: bool) -> anyhow::Result<Output> {
        let found = fs::metadata(path);
        if is_descriptor(path) || found.as_ref().is_ok_and(|found| !found.is_file()) {
            // Appending, because the shell may have redirected a descriptor with `>>`.
            let file = File::options().append(true).open(path)?;
            return Ok(Output { writer: Some(BufWriter::new(Target::File(file))), draft: None, eager: true });
        }
        if found.is_ok() {
            // Renaming would replace a file that must not be written to.
            File::options().write(true).open(path)?;
        }
        let draft = Draft::of(path, resumable)?;
        let file = File::options().write(true).create(true).truncate(false).open(&draft.temporary)?;
        lock(&file)?;
        file.set_len(0)?;
        if let Ok(found) = found {
            file.set_permissions(found.permissions())?;
        }
        Ok(Output { writer: Some(BufWriter::new(Target::File(file))), draft: Some(draft), eager: false })
    }

    /// Appends to what an interrupted run has left, or else to the file itself. Returns what is in it as well.
    pub(crate) fn resume(path: &Path) -> anyhow::Result<(Output, Done)> {
        let found = fs::metadata(path);
        if found.as_ref().is_ok_and(|found| !found.is_file()) {
            bail!("cannot resume what is no regular file");
        }
        let draft = Some(Draft::of(path, true)?).filter(|draft| found.is_err() || draft.temporary.exists());
        let begun = draft.as_ref().map_or(path, |draft| &draft.temporary);
        let file = File::options().read(true).append(true).create(true).open(begun)?;
        lock(&file)?;
        let done = Done::read(&file).with_context(|| format!("cannot resume {}", begun.display()))?;
        Ok((Output { writer: Some(BufWriter::new(Target::File(file))), draft, eager: true }, done))
    }

    /// Writes one record or document.
    pub(crate) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write_all(piece)?;
        if self.eager { writer.flush() } else { Ok(()) }
    }

    /// Flushes the output and renames the temporary file.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if let Some(mut writer) = self.writer.take() {
            writer.flush()?;
        }
        if let Some(Draft { temporary, place, .. }) = &self.draft {
            fs::rename(temporary, place)?;
            self.draft = None;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Drops the buffer unwritten: the reader is gone or the file unwanted.
            let _ = writer.into_parts();
        }
        if let Some(Draft { temporary, resumable, .. }) = &self.draft {
            let is_empty = fs::metadata(temporary).is_ok_and(|found| found.len() == 0);
            if is_empty || !resumable {
                // Ignores errors: a leftover file is hidden, and replaced by the next run.
                let _ = fs::remove_file(temporary);
            }
        }
    }
}

/// Whether it stands for something that is already open, such as a file that the shell redirected to.
fn is_descriptor(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd"].iter().any(|open| path.starts_with(open))
}

/// Two runs with the same output would mix their records.
fn lock(file: &File) -> anyhow::Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => bail!("another run is writing it"),
        // Some file systems have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
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
