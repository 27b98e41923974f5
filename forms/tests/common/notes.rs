//! Short texts, each read by a file of the test's own.

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use serde_json::Value;

/// The regulator that the texts name in their first line.
pub const REGULATOR: &str = "Lowmere Waters Inspectorate";

/// The file for such texts, with the tables that a test needs.
pub fn file(tables: &str) -> String {
    format!(
        "id = \"lowmere.note\"\ntitle = \"Note\"\nregulator = \"lowmere\"\nversion = \"1\"\ntested-on = \"no document\"\n\n\
         [[anchor]]\nphrases = \"{REGULATOR}\"\nplace = \"opening\"\nweight = 0.6\n\n{tables}"
    )
}

/// The record of a text below the regulator's name.
pub fn read(tables: &str, text: &str) -> Value {
    let format = FileFormat::new("lowmere.format.toml", &file(tables)).unwrap();
    let text = format!("{REGULATOR}\n\n{text}");
    format.record(plugin::document("n.txt", text.as_bytes()).unwrap()).whole()
}

/// The status of a pointer's evidence.
pub fn status(record: &Value, pointer: &str) -> String {
    record["evidence"][pointer]["status"].as_str().unwrap_or_default().to_owned()
}

/// The messages of what is in doubt at a pointer and below it.
pub fn doubts(record: &Value, pointer: &str) -> Vec<String> {
    let all = record["diagnostics"].as_array().into_iter().flatten();
    let at = all.filter(|d| d["path"].as_str().is_some_and(|p| p.starts_with(pointer)));
    at.filter_map(|d| d["message"].as_str().map(str::to_owned)).collect()
}

/// The texts of a list of improvements.
pub fn improvements(record: &Value) -> Vec<&str> {
    record["improvements"].as_array().into_iter().flatten().filter_map(|i| i["text"].as_str()).collect()
}
