//! Lists the pages of all arguments while they are read.

use crate::archive::Pages;
use crate::argument::{Argument, Terms};
use crate::source::Source;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::vec::IntoIter;

/// All pages, in the order of the arguments and sorted by name within each. Lazy: of a folder it holds the names, and of
/// an archive a few records.
pub(crate) struct Listing {
    arguments: IntoIter<Argument>,
    terms: Arc<Terms>,
    current: Option<Current>,
    /// Whether there was any file to read.
    pub(crate) found: bool,
    /// What the user should know of the arguments that yield less than their names promise.
    pub(crate) notes: Vec<String>,
}

/// The argument that is being read.
struct Current {
    name: String,
    is_folder: bool,
    pages: Pages,
    count: u64,
}

impl Listing {
    pub(crate) fn new(arguments: Vec<Argument>, terms: Terms) -> Listing {
        let arguments = arguments.into_iter();
        Listing { arguments, terms: Arc::new(terms), current: None, found: false, notes: Vec::new() }
    }

    fn note(&mut self, done: &Current) {
        let [files, skipped] = [&self.terms.files, &self.terms.skipped].map(|count| count.swap(0, Ordering::Relaxed));
        self.found |= files > 0;
        let name = &done.name;
        if done.count == 0 {
            self.notes.push(format!("{name}: no pages there"));
        }
        if done.is_folder && skipped > 0 {
            self.notes.push(format!("{name}: files skipped because they are not named like pages: {skipped}"));
        }
    }
}

impl Iterator for Listing {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(current) = &mut self.current
                && let Some(source) = current.pages.next()
            {
                current.count += 1;
                return Some(source);
            }
            if let Some(done) = self.current.take() {
                self.note(&done);
            }
            let argument = self.arguments.next()?;
            let (name, is_folder) = (argument.name(), matches!(argument, Argument::Folder(_)));
            self.current = Some(Current { name, is_folder, pages: argument.sources(&self.terms), count: 0 });
        }
    }
}
