//! What people see on standard error while documents are read.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdout};

use findings_core::record::{Error, ErrorCode};
use findings_workbench::drift::{Fit, groups};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar, messages, and a summary at the end; all of it kept quiet if so asked.
pub(crate) struct Progress {
    bar: ProgressBar,
    quiet: bool,
    read: u64,
    failed: BTreeMap<&'static str, u64>,
    drifting: Vec<Fit>,
}

impl Progress {
    /// For a number of documents. The bar is drawn on a terminal only, and not where records run over it.
    pub(crate) fn new(documents: usize, quiet: bool, to_stdout: bool) -> Self {
        let drawn =
            !quiet && documents > 1 && stderr().is_terminal() && !(to_stdout && stdout().is_terminal());
        let target = if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len}  {per_sec}  {eta} left  {wide_msg}");
        let bar = ProgressBar::with_draw_target(Some(documents as u64), target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, quiet, read: 0, failed: BTreeMap::new(), drifting: Vec::new() }
    }

    /// A document became a record.
    pub(crate) fn read(&mut self, name: &str) {
        self.read += 1;
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
    }

    /// A document became none.
    pub(crate) fn failed(&mut self, name: &str, error: &Error) {
        *self.failed.entry(error.code.as_str()).or_default() += 1;
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{name}: {}: {}", ErrorCode::as_str(error.code), error.message));
        }
        self.bar.inc(1);
    }

    /// How a document fits the layouts that are known: those that don't are told at the end, of documents of no
    /// known format their errors say it.
    pub(crate) fn fits(&mut self, fit: Option<Fit>) {
        self.drifting.extend(fit.filter(|f| f.drifts() && f.format.is_some()));
    }

    /// Whether a document gave an error.
    pub(crate) fn any_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// Takes the bar away and sums up what failed.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
        let failed: u64 = self.failed.values().sum();
        if failed > 0 && self.read + failed > 1 && !self.quiet {
            let kinds: Vec<String> = self.failed.iter().map(|(code, n)| format!("{n} {code}")).collect();
            eprintln!(
                "findings: {failed} of {} documents gave no record: {}",
                self.read + failed,
                kinds.join(", ")
            );
        }
        if !self.drifting.is_empty() && self.read + failed > 1 && !self.quiet {
            eprintln!(
                "findings: some documents fit no known layout well; `findings drift` tells more, `findings explain` how one was read"
            );
            for group in groups(&self.drifting) {
                eprintln!("  {}", group.headline());
            }
        }
    }
}
