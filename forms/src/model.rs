//! `NAME.format.toml` as types: what a file may say, and what each part means.
//!
//! All of it is data. The types are the source of the file's published JSON Schema ([`SCHEMAS`]), so what stands here
//! in comments is what an editor shows. A file is read by [`crate::parse()`], which also checks what types can't say.

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

/// The schema that [`FormatFile`] is published under.
pub const FILE_SCHEMA_ID: &str = "urn:findings:schema:format-file:1.0";

/// The schema of a format's file, published beside those of records.
pub const SCHEMAS: &[Published] =
    &[Published::of::<FormatFile>("format-file", FILE_SCHEMA_ID, "A format in a file (NAME.format.toml)")];

/// A format in a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormatFile {
    /// The format's id: begins with its regulator and a dot, for example `westmoor.visit`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Code of the regulator: lower-case letters, digits and hyphens.
    pub regulator: String,
    /// Version of the file: records name it.
    pub version: String,
    /// On which documents, and how many, it was tried: said by `findings formats`.
    pub tested_on: String,
    /// What is known not to work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_gaps: Vec<String>,
    /// What is the same for every document.
    #[serde(default, skip_serializing_if = "Constants::is_empty")]
    pub always: Constants,
    /// Names of findings' checks that hold for these documents; `findings formats --checks` lists them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// The phrases by which a document is known to be of this format. Their weights are summed: 0.5 is enough.
    #[serde(rename = "anchor")]
    pub anchors: Vec<Anchor>,
    /// Its layouts: the first whose `when` is printed is a document's edition. None: one edition, named `1`.
    #[serde(rename = "edition", default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<Edition>,
    /// Parts of the document that fields and tables may be looked for in.
    #[serde(rename = "region", default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// Lists of codes, by name: what a grade, a kind or a type is printed as.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub codes: IndexMap<String, CodeList>,
    /// Single values.
    #[serde(rename = "field", default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Tables, each row an item of a list of the record.
    #[serde(rename = "table", default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Lists under headings, each entry an item of a list of the record.
    #[serde(rename = "list", default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<List>,
    /// Whether the headings of the sections are the only ones: other large print (signatures, stamps) is text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_named_headings: bool,
    /// The headings of the body. Text before the first one is front matter; none: the headings that the outline sees.
    #[serde(rename = "section", default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// What every document of the format has: what is missing is a doubt of its place.
    #[serde(rename = "promise", default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
}

/// What is the same for every document of a format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Constants {
    /// What the inspected are: `provider.kind`, for example `school`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_kind: Option<String>,
    /// The framework: `inspection.framework`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// The type of inspection, where no field reads it: `inspection.type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection_type: Option<String>,
}

impl Constants {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A phrase that speaks for the format or against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Anchor {
    /// Any of these. Case, kinds of quotes and dashes, and white space make no difference.
    pub phrases: Phrases,
    /// Where it stands: `opening` (the first blocks), `heading` (headings and short lines), `body` (anywhere).
    #[schemars(with = "AnchorPlaceSchema")]
    pub place: AnchorPlace,
    /// What it adds to the score (negative: takes away).
    pub weight: f32,
}

/// For the schema only: [`AnchorPlace`] is core's.
#[derive(JsonSchema)]
#[schemars(rename = "AnchorPlace", rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum AnchorPlaceSchema {
    Opening,
    Heading,
    Body,
}

/// A layout of the format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its name in records.
    pub id: String,
    /// The years of its documents.
    pub years: String,
    /// What tells it from the others, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Any of these phrases, anywhere in the document; none: every document that no edition above took.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub when: Phrases,
}

