//! One document from its bytes to its rendered outcome.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use findings_core::pipeline::{Extracted, ReadOptions, Reading, Trace, read};
use findings_core::record::{DocumentInfo, Error, ErrorReport};
use findings_core::source;
use findings_workbench::drift::Fit;

use crate::contain::{Allowance, contained};
use crate::input::Input;
use crate::output::{Format, Rendered};
use crate::progress::Pages;

/// Reads documents, whatever they do.
pub(crate) struct Reader {
    /// What reading may use.
    pub(crate) options: Arc<ReadOptions>,
    /// How outcomes are rendered.
    pub(crate) format: Format,
    /// When a document is given up, the time for recognising its pages not counted.
    pub(crate) timeout: Duration,
    /// Where pages that are recognised are shown.
    pub(crate) pages: Pages,
}

/// What became of an input, ready to be written.
pub(crate) struct Finished {
    /// The input's name.
    pub(crate) name: String,
    /// Where it goes under `-o DIR`.
    pub(crate) relative: PathBuf,
    /// The record or the error report, rendered.
    pub(crate) rendered: Rendered,
    /// SHA-256 of its bytes; empty where they could not be read.
    pub(crate) digest: String,
    /// The error, if it is one.
    pub(crate) error: Option<Error>,
    /// How it fits the layouts that are known, where that can be said.
    pub(crate) fit: Option<Fit>,
    /// A line for the trace, if there is one.
    pub(crate) trace: Option<String>,
}

impl Reader {
    /// Reads an input. Never fails and never panics: every input has an outcome.
    pub(crate) fn read(&self, input: Input) -> Finished {
        // Kept where a document that panicked or hung can still be described.
        let bytes: Arc<OnceLock<Vec<u8>>> = Arc::default();
        let allowance = Allowance::of(self.timeout);
        let done = contained(&allowance, {
            let (input, bytes) = (input.clone(), bytes.clone());
            let progress = Some(Arc::new(self.pages.of_document(allowance.clone())) as _);
            let (options, format) = (ReadOptions { progress, ..(*self.options).clone() }, self.format);
            move || match input.bytes(&options.limits) {
                Ok(b) => {
                    let reading = read(&input.name, bytes.get_or_init(|| b), &options);
                    finish(&input, reading, format, options.trace)
                }
                Err(error) => finish(&input, failed(&input, None, error), format, options.trace),
            }
        });
        done.unwrap_or_else(|error| {
            let reading = failed(&input, bytes.get().map(Vec::as_slice), error);
            finish(&input, reading, self.format, self.options.trace)
        })
    }
}

/// The reading of an input that gave none.
fn failed(input: &Input, bytes: Option<&[u8]>, error: Error) -> Reading {
    let document = match bytes {
        Some(bytes) => source::describe(&input.name, bytes),
        None => DocumentInfo { source: input.name.clone(), ..DocumentInfo::default() },
    };
    Reading { outcome: Err(Box::new(ErrorReport { error, document })), trace: Trace::default() }
}

fn finish(input: &Input, reading: Reading, format: Format, traced: bool) -> Finished {
    Finished {
        name: input.name.clone(),
        relative: input.relative.clone(),
        rendered: format.render(&reading.outcome),
        digest: digest(&reading.outcome).to_owned(),
        fit: match &reading.outcome {
            // Only core's layouts are known here.
            Ok(_) => reading.record().filter(|r| r.run.plugin.is_none()).map(Fit::of),
            Err(report) => Fit::of_error(report),
        },
        trace: traced.then(|| trace_line(&input.name, &reading)),
        error: reading.outcome.err().map(|report| report.error),
    }
}

fn digest(outcome: &Result<Extracted, Box<ErrorReport>>) -> &str {
    match outcome {
        Ok(Extracted::Inspection(record)) => &record.document.sha256,
        Ok(Extracted::Other(record)) => record["document"]["sha256"].as_str().unwrap_or_default(),
        Err(report) => &report.document.sha256,
    }
}

fn trace_line(name: &str, reading: &Reading) -> String {
    let outcome = match &reading.outcome {
        Ok(record) => record.format(),
        Err(report) => report.error.code.as_str(),
    };
    serde_json::json!({ "source": name, "outcome": outcome, "stages": reading.trace.stages }).to_string()
}
