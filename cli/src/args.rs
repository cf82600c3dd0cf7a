//! The command line.

use crate::about::crawl_date;
use clap::{Parser, ValueEnum};
use copydesk::{Include, Input, PartialDate};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Extract the title, byline, date and body of articles from raw web pages
///
/// Pages may be HTML in any encoding, HTML fragments, flattened text, or text with tags left in it, one per file or
/// many in an archive. Files may be compressed with gzip or zstd. A single page is written as text, several as one JSON
/// record per line.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, after_long_help = AFTER_HELP, max_term_width = 100)]
pub struct Args {
    /// Files, folders, quoted glob patterns, or - for standard input
    ///
    /// From a folder and its subfolders, files named .html, .htm, .html5, .xhtml, .shtml, .phtml, .txt, .md, .markdown,
    /// .php, .asp, .aspx, .jsp, .do, .cfm or .cgi, files without an extension and archives are read, each also with .gz
    /// or .zst appended, sorted by name. What a crawler appends, as in a.php?id=3 and a.php@id=3, does not matter.
    /// Hidden files are skipped. A pattern takes whatever it matches: ? and * stay within a folder, ** descends into all
    /// subfolders.
    ///
    /// Archives are files named .warc or .wet. Their response (status 2xx), resource and conversion records of HTML,
    /// plain text or no declared type are pages; redirects, images, requests, metadata and revisits are skipped. Damage
    /// yields an error record, and everything intact is read.
    ///
    /// Each line of a file named .jsonl or .ndjson is a page: an object with `html`, `text` or `content`, and any of
    /// `id`, `url` and `crawled_at`. Such files are not picked up from a folder.
    ///
    /// Standard input, and a file without one of these extensions, is an archive too if it begins with WARC/ or with two
    /// such lines.
    #[arg(value_name = "PAGE")]
    pub inputs: Vec<OsString>,

    /// What to write [default: text for one page, jsonl for several]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: Option<Format>,

    /// Write to this file instead of standard output (-)
    ///
    /// The file is written under a temporary name, .FILE.partial, and renamed at the end, so that it is never incomplete.
    /// If an interrupted run has left records there, continue it with --resume, or delete that file. If no page could be
    /// read, FILE stays as it was and the records go to .FILE.failed. Devices and pipes are written to directly. The file
    /// may not be one of the pages; in a folder or among the matches of a pattern, it is left out.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Continue an interrupted run with the same -o
    ///
    /// Goes on with what the run has left in .FILE.partial or, if there is no such file, with FILE itself. Pages whose
    /// record (same id and source, however the path is spelled) is in it are skipped, the others are appended as they are
    /// done. Error records count as such: delete their lines to have these pages read again. Only for jsonl. Run it in
    /// the same folder, and with the same standard input.
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Show what was kept, what was struck, and why
    #[arg(long, conflicts_with_all = ["to", "resume"])]
    pub explain: bool,

    /// What kind of input the pages are
    #[arg(long, value_enum, default_value_t = InputKind::Auto, value_name = "KIND")]
    pub input: InputKind,

    /// The address the page came from (one page only)
    #[arg(long)]
    pub url: Option<String>,

    /// The encoding the server declared; takes precedence over the page's own declaration
    #[arg(long, value_name = "LABEL")]
    pub charset: Option<String>,

    /// When the pages were fetched (ISO 8601, to the day at least); relative dates count from it, and dates more than a
    /// day later are ignored
    #[arg(long, value_name = "DATE", value_parser = crawl_date)]
    pub crawled_at: Option<PartialDate>,

    /// What is known about each page: JSON Lines with `id` and any of `url`, `charset`, `crawled_at`; other keys are
    /// ignored
    #[arg(long, value_name = "FILE", conflicts_with = "url")]
    pub about: Option<PathBuf>,

    /// Add to the body what is left out by default; may be given more than once
    #[arg(long, value_enum, value_name = "WHAT")]
    pub include: Vec<IncludeKind>,

    /// Keep the blocks that begin inside the elements that match this CSS selector; may be given more than once
    #[arg(long, value_name = "SELECTOR")]
    pub keep: Vec<String>,

    /// Strike the blocks that begin inside the elements that match this CSS selector; may be given more than once
    #[arg(long, value_name = "SELECTOR")]
    pub strike: Vec<String>,

    /// Longest page in bytes, uncompressed; longer ones are errors rather than truncated
    #[arg(long, default_value_t = 16 << 20, value_name = "BYTES")]
    pub max_bytes: usize,

    /// Number of pages to process in parallel [default: one per processor]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

const AFTER_HELP: &str = "\
Exit codes: 0 if all pages were read, 1 if some could not be read (their records say why), 2 for wrong usage, no pages or a fatal error.

Examples:
  copydesk page.html
  copydesk crawl/ -o articles.jsonl
  copydesk CC-MAIN-20250101.warc.gz -o articles.jsonl
  copydesk dump.jsonl.zst --to json
  curl -s https://example.org/story | copydesk --to markdown
  copydesk --explain page.html.gz
  copydesk 'crawl/**/*.html' --about pages.jsonl --resume -o articles.jsonl";

/// An output format.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// The body alone, with blank lines between paragraphs
    Text,
    /// Title, byline, date and body
    Markdown,
    /// The same as an <article> element, with none of the page's own markup
    Html,
    /// The record, indented; for several pages an array of records
    Json,
    /// One record per line
    Jsonl,
}

/// See [`Input`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum InputKind {
    /// Detected for each page
    Auto,
    /// An HTML page or fragment
    Html,
    /// Flattened text; < is just a character
    Text,
    /// Flattened text with tags left in it
    Mixed,
}

impl From<InputKind> for Input {
    fn from(kind: InputKind) -> Input {
        match kind {
            InputKind::Auto => Input::Auto,
            InputKind::Html => Input::Html,
            InputKind::Text => Input::Text,
            InputKind::Mixed => Input::Mixed,
        }
    }
}

/// See [`Include`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum IncludeKind {
    /// Reader comments
    Comments,
    /// Captions and picture credits
    Captions,
    /// Tables in full, including cells that look like boilerplate
    Tables,
}

impl From<IncludeKind> for Include {
    fn from(kind: IncludeKind) -> Include {
        match kind {
            IncludeKind::Comments => Include::Comments,
            IncludeKind::Captions => Include::Captions,
            IncludeKind::Tables => Include::Tables,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