/// A part of the document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Region {
    /// Its name, for `in`.
    pub name: String,
    /// A line or block that begins with one of these begins it; none: the start of the document.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub from: Phrases,
    /// It ends before a line or block that begins with one of these; none: the end of the document.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub to: Phrases,
    /// Whether documents may lack it; what is looked for in it is then `not-stated`, and else `not-read`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// What a value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// Words, as printed.
    #[default]
    Text,
    /// A day: "4 May 2024", "May 4, 2024", "04/05/2024" (see `month-first`).
    Date,
    /// A day or a range of days; at `/inspection` it fills start, end and visits.
    DateRange,
    /// A person's name; titles and post-nominals are left out.
    Name,
    /// An address over one line or several.
    Address,
    /// A British postcode in the text that was found.
    Postcode,
    /// A whole number.
    Number,
    /// A token of a given `shape`, or a printed form of `codes`.
    Code,
    /// A printed form of `codes` with scale and rank.
    Grade,
}

/// Whether documents have a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// All have it: one that has none is doubted, and the value is `not-read`.
    #[default]
    Required,
    /// Some have it: where its label is not printed, it is `not-stated`.
    Optional,
}

/// A single value: what it is, where it goes, where it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Field {
    /// JSON Pointer of the place in the record: `/provider/name`, `/inspection` (dates), `/published`, `/letter/date`, or
    /// `/extension/NAME` for what records have no place for. `/judgements` (with `area`), `/inspectors`, `/letter/signatories` and
    /// `/letter/recipients` (of type `address`: name, role, lines and postcode) add an item.
    pub pointer: String,
    /// Further pointers that get the same value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What it is.
    #[serde(rename = "type", default)]
    pub kind: ValueType,
    /// Whether all documents have it.
    #[serde(default, skip_serializing_if = "is_required")]
    pub presence: Presence,
    /// Whether all values that are found are kept: as a list (of `/extension`), as items (of `/inspectors`), as visits (of
    /// `/inspection`). Of names in one text ("Ann Lee, Jo Kay and Mina Rao") each is one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub repeated: bool,
    /// Where it stands. All places are read: the first that gives a value is followed, others that say the same are
    /// witnesses, and one that says otherwise is a doubt.
    pub find: Vec<Place>,
    /// Name of a list of `codes`: for types `code` and `grade`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// What a code looks like: `9` is a digit, `A` a letter, `+` after one: or more of them; all else is itself.
    /// "AA999999999", "OSV-9+".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// Whether "04/05/2024" is the fifth of April.
    #[serde(default, skip_serializing_if = "is_false")]
    pub month_first: bool,
    /// At `/judgements`: the code of what is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Of people: their role, where documents say it by where the name stands. An inspector whose role has the word "lead" is
    /// the lead, and the others then are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Of people: the posts that may be printed behind a name ("Ann Lee, Senior Inspector"). The one that is printed is the role.
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
    /// The codes; for grades the best first, unless `rank` says otherwise.
    pub values: Vec<Code>,
}

/// A code with the forms that it is printed in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Code {
    /// The code.
    pub code: String,
    /// What is printed; of several that fit the longest is taken. None: the code itself, hyphens as spaces.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub printed: Phrases,
    /// Its place on the scale, 1 best; none: its place in the list.
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
    /// The list: `/improvements`, `/strengths`, or `/extension/NAME`.
    pub into: String,
    /// The headings that it stands under.
    pub under: Phrases,
    /// Lines that begin an item, a number behind them or none ("Observation 1"): its text is the paragraph below such a line.
    /// None: the list's bullets, its numbered paragraphs, or else all its paragraphs are the items.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub each: Phrases,
    /// It ends before a paragraph that begins with one of these: what is printed below the list, under the same heading.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub until: Phrases,
    /// `improvements[].kind`: `recommendation`, `area-for-improvement`, `priority-action`, or a code of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `improvements[].addressed_to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressed_to: Option<String>,
    /// Whether documents may lack it.
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
    /// The heading's forms.
    pub heading: Phrases,
    /// `sections[].kind`; `findings schema` lists the codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `sections[].area`: the judgement area that its text is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Its depth, 1 is the top.
    #[serde(default = "top", skip_serializing_if = "is_top")]
    pub level: u8,
}

/// What every document of an edition has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Promise {
    /// The edition; none: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// How many documents were counted, all of which have it.
    pub seen: u32,
    /// Values and lists that are not empty, by pointer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Lists of at least so many items, by pointer.
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
