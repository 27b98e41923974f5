//! Runs over documents, in the form that `findings extract --trace` stores, and their accuracy.

use std::path::{Path, PathBuf};

use findings_core::format::Format;
use findings_core::ofsted::FORMATS;
use findings_core::pipeline::{ReadOptions, Reading, read_with};
use findings_core::record::{ErrorReport, Record};
use findings_workbench::gold::Gold;
use findings_workbench::regress::{Run, read_traces};
use findings_workbench::score::{Options, ScoreReport, render, score};
use serde_json::{Value, json};

use crate::documents::each;

/// A stored run: one line for each document.
pub struct StoredRun {
    /// Records and error reports.
    pub records: String,
    /// Traces.
    pub traces: String,
}

impl StoredRun {
    /// Reads documents with core's formats.
    pub fn of(base: &Path, paths: &[PathBuf]) -> Self {
        Self::with(FORMATS, base, paths)
    }

    /// Reads documents with these formats, on all processors.
    pub fn with(formats: &[&dyn Format], base: &Path, paths: &[PathBuf]) -> Self {
        let options = ReadOptions { trace: true, ..ReadOptions::default() };
        let lines = each(paths, |path| {
            let bytes = std::fs::read(path).expect("a test document can be read");
            let name = path.strip_prefix(base).unwrap_or(path).to_string_lossy().into_owned();
            stored(&name, &read_with(formats, &name, &bytes, &options))
        });
        let (records, traces): (Vec<String>, Vec<String>) = lines.into_iter().unzip();
        Self { records: records.join("\n"), traces: traces.join("\n") }
    }

    /// A copy in which `edit` has changed the records.
    pub fn edited(&self, mut edit: impl FnMut(&mut Value)) -> Self {
        let mut values = self.values();
        values.iter_mut().for_each(&mut edit);
        let records: Vec<String> = values.iter().map(Value::to_string).collect();
        Self { records: records.join("\n"), traces: self.traces.clone() }
    }

    /// Its records and error reports.
    pub fn values(&self) -> Vec<Value> {
        self.records.lines().map(|l| serde_json::from_str(l).expect("a record is JSON")).collect()
    }

    /// The run, ready for comparison.
    pub fn run(&self, name: &str) -> Run<'_> {
        Run::new(name, self.records.as_bytes(), read_traces(&self.traces)).expect("records are JSON")
    }
}

fn stored(name: &str, reading: &Reading) -> (String, String) {
    let record = match &reading.outcome {
        Ok(record) => serde_json::to_string(record),
        Err(report) => serde_json::to_string(report),
    };
    let trace = json!({ "source": name, "stages": reading.trace.stages });
    (record.expect("serialises"), trace.to_string())
}

/// The accuracy of outcomes, measured with the labels in a folder.
pub fn accuracy(gold: &Path, outcomes: &[Result<Record, Box<ErrorReport>>]) -> ScoreReport {
    accuracy_by(&Gold::load(gold).expect("the labels can be read"), outcomes)
}

/// The accuracy of outcomes, measured with these labels.
pub fn accuracy_by(gold: &Gold, outcomes: &[Result<Record, Box<ErrorReport>>]) -> ScoreReport {
    let value = |outcome: &Result<Record, Box<ErrorReport>>| match outcome {
        Ok(record) => serde_json::to_value(record).expect("serialises"),
        Err(report) => serde_json::to_value(report).expect("serialises"),
    };
    let records: Vec<Value> = outcomes.iter().map(value).collect();
    let report = score(gold, &records, &Options::default());
    println!("{}", render::terminal(&report, 50));
    report
}
