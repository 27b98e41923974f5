//! The types of `NAME.format.toml`: what a file can contain, and what each part means.
//!
//! All of it is data. The file's published JSON Schema is generated from these types ([`SCHEMAS`]), so editors show these comments.
//! [`crate::parse()`] reads a file and also checks what types can't express.

mod place;
mod table;
mod words;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use findings_core::format::Place as AnchorPlace;
use findings_core::schema::Published;

pub use place::{Place, Which};
pub use table::{Column, Groups, Mark, Table};
pub use words::Phrases;

/// The `$id` of the schema of [`FormatFile`].
pub const FILE_SCHEMA_ID: &str = "urn:findings:schema:format-file:1.0";

/// The schema of format files, published beside those of records.
pub const SCHEMAS: &[Published] =
    &[Published::of::<FormatFile>("format-file", FILE_SCHEMA_ID, "A format in a file (NAME.format.toml)")];

/// A format in a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormatFile {
    /// The format's id: its regulator, a dot, and a name, for example `westmoor.visit`.
    pub id: String,
    /// Its title, for people.
    pub title: String,
    /// Code of the regulator: lower-case letters, digits and hyphens.
    pub regulator: String,
    /// Version of the file, named in records.
    pub version: String,
    /// Which documents, and how many, it was tested on; shown by `findings formats`.
    pub tested_on: String,
    /// What is known not to work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_gaps: Vec<String>,
    /// Values that are the same for every document.
    #[serde(default, skip_serializing_if = "Constants::is_empty")]
    pub always: Constants,
    /// Names of findings' checks that apply to these documents; `findings formats --checks` lists them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// The phrases that identify a document of this format. Their weights are added up: 0.5 is enough.
    #[serde(rename = "anchor")]
    pub anchors: Vec<Anchor>,
    /// Its editions. A document is of the first whose `when` it prints. Without any, there is one edition named `1`.
    #[serde(rename = "edition", default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<Edition>,
    /// Parts of the document in which fields and tables may be looked for.
    #[serde(rename = "region", default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// Lists of codes, by name: the printed forms of grades, kinds or types.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub codes: IndexMap<String, CodeList>,
    /// Single values.
    #[serde(rename = "field", default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Tables; each row becomes an item of a list in the record.
    #[serde(rename = "table", default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Lists under headings; each entry becomes an item of a list in the record.
    #[serde(rename = "list", default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<List>,
    /// Whether the headings of the sections are the only ones; other large print (signatures, stamps) is then text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_named_headings: bool,
    /// The headings of the body. Text before the first is front matter. Without any, the outline's headings are used.
    #[serde(rename = "section", default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// What every document of the format has. Whatever is missing raises a doubt.
    #[serde(rename = "promise", default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
}

/// Values that are the same for every document of a format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Constants {
    /// What kind of body is inspected: `provider.kind`, for example `school`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_kind: Option<String>,
    /// The framework: `inspection.framework`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// The type of inspection, unless a field reads it: `inspection.type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection_type: Option<String>,
}

impl Constants {
    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A phrase that counts for the format or against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Anchor {
    /// Any of these. Case, kinds of quotes and dashes, and white space make no difference.
    pub phrases: Phrases,
    /// Where to look for it: `opening` (the first blocks), `heading` (headings and short lines) or `body` (anywhere).
    #[schemars(with = "AnchorPlaceSchema")]
    pub place: AnchorPlace,
    /// What it adds to the score; a negative weight is subtracted.
    pub weight: f32,
}

/// For the schema only: [`AnchorPlace`] belongs to core.
#[derive(JsonSchema)]
#[schemars(rename = "AnchorPlace", rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum AnchorPlaceSchema {
    Opening,
    Heading,
    Body,
}

/// An edition of the format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its name in records.
    pub id: String,
    /// The years of its documents.
    pub years: String,
    /// How it differs from the others, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Any of these phrases, anywhere in the document. Without any, every document that is of no earlier edition.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub when: Phrases,
}

/// A part of the document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Region {
    /// Its name, for `in`.
    pub name: String,
    /// It starts at a line or block that begins with one of these. Without any, at the start of the document.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub from: Phrases,
    /// It ends before a line or block that begins with one of these. Without any, at the end of the document.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub to: Phrases,
    /// Whether documents may lack it. Values that are looked for in it are then `not-stated` instead of `not-read`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// Text as printed.
    #[default]
    Text,
    /// A date: "4 May 2024", "May 4, 2024", "04/05/2024" (see `month-first`).
    Date,
    /// A date or a range of dates; at `/inspection` it fills start, end and visits.
    DateRange,
    /// A person's name, without titles and post-nominals.
    Name,
    /// An address on one or more lines.
    Address,
    /// A British postcode within the text.
    Postcode,
    /// A whole number.
    Number,
    /// A token of a given `shape`, or a printed form of `codes`.
    Code,
    /// A printed form of `codes`, with scale and rank.
    Grade,
}

