//! A run over documents: its records and, if available, its traces.

use rustc_hash::FxHashMap;

use super::report::RunInfo;
use super::stage::{DocumentTrace, Traces};
use crate::stream::{Piece, StreamError, pieces};

/// One run.
pub struct Run<'a> {
    /// Its name.
    name: String,
    /// The records as stored: most don't change from run to run and are never parsed.
    records: Vec<Piece<'a>>,
    traces: Traces,
}

impl<'a> Run<'a> {
    /// A run from its stored records and traces (possibly none).
    ///
    /// # Errors
    /// The records are not valid JSON.
    pub fn new(name: &str, records: &'a [u8], traces: Traces) -> Result<Self, StreamError> {
        Ok(Self { name: name.to_owned(), records: pieces(records)?, traces })
    }

    /// What the report says about it.
    pub fn info(&self) -> RunInfo {
        let read = self.records.iter().find(|r| !r.is_error).and_then(|r| r.value().ok());
        let tool = read.as_ref().and_then(|r| r.pointer("/run/tool")?.as_str());
        RunInfo {
            name: self.name.clone(),
            tool: tool.map(str::to_owned),
            documents: self.records.len(),
            errors: self.records.iter().filter(|r| r.is_error).count(),
            traced: !self.traces.is_empty(),
        }
    }

    /// The trace of a document.
    pub fn trace(&self, record: &Piece) -> Option<&DocumentTrace> {
        self.traces.get(&record.source)
    }
}

/// Records of the same documents in both runs, and documents that only one run has.
pub struct Paired<'r, 'a> {
    /// Records in both, in the order of the second run.
    pub pairs: Vec<(&'r Piece<'a>, &'r Piece<'a>)>,
    /// Names of documents that only the first has.
    pub only_base: Vec<String>,
    /// Names of documents that only the second has.
    pub only_head: Vec<String>,
}

/// Pairs records of the same document: by SHA-256 or, if there is none, by name. Documents with identical content are
/// paired in order.
pub fn pair<'r, 'a>(base: &'r Run<'a>, head: &'r Run<'a>) -> Paired<'r, 'a> {
    let key = |s: &Piece<'a>| {
        if s.sha256.is_empty() { s.source.clone() } else { s.sha256.clone() }
    };
    let mut waiting: FxHashMap<String, Vec<&Piece>> = FxHashMap::default();
    for record in base.records.iter().rev() {
        waiting.entry(key(record)).or_default().push(record);
    }
    let mut out = Paired { pairs: Vec::new(), only_base: Vec::new(), only_head: Vec::new() };
    for record in &head.records {
        match waiting.get_mut(&key(record)).and_then(Vec::pop) {
            Some(before) => out.pairs.push((before, record)),
            None => out.only_head.push(record.source.clone()),
        }
    }
    out.only_base = waiting.into_values().flatten().map(|s| s.source.clone()).collect();
    out.only_base.sort();
    out
}
