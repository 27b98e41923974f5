//! Earlier inspections that a document mentions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An earlier inspection, visit or review that the document speaks of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// What is mentioned: a code of `inspection.type`, or `inspection` where the document does not say which kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its date as far as it is printed: `2022`, `2022-05` or `2022-05-13`; of several days the first.
    #[schemars(regex(pattern = r"^[0-9]{4}(-[0-9]{2}){0,2}$"))]
    pub date: Option<String>,
    /// The last day, where several are printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub date_end: Option<String>,
    /// What the date is of: `inspection` or `publication`; null where there is none.
    pub date_is: Option<String>,
    /// Who was inspected, as printed, where it is another than the report's own provider.
    pub provider: Option<String>,
    /// The grades that it is said to have given.
    pub judgements: Vec<MentionedJudgement>,
    /// The words that say so.
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
