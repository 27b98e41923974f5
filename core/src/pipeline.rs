//! The row of stages: bytes → source → text layer → outline → grammar → record → validated record.

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

/// Name and version of the tool, as records give it.
pub const TOOL: &str = concat!("findings ", env!("CARGO_PKG_VERSION"));
/// What reading may use.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How much a document may ask for.
    pub limits: source::Limits,
    /// Who runs contained work; without one, a document whose fonts can't be mapped stays as it is, and no page
    /// is recognised.
    pub runner: Option<Arc<dyn Runner>>,
    /// The plugins that may be used, if any.
    pub plugins: Option<Arc<dyn Foreign>>,
    /// How pages without usable text are recognised.
    pub ocr: Arc<Ocr>,
    /// Who is told how that goes.
    pub progress: Option<Arc<dyn PageProgress>>,
    /// The password of documents that are locked.
    pub password: Option<String>,
    /// Whether stages are to be digested for the trace.
    pub trace: bool,
    /// Whether confidence stays that of the words: for whoever counts how often values are right.
    pub uncalibrated: bool,
}

/// What became of a document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read, or why nothing was.
    pub outcome: Result<Extracted, Box<ErrorReport>>,
    /// What the stages did.
    pub trace: Trace,
}

/// What a document was read into.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Extracted {
    /// A record of an inspection.
    Inspection(Box<Record>),
    /// A record of a plugin's own schema.
    Other(Value),
}

impl Extracted {
    /// Id of the format that it was read as.
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

/// The formats that findings reads by itself.
///
/// ```
/// assert!(findings_core::pipeline::core_formats().any(|f| f.id == "ofsted.ilacs.inspection"));
/// ```
pub fn core_formats() -> impl Iterator<Item = &'static FormatInfo> {
    ofsted::FORMATS.iter().map(|f| f.info())
}

/// The formats that can be read, core's before those of plugins.
pub fn formats(plugins: Option<&dyn Foreign>) -> Vec<&'static FormatInfo> {
    core_formats().chain(plugins.into_iter().flat_map(Foreign::formats)).collect()
}

/// Reads a document; `name` is what the record calls it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    read_with(ofsted::FORMATS, name, bytes, options)
}

/// Reads a document with formats of the caller's own: none but these may claim it.
pub fn read_with(formats: &[&dyn Format], name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut readings = read_pieces(formats, name, bytes, options, 1);
    readings.swap_remove(0)
}

/// Reads every document that a file holds, in order: a council's committee pack may have several. At least one reading.
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

/// Which checks could be made on a document that one of core's formats reads, and whether each held.
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
