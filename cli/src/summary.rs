//! The summary of a run, for unattended runs: `--summary run.json`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use findings_core::pipeline::TOOL;
use serde::Serialize;

use crate::output::Beside;
use crate::reader::Finished;

/// How many of the slowest documents are listed.
const SLOWEST: usize = 10;

/// The counts of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    tool: &'static str,
    plugins: Vec<String>,
    /// How the run ended: `finished`, or `stopped` by a signal.
    ended: &'static str,
    seconds: f64,
    /// The inputs on the command line, and how many of them were processed.
    inputs: usize,
    inputs_done: usize,
    /// Inputs that `--new-only` skipped.
    inputs_known: usize,
    /// Documents that became records, and those that became errors, by code.
    records: u64,
    errors: BTreeMap<&'static str, u64>,
    /// Documents with a value in doubt, and values in doubt by diagnostic code.
    documents_in_doubt: u64,
    doubts: BTreeMap<String, u64>,
    slowest: Vec<Slow>,
    #[serde(skip)]
    started: Instant,
}

#[derive(Debug, Serialize)]
struct Slow {
    source: String,
    seconds: f64,
}

impl Summary {
    /// The summary of a run that begins.
    pub(crate) fn begin(inputs: usize, plugins: Vec<String>) -> Self {
        Self {
            tool: TOOL,
            plugins,
            ended: "finished",
            seconds: 0.0,
            inputs,
            inputs_done: 0,
            inputs_known: 0,
            records: 0,
            errors: BTreeMap::new(),
            documents_in_doubt: 0,
            doubts: BTreeMap::new(),
            slowest: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Counts an input with its documents (none if it is already known) and the time they took.
    pub(crate) fn add(&mut self, documents: &[Finished], took: Duration) {
        self.inputs_done += 1;
        let Some(first) = documents.first() else {
            self.inputs_known += 1;
            return;
        };
        for done in documents {
            match &done.error {
                Some(error) => *self.errors.entry(error.code.as_str()).or_default() += 1,
                None => self.records += 1,
            }
            self.documents_in_doubt += u64::from(!done.doubts.is_empty());
            for doubt in &done.doubts {
                *self.doubts.entry(doubt.code.to_string()).or_default() += 1;
            }
        }
        self.slowest.push(Slow { source: first.name.clone(), seconds: rounded(took) });
        self.slowest.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        self.slowest.truncate(SLOWEST);
    }

    /// How many inputs were processed.
    pub(crate) fn done(&self) -> usize {
        self.inputs_done
    }

    /// How many inputs were on the command line.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many inputs were skipped as known.
    pub(crate) fn known(&self) -> usize {
        self.inputs_known
    }

    /// Whether all inputs were processed.
    pub(crate) fn is_whole(&self) -> bool {
        self.inputs_done == self.inputs
    }

    /// Writes the summary atomically.
    pub(crate) fn write(&mut self, path: &Path) -> io::Result<()> {
        self.seconds = rounded(self.started.elapsed());
        self.ended = if self.is_whole() { "finished" } else { "stopped" };
        let mut beside = Beside::create(path)?;
        serde_json::to_writer_pretty(beside.file(), self)?;
        beside.file().write_all(b"\n")?;
        beside.keep()
    }
}

/// Seconds with three decimals.
fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}
