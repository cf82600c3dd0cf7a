//! Writes records or documents to a file or standard output.

use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open output. If dropped without [`Output::finish`], a temporary file is removed.
#[derive(Debug)]
pub(crate) struct Output {
    // None only while finishing.
    writer: Option<BufWriter<Target>>,
    beside: Option<Beside>,
    /// Whether to flush after each record.
    eager: bool,
}

#[derive(Debug)]
enum Target {
    Stdout(io::Stdout),
    File(File),
}

#[derive(Debug)]
struct Beside {
    temporary: PathBuf,
    place: PathBuf,
}

impl Output {
    pub(crate) fn stdout() -> Output {
        use std::io::IsTerminal;
        let stdout = io::stdout();
        let eager = stdout.is_terminal();
        Output { writer: Some(BufWriter::new(Target::Stdout(stdout))), beside: None, eager }
    }

    /// Creates or replaces a regular file through a temporary one; writes to a device or a pipe directly.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Output> {
        let found = fs::metadata(path);
        if found.as_ref().is_ok_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(path).with_context(|| path.display().to_string())?;
            return Ok(Output { writer: Some(BufWriter::new(Target::File(file))), beside: None, eager: true });
        }
        // Resolves links: renaming onto a link would replace the link.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut name = std::ffi::OsString::from(".");
        name.push(place.file_name().with_context(|| format!("{}: no file name", path.display()))?);
        name.push(format!(".{}.partial", std::process::id()));
        let temporary = place.with_file_name(name);
        let file = File::create_new(&temporary).with_context(|| temporary.display().to_string())?;
        if let Ok(found) = found {
            file.set_permissions(found.permissions())?;
        }
        let beside = Some(Beside { temporary, place });
        Ok(Output { writer: Some(BufWriter::new(Target::File(file))), beside, eager: false })
    }

    /// Appends to an open file.
    pub(crate) fn append(file: File) -> Output {
        Output { writer: Some(BufWriter::new(Target::File(file))), beside: None, eager: true }
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
        match self.beside.take() {
            Some(Beside { temporary, place }) => fs::rename(&temporary, &place).inspect_err(|_| {
                let _ = fs::remove_file(&temporary);
            }),
            None => Ok(()),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Drops the buffer unwritten: the reader is gone or the file unwanted.
            let _ = writer.into_parts();
        }
        if let Some(beside) = &self.beside {
            // Ignores errors; a leftover file is hidden and has the process id in its name.
            let _ = fs::remove_file(&beside.temporary);
        }
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
