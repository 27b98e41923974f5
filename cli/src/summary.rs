//! What a run came to, for a program that looks at it in the morning: `--summary run.json`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use findings_core::pipeline::TOOL;
use serde::Serialize;

use crate::output::Beside;
use crate::reader::Finished;

/// How many of the slowest documents are named.
const SLOWEST: usize = 10;

/// A run, counted as it goes.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    tool: &'static str,
    plugins: Vec<String>,
    /// How the run ended: `finished`, or `stopped` by a signal.
    ended: &'static str,
    seconds: f64,
    /// What the command line named, and how many of them the run came to.
    inputs: usize,
    inputs_done: usize,
    /// Inputs that `--new-only` left out.
    inputs_known: usize,
    /// Documents that became records, and those that became errors, by code.
    records: u64,
    errors: BTreeMap<&'static str, u64>,
    /// Documents with a value in doubt, and values in doubt by the code of the diagnostic.
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
    /// Of a run that begins.
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

    /// Counts an input: its documents, none of them where it is known, and how long they took.
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

    /// How many inputs the run came to.
    pub(crate) fn done(&self) -> usize {
        self.inputs_done
    }

    /// How many inputs the command line named.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many inputs were left out, because they are known.
    pub(crate) fn known(&self) -> usize {
        self.inputs_known
    }

    /// Whether all inputs had their turn.
    pub(crate) fn is_whole(&self) -> bool {
        self.inputs_done == self.inputs
    }

    /// Writes it, whole or not at all.
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