/// Whether documents have a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// All have it. If it is missing, a doubt is raised and the value is `not-read`.
    #[default]
    Required,
    /// Some have it. If its label is not printed, it is `not-stated`.
    Optional,
}

/// A single value: its type, where it goes in the record, and where it is in the document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Field {
    /// JSON Pointer into the record: `/provider/name`, `/inspection` (dates; or `/inspection/start` and `/inspection/end`), `/published`, `/letter/date`, or `/extension/NAME`
    /// for what records have no place for. `/judgements` (with `area`), `/inspectors`, `/letter/signatories` and
    /// `/letter/recipients` (of type `address`: name, role, lines and postcode) add an item.
    pub pointer: String,
    /// Further pointers that get the same value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Its type.
    #[serde(rename = "type", default)]
    pub kind: ValueType,
    /// Whether all documents have it.
    #[serde(default, skip_serializing_if = "is_required")]
    pub presence: Presence,
    /// Whether all values found are kept: as a list (`/extension`), as items (`/inspectors`) or as visits (`/inspection`). Several
    /// names in one text ("Ann Lee, Jo Kay and Mina Rao") are split.
    #[serde(default, skip_serializing_if = "is_false")]
    pub repeated: bool,
    /// Where it is. All places are read: the first that gives a value is used, others that agree are witnesses, and one that
    /// disagrees raises a doubt.
    pub find: Vec<Place>,
    /// Name of a list of `codes`, for types `code` and `grade`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// The shape of a code: `9` is a digit, `A` a letter, `+` after either means one or more; anything else is itself.
    /// "AA999999999", "OSV-9+".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// Whether the month comes first, so that "04/05/2024" is 5 April.
    #[serde(default, skip_serializing_if = "is_false")]
    pub month_first: bool,
    /// At `/judgements`: the code of what is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// For people: their role, if the position of the name implies it. An inspector whose role contains the word "lead" is the
    /// lead, and the others are then not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// For people: the posts that may be printed after a name ("Ann Lee, Senior Inspector"). The one that is printed becomes the
    /// role.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub posts: Phrases,
    /// What it means, for the schema of the extension.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// A list of codes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeList {
    /// The scale's name, for grades: `judgements[].scale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// The codes. Grades are listed best first, unless `rank` says otherwise.
    pub values: Vec<Code>,
}

/// A code with its printed forms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Code {
    /// The code.
    pub code: String,
    /// What is printed; if several fit, the longest is used. Without any, the code itself with spaces for hyphens.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub printed: Phrases,
    /// Its rank on the scale, 1 being the best. By default, its position in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
    /// What it means, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// A list under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct List {
    /// The list to fill: `/improvements`, `/strengths`, or `/extension/NAME`.
    pub into: String,
    /// The headings above it.
    pub under: Phrases,
    /// Lines that start an item, with or without a number ("Observation 1"); the paragraph below such a line is the item. Without
    /// any, the items are the bullets, or the numbered paragraphs, or else all paragraphs.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub each: Phrases,
    /// It ends before a paragraph that begins with one of these: text that is printed below the list under the same heading.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub until: Phrases,
    /// `improvements[].kind`: `recommendation`, `area-for-improvement`, `priority-action`, or a code of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `improvements[].addressed_to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressed_to: Option<String>,
    /// Whether all documents have it.
    #[serde(default, skip_serializing_if = "is_required")]
    pub presence: Presence,
    /// What it means, for the schema of the extension.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// A heading of the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Section {
    /// The printed forms of the heading.
    pub heading: Phrases,
    /// `sections[].kind`; `findings schema` lists the codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `sections[].area`: the area of judgement that its text is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Its depth; 1 is the top.
    #[serde(default = "top", skip_serializing_if = "is_top")]
    pub level: u8,
}

/// What every document of an edition has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Promise {
    /// The edition; by default, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// How many documents were counted, all of which have it.
    pub seen: u32,
    /// Pointers of values and non-empty lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Pointers of lists, with the fewest items they have.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub at_least: IndexMap<String, usize>,
    /// Areas that each have a judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<String>,
    /// Kinds of sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
}

fn is_false(b: &bool) -> bool {
    !b
}

fn is_required(presence: &Presence) -> bool {
    *presence == Presence::Required
}

fn top() -> u8 {
    1
}

fn is_top(level: &u8) -> bool {
    *level == top()
}
