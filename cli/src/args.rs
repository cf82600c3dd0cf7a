//! The command line.

use clap::{Parser, ValueEnum};
use copydesk::{Include, Input, PartialDate};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Takes raw scraped pages and gives clean title, byline, date and body.
///
/// Pages are HTML in any encoding, fragments, text that was flattened before, or text with tags left in it, one a file or
/// many in an archive; each file may be compressed with gzip or zstd. One page gives text, several give one JSON record a line.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, after_long_help = AFTER_HELP, max_term_width = 100)]
pub struct Args {
    /// Files, folders, quoted glob patterns, or - for standard input
    ///
    /// Of a folder, files named .html, .htm, .xhtml, .shtml, .txt, .md, .markdown, .php, .asp, .aspx or .jsp are read, those
    /// without an ending, and archives (before .gz or .zst), in the order of their names; hidden ones are not. A pattern
    /// takes whatever it matches: ? and * stay within a folder, ** goes through all below.
    ///
    /// Archives are files named .warc or .wet, and standard input that begins with WARC/. Of their records these are pages:
    /// response (status 2xx), resource and conversion, of HTML, plain text or no declared type. All others are passed over:
    /// redirects, pictures, requests, metadata, revisits. What is damaged is an error record, and the rest is read.
    ///
    /// Of a file named .jsonl or .ndjson, which a folder does not give, each line is a page: an object with `html`, `text` or
    /// `content`, and any of `id`, `url` and `crawled_at`.
    #[arg(value_name = "PAGE")]
    pub inputs: Vec<OsString>,

    /// What to write [default: text for one page, jsonl for several]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: Option<Format>,

    /// Write here instead of to standard output (which is -)
    ///
    /// A file is written beside its place and renamed once all is done, so it is never half an answer. Devices and pipes are
    /// written directly.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Go on where an earlier run with the same -o stopped
    ///
    /// Pages whose record is in the file already are passed over, the others appended as they are done. Only for jsonl.
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Show in the terminal what was kept, what was struck, and why
    #[arg(long, conflicts_with_all = ["to", "resume"])]
    pub explain: bool,

    /// What the pages are
    #[arg(long, value_enum, default_value_t = InputKind::Auto, value_name = "KIND")]
    pub input: InputKind,

    /// The address the page came from (one page only)
    #[arg(long)]
    pub url: Option<String>,

    /// The encoding the server declared, if not the page's own word is to be taken
    #[arg(long, value_name = "LABEL")]
    pub charset: Option<String>,

    /// When the pages were fetched (ISO 8601): relative dates count from it, and no date can be later
    #[arg(long, value_name = "DATE")]
    pub crawled_at: Option<PartialDate>,

    /// What is known of each page: JSON Lines with `id` and any of `url`, `charset`, `crawled_at`; other keys are ignored
    #[arg(long, value_name = "FILE", conflicts_with = "url")]
    pub about: Option<PathBuf>,

    /// Add to the body what it leaves out by default; may be given more than once
    #[arg(long, value_enum, value_name = "WHAT")]
    pub include: Vec<IncludeKind>,

    /// Keep what is inside the elements this CSS selector hits; may be given more than once
    #[arg(long, value_name = "SELECTOR")]
    pub keep: Vec<String>,

    /// Strike what is inside the elements this CSS selector hits; may be given more than once
    #[arg(long, value_name = "SELECTOR")]
    pub strike: Vec<String>,

    /// Longest page, in bytes once unpacked; a longer one is an error, since half an article looks like a whole one
    #[arg(long, default_value_t = 16 << 20, value_name = "BYTES")]
    pub max_bytes: usize,

    /// Pages at a time [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

const AFTER_HELP: &str = "\
Exit code: 0 all pages were read, 1 some could not be read (their records say why), 2 usage or fatal error.

Examples:
  copydesk page.html
  copydesk crawl/ -o articles.jsonl
  copydesk CC-MAIN-20250101.warc.gz -o articles.jsonl
  copydesk dump.jsonl.zst --to json
  curl -s https://example.org/story | copydesk --to markdown
  copydesk --explain page.html.gz
  copydesk 'crawl/**/*.html' --about pages.jsonl --resume -o articles.jsonl";

/// A form of output.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// The body alone, paragraphs with a blank line between them
    Text,
    /// Title, byline, date and body
    Markdown,
    /// The same as an <article> element, without any of the page's markup
    Html,
    /// The record, indented; of several pages an array of records
    Json,
    /// One record a line
    Jsonl,
}

/// See [`Input`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum InputKind {
    /// Found out page by page
    Auto,
    /// A page or a fragment of HTML
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
    /// Tables whole, also cells that look like furniture
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
