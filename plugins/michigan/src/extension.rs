//! The record's extension: what the form prints and the common record has no field for.

use schemars::JsonSchema;
use serde::Serialize;

/// What a child-welfare licensing report from Michigan states. Every property is always present; null means that it is not
/// printed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Extension {
    /// The report's title.
    pub document_title: Option<String>,
    /// `special-investigation`, `renewal-inspection`, `interim-inspection`, `licensing-study` or
    /// `licensing-study-addendum`.
    pub kind: String,
    /// The generation of the form: `legacy` (to about 2022), `cwlm` (since 2023) or `study` (licensing studies).
    pub template: String,
    /// Number of the licence: C, a letter, nine digits.
    pub license_number: Option<String>,
    /// Number of the special investigation.
    pub investigation_number: Option<String>,
    /// Who holds the licence.
    pub licensee_name: Option<String>,
    /// The licensee's address, on one line with commas.
    pub licensee_address: Option<String>,
    /// The agency or institution that was inspected.
    pub facility_name: Option<String>,
    /// The facility's address, on one line with commas.
    pub facility_address: Option<String>,
    /// The administrator; in the older form often together with the word "Designee" or "Administrator".
    pub administrator: Option<String>,
    /// Who acts for the licensee.
    pub licensee_designee: Option<String>,
    /// The chief administrator, in the newer form.
    pub chief_administrator: Option<String>,
    /// The capacity as printed: "31", "Unknown", or empty if only the label is printed.
    pub capacity_printed: Option<String>,
    /// The number of children it is licensed for, if a number is printed.
    pub capacity: Option<u32>,
    /// The services it is licensed to provide.
    pub service_types: Option<Vec<String>>,
    /// The kind of programme.
    pub program_type: Option<String>,
    /// Status of the licence: "Regular", "1st Provisional".
    pub license_status: Option<String>,
    /// When the licence was first issued (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub original_issuance_date: Option<String>,
    /// When the licence takes effect (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub effective_date: Option<String>,
    /// When the licence expires (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub expiration_date: Option<String>,
    /// Date of the letter accompanying the report (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub letter_date: Option<String>,
    /// Date of the consultant's signature (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub report_date: Option<String>,
    /// Date of the approval (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub approval_date: Option<String>,
    /// When the complaint was received (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub complaint_receipt_date: Option<String>,
    /// When the investigation began (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub investigation_initiation_date: Option<String>,
    /// When the report was due (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub report_due_date: Option<String>,
    /// The dates on site (ISO 8601), without duplicates.
    pub inspection_dates: Vec<String>,
    /// The dates of contacts (ISO 8601), one for each contact; null for inspections.
    pub contact_dates: Option<Vec<String>>,
    /// The fire inspection mentioned in a renewal.
    pub fire_inspection: Option<OtherInspection>,
    /// The environmental health inspection mentioned in a renewal.
    pub environmental_health_inspection: Option<OtherInspection>,
    /// The licensing consultant.
    pub analyst_name: Option<String>,
    /// The analyst who visited homes, if the text names one.
    pub field_analyst: Option<String>,
    /// The table of allegations in the older form; null if there is none.
    pub allegation_summary: Option<Vec<AllegationSummary>>,
    /// The allegations that were investigated.
    pub allegations: Vec<String>,
    /// The sentence printed for an inspection that found full compliance.
    pub compliance_statement: Option<String>,
    /// The rules, in printed order.
    pub rules: Vec<RuleFinding>,
    /// What is recommended.
    pub recommendation: Option<RecommendationPart>,
    /// Who signed: the consultant, then the approver.
    pub signatories: Vec<SignatoryPart>,
    /// The headings with Roman numerals.
    pub headings: Vec<String>,
}

/// An inspection by another body.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct OtherInspection {
    /// Its date (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// Its rating as printed.
    pub rating: Option<String>,
}

/// A row of the table of allegations.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct AllegationSummary {
    /// The allegation, in brief.
    pub text: String,
    /// `yes` or `no`.
    pub violation_established: Option<String>,
}

/// A rule with its finding.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct RuleFinding {
    /// Its citation as printed.
    pub rule: String,
    /// Its title without the full stop.
    pub title: Option<String>,
    /// The paragraphs that the report quotes: "(1)(a)".
    pub subrule: Option<String>,
    /// `violation-established`, `violation-not-established`, `repeat-violation-established`, `in-compliance`; null if
    /// it could not be read.
    pub finding: Option<String>,
    /// The words that state the finding; null if none are printed.
    pub printed_finding: Option<String>,
    /// `licensing-rule`, `consent-decree`, `policy-or-contract` or `statute`.
    pub category: String,
    /// The allegation for which it was examined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allegation: Option<String>,
    /// Earlier reports and plans referred to by a repeat finding.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeat_refs: Vec<String>,
}

/// What is recommended.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct RecommendationPart {
    /// The text.
    pub text: String,
    /// `continue-license`, `renew-license`, `modify-status`, `revoke-license`, `deny-license`, `close-license`,
    /// `approve-change`, `issue-original-license`, `issue-provisional-license` or `none-stated`, if nothing is
    /// recommended; null if the recommendation could not be read.
    pub normalised: Option<String>,
    /// The status to which the licence is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Someone who signed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct SignatoryPart {
    /// The name.
    pub name: Option<String>,
    /// The post.
    pub role: Option<String>,
    /// The date of signing (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
}
