//! Where a value was read, or why it is absent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a value was read, or why it is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Whether the value was read, and if not, why.
    pub status: Status,
    /// Where it is in the document; several places if it runs over lines or pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// The words that it was read from, as in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The grammar rule that read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Each repair made to the text, "before → after"; the quote has the text before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<Vec<String>>,
    /// How often similar values were right, 0 to 1: those of the same field, from the same kind of text, with as many
    /// witnesses, repairs and nearby doubts. In a plugin's record, and only for text from OCR, the engine's confidence in
    /// the least certain word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// How many places of the document agree on the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witnesses: Option<u32>,
    /// For derived values: the table they were looked up in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Whether a value was read, and if not, why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It was read.
    Found,
    /// It was looked up or computed from what was read.
    Derived,
    /// The document has no such thing.
    #[default]
    NotStated,
    /// This format never has it.
    NotApplicable,
    /// It is there but illegible.
    Illegible,
    /// The document contradicts itself.
    Conflicting,
    /// It seems to be there, but the grammar could not read it.
    NotRead,
    /// A person corrected it; quote and place are those that the person marked, or else those that were read.
    Corrected,
}

/// A place in the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Page, from 1.
    pub page: u32,
    /// x0, top, x1, bottom in points from the page's top left; null for plain text.
    pub bbox: Option<[f32; 4]>,
}

/// Whether a JSON Pointer equals another or is below it.
///
/// ```
/// use findings_record::within;
///
/// assert!(within("/inspectors/1/name", "/inspectors/1"));
/// assert!(!within("/inspectors/10", "/inspectors/1"));
/// ```
pub fn within(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
