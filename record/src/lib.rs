//! The record: what one inspection report says, and where each value was read.
//!
//! These types are the source of the published schema ([`crate::schema`]). Objects and vocabularies are open: a new
//! property or code is a minor version. Coded values are plain strings; [`vocabulary`] lists the codes with their
//! meanings.
//!
//! [`schema`] generates the published schemas from the types; `validate` (a feature) validates JSON against them.
//! Nothing here knows about PDF or any particular regulator.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

pub mod date;
mod diagnostic;
mod doubt;
mod draft;
mod error;
mod evidence;
mod figure;
mod lists;
mod mention;
mod sample;
pub mod schema;
#[cfg(feature = "validate")]
pub mod validate;
pub mod vocabulary;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use date::Date;
pub use diagnostic::{Diagnostic, Severity};
pub use doubt::{Answer, Doubt, all_doubts_of_json, doubts, doubts_of_json, weight as weight_of_doubt};
pub use draft::{Draft, Found, Part};
pub use error::{Error, ErrorCode, ErrorReport};
pub use evidence::{Evidence, Span, Status, within};
pub use figure::{Amount, Comparison, Figure, PreviousFigure};
pub use mention::{Mention, MentionedJudgement};
pub use sample::sample;

/// The `$id` of the published schema of [`Record`].
pub const SCHEMA_ID: &str = "urn:findings:schema:inspection-report:1.0";

/// The record of one inspection report or letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The `$id` of the schema that this record follows.
    #[schemars(regex(pattern = r"^urn:findings:schema:inspection-report:1\.[0-9]+$"))]
    pub schema: String,
    /// The file that was read.
    pub document: DocumentInfo,
    /// The format and edition it was read as.
    pub format: FormatRef,
    /// What made the record. Has no time and no host name, so that the same bytes give the same record.
    pub run: Run,
    /// Code of the regulator that published the report, for example `ofsted`.
    pub regulator: String,
    /// Codes of the regulators that took part in a joint inspection with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Who was inspected.
    pub provider: Provider,
    /// What kind of inspection it was, and when.
    pub inspection: Inspection,
    /// Date of publication (ISO 8601), only where the document prints it.
    #[schemars(extend("format" = "date"))]
    pub published: Option<String>,
    /// The parts of a letter around its body: date, addressees, subject, signatures; null for reports.
    pub letter: Option<Letter>,
    /// The inspectors that the document names, in printed order.
    pub inspectors: Vec<Inspector>,
    /// The graded judgements, in printed order.
    pub judgements: Vec<Judgement>,
    /// What needs to improve: recommendations, areas for improvement, priority actions, in printed order.
    pub improvements: Vec<Improvement>,
    /// Strengths, only where the document prints a list of them.
    pub strengths: Vec<Strength>,
    /// The whole body of the document in order, each block once.
    pub sections: Vec<Section>,
    /// Footnotes, in order.
    pub footnotes: Vec<Footnote>,
    /// Every number that the section about the area states, each once, in printed order.
    pub figures: Vec<Figure>,
    /// Earlier inspections, visits and reviews that the document mentions, each once; never the inspection it reports.
    pub mentions: Vec<Mention>,
    /// A plugin's own part, validated by the plugin's own schema.
    pub extension: Option<serde_json::Value>,
    /// JSON Pointer into this record → where the value was read, or why it is absent.
    pub evidence: IndexMap<String, Evidence>,
    /// Remarks on how the record was read: what may be wrong or missing, and what was repaired or left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// The file as given on the command line; `-` for standard input.
    pub source: String,
    /// SHA-256 of the file's bytes, 64 hexadecimal digits; empty if they could not be read.
    #[schemars(regex(pattern = r"^([0-9a-f]{64})?$"))]
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type determined from the bytes, for example `application/pdf`.
    pub media_type: String,
    /// Number of pages; 1 for plain text without form feeds.
    pub pages: u32,
    /// The PDF's title property. Often an unfilled template, so never used for a field.
    pub title: Option<String>,
    /// The program that made the PDF.
    pub producer: Option<String>,
    /// Creation date of the PDF (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub created: Option<String>,
    /// Where the text came from: `native`, `ocr`, `mixed` or `plain-text`.
    pub text_layer: String,
    /// How many words of the text layer are in each part of the document.
    pub words: WordCount,
    /// Which of several documents in the file this is; absent if the file holds only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<DocumentPart>,
}

