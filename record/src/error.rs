//! Why a document produced no record: a closed list of codes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DocumentInfo;

/// Why a document gave no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorCode {
    /// There is no such file.
    NotFound,
    /// The file exists but could not be read.
    Unreadable,
    /// The file is not a PDF, text or image; for example, a web page saved as .pdf.
    NotAReportFile,
    /// The PDF is locked with a password.
    Encrypted,
    /// The PDF is damaged beyond repair.
    Damaged,
    /// The document has pages but no text.
    NoText,
    /// The file is larger than the limit.
    TooLarge,
    /// Reading took longer than the limit.
    TimedOut,
    /// The document has none of the formats that findings knows.
    UnknownFormat,
    /// The record does not follow its schema: a bug in findings.
    InvalidRecord,
    /// A plugin failed on the document.
    PluginFailed,
    /// A bug in findings; other documents are not affected.
    Internal,
}

impl ErrorCode {
    /// All codes, in the order of the published list.
    pub const ALL: [ErrorCode; 12] = [
        Self::NotFound,
        Self::Unreadable,
        Self::NotAReportFile,
        Self::Encrypted,
        Self::Damaged,
        Self::NoText,
        Self::TooLarge,
        Self::TimedOut,
        Self::UnknownFormat,
        Self::InvalidRecord,
        Self::PluginFailed,
        Self::Internal,
    ];

    /// The code as it is printed, kebab-case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Unreadable => "unreadable",
            Self::NotAReportFile => "not-a-report-file",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::NoText => "no-text",
            Self::TooLarge => "too-large",
            Self::TimedOut => "timed-out",
            Self::UnknownFormat => "unknown-format",
            Self::InvalidRecord => "invalid-record",
            Self::PluginFailed => "plugin-failed",
            Self::Internal => "internal",
        }
    }
}

/// Why a document gave no record, in words that say what to do next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("{}: {message}", code.as_str())]
pub struct Error {
    /// What kind of failure it is.
    pub code: ErrorCode,
    /// What happened, and what to do next.
    pub message: String,
}

impl Error {
    /// An error of a kind, with its message for people.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// What is written in place of a record for a document that gave none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorReport {
    /// Why there is no record.
    pub error: Error,
    /// The document, as far as it is known.
    pub document: DocumentInfo,
}
