//! The record of an article.

use std::collections::BTreeMap;

use findings_plugin_sdk::record::{Diagnostic, DocumentInfo, Evidence, FormatRef, ProviderIds, Run};
use schemars::JsonSchema;
use serde::Serialize;

/// The `$id` of the schema of these records.
pub const SCHEMA_ID: &str = "urn:findings:schema:press-article:1.0";

/// A newspaper's article about an inspection.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PressArticle {
    /// The `$id` of the schema that this record follows.
    #[schemars(regex(pattern = r"^urn:findings:schema:press-article:1\.[0-9]+$"))]
    pub schema: String,
    /// The file that was read.
    pub document: DocumentInfo,
    /// The format and edition it was read as.
    pub format: FormatRef,
    /// What made the record.
    pub run: Run,
    /// The headline.
    pub headline: Option<String>,
    /// The sentence under the headline, where it is set apart.
    pub standfirst: Option<String>,
    /// The article's paragraphs, clutter of the page left out.
    pub paragraphs: Vec<String>,
    /// The council that it is about.
    pub provider: Option<Council>,
    /// The inspection that it reports.
    pub inspection: ReportedInspection,
    /// Earlier inspections that it speaks of.
    pub earlier: Vec<EarlierInspection>,
    /// Every quotation, in printed order.
    pub quotes: Vec<Quote>,
    /// Money and counts.
    pub figures: Vec<ArticleFigure>,
    /// JSON Pointer into this record → where the value was read, or why it is absent.
    pub evidence: BTreeMap<String, Evidence>,
    /// Remarks on how the record was read: what may be wrong or missing, and what was repaired or left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// The council that an article is about.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Council {
    /// The area's name as the article prints it.
    pub name: String,
    /// What it is: `local-authority`.
    pub kind: String,
    /// Its identifiers in the registers today: an article may give no year.
    pub ids: Option<ProviderIds>,
    /// Region of England, looked up from the area.
    pub region: Option<String>,
}

/// The inspection that an article reports.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct ReportedInspection {
    /// Code of the regulator: `ofsted`, `hiqa`, `cqc`.
    pub regulator: Option<String>,
    /// What kind it was, in the article's words: "focused visit".
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The month, in the article's words: "October".
    pub month: Option<String>,
    /// The year, only where the article prints it with the month.
    pub year: Option<u16>,
}

/// An earlier inspection that an article speaks of.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EarlierInspection {
    /// What kind it was, in the article's words.
    #[serde(rename = "type")]
    pub kind: String,
    /// The month, in the article's words.
    pub month: String,
    /// The year, where it is printed.
    pub year: Option<u16>,
    /// The words that speak of it.
    pub text: String,
}

/// A quotation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Quote {
    /// What is quoted, marks left out; a quotation that runs over paragraphs is joined.
    pub text: String,
    /// Who is quoted, in the article's words; null where it does not say.
    pub attributed_to: Option<String>,
    /// Whose words they are: `report`, `council` or `other`.
    pub kind: String,
    /// The paragraphs that it stands in, from 0; empty for the headline and the standfirst.
    pub paragraphs: Vec<usize>,
}

/// Money or a count.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleFigure {
    /// As printed: "around £5m".
    pub text: String,
    /// Its value.
    pub value: f64,
    /// `GBP`, or what is counted.
    pub unit: String,
}