/// One of several documents in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentPart {
    /// Which one it is, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// The page of the file that it begins on, from 1.
    pub first_page: u32,
    /// The page of the file that it ends on.
    pub last_page: u32,
}

/// Counts of the words of the text layer. Each word belongs to exactly one of five parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WordCount {
    /// Words of the text layer.
    pub total: u32,
    /// Words in `sections`.
    pub sections: u32,
    /// Words of the title block, letterhead, front table and signatures.
    pub front: u32,
    /// Words of footnotes.
    pub notes: u32,
    /// Words of running headers and footers, page numbers, contents page and back page.
    pub furniture: u32,
    /// Words of the title block, letterhead, front table and signatures that were not read; not counted in `front`.
    pub unread: u32,
}

/// The format a document was read as, and the layout of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormatRef {
    /// Format id, for example `ofsted.ilacs.inspection`; `findings formats` lists them.
    pub id: String,
    /// The edition (layout) of the format.
    pub edition: String,
}

/// What made a record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Name and version of the tool.
    pub tool: String,
    /// Name of the engine that the text came from.
    pub text_engine: String,
    /// Id and version of the plugin that read the document, if one did.
    pub plugin: Option<String>,
}

/// Who was inspected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provider {
    /// The area's short name.
    pub name: Option<String>,
    /// The provider exactly as the title prints it.
    pub printed: Option<String>,
    /// What the provider is: `local-authority` or `local-area-partnership`.
    pub kind: String,
    /// Identifiers that were in force when the inspection began; null if the area was not found.
    pub ids: Option<ProviderIds>,
    /// Region of England, looked up from the area.
    pub region: Option<String>,
    /// Identifiers in force today, which official statistics use: an area's codes can change while its name stays. Null
    /// if the area was not found or has been abolished.
    pub ids_current: Option<CurrentIds>,
    /// The areas that took over an abolished one.
    pub successors: Vec<Successor>,
}

/// The codes of an area that are in force today.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurrentIds {
    /// Code of the Office for National Statistics, for example `E06000023`.
    #[schemars(regex(pattern = r"^E[0-9]{8}$"))]
    pub ons: Option<String>,
    /// Code of the Department for Education, three digits.
    #[schemars(regex(pattern = r"^[0-9]{3}$"))]
    pub dfe: Option<String>,
}

/// An area that took over one that was abolished.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Successor {
    /// Its short name in the table of local authorities.
    pub name: String,
    /// Code of the Office for National Statistics, for example `E06000023`.
    #[schemars(regex(pattern = r"^E[0-9]{8}$"))]
    pub ons: Option<String>,
    /// Code of the Department for Education, three digits.
    #[schemars(regex(pattern = r"^[0-9]{3}$"))]
    pub dfe: Option<String>,
}

/// Identifiers of an area.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProviderIds {
    /// Code of the Office for National Statistics, for example `E06000023`.
    #[schemars(regex(pattern = r"^E[0-9]{8}$"))]
    pub ons: Option<String>,
    /// Code of the Department for Education, three digits.
    #[schemars(regex(pattern = r"^[0-9]{3}$"))]
    pub dfe: Option<String>,
    /// Ofsted's unique reference number.
    pub ofsted_urn: Option<String>,
}

/// Type and dates of an inspection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inspection {
    /// Inspection framework: `ILACS`, `SIF`, `pre-2013`, `JTAI`, `area-SEND`.
    pub framework: String,
    /// Code of the type: `standard`, `short`, `focused-visit`, `monitoring-visit`, `single`, `joint`, `full` or another.
    #[serde(rename = "type")]
    pub kind: String,
    /// What a focused visit or a joint inspection looked at.
    pub theme: Option<String>,
    /// First day (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub start: Option<String>,
    /// Last day (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub end: Option<String>,
    /// Every range of days that the document prints for this inspection.
    pub visits: Vec<DateRange>,
}

/// A range of days, both ends included (ISO 8601).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DateRange {
    /// First day.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// Last day.
    #[schemars(extend("format" = "date"))]
    pub end: String,
}

