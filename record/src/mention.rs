//! Earlier inspections that a document mentions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An earlier inspection, visit or review that the document mentions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// What is mentioned: a code of `inspection.type`, or `inspection` if the document does not say which kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its date as far as printed: `2022`, `2022-05` or `2022-05-13`; the first of several days.
    #[schemars(regex(pattern = r"^[0-9]{4}(-[0-9]{2}){0,2}$"))]
    pub date: Option<String>,
    /// The last day, if several are printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub date_end: Option<String>,
    /// What happened on the date: `inspection` or `publication`; null if there is no date.
    pub date_is: Option<String>,
    /// Who was inspected, as printed, if not the report's own provider.
    pub provider: Option<String>,
    /// The grades it is said to have given.
    pub judgements: Vec<MentionedJudgement>,
    /// The words that mention it.
    pub text: String,
}

/// A grade that an earlier inspection is said to have given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionedJudgement {
    /// Code of what was judged.
    pub area: String,
    /// Code of the grade.
    pub grade: String,
}
