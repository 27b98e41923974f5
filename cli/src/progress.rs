//! What users see on standard error while documents are read.

mod bars;

use std::collections::{BTreeMap, HashMap};
use std::io::{IsTerminal, stderr, stdout};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use findings_core::Doubt;
use findings_core::record::{Error, ErrorCode};
use findings_core::text::ocr::PageProgress;
use findings_workbench::drift::{Fit, groups};

use bars::{Bar, Bars};

use crate::contain::Allowance;
use crate::doubtful::Doubtful;
use crate::input::name::{shown, shown_path};

/// A progress bar, messages and a final summary; or nothing in quiet mode.
pub(crate) struct Progress {
    bars: Bars,
    bar: Bar,
    pages: Pages,
    quiet: bool,
    read: u64,
    failed: BTreeMap<&'static str, u64>,
    doubtful: Doubtful,
    drifting: Vec<Fit>,
    blind: Vec<String>,
    /// The last name of each content, by digest.
    seen: HashMap<String, String>,
    /// How many documents were given before.
    again: u64,
    /// Stops the periodic lines when dropped.
    _lines: Option<Sender<()>>,
}

/// How often a line reports progress if there is no bar.
pub(crate) const EVERY: Duration = Duration::from_secs(60);

impl Progress {
    /// Progress for a number of documents. The bar is drawn only on a terminal, and not if records are printed there.
    pub(crate) fn new(documents: usize, quiet: bool, to_stdout: bool) -> Self {
        Self::with_lines(documents, quiet, to_stdout, EVERY)
    }

    /// Like [`new`](Self::new), with a line every `every` if standard error is not a terminal.
    pub(crate) fn with_lines(documents: usize, quiet: bool, to_stdout: bool, every: Duration) -> Self {
        let drawn = !quiet && stderr().is_terminal() && !(to_stdout && stdout().is_terminal());
        let bars = bars::bars(drawn);
        let style = "{bar:32} {pos}/{len}  {per_sec}  {eta} left  {wide_msg}";
        let bar = if documents > 1 { bars.add(bars::bar(documents as u64, style)) } else { Bar::hidden() };
        let lines = (!quiet && documents > 1 && !stderr().is_terminal()).then(|| lines(bar.clone(), every));
        Self {
            pages: Pages::new(bars.clone()),
            bars,
            bar,
            quiet,
            read: 0,
            failed: BTreeMap::new(),
            doubtful: Doubtful::default(),
            drifting: Vec::new(),
            blind: Vec::new(),
            seen: HashMap::new(),
            again: 0,
            _lines: lines,
        }
    }

    /// An input was skipped, because an earlier run has read it.
    pub(crate) fn passed(&self) {
        self.bar.inc(1);
    }

    /// The display for pages being recognised.
    pub(crate) fn pages(&self) -> Pages {
        self.pages.clone()
    }

    /// A document was read.
    pub(crate) fn read(&mut self, name: &str) {
        self.read += 1;
        self.bar.set_message(shown(name).into_owned());
        self.bar.inc(1);
    }

    /// A document gave an error.
    pub(crate) fn failed(&mut self, name: &str, error: &Error) {
        *self.failed.entry(error.code.as_str()).or_default() += 1;
        if !self.quiet {
            let (name, message) = (shown(name), shown(&error.message));
            self.bars.suspend(|| eprintln!("{name}: {}: {message}", ErrorCode::as_str(error.code)));
        }
        self.bar.inc(1);
    }

    /// Notes how a document fits the known layouts. Those that don't fit are reported at the end, except documents of
    /// an unknown format, whose errors already say so.
    pub(crate) fn fits(&mut self, fit: Option<&Fit>) {
        self.drifting.extend(fit.filter(|f| f.drifts() && f.format.is_some()).cloned());
    }

    /// Notes a document's content by its digest. Returns and reports whether the same content was given before; such a
    /// document is counted here and nowhere else.
    pub(crate) fn seen(&mut self, name: &str, digest: &str) -> bool {
        if digest.is_empty() {
            return false;
        }
        let Some(first) = self.seen.insert(digest.to_owned(), name.to_owned()) else { return false };
        self.again += 1;
        self.bar.inc(1);
        if !self.quiet {
            let said = if first == name {
                "given more than once".into()
            } else {
                format!("the same file as {first}")
            };
            self.bars.suspend(|| eprintln!("{}", shown(&format!("{name}: {said}"))));
        }
        true
    }

    /// Notes why pages of a document were not read, if there is no OCR engine.
    pub(crate) fn blind(&mut self, why: Option<String>) {
        self.blind.extend(why);
    }

