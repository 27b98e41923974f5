//! One run over documents: its records, and its trace where there is one.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::report::RunInfo;
use super::stage::{DocumentTrace, Traces};
use crate::stream::{Piece, StreamError, pieces};

/// One run.
pub struct Run<'a> {
    /// What it is called.
    name: String,
    records: Vec<Stored<'a>>,
    traces: Traces,
}

/// A record that is built when it is asked for: most do not change from run to run.
pub struct Stored<'a> {
    /// Its JSON.
    pub piece: Piece<'a>,
    value: OnceLock<Value>,
}

impl Stored<'_> {
    /// The record or error report; null where a number in it is beyond reading.
    pub fn value(&self) -> &Value {
        self.value.get_or_init(|| self.piece.value().unwrap_or_default())
    }

    /// Whether it is an error report.
    pub fn is_error(&self) -> bool {
        // What is not an error begins with its schema.
        let error = || self.value().get("error").is_some();
        !self.piece.json.starts_with(br#"{"schema""#) && error()
    }
}

impl<'a> Run<'a> {
    /// A run from its records as they are stored, and its traces, none or all.
    ///
    /// # Errors
    /// When the records are no JSON.
    pub fn new(name: &str, records: &'a [u8], traces: Traces) -> Result<Self, StreamError> {
        let stored = |piece| Stored { piece, value: OnceLock::new() };
        Ok(Self {
            name: name.to_owned(),
            records: pieces(records)?.into_iter().map(stored).collect(),
            traces,
        })
    }

    /// What the report says about it.
    pub fn info(&self) -> RunInfo {
        let tool = |s: &Stored| s.value().pointer("/run/tool").and_then(Value::as_str).map(str::to_owned);
        RunInfo {
            name: self.name.clone(),
            tool: self.records.iter().find(|s| !s.is_error()).and_then(tool),
            documents: self.records.len(),
            errors: self.records.iter().filter(|s| s.is_error()).count(),
            traced: !self.traces.is_empty(),
        }
    }

    /// The trace of a document.
    pub fn trace(&self, record: &Stored) -> Option<&DocumentTrace> {
        self.traces.get(&record.piece.source)
    }
}

/// Records of the same documents, and what only one of the runs has.
pub struct Paired<'r, 'a> {
    /// Records of both, in the order of the second run.
    pub pairs: Vec<(&'r Stored<'a>, &'r Stored<'a>)>,
    /// Names of documents that only the first has.
    pub only_base: Vec<String>,
    /// Names of documents that only the second has.
    pub only_head: Vec<String>,
}

/// Puts records of the same document together: by its SHA-256 or, where there is none, by its name. Two of the
/// same bytes go by their order.
pub fn pair<'r, 'a>(base: &'r Run<'a>, head: &'r Run<'a>) -> Paired<'r, 'a> {
    let key = |s: &Stored<'a>| {
        if s.piece.sha256.is_empty() { s.piece.source.clone() } else { s.piece.sha256.clone() }
    };
    let mut waiting: FxHashMap<String, Vec<&Stored>> = FxHashMap::default();
    for record in base.records.iter().rev() {
        waiting.entry(key(record)).or_default().push(record);
    }
    let mut out = Paired { pairs: Vec::new(), only_base: Vec::new(), only_head: Vec::new() };
    for record in &head.records {
        match waiting.get_mut(&key(record)).and_then(Vec::pop) {
            Some(before) => out.pairs.push((before, record)),
            None => out.only_head.push(record.piece.source.clone()),
        }
    }
    out.only_base = waiting.into_values().flatten().map(|s| s.piece.source.clone()).collect();
    out.only_base.sort();
    out
}
