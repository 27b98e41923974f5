//! Bars on a terminal: how many documents are read and how many pages recognised, drawn over themselves.

use std::io::{Write, stderr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Columns of a bar.
const WIDTH: u64 = 32;
/// The least time between two drawings.
const PAUSE: Duration = Duration::from_millis(50);

/// The bars of a run. Clones are the same bars.
#[derive(Debug, Clone)]
pub(super) struct Bars(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// Whether anything is drawn: on a terminal, if people want it.
    drawn: bool,
    /// None where there is one document.
    documents: Option<Count>,
    pages: Count,
    /// The document that was read last.
    name: String,
    /// Lines that stand on the terminal.
    lines: usize,
    last: Option<Instant>,
}

/// How many of how many are done, and since when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) done: u64,
    pub(super) all: u64,
    pub(super) since: Instant,
}

impl Count {
    fn of(all: u64) -> Self {
        Self { done: 0, all, since: Instant::now() }
    }

    fn bar(&self) -> String {
        let full = (self.done.min(self.all) * WIDTH / self.all.max(1)) as usize;
        format!("{}{} {}/{}", "█".repeat(full), "░".repeat(WIDTH as usize - full), self.done, self.all)
    }

    fn a_second(&self) -> f64 {
        self.done as f64 / self.since.elapsed().as_secs_f64().max(0.001)
    }

    /// "3 min left", by what a document took so far.
    fn left(&self) -> String {
        let seconds = match self.done {
            0 => return String::new(),
            _ => (self.all.saturating_sub(self.done) as f64 / self.a_second()).ceil() as u64,
        };
        match seconds {
            0..100 => format!("  {seconds} s left"),
            100..6000 => format!("  {} min left", seconds.div_ceil(60)),
            _ => format!("  {} h left", seconds.div_ceil(3600)),
        }
    }
}

impl Bars {
    /// For so many documents.
    pub(super) fn new(documents: usize, drawn: bool) -> Self {
        let documents = (documents > 1).then(|| Count::of(documents as u64));
        let pages = Count::of(0);
        Self(Arc::new(Mutex::new(State {
            drawn,
            documents,
            pages,
            name: String::new(),
            lines: 0,
            last: None,
        })))
    }

    /// One more document is done.
    pub(super) fn document_done(&self, name: Option<&str>) {
        let mut state = self.state();
        state.documents.iter_mut().for_each(|count| count.done += 1);
        if let Some(name) = name {
            name.clone_into(&mut state.name);
        }
        state.draw_now_and_then();
    }

    /// So many more pages will be recognised.
    pub(super) fn expect_pages(&self, pages: u64) {
        let mut state = self.state();
        if state.pages.all == 0 {
            state.pages = Count::of(0);
        }
        state.pages.all += pages;
        state.draw_now_and_then();
    }

    /// One more page is recognised.
    pub(super) fn page_done(&self) {
        let mut state = self.state();
        state.pages.done += 1;
        state.draw_now_and_then();
    }

    /// The documents, where there are several.
    pub(super) fn documents(&self) -> Option<Count> {
        self.state().documents
    }

    /// Does what writes lines, with the bars out of the way.
    pub(super) fn suspended(&self, write: impl FnOnce()) {
        let mut state = self.state();
        state.clear();
        write();
        state.draw();
    }

    /// Takes the bars away for good.
    pub(super) fn finish(&self) {
        let mut state = self.state();
        state.clear();
        state.drawn = false;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn draw_now_and_then(&mut self) {
        if self.last.is_none_or(|last| last.elapsed() >= PAUSE) {
            self.clear();
            self.draw();
        }
    }

    fn draw(&mut self) {
        if !self.drawn {
            return;
        }
        let columns = terminal_size::terminal_size_of(stderr()).map_or(80, |(width, _)| usize::from(width.0));
        let lines = self.lines();
        let mut text = String::new();
        for line in &lines {
            // The last column stays free: a terminal may begin a new line after it.
            text.extend(line.chars().take(columns.saturating_sub(1)));
            text.push('\n');
        }
        self.lines = lines.len();
        self.last = Some(Instant::now());
        // Where the terminal is gone there is nobody to tell.
        let _ = stderr().write_all(text.as_bytes());
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(count) = &self.documents {
            lines.push(format!("{}  {:.1}/s{}  {}", count.bar(), count.a_second(), count.left(), self.name));
        }
        if self.pages.all > 0 {
            lines.push(format!("{} pages recognised{}", self.pages.bar(), self.pages.left()));
        }
        lines
    }

    /// Goes back over the lines that were drawn, and empties the screen from there.
    fn clear(&mut self) {
        if self.lines > 0 {
            let _ = write!(stderr(), "\x1b[{}F\x1b[J", self.lines);
            self.lines = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_tells_how_far_a_run_is() {
        let since = Instant::now() - Duration::from_secs(10);
        let count = Count { done: 20, all: 80, since };
        assert_eq!(count.bar(), format!("{}{} 20/80", "█".repeat(8), "░".repeat(24)));
        assert_eq!(count.left(), "  31 s left", "a little more than ten seconds have gone by");
        assert_eq!(Count { done: 20, all: 2000, since }.left(), "  17 min left");
        assert_eq!(Count { done: 0, all: 9, since }.left(), "");
    }

    #[test]
    fn pages_come_with_the_first_of_them() {
        let bars = Bars::new(3, false);
        bars.document_done(Some("a.pdf"));
        assert_eq!(bars.state().lines().len(), 1);
        bars.expect_pages(4);
        bars.page_done();
        let lines = bars.state().lines();
        assert!(lines[0].contains(" 1/3  ") && lines[0].ends_with("  a.pdf"), "{lines:?}");
        assert!(lines[1].contains(" 1/4 pages recognised"), "{lines:?}");
        assert!(Bars::new(1, false).state().lines().is_empty(), "one document needs no bar");
    }
}
