//! Tells on stderr how a run goes.

use crate::run::Summary;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// Tells the user something; a failure to write has nowhere else to go.
pub(crate) fn tell(note: &str) {
    let _ = writeln!(io::stderr(), "copydesk: {note}");
}

/// A line that counts the pages, only if stderr is a terminal and stdout does not print to it too.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn new(several: bool, to_stdout: bool) -> Progress {
        let watched = io::stderr().is_terminal() && !(to_stdout && io::stdout().is_terminal());
        Progress((several && watched).then(|| {
            // The total is unknown, since folders are listed while they are processed.
            let style = ProgressStyle::with_template("{spinner} {human_pos} pages, {per_sec}, {elapsed}{msg}");
            let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        }))
    }

    pub(crate) fn update(&self, summary: &Summary) {
        if let Some(bar) = &self.0 {
            bar.set_position(summary.pages);
            bar.set_message(message(summary));
        }
    }

    pub(crate) fn finish(self) {
        if let Some(bar) = self.0 {
            bar.finish();
        }
    }
}

/// What the number of pages alone does not say. Stays on the screen at the end.
fn message(summary: &Summary) -> String {
    let counts = [(summary.without_article, "without an article"), (summary.failed, "failed")];
    counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}")).collect()
}

#[cfg(test)]
mod tests {
    use super::message;
    use crate::run::Summary;

    #[test]
    fn messages() {
        let mut summary = Summary::default();
        let mut after = |without_article, failed| {
            summary.count(without_article, failed);
            message(&summary)
        };
        assert_eq!(after(false, false), "");
        assert_eq!(after(true, false), ", 1 without an article");
        assert_eq!(after(false, true), ", 1 without an article, 1 failed");
    }
}
