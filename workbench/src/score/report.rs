//! The score report: the form of `findings score --format json`, and the source of its published schema.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How accurate records are, measured against labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreReport {
    /// The `$id` of the schema that this report follows.
    #[schemars(regex(pattern = r"^urn:findings:schema:score-report:1\.[0-9]+$"))]
    pub schema: String,
    /// How it was measured.
    pub method: Method,
    /// What became of the labelled documents.
    pub documents: Documents,
    /// All fields together.
    pub total: Figures,
    /// Each field.
    pub fields: IndexMap<String, Field>,
    /// The same by format, edition and text layer.
    pub groups: Vec<Group>,
    /// Every value that was wrong, missing or too many.
    pub wrong: Vec<Wrong>,
}

/// How it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// The share of words that long texts must have in common to count as the same.
    pub near: f64,
    /// How many bootstrap samples of the documents were drawn for the intervals.
    pub resamples: usize,
    /// The random seed.
    pub seed: u64,
    /// The confidence level of the intervals.
    pub confidence: f64,
}

/// What became of the labelled documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Documents {
    /// Labels.
    pub labelled: usize,
    /// Documents in which every scored field is right, of those that are reports.
    pub whole: Share,
    /// Ids of reports that have no record.
    pub without_record: Vec<String>,
    /// Documents that are not reports and were refused with an error.
    pub refused: usize,
    /// Documents that are not reports.
    pub to_refuse: usize,
}

/// A proportion, with its Wilson interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// How many.
    pub right: usize,
    /// Of how many.
    pub of: usize,
    /// The interval of the share, 0 to 1.
    pub interval: [f64; 2],
}

/// Counts, and the measures computed from them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Extracted values that are right.
    pub hit: usize,
    /// Values that the labels have.
    pub gold: usize,
    /// Extracted values that count.
    pub got: usize,
    /// Share of the extracted values that are right, 0 to 1.
    pub precision: f64,
    /// Share of the labelled values that were extracted, 0 to 1.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Wrong values that no diagnostic points at: the worst kind of error.
    pub silent: usize,
    /// Intervals, if they were computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Intervals>,
}

/// Bootstrap intervals over documents. If no document has an error they have no width: see the share of
/// documents then.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Intervals {
    /// Of the precision.
    pub precision: [f64; 2],
    /// Of the recall.
    pub recall: [f64; 2],
    /// Of F1.
    pub f1: [f64; 2],
}

/// One field over all documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// The counts.
    #[serde(flatten)]
    pub figures: Figures,
    /// Documents in which the field is right, of those that have it.
    pub documents: Share,
    /// Ids of the documents in which it is not.
    pub wrong_in: Vec<String>,
}

/// Documents that have something in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// What: `format`, `edition` or `text-layer`.
    pub by: String,
    /// Its value; `no record` if it would come from a record and there is none.
    pub name: String,
    /// Whole documents.
    pub whole: Share,
    /// All fields together.
    pub total: Figures,
    /// Each field.
    pub fields: IndexMap<String, Figures>,
}

/// A value that was wrong, missing or too many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wrong {
    /// The document's id.
    pub document: String,
    /// The document, as named by the record or else the label.
    pub source: String,
    /// The field.
    pub field: String,
    /// The label's value; null if it has none like it.
    pub expected: Option<String>,
    /// The record's value; null if it has none like it.
    pub got: Option<String>,
    /// JSON Pointer to the record's value.
    pub path: Option<String>,
    /// The page it was read on.
    pub page: Option<u32>,
    /// The words it was read from.
    pub quote: Option<String>,
    /// The grammar rule that read it.
    pub rule: Option<String>,
    /// Whether it is wrong but no diagnostic points at it.
    pub silent: bool,
}
