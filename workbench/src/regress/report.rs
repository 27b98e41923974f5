//! The report on two runs: the form of `findings regress --format json`, and the source of its published schema.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What changed between two runs over the same documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegressReport {
    /// The `$id` of the schema that this report follows.
    #[schemars(regex(pattern = r"^urn:findings:schema:regress-report:1\.[0-9]+$"))]
    pub schema: String,
    /// The run before.
    pub base: RunInfo,
    /// The run after.
    pub head: RunInfo,
    /// What a gate may count.
    pub counters: Counters,
    /// Accuracy before and after, if there are labels.
    pub accuracy: Option<Accuracy>,
    /// Each field that changed, by its JSON Pointer with `*` for any index.
    pub fields: IndexMap<String, Classes>,
    /// Similar changes in groups, those that broke something first.
    pub groups: Vec<Group>,
    /// Diagnostics that came or went.
    pub diagnostics: Vec<DiagnosticGroup>,
    /// Evidence that is gone although its value stayed.
    pub lost_evidence: Vec<LostEvidence>,
    /// Time before and after, if both runs have a trace.
    pub time: Option<Time>,
    /// Labelled documents in which a value was fixed.
    pub fixed_documents: Vec<String>,
    /// Labelled documents in which a value was broken.
    pub broken_documents: Vec<String>,
    /// Documents that only the run before has.
    pub only_in_base: Vec<String>,
    /// Documents that only the run after has.
    pub only_in_head: Vec<String>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunInfo {
    /// What it was called on the command line.
    pub name: String,
    /// The tool that made its records.
    pub tool: Option<String>,
    /// Documents.
    pub documents: usize,
    /// Documents that gave no record.
    pub errors: usize,
    /// Whether there is a trace.
    pub traced: bool,
}

/// What a gate may count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counters {
    /// Documents of both runs.
    pub documents: usize,
    /// Documents whose record changed.
    pub changed_documents: usize,
    /// Values by what became of them.
    #[serde(flatten)]
    pub values: Classes,
    /// Documents that had a record and have none.
    pub lost_records: usize,
    /// Documents that have a record and had none.
    pub gained_records: usize,
    /// Diagnostics that are new.
    pub new_diagnostics: usize,
    /// Diagnostics that are gone.
    pub gone_diagnostics: usize,
    /// Values that stayed but lost their evidence.
    pub lost_evidence: usize,
    /// Documents that take longer.
    pub slower: usize,
    /// Documents that only one of the runs has.
    pub unpaired: usize,
}

/// Values by what became of them. The first two need a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Classes {
    /// Wrong or missing before, right now.
    pub fixed: usize,
    /// Right before and wrong or missing now, or wrong now where it was missing.
    pub broken: usize,
    /// Another value; no label says which is right, or both are right, or neither is.
    pub changed: usize,
    /// A value before, none now; no label says that there is one.
    pub missing: usize,
    /// No value before, one now; no label says what it should be.
    pub found: usize,
}

impl Classes {
    /// All of them.
    pub fn total(self) -> usize {
        self.fixed + self.broken + self.changed + self.missing + self.found
    }
}

/// Accuracy before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accuracy {
    /// Labelled documents that both runs have.
    pub documents: usize,
    /// Before.
    pub base: Scored,
    /// After.
    pub head: Scored,
}

/// Accuracy of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scored {
    /// F1 over all fields.
    pub f1: f64,
    /// Documents in which every scored field is right.
    pub whole: usize,
}

/// Changes that are alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// JSON Pointer of the field, `*` for any index.
    pub field: String,
    /// The grammar rule that reads it; `a → b` where it changed.
    pub rule: Option<String>,
    /// The shape of before → after, for example `date: month` or `text: cut at the end`.
    pub shape: String,
    /// How many values, by what became of them.
    pub values: Classes,
    /// In how many documents.
    pub documents: usize,
    /// The stage that changed first, by how many of the values: `source`, `text`, `repair`, `outline`, `grammar`,
    /// `validate`, or `unknown` if neither trace nor evidence shows it.
    pub stages: IndexMap<String, usize>,
    /// Whether the stages come from the runs' traces; if not, they are inferred from the records' evidence.
    pub traced: bool,
    /// The most frequent pairs of values.
    pub variants: Vec<Variant>,
    /// One of them.
    pub example: Example,
}

/// A pair of values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    /// Before, shortened; null if there was none.
    pub before: Option<String>,
    /// After, shortened; null if there is none.
    pub after: Option<String>,
    /// How many.
    pub count: usize,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// The document.
    pub document: String,
    /// JSON Pointer in the record before.
    pub base_path: Option<String>,
    /// JSON Pointer in the record after.
    pub head_path: Option<String>,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
    /// `fixed`, `broken`, `changed`, `missing` or `found`.
    pub class: String,
    /// The page it was read on.
    pub page: Option<u32>,
    /// The words it was read from.
    pub quote: Option<String>,
}

/// Diagnostics of one code that came or went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiagnosticGroup {
    /// The code.
    pub code: String,
    /// What it points at, `*` for any index.
    pub path: Option<String>,
    /// Whether it is new; otherwise it is gone.
    pub new: bool,
    /// How many.
    pub count: usize,
    /// The document of one of them.
    pub document: String,
    /// Its message.
    pub message: String,
}

/// Values of one field that stayed but lost their evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LostEvidence {
    /// JSON Pointer of the field, `*` for any index.
    pub field: String,
    /// How many.
    pub count: usize,
    /// The document of one of them.
    pub document: String,
    /// Its JSON Pointer.
    pub path: String,
}

/// Time before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// Milliseconds over all documents, before.
    pub base_ms: f64,
    /// Milliseconds over all documents, after.
    pub head_ms: f64,
    /// Documents that take longer, the worst first.
    pub slower: Vec<Slower>,
}

/// A document that takes longer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slower {
    /// The document.
    pub document: String,
    /// Milliseconds before.
    pub base_ms: f64,
    /// Milliseconds after.
    pub head_ms: f64,
    /// The stage that grew most.
    pub stage: String,
}
