//! The record's extension and its schema.

use findings_plugin_sdk::schema_of;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The `$id` of the schema of [`Extension`].
pub const SCHEMA_ID: &str = "urn:findings:schema:cqc-adult-social-care:1.0";

/// The schema of [`Extension`], as stored in `schema.json` beside the crate.
pub fn schema() -> Value {
    schema_of::<Extension>(SCHEMA_ID, "CQC: inspection of an adult social care location")
}

/// What a report on an adult social care location states in addition to what every inspection record has. A value is null
/// where the report does not state it or where it could not be read: the record's evidence says which.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extension {
    /// The report's title.
    pub document_title: Option<String>,
    /// Number of the document's pages.
    pub pages: u32,
    /// Name of the registered provider.
    pub provider: Option<String>,
    /// Name of the location.
    pub location: Option<String>,
    /// The location's address including the postcode, on one line with commas.
    pub address: Option<String>,
    /// The location's postcode.
    pub postcode: Option<String>,
    /// The location's telephone number as printed.
    pub telephone: Option<String>,
    /// The dates of the visit (ISO 8601).
    #[schemars(inner(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")))]
    pub visit_dates: Vec<String>,
    /// The date of publication (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub publication_date: Option<String>,
    /// Code of the overall rating: `outstanding`, `good`, `requires-improvement`, `inadequate`.
    pub overall_rating: Option<String>,
    /// The key questions with their ratings, in printed order.
    pub ratings: Vec<Rating>,
    /// Code of the overall rating at the last inspection.
    pub last_rating: Option<String>,
    /// The date printed with the last rating (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub last_rating_date: Option<String>,
    /// The sentence that states the last rating.
    pub last_rating_text: Option<String>,
    /// What kind of service it is: "care home".
    pub service_type: Option<String>,
    /// The most people it can provide care for.
    pub capacity: Option<u32>,
    /// How many people it was caring for when it was inspected.
    pub people_at_time_of_inspection: Option<u32>,
    /// `unannounced` or `announced`.
    pub notice: Option<String>,
    /// Why it was inspected.
    pub why_we_inspected: Option<String>,
    /// What the regulator is going to do.
    pub follow_up: Option<String>,
    /// The inspection team: numbers and roles, without names.
    pub inspection_team_text: Option<String>,
    /// Always empty: the form does not name inspectors.
    pub inspectors: Vec<String>,
    /// Breaches of regulations. Not listed one by one: see the diagnostics.
    pub regulation_breaches: Vec<String>,
    /// Enforcement. Not listed one by one: see the diagnostics.
    pub enforcement: Vec<String>,
    /// Recommendations. Not listed one by one: see the diagnostics.
    pub recommendations: Vec<String>,
    /// The section of the act under which the inspection was carried out.
    pub legal_basis: Option<String>,
    /// What each key question means, according to its chapter.
    pub key_question_definitions: Vec<Definition>,
    /// The parts of the report with their pages.
    pub sections: Vec<SectionPages>,
    /// The headings, in printed order.
    pub headings: Vec<Heading>,
}

/// A key question with its rating.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// The question: "Is the service safe?"
    pub question: String,
    /// `safe`, `effective`, `caring`, `responsive` or `well-led`.
    pub key: String,
    /// Code of the rating.
    pub rating: Option<String>,
    /// The rating as printed.
    pub printed: Option<String>,
    /// Code of the rating at the last inspection.
    pub previous_rating: Option<String>,
    /// How it compares with the last one: "remained the same", "improved", "deteriorated".
    pub change: Option<String>,
    /// The sentence under the question in the list of the five questions.
    pub sentence: Option<String>,
}

/// What a key question means.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Definition {
    /// The question's key.
    pub key: String,
    /// The definition as printed.
    pub text: String,
}

/// A part of the report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SectionPages {
    /// Its heading.
    pub title: String,
    /// Code of the rating, for the chapter of a key question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The page on which it begins, from 1.
    pub first_page: u32,
    /// The page on which it ends.
    pub last_page: u32,
}

/// A heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// Depth; 1 is the top.
    pub level: u8,
    /// The heading as printed.
    pub text: String,
    /// The page it is on, from 1.
    pub page: u32,
}
