//! Reads one document: from bytes to a rendered outcome.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use findings_core::pipeline::{Extracted, ReadOptions, Reading, Trace, read, read_all};
use findings_core::record::{Diagnostic, DocumentInfo, Error, ErrorReport, Record};
use findings_core::{Doubt, doubts, doubts_of_json, source};
use findings_workbench::drift::Fit;

use crate::contain::{Allowance, contained};
use crate::elsewhere;
use crate::input::Input;
use crate::output::{Format, Rendered};
use crate::progress::Pages;

/// Reads documents, and contains whatever goes wrong.
pub(crate) struct Reader {
    /// Settings and services for reading.
    pub(crate) options: Arc<ReadOptions>,
    /// How outcomes are rendered.
    pub(crate) format: Format,
    /// The time limit for a document, not counting the recognition of its pages.
    pub(crate) timeout: Duration,
    /// The display for pages being recognised.
    pub(crate) pages: Pages,
}

/// The outcome for a document, ready to be written.
pub(crate) struct Finished {
    /// The input's name.
    pub(crate) name: String,
    /// Its output path below `-o DIR`.
    pub(crate) relative: PathBuf,
    /// The record or the error report, rendered.
    pub(crate) rendered: Rendered,
    /// SHA-256 of its content; empty if it could not be read.
    pub(crate) digest: String,
    /// Its doubts, the gravest first.
    pub(crate) doubts: Vec<Doubt>,
    /// The error, if it is one.
    pub(crate) error: Option<Error>,
    /// How it fits the known layouts, if that can be judged.
    pub(crate) fit: Option<Fit>,
    /// Why pages that are images were not read, if there were any.
    pub(crate) blind: Option<String>,
    /// A line for the trace, if one is written.
    pub(crate) trace: Option<String>,
}

impl Reader {
    /// Reads an input (if it holds several documents, the first). Never fails or panics: every input has an outcome.
    pub(crate) fn read(&self, input: Input) -> Finished {
        let mut all = self.read_all(input, false);
        all.swap_remove(0)
    }

    /// Like [`read`](Self::read), but with `split` there is an outcome for each of the input's documents; at least one.
    pub(crate) fn read_all(&self, input: Input, split: bool) -> Vec<Finished> {
        // Kept outside the work, so that a document that panics or hangs can still be described.
        let bytes: Arc<OnceLock<Vec<u8>>> = Arc::default();
        let allowance = Allowance::of(self.timeout);
        let done = contained(&allowance, {
            let (input, bytes) = (input.clone(), bytes.clone());
            let progress = Some(Arc::new(self.pages.of_document(allowance.clone())) as _);
            let (options, format) = (ReadOptions { progress, ..(*self.options).clone() }, self.format);
            move || match input.bytes(&options.limits) {
                Ok(b) => {
                    let bytes = bytes.get_or_init(|| b);
                    let mut readings = match split {
                        true => read_all(&input.name, bytes, &options),
                        false => vec![read(&input.name, bytes, &options)],
                    };
                    for report in readings.iter_mut().filter_map(|r| r.outcome.as_mut().err()) {
                        elsewhere::point_out(&mut report.error, &input.name, bytes, &options);
                    }
                    readings.into_iter().map(|r| finish(&input, r, format, options.trace)).collect()
                }
                Err(error) => vec![finish(&input, failed(&input, None, error), format, options.trace)],
            }
        });
        done.unwrap_or_else(|error| {
            let reading = failed(&input, bytes.get().map(Vec::as_slice), error);
            vec![finish(&input, reading, self.format, self.options.trace)]
        })
    }
}

/// The reading for an input that could not be read.
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
        doubts: match &reading.outcome {
            Ok(Extracted::Inspection(record)) => doubts(record),
            Ok(Extracted::Other(record)) => doubts_of_json(record),
            Err(_) => Vec::new(),
        },
        fit: match &reading.outcome {
            // Only the layouts of core's formats are known.
            Ok(_) => reading.record().filter(|r| r.run.plugin.is_none()).map(Fit::of),
            Err(report) => Fit::of_error(report),
        },
        blind: reading.record().and_then(blind),
        trace: traced.then(|| trace_line(&input.name, &reading)),
        error: reading.outcome.err().map(|report| report.error),
    }
}

/// Why pages were not read, if there was no OCR engine.
fn blind(record: &Record) -> Option<String> {
    let unread = |d: &&Diagnostic| matches!(d.code.as_str(), "page-without-text" | "page-not-recognised");
    record.diagnostics.iter().filter(unread).map(|d| d.message.clone()).find(|m| m.contains("Tesseract"))
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
