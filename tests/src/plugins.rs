//! Helpers for the tests of plugins: labels in the shape of a record's extension, evidence, claims.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use findings_core::format::{Claim, FormatInfo, THRESHOLD, claims};
use findings_core::outline::Outline;
use findings_core::pipeline::core_formats;
use findings_core::plugin::{PluginFormat, document};
use findings_core::record::Record;
use serde_json::Value;

use crate::documents::{files, shared};
use crate::evidence;

/// What of a label speaks of the label or the file, and not of what the document says.
const ABOUT_THE_LABEL: &[&str] =
    &["id", "path", "sha256", "split", "regulator", "producer", "csv_differences", "notes"];

/// The labelled documents of another regulator, where they are at hand.
pub fn labelled(regulator: &str) -> Vec<(PathBuf, Value)> {
    let Some(base) = shared(&format!("corpus/other/{regulator}")) else { return Vec::new() };
    let label = |path: &PathBuf| -> Value {
        serde_json::from_slice(&std::fs::read(path).expect("a label can be read")).expect("a label is JSON")
    };
    let labels = files(&base.join("gold"), &[".json"]);
    labels.iter().map(label).map(|l| (base.join(l["path"].as_str().expect("a path")), l)).collect()
}

/// The documents of a folder of the repo's corpus, with their labels.
pub fn corpus_of(folder: &str) -> Vec<(PathBuf, Value)> {
    let label = |path: &PathBuf| -> Value {
        let label = std::fs::read(path.with_extension("label.json")).expect("a label stands beside it");
        serde_json::from_slice(&label).expect("a label is JSON")
    };
    let folder = crate::documents::corpus().join(folder);
    files(&folder, &[".pdf", ".txt"]).into_iter().map(|p| (p.clone(), label(&p))).collect()
}

/// Right, labelled and extracted values by field; of a list each item counts.
#[derive(Debug, Default)]
pub struct Score {
    fields: BTreeMap<String, [usize; 3]>,
    /// What is not as labelled.
    pub wrong: Vec<String>,
}

impl Score {
    /// Holds an extension against a label: the same keys, the same values.
    pub fn add(&mut self, path: &Path, label: &Value, extension: &Value) {
        for (field, want) in label.as_object().into_iter().flatten() {
            if ABOUT_THE_LABEL.contains(&field.as_str()) {
                continue;
            }
            let got = &extension[field];
            let one = |v: &Value| usize::from(!v.is_null());
            let [hit, gold, read] = self.fields.entry(field.clone()).or_default();
            match (want.as_array(), got.as_array()) {
                (Some(w), Some(g)) => {
                    *hit += w.iter().zip(g).filter(|(a, b)| covers(a, b)).count();
                    *gold += w.len();
                    *read += g.len();
                }
                _ => {
                    *hit += usize::from(covers(want, got) && !want.is_null());
                    *gold += one(want);
                    *read += one(got);
                }
            }
            if !covers(want, got) {
                self.wrong.push(format!("{}: {field}: {got}\n  labelled {want}", path.display()));
            }
        }
    }

    /// The counts for people.
    pub fn table(&self) -> String {
        let mut out = format!("{:<28}{:>7}{:>7}{:>7}\n", "field", "right", "gold", "got");
        for (field, [hit, gold, got]) in &self.fields {
            out += &format!("{field:<28}{hit:>7}{gold:>7}{got:>7}\n");
        }
        out
    }
}

/// Whether a value is as labelled. An item may have keys that its label lacks.
fn covers(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Object(want), Value::Object(_)) => want.iter().all(|(key, w)| covers(w, &got[key])),
        (Value::Array(w), Value::Array(g)) => {
            w.len() == g.len() && w.iter().zip(g).all(|(a, b)| covers(a, b))
        }
        _ => want == got,
    }
}

/// What is wrong with a record that a plugin's format made: its schemas, and the evidence of each value, those of
/// the extension included.
pub fn problems(format: &dyn PluginFormat, schema: &Value, path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).expect("a document can be read");
    let document = document("document", &bytes).expect("a document has text");
    let layer = document.layer.clone();
    let value = format.record(document);
    let mut out: Vec<String> = Vec::new();
    if let Err(problems) = findings_core::validate::value(&value) {
        out.extend(problems.iter().map(ToString::to_string));
    }
    let validator = jsonschema::validator_for(schema).expect("the plugin's schema compiles");
    out.extend(
        validator.iter_errors(&value["extension"]).map(|e| format!("/extension{}: {e}", e.instance_path())),
    );
    out.extend(findings_core::evidence::problems(&value, &layer));
    let record: Record = serde_json::from_value(value).expect("a record");
    out.extend(evidence::without_evidence(&record));
    out
}

/// What is wrong with a value by a plugin's own schema.
pub fn schema_problems(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the plugin's schema compiles");
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// What the formats of core make of a document, the strongest claim first.
pub fn core_claims(outline: &Outline) -> Vec<Claim> {
    claims(core_formats(), outline)
}

/// Real documents that are not a plugin's: every report of core's formats, and those of other regulators.
pub fn others(own: &str) -> Vec<PathBuf> {
    let mut paths = shared("corpus/reports").map_or(Vec::new(), |folder| files(&folder, &[".pdf"]));
    let folders = shared("corpus/other").and_then(|folder| std::fs::read_dir(folder).ok());
    for entry in folders.into_iter().flatten().flatten().filter(|e| e.file_name() != own) {
        paths.extend(files(&entry.path(), &[".pdf", ".txt"]));
    }
    paths
}

/// The documents among `paths` that a plugin's format would claim.
pub fn claimed(info: &'static FormatInfo, paths: &[PathBuf]) -> Vec<PathBuf> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let bytes = std::fs::read(path).expect("a document can be read");
                    let Ok(document) = document("document", &bytes) else { continue };
                    if claims([info], &document.outline)[0].score >= THRESHOLD {
                        found.lock().expect("no reader panics").push(path.clone());
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no reader panics");
    found.sort();
    found
}

/// A record of a plugin's format without what changes from build to build, for snapshots.
pub fn stable(format: &dyn PluginFormat, path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a document can be read");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut value = format.record(document(&name, &bytes).expect("a document has text"));
    value["run"]["tool"] = "[tool]".into();
    value["run"]["text_engine"] = "[engine]".into();
    serde_json::to_string_pretty(&value).expect("a record serialises")
}
