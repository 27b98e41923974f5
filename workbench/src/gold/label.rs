//! The form of a label file. The types here are the source of its published schema.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::ID_DIGITS;

/// What a person read in a document.
// There is one label for each document, and few are of the small variant, so boxing the large one would gain nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Label {
    /// The document is not an inspection report: the right result is an error, not a record.
    NoReport(NoReport),
    /// The document is an inspection report or letter.
    Report(ReportLabel),
}

impl Label {
    /// The first digits of the document's SHA-256.
    pub fn id(&self) -> &str {
        match self {
            Self::NoReport(label) => &label.id,
            Self::Report(label) => &label.id,
        }
    }
}

// Written by hand, so that an error names the field instead of saying "matches no variant".
impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(from)?;
        with_id(&mut value);
        let label = if value.get("kind").is_some_and(|k| k == "other") {
            NoReport::deserialize(value).map(Self::NoReport)
        } else {
            let left_out = SCORED.iter().copied().filter(|property| value.get(property).is_none()).collect();
            ReportLabel::deserialize(value).map(|label| Self::Report(ReportLabel { left_out, ..label }))
        };
        label.map_err(serde::de::Error::custom)
    }
}

/// A label may have the whole digest of its document in place of the first digits.
fn with_id(label: &mut Value) {
    if let Value::Object(label) = label
        && !label.contains_key("id")
        && let Some(digits) = label.get("sha256").and_then(Value::as_str).and_then(|sha| sha.get(..ID_DIGITS))
    {
        let digits = digits.to_owned();
        label.insert("id".into(), digits.into());
    }
}

/// The label of a document that is not an inspection report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoReport {
    /// The first 12 hexadecimal digits of the document's SHA-256.
    pub id: String,
    /// The document, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Says that it is not a report.
    pub kind: NoReportKind,
    /// Anything else.
    #[serde(flatten)]
    #[schemars(skip)]
    pub more: Map<String, Value>,
}

/// The kind of a document that is not a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoReportKind {
    /// Not an inspection report.
    Other,
}

/// The label of an inspection report or letter. Values are as the document prints them, except: grades without
/// "to be good", names without titles and post-nominals, lines joined, footnote marks dropped, dates in ISO form.
/// What is left out is not scored; null, or an empty list, says that the document has none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportLabel {
    /// The first 12 hexadecimal digits of the document's SHA-256, which link the label to a record.
    #[schemars(regex(pattern = r"^[0-9a-f]{12}$"))]
    pub id: String,
    /// The document, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `ilacs`, `sif`, `focused-visit`, `monitoring-visit`, `safeguarding-pre2013`, `jtai`, `area-send`, or a format's id.
    pub kind: String,
    /// The area's short name.
    #[serde(default)]
    pub local_authority: Option<String>,
    /// The provider as the title prints it; not scored.
    #[serde(default)]
    pub provider_as_printed: Option<String>,
    /// First day of the inspection (ISO 8601).
    #[serde(default)]
    pub inspection_start: Option<String>,
    /// Last day of the inspection (ISO 8601).
    #[serde(default)]
    pub inspection_end: Option<String>,
    /// Day of publication (ISO 8601), only if it is printed.
    #[serde(default)]
    pub published: Option<String>,
    /// Date of the letter (ISO 8601); null for reports.
    #[serde(default)]
    pub letter_date: Option<String>,
    /// Name of the lead inspector.
    #[serde(default)]
    pub lead_inspector: Option<String>,
    /// All inspectors that are named; not scored if the list is empty.
    #[serde(default)]
    pub inspectors: Vec<Person>,
    /// The addressees of a letter.
    #[serde(default)]
    pub addressees: Vec<Addressee>,
    /// The salutation without "Dear" and the comma; not scored if absent.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub salutation: Option<Option<String>>,
    /// The subject line; not scored if absent.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub subject: Option<Option<String>>,
    /// What a visit looked at; not scored if absent.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub theme: Option<Option<Text>>,
    /// Every range of days, first and last (ISO 8601); not scored if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<Vec<[String; 2]>>,
    /// The graded judgements.
    #[serde(default)]
    pub judgements: Vec<Grading>,
    /// What needs to improve, recommendations, areas for improvement: one item each, with its sub-bullets joined.
    #[serde(default)]
    pub improvements: Vec<Text>,
    /// Areas for priority action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority_actions: Option<Vec<Text>>,
    /// Recommendations to the Local Safeguarding Children Board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lscb_recommendations: Option<Vec<Text>>,
    /// Strengths, if the document prints a list of them.
    #[serde(default)]
    pub strengths: Vec<Text>,
    /// The headings of the top level; for a report with a contents page, its entries.
    #[serde(default)]
    pub headings: Vec<Text>,
    /// The highest paragraph number; null if paragraphs are not numbered.
    #[serde(default)]
    pub last_numbered_paragraph: Option<u64>,
    /// Who signed a letter.
    #[serde(default)]
    pub signatories: Vec<Person>,
    /// What is odd about the document, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Value>,
    /// The scored properties that a label read from a file does not have.
    #[serde(skip)]
    #[schemars(skip)]
    pub left_out: Vec<&'static str>,
    /// Anything else. A property named by a JSON Pointer (`/extension/licence`) is scored against that place in the record;
    /// others are not scored.
    #[serde(flatten)]
    #[schemars(skip)]
    pub more: Map<String, Value>,
}

/// Properties that are scored even where a label says that there is nothing.
const SCORED: &[&str] = &[
    "local_authority",
    "inspection_start",
    "inspection_end",
    "published",
    "letter_date",
    "lead_inspector",
    "addressees",
    "judgements",
    "improvements",
    "strengths",
    "headings",
    "signatories",
];

impl ReportLabel {
    /// Whether the label says anything of a property, be it that there is none.
    pub fn says(&self, property: &str) -> bool {
        !self.left_out.contains(&property)
    }
}

/// A property that is there, null or not.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A text, or digests in its place if the text itself must not be passed on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Text {
    /// The text.
    Plain(String),
    /// The digests of its words: BLAKE2b of four bytes of each word in lower case, as hexadecimal digits.
    Digests {
        /// A digest for each word.
        words: Vec<String>,
    },
}

/// A person named in a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// Name without titles and post-nominals.
    pub name: String,
    /// The post, or the role in the inspection.
    #[serde(default)]
    pub role: Option<String>,
    /// The organisation, if it is printed.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Anything else; not scored.
    #[serde(flatten)]
    #[schemars(skip)]
    pub more: Map<String, Value>,
}

/// An addressee of a letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Addressee {
    /// Name without titles and post-nominals.
    pub name: Option<String>,
    /// The post held.
    #[serde(default)]
    pub role: Option<String>,
    /// The organisation that the post belongs to.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Address lines without the postcode; not scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Vec<String>>,
    /// Postcode.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Option<String>>,
    /// Anything else; not scored.
    #[serde(flatten)]
    #[schemars(skip)]
    pub more: Map<String, Value>,
}

/// A graded judgement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grading {
    /// What was judged: the printed label, or the record's code for it.
    pub area: String,
    /// The grade in words (`requires improvement`), or its printed number.
    pub grade: Option<String>,
}
