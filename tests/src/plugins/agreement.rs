//! Compares a format file with the compiled plugin for the same regulator, field by field, over the same documents.

use std::path::PathBuf;

use findings_core::plugin::{self, PluginFormat};
use findings_forms::{BUNDLED, FileFormat};
use indexmap::IndexMap;
use serde_json::Value;

/// How often both read a field alike, differently, or only one of them read it.
#[derive(Debug, Default)]
pub struct Agreement {
    /// Both have the same value.
    pub same: u32,
    /// Both have a value, but not the same.
    pub differs: u32,
    /// Only the plugin has one.
    pub only_plugin: u32,
    /// Only the file has one.
    pub only_file: u32,
    /// Neither has one.
    pub neither: u32,
    /// The differences.
    pub told: Vec<String>,
}

/// A field: its name, and its value in the plugin's record and in the file's record.
pub type Field = (&'static str, fn(&Value) -> Value, fn(&Value) -> Value);

fn is_none(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Reads documents with both, and compares.
fn compare(
    file: &str,
    plugin: &dyn PluginFormat,
    documents: &[PathBuf],
    fields: &[Field],
) -> IndexMap<&'static str, Agreement> {
    let (name, text) = BUNDLED.iter().find(|(name, _)| *name == file).expect("the file comes with findings");
    let format = FileFormat::new(name, text).expect("the file can be used");
    let mut table: IndexMap<&str, Agreement> = IndexMap::new();
    for path in documents {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let document =
            plugin::document(&name, &std::fs::read(path).expect("a document")).expect("it can be read");
        let (compiled, by_file) = (plugin.record(document.clone()).values, format.record(document).values);
        for (field, of_plugin, of_file) in fields {
            let (a, b) = (of_plugin(&compiled), of_file(&by_file));
            let agreement = table.entry(field).or_default();
            let count = match (is_none(&a), is_none(&b)) {
                (true, true) => &mut agreement.neither,
                (false, true) => &mut agreement.only_plugin,
                (true, false) => &mut agreement.only_file,
                (false, false) if a == b => &mut agreement.same,
                (false, false) => &mut agreement.differs,
            };
            *count += 1;
            if a != b {
                agreement.told.push(format!("{name} {field}: plugin {a}, file {b}"));
            }
        }
    }
    table
}

/// How many values both read alike and differently over labelled documents, and the table for docs/formats.md.
///
/// # Panics
/// A document can't be read, or there is no such format file.
pub fn summary(
    file: &str,
    plugin: &dyn PluginFormat,
    documents: Vec<(PathBuf, Value)>,
    fields: &[Field],
) -> (u32, u32, String) {
    let paths: Vec<PathBuf> = documents.into_iter().map(|(path, _)| path).collect();
    let table = compare(file, plugin, &paths, fields);
    let sum = |of: fn(&Agreement) -> u32| table.values().map(of).sum();
    (sum(|a| a.same), sum(|a| a.differs), printed(&table))
}

fn printed(table: &IndexMap<&str, Agreement>) -> String {
    let mut s = String::from(
        "| field | same | differs | only the plugin | only the file | neither |\n|---|---|---|---|---|---|\n",
    );
    for (field, a) in table {
        s += &format!(
            "| {field} | {} | {} | {} | {} | {} |\n",
            a.same, a.differs, a.only_plugin, a.only_file, a.neither
        );
    }
    let told = table.values().flat_map(|a| &a.told).cloned().collect::<Vec<_>>();
    s + "\n" + &told.join("\n")
}

/// The value at a pointer, or null.
pub fn at(record: &Value, pointer: &str) -> Value {
    record.pointer(pointer).cloned().unwrap_or(Value::Null)
}

/// The first day of each visit.
pub fn visits(record: &Value) -> Value {
    items(&record["inspection"]["visits"]).map(|v| v["start"].clone()).collect()
}

/// The inspectors' names, each with one other member.
pub fn people(record: &Value, member: &str) -> Value {
    items(&record["inspectors"]).map(|i| Value::from(vec![i["name"].clone(), i[member].clone()])).collect()
}

/// The items of a list; none if the value is not a list.
pub fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
