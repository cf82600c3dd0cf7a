//! The parts of the command-line tool `copydesk`, as a library so that its readers can be tested and fuzzed.
//!
//! There is no extraction logic here, only arguments, files, formats and progress.

mod about;
mod archive;
mod args;
mod argument;
mod batch;
mod explain;
mod guard;
mod listing;
mod name;
mod output;
mod page;
mod piece;
mod progress;
mod read;
mod record;
mod resume;
mod run;
mod source;
mod tape;
mod target;
mod unpack;

pub use about::About;
pub use archive::{json_lines, warc};
pub use args::Args;
pub use batch::in_order;
pub use guard::install_panic_hook;
pub use page::{Failure, FailureKind};
pub use run::{Summary, run};
pub use unpack::unpack;