impl DateRange {
    /// The number of days; `None` if either end is not a valid date.
    pub fn days(&self) -> Option<i64> {
        let number = |iso: &str| Some(i64::from(Date::from_iso(iso)?.days_since_1970()));
        Some(number(&self.end)? - number(&self.start)? + 1)
    }
}

/// The parts of a letter around its body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Letter {
    /// Date of the letter (ISO 8601).
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// The addressees, in printed order.
    pub recipients: Vec<Recipient>,
    /// The salutation without "Dear" and the comma.
    pub salutation: Option<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// Who signed it.
    pub signatories: Vec<Signatory>,
}

/// An addressee of a letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recipient {
    /// Name without titles and post-nominals.
    pub name: Option<String>,
    /// The post held.
    pub role: Option<String>,
    /// The organisation that the post belongs to.
    pub organisation: Option<String>,
    /// Address lines without the postcode.
    #[serde(default)]
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// The line as printed, if role and organisation can be split in more than one way.
    #[serde(default)]
    pub printed: Option<String>,
}

/// A person who signed a letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    /// Name without titles and post-nominals.
    pub name: Option<String>,
    /// The post held.
    pub role: Option<String>,
    /// The organisation, if it is printed.
    pub organisation: Option<String>,
}

/// An inspector named in the document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inspector {
    /// Name without titles and post-nominals; null if it could not be read with confidence.
    pub name: Option<String>,
    /// The role in the inspection, for example "Lead inspector".
    pub role: Option<String>,
    /// The inspectorate.
    pub organisation: Option<String>,
    /// Whether this is the lead inspector; null if the document does not say who led.
    pub lead: Option<bool>,
}

/// A graded judgement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judgement {
    /// Code of what was judged, for example `help-and-protection`.
    pub area: String,
    /// The label as printed.
    pub label: String,
    /// Code of the grade; null if it could not be read.
    pub grade: Option<String>,
    /// The grade as printed.
    pub printed: Option<String>,
    /// Code of the scale that the grade belongs to.
    pub scale: String,
    /// The grade's rank on its scale; 1 is best.
    pub rank: Option<u8>,
}

/// Something that needs to improve.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Improvement {
    /// The item's text, with lines and sub-bullets joined.
    pub text: String,
    /// `area-for-improvement`, `recommendation` or `priority-action`.
    pub kind: String,
    /// `local-authority`, `partnership` or `lscb`.
    pub addressed_to: String,
    /// The item's printed number.
    pub number: Option<u32>,
    /// The theme or time frame printed above it.
    pub group: Option<String>,
    /// The organisations named beside it, as printed.
    pub responsible: Option<String>,
    /// Numbers of the report's paragraphs that it refers to.
    #[serde(default)]
    pub paragraphs: Vec<u32>,
}

/// A strength that the document lists.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strength {
    /// The item.
    pub text: String,
}

/// A section of the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// The heading as printed, without footnote marks; null for text before the first heading, and for text that continues
    /// after a boxed example.
    pub heading: Option<String>,
    /// Code of what the section is.
    pub kind: String,
    /// Level of the heading, judged by its typography; 1 is the top.
    pub level: u8,
    /// Index of the section that contains it; null at the top.
    pub parent: Option<u32>,
    /// Code of the judgement area that the text is about, its own or that of a section containing it.
    pub area: Option<String>,
    /// Code of the grade in the heading.
    pub grade: Option<String>,
    /// The section's own text, in order.
    pub blocks: Vec<SectionBlock>,
}

/// A block of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SectionBlock {
    /// A paragraph.
    Paragraph {
        /// Its printed number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
        /// Its text, lines joined.
        text: String,
    },
    /// An item of a list.
    Bullet {
        /// Depth, 1 is the top.
        level: u8,
        /// Its text, lines joined.
        text: String,
    },
    /// A table, row by row.
    Table {
        /// Cells of each row.
        rows: Vec<Vec<String>>,
    },
}

/// A footnote.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Footnote {
    /// Its mark.
    pub mark: Option<String>,
    /// The page that it stands on, from 1.
    pub page: u32,
    /// Its text.
    pub text: String,
}
