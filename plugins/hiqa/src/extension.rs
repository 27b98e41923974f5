//! The record's extension and its schema.

use findings_plugin_sdk::schema_of;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The `$id` of the schema of [`Extension`].
pub const SCHEMA_ID: &str = "urn:findings:schema:hiqa-designated-centre:1.0";

/// The schema of [`Extension`], as stored in `schema.json` beside the crate.
pub fn schema() -> Value {
    schema_of::<Extension>(SCHEMA_ID, "HIQA: inspection of a designated centre")
}

/// What a report on a designated centre states in addition to what every inspection record has. A value is null where the
/// report does not state it or where it could not be read: the record's evidence says which.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extension {
    /// The report's title, with the group of residents in brackets.
    pub document_title: Option<String>,
    /// Who issued it: "Chief Inspector".
    pub issued_by: Option<String>,
    /// Name of the designated centre.
    pub centre_name: Option<String>,
    /// Name of the registered provider.
    pub provider_name: Option<String>,
    /// The centre's address; the report prints only the county.
    pub address: Option<String>,
    /// `announced`, `unannounced` or `short-notice-announced`.
    pub inspection_type: Option<String>,
    /// The dates of the inspection (ISO 8601).
    #[schemars(inner(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")))]
    pub dates: Vec<String>,
    /// The dates as printed on the cover.
    pub date_printed: Option<String>,
    /// The centre's id: `OSV-` and seven digits.
    pub centre_id: Option<String>,
    /// The inspection's id: `MON-` and seven digits.
    pub fieldwork_id: Option<String>,
    /// The number of residents on the date of the inspection.
    pub number_of_residents: Option<u32>,
    /// Number of the document's pages.
    pub pages: u32,
    /// What the provider says about the centre.
    pub about: Option<String>,
    /// The rows of the table of times, each an inspector on one day.
    pub inspectors: Vec<Visit>,
    /// The regulations considered, in printed order.
    pub regulations: Vec<Regulation>,
    /// The regulations addressed in section 1 of the compliance plan, in printed order.
    pub compliance_plan: Vec<PlannedRegulation>,
    /// The requirements that were not met: the rows of section 2 of the compliance plan.
    pub risks: Vec<Risk>,
    /// The headings of the report, in printed order.
    pub headings: Vec<String>,
}

/// An inspector on one day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// Name as printed.
    pub name: Option<String>,
    /// `Lead` or `Support`, as printed.
    pub role: Option<String>,
    /// The day (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// The times as printed.
    pub times: Option<String>,
    /// When the inspector arrived: hours and minutes.
    #[schemars(regex(pattern = r"^[0-2][0-9]:[0-5][0-9]$"))]
    pub start: Option<String>,
    /// When the inspector left: hours and minutes.
    #[schemars(regex(pattern = r"^[0-2][0-9]:[0-5][0-9]$"))]
    pub end: Option<String>,
}

/// A regulation with its judgment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Regulation {
    /// Its number. Not unique: both sets of regulations, told apart by `act`, are numbered from 1.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The dimension under which it is reported: "Capacity and capability", "Quality and safety".
    pub dimension: Option<String>,
    /// `compliant`, `substantially-compliant` or `not-compliant`.
    pub judgment: Option<String>,
    /// `care-and-support` or `registration`: the set of regulations it belongs to; null for kinds of centre whose
    /// regulations have not been seen.
    pub act: Option<String>,
    /// Instrument, number and title as printed.
    pub printed: String,
}

/// A regulation addressed in the compliance plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedRegulation {
    /// Its number.
    pub regulation_number: String,
    /// Its title.
    pub regulation_title: String,
    /// `substantially-compliant` or `not-compliant`.
    pub judgment: Option<String>,
    /// `registration` for one of the registration regulations; otherwise absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
}

/// A requirement that was not met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Risk {
    /// Number of the regulation and its paragraph as printed: "23(1)(c)", "05(4)(b)", "27".
    pub regulation: Option<String>,
    /// The requirement.
    pub requirement: Option<String>,
    /// `substantially-compliant` or `not-compliant`.
    pub judgment: Option<String>,
    /// `yellow` (low), `orange` (moderate) or `red` (high).
    pub risk_rating: Option<String>,
    /// The deadline for complying with it (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub due_date: Option<String>,
    /// `registration` for one of the registration regulations; otherwise absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
}
