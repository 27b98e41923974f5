//! The sequence of stages: bytes → source → text layer → outline → grammar → record → validated record.

mod analysis;
mod bundle;
mod certainty;
mod doubt;
mod finish;
mod layer;
mod numbering;
mod opened;
mod shown;
mod trace;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::checks::{self, Finished};
use crate::format::{Format, FormatInfo};
use crate::ofsted;
use crate::plugin::Foreign;
use crate::record::{ErrorReport, Record};
use crate::runner::Runner;
use crate::source;
use crate::text::ocr::{Ocr, PageProgress};
pub(crate) use analysis::{Analysis, Formats, Unchecked, Unvalidated};
pub use certainty::LEAST as LEAST_CONFIDENCE;
pub(crate) use finish::{Form, draft, finish};
pub(crate) use layer::Remark as TextRemark;
pub use opened::{Opened, open};
pub use trace::{StageTrace, Trace};

/// Name and version of the tool, as written to records.
pub const TOOL: &str = concat!("findings ", env!("CARGO_PKG_VERSION"));
/// Settings and services for reading a document.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Limits on the resources that a document may use.
    pub limits: source::Limits,
    /// Runs work in contained processes. Without it, fonts that can't be mapped stay unmapped, and no page is
    /// recognised (OCR).
    pub runner: Option<Arc<dyn Runner>>,
    /// The plugins that may be used.
    pub plugins: Option<Arc<dyn Foreign>>,
    /// Settings for recognising pages without usable text.
    pub ocr: Arc<Ocr>,
    /// Receives the progress of recognition.
    pub progress: Option<Arc<dyn PageProgress>>,
    /// The password for encrypted documents.
    pub password: Option<String>,
    /// Whether to compute digests of the stages for the trace.
    pub trace: bool,
    /// Leave confidence as the OCR engine gave it. For calibration, which counts how often values are right.
    pub uncalibrated: bool,
}

/// The result for one document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read, or why nothing was.
    pub outcome: Result<Extracted, Box<ErrorReport>>,
    /// Times and digests of the stages.
    pub trace: Trace,
}

/// A successfully read document.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Extracted {
    /// A record of an inspection.
    Inspection(Box<Record>),
    /// A record that follows a plugin's own schema.
    Other(Value),
}

impl Extracted {
    /// The id of the format that it was read as.
    pub fn format(&self) -> &str {
        match self {
            Self::Inspection(record) => &record.format.id,
            Self::Other(record) => record["format"]["id"].as_str().unwrap_or_default(),
        }
    }

    /// The record, if it is one of an inspection.
    pub fn inspection(&self) -> Option<&Record> {
        match self {
            Self::Inspection(record) => Some(record),
            Self::Other(_) => None,
        }
    }
}

impl Reading {
    /// The inspection record, if the document gave one.
    pub fn record(&self) -> Option<&Record> {
        self.outcome.as_ref().ok().and_then(Extracted::inspection)
    }
}

/// The built-in formats.
///
/// ```
/// assert!(findings_core::pipeline::core_formats().any(|f| f.id == "ofsted.ilacs.inspection"));
/// ```
pub fn core_formats() -> impl Iterator<Item = &'static FormatInfo> {
    ofsted::FORMATS.iter().map(|f| f.info())
}

/// All available formats: core's, then those of plugins.
pub fn formats(plugins: Option<&dyn Foreign>) -> Vec<&'static FormatInfo> {
    core_formats().chain(plugins.into_iter().flat_map(Foreign::formats)).collect()
}

/// Reads a document. The record gives `name` as its source.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    read_with(ofsted::FORMATS, name, bytes, options)
}

/// Like [`read`], but with the caller's formats instead of core's. Plugins in the options may claim the document too.
pub fn read_with(formats: &[&dyn Format], name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut readings = read_pieces(formats, name, bytes, options, 1);
    readings.swap_remove(0)
}

/// Reads every document in a file, in order (a council's committee pack may hold several). Gives at least one reading.
pub fn read_all(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    read_pieces(ofsted::FORMATS, name, bytes, options, usize::MAX)
}

fn read_pieces(
    core: &[&dyn Format],
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    most: usize,
) -> Vec<Reading> {
    let formats = Formats { core, plugins: options.plugins.as_deref() };
    match Opened::of(name, bytes, options) {
        Ok(opened) => opened.documents(formats).take(most).map(|d| d.read(options)).collect(),
        Err((report, stages)) => vec![Reading { outcome: Err(report), trace: stages.into() }],
    }
}

/// The checks that apply to a document in one of core's formats, and whether each held. Empty for any other document.
pub fn tally(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<(&'static str, bool)> {
    let formats = Formats { core: ofsted::FORMATS, plugins: None };
    let Ok(opened) = open(name, bytes, options) else { return Vec::new() };
    let mut analysis = opened.first(formats);
    let Ok(Unvalidated { format, parts: Some(parts), record: Unchecked::Core(record) }) =
        analysis.unvalidated()
    else {
        return Vec::new();
    };
    let own = formats.core(format).map_or(&[][..], |f| f.own().checks);
    checks::tally(&Finished { record: &record, doc: &analysis.outline, parts: &parts }, own)
}
