//! What came of damaged documents, added up.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What became of damaged documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StressReport {
    /// The `$id` of the schema that this report follows.
    pub schema: String,
    /// The random seed for the places of damage.
    pub seed: u64,
    /// How many times, at most, each document was damaged with each class.
    pub each: usize,
    /// How many documents were damaged.
    pub documents: usize,
    /// Documents that could not be read undamaged, and why.
    pub left_out: Vec<String>,
    /// All damages.
    pub total: Tally,
    /// The same for fields only: without the body's headings and blocks, and without footnotes.
    pub outside_body: FieldTally,
    /// By class of damage.
    pub classes: IndexMap<String, Tally>,
    /// By field: a JSON Pointer up to the first list.
    pub fields: IndexMap<String, FieldTally>,
    /// Each value that was changed silently.
    pub silent: Vec<Silent>,
}

/// Counts of values by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Damaged texts that were read.
    pub damages: usize,
    /// Of these, those that gave an error instead of a record: nothing about them is silent.
    pub refused: usize,
    /// Values of the whole documents, counted once for each damaged text.
    pub values: usize,
    /// Values that are otherwise than a right reading has them.
    pub changed: usize,
    /// Of these, those that the record says to be in doubt.
    pub flagged: usize,
    /// Of these, those that it does not.
    pub silent: usize,
    /// `silent` as a share of `changed`, 0 to 1.
    pub silent_share: f64,
    /// Damaged texts with a value that was changed silently.
    pub with_silent: usize,
    /// Fields that are right and flagged, though they were not in the whole document.
    pub in_vain: usize,
}

/// The same for a field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldTally {
    /// Values of the whole documents, counted once for each damaged text.
    pub values: usize,
    /// Values that are otherwise than a right reading has them.
    pub changed: usize,
    /// Of these, those that the record says to be in doubt.
    pub flagged: usize,
    /// Of these, those that it does not.
    pub silent: usize,
    /// Times that it was right and flagged, though it was not in the whole document.
    pub in_vain: usize,
}

/// A value that was changed silently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Silent {
    /// The document.
    pub document: String,
    /// Id of its format.
    pub format: String,
    /// The class of damage.
    pub class: String,
    /// What was done to the text.
    pub damage: String,
    /// The page that it was done to, from 1.
    pub page: u32,
    /// JSON Pointer to the value.
    pub pointer: String,
    /// What a right reading has.
    pub expected: Value,
    /// What was read.
    pub got: Value,
}

impl Tally {
    /// Adds another's counts.
    pub(super) fn add(&mut self, other: &Self) {
        self.damages += other.damages;
        self.refused += other.refused;
        self.values += other.values;
        self.changed += other.changed;
        self.flagged += other.flagged;
        self.silent += other.silent;
        self.with_silent += other.with_silent;
        self.in_vain += other.in_vain;
        self.silent_share = self.silent as f64 / self.changed.max(1) as f64;
    }
}

impl FieldTally {
    /// Adds another's counts.
    pub(super) fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.changed += other.changed;
        self.flagged += other.flagged;
        self.silent += other.silent;
        self.in_vain += other.in_vain;
    }
}
