//! Remarks on a record for its reader: what may be wrong or was done in reading it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark about a record. Codes are listed in [`super::vocabulary::DIAGNOSTICS`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How serious it is.
    pub severity: Severity,
    /// Code of the diagnostic, in kebab case.
    pub code: String,
    /// JSON Pointer to the value it is about.
    pub path: Option<String>,
    /// The message, for people.
    pub message: String,
    /// The page it is about, from 1.
    pub page: Option<u32>,
}

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is wrong.
    Info,
    /// A value may be wrong or missing.
    Warning,
    /// A part of the document could not be read.
    Error,
}
