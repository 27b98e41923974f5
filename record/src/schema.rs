//! The published schemas, generated from the record's types.
//!
//! The files in `schemas/` are written by [`files`], never by hand; a test fails if they differ.

use std::path::PathBuf;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::vocabulary::{CODE_LISTS, CodeList};
use crate::{ErrorReport, Record, SCHEMA_ID};

/// The `$id` of the schema for error reports: output lines for documents without a record.
pub const ERROR_SCHEMA_ID: &str = "urn:findings:schema:error-report:1.0";

/// A published schema.
#[derive(Debug, Clone, Copy)]
pub struct Published {
    /// Its name on the command line and in file names.
    pub name: &'static str,
    /// Its `$id`, which carries its version.
    pub id: &'static str,
    /// A short title.
    pub title: &'static str,
    generate: fn() -> Schema,
}

/// The schemas of records; the workbench has its own beside them.
pub const SCHEMAS: &[Published] = &[
    Published::of::<Record>("inspection-report", SCHEMA_ID, "Inspection report or letter"),
    Published::of::<ErrorReport>("error-report", ERROR_SCHEMA_ID, "Why a document gave no record"),
];

/// The schema with a name or `$id`.
///
/// ```
/// let schema = findings_record::schema::find("inspection-report").unwrap().schema();
/// assert_eq!(schema["$id"], findings_record::SCHEMA_ID);
/// ```
pub fn find(name: &str) -> Option<&'static Published> {
    SCHEMAS.iter().find(|s| s.name == name || s.id == name)
}

impl Published {
    /// Describes the schema of a type.
    pub const fn of<T: JsonSchema>(name: &'static str, id: &'static str, title: &'static str) -> Self {
        Self { name, id, title, generate: generate::<T> }
    }

    /// Its path in the published folder, which has a subfolder for each major version.
    pub fn path(&self) -> PathBuf {
        let version = self.id.rsplit(':').next().unwrap_or_default();
        let major = version.split('.').next().unwrap_or_default();
        format!("v{major}/{}.schema.json", self.name).into()
    }

    /// Its path and content in the published folder.
    pub fn file(&self) -> (PathBuf, String) {
        (self.path(), format!("{:#}\n", self.schema()))
    }

    /// The schema itself.
    pub fn schema(&self) -> Value {
        document((self.generate)(), self.id, self.title)
    }
}

/// The schema of a type with an `$id`, generated like the published ones; used for the schemas of plugins.
pub fn of<T: JsonSchema>(id: &str, title: &str) -> Value {
    document(generate::<T>(), id, title)
}

fn document(mut schema: Schema, id: &str, title: &str) -> Value {
    RecursiveTransform(strict_dates).transform(&mut schema);
    RecursiveTransform(plain_numbers).transform(&mut schema);
    RecursiveTransform(described_tags).transform(&mut schema);
    let mut value =
        json!({ "$schema": schemars::consts::meta_schemas::DRAFT2020_12, "$id": id, "title": title });
    for (key, part) in schema.as_object().into_iter().flatten() {
        if !["$schema", "$id", "title"].contains(&key.as_str()) {
            value[key] = part.clone();
        }
    }
    value
}

/// The generated files of the published folder: path and content.
pub fn files() -> Vec<(PathBuf, String)> {
    let schemas = SCHEMAS.iter().map(Published::file);
    let lists = CODE_LISTS.iter().flat_map(|l| {
        [
            (format!("v1/codelists/{}.json", l.name).into(), format!("{:#}\n", code_list(l))),
            (format!("v1/codelists/{}.csv", l.name).into(), code_table(l)),
        ]
    });
    schemas.chain(lists).collect()
}

fn code_list(list: &CodeList) -> Value {
    let codes: Vec<Value> = list
        .codes
        .iter()
        .map(|(code, meaning)| {
            let mut entry = json!({ "code": code, "meaning": meaning });
            let (from, until) = list.in_force(code);
            for (key, date) in [("from", from), ("until", until)] {
                if !date.is_empty() {
                    entry[key] = date.into();
                }
            }
            entry
        })
        .collect();
    json!({ "name": list.name, "closed": list.closed, "paths": list.paths, "codes": codes })
}

/// A code list as CSV: one row per code, with the dates between which inspections used it.
fn code_table(list: &CodeList) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut row = |cells: [&str; 4]| table.write_record(cells).expect("memory takes every row");
    row(["code", "definition", "in_force_from", "in_force_until"]);
    for (code, meaning) in list.codes {
        let (from, until) = list.in_force(code);
        row([code, meaning, from, until]);
    }
    String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A type's schema as it is serialised: properties that are always written are required.
fn generate<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Most validators treat `format` as an annotation, so dates get a pattern as well.
fn strict_dates(schema: &mut Schema) {
    if schema.get("format").and_then(Value::as_str) == Some("date") {
        schema.insert("pattern".into(), json!("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));
    }
}

/// Rust's number formats (`uint32`) are not standard, and some validators reject them.
fn plain_numbers(schema: &mut Schema) {
    if schema.get("format").is_some_and(|f| f != "date") {
        schema.remove("format");
    }
}

/// The tag property of an enum is generated by serde and has no description of its own.
fn described_tags(schema: &mut Schema) {
    if let Some(tag) = schema.pointer_mut("/properties/type")
        && tag.get("const").is_some()
        && let Some(tag) = tag.as_object_mut()
    {
        tag.insert("description".into(), json!("The kind of this object."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `see` with each object of a schema and its path.
    #[test]
    fn days_are_dates() {
        let schema = find("inspection-report").unwrap().schema();
        let start = &schema["$defs"]["Inspection"]["properties"]["start"];
        assert_eq!(start["format"], "date");
        assert!(start["pattern"].is_string());
    }
}