    /// Notes a document's doubts.
    pub(crate) fn doubts(&mut self, name: &str, doubts: &[Doubt]) {
        self.doubtful.add(name, doubts);
    }

    /// Whether a value of any record is in doubt.
    pub(crate) fn any_doubt(&self) -> bool {
        self.doubtful.documents() > 0
    }

    /// Reports the outcome of several documents, and which values to look at.
    pub(crate) fn sum_up(&self, target: Option<&Path>) {
        let failed: u64 = self.failed.values().sum();
        if self.quiet || self.read + failed + self.again < 2 {
            return;
        }
        let to = target.map(|t| format!(" → {}", shown_path(t))).unwrap_or_default();
        let again = match self.again {
            0 => String::new(),
            n => format!(", {n} given again"),
        };
        eprintln!(
            "findings: {} read, {} to look at, {failed} failed{again}{to}",
            self.read,
            self.doubtful.documents()
        );
        self.doubtful.lines().iter().for_each(|line| eprintln!("  {line}"));
    }

    /// Whether any document gave an error.
    pub(crate) fn any_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// Removes the bar and summarises what failed.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
        self.pages.bar.finish_and_clear();
        let failed: u64 = self.failed.values().sum();
        let given = self.read + failed + self.again;
        if failed > 0 && given > 1 && !self.quiet {
            let kinds: Vec<String> = self.failed.iter().map(|(code, n)| format!("{n} {code}")).collect();
            eprintln!("findings: {failed} of {given} documents gave no record: {}", kinds.join(", "));
        }
        if let Some(why) = self.blind.first().filter(|_| !self.quiet) {
            eprintln!("findings: pages of {} documents were not read: {why}", self.blind.len());
        }
        if !self.drifting.is_empty() && self.read + failed > 1 && !self.quiet {
            eprintln!(
                "findings: some documents fit no known layout well; `findings drift` shows more, `findings explain` how one was read"
            );
            for group in groups(&self.drifting) {
                eprintln!("  {}", group.headline());
            }
        }
    }
}

/// Reports a bar's progress periodically, even while a single document takes long, until the returned sender is
/// dropped.
fn lines(bar: Bar, every: Duration) -> Sender<()> {
    let (alive, dropped) = channel();
    let started = Instant::now();
    thread::spawn(move || {
        while dropped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            eprintln!("findings: {}", how_far(bar.position(), bar.length().unwrap_or(0), started.elapsed()));
        }
    });
    alive
}

fn how_far(done: u64, all: u64, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let left = match done {
        0 => String::new(),
        _ => format!(
            ", about {:.0} min left",
            (seconds / done as f64 * all.saturating_sub(done) as f64 / 60.0).ceil()
        ),
    };
    format!(
        "{done} of {all} documents after {:.0} min, {:.1} a second{left}",
        seconds / 60.0,
        done as f64 / seconds
    )
}

/// The bar for pages being recognised, which takes seconds for each. It appears with the first page.
#[derive(Debug, Clone)]
pub(crate) struct Pages {
    bars: Bars,
    bar: Bar,
}

impl Pages {
    fn new(bars: Bars) -> Self {
        Self { bars, bar: bars::hidden("{bar:32} {pos}/{len} pages recognised  {eta} left") }
    }

    /// A bar that is not shown.
    pub(crate) fn hidden() -> Self {
        Self::new(bars::bars(false))
    }

    /// For one document, whose time is extended for each page to be recognised.
    pub(crate) fn of_document(&self, allowance: Allowance) -> DocumentPages {
        DocumentPages { pages: self.clone(), allowance }
    }
}

/// Progress of the recognised pages of one document.
#[derive(Debug)]
pub(crate) struct DocumentPages {
    pages: Pages,
    allowance: Allowance,
}

impl PageProgress for DocumentPages {
    fn begin(&self, pages: usize, each: Duration) {
        self.allowance.add(each * pages as u32);
        if self.pages.bar.length() == Some(0) {
            self.pages.bars.add(self.pages.bar.clone());
        }
        self.pages.bar.inc_length(pages as u64);
    }

    fn page_done(&self) {
        self.pages.bar.inc(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_a_run_is() {
        let line = how_far(120, 600, Duration::from_secs(60));
        assert_eq!(line, "120 of 600 documents after 1 min, 2.0 a second, about 4 min left");
        assert_eq!(how_far(0, 9, Duration::from_secs(60)), "0 of 9 documents after 1 min, 0.0 a second");
    }
}
