//! A record under construction.

use super::{
    Diagnostic, DocumentInfo, Evidence, FormatRef, Inspection, Provider, Record, Run, SCHEMA_ID, Severity,
    Status,
};

/// A value and the place where it was read.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub evidence: Evidence,
}

impl<T> Found<T> {
    /// A value with its evidence.
    pub fn new(value: T, evidence: Evidence) -> Self {
        Self { value, evidence }
    }

    /// Another value from the same place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: f(self.value), evidence: self.evidence }
    }
}

/// A record under construction: a format's grammar fills it field by field, with evidence.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The record so far.
    pub record: Record,
    /// The part of the document that each block of the outline belongs to. A grammar reassigns blocks that the
    /// outline alone can't classify (contents page, back page, sections).
    pub parts: Vec<Part>,
}

/// A part of a document; each word belongs to exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Title block, letterhead, front table, signatures.
    Front,
    /// The body.
    Section,
    /// Footnotes.
    Note,
    /// Running headers and footers, page numbers, contents page, back page.
    Furniture,
}

impl Draft {
    /// An empty record of a format.
    pub fn new(document: DocumentInfo, format: &str, regulator: &str, run: Run, parts: Vec<Part>) -> Draft {
        Draft {
            record: Record {
                schema: SCHEMA_ID.into(),
                document,
                format: FormatRef { id: format.into(), edition: String::new() },
                run,
                regulator: regulator.into(),
                with: Vec::new(),
                provider: Provider { kind: "local-authority".into(), ..Provider::default() },
                inspection: Inspection::default(),
                published: None,
                letter: None,
                inspectors: Vec::new(),
                judgements: Vec::new(),
                improvements: Vec::new(),
                strengths: Vec::new(),
                sections: Vec::new(),
                footnotes: Vec::new(),
                figures: Vec::new(),
                mentions: Vec::new(),
                extension: None,
                evidence: Default::default(),
                diagnostics: Vec::new(),
            },
            parts,
        }
    }

    /// Records the evidence for the value at a JSON Pointer.
    pub fn note(&mut self, pointer: impl Into<String>, evidence: Evidence) {
        self.record.evidence.insert(pointer.into(), evidence);
    }

    /// Unwraps a found value and records its evidence; if nothing was found, records the status `absent`.
    pub fn take<T>(
        &mut self,
        pointer: impl Into<String>,
        found: Option<Found<T>>,
        absent: Status,
    ) -> Option<T> {
        match found {
            Some(f) => {
                self.note(pointer, f.evidence);
                Some(f.value)
            }
            None => {
                self.absent(pointer, absent);
                None
            }
        }
    }

    /// Records why there is no value at a JSON Pointer.
    pub fn absent(&mut self, pointer: impl Into<String>, status: Status) {
        self.note(pointer, Evidence { status, ..Evidence::default() });
    }

    /// Records that a value was derived, and from which source.
    pub fn derived(&mut self, pointer: impl Into<String>, source: &str) {
        self.note(
            pointer,
            Evidence { status: Status::Derived, source: Some(source.to_owned()), ..Evidence::default() },
        );
    }

    /// Adds a warning.
    pub fn warn(&mut self, code: &str, path: Option<&str>, page: Option<u32>, message: impl Into<String>) {
        self.diagnose(Severity::Warning, code, path, page, message);
    }

    /// Adds a diagnostic.
    pub fn diagnose(
        &mut self,
        severity: Severity,
        code: &str,
        path: Option<&str>,
        page: Option<u32>,
        message: impl Into<String>,
    ) {
        self.record.diagnostics.push(Diagnostic {
            severity,
            code: code.to_owned(),
            path: path.map(str::to_owned),
            message: message.into(),
            page,
        });
    }
}
