//! Where articles go.

use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open output. Dropped without [`Output::finish`], a file that was being written beside its place is removed.
#[derive(Debug)]
pub(crate) struct Output {
    // None only while finishing.
    writer: Option<BufWriter<Target>>,
    beside: Option<Beside>,
    /// Each record is to be in the file as soon as it is written.
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

    /// A regular file, or what will be one, is written beside its place; a device or a pipe directly.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Output> {
        let found = fs::metadata(path);
        if found.as_ref().is_ok_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(path).with_context(|| path.display().to_string())?;
            return Ok(Output { writer: Some(BufWriter::new(Target::File(file))), beside: None, eager: true });
        }
        // Through a link to what it points at: renaming onto the link would replace the link.
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

    /// Appends to a file that is open already.
    pub(crate) fn append(file: File) -> Output {
        Output { writer: Some(BufWriter::new(Target::File(file))), beside: None, eager: true }
    }

    /// Writes one piece: a record or a document.
    pub(crate) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write_all(piece)?;
        if self.eager { writer.flush() } else { Ok(()) }
    }

    /// Writes what is buffered and puts the file into its place.
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
            // Not to be flushed: the reader is gone or the file unwanted.
            let _ = writer.into_parts();
        }
        if let Some(beside) = &self.beside {
            // Already in trouble; a leftover is hidden and named after the process.
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
