//! (stand-in until the pipeline lands)

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::record::{DocumentInfo, Error, ErrorCode, ErrorReport, Record};
use crate::{runner, source, validate};

/// What reading may use.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How much a document may ask for.
    pub limits: source::Limits,
    /// Who runs contained work.
    pub runner: Option<Arc<dyn runner::Runner>>,
}

/// What the stages did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Trace {
    /// Each stage in order.
    pub stages: Vec<StageTrace>,
}

/// What one stage did.
#[derive(Debug, Clone, Serialize)]
pub struct StageTrace {
    /// Its name.
    pub name: &'static str,
    /// How long it took.
    pub micros: u64,
    /// SHA-256 of what came out of it.
    pub digest: String,
}

/// What became of a document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its record, or why there is none.
    pub outcome: Result<Record, Box<ErrorReport>>,
    /// What the stages did.
    pub trace: Trace,
}

/// A document format that findings reads.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FormatInfo {
    /// Its id, for example `ofsted.ilacs.inspection`.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The layouts of it that are read.
    pub editions: &'static [EditionInfo],
    /// What is known not to work.
    pub gaps: &'static [&'static str],
}

/// A layout of a format.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct EditionInfo {
    /// The edition's code.
    pub edition: &'static str,
    /// The years it was published in.
    pub years: &'static str,
    /// What tells it from the others.
    pub note: &'static str,
}

/// Reads a document.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let started = Instant::now();
    let document = source::describe(name, bytes);
    let outcome = source::open(bytes, &options.limits).and_then(|source| stand_in(&document, &source));
    let stage = StageTrace {
        name: "source",
        micros: started.elapsed().as_micros() as u64,
        digest: document.sha256.clone(),
    };
    Reading {
        outcome: outcome.map_err(|error| Box::new(ErrorReport { error, document })),
        trace: Trace { stages: vec![stage] },
    }
}

fn stand_in(document: &DocumentInfo, source: &source::Source<'_>) -> Result<Record, Error> {
    let source::Source::Text(text) = source else {
        return Err(Error::new(ErrorCode::UnknownFormat, "no PDFs yet"));
    };
    if text.contains("stand-in-panic") {
        panic!("stand-in panic");
    }
    if text.contains("stand-in-hang") {
        std::thread::sleep(std::time::Duration::from_secs(600));
    }
    let title = text.lines().next().unwrap_or_default();
    if !text.contains("Ofsted") {
        return Err(Error::new(ErrorCode::UnknownFormat, "none of the formats that findings knows"));
    }
    let record: Record = serde_json::from_value(serde_json::json!({
        "schema": crate::record::SCHEMA_ID, "document": document,
        "format": {"id": "ofsted.ilacs.inspection", "edition": "2023"},
        "run": {"tool": "findings", "text_engine": "none", "plugin": null}, "regulator": "ofsted",
        "provider": {"name": title, "printed": title, "kind": "local-authority", "ids": null, "region": null},
        "inspection": {"framework": "ILACS", "type": "standard", "theme": null, "start": null, "end": null, "visits": []},
        "published": null, "letter": null, "inspectors": [], "judgements": [], "improvements": [], "strengths": [],
        "sections": [], "footnotes": [], "figures": [], "mentions": [], "extension": null, "evidence": {}, "diagnostics": []
    }))
    .expect("a record");
    validate::record(&record).map(|()| record)
}

/// The formats that findings reads.
pub fn formats() -> Vec<FormatInfo> {
    vec![FormatInfo {
        id: "ofsted.ilacs.inspection",
        title: "ILACS inspection report",
        editions: &[EditionInfo { edition: "2023", years: "2023-2026", note: "five judgements" }],
        gaps: &["a stand-in"],
    }]
}

/// A document as the parser saw it.
pub fn explain(name: &str, bytes: &[u8], options: &ReadOptions) -> String {
    format!("{:#?}", read(name, bytes, options))
}
